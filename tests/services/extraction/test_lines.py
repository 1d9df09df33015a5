"""The headless line and the reading of a hand-written world."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from studio.domain.errors import StudioError
from studio.services.extraction import OfflineExtractor
from studio.services.extraction.lines import prediction_line, read_known

if TYPE_CHECKING:
    from pathlib import Path


def test_a_line_has_the_shape_that_the_scorer_reads() -> None:
    text = "**Ada Moor** (human, she/her) – captain of the Gilded Watch. Afraid of bells."
    line = json.loads(json.dumps(prediction_line("a.md", OfflineExtractor().extract(text))))
    assert set(line) == {"file", "seconds", "candidates"}
    ada = next(c for c in line["candidates"] if c["target"] == "entity" and c["name"] == "Ada Moor")
    assert {"target", "kind", "name", "aliases", "confidence", "op", "fields"} <= set(ada)
    fear = ada["fields"]["fear"][0]
    assert text[slice(*fear["span"])] == fear["quote"]
    relation = next(c for c in line["candidates"] if c["target"] == "relation")
    assert {"type", "from", "to", "confidence", "span", "quote"} <= set(relation)


def test_known_entities_are_read_from_a_world(tmp_path: Path) -> None:
    world = tmp_path / "world.json"
    entity = {"key": "mirel", "kind": "npc", "name": "Mirel Thane", "aliases": ["the Captain"], "status": "canon"}
    world.write_text(
        json.dumps({"format": "ttrpg-world", "version": 1, "name": "w", "entities": [entity]}), encoding="utf-8"
    )
    (known,) = read_known(world)
    assert (known.id, known.kind, known.name, known.aliases) == ("mirel", "npc", "Mirel Thane", ("the Captain",))


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', "not json"])
def test_a_file_that_is_no_world_is_refused_with_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StudioError, match=r"other\.json"):
        read_known(path)
