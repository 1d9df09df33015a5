"""The language of the World Bible's filter: words, and terms that narrow them; a mistake is said in a sentence."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from studio.domain.errors import Invalid
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Status
from studio.domain.text import fold
from studio.services import names, near
from studio.services.world import kinds, seen
from studio.storage.search import audience_clause, name_clause, relation_clause

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.storage.project import Project

PLACING = ("located_in", "lives_in", "happened_at", "hidden_in")
"""Relations that say where something is."""
_PLACES = ", ".join(f"'{p}'" for p in PLACING)
_TOKEN = re.compile(r'(?P<minus>-?)(?:(?P<key>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>\S+))|(?P<open>\S+)')
_SPAN = re.compile(r"(\d{1,4})(d|w|m|y)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_WHOLE = {"text": "body", "summary": "summary", "tag": "tags", "tags": "tags", "alias": "aliases", "aliases": "aliases",
          "image": "images", "images": "images", "statblock": "statblock", "parent": "parent"}  # fmt: skip
"""What `has:` knows beside the fields → where it is in the record."""


@dataclass
class Query:
    """A filter as it is asked: words for names, and SQL over `e` with its values."""

    words: str = ""
    where: list[str] = field(default_factory=list)
    args: list[Any] = field(default_factory=list)
    newest_first: bool = False
    notes: bool = False
    """Only notes are wanted, which are no entities but stand beside them."""

    @property
    def sql(self) -> str:
        """All terms as one condition."""
        return " AND ".join(f"({one})" for one in self.where) or "1"


class Term(NamedTuple):
    """One condition and its values."""

    sql: str
    args: tuple[Any, ...] = ()


def parse(project: Project, typed: str, *, lens: Lens = OPEN_EYES) -> Query:
    """What was typed into the filter. A term without its value yet is passed over. Raises Invalid for a mistake."""
    query, words = Query(), []
    for match in _TOKEN.finditer(typed):
        minus, key, value = bool(match["minus"]), (match["key"] or "").lower(), _value(match)
        unfinished = not key and value[-1:] == ":" and value[:-1].lower() in _TERMS
        if match["open"] or unfinished or (not key and not value):
            continue
        if not key and value.startswith("#"):
            key, value = "tag", value[1:]
        elif not key and not minus:
            words.append(value)
            continue
        if not value:
            continue
        if key == "kind" and len(value) > 2 and "notes".startswith(value.lower()):
            query.notes = True
            continue
        term = _term(project, key or "word", value, lens)
        query.where.append(f"NOT ({term.sql})" if minus else term.sql)
        query.args += term.args
        query.newest_first |= key in ("updated", "created") and not minus
    query.words = " ".join(words)
    return query


def _value(match: re.Match[str]) -> str:
    return (match["quoted"] if match["quoted"] is not None else match["bare"] or "").strip()


def _term(project: Project, key: str, value: str, lens: Lens) -> Term:
    make = _TERMS.get(key)
    if make is None:
        known = ", ".join(f"{name}:" for name in _TERMS if name != "word")
        raise Invalid(f"The filter doesn't know “{key}:”. It knows {known} and #tag; put names with a colon in quotes.")
    return make(project, value, lens)


# ---- the terms -----------------------------------------------------------------------------------------------------


def _word(_project: Project, value: str, lens: Lens) -> Term:
    sql = f"EXISTS (SELECT 1 FROM name n WHERE n.record = e.id AND instr(n.fold, ?) AND {name_clause(lens)})"
    return Term(sql, (fold(value),))


def _tag(_project: Project, value: str, _lens: Lens) -> Term:
    return Term("e.id IN (SELECT record FROM tag WHERE substr(tag, 1, ?) = ? COLLATE NOCASE)", (len(value), value))


def _kind(project: Project, value: str, lens: Lens) -> Term:
    typed = fold(value).replace("-", " ").replace("_", " ")
    found = []
    for kind in sorted(kinds.used_kinds(project, lens)):
        spec = kinds.spec_of(project, kind)
        if any(fold(word).replace("_", " ").startswith(typed) for word in (kind, spec.label, spec.plural)):
            found.append(kind)
    if not found:
        raise Invalid(f"Nothing in this world is of a kind that starts with “{value}”.")
    return Term(f"e.kind IN ({', '.join('?' * len(found))})", tuple(found))


def _status(_project: Project, value: str, _lens: Lens) -> Term:
    found = [status.value for status in Status if status.value.startswith(value.lower())]
    if not found:
        raise Invalid(f"No status starts with “{value}”. There are draft, reviewed, canon and deprecated.")
    return Term(f"e.status IN ({', '.join('?' * len(found))})", tuple(found))


def _visible(_project: Project, value: str, _lens: Lens) -> Term:
    who = value.lower()
    if who == "gm":
        return Term("e.visibility = 'gm'")
    if who in ("party", "public") or who.startswith("player:"):
        return Term(audience_clause(value if who.startswith("player:") else who, "e.visibility"))
    raise Invalid(f"“{value}” is no audience. Say visible:gm, visible:party or visible:public.")


def _in(project: Project, value: str, lens: Lens) -> Term:
    found = names.book(project).search(value, limit=1, but=near.TITLED, lens=lens)
    if not found:
        raise Invalid(f"Nothing is called “{value}”, so nothing can lie in it.")
    edges = f"SELECT r.from_id, r.to_id FROM relation r WHERE {relation_clause(lens)} AND r.type IN ({_PLACES})"
    sql = f"""e.id IN (WITH RECURSIVE edge(child, place) AS ({edges}
    UNION ALL SELECT p.id, p.parent FROM entity p WHERE p.parent IS NOT NULL AND p.deleted_at IS NULL),
    inner_(id) AS (SELECT ? UNION SELECT edge.child FROM edge JOIN inner_ ON edge.place = inner_.id)
    SELECT id FROM inner_ WHERE id <> ?)"""
    return Term(sql, (found[0].name.record, found[0].name.record))


def _has(project: Project, value: str, lens: Lens) -> Term:
    name = value.lower().strip().replace(" ", "_")
    if name in ("relation", "relations"):
        ends = f"SELECT 1 FROM relation r WHERE {relation_clause(lens)} AND e.id IN (r.from_id, r.to_id)"
        return Term(f"EXISTS ({ends})")
    if name in _WHOLE:
        term = Term(f"coalesce(json_extract(e.data, '$.{_WHOLE[name]}'), '') NOT IN ('', '[]', '{{}}')")
    else:
        both = " UNION ALL ".join(f"SELECT key FROM json_each(e.data, '$.{part}')" for part in ("fields", "custom"))
        term = Term(f"EXISTS (SELECT 1 FROM ({both}) WHERE lower(key) = ?)", (name,))
    return term if lens.is_gm else _as_shown(project, term, _WHOLE.get(name, ""), name, lens)


def _as_shown(project: Project, term: Term, whole: str, name: str, lens: Lens) -> Term:
    """For an audience only what it gets to read counts: each entity is looked at as it is shown."""
    clause = audience_clause(lens.audience, "e.visibility")
    rows = project.sql.execute(
        f"SELECT e.id FROM entity e WHERE e.deleted_at IS NULL AND {clause} AND {term.sql}", term.args
    ).fetchall()
    shown = (seen.entity(project, row[0], lens=lens) for row in rows)
    left = [
        entity.id
        for entity in shown
        if (getattr(entity, whole) if whole else name in {key.lower() for key in (*entity.fields, *entity.custom)})
    ]
    return Term("e.id IN (SELECT value FROM json_each(?))", (json.dumps(left),))


def _since(column: str) -> Callable[[Project, str, Lens], Term]:
    def term(project: Project, value: str, _lens: Lens) -> Term:
        now = project.clock()
        if span := _SPAN.fullmatch(value.lower()):
            since = now - timedelta(days=int(span[1]) * _DAYS[span[2]])
            return Term(f"{column} >= ?", (since.isoformat(),))
        if value.lower() == "today" or _DAY.fullmatch(value):
            return Term(f"{column} >= ?", (f"{now:%Y-%m-%d}" if value.lower() == "today" else value,))
        raise Invalid(f"“{value}” is no time span. Say 7d, 2w, 3m, 1y, today or a day like 2026-01-31.")

    return term


_TERMS: dict[str, Callable[[Project, str, Lens], Term]] = {
    "kind": _kind, "status": _status, "tag": _tag, "in": _in, "has": _has, "visible": _visible,
    "updated": _since("e.updated_at"), "created": _since("json_extract(e.data, '$.created_at')"), "word": _word,
}  # fmt: skip
