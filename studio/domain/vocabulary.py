"""The words of a world: entity kinds with their typed fields, and relation types with their inverses."""

from __future__ import annotations

from typing import Any, Literal

from studio.domain.record import Frozen

FieldType = Literal["text", "long", "number", "bool", "date", "list", "choice", "link", "links"]

GM_ONLY_FIELDS = frozenset({
    "secret", "private_agenda", "hidden_details", "twist", "portents", "strong_start", "scenes", "loot",
})  # fmt: skip
"""Fields that only the game master may see, even on an entity that is open to the party."""


class FieldSpec(Frozen):
    """One typed field of a kind. `kinds` names what a link may point to; empty means anything.

    `choices`, `least`, `most` and `required` help while typing; none of them refuses a value.
    """

    name: str
    type: FieldType = "text"
    kinds: tuple[str, ...] = ()
    help: str = ""
    title: str = ""
    choices: tuple[str, ...] = ()
    least: int | float | None = None
    most: int | float | None = None
    whole: bool = False
    gm: bool = False
    required: bool = False
    default: Any = None

    @property
    def label(self) -> str:
        """The field's name as a person reads it."""
        return self.title or self.name.replace("_", " ").capitalize()

    @property
    def gm_only(self) -> bool:
        """Whether only the game master may see it, whoever sees the entity."""
        return self.gm or self.name in GM_ONLY_FIELDS


class KindSpec(Frozen):
    """One kind of entity: its words and its typed fields, in the order in which they are shown."""

    name: str
    label: str
    plural: str
    fields: tuple[FieldSpec, ...] = ()
    icon: str = ""
    sheet: tuple[str, ...] = ()
    """Fields that show even while they are empty: what one fills in to prepare."""

    @property
    def noun(self) -> str:
        """The label within a sentence: `faction`, but `NPC`."""
        return self.label if self.label.isupper() else self.label.lower()

    def field(self, name: str) -> FieldSpec | None:
        """The field of this name, or None."""
        return next((f for f in self.fields if f.name == name), None)

    def field_or_plain(self, name: str) -> FieldSpec:
        """The field of this name; one outside the kind reads as plain text."""
        return self.field(name) or FieldSpec(name=name)


def _fields(spec: str) -> tuple[FieldSpec, ...]:
    """Parse `name:type>kind|kind` and `name:choice=word|word`, in which the tables below are written."""
    found = []
    for word in spec.split():
        head, _, choices = word.partition("=")
        head, _, kinds = head.partition(">")
        name, _, kind_of_field = head.partition(":")
        given = {"kinds": kinds, "choices": choices}
        found.append(
            FieldSpec.model_validate(
                {"name": name, "type": kind_of_field or "text"}
                | {key: tuple(words.split("|")) for key, words in given.items() if words}
            )
        )
    return tuple(found)


def _titled(fields: tuple[FieldSpec, ...], **titles: str) -> tuple[FieldSpec, ...]:
    """The same fields, some of them called otherwise than their name says."""
    return tuple(f.model_copy(update={"title": titles[f.name]}) if f.name in titles else f for f in fields)


_NPC = """role title pronouns species age birth:date death:date life_status occupation appearance:long voice
personality:long motive:long wants_now:long fear secret:long home:link>location current_location:link>location
affiliation:links>faction is_pc:bool player"""
_FACTION = """faction_type motto public_purpose:long private_agenda:long methods:long leader:link>npc
headquarters:link>location parent:link>faction territory:links>location scale status founded:date dissolved:date
resources:list ranks:list goals:list symbol"""
_LOCATION = """location_type parent:link>location climate terrain population ruler:link>npc|faction known_for:list
danger sensory:list interactive_details:list hidden_details:list services:list status founded:date destroyed:date map
coordinates"""
_EVENT = """event_type start:date end:date location:link>location participants:links causes:list consequences:list
arc:link>timeline_arc recurrence"""
_ARC = """arc_kind start:date end:date parent:link>timeline_arc stakes:long portents:list state clock members:links
calendar colour"""
_ITEM = """item_type rarity attunement value weight quantity creator:link owner:link location:link>location
properties:list charges history:long secret:long"""
_SESSION = """number:number played_on start:date end:date present:links>npc strong_start:long scenes:list
npcs:links>npc|creature locations:links>location factions:links>faction quests:links>quest|timeline_arc
events:links>event items:links>item loot:list handouts:links>handout"""
_SHEET = _titled(_fields(_SESSION), npcs="NPCs", present="Who was there", start="In-world date", end="In-world end")
_PREP = ("number", "played_on", "start", "present", "strong_start", "scenes", "npcs", "locations", "loot")
_MAP = """map_type shows:link>location width:number unit layers:list"""
_HANDOUT = """handout_type author:link language given_to:links>npc"""
_QUEST = """quest_type status:choice=offered|active|completed|failed|abandoned giver:link>npc|faction goal:long
hook:long stakes:long steps:list obstacles:list reward:list deadline:date start:date end:date
locations:links>location involves:links arc:link>timeline_arc twist:long secret:long"""
_SPECIES = """species_type appearance:long lifespan size homeland:link>location habitat:list culture:long
traits:list abilities:list languages:links>language worships:links>deity relations_with_others:long secret:long"""
_CREATURE = """creature_type species:link>species size challenge alignment habitat:list lair:link>location
appearance:long behaviour:long abilities:list weaknesses:list loot:list signs:list secret:long"""
_DEITY = """title pronouns domains:list symbol alignment status:choice=worshipped|forgotten|dead|dormant|rising
pantheon:link>faction realm:link>location clergy:links>faction holy_days:list tenets:list appearance:long
personality:long motive:long birth:date death:date secret:long"""
_LANGUAGE = """family parent:link>language script status:choice=living|rare|scholarly|dead|secret
spoken_in:links>location sounds:long grammar:long samples:list names:list secret:long"""
_TABLE = """dice entries:list trigger:long used_at:links>location"""


KINDS: dict[str, KindSpec] = {
    spec.name: spec
    for spec in (
        KindSpec(name="faction", label="Faction", plural="Factions", fields=_fields(_FACTION)),
        KindSpec(name="npc", label="NPC", plural="NPCs", fields=_titled(_fields(_NPC), is_pc="Player character")),
        KindSpec(name="location", label="Location", plural="Locations", fields=_fields(_LOCATION)),
        KindSpec(name="event", label="Event", plural="Events", fields=_fields(_EVENT)),
        KindSpec(name="timeline_arc", label="Timeline", plural="Timelines", fields=_fields(_ARC)),
        KindSpec(name="item", label="Item", plural="Items", fields=_fields(_ITEM)),
        KindSpec(name="quest", label="Quest", plural="Quests", fields=_fields(_QUEST)),
        KindSpec(name="session", label="Session", plural="Sessions", fields=_SHEET, sheet=_PREP),
        KindSpec(name="species", label="Species", plural="Species", fields=_fields(_SPECIES)),
        KindSpec(name="creature", label="Creature", plural="Creatures", fields=_fields(_CREATURE)),
        KindSpec(name="deity", label="Deity", plural="Deities", fields=_fields(_DEITY)),
        KindSpec(name="language", label="Language", plural="Languages", fields=_fields(_LANGUAGE)),
        KindSpec(name="map", label="Map", plural="Maps", fields=_fields(_MAP)),
        KindSpec(name="handout", label="Handout", plural="Handouts", fields=_fields(_HANDOUT)),
        KindSpec(name="random_table", label="Random table", plural="Random tables", fields=_fields(_TABLE)),
    )
}
CORE_KINDS = ("faction", "npc", "location", "event", "timeline_arc", "item")


def kind_spec(kind: str) -> KindSpec:
    """The spec of a kind that ships; an unknown one gets a plain one, so that imports of custom kinds still show.

    What a project says of its kinds itself is known to `services.world.kinds`.
    """
    return KINDS.get(kind) or plain_kind(kind)


def plain_kind(name: str) -> KindSpec:
    """The spec of a kind of which nothing but its name is known."""
    words = name.replace("_", " ").capitalize()
    return KindSpec(name=name, label=words, plural=plural_of(words))


def plural_of(label: str) -> str:
    """The usual English plural, as a start."""
    if label.endswith("y") and label[-2:-1].lower() not in ("", "a", "e", "i", "o", "u"):
        return f"{label[:-1]}ies"
    return f"{label}es" if label.endswith(("s", "x", "z", "ch", "sh")) else f"{label}s"


Family = Literal["kin", "social", "group", "place", "item", "event", "canon", "own"]
FAMILIES: dict[Family, str] = {
    "kin": "Kin", "social": "Social", "group": "Groups", "place": "Places", "item": "Things", "event": "Events",
    "canon": "Canon", "own": "Your own",
}  # fmt: skip


class RelationSpec(Frozen):
    """One relation type: how it reads from the other end, and what it may join. One row per fact.

    `single` says which end has usually one at a time: `from` (one is born in one place), `to` (a thing has one owner).
    """

    name: str
    inverse: str
    symmetric: bool = False
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    single: Literal["", "from", "to"] = ""
    family: Family = "own"

    @property
    def label(self) -> str:
        """The type as words, read from the subject."""
        return self.name.replace("_", " ")

    @property
    def inverse_label(self) -> str:
        """The type as words, read from the object."""
        return self.inverse.replace("_", " ")


_RELATIONS: dict[Family, str] = {
    "kin": """parent_of child_of npc,creature,deity npc,creature,deity | ancestor_of descendant_of * *
        sibling_of = npc,creature,deity npc,creature,deity | spouse_of = npc,deity npc,deity | betrothed_to = npc npc
        of_species species_of npc,creature species from""",
    "social": """ally_of = * * | rival_of = * * | enemy_of = * * | mentor_of student_of npc,deity npc
        serves served_by * * | loves loved_by npc,deity * | fears feared_by * * | owes owed_by * *
        sworn_to holds_oath_of * * | worships worshipped_by npc,faction,species,location deity
        speaks spoken_by npc,faction,species,creature,location language | attitude_to regarded_by * *""",
    "group": """member_of has_member npc,faction faction | leads led_by npc,deity faction
        founded founded_by npc,faction,deity faction,location | employs employed_by * npc,faction
        vassal_of overlord_of faction faction from | at_war_with = faction,location faction,location
        trades_with = * *""",
    "place": """located_in contains * location from | lives_in home_of npc,creature,species,deity location
        works_at workplace_of npc location,faction | born_in birthplace_of npc,creature,deity location from
        died_in deathplace_of npc,creature,deity location,event from | rules ruled_by npc,faction,deity location
        guards guarded_by * * | borders = location location""",
    "item": """owns owned_by npc,faction,deity item,location to | created created_by npc,faction,deity *
        wields wielded_by npc,creature,deity item | seeks sought_by * * | hidden_in hides * * from""",
    "event": """participated_in had_participant * event,quest | appeared_in featured * session
        attended attended_by npc session
        happened_at site_of event,timeline_arc,quest,session location from
        caused_by cause_of event,quest *
        precedes follows event,timeline_arc,quest,session event,timeline_arc,quest,session
        gives given_by npc,faction,deity quest""",
    "canon": "same_as = * * | supersedes superseded_by * * | based_on basis_of * * | related_to = * *",
}
"""By family: `name inverse domain range single`; `=` is a symmetric type, `*` anything, `single` may be left out."""


def _relations() -> dict[str, RelationSpec]:
    return {
        spec.name: spec
        for family, table in _RELATIONS.items()
        for chunk in table.replace("\n", "|").split("|")
        if (words := chunk.split())
        for spec in [_relation(family, *words)]
    }


def _relation(family: Family, name: str, inverse: str, domain: str, range_: str, single: str = "") -> RelationSpec:
    symmetric = inverse == "="
    kinds = {end: () if words == "*" else tuple(words.split(",")) for end, words in (("d", domain), ("r", range_))}
    return RelationSpec.model_validate(
        {"name": name, "inverse": name if symmetric else inverse, "symmetric": symmetric, "domain": kinds["d"],
         "range": kinds["r"], "single": single, "family": family}
    )  # fmt: skip


RELATIONS = _relations()


def relation_spec(name: str) -> RelationSpec:
    """The spec of a relation type; an unknown type reads as itself, with a plain inverse."""
    return RELATIONS.get(name) or RelationSpec(name=name, inverse=f"is_{name}_of")


MIRRORS: dict[tuple[str, str], tuple[str, bool]] = {
    ("npc", "home"): ("lives_in", True),
    ("npc", "affiliation"): ("member_of", True),
    ("faction", "leader"): ("leads", False),
    ("location", "parent"): ("located_in", True),
    ("location", "ruler"): ("rules", False),
    ("event", "location"): ("happened_at", True),
    ("event", "participants"): ("participated_in", False),
    ("item", "creator"): ("created", False),
    ("item", "owner"): ("owns", False),
    ("item", "location"): ("located_in", True),
    ("session", "present"): ("attended", False),
    ("session", "npcs"): ("appeared_in", False),
    ("session", "locations"): ("appeared_in", False),
    ("session", "factions"): ("appeared_in", False),
    ("session", "quests"): ("appeared_in", False),
    ("session", "events"): ("appeared_in", False),
    ("session", "items"): ("appeared_in", False),
    ("session", "handouts"): ("appeared_in", False),
    ("quest", "giver"): ("gives", False),
    ("quest", "involves"): ("participated_in", False),
    ("species", "languages"): ("speaks", True),
    ("species", "worships"): ("worships", True),
    ("creature", "species"): ("of_species", True),
    ("creature", "lair"): ("lives_in", True),
}
"""(kind, link field) → (relation type, True where the entity is the relation's subject)."""
