"""Names, links, tags and full text: derived from records as they are written, in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.blueprint import Blueprint
from studio.domain.chat import Message
from studio.domain.recipe import Recipe, RecipeVersion
from studio.domain.record import Frozen, Record
from studio.domain.text import fold, split_secrets, wikilinks
from studio.domain.vocabulary import GM_ONLY_FIELDS
from studio.domain.world import Entity, Entry, Link

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


def words_of(value: object) -> str:
    """A field's value as words to search."""
    if isinstance(value, Link):
        return value.text
    if isinstance(value, dict):
        return " ".join(words_of(v) for v in value.values())
    if isinstance(value, list | tuple):
        return " ".join(words_of(v) for v in value)
    if isinstance(value, Frozen):
        return " ".join(words_of(v) for _, v in value)
    return "" if value is None or isinstance(value, bool) else str(value)


def indexed_text(record: Record) -> tuple[str, str, str]:
    """(title, body, secret): what full text search sees; `secret` holds what only the game master may find."""
    if isinstance(record, Entity):
        body, secret = split_secrets(record.body)
        open_fields = (words_of(v) for k, v in record.fields.items() if k not in GM_ONLY_FIELDS)
        gm_fields = (words_of(v) for k, v in record.fields.items() if k in GM_ONLY_FIELDS)
        names = [record.name, *(a.name for a in record.aliases if a.kind != "secret")]
        hidden = [a.name for a in record.aliases if a.kind == "secret"]
        return (
            " · ".join(names),
            "\n".join([record.summary, body, *open_fields]),
            "\n".join([secret, *hidden, *gm_fields]),
        )
    if isinstance(record, Entry):
        body, secret = split_secrets(record.body)
        return record.title, body, secret
    if isinstance(record, Message):
        return "", record.text, ""
    if isinstance(record, Blueprint):
        return record.name, _blueprint_words(record), ""
    if isinstance(record, Recipe):
        return record.title, " ".join([record.use_case, record.medium, record.folder, *record.tags]), ""
    if isinstance(record, RecipeVersion):
        return "", _prompt_words(record), ""
    return getattr(record, "name", "") or getattr(record, "title", ""), "", ""


def _blueprint_words(record: Blueprint) -> str:
    """All words of the form, group by group; the envelope's are left out."""
    groups = Blueprint.model_fields.keys() - Record.model_fields.keys()
    return "\n".join(text for name, value in record if name in groups and (text := words_of(value).strip()))


def _prompt_words(record: RecipeVersion) -> str:
    """What a prompt says, and the names and help of its slots."""
    parts = [block.text for block in record.blocks]
    parts += [f"{slot.name.replace('_', ' ')} {slot.help} {' '.join(slot.choices)}" for slot in record.slots]
    parts += [words_of(record.style_profile), words_of(record.negative_policy), record.output]
    return "\n".join(text for part in parts if (text := part.strip()))


SEARCHED = ("entry", "message", "thread", "blueprint", "recipe", "recipe_version")


def refresh(sql: sqlite3.Connection, record: Record, *, existed: bool) -> None:
    """Bring everything derived from this record up to date."""
    if existed:
        forget(sql, record.id)
    if record.deleted_at is not None:
        return
    if isinstance(record, Entity):
        rows = {(fold(n), n): int(i > 0) for i, n in reversed(list(enumerate(record.names()))) if fold(n)}
        sql.executemany("INSERT OR REPLACE INTO name VALUES (?, ?, ?, ?)", _names(record.id, rows))
    sql.executemany("INSERT OR IGNORE INTO tag VALUES (?, ?)", [(t, record.id) for t in record.tags])
    if isinstance(record, Entity | Entry):
        links = {fold(target) for target in wikilinks(record.body)}
        sql.executemany("INSERT OR IGNORE INTO mention VALUES (?, ?)", [(record.id, f) for f in links])
    if isinstance(record, Entity) or record.kind in SEARCHED:
        title, body, secret = indexed_text(record)
        if title or body or secret:
            _index(sql, record, title, body, secret)


def _names(record_id: str, rows: dict[tuple[str, str], int]) -> Iterable[tuple[Any, ...]]:
    return [(record_id, folded, text, alias) for (folded, text), alias in rows.items()]


def _index(sql: sqlite3.Connection, record: Record, title: str, body: str, secret: str) -> None:
    cursor = sql.execute(
        "INSERT INTO fts_doc (record, kind, visibility) VALUES (?, ?, ?)", (record.id, record.kind, record.visibility)
    )
    sql.execute(
        "INSERT INTO fts (rowid, title, body, secret) VALUES (?, ?, ?, ?)", (cursor.lastrowid, title, body, secret)
    )


def forget(sql: sqlite3.Connection, record_id: str) -> None:
    """Take everything derived from this record away."""
    sql.execute("DELETE FROM name WHERE record = ?", (record_id,))
    sql.execute("DELETE FROM mention WHERE source = ?", (record_id,))
    sql.execute("DELETE FROM tag WHERE record = ?", (record_id,))
    row = sql.execute("SELECT docid FROM fts_doc WHERE record = ?", (record_id,)).fetchone()
    if row:
        sql.execute("DELETE FROM fts WHERE rowid = ?", row)
        sql.execute("DELETE FROM fts_doc WHERE docid = ?", row)
