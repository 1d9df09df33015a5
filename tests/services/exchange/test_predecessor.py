"""The first studio's export: everything comes in, its Markdown blueprints as fields, and nothing twice."""

import json
from pathlib import Path
from typing import Any

import pytest

from studio.domain.blueprint import Blueprint
from studio.domain.chat import Message, Thread
from studio.domain.recipe import Recipe, RecipeVersion
from studio.domain.world import Entity, Entry
from studio.services import history
from studio.services.exchange import import_files
from studio.services.exchange.predecessor_blueprint import parse_blueprint
from studio.storage.project import Project

MARKDOWN = """# Ashes of the Verdant Crown — Campaign Blueprint

**System:** D&D 5e
**Play Style:** Narrative-first
**Campaign Scope:** Long campaign (4 hour sessions)
**Mood Dial:** Grit 7/10 · Wonder 5/10 · Intrigue 8/10

## Core Premise
The old engine beneath the marsh awakens.

Every faction wants it.

## World Pillars
- Genre Blend: Dark Fantasy, Political Intrigue
- Major Themes: Legacy, Corruption
- Threat Horizon: Regional
- Magic / Tech Level: Unstable

## VTT Session Tooling
- Preferred VTT: Foundry
- Map Style: Painterly
- Fog of War: Enabled
- Dynamic Lighting: Disabled
- Safety Tools: Lines & Veils, X-Card

## Build Checklist
- Starting Region: The Thornwake Marches
- Signature Faction: The Emerald Synod
- Session Zero Focus: Party bonds
- Hook Generator Bias: Court politics
- NPC Density Dial: 6/10
- Exploration Density Dial: 7/10
- Weather: mostly rain

## Starter Deliverables
1. One-page player primer
2. Three factions with motives and clocks
"""
OLDER = """# Arcology of Broken Spheres — Foundry Campaign Blueprint

**Core Game:** Shadowrun 5e
**Play Blend:** Tactical ops
**Campaign Scope:** Mini-campaign (3h sessions)
**Tone Dials:** Noir 8/10 · Horror 6/10

## Core Premise
A grid meets a node.

## Session Build Checklist
- Opening District: Glowmarket Barrens
- Signature Antagonist: Director Vale
- Secondary Inspiration: None
"""
EXPORT: dict[str, Any] = {
    "messages": [
        {"role": "user", "content": "Who rules the marsh?"},
        {"role": "assistant", "content": "The Emerald Synod does."},
        {"role": "tool", "content": "x"},
    ],
    "world_bible": [
        {"title": "Thornwake", "tags": ["region"], "content": "Wet.", "created_at": "2025-01-02T03:04:05Z"},
        {"title": "Mirel", "tags": [], "content": "Captain.", "entity_type": "npc"},
        {"title": "", "content": ""},
    ],
    "prompt_vault": [
        {"prompt": "A sunken hall. Style: oil. Lighting: candles. Mood: tense. Framing: wide. Detail level 8/10. "
                   "Negative prompt: blurry, text.", "subject": "A sunken hall", "style": "oil"},
        {"prompt": "Just paint something nice"},
    ],
    "project_blueprints": [{"name": "Ashes", "created_at": "2025-01-02T03:04:05Z", "blueprint": MARKDOWN}],
    "chat_artifacts": [{"id": "a1", "candidates": []}],
    "latest_extracted_context": {"npc": "Mirel"},
    "foundry_draft_overrides": {"project_name": "Half a plan", "grit": 4, "genres": ["Noir"]},
    "world_bible_draft_overrides": {"title": "Unfinished", "content": "Half a thought"},
    "prompt_forge_draft_overrides": {},
    "audit_log": ["[10:00:00Z] Prompt saved"],
    "usage_total": {"total_tokens": 12, "cost_usd": 0.1},
}  # fmt: skip


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The export as a file."""
    path = tmp_path / "ttrpg_studio_export.json"
    path.write_text(json.dumps(EXPORT), encoding="utf-8")
    return path


def test_every_part_arrives_and_is_counted(project: Project, source: Path) -> None:
    report = import_files(project, [source])
    assert report.read == report.imported + report.skipped
    assert report.skipped == 2
    assert [m.text for m in project.all(Message)] == ["Who rules the marsh?", "The Emerald Synod does."]
    assert {e.title for e in project.all(Entry)} == {"Thornwake", "Unfinished"}
    assert [e.name for e in project.all(Entity)] == ["Mirel"]
    assert len(project.all(Recipe)) == len(project.all(RecipeVersion)) == 2
    assert {b.name for b in project.all(Blueprint)} == {"Ashes of the Verdant Crown", "Half a plan"}
    kept = project.info().ext["ttrpg-studio-1"]
    assert kept["audit_log"] == EXPORT["audit_log"]
    assert kept["chat_artifacts"] == EXPORT["chat_artifacts"]
    assert kept["usage_total"]["total_tokens"] == 12


def test_a_second_import_changes_nothing(project: Project, source: Path) -> None:
    first = import_files(project, [source])
    again = import_files(project, [source])
    assert (again.created, again.updated, again.unchanged) == (0, 0, first.imported)


def test_a_grown_chat_goes_on_in_its_thread(project: Project, source: Path, tmp_path: Path) -> None:
    import_files(project, [source])
    grown = EXPORT | {"messages": [*EXPORT["messages"], {"role": "user", "content": "Since when?"}]}
    path = tmp_path / "later.json"
    path.write_text(json.dumps(grown), encoding="utf-8")
    assert import_files(project, [path]).created == 1
    assert len(project.all(Thread)) == 1
    said = project.all(Message)
    assert [m.parent_id for m in said] == [None, said[0].id, said[1].id]
    assert project.all(Thread)[0].leaf_id == said[2].id


def test_one_undo_takes_it_all_back(project: Project, source: Path) -> None:
    import_files(project, [source])
    history.undo(project)
    assert not project.all(Message)
    assert not project.all(Recipe)
    assert not project.info().ext


def test_the_headings_become_fields() -> None:
    found = parse_blueprint(MARKDOWN)
    assert found.identity.title == "Ashes of the Verdant Crown"
    assert found.identity.game_system.name == "D&D 5e"
    assert (found.shape.play_style, found.shape.scope, found.shape.session_hours) == (
        "Narrative-first",
        "Long campaign",
        "4",
    )
    assert found.dials == {"grit": 7, "wonder": 5, "intrigue": 8, "npc_density": 6, "exploration_density": 7}
    assert found.pitch.premise == "The old engine beneath the marsh awakens.\n\nEvery faction wants it."
    assert found.pitch.genres == ("Dark Fantasy", "Political Intrigue")
    assert found.pitch.themes == ("Legacy", "Corruption")
    assert (found.world.threat_horizon, found.world.power_level) == ("Regional", "Unstable")
    vtt = found.production.vtt
    assert (vtt.platform, vtt.map_style, vtt.fog_of_war, vtt.dynamic_lighting) == ("Foundry", "Painterly", True, False)
    assert found.table.safety_tools == ("Lines & Veils", "X-Card")
    assert found.table.session_zero_focus == ("Party bonds",)
    assert found.world.hook_bias == ("Court politics",)
    assert found.world.starting_region is not None
    assert found.world.starting_region.text == "The Thornwake Marches"
    assert [f.text for f in found.world.signature_factions] == ["The Emerald Synod"]
    assert found.production.deliverables[0].title == "One-page player primer"
    assert found.ext["ttrpg-studio-1"]["unread"] == ["- Weather: mostly rain"]
    assert found.ext["ttrpg-studio-1"]["markdown"] == MARKDOWN


def test_the_older_headings_become_fields_too() -> None:
    found = parse_blueprint(OLDER)
    assert found.identity.title == "Arcology of Broken Spheres"
    assert found.identity.game_system.name == "Shadowrun 5e"
    assert (found.shape.scope, found.shape.session_hours) == ("Mini-campaign", "3")
    assert found.dials == {"noir": 8, "horror": 6}
    assert [a.text for a in found.world.antagonists] == ["Director Vale"]
    assert found.pitch.touchstones == ()


def test_a_prompt_becomes_a_recipe_with_its_style(project: Project, source: Path) -> None:
    import_files(project, [source])
    version = next(v for v in project.all(RecipeVersion) if v.style_profile.style)
    style = version.style_profile
    assert (style.style, style.lighting, style.mood, style.framing) == ("oil", "candles", "tense", "wide")
    assert version.negative_policy.always == ("blurry", "text")
    assert version.slots[0].default == "A sunken hall"


def test_strange_content_is_skipped_never_an_error(project: Project, tmp_path: Path) -> None:
    strange = {key: [1, None, [], {}, {"content": 3}, "text"] for key in EXPORT} | {"usage_total": "?"}
    path = tmp_path / "x.json"
    path.write_text(json.dumps(strange), encoding="utf-8")
    report = import_files(project, [path])
    assert report.read == report.imported + report.skipped
