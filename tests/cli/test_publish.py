"""`publish` says what the gate says, and lets nothing past an open error without a name and a reason."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

WORLD = {
    "format": "ttrpg-world", "version": 1, "name": "Quay",
    "entities": [
        {"key": "tam", "kind": "npc", "name": "Tam", "status": "reviewed", "visibility": "party",
         "summary": "Works for Vessa Quill.", "fields": {"birth": {"year": 840}, "death": {"year": 812}}},
        {"key": "gull", "kind": "npc", "name": "Gull", "status": "reviewed"},
        {"key": "vessa", "kind": "npc", "name": "Vessa Quill", "status": "draft"},
    ],
}  # fmt: skip


@pytest.fixture
def world(run: Any, file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "world.json"
    path.write_text(json.dumps(WORLD), encoding="utf-8")
    assert run("import", file, path).code == 0
    return file


def verdicts(data: dict[str, Any]) -> dict[str, int]:
    return {part["part"]: sum(one["weight"] == "error" for one in part["problems"]) for part in data["report"]["parts"]}


def test_it_asks_about_all_reviewed_entries_and_is_shut_by_an_error(run: Any, world: Path) -> None:
    done = run("publish", world, "--json")
    assert (done.code, done.data["blocked"], done.data["report"]["records"]) == (1, True, 2)
    assert verdicts(done.data) == {"continuity": 1, "provenance": 0, "leaks": 0, "ai_policy": 0}
    words = run("publish", world)
    assert words.code == 1
    assert "Continuity   fails" in words.out


def test_what_passes_becomes_canon_and_what_does_not_stays(run: Any, world: Path) -> None:
    assert run("publish", world, "Gull", "--make-canon").out.endswith("Made 1 entry canon.\n")
    assert run("publish", world, "Tam", "--make-canon").code == 1
    assert run("entity", "set", world, "Tam", "status=canon").code == 1
    assert run("entity", "set", world, "Tam", "status=deprecated").code == 0
    listed = run("entity", "list", world, "--status", "canon", "--json").data
    assert [one["name"] for one in listed["entities"]] == ["Gull"]


def test_an_override_has_a_name_in_the_audit_log(run: Any, world: Path) -> None:
    done = run("publish", world, "Tam", "--make-canon", "--override", "He is undead.", "--by", "Ana", "--json")
    assert (done.code, done.data["blocked"], done.data["done"]) == (0, True, "Made 1 entry canon.")
    with sqlite3.connect(world) as sql:
        said = sql.execute("SELECT subject FROM audit WHERE action = 'publish.override'").fetchone()[0]
    assert said == "Ana let “Tam” pass: He is undead."
    (told,) = done.data["let_pass"]
    assert (told["name"], told["what"], told["reason"], told["past"]) == ("Ana", "“Tam”", "He is undead.", 1)


def test_the_world_goes_out_to_players_only_if_it_passes(run: Any, world: Path, tmp_path: Path) -> None:
    out = tmp_path / "players.json"
    shut = run("publish", world, "--audience", "party", "--to", out, "--format", "world-json", "--json")
    assert (shut.code, verdicts(shut.data)["leaks"], out.exists()) == (1, 1, False)
    assert run("entity", "set", world, "Tam", "summary=Works at the quay.").code == 0
    done = run("publish", world, "--audience", "party", "--to", out, "--format", "world-json")
    assert done.code == 0, "nothing of it is canon, so the error about Tam is only something to look at"
    assert [one["name"] for one in json.loads(out.read_text("utf-8"))["entities"]] == ["Tam"]
