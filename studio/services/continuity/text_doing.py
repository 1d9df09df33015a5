"""What somebody does though their lasting traits rule it out, or though they have never done it."""

# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.services.continuity.exclusions import IRREGULAR, TRAITS, stem
from studio.services.continuity.numbers import NUMBER
from studio.services.continuity.patterns import (
    ABSTRACT,
    ALONE,
    CANNOT,
    DID_THERE,
    DONE,
    KEEPS_NO,
    LACKS,
    LESS,
    NEVER,
    NO_VERB,
    SMALL,
    TONGUE,
    VAGUE_VERBS,
)
from studio.services.continuity.signs import within
from studio.services.continuity.told import clash, denied, is_near

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import World
    from studio.services.continuity.sayings import Saying
    from studio.services.continuity.told import Told


def traits(told: Told) -> Iterator[Finding]:
    """Somebody does what their lasting trait rules out: the teetotaller drinks, the one-handed claps both hands."""
    for trait in TRAITS:
        having = [
            one
            for one in told.now()
            if one.own and (m := trait.has.search(one.text)) and not denied(one.text, m.start())
        ]
        stated = [
            fact for fact in told.facts if fact.sure and isinstance(fact.value, str) and trait.has.search(fact.value)
        ]
        if not having and not stated:
            continue
        for saying in told.now():
            doing = trait.denies.search(saying.text)
            if not doing or saying.own or denied(saying.text, doing.start()):
                continue
            why = f"the text says “{doing.group()}”, but {told.thing.name} {trait.words}."
            yield from (clash(told, "trait", saying, one, why) for one in having[:1] if one.record != saying.record)
            yield from (clash(told, "trait", saying, fact, why) for fact in stated[:1] if not having)


def never(told: Told) -> Iterator[Finding]:
    """What somebody has never done, they do elsewhere."""
    for saying in told.said:
        match = NEVER.search(saying.text)
        if match is None or match["verb"].lower() in NO_VERB:
            continue
        if stem(match["verb"]) == "leav":
            yield from _left(told, saying)
        else:
            yield from _did(told, saying, match["verb"], _content(match["rest"]), done_to=bool(match["been"]))


def cannot(told: Told) -> Iterator[Finding]:
    """What somebody can't or won't do, they do elsewhere."""
    for saying in told.now():
        match = CANNOT.search(saying.text) if saying.own else None
        if match is None or match["verb"].lower() in NO_VERB | VAGUE_VERBS or not is_near(told, saying, match.start()):
            continue
        what = _content(match["rest"])
        if what or match["verb"].lower() in ALONE:
            yield from _did(told, saying, match["verb"], what)


_PHRASE = re.compile(r" (?:over|aback|up|down|apart|off|away|for granted)\b")
"""What makes another verb of it: taken over."""
_PASSIVE = re.compile(r"\b(?:was|were|is|been)(?: \w+ly)? $")


def _did(told: Told, saying: Saying, verb: str, what: frozenset[str], *, done_to: bool = False) -> Iterator[Finding]:
    root = stem(verb)
    for other in told.said:
        if other.record == saying.record or (
            saying.when and other.when and saying.when.is_before(other.when) and not saying.own
        ):
            continue
        for word in DONE.finditer(other.text):
            low = word.group().lower()
            past = low in IRREGULAR or low.endswith("ed")
            if (done_to and not _PASSIVE.search(other.text[: word.start()])) or _PHRASE.match(other.text, word.end()):
                continue
            if past and stem(word.group()) == root and not denied(other.text, word.start()):
                if not what or what & _content(other.text):
                    why = f"“{saying.text}”, but elsewhere: “{other.text}”"
                    yield clash(told, "never", other, saying, why)
                break


def _content(text: str) -> frozenset[str]:
    return frozenset(stem(w) for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in SMALL)


def _left(told: Told, saying: Saying) -> Iterator[Finding]:
    """Never left a place, yet seen outside of it."""
    homes = [one for one in saying.others if _is_place(told.world, one)]
    if len(homes) != 1:
        return
    for other in told.said:
        if other.record == saying.record:
            continue
        for place in other.others:
            if (
                _is_place(told.world, place)
                and not within(told.world, place, homes[0])
                and _is_there(told, other, place)
            ):
                why = f"the text puts {told.thing.name} in {told.world.name(place)}, though “{saying.text}”"
                yield clash(told, "never", other, saying, why)


def _is_place(world: World, record: RecordId) -> bool:
    return record in world.things and world.things[record].kind == "location"


def _is_there(told: Told, saying: Saying, place: RecordId) -> bool:
    """Whether the sentence says that its subject did something in that place."""
    names = "|".join(re.escape(name) for name in told.world.things[place].names)
    before = re.search(
        rf"^(?P<all>.*?)\b(?:in|at|to|through) (?:\w+ ){{0,4}}?(?:the )?(?:{names})\b", saying.text, re.I
    )
    if before is None or denied(saying.text, before.end("all")):
        return False
    return DID_THERE.search(before["all"]) is not None


def lacks(told: Told) -> Iterator[Finding]:
    """What something is said not to have, and has elsewhere: no shadow, and her shadow on the wall."""
    for saying in told.now():
        match = LACKS.search(saying.text) or LESS.search(saying.text) or KEEPS_NO.search(saying.text)
        if match is None or match["what"].lower() in ABSTRACT or not is_near(told, saying, match.start()):
            continue
        what = match["what"].lower()
        one = what[:-1] if what.endswith("s") and not what.endswith("ss") else what
        has = re.compile(rf"\b(?:his|her|its|their|whose) (?:own |\w+ )?{one}s?\b" if saying.own else _some(one), re.I)
        for other in told.now():
            found = has.search(other.text) if other.record != saying.record and (saying.own or other.own) else None
            if found and not denied(other.text, found.start()) and is_near(told, other, found.start(), but="location"):
                yield clash(told, "never", other, saying, f"“{match.group()}”, but elsewhere “{found.group()}”.")


def _some(what: str) -> str:
    """How a thing's own text says that it has some: `with a bad hip and three dogs`."""
    return rf"\b(?:with|has|keeps|owns)\b[^.;:]{{0,60}}?\b{NUMBER} (?:\w+ )?{what}s?\b"


def tongues(told: Told) -> Iterator[Finding]:
    """Who speaks no Gallic, answering in it."""
    for saying in told.now():
        match = TONGUE.search(saying.text) if saying.own else None
        if match is None or not is_near(told, saying, match.start()):
            continue
        spoken = re.compile(
            rf"\b(?:spoke|answered|replied|sang|swore|read|wrote|spoken|speaking|asked|said|greeted \w+|cursed)\b[^.;:]{{0,40}}?(?:\bin )?(?:\w+ )?\b{match['what']}\b"
        )
        for other in told.now():
            found = spoken.search(other.text) if other.record != saying.record else None
            if found and not denied(other.text, found.start()):
                yield clash(told, "never", other, saying, f"“{match.group()}”, but elsewhere “{found.group()}”.")
