"""What is known of records while paths are walked: names, and the words of what they are, as a lens shows them."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from studio.domain.lens import may_see
from studio.observability import metrics
from studio.services.retrieval import source
from studio.services.retrieval.words import stems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from studio.domain.lens import Lens
    from studio.services.retrieval.chunks import Chunk
    from studio.storage.project import Project

_MOST = 20_000
_WHAT = ("summary", "head", "title")
"""Paths of the chunks that say what a record is; the others say more about it."""


class Face:
    """One side of a record: a chunk, with the stems of what it says and of the sort of thing that it calls it."""

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of all that it says."""
        return frozenset(stems(f"{self.chunk.text} {self.chunk.meaning}"))

    @cached_property
    def sort(self) -> frozenset[str]:
        """Of kind, type and tags."""
        return frozenset(stems(f"{self.chunk.sort} {self.chunk.kind.replace('_', ' ')}") if self.chunk.sort else ())


class Seen(NamedTuple):
    """What a lens shows of a record, as stems: of what it is, and of its kind, type and tags."""

    what: frozenset[str]
    sort: frozenset[str]


@dataclass(frozen=True, slots=True)
class Card:
    """A record's faces. What a lens shows of them is worked out once: cards are looked at by many paths."""

    record: str
    kind: str
    faces: tuple[Face, ...]
    _seen: dict[Lens, Seen] = field(default_factory=dict)

    def seen(self, lens: Lens) -> Seen:
        """The stems of the record, as the lens shows it."""
        known = self._seen.get(lens)
        if known is None:
            shown = list(self.shown(lens))
            what = frozenset(stem for face in shown if face.chunk.path in _WHAT for stem in face.stems)
            known = self._seen[lens] = Seen(what, frozenset(stem for face in shown for stem in face.sort))
        return known

    def shown(self, lens: Lens) -> Iterator[Face]:
        """The faces that the lens shows."""
        day = lens.as_of
        for face in self.faces:
            lo, hi = face.chunk.lo, face.chunk.hi
            held = day is None or ((lo is None or lo <= day) and (hi is None or hi >= day))
            if held and may_see(lens.audience, face.chunk.visibility):
                yield face


def card_of(record: str, made: Sequence[Chunk]) -> Card:
    """The card of a record that was cut into these chunks."""
    return Card(record, made[0].kind if made else "", tuple(map(Face, made)))


class _Box:
    """The cards of a project, as of a commit."""

    def __init__(self) -> None:
        self.cards: OrderedDict[str, Card] = OrderedDict()
        self.seq = 0


_boxes: WeakKeyDictionary[Project, _Box] = WeakKeyDictionary()


def cards(project: Project, ids: Collection[str]) -> dict[str, Card]:
    """The cards of these records as of the last commit; what a commit touched is read again."""
    box = _boxes.setdefault(project, _Box())
    _follow(project, box)
    missing = [one for one in ids if one not in box.cards]
    metrics.session.count("retrieval.cards.hit", len(ids) - len(missing))
    metrics.session.count("retrieval.cards.miss", len(missing))
    for record, made in source.chunks_of(project, missing).items() if missing else ():
        box.cards[record] = card_of(record, made)
    found = {one: box.cards[one] for one in ids}
    for one in ids:
        box.cards.move_to_end(one)
    while len(box.cards) > _MOST:
        box.cards.popitem(last=False)
    return found


def _follow(project: Project, box: _Box) -> None:
    last = project.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0] or 0
    if box.seq == last:
        return
    if box.cards:
        rows = project.sql.execute("SELECT DISTINCT record, kind FROM change WHERE seq > ?", (box.seq,)).fetchall()
        everything = last < box.seq or any(kind in ("calendar", "entity_kind") for _, kind in rows)
        for stale in list(box.cards) if everything else source.affected(project, [row[0] for row in rows]):
            box.cards.pop(stale, None)
    box.seq = last
