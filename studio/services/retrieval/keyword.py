"""Finding by words: which records have which words of a question, and which names it speaks of, slips and all."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.lens import OPEN_EYES
from studio.services import names
from studio.services.spoken import within as spoken_in
from studio.storage import search

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.domain.lens import Lens
    from studio.services.near import Name
    from studio.services.retrieval.words import Token
    from studio.storage.project import Project

CAP = 500
"""A word that more records have says nothing about any of them; they aren't even listed."""
_TITLE = 8.0
_SLIP = 0.15
_LEAST = 0.34


class WordHits(NamedTuple):
    """A word's weight between 0 and 1, and how well each record has it; empty for a word that many have."""

    weight: float
    records: dict[str, float]
    known: bool


class Mention(NamedTuple):
    """A record that a question names: by which of its names, by which words, how fully (0–1), with how many slips."""

    record: str
    kind: str
    name: str
    places: frozenset[int]
    share: float
    slips: int = 0


def word_hits(project: Project, tokens: Sequence[Token], *, lens: Lens) -> dict[int, WordHits]:
    """What each word that carries meaning finds, by its place. The lens is applied in the query."""
    total = project.sql.execute("SELECT count(*) FROM fts_doc").fetchone()[0] or 1
    found: dict[int, WordHits] = {}
    for token in tokens:
        if token.stop:
            continue
        records = _having(project, token, lens)
        number = CAP + 1 if records is None else len(records)
        weight = math.log1p(total / (1 + number)) / math.log1p(total)
        found[token.at] = WordHits(max(weight, 0.15), dict.fromkeys(records or (), 1.0), records != [])
    return found


def _having(project: Project, token: Token, lens: Lens) -> list[str] | None:
    """The records that have a word; None for very many, which are not even listed."""
    columns = "{title body secret}" if lens.is_gm else "{title body}"
    query = f'{columns} : "{token.stem}"*' if len(token.text) > 3 else f'{columns} : "{token.text}"'
    if lens == OPEN_EYES and _many(project, query):
        return None
    rows = project.sql.execute(
        f"""SELECT d.record FROM fts JOIN fts_doc d ON d.docid = fts.rowid
        WHERE fts MATCH ? AND {search.document_clause(lens)} LIMIT {CAP + 1}""",
        (query,),
    ).fetchall()
    return [row[0] for row in rows] if len(rows) <= CAP else None


def _many(project: Project, query: str) -> bool:
    """Whether very many texts have a word, by the index of words alone."""
    return (
        project.sql.execute(f"SELECT 1 FROM fts WHERE fts MATCH ? LIMIT 1 OFFSET {CAP}", (query,)).fetchone()
        is not None
    )


def ranked(
    project: Project, tokens: Sequence[Token], hits: dict[int, WordHits], *, lens: Lens, limit: int = 60
) -> dict[str, float]:
    """BM25 of the records that have any of the words that tell something, the best ones only."""
    words = [
        f'"{t.stem}"*' if len(t.text) > 3 else f'"{t.text}"'
        for t in tokens
        if t.at in hits and hits[t.at].records
    ]  # fmt: skip
    if not words:
        return {}
    columns = "{title body secret}" if lens.is_gm else "{title body}"
    rows = project.sql.execute(
        f"""SELECT d.record, -bm25(fts, {_TITLE}, 1.0, 1.0) AS score FROM fts JOIN fts_doc d ON d.docid = fts.rowid
        WHERE fts MATCH ? AND {search.document_clause(lens)} ORDER BY score DESC LIMIT ?""",
        (f"{columns} : ({' OR '.join(words)})", limit),
    )
    return dict(rows.fetchall())


# ---- names -------------------------------------------------------------------------------------------------------


def mentions(
    project: Project, tokens: Sequence[Token], hits: dict[int, WordHits], *, lens: Lens, limit: int = 24
) -> list[Mention]:
    """The records that the words name, wholly or in part, the surest first. Longer names take their words."""
    unknown = {t.at for t in tokens if t.at in hits and not hits[t.at].known and len(t.text) > 3}
    near = unknown | {at + d for at in unknown for d in (-1, 1)}
    book = names.book(project)
    spoken = spoken_in(book, [(t.text, t.stop, t.at in near) for t in tokens], lens=lens)
    here = names.already_there(project, [one.name.record for one in spoken], lens)
    best: dict[str, Mention] = {}
    for one in spoken:
        if one.name.record not in here:
            continue
        made = _mention(one.name, one.places, one.share, one.slips)
        known = best.get(made.record)
        if known is None or _sure(made) > _sure(known):
            best[made.record] = made
    return _parted(sorted(best.values(), key=_sure, reverse=True))[:limit]


def _mention(name: Name, places: Iterable[int], share: float, slips: int) -> Mention:
    return Mention(name.record, name.kind, name.text, frozenset(places), share, slips)


def _sure(mention: Mention) -> tuple[float, int, str]:
    return (mention.share - _SLIP * mention.slips) * (1 + 0.2 * len(mention.places)), -mention.slips, mention.record


def _parted(found: list[Mention]) -> list[Mention]:
    """A word that belongs to a whole name names hardly anything else."""
    taken: dict[int, float] = defaultdict(float)
    kept = []
    for one in found:
        whole = one.share > 0.99
        spent = [at for at in one.places if taken[at] > len(one.places) or (taken[at] and not whole)]
        share = one.share * (0.3 if spent and len(spent) == len(one.places) else 1.0)
        if share >= _LEAST * (0.5 if spent else 1.0):
            kept.append(one._replace(share=share))
        if whole:
            for at in one.places:
                taken[at] = max(taken[at], len(one.places))
    return sorted(kept, key=_sure, reverse=True)
