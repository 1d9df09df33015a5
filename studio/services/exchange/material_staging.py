"""Material from outside meets the project: what is new, what grows, what was changed here since and therefore stays."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

from studio.domain.calendars import key_of
from studio.domain.commit import content_hash
from studio.domain.recipe import NegativePolicy, Recipe, RecipeVersion
from studio.domain.record import Provenance, Record
from studio.domain.text import fold
from studio.domain.world import Alias, Calendar, Entity, Entry, Link, Relation
from studio.domain.worldkit import Media, Pin
from studio.services.exchange.material import LEFT_OUT, NOTE, OWN_FIELD, Material, Ref, Thing, WordMap, filled
from studio.services.exchange.staging import MonotonicIds, Staging, Told, ToldField, same
from studio.services.exchange.world_shapes import stored_value
from studio.services.forge.hashing import hashed
from studio.services.forge.slugs import free_slug
from studio.services.world import kinds, sound
from studio.storage.nouns import to_data

if TYPE_CHECKING:
    from studio.domain.ids import RecordId
    from studio.services.exchange.material import Dating, PromptText
    from studio.storage.project import Project

R = TypeVar("R", bound=Record)
Json = dict[str, Any]
SUMMARY_LIMIT = 400
MAX_BODY = 4 << 20
"""Characters of one text. No page shows more, and everything that reads texts would wait for it."""
WAS = "was"
"""In `ext[source]`: the hash of what the last import wrote, by which a change made here is known."""
JOINED = "joined"
"""In `ext[source]`: true on what was here first, and only ever grows by an import."""
WORDS = "words"
"""In the `ext` of the project: what a person said that the words of a source mean, by source."""
RAW = "raw"
"""In `ext[source]`: what of the original has no place here."""


def stage(project: Project, material: Material) -> Staging:
    """Everything that the material would change, compared with the project."""
    return _Stager(project, material).stage()


def name_of(text: str, default: str = "Untitled") -> str:
    """A name as it can be typed here: one line, not too long."""
    return " ".join(text.split())[: sound.NAME_LIMIT].strip() or default


class _Stager:
    """One comparison under way. Things are matched first, so that links between them find their ids."""

    def __init__(self, project: Project, material: Material) -> None:
        self.project, self.material, self.source = project, material, material.source
        self.staging = Staging(format=self.source, title=material.title, message=f"Import {material.title}")
        self.new_id = MonotonicIds()
        self.known: dict[str, Record] = {}
        self.ids: dict[str, RecordId] = {}
        self.names: dict[str, str] = {}
        self.twins: dict[str, Entity] = {}
        self.by_name: dict[str, list[RecordId]] = defaultdict(list)
        self.met: Counter[tuple[str, str, str]] = Counter()
        self.samples: dict[tuple[str, str], str] = {}
        said = project.info().ext.get(WORDS, {}).get(self.source, {})
        material.words = material.words.over(WordMap(said.get("kinds", {}), said.get("fields", {})))

    def stage(self) -> Staging:
        for what, why in self.material.skipped:
            self.staging.skip(what, why)
        for what, why in self.material.notes:
            self.staging.note(what, why)
        matched = self._match()
        self._name_calendars()
        self._images()
        for thing in matched:
            self._thing(thing)
        self._calendars()
        self._ties()
        self._spots()
        self._prompts()
        self._keep()
        told = self.material.kinds_told().items()
        self.staging.told = tuple(Told(word=word, kind=kind, count=count) for word, (kind, count) in told)
        self.staging.told_fields = tuple(
            ToldField(kind=kind, word=word, field=name, count=count, sample=self.samples[kind, word])
            for (kind, word, name), count in self.met.items()
        )
        return self.staging

    # ---- who is who ------------------------------------------------------------------------------------------------

    def _match(self) -> list[Thing]:
        """Give every thing its id: that of what it was imported as, of an entity of its name and kind, or a new one."""
        free: dict[tuple[str, str], list[Entity]] = defaultdict(list)
        for cls in (Entity, Entry, Calendar, Recipe, Pin):
            for record in self.project.all(cls, deleted=True):
                if self.source in record.foreign_ids:
                    self.known[record.foreign_ids[self.source]] = record
                elif isinstance(record, Entity) and record.deleted_at is None:
                    free[record.kind, fold(record.name)].append(record)
                if isinstance(record, Entity) and record.deleted_at is None:
                    for name in record.names():
                        self.by_name[fold(name)].append(record.id)
        return [thing for thing in self.material.things if self._place(thing, free)]

    def _place(self, thing: Thing, free: dict[tuple[str, str], list[Entity]]) -> bool:
        kind = self.material.kind_of(thing)
        if kind == LEFT_OUT:
            self.staging.skip(thing.name, f"you left out “{thing.told or 'notes'}”")
            return False
        if len(thing.body) > MAX_BODY:
            self.staging.skip(thing.name, f"its text is longer than {MAX_BODY:,} characters; split it to import it")
            return False
        if thing.key in self.ids:
            self.staging.skip(thing.name, "the file holds it twice")
            return False
        base = self._base(thing.key, Entry if kind == NOTE else Entity)
        if base is not None and base.deleted_at is not None:
            self.staging.skip(thing.name, "you put it in the trash; restore it there to import it again")
            return False
        if base is None and isinstance(self.known.get(self.material.identity(thing.key)), Entity | Entry):
            self.staging.note(thing.name, "came in as something else before; that stays beside it")
        twins = free.get((kind, fold(thing.name)), []) if base is None and kind != NOTE else []
        if isinstance(base, Entity) and self._ours(base).get(JOINED):
            self.twins[thing.key] = base
        elif twins:
            self.twins[thing.key] = base = twins.pop(0)
        self.ids[thing.key] = base.id if base is not None else self.new_id()
        self.names[thing.key] = name_of(thing.name)
        if kind != NOTE and base is None:
            for name in (thing.name, *thing.aliases):
                self.by_name[fold(name)].append(self.ids[thing.key])
        return True

    def _base(self, key: str, cls: type[R]) -> R | None:
        found = self.known.get(self.material.identity(key))
        return found if isinstance(found, cls) else None

    def _ours(self, record: Record) -> Json:
        return record.ext.get(self.source) or {}

    def _resolve(self, name: str) -> RecordId | None:
        found = self.by_name.get(fold(name), [])
        return found[0] if len(found) == 1 else None

    # ---- things ----------------------------------------------------------------------------------------------------

    def _thing(self, thing: Thing) -> None:
        kind = self.material.kind_of(thing)
        shared: Json = {"body": self._text(thing.body), "tags": tuple(dict.fromkeys(thing.tags))}
        shared |= {"visibility": thing.visibility}
        if kind == NOTE:
            given = shared | {"title": self.names[thing.key], "mode": thing.mode, "in_world_date": thing.date}
            self._take(thing.key, Entry(id=self.ids[thing.key], title=given["title"]), given, thing.raw)
            return
        fields, custom = self._fields(kind, thing)
        given = shared | {
            "name": self.names[thing.key], "kind": kind, "fields": fields, "custom": custom, "subtype": thing.subtype,
            "aliases": tuple(Alias(name=name_of(a)) for a in thing.aliases if a.strip()),
            "summary": self._summary(thing), "images": self._hashes(thing), "statblock": thing.statblock,
            "parent": self.ids.get(thing.parent),
        }  # fmt: skip
        fresh = Entity(id=self.ids[thing.key], kind=kind, name=given["name"])
        if (twin := self.twins.get(thing.key)) is not None:
            self._fill(thing, twin, given)
        else:
            self._take(thing.key, fresh, given, thing.raw)

    def _summary(self, thing: Thing) -> str:
        words = " ".join(self._text(thing.summary).split())
        return words if len(words) <= SUMMARY_LIMIT else words[: SUMMARY_LIMIT - 1].rsplit(" ", 1)[0] + "…"

    def _take(self, key: str, fresh: Record, given: Json, raw: Json) -> None:
        """Stage a record as the file has it, unless it was changed here since the last import and there too."""
        base = self._base(key, type(fresh))
        start = base if base is not None else fresh
        was = _digest(start, given) if base is not None else ""
        imported = start.model_copy(update=given)
        now, before = _digest(imported, given), self._ours(start).get(WAS, "")
        if base is not None and before and was != before:
            if now != before:
                self.staging.note(_title(base), "changed here and in the file since the last import; yours is kept")
            self.staging.take(base, old=base)
            return
        ext = {WAS: now} | ({RAW: raw} if raw else {})
        update: Json = {"ext": start.ext | {self.source: ext}}
        update["foreign_ids"] = start.foreign_ids | {self.source: self.material.identity(key)}
        if base is None:
            update["prov"] = {"*": (Provenance(source="import", ref_id=key, extractor=self.source),)}
        self.staging.take(imported.model_copy(update=update), old=base)

    def _fill(self, thing: Thing, twin: Entity, given: Json) -> None:
        """Into an entity that the project has already, only what is empty there is filled; lists and fields grow."""
        kept: Json = {
            k: given[k] for k in ("summary", "body", "subtype", "statblock", "parent") if not getattr(twin, k)
        }
        kept["fields"] = given["fields"] | twin.fields
        kept["custom"] = given["custom"] | twin.custom
        have = {fold(name) for name in twin.names()}
        kept["aliases"] = twin.aliases + tuple(a for a in given["aliases"] if fold(a.name) not in have)
        for name in ("tags", "images"):
            kept[name] = tuple(dict.fromkeys((*getattr(twin, name), *given[name])))
        grown = twin.model_copy(update=kept)
        marks: Json = {"foreign_ids": twin.foreign_ids | {self.source: self.material.identity(thing.key)}}
        marks["ext"] = twin.ext | {self.source: {JOINED: True} | ({RAW: thing.raw} if thing.raw else {})}
        if not self._ours(twin):
            self.staging.note(twin.name, "was here already; only what was empty is filled in")
        self.staging.take(grown.model_copy(update=marks), old=twin, linked=True)

    def _fields(self, kind: str, thing: Thing) -> tuple[Json, Json]:
        """(typed fields, custom): a field outside the kind, or of a shape that it can't have, is custom."""
        spec = kinds.spec_of(self.project, kind)
        fields, custom = {}, {}
        given = [*((k, k, v) for k, v in thing.fields.items()), *((k, OWN_FIELD, v) for k, v in thing.custom.items())]
        for word, guess, value in given:
            if not _said(value):
                continue
            name = self.material.words.field_of(kind, word, guess)
            known = spec.field(name) if name else None
            self._meet(kind, word, name if known or name == LEFT_OUT else OWN_FIELD, value)
            stored = self._value(known, value) if known is not None and name not in fields else None
            if stored is not None:
                fields[name] = stored
            elif name != LEFT_OUT:
                custom[word] = self._plain(value)
        return fields, custom

    def _meet(self, kind: str, word: str, name: str, value: Any) -> None:
        """Count a field of the source, for whoever wants it to be another one here."""
        self.met[kind, word, name] += 1
        if (kind, word) not in self.samples:
            self.samples[kind, word] = str(self._plain(value))[:80]

    def _value(self, spec: Any, value: Any) -> Any:
        if isinstance(value, Ref):
            one = self._link(value)
            return [one] if spec.type == "links" else one if spec.type == "link" else one.text
        if isinstance(value, list) and any(isinstance(one, Ref) for one in value):
            ends = [self._link(one) if isinstance(one, Ref) else Link(text=str(one)) for one in value]
            return ends if spec.type == "links" else ends[0] if spec.type == "link" else [end.text for end in ends]
        if spec.type == "date" and isinstance(value, dict):
            return value
        return stored_value(spec, self._text(value) if isinstance(value, str) else value, self._resolve)

    def _link(self, ref: Ref) -> Link:
        return Link(text=self.names.get(ref.key) or ref.text or ref.key, ref=self.ids.get(ref.key))

    def _plain(self, value: Any) -> Any:
        if isinstance(value, Ref):
            name = self.names.get(value.key)
            return f"[[{name}]]" if name else value.text or value.key
        return [self._plain(one) for one in value] if isinstance(value, list) else value

    def _text(self, text: str) -> str:
        return filled(text, self._wikilink, self._picture)

    def _wikilink(self, key: str, label: str) -> str:
        name = self.names.get(key)
        if name is None:
            return label or key
        return f"[[{name}|{label}]]" if label and label != name else f"[[{name}]]"

    def _picture(self, key: str, caption: str) -> str:
        image = self.material.images.get(key)
        return f"![{caption or (image.name if image else '')}](media:{image.hash})" if image else caption

    # ---- images, maps ----------------------------------------------------------------------------------------------

    def _hashes(self, thing: Thing) -> tuple[str, ...]:
        images = (self.material.images.get(key) for key in thing.images)
        return tuple(dict.fromkeys(image.hash for image in images if image is not None))

    def _images(self) -> None:
        there = {media.hash: media for media in self.project.all(Media)}
        fresh: dict[str, str] = {}
        for image in self.material.images.values():
            old = there.get(image.hash)
            made = old or Media(
                id=self.new_id(), name=name_of(image.name, "Image")[:120], hash=image.hash, media_type=image.media_type,
                width=image.width, height=image.height, credit=image.credit,
            )  # fmt: skip
            self.staging.take(made, old=old)
            there[image.hash] = made
            if old is None:
                fresh[image.hash] = image.media_type
        spool = self.material.spool
        self.staging.blobs = ((digest, media_type, spool.read(digest)) for digest, media_type in fresh.items())

    def _spots(self) -> None:
        for spot in self.material.spots:
            if (on := self.ids.get(spot.map)) is None:
                self.staging.skip(spot.name or "a pin", "its map wasn't imported")
                continue
            given: Json = {
                "x": min(1.0, max(0.0, spot.x)), "y": min(1.0, max(0.0, spot.y)), "name": spot.name[: sound.NAME_LIMIT],
                "target_id": self.ids.get(spot.target), "layer": spot.layer, "note": self._text(spot.note),
                "visibility": spot.visibility,
            }  # fmt: skip
            base = self._base(spot.key, Pin)
            fresh = Pin(id=base.id if base else self.new_id(), map_id=on, x=given["x"], y=given["y"])
            self._take(spot.key, fresh, given, {})

    # ---- ties, calendars, prompts ------------------------------------------------------------------------------------

    def _ties(self) -> None:
        old: dict[tuple[str, str, str], list[Relation]] = defaultdict(list)
        for relation in self.project.all(Relation):
            old[relation.from_id, relation.type, relation.to_id].append(relation)
        for tie in self.material.ties:
            start, end = self.ids.get(tie.source), self.ids.get(tie.target)
            if start is None or end is None:
                lost = tie.source if start is None else tie.target
                self.staging.skip(f"relation “{tie.type}”", f"“{self.names.get(lost, lost)}” wasn't imported")
                continue
            made = Relation(
                id=self.new_id(), from_id=start, type=tie.type, to_id=end, attitude=tie.attitude, role=tie.role,
                visibility=tie.visibility, valid_from=tie.since, valid_to=tie.until,
                ext={self.source: {RAW: tie.raw}} if tie.raw else {},
            )  # fmt: skip
            there = old[start, tie.type, end]
            base = next((one for one in there if same(one, made.model_copy(update={"prov": one.prov}))), None)
            base = base or next((one for one in there), None)
            self.staging.take(base or made, old=base)
            if base is None:
                there.append(made)

    def _name_calendars(self) -> None:
        """Give each calendar a key that no other has here, and the dates in it that key."""
        taken = {key_of(record): record for record in self.project.all(Calendar)}
        renamed: dict[str, str] = {}
        used: set[str] = set()
        for one in self.material.calendars:
            wanted, base = one.definition["key"], self._base(one.key, Calendar)
            key, n = key_of(base) if base is not None else wanted, 2
            while base is None and (key in used or (key in taken and not _equal(taken[key], one))):
                key, n = f"{wanted}_{n}", n + 1
            used.add(key)
            renamed[wanted] = key
            one.definition = {**one.definition, "key": key}
        if any(old != new for old, new in renamed.items()):
            for thing in self.material.things:
                thing.date = _redated(thing.date, renamed)
                thing.fields = {name: _redated(value, renamed) for name, value in thing.fields.items()}

    def _calendars(self) -> None:
        there = {key_of(record): record for record in self.project.all(Calendar)}
        for one in self.material.calendars:
            base = self._base(one.key, Calendar)
            if base is not None and base.deleted_at is not None:
                self.staging.skip(base.name, "you removed it; restore it in the history to import it again")
                continue
            twin = there.get(one.definition["key"]) if base is None else None
            if twin is not None:
                marks = twin.foreign_ids | {self.source: self.material.identity(one.key)}
                self.staging.take(twin.model_copy(update={"foreign_ids": marks}), old=twin, linked=True)
                continue
            fresh = Calendar(id=base.id if base else self.new_id(), name=name_of(one.name))
            given = {"name": name_of(one.name), "definition": one.definition}
            self._take(one.key, fresh, given, one.raw)

    def _prompts(self) -> None:
        slugs = {recipe.slug for recipe in self.project.all(Recipe, deleted=True)}
        for prompt in self.material.prompts:
            base = self._base(prompt.key, Recipe)
            version = self._version(prompt, base)
            latest = self._latest(base)
            if base is not None and latest is not None and latest.content_hash == version.content_hash:
                self.staging.take(base, old=base)
                continue
            title = name_of(prompt.title)
            start = base or Recipe(id=version.recipe_id, slug=free_slug(title, slugs), title=title)
            slugs.add(start.slug)
            update: Json = {"latest": version.n} | ({} if base else {
                "folder": prompt.folder, "medium": prompt.medium, "tags": tuple(prompt.tags),
                "prov": {"*": (Provenance(source="import", ref_id=prompt.key, extractor=self.source),)},
            })  # fmt: skip
            update["foreign_ids"] = start.foreign_ids | {self.source: self.material.identity(prompt.key)}
            update["ext"] = start.ext | ({self.source: {RAW: prompt.raw}} if prompt.raw else {})
            self.staging.take(start.model_copy(update=update), old=base)
            self.staging.also(version)

    def _latest(self, recipe: Recipe | None) -> RecipeVersion | None:
        if recipe is None:
            return None
        found = self.project.all(RecipeVersion, "owner_id = ?", (recipe.id,))
        return max(found, key=lambda version: version.n, default=None)

    def _version(self, prompt: PromptText, base: Recipe | None) -> RecipeVersion:
        return hashed(RecipeVersion(
            id=self.new_id(), recipe_id=base.id if base else self.new_id(), n=base.latest + 1 if base else 1,
            parent=base.latest if base else None, message=f"Imported from {self.source}", blocks=tuple(prompt.blocks),
            slots=tuple(prompt.slots), negative_policy=NegativePolicy(always=tuple(prompt.never)), params=prompt.params,
        ))  # fmt: skip

    def _keep(self) -> None:
        """What has no place here stays with the project, for an export to the same format; so does what words mean."""
        info, words = self.project.info(), self.material.words
        ext = dict(info.ext)
        if self.material.kept:
            place = self.material.kept_as or self.material.origin or "*"
            ext[self.source] = {**ext.get(self.source, {}), place: self.material.kept}
        if words:
            ext[WORDS] = {**ext.get(WORDS, {}), self.source: {"kinds": words.kinds, "fields": words.fields}}
        if ext != info.ext:
            self.staging.also(info.model_copy(update={"ext": ext}))


def _equal(record: Calendar, one: Dating) -> bool:
    """Whether a calendar of the project counts just as one from outside."""
    return {**record.definition, "main": None, "key": ""} == {**one.definition, "main": None, "key": ""}


def _redated(value: Any, renamed: dict[str, str]) -> Any:
    if not isinstance(value, dict) or value.get("calendar") not in renamed:
        return value
    return value | {"calendar": renamed[value["calendar"]]}


def _said(value: Any) -> bool:
    return value is not None and value not in ("", [], {})


_GIVEN: dict[type[Record], tuple[str, ...]] = {
    Entry: ("body", "tags", "visibility", "title", "mode", "in_world_date"),
    Entity: (
        "body", "tags", "visibility", "name", "kind", "fields", "custom", "subtype", "aliases", "summary", "images",
        "statblock", "parent",
    ),
    Pin: ("x", "y", "name", "target_id", "layer", "note", "visibility"),
}  # fmt: skip
"""What an import gives to a record of each class."""


def untouched(record: Record, source: str) -> bool:
    """Whether a record still is as the last import from this source wrote it: an export may give back the original."""
    was = (record.ext.get(source) or {}).get(WAS)
    return bool(was) and was == _digest(record, dict.fromkeys(_GIVEN[type(record)]))


def _digest(record: Record, given: Json) -> str:
    """The hash of those values of a record that an import gives."""
    data = to_data(record)
    return content_hash({name: data.get(name) for name in sorted(given)})


def _title(record: Record) -> str:
    return str(getattr(record, "name", "") or getattr(record, "title", "") or record.id)
