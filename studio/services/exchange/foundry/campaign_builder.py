"""The world as JSON for “World & Campaign Builder”, a module for Foundry VTT: people, places and organisations.

Its import takes the place of a setting that it made of the same file before: the setting's id is always the same.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.text import fold
from studio.domain.vocabulary import relation_spec
from studio.domain.world import Entity, Link, Relation
from studio.services.exchange import writing
from studio.services.exchange.foundry.markup import Markup
from studio.services.exchange.foundry.writer import id_of
from studio.services.world import seen
from studio.services.world.values import plain

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project

Json = dict[str, Any]
VERSION = "1.0.0"
_TOPICS = {"npc": (1, "NPC"), "creature": (1, "Monster"), "deity": (1, "Deity"), "location": (2, "Location"),
           "faction": (3, "Organization")}  # fmt: skip
_PC = (4, "PC")
_TYPES = {"npc": "occupation", "location": "location_type", "faction": "faction_type", "creature": "creature_type"}


class _Place(NamedTuple):
    """Where an entity stands there."""

    uuid: str
    topic: int
    type: str
    name: str


def write_builder(project: Project, dest: Path, *, lens: Lens = OPEN_EYES) -> dict[str, int]:
    """Write the file, with what the lens shows. Gives how many entries there are."""
    document = builder_document(project, lens=lens)
    with writing.whole_file(dest) as partial:
        partial.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return {"entry": len(document["settings"][0]["documents"]["entries"])}


def builder_document(project: Project, *, lens: Lens = OPEN_EYES) -> Json:
    """The file's content; the same project always gives the same."""
    info = project.info()
    entities = [one for one in seen.everything(project, Entity, lens=lens) if one.kind in _TOPICS]
    setting = _Setting(project, entities, lens)
    uuid = _uuid(f"setting {info.id}")
    changed = info.updated_at.strftime("%Y-%m-%dT%H:%M:%S.000Z") if info.updated_at else "2000-01-01T00:00:00.000Z"
    return {
        "version": VERSION, "exportedAt": changed, "exportMode": "all",
        "moduleSettings": None, "settings": [setting.document(uuid, info.name)],
    }  # fmt: skip


class _Setting:
    def __init__(self, project: Project, entities: list[Entity], lens: Lens) -> None:
        self.entities = sorted(entities, key=lambda one: (one.kind, fold(one.name), one.id))
        self.places = {one.id: _place(one) for one in self.entities}
        named = {fold(name): self.places[one.id].uuid for one in reversed(self.entities) for name in one.names()}
        self.markup = Markup(named.get, lambda _digest: None)
        self.parents = {one.id: parent for one in self.entities if (parent := _parent(one)) in self.places}
        self.ties: list[Relation] = [
            one for one in seen.everything(project, Relation, lens=lens)
            if one.from_id in self.places and one.to_id in self.places
        ]  # fmt: skip

    def document(self, uuid: str, name: str) -> Json:
        """The one setting with everything in it."""
        tags = Counter(tag for one in self.entities for tag in one.tags)
        return {
            "uuid": uuid, "name": name, "description": "",
            "system": {
                "topics": {str(n): self._topic(n) for n in (1, 2, 3, 4)}, "campaignIndex": [],
                "hierarchies": {self.places[one.id].uuid: self._hierarchy(one) for one in self.entities},
                "expandedIds": {}, "genre": "", "settingFeeling": "", "img": "", "nameStyles": [],
                "rollTableConfig": None, "nameStyleExamples": {"genre": "", "settingFeeling": "", "examples": []},
                "journals": [], "customFields": {}, "customFieldHeights": {},
                "tags": {tag: {"count": count, "color": None} for tag, count in sorted(tags.items())},
            },
            "documents": {
                "entries": [self._entry(one) for one in self.entities],
                "campaigns": [], "sessions": [], "arcs": [], "fronts": [], "storyWebs": [],
            },
        }  # fmt: skip

    def _topic(self, topic: int) -> Json:
        inside = [(one, self.places[one.id]) for one in self.entities if self.places[one.id].topic == topic]
        return {
            "topic": topic, "types": sorted({place.type for _, place in inside}),
            "topNodes": [place.uuid for one, place in inside if one.id not in self.parents],
            "entries": {p.uuid: {"uuid": p.uuid, "name": p.name, "type": p.type} for _, p in inside},
        }  # fmt: skip

    def _hierarchy(self, entity: Entity) -> Json:
        ancestors, at = list[str](), self.parents.get(entity.id)
        while at is not None and self.places[at].uuid not in ancestors:
            ancestors.append(self.places[at].uuid)
            at = self.parents.get(at)
        return {
            "parentId": ancestors[0] if ancestors else None, "ancestors": ancestors[::-1],
            "children": [self.places[i].uuid for i, parent in self.parents.items() if parent == entity.id],
            "type": self.places[entity.id].type,
        }  # fmt: skip

    def _entry(self, entity: Entity) -> Json:
        place = self.places[entity.id]
        words = "\n\n".join(part for part in (entity.summary, entity.body) if part.strip())
        fields = {name: " ".join(plain(value).split()) for name, value in entity.fields.items()}
        return {
            "uuid": place.uuid, "name": place.name, "description": self.markup.html(words),
            "system": {
                "topic": place.topic, "type": place.type, "tags": list(entity.tags), "customFields": fields,
                "customFieldHeights": {}, "relationships": self._relationships(entity), "scenes": [], "actors": [],
                "journals": [], "foundryDocuments": [], "speciesId": "", "actorId": None, "background": None,
                "playerName": fields.get("player") or None if place.topic == _PC[0] else None, "img": "",
                "voiceRecordingPath": None,
            },
        }  # fmt: skip

    def _relationships(self, entity: Entity) -> Json:
        """Every relation from both of its ends, each saying what the other is to it."""
        found: Json = {"1": {}, "2": {}, "3": {}, "4": {}}
        for tie in self.ties:
            spec = relation_spec(tie.type)
            ends = ((tie.from_id, tie.to_id, spec.label), (tie.to_id, tie.from_id, spec.inverse.replace("_", " ")))
            for here, there, words in ends:
                if here != entity.id:
                    continue
                place = self.places[there]
                item = found[str(place.topic)].setdefault(place.uuid, {**place._asdict(), "extraFields": []})
                item["extraFields"].append({"key": "relationship", "value": words})
        return found


def _place(entity: Entity) -> _Place:
    topic, type_ = _PC if entity.kind == "npc" and entity.fields.get("is_pc") is True else _TOPICS[entity.kind]
    told = plain(entity.fields.get(_TYPES.get(entity.kind, ""), "")) if entity.kind != "npc" else ""
    return _Place(_uuid(entity.id), topic, entity.subtype or told.strip() or type_, entity.name)


def _parent(entity: Entity) -> Any:
    """What an entity lies in: its parent, or what its field says."""
    inside = entity.fields.get("parent") or entity.fields.get("located_in")
    return entity.parent or (inside.ref if isinstance(inside, Link) else None)


def _uuid(text: str) -> str:
    return f"JournalEntry.{id_of(text)}.JournalEntryPage.{id_of(f'page {text}')}"
