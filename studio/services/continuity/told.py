"""What a rule about texts reads of one thing, and how it tells that a sentence clashes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.continuity import Evidence
from studio.services.continuity import sayings, telling
from studio.services.continuity.naming import PEOPLE, short_forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.services.continuity.facts import Fact, Thing, World
    from studio.services.continuity.sayings import Saying

RULE = "text_contradiction"
_NOT = re.compile(
    r"\b(?:not|never|no|without|nor|neither|cannot|refus\w+|forb\w+|declin\w+|unable|avoid\w*)\b|n't\b"
    r"|\b(?:had|made|let|saw|watched|heard|asked|told|helped) (?:us|me|him|her|them|it|(?:the|an?|his|her) \w+)\b",
    re.IGNORECASE,
)
_JOINING = re.compile(
    r"(?:,|this day|that (?:day|night)|then|there|here|duly|who|which|that|was|were|is|had|been|first|itself|finally"
    r"|later|and|\s|\(|[A-Za-z]+ly\b)*",
    re.IGNORECASE,
)

_LEAD = re.compile(r"(?:the|an?|our|their|his|her|my) [^,;:]{2,50}, (?=[^,;:]{2,60}, )", re.IGNORECASE)


class Told(NamedTuple):
    """All that the rules read about one thing."""

    world: World
    thing: Thing
    said: tuple[Saying, ...]
    facts: tuple[Fact, ...]

    def facts_named(self, *names: str) -> Iterator[Fact]:
        """The plain facts of these names that hold today."""
        return (fact for fact in self.facts if fact.predicate in names and fact.sure and fact.end is None)

    def now(self) -> Iterator[Saying]:
        """What is told as it is, not as it was."""
        return (one for one in self.said if not one.past)

    def ties(self, *types: str) -> Iterator[Fact]:
        """The sure relations of these types that point to the thing."""
        return (fact for fact in self.world.facts_to(self.thing.id) if fact.predicate in types and fact.sure)


def side(world: World, saying: Saying) -> telling.Side:
    """A sentence as a side of a finding."""
    evidence = Evidence(
        record=saying.record, rev=saying.rev, path=saying.path, span=saying.span, quote=saying.raw,
        when=world.words(saying.when), says=f"{world.name(saying.record)}: “{saying.text}”",
    )  # fmt: skip
    return telling.Side(evidence, saying.visibility)


def clash(told: Told, rule: str, saying: Saying, other: Saying | Fact | telling.Side, why: str) -> Finding:
    """The finding that a sentence can't stand beside that fact or that other sentence."""
    first = side(told.world, saying)
    if isinstance(other, telling.Side):
        second = other
    elif isinstance(other, sayings.Saying):
        second = side(told.world, other)
    else:
        second = telling.of_fact(told.world, other)
    about = [told.thing.id, first.evidence.record, second.evidence.record]
    return telling.finding(
        told.world, f"{RULE}.{rule}", "text_contradiction", severity="warning", sides=[first, second],
        about=[one for one in about if one in told.world.things or one in told.world.notes],
        why=f"{told.thing.name}: {why}",
    )  # fmt: skip


def denied(text: str, at: int) -> bool:
    """Whether the words at this place are denied by what stands right before them."""
    return bool(_NOT.search(text[max(0, at - 28) : at]))


def is_subject(thing: Thing, saying: Saying, at: int) -> bool:
    """Whether what stands before a verb is nothing but the thing itself, or words that join it to the verb."""
    before = saying.text[:at]
    before = _LEAD.sub("", before) if _LEAD.match(before) else before
    rest = before
    others = short_forms(thing.name) if thing.kind in PEOPLE else ()
    for name in sorted((*thing.names, *others), key=len, reverse=True):
        bare = re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE)
        rest = re.sub(rf"^\W*(?:the\s+)?{re.escape(bare)}\b", "", before, flags=re.IGNORECASE)
        if rest != before:
            break
    if rest == before:
        rest = re.sub(r"^\W*(?:he|she|it|they)\b", "", before, flags=re.IGNORECASE)
    if rest == before and before.strip() and not saying.own:
        return False
    return bool(_JOINING.fullmatch(rest))


def is_near(told: Told, saying: Saying, at: int, *, but: str = "") -> bool:
    """Whether no other thing is named before this place; `but` is a kind that doesn't matter."""
    before, things = saying.text[:at], told.world.things
    others = [things[one] for one in saying.others if one in things and things[one].kind != but]
    return not any(name in before for thing in others for name in thing.names)
