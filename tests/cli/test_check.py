"""The command that checks a world against itself: both sides in words, keys of the file, exit codes, audiences."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from studio.cli.usage import FINDING_TYPES
from studio.domain.continuity import FindingType


def year(number: int, **more: Any) -> dict[str, Any]:
    return {"calendar": "tide", "year": number, **more}


WORLD: dict[str, Any] = {
    "format": "ttrpg-world",
    "version": 1,
    "name": "Quay",
    "calendars": [{"key": "tide", "name": "Tides", "months": [{"name": "Reed", "days": 180}]}],
    "entities": [
        {"key": "mirel", "kind": "npc", "name": "Mirel", "visibility": "party", "body": "See [[Nobody]].",
         "fields": {"birth": year(700), "death": year(760)}},
        {"key": "guild", "kind": "faction", "name": "The Guild", "visibility": "party"},
        {"key": "plot", "kind": "faction", "name": "The Plot", "visibility": "gm"},
    ],
    "relations": [
        {"from": "mirel", "type": "member_of", "to": "guild", "valid_from": year(720), "visibility": "party"},
        {"from": "mirel", "type": "leads", "to": "guild", "valid_from": year(770), "visibility": "party"},
        {"from": "mirel", "type": "serves", "to": "plot", "valid_from": year(771), "visibility": "party"},
    ],
    "claims": [{"subject": "mirel", "predicate": "eye_colour", "value": "grey"},
               {"subject": "mirel", "predicate": "eye_colour", "value": "brown", "certainty": "rumour"}],
}  # fmt: skip


@pytest.fixture
def quay(run: Any, file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "world.json"
    path.write_text(json.dumps(WORLD), encoding="utf-8")
    assert run("import", file, path).code == 0
    return file


def test_findings_name_the_keys_of_the_file_and_an_error_ends_with_1(run: Any, quay: Path) -> None:
    done = run("check", quay, "--json")
    assert done.code == 1
    found = [(f["type"], f["subjects"], f["evidence"], f["severity"]) for f in done.data["findings"]]
    assert found == [
        ("posthumous", ["mirel", "guild"], ["relations[1]", "mirel"], "error"),
        ("posthumous", ["mirel", "plot"], ["relations[2]", "mirel"], "error"),
        ("dangling_link", ["mirel"], ["mirel"], "warning"),
    ]
    assert done.data["seconds"] >= 0


def test_words_tell_both_sides_with_their_dates(run: Any, quay: Path) -> None:
    said = run("check", quay, "--type", "posthumous").out
    assert "After death · 2 errors" in said
    assert "- Mirel leads The Guild (from 770)" in said
    assert "- Mirel died 760" in said
    assert "Nobody" not in said


def test_a_party_isnt_shown_what_rests_on_a_secret(run: Any, quay: Path) -> None:
    done = run("check", quay, "--json", "--audience", "party")
    assert [f["subjects"] for f in done.data["findings"]] == [["mirel", "guild"], ["mirel"]]
    assert "Plot" not in done.out


def test_without_an_error_it_ends_with_0(run: Any, quay: Path) -> None:
    done = run("check", quay, "--type", "dangling_link")
    assert done.code == 0
    assert "Nothing is called “Nobody”" in done.out


def test_every_type_can_be_asked_for() -> None:
    assert get_args(FindingType) == FINDING_TYPES
