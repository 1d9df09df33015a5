"""The command that tells what a model would read, and asks nobody."""

import json
from pathlib import Path
from typing import Any

import pytest

WORLD = {
    "format": "ttrpg-world",
    "version": 1,
    "name": "Quay",
    "entities": [
        {"key": "mirel", "kind": "npc", "name": "Mirel Thane", "visibility": "party", "summary": "Harbour master.",
         "body": "> [!secret]\n> She drowned her brother.\n"},
        {"key": "toll", "kind": "faction", "name": "Toll Keepers", "visibility": "party", "status": "canon"},
        {"key": "moon", "kind": "item", "name": "Moon Key", "summary": "Opens the vault of Mirel Thane."},
    ],
    "relations": [{"key": "a", "from": "mirel", "type": "leads", "to": "toll", "visibility": "party"}],
}  # fmt: skip


@pytest.fixture
def quay(run: Any, file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "world.json"
    path.write_text(json.dumps(WORLD), encoding="utf-8")
    assert run("import", file, path).code == 0
    return file


def test_a_pack_is_told_by_groups_with_tokens_and_reasons(run: Any, quay: Path) -> None:
    said = run("context", quay, "Who leads the Toll Keepers?", "--budget", 900).out
    assert " of 900 tokens" in said
    assert "From your world:" in said
    assert "Toll Keepers  (Named: Toll Keepers" in said
    assert "This message:" in said


def test_json_has_the_whole_pack_and_the_same_twice(run: Any, quay: Path) -> None:
    ask = lambda: run("context", quay, "Who leads the Toll Keepers?", "--budget", 900, "--json").data  # noqa: E731
    data = ask()
    assert data == ask()
    assert data["tokens"] == sum(item["tokens"] for item in data["items"]) <= data["budget"] == 900
    cited = {item["n"]: item for item in data["items"] if item.get("n")}
    assert sorted(cited) == list(range(1, len(cited) + 1))
    assert {item["key"] for item in cited.values()} >= {"mirel", "toll"}
    assert all(f"[{n}] {item['text']}" in data["messages"][-1]["content"] for n, item in cited.items())


def test_other_eyes_read_less(run: Any, quay: Path) -> None:
    ask = lambda *more: run("context", quay, "Mirel Thane and the Moon Key?", "--text", *more).out  # noqa: E731
    assert "drowned" in ask()
    assert "vault" in ask()
    party = ask("--audience", "party").rpartition("</sources>")[0]
    assert "Harbour master." in party
    assert "drowned" not in party
    assert "Moon Key" not in party


def test_what_has_no_room_is_named_as_left_out(run: Any, quay: Path) -> None:
    data = run("context", quay, "Who leads the Toll Keepers?", "--budget", 110, "--json").data
    assert data["trimmed"]
    assert all("no room" in cut["why"] for cut in data["trimmed"])
