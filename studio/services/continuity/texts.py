"""Sentences that can't be true beside a fact or beside another sentence, found without a model.

Only what is certain is told: the sentence is plainly about the thing, tells it as it is, and no reading of it agrees.
Most contradictions in prose need understanding; they stay unfound here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.services.continuity import (
    patterns,
    sayings,
    text_dates,
    text_doing,
    text_frames,
    text_kin,
    text_ties,
    text_times,
    text_values,
)
from studio.services.continuity.exclusions import COLOURS, DEATH_WORDS, OPPOSITES
from studio.services.continuity.naming import word_set
from studio.services.continuity.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import World

    Rule = Callable[[Told], Iterator[Finding]]

RULES: tuple[tuple[Rule, frozenset[str]], ...] = (
    (text_doing.traits, patterns.TRAIT_WORDS),
    (text_doing.never, word_set("never once")),
    (text_doing.cannot, word_set("cannot can won will refuses does doesn has")),
    (text_doing.lacks, patterns.LACK_WORDS),
    (text_doing.tongues, word_set("speak speaks understand understands knows")),
    (text_dates.dates, frozenset("0123456789")),
    (text_dates.years, frozenset("0123456789")),
    (text_dates.lifetimes, word_set("year")),
    (text_dates.built, word_set("built founded opened raised established destroyed razed")),
    (text_dates.ages, frozenset()),
    (text_values.hands, word_set("left right handed")),
    (text_values.colours, COLOURS),
    (text_values.amounts, frozenset()),
    (text_values.parts, patterns.PART_WORDS | word_set("one single")),
    (text_values.dress, COLOURS),
    (text_values.sides, word_set("left right")),
    (text_values.species, word_set(re.sub(r"\W+", " ", patterns.SPECIES)) | {"human", "android"}),
    (text_values.materials, word_set("made built carved cast forged hewn woven wrought of")),
    (text_values.deaths, DEATH_WORDS),
    (text_values.namings, word_set("named called christened become becomes became becoming renamed rechristened")),
    (text_values.opposites, frozenset(OPPOSITES)),
    (text_ties.kin, word_set("only no childless never lifelong without")),
    (text_kin.counted, word_set("has had left leaves only childless never without bachelor")),
    (text_times.ties, frozenset("0123456789")),
    (text_times.deeds, frozenset("0123456789")),
    (text_times.year_first, frozenset("0123456789")),
    (text_times.spans, frozenset("0123456789")),
    (text_times.grew, word_set("died killed murdered executed hanged fell perished lived")),
    (text_times.still, word_set("still alive day active open")),
    (text_ties.life, word_set("dead killed murdered slain executed hanged beheaded died alive still lives")),
)
"""The rules, each with the words of which at least one must be in what is told; with none it is always asked."""
_WORD = re.compile(r"[a-z]+|[0-9]")


def find(world: World, only: Collection[RecordId] | None = None) -> list[Finding]:
    """The contradictions between texts and facts of a world, or those on whatever these records are about."""
    book = sayings.of(world)
    found: dict[str, Finding] = {}
    for one in book.subjects(only):
        thing = world.things.get(one)
        if thing is None or thing.status == "deprecated":
            continue
        told = Told(world, thing, tuple(book.on(one)), (*world.field_facts(thing), *world.facts_of(one)))
        words = {word for saying in told.said for word in _WORD.findall(saying.text.lower())}
        for rule, needed in RULES:
            if not needed or words & needed:
                found |= {finding.key: finding for finding in rule(told)}
    found |= {finding.key: finding for finding in text_frames.find(world, only)}
    return list(found.values())
