"""`export` makes documents: for players unless somebody says otherwise, and none that gives something away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from studio.cli.usage import DOCUMENT_KINDS
from studio.services.exchange import DOCUMENTS

if TYPE_CHECKING:
    from pathlib import Path

WORLD = {
    "format": "ttrpg-world", "version": 1, "name": "Quay",
    "entities": [
        {"key": "tam", "kind": "npc", "name": "Tam", "visibility": "party", "summary": "Keeps the toll."},
        {"key": "bea", "kind": "npc", "name": "Bea", "visibility": "party", "body": "Knows [[Tam]]."},
        {"key": "vessa", "kind": "npc", "name": "Vessa Quill"},
    ],
}  # fmt: skip


@pytest.fixture
def world(run: Any, file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "world.json"
    path.write_text(json.dumps(WORLD), encoding="utf-8")
    assert run("import", file, path).code == 0
    return file


def test_the_documents_of_the_help_are_those_of_the_service() -> None:
    assert set(DOCUMENT_KINDS) == set(DOCUMENTS)


def test_a_primer_is_for_the_party_and_a_packet_for_the_game_master(run: Any, world: Path, tmp_path: Path) -> None:
    primer, packet = tmp_path / "primer.html", tmp_path / "packet.html"
    done = run("export", world, primer, "--format", "html", "--document", "player-primer")
    assert (done.code, done.out) == (0, f"Wrote 4 sections to {primer}\n")
    assert "Vessa" not in primer.read_text("utf-8")
    assert run("export", world, packet, "--format", "html", "--json").data["lost"] == []
    assert "Vessa Quill" in packet.read_text("utf-8")
    refused = run("export", world, primer, "--format", "html", "--document", "player-primer", "--audience", "gm")
    assert (refused.code, "for players" in refused.err) == (1, True)


def test_only_what_it_is_about_stands_in_it(run: Any, world: Path, tmp_path: Path) -> None:
    out = tmp_path / "cards.md"
    done = run("export", world, out, "--format", "homebrewery", "--document", "entity-cards", "--about", "Bea")
    assert done.code == 0
    assert "## Bea" in out.read_text("utf-8")
    assert "## Tam" not in out.read_text("utf-8")
    assert run("export", world, out, "--format", "csv", "--document", "entity-cards").code == 1


def test_words_that_give_something_away_are_held_back(run: Any, world: Path, tmp_path: Path) -> None:
    assert run("entity", "set", world, "Tam", "summary=Works for Vessa Quill.").code == 0
    out = tmp_path / "primer.epub"
    shut = run("export", world, out, "--format", "epub", "--document", "player-primer")
    assert (shut.code, out.exists()) == (1, False)
    assert "“Tam” would give something away" in shut.err
    only = run("export", world, out, "--format", "epub", "--document", "entity-cards", "--about", "Bea")
    assert only.code == 0
    anyway = ("--audience", "party", "--format", "epub", "--document", "player-primer", "--override", "They know.")
    assert run("publish", world, "--to", out, *anyway).code == 0
