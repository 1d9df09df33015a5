"""Finding entities by name: completion, resolution of links, likely duplicates, and what an extractor must know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.candidate import Known, Match
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.domain.text import fold, line
from studio.services.world import rows
from studio.storage import search

if TYPE_CHECKING:
    from studio.storage.project import Project

_ARTICLES = ("the ", "a ", "an ", "le ", "la ", "les ", "l'", "o ", "os ", "as ", "der ", "die ", "das ", "el ", "los ")
_CLOSE = 86.0


class NameHit(Frozen):
    """An entity that fits what was typed. `matched` is the name or alias that was met."""

    id: RecordId
    kind: str
    name: str
    matched: str
    status: str


def clean(name: str) -> str:
    """A name as it is stored: link brackets and the at-sign taken off, one space between words."""
    return line(line(name).removeprefix("[[").removesuffix("]]").removeprefix("@"))


def complete(
    project: Project, typed: str, *, limit: int = 12, kinds: tuple[str, ...] = (), lens: Lens = OPEN_EYES
) -> list[NameHit]:
    """Entities for a half-typed name, best first; with nothing typed, those that changed last."""
    if not fold(typed):
        return _latest(project, limit=limit, kinds=kinds, lens=lens)
    found = rows.by_name(project, typed, limit=limit, kinds=kinds, lens=lens)
    return [
        NameHit(id=RecordId(r.id), kind=r.kind, name=r.name, matched=r.matched or r.name, status=r.status)
        for r in found
    ]


def _hits(rows: list[tuple[str, str, str, str, str]]) -> list[NameHit]:
    seen: dict[str, NameHit] = {}
    for record, kind, name, matched, status in rows:
        seen.setdefault(record, NameHit(id=RecordId(record), kind=kind, name=name, matched=matched, status=status))
    return list(seen.values())


def _filters(kinds: tuple[str, ...], lens: Lens) -> str:
    of_kinds = f"AND e.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    return f"{of_kinds} AND {search.entity_clause(lens)}"


def _latest(project: Project, *, limit: int, kinds: tuple[str, ...], lens: Lens) -> list[NameHit]:
    sql = f"""SELECT e.id, e.kind, e.name, e.name, e.status FROM entity e WHERE e.deleted_at IS NULL
    {_filters(kinds, lens)} ORDER BY e.updated_at DESC, e.id DESC LIMIT ?"""
    return _hits(project.sql.execute(sql, [*kinds, limit]).fetchall())


def resolve(project: Project, name: str, *, kinds: tuple[str, ...] = ()) -> RecordId | None:
    """The entity that a link with this text means: one of these kinds before others, a name before an alias."""
    ids = search.by_name(project.sql, clean(name))
    if not ids:
        return None
    if kinds and len(ids) > 1:
        marks = ", ".join("?" * len(ids))
        of = dict(project.sql.execute(f"SELECT id, kind FROM entity WHERE id IN ({marks})", ids).fetchall())
        ids.sort(key=lambda record: of.get(record) not in kinds)
    return RecordId(ids[0])


def labels(project: Project, ids: set[RecordId], *, lens: Lens = OPEN_EYES) -> dict[RecordId, tuple[str, str]]:
    """(name, kind) of these entities, without those in the trash and those that the lens doesn't show."""
    marks = ", ".join("?" * len(ids))
    rows = project.sql.execute(
        f"SELECT e.id, e.name, e.kind FROM entity e WHERE e.deleted_at IS NULL AND e.id IN ({marks})"
        f" AND {search.entity_clause(lens)}",
        list(ids),
    )
    return {RecordId(record): (name, kind) for record, name, kind in rows}


def known_entities(project: Project) -> list[Known]:
    """Every live entity with its aliases, as an extractor sees it; reads no payloads."""
    aliases: dict[str, list[str]] = {}
    for record, text in project.sql.execute("SELECT record, text FROM name WHERE is_alias = 1 ORDER BY text"):
        aliases.setdefault(record, []).append(text)
    rows = project.sql.execute("SELECT id, kind, name FROM entity WHERE deleted_at IS NULL ORDER BY id")
    return [Known(id=RecordId(i), kind=k, name=n, aliases=tuple(aliases.get(i, ()))) for i, k, n in rows]


def untold_entities(project: Project) -> frozenset[str]:
    """The entities whose names no model may hear."""
    sql = """SELECT id FROM entity WHERE instr(data, '"ai_visibility":"never"')
    AND json_extract(data, '$.ai_visibility') = 'never'"""
    return frozenset(row[0] for row in project.sql.execute(sql))


def find_match(project: Project, name: str, *, kind: str = "") -> Match | None:
    """The entity that this name most likely means, or None. `kind` decides between equals."""
    found = similar(project, name, kind=kind, limit=1)
    return found[0] if found else None


def similar(project: Project, name: str, *, kind: str = "", limit: int = 3) -> list[Match]:
    """Entities with the same or nearly the same name, best first: the hint against duplicates."""
    wanted = fold(clean(name))
    if not wanted:
        return []
    exact = project.sql.execute(
        "SELECT n.record, e.name, e.kind, n.is_alias FROM name n JOIN entity e ON e.id = n.record WHERE n.fold = ?"
        " ORDER BY n.is_alias",
        (wanted,),
    ).fetchall()
    matches = {
        record: Match(id=record, name=text, score=0.97 if alias else 1.0, how="alias" if alias else "name")
        for record, text, _, alias in reversed(exact)
    }
    kinds = {record: of for record, _, of, _ in exact}
    if len(matches) < limit:
        for match, of in _fuzzy(project, wanted, limit=limit):
            matches.setdefault(match.id, match)
            kinds.setdefault(match.id, of)
    ranked = sorted(matches.values(), key=lambda m: (bool(kind) and kinds[m.id] != kind, -m.score))
    return sorted(ranked, key=lambda m: -m.score if m.score < 0.97 else -1)[:limit]


def bare(folded: str) -> str:
    """A folded name without its article."""
    return next(
        (folded.removeprefix(a) for a in _ARTICLES if folded.startswith(a) and len(folded) > len(a) + 1), folded
    )


def _fuzzy(project: Project, wanted: str, *, limit: int) -> list[tuple[Match, str]]:
    from rapidfuzz import fuzz, process

    if len(wanted) < 4:
        return []
    table = project.sql.execute("SELECT record, fold FROM name").fetchall()
    folds = [bare(row[1]) for row in table]
    best = process.extract(bare(wanted), folds, scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=limit * 2)
    known = labels(project, {table[at][0] for _, _, at in best})
    return [
        (Match(id=record, name=known[record][0], score=round(score / 100 * 0.96, 3), how="fuzzy"), known[record][1])
        for _, score, at in best
        if (record := table[at][0]) in known
    ]
