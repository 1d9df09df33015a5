"""The index in its engine: what is found, what is filtered out, and what becomes of a broken folder."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from studio.engine.client import EngineClient
from studio.engine.protocol import CallFailed, EmbedderSpec, IndexPlace, IndexRow

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = {
    "queen": "The queen rules the drowned city of Saltmere.",
    "thief": "A goblin thief steals purses in the market.",
    "bells": "Bells ring under the sea at night.",
    "smith": "The smith Orla forges swords of cold iron.",
}


def row(name: str, text: str = "", **more: Any) -> dict[str, Any]:
    text = text or TEXTS[name]
    made = IndexRow(
        id=f"{name}#0", record=name, kind="npc", hash=f"h{text}{more}", text_hash=f"t{text}", text=text, meaning=text
    )
    return IndexRow.model_validate(made.model_dump() | more).model_dump()


class At:
    """An index at a place, asked plainly."""

    def __init__(self, engine: EngineClient, folder: Path | None, spec: EmbedderSpec | None = None) -> None:
        self.engine = engine
        self.base = {
            "place": IndexPlace(key="test", folder=str(folder) if folder else "").model_dump(),
            "embedder": (spec or EmbedderSpec()).model_dump(),
        }

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        return await self.engine.call(f"index.{method}", **self.base, **params)

    async def items(self, method: str) -> list[dict[str, Any]]:
        return [item async for item in self.engine.stream(f"index.{method}", **self.base)]

    async def fill(self, *rows: dict[str, Any]) -> None:
        await self.call("upsert", rows=list(rows or map(row, TEXTS)))
        await self.call("embed", ids=[one for item in await self.items("pending") for one in item["ids"]])

    async def find(self, text: str, **more: Any) -> list[str]:
        hits = (await self.call("search", text=text, **more))["hits"]
        return [hit["id"].removesuffix("#0") for hit in hits]


@pytest.fixture
def own_engine() -> Iterator[EngineClient]:
    """An engine that a test may kill."""
    client = EngineClient()
    yield client
    client.shutdown()


@pytest.fixture(params=["disk", "memory"])
async def index(engine: EngineClient, tmp_path: Path, request: pytest.FixtureRequest) -> Any:
    at = At(engine, tmp_path / "index" if request.param == "disk" else None)
    yield at
    await at.call("close")


async def test_words_are_found_before_anything_is_embedded(index: At) -> None:
    told = await index.call("upsert", rows=[row(name) for name in TEXTS])
    assert told["missing"] == 4
    assert await index.find("goblins stealing", semantic=False) == ["thief"]
    assert (await index.call("open"))["vectors"] == 0


async def test_a_paraphrase_is_found_by_meaning_alone(index: At) -> None:
    await index.fill()
    hit = (await index.call("search", text="monarch of a sunken town", k=1))["hits"][0]
    assert hit["id"] == "queen#0"
    assert hit["word_rank"] is None
    assert hit["near_rank"] == 0
    assert hit["similarity"] > 0.4


async def test_a_hit_by_both_ways_says_both(index: At) -> None:
    await index.fill()
    hit = (await index.call("search", text="smith forging swords", k=2))["hits"][0]
    assert (hit["id"], hit["word_rank"], hit["near_rank"]) == ("smith#0", 0, 0)


async def test_a_changed_row_says_only_what_it_says_now(index: At) -> None:
    await index.fill()
    assert (await index.call("upsert", rows=[row("thief", "The lighthouse keeper feeds gulls.")]))["missing"] == 1
    assert await index.find("goblin", semantic=False) == []
    assert "thief" not in await index.find("someone who takes coin pouches", words=False)
    assert await index.find("lighthouse", semantic=False) == ["thief"]


async def test_a_text_that_comes_back_has_its_vector_at_once(index: At) -> None:
    await index.fill()
    await index.call("upsert", rows=[row("thief", "The lighthouse keeper feeds gulls.")])
    assert (await index.call("upsert", rows=[row("thief")]))["missing"] == 0
    assert (await index.find("robber", words=False))[0] == "thief"


async def test_what_is_gone_is_found_no_more(index: At) -> None:
    await index.fill()
    await index.call("upsert", gone=["queen#0"])
    assert "queen" not in await index.find("queen of the drowned city")
    state = await index.call("open")
    assert (state["rows"], state["vectors"]) == (3, 3)


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ({}, {"queen", "thief", "bells", "smith"}),
        ({"audience": "party"}, {"thief", "bells"}),
        ({"audience": "player:ann"}, {"thief", "bells", "smith"}),
        ({"audience": "player:an"}, {"thief", "bells"}),
        ({"audience": "public"}, {"bells"}),
        ({"audience": "nonsense"}, {"bells"}),
        ({"as_of": 5}, {"queen", "bells", "smith"}),
        ({"as_of": 50}, {"queen", "thief", "bells"}),
        ({"kinds": ["faction"]}, {"bells"}),
        ({"statuses": ["canon", "draft"]}, {"queen", "thief"}),
        ({"tags": ["sea", "o'clock"]}, {"bells", "queen"}),
        ({"threads": ["t1"]}, {"smith"}),
        ({"records": ["smith", "queen"]}, {"queen", "smith"}),
        ({"audience": "party", "tags": ["sea"]}, {"bells"}),
    ],
)
async def test_filters_hold_for_words_and_for_meaning(index: At, where: dict[str, Any], shown: set[str]) -> None:
    await index.fill(
        row("queen", visibility="gm", status="canon", tags=["sea"]),
        row("thief", visibility="party", status="draft", lo=10, hi=99),
        row("bells", visibility="public", kind="faction", tags=["o'clock", "sea"]),
        row("smith", visibility="player:bob,ann", hi=20, thread="t1"),
    )
    words = " ".join(TEXTS.values())
    assert set(await index.find(words, semantic=False, where=where)) == shown
    assert set(await index.find(words, words=False, where=where)) == shown


async def test_strange_questions_are_answered(index: At) -> None:
    await index.fill()
    for text in ("", " ", "'", '"; DROP TABLE texts', "the of and", "🜏", "AND OR (", "x" * 5000):
        await index.find(text)


async def test_the_nearest_pairs_are_of_one_kind_and_told_once(index: At) -> None:
    twin = row("monarch", "Saltmere, the drowned town, is ruled by its queen.")
    await index.fill(*map(row, TEXTS), twin, row("place", TEXTS["queen"], kind="location"))
    pairs = (await index.call("alike", kinds=["npc", "location"], least=0.6))["pairs"]
    assert [(one, two) for one, two, _ in pairs] == [("monarch", "queen")]
    assert 0.6 < pairs[0][2] < 1
    assert (await index.call("alike", kinds=["npc"], least=0.0, most=2))["pairs"][0] == pairs[0]
    assert (await index.call("alike", kinds=[]))["pairs"] == []


async def test_two_embedders_never_meet(engine: EngineClient, tmp_path: Path, provider: Any) -> None:
    mine = At(engine, tmp_path)
    await mine.fill()
    served = At(engine, tmp_path, EmbedderSpec(id="served/x", url=provider.url, model="x"))
    assert (await served.call("open"))["vectors"] == 0
    assert await served.find("queen", words=False) == []
    await served.fill()
    assert (await served.find(TEXTS["bells"], words=False))[0] == "bells"
    await served.call("upsert", rows=[row("queen", "Nobody is left.")])
    assert (await mine.call("open"))["vectors"] == 3
    await mine.call("close")


async def test_an_index_outlives_its_process(own_engine: EngineClient, engine: EngineClient, tmp_path: Path) -> None:
    first = At(own_engine, tmp_path)
    await first.fill()
    await first.call("upsert", done="7:abc")
    await own_engine.aclose()
    again = At(engine, tmp_path)
    state = await again.call("open")
    assert (state["rows"], state["vectors"], state["done"]) == (4, 4, "7:abc")
    assert (await again.find("monarch of a sunken town"))[0] == "queen"
    await again.call("close")


def _spoil_marker(folder: Path) -> None:
    (folder / "index.json").write_text("{", encoding="utf-8")


def _other_format(folder: Path) -> None:
    (folder / "index.json").write_text('{"format": 99, "life": "00000000"}', encoding="utf-8")


def _spoil_data(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file() and "lance-" in str(file):
            file.write_bytes(b"\0" * 100)


def _truncate_data(folder: Path) -> None:
    for file in filter(Path.is_file, folder.rglob("*.lance")):
        file.write_bytes(file.read_bytes()[:-20])


def _remove_tables(folder: Path) -> None:
    for part in folder.glob("lance-*"):
        shutil.rmtree(part)


def _spoil_all(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            file.write_bytes(b"nonsense " * 50)


def _file_instead(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("I am a file", encoding="utf-8")


def _remove_all(folder: Path) -> None:
    shutil.rmtree(folder)


def _foreign_table(folder: Path) -> None:
    import lancedb

    (place,) = folder.glob("lance-*")
    lancedb.connect(str(place)).create_table("texts", [{"other": 1}], mode="overwrite")


BROKEN = (
    _spoil_marker,
    _other_format,
    _spoil_data,
    _truncate_data,
    _remove_tables,
    _spoil_all,
    _file_instead,
    _remove_all,
    _foreign_table,
)


@pytest.mark.parametrize("break_it", BROKEN)
async def test_a_broken_folder_becomes_an_empty_index(engine: EngineClient, tmp_path: Path, break_it: Any) -> None:
    folder = tmp_path / "index"
    index = At(engine, folder)
    await index.fill()
    await index.call("close")
    await asyncio.to_thread(break_it, folder)
    state = await index.call("open")
    assert state["writer"]
    assert state["rows"] == 0
    assert state["why"]
    await index.fill()
    assert (await index.find("monarch of a sunken town"))[0] == "queen"
    await index.call("close")


@pytest.mark.parametrize("break_it", [_spoil_data, _remove_tables, _truncate_data])
async def test_damage_under_an_open_index_is_one_failure_with_a_code(
    engine: EngineClient, tmp_path: Path, break_it: Any
) -> None:
    index = At(engine, tmp_path)
    await index.fill()
    await asyncio.to_thread(break_it, tmp_path)
    codes = set()
    for _ in range(3):
        try:
            await index.call("upsert", rows=[row("smith", "New words.")])
            await index.call("tidy", now=True)
            await index.find("bells")
        except CallFailed as error:
            codes.add(error.failure.code)
    assert codes <= {"index_anew"}
    await index.fill()
    assert "bells" in await index.find("bells", semantic=False)
    await index.call("close")


async def test_a_damaged_cache_of_vectors_costs_only_time(engine: EngineClient, tmp_path: Path) -> None:
    index = At(engine, tmp_path)
    await index.fill()
    await index.call("close")
    (tmp_path / "vectors.db").write_bytes(b"no database" * 1000)
    assert (await index.call("upsert", rows=[row("smith", "New words.")]))["missing"] == 1
    assert len(await index.find("bells")) == 4 - 1
    await index.fill()
    await index.call("close")


async def test_a_lost_index_takes_its_vectors_from_the_cache(engine: EngineClient, tmp_path: Path) -> None:
    index = At(engine, tmp_path)
    await index.fill()
    await index.call("open", rebuild=True)
    assert (await index.call("upsert", rows=[row(name) for name in TEXTS]))["missing"] == 0
    assert (await index.find("monarch of a sunken town"))[0] == "queen"
    await index.call("close")


async def test_a_second_process_reads_and_does_not_write(
    own_engine: EngineClient, engine: EngineClient, tmp_path: Path
) -> None:
    writer, reader = At(engine, tmp_path), At(own_engine, tmp_path)
    await writer.fill()
    state = await reader.call("open")
    assert not state["writer"]
    assert state["rows"] == 4
    assert (await reader.find("monarch of a sunken town"))[0] == "queen"
    with pytest.raises(CallFailed, match="index_busy"):
        await reader.call("upsert", rows=[row("smith", "Mine now.")])
    await writer.call("upsert", gone=["queen#0"])
    await writer.call("tidy", now=True)
    assert "queen" not in await reader.find("queen", semantic=False)
    await writer.call("close")
    assert (await reader.call("open"))["writer"]
    await reader.call("upsert", rows=[row("smith", "Mine now.")])
    assert await reader.find("mine", semantic=False) == ["smith"]


async def test_a_cancelled_call_keeps_what_was_embedded(engine: EngineClient, tmp_path: Path) -> None:
    index = At(engine, tmp_path)
    rows = [row(f"r{n}", f"Room {n} of the endless tower has a door of kind {n}.") for n in range(400)]
    await index.call("upsert", rows=rows)
    ids = [r["id"] for r in rows]
    stream = engine.stream("index.embed", **index.base, ids=ids)
    assert await anext(stream) == {"rows": 400}
    await engine.call("embed.texts", texts=["Meanwhile, some are embedded."] * 20)
    await stream.aclose()
    async with asyncio.timeout(20):
        while not (made := (await index.call("open"))["vectors"]):
            pass
    assert 0 < made < 400
    await index.call("close")


def test_the_cache_of_vectors_keeps_what_lives(tmp_path: Path) -> None:
    import numpy as np

    from studio.engine.vector_cache import VectorCache

    cache = VectorCache(tmp_path / "vectors.db")
    cache.put("a", {"1": np.ones(4, np.float32), "2": np.zeros(4, np.float32)})
    cache.put("b", {"1": np.zeros(4, np.float32)})
    cache.keep_only("a", {"1"})
    assert list(cache.get("a", ["1", "2", "3"])) == ["1"]
    assert cache.get("a", ["1"])["1"].tolist() == [1, 1, 1, 1]
    assert cache.count("b") == 1
    cache.close()
    with sqlite3.connect(tmp_path / "vectors.db") as sql:
        assert sql.execute("SELECT count(*) FROM vector").fetchone() == (2,)
    sql.close()
