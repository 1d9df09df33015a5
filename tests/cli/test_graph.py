"""The command that tells and draws how entries hang together."""

import json
from pathlib import Path
from typing import Any

import pytest

WORLD = {
    "format": "ttrpg-world",
    "version": 1,
    "name": "Quay",
    "entities": [
        {"key": "mirel", "kind": "npc", "name": "Mirel Thane", "visibility": "party"},
        {"key": "toll", "kind": "faction", "name": "Toll Keepers", "visibility": "party"},
        {"key": "road", "kind": "location", "name": "Salt Road", "visibility": "party"},
        {"key": "moon", "kind": "item", "name": "Moon Key"},
    ],
    "relations": [
        {"key": "a", "from": "mirel", "type": "leads", "to": "toll", "visibility": "party"},
        {"key": "b", "from": "toll", "type": "guards", "to": "road", "visibility": "party"},
        {"key": "c", "from": "mirel", "type": "owns", "to": "moon", "valid_from": {"text": "900"}},
    ],
}


@pytest.fixture
def quay(run: Any, file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "world.json"
    path.write_text(json.dumps(WORLD), encoding="utf-8")
    assert run("import", file, path).code == 0
    return file


def test_a_graph_is_told_in_lines_and_in_json(run: Any, quay: Path) -> None:
    said = run("graph", quay, "mirel")
    assert said.out.splitlines()[0] == "Mirel Thane: 2 entries within reach"
    assert "  Mirel Thane leads Toll Keepers" in said.out
    assert "1 neighbour beyond" in said.out
    data = run("graph", quay, "Mirel Thane", "--depth", 2, "--json").data
    assert {node["name"] for node in data["nodes"]} == {"Mirel Thane", "Toll Keepers", "Salt Road", "Moon Key"}
    assert {edge["label"] for edge in data["edges"]} == {"leads", "guards", "owns"}


def test_the_way_between_two_is_told(run: Any, quay: Path) -> None:
    said = run("graph", quay, "Mirel Thane", "--to", "Salt Road")
    assert said.out.splitlines() == [
        "Mirel Thane to Salt Road: 2 steps", "  Mirel Thane leads Toll Keepers", "  Toll Keepers guards Salt Road",
    ]  # fmt: skip
    data = run("graph", quay, "Mirel Thane", "--to", "Salt Road", "--json").data
    assert [step["name"] for step in data["path"]] == ["Mirel Thane", "Toll Keepers", "Salt Road"]


def test_a_drawing_is_written(run: Any, quay: Path, tmp_path: Path) -> None:
    said = run("graph", quay, "Mirel Thane", "--depth", 2, "--svg", tmp_path / "out" / "graph.svg")
    assert said.code == 0
    assert "Salt Road" in (tmp_path / "out" / "graph.svg").read_text("utf-8")


def test_the_party_sees_no_more_than_it_may(run: Any, quay: Path) -> None:
    assert "Moon Key" not in run("graph", quay, "Mirel Thane", "--audience", "party", "--depth", 3, "--json").out
    refused = run("graph", quay, "Moon Key", "--audience", "party")
    assert (refused.code, refused.err.strip()) == (1, "No entry is called “Moon Key”.")


def test_a_graph_is_told_as_of_a_day(run: Any, quay: Path) -> None:
    assert "owns Moon Key (from 900)" in run("graph", quay, "Mirel Thane", "--as-of", "950").out
    assert "Moon Key" not in run("graph", quay, "Mirel Thane", "--as-of", "850", "--json").out
    assert run("graph", quay, "Mirel Thane", "--as-of", "someday").code == 1
    assert run("graph", quay, "Mirel Thane", "--audience", "everybody").code == 1


def test_what_cannot_be_told_is_refused_in_a_sentence(run: Any, quay: Path) -> None:
    assert "1 to 3 steps" in run("graph", quay, "Mirel Thane", "--depth", 4).err
    assert "No entry is called" in run("graph", quay, "Nobody").err
    lone = run("graph", quay, "Mirel Thane", "--to", "Moon Key", "--audience", "party")
    assert lone.code == 1
