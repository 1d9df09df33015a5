"""The edges of a graph: relations with all their words, as they read from either end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from studio.domain.dates import written
from studio.domain.families import Family, family_of
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.vocabulary import relation_spec
from studio.services.world.seen import certainty

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.calendars import Calendars
    from studio.services.world.reach import Link
    from studio.storage.project import Project


class Edge(NamedTuple):
    """A relation of the graph. `label` reads from `from_id` to `to_id`, `inverse` the other way.

    `detail` is rank and role, `since` and `until` its dates, all in words. `holds` is whether it is true at the
    lens's day, `weak` that it is no relation but a link in a field or a text.
    """

    id: RecordId
    from_id: RecordId
    to_id: RecordId
    type: str
    label: str
    inverse: str
    family: Family
    certainty: str = "fact"
    attitude: int | None = None
    detail: str = ""
    since: str = ""
    until: str = ""
    holds: bool = True
    weak: bool = False

    @property
    def directed(self) -> bool:
        """Whether it reads differently from its two ends."""
        return self.label != self.inverse

    def reads(self, end: str) -> str:
        """The words of the relation as seen from one end."""
        return self.label if end == self.from_id else self.inverse

    def other(self, end: str) -> RecordId:
        """The end that isn't this one."""
        return self.to_id if end == self.from_id else self.from_id


_DETAILS = "'$.certainty', '$.attitude', '$.rank', '$.role', '$.valid_from', '$.valid_to'"


def edges_for(project: Project, links: Iterable[Link], *, lens: Lens = OPEN_EYES) -> list[Edge]:
    """The relations behind links with their words as the lens shows them, oldest first."""
    by_id = {link.id: link for link in links}
    rows = project.sql.execute(
        f"""SELECT r.id, r.lo, r.hi, json_extract(r.data, {_DETAILS}) FROM json_each(?) f
        CROSS JOIN relation r ON r.id = f.value ORDER BY r.id""",
        (json.dumps(list(by_id)),),
    )
    day, calendars = lens.as_of, project.calendars
    return [
        _edge(by_id[record], calendars, json.loads(told), lens, holds=day is None or _within(lo, day, hi))
        for record, lo, hi, told in rows
    ]


def _within(lo: int | None, day: int, hi: int | None) -> bool:
    return (lo is None or lo <= day) and (hi is None or hi >= day)


def _edge(link: Link, calendars: Calendars, told: list[Any], lens: Lens, *, holds: bool) -> Edge:
    sure, attitude, rank, role, since, until = told
    spec = relation_spec(link.type)
    return Edge(
        id=RecordId(link.id), from_id=RecordId(link.from_id), to_id=RecordId(link.to_id), type=link.type,
        label=spec.label, inverse=spec.inverse.replace("_", " "), family=family_of(link.type),
        certainty=certainty(sure or "fact", lens), attitude=attitude, detail=", ".join(w for w in (rank, role) if w),
        since=written(since, calendars) if since else "", until=written(until, calendars) if until else "",
        holds=holds,
    )  # fmt: skip
