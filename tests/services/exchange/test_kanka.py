"""Kanka's export: both of its id spaces, what it hides, and nothing lost without a word."""

from __future__ import annotations

import io
import json
import random
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.errors import ImportRefused
from studio.domain.lens import Lens
from studio.domain.text import split_secrets
from studio.domain.world import Entity, Link, Relation
from studio.domain.worldkit import Pin
from studio.services.exchange import import_files
from studio.services.world import seen
from tests.support.images import png

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project


def entity(number: int, name: str, **more: Any) -> dict[str, Any]:
    return {"id": number, "name": name, "type": "", "entry": "", "is_private": 0, **more}


FILES: dict[str, Any] = {
    "info.json": {"kanka_version": "3.9"},
    "campaign.json": {"id": 5, "name": "Reedwater"},
    "settings/custom-modules.json": [{"id": 77, "singular": "Barge", "plural": "Barges"}],
    # The numbers of child and entity cross: 2 is the child of entity 1, and entity 2 is somebody else.
    "characters/ada_1.json": {
        "id": 2, "is_private": 0, "title": "Reeve", "is_dead": 1,
        "characterTraits": [{"name": "Fear", "entry": "CANARY trait", "is_private": 1}],
        "entity": entity(
            1, "Ada", entry="<p>Keeps [location:3|the_lock_house]. Loathes [character:2].</p>",
            posts=[{"name": "Truth", "entry": "<p>CANARY post</p>", "visibility_id": 2}],
            entityAttributes=[{"name": "HP", "value": "9"}, {"name": "Debt", "value": "CANARY debt", "is_private": 1}],
            relationships=[{"owner_id": 1, "target_id": 2, "relation": "rival", "attitude": -300, "visibility_id": 1}],
            entityTags=[{"tag_id": 4}],
        ),
    },
    "characters/bo_2.json": {"id": 1, "is_private": 1, "entity": entity(2, "Bo", is_private=1)},
    "locations/lock_3.json": {"id": 9, "entity": entity(3, "Lock House", parent_id=6)},
    "locations/reed_6.json": {"id": 8, "entity": entity(6, "Reedwater Vale")},
    "organisations/wardens_7.json": {
        "id": 2, "members": [{"character_id": 2, "role": "Reeve"}], "entity": entity(7, "Wardens"),
    },
    "tags/arc_8.json": {"id": 4, "entity": entity(8, "arc one")},
    "barges_77/swan_9.json": {"entity": entity(9, "Swan")},
    "calendars/cal_10.json": {"id": 1, "entity": entity(10, "Reckoning")},
}  # fmt: skip


def packed(files: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, json.dumps(data))
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "reedwater.zip"
    path.write_bytes(packed(FILES))
    return path


def named(project: Project, name: str) -> Entity:
    return next(one for one in project.all(Entity) if one.name == name)


def test_markers_of_a_map_become_pins_where_they_lie(project: Project, tmp_path: Path) -> None:
    pins = [
        {
            "id": 1,
            "name": "Lock",
            "latitude": "150.0",
            "longitude": 50,
            "entity_id": 3,
            "visibility_id": 1,
            "group_id": 4,
        },
        {"id": 2, "name": "CANARY hoard", "latitude": 0, "longitude": 200, "visibility_id": 2, "entry": "<b>Deep</b>"},
        {"id": 3, "name": "Nowhere", "latitude": None, "longitude": 1},
        {"id": 4, "name": "Outside", "latitude": 900, "longitude": -3, "visibility_id": 1},
    ]
    chart: dict[str, Any] = {
        "id": 3,
        "width": 200,
        "height": 200,
        "markers": pins,
        "groups": [{"id": 4, "name": "Water"}],
    }
    chart["entity"] = entity(11, "The Chart", image_path="maps/chart.png")
    earth = {"id": 4, "is_real": 1, "markers": [pins[0]], "entity": entity(12, "Earth")}
    path = tmp_path / "maps.zip"
    path.write_bytes(packed(FILES | {"maps/chart_11.json": chart, "maps/earth_12.json": earth}))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("maps/chart.png", png(4, 4))
    report = import_files(project, [path])
    found = {pin.name: pin for pin in project.all(Pin)}
    assert {name: (pin.x, pin.y) for name, pin in found.items()} == {
        "Lock": (0.25, 0.25), "CANARY hoard": (1.0, 1.0), "Outside": (0.0, 0.0),
    }  # fmt: skip
    lock, hoard = found["Lock"], found["CANARY hoard"]
    assert (lock.target_id, lock.layer, lock.visibility) == (named(project, "Lock House").id, "Water", "party")
    assert (hoard.note, hoard.visibility) == ("**Deep**", "gm")
    assert len(named(project, "The Chart").images) == 1
    assert {"The Chart: Nowhere", "Earth: Lock"} <= {reason.what for reason in report.reasons if reason.skipped}
    assert import_files(project, [path]).created == 0


def test_mentions_name_entities_and_memberships_name_children(project: Project, file: Path) -> None:
    report = import_files(project, [file])
    ada, bo, wardens = (named(project, name) for name in ("Ada", "Bo", "Wardens"))
    assert report.read == report.imported + report.skipped
    assert "[[Lock House|the_lock_house]]" in ada.body
    assert "[[Bo]]" in ada.body
    ties = {(one.from_id, one.type, one.to_id, one.role) for one in project.all(Relation)}
    assert (ada.id, "member_of", wardens.id, "Reeve") in ties
    assert next(one for one in project.all(Relation) if one.to_id == bo.id).attitude == -100


def test_fields_places_tags_and_own_modules_come_in(project: Project, file: Path) -> None:
    report = import_files(project, [file])
    ada, house, vale = (named(project, name) for name in ("Ada", "Lock House", "Reedwater Vale"))
    assert (ada.fields["title"], ada.fields["life_status"], ada.custom["HP"]) == ("Reeve", "dead", "9")
    assert ada.tags == ("arc one",)
    assert house.parent == vale.id
    assert house.fields["parent"] == Link(text="Reedwater Vale", ref=vale.id)
    assert "Barge" in [told.word for told in report.told]
    assert "Reckoning" in [reason.what for reason in report.reasons if reason.skipped]


def test_what_kanka_hides_stays_the_game_masters(project: Project, file: Path) -> None:
    import_files(project, [file])
    party = Lens(audience="party")
    shown = [seen.record(project, one.id, lens=party) for one in project.all(Entity)]
    assert [one.name for one in shown if isinstance(one, Entity)].count("Ada") == 1
    assert "CANARY" not in "".join(one.model_dump_json() for one in shown if one is not None)
    assert "Bo" not in [one.name for one in shown if isinstance(one, Entity)]
    hidden = split_secrets(named(project, "Ada").body)[1]
    assert all(word in hidden for word in ("CANARY post", "CANARY trait", "CANARY debt"))


def test_importing_twice_changes_nothing(project: Project, file: Path) -> None:
    first = import_files(project, [file])
    again = import_files(project, [file])
    assert (again.created, again.updated, again.linked, again.unchanged) == (0, 0, 0, first.imported)


def test_the_shared_campaign_comes_in_whole(project: Project, shared: Path) -> None:
    report = import_files(project, list((shared / "samples" / "kanka").rglob("*.zip")))
    keep = named(project, "Saltmarch Keep")
    assert report.read == report.imported + report.skipped
    assert len(keep.images) == 1
    assert "https://example.org" in keep.body
    assert {"npc", "location", "faction", "event", "quest", "timeline_arc"} <= report.kinds.keys()


@pytest.mark.parametrize("name", ["kanka_symlink.zip", "kanka_traversal.zip", "kanka_bomb_ratio.zip"])
def test_hostile_zips_are_refused_whole(project: Project, shared: Path, name: str) -> None:
    with pytest.raises(ImportRefused):
        import_files(project, [shared / "samples" / "malicious" / name])
    assert not project.all(Entity)


def test_no_shape_of_json_escapes_the_reader(project: Project, tmp_path: Path) -> None:
    dice = random.Random(11)
    odd = [None, 3, "x", [], {}, [None], {"id": "x"}, -1, "<p>[character:1|", [{"target_id": 1}], True, 1e300]

    def spoiled(value: Any) -> Any:
        if dice.random() < 0.12:
            return dice.choice(odd)
        if isinstance(value, dict):
            return {key: spoiled(one) for key, one in value.items()}
        return [spoiled(one) for one in value] if isinstance(value, list) else value

    for n in range(60):
        path = tmp_path / f"{n}.zip"
        path.write_bytes(packed({name: data if name == "info.json" else spoiled(data) for name, data in FILES.items()}))
        with suppress(ImportRefused):
            report = import_files(project, [path], dry_run=True)
            assert report.read == report.imported + report.skipped
