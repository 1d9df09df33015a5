"""Hits as they are shown: what the lens lets be read of each record, and every reason why it was found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.chat import Message
from studio.domain.ids import RecordId
from studio.domain.lens import may_see
from studio.domain.world import Entity, Entry
from studio.services.retrieval.chunks import chunks
from studio.services.retrieval.fuse import similarity
from studio.services.retrieval.query import PathStep, RetrievedHit, Span, Why
from studio.services.retrieval.source import setting_for
from studio.services.retrieval.words import stem, stems, tokens
from studio.services.world import seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.domain.lens import Lens
    from studio.domain.record import Record
    from studio.services.retrieval.chunks import Chunk
    from studio.services.retrieval.fuse import Scored, Signals
    from studio.services.retrieval.graph import Path
    from studio.services.retrieval.keyword import Mention, WordHits
    from studio.services.retrieval.query import Near, Query
    from studio.services.retrieval.words import Token
    from studio.storage.project import Project

_FOREIGN = "ttrpg-world"
_SNIPPET = 180
_NEAR = 0.3
_SPANS = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was found for a question, for the reasons. `facts` maps relations and claims to whom they speak of."""

    query: Query
    words: Sequence[Token]
    hits: dict[int, WordHits]
    named: tuple[Mention, ...]
    signals: Signals
    near: Sequence[Near]
    facts: dict[str, tuple[str, ...]]

    @property
    def lens(self) -> Lens:
        """As whom and as of when."""
        return self.query.lens


def shown(project: Project, best: Sequence[Scored], evidence: Evidence) -> Iterator[RetrievedHit]:
    """The hits with their reasons; what the lens shows nothing of is left out."""
    lens = evidence.lens
    records = {one.record: _as_shown(project, one.record, lens) for one in best}
    live = [record for record in records.values() if record is not None]
    setting = setting_for(project, live)
    names = _names(project, evidence, [one.record for one in best])
    for one in best:
        record = records[one.record]
        if record is None:
            continue
        made = [c for c in chunks(record, setting) if may_see(lens.audience, c.visibility)]
        told = _Told(evidence, one.record, made, names)
        yield RetrievedHit(
            record=RecordId(one.record), kind=record.kind, name=_name(record, setting.name(_thread(record), "gm")),
            key=_key(project, one.record), score=round(one.score, 4), why=tuple(told.why()), spans=tuple(told.spans()),
            rev=record.rev, snippet=told.snippet(), loose=told.loose(),
        )  # fmt: skip


def _as_shown(project: Project, record_id: str, lens: Lens) -> Record | None:
    found = seen.record(project, record_id, lens=lens)
    if found is not None:
        return found
    other = project.any_record(record_id)
    if other is None or isinstance(other, Entity | Entry) or not may_see(lens.audience, other.visibility):
        return None
    return other


def _thread(record: Record) -> str | None:
    return record.thread_id if isinstance(record, Message) else None


def _name(record: Record, thread: str) -> str:
    return getattr(record, "name", "") or getattr(record, "title", "") or thread


def _key(project: Project, record_id: str) -> str:
    """The record's key in the world file that it was imported from; it says nothing that the file's reader lacks."""
    for table in ("entity", "entry"):
        row = project.sql.execute(
            f"""SELECT json_extract(data, '$.foreign_ids."{_FOREIGN}"') FROM {table} WHERE id = ?""", (record_id,)
        ).fetchone()
        if row is not None:
            return row[0] or ""
    return ""


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

    def __init__(self, evidence: Evidence, record: str, made: list[Chunk], names: dict[str, str]) -> None:
        self.evidence, self.record, self.made, self.names = evidence, record, made, names
        self.mention = next((one for one in evidence.named if one.record == record), None)
        self.path: Path | None = evidence.signals.paths.get(record)
        self.asked = {t.stem: t.text for t in evidence.words if t.at in evidence.hits}
        self.had = [(c, self.asked.keys() & stems(c.text)) for c in made]
        self.terms = sorted({self.asked[s] for _, found in self.had for s in found})
        near = evidence.signals.meaning.get(record, [])
        self.near = similarity(near) if near else 0.0

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

    def best(self) -> list[Chunk]:
        """The chunks that tell most of it: what the index found of them, then by the question's words."""
        near = {n.chunk: n.similarity or 0.0 for n in self.evidence.near} if self.evidence.lens.is_own else {}
        weigh = {s: self.evidence.hits[t.at].weight for t in self.evidence.words if (s := t.stem) in self.asked}
        scored = [
            (near.get(c.id, 0.0) + sum(weigh.get(s, 0.0) for s in found), -n, c)
            for n, (c, found) in enumerate(self.had)
        ]
        return [c for score, _, c in sorted(scored, key=lambda one: one[:2], reverse=True) if score > 0] or self.made[
            :1
        ]

    def spans(self) -> Iterator[Span]:
        """Where it was found."""
        for chunk in self.best()[:_SPANS]:
            start, end = chunk.span or (None, None)
            yield Span(path=chunk.path, start=start, end=end, quote=_cut(chunk.text, self.asked))

    def snippet(self) -> str:
        """The words of the best place."""
        best = self.best()
        return _cut(best[0].text, self.asked) if best else ""


def _cut(text: str, asked: dict[str, str]) -> str:
    """A text of a line's length, around the first word that was asked for."""
    if len(text) <= _SNIPPET:
        return text
    at = next((text.lower().find(t.text) for t in tokens(text) if stem(t.text) in asked), 0)
    start = max(0, at - _SNIPPET // 3)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.rfind(" ", 0, start + _SNIPPET)
    end = len(text) if start + _SNIPPET >= len(text) else max(end, start + 1)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
