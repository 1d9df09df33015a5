"""The world as of a day: which of a field's values held then, who stood in which relation, who was there at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.dates import resolve
from studio.domain.vocabulary import MIRRORS
from studio.domain.world import Claim, Entity, Link
from studio.services.world import kinds
from studio.services.world.values import normal
from studio.storage import times
from studio.storage.search import claim_clause, entity_clause, relation_clause

if TYPE_CHECKING:
    from studio.domain.lens import Lens
    from studio.domain.world import DateValue
    from studio.storage.project import Project

_LIFE = ("life_status", "status")
"""Fields that tell how something stands now: unknown for a day before its end."""


def entity(project: Project, found: Entity, lens: Lens) -> Entity:
    """The entity with the values that held at the lens's day; dates that were still to come are left out."""
    assert lens.as_of is not None
    day = lens.as_of
    fields: dict[str, Any] = dict(found.fields)
    for name in [n for n in fields if not _held(project, found, f"fields.{n}", day)]:
        del fields[name]
    custom = {n: v for n, v in found.custom.items() if _held(project, found, f"custom.{n}", day)}
    for name, value in _claimed(project, found, lens).items():
        fields[name] = value
    for name, value in _related(project, found, lens).items():
        fields.pop(name, None)
        fields |= {name: value} if value else {}
    _hide_what_is_to_come(project, found, fields, day)
    aliases = tuple(a for a in found.aliases if _within(project, a.valid_from, a.valid_to, day))
    return found.model_copy(update={"fields": fields, "custom": custom, "aliases": aliases})


def _held(project: Project, found: Entity, path: str, day: int) -> bool:
    said = found.statement(path)
    return _within(project, said.valid_from, said.valid_to, day)


def _within(project: Project, start: DateValue | None, end: DateValue | None, day: int) -> bool:
    first = resolve(start, project.calendars).lo if start else None
    last = resolve(end, project.calendars).hi if end else None
    return (first is None or first <= day) and (last is None or last >= day)


def _claimed(project: Project, found: Entity, lens: Lens) -> dict[str, Any]:
    """Fields for which a dated claim says what held then; the latest one wins."""
    rows = project.sql.execute(
        f"""SELECT c.data FROM claim c WHERE c.subject_id = ? AND {claim_clause(lens)}
        AND (c.lo IS NOT NULL OR c.hi IS NOT NULL) ORDER BY c.lo NULLS FIRST, c.id""",
        (found.id,),
    ).fetchall()
    values: dict[str, Any] = {}
    kind = kinds.spec_of(project, found.kind)
    for (data,) in rows:
        claim = Claim.model_validate_json(data)
        spec = kind.field_or_plain(claim.predicate)
        known = claim.predicate in found.fields or kind.field(claim.predicate) is not None
        if claim.certainty != "fact" or not known:
            continue
        said = _name(project, claim.object_id) if claim.object_id else claim.value
        if (value := normal(project, spec, said)) is not None:
            values[claim.predicate] = value
    return values


def _name(project: Project, entity_id: str) -> Link | None:
    row = project.sql.execute("SELECT name FROM entity WHERE id = ?", (entity_id,)).fetchone()
    return Link.model_validate({"text": row[0], "ref": entity_id}) if row else None


def _related(project: Project, found: Entity, lens: Lens) -> dict[str, Any]:
    """Link fields that dated relations speak for: who led then, where somebody lived then."""
    values: dict[str, Any] = {}
    for (kind, field), (type_, subject) in MIRRORS.items():
        if kind != found.kind:
            continue
        mine, other = ("from_id", "to_id") if subject else ("to_id", "from_id")
        dated = project.sql.execute(
            f"""SELECT 1 FROM relation r WHERE r.{mine} = ? AND r.type = ? AND r.deleted_at IS NULL
            AND (r.lo IS NOT NULL OR r.hi IS NOT NULL) LIMIT 1""",
            (found.id, type_),
        ).fetchone()
        if not dated:
            continue
        rows = project.sql.execute(
            f"""SELECT e.id, e.name FROM relation r JOIN entity e ON e.id = r.{other}
            WHERE r.{mine} = ? AND r.type = ? AND {relation_clause(lens)} AND {entity_clause(lens)}
            AND e.deleted_at IS NULL AND json_extract(r.data, '$.certainty') IS NULL
            ORDER BY r.lo DESC NULLS LAST, r.id DESC""",
            (found.id, type_),
        ).fetchall()
        links = [Link.model_validate({"text": name, "ref": ref}) for ref, name in rows]
        values[field] = links if found.spec(field).type == "links" else links[0] if links else None
    return values


def _hide_what_is_to_come(project: Project, found: Entity, fields: dict[str, Any], day: int) -> None:
    later = [m.path for m in times.when(found, project.calendars).moments if m.lo is not None and m.lo > day]
    for path in later:
        fields.pop(path, None)
    if set(later) & set(times.ENDS):
        for name in _LIFE:
            fields.pop(name, None)


def standing(project: Project, entity_id: str, day: int) -> str:
    """How an entity stands at a day: `to come`, `there`, `gone`, or empty where no date says."""
    lo, hi = project.sql.execute("SELECT lo, hi FROM entity WHERE id = ?", (entity_id,)).fetchone()
    if lo is not None and day < lo:
        return "to come"
    if hi is not None and day > hi:
        return "gone"
    return "there" if lo is not None or hi is not None else ""
