"""World-json: nothing is lost on the way in and out, nothing is doubled, and strange files do no harm."""

import copy
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.errors import ImportRefused
from studio.domain.world import Claim, Entity, Entry, Link, Relation, Statement
from studio.services import history
from studio.services.exchange import export_project, import_files
from studio.services.exchange.importing import import_parsed
from studio.services.exchange.world_export import world_document
from studio.services.exchange.world_json import World
from studio.storage.project import Project

SMALL: dict[str, Any] = {
    "format": "ttrpg-world",
    "version": 1,
    "name": "Quay",
    "calendars": [{"key": "tide", "name": "Tides", "months": [{"name": "Ebb", "days": 30}]}],
    "entities": [
        {"key": "guild", "kind": "faction", "name": "The Rope Guild", "aliases": ["the Guild"], "status": "canon",
         "visibility": "party", "summary": "Ropes.", "body": "See [[Mirel]].", "tags": ["craft"],
         "fields": {"leader": "[[Mirel]]", "founded": {"calendar": "tide", "year": 12, "circa": True}, "goals": "win"}},
        {"key": "mirel", "kind": "npc", "name": "Mirel",
         "aliases": ["M", {"name": "Regent of Rope", "kind": "title", "valid_from": {"calendar": "tide", "year": 9},
                           "valid_to": "the flood"}, {"name": "Eel", "kind": "secret", "visibility": "party"}],
         "fields": {"age": 40, "nickname": ["M", "Mi"], "odd": [{"a": 1}]},
         "stated": {
             "fields.age": {"certainty": "rumour", "speaker": "guild", "known_by": ["guild"], "visibility": "party",
                            "valid_from": {"calendar": "tide", "year": 11}, "valid_to": "after the flood"},
             "fields.nickname": {"certainty": "fact", "speaker": "The Rope Guild"},
             "fields.odd": {"certainty": "a whim"},
             "custom.odd": 7,
         }},
    ],
    "relations": [{"from": "mirel", "type": "leads", "to": "guild", "since_when": "ever"}],
    "claims": [{"subject": "mirel", "predicate": "speaks", "value": "Low Quay", "certainty": "rumour",
                "speaker": "a gull"}],
    "entries": [{"key": "log1", "title": "One", "mode": "log", "memorial": True,
                 "in_world_date": {"calendar": "tide", "between": [{"year": 1}, {"year": 2}]}}],
    "x-tool": {"made": "by hand"},
}  # fmt: skip


def bring(project: Project, data: Any, *, dry_run: bool = False):
    return import_parsed(project, [World(copy.deepcopy(data), "world.json")], dry_run=dry_run)


ODD: dict[str, Any] = {
    "format": "ttrpg-world", "version": 1, "name": "Odd",
    "calendars": SMALL["calendars"],
    "entities": [
        {"key": "a", "kind": "location", "name": "A", "fields": {"parent": "[[B]]"}},
        {"key": "b", "kind": "location", "name": "B", "fields": {"parent": "[[A]]"}},
        {"key": "c", "kind": "location", "name": "C", "fields": {"parent": "[[C]]"}},
        {"key": "long", "kind": "npc", "name": "L" * 5000, "stated": {
            "fields.role": {"valid_from": {"calendar": "tide", "year": 9}, "valid_to": {"calendar": "tide", "year": 8}},
        }, "fields": {"role": "guard"}},
    ],
    "relations": [
        {"from": "a", "type": "borders", "to": "a"},
        {"from": "a", "type": "borders", "to": "c", "valid_from": {"calendar": "tide", "year": 9},
         "valid_to": {"calendar": "tide", "year": 3}},
    ],
    "claims": [{"subject": "a", "predicate": "motto", "value": "On", "valid_from": "the flood"}],
    "entries": [],
}  # fmt: skip


def test_what_no_verb_would_take_is_kept_and_reported(make_project: Any) -> None:
    project = make_project("odd")
    report = bring(project, ODD)
    assert (report.read, report.imported, report.skipped) == (8, 8, 0)
    told = [(reason.what[:20], reason.why) for reason in report.reasons]
    assert told == [
        ("location A", "it lies in “B” in “A”; it is kept so"),
        ("location C", "it lies in “C”; it is kept so"),
        (f"npc {'L' * 16}", "its name has 5,000 letters, more than the 200 that can be typed; it is kept so"),
        (f"npc {'L' * 16}", "it ends (8) before it begins (9); it is kept so"),
        ("relation A → borders", "it relates something to itself; it is kept so"),
        ("relation A → borders", "it ends (3) before it begins (9); it is kept so"),
        ("claim A · motto", "no calendar reads when it begins (“the flood”); it is kept so"),
    ]
    assert not any(reason.skipped for reason in report.reasons)
    assert world_document(project) == ODD
    assert bring(project, ODD).unchanged == 8


def test_every_world_of_the_corpus_comes_back_equal(worlds: list[Path], make_project: Any) -> None:
    for path in worlds:
        project, data = make_project(path.parent.name), json.loads(path.read_text(encoding="utf-8"))
        report = bring(project, data)
        assert report.read == report.imported == report.created
        assert world_document(project) == data, path.parent.name


def test_a_second_import_changes_nothing(worlds: list[Path], make_project: Any) -> None:
    for path in worlds:
        project, data = make_project(path.parent.name), json.loads(path.read_text(encoding="utf-8"))
        bring(project, data)
        before = len(history.entries(project))
        report = bring(project, data)
        assert (report.created, report.updated, report.unchanged) == (0, 0, report.read)
        assert len(history.entries(project)) == before


def test_a_hand_written_file_comes_back_as_it_was_written(project: Project) -> None:
    bring(project, SMALL)
    assert world_document(project) == SMALL


def test_export_is_the_same_twice_and_through_another_project(
    project: Project, make_project: Any, tmp_path: Path
) -> None:
    bring(project, SMALL)
    one, two, three = (tmp_path / f"{n}.json" for n in "abc")
    export_project(project, one, format="world-json")
    export_project(project, two, format="world-json")
    other = make_project("Other")
    import_files(other, [one])
    export_project(other, three, format="world-json")
    assert one.read_bytes() == two.read_bytes() == three.read_bytes()


def test_one_undo_takes_the_whole_import_back(project: Project) -> None:
    bring(project, SMALL)
    history.undo(project)
    assert not project.all(Entity)
    assert not project.all(Relation)
    history.redo(project)
    assert world_document(project) == SMALL


def test_links_find_their_entity_and_dates_stay_dates(project: Project) -> None:
    bring(project, SMALL)
    guild = next(e for e in project.all(Entity) if e.kind == "faction")
    mirel = next(e for e in project.all(Entity) if e.kind == "npc")
    assert guild.fields["leader"] == Link(text="Mirel", ref=mirel.id)
    assert guild.fields["founded"] == {"calendar": "tide", "year": 12, "circa": True}
    assert guild.foreign_ids == {"ttrpg-world": "guild"}
    assert mirel.custom == {"odd": [{"a": 1}]}


def test_what_is_stated_about_a_field_comes_in_and_goes_out_as_it_is_now(project: Project) -> None:
    bring(project, SMALL)
    guild, mirel = (next(e for e in project.all(Entity) if e.kind == kind) for kind in ("faction", "npc"))
    stated = mirel.statement("fields.age")
    assert (stated.certainty, stated.speaker, stated.known_by) == ("rumour", guild.id, (guild.id,))
    assert (stated.valid_from, stated.visibility) == ({"calendar": "tide", "year": 11}, "party")
    assert mirel.statement("fields.odd").certainty == "fact"
    with project.commit("test", "edit") as commit:
        surer = {"fields.nickname": Statement(certainty="legend", speaker=guild.id)}
        commit.put(mirel.model_copy(update={"stated": mirel.stated | surer}))
    assert world_document(project)["entities"][1]["stated"]["fields.nickname"] == {
        "certainty": "legend", "speaker": "guild",
    }  # fmt: skip


def test_kinds_of_the_worlds_own_come_first_and_go_out_as_they_came(project: Project) -> None:
    schema = {
        "type": "object",
        "properties": {
            "speed": {"type": "integer", "unit": "knots"},
            "captain": {"type": "string", "x-link": ["npc"]},
        },
    }
    ships = copy.deepcopy(SMALL)
    ships["kinds"] = [{"name": "sky_ship", "label": "Sky ship", "x-made": 1, "definition": schema}, {"name": "npc"}]
    ships["entities"].append(
        {"key": "swift", "kind": "sky_ship", "name": "Swift", "fields": {"captain": "Mirel", "speed": 12}}
    )
    assert bring(project, ships).skipped == 0
    assert world_document(project) == ships
    swift = next(e for e in project.all(Entity) if e.kind == "sky_ship")
    assert isinstance(swift.fields["captain"], Link)
    assert bring(project, ships).updated == 0
    ships["kinds"] = [{"name": "message"}, {"name": "x", "definition": {"type": "array"}}, {"name": ""}]
    assert bring(project, ships, dry_run=True).skipped == 3


def test_a_renamed_entity_is_named_anew_in_links_to_it(project: Project) -> None:
    bring(project, SMALL)
    mirel = next(e for e in project.all(Entity) if e.kind == "npc")
    with project.commit("test", "rename") as commit:
        commit.put(mirel.model_copy(update={"name": "Mirelle"}))
    guild, renamed = world_document(project)["entities"]
    assert guild["fields"]["leader"] == "Mirelle"
    assert (renamed["key"], renamed["name"]) == ("mirel", "Mirelle")


def test_a_field_that_was_edited_here_goes_out_as_it_is_now(project: Project) -> None:
    bring(project, SMALL)
    guild = next(e for e in project.all(Entity) if e.kind == "faction")
    with project.commit("test", "edit") as commit:
        commit.put(guild.model_copy(update={"fields": guild.fields | {"goals": ["win", "hold"]}}))
    assert world_document(project)["entities"][0]["fields"]["goals"] == ["win", "hold"]


def test_what_lies_in_the_trash_comes_back_with_its_file(project: Project) -> None:
    bring(project, SMALL)
    mirel = next(e for e in project.all(Entity) if e.kind == "npc")
    with project.commit("test", "trash") as commit:
        commit.delete(mirel)
    assert len(world_document(project)["entities"]) == 1
    assert bring(project, SMALL).created == 0
    assert project.get(Entity, mirel.id).name == "Mirel"
    assert world_document(project) == SMALL


def test_a_dry_run_tells_and_changes_nothing(project: Project) -> None:
    report = bring(project, SMALL, dry_run=True)
    assert report.created == 6
    assert report.dry_run
    assert not project.all(Entity)


def test_a_changed_file_updates_what_it_names_and_keeps_the_rest(project: Project) -> None:
    bring(project, SMALL)
    mirel = next(e for e in project.all(Entity) if e.kind == "npc")
    with project.commit("test", "a person edits") as commit:
        commit.put(mirel.model_copy(update={"fields": mirel.fields | {"voice": "low"}}))
    changed = copy.deepcopy(SMALL)
    changed["entities"][1]["summary"] = "New."
    changed["claims"][0]["value"] = "High Quay"
    report = bring(project, changed)
    assert (report.created, report.updated) == (0, 2)
    after = project.get(Entity, mirel.id)
    assert after.summary == "New."
    assert after.fields["voice"] == "low"
    assert [c.value for c in project.all(Claim)] == ["High Quay"]


def test_a_new_value_beside_an_old_one_is_a_new_claim(project: Project) -> None:
    bring(project, SMALL)
    old = project.all(Claim)[0]
    more = copy.deepcopy(SMALL)
    more["claims"].insert(0, {"subject": "mirel", "predicate": "speaks", "value": "Gull"})
    report = bring(project, more)
    assert (report.created, report.updated) == (1, 0)
    assert {c.value for c in project.all(Claim)} == {"Gull", "Low Quay"}
    assert project.get(Claim, old.id).value == "Low Quay"


def test_a_second_term_is_a_relation_of_its_own_and_a_changed_one_is_the_same(project: Project) -> None:
    def term(first: int, last: int | None) -> dict[str, Any]:
        dates = {"valid_from": first, "valid_to": last}
        said = {key: {"calendar": "tide", "year": year} for key, year in dates.items() if year}
        return {"from": "mirel", "type": "leads", "to": "guild", **said}

    bring(project, SMALL | {"relations": [term(3, 5)]})
    first = project.all(Relation)[0].id
    assert bring(project, SMALL | {"relations": [term(8, None)]}).created == 1
    assert len(project.all(Relation)) == 2
    assert bring(project, SMALL | {"relations": [term(3, 6), term(8, None)]}).updated == 1
    assert [(r.id == first, r.valid_to and r.valid_to["year"]) for r in project.all(Relation)] == [
        (True, 6), (False, None),
    ]  # fmt: skip
    assert world_document(project)["relations"] == [term(3, 6), term(8, None)]
    assert bring(project, world_document(project)).updated == 0


def test_an_entity_made_here_is_met_by_name_and_only_filled(project: Project) -> None:
    with project.commit("test", "made in the app") as commit:
        mine = commit.put(Entity(kind="npc", name="mirel", summary="Mine.", fields={"age": 41}))
    report = bring(project, SMALL)
    assert report.updated == 1
    after = project.get(Entity, mine.id)
    assert (after.name, after.summary, after.fields["age"]) == ("mirel", "Mine.", 41)
    assert after.fields["nickname"] == ["M", "Mi"]
    assert bring(project, SMALL).updated == 0


def test_two_worlds_that_share_keys_stay_apart(project: Project) -> None:
    bring(project, SMALL)
    other = copy.deepcopy(SMALL)
    other["name"] = "Elsewhere"
    other["entities"][1]["name"] = "Somebody Else"
    other["entities"][0]["name"] = "Another Guild"
    other["entities"][0]["aliases"] = other["entities"][1]["aliases"] = []
    bring(project, other)
    assert {e.name for e in project.all(Entity)} == {"The Rope Guild", "Mirel", "Another Guild", "Somebody Else"}
    keys = [e["key"] for e in world_document(project)["entities"]]
    assert len(set(keys)) == 4


def test_what_was_made_here_gets_keys_and_comes_back(project: Project, make_project: Any) -> None:
    with project.commit("test", "made in the app") as commit:
        ana = commit.put(Entity(kind="npc", name="Ana Rey"))
        twin = commit.put(Entity(kind="npc", name="Ana Rey"))
        commit.put(Relation(from_id=ana.id, type="rival_of", to_id=twin.id, attitude=-40))
        commit.put(Entry(title="Ana Rey", body="Note"))
    document = world_document(project)
    assert [e["key"] for e in document["entities"]] == ["ana_rey", "ana_rey_2"]
    other = make_project("Other")
    report = bring(other, document)
    assert report.skipped == 0
    assert other.all(Relation)[0].attitude == -40
    assert world_document(other)["entities"] == document["entities"]


def test_what_has_no_place_is_skipped_with_a_reason_and_counted(project: Project) -> None:
    data = {
        "format": "ttrpg-world",
        "entities": [
            {"key": "a", "kind": "npc", "name": "A"}, {"key": "a", "kind": "npc", "name": "B"}, {"kind": "npc"}, 7,
            {"key": "m", "kind": "message", "name": "sneaky"}, {"key": "p", "kind": "project", "name": "sneaky"},
        ],
        "relations": [{"from": "a", "type": "loves", "to": "nobody"}],
        "claims": [{"subject": "a", "predicate": "x", "value": [1]}],
    }  # fmt: skip
    report = bring(project, data)
    assert (report.created, report.skipped, report.read) == (1, 7, 8)
    assert len(report.reasons) == 7
    assert len(project.all(Entity)) == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "import_refused"),
        ({"format": "other"}, "import_refused"),
        ({"format": "ttrpg-world", "version": 2}, "newer"),
        ({"format": "ttrpg-world", "entities": {}}, "import_refused"),
    ],
)
def test_other_files_are_refused(data: Any, code: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        World(data, "x.json")
    assert caught.value.code == code


scalars = st.one_of(st.none(), st.booleans(), st.integers(-99, 99), st.text(max_size=8))
junk = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
)
items = st.lists(
    st.dictionaries(
        st.sampled_from(
            [
                "key",
                "kind",
                "name",
                "title",
                "aliases",
                "status",
                "visibility",
                "summary",
                "body",
                "tags",
                "fields",
                "from",
                "type",
                "to",
                "subject",
                "predicate",
                "value",
                "object",
                "valid_from",
                "certainty",
                "speaker",
                "source",
                "stated",
                "mode",
                "in_world_date",
            ]
        ),
        junk,
        max_size=8,
    ),
    max_size=5,
)


@given(entities=items, relations=items, claims=items, entries=items, calendars=items)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_content_whatever_breaks_the_import(
    project: Project, entities: Any, relations: Any, claims: Any, entries: Any, calendars: Any
) -> None:
    data = {"format": "ttrpg-world", "name": "junk", "entities": entities, "relations": relations, "claims": claims,
            "entries": entries, "calendars": calendars}  # fmt: skip
    report = bring(project, data)
    assert report.read == report.imported + report.skipped
    assert report.read == sum(map(len, (entities, relations, claims, entries, calendars)))
    assert history.first_broken(project) is None


dates = st.one_of(
    st.none(), st.text("ab 8", min_size=1, max_size=6).map(lambda words: {"text": words}),
    st.fixed_dictionaries({"calendar": st.just("tide"), "year": st.integers(-99, 99)}),
)  # fmt: skip
said = st.builds(
    lambda sure, who, knows, since, until, seen: (sure, who, knows, since, until, seen),
    st.sampled_from(["fact", "rumour", "legend", "lie", "prophecy"]), st.sampled_from([None, 0, 1]),
    st.lists(st.sampled_from([0, 1]), unique=True), dates, dates, st.sampled_from(["", "gm", "party", "player:x"]),
)  # fmt: skip


@given(stated=st.dictionaries(st.sampled_from(["role", "age", "home"]), said))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_stated_goes_out_and_comes_back(make_project: Any, stated: dict[str, Any]) -> None:
    one, other = make_project(f"One {uuid4()}"), make_project(f"Other {uuid4()}")
    with one.commit("test", "made") as commit:
        ids = [commit.put(Entity(kind="npc", name=name)).id for name in ("Ana", "Rey")]
        fields = {"role": "x", "age": 4, "home": Link(text="Ana", ref=ids[0])}
        held = {
            f"fields.{name}": Statement(
                certainty=sure, speaker=None if who is None else ids[who], known_by=tuple(ids[n] for n in knows),
                valid_from=since, valid_to=until, visibility=seen,
            )
            for name, (sure, who, knows, since, until, seen) in stated.items()
        }  # fmt: skip
        commit.put(
            Entity(kind="npc", name="Tam", fields=fields, stated={k: s for k, s in held.items() if s != Statement()})
        )
    document = world_document(one)
    assert bring(other, document).skipped == 0
    assert world_document(other)["entities"] == document["entities"]
    names = {e.id: e.name for e in other.all(Entity)}
    back = next(e for e in other.all(Entity) if e.name == "Tam").stated
    before = next(e for e in one.all(Entity) if e.name == "Tam").stated
    assert {k: (s.certainty, s.valid_from, s.valid_to, s.visibility) for k, s in back.items()} == {
        k: (s.certainty, s.valid_from, s.valid_to, s.visibility) for k, s in before.items()
    }
    assert all(names[s.speaker] in ("Ana", "Rey") for s in back.values() if s.speaker)
