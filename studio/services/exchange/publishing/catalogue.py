"""Which documents there are: what each is for, for whom it is by itself, and what stands in it in which order."""

from __future__ import annotations

from typing import NamedTuple

from studio.domain.lens import GM, PARTY


class DocumentKind(NamedTuple):
    """One document. `chapters` names the kinds of entities in the order in which they come; kinds that it doesn't name
    follow by themselves unless `only`."""

    title: str
    audience: str
    says: str
    chapters: tuple[str, ...] = ()
    only: bool = False
    for_players: bool = False
    cards: bool = False


_ALL = (
    "quest", "timeline_arc", "event", "location", "faction", "npc", "species", "creature", "deity", "language", "item",
    "random_table", "handout", "map", "session",
)  # fmt: skip
_PRIMER = (
    "map", "location", "species", "faction", "deity", "language", "npc", "event", "quest", "item", "creature",
    "handout",
)  # fmt: skip
_CARDS = ("npc", "creature", "location", "faction", "deity", "species", "item", "quest", "handout")

DOCUMENTS: dict[str, DocumentKind] = {
    "campaign-packet": DocumentKind(
        "Campaign packet", GM, "Everything that is shown to its readers, chapter by chapter, with notes.", _ALL
    ),
    "player-primer": DocumentKind(
        "Player primer", PARTY, "What players may know before they begin. It is never made for the game master.",
        _PRIMER, only=True, for_players=True,
    ),
    "session-packet": DocumentKind(
        "Session packet", PARTY, "One session: its notes, clues and handouts, and every entry that it names.", _ALL
    ),
    "entity-cards": DocumentKind(
        "Entity cards", PARTY, "A card for each entry: picture, one sentence, the facts that matter.", _CARDS,
        cards=True,
    ),
}  # fmt: skip
"""By the name that `export --document` takes."""

DEFAULT_DOCUMENT = "campaign-packet"
