"""What is known of records while paths are walked: names, and the words of what they are, as a lens shows them."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from studio.domain.lens import may_see
from studio.observability import metrics
from studio.services.retrieval import source
from studio.services.retrieval.words import stems

if TYPE_CHECKING:
    from collections.abc import Collection

    from studio.domain.lens import Lens, Visibility
    from studio.services.retrieval.chunks import Chunk
    from studio.storage.project import Project

_MOST = 20_000
_WHAT = ("summary", "head", "title")
"""Paths of the chunks that say what a record is; the others say more about it."""


class Face(NamedTuple):
    """One side of a record: who may see it from when to when, and its stems. `what`: it says what the record is."""

    visibility: Visibility
    lo: int | None
    hi: int | None
    stems: frozenset[str]
    what: bool


class Card(NamedTuple):
    """A record's faces."""

    record: str
    kind: str
    faces: tuple[Face, ...]

    def seen(self, lens: Lens, *, all_of_it: bool = False) -> set[str]:
        """The stems that this lens shows: of what the record is, or of everything in it."""
        day = lens.as_of
        found: set[str] = set()
        for face in self.faces:
            held = day is None or ((face.lo is None or face.lo <= day) and (face.hi is None or face.hi >= day))
            if (face.what or all_of_it) and held and may_see(lens.audience, face.visibility):
                found |= face.stems
        return found


def _card(record: str, made: list[Chunk]) -> Card:
    faces = tuple(
        Face(c.visibility, c.lo, c.hi, frozenset(stems(f"{c.text} {c.meaning}")), c.path in _WHAT) for c in made
    )
    return Card(record, made[0].kind if made else "", faces)


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
        box.cards[record] = _card(record, made)
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
