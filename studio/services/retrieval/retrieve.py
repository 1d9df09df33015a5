"""Answering a question from the project: by words and names, by meaning where there is an index, along relations."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from typing import TYPE_CHECKING

from studio.observability import metrics
from studio.services.retrieval import fuse, graph, keyword
from studio.services.retrieval.query import Near, Query, Retrieved, wanted_kinds
from studio.services.retrieval.showing import Evidence, shown
from studio.services.retrieval.words import tokens
from studio.storage.search import (
    audience_clause,
    claim_clause,
    entity_clause,
    entry_clause,
    relation_clause,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from studio.domain.lens import Lens
    from studio.storage.project import Project

POOL = 150
"""How many chunks the index is asked for."""
_ROOM = 3
_FACT = (1.0, 0.9)
"""How much of a fact's likeness its subject and its object get."""
_LIKED = (0.3, 0.4)


def answer(project: Project, query: Query, near: Sequence[Near] | None = None) -> Retrieved:
    """What answers a question, best first. `near` is what the index found for it, None where there is none to ask."""
    started = time.perf_counter()
    lens = query.lens
    words = tokens(query.text)
    hits = keyword.word_hits(project, words, lens=lens)
    named = keyword.mentions(project, words, hits, lens=lens)
    facts = _facts(project, near or (), lens)
    question = graph.Question(
        words, {at: hit.weight for at, hit in hits.items()}, wanted_kinds(query.text), _liked(near or ())
    )
    paths = graph.walk(project, question, named, lens=lens)
    signals = fuse.Signals(
        question.weights, _shares(hits, question.total), keyword.ranked(project, words, hits, lens=lens),
        _meaning(near or (), facts), paths,
    )  # fmt: skip
    ordered = fuse.fused(signals)
    open_ones = _allowed(project, [one.record for one in ordered[: 40 * _ROOM + query.k * _ROOM]], query)
    best = [one for one in ordered if one.record in open_ones][: query.k]
    sure = frozenset(at for one in named if one.share > 0.85 for at in one.places)
    evidence = Evidence(query, words, hits, tuple(named), signals, near or (), facts)
    found = Retrieved(
        hits=tuple(shown(project, best, evidence)),
        weak=not best or fuse.weak(signals, best, named=sure, has_meaning=near is not None),
        by_meaning=near is not None,
        ms=round((time.perf_counter() - started) * 1000, 2),
    )
    metrics.session.timing("retrieval.answer", found.ms)
    return found


def _shares(hits: dict[int, keyword.WordHits], total: float) -> dict[str, float]:
    """How much of the question's words, by weight, each record has."""
    found: dict[str, float] = defaultdict(float)
    for hit in hits.values():
        for record in hit.records:
            found[record] += hit.weight / total
    return dict(found)


def _facts(project: Project, near: Iterable[Near], lens: Lens) -> dict[str, tuple[str, ...]]:
    """Of the relations and claims among these, as far as the lens shows them: whom they speak of."""
    wanted = json.dumps(sorted({one.record for one in near}))
    rows = project.sql.execute(
        f"""SELECT r.id, r.from_id, r.to_id FROM json_each(?1) f CROSS JOIN relation r ON r.id = f.value
        WHERE {relation_clause(lens)} UNION ALL
        SELECT c.id, c.subject_id, c.object_id FROM json_each(?1) f CROSS JOIN claim c ON c.id = f.value
        WHERE {claim_clause(lens)}""",
        (wanted,),
    )
    return {record: tuple(end for end in ends if end) for record, *ends in rows}


def _liked(near: Iterable[Near]) -> dict[str, float]:
    base, room = _LIKED
    return {one.record: max(0.0, min(1.0, (one.similarity - base) / room)) for one in near if one.similarity}


def _meaning(near: Iterable[Near], facts: dict[str, tuple[str, ...]]) -> dict[str, list[float]]:
    """The similarities of each record's chunks, best first; a fact's count for those it speaks of."""
    found: dict[str, list[float]] = defaultdict(list)
    for one in near:
        if one.similarity is None:
            continue
        if one.record in facts:
            for end, share in zip(facts[one.record], _FACT, strict=False):
                found[end].append(one.similarity * share)
        else:
            found[one.record].append(one.similarity)
    return {record: sorted(all_, reverse=True) for record, all_ in found.items()}


def _allowed(project: Project, ids: Collection[str], query: Query) -> set[str]:
    """Those of these records that can be a hit: live, shown by the lens, fitting the filters."""
    lens, filters = query.lens, query.filters
    seen = audience_clause(lens.audience, "e.visibility")
    talk = f"""SELECT e.id, e.kind, e.status, e.thread_id FROM json_each(?1) f CROSS JOIN message e ON e.id = f.value
        JOIN thread t ON t.id = e.thread_id WHERE e.deleted_at IS NULL AND t.deleted_at IS NULL AND {seen}"""
    rows = project.sql.execute(
        f"""SELECT e.id, e.kind, e.status, '' FROM json_each(?1) f CROSS JOIN entity e ON e.id = f.value
        WHERE e.deleted_at IS NULL AND {entity_clause(lens)} UNION ALL
        SELECT e.id, e.kind, e.status, '' FROM json_each(?1) f CROSS JOIN entry e ON e.id = f.value
        WHERE e.deleted_at IS NULL AND {entry_clause(lens)} UNION ALL {talk} UNION ALL
        SELECT e.id, e.kind, e.status, '' FROM json_each(?1) f CROSS JOIN document e ON e.id = f.value
        WHERE e.deleted_at IS NULL AND e.kind IN ('blueprint', 'recipe') AND {seen}""",
        (json.dumps(list(ids)),),
    ).fetchall()
    tagged = _tagged(project, ids, filters.tags) if filters.tags else None
    fits = _kinds(project, filters.kinds)
    return {
        record
        for record, kind, status, thread in rows
        if (fits is None or kind in fits)
        and (not filters.statuses or status in filters.statuses)
        and (not filters.threads or thread in filters.threads)
        and (tagged is None or record in tagged)
    }


def _kinds(project: Project, kinds: Sequence[str]) -> set[str] | None:
    if "entity" not in kinds:
        return set(kinds) or None
    return set(kinds) | {row[0] for row in project.sql.execute("SELECT DISTINCT kind FROM entity")}


def _tagged(project: Project, ids: Collection[str], tags: Sequence[str]) -> set[str]:
    rows = project.sql.execute(
        """SELECT record FROM tag WHERE tag IN (SELECT value FROM json_each(?))
        AND record IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(tags)), json.dumps(list(ids))),
    )
    return {row[0] for row in rows}
