"""The one entry that somebody means by what they typed, or a sentence that helps them to say it better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.errors import Conflict, NotFound
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.text import fold
from studio.services import names as all_names
from studio.services import near
from studio.services.world import kinds
from studio.services.world.names import clean
from studio.storage.search import entity_clause, name_clause

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.storage.project import Project

_MOST = 8
"""How many candidates a sentence names."""


def meant(
    project: Project, words: str, *, exact: bool = False, of_kinds: Sequence[str] = (), lens: Lens = OPEN_EYES
) -> RecordId:
    """The entity with this id, name or alias that the lens shows; of several, one of these kinds.

    Unless `exact`, a part of a name will do where only one entity fits it best. Raises NotFound, with the nearest
    names, and Conflict, with the candidates.
    """
    if _by_id(project, words.strip(), lens):
        return RecordId(words.strip())
    name = clean(words)
    fitting = _called(project, name, lens) or ([] if exact else _like(project, name, lens))
    if len(fitting) > 1 and of_kinds:
        fitting = [one for one in fitting if one[1] in of_kinds] or fitting
    if len(fitting) == 1:
        return RecordId(fitting[0][0])
    if fitting:
        raise Conflict(f"“{name}” may be {_listed(project, fitting)}. Give the id of the one that you mean.")
    if lens.as_of is not None and (later := _called(project, name, lens.model_copy(update={"as_of": None}))):
        day = project.calendars.main.format(lens.as_of)
        raise NotFound(f"“{later[0][2]}” isn't there yet on {day}.", hint="Choose a later date.")
    raise NotFound(f"No entry is called “{name}”.", hint=_hint(nearest(project, name, lens=lens)))


def nearest(project: Project, name: str, *, limit: int = 3, lens: Lens = OPEN_EYES) -> list[str]:
    """Names that the lens shows and that somebody may have meant, the nearest first."""
    found = all_names.book(project).search(name, limit=limit, but=near.TITLED, lens=lens)
    there = all_names.already_there(project, [one.name.record for one in found], lens)
    texts = [one.name.text for one in found if one.name.record in there]
    return texts or close_to(name, _all_names(project, lens), limit=limit)


def close_to(word: str, choices: Iterable[str], *, limit: int = 3) -> list[str]:
    """The choices that are spelled most like a word."""
    from rapidfuzz import fuzz, process

    found = process.extract(word, list(choices), scorer=fuzz.ratio, processor=fold, score_cutoff=60, limit=limit)
    return list(dict.fromkeys(choice for choice, _, _ in found))


def _hint(texts: list[str]) -> str:
    return f"Did you mean {one_of(texts)}?" if texts else ""


def one_of(texts: Sequence[str]) -> str:
    """`“a”, “b” or “c”`."""
    *most, last = [f"“{text}”" for text in texts]
    return f"{', '.join(most)} or {last}" if most else last


def _by_id(project: Project, record_id: str, lens: Lens) -> bool:
    seen = f"e.id = ? AND e.deleted_at IS NULL AND {entity_clause(lens)}"
    return project.sql.execute(f"SELECT 1 FROM entity e WHERE {seen}", (record_id,)).fetchone() is not None


Fitting = list[tuple[str, str, str]]
"""(id, kind, name) of entities."""


def _called(project: Project, name: str, lens: Lens) -> Fitting:
    """Those with exactly this name; where there are none, with this alias."""
    rows = project.sql.execute(
        f"""SELECT e.id, e.kind, e.name, n.is_alias FROM name n JOIN entity e ON e.id = n.record
        WHERE n.fold = ? AND e.deleted_at IS NULL AND {entity_clause(lens)} AND {name_clause(lens)} ORDER BY e.id""",
        (fold(name),),
    ).fetchall()
    return [row[:3] for row in rows if not row[3]] or [row[:3] for row in rows]


def _like(project: Project, name: str, lens: Lens) -> Fitting:
    """Those that a part of a name fits best, without slips of the keyboard."""
    if not fold(name):
        return []
    found = all_names.book(project).search(name, limit=_MOST + 1, but=near.TITLED, lens=lens)
    there = all_names.already_there(project, [one.name.record for one in found], lens)
    best = min((one.rank for one in found), default=near.SLIPS)
    fitting = [one.name for one in found if one.rank == best != near.SLIPS and one.name.record in there]
    return [(n.record, n.kind, own.text if (own := all_names.book(project).get(n.record)) else n.text) for n in fitting]


def _listed(project: Project, fitting: Fitting) -> str:
    said = [f"{name} ({kinds.spec_of(project, kind).noun}, {record})" for record, kind, name in fitting[:_MOST]]
    return ", ".join(said[:-1]) + f" or {said[-1]}" + (", among others" if len(fitting) > _MOST else "")


def _all_names(project: Project, lens: Lens) -> list[str]:
    seen = f"e.deleted_at IS NULL AND {entity_clause(lens)} AND {name_clause(lens)}"
    rows = project.sql.execute(f"SELECT n.text FROM name n JOIN entity e ON e.id = n.record WHERE {seen}")
    return [row[0] for row in rows]
