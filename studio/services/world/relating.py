"""Relating two entities by their names, as people write it: dates in words, what was left out stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.errors import Invalid, NotFound
from studio.domain.record import Frozen
from studio.domain.vocabulary import RELATIONS, relation_spec
from studio.domain.world import Entity, Relation
from studio.services.world import lookup, mirrors, relations, statements, tenures
from studio.services.world.statements import Terms

if TYPE_CHECKING:
    from studio.domain.ids import RecordId
    from studio.storage.project import Project


class Detail(Frozen):
    """What a relation says beyond its ends. None was left out and stays as it is; empty words clear it."""

    attitude: int | None = None
    rank: str | None = None
    role: str | None = None


class Related(Frozen):
    """The relations that came or changed, or that went, each with its sentence; `note` says what is unusual."""

    relations: tuple[Relation, ...] = ()
    sentences: tuple[str, ...] = ()
    note: str = ""


def relate(
    project: Project, one: str, type_: str, other: str, *, terms: Terms | None = None, detail: Detail | None = None
) -> Related:
    """Say that these two stand in a relation, or more about the one they stand in, in one commit.

    The type may be an inverse (`led_by`), with spaces or not. Raises NotFound, Conflict and Invalid with what to write
    instead.
    """
    start, end = _ends(project, one, other)
    said = statements.read(project, terms or Terms())
    said |= {k: v for k, v in (detail or Detail()).model_dump().items() if v is not None}
    known = {relation.id: relation for relation in _between(project, type_, start, end)}
    message = f"Relate “{project.get(Entity, start).name}” to “{project.get(Entity, end).name}”"
    with project.commit("entity.relate", message):
        made = _cleared(project, list(known.values()), said)
        if made is not None:
            made = relations.update_relation(project, made.id, {k: v for k, v in said.items() if v})
        else:
            made = relations.add_relation(project, start, type_, end, **{k: v for k, v in said.items() if v})
        made = relations.update_relation(project, made.id, _stored(said, new=made.id not in known))
    note = " ".join([*relations.judged(project, made.id), *_spelling(type_)])
    changed = known.get(made.id) != made
    return Related(relations=(made,) if changed else (), sentences=(sentence(project, made),), note=note)


def part(project: Project, one: str, type_: str, other: str, *, terms: Terms | None = None) -> Related:
    """Take the relations of this type between these two away, in one commit: those as sure and of the dates as said."""
    start, end = _ends(project, one, other)
    only = terms.certainty if terms else None
    said = statements.read(project, terms or Terms())
    dates = {key: said[key] for key in ("valid_from", "valid_to") if said.get(key)}
    there = _between(project, type_, start, end)
    gone = [one for one in there if only in (None, one.certainty) and _dated(project, one, dates)]
    names = [project.get(Entity, end_id).name for end_id in (start, end)]
    if not gone:
        near = sorted({_reads(r, start) for r in project.all(Relation, _EITHER, (start, end, end, start))})
        hint = f"It says {lookup.one_of(near)}." if near else "Nothing relates the two."
        raise NotFound(f"“{names[0]}” isn't said to be “{_words(type_)}” “{names[1]}”.", hint=hint)
    sentences = tuple(sentence(project, relation) for relation in gone)
    with project.commit("entity.part", f"Part “{names[0]}” from “{names[1]}”"):
        for relation in gone:
            relations.remove_relation(project, relation.id)
    return Related(relations=tuple(gone), sentences=sentences)


_EITHER = "((from_id = ? AND to_id = ?) OR (from_id = ? AND to_id = ?))"


def _ends(project: Project, one: str, other: str) -> tuple[RecordId, RecordId]:
    start, end = (lookup.meant(project, name, exact=True) for name in (one, other))
    if start == end:
        raise Invalid(f"“{one}” and “{other}” are the same entity. A relation needs two.")
    return start, end


def _between(project: Project, type_: str, start: RecordId, end: RecordId) -> list[Relation]:
    name, from_id, to_id = relations.canonical(type_, start, end)
    found = mirrors.same_fact(project, from_id, name, to_id)
    return found + (mirrors.same_fact(project, to_id, name, from_id) if relation_spec(name).symmetric else [])


def _cleared(project: Project, known: list[Relation], said: dict[str, Any]) -> Relation | None:
    """The relation that there is, whose dates are to be cleared; None where none are, or where it isn't there."""
    dates = {key: said[key] for key in ("valid_from", "valid_to") if key in said}
    if all(dates.values()):
        return None
    found = [one for one in known if one.certainty == said.get("certainty", "fact")]
    found = [one for one in found if _dated(project, one, dates)]
    if len(found) > 1:
        each = "; ".join(sentence(project, one) for one in found)
        raise Invalid(f"There are {len(found)} such relations: {each}.", hint="Say which, by the date that stays.")
    return found[0] if found else None


def _dated(project: Project, relation: Relation, dates: dict[str, Any]) -> bool:
    """Whether a relation's dates are those that were said; what is to be cleared counts for any."""
    there = tenures.span_of(relation)
    told = tuple(dates.get(key) or old for key, old in zip(("valid_from", "valid_to"), there, strict=True))
    return tenures.same(there, (told[0], told[1]), project.calendars) or told == there


def _stored(said: dict[str, Any], *, new: bool) -> dict[str, Any]:
    """What is still to be said of a relation: what is cleared, and for whom it is; without words, the game master."""
    audience = {"visibility": said["visibility"] or "gm"} if "visibility" in said else {}
    return audience if new else {key: value for key, value in said.items() if not value} | audience


def _words(type_: str) -> str:
    return " ".join(type_.replace("_", " ").split())


def _reads(relation: Relation, start: str) -> str:
    spec = relation_spec(relation.type)
    return spec.label if relation.from_id == start else spec.inverse_label


def _spelling(type_: str) -> list[str]:
    """A hint where a type that isn't in the vocabulary is spelled nearly as one that is."""
    words = "_".join(type_.strip().casefold().split())
    if words in RELATIONS or words in relations.INVERSES:
        return []
    near = lookup.close_to(words, [*RELATIONS, *relations.INVERSES])
    return [f"Did you mean {lookup.one_of(near)}?"] if near else []


def sentence(project: Project, relation: Relation) -> str:
    """A relation as one reads it aloud: its ends, and in brackets its dates and the rest."""
    from studio.domain.dates import written

    names = [found.name if (found := project.find(Entity, end)) else "…" for end in (relation.from_id, relation.to_id)]
    said = {
        "from": written(relation.valid_from, project.calendars), "to": written(relation.valid_to, project.calendars),
        "as": relation.role, "rank": relation.rank,
        "attitude": "" if relation.attitude is None else str(relation.attitude),
    }  # fmt: skip
    parts = ["" if relation.certainty == "fact" else relation.certainty, *(f"{k} {v}" for k, v in said.items() if v)]
    told = ", ".join(part for part in parts if part)
    head = f"{names[0]} {relation_spec(relation.type).label} {names[1]}"
    return f"{head} ({told})" if told else head
