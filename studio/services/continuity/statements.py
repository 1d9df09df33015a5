"""What a sentence states of who rules, made, bore or killed whom and where: typed, as far as it is said plainly."""

# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studio.services.continuity.frames import NOT_PLAINLY, SLOTS, STARTS, Slot, patterns
from studio.services.continuity.patterns import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import World
    from studio.services.continuity.sayings import Saying

_LETTERS = re.compile(r"[a-z]+")
_MARK = re.compile(r"⟦(\d+)⟧")
_EMPHASIS = re.compile(r"[*_`]{1,3}")
_SUBJECT = re.compile(r"(?:He|She|It|They)\b")
_OWNED = re.compile(r"(?:His|Her|Its|Their)\b(?= [a-z])")
_THEN = re.compile(
    r"(?:(?<=, )|(?<=; ))(?:(?:and|but) )?(?:he|she|it|they)(?= [a-z])|(?<=and )(?:he|she|it|they)(?= [a-z])"
)
_THEIRS = re.compile(r"\b(?:his|her|its|their)(?= (?:[a-z-]+ )?(?:mother|father|wife|husband|spouse|brother|sister|twin|leader|ruler"
                     r"|king|queen|owner|maker|founder|killer|murderer|captain|commander|capital|headquarters|seat|birthplace)\b)")  # fmt: skip
_ONE = r"(?:the )?(?:[A-Z][a-z]+ )?⟦\d+⟧(?!['’]s)"
_MORE = re.compile(rf"(?:, {_ONE})*,? and {_ONE}")
_WAS, _DID = re.compile(r"\b(?:was|were|had)\b"), re.compile(r"ed\b|^(?:led|kept|ran|held)\b")
_REPORTED = re.compile(
    r"\b(?:says?|said|told|tells|insists?|insisted|maintains?|argues?|argued|assures?|assured|guess\w*|assum\w+|wants?|wanted|plans?|planned"
    r"|tr(?:y|ies|ied) to|calls? (?:him|her|it|them)self|accus\w+|blam\w+|wonder\w*|fears?|feared|nam(?:es|ed) as|play(?:s|ed|ing) the)\b"
    r"|^(?:Had|Were|Should) ⟦|\bas (?:long as|far as)\b", re.I,
)  # fmt: skip
"""Whoever tells it isn't the text."""
_YEAR_AFTER = re.compile(rf"[^.;:⟦⟧]{{0,25}}? in (?:the year )?{YEAR}")
_OR = re.compile(r"\s*(?:,? or |/)")


class Statement(NamedTuple):
    """That `slot` of a thing is somebody or something: one of `values`, or, where nobody has an entry, `words`."""

    slot: Slot
    of: RecordId
    values: tuple[RecordId, ...]
    words: str
    no: bool
    present: bool
    year: int
    said: str
    saying: Saying

    @property
    def now(self) -> bool:
        """Whether it is told as it is, not as it was."""
        return not self.saying.past and self.present


def stated(world: World, saying: Saying) -> Iterator[Statement]:
    """All that a sentence states, one for each slot and owner."""
    if saying.vague:
        return
    text, whom = masked(world, saying)
    if reported(text):
        return
    starts = {word[:4] for word in _LETTERS.findall(saying.text.lower())}
    for slot in SLOTS:
        if starts.isdisjoint(STARTS[slot.name]) and not (saying.own and slot.name == "site"):
            continue
        found: dict[tuple[RecordId, bool], Statement] = {}
        for pattern in patterns(slot):
            for match in pattern.finditer(text):
                one = _statement(world, saying, slot, text, match, whom)
                if one is not None:
                    found.setdefault((one.of, one.no), one)
        yield from found.values()


def _statement(
    world: World, saying: Saying, slot: Slot, text: str, match: re.Match[str], whom: list[RecordId | None]
) -> Statement | None:
    groups = match.groupdict()
    of = whom[int(groups["t"])]
    word = groups.get("word") or ""
    places = [int(groups["v"])] if groups.get("v") else []
    more = _MORE.match(text, match.end()) if places else None
    places += map(int, _MARK.findall(more.group())) if more else []
    values = tuple(one for at in places if (one := whom[at]))
    if of is None or of in values or not (values or word) or len(values) != len(places):
        return None
    if world.things[of].kind not in slot.owners or any(world.things[v].kind not in slot.values for v in values):
        return None
    if _OR.match(text, match.end()) or NOT_PLAINLY.search(_MARK.sub("", match.group())):
        return None
    denied = bool(groups.get("no") or groups.get("nor"))
    present = not _WAS.search(match.group()) and not _DID.search(groups.get("verb") or "")
    year = _YEAR_AFTER.match(text, match.end())
    return Statement(
        slot,
        of,
        values,
        word,
        denied,
        present,
        int(year["year"]) if year else 0,
        _shown(world, match.group(), whom),
        saying,
    )


def _shown(world: World, text: str, whom: list[RecordId | None]) -> str:
    """The words of a match with the names back in their places."""

    def name(match: re.Match[str]) -> str:
        one = whom[int(match.group(1))]
        return world.name(one) if one else "…"

    return _MARK.sub(name, text).strip(" ,")


def reported(text: str) -> bool:
    """Whether a sentence tells what somebody says or wants, not what is."""
    return _REPORTED.search(text) is not None


def masked(world: World, saying: Saying) -> tuple[str, list[RecordId | None]]:
    """A sentence with marks for its names and for the pronouns that mean its subject, and whom each mark means."""
    parts, at, whom = list[str](), 0, list["RecordId | None"]()
    for start, end, one in saying.met:
        if end > len(saying.raw):
            break
        parts += [saying.raw[at:start], f"⟦{len(whom)}⟧" if one in world.things else saying.raw[start:end]]
        whom += [one] if one in world.things else []
        at = end
    text = _EMPHASIS.sub("", "".join(parts) + saying.raw[at:])
    return _with_subject(world, saying, text, whom)


def _with_subject(
    world: World, saying: Saying, text: str, whom: list[RecordId | None]
) -> tuple[str, list[RecordId | None]]:
    if saying.about not in world.things:
        return text, whom
    mark = f"⟦{len(whom)}⟧"
    whom = [*whom, saying.about]
    if _SUBJECT.match(text):
        text = _SUBJECT.sub(mark, text, count=1)
    elif _OWNED.match(text):
        text = _OWNED.sub(f"{mark}'s", text, count=1)
    elif saying.own and not _begins_with(text, saying, whom):
        text = f"{mark}, {text[0].lower()}{text[1:]}"
    first = next((m.start() for m in _MARK.finditer(text) if _rival(world, whom[int(m.group(1))], saying)), len(text))
    head = _THEIRS.sub(f"{mark}'s", _THEN.sub(mark, text[:first]))
    return head + text[first:], whom


def _rival(world: World, one: RecordId | None, saying: Saying) -> bool:
    """Whether a pronoun after this name may mean it instead of the subject."""
    return one is not None and one != saying.about and world.things[one].kind == world.things[saying.about].kind  # pyright: ignore[reportArgumentType]


def _begins_with(text: str, saying: Saying, whom: list[RecordId | None]) -> bool:
    """Whether the first name of the sentence is its subject."""
    first = _MARK.search(text)
    return first is not None and whom[int(first.group(1))] == saying.about and first.start() < 25
