"""Bringing extracted fields into a blueprint: lists grow, single values are set, names become links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.blueprint import EXTRACTED_PATHS, Blueprint
from studio.domain.record import Frozen, Provenance
from studio.domain.text import fold
from studio.domain.world import Link
from studio.services.foundry.levels import parse_levels
from studio.services.foundry.paths import get_path, is_path, set_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studio.domain.ids import RecordId

    Resolve = Callable[[str], "RecordId | None"]

LINK_PATHS = frozenset({"world.starting_region"})
LINKS_PATHS = frozenset({"world.signature_factions", "world.antagonists"})
_LEVELS = "shape.party.levels"


class FieldValueWithProvenance(Frozen):
    """One accepted value for one blueprint field, and where it came from."""

    value: str
    prov: Provenance | None = None


def no_link(_name: str) -> RecordId | None:
    """A resolver that knows nobody: links keep their words only."""
    return None


def apply_fields(
    blueprint: Blueprint, fields: Mapping[str, Sequence[FieldValueWithProvenance]], *, resolve: Resolve = no_link
) -> Blueprint:
    """The blueprint with these fields; keys are extraction's short names or paths of the form.

    Lists take what they don't have yet, in order; a single value is replaced by the surest one. A value that is there
    already changes nothing, provenance included, so that applying twice is applying once. Words under an unknown key
    survive in `ext["extraction"]`.
    """
    for name, values in fields.items():
        path = EXTRACTED_PATHS.get(name, name)
        kept = [v for v in values if v.value.strip()]
        if not is_path(path):
            blueprint = _keep_unknown(blueprint, name, kept)
        elif kept:
            blueprint = _apply(blueprint, path, kept, resolve)
    return blueprint


def _apply(blueprint: Blueprint, path: str, values: Sequence[FieldValueWithProvenance], resolve: Resolve) -> Blueprint:
    if path in LINKS_PATHS:
        return _append_links(blueprint, path, values, resolve)
    current = get_path(blueprint, path)
    if isinstance(current, tuple):
        return _append(blueprint, path, values)
    best = max(values, key=_sureness)
    if path in LINK_PATHS:
        return _set(blueprint, path, Link(text=best.value.strip(), ref=resolve(best.value)), best.prov)
    blueprint = _set(blueprint, path, best.value.strip(), best.prov)
    return _with_levels(blueprint, best) if path == _LEVELS else blueprint


def _sureness(value: FieldValueWithProvenance) -> float:
    confidence = value.prov.confidence if value.prov else None
    return 1.0 if confidence is None else confidence


def _set(blueprint: Blueprint, path: str, value: Any, prov: Provenance | None) -> Blueprint:
    if get_path(blueprint, path) == value:
        return blueprint
    return with_prov(set_path(blueprint, path, value), path, (prov,) if prov else ())


def _with_levels(blueprint: Blueprint, best: FieldValueWithProvenance) -> Blueprint:
    low, high = parse_levels(best.value)
    if low is None:
        return blueprint
    blueprint = _set(blueprint, "shape.party.level_from", low, best.prov)
    return _set(blueprint, "shape.party.level_to", high, best.prov)


def _append(blueprint: Blueprint, path: str, values: Sequence[FieldValueWithProvenance]) -> Blueprint:
    items: list[str] = list(get_path(blueprint, path))
    provs = list(blueprint.prov.get(path, ()))
    have = {fold(item) for item in items}
    for value in values:
        if (key := fold(value.value)) in have:
            continue
        have.add(key)
        items.append(value.value.strip())
        provs += [value.prov] if value.prov else []
    if len(items) == len(get_path(blueprint, path)):
        return blueprint
    return with_prov(set_path(blueprint, path, tuple(items)), path, tuple(provs))


def _append_links(
    blueprint: Blueprint, path: str, values: Sequence[FieldValueWithProvenance], resolve: Resolve
) -> Blueprint:
    links: list[Link] = list(get_path(blueprint, path))
    provs = list(blueprint.prov.get(path, ()))
    for value in values:
        new = Link(text=value.value.strip(), ref=resolve(value.value))
        at = next((i for i, old in enumerate(links) if _same_link(old, new)), None)
        if at is None:
            links.append(new)
            provs += [value.prov] if value.prov else []
        elif links[at].ref is None and new.ref is not None:
            links[at] = links[at].model_copy(update={"ref": new.ref})
    if tuple(links) == get_path(blueprint, path):
        return blueprint
    return with_prov(set_path(blueprint, path, tuple(links)), path, tuple(provs))


def _same_link(one: Link, other: Link) -> bool:
    return (one.ref is not None and one.ref == other.ref) or fold(one.text) == fold(other.text)


def with_prov(blueprint: Blueprint, path: str, provs: tuple[Provenance, ...]) -> Blueprint:
    """The blueprint with exactly this provenance at the path; none takes the entry away."""
    others = {k: v for k, v in blueprint.prov.items() if k != path}
    return blueprint.model_copy(update={"prov": others | ({path: provs} if provs else {})})


def _keep_unknown(blueprint: Blueprint, name: str, values: Sequence[FieldValueWithProvenance]) -> Blueprint:
    kept: dict[str, list[str]] = dict(blueprint.ext.get("extraction", {}))
    have = kept.get(name, [])
    new = [v.value.strip() for v in values if v.value.strip() not in have]
    if not new:
        return blueprint
    return blueprint.model_copy(update={"ext": blueprint.ext | {"extraction": kept | {name: [*have, *new]}}})
