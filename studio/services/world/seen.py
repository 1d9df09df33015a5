"""A record as a lens shows it: without what its audience may not know, and as it was at its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from studio.domain.errors import NotFound
from studio.domain.lens import OPEN_EYES, Lens, may_see
from studio.domain.record import Record
from studio.domain.text import WIKILINK, fold, split_secrets
from studio.domain.vocabulary import GM_ONLY_FIELDS
from studio.domain.world import Claim, Entity, Entry, Link, Relation
from studio.services.world import kinds, then
from studio.storage.derived import open_to
from studio.storage.search import (
    audience_clause,
    claim_clause,
    entity_clause,
    entry_clause,
    name_clause,
    relation_clause,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.domain.ids import RecordId
    from studio.domain.world import Certainty, FieldValue, Statement
    from studio.storage.project import Project

R = TypeVar("R", bound=Record)
UNKNOWN = "…"
"""What stands for the name of something that an audience may not know."""


def entity(project: Project, entity_id: str, *, lens: Lens = OPEN_EYES, deleted: bool = False) -> Entity:
    """The entity as the lens shows it. Raises NotFound where it isn't there for this audience."""
    found = project.get(Entity, entity_id, deleted=deleted and lens.is_gm)
    if not may_see(lens.audience, found.visibility):
        raise NotFound("This entity isn't in the project any more.")
    return shown(project, found, lens=lens)


def shown(project: Project, found: Entity, *, lens: Lens) -> Entity:
    """An entity that the audience may see, as it may see it, at the lens's day."""
    if lens.as_of is not None:
        found = then.entity(project, found, lens)
    return found if lens.is_gm else _redacted(project, found, lens)


def entry(project: Project, entry_id: str, *, lens: Lens = OPEN_EYES, deleted: bool = False) -> Entry:
    """The note as the lens shows it. Raises NotFound where it isn't there for this audience."""
    record = project.any_record(entry_id, deleted=deleted and lens.is_gm)
    if not isinstance(record, Entry) or not may_see(lens.audience, record.visibility):
        raise NotFound("This note isn't in the project any more.")
    return shown_entry(project, record, lens=lens)


def shown_entry(project: Project, found: Entry, *, lens: Lens) -> Entry:
    """A note that the audience may see, as it may see it."""
    if lens.is_gm:
        return found
    known = visible(project, found.entity_refs, lens=lens)
    return _bare(
        found, body=text(project, found.body, lens), entity_refs=tuple(r for r in found.entity_refs if r in known)
    )


def everything(project: Project, cls: type[R], *, lens: Lens = OPEN_EYES) -> list[R]:
    """All live entities, notes, relations, claims or other records of a class that the lens shows, as it shows them."""
    if lens == OPEN_EYES:
        return project.all(cls)
    found = project.all(cls, _CLAUSES.get(cls, _open_ones)(lens))
    return [_as_shown(project, one, lens) for one in found]


def _open_ones(lens: Lens) -> str:
    return audience_clause(lens.audience)


_CLAUSES: dict[type[Record], Callable[[Lens], str]] = {
    Entity: lambda lens: entity_clause(lens, "entity"),
    Entry: lambda lens: entry_clause(lens, "entry"),
    Relation: lambda lens: relation_clause(lens, "relation"),
    Claim: lambda lens: claim_clause(lens, "claim"),
}


def _as_shown(project: Project, found: Any, lens: Lens) -> Any:
    if isinstance(found, Entity):
        return shown(project, found, lens=lens)
    if isinstance(found, Entry):
        return shown_entry(project, found, lens=lens)
    if isinstance(found, Claim):
        return found if lens.is_gm else shown_claim(project, found, lens=lens)
    if isinstance(found, Relation) and not lens.is_gm:
        speaker = next(iter(visible(project, [found.speaker], lens=lens)), None)
        return _bare(found, speaker=speaker, certainty=certainty(found.certainty, lens))
    return found


def shown_claim(project: Project, found: Claim, *, lens: Lens) -> Claim:
    """A claim that the audience may see, without who says or knows it where they may not be named."""
    known = visible(project, [found.speaker, *found.known_by], lens=lens)
    value = text(project, found.value, lens) if isinstance(found.value, str) else found.value
    known_by = tuple(i for i in found.known_by if i in known)
    speaker = found.speaker if found.speaker in known else None
    return _bare(
        found, value=value, speaker=speaker, known_by=known_by, source_id=None,
        certainty=certainty(found.certainty, lens),
    )  # fmt: skip


def certainty(word: Certainty, lens: Lens) -> Certainty:
    """How sure something is, as the lens shows it: whoever is lied to hears a plain statement."""
    return "fact" if word == "lie" and not lens.is_gm else word


def record(project: Project, record_id: str, *, lens: Lens = OPEN_EYES) -> Entity | Entry | None:
    """The entity or note of this id as the lens shows it, or None."""
    found = project.any_record(record_id)
    if not isinstance(found, Entity | Entry) or not may_see(lens.audience, found.visibility):
        return None
    return shown(project, found, lens=lens) if isinstance(found, Entity) else shown_entry(project, found, lens=lens)


def visible(project: Project, ids: Iterable[RecordId | None], *, lens: Lens) -> set[str]:
    """Which of these entities the lens shows."""
    wanted = [i for i in dict.fromkeys(ids) if i]
    marks = ", ".join("?" * len(wanted))
    rows = project.sql.execute(
        f"SELECT e.id FROM entity e WHERE e.deleted_at IS NULL AND e.id IN ({marks}) AND {entity_clause(lens)}", wanted
    )
    return {row[0] for row in rows}


def text(project: Project, markdown: str, lens: Lens) -> str:
    """A text without its secret blocks; of links to what this audience may not know only their own words stay."""
    opened = split_secrets(markdown)[0]
    known: dict[str, bool] = {}

    def turn(match: Any) -> str:
        target = fold(match.group(1))
        if target not in known:
            known[target] = _may_name(project, target, lens)
        return match.group(0) if known[target] else match.group(2) or UNKNOWN

    return WIKILINK.sub(turn, opened)


def _may_name(project: Project, folded: str, lens: Lens) -> bool:
    """Whether a name means nothing here, or something that this audience knows by it."""
    rows = project.sql.execute(
        f"""SELECT e.deleted_at IS NULL AND {entity_clause(lens)} AND {name_clause(lens)}
        FROM name n JOIN entity e ON e.id = n.record WHERE n.fold = ?""",
        (folded,),
    ).fetchall()
    return not rows or any(row[0] for row in rows)


def _bare(found: Any, **update: Any) -> Any:
    """A copy without what only the game master's work needs: sources, imports' leftovers, who wrote it."""
    marks = {"prov": {}, "ext": {}, "foreign_ids": {}, "created_by": "", "updated_by": "", "vault": "table"}
    return found.model_copy(update=marks | update)


def _redacted(project: Project, found: Entity, lens: Lens) -> Entity:
    hidden = kinds.gm_only(project, found.kind) | GM_ONLY_FIELDS

    def may(path: str, name: str) -> bool:
        return _may_read(lens, name, found.statement(path).visibility, hidden)

    fields = {k: v for k, v in found.fields.items() if may(f"fields.{k}", k)}
    known = visible(project, [*_refs(fields.values()), *_speakers(found), found.parent], lens=lens)
    clean = lambda words: text(project, words, lens)  # noqa: E731
    kept = {k: value for k, v in fields.items() if (value := _value(v, known, clean)) not in (None, "", [])}
    custom = {k: _plain(v, clean) for k, v in found.custom.items() if may(f"custom.{k}", k)}
    left = {f"fields.{k}" for k in kept} | {f"custom.{k}" for k in custom}
    aliases = tuple(
        a.model_copy(update={"visibility": ""}) for a in found.aliases if may_see(lens.audience, open_to(a, found))
    )
    return _bare(
        found, fields=kept, custom=custom, aliases=aliases, summary=clean(found.summary), body=clean(found.body),
        parent=found.parent if found.parent in known else None, statblock=None,
        stated={k: _said(s, known, lens) for k, s in found.stated.items() if k in left},
    )  # fmt: skip


def _may_read(lens: Lens, name: str, said: str, hidden: frozenset[str]) -> bool:
    """Whether a field is open to the audience: as was said of it, else as its kind has it."""
    return may_see(lens.audience, said) if said else name not in hidden


def open_fields(
    project: Project, kind: str, fields: dict[str, Any], stated: dict[str, Any], *, lens: Lens
) -> dict[str, Any]:
    """The stored fields of an entity that the audience may read, for lists that can't look at each entity whole.

    What links in them point to is not looked at.
    """
    if lens.is_gm:
        return fields
    hidden = kinds.gm_only(project, kind) | GM_ONLY_FIELDS
    said = {name: stated.get(f"fields.{name}", {}).get("visibility", "") for name in fields}
    return {name: value for name, value in fields.items() if _may_read(lens, name, said[name], hidden)}


def _refs(values: Iterable[FieldValue]) -> list[RecordId | None]:
    many = (one for value in values for one in (value if isinstance(value, list) else [value]))
    return [one.ref for one in many if isinstance(one, Link)]


def _speakers(found: Entity) -> list[RecordId | None]:
    return [i for said in found.stated.values() for i in (said.speaker, *said.known_by)]


def _said(said: Statement, known: set[str], lens: Lens) -> Statement:
    known_by = tuple(i for i in said.known_by if i in known)
    speaker = said.speaker if said.speaker in known else None
    sure = certainty(said.certainty, lens)
    return said.model_copy(update={"speaker": speaker, "known_by": known_by, "visibility": "", "certainty": sure})


def _value(value: FieldValue, known: set[str], clean: Callable[[str], str]) -> Any:
    """A field's value without links to what isn't known."""
    if isinstance(value, Link):
        return value if value.ref is None or value.ref in known else None
    if isinstance(value, list):
        return [one for v in value if (one := _value(v, known, clean)) is not None]
    return clean(value) if isinstance(value, str) else value


def _plain(value: Any, clean: Callable[[str], str]) -> Any:
    """A value of no known shape with all its texts cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(k)): _plain(v, clean) for k, v in value.items()}
    return [_plain(v, clean) for v in value] if isinstance(value, list | tuple) else value


def is_open(found: Record, lens: Lens) -> bool:
    """Whether this audience may know of the record at all."""
    return may_see(lens.audience, found.visibility)
