"""Finding records: names as they are typed, and full text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.lens import GM, OPEN_EYES, PARTY, PUBLIC, Lens, audience_of
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
    """SQL that keeps what this audience may see, as `lens.may_see` says; what is no audience sees what is public."""
    if audience == GM:
        return "1"
    if audience == PARTY:
        return f"{column} IN ('party', 'public')"
    if not audience.startswith("player:") or audience_of(audience) == PUBLIC:
        return f"{column} = 'public'"
    player = audience.removeprefix("player:")
    named = f"(substr({column}, 1, 7) = 'player:' AND instr(',' || substr({column}, 8) || ',', ',{player},'))"
    return f"({column} IN ('party', 'public') OR {named})"


def entity_clause(lens: Lens, alias: str = "e") -> str:
    """SQL that keeps entities which this lens shows: open to the audience, and not still to come."""
    seen = audience_clause(lens.audience, f"{alias}.visibility")
    return seen if lens.as_of is None else f"{seen} AND ({alias}.lo IS NULL OR {alias}.lo <= {lens.as_of})"


def entry_clause(lens: Lens, alias: str = "e") -> str:
    """SQL that keeps the notes which this lens shows: open to the audience, and not dated later."""
    return entity_clause(lens, alias)


def _holds(lens: Lens, alias: str) -> str:
    if lens.as_of is None:
        return "1"
    day = lens.as_of
    return f"({alias}.lo IS NULL OR {alias}.lo <= {day}) AND ({alias}.hi IS NULL OR {alias}.hi >= {day})"


def _ended(lens: Lens, alias: str) -> str:
    """SQL: a relation that says how somebody ended has no place in the time before."""
    if lens.as_of is None:
        return "1"
    alive = f"EXISTS (SELECT 1 FROM entity d WHERE d.id = {alias}.from_id AND d.hi >= {lens.as_of})"
    return f"({alias}.type <> 'died_in' OR NOT {alive})"


def _end(lens: Lens, column: str) -> str:
    """SQL: the entity in this column is there and shown."""
    return (
        f"EXISTS (SELECT 1 FROM entity x WHERE x.id = {column} AND x.deleted_at IS NULL AND {entity_clause(lens, 'x')})"
    )


def link_clause(lens: Lens, alias: str = "r") -> str:
    """SQL of `relation_clause` without its ends, for whoever looks at those in bulk."""
    live = f"{alias}.deleted_at IS NULL"
    if lens == OPEN_EYES:
        return live
    seen = audience_clause(lens.audience, f"{alias}.visibility")
    return f"{live} AND {seen} AND {_holds(lens, alias)} AND {_ended(lens, alias)}"


def relation_clause(lens: Lens, alias: str = "r") -> str:
    """SQL that keeps live relations which hold at the lens's day and are open to its audience, with both their ends."""
    live = link_clause(lens, alias)
    if lens == OPEN_EYES:
        return live
    return f"{live} AND {_end(lens, f'{alias}.from_id')} AND {_end(lens, f'{alias}.to_id')}"


def claim_clause(lens: Lens, alias: str = "c") -> str:
    """SQL that keeps live claims which hold at the lens's day and are open to its audience, with what they speak of."""
    live = f"{alias}.deleted_at IS NULL AND {_holds(lens, alias)}"
    if lens == OPEN_EYES:
        return live
    seen = audience_clause(lens.audience, f"{alias}.visibility")
    of = f"({alias}.object_id IS NULL OR {_end(lens, f'{alias}.object_id')})"
    return f"{live} AND {seen} AND {_end(lens, f'{alias}.subject_id')} AND {of}"


def names(
    sql: sqlite3.Connection, typed: str, *, limit: int = 20, kinds: tuple[str, ...] = (), lens: Lens = OPEN_EYES
) -> list[NameHit]:
    """Entities whose name or alias contains what was typed: exact first, then by start, by word start, then inside."""
    needle = fold(typed)
    arguments: list[object] = [needle, needle + "%", "% " + needle + "%", f"%{needle}%", *kinds]
    of_kinds = f"AND e.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    rows = sql.execute(
        f"""SELECT e.id, e.kind, e.name, n.text, e.status, min(CASE WHEN n.fold = ? THEN 0 WHEN n.fold LIKE ? THEN 1
        WHEN n.fold LIKE ? THEN 2 ELSE 3 END + 0.1 * n.is_alias) AS rank
        FROM name n JOIN entity e ON e.id = n.record
        WHERE n.fold LIKE ? {of_kinds} AND {entity_clause(lens)} AND {name_clause(lens)}
        GROUP BY e.id ORDER BY rank, length(n.fold), n.fold LIMIT ?""",
        [*arguments, limit],
    )
    return [NameHit(*row[:5]) for row in rows]


def name_clause(lens: Lens, alias: str = "n") -> str:
    """SQL that keeps the names and aliases that this audience may know."""
    return audience_clause(lens.audience, f"{alias}.visibility")


def by_name(sql: sqlite3.Connection, name: str) -> list[str]:
    """Ids of the entities that have exactly this name or alias, name before alias."""
    rows = sql.execute("SELECT record FROM name WHERE fold = ? ORDER BY is_alias, record", (fold(name),))
    return [row[0] for row in rows]


MOST_TYPED = 400
"""No text is looked for by more letters: whoever pastes a page means its beginning."""


def match_query(typed: str) -> str:
    """What was typed as an FTS5 query: every word must be there, the last one may be unfinished. Empty for no word."""
    words = list(dict.fromkeys(_WORD.findall(typed[:MOST_TYPED])))
    return " ".join([*(f'"{w}"' for w in words[:-1]), f'"{words[-1]}"*']) if words else ""


def texts(
    sql: sqlite3.Connection, typed: str, *, limit: int = 20, kinds: tuple[str, ...] = (), lens: Lens = OPEN_EYES
) -> list[TextHit]:
    """Records whose text has all the words, best first. Secret text is only searched for the game master."""
    query = match_query(typed)
    if not query:
        return []
    columns = "{title body secret}" if lens.is_gm else "{title body}"
    of_kinds = f"AND d.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    rows = sql.execute(
        f"""SELECT d.record, d.kind, fts.title,
        snippet(fts, {-1 if lens.is_gm else 1}, char(2), char(3), '…', 12),
        bm25(fts, 8.0, 1.0, 1.0) FROM fts JOIN fts_doc d ON d.docid = fts.rowid
        WHERE fts MATCH ? {of_kinds} AND {document_clause(lens)} ORDER BY 5 LIMIT ?""",
        [f"{columns} : ({query})", *kinds, limit],
    )
    return [TextHit(id=r[0], kind=r[1], title=r[2], snippet=r[3], score=-r[4]) for r in rows]


def document_clause(lens: Lens, alias: str = "d") -> str:
    """SQL that keeps the indexed texts which this lens shows."""
    seen = audience_clause(lens.audience, f"{alias}.visibility")
    if lens.as_of is None:
        return seen
    later = f"(SELECT 1 FROM {{}} x WHERE x.id = {alias}.record AND x.lo > {lens.as_of})"
    return f"{seen} AND NOT EXISTS {later.format('entity')} AND NOT EXISTS {later.format('entry')}"


def backlinks(sql: sqlite3.Connection, entity_id: str, *, lens: Lens = OPEN_EYES) -> list[tuple[str, str]]:
    """(id, kind) of the entities and entries whose text links to one of this entity's names."""
    opened = "1" if lens.is_gm else "m.secret = 0"
    rows = sql.execute(
        f"""SELECT DISTINCT m.source, coalesce(e.kind, 'entry') FROM name n JOIN mention m ON m.fold = n.fold
        LEFT JOIN entity e ON e.id = m.source LEFT JOIN entry t ON t.id = m.source
        WHERE n.record = ? AND m.source <> n.record AND {opened} AND {name_clause(lens)}
        AND ((e.id IS NOT NULL AND {entity_clause(lens)}) OR (t.id IS NOT NULL AND {entry_clause(lens, "t")}))""",
        (entity_id,),
    )
    return rows.fetchall()
