"""What the words around a date say: that somebody is a ghost, that a feast is held in a ruin, who is a mother."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.services.continuity.facts import Thing

_UNDEAD = re.compile(
    r"\b(?:un-?dead|ghost\w*|spect(?:re|er|ral)\w*|vampire|lich|revenant|wraith|zombie|mummy|skeleton|phantom|spirit"
    r"|resurrected|reanimated|reborn|reincarnated|immortal|upload(?:ed)?|hologram|poltergeist)\b", re.IGNORECASE
)  # fmt: skip
_HONOUR = re.compile(
    r"\b(?:funeral|burial|buried|wake|vigil|memorial|remembrance|requiem|anniversary|inquest|s[eé]ance|exhum\w+"
    r"|cremation|canoni[sz]ation|beatification|commemorat\w+|autopsy|post-?mortem|resurrection|tribute|mourning"
    r"|honou?red|honoree|deceased|dead|victim|subject|remembered|mourned|absent|in absentia|corpse|body|ghost|spirit"
    r"|relic|trial of the dead|entomb\w+|interment|translation of)\b", re.IGNORECASE
)  # fmt: skip
_RUIN = re.compile(
    r"\b(?:ruin(?:s|ed)?|shell|memorial|remembrance|anniversary|museum|burnt|burned|wreck(?:s|age|ed)?|rubble|ash(?:es)?"
    r"|excavat\w+|dig|salvag\w+|rebuil\w+|reopen\w*|reconsecrat\w+|restor\w+|derelict|abandoned|haunt\w+|ghosts?"
    r"|expedition|explor\w+|survivors?|pilgrim\w*|commemorat\w+|former|what (?:is|was) left|remains|debris|sunken"
    r"|drowned|buried|empty|once stood|had stood|site of|where .{1,30} (?:stood|had been)|collaps\w+|destroy\w+"
    r"|years after|search\w*|surveys?|looting|looted|skeleton|crater|grave|unearth\w*|discover\w+|demoli\w+|clearing"
    r"|razed|fell|fallen|funeral|burial|vigil)\b", re.IGNORECASE
)  # fmt: skip
_SHE = re.compile(r"\b(?:she|her|hers|mother|queen|lady|wife|widow|matriarch|female|woman)\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|him|his|father|king|lord|husband|widower|patriarch|male|man)\b", re.IGNORECASE)


_ROUGH = re.compile(
    r"\b(?:battle|duel|ambush|skirmish|ritual|raid|murder|killing|fire|storm|flood|accident|escape|chase|haunting|vigil"
    r"|hunt|treasure|camp|hiding|rescue|theft|heist|break-in|exorcism|summoning|sacrifice|execution|fight|clash|siege"
    r"|earthquake|eruption|landslide|sighting|apparition|find|visit|inspection|demolition|wreck|crash)\b", re.IGNORECASE
)  # fmt: skip
"""Kinds of event that need no roof over them."""


def is_undead(thing: Thing) -> bool:
    """Whether an entity goes on after its death, as its own fields say."""
    said = [str(thing.fields.get(name, "")) for name in ("life_status", "species", "creature_type", "status", "role")]
    return any(_UNDEAD.search(text) for text in (*said, thing.subtype, *thing.tags))


def honours(event: Thing, role: str) -> bool:
    """Whether the dead have their place in an event: it is held for them, or the role says so."""
    said = (role, event.name, str(event.fields.get("event_type", "")), event.subtype)
    return any(_HONOUR.search(text) for text in said)


def speaks_of_ruin(event: Thing) -> bool:
    """Whether an event's own texts know that its place is gone, or it is of a kind that may well be in a ruin."""
    kind = (event.name, str(event.fields.get("event_type", "")), event.subtype)
    return any(_ROUGH.search(text) for text in kind) or any(
        _RUIN.search(text) for text in (*kind, event.summary, event.body)
    )


def is_mother(thing: Thing) -> bool:
    """Whether a parent is certainly a mother: by pronouns, else by the words of the role and title."""
    pronouns = str(thing.fields.get("pronouns", ""))
    said = pronouns or " ".join(str(thing.fields.get(name, "")) for name in ("role", "title"))
    return bool(_SHE.search(said)) and not _HE.search(said)
