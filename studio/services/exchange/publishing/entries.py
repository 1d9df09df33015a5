"""One entry of the world, or a note, as a section: what stands first, which facts, what goes in a box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.text import line
from studio.domain.vocabulary import GM_ONLY_FIELDS, MIRRORS, FieldSpec
from studio.services.exchange.publishing.document import (
    Block,
    Box,
    Facts,
    Grid,
    Items,
    Mark,
    Paragraph,
    Section,
    Span,
    Spans,
    plain,
)
from studio.services.exchange.publishing.statblocks import stats
from studio.services.world import kinds, map_pages, sessions
from studio.services.world.values import refs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.domain.world import Entity, Entry, Relation
    from studio.services.exchange.publishing.shelf import Shelf

_LONG = 160
"""A value of so many characters is a paragraph, not a fact."""
_ON_CARD = 7
_CARD_WORDS = 420
_UNTOLD = frozenset({"is_pc", "image", "coordinates"})


def entity_section(shelf: Shelf, entity: Entity) -> Section:
    """The whole entry."""
    blocks: list[Block] = [*_pictures(shelf, entity), *_lead(shelf, entity)]
    facts, texts = _fields(shelf, entity)
    blocks += [Facts(tuple(facts))] if facts else []
    blocks += shelf.markup.blocks(entity.body)
    blocks += texts
    blocks += [stats(entity.name, entity.statblock)] if entity.statblock else []
    blocks += _pins(shelf, entity) if entity.kind == map_pages.MAP else ()
    blocks += _clues(shelf, entity) if entity.kind == sessions.SESSION else ()
    blocks += _relations(shelf, entity)
    return Section(shelf.anchor_of(entity.id), entity.name, tuple(blocks), kind=_kind(shelf, entity))


def _kind(shelf: Shelf, entity: Entity) -> str:
    """What the entry is, where its chapter doesn't say so already."""
    word = shelf.kind_of(entity)
    return word if word != kinds.spec_of(shelf.project, entity.kind).label else entity.subtype


def entry_section(shelf: Shelf, entry: Entry) -> Section:
    """A note."""
    date = shelf.date(entry.in_world_date)
    when = Facts((("Date", (Span(date),)),)) if date else None
    blocks = [*([when] if when else []), *shelf.markup.blocks(entry.body)]
    mode = "" if entry.mode == "note" else entry.mode.replace("_", " ")
    return Section(shelf.anchor_of(entry.id), entry.title, tuple(blocks), kind=mode)


def card(shelf: Shelf, entity: Entity) -> Section:
    """What fits on a card."""
    blocks: list[Block] = []
    if entity.images and (shown := shelf.image(entity.images[0], small=True)):
        blocks.append(shown)
    facts, _texts = _fields(shelf, entity)
    summary = shelf.markup.line(entity.summary) or _first_words(shelf, entity)
    blocks += [Paragraph(summary, lead=True)] if summary else []
    short = tuple(one for one in facts if len(plain(one[1])) <= 90)[:_ON_CARD]
    blocks += [Facts(short)] if short else []
    return Section(shelf.anchor_of(entity.id), entity.name, tuple(blocks), kind=shelf.kind_of(entity))


def _first_words(shelf: Shelf, entity: Entity) -> Spans:
    first = next((one for one in shelf.markup.blocks(entity.body) if isinstance(one, Paragraph)), None)
    words = plain(first.spans) if first else ""
    if len(words) <= _CARD_WORDS:
        return (Span(words),) if words else ()
    return (Span(f"{words[:_CARD_WORDS].rsplit(' ', 1)[0]}…"),)


def _pictures(shelf: Shelf, entity: Entity) -> Iterator[Block]:
    marks = _marks(shelf, entity) if entity.kind == map_pages.MAP else ()
    for n, digest in enumerate(entity.images):
        if shown := shelf.image(digest, marks=marks if n == 0 else ()):
            yield shown


def _lead(shelf: Shelf, entity: Entity) -> Iterator[Block]:
    if summary := shelf.markup.line(entity.summary):
        yield Paragraph(summary, lead=True)
    secret = " (a secret)" if shelf.lens.is_gm else ""
    if names := [f"{one.name}{secret if one.kind == 'secret' else ''}" for one in entity.aliases]:
        yield Paragraph((Span(f"Also called {', '.join(names)}", italic=True),))


def _fields(shelf: Shelf, entity: Entity) -> tuple[list[tuple[str, Spans]], list[Block]]:
    """(short facts, longer texts); what only the game master may see stands in a box."""
    facts: list[tuple[str, Spans]] = []
    texts: list[Block] = []
    hidden = kinds.gm_only(shelf.project, entity.kind) | GM_ONLY_FIELDS
    for path, label, spec, value in _values(shelf, entity):
        secret = path.removeprefix("fields.") in hidden or entity.statement(path).visibility == "gm"
        words = _said(shelf, entity, path, shelf.value(value, spec))
        if not words:
            continue
        if secret:
            texts.append(Box("secret", _text(shelf, "", value, spec, words), label))
        elif len(plain(words)) > _LONG:
            texts += _text(shelf, label, value, spec, words)
        else:
            facts.append((label, words))
    return facts, texts


def _values(shelf: Shelf, entity: Entity) -> Iterator[tuple[str, str, FieldSpec, Any]]:
    """(path, label, spec, value) of the fields in the order of their kind, then of those of one's own."""
    spec = kinds.spec_of(shelf.project, entity.kind)
    order = {field.name: n for n, field in enumerate(spec.fields)}
    for name in sorted(entity.fields, key=lambda one: order.get(one, len(order))):
        if name not in _UNTOLD:
            field = spec.field_or_plain(name)
            yield f"fields.{name}", field.label, field, entity.fields[name]
    for name, value in entity.custom.items():
        words = line(name).replace("_", " ")
        yield f"custom.{name}", words[:1].upper() + words[1:], FieldSpec(name="text"), value


def _text(shelf: Shelf, label: str, value: Any, spec: FieldSpec, words: Spans) -> tuple[Block, ...]:
    """A long value: a list by items, a text by paragraphs, its label before the first of them."""
    title = (Span(f"{label}. ", bold=True),) if label else ()
    if spec.type == "list" and isinstance(value, list) and len(value) > 1:
        items = tuple((Paragraph(shelf.value(one)),) for one in value)
        return (*([Paragraph(title)] if title else []), Items(items))
    if isinstance(value, str) and "\n" in value.strip():
        return (*([Paragraph(title)] if title else []), *shelf.markup.blocks(value))
    return (Paragraph((*title, *words)),)


def _said(shelf: Shelf, entity: Entity, path: str, words: Spans) -> Spans:
    """A value with how sure it is and since when, where that is said."""
    said = entity.statement(path)
    speaker = shelf.by_id.get(said.speaker) if said.speaker else None
    told = [shelf.sure(said.certainty), _span_of(shelf, said.valid_from, said.valid_to)]
    told += [f"says {speaker.name}"] if speaker else []
    more = ", ".join(one for one in told if one)
    return (*words, Span(f" ({more})", italic=True)) if more and words else words


def _span_of(shelf: Shelf, start: object, end: object) -> str:
    since, until = shelf.date(start), shelf.date(end)
    return f"{since} – {until}" if since and until else f"since {since}" if since else f"until {until}" if until else ""


def _relations(shelf: Shelf, entity: Entity) -> Iterator[Block]:
    """What it has to do with others, but for what a field says in the same words."""
    rows: dict[str, list[Spans]] = {}
    found = shelf.relations.get(entity.id, ())
    said = {
        (type_, one) for (kind, field), (type_, _subject) in MIRRORS.items() if kind == entity.kind
        for one in refs(entity.fields.get(field))
    }  # fmt: skip
    for label, other, relation in sorted(found, key=lambda one: (one[0], one[1].name.casefold(), one[1].id)):
        detail = _detail(shelf, relation)
        if detail or (relation.type, other.id) not in said:
            rows.setdefault(label, []).append((shelf.link(other), *detail))
    facts = [(label[:1].upper() + label[1:], _joined(many)) for label, many in rows.items()]
    if facts:
        yield Box("ties", (Facts(tuple(facts)),), "Connections")


def _detail(shelf: Shelf, relation: Relation) -> Spans:
    told = [relation.role, relation.rank, shelf.sure(relation.certainty),
            _span_of(shelf, relation.valid_from, relation.valid_to)]  # fmt: skip
    words = ", ".join(one for one in told if one)
    return (Span(f" ({words})", italic=True),) if words else ()


def _joined(many: Sequence[Spans]) -> Spans:
    found: list[Span] = []
    for one in dict.fromkeys(many):
        found += [*([Span("; ")] if found else []), *one]
    return tuple(found)


# ---- maps and sessions ---------------------------------------------------------------------------------------------


def _marks(shelf: Shelf, entity: Entity) -> tuple[Mark, ...]:
    page = map_pages.map_page(shelf.project, entity.id, shelf.lens)
    return tuple(Mark(n, row.pin.x, row.pin.y) for n, row in enumerate(page.pins, 1))


def _pins(shelf: Shelf, entity: Entity) -> Iterator[Block]:
    page = map_pages.map_page(shelf.project, entity.id, shelf.lens)
    rows: list[tuple[Spans, ...]] = []
    for n, row in enumerate(page.pins, 1):
        target = shelf.by_id.get(row.pin.target_id) if row.pin.target_id else None
        name = (Span(row.name or "", to=shelf.anchor_of(target.id) if target else ""),)
        rows.append(((Span(str(n)),), name, shelf.markup.line(row.pin.note)))
    if rows:
        yield Grid(((Span("No."),), (Span("Place"),), (Span("Note"),)), tuple(rows), ("right", "left", "left"))


def _clues(shelf: Shelf, entity: Entity) -> Iterator[Block]:
    rows = sessions.sheet(shelf.project, entity.id, shelf.lens)
    items: list[tuple[Block, ...]] = []
    for row in rows:
        told = {"here": " (given away)", "elsewhere": f" (given away in {row.delivered})"}.get(row.place, "")
        more = (Span(told, italic=True),) if told else ()
        items.append((Paragraph((*shelf.markup.line(row.clue.text), *more)),))
    if items:
        kind = "secret" if shelf.lens.is_gm else "note"
        yield Box(kind, (Items(tuple(items)),), "Secrets and clues" if shelf.lens.is_gm else "Clues")
