"""Answering a question from the project: by words and names, by meaning where there is an index, along relations."""

from __future__ import annotations

import heapq
import json
import time
from collections import defaultdict
from typing import TYPE_CHECKING

from studio.observability import metrics
from studio.services.retrieval import fuse, graph, keyword
from studio.services.retrieval.cards import cards
from studio.services.retrieval.hearing import hear
from studio.services.retrieval.query import Near, Query, Retrieved, answer_words, is_question, wanted_kinds
from studio.services.retrieval.showing import Evidence, Row, shown
from studio.storage.search import (
    audience_clause,
    claim_clause,
    entity_clause,
    entry_clause,
    relation_clause,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from studio.domain.lens import Lens
    from studio.storage.project import Project

POOL = 100
"""How many chunks the index is asked for: more brought no answer up in any world that we measured."""
_ROOM = 80
_SPARE = 10
"""So many more than are wanted are looked at in one go: some are no hits."""
_SURE = 0.85
"""A name of which so much is said is surely meant."""
_LIKELY, _OTHERS = 24, 6
_FACT = (1.0, 0.9)
"""How much of a fact's likeness its subject and its object get."""
_LIKED = (0.3, 0.4)


def answer(project: Project, query: Query, near: Sequence[Near] | None = None) -> Retrieved:
    """What answers a question, best first. `near` is what the index found for it, None where there is none to ask."""
    started = time.perf_counter()
    evidence = gather(project, query, near or ())
    ordered = fuse.fused(evidence.signals, most=_ROOM + query.k * 3)
    best, open_ones = _best(project, ordered, query)
    found = Retrieved(
        hits=tuple(shown(project, [(one, open_ones[one.record]) for one in best], evidence)),
        weak=not best or fuse.weak(evidence.signals, best, put=_put(evidence), has_meaning=near is not None),
        by_meaning=near is not None,
        ms=round((time.perf_counter() - started) * 1000, 2),
    )
    metrics.session.timing("retrieval.answer", found.ms)
    return found


def _best(project: Project, ordered: Sequence[fuse.Scored], query: Query) -> tuple[list[fuse.Scored], dict[str, Row]]:
    """The first `k` that can be a hit, with their rows: these are read until there are enough."""
    best: list[fuse.Scored] = []
    open_ones: dict[str, Row] = {}
    for start in range(0, len(ordered), query.k + _SPARE):
        if len(best) >= query.k:
            break
        some = ordered[start : start + query.k + _SPARE]
        open_ones |= _allowed(project, [one.record for one in some], query)
        best += [one for one in some if one.record in open_ones]
    return best[: query.k], open_ones


def _put(evidence: Evidence) -> fuse.Put:
    """How the question is put: what it surely names, and whether it names something that isn't there."""
    named, met = evidence.named, frozenset(at for one in evidence.named for at in one.places)
    sure = frozenset(at for one in named if one.share > _SURE and not one.slips for at in one.places)
    said = [token.at for token in evidence.words if token.at and not token.stop and token.capital]
    return fuse.Put(sure, is_question(evidence.query.text), any(at not in met for at in said))


def gather(project: Project, query: Query, near: Sequence[Near] = ()) -> Evidence:
    """What each way of finding says to a question, before any of it is weighed."""
    lens = query.lens
    words, hits, named, bm25 = hear(project, query)
    facts = _facts(project, near, lens)
    weights = {at: hit.weight for at, hit in hits.items()}
    question = graph.Question(words, weights, wanted_kinds(query.text), answer_words(words), _liked(near))
    shares, meaning = _shares(hits, question.total), _meaning(near, facts)
    sorts = _sorts(project, question, shares, meaning, lens)
    others = [] if any(one.share > _SURE for one in named) else _most(sorts, _OTHERS)
    paths = graph.walk(project, question, named, lens=lens, others=others)
    strange = frozenset(at for at, hit in hits.items() if not hit.known)
    signals = fuse.Signals(weights, shares, bm25, meaning, sorts, paths, strange)
    return Evidence(query, words, hits, named, signals, near, facts)


def _shares(hits: dict[int, keyword.WordHits], total: float) -> dict[str, float]:
    """How much of the question's words, by weight, each record has."""
    found: dict[str, float] = defaultdict(float)
    for hit in hits.values():
        for record in hit.records:
            found[record] += hit.weight / total
    return dict(found)


def _sorts(
    project: Project, question: graph.Question, shares: Mapping[str, float], meaning: Mapping[str, list[float]],
    lens: Lens,
) -> dict[str, float]:  # fmt: skip
    """How much of the question's words, by weight, says what each of the likeliest records is."""
    near = {record: found[0] for record, found in meaning.items()}
    likely = {*_most(shares, _LIKELY), *_most(near, _LIKELY)}
    found = {}
    for record, card in cards(project, sorted(likely)).items():
        has = card.seen(lens).sort
        told = sum(question.weights[t.at] for t in question.tokens if t.at in question.weights and t.stem in has)
        if told:
            found[record] = told / question.total
    return found


def _most(scores: Mapping[str, float], number: int) -> list[str]:
    return heapq.nsmallest(number, scores, key=lambda record: (-scores[record], record))


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


def _allowed(project: Project, ids: Collection[str], query: Query) -> dict[str, Row]:
    """Those of these records that can be a hit: live, shown by the lens, fitting the filters."""
    lens, filters = query.lens, query.filters
    seen = audience_clause(lens.audience, "e.visibility")
    thread = f"CASE WHEN {audience_clause(lens.audience, 't.visibility')} THEN t.name ELSE 'Chat' END"
    of = "FROM json_each(?1) f CROSS JOIN {} e ON e.id = f.value"
    rows = project.sql.execute(
        f"""SELECT e.id, e.kind, e.name, e.status, e.rev, '' {of.format("entity")}
        WHERE e.deleted_at IS NULL AND {entity_clause(lens)} UNION ALL
        SELECT e.id, e.kind, e.name, e.status, e.rev, '' {of.format("entry")}
        WHERE e.deleted_at IS NULL AND {entry_clause(lens)} UNION ALL
        SELECT e.id, e.kind, {thread}, e.status, e.rev, e.thread_id {of.format("message")}
        JOIN thread t ON t.id = e.thread_id WHERE e.deleted_at IS NULL AND t.deleted_at IS NULL AND {seen} UNION ALL
        SELECT e.id, e.kind, e.name, e.status, e.rev, '' {of.format("document")}
        WHERE e.deleted_at IS NULL AND e.kind IN ('blueprint', 'recipe') AND {seen}""",
        (json.dumps(list(ids)),),
    ).fetchall()
    tagged = _tagged(project, ids, filters.tags) if filters.tags else None
    fits = _kinds(project, filters.kinds)
    return {
        row.id: row
        for row in map(Row._make, rows)
        if (fits is None or row.kind in fits)
        and (not filters.statuses or row.status in filters.statuses)
        and (not filters.threads or row.thread in filters.threads)
        and (tagged is None or row.id in tagged)
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
