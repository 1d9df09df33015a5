"""Filters of a search as SQL for LanceDB: what a lens shows, and what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.lens import GM, PARTY, PUBLIC, audience_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.engine.protocol import IndexWhere


def sql_of(where: IndexWhere) -> str:
    """The clause; empty where everything may be found."""
    parts = [_audience(where.audience)]
    if where.as_of is not None:
        parts.append(f"(lo IS NULL OR lo <= {where.as_of}) AND (hi IS NULL OR hi >= {where.as_of})")
    for column, values in (
        ("kind", where.kinds),
        ("status", where.statuses),
        ("thread", where.threads),
        ("record", where.records),
    ):
        if values:
            parts.append(f"{column} IN {listed(values)}")
    if where.tags:
        parts.append(f"array_has_any(tags, make_array({', '.join(map(quoted, where.tags))}))")
    return " AND ".join(part for part in parts if part)


def listed(values: Iterable[str]) -> str:
    """`('a', 'b')`."""
    return f"({', '.join(map(quoted, values))})"


def quoted(text: str) -> str:
    """A string as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _audience(audience: str) -> str:
    """As `storage.search.audience_clause` says it to SQLite."""
    if audience == GM:
        return ""
    if audience == PARTY:
        return "visibility IN ('party', 'public')"
    if not audience.startswith("player:") or audience_of(audience) == PUBLIC:
        return "visibility = 'public'"
    player = quoted("," + audience.removeprefix("player:") + ",")
    named = f"strpos(',' || substr(visibility, 8) || ',', {player}) > 0"
    return f"(visibility IN ('party', 'public') OR (starts_with(visibility, 'player:') AND {named}))"
