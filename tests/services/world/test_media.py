"""Images: kept once by their bytes, hung in an order, undone with their bytes kept, read by whom they are for."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.errors import Invalid, NotFound
from studio.domain.ids import RecordId
from studio.domain.lens import Lens
from studio.domain.world import Entity
from studio.domain.worldkit import Media
from studio.services import history
from studio.services.world import entities, entries, media
from studio.storage.project import Project
from tests.support.images import png, png_head

PARTY, PUBLIC = Lens(audience="party"), Lens(audience="public")
RED, BLUE, GREEN = png(colour=(255, 0, 0)), png(colour=(0, 0, 255)), png(5, 5, colour=(0, 255, 0))


@pytest.fixture
def port(project: Project) -> RecordId:
    return entities.create_entity(project, kind="location", name="Port Ash").id


def commits(project: Project) -> int:
    return project.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0]


def blobs(project: Project) -> int:
    return project.sql.execute("SELECT count(*) FROM blob").fetchone()[0]


def hung(project: Project, entity_id: RecordId, *datas: bytes) -> list[str]:
    found = [(f"i{n}.png", data) for n, data in enumerate(datas)]
    return list(media.attach_new(project, entity_id, found).images)


def test_the_same_bytes_are_kept_once_under_their_first_name(project: Project) -> None:
    first = media.add_image(project, RED, name="red.png", caption=" A flag ")
    before = commits(project)
    again = media.add_image(project, RED, name="other.png")
    assert again == first
    assert (first.width, first.height, first.media_type, first.caption) == (4, 3, "image/png", "A flag")
    assert (commits(project), blobs(project)) == (before, 1)
    assert media.bytes_of(project, first.hash) == RED


def test_the_type_comes_from_the_bytes_not_from_the_name(project: Project) -> None:
    assert media.add_image(project, RED, name="holiday.jpg").media_type == "image/png"
    with pytest.raises(Invalid):
        media.add_image(project, b"#!/bin/sh\nrm -rf ~", name="map.png")


def test_a_bad_image_among_good_ones_changes_nothing(project: Project, port: RecordId) -> None:
    before = commits(project)
    with pytest.raises(Invalid):
        media.attach_new(project, port, [("a", RED), ("bomb", png_head(90_000, 90_000))])
    assert (commits(project), blobs(project), project.all(Media)) == (before, 0, [])


def test_a_drop_of_many_is_one_commit_and_one_undo(project: Project, port: RecordId) -> None:
    before = commits(project)
    images = hung(project, port, RED, BLUE, GREEN)
    assert len(images) == 3
    assert commits(project) == before + 1
    history.undo(project)
    assert project.get(Entity, port).images == ()
    assert project.all(Media) == []
    history.redo(project)
    assert list(project.get(Entity, port).images) == images
    assert [media.bytes_of(project, one) for one in images] == [RED, BLUE, GREEN]


def test_order_cover_and_removal(project: Project, port: RecordId) -> None:
    red, blue, green = hung(project, port, RED, BLUE, GREEN)
    assert media.move(project, port, red, 1).images == (blue, red, green)
    assert media.set_cover(project, port, green).images == (green, blue, red)
    assert media.move(project, port, green, 99).images == (blue, red, green)
    assert media.remove(project, port, red).images == (blue, green)
    assert media.attach(project, port, [red], at=0).images == (red, blue, green)
    before = commits(project)
    media.set_cover(project, port, red)
    assert commits(project) == before


def test_what_is_said_of_an_image_can_be_changed_and_undone(project: Project, port: RecordId) -> None:
    (red,) = hung(project, port, RED)
    said = {"caption": "The harbour ", "credit": "Ana", "licence": "CC BY 4.0"}
    assert media.describe(project, red, said).caption == "The harbour"
    history.undo(project)
    assert media.images_of(project, port)[0].caption == ""
    with pytest.raises(Invalid, match="hash"):
        media.describe(project, red, {"hash": "0" * 64})


def test_players_read_an_image_only_through_something_that_is_open_to_them(project: Project, port: RecordId) -> None:
    (red,) = hung(project, port, RED)
    for lens in (PARTY, PUBLIC):
        with pytest.raises(NotFound):
            media.bytes_of(project, red, lens)
        with pytest.raises(NotFound):
            media.images_of(project, port, lens)
    entities.set_visibility(project, [port], "party")
    assert media.bytes_of(project, red, PARTY) == RED
    assert not media.may_read(project, red, PUBLIC)
    entities.set_visibility(project, [port], "gm")
    media.describe(project, red, {"visibility": "public"})
    assert media.bytes_of(project, red, PUBLIC) == RED


def test_a_text_opens_the_images_in_it_but_not_those_in_its_secrets(project: Project) -> None:
    red, blue = (media.add_image(project, data, name="x").hash for data in (RED, BLUE))
    body = f"![Seal](media:{red})\n\n> [!secret]\n> ![Key](media:{blue})\n"
    entries.create_entry(project, title="Letter", body=body, mode="handout", visibility="party")
    assert media.may_read(project, red, PARTY)
    assert not media.may_read(project, blue, PARTY)
    assert [one.hash for one in media.all_images(project, PARTY)] == [red]


def test_players_are_not_told_the_name_of_the_file(project: Project, port: RecordId) -> None:
    media.attach_new(project, port, [("lair-of-the-hidden-queen.png", RED)])
    entities.set_visibility(project, [port], "party")
    (seen,) = media.images_of(project, port, PARTY)
    assert "queen" not in seen.model_dump_json()


def test_nothing_but_a_hash_is_looked_up(project: Project) -> None:
    for bad in ("../../etc/passwd", "%", "", "A" * 64, "0" * 64):
        with pytest.raises(NotFound):
            media.bytes_of(project, bad)


def test_a_file_is_measured_before_it_is_read(tmp_path: Path) -> None:
    big = tmp_path / "big.png"
    with big.open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(Invalid, match="limit"):
        media.read_file(big)
    with pytest.raises(Invalid, match="can't be read"):
        media.read_file(tmp_path / "none.png")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["add", "move", "cover", "remove", "say"]), st.integers(0, 5)), max_size=12))
def test_undo_of_everything_is_the_first_state_and_redo_the_last(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    project = Project.create(tmp_path_factory.mktemp("m") / "w.ttrpg", name="W", author="a", device="d")
    port = entities.create_entity(project, kind="location", name="Port").id
    states = [state(project)]
    for step, n in steps:
        images, before = project.get(Entity, port).images, commits(project)
        one = images[n % len(images)] if images else ""
        match step:
            case "add":
                media.attach_new(project, port, [("x", png(n + 1, 2))], at=n)
            case "move" if images:
                media.move(project, port, one, n)
            case "cover" if images:
                media.set_cover(project, port, one)
            case "remove" if images:
                media.remove(project, port, one)
            case "say" if images:
                media.describe(project, one, {"caption": f"c{n}"})
        if commits(project) > before:
            states.append(state(project))
    for wanted in reversed(states[:-1]):
        history.undo(project)
        assert state(project) == wanted
    for wanted in states[1:]:
        history.redo(project)
        assert state(project) == wanted
        assert all(media.bytes_of(project, one) for one in project.get(Entity, port).images)
    project.close()


def state(project: Project) -> tuple[object, ...]:
    said = sorted((m.hash, m.caption) for m in project.all(Media))
    return project.all(Entity)[0].images, said
