"""Kanka's campaign export: a zip with a JSON file for each entity, in folders by module.

Kanka has two id spaces: mentions, relations and parents name the *entity* (`entity.id`), memberships and members name
the *child* (`id` of the character or organisation). Both are looked up here, each in its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.services.exchange import html, kanka_maps
from studio.services.exchange.loose import dicts
from studio.services.exchange.material import NOTE, Material, Ref, Thing, Tie, hidden, link, unmarked
from studio.services.exchange.reading import refuse

if TYPE_CHECKING:
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "kanka"
MAX_FILES = 20_000
MAX_IMAGE = 25 << 20
MODULES: dict[str, str] = {
    "characters": "npc", "locations": "location", "organisations": "faction", "families": "faction", "events": "event",
    "quests": "quest", "items": "item", "races": "species", "creatures": "creature", "timelines": "timeline_arc",
    "maps": "map", "journals": NOTE, "notes": NOTE, "abilities": NOTE,
}  # fmt: skip
"""Folder → kind. `tags` become tags; calendars, dice rolls and the rest are left out with a reason."""
_WITHOUT_PLACE = frozenset({"calendars", "conversations", "dice_rolls", "attribute_templates", "bookmarks"})
_NO_ENTITIES = frozenset({"settings", "gallery"})
_MARK = re.compile(r"\[([a-z_-]+):([^\]|]*)(?:\|([^\]]*))?\]")
_NO_MENTION = frozenset({"post", "icon", "gif"})
_EXTRA = re.compile(r"\b(?:page|anchor|alias|field|params):[^|\]]*")
_OPEN = (None, 1, 5)
"""Visibilities that all or all members see; the others are for admins or for the writer."""
_RELATIONS = {
    "rival": "rival_of", "enemy": "enemy_of", "ally": "ally_of", "friend": "ally_of", "parent": "parent_of",
    "mother": "parent_of", "father": "parent_of", "child": "child_of", "son": "child_of", "daughter": "child_of",
    "sibling": "sibling_of", "brother": "sibling_of", "sister": "sibling_of", "spouse": "spouse_of",
    "husband": "spouse_of", "wife": "spouse_of", "mentor": "mentor_of", "student": "student_of", "member": "member_of",
    "leader": "leads", "owner": "owns", "lover": "loves", "serves": "serves",
}  # fmt: skip


def claims(probe: Probe) -> bool:
    """A zip or folder with `campaign.json` and Kanka's `info.json`."""
    if "info.json" not in probe.names or "campaign.json" not in probe.names:
        return False
    info = probe.read_json("info.json")
    return isinstance(info, dict) and "kanka_version" in info


def read(probe: Probe) -> Material:
    """The whole campaign."""
    if len(probe.names) > MAX_FILES:
        refuse(f"“{probe.name}” holds more than {MAX_FILES:,} files. Export fewer modules at a time.")
    return _Reader(probe).read()


class _Reader:
    """Reads all files first: only then is it known who the numbers in them mean."""

    def __init__(self, probe: Probe) -> None:
        self.probe = probe
        campaign = probe.read_json("campaign.json")
        self.campaign: Json = campaign if isinstance(campaign, dict) else {}
        name = _words(self.campaign, "name") or probe.stem
        self.found = Material(source=SOURCE, title=f"the Kanka campaign “{name}”")
        self.found.origin = str(self.campaign.get("id", "")) or probe.stem
        self.files: list[tuple[str, Json, Json]] = []
        self.children: dict[tuple[str, int], str] = {}
        self.tags: dict[int, str] = {}
        self.own: dict[str, str] = {}

    def read(self) -> Material:
        self._custom_modules()
        for name in sorted(self.probe.names):
            self._file(name)
        self._gallery()
        for module, child, entity in self.files:
            self._thing(module, child, entity)
        self._ties()
        self.found.kept = {"campaign": self.campaign}
        return self.found

    def _custom_modules(self) -> None:
        if "settings/custom-modules.json" not in self.probe.names:
            return
        given = self.probe.read_json("settings/custom-modules.json")
        for one in given if isinstance(given, list) else []:
            if isinstance(one, dict) and isinstance(one.get("plural"), str):
                slug = re.sub(r"[^a-z0-9]+", "-", one["plural"].lower()).strip("-")
                self.own[f"{slug}_{one.get('id')}"] = str(one.get("singular") or one["plural"])

    def _file(self, name: str) -> None:
        module, _, last = name.partition("/")
        if not last.endswith(".json") or module in _NO_ENTITIES:
            return
        data = self.probe.read_json(name)
        entity = data.get("entity") if isinstance(data, dict) else None
        if not isinstance(entity, dict) or not isinstance(entity.get("id"), int):
            self.found.skip(name, "it holds no entity")
        elif module in _WITHOUT_PLACE:
            self.found.skip(_words(entity, "name") or name, f"there is no place for Kanka's {module.replace('_', ' ')}")
        elif module == "tags":
            self.tags[_number(data.get("id"))] = unmarked(_words(entity, "name"))
            self.found.skip(_words(entity, "name") or name, "tags become words on what carries them")
        else:
            self.files.append((module, data, entity))
            if isinstance(data.get("id"), int):
                self.children[module, data["id"]] = str(entity["id"])

    def _gallery(self) -> None:
        assert self.probe.files is not None
        for name in sorted(self.probe.names):
            stem, dot, ending = name.rpartition(".")
            if name.startswith("gallery/") and dot and ending != "json":
                meta = self.probe.read_json(f"{stem}.json") if f"{stem}.json" in self.probe.names else {}
                title = _words(meta if isinstance(meta, dict) else {}, "name") or stem.rpartition("/")[2]
                self.found.add_image(stem.rpartition("/")[2], title, self.probe.files.read(name, limit=MAX_IMAGE))

    # ---- one entity ------------------------------------------------------------------------------------------------

    def _thing(self, module: str, child: Json, entity: Json) -> None:
        told = self.own.get(module, module.replace("_", " "))
        kind = MODULES.get(module, NOTE)
        thing = Thing(str(entity["id"]), unmarked(_words(entity, "name")) or "Untitled", kind, told=told)
        private = bool(child.get("is_private") or entity.get("is_private"))
        thing.visibility = "gm" if private else "party"
        thing.subtype = unmarked(_words(entity, "type"))
        thing.parent = str(entity["parent_id"]) if isinstance(entity.get("parent_id"), int) else ""
        thing.body = "\n\n".join(part for part in self._parts(child, entity) if part)
        thing.summary = unmarked(html.to_text(_words(entity, "tooltip")))
        thing.tags = [self.tags[n] for n in _numbers(entity.get("entityTags"), "tag_id") if n in self.tags]
        thing.images = self._images(entity)
        self._fields(thing, child, entity)
        thing.raw = {"child": {k: v for k, v in child.items() if k != "entity"}, "entity": entity}
        self.found.things.append(thing)
        if module == "maps":
            kanka_maps.add_pins(self.found, thing, child, self._text, lambda seen: seen in _OPEN)

    def _images(self, entity: Json) -> list[str]:
        """Its picture: one of the gallery, or a file that was put up for it alone."""
        image, path = entity.get("image_uuid"), entity.get("image_path")
        if isinstance(image, str) and image in self.found.images:
            return [image]
        if not isinstance(path, str) or path not in self.probe.names or self.probe.files is None:
            return []
        if path not in self.found.images:
            self.found.add_image(path, _words(entity, "name") or path, self.probe.files.read(path, limit=MAX_IMAGE))
        return [path] if path in self.found.images else []

    def _parts(self, child: Json, entity: Json) -> list[str]:
        parts = [self._text(entity.get("entry"))]
        for post in sorted(dicts(entity.get("posts")), key=lambda one: _number(one.get("position"))):
            body = f"## {unmarked(_words(post, 'name'))}\n\n{self._text(post.get('entry'))}".strip()
            parts.append(hidden(body) if post.get("visibility_id") not in _OPEN else body)
        for trait in dicts(child.get("characterTraits")):
            line = f"**{unmarked(_words(trait, 'name'))}:** {self._text(trait.get('entry'))}"
            parts.append(hidden(line) if trait.get("is_private") else line)
        if not (child.get("is_private") or entity.get("is_private")):
            private = [one for one in dicts(entity.get("entityAttributes")) if one.get("is_private")]
            parts += [
                hidden(f"**{unmarked(_words(one, 'name'))}:** {unmarked(str(one.get('value')))}") for one in private
            ]
        for element in dicts(child.get("elements")):
            parts.append(self._element(element))
        for era in dicts(child.get("eras")):
            span = f"{era.get('start_year')}–{era.get('end_year') if era.get('end_year') is not None else ''}"
            parts.append(f"- {unmarked(_words(era, 'name'))} ({span})")
        return parts

    def _element(self, element: Json) -> str:
        """A line of a timeline or a quest: when, who or what, and as what."""
        who = element.get("entity_id")
        name = unmarked(_words(element, "name"))
        named = link(str(who), name) if isinstance(who, int) else name
        said = [_words(element, "date"), named, _words(element, "role"), self._text(element.get("entry"))]
        line = "- " + " · ".join(part for part in said if part)
        return hidden(line) if element.get("visibility_id") not in _OPEN else line

    def _fields(self, thing: Thing, child: Json, entity: Json) -> None:
        if thing.kind == "npc":
            thing.fields |= {"title": child.get("title"), "age": child.get("age"), "pronouns": child.get("pronouns")}
            thing.fields["life_status"] = "dead" if child.get("is_dead") else None
            thing.custom["sex"] = child.get("sex")
        if thing.kind == "event" and _words(child, "date"):
            thing.fields["start"] = {"text": _words(child, "date")}
        elif _words(child, "date"):
            thing.custom["date"] = _words(child, "date")
        if thing.kind == "quest" and isinstance(child.get("instigator_id"), int):
            thing.fields["giver"] = Ref(str(child["instigator_id"]))
        if thing.kind == "location" and thing.parent:
            thing.fields["parent"] = Ref(thing.parent)
        for attribute in dicts(entity.get("entityAttributes")):
            name, value = _words(attribute, "name"), attribute.get("value")
            shown = thing.visibility == "gm" or not attribute.get("is_private")
            if name and isinstance(value, str | int | float) and shown:
                thing.custom[unmarked(name)] = unmarked(str(value))
        thing.fields = {name: unmarked(v) if isinstance(v, str) else v for name, v in thing.fields.items()}

    def _text(self, value: Any) -> str:
        """Kanka's HTML as Markdown, its mentions as links."""
        return html.to_markdown(value, _DIALECT) if isinstance(value, str) else ""

    # ---- between them ----------------------------------------------------------------------------------------------

    def _ties(self) -> None:
        done: set[tuple[str, str, str]] = set()
        for module, child, entity in self.files:
            own = self._child(module, child.get("id"))
            for one in dicts(entity.get("relationships")):
                self._relationship(one)
            for member in dicts(child.get("organisationMemberships")):
                self._member(own, self._child("organisations", member.get("organisation_id")), member, done)
            for member in dicts(child.get("members")):
                self._member(self._child("characters", member.get("character_id")), own, member, done)

    def _child(self, module: str, number: Any) -> str | None:
        """The entity of a child's number."""
        return self.children.get((module, number)) if isinstance(number, int) else None

    def _relationship(self, one: Json) -> None:
        owner, target = one.get("owner_id"), one.get("target_id")
        word = unmarked(_words(one, "relation"))
        if not (isinstance(owner, int) and isinstance(target, int)):
            self.found.skip(f"relation “{word}”", "it names nobody")
            return
        attitude = one.get("attitude")
        known = _RELATIONS.get(word.casefold())
        self.found.ties.append(Tie(
            str(owner), known or re.sub(r"\W+", "_", word.casefold()).strip("_") or "related_to", str(target),
            attitude=max(-100, min(100, attitude)) if isinstance(attitude, int) else None,
            role="" if known else word, visibility="gm" if one.get("visibility_id") not in _OPEN else "party", raw=one,
        ))  # fmt: skip

    def _member(self, who: str | None, where: str | None, member: Json, done: set[tuple[str, str, str]]) -> None:
        role = unmarked(_words(member, "role"))
        if who is None or where is None:
            self.found.skip(f"membership “{role}”", "one of its ends isn't in the export")
        elif (who, where, role) not in done:
            done.add((who, where, role))
            open_to = "gm" if member.get("is_private") else "party"
            self.found.ties.append(Tie(who, "member_of", where, role=role, visibility=open_to, raw=member))


def _turned(match: re.Match[str]) -> str:
    """A mention as a link; an icon goes, any other text in brackets stays."""
    word, number, more = match.groups()
    if word in _NO_MENTION:
        return ""
    return link(number, _EXTRA.sub("", more or "").strip("| ")) if number.isdecimal() else match.group(0)


_DIALECT = html.Dialect(pattern=_MARK, turn=_turned)


def _words(data: Json, key: str) -> str:
    value = data.get(key)
    return " ".join(value.split()) if isinstance(value, str) and key != "entry" else ""


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _numbers(value: Any, key: str) -> list[int]:
    return [one[key] for one in dicts(value) if isinstance(one.get(key), int)]
