"""From a project to a document: what goes in, in which order, for whom. The same project gives the same document."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from studio.domain.blueprint import Blueprint
from studio.domain.errors import Invalid
from studio.domain.ids import RecordId
from studio.domain.text import fold
from studio.domain.world import Entity, Entry
from studio.services.exchange.publishing import attribution
from studio.services.exchange.publishing.catalogue import DEFAULT_DOCUMENT, DOCUMENTS, DocumentKind
from studio.services.exchange.publishing.document import Document, Section
from studio.services.exchange.publishing.entries import card, entity_section, entry_section
from studio.services.exchange.publishing.shelf import Shelf
from studio.services.exchange.staging import Reason
from studio.services.foundry.links import linked_names
from studio.services.foundry.markdown import render_markdown
from studio.services.world import kinds, lenses, seen
from studio.services.world.sessions import SESSION
from studio.services.world.values import refs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.domain.lens import Lens
    from studio.storage.project import Project

_SPACE = uuid.UUID("6f1d0b0e-6c0a-5b3f-9a57-0f3a5d8c2b11")
_LANGUAGES = {
    "english": "en", "deutsch": "de", "espanol": "es", "francais": "fr", "portugues": "pt", "italiano": "it",
}  # fmt: skip
_CODE = re.compile(r"[a-z]{2}")
_FEW = 20
"""Of so few entries, chapters follow one another on a page."""
_READERS = {"gm": "For the game master", "party": "For the players", "public": "For everybody"}
_MEANT = {
    "image": "{n} from the web or of another program: not fetched, their captions stand there instead",
    "link": "{n} to files outside the project: their words stay",
}


def gather(project: Project, *, document: str = "", lens: Lens, about: Sequence[str] = ()) -> Document:
    """The document for this audience. `about` are ids: only these entries, or the session that a packet is for.

    Raises Invalid for a document that isn't known, a primer for the game master, and where there is nothing to show.
    """
    kind = DOCUMENTS.get(document or DEFAULT_DOCUMENT)
    if kind is None:
        raise Invalid(f"There is no document “{document}”. Choose one of {', '.join(DOCUMENTS)}.")
    if kind.for_players and lens.is_gm:
        raise Invalid(f"A {kind.title.lower()} is for players. Choose the party, a player or anybody as its readers.")
    return _Gathering(project, kind, document or DEFAULT_DOCUMENT, lens, tuple(about)).document()


class _Gathering:
    def __init__(self, project: Project, kind: DocumentKind, name: str, lens: Lens, about: tuple[str, ...]) -> None:
        self.project, self.kind, self.name, self.lens, self.about = project, kind, name, lens, about
        self.shelf = Shelf(project, lens)
        self.session: Entity | None = None

    def document(self) -> Document:
        records = self._chosen()
        for one in records:
            self.shelf.put(one)
        self._check(records)
        info = self.project.info()
        title = info.name
        sections = [*self._opening(), *self._chapters(records)]
        names = attribution.authors(self.shelf, records)
        sections.append(attribution.attribution(self.shelf, title, records, names))
        modified = max((f"{one.updated_at:%Y-%m-%dT%H:%M:%SZ}" for one in records if one.updated_at), default="")
        return Document(
            title=title, subtitle=self._subtitle(), line=self._line(), authors=names, sections=tuple(sections),
            id=str(uuid.uuid5(_SPACE, f"{info.id} {self.name} {self.lens.audience} {self.lens.as_of}")),
            modified=modified, images=self.shelf.images, cards=self.kind.cards,
            brief=self.session is not None or len(records) <= _FEW, records=frozenset(self.shelf.shown),
            told=self._told(), language=self._language(),
        )  # fmt: skip

    def _language(self) -> str:
        """The language of the newest blueprint that names one: words are parted, and read aloud, by its rules."""
        named = [one for one in self.project.all(Blueprint) if one.identity.language]
        newest = max(named, key=lambda one: str(one.updated_at or ""), default=None)
        word = fold(newest.identity.language) if newest else "en"
        return _LANGUAGES.get(word, word if _CODE.fullmatch(word) else "en")

    def _check(self, records: list[Entity | Entry]) -> None:
        if not records:
            raise Invalid("There is nothing in it that these readers may see. Open some entries to them first.")

    def _subtitle(self) -> str:
        return f"{self.kind.title}: {self.session.name}" if self.session else self.kind.title

    def _line(self) -> str:
        """For whom it is, and as of when."""
        hero = self.shelf.by_id.get(RecordId(self.lens.audience.removeprefix("player:")))
        words = _READERS.get(self.lens.audience) or (f"For the player of {hero.name}" if hero else "For one player")
        day = lenses.words_of_day(self.project, self.lens.as_of) if self.lens.as_of is not None else ""
        return f"{words}, as of {day}" if day else words

    def _told(self) -> tuple[Reason, ...]:
        return tuple(
            Reason(what=f"{word}s" if n > 1 else word, why=_MEANT[word].format(n=n), skipped=False)
            for word, n in sorted(self.shelf.markup.lost.items())
        )

    # ---- which -----------------------------------------------------------------------------------------------------

    def _chosen(self) -> list[Entity | Entry]:
        if self.name == "session-packet":
            return self._of_session()
        wanted = set(self.about)
        if missing := wanted - {one.id for one in [*self.shelf.entities, *self.shelf.entries]}:
            raise Invalid(f"{len(missing)} of the chosen entries can't be seen by these readers.")
        fits = set(self.kind.chapters) if self.kind.only or self.kind.cards else None
        found = [
            one for one in self.shelf.entities
            if (one.id in wanted if wanted else fits is None or one.kind in fits)
        ]  # fmt: skip
        if self.kind.cards:
            return [*self._ordered(found)]
        notes = [one for one in self.shelf.entries if not wanted or one.id in wanted]
        return [*self._ordered(found), *notes]

    def _of_session(self) -> list[Entity | Entry]:
        """The session, what its fields and texts name, and the notes about it."""
        self.session = session = self._session()
        ids = {ref for value in session.fields.values() for ref in refs(value)}
        ids |= {other.id for _label, other, _relation in self.shelf.relations.get(session.id, ())}
        notes = [one for one in self.shelf.entries if session.id in one.entity_refs]
        ids |= {ref for one in notes for ref in one.entity_refs}
        others = [one for one in self.shelf.entities if one.id in ids and one.id != session.id]
        return [session, *notes, *self._ordered(others)]

    def _session(self) -> Entity:
        found = [one for one in self.shelf.entities if one.kind == SESSION and (not self.about or one.id in self.about)]
        if not found:
            raise Invalid("There is no session that these readers may see. Plan one, or open it to them first.")
        number = lambda one: value if isinstance(value := one.fields.get("number"), int | float) else 0  # noqa: E731
        return max(found, key=lambda one: (number(one), one.id))

    def _ordered(self, entities: Sequence[Entity]) -> list[Entity]:
        place = {name: n for n, name in enumerate(self.kind.chapters)}
        heroes = lambda one: 0 if self.kind.for_players and one.fields.get("is_pc") is True else 1  # noqa: E731
        key = lambda one: (heroes(one), place.get(one.kind, 99), one.kind, fold(one.name), one.id)  # noqa: E731
        return sorted(entities, key=key)

    # ---- in which order --------------------------------------------------------------------------------------------

    def _opening(self) -> Iterator[Section]:
        """What the whole is about: the game master's own words on it, and the blueprints."""
        if self.name != DEFAULT_DOCUMENT or self.about or not self.lens.is_gm:
            return
        about = self.shelf.markup.blocks(self.project.info().description)
        parts: list[Section] = []
        for one in seen.everything(self.project, Blueprint, lens=self.lens):
            names = {ref: hit.name for ref, hit in linked_names(self.project, one).items()}
            blocks = self.shelf.markup.blocks(render_markdown(one, names).partition("\n")[2])
            if blocks:
                parts.append(Section(self.shelf.anchor(one.name), one.name, blocks, kind="Blueprint"))
        if about or parts:
            yield Section(self.shelf.anchor("About"), "About this campaign", about, tuple(parts))

    def _chapters(self, records: list[Entity | Entry]) -> Iterator[Section]:
        if self.session is not None:
            yield entity_section(self.shelf, self.session)
            records = [one for one in records if one.id != self.session.id]
        chapters: dict[str, list[Section]] = {}
        for one in records:
            chapters.setdefault(self._chapter(one), []).append(self._section(one))
        for title, sections in chapters.items():
            yield Section(self.shelf.anchor(title), title, sections=tuple(sections))

    def _chapter(self, record: Entity | Entry) -> str:
        if isinstance(record, Entry):
            return "Notes"
        if self.kind.for_players and record.fields.get("is_pc") is True:
            return "Player characters"
        return kinds.spec_of(self.project, record.kind).plural

    def _section(self, record: Entity | Entry) -> Section:
        if isinstance(record, Entry):
            return entry_section(self.shelf, record)
        return card(self.shelf, record) if self.kind.cards else entity_section(self.shelf, record)
