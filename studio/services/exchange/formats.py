"""The one table of everything that can be imported: what each format is, what is kept of it and what is lost.

The command `formats`, the documentation and the file dialogs are made from it. A format's module has two functions:
`claims(probe)` says whether this is one of its files, `read(probe)` reads it, touching no project.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from studio.domain.errors import ImportRefused
from studio.services.exchange.probe import Probe
from studio.services.exchange.reading import refuse

if TYPE_CHECKING:
    from pathlib import Path

    from studio.services.exchange.collection import Collection
    from studio.services.exchange.material import Material
    from studio.services.exchange.pack import Pack
    from studio.services.exchange.staging import Parsed

TEXTS = (".md", ".markdown", ".txt")


class Format(NamedTuple):
    """One format. `shapes` are what it may come as: folder, zip, json, text, or the ending of a file."""

    id: str
    title: str
    module: str
    shapes: tuple[str, ...]
    kept: str
    lost: str = "Nothing that is known."

    def may_be(self, probe: Probe) -> bool:
        """Whether it is worth importing the module to ask it."""
        shape = "folder" if probe.is_folder else "zip" if probe.is_zip else "json" if probe.is_json else ""
        return shape in self.shapes or probe.suffix in self.shapes

    def claims(self, probe: Probe) -> bool:
        """Whether this is one of its files."""
        return self.may_be(probe) and self.load().claims(probe)

    def load(self) -> Any:
        """The module with `claims` and `read`."""
        return import_module(f"studio.services.exchange.{self.module}")


FORMATS: tuple[Format, ...] = (
    Format("pack", "Project bundle", "pack", ("zip",), "Everything, with its history."),
    Format("ttrpg-world", "World as JSON", "world_json", ("json",), "Everything that the format can say."),
    Format(
        "predecessor", "Export of the app before this one", "predecessor", ("json",),
        "Chats, notes, prompts, blueprints and drafts; the rest is kept with the project.",
    ),
    Format(
        "prompts", "Prompts: Langfuse, dotprompt, llm, fabric, promptfoo, styles.csv", "prompts",
        ("json", "folder", "zip", ".prompt", ".csv", ".yaml", ".yml"),
        "Each prompt as a recipe: its messages, plain variables as slots, settings, tags, what it must not show.",
        "Conditions, loops and helpers of template languages stay text; files and programs that a prompt names.",
    ),
    Format(
        "notion", "Notion (Markdown & CSV)", "notion", ("zip", "folder"),
        "Every page with its properties, links, images; the pages of a table by the kind that its name says.",
        "Views, comments, files that are no images; tables as such, whose rows come in as pages.",
    ),
    Format(
        "obsidian", "Obsidian vault or folder of Markdown", "obsidian", ("folder", "zip"),
        "Every note with its front matter, links, tags, secrets and images; untouched notes go out byte for byte.",
        "Files that are neither notes, canvases nor images; settings of Obsidian; what plugins draw.",
    ),
    Format(
        "kanka", "Kanka campaign", "kanka", ("zip", "folder"),
        "Entities of every module and of your own, posts, traits, attributes, mentions as links, relations with"
        " attitude, memberships, tags, images, maps with their pins; what is private stays the game master's.",
        "Calendars, conversations, dice rolls, inventories, layers of maps.",
    ),
    Format(
        "azgaar", "Azgaar's Fantasy Map Generator", "azgaar", ("json", ".map"),
        "States, towns, provinces, cultures, religions with deities, markers, notes, wars as events, diplomacy, and a"
        " map with pins.",
        "The drawing itself (hang your picture of it on the map), rivers, routes, zones, goods, heraldry as pictures.",
    ),
    Format(
        "seasons-and-stars", "Calendar of Seasons & Stars", "calendars.seasons_stars", ("json", "folder", "zip"),
        "Months, days between them, weeks, leap years, moons, seasons, holidays as events; the rest for export.",
        "Variants, hours of the day, times of sunrise, formats of dates: kept for export, not shown.",
    ),
    Format(
        "simple-calendar", "Simple Calendar of Foundry VTT", "calendars.simple", ("json",),
        "Months, days between them, weeks, leap years, moons, seasons, notes as events with their dates.",
        "Names of years, weekdays that a month begins with, hours of the day, icons.",
    ),
    Format(
        "fantasy-calendar", "Fantasy-Calendar", "calendars.fantasy", ("json",),
        "Months with intervals, leap days, weeks, moons, eras, dated seasons, events with their dates.",
        "Weather, places, weeks of single months; events that come by rules keep them, and aren't computed.",
    ),
    Format(
        "calendarium", "Calendarium (Obsidian)", "calendars.calendarium", ("json",),
        "Months with intervals, leap days, weeks, moons, eras, dated seasons, events with their dates.",
        "Weather, names of years, eras that begin within a year.",
    ),
    Format(
        "donjon", "Calendar of donjon.bin.sh", "calendars.donjon", ("json",),
        "Months, weeks, moons, notes as events with their dates.",
    ),
    Format(
        "universal-vtt", "Universal VTT battle map", "maps.uvtt", ("json", ".uvtt", ".dd2vtt", ".df2vtt"),
        "The picture as a map with its width in squares; walls, doors and lights are kept with it.",
        "Walls, doors and lights aren't drawn; what a square is long isn't in the file.",
    ),
    Format(
        "one-page-dungeon", "One Page Dungeon (Watabou)", "maps.one_page", ("json",),
        "The dungeon as a place with its story and notes, a plan drawn from its rooms, a pin for each note.",
        "The look of the original; stairs and kinds of doors.",
    ),
    Format(
        "watabou-city", "City of Watabou's generator", "maps.watabou", ("json",),
        "The city and its districts as places, a plan drawn from its shapes, a pin for each district.",
        "The look of the original, names of landmarks, the scale.",
    ),
    Format(
        "character-card", "Character card (Tavern V1, V2, V3)", "tavern.cards", (".png", "json", "zip", ".charx"),
        "The character as an NPC with portrait, texts and tags; its lorebook as notes; the whole card for export.",
        "Assets that are no images.",
    ),
    Format(
        "foundry", "Foundry VTT", "foundry", ("folder", "zip", "json", ".db", ".yml", ".yaml"),
        "Journals, roll tables, scenes with their pins, actors and items with stat blocks, folders as tags, links.",
        "Macros, playlists and decks; walls, lights and tokens stay with their scene and only an export shows them.",
    ),
    Format(
        "chatgpt", "ChatGPT export", "chatgpt", ("json", "zip", "folder"),
        "Every chat with all its branches, models and times.",
        "What ChatGPT hid, tools' messages, images and files.",
    ),
    Format(
        "claude", "Claude export", "claude", ("json", "zip", "folder"),
        "Every chat with its times.", "Attachments and projects.",
    ),
    Format(
        "open-webui", "Open WebUI export", "openwebui", ("json",), "Every chat with all its branches and models.",
        "Files and images.",
    ),
    Format(
        "document", "Document: DOCX, PDF, EPUB, web page", "documents", ("zip", ".pdf", ".html", ".htm", ".xhtml"),
        "The text as a note, a book by chapters, a PDF with the number of each page; headings, lists, tables, images.",
        "Layout, footnotes' places, drawings, scanned pages; images of a PDF.",
    ),
    Format(
        "librechat", "LibreChat export", "librechat", ("json",), "The chat with all its branches and models.",
        "Files, images, tools.",
    ),
    Format(
        "discord", "Discord channel (DiscordChatExporter)", "discord", ("json",),
        "The channel as one chat, each message with the name that was shown, embeds' titles and names of attachments.",
        "Account numbers, avatars, reactions, stickers, the attachments themselves.",
    ),
    Format(
        "sillytavern", "SillyTavern chat", "sillytavern", (".jsonl",), "The chat with its swipes as branches.",
        "Settings of the model.",
    ),
    Format(
        "world-info", "Lorebook (World Info, NovelAI, Risu)", "tavern.lore", ("json", ".lorebook"),
        "Every entry as a note, its keys as tags; how it is triggered is kept for export.",
        "Nothing is triggered here.",
    ),
    Format(
        "world-anvil", "World Anvil", "worldanvil", ("folder", "zip", "json"),
        "Articles by their templates, with sections, tags, mentions as links; what is private, a draft or for"
        " subscribers stays the game master's.",
        "Images (they aren't in the export), maps' pins, timelines as such, styles.",
    ),
    Format(
        "legendkeeper", "LegendKeeper", "legendkeeper", ("json",),
        "Pages with their tree, tags, other names, properties and blocks; what is hidden stays the game master's.",
        "Maps, boards and timelines; calendars.",
    ),
    Format(
        "rules-5e", "Rules data of 5e: 5e-bits, Open5e, homebrew as of 5etools", "rules5e", ("json", "folder", "zip"),
        "Creatures with stat blocks, items, species, deities; spells, backgrounds, conditions and the rest as notes.",
        "What a copy changes in its original; prices and dice stay words, nothing is rolled.",
    ),
    Format(
        "collection", "Folder or zip of any of these", "collection", ("folder", "zip"),
        "Every file that is of a known kind, as if it were imported by itself; texts as notes. All is one change.",
        "Files of other kinds; the report names them.",
    ),
    Format("file", "Text or Markdown file", "plain", TEXTS, "The text, as an answer in a chat of its own."),
)  # fmt: skip
"""In the order in which they are asked."""


def detect(probe: Probe) -> Format:
    """The format of a file, folder or zip, by its content. Raises ImportRefused where none claims it."""
    found = next((one for one in FORMATS if one.claims(probe)), None)
    if found is None:
        _refuse_unknown(probe)
    return found


def parse(path: Path) -> Parsed | Pack | Material | Collection:
    """Read a file, folder or zip, whatever it is. Raises ImportRefused; touches no project."""
    with Probe(path) as probe:
        return detect(probe).load().read(probe)


def _refuse_unknown(probe: Probe) -> NoReturn:
    if probe.head.startswith(b"SQLite format 3"):
        refuse(f"“{probe.name}” is a project file. Open it, and export a bundle (.ttrpgpack) to bring it in here.")
    what = "a folder" if probe.is_folder else "a zip" if probe.is_zip else "JSON" if probe.is_json else "a file"
    where = "“Formats” in Help lists what can come in."
    raise ImportRefused(f"“{probe.name}” can't be imported: it is {what} of no kind that is known here. {where}")
