"""The rule by which a pack is cut to its budget. Everything that is left out is named, with the reason.

In this order, each as long as there is room:

1. instructions, style and the message itself go in whatever they cost;
2. what somebody named (pinned, marked “always”, mentioned): in full, else in short; then the blueprint, in at most
   `LEAD_SHARE` of the room that is left;
3. the last two messages before this one, so that a short follow-up makes sense;
4. what was found, best first, then neighbours: in at most `WORLD_SHARE` of the room that is left and `WORLD_MOST`
   tokens; a text over a third of that is given in short;
5. the rest of the conversation, from the newest back to the first message that doesn't fit;
6. if there is room then, more of what was found, up to the same `WORLD_MOST` in all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.context import GROUPS, PackItem, Trimmed
from studio.domain.record import Frozen
from studio.services.context.tokens import PER_MESSAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.services.context.pieces import Piece, Wording
    from studio.services.context.tokens import Counts

LEAD_SHARE = 0.3
WORLD_SHARE = 0.4
WORLD_MOST = 6_000
RECENT = 2
NO_ROOM = "no room: {tokens:,} tokens, and {left:,} were left"
OLDER = "no room: older than what still fitted"


class Fitted(Frozen):
    """What goes in, in the order of reading, the texts by hash, and what doesn't go in."""

    items: tuple[PackItem, ...]
    trimmed: tuple[Trimmed, ...]
    texts: dict[str, str]


def fit(pieces: Sequence[Piece], counts: Counts, *, budget: int, older: int = 0) -> Fitted:
    """Cut to the budget, in tokens. `older` messages weren't even looked at, since they can't fit."""
    run = _Run(pieces, counts, budget)
    for weight, share in (("must", 1.0), ("asked", 1.0), ("lead", LEAD_SHARE)):
        run.take_each([n for n, p in enumerate(pieces) if p.weight == weight and p.group != "conversation"], share)
    said = [n for n, p in enumerate(pieces) if p.group == "conversation"]
    run.take_back(said[-RECENT:])
    told = [n for n, p in enumerate(pieces) if p.weight in ("ranked", "near") and p.group != "conversation"]
    spent = run.take_world(told, WORLD_SHARE, WORLD_MOST)
    if all(n in run.chosen for n in said[-RECENT:]):
        run.take_back(said[:-RECENT])
    run.take_world([n for n in told if n not in run.chosen], 1.0, WORLD_MOST - spent)
    return run.result(said, older)


class _Run:
    def __init__(self, pieces: Sequence[Piece], counts: Counts, budget: int) -> None:
        self.chosen: dict[int, Wording] = {}
        self._pieces = pieces
        self._counts = counts
        self._left = budget
        self._why: dict[int, str] = {}

    def cost(self, wording: Wording) -> int:
        return self._counts.by_hash[wording.hash] + PER_MESSAGE

    def take_each(self, numbers: list[int], share: float) -> None:
        """Each in the fullest wording that fits into this share of the room; what must go in goes in."""
        room = int(max(0, self._left) * share)
        for n in numbers:
            piece = self._pieces[n]
            wording = piece.wordings[0] if piece.weight == "must" else self._fitting(piece, room)
            if wording is None:
                self._refuse(n, room)
                continue
            room -= self.cost(wording)
            self._take(n, wording)

    def take_world(self, numbers: list[int], share: float, most: int) -> int:
        """Those that were found, best first, within their share; gives what they cost."""
        room = given = min(most, int(max(0, self._left) * share))
        longest = room // 3
        for n in numbers:
            piece = self._pieces[n]
            wording = self._fitting(piece, min(room, longest)) or self._fitting(piece, room)
            if wording is None:
                self._refuse(n, room)
                continue
            room -= self.cost(wording)
            self._take(n, wording)
        return given - room

    def take_back(self, numbers: list[int]) -> None:
        """Messages from the last one back, until one doesn't fit."""
        for n in reversed(numbers):
            wording = self._pieces[n].wordings[0]
            if self.cost(wording) > self._left:
                return
            self._take(n, wording)

    def _fitting(self, piece: Piece, room: int) -> Wording | None:
        return next((w for w in piece.wordings if self.cost(w) <= room), None)

    def _take(self, n: int, wording: Wording) -> None:
        self.chosen[n] = wording
        self._why.pop(n, None)
        self._left -= self.cost(wording)

    def _refuse(self, n: int, left: int) -> None:
        least = min(self.cost(w) for w in self._pieces[n].wordings)
        self._why[n] = NO_ROOM.format(tokens=least, left=max(0, left))

    def result(self, said: list[int], older: int) -> Fitted:
        kept = [n for n in said if n in self.chosen]
        if older or len(kept) < len(said):
            self._begin_with_a_user(kept)
        order = {group: at for at, group in enumerate(GROUPS)}
        taken = sorted(self.chosen, key=lambda n: (order[self._pieces[n].group], n))
        items: list[PackItem] = []
        number = 0
        for n in taken:
            number += self._pieces[n].cite
            items.append(self._item(n, number if self._pieces[n].cite else 0))
        cut = [n for n in said if n not in self.chosen]
        return Fitted(
            items=tuple(items),
            trimmed=(*self._refused(), *self._cut_messages(cut, older)),
            texts={self.chosen[n].hash: self.chosen[n].text for n in taken},
        )

    def _begin_with_a_user(self, kept: list[int]) -> None:
        """A cut history begins with something that the user said: some models refuse anything else."""
        for n in kept:
            if self._pieces[n].role == "user":
                return
            del self.chosen[n]

    def _item(self, n: int, number: int) -> PackItem:
        piece, wording = self._pieces[n], self.chosen[n]
        short = wording is not piece.wordings[0]
        return PackItem(
            group=piece.group, role=piece.role, ref=piece.ref, rev=piece.rev, kind=piece.kind, name=piece.name,
            path=piece.path, span=piece.span, text_hash=wording.hash, tokens=self.cost(wording), n=number,
            reason=f"{piece.reason}; in short" if short else piece.reason, score=round(piece.score, 4),
            status=piece.status,
        )  # fmt: skip

    def _refused(self) -> list[Trimmed]:
        return [
            Trimmed(
                ref=self._pieces[n].ref, kind=self._pieces[n].kind, name=self._pieces[n].name,
                group=self._pieces[n].group, tokens=self.cost(self._pieces[n].wordings[0]), why=why,
            )
            for n, why in sorted(self._why.items())
        ]  # fmt: skip

    def _cut_messages(self, cut: list[int], older: int) -> list[Trimmed]:
        count = len(cut) + older
        if not count:
            return []
        name = "1 older message" if count == 1 else f"{count:,} older messages"
        first = self._pieces[cut[-1]].ref if cut else ""
        tokens = sum(self.cost(self._pieces[n].wordings[0]) for n in cut)
        return [Trimmed(ref=first, kind="message", name=name, group="conversation", tokens=tokens, why=OLDER)]
