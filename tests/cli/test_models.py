"""Commands that ask a model, over the real wire to a scripted provider on loopback."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.services.llm.connections import Connection, Connections
from studio.services.llm.headless import KEY_VARIABLE
from tests.support.provider import Reply, ScriptedProvider

KEY = "sk-scripted-0123456789"
MODEL = "openrouter/acme/scribe"


@pytest.fixture
def provider(studio_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedProvider]:
    """A provider that the user has connected; its key is in the environment, as scripts have it."""
    with ScriptedProvider(key=KEY) as scripted:
        connections = Connections(studio_home / "config")
        connections.save(Connection(name="OpenRouter", provider="openrouter", base_url=scripted.url))
        monkeypatch.setenv(KEY_VARIABLE, KEY)
        yield scripted


def test_an_answer_streams_is_kept_and_can_be_saved(
    run: Any, file: Path, provider: ScriptedProvider, tmp_path: Path
) -> None:
    text = "**Mirel Thane** is the captain of the Toll Keepers.\n\n**The Toll Keepers** are a guild."
    provider.push(Reply(text=text))
    done = run("chat", file, "Who keeps the toll?", "--model", MODEL)
    assert done.code == 0, done.err
    assert done.out.strip() == text
    counts = run("info", file, "--json").data["counts"]
    assert (counts["thread"], counts["message"]) == (1, 2)
    assert any(hit["kind"] == "message" for hit in run("search", file, "captain", "--json").data["hits"])


def test_json_has_the_answer_with_its_cost_and_thread(run: Any, file: Path, provider: ScriptedProvider) -> None:
    provider.push(Reply(text="One."), Reply(text="Two."))
    first = run("chat", file, "First?", "--model", MODEL, "--json").data
    assert (first["text"], first["state"], first["recorded"]) == ("One.", "done", False)
    assert first["usage"]["output_tokens"] > 0
    second = run("chat", file, "Second?", "--thread", first["thread_id"], "--json").data
    assert second["thread_id"] == first["thread_id"]
    assert [m["content"] for m in provider.calls[-1].body["messages"]][-3:] == ["First?", "One.", "Second?"]


def test_a_refused_key_is_a_sentence(run: Any, file: Path, provider: ScriptedProvider) -> None:
    provider.default = Reply(status=401)
    done = run("chat", file, "Hello?", "--model", MODEL)
    assert done.code == 1
    assert len(done.err.strip().splitlines()) == 1


def test_extract_with_a_model_is_checked_against_the_text(run: Any, answer: Path, provider: ScriptedProvider) -> None:
    provider.default = Reply(text="I'd rather not.")
    done = run("extract", "--model", MODEL, "--jsonl", answer)
    assert done.code == 0, done.err
    names = {c.get("name") for c in json.loads(done.out)["candidates"]}
    assert "Mirel Thane" in names
    assert "rules" in done.err


def test_a_model_judges_pairs_that_no_rule_decides_and_what_it_read_is_kept(
    run: Any, file: Path, provider: ScriptedProvider, tmp_path: Path
) -> None:
    sold, owns = (
        "Her lighthouse was sold to the insurance company.",
        "[[Vesna]] still owns the lighthouse; no insurance company.",
    )
    guests = [{"key": f"g{n}", "kind": "npc", "name": f"Guest {n}", "body": f"Room {n} is cold."} for n in range(14)]
    world = {
        "format": "ttrpg-world", "version": 1, "name": "Light",
        "entities": [*guests, {"key": "vesna", "kind": "npc", "name": "Vesna", "body": sold}],
        "entries": [{"key": "s4", "title": "Session 4", "mode": "session", "body": owns}],
    }  # fmt: skip
    (tmp_path / "world.json").write_text(json.dumps(world), encoding="utf-8")
    assert run("import", file, tmp_path / "world.json").code == 0
    verdict = {"pair": 1, "verdict": "contradiction", "first": "was sold", "second": "still owns", "why": "Sold."}
    provider.default = Reply(text=json.dumps([verdict]))
    done = run("check", file, "--judge", MODEL, "--pairs", "1", "--json")
    assert done.code == 0, done.err
    assert [f["severity"] for f in done.data["findings"]] == ["note"]
    assert len(provider.calls) == 1
    assert "lighthouse" in json.dumps(provider.calls[0].body["messages"])
