"""What can be only one way of a thing: hands, colours, amounts, materials, sides, how it died, for whom it is named."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from studio.services.continuity.exclusions import COLOURS, DEATHS, MATERIALS, OPPOSITES, SHADES, SURVIVED, stem
from studio.services.continuity.numbers import number_in, quantity, value
from studio.services.continuity.patterns import (
    BECAME,
    COUNTED,
    COUNTS_OF,
    CUES,
    DRESS,
    HAND,
    HOLDS,
    HURT,
    IS_SPECIES,
    MADE_OF,
    NAMED,
    ONE_PART,
    PLURAL,
    SIDE,
    SPECIES,
    WORE,
)
from studio.services.continuity.statements import masked, reported
from studio.services.continuity.told import clash, denied, is_near, is_subject
from studio.services.near import loose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.services.continuity.facts import Fact, Thing
    from studio.services.continuity.sayings import Saying
    from studio.services.continuity.told import Told


def hands(told: Told) -> Iterator[Finding]:
    """Which hand somebody uses."""
    for fact in told.facts_named("handedness"):
        mine = re.search(r"left|right", str(fact.value).lower())
        for saying in told.now():
            match = HAND.search(saying.text)
            value = next((v.lower() for v in match.groups() if v), "") if match else ""
            if mine and match and value != mine.group() and not denied(saying.text, match.start()):
                yield clash(told, "attribute", saying, fact, f"“{match.group()}”, but by fact {mine.group()}-handed.")


def colours(told: Told) -> Iterator[Finding]:
    """The colour of eyes, hair, a hull, against the claim of it or against another sentence."""
    parts = {fact.predicate.rpartition("_")[0] for fact in told.facts if fact.predicate.endswith(("_colour", "_color"))}
    for part in sorted(parts | {"eye"}):
        pattern = _colour_of(part)
        seen = [(one, c) for one in told.now() if (c := _colour_in(pattern, one.text))]
        for fact in told.facts_named(f"{part}_colour", f"{part}_color"):
            stated = _shades(str(fact.value))
            for saying, colour in seen:
                if stated and colour not in stated:
                    yield clash(
                        told, "attribute", saying, fact, f"the {part} is {colour} in the text, {fact.value} by fact."
                    )
        if part == "eye":
            yield from (
                clash(told, "attribute", one[0], two[0], f"the eyes are {one[1]} here and {two[1]} there.")
                for one, two in combinations(seen, 2) if one[0].record != two[0].record and one[1] != two[1]
            )  # fmt: skip


def _colour_of(part: str) -> re.Pattern[str]:
    shade, tint = "|".join(sorted(COLOURS)), "(?:pale |dark |light |bright |deep )?"
    return re.compile(
        rf"\b{tint}(?P<a>{shade})(?:,? \w+)? {part}s?\b|\b(?P<b>{shade})-{part}(?:ed|d)\b"
        rf"|\b{part}s? (?:is|are|was|were|painted) {tint}(?P<c>{shade})\b", re.I,
    )  # fmt: skip


def _colour_in(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    if match is None or denied(text, match.start()) or re.search(r"\b(?:one|another|other) \w+ eye\b", text):
        return ""
    before = text[: match.start()]
    if match["a"] and re.search(r"(?<!with )(?<!has )(?<!had )(?<!have )\b(?:an?|the|another|some) $", before, re.I):
        return ""
    if re.search(r"\b(?:whose|with) ", before[-30:]) and " of " in before:
        return ""
    if (other := _ANOTHER.search(before)) and not re.search(r"(?:^|\b(?:is|was) |, )$", before[: other.start()]):
        return ""
    return next(SHADES.get(c.lower(), c.lower()) for c in match.groups() if c)


_ANOTHER = re.compile(r"\b(?:an?|the|some|another|any) (?:[\w-]+ ){1,3}(?:with|whose) (?:\w+ )?$", re.I)
"""Somebody else than the subject: “looked at the man with brown eyes”."""


def _shades(text: str) -> set[str]:
    words: list[str] = re.findall(r"[a-z]+", text.lower())
    return {SHADES.get(word, word) for word in words if word in COLOURS}


def amounts(told: Told) -> Iterator[Finding]:
    """Another number of the same unit: a chain of forty links that has fifty-two in a text."""
    for fact in told.facts_named(*CUES, *(f.predicate for f in told.facts if f.predicate.startswith("number_of_"))):
        stated = quantity(str(fact.value))
        cue = CUES.get(fact.predicate) or re.escape(fact.predicate.removeprefix("number_of_").replace("_", " "))
        if stated is None or fact.start is not None:
            continue
        unit = stated.unit or (cue if fact.predicate.startswith("number_of_") else COUNTS_OF.get(fact.predicate, ""))
        for saying in told.now():
            other = number_in(saying.text, unit) if unit and re.search(rf"\b(?:{cue})\b", saying.text, re.I) else None
            if other is not None and other != stated.number:
                why = f"{fact.predicate.replace('_', ' ')} is {fact.value} by fact; the text has another number."
                yield clash(told, "number", saying, fact, why)


def deaths(told: Told) -> Iterator[Finding]:
    """How somebody died."""
    status = str(told.thing.fields.get("life_status", "")).lower()
    if (
        told.thing.end is None
        and status not in ("dead", "deceased")
        and not any(_FATAL.search(s.text) for s in told.said)
    ):
        return
    known: list[tuple[Fact | Saying, set[str]]] = [
        (fact, how) for fact in told.facts_named("cause_of_death", "killed_by") if (how := _manners(str(fact.value)))
    ]
    told_so = [(saying, how) for saying in told.said if (how := _died(told.thing, saying))]
    known += told_so
    for saying, how in told_so:
        for other, stated in known:
            if other is not saying and not how & stated and getattr(other, "record", None) != saying.record:
                yield clash(told, "death", saying, other, f"two ways to die: {_plainly(how)} and {_plainly(stated)}.")
                return


_FATAL = re.compile(r"\b(?:died|killed|murdered|executed|beheaded|hanged|perished)\b", re.I)


def _manners(text: str) -> set[str]:
    return {name for name, pattern in DEATHS.items() if pattern.search(text)}


def _plainly(how: set[str]) -> str:
    return " or ".join(sorted(how))


_NOT_THEM = re.compile(
    r" by (?:nobody|no one)\b"
    r"| (?:the|an?|his|her|their|its|our|my|two|three|four|several|some|all|him|them|us|me|it|at)\b"
    r"| [A-Z]"
)
"""After a manner of death: nobody did it, or it was done to another, who is named next."""


def _died(thing: Thing, saying: Saying) -> set[str]:
    """The manners of death that the sentence tells of its own subject; none where it may have been survived."""
    if SURVIVED.search(saying.text):
        return set()
    found = set[str]()
    for name, pattern in DEATHS.items():
        match = pattern.search(saying.text)
        if match and _NOT_THEM.match(saying.text, match.end()):
            continue
        if (
            match
            and match.group().lower().endswith(("ed", "shot", "dead", "down", "through"))
            and is_subject(thing, saying, match.start())
        ) or (match and re.search(r"\bdied (?:of|from|in) (?:an? |the )?$", saying.text[: match.start()], re.I)):
            found.add(name)
    return found


def namings(told: Told) -> Iterator[Finding]:
    """Whom or what a thing is named for."""
    said = [(one, who) for one in told.said if (who := _namesake(told.thing, one))]
    for (one, first), (two, second) in combinations(said, 2):
        if one.record != two.record and _other_person(first, second, told.thing):
            yield clash(told, "naming", one, two, f"named for {first} here, for {second} there.")


def _namesake(thing: Thing, saying: Saying) -> str:
    """For whom the sentence says that the thing is named."""
    match = NAMED.search(saying.text)
    if match and is_subject(thing, saying, match.start()):
        return match["who"]
    match = BECAME.search(saying.text)
    return match["who"] if match and loose(match["self"]) in map(loose, thing.names) else ""


def _other_person(one: str, two: str, thing: Thing) -> bool:
    """Whether two full names differ in all but what the thing is called: Jem Thorpe and Ada Thorpe, of Thorpe."""
    own = set(loose(thing.name).split())
    a, b = set(loose(one).split()) - own, set(loose(two).split()) - own
    return bool(a and b and not a & b)


def opposites(told: Told) -> Iterator[Finding]:
    """The same of the same, but left here and right there."""
    held = [(one, m) for one in told.said if (m := HOLDS.search(one.text)) and not denied(one.text, m.start())]
    for (one, a), (two, b) in combinations(held, 2):
        same = stem(a["verb"]) == stem(b["verb"]) or {a["verb"], b["verb"]} <= {
            "had",
            "has",
            "held",
            "holds",
            "kept",
            "keeps",
        }
        if (
            one.record != two.record and same and a["what"].lower() == b["what"].lower()
            and b["which"].lower() in OPPOSITES[a["which"].lower()]
        ):  # fmt: skip
            yield clash(told, "opposite", one, two, f"“{a.group()}” here, “{b.group()}” there.")


def parts(told: Told) -> Iterator[Finding]:
    """How many of its parts a thing has: seven arches here, nine there."""
    counted = [(one, *found) for one in told.now() if (found := _count(told, one))]
    for (one, what, many, words), (two, that, other, others) in combinations(counted, 2):
        if one.record != two.record and what == that and many != other:
            yield clash(told, "number", one, two, f"“{words}” here, “{others}” there.")


def _count(told: Told, saying: Saying) -> tuple[str, float, str] | None:
    """(which parts, how many, in what words)."""
    for pattern in (COUNTED, ONE_PART):
        match = pattern.search(saying.text)
        if match and not denied(saying.text, match.start()) and is_near(told, saying, match.start()):
            what = match["what"].lower()
            if pattern is COUNTED:
                return what, value(match["n"]), match.group()
            return PLURAL.get(what, f"{what}s"), 1.0, match.group()
    return None


def dress(told: Told) -> Iterator[Finding]:
    """Who always wears one colour, in another."""
    for saying in told.now():
        match = DRESS.search(saying.text) if saying.own else None
        always = _shades(match["colour"]) if match else set()
        for other in told.said if match else ():
            seen = WORE.search(other.text) if other.record != saying.record else None
            if seen and not _shades(seen["colour"]) & always and not denied(other.text, seen.start()):
                yield clash(told, "attribute", other, saying, f"“{seen.group().strip()}”, but: “{saying.text}”")


def sides(told: Told) -> Iterator[Finding]:
    """A scar on the left cheek and on the right one."""
    said: list[tuple[Saying | Fact, str, str]] = []
    for one in told.said:
        match = SIDE.search(one.text)
        if (
            match
            and not denied(one.text, match.start())
            and "both" not in one.text
            and is_near(told, one, match.start())
        ):
            said.append((one, match["side"].lower(), _hurt(one.text, match)))
    for fact in told.facts:
        match = SIDE.search(fact.value) if fact.sure and isinstance(fact.value, str) and fact.form == "claim" else None
        if match:
            said.append((fact, match["side"].lower(), _hurt(f"{fact.predicate.replace('_', ' ')} {fact.value}", match)))
    for (one, left, what), (two, right, that) in combinations(said, 2):
        saying, other = (one, two) if hasattr(one, "text") else (two, one)
        if (
            what
            and what == that
            and left != right
            and getattr(one, "record", 1) != getattr(two, "record", 2)
            and hasattr(saying, "text")
        ):
            yield clash(told, "side", saying, other, f"{left} here, {right} there ({what}).")  # pyright: ignore[reportArgumentType]


def _hurt(text: str, match: re.Match[str]) -> str:
    """`scar cheek`: what is the matter with which part; empty where nothing is."""
    for name, words in HURT.items():
        if re.search(rf"\b(?:{words})\b", text, re.I):
            return f"{name} {match['what'].lower()}"
    return ""


def species(told: Told) -> Iterator[Finding]:
    """An elf in the text, a dwarf by fact."""
    facts = [fact for fact in told.facts if fact.sure and fact.predicate in ("species", "race", "of_species")]
    for saying in told.now() if facts else ():
        text, whom = masked(told.world, saying)
        match = None if reported(text) else IS_SPECIES.search(text)
        if match is None or whom[int(match["s"])] != told.thing.id:
            continue
        known = " ".join(told.world.name(f.object) if f.object else str(f.value) for f in facts).lower()
        if re.search(rf"\b(?:{SPECIES})\b", known) and match["what"].rstrip("s")[:3] not in known:
            why = f"“{match['what']}” in the text, {known} by fact."
            yield clash(told, "attribute", saying, facts[0], why)


def materials(told: Told) -> Iterator[Finding]:
    """What a thing is made of, by fact or in its own text."""
    yield from _two_materials(told)
    for fact in told.facts_named("material"):
        stated = {MATERIALS[w] for w in re.findall(r"[a-z]+", str(fact.value).lower()) if w in MATERIALS}
        for saying in told.now():
            match = MADE_OF.search(saying.text)
            if (
                match
                and stated
                and MATERIALS[match["what"].lower()] not in stated
                and is_subject(told.thing, saying, match.start())
            ):
                yield clash(told, "attribute", saying, fact, f"“{match.group()}”, but by fact {fact.value}.")


_OF = re.compile(r"(?:an?|the) (?:[\w-]+ ){1,3}of (?:\w+ )?(?P<what>" + "|".join(sorted(MATERIALS)) + r")\b", re.I)


def _two_materials(told: Told) -> Iterator[Finding]:
    made = [
        (one, m) for one in told.now()
        if ((m := MADE_OF.search(one.text)) and is_subject(told.thing, one, m.start()))
        or (one.own and (m := _OF.match(one.text)))
    ]  # fmt: skip
    for (one, a), (two, b) in combinations(made, 2):
        if a and b and one.record != two.record and MATERIALS[a["what"].lower()] != MATERIALS[b["what"].lower()]:
            yield clash(told, "attribute", one, two, f"“{a.group()}” here, “{b.group()}” there.")
