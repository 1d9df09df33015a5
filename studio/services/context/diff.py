"""How two packs differ: what only one of them has, and what both have in other words or at another place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from studio.domain.context import PackItem
from studio.domain.record import Frozen

if TYPE_CHECKING:
    from studio.domain.context import ContextPack

SETUP = ("query", "model", "tokenizer", "budget", "audience", "as_of", "params")


class Difference(Frozen):
    """One item that isn't the same in both: `changed` has both sides."""

    how: Literal["only in the first", "only in the second", "changed", "moved"]
    first: PackItem | None = None
    second: PackItem | None = None

    @property
    def item(self) -> PackItem:
        """Whichever side there is."""
        found = self.second or self.first
        assert found is not None
        return found


class PackDiff(Frozen):
    """`setup` names what differs in how the model was asked: (what, first, second)."""

    same: int
    differences: tuple[Difference, ...] = ()
    setup: tuple[tuple[str, str, str], ...] = ()

    @property
    def equal(self) -> bool:
        """Whether both gave a model the same to read, in the same way."""
        return not self.differences and not self.setup


def diff(first: ContextPack, second: ContextPack) -> PackDiff:
    """The differences, in the order of reading; an item is the same when its text and number are."""
    ours, theirs = _by_key(first), _by_key(second)
    found: list[Difference] = []
    same = 0
    for key in dict.fromkeys((*ours, *theirs)):
        one, other = ours.get(key), theirs.get(key)
        if one is None or other is None:
            found.append(Difference(how="only in the first" if one else "only in the second", first=one, second=other))
        elif one.text_hash != other.text_hash:
            found.append(Difference(how="changed", first=one, second=other))
        elif (one.n, one.group, one.role) != (other.n, other.group, other.role):
            found.append(Difference(how="moved", first=one, second=other))
        else:
            same += 1
    setup = tuple(
        (name, str(getattr(first, name)), str(getattr(second, name)))
        for name in SETUP
        if getattr(first, name) != getattr(second, name)
    )
    return PackDiff(same=same, differences=tuple(found), setup=setup)


def _by_key(pack: ContextPack) -> dict[tuple[str, ...], PackItem]:
    """Items by what they are: a record's place, or the nth text of a kind."""
    found: dict[tuple[str, ...], PackItem] = {}
    for item in pack.items:
        key = (item.ref, item.path) if item.ref else (item.group, item.kind)
        n = 0
        while (*key, str(n)) in found:
            n += 1
        found[*key, str(n)] = item
    return found
