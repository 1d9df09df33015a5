"""Hits as they are shown: what the lens lets be read of each record, and every reason why it was found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.ids import RecordId
from studio.services.retrieval.cards import card_of, cards
from studio.services.retrieval.chunks import chunks
from studio.services.retrieval.fuse import similarity
from studio.services.retrieval.query import PathStep, RetrievedHit, Span, Why
from studio.services.retrieval.source import setting_for
from studio.services.retrieval.words import in_order
from studio.services.world import seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.domain.lens import Lens
    from studio.services.retrieval.cards import Card, Face
    from studio.services.retrieval.chunks import Chunk
    from studio.services.retrieval.fuse import Scored, Signals
    from studio.services.retrieval.graph import Path
    from studio.services.retrieval.keyword import Mention, WordHits
    from studio.services.retrieval.query import Near, Query
    from studio.services.retrieval.words import Token
    from studio.storage.project import Project

_SNIPPET = 180
_NEAR = 0.3
_SPANS = 3


@dataclass(frozen=True)
class Evidence:
    """All that was found for a question, for the reasons. `facts` maps relations and claims to whom they speak of."""

    query: Query
    words: Sequence[Token]
    hits: dict[int, WordHits]
    named: tuple[Mention, ...]
    signals: Signals
    near: Sequence[Near]
    facts: dict[str, tuple[str, ...]]

    @cached_property
    def likeness(self) -> dict[str, float]:
        """How near each chunk is that the index found."""
        return {one.chunk: one.similarity or 0.0 for one in self.near}

    @property
    def lens(self) -> Lens:
        """As whom and as of when."""
        return self.query.lens


class Row(NamedTuple):
    """What lists show of a record: read through the lens."""

    id: str
    kind: str
    name: str
    status: str
    rev: int
    thread: str


def shown(project: Project, best: Sequence[tuple[Scored, Row]], evidence: Evidence) -> Iterator[RetrievedHit]:
    """The hits with their reasons; of each only what the lens shows."""
    ids = [row.id for _, row in best]
    names, keys = _names(project, evidence, ids), _keys(project, ids)
    faces = _as_of(project, ids, evidence.lens) if evidence.lens.as_of is not None else cards(project, ids)
    for one, row in best:
        told = _Told(evidence, row.id, list(faces[row.id].shown(evidence.lens)), names)
        yield RetrievedHit(
            record=RecordId(row.id), kind=row.kind, name=row.name, key=keys.get(row.id, ""), score=round(one.score, 4),
            why=tuple(told.why()), spans=tuple(told.spans()), rev=row.rev, snippet=told.snippet(), loose=told.loose(),
        )  # fmt: skip


def _as_of(project: Project, ids: Sequence[str], lens: Lens) -> dict[str, Card]:
    """The records as they were: what came later must not show in what is quoted."""
    records = {one: seen.record(project, one, lens=lens) for one in ids}
    setting = setting_for(project, [record for record in records.values() if record is not None])
    made = {one: chunks(record, setting) if record is not None else [] for one, record in records.items()}
    return {one: card_of(one, pieces) for one, pieces in made.items()}


def _keys(project: Project, ids: Sequence[str]) -> dict[str, str]:
    """The keys that these have in the world file they were imported from."""
    key = """json_extract(e.data, '$.foreign_ids."ttrpg-world"')"""
    rows = project.sql.execute(
        f"""SELECT e.id, {key} FROM json_each(?1) f CROSS JOIN entity e ON e.id = f.value UNION ALL
        SELECT e.id, {key} FROM json_each(?1) f CROSS JOIN entry e ON e.id = f.value""",
        (json.dumps(list(ids)),),
    )
    return {record: found for record, found in rows if found}


def _names(project: Project, evidence: Evidence, ids: Sequence[str]) -> dict[str, str]:
    """What the records on the paths to these are called; the walk only went where the lens may look."""
    wanted = {r for one in ids if (path := evidence.signals.paths.get(one)) for r in path.records}
    rows = project.sql.execute(
        """SELECT e.id, e.name FROM json_each(?1) f CROSS JOIN entity e ON e.id = f.value
        UNION ALL SELECT e.id, e.name FROM json_each(?1) f CROSS JOIN entry e ON e.id = f.value""",
        (json.dumps(sorted(wanted)),),
    )
    return dict(rows.fetchall())


class _Told:
    """The reasons for one hit, and the places of its text that it was found by."""

    def __init__(self, evidence: Evidence, record: str, faces: list[Face], names: dict[str, str]) -> None:
        self.evidence, self.record, self.names = evidence, record, names
        self.mention = next((one for one in evidence.named if one.record == record), None)
        self.path: Path | None = evidence.signals.paths.get(record)
        self.asked = {t.stem: t.text for t in evidence.words if t.at in evidence.hits}
        self.had = [(face.chunk, self.asked.keys() & face.stems) for face in faces]
        self.terms = sorted({self.asked[s] for _, found in self.had for s in found})
        near = evidence.signals.meaning.get(record, [])
        self.near = similarity(near) if near else 0.0
        self.best = self._best()

    def why(self) -> Iterator[Why]:
        """The reasons, the most telling first."""
        if self.mention is not None:
            nearly = f", spelled with {self.mention.slips} slips" if self.mention.slips > 1 else ""
            nearly = ", spelled with a slip" if self.mention.slips == 1 else nearly
            yield Why(how="name", text=f"Named: {self.mention.name}{nearly}", score=round(self.mention.share, 3))
        if self.path is not None and self.path.steps:
            steps = tuple(self._steps(self.path))
            said = f"{steps[0].name}" + "".join(f" → {s.label} → {s.name}" for s in steps[1:])
            yield Why(how="path", text=said, score=round(self.path.score, 3), steps=steps)
        if self.terms:
            share = self.evidence.signals.share.get(self.record, 0.0)
            yield Why(how="words", text=f"Has {', '.join(self.terms)}", score=round(share, 3), terms=tuple(self.terms))
        if self.near >= _NEAR:
            yield Why(how="meaning", text=f"Means nearly that ({self.near:.0%})", score=round(self.near, 3))

    def loose(self) -> bool:
        """Whether it only stands beside something that was named."""
        if self.mention is not None or self.near >= _NEAR or self.terms:
            return False
        return self.path is None or not self.path.steps or self.path.blind

    def _steps(self, path: Path) -> Iterator[PathStep]:
        at = path.start
        yield PathStep(record=RecordId(at), name=self.names.get(at, ""))
        for step in path.steps:
            via = RecordId(step.tie.id) if step.tie.of != "text" else None
            label = step.tie.words(at)
            yield PathStep(record=RecordId(step.to), name=self.names.get(step.to, ""), label=label, via=via)
            at = step.to

    def _best(self) -> list[Chunk]:
        """The chunks that tell most of it: what the index found of them, then by the question's words."""
        near = self.evidence.likeness if self.evidence.lens.is_own else {}
        weigh = {s: self.evidence.hits[t.at].weight for t in self.evidence.words if (s := t.stem) in self.asked}
        scored = [
            (near.get(c.id, 0.0) + sum(weigh.get(s, 0.0) for s in found), -n, c)
            for n, (c, found) in enumerate(self.had)
        ]
        ordered = sorted(scored, key=lambda one: one[:2], reverse=True)
        return [chunk for score, _, chunk in ordered if score > 0] or [chunk for chunk, _ in self.had[:1]]

    def spans(self) -> Iterator[Span]:
        """Where it was found."""
        for chunk in self.best[:_SPANS]:
            start, end = chunk.span or (None, None)
            yield Span(path=chunk.path, start=start, end=end, quote=_cut(_bare(chunk), self.asked))

    def snippet(self) -> str:
        """The words of the best place."""
        return _cut(_bare(self.best[0]), self.asked) if self.best else ""


def _bare(chunk: Chunk) -> str:
    """What a chunk says, without the title that stands above it anyway."""
    _, found, rest = chunk.text.partition("). ")
    return rest if found and chunk.path != "value" else chunk.text


def _cut(text: str, asked: dict[str, str]) -> str:
    """A text of a line's length, around the first word that was asked for."""
    if len(text) <= _SNIPPET:
        return text
    at = next((text.lower().find(t.text) for t in in_order(text) if t.stem in asked), 0)
    start = max(0, at - _SNIPPET // 3)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.rfind(" ", 0, start + _SNIPPET)
    end = len(text) if start + _SNIPPET >= len(text) else max(end, start + 1)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
