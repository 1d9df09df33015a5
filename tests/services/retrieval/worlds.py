"""Worlds with questions: imported, embedded and scored as `score_retrieval.py` does."""

from __future__ import annotations

import json
import math
import statistics
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.domain.lens import Lens, may_see
from studio.services.exchange import import_files
from studio.services.retrieval.query import Near
from studio.services.retrieval.retrieve import POOL
from studio.services.retrieval.source import chunks_of, searchable
from studio.services.world.lenses import day_of
from studio.storage.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable


HERE = Path(__file__).parent / "worlds"
Json = dict[str, Any]


@dataclass
class World:
    """A folder with `world.json` and `retrieval.gold.json`, in a project of its own."""

    folder: Path
    project: Project

    @classmethod
    def made(cls, folder: Path, at: Path) -> World:
        project = Project.create(at / f"{folder.name}.ttrpg", name=folder.name, author="t", device="d")
        import_files(project, [folder / "world.json"])
        return cls(folder, project)

    @cached_property
    def questions(self) -> list[Json]:
        return json.loads((self.folder / "retrieval.gold.json").read_text(encoding="utf-8"))["questions"]

    @cached_property
    def chunks(self) -> list[Any]:
        return [c for made in chunks_of(self.project, searchable(self.project)).values() for c in made]

    @cached_property
    def vectors(self) -> Any:
        from studio.engine.embed import embed_now

        return embed_now([chunk.meaning for chunk in self.chunks], workers=2)

    def lens(self, question: Json) -> Lens:
        as_of = question["as_of"]
        day = day_of(self.project, json.dumps(as_of)) if as_of else None
        return Lens(audience=question["audience"], as_of=day)

    def near(self, question: Json, pool: int = POOL) -> list[Near]:
        """What an index would give: the nearest chunks, compared one by one, of those that the lens shows."""
        from studio.engine.embed import embed_now

        lens = self.lens(question)
        near = self.vectors @ embed_now([question["q"]])[0]
        day = lens.as_of
        shown = [
            n
            for n, c in enumerate(self.chunks)
            if may_see(lens.audience, c.visibility)
            and (day is None or ((c.lo is None or c.lo <= day) and (c.hi is None or c.hi >= day)))
        ]
        best = sorted(shown, key=lambda n: -near[n])[:pool]
        return [Near(self.chunks[n].id, float(near[n])) for n in best]


@dataclass
class Scores:
    """Mean nDCG@10 and recall@10 over all questions and by kind; leaks; shares of answers called weak."""

    ndcg: float
    recall: float
    kinds: dict[str, tuple[float, float]]
    leaks: int
    weak_ok: float
    weak_false: float


def scored(world: World, ask: Callable[[Json], tuple[list[str], bool]]) -> Scores:
    """Put every question; `ask` gives keys, best first, and whether the answer is called weak."""
    rows: dict[str, list[tuple[float, float]]] = defaultdict(list)
    leaks, weak = 0, {True: list[bool](), False: list[bool]()}
    for question in world.questions:
        keys, called = ask(question)
        keys = keys[:10]
        leaks += len(set(keys) & set(question.get("must_not", [])))
        wanted = question["relevant"]
        weak[not wanted].append(called)
        if wanted:
            got = sum((2 ** wanted.get(k, 0) - 1) / math.log2(n + 2) for n, k in enumerate(keys))
            best = sum((2**g - 1) / math.log2(n + 2) for n, g in enumerate(sorted(wanted.values(), reverse=True)[:10]))
            rows[question["kind"]].append((got / best, len(set(keys) & set(wanted)) / min(10, len(wanted))))
    ndcg, recall = _means([pair for pairs in rows.values() for pair in pairs])
    kinds = {kind: _means(pairs) for kind, pairs in sorted(rows.items())}
    share = lambda called: statistics.fmean(called) if called else 0.0  # noqa: E731
    return Scores(ndcg, recall, kinds, leaks, share(weak[True]), share(weak[False]))


def _means(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.fmean(pair[0] for pair in pairs), statistics.fmean(pair[1] for pair in pairs)
