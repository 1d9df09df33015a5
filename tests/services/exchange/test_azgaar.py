"""Azgaar's maps: the same world from JSON and `.map`, dummies and removed things left out, nothing run or lost."""

from __future__ import annotations

import base64
import gzip
import json
import random
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.errors import ImportRefused
from studio.domain.world import Entity, Entry, Relation
from studio.domain.worldkit import Pin
from studio.services.exchange import import_files

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project

MAP: dict[str, Any] = {
    "info": {"mapName": "Smallsea", "mapId": 9, "width": 200, "height": 100},
    "settings": {"populationRate": 100, "options": {"eraShort": "HE"}},
    "pack": {
        "states": [
            {"i": 0, "name": "Neutrals", "diplomacy": [["a chronicle"]]},
            {"i": 1, "name": "Ost", "fullName": "Duchy of Ost", "form": "Monarchy", "capital": 1, "expansionism": 1,
             "diplomacy": ["x", "x", "Ally", "Vassal"], "urban": 2, "rural": 3,
             "campaigns": [{"name": "Salt War", "start": 12, "end": 14, "attacker": 1, "defender": 2}]},
            {"i": 2, "name": "Wick", "diplomacy": ["x", "Ally", "x", "Enemy"], "expansionism": 1, "capital": 0,
             "campaigns": [{"name": "Salt War", "start": 12, "end": 14, "attacker": 1, "defender": 2}]},
            {"i": 3, "name": "Gone", "removed": True},
        ],
        "burgs": [0, {"i": 1, "cell": 4, "name": "Ostport", "x": 100, "y": 25, "state": 1, "capital": 1, "port": 1,
                      "population": 2.5}],
        "cultures": [{"i": 0, "name": "Wildlands", "base": 1, "origins": [None], "shield": "x"},
                     {"i": 1, "name": "Ostish", "base": 1, "origins": [0], "shield": "x"}],
        "religions": [{"i": 0, "name": "No religion", "deity": None, "origins": None, "form": ""},
                      {"i": 1, "name": "Tidal Rite", "deity": "Ulla, The Wet", "form": "Cult", "origins": [0]}],
        "provinces": [0, {"i": 1, "state": 1, "name": "Low", "fullName": "Low March", "formName": "March"}],
        "markers": [{"i": 0, "icon": "v", "type": "hot-springs", "x": 20, "y": 90}],
    },
    "notes": [{"id": "marker0", "name": "The Kettle", "legend": "<b>Hot.</b><script>x()</script>"},
              {"id": "regiment1-0", "name": "1st Foot", "legend": "Stationed in Ostport."}],
}  # fmt: skip


def as_map(data: dict[str, Any]) -> bytes:
    """The same as a `.map`, its sections in an order of their own."""
    info, pack = data["info"], data["pack"]
    settings = "|".join(["mi", "4", "", "", "", "", "", "", "", "", "", "", "100", "1", *[""] * 5, "{}", "Smallsea"])
    sections = [f"1.999|x|d|seed|{info['width']}|{info['height']}|{info['mapId']}", settings, "<svg>\n</svg>"]
    sections += [json.dumps(part) for part in (data["notes"], pack["burgs"], pack["states"], *list(pack.values())[2:])]
    return "\r\n".join(sections).encode()


def named(project: Project, name: str) -> Entity:
    return next(one for one in project.all(Entity) if one.name == name)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "smallsea.json"
    path.write_text(json.dumps(MAP))
    return path


def test_a_map_becomes_a_world(project: Project, file: Path) -> None:
    report = import_files(project, [file])
    ost, port, war = (named(project, name) for name in ("Duchy of Ost", "Ostport", "Salt War"))
    assert report.read == report.imported + report.skipped
    assert (ost.kind, ost.custom["population"], port.fields["population"]) == ("faction", "500", "250")
    assert ost.fields["headquarters"].ref == port.id  # pyright: ignore[reportAttributeAccessIssue]
    assert war.fields["start"] == {"text": "12 HE"}
    assert len(war.fields["participants"]) == 2  # pyright: ignore[reportArgumentType]
    ties = {(one.type, one.from_id) for one in project.all(Relation)}
    assert ("ally_of", ost.id) in ties
    assert [one.type for one in project.all(Relation)].count("ally_of") == 1
    assert named(project, "Ulla").fields["title"] == "The Wet"
    assert named(project, "The Kettle").body == "**Hot.**"
    assert project.all(Entry)[0].title == "1st Foot"
    assert not {"Gone", "Neutrals", "Wildlands", "No religion"} & {one.name for one in project.all(Entity)}


def test_towns_and_markers_are_pinned_where_they_lie(project: Project, file: Path) -> None:
    import_files(project, [file])
    pins = {one.target_id: (one.x, one.y, one.layer) for one in project.all(Pin)}
    assert pins[named(project, "Ostport").id] == (0.5, 0.25, "Towns")
    assert pins[named(project, "The Kettle").id] == (0.1, 0.9, "Markers")


@pytest.mark.parametrize("wrap", [bytes, gzip.compress, base64.b64encode], ids=["plain", "gzip", "base64"])
def test_a_map_file_holds_the_same_world(project: Project, file: Path, tmp_path: Path, wrap: Any) -> None:
    first = import_files(project, [file])
    path = tmp_path / "smallsea.map"
    path.write_bytes(wrap(as_map(MAP)))
    again = import_files(project, [path])
    assert again.created == 0
    assert again.read == first.read


def test_importing_twice_changes_nothing(project: Project, file: Path) -> None:
    first = import_files(project, [file])
    assert import_files(project, [file]).unchanged == first.imported


def test_real_maps_come_in_whole(project: Project, shared: Path) -> None:
    folder = shared / "samples" / "maps" / "azgaar-seed1234"
    first = import_files(project, [folder / "minimal.json"])
    assert first.read == first.imported + first.skipped
    assert first.kinds["location"] > 50
    again = import_files(project, [folder / "fmg.map"])
    assert again.created == 0, again.reasons[:5]


def test_no_spoiled_map_escapes_the_reader(project: Project, tmp_path: Path) -> None:
    dice = random.Random(3)
    odd = [None, 3, "x", [], {}, [None], {"i": "x"}, -1, True, 1e300, [[1]]]

    def spoiled(value: Any) -> Any:
        if dice.random() < 0.1:
            return dice.choice(odd)
        if isinstance(value, dict):
            return {key: spoiled(one) for key, one in value.items()}
        return [spoiled(one) for one in value] if isinstance(value, list) else value

    for n in range(80):
        path = tmp_path / f"{n}.json"
        path.write_text(json.dumps(spoiled(MAP)))
        with suppress(ImportRefused):
            import_files(project, [path], dry_run=True)
    good = as_map(MAP)
    for n in range(40):
        data = bytearray(good)
        for _ in range(4):
            data[dice.randrange(60, len(data))] = dice.randrange(256)
        path = tmp_path / f"{n}.map"
        path.write_bytes(bytes(data))
        with suppress(ImportRefused):
            import_files(project, [path], dry_run=True)
