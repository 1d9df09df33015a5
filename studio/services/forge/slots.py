"""Slots: what was typed or picked for each of them, checked by type and made ready for the template."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.recipe import Slot
from studio.domain.text import split_secrets
from studio.domain.vocabulary import GM_ONLY_FIELDS, KINDS
from studio.domain.world import Claim, Entity, Relation
from studio.services.forge.errors import BadSlotValue, HiddenFromModels
from studio.services.forge.filters import LIMIT
from studio.services.forge.template import View
from studio.services.world import claims, kinds, seen
from studio.storage.derived import words_of
from studio.storage.search import relation_clause

if TYPE_CHECKING:
    from studio.domain.vocabulary import KindSpec
    from studio.storage.project import Project

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}")
_YES = frozenset({"yes", "true", "1", "on"})
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""What a slot may be called."""

_ENTITY_WORDS: dict[str, str] = {
    **{kind: kind for kind in KINDS},
    "character": "npc", "person": "npc", "villain": "npc", "patron": "npc", "place": "location", "city": "location",
    "town": "location", "region": "location", "scene_location": "location", "guild": "faction", "group": "faction",
    "artifact": "item", "relic": "item", "weapon": "item", "monster": "creature", "battle": "event",
}  # fmt: skip


def guess_slot(name: str, *, has_fields: bool) -> Slot:
    """A slot for a name that a template uses and nobody declared."""
    kind = _ENTITY_WORDS.get(name) or _ENTITY_WORDS.get(name.rpartition("_")[2], "")
    if has_fields or kind:
        return Slot(name=name, type="entity", kind=kind, required=True)
    return Slot(name=name, type="text", required=True)


def filled(project: Project, slot: Slot, raw: str, *, lens: Lens) -> Any:
    """The slot's value for the template. Raises BadSlotValue or HiddenFromModels."""
    text = (raw or slot.default).strip()
    if len(text) > LIMIT:
        raise BadSlotValue(slot.name, "this text is too long for a slot.")
    if slot.type == "entity":
        return _entity(project, slot, text, lens)
    if slot.type == "bool":
        return text.lower() in _YES
    if not text:
        return ""
    if slot.type == "claim":
        return _claim(project, slot, text, lens)
    _check(slot, text)
    return text


def _check(slot: Slot, text: str) -> None:
    if slot.type == "number" and not _NUMBER.fullmatch(text):
        raise BadSlotValue(slot.name, f"“{text}” isn't a number.")
    if slot.type == "choice" and slot.choices and text not in slot.choices:
        raise BadSlotValue(slot.name, f"“{text}” isn't one of {', '.join(slot.choices)}.")
    if slot.type == "colour" and text.startswith("#") and not _COLOUR.fullmatch(text):
        raise BadSlotValue(slot.name, f"“{text}” isn't a colour; write #RRGGBB or a word.")


def _entity(project: Project, slot: Slot, text: str, lens: Lens) -> View:
    if not text:
        return View("", {}, open_ended=True)
    entity = project.find(Entity, text)
    if entity is None:
        return View(text, {"name": text}, open_ended=True)
    if entity.ai_visibility == "never":
        raise HiddenFromModels(f"“{entity.name}” is marked “never” for models. Choose another, or change its mark.")
    if not seen.is_open(entity, lens):
        raise HiddenFromModels(f"“{entity.name}” is for the game master only, and this prompt is for the party.")
    return entity_view(project, entity, lens=lens)


def entity_view(project: Project, whole: Entity, *, lens: Lens = OPEN_EYES) -> View:
    """What a template sees of an entity; by itself it reads as its public text. GM-only fields need to be asked for."""
    entity = seen.shown(project, whole, lens=lens)
    spec = kinds.spec_of(project, entity.kind)
    hidden = GM_ONLY_FIELDS | kinds.gm_only(project, entity.kind)
    fields: dict[str, Any] = {f.name: "" for f in spec.fields}
    for name, value in entity.fields.items():
        many = spec.field_or_plain(name).type in ("list", "links")
        fields[name] = (
            [words_of(v) for v in (value if isinstance(value, list) else [value])] if many else words_of(value)
        )
    aliases = [a.name for a in entity.aliases if a.kind != "secret"]
    head = {
        "id": entity.id, "name": entity.name, "kind": spec.label, "summary": entity.summary, "aliases": aliases,
        "body": split_secrets(entity.body)[0].strip(), "subtype": entity.subtype, "tags": list(entity.tags),
        "relations": _relations(project, entity, lens),
    }  # fmt: skip
    text = public_text(entity, spec, {k: v for k, v in fields.items() if k not in hidden})
    return View(text, fields | head, open_ended=entity.kind not in KINDS)


def public_text(entity: Entity, spec: KindSpec, fields: dict[str, Any]) -> str:
    """Name, kind, summary and the filled fields, one a line."""
    lines = [f"{entity.name} ({spec.label})" + (f": {entity.summary}" if entity.summary else "")]
    for name, value in fields.items():
        words = ", ".join(value) if isinstance(value, list) else value
        if words:
            lines.append(f"{spec.field_or_plain(name).label}: {words}")
    return "\n".join(lines)


def _relations(project: Project, entity: Entity, lens: Lens) -> list[str]:
    found = []
    for relation in project.all(Relation, f"from_id = ? AND {relation_clause(lens, 'relation')}", (entity.id,))[:60]:
        other = project.find(Entity, relation.to_id)
        if other is None or "never" in (other.ai_visibility, relation.ai_visibility):
            continue
        found.append(f"{relation.type.replace('_', ' ')} {other.name}")
    return found


def _claim(project: Project, slot: Slot, text: str, lens: Lens) -> str:
    claim = project.find(Claim, text)
    if claim is None:
        return text
    subject = project.find(Entity, claim.subject_id)
    if claim.ai_visibility == "never" or (subject is not None and subject.ai_visibility == "never"):
        raise HiddenFromModels(f"“{slot.name}” holds a claim that is marked “never” for models.")
    if claim.id not in {c.id for c in claims.claims_of(project, claim.subject_id, lens=lens)}:
        raise HiddenFromModels(f"“{slot.name}” holds a claim that isn't open to those whom this prompt is for.")
    other = project.find(Entity, claim.object_id) if claim.object_id else None
    said = other.name if other else claim.value
    return f"{subject.name if subject else 'Someone'} {claim.predicate.replace('_', ' ')} {said}"


def entity_label(project: Project, value: str) -> str:
    """The name to show for an entity slot's value: the entity's, or the words themselves."""
    entity = project.find(Entity, RecordId(value)) if value else None
    return entity.name if entity else value
