"""Exporting a project: to a bundle, to world-json, to documents. Exports change no record, but are audited."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from studio.domain.errors import Invalid
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.services.exchange.staging import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studio.services.exchange.publishing.document import Document
    from studio.storage.project import Project


class Target(NamedTuple):
    """One format that goes out. `write` is `module:function` in this package: `(project, dest, lens=…) -> counts`, or
    `-> (counts, what found no place)`.

    `ending` is its file's; a format with none is a folder, or a zip where the name ends so. One for a `document` takes
    what `publishing` gathered: `(document, dest) -> Written`.
    """

    title: str
    ending: str
    write: str
    lost: str = "Nothing."
    document: bool = False

    def load(self) -> Callable[..., Any]:
        """The function that writes it."""
        module, _, function = self.write.partition(":")
        return getattr(import_module(f"studio.services.exchange.{module}"), function)


_UNPRINTED = "History, chats, prompts, clocks, deprecated entries; images of the web, which aren't fetched."

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
        "Everything but calendars; of them eras, weeks that begin anew, all but one rule of leap years. A file carries "
        "along what it can't hold, and is whole when it comes back here.",
    ),
    "pdf": Target("Document as PDF, ready to print", ".pdf", "publishing.writers:write_pdf", _UNPRINTED, document=True),
    "docx": Target(
        "Document for Word and LibreOffice", ".docx", "publishing.writers:write_docx",
        f"{_UNPRINTED} Numbers on maps, WebP images.", document=True,
    ),
    "epub": Target("Document as e-book (EPUB 3)", ".epub", "publishing.writers:write_epub", _UNPRINTED, document=True),
    "html": Target("Document as one web page", ".html", "publishing.writers:write_html", _UNPRINTED, document=True),
    "homebrewery": Target(
        "Document as Markdown for the Homebrewery", ".md", "publishing.writers:write_homebrewery",
        f"{_UNPRINTED} Images.", document=True,
    ),
    "json": Target(
        "Entries, relations, statements and notes as plain JSON", ".json", "publishing.data:write_json",
        "History, provenance, chats, prompts, blueprints, images, pins, clocks, clues and stat blocks.",
    ),
    "csv": Target(
        "The same as tables (CSV), a zip with one for each kind", ".zip", "publishing.data:write_csv",
        "History, provenance, chats, prompts, blueprints, images, pins, clocks, clues and stat blocks.",
    ),
    "langfuse": Target(
        "Prompts as Langfuse imports them, with versions, labels and tags", ".json", "prompts_out:write_langfuse",
        "Everything but prompts; of them styles, and filters and loops in templates; conditions of blocks and slots"
        " go along in the config.",
    ),
    "dotprompt": Target(
        "Prompts as dotprompt files", ".zip", "prompts_out:write_dotprompt",
        "Everything but prompts; of them styles, earlier versions, and filters and loops in templates.",
    ),
    "llm": Target(
        "Prompts as templates of the command-line tool llm", ".zip", "prompts_out:write_llm",
        "Everything but prompts; of them titles, tags, styles, earlier versions, conditions, turns of the assistant,"
        " and what must not be shown.",
    ),
}  # fmt: skip
"""By the name that `export --format` takes."""


class Exported(Frozen):
    """What was written: records by kind, files (Markdown) or sections (documents), and what found no place there."""

    format: str
    path: str
    counts: dict[str, int]
    lost: tuple[Reason, ...] = ()


def export_project(
    project: Project, dest: Path, *, format: str, lens: Lens = OPEN_EYES, document: str = "", about: Sequence[str] = ()
) -> Exported:  # fmt: skip
    """Write the project, as the lens shows it, to a file or folder.

    `document` and `about` say which document it is, and of which entries, for the formats that are for one. Raises
    Invalid for a format that isn't known, over a project file, and for a bundle that isn't for the game master: its
    history holds everything that was ever written.
    """
    if _target(format).document:
        gathered = gather_document(project, lens=lens, document=document, about=about)
        return noted(project, write_document(project.path, gathered, dest, format=format), lens=lens)
    if document or about:
        raise Invalid(f"{format} is all of the project. Documents are {', '.join(DOCUMENT_FORMATS)}.")
    check_place(project.path, dest)
    made = _target(format).load()(project, dest, lens=lens)
    counts, lost = made if isinstance(made, tuple) else (made, ())
    return noted(project, Exported(format=format, path=str(dest), counts=counts, lost=lost), lens=lens)


def gather_document(project: Project, *, lens: Lens, document: str = "", about: Sequence[str] = ()) -> Document:
    """What stands in a document, for any of its formats. The rest needs no project."""
    from studio.services.exchange.publishing.gathering import gather

    return gather(project, document=document, lens=lens, about=about)


def write_document(
    project: Path, document: Document, dest: Path, *, format: str, stopped: Callable[[], bool] = lambda: False
) -> Exported:  # fmt: skip
    """Write what was gathered: on any thread, for setting pages takes its time. Raises Cancelled once it is stopped."""
    check_place(project, dest)
    counts, lost = _target(format).load()(document, dest, stopped)
    return Exported(format=format, path=str(dest), counts=counts, lost=lost)


def noted(project: Project, done: Exported, *, lens: Lens) -> Exported:
    """Write into the audit log that something went out."""
    name = done.path.replace("\\", "/").rpartition("/")[2]
    project.audit("export", name, {"format": done.format, "counts": done.counts, "audience": lens.audience})
    return done


def check_place(project: Path, dest: Path) -> None:
    """Raises Invalid where the export would lie over a project file."""
    if dest.suffix.lower() == project.suffix.lower() == ".ttrpg" or dest.resolve() == project.resolve():
        raise Invalid(f"“{dest.name}” is the name of a project file. Give the export another name.")


def _target(format: str) -> Target:
    if format not in EXPORTS:
        raise Invalid(f"There is no export format “{format}”. Choose one of {', '.join(EXPORTS)}.")
    return EXPORTS[format]


DOCUMENT_FORMATS = tuple(name for name, target in EXPORTS.items() if target.document)
