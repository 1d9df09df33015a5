"""The timeline: every date that the lens shows in order and in its lanes, moved with one commit."""

import json
from pathlib import Path
from typing import Any

import pytest

from studio.domain.errors import Invalid
from studio.domain.lens import Lens
from studio.domain.world import Entity, Entry
from studio.services import exchange, history
from studio.services.world import calendars, claims, entities, entries, relations
from studio.services.world.timeline import Item, move, move_to, on_days, timeline
from studio.storage.project import Project

PARTY = Lens(audience="party")
COUNT = {
    "key": "count",
    "name": "Count",
    "months": [{"name": "Reed", "days": 30}, {"name": "Thaw", "days": 30}],
    "seasons": [{"name": "Spring", "month": "Thaw"}],
}


@pytest.fixture
def world(project: Project) -> Project:
    calendars.add_calendar(project, COUNT)
    return project


def event(project: Project, name: str, start: str, end: str = "", **more: Any) -> Entity:
    fields = {"start": start, "end": end} | more.pop("fields", {})
    return entities.create_entity(project, kind="event", name=name, fields=fields, **more)


def titles(project: Project, lens: Lens | None = None) -> list[str]:
    return [item.title for item in timeline(project, lens=lens or Lens()).items]


def only(project: Project) -> Item:
    (item,) = timeline(project).items
    return item


def test_dates_come_in_the_order_of_their_days(world: Project) -> None:
    event(world, "Siege", "3 Thaw 812", "5 Thaw 812")
    entities.create_entity(world, kind="npc", name="Tam", fields={"birth": "790", "death": "4 Reed 812"})
    entries.create_entry(world, title="Session 1", in_world_date={"calendar": "count", "year": 813})
    entities.create_entity(world, kind="npc", name="Nobody", fields={"birth": "long ago"})
    assert titles(world) == ["Tam: birth", "Tam: death", "Siege", "Session 1"]
    siege = timeline(world).items[2]
    assert (siege.words, siege.vague, siege.hi - siege.lo) == ("3 Thaw 812 – 5 Thaw 812", False, 2)


def test_what_is_not_exact_says_so(world: Project) -> None:
    event(world, "A", "before 3 Reed 812")
    assert (only(world).open, only(world).vague) == ("lo", True)
    entities.update_entity(world, only(world).id, {"fields.start": "spring 812"})
    assert (only(world).words, only(world).hi - only(world).lo, only(world).open) == ("spring 812", 59, "")
    entities.update_entity(world, only(world).id, {"fields.start": "3 Reed 812 14:30"})
    assert (only(world).minute, only(world).vague) == (870, False)


def test_lanes_are_arcs_places_and_factions(world: Project) -> None:
    arc = entities.create_entity(world, kind="timeline_arc", name="The War", fields={"start": "810", "end": "815"})
    place = entities.create_entity(world, kind="location", name="Ford")
    guild = entities.create_entity(world, kind="faction", name="Guild")
    tam = entities.create_entity(world, kind="npc", name="Tam", fields={"affiliation": "Guild"})
    event(world, "Siege", "812", fields={"arc": "The War", "location": "Ford", "participants": "Tam"})
    found = {item.title: item for item in timeline(world).items}
    siege = found["Siege"]
    assert (siege.arc, siege.place, siege.faction) == (arc.id, place.id, guild.id)
    assert found["The War"].arc == arc.id
    assert timeline(world).lanes[guild.id] == "Guild"
    assert tam.id not in timeline(world).lanes


def test_a_party_sees_nothing_of_what_is_the_game_masters(world: Project) -> None:
    entities.create_entity(world, kind="faction", name="Hidden Hand")
    entities.create_entity(world, kind="location", name="Secret Cave")
    event(world, "Open", "812", visibility="party", fields={"location": "Secret Cave", "participants": "Hidden Hand"})
    event(world, "Plot", "812")
    entries.create_entry(world, title="GM notes", in_world_date={"calendar": "count", "year": 813})
    shown = timeline(world, lens=PARTY)
    assert [item.title for item in shown.items] == ["Open"]
    assert (shown.items[0].place, shown.items[0].faction, shown.lanes) == ("", "", {})


def test_a_date_is_shown_to_an_audience_as_its_field_is(world: Project) -> None:
    dated = {"birth": {"text": "812"}, "death": {"text": "840"}}
    tam = entities.create_entity(world, kind="npc", name="Tam", visibility="party", fields=dated)
    party = Lens(audience="party")

    def shown() -> list[str]:
        return [item.path for item in timeline(world, lens=party).items if item.id == tam.id]

    assert shown() == ["fields.birth", "fields.death"]
    claims.state(world, tam.id, "fields.death", {"visibility": "gm"})
    assert shown() == ["fields.birth"]
    assert [item.path for item in timeline(world).items if item.id == tam.id] == ["fields.birth", "fields.death"]
    entities.set_visibility(world, [tam.id], "gm")
    assert shown() == []


def test_a_changed_calendar_is_read_anew(project: Project) -> None:
    record = calendars.add_preset(project, "gregorian")
    entities.create_entity(project, kind="event", name="Bell", fields={"start": "1 March 800"})
    before = timeline(project).items[0].lo
    months = [{**month, "days": 90} if month["name"] == "January" else month for month in record.definition["months"]]
    calendars.update_calendar(project, record.id, {**record.definition, "months": months})
    assert timeline(project).items[0].lo != before


def test_a_secret_relation_puts_nobody_into_a_lane(world: Project) -> None:
    guild = entities.create_entity(world, kind="faction", name="Guild", visibility="party")
    tam = entities.create_entity(world, kind="npc", name="Tam", fields={"birth": "790"}, visibility="party")
    relations.add_relation(world, tam.id, "member_of", guild.id, visibility="gm")
    assert timeline(world).items[0].faction == guild.id
    assert timeline(world, lens=PARTY).items[0].faction == ""


def test_the_day_of_the_lens_hides_nothing_that_comes(world: Project) -> None:
    event(world, "Later", "900")
    assert titles(world, Lens(as_of=0)) == ["Later"]


def test_a_move_takes_the_end_along_and_is_one_commit(world: Project) -> None:
    siege = event(world, "Siege", "3 Thaw 812", "5 Thaw 812")
    before = world.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0]
    assert move(world, siege.id, "fields.start", days=30) == "3 Reed 813"
    assert only(world).words == "3 Reed 813 – 5 Reed 813"
    assert world.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0] == before + 1
    history.undo(world)
    assert only(world).words == "3 Thaw 812 – 5 Thaw 812"


@pytest.mark.parametrize(
    ("start", "days", "words"),
    [
        ("812", 60, "813"),
        ("812", 20, "812"),
        ("Reed 812", 30, "Thaw 812"),
        ("c. 812", 120, "c. 814"),
        ("before 3 Reed 812", 1, "before 4 Reed 812"),
        ("between 810 and 812", 60, "between 811 and 813"),
        ("3 Reed 812 14:30", 1, "4 Reed 812 14:30"),
    ],
)
def test_a_date_is_as_exact_after_a_move_as_before(world: Project, start: str, days: int, words: str) -> None:
    event(world, "A", start)
    move(world, only(world).id, "fields.start", days=days)
    assert only(world).words == words


def test_a_date_is_moved_to_typed_words(world: Project) -> None:
    siege = event(world, "Siege", "3 Thaw 812", "5 Thaw 812")
    assert move_to(world, siege.id, "fields.start", "1 Reed 900") == "1 Reed 900"
    assert only(world).words == "1 Reed 900 – 3 Reed 900"
    with pytest.raises(Invalid, match="no date"):
        move_to(world, siege.id, "fields.start", "whenever")


def test_a_note_moves_too(world: Project) -> None:
    note = entries.create_entry(world, title="Log", in_world_date={"calendar": "count", "year": 813})
    move_to(world, note.id, "in_world_date", "3 Reed 813")
    assert world.get(Entry, note.id).in_world_date == {"calendar": "count", "year": 813, "month": "Reed", "day": 3}


def test_days_show_what_is_known_to_the_day(world: Project) -> None:
    event(world, "Siege", "29 Reed 812", "2 Thaw 812")
    event(world, "War", "1 Reed 812", "30 Thaw 812")
    event(world, "Sometime", "812")
    calendar = world.calendars.main
    first = calendar.year_first(812)
    found = on_days(timeline(world).items, first, first + 29)
    assert {day - first: [i.name for i in items] for day, items in found.items()} == {
        0: ["War"], 28: ["Siege"], 29: ["Siege"],
    }  # fmt: skip


def test_the_worlds_have_timelines(project: Project, shared: Path) -> None:
    for path in sorted((shared / "eval" / "worlds").glob("*/world.json"))[:3]:
        exchange.import_files(project, [path])
        world = json.loads(path.read_text(encoding="utf-8"))
        dated = sum("start" in e.get("fields", {}) for e in world["entities"])
        assert len(timeline(project).items) >= dated > 0
