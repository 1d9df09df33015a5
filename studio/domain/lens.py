"""The lens through which a world is looked at: as whom, and as of which day. Every reading service takes one."""

from __future__ import annotations

import re

from studio.domain.errors import Invalid
from studio.domain.record import Frozen, Visibility

GM, PARTY, PUBLIC = "gm", "party", "public"
_PLAYER = re.compile(r"player:[\w-]{1,80}")


class Lens(Frozen):
    """Who looks (`gm`, `party`, `public` or `player:<id of the player's character>`), and at which absolute day.

    Without `as_of` the world is seen as it stands now, whatever the dates say.
    """

    audience: str = GM
    as_of: int | None = None

    @property
    def is_gm(self) -> bool:
        """Whether nothing is hidden from this audience."""
        return self.audience == GM

    @property
    def is_own(self) -> bool:
        """Whether it is the game master's own view of now: the only one in which anything is changed."""
        return self.is_gm and self.as_of is None


OPEN_EYES = Lens()
"""The game master, now: sees everything."""


def audience_of(words: str) -> str:
    """The audience that somebody typed, checked. Raises Invalid."""
    name = words.strip()
    if name in (GM, PARTY, PUBLIC) or _PLAYER.fullmatch(name):
        return name
    raise Invalid(f"“{words}” is no audience. Use gm, party, public or player:<id>.")


def players_of(visibility: Visibility) -> tuple[str, ...]:
    """The ids in `player:<id>[,<id>…]`; none for the other words."""
    head, _, ids = visibility.partition(":")
    return tuple(i for i in ids.split(",") if i) if head == "player" else ()


def may_see(audience: str, visibility: Visibility) -> bool:
    """Whether something with this visibility is open to this audience. An unknown word is only for the game master."""
    if audience == GM or visibility == PUBLIC:
        return True
    if audience == PUBLIC:
        return False
    return visibility == PARTY or audience.removeprefix("player:") in players_of(visibility)


def least_open(*visibilities: Visibility) -> Visibility:
    """Who may see what hangs on all of these: nobody to whom one of them is closed."""
    named = [set(players_of(v)) for v in visibilities if v not in (PARTY, PUBLIC)]
    if named:
        both = set.intersection(*named)
        return f"player:{','.join(sorted(both))}" if both else GM
    return PARTY if PARTY in visibilities else PUBLIC


def as_open(visibility: Visibility, other: Visibility) -> bool:
    """Whether everybody who may see `other` may see this too."""
    if visibility in (PUBLIC, other) or other == GM:
        return True
    mine, theirs = players_of(visibility), players_of(other)
    return (visibility == PARTY and other != PUBLIC) or (bool(theirs) and set(theirs) <= set(mine))
