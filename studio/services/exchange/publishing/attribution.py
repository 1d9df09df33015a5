"""The last page: who wrote it, where it came from, whose pictures these are, and what a model wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.blueprint import Blueprint
from studio.domain.record import Authorship
from studio.domain.world import Entity, Entry
from studio.services.exchange.publishing.document import Block, Grid, Heading, Items, Paragraph, Section, Span, Spans
from studio.services.world.bulk import label_of
from studio.services.world.marks import authorship_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.services.exchange.publishing.document import Image
    from studio.services.exchange.publishing.shelf import Shelf

TITLE = "Attribution"
_BY = {Authorship.AI_GENERATED: "a model", Authorship.AI_EDITED: "a model, edited by a person"}
_PROGRAMS = {
    "obsidian": "Obsidian", "foundry": "Foundry VTT", "kanka": "Kanka", "azgaar": "Azgaar's map generator",
    "character-card": "a character card", "world-info": "a lorebook", "ttrpg-world": "world-json",
    "document": "a document", "discord": "Discord", "world-anvil": "World Anvil", "legendkeeper": "LegendKeeper",
    "notion": "Notion",
}  # fmt: skip


def authors(shelf: Shelf, records: Iterable[Entity | Entry]) -> tuple[str, ...]:
    """Who wrote the records that are shown, by name."""
    raw = (shelf.project.any_record(one.id) for one in records)
    return tuple(sorted({name for one in raw if one for name in (one.created_by, one.updated_by) if name}))


def attribution(shelf: Shelf, title: str, records: list[Entity | Entry], names: tuple[str, ...]) -> Section:
    """The page. Of where a value was read only the model's name is told, never what was said to it."""
    blocks: list[Block] = [Paragraph(_who(title, names))]
    if came := sorted({word for one in records for word in _sources(shelf, one.id)}):
        blocks.append(Paragraph((Span("Parts of it came from "), Span(_listed(came)), Span("."))))
    blocks += _models(shelf, records)
    blocks += _pictures(shelf.images.values())
    return Section(shelf.anchor(TITLE), TITLE, tuple(blocks))


def _who(title: str, names: tuple[str, ...]) -> Spans:
    by = f" Written by {_listed(list(names))}." if names else ""
    return (Span(title, italic=True), Span(f" was made with TTRPG Studio.{by}"))


def _sources(shelf: Shelf, record_id: str) -> Iterator[str]:
    raw = shelf.project.any_record(record_id)
    for name in raw.foreign_ids if raw is not None else ():
        known = name.partition(":")[0].lower()
        if known in _PROGRAMS:
            yield _PROGRAMS[known]
        elif known == "rules-5e" and isinstance(raw, Entity) and raw.custom.get("source"):
            yield str(raw.custom["source"])


def _models(shelf: Shelf, records: list[Entity | Entry]) -> Iterator[Block]:
    yield Heading(2, (Span("Words of models"),))
    rows: list[tuple[Spans, ...]] = []
    for one in records:
        raw = shelf.project.any_record(one.id)
        if isinstance(raw, Entity) and isinstance(one, Entity):
            rows += _written(shelf, raw, one)
    if disclosure := _disclosure(shelf):
        yield Paragraph((Span("Disclosure: ", bold=True), *shelf.markup.line(disclosure)))
    if rows:
        head = tuple((Span(word),) for word in ("Entry", "What", "By", "Model"))
        yield Grid(head, tuple(rows), ("left",) * 4)
    else:
        yield Paragraph((Span("Nothing says that a model wrote any of it."),))


def _disclosure(shelf: Shelf) -> str:
    """What the newest blueprint that says anything tells readers of the part that models had."""
    told = [one for one in shelf.project.all(Blueprint) if one.production.ai_policy.disclosure.strip()]
    newest = max(told, key=lambda one: str(one.updated_at or ""), default=None)
    return newest.production.ai_policy.disclosure.strip() if newest else ""


def _written(shelf: Shelf, raw: Entity, shown: Entity) -> Iterator[tuple[Spans, ...]]:
    """A line for each way in which models took part in an entry."""
    marks = {path: raw.prov.get(path) or raw.prov.get("*", ()) for path in _paths(shown)}
    for by, words in _BY.items():
        paths = [path for path, of in marks.items() if authorship_of(of) is by]
        if paths:
            models = sorted({mark.model for path in paths for mark in marks[path] if mark.model})
            what = ", ".join(label_of(path).lower() for path in paths)
            name = (Span(shown.name, to=shelf.anchor_of(shown.id)),)
            yield name, (Span(what),), (Span(words),), (Span(", ".join(models) or "not noted"),)


def _paths(shown: Entity) -> Iterator[str]:
    yield from (path for path in ("summary", "body", "subtype") if getattr(shown, path))
    for group in ("fields", "custom"):
        yield from (f"{group}.{key}" for key in getattr(shown, group))


def _pictures(images: Iterable[Image]) -> Iterator[Block]:
    shown = sorted(images, key=lambda one: (one.title.casefold(), one.name))
    if not shown:
        return
    yield Heading(2, (Span("Pictures"),))
    items: list[tuple[Block, ...]] = []
    for one in shown:
        words = f"{one.credit or 'no credit noted'}; {one.licence or 'no licence noted'}."
        items.append((Paragraph((Span(one.title or "Untitled picture", bold=True), Span(f": {words}"))),))
    yield Items(tuple(items))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
