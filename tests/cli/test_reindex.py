"""The command that brings a project's search index up to date."""

from pathlib import Path
from typing import Any

from studio.settings import SettingsStore


def test_reindex_embeds_everything_once_and_takes_it_from_the_cache_after_that(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "Test.ttrpg"
    run("new", file, "--name", "Test")
    run("entity", "set", file, "Vessa", "summary=The queen rules the drowned city.", "--kind", "npc")
    words = run("reindex", file, "--words-only", "--json").data
    assert words["texts"] > 0
    assert words["vectors"] == 0
    done = run("reindex", file)
    assert done.code == 0
    assert f"{words['texts']} of them by meaning too" in done.out
    again = run("reindex", file, "--rebuild", "--words-only", "--json").data
    assert again["vectors"] == again["texts"] == words["texts"]


def test_an_embedder_that_is_not_set_up_is_refused_with_a_sentence(run: Any, file: Path, studio_home: Path) -> None:
    (studio_home / "config").mkdir(exist_ok=True)
    SettingsStore(studio_home / "config").set(embedder="openai/text-embedding-3-small")
    done = run("reindex", file)
    assert done.code == 1
    assert "No connection is set up" in done.err


def test_an_embedder_that_does_not_answer_is_told_in_a_sentence(run: Any, file: Path, studio_home: Path) -> None:
    run("entity", "set", file, "Vessa", "summary=The queen rules.", "--kind", "npc")
    (studio_home / "config").mkdir(exist_ok=True)
    SettingsStore(studio_home / "config").set(embedder="llamacpp/nomic")
    done = run("reindex", file)
    assert done.code == 1
    assert "Words and names are found without it" in done.err
