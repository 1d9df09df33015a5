"""Entries of the world by command: listed, shown, set and related, each change in one step that undo takes back."""

import json
from pathlib import Path
from typing import Any

import pytest

REED = {"calendar": "tide", "year": 812, "month": "Reed", "day": 3}
WORLD: dict[str, Any] = {
    "format": "ttrpg-world",
    "version": 1,
    "name": "Quay",
    "calendars": [{"key": "tide", "name": "Tides", "months": [{"name": "Reed", "days": 30},
                                                              {"name": "Thaw", "days": 30}]}],
    "entities": [
        {"key": "mirel", "kind": "npc", "name": "Mirel Thane", "aliases": ["the Captain"], "status": "canon",
         "visibility": "party", "summary": "Keeps the gate.", "tags": ["sea", "low quay"],
         "body": "She knows [[Ada Vell]].", "fields": {"role": "captain", "birth": {"calendar": "tide", "year": 780}},
         "stated": {"fields.role": {"certainty": "rumour", "speaker": "ada", "valid_from": REED}}},
        {"key": "ada", "kind": "npc", "name": "Ada Vell", "status": "draft", "visibility": "party",
         "fields": {"birth": {"calendar": "tide", "year": 760}, "death": {"calendar": "tide", "year": 820}}},
        {"key": "toll", "kind": "faction", "name": "Toll Keepers", "visibility": "party",
         "fields": {"private_agenda": "drown the road"}},
        {"key": "anchor1", "kind": "location", "name": "The Anchor", "visibility": "party"},
        {"key": "anchor2", "kind": "item", "name": "The Anchor"},
        {"key": "quay", "kind": "location", "name": "Low Quay", "visibility": "party"},
    ],
    "relations": [
        {"key": "a", "from": "ada", "type": "leads", "to": "toll", "valid_from": {"calendar": "tide", "year": 800},
         "valid_to": {"calendar": "tide", "year": 811}, "visibility": "party"},
        {"key": "b", "from": "mirel", "type": "leads", "to": "toll", "valid_from": {"calendar": "tide", "year": 812},
         "visibility": "party"},
        {"key": "c", "from": "mirel", "type": "mentor_of", "to": "ada", "certainty": "lie", "visibility": "party"},
    ],
    "claims": [
        {"subject": "mirel", "predicate": "lodging", "object": "anchor1", "source": "log", "speaker": "ada",
         "valid_from": {"calendar": "tide", "year": 805}, "valid_to": {"calendar": "tide", "year": 809}},
        {"subject": "mirel", "predicate": "lodging", "object": "quay", "valid_from": {"calendar": "tide", "year": 810}},
    ],
    "entries": [{"key": "log", "title": "The long night", "mode": "log", "visibility": "party",
                 "body": "[[Mirel Thane]] stood at the gate."}],
}  # fmt: skip


@pytest.fixture
def quay(run: Any, file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "world.json"
    path.write_text(json.dumps(WORLD), encoding="utf-8")
    assert run("import", file, path).code == 0
    return file


@pytest.fixture
def written(run: Any, tmp_path: Path) -> Any:
    """The bytes of the whole world as they go out now."""

    def call(file: Path) -> bytes:
        out = tmp_path / "out.json"
        assert run("export", file, out, "--format", "world-json").code == 0
        return out.read_bytes()

    return call


def shown(run: Any, file: Path, name: str, *more: str) -> dict[str, Any]:
    done = run("entity", "show", file, name, "--json", *more)
    assert done.code == 0, done.err
    return done.data


def fields(run: Any, file: Path, name: str, *more: str) -> dict[str, str]:
    return {f["path"]: f["text"] for f in shown(run, file, name, *more)["fields"]}


# ---- list ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ((), ["Ada Vell", "Low Quay", "Mirel Thane", "The Anchor", "The Anchor", "Toll Keepers"]),
        (("--kind", "npc"), ["Ada Vell", "Mirel Thane"]),
        (("--kind", "Factions"), ["Toll Keepers"]),
        (("--status", "canon"), ["Mirel Thane"]),
        (("--tag", "low quay"), ["Mirel Thane"]),
        (("--tag", "#SEA"), ["Mirel Thane"]),
        (("--filter", "kind:npc vell"), ["Ada Vell"]),
        (("--filter", "captain"), ["Mirel Thane"]),
        (("--filter", "#sea", "--kind", "faction"), []),
        (("--audience", "public"), []),
        (("--as-of", "770", "--kind", "npc"), ["Ada Vell"]),
    ],
)
def test_list_gives_what_all_conditions_hold_for(
    run: Any, quay: Path, options: tuple[str, ...], names: list[str]
) -> None:
    done = run("entity", "list", quay, "--json", *options)
    assert [one["name"] for one in done.data["entities"]] == names
    assert done.data["total"] == len(names)
    assert run("entity", "list", quay, *options).code == 0


def test_a_list_says_what_it_leaves_out_and_who_is_gone(run: Any, quay: Path) -> None:
    assert run("entity", "list", quay, "--limit", 2).out.splitlines()[-1] == "… and 4 more; --limit shows them"
    assert "Ada Vell  (draft, gone)" in run("entity", "list", quay, "--as-of", "830").out
    assert "as the Captain" in run("entity", "list", quay, "--filter", "the captain").out


# ---- show ----------------------------------------------------------------------------------------------------------


def test_show_tells_each_statement_with_its_terms(run: Any, quay: Path) -> None:
    data = shown(run, quay, "the Captain")
    role = next(f for f in data["fields"] if f["path"] == "fields.role")
    assert (role["text"], role["certainty"], role["speaker"]) == ("captain", "rumour", "Ada Vell")
    assert role["since"]["text"] == "3 Reed 812"
    assert role["since"]["date"] == REED
    assert role["since"]["first_day"] == role["since"]["last_day"]
    assert role["sources"][0]["source"] == "import"
    leads = next(r for r in data["relations"] if r["type"] == "leads")
    assert (leads["other"], leads["since"]["text"], leads["until"]) == ("Toll Keepers", "812", None)
    lodging = data["claims"][0]
    assert (lodging["text"], lodging["speaker"], lodging["until"]["text"]) == ("The Anchor", "Ada Vell", "809")
    assert lodging["sources"][0] == {"source": "entry", "title": "The long night", "quote": "", "confidence": None}
    assert [(m["how"], m["title"]) for m in data["mentions"]] == [("link", "The long night")]
    words = run("entity", "show", quay, "mirel").out
    assert "  Role: captain  (rumour, says Ada Vell, from 3 Reed 812)" in words
    assert "  leads Toll Keepers  (from 812)" in words
    assert "The long night (entry, by link)" in words


def test_show_tells_how_things_stood_on_a_day(run: Any, quay: Path) -> None:
    def leaders(day: str) -> list[str]:
        return [r["other"] for r in shown(run, quay, "Toll Keepers", "--as-of", day)["relations"]]

    assert (leaders("805"), leaders("820")) == (["Ada Vell"], ["Mirel Thane"])
    assert fields(run, quay, "Toll Keepers", "--as-of", "805")["fields.leader"] == "Ada Vell"
    as_json = json.dumps({"calendar": "tide", "year": 811, "month": "Thaw"})
    assert leaders(as_json) == ["Ada Vell"]
    ada = [shown(run, quay, "Ada Vell", "--as-of", day) for day in ("750", "770", "830")]
    assert [one["standing"] for one in ada] == ["to come", "there", "gone"]
    assert ada[0]["as_of"] == "30 Thaw 750"
    stays = [shown(run, quay, "mirel", "--as-of", day)["claims"][0]["text"] for day in ("807", "830")]
    assert stays == ["The Anchor", "Low Quay"]


def test_the_party_is_shown_neither_secrets_nor_what_is_a_lie(run: Any, quay: Path) -> None:
    told = run("entity", "show", quay, "Toll Keepers", "--audience", "party", "--json").out
    assert "drown" not in told
    relations = shown(run, quay, "mirel", "--audience", "party")["relations"]
    assert {r["type"]: r["certainty"] for r in relations} == {"leads": "fact", "mentor_of": "fact"}
    assert "lie" in {r["certainty"] for r in shown(run, quay, "mirel")["relations"]}
    assert run("graph", quay, "mirel", "--audience", "party", "--json").out.count('"lie"') == 0
    assert run("entity", "show", quay, "The Anchor", "--audience", "party").code == 0  # they know only one
    assert fields(run, quay, "mirel", "--audience", "player:Ada Vell")["fields.role"] == "captain"


# ---- set -----------------------------------------------------------------------------------------------------------


def test_set_takes_values_of_every_type(run: Any, quay: Path) -> None:
    done = run(
        "entity", "set", quay, "Mirel Thane", "birth=4 Thaw 779", "is_pc=yes", "home=low quay",
        "affiliation=Toll Keepers", "tags=gate; sea", "Wants now=sleep", "custom.omen=a gull", "role=",
        "status=reviewed",
    )  # fmt: skip
    assert done.code == 0, done.err
    assert "Role: captain → —" in done.out
    assert "Home: — → Low Quay" in done.out
    now = fields(run, quay, "Mirel Thane")
    assert now["fields.birth"] == "4 Thaw 779"
    assert now["custom.omen"] == "a gull"
    assert now["fields.wants_now"] == "sleep"
    assert "fields.role" not in now
    data = shown(run, quay, "Mirel Thane")
    assert (data["tags"], data["status"]) == (["gate", "sea"], "reviewed")
    assert {"lives_in", "member_of"} <= {r["type"] for r in data["relations"]}
    values = {f["path"]: f["value"] for f in data["fields"]}
    assert values["fields.is_pc"] is True
    assert values["fields.birth"] == {"calendar": "tide", "year": 779, "month": "Thaw", "day": 4}


def test_set_says_since_when_and_how_sure(run: Any, quay: Path) -> None:
    terms = ("--from", "3 Reed 812", "--to", "813", "--certainty", "legend", "--visibility", "player:Ada Vell")
    done = run("entity", "set", quay, "Mirel Thane", "title=Warden", *terms)
    assert (done.code, "Told more about title" in done.out) == (0, True)
    title = next(f for f in shown(run, quay, "mirel")["fields"] if f["path"] == "fields.title")
    assert (title["certainty"], title["since"]["text"], title["until"]["text"]) == ("legend", "3 Reed 812", "813")
    assert title["visibility"].startswith("player:")
    assert "fields.title" not in fields(run, quay, "mirel", "--audience", "party")
    assert fields(run, quay, "mirel", "--audience", "player:Ada Vell")["fields.title"] == "Warden"
    assert "fields.title" not in fields(run, quay, "mirel", "--as-of", "814")
    cleared = run("entity", "set", quay, "Mirel Thane", "title=Warden", "--to", "", "--visibility", "", "--json").data
    assert (cleared["changed"], cleared["stated"]) == ([], ["fields.title"])
    assert fields(run, quay, "mirel", "--audience", "party", "--as-of", "814")["fields.title"] == "Warden"


def test_the_dates_of_a_link_field_are_those_of_its_relation(run: Any, quay: Path) -> None:
    assert run("entity", "set", quay, "Ada Vell", "home=Low Quay", "--from", "790", "--visibility", "party").code == 0
    lives = next(r for r in shown(run, quay, "ada", "--audience", "party")["relations"] if r["type"] == "lives_in")
    assert lives["since"]["text"] == "790"
    refused = run("entity", "set", quay, "Ada Vell", "home=Low Quay", "--to", "800")
    assert (refused.code, "as a relation" in refused.err) == (1, True)


def test_set_makes_what_is_not_there_when_it_knows_the_kind(run: Any, quay: Path) -> None:
    done = run("entity", "set", quay, "Bram Oke", "--kind", "npc", "role=smith", "--json")
    assert done.data["created"] is True
    assert fields(run, quay, "Bram Oke") == {"fields.role": "smith"}
    again = run("entity", "set", quay, "Bram Oke", "role=smith", "--kind", "npc")
    assert (again.code, again.out.strip()) == (0, "Nothing changed: it is so already.")
    assert "is there already" in run("entity", "set", quay, "Bram Oke", "--kind", "faction").err


def test_set_renames_and_changes_the_kind(run: Any, quay: Path) -> None:
    assert run("entity", "set", quay, "Low Quay", "name=High Quay", "kind=faction").code == 0
    assert shown(run, quay, "Low Quay")["name"] == "High Quay"
    assert [one["name"] for one in run("entity", "list", quay, "--kind", "faction", "--json").data["entities"]] == [
        "High Quay", "Toll Keepers",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ("set", "Mirel Thane", "role=", "birth=779", "home=Low Quay", "tags=", "--from", "790"),
        ("set", "Mirel Thane", "title=Warden", "name=Mirel the Elder", "--certainty", "lie"),
        ("set", "Nobody Yet", "role=smith", "home=Low Quay", "--kind", "npc"),
        ("relate", "Ada Vell", "led_by", "Toll Keepers", "--attitude", "5"),
        ("relate", "Mirel Thane", "leads", "Toll Keepers", "--to", "815", "--rank", "first"),
        ("relate", "Mirel Thane", "leads", "Toll Keepers", "--remove"),
    ],
    ids=" ".join,
)
def test_one_undo_brings_back_every_byte(run: Any, quay: Path, written: Any, words: tuple[str, ...]) -> None:
    before, commits = written(quay), run("info", quay, "--json").data["counts"]["commit"]
    done = run("entity", words[0], quay, *words[1:])
    assert done.code == 0, done.err
    after = written(quay)
    assert after != before
    assert run("info", quay, "--json").data["counts"]["commit"] == commits + 1
    run("undo", quay)
    assert written(quay) == before
    run("redo", quay)
    assert written(quay) == after
    assert run("verify", quay).code == 0


# ---- relate --------------------------------------------------------------------------------------------------------


def test_relate_says_it_once_and_more_later(run: Any, quay: Path) -> None:
    said = run("entity", "relate", quay, "Toll Keepers", "led by", "Ada Vell", "--certainty", "rumour", "--from", "816")
    assert said.out.strip() == "Related: Ada Vell leads Toll Keepers (rumour, from 816)"
    more = run(
        "entity", "relate", quay, "Ada Vell", "leads", "Toll Keepers", "--certainty", "rumour", "--from", "",
        "--attitude", "-40", "--role", "regent", "--visibility", "party", "--json",
    ).data  # fmt: skip
    (relation,) = more["relations"]
    assert (relation["valid_from"], relation["attitude"], relation["role"]) == (None, -40, "regent")
    assert relation["visibility"] == "party"
    again = run("entity", "relate", quay, "Ada Vell", "leads", "Toll Keepers", "--certainty", "rumour")
    assert again.out.startswith("It is so already: Ada Vell leads Toll Keepers (rumour")


def test_a_second_term_stays_beside_the_first_and_is_parted_by_its_dates(run: Any, quay: Path) -> None:
    ends = ("Ada Vell", "leads", "Toll Keepers")
    assert "from 815" in run("entity", "relate", quay, *ends, "--from", "815").out
    told = [r["since"]["text"] for r in shown(run, quay, "Ada Vell")["relations"] if r["label"] == "leads"]
    assert sorted(told) == ["800", "815"]
    refused = run("entity", "relate", quay, *ends, "--to", "")
    assert "There are 2 such relations: Ada Vell leads Toll Keepers (from 800, to 811)" in refused.err
    assert run("entity", "relate", quay, *ends, "--from", "800", "--to", "").out.endswith("(from 800)\n")
    assert run("entity", "relate", quay, *ends, "--remove", "--from", "800").out.count("Removed") == 1
    assert [r["since"]["text"] for r in shown(run, quay, "Ada Vell")["relations"] if r["label"] == "leads"] == ["815"]


def test_a_type_of_ones_own_is_kept_and_remarked(run: Any, quay: Path) -> None:
    said = run("entity", "relate", quay, "Ada Vell", "leeds", "Toll Keepers").out
    assert "isn't in the vocabulary" in said
    assert "“leads”" in said


def test_parting_takes_only_what_was_named(run: Any, quay: Path) -> None:
    run("entity", "relate", quay, "Ada Vell", "leads", "Toll Keepers", "--certainty", "rumour")
    ends = ("Ada Vell", "leads", "Toll Keepers", "--remove")
    assert run("entity", "relate", quay, *ends, "--certainty", "rumour").out.startswith("Removed: Ada Vell leads")
    assert run("entity", "relate", quay, *ends, "--json").data["removed"] is True
    refused = run("entity", "relate", quay, *ends)
    assert (refused.code, "isn't said to be “leads”" in refused.err) == (1, True)


# ---- sentences -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "Mirel Thone"), "No entry is called “Mirel Thone”. Did you mean “Mirel Thane”?"),
        (("show", "zzzzzz"), "No entry is called “zzzzzz”."),
        (("set", "mirel", "role=x"), "No entry is called “mirel”. Did you mean “Mirel Thane”?"),
        (("set", "Mirel Thane", "rol=x"), "NPC has no field “rol”. Did you mean “role”?"),
        (("set", "Mirel Thane", "birth=3 Foo 812 or so"), "isn't a date of this world. Write it as in “1 Reed 1”"),
        (("set", "Mirel Thane", "is_pc=perhaps"), "Player character is yes or no, not “perhaps”."),
        (("set", "Mirel Thane", "status=holy"), "An entry's status is draft, reviewed, canon, deprecated"),
        (("set", "Mirel Thane", "visibility=everyone"), "“everyone” is no audience"),
        (("set", "Mirel Thane", "home=Low Key"), "No entry is called “Low Key”. Did you mean “Low Quay”? [[Low Key]]"),
        (("set", "Mirel Thane", "role"), "Write field=value"),
        (("set", "Mirel Thane", "status=canon", "--from", "812"), "are those of fields"),
        (("set", "Mirel Thane", "role=x", "--from", "never"), "“never” isn't a date of this world"),
        (("set", "Mirel Thane", "role=x", "--from", '{"year": '), "isn't JSON of a date"),
        (("relate", "Mirel Thane", "leads", "Mirel Thane"), "A relation needs two"),
        (("set", "Low Quay", "parent=Low Quay"), "Nothing lies in itself: choose another parent."),
        (("set", "Low Quay", f"name={'x' * 5000}"), "The name has 5,000 letters: “xxx"),
        (("set", "Mirel Thane", f"aliases={'x' * 5000}"), "Another name has 5,000 letters: “xxx"),
        (("set", "Mirel Thane", "role=x", "--from", "812", "--to", "811"), "It can't hold from 812 to 811"),
        (("set", "New", "--kind", "blorp"), "There is no kind “blorp”. There are "),
        (
            ("relate", "Mirel Thane", "owes", "Ada Vell", "--from", "812", "--to", "811"),
            "It can't hold from 812 to 811",
        ),
        (("relate", "Mirel Thane", "owes", "Ada Vell", "--visibility", "all"), "“all” is no audience"),
        (("relate", "Mirel Thane", "x" * 5000, "Ada Vell"), "The type of a relation has 5,000 letters"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_write_instead(
    run: Any, quay: Path, written: Any, words: tuple[str, ...], sentence: str
) -> None:
    before = written(quay)
    done = run("entity", words[0], quay, *words[1:])
    assert (done.code, done.out) == (1, "")
    assert sentence in done.err
    assert written(quay) == before


def test_a_name_of_several_lists_them_with_their_ids(run: Any, quay: Path) -> None:
    done = run("entity", "show", quay, "the anchor")
    ids = [one["id"] for one in run("entity", "list", quay, "--filter", "anchor", "--json").data["entities"]]
    assert done.code == 1
    assert all(one in done.err for one in ids)
    assert "(location, " in done.err
    assert shown(run, quay, ids[0])["name"] == "The Anchor"
    assert run("entity", "set", quay, "Ada Vell", "home=The Anchor").code == 0  # a home is a place: only one fits


def test_suggestions_name_nothing_that_the_audience_may_not_know(run: Any, quay: Path) -> None:
    assert run("entity", "set", quay, "Moon Key", "--kind", "item").code == 0
    assert "Moon Key" in run("entity", "show", quay, "Moon Kay").err
    assert run("entity", "show", quay, "Moon Key", "--audience", "party").err.strip() == (
        "No entry is called “Moon Key”."
    )
    assert "Moon Key" not in run("entity", "show", quay, "Moon Kay", "--audience", "party").err


def test_the_graph_follows_the_day(run: Any, quay: Path) -> None:
    assert "Mirel Thane" not in run("graph", quay, "Toll Keepers", "--as-of", "805").out
    assert "Mirel Thane leads Toll Keepers" in run("graph", quay, "Toll Keepers", "--as-of", "815").out
    assert "“Ada Vell” isn't there yet on 30 Thaw 700." in run("graph", quay, "Ada Vell", "--as-of", "700").err


def test_info_counts_what_the_lens_shows(run: Any, quay: Path) -> None:
    counts = run("info", quay, "--audience", "party", "--json").data
    assert (counts["counts"]["item"], counts["counts"]["location"], counts["undo"]) == (0, 2, None)
    assert run("info", quay, "--as-of", "770", "--json").data["counts"]["npc"] == 1
