"""The first studio's blueprints: Markdown with fixed headings and labels, read back into the fields of the form."""

from __future__ import annotations

import re
from typing import Any

from studio.domain.blueprint import Blueprint
from studio.domain.errors import Invalid
from studio.domain.text import fold
from studio.domain.world import Link
from studio.services.foundry.paths import get_path, set_path

NS = "ttrpg-studio-1"
_TITLE = re.compile(r"^#\s+(\S.{0,300}?)(?:\s+[—–-]\s+(?:Foundry\s+)?(?:Campaign\s+)?Blueprint)?\s*$")
_LABEL = re.compile(r"^(?:[-*]\s+)?(?:\*\*)?([^:*]{2,40}):(?:\*\*)?\s*(.*?)\s*$")
_NUMBERED = re.compile(r"^\d+[.)]\s+(.+)$")
_DIAL = re.compile(r"([A-Za-z][A-Za-z ]{0,40}?)\s{1,9}(\d{1,2})\s{0,9}/\s{0,9}10")
_HOURS = re.compile(r"^(.{0,300}?)\s{0,9}\((\d+(?:[.,]\d+)?)\s*h(?:our)?s?\b[^)]*\)$")
_NONE = {"", "none", "n/a", "-", "–", "—"}

PATHS: dict[str, str] = {
    "project name": "identity.title", "title": "identity.title", "system": "identity.game_system.name",
    "game system": "identity.game_system.name", "core game": "identity.game_system.name",
    "play style": "shape.play_style", "play blend": "shape.play_style", "campaign scope": "shape.scope",
    "session length": "shape.session_hours", "premise": "pitch.premise", "core premise": "pitch.premise",
    "genre blend": "pitch.genres", "genres": "pitch.genres", "major themes": "pitch.themes", "themes": "pitch.themes",
    "tone": "pitch.tone", "secondary inspiration": "pitch.touchstones", "threat horizon": "world.threat_horizon",
    "magic / tech level": "world.power_level", "power level": "world.power_level",
    "preferred vtt": "production.vtt.platform", "platform": "production.vtt.platform",
    "vtt platform": "production.vtt.platform", "map style": "production.vtt.map_style",
    "scene style": "production.vtt.map_style", "fog of war": "production.vtt.fog_of_war",
    "dynamic lighting": "production.vtt.dynamic_lighting", "safety tools": "table.safety_tools",
    "starting region": "world.starting_region", "opening district": "world.starting_region",
    "signature faction": "world.signature_factions", "signature antagonist": "world.antagonists",
    "session zero focus": "table.session_zero_focus", "hook generator bias": "world.hook_bias",
    "hook bias": "world.hook_bias", "npc density dial": "dials.npc_density", "npc density": "dials.npc_density",
    "exploration density dial": "dials.exploration_density", "exploration density": "dials.exploration_density",
    "combat density": "dials.combat", "legwork density": "dials.legwork", "grit": "dials.grit",
    "wonder": "dials.wonder", "intrigue": "dials.intrigue", "noir": "dials.noir", "horror": "dials.horror",
    "hope": "dials.hope",
}  # fmt: skip
"""Labels of its Markdown, and keys of its forms with blanks for underscores → paths of ours."""

_LISTS = {"pitch.genres", "pitch.themes", "pitch.tone", "pitch.touchstones", "table.safety_tools"}
_ONE_OF_LIST = {"table.session_zero_focus", "world.hook_bias"}
_LINKS = {"world.signature_factions", "world.antagonists"}
_FLAGS = {"production.vtt.fog_of_war", "production.vtt.dynamic_lighting"}


def parse_blueprint(markdown: str, *, name: str = "") -> Blueprint:
    """The blueprint; the Markdown itself and lines that no field takes stay in `ext`."""
    blueprint = Blueprint()
    unread: list[str] = []
    heading, premise = "", []
    for line in (raw.strip() for raw in markdown.splitlines()):
        if match := re.match(r"^##\s+(.+)$", line):
            heading = fold(match[1])
        elif line.startswith("# ") and not blueprint.identity.title:
            title = _TITLE.match(line)
            blueprint = _set(blueprint, "identity.title", title[1] if title else line[2:])
        elif heading == "core premise":
            premise.append(line)
        elif line:
            blueprint, understood = _line(blueprint, heading, line)
            unread += [] if understood else [line]
    blueprint = _set(blueprint, "pitch.premise", "\n".join(premise).strip())
    if name and not blueprint.identity.title:
        blueprint = _set(blueprint, "identity.title", name)
    kept: dict[str, Any] = {"markdown": markdown}
    return blueprint.model_copy(update={"ext": {NS: kept | ({"unread": unread} if unread else {})}})


def _line(blueprint: Blueprint, heading: str, line: str) -> tuple[Blueprint, bool]:
    """The blueprint with what one line says, and whether any field took it."""
    if heading == "starter deliverables" and (match := _NUMBERED.match(line)):
        done = [d.model_dump() for d in blueprint.production.deliverables]
        return _set(blueprint, "production.deliverables", [*done, {"title": match[1]}]), True
    match = _LABEL.match(line)
    if match is None:
        return blueprint, False
    label, value = fold(match[1]), match[2]
    if label in ("mood dial", "tone dials", "mood dials"):
        for dial, number in _DIAL.findall(value):
            blueprint = _set(blueprint, f"dials.{fold(dial).replace(' ', '_')}", min(10, int(number)))
        return blueprint, True
    if label not in PATHS:
        return blueprint, False
    return apply_label(blueprint, label, value), True


def apply_label(blueprint: Blueprint, label: str, value: Any) -> Blueprint:
    """The blueprint with one labelled value, in words or as the old forms stored it."""
    path = PATHS[label]
    if isinstance(value, list):
        value = ", ".join(str(v) for v in value)
    words = str(value).strip()
    if fold(words) in _NONE:
        return blueprint
    if path == "shape.scope" and (match := _HOURS.match(words)):
        return _set(_set(blueprint, path, match[1]), "shape.session_hours", match[2])
    if path.startswith("dials."):
        number = re.match(r"\d+", words)
        return _set(blueprint, path, min(10, int(number.group()))) if number else blueprint
    return _set(blueprint, path, _shaped(blueprint, path, words))


def _shaped(blueprint: Blueprint, path: str, words: str) -> Any:
    if path in _FLAGS:
        return fold(words) in ("enabled", "true", "yes", "on")
    if path in _LISTS:
        return [w.strip() for w in words.split(",") if w.strip()]
    if path in _ONE_OF_LIST:
        return [words]
    if path in _LINKS:
        return [*get_path(blueprint, path), Link(text=words)]
    return Link(text=words) if path == "world.starting_region" else words


def _set(blueprint: Blueprint, path: str, value: Any) -> Blueprint:
    try:
        return set_path(blueprint, path, value) if value not in ("", [], None) else blueprint
    except Invalid:
        return blueprint
