"""Questions at the command line: one, or a file of them, with keys, reasons and places; and what is no question."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.services.retrieval.worlds import HERE

if TYPE_CHECKING:
    from pathlib import Path

TETHER = HERE / "tether"


@pytest.fixture
def tether(run: Any, file: Path) -> Path:
    """A project with a world that has questions."""
    assert run("import", file, TETHER / "world.json").code == 0
    return file


def asked(tmp_path: Path, questions: list[dict[str, Any]]) -> Path:
    """A file with these questions."""
    path = tmp_path / "q.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in questions), encoding="utf-8")
    return path


def test_a_batch_gives_a_line_for_each_question_with_keys_reasons_and_places(
    run: Any, tether: Path, tmp_path: Path
) -> None:
    gold = json.loads((TETHER / "retrieval.gold.json").read_text(encoding="utf-8"))["questions"]
    questions = [{k: one[k] for k in ("id", "q", "audience", "as_of")} | {"k": 5} for one in gold]
    out = run("search", tether, "--batch", asked(tmp_path, questions), "--no-vectors", "--json").out
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["id"] for line in lines] == [one["id"] for one in gold]
    for line, one in zip(lines, gold, strict=True):
        assert line.keys() == {"id", "ms", "weak", "hits"}
        assert len(line["hits"]) <= 5
        assert not {hit["key"] for hit in line["hits"]} & set(one["must_not"])
        assert all({"id", "key", "kind", "name", "score", "why", "spans"} <= hit.keys() for hit in line["hits"])
    path = next(line for line in lines if line["id"] == "t17")["hits"][0]
    assert path["key"] == "lamp"
    assert "lives in" in path["why"][0]["text"]


def test_a_question_is_answered_with_its_path_for_a_person(run: Any, tether: Path) -> None:
    out = run("search", tether, "Where does Renzo Marchetti live?", "--no-vectors", "-k", "2").out
    assert "Renzo Marchetti → lives in → The Lamp and Ladder" in out


def test_a_date_and_an_audience_narrow_a_single_question(run: Any, tether: Path) -> None:
    who = ("search", tether, "Who runs Ascent Combine?", "--no-vectors", "--json")
    assert run(*who, "--as-of", "50").data["hits"][0]["name"] == "Tam Ishiguro"
    assert run(*who, "--as-of", "30").data["hits"][0]["name"] == "Ada Marrow"
    names = [hit["name"] for hit in run("search", tether, "What is the Cradle?", "--no-vectors", "--json").data["hits"]]
    party = run("search", tether, "What is the Cradle?", "--no-vectors", "--audience", "party", "--json").data["hits"]
    assert "The Cradle" in names
    assert "The Cradle" not in [hit["name"] for hit in party]


@pytest.mark.parametrize("line", ["nonsense", "[]", '{"question": "x"}'])
def test_a_line_that_is_no_question_is_refused_by_its_number(run: Any, tether: Path, tmp_path: Path, line: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(f'{{"q": "Tam"}}\n{line}\n', encoding="utf-8")
    refused = run("search", tether, "--batch", path, "--no-vectors")
    assert refused.code == 1
    assert "Line 2" in refused.err


def test_words_or_a_batch_but_not_both(run: Any, tether: Path, tmp_path: Path) -> None:
    assert run("search", tether).code == 1
    assert run("search", tether, "x", "--batch", asked(tmp_path, [{"q": "x"}])).code == 1
