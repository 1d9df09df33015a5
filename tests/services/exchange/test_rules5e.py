"""Rules data of the fifth edition: three shapes, one stat block, and no text that was code."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.errors import ImportRefused
from studio.domain.world import Entity, Entry
from studio.services.exchange import formats, import_files
from studio.services.exchange.publishing.statblocks import stats
from studio.services.exchange.rules5e.tags import Words

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project

BITS = [
    {
        "index": "wolf", "name": "Wolf", "size": "Medium", "type": "beast", "alignment": "unaligned",
        "armor_class": [{"type": "natural", "value": 13}], "hit_points": 11, "hit_points_roll": "2d8+2",
        "speed": {"walk": "40 ft."}, "strength": 12, "dexterity": 15, "constitution": 12, "intelligence": 3,
        "wisdom": 12, "charisma": 6, "challenge_rating": 0.25, "senses": {"passive_perception": 13},
        "proficiencies": [{"value": 3, "proficiency": {"name": "Skill: Perception"}}],
        "special_abilities": [{"name": "Keen Nose", "desc": "It smells well."}],
        "actions": [{"name": "Bite", "desc": "Teeth."}], "url": "/api/2014/monsters/wolf",
    },
    {
        "index": "blinded", "name": "Blinded", "desc": ["- Sees nothing.", "- Hits little."],
        "url": "/api/2014/conditions/blinded",
    },
]  # fmt: skip
OPEN5E = [
    {"model": "api_v2.license", "pk": "cc-by-40", "fields": {"name": "CC BY 4.0"}},
    {"model": "api_v2.document", "pk": "tome", "fields": {"name": "The Tome", "licenses": ["cc-by-40"]}},
    {
        "model": "api_v2.creature", "pk": "tome_owl",
        "fields": {
            "name": "Owl", "document": "tome", "type": "beast", "size": "tiny", "challenge_rating": "0.125",
            "armor_class": 11, "hit_points": 1, "fly": 60.0, "darkvision_range": 120, "skill_bonus_stealth": 3,
            "ability_score_strength": 3, "ability_score_dexterity": 13, "ability_score_constitution": 8,
            "ability_score_intelligence": 2, "ability_score_wisdom": 12, "ability_score_charisma": 7,
        },
    },
    {
        "model": "api_v2.creatureaction", "pk": "a2",
        "fields": {"name": "Talons", "desc": "Scratch.", "parent": "tome_owl", "order_in_statblock": 2},
    },
    {"model": "api_v2.creaturetrait", "pk": "t", "fields": {"name": "Flyby", "desc": "Quick.", "parent": "tome_owl"}},
    {"model": "api_v2.creatureaction", "pk": "a9", "fields": {"name": "Lost", "desc": "", "parent": "tome_bat"}},
]  # fmt: skip
BREW = {
    "_meta": {"sources": [{"json": "REED", "full": "Reed Folk"}]},
    "monster": [
        {
            "name": "Heron Knight", "source": "REED", "size": ["M"], "type": {"type": "humanoid", "tags": ["bird"]},
            "alignment": ["L", "N"], "ac": [{"ac": 16, "from": ["{@item chain mail|phb}"]}],
            "hp": {"average": 40, "formula": "6d8+13"}, "speed": {"walk": 30}, "str": 14, "dex": 12, "con": 13,
            "int": 10, "wis": 11, "cha": 9, "cr": {"cr": "2"}, "passive": 10, "resist": ["cold"],
            "action": [
                {"name": "Spear {@recharge 5}", "entries": ["{@atk mw} {@hit 4} to hit. {@h}{@damage 1d8 + 2}."]}
            ],
            "entries": ["Sworn to a {@creature Heron|REED|long-legged bird}."],
        },
        {"name": "Heron", "source": "REED", "size": ["S"], "type": "beast", "cr": "0"},
        {"name": "Grey Heron", "source": "REED", "_copy": {"name": "Heron", "source": "REED", "_mod": {}}},
        {"name": "Old Heron", "source": "REED", "_copy": {"name": "Grey Heron", "source": "REED"}, "cr": "1"},
        {"name": "Ring", "source": "REED", "_copy": {"name": "Round", "source": "REED"}},
        {"name": "Round", "source": "REED", "_copy": {"name": "Ring", "source": "REED"}},
        {"name": "Lost Heron", "source": "REED", "_copy": {"name": "Crane", "source": "XX"}},
    ],
    "deity": [{"name": "Old Reed", "source": "REED", "alignment": ["N"], "domains": ["Nature"], "pantheon": "Marsh"}],
    "bookData": [{"name": "x"}],
}  # fmt: skip


def written(folder: Path, name: str, data: Any) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(data))
    return folder / name


def named(project: Project, name: str) -> Entity:
    return next(one for one in project.all(Entity) if one.name == name)


def test_5e_bits_become_creatures_and_notes(project: Project, tmp_path: Path) -> None:
    report = import_files(project, [written(tmp_path, "bits.json", BITS)])
    assert (report.created, report.skipped) == (2, 0)
    wolf = named(project, "Wolf")
    assert (wolf.kind, wolf.fields["challenge"], wolf.fields["creature_type"]) == ("creature", "1/4", "beast")
    assert wolf.custom["source"] == "System Reference Document 5.1 (CC-BY-4.0)"
    assert wolf.statblock is not None
    block = stats("", wolf.statblock)
    assert block.scores[1] == ("DEX", "15 (+2)")
    assert ("Skills", "Perception +3") in block.rows
    assert dict(block.parts)["Actions"] == (("Bite", "Teeth."),)
    assert project.all(Entry)[0].body == "- Sees nothing.\n\n- Hits little."


def test_parts_of_open5e_find_their_creature_over_files(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "v2"
    written(folder, "Creature.json", OPEN5E[:3])
    written(folder, "Parts.json", OPEN5E[3:])
    report = import_files(project, [folder])
    owl = named(project, "Owl")
    assert owl.statblock is not None
    assert owl.custom["source"] == "The Tome (CC BY 4.0)"
    assert [part for part, _ in stats("", owl.statblock).parts] == ["Traits", "Actions"]
    assert (owl.statblock["speed"], owl.statblock["cr"]) == ("fly 60 ft.", "1/8")
    assert [reason.what for reason in report.reasons if reason.skipped] == ["Lost"]
    assert import_files(project, [folder]).unchanged == report.imported


def test_homebrew_comes_in_with_its_tags_in_words_and_its_copies(project: Project, tmp_path: Path) -> None:
    report = import_files(project, [written(tmp_path, "reed.json", BREW)])
    knight = named(project, "Heron Knight")
    assert knight.body == "Sworn to a [[Heron|long-legged bird]]."
    assert knight.custom["source"] == "Reed Folk"
    assert knight.statblock is not None
    assert knight.statblock["ac"] == "16 (chain mail)"
    assert knight.statblock["actions"] == [
        {"name": "Spear (Recharge 5–6)", "desc": "*Melee Weapon Attack:* +4 to hit. *Hit:* 1d8 + 2."}
    ]
    assert named(project, "Grey Heron").fields["size"] == "Small"
    old = named(project, "Old Heron")
    assert (old.fields["size"], old.fields["challenge"], old.name) == ("Small", "1", "Old Heron")
    assert named(project, "Old Reed").fields["domains"] == ["Nature"]
    why = {reason.what: reason.why for reason in report.reasons}
    assert why["Lost Heron"] == "it is a copy of “Crane”, which isn't in these files"
    assert why["Ring"] == "it is a copy of “Ring”, which is a copy of it"
    assert why["bookData"] == "it has no place here"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("{@b Loud} and {@i soft}", "**Loud** and *soft*"), ("{@dc 15} {@skill Stealth}", "DC 15 Stealth"),
        ("{@note see {@spell light|phb}}", "*see light*"), ("{@dice 2d6|two dice}", "two dice"), ("{@b}", ""),
        ("{@book a|b|c} {broken {@", "c {broken {@"), ("{@area hall|x|The Hall}", "The Hall"),
    ],
)  # fmt: skip
def test_tags_become_words(told: str, words: str) -> None:
    assert Words({}).text(told) == words


def test_tables_lists_and_insets_become_markdown() -> None:
    tree = {
        "name": "Reeds", "type": "entries", "entries": [
            {"type": "list", "items": ["one", {"type": "item", "name": "Two", "entry": "2"}]},
            {"type": "table", "colLabels": ["d4", "x"], "rows": [[{"roll": {"min": 1, "max": 2}}, "a|b"]]},
            {"type": "inset", "name": "Aside", "entries": ["said"]},
        ],
    }  # fmt: skip
    assert Words({}).entries([tree]) == (
        "## Reeds\n\n- one\n- **Two.** 2\n\n| d4 | x |\n| --- | --- |\n| 1–2 | a/b |\n\n> Aside\n>\n> said"
    )


def test_real_data_comes_in_whole(project: Project, shared: Path) -> None:
    for name, creatures in (("5e-bits-2014-en", 334), ("open5e-v2-srd-2024", 331)):
        report = import_files(project, [shared / "samples" / "data-5e" / name], dry_run=True)
        assert report.kinds["creature"] == creatures
        assert report.read == report.imported + report.skipped


def test_no_spoiled_data_escapes_the_reader(tmp_path: Path) -> None:
    dice = random.Random(5)
    odd = [None, 3, "x", [], {}, [None], {"name": 4}, -1, True, 1e300, [[1]], "{@b {@i"]

    def spoiled(value: Any) -> Any:
        if dice.random() < 0.08:
            return dice.choice(odd)
        if isinstance(value, dict):
            return {key: spoiled(one) for key, one in value.items()}
        return [spoiled(one) for one in value] if isinstance(value, list) else value

    for _ in range(150):
        for data in (BITS, OPEN5E, BREW):
            path = written(tmp_path, "spoiled.json", spoiled(data))
            with suppress(ImportRefused):
                formats.parse(path)
