"""The blueprint form, declared once: sections and fields with labels, kinds of value, suggestions and help.

The dock, the Markdown, the completeness meter and the diff are all made from this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.domain.blueprint import DIALS

Kind = Literal["text", "long", "choice", "texts", "number", "decimal", "flag", "dial", "link", "links", "rows"]


@dataclass(frozen=True)
class Column:
    """One field of a row: `texts` columns hold a list."""

    name: str
    label: str
    kind: Literal["text", "long", "choice", "texts"] = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormField:
    """One field of the form. `choices` are suggestions, never a limit; `core` fields count for completeness."""

    path: str
    label: str
    kind: Kind = "text"
    help: str = ""
    choices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    core: bool = False

    @property
    def single_line(self) -> bool:
        """Whether a value is one line of text."""
        return self.kind in ("text", "choice")


@dataclass(frozen=True)
class Section:
    """A group of fields under one heading."""

    key: str
    title: str
    icon: str
    help: str
    fields: tuple[FormField, ...]


FORMATS = ("Campaign", "Adventure", "One-shot", "Setting", "Supplement", "Product line")
STRUCTURES = ("Sandbox", "Linear", "Faction web", "Mystery", "Hexcrawl", "West Marches")
SYSTEMS = (
    "Dungeons & Dragons", "Pathfinder", "Blades in the Dark", "Call of Cthulhu", "Mothership", "Shadowdark", "OSR",
    "Fate", "Savage Worlds", "Year Zero Engine", "Powered by the Apocalypse", "GURPS", "System neutral",
)  # fmt: skip
SAFETY = ("X-Card", "Lines and veils", "Open door", "Script change", "Stars and wishes", "Session zero", "Luxton")
ALLOWANCE = ("None", "Assisted", "Allowed")
_GENRES = (
    "Heroic fantasy", "Dark fantasy", "Folk horror", "Gothic horror", "Cosmic horror", "Mystery", "Heist", "Political",
    "Swashbuckling", "Space opera", "Cyberpunk", "Weird west", "Post-apocalypse", "Fairy tale", "Historical",
)  # fmt: skip
_TONES = (
    "Bleak",
    "Bittersweet",
    "Cosy",
    "Dread",
    "Epic",
    "Gritty",
    "Hopeful",
    "Melancholy",
    "Pulpy",
    "Wry",
    "Whimsical",
)
_MODES = ("World Builder", "Narrative Designer", "Encounter Architect", "General Guide")

IDENTITY = Section("identity", "Identity", "bookmark", "What it is called and what it is.", (
    FormField("identity.title", "Title", core=True, help="The name on the cover."),
    FormField("identity.tagline", "Tagline", help="One line that makes people lean in."),
    FormField("identity.format", "Format", "choice", choices=FORMATS, core=True),
    FormField("identity.game_system.name", "Game system", "choice", choices=SYSTEMS, core=True),
    FormField("identity.game_system.edition", "Edition"),
    FormField("identity.game_system.licence", "Rules licence", "choice",
              choices=("CC-BY-4.0", "OGL 1.0a", "ORC", "Own work", "Not published")),
    FormField("identity.language", "Language", "choice",
              choices=("English", "Deutsch", "Español", "Français", "Português", "Italiano")),
    FormField("identity.credits", "Credits", "texts", help="Who made it."),
    FormField("identity.cover", "Cover", help="What the cover shows, or where its file is."),
))  # fmt: skip
PITCH = Section("pitch", "Pitch", "quote", "Why anybody should play it.", (
    FormField("pitch.premise", "Premise", "long", core=True, help="What is going on, and why now. Two or three lines."),
    FormField("pitch.core_question", "Core question", core=True, help="What the play is there to find out."),
    FormField("pitch.genres", "Genres", "texts", choices=_GENRES, core=True),
    FormField("pitch.themes", "Themes", "texts", core=True, help="What it is about underneath."),
    FormField("pitch.tone", "Tone", "texts", choices=_TONES, core=True),
    FormField("pitch.touchstones", "Touchstones", "texts", help="Books, films and games that it is like."),
    FormField("pitch.pillars", "Pillars", "texts", core=True, help="Three things that every session should have."),
))  # fmt: skip
_DIAL_HELP = {
    "grit": ("Grit", "how hard and dirty life is"),
    "wonder": ("Wonder", "how strange and marvellous the world is"),
    "intrigue": ("Intrigue", "how much is schemed and hidden"),
    "combat": ("Combat", "how often blades are drawn"),
    "exploration": ("Exploration", "how much is found by going there"),
    "social": ("Social", "how much is settled by talking"),
    "lethality": ("Lethality", "how easily characters die"),
    "npc_density": ("NPC density", "how many people have a name"),
    "exploration_density": ("Exploration density", "how much there is to find in one place"),
}
DIAL_SECTION = Section("dials", "Dials", "sliders-horizontal", "How much of each, from 0 to 10.", tuple(
    FormField(f"dials.{name}", _DIAL_HELP[name][0], "dial", help=_DIAL_HELP[name][1]) for name in DIALS
))  # fmt: skip
SHAPE = Section("shape", "Shape", "layout-dashboard", "How it is played, how long and by whom.", (
    FormField("shape.play_style", "Play style", help="What players mostly do."),
    FormField("shape.scope", "Scope", "choice",
              choices=("One-shot", "Short arc", "Mini-campaign", "Full campaign", "Open-ended"), core=True),
    FormField("shape.session_count", "Sessions", help="How many, such as “10 to 12”."),
    FormField("shape.session_hours", "Hours per session"),
    FormField("shape.party.size", "Party size"),
    FormField("shape.party.levels", "Party levels", help="In your words, such as “levels 3 to 8”."),
    FormField("shape.party.level_from", "Level from", "number"),
    FormField("shape.party.level_to", "Level to", "number"),
    FormField("shape.structure", "Structure", "choice", choices=STRUCTURES, core=True),
    FormField("shape.acts", "Acts", "rows", help="The movements of the story, if it has them.", columns=(
        Column("title", "Title"), Column("goal", "Goal", "long"), Column("beats", "Beats", "texts"))),
))  # fmt: skip
WORLD = Section("world", "World hooks", "globe", "Where the blueprint holds on to the world.", (
    FormField("world.starting_region", "Starting region", "link", kinds=("location",), core=True),
    FormField("world.signature_factions", "Signature factions", "links", kinds=("faction",)),
    FormField("world.antagonists", "Antagonists", "links", kinds=("npc", "faction", "creature"), core=True),
    FormField("world.threat_horizon", "Threat horizon", help="How far away the danger is, and how it grows."),
    FormField("world.power_level", "Power level"),
    FormField("world.hook_bias", "Hook bias", "texts", help="What kinds of hooks to throw: debts, family, rumours."),
    FormField("world.fronts", "Fronts", "rows", help="Dangers that move whether or not the party does.", columns=(
        Column("name", "Name"), Column("stakes", "Stakes", "long"), Column("clock", "Clock"),
        Column("portents", "Portents", "texts"))),
    FormField("world.calendar", "Calendar"),
    FormField("world.start_date", "Start date"),
))  # fmt: skip
TABLE = Section("table", "Table", "shield", "What the people at the table agreed on.", (
    FormField("table.safety_tools", "Safety tools", "texts", choices=SAFETY, core=True),
    FormField("table.lines", "Lines", "texts", help="Never in the game."),
    FormField("table.veils", "Veils", "texts", help="In the game, but off screen."),
    FormField("table.session_zero_focus", "Session zero", "texts", help="What to talk about before the first session."),
    FormField("table.house_rules", "House rules", "texts"),
    FormField("table.content_warnings", "Content warnings", "texts"),
    FormField("table.player_primer", "Player primer", "long", help="What players may read before they start."),
))  # fmt: skip
PRODUCTION = Section("production", "Production", "package", "How it gets made and published.", (
    FormField("production.vtt.platform", "Virtual tabletop", "choice",
              choices=("Foundry VTT", "Roll20", "Fantasy Grounds", "Owlbear Rodeo", "Theatre of the mind")),
    FormField("production.vtt.map_style", "Map style"),
    FormField("production.vtt.fog_of_war", "Fog of war", "flag"),
    FormField("production.vtt.dynamic_lighting", "Dynamic lighting", "flag"),
    FormField("production.deliverables", "Deliverables", "rows", help="What has to be made.", columns=(
        Column("title", "Title"),
        Column("kind", "Kind", "choice", ("PDF", "Map", "Art", "Handout", "VTT module", "Print", "Audio")),
        Column("due", "Due"), Column("status", "Status", "choice", ("Planned", "In work", "In review", "Done")),
        Column("owner", "Owner"))),
    FormField("production.audience", "Audience"),
    FormField("production.licence", "Licence", "choice",
              choices=("All rights reserved", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "ORC")),
    FormField("production.ai_policy.text", "AI for text", "choice", choices=ALLOWANCE),
    FormField("production.ai_policy.art", "AI for art", "choice", choices=ALLOWANCE),
    FormField("production.ai_policy.maps", "AI for maps", "choice", choices=ALLOWANCE),
    FormField("production.ai_policy.disclosure", "AI disclosure", help="The sentence that tells readers."),
    FormField("production.budget.usd", "Budget in dollars", "decimal"),
    FormField("production.budget.tokens", "Budget in tokens", "number"),
))  # fmt: skip
GENERATION = Section("generation", "Generation", "wand-sparkles", "Defaults for what is generated from this.", (
    FormField("generation.assistant_mode", "Assistant mode", "choice", choices=_MODES),
    FormField("generation.default_recipes", "Default recipes", "texts", help="Prompt recipes to use first, by slug."),
    FormField("generation.session_packs", "Session packs", "texts"),
))  # fmt: skip

SECTIONS: tuple[Section, ...] = (IDENTITY, PITCH, DIAL_SECTION, SHAPE, WORLD, TABLE, PRODUCTION, GENERATION)
FIELDS: dict[str, FormField] = {f.path: f for s in SECTIONS for f in s.fields}


def field_of(path: str) -> FormField:
    """The field at a path; a dial of one's own gets a plain one."""
    if path in FIELDS:
        return FIELDS[path]
    name = path.rpartition(".")[2]
    return FormField(path, name.replace("_", " ").capitalize(), "dial" if path.startswith("dials.") else "text")


def section_of(path: str) -> Section:
    """The section that a path belongs to."""
    return next(s for s in SECTIONS if s.key == path.partition(".")[0])
