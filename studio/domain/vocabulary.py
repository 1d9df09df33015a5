"""The words of a world: entity kinds with their typed fields, and relation types with their inverses."""

from __future__ import annotations

from typing import Literal

from studio.domain.record import Frozen

FieldType = Literal["text", "long", "number", "bool", "date", "list", "link", "links"]

GM_ONLY_FIELDS = frozenset({"secret", "private_agenda", "hidden_details", "portents", "strong_start", "scenes", "loot"})
"""Fields that only the game master may see, even on an entity that is open to the party."""


class FieldSpec(Frozen):
    """One typed field of a kind. `kinds` names what a link may point to; empty means anything."""

    name: str
    type: FieldType = "text"
    kinds: tuple[str, ...] = ()
    help: str = ""

    @property
    def label(self) -> str:
        """The field's name as a person reads it."""
        return self.name.replace("_", " ").capitalize()


class KindSpec(Frozen):
    """One kind of entity: its words and its typed fields, in the order in which they are shown."""

    name: str
    label: str
    plural: str
    fields: tuple[FieldSpec, ...] = ()

    @property
    def noun(self) -> str:
        """The label within a sentence: `faction`, but `NPC`."""
        return self.label if self.label.isupper() else self.label.lower()

    def field(self, name: str) -> FieldSpec | None:
        """The field of this name, or None."""
        return next((f for f in self.fields if f.name == name), None)


def _fields(spec: str) -> tuple[FieldSpec, ...]:
    """Parse `name:type>kind|kind` words, the compact way in which the tables below are written."""
    found = []
    for word in spec.split():
        head, _, kinds = word.partition(">")
        name, _, kind_of_field = head.partition(":")
        found.append(
            FieldSpec.model_validate(
                {"name": name, "type": kind_of_field or "text", "kinds": tuple(kinds.split("|")) if kinds else ()}
            )
        )
    return tuple(found)


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
_MAP = """map_type shows:link>location width:number unit layers:list"""
_HANDOUT = """handout_type author:link language given_to:links>npc"""


KINDS: dict[str, KindSpec] = {
    spec.name: spec
    for spec in (
        KindSpec(name="faction", label="Faction", plural="Factions", fields=_fields(_FACTION)),
        KindSpec(name="npc", label="NPC", plural="NPCs", fields=_fields(_NPC)),
        KindSpec(name="location", label="Location", plural="Locations", fields=_fields(_LOCATION)),
        KindSpec(name="event", label="Event", plural="Events", fields=_fields(_EVENT)),
        KindSpec(name="timeline_arc", label="Timeline", plural="Timelines", fields=_fields(_ARC)),
        KindSpec(name="item", label="Item", plural="Items", fields=_fields(_ITEM)),
        KindSpec(name="quest", label="Quest", plural="Quests"),
        KindSpec(name="session", label="Session", plural="Sessions", fields=_fields(_SESSION)),
        KindSpec(name="creature", label="Creature", plural="Creatures"),
        KindSpec(name="map", label="Map", plural="Maps", fields=_fields(_MAP)),
        KindSpec(name="handout", label="Handout", plural="Handouts", fields=_fields(_HANDOUT)),
    )
}
CORE_KINDS = ("faction", "npc", "location", "event", "timeline_arc", "item")


def kind_spec(kind: str) -> KindSpec:
    """The spec of a kind; an unknown kind gets a plain one, so that imports of custom kinds still show."""
    words = kind.replace("_", " ").capitalize()
    return KINDS.get(kind) or KindSpec(name=kind, label=words, plural=f"{words}s")


class RelationSpec(Frozen):
    """One relation type: how it reads from the other end, and what it may join. One row per fact."""

    name: str
    inverse: str
    symmetric: bool = False
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The type as words, read from the subject."""
        return self.name.replace("_", " ")


_RELATIONS = """
parent_of child_of npc npc | sibling_of = npc npc | spouse_of = npc npc | ally_of = * * | rival_of = * *
enemy_of = * * | mentor_of student_of npc npc | serves served_by * * | loves loved_by npc * | fears feared_by * *
owes owed_by * * | sworn_to holds_oath_of * * | attitude_to regarded_by * *
member_of has_member npc,faction faction | leads led_by npc faction
founded founded_by npc,faction faction,location | employs employed_by * npc,faction
vassal_of overlord_of faction faction | at_war_with = faction,location faction,location | trades_with = * *
located_in contains * location | lives_in home_of npc location | works_at workplace_of npc location,faction
born_in birthplace_of npc location | died_in deathplace_of npc location,event | rules ruled_by npc,faction location
guards guarded_by * * | borders = location location | owns owned_by npc,faction item,location
created created_by npc,faction * | wields wielded_by npc item | seeks sought_by * * | hidden_in hides * *
participated_in had_participant * event | appeared_in featured * session | attended attended_by npc session
happened_at site_of event,timeline_arc location
caused_by cause_of event * | precedes follows event,timeline_arc event,timeline_arc | same_as = * *
supersedes superseded_by * * | based_on basis_of * * | related_to = * *
"""


def _relations() -> dict[str, RelationSpec]:
    found = {}
    for chunk in _RELATIONS.replace("\n", "|").split("|"):
        if not (words := chunk.split()):
            continue
        name, inverse, domain, range_ = words
        found[name] = RelationSpec(
            name=name,
            inverse=name if inverse == "=" else inverse,
            symmetric=inverse == "=",
            domain=() if domain == "*" else tuple(domain.split(",")),
            range=() if range_ == "*" else tuple(range_.split(",")),
        )
    return found


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
}
"""(kind, link field) → (relation type, True where the entity is the relation's subject)."""
