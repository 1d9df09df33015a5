"""Maps: pins in layers, scale, nesting, what isn't placed yet; undone one by one, seen only by whom they are for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.errors import Invalid, NotFound, StudioError
from studio.domain.ids import RecordId
from studio.domain.lens import Lens
from studio.domain.world import Entity
from studio.domain.worldkit import Pin
from studio.services import history
from studio.services.world import entities, maps, media, merge, trash
from studio.services.world.map_pages import all_maps, map_of, map_page, unplaced
from studio.storage.project import Project
from tests.support.images import png

PARTY = Lens(audience="party")


def commits(project: Project) -> int:
    return project.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0]


@pytest.fixture
def vale(project: Project) -> RecordId:
    return entities.create_entity(project, kind="location", name="The Vale", visibility="party").id


@pytest.fixture
def port(project: Project, vale: RecordId) -> RecordId:
    del vale
    made = entities.create_entity(
        project, kind="location", name="Port Ash", visibility="party", fields={"parent": "The Vale"}
    )
    return made.id


@pytest.fixture
def sheet(project: Project, vale: RecordId) -> RecordId:
    return maps.create_map(project, name="Map of the Vale", image=("vale.png", png(200, 100)), shows=vale).id


def test_a_map_with_its_image_is_one_commit(project: Project, vale: RecordId) -> None:
    before = commits(project)
    made = maps.create_map(project, name="Map", image=("m.png", png(20, 10)), shows=vale)
    assert commits(project) == before + 1
    page = map_page(project, made.id)
    assert page.image is not None
    assert (page.aspect, page.shows and page.shows.name, page.pins) == (0.5, "The Vale", ())
    history.undo(project)
    assert all_maps(project) == []


def test_a_map_can_be_made_of_an_image_that_is_there(project: Project, vale: RecordId) -> None:
    digest = media.attach_new(project, vale, [("v", png())]).images[0]
    made = maps.create_map(project, name="Vale", digest=digest, shows=vale)
    assert made.images == (digest,)
    with pytest.raises(NotFound):
        maps.create_map(project, name="None", digest="0" * 64)


def test_a_pin_is_called_as_its_entry_is(project: Project, sheet: RecordId, port: RecordId) -> None:
    pin = maps.add_pin(project, sheet, 0.25, 0.5, target_id=port)
    entities.rename_entity(project, port, "Ash Harbour")
    (row,) = map_page(project, sheet).pins
    assert (row.name, row.kind, row.opens) == ("Ash Harbour", "location", None)
    maps.update_pin(project, pin.id, {"name": "Here!"})
    assert map_page(project, sheet).pins[0].name == "Here!"


def test_a_pin_stays_on_its_map(project: Project, sheet: RecordId) -> None:
    pin = maps.add_pin(project, sheet, -3, 7, name="Wreck")
    assert (pin.x, pin.y) == (0.0, 1.0)
    moved = maps.move_pin(project, pin.id, 0.123456789, 0.5)
    assert (moved.x, moved.y) == (0.12346, 0.5)
    before = commits(project)
    maps.move_pin(project, pin.id, 0.12346, 0.5)
    assert commits(project) == before
    with pytest.raises(Invalid):
        maps.add_pin(project, sheet, 0.5, 0.5)


def test_a_new_place_and_its_pin_are_one_commit(project: Project, sheet: RecordId) -> None:
    before = commits(project)
    pin = maps.create_pinned(project, sheet, 0.5, 0.5, kind="location", name="Old Mill")
    assert commits(project) == before + 1
    assert pin.target_id is not None
    history.undo(project)
    assert project.all(Pin) == []
    assert [e.name for e in project.all(Entity, "kind = 'location'")] == ["The Vale"]


def test_the_scale_comes_from_two_points_and_their_distance(project: Project, sheet: RecordId) -> None:
    maps.set_scale(project, sheet, (0.0, 0.0), (0.5, 0.0), distance=30, unit=" miles ")
    page = map_page(project, sheet)
    assert (page.width, page.unit) == (60.0, "miles")
    maps.set_scale(project, sheet, (0.0, 0.0), (0.0, 1.0), distance=2, unit="days")
    assert map_page(project, sheet).width == 4.0
    history.undo(project)
    assert map_page(project, sheet).unit == "miles"


def test_layers_are_added_renamed_joined_and_removed(project: Project, sheet: RecordId, port: RecordId) -> None:
    maps.add_layer(project, sheet, "Roads")
    maps.add_pin(project, sheet, 0.1, 0.1, target_id=port, layer="Towns")
    assert map_page(project, sheet).layers == ("Roads", "Towns")
    before = commits(project)
    maps.rename_layer(project, sheet, "Towns", "Cities")
    assert commits(project) == before + 1
    assert [row.pin.layer for row in map_page(project, sheet).pins] == ["Cities"]
    maps.rename_layer(project, sheet, "Cities", "Roads")
    assert map_page(project, sheet).layers == ("Roads",)
    maps.remove_layer(project, sheet, "Roads")
    assert (map_page(project, sheet).layers, map_page(project, sheet).pins[0].pin.layer) == ((), "")
    with pytest.raises(NotFound):
        maps.remove_layer(project, sheet, "Roads")


def test_a_pin_on_a_place_with_a_map_leads_to_it_and_back(project: Project, sheet: RecordId, port: RecordId) -> None:
    town = maps.create_map(project, name="Streets of Port Ash", shows=port).id
    maps.add_pin(project, sheet, 0.1, 0.1, target_id=port)
    assert map_page(project, sheet).pins[0].opens == town
    assert [one.id for one in map_page(project, town).around] == [sheet]
    assert map_of(project, port) == town
    assert map_of(project, town) == town
    trash.delete(project, [town])
    assert map_page(project, sheet).pins[0].opens is None
    assert map_of(project, port) == sheet


def test_what_lies_in_the_shown_place_is_offered_first(project: Project, sheet: RecordId, port: RecordId) -> None:
    far = entities.create_entity(project, kind="location", name="Aldgate").id
    assert [one.name for one in unplaced(project, sheet)] == ["Port Ash", "Aldgate"]
    maps.add_pin(project, sheet, 0.1, 0.1, target_id=port)
    assert [one.id for one in unplaced(project, sheet)] == [far]
    assert unplaced(project, sheet, PARTY) == []


def test_players_see_a_pin_only_where_it_and_its_entry_are_open(
    project: Project, sheet: RecordId, port: RecordId
) -> None:
    lair = entities.create_entity(project, kind="location", name="Lair").id
    seen = maps.add_pin(project, sheet, 0.1, 0.1, target_id=port, layer="Towns")
    maps.add_pin(project, sheet, 0.2, 0.2, target_id=lair, layer="Lairs")
    maps.add_layer(project, sheet, "Ambush sites")
    page = map_page(project, sheet, PARTY)
    assert ([row.name for row in page.pins], page.layers) == (["Port Ash"], ("Towns",))
    maps.update_pin(project, seen.id, {"visibility": "gm"})
    assert map_page(project, sheet, PARTY).pins == ()
    maps.show_pins(project, sheet, "party")
    assert [row.name for row in map_page(project, sheet, PARTY).pins] == ["Port Ash"]
    entities.set_visibility(project, [sheet], "gm")
    with pytest.raises(NotFound):
        map_page(project, sheet, PARTY)
    assert map_of(project, port, PARTY) is None


def test_pins_follow_a_merge_and_outlive_a_purge_as_words(project: Project, sheet: RecordId, port: RecordId) -> None:
    harbour = entities.create_entity(project, kind="location", name="Harbour").id
    maps.add_pin(project, sheet, 0.1, 0.1, target_id=harbour)
    merge.merge_entities(project, port, [harbour])
    assert [row.name for row in map_page(project, sheet).pins] == ["Port Ash"]
    trash.delete(project, [port])
    assert map_page(project, sheet).pins == ()
    trash.purge(project, [port])
    assert [(row.name, row.pin.target_id) for row in map_page(project, sheet).pins] == [("Port Ash", None)]
    trash.delete(project, [sheet])
    trash.purge(project, [sheet])
    assert project.all(Pin, deleted=True) == []
    history.undo(project)
    assert len(project.all(Pin)) == 1


STEPS = ["pin", "move", "edit", "unpin", "scale", "layer", "rename", "drop", "open", "made"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 7)), max_size=14))
def test_undo_of_everything_is_the_first_state_and_redo_the_last(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    project = Project.create(tmp_path_factory.mktemp("m") / "w.ttrpg", name="W", author="a", device="d")
    place = entities.create_entity(project, kind="location", name="Port").id
    sheet = maps.create_map(project, name="Map", image=("m", png(9, 5))).id
    states = [state(project)]
    for step, n in steps:
        before = commits(project)
        try:
            act(project, sheet, place, step, n)
        except StudioError:
            assert state(project) == states[-1]
        assert commits(project) in (before, before + 1)
        if commits(project) > before:
            states.append(state(project))
    for wanted in reversed(states[:-1]):
        history.undo(project)
        assert state(project) == wanted
    for wanted in states[1:]:
        history.redo(project)
        assert state(project) == wanted
    project.close()


def act(project: Project, sheet: RecordId, place: RecordId, step: str, n: int) -> None:
    pins = project.all(Pin)
    pin = pins[n % len(pins)].id if pins else RecordId("none")
    match step:
        case "pin":
            maps.add_pin(project, sheet, n / 7, 0.5, target_id=place if n % 2 else None, name="x", layer=f"L{n % 3}")
        case "move":
            maps.move_pin(project, pin, n / 7, n / 7)
        case "edit":
            maps.update_pin(project, pin, {"layer": f"L{n % 3}", "note": "n" * n})
        case "unpin":
            maps.remove_pin(project, pin)
        case "scale":
            maps.set_scale(project, sheet, (0, 0), (n / 7, 0), distance=n, unit="km")
        case "layer":
            maps.add_layer(project, sheet, f"L{n % 3}")
        case "rename":
            maps.rename_layer(project, sheet, f"L{n % 3}", f"L{n % 2}")
        case "drop":
            maps.remove_layer(project, sheet, f"L{n % 3}")
        case "open":
            maps.show_pins(project, sheet, "party" if n % 2 else "gm")
        case _:
            maps.create_pinned(project, sheet, 0.5, n / 7, kind="location", name=f"P{n}")


def state(project: Project) -> object:
    stamps = {"rev", "hlc", "updated_at", "updated_by", "created_at", "created_by"}
    pins = [pin.model_dump(exclude=stamps) for pin in project.all(Pin)]
    return pins, [(e.name, e.fields, e.images) for e in project.all(Entity)]
