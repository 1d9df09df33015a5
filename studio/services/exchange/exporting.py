"""Exporting a project: to a bundle, to world-json, to Markdown. Exports change no record, but are audited."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.errors import Invalid
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.storage.project import Project


class Target(NamedTuple):
    """One format that goes out. `write` is `module:function` in this package: `(project, dest, lens=…) -> counts`.

    `ending` is its file's; a format with none is a folder, or a zip where the name ends so.
    """

    title: str
    ending: str
    write: str
    lost: str = "Nothing."

    def load(self) -> Callable[..., dict[str, int]]:
        """The function that writes it."""
        module, _, function = self.write.partition(":")
        return getattr(import_module(f"studio.services.exchange.{module}"), function)


EXPORTS: dict[str, Target] = {
    "ttrpgpack": Target("Project bundle, lossless, with history", ".ttrpgpack", "pack:write_whole"),
    "markdown": Target(
        "Markdown folder or zip with front matter and wikilinks", "", "markdown:write_files",
        "History, provenance, images, pins, clocks and clues.",
    ),
    "obsidian": Target(
        "Obsidian vault, folder or zip: untouched notes byte for byte", "", "obsidian.writer:write_vault",
        "History, provenance, chats, prompts, blueprints, claims, dates of relations, stat blocks made here, pins, "
        "clocks and clues; the vault's files that are neither notes, canvases nor images.",
    ),
    "world-json": Target(
        "The world as JSON that people can edit", ".json", "world_export:write_world",
        "History, provenance, chats, prompts, blueprints, images, pins, clocks and clues.",
    ),
    "foundry": Target(
        "Foundry VTT module: journals, roll tables, scenes with pins, links and secrets", ".zip",
        "foundry.writer:write_module",
        "History, provenance, chats, prompts, clocks and clues; who says what and since when; secret aliases.",
    ),
    "campaign-builder": Target(
        "JSON for the module “World & Campaign Builder” of Foundry VTT", ".json",
        "foundry.campaign_builder:write_builder",
        "All but people, creatures, deities, places and factions with their fields, texts and relations; images.",
    ),
    "character-cards": Target(
        "NPCs as character cards, V2 and V3 in one PNG each", ".zip", "tavern.export:write_cards",
        "Everything but NPCs; of them relations, dates, sources and fields that a card has no place for.",
    ),
    "world-info": Target(
        "The world as a lorebook (World Info) for role-play chats", ".json", "tavern.export:write_lore",
        "Everything but names, summaries and texts.",
    ),
    "seasons-and-stars": Target(
        "Calendars for Seasons & Stars: a folder or zip, or `.json` for the main one", "",
        "calendars.seasons_stars_out:write_calendars",
        "Everything but calendars; of them eras, weeks that begin anew, all but one rule of leap years: each file says "
        "what it can't hold, and coming back here it is whole.",
    ),
}  # fmt: skip
"""By the name that `export --format` takes."""


class Exported(Frozen):
    """What was written: records by kind (bundle, world-json) or files (Markdown)."""

    format: str
    path: str
    counts: dict[str, int]


def export_project(project: Project, dest: Path, *, format: str, lens: Lens = OPEN_EYES) -> Exported:
    """Write the project, as the lens shows it, to a file or folder.

    Raises Invalid for a format that isn't known, over a project file, and for a bundle that isn't for the game master:
    its history holds everything that was ever written.
    """
    if dest.suffix.lower() == project.path.suffix.lower() == ".ttrpg" or dest.resolve() == project.path.resolve():
        raise Invalid(f"“{dest.name}” is the name of a project file. Give the export another name.")
    if format not in EXPORTS:
        raise Invalid(f"There is no export format “{format}”. Choose one of {', '.join(EXPORTS)}.")
    counts = EXPORTS[format].load()(project, dest, lens=lens)
    project.audit("export", dest.name, {"format": format, "counts": counts, "audience": lens.audience})
    return Exported(format=format, path=str(dest), counts=counts)
