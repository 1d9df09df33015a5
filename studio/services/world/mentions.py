"""Who speaks of an entity: texts that link to it, texts that only name it, and fields that point to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.domain.errors import Conflict
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.domain.text import WIKILINK, fold
from studio.domain.vocabulary import MIRRORS
from studio.domain.world import Entity, Entry
from studio.services.world import entities, entries, kinds, references, seen
from studio.services.world.values import refs
from studio.storage import search

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.storage.project import Project

_AROUND = 56
_SHORTEST = 3


class Mention(Frozen):
    """One text that speaks of an entity. `span` is its place in that text; `snippet` marks it with \\x02 and \\x03."""

    source_id: RecordId
    kind: str
    title: str
    snippet: str = ""
    span: tuple[int, int] | None = None
    words: str = ""


class Mentions(Frozen):
    """Everything that speaks of an entity."""

    linked: tuple[Mention, ...] = ()
    unlinked: tuple[Mention, ...] = ()
    fields: tuple[Mention, ...] = ()


def mentions_of(project: Project, entity_id: RecordId, *, limit: int = 60, lens: Lens = OPEN_EYES) -> Mentions:
    """Backlinks, unlinked mentions, and link fields of others that no relation shows already."""
    entity = seen.entity(project, entity_id, lens=lens)
    linked = backlinks(project, entity, lens=lens)
    bare = unlinked(project, entity, limit=limit) if lens == OPEN_EYES else []
    return Mentions(
        linked=tuple(linked[:limit]),
        unlinked=tuple(bare),
        fields=tuple(pointing_fields(project, entity_id, lens=lens)),
    )


def _title(record: Entity | Entry) -> str:
    return record.name if isinstance(record, Entity) else record.title


def backlinks(project: Project, entity: Entity, *, lens: Lens = OPEN_EYES) -> list[Mention]:
    """Texts with a `[[link]]` to one of the entity's names, by title."""
    wanted = {fold(name) for name in entity.names()}
    found = []
    for source, kind in search.backlinks(project.sql, entity.id, lens=lens):
        record = seen.record(project, source, lens=lens)
        if record is None:
            continue
        at = next((m for m in WIKILINK.finditer(record.body) if fold(m.group(1)) in wanted), None)
        span = at.span() if at else None
        snippet = around(record.body, span) if span else ""
        found.append(Mention(source_id=RecordId(source), kind=kind, title=_title(record), snippet=snippet, span=span))
    return sorted(found, key=lambda m: m.title.casefold())


def around(text: str, span: tuple[int, int]) -> str:
    """The words around a span, which is marked with \\x02 and \\x03, on one line."""
    start, end = max(0, span[0] - _AROUND), min(len(text), span[1] + _AROUND)
    before, after = text[start : span[0]], text[span[1] : end]
    if start:
        before = "…" + before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0] + "…"
    return " ".join(f"{before}\x02{text[span[0] : span[1]]}\x03{after}".replace("\n", " ").split(" "))


def unlinked(project: Project, entity: Entity, *, limit: int = 60) -> list[Mention]:
    """Texts that name the entity without a link, found through the full-text index."""
    names = [n for n in entity.names() if len(fold(n)) >= _SHORTEST]
    pattern = _any_of(names)
    if pattern is None:
        return []
    found: list[Mention] = []
    for source in _candidates(project, names, entity.id, limit * 2):
        record = project.any_record(source)
        if isinstance(record, Entity | Entry) and (span := first_bare(record.body, pattern)):
            words = record.body[slice(*span)]
            found.append(
                Mention(
                    source_id=record.id, kind=record.kind, title=_title(record), span=span, words=words,
                    snippet=around(record.body, span),
                )
            )  # fmt: skip
    return sorted(found, key=lambda m: m.title.casefold())[:limit]


def _candidates(project: Project, names: Iterable[str], but: str, limit: int) -> Iterator[str]:
    phrases = [" ".join(re.findall(r"\w+", name)) for name in names]
    query = " OR ".join(f'"{phrase}"' for phrase in phrases if phrase)
    if not query:
        return
    rows = project.sql.execute(
        "SELECT d.record FROM fts JOIN fts_doc d ON d.docid = fts.rowid WHERE fts MATCH ? AND d.record <> ?"
        " AND d.kind NOT IN ('message', 'thread', 'blueprint', 'recipe') LIMIT ?",
        (f"{{body secret}} : ({query})", but, limit),
    )
    for (record,) in rows.fetchall():
        yield record


def _any_of(names: list[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(n) for n in longest_first)})(?!\w)", re.IGNORECASE)


def first_bare(text: str, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """Where a name stands outside links and code, or None."""
    taken = [m.span() for m in re.finditer(r"\[\[[^\]]*\]\]|`[^`\n]*`|\]\([^)]*\)", text)]
    for match in pattern.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            return match.span()
    return None


def pointing_fields(project: Project, entity_id: RecordId, *, lens: Lens = OPEN_EYES) -> list[Mention]:
    """Link fields of other entities that point here and have no relation of their own."""
    found = []
    for data in references.holders(project, f'"ref":"{entity_id}"'):
        if data.get("deleted_at") or "name" not in data or data["id"] == entity_id:
            continue
        other = seen.record(project, data["id"], lens=lens)
        if not isinstance(other, Entity):
            continue
        for field, value in other.fields.items():
            if entity_id in refs(value) and (other.kind, field) not in MIRRORS:
                words = f"{kinds.spec_of(project, other.kind).label}: {field.replace('_', ' ')}"
                found.append(Mention(source_id=other.id, kind=other.kind, title=other.name, snippet=words))
    return sorted(found, key=lambda m: m.title.casefold())


def link_mention(project: Project, source_id: RecordId, entity_id: RecordId, span: tuple[int, int], words: str) -> None:
    """Turn a name in a text into a link. Raises Conflict where the text changed since it was read."""
    source: Any = project.any_record(source_id)
    entity = project.get(Entity, entity_id)
    if not isinstance(source, Entity | Entry) or source.body[slice(*span)] != words:
        raise Conflict("That text has changed since. Look again and link it from there.")
    link = f"[[{words}]]" if fold(words) in {fold(n) for n in entity.names()} else f"[[{entity.name}|{words}]]"
    body = source.body[: span[0]] + link + source.body[span[1] :]
    with project.commit("entity.link", f"Link “{entity.name}” in “{_title(source)}”"):
        if isinstance(source, Entity):
            entities.update_entity(project, source_id, {"body": body})
        else:
            entries.update_entry(project, source_id, {"body": body})


def link_all(project: Project, entity_id: RecordId) -> int:
    """Turn the first bare mention in every text into a link, in one commit; gives how many."""
    entity = project.get(Entity, entity_id)
    bare = unlinked(project, entity, limit=1000)
    if bare:
        with project.commit("entity.link", f"Link {len(bare)} mentions of “{entity.name}”"):
            for mention in bare:
                if mention.span:
                    link_mention(project, mention.source_id, entity_id, mention.span, mention.words)
    return len(bare)
