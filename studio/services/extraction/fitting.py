"""Which relation fits which kinds: somebody who leads a town rules it, and what belongs to a guild is owned by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.vocabulary import RELATIONS
from studio.services.extraction.lexicon.shared import BUSINESS

if TYPE_CHECKING:
    from studio.services.extraction.draft import Ent


def is_business(ent: Ent) -> bool:
    """Whether one runs this place as a trade rather than rules it."""
    types = " ".join(v.value for v in ent.fields.get("location_type", []))
    return bool(BUSINESS.search(f"{types} {ent.name}"))


def kinds_fit(type_: str, a: Ent, b: Ent) -> bool:
    """Whether a relation of this type may join these kinds."""
    spec = RELATIONS.get(type_)
    if spec is None:
        return True
    return (not spec.domain or a.kind in spec.domain) and (not spec.range or b.kind in spec.range)


def adapt(type_: str, a: Ent, b: Ent) -> str:
    """The type that fits the kinds: somebody who leads a town rules it, one who rules a guild leads it."""
    if type_ in {"leads", "rules"} and a.kind in {"npc", "faction"}:
        return _headed(type_, a, b)
    if b.kind not in _ONLY.get(type_, (b.kind,)):
        return ""
    if type_ in _SOCIAL and not {a.kind, b.kind} <= {"npc", "faction"}:
        return ""
    if type_ == "trades_with" and not any({a.kind, b.kind} <= sides for sides in _TRADERS):
        return ""
    if type_ == "works_at" and b.kind in {"npc", "faction"}:
        return "serves"
    type_ = _INSTEAD.get((type_, a.kind, b.kind), type_)
    return type_ if b.kind and kinds_fit(type_, a, b) else ""


_SOCIAL = frozenset(
    ["ally_of", "rival_of", "enemy_of", "mentor_of", "sibling_of", "spouse_of", "parent_of", "serves", "member_of"]
)
_TRADERS = (frozenset({"npc", "faction"}), frozenset({"location", "faction"}))
_ONLY = {
    "created": ("item", "location"),
    "lives_in": ("location",),
    "sworn_to": ("npc", "faction"),
    "works_at": ("location", "npc", "faction"),
    "located_in": ("location",),
    "hidden_in": ("location", "item"),
}
_INSTEAD = {("member_of", k, "npc"): "serves" for k in ("npc", "faction")} | {
    ("lives_in", k, "location"): "located_in" for k in ("faction", "location", "item", "event")
}


def _headed(type_: str, a: Ent, b: Ent) -> str:
    """Leading, ruling or running, by what is headed."""
    if b.kind == "faction":
        return "leads" if a.kind == "npc" else ""
    if b.kind != "location":
        return ""
    return "works_at" if type_ == "leads" and a.kind == "npc" and is_business(b) else "rules"


def fitted(type_: str, a: Ent, b: Ent) -> tuple[str, Ent, Ent] | None:
    """The relation as it fits the two kinds, turned round where the words say so; None when it cannot be."""
    if type_ == "member_of" and a.kind in {"item", "location"} and b.kind in {"npc", "faction"}:
        type_, a, b = "owns", b, a
    if type_ == "owns" and a.kind in {"item", "location"} and b.kind in {"npc", "faction"}:
        return None
    name = adapt(type_, a, b)
    return (name, a, b) if name else None
