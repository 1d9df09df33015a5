"""What the project holds for one audience: its entries by id and name, where links lead, which pictures are shown."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from studio.domain.dates import written
from studio.domain.errors import NotFound
from studio.domain.record import Status
from studio.domain.text import fold
from studio.domain.vocabulary import relation_spec
from studio.domain.world import Entity, Entry, Link, Relation
from studio.services.exchange.publishing.document import Image, Mark, Picture, Span, Spans
from studio.services.exchange.publishing.markup import Markup
from studio.services.world import calendars, kinds, media, seen
from studio.services.world.values import plain

if TYPE_CHECKING:
    from studio.domain.lens import Lens
    from studio.domain.vocabulary import FieldSpec
    from studio.domain.world import Certainty
    from studio.storage.project import Project

ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif", "image/bmp": "bmp"}
_MEDIA = re.compile(r"media:([0-9a-f]{64})")
_SLUG = re.compile(r"[^a-z0-9]+")


class Shelf:
    """Reads the project once. Deprecated entries stay outside; links to them keep their words."""

    def __init__(self, project: Project, lens: Lens) -> None:
        self.project, self.lens = project, lens
        gone = Status.DEPRECATED
        self.entities = [e for e in seen.everything(project, Entity, lens=lens) if e.status is not gone]
        self.entries = [e for e in seen.everything(project, Entry, lens=lens) if e.status is not gone]
        self.by_id = {e.id: e for e in self.entities}
        self.calendars = calendars.loaded(project)
        self.images: dict[str, Image] = {}
        self._anchors: dict[str, str] = {}
        self._used: set[str] = set()
        self._names: dict[str, str] = {}
        self._taken: dict[str, str] = {}
        self.shown: set[str] = set()
        """The ids of the entries that have a section in this document: only to those a link leads."""
        self.markup = Markup(self.target, self.picture)
        self.relations = self._relations()

    def _relations(self) -> dict[str, list[tuple[str, Entity, Relation]]]:
        found: dict[str, list[tuple[str, Entity, Relation]]] = defaultdict(list)
        for relation in seen.everything(self.project, Relation, lens=self.lens):
            start, end = self.by_id.get(relation.from_id), self.by_id.get(relation.to_id)
            if start is not None and end is not None:
                spec = relation_spec(relation.type)
                found[start.id].append((spec.label, end, relation))
                found[end.id].append((spec.inverse.replace("_", " "), start, relation))
        return found

    # ---- where links lead ------------------------------------------------------------------------------------------

    def put(self, record: Entity | Entry) -> None:
        """Give a record a section in this document: from now on links lead there."""
        self.shown.add(record.id)
        name = record.name if isinstance(record, Entity) else record.title
        self._anchors[record.id] = self.anchor(name)
        for one in record.names() if isinstance(record, Entity) else (name,):
            self._names.setdefault(fold(one), record.id)

    def anchor(self, title: str) -> str:
        """An anchor that nothing else has, made of a title."""
        slug = _SLUG.sub("-", fold(title)).strip("-")[:60] or "part"
        slug = slug if slug[0].isalpha() else f"p-{slug}"
        name, n = slug, 2
        while name in self._used:
            name, n = f"{slug}-{n}", n + 1
        self._used.add(name)
        return name

    def anchor_of(self, record_id: str) -> str:
        """The anchor of a record's section, or nothing."""
        return self._anchors.get(record_id, "")

    def target(self, folded: str) -> str | None:
        """The anchor that a folded name means."""
        return self._anchors.get(self._names.get(folded, ""))

    def link(self, record: Entity) -> Span:
        """A record's name, leading to its section where it has one."""
        return Span(record.name, to=self.anchor_of(record.id))

    # ---- pictures --------------------------------------------------------------------------------------------------

    def picture(self, source: str, caption: str) -> Picture | None:
        """A picture of the project by `media:HASH`, where this audience may see it."""
        match = _MEDIA.fullmatch(source)
        return self.image(match.group(1), caption) if match else None

    def image(
        self, digest: str, caption: str = "", *, marks: tuple[Mark, ...] = (), small: bool = False
    ) -> Picture | None:
        """A picture by its hash; it is taken into the document as soon as something shows it."""
        if digest not in self._taken:
            self._taken[digest] = self._take(digest)
        if not (name := self._taken[digest]):
            return None
        said = self.images[name]
        return Picture(name, caption or said.title, caption or said.title, marks, small)

    def _take(self, digest: str) -> str:
        try:
            known = media.image(self.project, digest, self.lens)
            data = media.bytes_of(self.project, digest, self.lens)
        except NotFound:
            return ""
        ending = ENDINGS.get(known.media_type)
        if ending is None:
            return ""
        name = f"{digest[:24]}.{ending}"
        self.images[name] = Image(
            name, known.media_type, data, known.width, known.height, known.caption, known.credit, known.licence
        )
        return name

    # ---- values ----------------------------------------------------------------------------------------------------

    def value(self, value: Any, spec: FieldSpec | None = None) -> Spans:
        """A field's value in one line: links lead to sections, dates are in the words of their calendar."""
        if isinstance(value, Link):
            known = self.by_id.get(value.ref) if value.ref else None
            return (self.link(known),) if known else self.markup.line(value.text)
        if isinstance(value, list | tuple):
            found: list[Span] = []
            for one in value:
                words = self.value(one, spec)
                found += [*([Span("; " if spec and spec.type == "list" else ", ")] if found and words else []), *words]
            return tuple(found)
        if isinstance(value, dict):
            return self.markup.line(written(value, self.calendars) or str(value.get("text", "")))
        return self.markup.line(plain(value))

    def date(self, value: Any) -> str:
        """A date in words."""
        return written(value, self.calendars) if value else ""

    def kind_of(self, entity: Entity) -> str:
        """The word for what an entity is."""
        label = kinds.spec_of(self.project, entity.kind).label
        return "Player character" if entity.fields.get("is_pc") is True else label

    def sure(self, word: Certainty) -> str:
        """How sure something is, where it isn't a fact."""
        return "" if word == "fact" else word
