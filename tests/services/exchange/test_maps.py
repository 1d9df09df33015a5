"""Maps of other programs: their picture or a plan of their shapes, pins where things lie, the rest kept."""

from __future__ import annotations

import base64
import json
import random
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain import imagefile
from studio.domain.errors import ImportRefused
from studio.domain.world import Entity
from studio.domain.worldkit import Media, Pin
from studio.services.exchange import formats, import_files
from studio.services.exchange.maps.drawing import Plan, bounds, middle
from studio.services.world import map_pages
from tests.support.images import png
from tests.support.timing import worked

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project

Json = dict[str, Any]
UVTT: Json = {
    "format": 0.3, "resolution": {"map_origin": {"x": 2, "y": 1}, "map_size": {"x": 20, "y": 10}, "pixels_per_grid": 4},
    "line_of_sight": [[{"x": 1, "y": 1}, {"x": 2, "y": 1}]], "portals": [{"position": {"x": 1, "y": 1}}], "lights": [],
    "environment": {"ambient_light": "ffffffff"}, "image": base64.b64encode(png(80, 40)).decode(),
}  # fmt: skip
DUNGEON: Json = {
    "version": "1.2.4b", "title": "Crypt of Oss", "story": "Nobody comes here.",
    "rects": [{"x": 0, "y": 0, "w": 4, "h": 3}, {"x": 4, "y": 1, "w": 1, "h": 1},
              {"x": 5, "y": -1, "w": 5, "h": 5, "rotunda": True}],
    "doors": [{"x": 4, "y": 1, "dir": {"x": 1, "y": 0}, "type": 1}], "columns": [{"x": 1, "y": 1}],
    "water": [{"x": 0, "y": 0}],
    "notes": [{"text": "A chest.", "ref": "2", "pos": {"x": 7.5, "y": 1.5}},
              {"text": "A gate.", "ref": "1", "pos": {"x": 2, "y": 0}}],
}  # fmt: skip
CITY: Json = {"type": "FeatureCollection", "features": [
    {"type": "Feature", "id": "values", "generator": "mfcg", "towerRadius": 5},
    {"type": "MultiPolygon", "id": "buildings", "coordinates": [[[[0, 0], [100, 0], [100, 50], [0, 50]]]]},
    {"type": "GeometryCollection", "id": "walls", "geometries": [
        {"type": "Polygon", "width": 6, "coordinates": [[[-50, -50], [150, -50], [150, 150], [-50, 150]]]}]},
    {"type": "GeometryCollection", "id": "roads", "geometries": [
        {"type": "LineString", "width": 8, "coordinates": [[0, 60], [90, 60]]}]},
    {"type": "MultiPoint", "id": "trees", "coordinates": [[10, 100], [20, 110]]},
    {"type": "GeometryCollection", "id": "districts", "geometries": [
        {"type": "Polygon", "name": "Oakwell", "coordinates": [[[0, 0], [100, 0], [100, 50], [0, 50]]]},
        {"type": "Polygon", "name": "Oakwell", "coordinates": [[[0, 0], [1, 0], [1, 5]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 5]]]}]}]}  # fmt: skip
ALL = {"universal-vtt": UVTT, "one-page-dungeon": DUNGEON, "watabou-city": CITY}


def put(folder: Path, data: Any, name: str) -> Path:
    path = folder / name
    path.write_text(json.dumps(data))
    return path


def sheet(project: Project) -> map_pages.MapPage:
    (found,) = project.all(Entity, "kind = 'map'")
    return map_pages.map_page(project, found.id)


@pytest.mark.parametrize("name", ALL)
def test_each_is_known_comes_in_and_changes_nothing_again(name: str, project: Project, tmp_path: Path) -> None:
    path = put(tmp_path, ALL[name], "somewhere.json")
    first = import_files(project, [path])
    assert (first.format, first.read) == (name, first.imported + first.skipped)
    again = import_files(project, [path])
    assert (again.created, again.updated, again.unchanged) == (0, 0, first.imported)


@pytest.mark.parametrize("ending", ["uvtt", "dd2vtt", "df2vtt"])
def test_a_battle_map_has_its_picture_its_width_and_what_it_holds(
    ending: str, project: Project, tmp_path: Path
) -> None:
    report = import_files(project, [put(tmp_path, UVTT, f"Old Mill.{ending}")])
    page = sheet(project)
    assert (page.map.name, page.width, page.unit) == ("Old Mill", 20, "squares")
    assert page.image is not None
    assert (page.image.width, page.image.height) == (80, 40)
    kept = project.all(Entity)[0].ext["universal-vtt"]["raw"]
    assert kept == {key: value for key, value in UVTT.items() if key != "image"}
    assert any("walls: 1, doors and windows: 1" in one.why for one in report.reasons)


@pytest.mark.parametrize("picture", ["", "no base64!", base64.b64encode(b"text").decode(), 7, None])
def test_a_picture_that_is_none_is_left_out_with_the_reason(picture: Any, project: Project, tmp_path: Path) -> None:
    report = import_files(project, [put(tmp_path, UVTT | {"image": picture}, "mill.uvtt")])
    assert (report.skipped, project.all(Media), sheet(project).map.name) == (1, [], "mill")


def test_a_picture_behind_a_data_mark_or_without_padding_is_read(project: Project, tmp_path: Path) -> None:
    bare = UVTT["image"].rstrip("=")
    import_files(project, [put(tmp_path, UVTT | {"image": f"data:image/png;base64,{bare}"}, "mill.uvtt")])
    assert sheet(project).image is not None


def test_a_dungeon_is_a_place_with_its_notes_and_a_plan_with_pins(project: Project, tmp_path: Path) -> None:
    import_files(project, [put(tmp_path, DUNGEON, "d.json")])
    page = sheet(project)
    place = next(one for one in project.all(Entity) if one.kind == "location")
    assert place.body == "Nobody comes here.\n\n1. A gate.\n2. A chest."
    assert page.shows is not None
    assert (page.shows.id, page.width, page.unit) == (place.id, 12, "squares")
    pins = {pin.name: (round(pin.x, 3), round(pin.y, 3), pin.note) for pin in project.all(Pin)}
    assert pins == {"2": (0.708, 0.5, "A chest."), "1": (0.25, 0.286, "A gate.")}
    assert page.image is not None
    assert page.image.width == 1600


def test_a_city_has_its_districts_on_a_plan(project: Project, tmp_path: Path) -> None:
    report = import_files(project, [put(tmp_path, CITY, "Old_Quay.json")])
    page = sheet(project)
    assert (page.map.name, [row.name for row in page.pins], page.layers) == ("Old Quay", ["Oakwell"], ("Districts",))
    assert report.skipped == 2
    (pin,) = project.all(Pin)
    assert (round(pin.x, 2), round(pin.y, 2)) == (0.5, 0.61)


def test_a_plan_draws_what_it_is_told_and_no_hole() -> None:
    plan = Plan((0, 0, 10, 10), ((255, 255, 255), (0, 0, 0)), side=100)
    plan.fill([[(1, 1), (9, 1), (9, 9), (1, 9)], [(4, 4), (6, 4), (6, 6), (4, 6)]], 1)
    assert [plan.rows[50][x] for x in (5, 20, 50, 70, 95)] == [0, 1, 0, 1, 0]
    assert sum(map(sum, plan.rows)) == 80 * 80 - 20 * 20
    plan.disc((5, 5), 1, 1)
    plan.line([(0, 0.5), (10, 0.5)], 0.4, 1)
    assert (plan.rows[50][50], [plan.rows[y][50] for y in (2, 4, 6, 8)]) == (1, [0, 1, 1, 0])
    assert plan.place((5, 2.5)) == (0.5, 0.25)
    assert imagefile.sniff(plan.png()) == ("image/png", 100, 100)


def test_the_middle_of_a_shape_is_that_of_its_area() -> None:
    assert middle([(0, 0), (8, 0), (8, 2), (0, 2)]) == (4, 1)
    assert middle([(0, 0), (0, 2), (8, 2), (8, 1.9), (8, 0.1), (8, 0)]) == pytest.approx((4, 1))
    assert middle([(0, 0), (4, 4)]) == (2, 2)


def test_north_is_up_in_a_city(shared: Path) -> None:
    found = formats.parse(shared / "samples/maps/watabou-city-trunwick/demo/trunwick.json")
    places = {spot.target.removeprefix("district-"): spot for spot in getattr(found, "spots", ())}
    assert places["North District"].y < places["Fortress"].y
    assert places["East Port"].x > places["Fortress"].x


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=12))
def test_any_shape_is_drawn_within_the_sheet(points: list[tuple[float, float]]) -> None:
    plan = Plan(bounds(points, margin=0.1) or (0, 0, 1, 1), ((0, 0, 0), (9, 9, 9)), side=60)
    plan.fill([points], 1)
    plan.line(points, 3, 1)
    assert all(len(row) == plan.width for row in plan.rows)
    assert imagefile.sniff(plan.png()).width == plan.width <= 60


def test_a_city_made_to_take_forever_ends(project: Project, tmp_path: Path) -> None:
    zigzag = [[0, 0] if n % 2 else [100, 100] for n in range(60_000)]
    data = {"features": [*CITY["features"], {"id": "fields", "type": "Polygon", "coordinates": [zigzag]}]}
    with worked() as took:
        report = import_files(project, [put(tmp_path, data, "c.json")])
    assert took.seconds < 10
    assert any("not all are drawn" in one.why for one in report.reasons)


@pytest.mark.parametrize("data", [DUNGEON | {"rects": []}, DUNGEON | {"rects": [{"x": 1e300, "y": 0, "w": 1, "h": 1}]},
                                  {"features": [{"id": "buildings"}, {"id": "earth"}]}])  # fmt: skip
def test_what_can_not_be_drawn_is_refused(data: Json, project: Project, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="can be drawn"):
        import_files(project, [put(tmp_path, data, "x.json")])


def test_real_maps_come_in_with_what_they_hold(project: Project, shared: Path) -> None:
    folder = shared / "samples" / "maps"
    paths = [
        *sorted(folder.rglob("one-page-dungeon/**/*.json")),
        *folder.rglob("trunwick.json"),
        *folder.rglob("*.dd2vtt"),
    ]
    assert len(paths) == 14
    report = import_files(project, paths)
    assert report.read == report.imported + report.skipped
    assert (report.kinds["map"], report.kinds["pin"]) == (14, 107)
    assert import_files(project, paths[::4]).created == 0
    assert all(sheet.images for sheet in project.all(Entity, "kind = 'map'"))


def test_no_spoiled_map_escapes_the_reader(project: Project, tmp_path: Path) -> None:
    dice = random.Random(7)
    odd = [None, 3, "x", [], {}, [None], {"x": "x"}, -1, True, 1e300, 10**30, [[1]], [1, 2]]

    def spoiled(value: Any) -> Any:
        if dice.random() < 0.06:
            return dice.choice(odd)
        if isinstance(value, dict):
            return {key: spoiled(one) for key, one in value.items()}
        return [spoiled(one) for one in value] if isinstance(value, list) else value

    came_in = 0
    for n in range(60):
        path = put(tmp_path, spoiled(list(ALL.values())[n % 3]), f"{n}.json")
        with suppress(ImportRefused):
            came_in += import_files(project, [path], dry_run=True).imported > 0
    assert came_in > 10
    for n in range(40):
        data = bytearray(json.dumps(list(ALL.values())[n % 3]).encode())
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(7)
        path = tmp_path / f"bits{n}.json"
        path.write_bytes(bytes(data))
        with suppress(ImportRefused):
            formats.parse(path)
