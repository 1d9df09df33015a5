"""All about an entity for whoever reads it without a window: each statement with its dates, speaker and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.dates import resolve, written
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.domain.world import Claim, DateValue, Statement
from studio.services.world import claims, mentions, names, pages, seen
from studio.services.world.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.record import Provenance
    from studio.services.world.pages import EntityPage
    from studio.services.world.relations import RelationRow
    from studio.storage.project import Project


class Dated(Frozen):
    """A date as the world writes it, as it is stored, and as absolute days; an open end is None."""

    text: str
    date: DateValue
    first_day: int | None = None
    last_day: int | None = None


class Source(Frozen):
    """Where a statement comes from: a chat, an entry, an import, somebody's hand."""

    source: str
    title: str = ""
    quote: str = ""
    confidence: float | None = None


class Told(Frozen):
    """What is said about a statement, whatever it states. Names, not ids. An empty `visibility` is the entity's."""

    certainty: str = "fact"
    speaker: str = ""
    known_by: tuple[str, ...] = ()
    since: Dated | None = None
    until: Dated | None = None
    visibility: str = ""
    sources: tuple[Source, ...] = ()


class FieldLine(Told):
    """A field. `value` is as stored, `date` is there where it is one."""

    path: str
    label: str
    text: str
    value: Any = None
    date: Dated | None = None


class RelationLine(Told):
    """A relation as it reads from the entity. `outgoing` is False where the inverse is shown."""

    id: RecordId
    type: str
    label: str
    outgoing: bool
    other: str
    other_id: RecordId
    other_kind: str
    rank: str = ""
    role: str = ""
    attitude: int | None = None


class ClaimLine(Told):
    """A further claim about the entity."""

    id: RecordId
    predicate: str
    text: str
    object_id: RecordId | None = None


class MentionLine(Frozen):
    """A text that speaks of the entity: by a `link`, in a `field`, or by the bare `name`."""

    how: str
    kind: str
    title: str
    snippet: str = ""


class Sheet(Frozen):
    """An entity and what is said about it, as the lens shows it. `standing` is that of the lens's day."""

    id: RecordId
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    status: str
    visibility: str
    tags: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    as_of: str = ""
    standing: str = ""
    fields: tuple[FieldLine, ...] = ()
    relations: tuple[RelationLine, ...] = ()
    claims: tuple[ClaimLine, ...] = ()
    mentions: tuple[MentionLine, ...] = ()


def sheet(project: Project, entity_id: RecordId, *, lens: Lens = OPEN_EYES) -> Sheet:
    """Read it. Raises NotFound where the entity isn't there for this lens."""
    page = pages.entity_page(project, entity_id, lens=lens)
    entity, teller = page.entity, _Teller(project, page, lens)
    return Sheet(
        id=entity.id, kind=entity.kind, name=entity.name, aliases=tuple(a.name for a in entity.aliases),
        status=entity.status.value, visibility=entity.visibility, tags=entity.tags, summary=entity.summary,
        body=entity.body, standing=page.standing,
        as_of="" if lens.as_of is None else project.calendars.main.format(lens.as_of),
        fields=tuple(teller.fields()), relations=tuple(teller.relation(row) for row in page.relations),
        claims=tuple(teller.claim(one) for one in claims.claims_of(project, entity_id, lens=lens)),
        mentions=tuple(_mentions(project, entity_id, lens)),
    )  # fmt: skip


class _Teller:
    """Puts names for ids and words for dates."""

    def __init__(self, project: Project, page: EntityPage, lens: Lens) -> None:
        self.project, self.page, self.lens = project, page, lens

    def fields(self) -> Iterable[FieldLine]:
        entity = self.page.entity
        if entity.parent and entity.parent in self.page.links:
            yield FieldLine(path="parent", label="Inside", text=self.page.links[entity.parent].name)
        for group in ("fields", "custom"):
            for name, value in sorted(getattr(entity, group).items(), key=lambda pair: self._place(pair[0])):
                path, spec = f"{group}.{name}", self.page.spec.field_or_plain(name)
                date = self.dated(value) if group == "fields" and isinstance(value, dict) else None
                yield FieldLine(
                    path=path, label=spec.label, text=date.text if date else plain(value), date=date,
                    value=_json(value),
                    **self._told(entity.statement(path), entity.prov.get(path) or entity.prov.get("*", ())),
                )  # fmt: skip

    def _place(self, field: str) -> int:
        """Where a field stands on the page: as its kind has it, others behind."""
        order = [one.name for one in self.page.spec.fields]
        return order.index(field) if field in order else len(order)

    def relation(self, row: RelationRow) -> RelationLine:
        return RelationLine(
            **row.model_dump(include={"id", "type", "label", "outgoing", "other_id", "other_kind", "rank", "role",
                                      "attitude"}),
            other=row.other_name, **self._told(row.said.statement, row.prov),
        )  # fmt: skip

    def claim(self, claim: Claim) -> ClaimLine:
        text = self._names([claim.object_id]) if claim.object_id else [plain(claim.value)]
        marks = [mark for many in claim.prov.values() for mark in many]
        told = self._told(claim, marks)
        if claim.source_id and (title := pages.source_title(self.project, claim.source_id)):
            told["sources"] = (Source(source="entry", title=title), *told["sources"])
        return ClaimLine(
            id=claim.id, predicate=claim.predicate, text=", ".join(text), object_id=claim.object_id, **told
        )

    def _told(self, said: Statement | Claim, marks: Iterable[Provenance]) -> dict[str, Any]:
        return {
            "certainty": seen.certainty(said.certainty, self.lens), "speaker": ", ".join(self._names([said.speaker])),
            "known_by": tuple(self._names(said.known_by)), "since": self.dated(said.valid_from),
            "until": self.dated(said.valid_to), "visibility": said.visibility,
            "sources": tuple(self._source(mark) for mark in marks) if self.lens.is_gm else (),
        }  # fmt: skip

    def dated(self, date: DateValue | None) -> Dated | None:
        if not date:
            return None
        ref = resolve(date, self.project.calendars)
        text = written(date, self.project.calendars) or plain(date)
        return Dated(text=text, date=date, first_day=ref.lo, last_day=ref.hi)

    def _names(self, ids: Iterable[RecordId | None]) -> list[str]:
        wanted = [one for one in ids if one]
        found = names.labels(self.project, set(wanted), lens=self.lens) if wanted else {}
        return [found[one][0] for one in wanted if one in found]

    def _source(self, mark: Provenance) -> Source:
        title = self.page.sources.get(mark.ref_id) or pages.source_title(self.project, mark.ref_id)
        return Source(source=mark.source, title=title, quote=mark.quote, confidence=mark.confidence)


def _json(value: Any) -> Any:
    """A field's value as plain JSON."""
    if isinstance(value, list | tuple):
        return [_json(one) for one in value]
    return value.model_dump(mode="json") if isinstance(value, Frozen) else value


def _mentions(project: Project, entity_id: RecordId, lens: Lens) -> Iterable[MentionLine]:
    found = mentions.mentions_of(project, entity_id, lens=lens)
    for how, many in (("link", found.linked), ("field", found.fields), ("name", found.unlinked)):
        for one in many:
            snippet = one.snippet.replace("\x02", "").replace("\x03", "")
            yield MentionLine(how=how, kind=one.kind, title=one.title, snippet=snippet)
