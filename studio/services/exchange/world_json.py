"""Importing world-json (`ttrpg-world`, version 1), the world format that people and models can write by hand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from studio.domain import kindschema
from studio.domain.record import Record, Status
from studio.domain.text import fold
from studio.domain.vocabulary import KINDS
from studio.domain.world import Calendar, Claim, Entity, Entry, Relation, Statement
from studio.domain.worldkit import EntityKind
from studio.services.exchange import world_shapes as shapes
from studio.services.exchange.reading import refuse
from studio.services.exchange.staging import MonotonicIds, Staging, same
from studio.services.exchange.world_shapes import NS
from studio.services.world import kinds, tenures
from studio.storage.nouns import NOUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studio.domain.calendars import Calendars as DayCalendars
    from studio.domain.ids import RecordId
    from studio.domain.vocabulary import KindSpec
    from studio.services.exchange.probe import Probe
    from studio.storage.project import Project

Json = dict[str, Any]
_KIND = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SECTIONS = ("calendars", "entities", "relations", "claims", "entries")
KIND_SECTION = "kinds"
_OPENNESS = ("gm", "party", "public")
_RELATION_KEYS = {
    "from", "type", "to", "valid_from", "valid_to", "certainty", "visibility", "speaker", "attitude", "rank", "role",
}  # fmt: skip
_CLAIM_KEYS = {
    "subject", "predicate", "value", "object", "valid_from", "valid_to", "certainty", "speaker", "source", "visibility",
}  # fmt: skip
_ENTRY_KEYS = {
    "key", "title", "mode", "in_world_date", "visibility", "body", "flashback", "memorial", "tags", "status",
}  # fmt: skip


def claims(probe: Probe) -> bool:
    """Whether the JSON says that it is a world."""
    return isinstance(probe.json, dict) and probe.json.get("format") == NS


def read(probe: Probe) -> World:
    """The world in the file."""
    return World(probe.json, probe.name)


class World:
    """A world file that was read: its sections are lists, the rest is unchecked."""

    def __init__(self, data: Any, name: str) -> None:
        if not isinstance(data, dict) or data.get("format") != NS:
            refuse(f"“{name}” isn't a world file: it doesn't say “format”: “{NS}”.")
        version = data.get("version", 1)
        if not isinstance(version, int) or version > shapes.VERSION:
            refuse(f"“{name}” is a world file of a newer version ({version}). Update the app to read it.", code="newer")
        for section in (*_SECTIONS, KIND_SECTION):
            if not isinstance(data.get(section, []), list):
                refuse(f"In “{name}”, “{section}” must be a list.")
        self.data: Json = data
        self.title = shapes.text(data.get("name")) or name

    def stage(self, project: Project) -> Staging:
        """Compare with the project."""
        return _Stager(project, self).stage()


class _Stager:
    """One comparison under way; knows what every key of the file and every name means."""

    def __init__(self, project: Project, world: World) -> None:
        self.project, self.data = project, world.data
        self.world = shapes.text(world.data.get("name"))
        self.staging = Staging(format=NS, title=world.title, message=f"Import the world “{world.title}”")
        self.new_id = MonotonicIds()
        self.keys: dict[str, RecordId] = {}
        self.entries: dict[str, RecordId] = {}
        self.by_name: dict[str, list[RecordId]] = defaultdict(list)
        self.open_to: dict[str, str] = {}
        self._matched: list[tuple[Json, Record | None, RecordId, bool]] = []
        self._entry_items: list[Json] = []
        self.kinds: dict[str, KindSpec] = {}

    def stage(self) -> Staging:
        old = self.project.all(Entity, deleted=True)
        old_entries = self.project.all(Entry, deleted=True)
        self._kinds()
        self._match_entities(old)
        self._match_entries(old_entries)
        for item, base, record_id, fill in self._matched:
            self._entity(item, base, record_id, fill=fill)
        self._calendars()
        self._write_entries({e.id: e for e in old_entries})
        self._relations()
        self._claims()
        self._project_info()
        return self.staging

    def _items(self, section: str, needs: tuple[str, ...]) -> Iterator[Json]:
        """The section's objects that have these texts; the others are skipped with a reason."""
        for n, item in enumerate(self.data.get(section, [])):
            missing = [k for k in needs if not (isinstance(item, dict) and isinstance(item.get(k), str) and item[k])]
            if not isinstance(item, dict):
                self.staging.skip(f"{section}[{n}]", "it isn't an object")
            elif missing:
                self.staging.skip(f"{section}[{n}]", f"it has no “{missing[0]}”")
            else:
                yield item

    def _kinds(self) -> None:
        """Kinds of the file's own come first: its entities are read by them."""
        existing = {record.name: record for record in self.project.all(EntityKind)}
        for item in self._items(KIND_SECTION, ("name",)):
            name, schema = item["name"], item.get("definition", {"type": "object"})
            wrong = kindschema.problems(schema)
            if wrong or not _KIND.fullmatch(name) or name in NOUNS or name in self.kinds:
                self.staging.skip(f"kind {name}", wrong[0] if wrong else f"“{name}” can't be a kind of entity")
                continue
            base = existing.get(name)
            start = base or EntityKind(id=self.new_id(), name=name, prov=shapes.imported_from(name))
            settled = kindschema.settled(schema)
            given = {key: shapes.text(item.get(key)) for key in ("label", "plural", "icon")} | {"definition": settled}
            extra = {k: v for k, v in item.items() if k not in given and k != "name"}
            written = {"definition": [schema, settled]} if schema != settled else {}
            absent = [key for key in given if key not in item]
            given["ext"] = shapes.keeping(start.ext, world=self.world, extra=extra, absent=absent, written=written)
            record = start.model_copy(update=given)
            self.kinds[name] = kindschema.spec_of(record, KINDS.get(name))
            self.staging.take(record, old=base)

    # ---- who is who ------------------------------------------------------------------------------------------------

    def _match_entities(self, existing: list[Entity]) -> None:
        by_key: dict[str, list[Entity]] = defaultdict(list)
        free: dict[tuple[str, str], list[Entity]] = defaultdict(list)
        for entity in existing:
            if NS in entity.foreign_ids:
                by_key[entity.foreign_ids[NS]].append(entity)
            elif entity.deleted_at is None:
                free[entity.kind, fold(entity.name)].append(entity)
            if entity.deleted_at is None:
                self.open_to[entity.id] = entity.visibility
        for item in self._items("entities", ("key", "kind", "name")):
            if item["key"] in self.keys:
                self.staging.skip(f"entity {item['key']}", "the key is used twice in the file")
            elif not _KIND.fullmatch(item["kind"]) or item["kind"] in NOUNS:
                self.staging.skip(f"entity {item['key']}", f"“{item['kind']}” can't be a kind of entity")
            else:
                known = next((e for e in by_key[item["key"]] if self._is_same(e, item)), None)
                twins = free[item["kind"], fold(item["name"])]
                base, fill = (known, _is_merged(known)) if known or not twins else (twins.pop(0), True)
                self._learn(item, base, fill=fill)
        for entity in existing:
            if entity.deleted_at is None:
                self._name(entity.id, entity.names())

    def _is_same(self, entity: Entity, item: Json) -> bool:
        """The key alone isn't enough: another world may use it for somebody else."""
        ours = shapes.kept(entity).get("world", "")
        names = {fold(item["name"]), *(fold(a.name) for a in shapes.aliases_of(item.get("aliases")))}
        return ours == self.world or (entity.kind == item["kind"] and bool(names & {fold(n) for n in entity.names()}))

    def _learn(self, item: Json, base: Entity | None, *, fill: bool) -> None:
        record_id = base.id if base else self.new_id()
        self.keys[item["key"]] = record_id
        self._name(record_id, (item["name"], *(a.name for a in shapes.aliases_of(item.get("aliases")))))
        self.open_to[record_id] = shapes.visibility_of(item.get("visibility")) or (base.visibility if base else "gm")
        self._matched.append((item, base, record_id, fill))

    def _name(self, record_id: RecordId, names: tuple[str, ...]) -> None:
        for name in names:
            if record_id not in self.by_name[fold(name)]:
                self.by_name[fold(name)].append(record_id)

    def _match_entries(self, existing: list[Entry]) -> None:
        by_key = {e.foreign_ids[NS]: e for e in existing if NS in e.foreign_ids and self._own(e)}
        for item in self._items("entries", ("key", "title")):
            if item["key"] in self.keys or item["key"] in self.entries:
                self.staging.skip(f"entry {item['key']}", "the key is used twice in the file")
                continue
            base = by_key.get(item["key"])
            record_id = base.id if base else self.new_id()
            self.entries[item["key"]] = record_id
            self._entry_items.append(item)
            self.open_to[record_id] = shapes.visibility_of(item.get("visibility")) or "gm"

    def _own(self, record: Record) -> bool:
        return shapes.kept(record).get("world", "") == self.world

    def resolve(self, word: str) -> RecordId | None:
        """The entity of a key or, where only one has it, of a name."""
        if word in self.keys:
            return self.keys[word]
        named = self.by_name.get(fold(word), [])
        return named[0] if len(named) == 1 else None

    # ---- entities --------------------------------------------------------------------------------------------------

    def _entity(self, item: Json, base: Record | None, record_id: RecordId, *, fill: bool) -> None:
        old = base if isinstance(base, Entity) else None
        start = old or Entity(
            id=record_id, kind=item["kind"], name=item["name"], prov=shapes.imported_from(item["key"])
        )
        fields, custom, written = self._fields(item)
        stated, foreign = self._stated(item, written)
        given: Json = {"fields": fields, "custom": custom, "stated": stated, **self._shell(item)}
        if fill:
            given = _filling(start, given)
        else:
            given |= {group: getattr(start, group) | given[group] for group in ("fields", "custom", "stated")}
        given["foreign_ids"] = start.foreign_ids | {NS: item["key"]}
        absent = [k for k in shapes.ENTITY_KEYS if k not in item]
        known = (*shapes.ENTITY_KEYS, "stated")
        extra = {k: v for k, v in item.items() if k not in known and v is not None} | foreign
        given["ext"] = shapes.keeping(
            start.ext, world=self.world, extra=extra, absent=absent, written=written, merged=fill
        )
        self.staging.take(start.model_copy(update=given), old=old)

    def _shell(self, item: Json) -> Json:
        """The stated keys of an entity besides its fields, checked."""
        status, open_to = shapes.status_of(item.get("status")), shapes.visibility_of(item.get("visibility"))
        if "status" in item and status is None:
            self.staging.note(f"entity {item['key']}", f"“{item['status']}” is no status; it came in as a draft")
        if "visibility" in item and open_to is None:
            self.staging.note(f"entity {item['key']}", "its visibility isn't known; only the game master sees it")
        given: Json = {"kind": item["kind"], "name": item["name"], "deleted_at": None}
        given |= {k: shapes.text(item[k]) for k in ("summary", "body") if k in item}
        given |= {"tags": shapes.texts(item["tags"])} if "tags" in item else {}
        given |= {"aliases": shapes.aliases_of(item["aliases"])} if "aliases" in item else {}
        given |= {"status": status} if status else {}
        return given | ({"visibility": open_to} if open_to else {})

    def _fields(self, item: Json) -> tuple[Json, Json, Json]:
        """(fields, custom, values whose written form can't be told from the stored one)."""
        fields: Json = {}
        custom: Json = {}
        written: Json = {}
        spec = self.kinds.get(item["kind"]) or kinds.spec_of(self.project, item["kind"])
        given = item.get("fields")
        for name, value in given.items() if isinstance(given, dict) else ():
            if value is None:
                continue
            stored = shapes.stored_value(spec.field_or_plain(name), value, self.resolve)
            if stored is None:
                custom[name] = value
                continue
            fields[name] = stored
            plain = shapes.written_value(stored, {})
            if plain != value or type(plain) is not type(value):
                written[name] = [value, plain]
        return fields, custom, written

    @cached_property
    def _key_of(self) -> dict[str, str]:
        return {record_id: key for key, record_id in self.keys.items()}

    def _stated(self, item: Json, written: Json) -> tuple[dict[str, Statement], Json]:
        """(what is stated about fields, what of it isn't in our terms and is only kept)."""
        given = item.get("stated")
        if not isinstance(given, dict):
            return {}, {} if given is None else {"stated": given}
        found: dict[str, Statement] = {}
        foreign: Json = {}
        for path, value in given.items():
            statement = shapes.statement_of(value, self.resolve)
            if statement is None:
                foreign[path] = value
                continue
            found[path] = statement
            as_we_say = shapes.written_statement(statement, self._key_of)
            if as_we_say != value:
                written[f"stated.{path}"] = [value, as_we_say]
        return found, {"stated": foreign} if foreign else {}

    # ---- the rest --------------------------------------------------------------------------------------------------

    def _calendars(self) -> None:
        existing = self.project.all(Calendar, deleted=True)
        for item in self._items("calendars", ("key",)):
            name = shapes.text(item.get("name")) or item["key"]
            mine = [c for c in existing if c.foreign_ids.get(NS) == item["key"]]
            base = next((c for c in mine if self._own(c) or fold(c.name) == fold(name)), None)
            start = base or Calendar(id=self.new_id(), name=name, prov=shapes.imported_from(item["key"]))
            ext = shapes.keeping(start.ext, world=self.world, extra={})
            update = {"name": name, "definition": item, "deleted_at": None, "ext": ext}
            update["foreign_ids"] = start.foreign_ids | {NS: item["key"]}
            self.staging.take(start.model_copy(update=update), old=base)

    def _write_entries(self, existing: dict[RecordId, Entry]) -> None:
        for item in self._entry_items:
            record_id = self.entries[item["key"]]
            old = existing.get(record_id)
            start = old or Entry(id=record_id, title=item["title"], prov=shapes.imported_from(item["key"]))
            given: Json = {
                "title": item["title"], "deleted_at": None,
                "body": shapes.text(item.get("body")), "mode": shapes.text(item.get("mode")) or "note",
                "in_world_date": shapes.date(item.get("in_world_date")),
                "flashback": item.get("flashback") is True, "memorial": item.get("memorial") is True,
                "visibility": self.open_to[record_id], "tags": shapes.texts(item.get("tags")),
                "status": shapes.status_of(item.get("status")) or Status.DRAFT,
                "foreign_ids": start.foreign_ids | {NS: item["key"]},
            }  # fmt: skip
            absent = [k for k in ("mode", "visibility", "body") if k not in item]
            extra = {k: v for k, v in item.items() if k not in _ENTRY_KEYS and v is not None}
            given["ext"] = shapes.keeping(start.ext, world=self.world, extra=extra, absent=absent)
            self.staging.take(start.model_copy(update=given), old=old)

    def _relations(self) -> None:
        made = []
        for item in self._items("relations", ("from", "type", "to")):
            ends = self._ends(f"relation {item['from']} → {item['type']} → {item['to']}", item["from"], item["to"])
            if ends is not None:
                made.append(self._relation(item, *ends))
        self._pair(made, self.project.all(Relation), lambda r: (r.from_id, r.type, r.to_id))

    def _relation(self, item: Json, from_id: RecordId, to_id: RecordId) -> Relation:
        absent = [k for k in ("certainty", "visibility") if k not in item]
        extra = {k: v for k, v in item.items() if k not in _RELATION_KEYS and v is not None}
        attitude = item.get("attitude")
        number = attitude if isinstance(attitude, int) and -100 <= attitude <= 100 else None
        speaker, extra = self._who(item, extra)
        return Relation(
            from_id=from_id, type=item["type"], to_id=to_id, certainty=_certainty(item), speaker=speaker,
            valid_from=shapes.date(item.get("valid_from")), valid_to=shapes.date(item.get("valid_to")),
            attitude=number, rank=shapes.text(item.get("rank")), role=shapes.text(item.get("role")),
            visibility=shapes.visibility_of(item.get("visibility")) or "gm", prov=shapes.imported_from(""),
            ext=shapes.keeping({}, world=self.world, extra=extra, absent=absent),
        )  # fmt: skip

    def _claims(self) -> None:
        made = []
        for item in self._items("claims", ("subject", "predicate")):
            what = f"claim {item['subject']} · {item['predicate']}"
            about, value = item.get("object"), item.get("value")
            ends = self._ends(what, item["subject"], about if isinstance(about, str) else item["subject"])
            if ends is None:
                continue
            if value is not None and not shapes.scalar(value):
                self.staging.skip(what, "its value is neither a text nor a number")
            else:
                made.append(self._claim(item, ends[0], ends[1] if isinstance(about, str) else None))
        self._pair(made, self.project.all(Claim), lambda c: (c.subject_id, c.predicate))

    def _claim(self, item: Json, subject: RecordId, about: RecordId | None) -> Claim:
        extra = {k: v for k, v in item.items() if k not in _CLAIM_KEYS and v is not None}
        speaker, extra = self._who(item, extra)
        given = item.get("source")
        source = (self.entries.get(given) or self.resolve(given)) if isinstance(given, str) else None
        extra |= {"source": given} if source is None and given is not None else {}
        return Claim(
            subject_id=subject, predicate=item["predicate"], value=item.get("value"), object_id=about,
            speaker=speaker, source_id=source, certainty=_certainty(item), prov=shapes.imported_from(""),
            valid_from=shapes.date(item.get("valid_from")), valid_to=shapes.date(item.get("valid_to")),
            visibility=shapes.visibility_of(item.get("visibility")) or self._least_open(subject, about, source),
            ext=shapes.keeping(
                {}, world=self.world, extra=extra, absent=[] if "certainty" in item else ["certainty"]
            ),
        )  # fmt: skip

    def _pair(self, made: list[Any], existing: list[Any], ends: Callable[[Any], Any]) -> None:
        """Facts have no key: an equal one is the same one; else the one left over between the same ends was changed.

        What is over before the other begins is another term, and both stay.
        """
        old: dict[Any, list[Any]] = defaultdict(list)
        for record in existing:
            old[ends(record)].append(record)
        pairs = [(fact, _pop(old[ends(fact)], fact)) for fact in made]
        missing = Counter(ends(fact) for fact, base in pairs if base is None)
        for fact, base in pairs:
            left = self._changed(old[ends(fact)], fact) if base is None and missing[ends(fact)] == 1 else []
            base = base or (left[0] if len(left) == 1 else None)
            if base is None:
                self.staging.take(fact.model_copy(update={"id": self.new_id()}), old=None)
                continue
            kept = {k: getattr(base, k) for k in ("id", "status", "tags", "prov")} | {"ext": base.ext | fact.ext}
            self.staging.take(fact.model_copy(update=kept), old=base)

    def _changed(self, left: list[Any], fact: Any) -> list[Any]:
        spans = tenures.span_of(fact)
        return [r for r in left if self._own(r) and not tenures.apart(tenures.span_of(r), spans, self._days)]

    @cached_property
    def _days(self) -> DayCalendars:
        return self.staging.calendars(self.project)

    def _ends(self, what: str, first: str, second: str) -> tuple[RecordId, RecordId] | None:
        ends = self.resolve(first), self.resolve(second)
        if ends[0] is None or ends[1] is None:
            self.staging.skip(what, f"nothing is called “{first if ends[0] is None else second}”")
            return None
        return ends[0], ends[1]

    def _who(self, item: Json, extra: Json) -> tuple[RecordId | None, Json]:
        """The speaker; a name that nobody has is kept as it was written."""
        given = item.get("speaker")
        speaker = self.resolve(given) if isinstance(given, str) else None
        return speaker, extra if given is None or speaker else extra | {"speaker": given}

    def _least_open(self, *ids: RecordId | None) -> str:
        seen = [self.open_to.get(i, "gm") for i in ids if i]
        return min(seen, key=lambda v: _OPENNESS.index(v) if v in _OPENNESS else 0)

    def _project_info(self) -> None:
        """Keep the world's own name and unknown keys with the project, as long as it holds one world only."""
        info = self.project.info()
        before = shapes.kept(info)
        other = bool(before) and before.get("world") != self.world
        extra = {k: v for k, v in self.data.items() if k not in {*_SECTIONS, "format", "version", "name"}}
        if extra.get(KIND_SECTION):
            del extra[KIND_SECTION]
        absent = [s for s in _SECTIONS if s not in self.data]
        ext = shapes.keeping(info.ext, world="" if other else self.world, extra={} if other else extra, absent=absent)
        if info.ext != ext:
            self.staging.also(info.model_copy(update={"ext": ext}))


def _certainty(item: Json) -> Any:
    given = item.get("certainty")
    return given if given in shapes.CERTAINTIES else "fact"


def _pop(records: list[Any], fact: Any) -> Any | None:
    """Take the record out that says exactly this, whoever brought it."""
    for record in records:
        loose = {k: getattr(record, k) for k in ("status", "tags", "prov", "ext")}
        if same(record, fact.model_copy(update=loose)):
            records.remove(record)
            return record
    return None


def _is_merged(entity: Entity | None) -> bool:
    return entity is not None and bool(shapes.kept(entity).get("merged"))


def _filling(start: Entity, given: Json) -> Json:
    """Into an entity that the project already had, only what is empty there is filled; lists and fields grow."""
    kept: Json = {k: given[k] for k in ("summary", "body") if k in given and not getattr(start, k)}
    kept["fields"] = given["fields"] | start.fields
    kept["custom"] = given["custom"] | start.custom
    had = {f"{group}.{name}" for group in ("fields", "custom") for name in getattr(start, group)}
    kept["stated"] = {path: one for path, one in given["stated"].items() if path not in had} | start.stated
    have = {fold(n) for n in start.names()}
    more = tuple(a for a in given.get("aliases", ()) if fold(a.name) not in have)
    kept["aliases"] = start.aliases + more
    kept["tags"] = tuple(dict.fromkeys(start.tags + given.get("tags", ())))
    return kept
