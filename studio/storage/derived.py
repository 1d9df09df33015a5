"""Names, links, tags and full text: derived from records as they are written, in the same transaction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studio.domain.blueprint import Blueprint
from studio.domain.chat import Message
from studio.domain.recipe import Recipe, RecipeVersion
from studio.domain.record import Frozen, Record
from studio.domain.text import fold, split_secrets, wikilinks
from studio.domain.vocabulary import GM_ONLY_FIELDS
from studio.domain.world import Alias, Claim, Entity, Entry, Link, Relation
from studio.storage import times
from studio.storage.nouns import from_data, noun_of

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
        return _entity_text(record)
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


def _entity_text(record: Entity) -> tuple[str, str, str]:
    """What is open to fewer than the entity itself counts as secret: better found too rarely than by the wrong one."""
    body, secret = split_secrets(record.body)
    opened, hidden = [], []
    for name, value in record.fields.items():
        (hidden if name in GM_ONLY_FIELDS else opened).append(words_of(value))
    shown = [a.name for a in record.aliases if open_to(a, record) == record.visibility]
    kept = [a.name for a in record.aliases if open_to(a, record) != record.visibility]
    return (
        " · ".join([record.name, *shown]),
        "\n".join([record.summary, body, *opened]),
        "\n".join([secret, *kept, *hidden]),
    )


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


def refresh(sql: sqlite3.Connection, record: Record, calendars: times.Calendars, *, existed: bool) -> None:
    """Bring everything derived from this record up to date; its row has just been written."""
    if existed:
        forget(sql, record.id)
    if isinstance(record, Entity | Relation | Claim | Entry):
        times.refresh(sql, record, noun_of(record.kind).table_name, calendars)
    if record.deleted_at is not None:
        return
    if isinstance(record, Entity):
        sql.executemany("INSERT OR REPLACE INTO name VALUES (?, ?, ?, ?, ?)", _names(record))
    sql.executemany("INSERT OR IGNORE INTO tag VALUES (?, ?)", [(t, record.id) for t in record.tags])
    if isinstance(record, Entity | Entry):
        sql.executemany("INSERT OR IGNORE INTO mention VALUES (?, ?, ?)", _mentions(record))
    if isinstance(record, Entity) or record.kind in SEARCHED:
        title, body, secret = indexed_text(record)
        if title or body or secret:
            _index(sql, record, title, body, secret)


def _names(record: Entity) -> list[tuple[str, str, str, int, str]]:
    """(record, folded, text, is alias, visibility) of every name; the same text once, as the name before an alias."""
    rows = {}
    for alias in reversed(record.aliases):
        rows[alias.name] = (record.id, fold(alias.name), alias.name, 1, open_to(alias, record))
    rows[record.name] = (record.id, fold(record.name), record.name, 0, record.visibility)
    return [row for row in rows.values() if row[1]]


def open_to(alias: Alias, owner: Entity) -> str:
    """Who may know an alias: a secret one only the game master, unless it says who."""
    return alias.visibility or ("gm" if alias.kind == "secret" else owner.visibility)


def _mentions(record: Entity | Entry) -> Iterable[tuple[str, str, int]]:
    opened, secret = split_secrets(record.body)
    known = {fold(target) for target in wikilinks(opened)}
    hidden = {fold(target) for target in wikilinks(secret)} - known
    return [(record.id, f, 0) for f in known] + [(record.id, f, 1) for f in hidden]


def rebuild(sql: sqlite3.Connection) -> None:
    """Make everything that is derived anew from the records: after a migration."""
    calendars = times.load_calendars(sql)
    for table in ("name", "mention", "tag", "moment", "fts", "fts_doc"):
        sql.execute(f"DELETE FROM {table}")
    for table in ("entity", "relation", "claim", "entry", "thread", "message", "document"):
        for (data,) in sql.execute(f"SELECT data FROM {table}").fetchall():
            refresh(sql, from_data(json.loads(data)), calendars, existed=False)


def rebuild_times(sql: sqlite3.Connection, calendars: times.Calendars) -> None:
    """Read every date again: a calendar has changed."""
    for table in ("entity", "relation", "claim", "entry"):
        sql.execute(f"UPDATE {table} SET lo = NULL, hi = NULL WHERE lo IS NOT NULL OR hi IS NOT NULL")
        for (data,) in sql.execute(f"SELECT data FROM {table}").fetchall():
            times.refresh(sql, from_data(json.loads(data)), table, calendars)


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
    sql.execute("DELETE FROM moment WHERE record = ?", (record_id,))
    row = sql.execute("SELECT docid FROM fts_doc WHERE record = ?", (record_id,)).fetchone()
    if row:
        sql.execute("DELETE FROM fts WHERE rowid = ?", row)
        sql.execute("DELETE FROM fts_doc WHERE docid = ?", row)
