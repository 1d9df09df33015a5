"""What can be reached from entities by relations, through a lens and a filter: the queries under graph and paths."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.storage.search import entity_clause, link_clause

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from studio.storage.project import Project


_MOST = 400
"""How many entities have their links counted at most: what fits into a few milliseconds. By the index alone, more."""


class Only(Frozen):
    """What of the world is looked at; an empty part of it means all. `types` are relation types as they are stored.

    `any_time` also takes what doesn't hold at the lens's day; it is for the game master only. `weak` adds links that
    stand in fields and texts to a graph; they are drawn, but not walked along.
    """

    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()
    any_time: bool = False
    weak: bool = False


EVERYTHING = Only()


class Known(NamedTuple):
    """An entity that may be seen."""

    name: str
    kind: str
    status: str
    fold: str
    lo: int | None
    hi: int | None

    def standing(self, lens: Lens) -> str:
        """`to come` or `gone` at the lens's day, else nothing; only the game master is told."""
        if lens.as_of is None or not lens.is_gm:
            return ""
        if self.lo is not None and lens.as_of < self.lo:
            return "to come"
        return "gone" if self.hi is not None and lens.as_of > self.hi else ""


class Link(NamedTuple):
    """A relation whose both ends may be seen."""

    id: str
    from_id: str
    type: str
    to_id: str

    def other(self, end: str) -> str:
        """The end that isn't this one."""
        return self.to_id if end == self.from_id else self.from_id


class Reach:
    """Walks from entities to their neighbours. What it has seen of entities is kept for the walk's length."""

    def __init__(self, project: Project, only: Only, lens: Lens) -> None:
        self._sql = project.sql
        self._only = only
        self._sees_all = lens == OPEN_EYES and not (only.kinds or only.types or only.certainties)
        self.known: dict[str, Known] = {}
        self._hidden: set[str] = set()
        self.lens = lens
        then = Lens() if only.any_time and lens.is_gm else lens
        self._relation, self._relation_args = self._of_relations(then)
        self._entity = f"e.deleted_at IS NULL AND {entity_clause(then)}"

    def _of_relations(self, lens: Lens) -> tuple[str, list[str]]:
        clause = f"r.from_id <> r.to_id AND {link_clause(lens)}"
        args: list[str] = []
        sure = "coalesce(json_extract(r.data, '$.certainty'), 'fact')"
        if not lens.is_gm:
            sure = f"replace({sure}, 'lie', 'fact')"  # as `seen.certainty` says it to others
        for column, wanted in (("r.type", self._only.types), (sure, self._only.certainties)):
            if wanted:
                clause += f" AND {column} IN ({', '.join('?' * len(wanted))})"
                args += wanted
        return clause, args

    def look_at(self, ids: Iterable[str], *, any_kind: bool = False) -> None:
        """Find out which of these entities may be seen. `any_kind` lets those pass whose kind is filtered out."""
        new = [i for i in ids if i not in self.known and (any_kind or i not in self._hidden)]
        if not new:
            return
        kinds = () if any_kind else self._only.kinds
        of_kinds = f"AND e.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        rows = self._sql.execute(
            f"""SELECT e.id, e.name, e.kind, e.status, e.fold, e.lo, e.hi
            FROM json_each(?) f CROSS JOIN entity e ON e.id = f.value WHERE {self._entity} {of_kinds}""",
            [json.dumps(sorted(new)), *kinds],
        )
        known = self.known
        for record, *told in rows:
            known[record] = Known(*told)
        self._hidden.update([i for i in new if i not in known])

    def links_of(self, ids: Collection[str]) -> dict[str, Link]:
        """relation id → link, of every link that touches one of these; its ends are in `known`."""
        wanted = json.dumps(sorted(ids))
        found: dict[str, Link] = {}
        for end in ("from_id", "to_id"):
            rows = self._sql.execute(
                f"""SELECT r.id, r.from_id, r.type, r.to_id FROM json_each(?) f
                CROSS JOIN relation r ON r.{end} = f.value WHERE {self._relation}""",
                [wanted, *self._relation_args],
            )
            for row in rows:
                found[row[0]] = Link(*row)
        self.look_at({link.from_id for link in found.values()} | {link.to_id for link in found.values()})
        known = self.known
        return {i: link for i, link in found.items() if link.from_id in known and link.to_id in known}

    def links_among(self, ids: Collection[str], all_: Collection[str]) -> dict[str, Link]:
        """The links that start at one of `ids` and end at one of `all_`, whose ends are in `known` already."""
        rows = self._sql.execute(
            f"""SELECT r.id, r.from_id, r.type, r.to_id FROM json_each(?) f
            CROSS JOIN relation r ON r.from_id = f.value
            WHERE r.to_id IN (SELECT value FROM json_each(?)) AND {self._relation}""",
            [json.dumps(sorted(ids)), json.dumps(list(all_)), *self._relation_args],
        )
        return {row[0]: Link(*row) for row in rows}

    def neighbours(self, ids: Collection[str]) -> dict[str, set[str]]:
        """Each of these ids with the entities that it is related to."""
        near: dict[str, set[str]] = {i: set() for i in ids}
        for link in self.links_of(ids).values():
            for one, other in ((link.from_id, link.to_id), (link.to_id, link.from_id)):
                if one in near:
                    near[one].add(other)
        return near

    def degrees(self, ids: Collection[str], *, by_index: int = 3000) -> dict[str, int]:
        """How many links each of these has; empty where there are too many of them to count in time.

        Whoever sees everything gets them straight from the index, the trash included. Others get what they may see.
        """
        if len(ids) > (by_index if self._sees_all else _MOST):
            return {}
        counted: dict[str, int] = defaultdict(int)
        for end, other in (("from_id", "to_id"), ("to_id", "from_id")):
            query = f"SELECT r.{end}, count(*) FROM json_each(?) f CROSS JOIN relation r ON r.{end} = f.value"
            args: list[str] = [json.dumps(sorted(ids))]
            if not self._sees_all:
                query += f" CROSS JOIN entity e ON e.id = r.{other} WHERE {self._relation} AND {self._entity}"
                args += self._relation_args
            for record, number in self._sql.execute(f"{query} GROUP BY 1", args):
                counted[record] += number
        return counted
