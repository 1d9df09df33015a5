"""The world's dates one below the other, narrowed to a stretch of time, to kinds and to a lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.dates import resolve
from studio.domain.errors import Invalid
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.services.world import kinds, lenses, lookup
from studio.services.world.timeline import Item, timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.storage.project import Project

LANES = ("timeline_arc", "location", "faction")
"""Kinds of what dates belong to."""


class Line(Frozen):
    """A date of a record, or what lasts from one to another. The days are absolute; None is an end that isn't known.

    `what` says which of its dates it is; `vague` that it lies somewhere within the days, instead of lasting.
    """

    id: RecordId
    kind: str
    name: str
    what: str
    text: str
    first_day: int | None
    last_day: int | None
    vague: bool = False
    arc: str = ""
    place: str = ""
    faction: str = ""


class Chronicle(Frozen):
    """The first lines, by day, and how many there are."""

    lines: tuple[Line, ...]
    total: int


def chronicle(
    project: Project, *, since: str = "", until: str = "", only: Sequence[str] = (), lane: str = "", limit: int = 1000,
    lens: Lens = OPEN_EYES,
) -> Chronicle:  # fmt: skip
    """What has a date between these two, in words or as JSON, only of these kinds, and in the lane of this name.

    At the lens's day there is nothing that comes later, and what still lasts has no end yet. Raises Invalid and
    NotFound for a date, kind or lane that there isn't.
    """
    first, last = _first(project, since), _last(project, until)
    if first is not None and last is not None and first > last:
        raise Invalid("The first date lies after the last one. Turn them round.")
    wanted = {kinds.named(project, kind, lens=lens).name for kind in only}
    within = lookup.meant(project, lane, of_kinds=LANES, lens=lens) if lane else ""
    found = timeline(project, lens=lens)
    lines = [
        _line(item, found.lanes)
        for item in _then(found.items, lens)
        if (not wanted or item.kind in wanted)
        and (not within or within in (item.id, item.arc, item.place, item.faction))
        and (first is None or item.open == "hi" or item.hi >= first)
        and (last is None or item.open == "lo" or item.lo <= last)
    ]
    return Chronicle(lines=tuple(lines[:limit]), total=len(lines))


def _first(project: Project, words: str) -> int | None:
    ref = resolve(lenses.date_of(project, words), project.calendars) if words.strip() else None
    return None if ref is None else ref.hi if ref.lo is None else ref.lo


def _last(project: Project, words: str) -> int | None:
    return lenses.day_of(project, words) if words.strip() else None


def _then(items: Sequence[Item], lens: Lens) -> Iterator[Item]:
    """What there was at the lens's day."""
    for item in items:
        if lens.as_of is None or item.hi <= lens.as_of or (item.vague and item.lo <= lens.as_of):
            yield item
        elif item.lo <= lens.as_of:
            yield item._replace(hi=lens.as_of, open="hi", words=f"{item.words.partition(' – ')[0]} –")


def _line(item: Item, lanes: dict[str, str]) -> Line:
    return Line(
        id=item.id, kind=item.kind, name=item.name, what=item.what, text=item.words, vague=item.vague,
        first_day=None if item.open == "lo" else item.lo, last_day=None if item.open == "hi" else item.hi,
        arc=lanes.get(item.arc, ""), place=lanes.get(item.place, ""), faction=lanes.get(item.faction, ""),
    )  # fmt: skip
