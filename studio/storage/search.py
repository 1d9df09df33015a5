"""Finding records: names as they are typed, and full text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.text import fold

if TYPE_CHECKING:
    import sqlite3

_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True)
class NameHit:
    """An entity by one of its names. `matched` is the name or alias that was met."""

    id: str
    kind: str
    name: str
    matched: str
    status: str


@dataclass(frozen=True)
class TextHit:
    """A record whose text fits. `snippet` marks the words with \\x02 and \\x03."""

    id: str
    kind: str
    title: str
    snippet: str
    score: float


def audience_clause(audience: str, column: str = "visibility") -> str:
    """SQL that keeps what this audience may see: `gm` sees all, `party` what is open to it, `public` only that."""
    if audience == "gm":
        return "1"
    allowed = "('party', 'public')" if audience == "party" else "('public')"
    return f"{column} IN {allowed}"


def names(
    sql: sqlite3.Connection, typed: str, *, limit: int = 20, kinds: tuple[str, ...] = (), audience: str = "gm"
) -> list[NameHit]:
    """Entities whose name or alias contains what was typed: exact first, then by start, by word start, then inside."""
    needle = fold(typed)
    arguments: list[object] = [needle, needle + "%", "% " + needle + "%", f"%{needle}%", *kinds]
    of_kinds = f"AND e.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    rows = sql.execute(
        f"""SELECT e.id, e.kind, e.name, n.text, e.status, min(CASE WHEN n.fold = ? THEN 0 WHEN n.fold LIKE ? THEN 1
        WHEN n.fold LIKE ? THEN 2 ELSE 3 END + 0.1 * n.is_alias) AS rank
        FROM name n JOIN entity e ON e.id = n.record
        WHERE n.fold LIKE ? {of_kinds} AND {audience_clause(audience, "e.visibility")}
        GROUP BY e.id ORDER BY rank, length(n.fold), n.fold LIMIT ?""",
        [*arguments, limit],
    )
    return [NameHit(*row[:5]) for row in rows]


def by_name(sql: sqlite3.Connection, name: str) -> list[str]:
    """Ids of the entities that have exactly this name or alias, name before alias."""
    rows = sql.execute("SELECT record FROM name WHERE fold = ? ORDER BY is_alias, record", (fold(name),))
    return [row[0] for row in rows]


def match_query(typed: str) -> str:
    """What was typed as an FTS5 query: every word must be there, the last one may be unfinished. Empty for no word."""
    words = _WORD.findall(typed)
    return " ".join([*(f'"{w}"' for w in words[:-1]), f'"{words[-1]}"*']) if words else ""


def texts(
    sql: sqlite3.Connection, typed: str, *, limit: int = 20, kinds: tuple[str, ...] = (), audience: str = "gm"
) -> list[TextHit]:
    """Records whose text has all the words, best first. Secret text is only searched for the game master."""
    query = match_query(typed)
    if not query:
        return []
    columns = "{title body secret}" if audience == "gm" else "{title body}"
    of_kinds = f"AND d.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    rows = sql.execute(
        f"""SELECT d.record, d.kind, fts.title,
        snippet(fts, {-1 if audience == "gm" else 1}, char(2), char(3), '…', 12),
        bm25(fts, 8.0, 1.0, 1.0) FROM fts JOIN fts_doc d ON d.docid = fts.rowid
        WHERE fts MATCH ? {of_kinds} AND {audience_clause(audience, "d.visibility")} ORDER BY 5 LIMIT ?""",
        [f"{columns} : ({query})", *kinds, limit],
    )
    return [TextHit(id=r[0], kind=r[1], title=r[2], snippet=r[3], score=-r[4]) for r in rows]


def backlinks(sql: sqlite3.Connection, entity_id: str) -> list[tuple[str, str]]:
    """(id, kind) of the entities and entries whose text links to one of this entity's names."""
    rows = sql.execute(
        """SELECT DISTINCT m.source, coalesce(e.kind, 'entry') FROM name n JOIN mention m ON m.fold = n.fold
        LEFT JOIN entity e ON e.id = m.source WHERE n.record = ? AND m.source <> n.record""",
        (entity_id,),
    )
    return rows.fetchall()
