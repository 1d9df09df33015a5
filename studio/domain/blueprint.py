"""The Project Foundry blueprint: what a campaign or product is meant to be. Markdown is rendered from it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from studio.domain.record import Frozen, Record
from studio.domain.world import Link

Dial = Annotated[int, Field(ge=0, le=10)]
Texts = tuple[str, ...]


class GameSystem(Frozen):
    """The rules that the project is for."""

    name: str = ""
    edition: str = ""
    licence: str = ""


class Identity(Frozen):
    """What it is called and what it is."""

    title: str = ""
    tagline: str = ""
    format: str = ""
    game_system: GameSystem = GameSystem()
    language: str = ""
    credits: Texts = ()
    cover: str = ""


class Pitch(Frozen):
    """Why anybody should play it."""

    premise: str = ""
    core_question: str = ""
    genres: Texts = ()
    themes: Texts = ()
    tone: Texts = ()
    touchstones: Texts = ()
    pillars: Texts = ()


class Party(Frozen):
    """Who plays: how many and of which levels. `levels` keeps the words as written."""

    size: str = ""
    level_from: int | None = None
    level_to: int | None = None
    levels: str = ""


class Act(Frozen):
    """One act of a linear structure."""

    title: str = ""
    goal: str = ""
    beats: Texts = ()


class Shape(Frozen):
    """How it is played, how long and by whom."""

    play_style: str = ""
    scope: str = ""
    session_count: str = ""
    session_hours: str = ""
    party: Party = Party()
    structure: str = ""
    acts: tuple[Act, ...] = ()


class Front(Frozen):
    """A danger that moves whether or not the party does."""

    name: str = ""
    stakes: str = ""
    clock: str = ""
    portents: Texts = ()


class WorldHooks(Frozen):
    """Where the blueprint holds on to the world."""

    starting_region: Link | None = None
    signature_factions: tuple[Link, ...] = ()
    antagonists: tuple[Link, ...] = ()
    threat_horizon: str = ""
    power_level: str = ""
    hook_bias: Texts = ()
    fronts: tuple[Front, ...] = ()
    calendar: str = ""
    start_date: str = ""


class Table(Frozen):
    """What the people at the table agreed on."""

    safety_tools: Texts = ()
    lines: Texts = ()
    veils: Texts = ()
    session_zero_focus: Texts = ()
    house_rules: Texts = ()
    content_warnings: Texts = ()
    player_primer: str = ""


class Vtt(Frozen):
    """Needs of a virtual tabletop."""

    platform: str = ""
    map_style: str = ""
    fog_of_war: bool | None = None
    dynamic_lighting: bool | None = None


class Deliverable(Frozen):
    """One thing that has to be made."""

    title: str = ""
    kind: str = ""
    due: str = ""
    status: str = ""
    owner: str = ""


class AiPolicy(Frozen):
    """What a model may do for this product, and how that is told."""

    text: str = ""
    art: str = ""
    maps: str = ""
    disclosure: str = ""


class Budget(Frozen):
    """What the project may spend on models."""

    usd: float | None = None
    tokens: int | None = None


class Production(Frozen):
    """How it gets made and published."""

    vtt: Vtt = Vtt()
    deliverables: tuple[Deliverable, ...] = ()
    audience: str = ""
    licence: str = ""
    ai_policy: AiPolicy = AiPolicy()
    budget: Budget = Budget()


class Generation(Frozen):
    """Defaults for what is generated for this blueprint."""

    assistant_mode: str = ""
    default_recipes: Texts = ()
    session_packs: Texts = ()


DIALS = (
    "grit",
    "wonder",
    "intrigue",
    "combat",
    "exploration",
    "social",
    "lethality",
    "npc_density",
    "exploration_density",
)


class Blueprint(Record):
    """The whole form, by groups; a field's path is `group.field`, as in `pitch.premise`."""

    kind: str = "blueprint"
    identity: Identity = Identity()
    pitch: Pitch = Pitch()
    dials: dict[str, Dial] = Field(default_factory=dict)
    shape: Shape = Shape()
    world: WorldHooks = WorldHooks()
    table: Table = Table()
    production: Production = Production()
    generation: Generation = Generation()

    @property
    def name(self) -> str:
        """What lists and links call it."""
        return self.identity.title or "Untitled blueprint"


EXTRACTED_PATHS: dict[str, str] = {
    "title": "identity.title",
    "tagline": "identity.tagline",
    "game_system": "identity.game_system.name",
    "premise": "pitch.premise",
    "genres": "pitch.genres",
    "themes": "pitch.themes",
    "tone": "pitch.tone",
    "pillars": "pitch.pillars",
    "play_style": "shape.play_style",
    "scope": "shape.scope",
    "session_count": "shape.session_count",
    "party_levels": "shape.party.levels",
    "structure": "shape.structure",
    "starting_region": "world.starting_region",
    "signature_faction": "world.signature_factions",
    "antagonists": "world.antagonists",
    "threat_horizon": "world.threat_horizon",
    "safety_tools": "table.safety_tools",
    "content_warnings": "table.content_warnings",
}
"""Extraction's short names → paths of the form."""
