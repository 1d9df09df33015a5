"""Calendars of a project: added, edited, chosen and removed; dates typed in fields are read by them."""

import json
from pathlib import Path

import pytest

from studio.domain.dates import resolve
from studio.domain.errors import Invalid
from studio.domain.ids import RecordId
from studio.domain.world import Calendar, Entity
from studio.services import history
from studio.services.world import calendars, entities
from studio.services.world.values import plain
from studio.storage.project import Project

IMPERIAL = {
    "key": "imperial",
    "name": "Imperial count",
    "months": [{"name": "Reed", "days": 30, "gem": "opal"}, {"name": "Thaw", "days": 30}],
    "omens": ["crow"],
}


def keys(project: Project) -> list[str]:
    return [row.key for row in calendars.listing(project)]


def test_the_presets_come_in_with_one_verb_each_and_count(project: Project) -> None:
    assert [preset.key for preset in calendars.presets()][:2] == ["plain", "gregorian"]
    for preset in calendars.presets():
        calendars.add_preset(project, preset.key)
    assert len(calendars.loaded(project)) == 5
    assert keys(project) == [preset.key for preset in calendars.presets()]
    assert [row.key for row in calendars.listing(project) if row.main] == ["plain"]


def test_the_same_preset_twice_gets_a_key_of_its_own(project: Project) -> None:
    calendars.add_preset(project, "gregorian")
    calendars.add_preset(project, "gregorian")
    assert keys(project) == ["gregorian", "gregorian_2"]


def test_what_we_do_not_know_in_a_definition_stays(project: Project) -> None:
    record = calendars.add_calendar(project, IMPERIAL)
    assert record.definition == IMPERIAL
    changed = calendars.update_calendar(project, record.id, {**record.definition, "year_zero": True})
    assert changed.definition == {**IMPERIAL, "year_zero": True}


def test_a_calendar_that_cannot_count_is_refused_and_nothing_changes(project: Project) -> None:
    record = calendars.add_calendar(project, IMPERIAL)
    with pytest.raises(Invalid, match="at least one month"):
        calendars.update_calendar(project, record.id, {**IMPERIAL, "months": []})
    with pytest.raises(Invalid, match="needs a name"):
        calendars.add_calendar(project, {"months": IMPERIAL["months"]})
    assert project.get(Calendar, record.id) == record


def test_a_renamed_month_is_still_found_by_its_old_name(project: Project) -> None:
    record = calendars.add_calendar(project, IMPERIAL)
    tam = entities.create_entity(project, kind="npc", name="Tam", fields={"birth": "3 Reed 812"})
    before = resolve(tam.fields["birth"], calendars.loaded(project))
    months = [{"name": "Sedge", "days": 30}, {"name": "Thaw", "days": 30}]
    calendars.update_calendar(project, record.id, {**record.definition, "months": months})
    assert resolve(tam.fields["birth"], calendars.loaded(project)) == before
    assert project.get(Calendar, record.id).definition["months"][0]["formerly"] == ["Reed"]


def test_months_that_change_places_are_not_renamed(project: Project) -> None:
    record = calendars.add_calendar(project, IMPERIAL)
    turned = list(reversed(record.definition["months"]))
    changed = calendars.update_calendar(project, record.id, {**record.definition, "months": turned})
    assert changed.definition["months"] == turned


def test_the_main_calendar_is_chosen_and_undone(project: Project) -> None:
    calendars.add_calendar(project, IMPERIAL)
    other = calendars.add_preset(project, "gregorian")
    assert calendars.loaded(project).main.key == "imperial"
    calendars.make_main(project, other.id)
    assert calendars.loaded(project).main.key == "gregorian"
    history.undo(project)
    assert calendars.loaded(project).main.key == "imperial"


def test_a_removed_calendar_is_gone_until_it_is_undone(project: Project) -> None:
    record = calendars.add_calendar(project, IMPERIAL)
    entities.create_entity(project, kind="npc", name="Tam", fields={"birth": "3 Reed 812"})
    assert calendars.listing(project)[0].dates == 1
    calendars.remove_calendar(project, record.id)
    assert keys(project) == []
    history.undo(project)
    assert keys(project) == ["imperial"]


def test_typed_dates_become_structured_and_read_as_words(project: Project) -> None:
    calendars.add_calendar(project, IMPERIAL)
    tam = entities.create_entity(
        project, kind="npc", name="Tam", fields={"birth": "Reed 3, 812", "death": "after the flood"}
    )
    assert tam.fields["birth"] == {
        "calendar": "imperial", "year": 812, "month": "Reed", "day": 3, "text": "Reed 3, 812",
    }  # fmt: skip
    assert tam.fields["death"] == {"text": "after the flood"}
    assert plain(tam.fields["birth"]) == "3 Reed 812"
    assert plain({"calendar": "imperial", "before": {"year": 3}}) == "before 3"


def test_a_date_that_is_typed_as_it_reads_does_not_change(project: Project) -> None:
    calendars.add_calendar(project, IMPERIAL)
    calendars.add_preset(project, "gregorian")
    date = {"calendar": "imperial", "year": 812, "month": "Reed", "day": 3, "circa": True}
    tam = entities.create_entity(project, kind="npc", name="Tam", fields={"birth": date})
    same = entities.update_entity(project, tam.id, {"fields.birth": "c. 3 Reed 812"})
    assert same.fields["birth"] == date
    other = entities.update_entity(project, tam.id, {"fields.birth": "c. 812 (Gregorian calendar)"})
    assert other.fields["birth"] == {"calendar": "gregorian", "year": 812, "circa": True}


def test_words_stay_words_while_the_world_has_no_calendar(project: Project) -> None:
    tam = entities.create_entity(project, kind="npc", name="Tam", fields={"birth": "3 Reed 812"})
    assert tam.fields["birth"] == {"text": "3 Reed 812"}
    calendars.add_calendar(project, IMPERIAL)
    assert resolve(project.get(Entity, tam.id).fields["birth"], calendars.loaded(project)).precision == "day"


def test_a_broken_calendar_is_listed_with_its_fault(project: Project) -> None:
    with project.commit("test", "A broken import") as commit:
        commit.put(Calendar(id=RecordId(""), name="Broken", definition={"key": "broken"}))
    (row,) = calendars.listing(project)
    assert (row.key, row.fault, row.main) == ("broken", "A calendar needs at least one month.", False)


def test_the_shipped_files_name_their_own_key() -> None:
    folder = Path(__file__).parents[3] / "resources" / "presets" / "calendars"
    assert all(json.loads(path.read_text())["key"] == path.stem for path in folder.glob("*.json"))
