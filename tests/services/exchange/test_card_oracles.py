"""Other people's libraries for character cards take what we write, and say of it what we say."""

from __future__ import annotations

import base64
import json
import random
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from studio.services.exchange import export_project, import_files
from studio.services.exchange.tavern import png_text
from studio.services.exchange.tavern.cards import KEYWORDS
from studio.services.world import entities
from tests.services.exchange.oracles import node
from tests.services.exchange.test_tavern import CARD, carrying

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project

Json = dict[str, Any]
WORDS = ("", "Plain.", "\u201cQuoted\u201d {{char}}", "Line\nline", "<b>HTML</b>", "Ünïcödé 😀", "## Scenario\n\nx")


def cards(project: Project, folder: Path) -> list[dict[str, Json]]:
    """What stands in the PNGs that go out, by its keyword."""
    path = folder / "cards.zip"
    export_project(project, path, format="character-cards")
    with zipfile.ZipFile(path) as archive:
        carried = [png_text.texts(archive.read(name), name) for name in sorted(archive.namelist())]
    return [{key: json.loads(base64.b64decode(one[key])) for key in KEYWORDS} for one in carried]


@pytest.fixture
def people(project: Project, tmp_path: Path) -> Project:
    """One made here, one with every word in every field, one that came as a card, and every card of the samples."""
    dice = random.Random(3)
    entities.create_entity(project, kind="npc", name="Bare")
    for n in range(20):
        made = entities.create_entity(project, kind="npc", name=f"Person {n}", aliases=["Nick"] if n % 3 else [])
        changes = {name: dice.choice(WORDS) for name in ("body", "fields.personality")}
        entities.update_entity(project, made.id, changes | {"summary": dice.choice(WORDS).replace("\n", " ")})
    (tmp_path / "wren.png").write_bytes(carrying(CARD))
    import_files(project, [tmp_path / "wren.png"])
    return project


def with_samples(project: Project, shared: Path) -> Project:
    folder = shared / "samples" / "tavern"
    for path in [*folder.rglob("luna*.png"), *folder.rglob("test-card.json"), *folder.rglob("ccv*_min.json")]:
        import_files(project, [path])
    return project


CCARDLIB = """
const {CCardLib} = require('@risuai/ccardlib');
const given = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const check = one => [CCardLib.character.check(one.chara), CCardLib.character.check(one.ccv3)];
console.log(JSON.stringify(given.map(check)));
"""
UTILS = """
const {v2, safeParseToV2} = require('character-card-utils');
const given = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(given.map(one => {
  const strict = v2.safeParse(one.chara), read = safeParseToV2(one.chara);
  return {problems: strict.success ? [] : strict.error.issues, data: read.success ? read.data : null};
})));
"""


def test_ccardlib_says_of_each_card_which_version_it_is(people: Project, shared: Path, tmp_path: Path) -> None:
    run = node("@risuai/ccardlib")
    found = cards(with_samples(people, shared), tmp_path)
    assert len(found) > 24
    assert run(CCARDLIB, found) == [["v2", "v3"]] * len(found)


def test_character_card_utils_takes_each_card_and_reads_the_same(people: Project, shared: Path, tmp_path: Path) -> None:
    run = node("character-card-utils")
    found = cards(with_samples(people, shared), tmp_path)
    for card, told in zip(found, run(UTILS, found), strict=True):
        assert told["problems"] == [], card["chara"]["data"]["name"]
        ours = card["chara"]["data"]
        assert {key: told["data"]["data"][key] for key in ours if key != "character_book"} == {
            key: value for key, value in ours.items() if key != "character_book"
        }
