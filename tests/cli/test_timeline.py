"""The command on what happened when: in order, narrowed, through the lens, in words and in absolute days."""

import json
from pathlib import Path
from typing import Any

import pytest


def year(number: int, **more: Any) -> dict[str, Any]:
    return {"calendar": "tide", "year": number, **more}


WORLD: dict[str, Any] = {
    "format": "ttrpg-world",
    "version": 1,
    "name": "Quay",
    "calendars": [{"key": "tide", "name": "Tides", "months": [{"name": "Reed", "days": 30},
                                                              {"name": "Thaw", "days": 30}]}],
    "entities": [
        {"key": "mirel", "kind": "npc", "name": "Mirel Thane", "visibility": "party", "fields": {"birth": year(780)}},
        {"key": "siege", "kind": "event", "name": "The Siege", "visibility": "party",
         "fields": {"start": year(810, month="Reed", day=3), "end": year(812, month="Thaw", day=4), "arc": "The War"}},
        {"key": "war", "kind": "timeline_arc", "name": "The War", "visibility": "party",
         "fields": {"start": year(808), "end": year(815)}},
        {"key": "plot", "kind": "event", "name": "The Plot", "fields": {"start": year(811, month="Reed")}},
    ],
    "entries": [{"key": "log", "title": "The long night", "mode": "log", "visibility": "party", "body": "Cold.",
                 "in_world_date": year(811, month="Thaw", day=7)}],
}  # fmt: skip


@pytest.fixture
def quay(run: Any, file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "world.json"
    path.write_text(json.dumps(WORLD), encoding="utf-8")
    assert run("import", file, path).code == 0
    return file


def names(run: Any, file: Path, *options: str) -> list[str]:
    done = run("timeline", file, "--json", *options)
    assert done.code == 0, done.err
    return [one["name"] for one in done.data["items"]]


def test_dates_come_in_order_in_words_and_days(run: Any, quay: Path) -> None:
    data = run("timeline", quay, "--json").data
    assert [one["name"] for one in data["items"]] == [
        "Mirel Thane", "The War", "The Siege", "The Plot", "The long night",
    ]  # fmt: skip
    siege = data["items"][2]
    assert (siege["text"], siege["arc"], siege["vague"]) == ("3 Reed 810 – 4 Thaw 812", "The War", False)
    assert siege["last_day"] - siege["first_day"] == 2 * 60 + 31
    born = data["items"][0]
    assert (born["what"], born["text"], born["last_day"] - born["first_day"]) == ("birth", "780", 59)
    lines = run("timeline", quay).out.splitlines()
    assert lines[2].strip() == "3 Reed 810 – 4 Thaw 812  The Siege  (event)  The War"
    assert lines[0].strip() == "780  Mirel Thane: birth  (npc)"


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--from", "811"), ["The War", "The Siege", "The Plot", "The long night"]),
        (("--from", "3 Thaw 812"), ["The War", "The Siege"]),
        (("--to", "809"), ["Mirel Thane", "The War"]),
        (("--from", "816"), []),
        (("--from", json.dumps(year(811, month="Thaw")), "--to", "811"), ["The War", "The Siege", "The long night"]),
        (("--kind", "event"), ["The Siege", "The Plot"]),
        (("--kind", "event", "--kind", "npc"), ["Mirel Thane", "The Siege", "The Plot"]),
        (("--lane", "The War"), ["The War", "The Siege"]),
        (("--audience", "party"), ["Mirel Thane", "The War", "The Siege", "The long night"]),
        (("--audience", "public"), []),
        (("--as-of", "1 Thaw 811"), ["Mirel Thane", "The War", "The Siege", "The Plot"]),
    ],
)
def test_what_is_outside_is_left_out(run: Any, quay: Path, options: tuple[str, ...], found: list[str]) -> None:
    assert names(run, quay, *options) == found


def test_what_still_lasts_on_a_day_has_no_end_yet(run: Any, quay: Path) -> None:
    siege = run("timeline", quay, "--as-of", "811", "--kind", "event", "--json").data["items"][0]
    assert (siege["text"], siege["last_day"]) == ("3 Reed 810 –", None)
    assert "812" not in run("timeline", quay, "--as-of", "811").out


def test_a_long_list_says_what_it_leaves_out(run: Any, quay: Path) -> None:
    assert run("timeline", quay, "--limit", 2).out.splitlines()[-1] == "… and 3 more; --limit shows them"
    assert run("timeline", quay, "--from", "999").out.strip() == "Nothing has a date there."


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--from", "the flood"), "isn't a date of this world"),
        (("--from", "812", "--to", "811"), "Turn them round."),
        (("--kind", "nonsense"), "There is no kind “nonsense”."),
        (("--lane", "The Wor"), "Did you mean “The War”"),
        (("--lane", "The Plot", "--audience", "party"), "No entry is called “The Plot”."),
    ],
)
def test_what_cannot_be_is_refused(run: Any, quay: Path, options: tuple[str, ...], sentence: str) -> None:
    done = run("timeline", quay, *options)
    assert (done.code, done.out) == (1, "")
    assert sentence in done.err
