"""Calendars of other programs: counted as there, with their events on the same days, and out again without loss."""

from __future__ import annotations

import copy
import json
import random
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.calendar import CalendarSystem
from studio.domain.dates import resolve
from studio.domain.errors import ImportRefused, Invalid
from studio.domain.lens import Lens
from studio.domain.world import Calendar, Entity
from studio.services.exchange import export_project, formats, import_files
from studio.services.exchange.calendars import seasons_stars, seasons_stars_out
from studio.services.exchange.material import Material
from studio.services.exchange.probe import Probe
from studio.services.world import calendars
from tests.support.calendars import PRESETS, definitions, json_values
from tests.support.timing import worked

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project
    from tests.services.conftest import Make

Json = dict[str, Any]
Schema = jsonschema.Draft7Validator
SNS: Json = {
    "id": "tidal", "translations": {"en": {"label": "Tidal Count"}}, "author": "A. Nyone",
    "year": {"epoch": 3, "currentYear": 812, "prefix": "", "suffix": " TC", "startDay": 2},
    "leapYear": {"rule": "custom", "interval": 4, "offset": 1, "month": "Ebb", "extraDays": 2},
    "months": [{"name": "Flow", "days": 20, "abbreviation": "Fl", "description": "High."}, {"name": "Ebb", "days": 30}],
    "weekdays": [{"name": "Onesday"}, {"name": "Twosday"}, {"name": "Restday", "abbreviation": "R"}],
    "intercalary": [{"name": "Stillwater", "after": "Flow", "days": 2, "countsForWeekdays": False},
                    {"name": "Deep Tide", "after": "Ebb", "leapYearOnly": True},
                    {"name": "First Light", "before": "Flow"}],
    "moons": [{"name": "Pale", "cycleLength": 7.5, "firstNewMoon": {"year": 3, "month": 1, "day": 4}}],
    "seasons": [{"name": "Wet", "startMonth": 2, "startDay": 5, "endMonth": 1}],
    "events": [{"id": "f", "name": "Nets", "recurrence": {"type": "fixed", "month": 2, "day": 7}, "startYear": 800},
               {"id": "o", "name": "Rest", "visibility": "gm-only",
                "recurrence": {"type": "ordinal", "month": 1, "occurrence": -1, "weekday": 2}}],
    "time": {"hoursInDay": 20, "minutesInHour": 60, "secondsInMinute": 60},
}  # fmt: skip
SIMPLE: Json = {
    "exportVersion": 2, "globalConfig": {}, "notes": {"c": [
        {"_id": "n1", "name": "Flood", "ownership": {"default": 2},
         "pages": [{"text": {"content": "<p>It <b>rose</b>.</p>"}}],
         "flags": {"foundryvtt-simple-calendar": {"noteData": {
             "startDate": {"year": 5, "month": 1, "day": 0, "hour": 6, "minute": 30},
             "endDate": {"year": 5, "month": 1, "day": 2},
             "repeats": 3, "categories": ["Weather"]}}}}]},
    "calendars": [{
        "id": "c", "name": "Simple", "leapYear": {"rule": "custom", "customMod": 5},
        "months": [{"name": "A", "numberOfDays": 10, "numberOfLeapYearDays": 11},
                   {"name": "Feast", "numberOfDays": 1, "numberOfLeapYearDays": 1, "intercalary": True},
                   {"name": "B", "numberOfDays": 12, "numberOfLeapYearDays": 12}],
        "weekdays": [{"name": "X"}, {"name": "Y"}, {"name": "Z"}], "years": {"firstWeekday": 1, "yearZero": 0},
        "moons": [{"name": "M", "cycleLength": 6, "firstNewMoon": {"year": 1, "month": 0, "day": 2}}],
        "seasons": [{"name": "Dry", "startingMonth": 2, "startingDay": 3}], "time": {"hoursInDay": 24}}],
}  # fmt: skip
FANTASY: Json = {
    "name": "Fantastic", "static_data": {
        "year_data": {"first_day": 2, "overflow": True, "global_week": ["P", "Q", "R", "S"],
                      "timespans": [{"name": "Long", "type": "month", "length": 30, "interval": 1, "offset": 0},
                                    {"name": "Gap", "type": "intercalary", "length": 1, "interval": 2, "offset": 1},
                                    {"name": "Short", "type": "month", "length": 11, "interval": 1, "offset": 0}],
                      "leap_days": [{"name": "Leap", "timespan": 2, "interval": "12,!6,3", "offset": 0, "day": 0}]},
        "moons": [{"name": "Eye", "cycle": "9.5", "shift": 2, "color": "#ffffff"}],
        "eras": [{"name": "Old", "settings": {"starting_era": True}, "date": {}},
                 {"name": "New", "settings": {"restart": True}, "date": {"year": 10, "timespan": 0, "day": 1}}],
        "settings": {"year_zero_exists": False}, "clock": {"hours": 24, "minutes": 60},
        "seasons": {"data": [{"name": "Cold", "timespan": 2, "day": 4}, {"name": "Odd", "duration": 9}]}},
    "dynamic_data": {"year": 3}, "categories": [{"id": "w", "name": "War"}],
    "events": [{"id": 1, "name": "Siege", "event_category_id": "w",
                "data": {"date": [3, 2, 5], "has_duration": True, "duration": 9}},
               {"id": 2, "name": "Fair",
                "data": {"date": [], "conditions": [["Month", "0", ["0"]], ["&&"], ["Day", "0", ["3"]]]}},
               {"id": 3, "name": "Odd moon", "settings": {"hide": True},
                "data": {"conditions": [["Moons", "0", ["0", "1"]]]}}],
}  # fmt: skip
CALENDARIUM: Json = {"calendars": [{
    "id": "x", "name": "Vault count", "static": {
        "firstWeekDay": 1, "overflow": False, "weekdays": [{"name": "I"}, {"name": "II"}],
        "months": [{"name": "M1", "type": "month", "length": 9, "interval": 1, "offset": 0},
                   {"name": "M2", "type": "month", "length": 8}],
        "leapDays": [{"name": "L", "timespan": 0, "offset": 0, "interval": [{"interval": 4}], "intercalary": True,
                      "after": 3}],
        "moons": [{"name": "Q", "cycle": 5, "offset": 1, "faceColor": "#eeeeee"}],
        "eras": [{"name": "Dawn", "date": {"year": 1, "month": 0, "day": 1}, "restart": True}]},
    "current": {"year": 1, "month": 0, "day": 1}, "categories": [{"id": "b", "name": "Battle"}],
    "events": [{"id": "e1", "name": "Charge", "category": "b", "description": "Lost.",
                "date": {"year": 2, "month": 1, "day": 3}, "end": {"year": 2, "month": 1, "day": 5}},
               {"id": "e2", "name": "Feast", "date": {"year": None, "month": 0, "day": 2}},
               {"id": "e3", "name": "Rain", "date": {"year": [3, 9], "month": [0, 1], "day": 2}}]}]}  # fmt: skip
DONJON: Json = {
    "year_len": 50, "events": 1, "n_months": 2, "months": ["Jan", "Feb"], "month_len": {"Jan": 25, "Feb": 26},
    "week_len": 2, "weekdays": ["D", "N"], "n_moons": 1, "moons": ["Lu"], "lunar_cyc": {"Lu": 8},
    "lunar_shf": {"Lu": 3}, "year": 4, "first_day": 1, "notes": {"4-2-11": "The bridge fell.", "someday": "Nothing."},
}  # fmt: skip
ALL = {"seasons-and-stars": SNS, "simple-calendar": SIMPLE, "fantasy-calendar": FANTASY, "calendarium": CALENDARIUM,
       "donjon": DONJON}  # fmt: skip


def put(folder: Path, data: Any, name: str = "calendar.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(data))
    return path


def event(project: Project, name: str) -> Entity:
    return next(one for one in project.all(Entity) if one.name == name)


def day_of(project: Project, calendar: str, year: int, month: str, day: int) -> int:
    found = project.calendars.get(calendar)
    assert found is not None
    return found.to_abs(year, month, day)


@pytest.mark.parametrize("name", ALL)
def test_each_is_known_comes_in_and_changes_nothing_again(name: str, project: Project, tmp_path: Path) -> None:
    path = put(tmp_path, ALL[name])
    first = import_files(project, [path])
    assert (first.format, first.read, len(project.calendars)) == (name, first.imported + first.skipped, 1)
    assert not project.calendars.faults
    again = import_files(project, [path])
    assert (again.created, again.updated, again.unchanged) == (0, 0, first.imported)


def test_seasons_and_stars_counts_as_there(project: Project, tmp_path: Path) -> None:
    report = import_files(project, [put(tmp_path, SNS)])
    calendar = project.calendars.main
    assert [m.name for m in calendar.months] == ["First Light", "Flow", "Stillwater", "Ebb", "Deep Tide"]
    assert [span.days for span in calendar.month_layout(4)] == [1, 20, 2, 30]
    assert [span.days for span in calendar.month_layout(5)] == [1, 20, 2, 32, 1]
    assert calendar.weekday(calendar.to_abs(3, "Flow", 1)) == 2
    assert calendar.weekday(calendar.to_abs(3, "Stillwater", 1)) is None
    assert calendar.weekday(calendar.to_abs(3, "Ebb", 1)) == (2 + 20) % 3
    assert calendar.moon_phases(calendar.to_abs(3, "Flow", 4))[0].name == "new moon"
    nets, rest = event(project, "Nets"), event(project, "Rest")
    assert nets.fields["start"] == {"calendar": "tidal_count", "year": 800, "month": "Ebb", "day": 7}
    assert rest.fields["recurrence"] == "every year on the last Restday of Flow"
    assert (nets.visibility, rest.visibility) == ("party", "gm")
    assert any("20 hours" in one.why for one in report.reasons)


def test_what_a_file_leaves_out_is_gregorian(project: Project, tmp_path: Path) -> None:
    year = {"epoch": 2000, "currentYear": 2024, "prefix": "", "suffix": "", "startDay": 6}
    import_files(project, [put(tmp_path, {"id": "g", "translations": {"en": {"label": "G"}}, "year": year})])
    calendar = project.calendars.main
    assert (calendar.year_last(2024) - calendar.year_first(2024), calendar.weekdays[0].name) == (365, "Sunday")
    assert calendar.weekday(calendar.to_abs(2026, "December", 1)) == 2


def test_simple_calendar_counts_from_nought(project: Project, tmp_path: Path) -> None:
    import_files(project, [put(tmp_path, SIMPLE)])
    calendar, flood = project.calendars.main, event(project, "Flood")
    assert calendar.weekday(calendar.to_abs(0, "A", 1)) == 1
    assert [span.days for span in calendar.month_layout(5)] == [11, 1, 12]
    assert calendar.moon_phases(calendar.to_abs(1, "A", 3))[0].name == "new moon"
    assert calendar.parts.seasons[0].day == 4
    assert flood.fields["start"] == {"calendar": "simple", "year": 5, "month": "Feast", "day": 1, "time": "06:30"}
    assert (flood.body, flood.fields["recurrence"], flood.visibility) == ("It **rose**.", "every year", "party")


def test_fantasy_calendar_keeps_intervals_terms_and_eras(project: Project, tmp_path: Path) -> None:
    report = import_files(project, [put(tmp_path, FANTASY)])
    calendar, siege = project.calendars.main, event(project, "Siege")
    assert [len(calendar.month_layout(year)) for year in (1, 2)] == [3, 2]
    assert [calendar.month_layout(y)[-1].days for y in (3, 6, 12)] == [12, 11, 12]
    assert calendar.weekday(calendar.to_abs(1, "Long", 1)) == 1
    assert calendar.year_words(11) == "2 New"
    assert siege.fields["start"] == {"calendar": "fantastic", "year": 3, "month": "Short", "day": 5}
    assert siege.fields["end"] == {"calendar": "fantastic", "year": 4, "month": "Long", "day": 1}
    assert event(project, "Fair").fields["recurrence"] == "every year on 3 Long"
    assert event(project, "Odd moon").visibility == "gm"
    assert {t.word and "Siege": t.word for t in report.told if t.word == "War"} == {"Siege": "War"}
    assert sum("“Odd" in one.why for one in report.reasons) == 2


def test_calendarium_and_donjon_keep_their_events(project: Project, tmp_path: Path) -> None:
    import_files(project, [put(tmp_path, CALENDARIUM), put(tmp_path, DONJON, "homebrew.json")])
    charge = event(project, "Charge")
    ref = resolve(charge.fields["start"], project.calendars)
    assert ref.lo == day_of(project, "vault_count", 2, "M2", 3)
    assert charge.fields["end"] == {"calendar": "vault_count", "year": 2, "month": "M2", "day": 5}
    assert event(project, "Feast").fields["recurrence"] == "every year on 2 M1"
    assert event(project, "Rain").fields["recurrence"] == "every year on 2 M1–M2, 3–9"
    fell = event(project, "The bridge fell.")
    assert fell.fields["start"] == {"calendar": "homebrew", "year": 4, "month": "Feb", "day": 11}
    homebrew = project.calendars.get("homebrew")
    assert homebrew is not None
    first = homebrew.year_first(4)
    assert homebrew.weekday(first) == 1
    assert homebrew.moon_phases(first + 5)[0].name == "new moon"


def test_a_key_that_is_taken_is_given_to_nobody_else(project: Project, tmp_path: Path) -> None:
    calendars.add_calendar(
        project, {"name": "Tidal Count", "key": "tidal_count", "months": [{"name": "One", "days": 9}]}
    )
    import_files(project, [put(tmp_path, SNS)])
    assert [c.key for c in project.calendars] == ["tidal_count", "tidal_count_2"]
    assert event(project, "Nets").fields["start"]["calendar"] == "tidal_count_2"  # pyright: ignore[reportArgumentType, reportIndexIssue, reportCallIssue]


def test_what_was_changed_here_stays_and_the_trash_too(project: Project, tmp_path: Path) -> None:
    import_files(project, [put(tmp_path, SNS)])
    record = project.all(Calendar)[0]
    calendars.update_calendar(project, record.id, {**record.definition, "name": "Mine"})
    import_files(project, [put(tmp_path, SNS)])
    assert project.all(Calendar)[0].name == "Mine"
    calendars.remove_calendar(project, record.id)
    report = import_files(project, [put(tmp_path, SNS)])
    assert (project.all(Calendar), report.created) == ([], 0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"months": []}, "at least one month"),
        ({"months": [{"name": "Long", "days": 10**12}]}, "1 to 1000 days"),
        ({"months": [{"name": "None", "days": 0}]}, "1 to 1000 days"),
        ({"months": [{"name": f"M{n}", "days": 3} for n in range(500)]}, "at most 100 months"),
    ],
)
def test_what_can_not_be_counted_is_refused_with_the_reason(
    change: Json, words: str, project: Project, tmp_path: Path
) -> None:
    with pytest.raises(ImportRefused, match=words):
        import_files(project, [put(tmp_path, SNS | change)])
    assert project.all(Calendar) == []


def test_an_interval_of_twenty_thousand_terms_ends_at_once(project: Project, tmp_path: Path) -> None:
    data = copy.deepcopy(FANTASY)
    data["static_data"]["year_data"]["leap_days"][0]["interval"] = ",".join(str(n) for n in range(1, 20_001))
    report = import_files(project, [put(tmp_path, data)])
    assert any("repeat only after" in one.why for one in report.reasons)


def test_a_calendar_made_to_take_forever_ends(tmp_path: Path) -> None:
    terms = ",".join(["20000"] * 18 + ["16", "5"])
    year = {
        "first_day": 2, "global_week": ["a", "b"],
        "timespans": [{"name": f"M{n}", "length": 30, "interval": 1 if n < 80 else 2} for n in range(100)],
        "leap_days": [{"name": f"L{n}", "timespan": n, "interval": terms, "offset": n * 7} for n in range(60)],
    }  # fmt: skip
    events = [{"id": n, "name": f"e{n}", "data": {"date": [n * 99, 0, 3]}} for n in range(2000)]
    data = {"name": "H", "static_data": {"year_data": year}, "events": events}
    with worked() as took:
        found = formats.parse(put(tmp_path, data))
    assert isinstance(found, Material)
    assert took.seconds < 10
    assert any("too many leap rules" in why for _, why in found.notes)


# ---- and out again ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def schema(shared: Path) -> Schema:
    """What the schema that Seasons & Stars publishes says of a file."""
    path = shared / "samples/calendars/seasons-and-stars/shared/schemas/calendar-v1.0.0.json"
    return jsonschema.Draft7Validator(json.loads(path.read_text()))


def without_ours(data: Json) -> Json:
    return {k: v for k, v in data.items() if k != "extensions"}


def parts(definition: Json | None) -> Any:
    assert definition is not None
    return CalendarSystem.from_definition(definition | {"key": ""}).parts


def test_what_came_from_there_goes_out_as_it_was(project: Project, tmp_path: Path) -> None:
    import_files(project, [put(tmp_path, SNS)])
    export_project(project, tmp_path / "out.json", format="seasons-and-stars")
    assert json.loads((tmp_path / "out.json").read_text()) == SNS
    record = project.all(Calendar)[0]
    months = [{**m, "days": 21} if m["name"] == "Flow" else m for m in record.definition["months"]]
    calendars.update_calendar(project, record.id, {**record.definition, "months": months})
    export_project(project, tmp_path / "out.json", format="seasons-and-stars")
    data = json.loads((tmp_path / "out.json").read_text())
    assert data["months"][0] == SNS["months"][0] | {"days": 21}
    assert (data["author"], data["events"], data["year"]["currentYear"]) == ("A. Nyone", SNS["events"], 812)
    export_project(project, tmp_path / "open.json", format="seasons-and-stars", lens=Lens(audience="party"))
    assert "gm-only" not in (tmp_path / "open.json").read_text()


def test_all_calendars_go_into_a_folder_or_zip_and_come_back(make_project: Make, tmp_path: Path) -> None:
    project, other = make_project(), make_project("other")
    for path in sorted(PRESETS.glob("*.json")):
        calendars.add_calendar(project, json.loads(path.read_text(encoding="utf-8")))
    done = export_project(project, tmp_path / "all.zip", format="seasons-and-stars")
    assert done.counts == {"file": 5}
    assert ("Tidewise moon-count", "“Twinmoon” comes by a rule of its own, and was left out.") in {
        (one.what, one.why) for one in done.lost
    }
    alone = export_project(project, tmp_path / "main.json", format="seasons-and-stars")
    assert (alone.counts, sum(one.why == "isn't the main calendar" for one in alone.lost)) == ({"file": 1}, 4)
    assert len(zipfile.ZipFile(tmp_path / "all.zip").namelist()) == 5
    export_project(project, tmp_path / "all", format="seasons-and-stars")
    import_files(other, [tmp_path / "all"])
    assert import_files(other, [tmp_path / "all.zip"]).created == 0
    mine, theirs = ({c.key: c.parts for c in p.calendars} for p in (project, other))
    assert mine == theirs
    report = import_files(project, [tmp_path / "all.zip"])
    assert (report.created, report.linked, len(project.all(Calendar))) == (0, 5, 5)


def test_nothing_of_yours_is_written_over(project: Project, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="no calendar"):
        export_project(project, tmp_path / "x.json", format="seasons-and-stars")
    calendars.add_calendar(project, {"name": "Plain", "key": "plain", "months": [{"name": "One", "days": 9}]})
    (tmp_path / "plain.json").write_text("{}")
    with pytest.raises(Invalid, match="overwritten"):
        export_project(project, tmp_path, format="seasons-and-stars")
    assert (tmp_path / "plain.json").read_text() == "{}"


@settings(max_examples=25)
@given(definitions())
def test_any_calendar_fits_the_schema_and_comes_back_whole(schema: Schema, definition: Json) -> None:
    if not any(not m["intercalary"] and "leap" not in m for m in definition["months"]):
        with pytest.raises(Invalid, match="no month that comes every year"):
            seasons_stars_out.as_file(definition)
        return
    data = seasons_stars_out.as_file(definition)
    schema.validate(data)
    assert seasons_stars.definition_of(json.loads(json.dumps(data))) == definition
    edited = without_ours(data)
    once = seasons_stars.definition_of(edited)
    assert once is not None
    twice = seasons_stars.definition_of(without_ours(seasons_stars_out.as_file(once)))
    assert _rough(parts(once)) == _rough(parts(twice))


def _rough(found: Any) -> Any:
    """Moons apart: theirs are new on whole days."""
    return found.model_copy(update={"moons": tuple((m.name, m.cycle) for m in found.moons)})


_names = st.lists(st.sampled_from(["Ash", "Birch", "Dusk", "Elm", "Fir"]), min_size=1, max_size=5, unique=True)


@st.composite
def files(draw: st.DrawFn) -> Json:
    """Calendars as the format has them: feasts before and behind months, leap years, long weeks, prefixes, moons."""
    names = draw(_names)
    leap: Json = draw(st.sampled_from([
        {"rule": "none"}, {"rule": "gregorian"}, {"rule": "custom", "interval": 5, "offset": 2},
        {"rule": "custom", "interval": 3},
    ]))  # fmt: skip
    if leap["rule"] != "none" and draw(st.booleans()):
        leap = leap | {"month": draw(st.sampled_from(names)), "extraDays": draw(st.integers(1, 10))}
    between = [
        {"name": f"Feast {n}", draw(st.sampled_from(["after", "before"])): draw(st.sampled_from(names)),
         "days": draw(st.integers(1, 50)), "countsForWeekdays": draw(st.booleans()),
         "leapYearOnly": leap["rule"] != "none" and draw(st.booleans())}
        for n in range(draw(st.integers(0, 4)))
    ]  # fmt: skip
    week = draw(st.integers(1, 14))
    before, behind = draw(st.sampled_from([("", ""), ("Year ", ""), ("", " AE")]))
    return {
        "id": "drawn", "translations": {"en": {"label": "Drawn"}}, "leapYear": leap, "intercalary": between,
        "months": [{"name": name, "days": draw(st.integers(1, 60))} for name in names],
        "weekdays": [{"name": f"Day {n}"} for n in range(week)],
        "year": {"epoch": draw(st.integers(0, 900)), "currentYear": 900, "prefix": before, "suffix": behind,
                 "startDay": draw(st.integers(0, min(6, week - 1)))},
        "moons": [{"name": "Moon", "cycleLength": draw(st.integers(3, 60)),
                   "firstNewMoon": {"year": draw(st.integers(1, 50)), "month": 1, "day": 1}}],
        "seasons": [{"name": "Wet", "startMonth": draw(st.integers(1, len(names))), "endMonth": 1}],
    }  # fmt: skip


@settings(max_examples=25)
@given(files())
def test_import_export_import_is_equal(schema: Schema, data: Json) -> None:
    schema.validate(data)
    first = seasons_stars.definition_of(data)
    assert first is not None
    out = seasons_stars_out.as_file(first)
    schema.validate(out)
    again = seasons_stars.definition_of(without_ours(out))
    assert parts(again) == parts(first)


# ---- real files, spoiled files ---------------------------------------------------------------------------------------


def test_real_files_come_in_with_what_they_hold(project: Project, shared: Path, schema: Schema) -> None:
    folder = shared / "samples" / "calendars"
    paths = [path for path in sorted(folder.rglob("*.json")) if "schemas" not in path.parts]
    assert len(paths) == 6
    for path in paths:
        report = import_files(project, [path])
        assert report.read == report.imported + report.skipped > 0, path
        assert import_files(project, [path]).created == 0, path
    assert not project.calendars.faults
    for calendar in project.all(Calendar):
        schema.validate(seasons_stars_out.as_file(calendar.definition | {"key": calendar.definition["key"]}))


_OURS = [one for one in formats.FORMATS if one.module.startswith(("calendars.", "maps."))]
_HOMES = ("calendars", "maps")


def test_nobody_elses_file_is_claimed(shared: Path) -> None:
    folder = shared / "samples"
    paths = [path for path in sorted(folder.rglob("*.json")) if path.stat().st_size < 400_000]
    assert len(paths) > 40
    for path in paths:
        with Probe(path) as probe, suppress(ImportRefused):
            found = [one.id for one in _OURS if one.load().claims(probe)]
            assert len(found) <= 1, path
            assert not found or path.relative_to(folder).parts[0] in _HOMES, path


@settings(max_examples=60)
@given(value=st.one_of(json_values, st.lists(json_values, max_size=3), st.dictionaries(
    st.sampled_from(["calendars", "calendar", "static_data", "static", "months", "month_len", "year_len", "id", "rects",
                     "translations", "features", "resolution", "image", "title", "doors", "notes"]), json_values,
)))  # fmt: skip
def test_anything_can_be_asked_whose_it_is(value: Any) -> None:
    class Asked:
        json, files, is_zip, is_folder = value, None, False, False

    for one in _OURS:
        assert one.load().claims(Asked()) in (True, False)


def test_a_folder_with_a_broken_file_is_left_to_others(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.json").write_text("{")
    with Probe(tmp_path / "sources") as probe:
        assert not seasons_stars.claims(probe)


def test_no_spoiled_calendar_escapes_the_reader(project: Project, tmp_path: Path) -> None:
    dice = random.Random(5)
    odd = [None, 3, "x", [], {}, [None], {"year": "x"}, -1, 0, True, 1e300, 10**30, [[1]], "12", 0.5]

    def spoiled(value: Any) -> Any:
        if dice.random() < 0.06:
            return dice.choice(odd)
        if isinstance(value, dict):
            return {key: spoiled(one) for key, one in value.items()}
        return [spoiled(one) for one in value] if isinstance(value, list) else value

    came_in = 0
    for n in range(150):
        path = put(tmp_path, spoiled(list(ALL.values())[n % 5]), f"{n}.json")
        with suppress(ImportRefused):
            came_in += import_files(project, [path], dry_run=True).imported > 0
    assert came_in > 20
    for n in range(60):
        data = bytearray(json.dumps(list(ALL.values())[n % 5]).encode())
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(7)
        path = tmp_path / f"bits{n}.json"
        path.write_bytes(bytes(data))
        with suppress(ImportRefused):
            formats.parse(path)


_junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["name", "days", "month", "months", "year", "rule", "interval", "offset", "after", "before", "cycleLength",
         "firstNewMoon", "day", "recurrence", "type", "events", "seasons", "moons", "id", "startDay", "epoch"]
    ), inner, max_size=5), max_leaves=20,
)  # fmt: skip


@settings(max_examples=40)
@given(st.sampled_from(sorted(SNS)), _junk)
def test_junk_in_any_part_is_left_out(part: str, value: Any) -> None:
    data = {**SNS, part: value}
    if seasons_stars.is_calendar(data):
        found = seasons_stars.definition_of(data)
        assert found is None or CalendarSystem.from_definition(found)
