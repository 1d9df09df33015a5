"""What a sentence says of when: since when somebody leads or belongs, what the dead do, how old they grew, what stands."""

# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studio.services.continuity import telling
from studio.services.continuity.frames import PEOPLE
from studio.services.continuity.numbers import NUMBER, value
from studio.services.continuity.patterns import BEGINS, ENDS, SUNG, YEAR
from studio.services.continuity.statements import masked, reported
from studio.services.continuity.text_dates import other_year, year_length
from studio.services.continuity.told import clash, is_subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.services.continuity.facts import Fact
    from studio.services.continuity.sayings import Saying
    from studio.services.continuity.told import Told


class Tie(NamedTuple):
    """Verbs that begin or end a tie; `whom` where the other end must be named."""

    types: tuple[str, ...]
    verbs: str
    whom: bool = True
    ends: bool = False


_ROLE = r"(?:the )?(?:[a-z-]+ )?(?:head|leader|chief|boss|captain|commander|grandmaster|abbot|abbess|president|chair\w*|director)"
TIES: tuple[Tie, ...] = (
    Tie(("member_of",), r"joined|entered|enlisted in|signed on with|was admitted to|was sworn into|has been (?:a |an )?\w+ (?:of|with|in)|has belonged to"),
    Tie(("serves",), r"has served|entered the service of|came into the service of|swore (?:him|her)self to"),
    Tie(("leads",), rf"has (?:led|headed|run|commanded)|took over|took command of|became {_ROLE} of|was (?:made|elected|chosen|named) {_ROLE} of"),
    Tie(("rules",), r"has (?:ruled|governed|reigned over)"),
    Tie(("rules",), r"was (?:crowned|enthroned)(?: (?:king|queen|emperor|empress|there|again))?|(?:took|came to|ascended|mounted) the throne|took the crown", whom=False),
    Tie(("lives_in",), r"has lived in|settled in|moved to|came to live in"),
    Tie(("spouse_of",), r"married|wed|has been married to"),
    Tie(("owns",), r"has owned|bought|inherited|acquired"),
    Tie(("works_at", "employs"), r"has worked (?:at|for)|came to work (?:at|for)"),
    Tie(("member_of",), r"left|resigned from|was (?:expelled|thrown out) (?:from|of)|quit|deserted", ends=True),
    Tie(("rules",), r"abdicated|was deposed|gave up the (?:throne|crown)", whom=False, ends=True),
)  # fmt: skip
_S = r"⟦(?P<s>\d+)⟧(?:,[^.;:⟦⟧]{0,80},)?(?:,? who)?(?: (?:also|first|finally|later|then|duly))?"
_O = r"(?: (?:the )?(?:[A-Z][a-z]+ )?⟦(?P<o>\d+)⟧(?!['’]s))"
_ON = rf"[^.;:⟦⟧]{{0,30}}? (?:in|since) (?:the (?:year|summer|winter|spring|autumn) (?:of )?)?{YEAR}"
_PATTERNS = [
    (tie, re.compile(rf"{_S} (?:{tie.verbs}){_O if tie.whom else ''}{_ON}")) for tie in TIES
]  # fmt: skip


def ties(told: Told) -> Iterator[Finding]:
    """A year in which a tie began or ended, against the dates of the fact that states it."""
    for saying in told.said:
        text, whom = masked(told.world, saying)
        for tie, pattern in _PATTERNS:
            match = None if reported(text) else pattern.search(text)
            if match is None or whom[int(match["s"])] != told.thing.id:
                continue
            other = whom[int(match["o"])] if tie.whom else None
            facts = [f for f in _of(told, tie.types) if other in (None, f.subject, f.object)]
            dated = [(f, when) for f in facts if (when := f.end if tie.ends else f.start) is not None]
            if dated and all(other_year(told.world, when, int(match["year"])) for _, when in dated):
                why = f"“{saying.text}”, but by fact {told.world.words(dated[0][1])}."
                yield clash(told, "date", saying, dated[0][0], why)


def _of(told: Told, types: tuple[str, ...]) -> Iterator[Fact]:
    me = told.thing.id
    both = [*told.world.facts_of(me), *told.world.facts_to(me)]
    yield from (f for f in both if f.predicate in types and f.sure and f.form == "relation")


# ---- deeds in a year ------------------------------------------------------------------------------------------------

_IN_YEAR = re.compile(rf"^(?:[Bb]ack )?[Ii]n (?:the year )?{YEAR},? (?:the )?⟦(?P<s>\d+)⟧(?P<rest>.*)", re.S)
_DOES = re.compile(
    r"^ (?:himself |herself |secretly |again |finally |personally )?(?:\w{2,}ed|took|wrote|made|gave|led|won|fought|held|sold|bought"
    r"|built|founded|stole|swore|sent|spoke|rode|drove|flew|set|kept|struck|bore|wed|sat|came|went|met|ran|stood|brought|told)"
    r" (?!by\b|to have\b|in \w+ing)(?:the|a|an|his|her|its|their|for|to|in|out|up|off|down|on|with|at|against|over|all|both|two|three|⟦)"
)  # fmt: skip
_NOT_DOING = re.compile(
    r"^ (?:remained|lapsed|passed|died|appeared|seemed|inspired|ceased|continued|lingered|rested|faded)\b"
)


def deeds(told: Told) -> Iterator[Finding]:
    """What somebody does in a year in which they aren't alive, or a group before and after its time."""
    thing = told.thing
    if thing.kind not in (*PEOPLE, "faction"):
        return
    for saying in told.said:
        found = _deed(told, saying)
        year = told.world.when(_in_calendar(told, int(found["year"]))) if found else None
        if found is None or year is None:
            continue
        for when, path, wrong in (
            (thing.end, thing.end_path, thing.end is not None and thing.end.is_before(year)),
            (thing.begin, thing.begin_path, thing.begin is not None and year.is_before(thing.begin)),
        ):
            if wrong and when is not None and path in thing.dates:
                why = f"“{saying.text}”, but {told.world.words(when)} {path.replace('_', ' ')}."
                yield clash(told, "date", saying, telling.of_date(told.world, thing, path), why)


def _deed(told: Told, saying: Saying) -> re.Match[str] | None:
    text, whom = masked(told.world, saying)
    match = _IN_YEAR.match(text)
    if match is None or whom[int(match["s"])] != told.thing.id or reported(text):
        return None
    return match if _DOES.match(match["rest"]) and not _NOT_DOING.match(match["rest"]) else None


def _in_calendar(told: Told, year: int) -> dict[str, object]:
    known = told.thing.end or told.thing.begin
    calendar = known.value.get("calendar") if known else None
    return {"calendar": calendar, "year": year} if calendar else {"year": year}


# ---- beginnings and ends, the year first -----------------------------------------------------------------------------


def year_first(told: Told) -> Iterator[Finding]:
    """“In 612, the mill was built”, “Ulf founded the mill in 612”, “Ulf (540–612)”."""
    thing = told.thing
    for table, when, path in ((BEGINS, thing.begin, thing.begin_path), (ENDS, thing.end, thing.end_path)):
        words = table.get(thing.kind)
        if words is None or when is None or path not in thing.dates:
            continue
        for saying in told.said:
            text, whom = masked(told.world, saying)
            match = re.search(
                rf"\b[Ii]n (?:the year )?{YEAR},? (?:the )?⟦(?P<s>\d+)⟧ (?:was |were )?(?:{words})\b", text
            )
            if match is None and thing.kind == "event" and when is thing.begin:
                match = re.search(rf"⟦(?P<s>\d+)⟧ of {YEAR}", text)
            if match and whom[int(match["s"])] == thing.id and other_year(told.world, when, int(match["year"])):
                why = f"“{saying.text}”, but its field says {told.world.words(when)}."
                yield clash(told, "date", saying, telling.of_date(told.world, thing, path), why)


_SPAN = re.compile(
    r"⟦(?P<s>\d+)⟧ (?:\((?P<a>\d{2,5})\s*[-–—]\s*(?P<b>\d{2,5})\)|(?:lasted|ran|lived|stood|raged|was fought) (?:from|between) (?P<c>\d{2,5}) (?:to|until|and) (?P<d>\d{2,5}))"
)


def spans(told: Told) -> Iterator[Finding]:
    """The years in brackets after a name."""
    thing = told.thing
    for saying in told.said:
        text, whom = masked(told.world, saying)
        match = _SPAN.search(text)
        if match is None or whom[int(match["s"])] != thing.id:
            continue
        first, last = match["a"] or match["c"], match["b"] or match["d"]
        for year, when, path in ((first, thing.begin, thing.begin_path), (last, thing.end, thing.end_path)):
            if when is not None and path in thing.dates and other_year(told.world, when, int(year)):
                why = f"“{first}–{last}”, but its field says {told.world.words(when)}."
                yield clash(told, "date", saying, telling.of_date(told.world, thing, path), why)


# ---- how old somebody grew ------------------------------------------------------------------------------------------

_GREW = re.compile(
    rf"\b(?:died|was (?:killed|murdered|executed|hanged)|fell|perished) (?:[a-z]+ ){{0,3}}?(?:at (?:the age of )?|aged )(?P<a>{NUMBER})\b(?! (?:[a-z]+ )?(?:o'clock|hands|feet|miles|paces|leagues))"
    rf"|\blived to (?:be |the age of )?(?P<b>{NUMBER})\b|\bwas (?P<c>{NUMBER}) when (?:he|she|they) (?:died|fell|was killed)\b",
    re.I,
)


def grew(told: Told) -> Iterator[Finding]:
    """At what age somebody died, against both dates."""
    thing = told.thing
    begin, end = thing.dates.get("birth"), thing.dates.get("death")
    year = year_length(told.world, begin) if begin and end else 0.0
    for saying in told.said if begin and end and year else ():
        match = _GREW.search(saying.text)
        words = next((w for w in match.groups() if w), "") if match else ""
        if match and begin and end and words and is_subject(thing, saying, match.start()):
            least, most = (end.lo - begin.hi) / year - 1, (end.hi - begin.lo) / year + 1
            if not least <= value(words) <= most:
                why = f"“{match.group()}”, but born {told.world.words(begin)} and dead {told.world.words(end)}."
                yield clash(told, "date", saying, telling.of_date(told.world, thing, "death"), why)


# ---- what still stands ----------------------------------------------------------------------------------------------

_STILL = {
    "npc": r"(?:is (?:still )?alive|still (?:lives|works|keeps|runs)|lives (?:[a-z]+ ){0,3}(?:⟦\d+⟧ )?to this day|is still living)",
    "location": r"(?:still stands|stands (?:[a-z]+ ){0,3}to this day|is still (?:in use|open|standing|inhabited)|remains open)",
    "faction": r"(?:still (?:meets|exists|operates|rules|holds)|is (?:still|very much) active|is still (?:in being|at work))",
}  # fmt: skip


def still(told: Told) -> Iterator[Finding]:
    """Alive, standing or at work now, though its end is known."""
    thing = told.thing
    words = _STILL.get("npc" if thing.kind in PEOPLE else thing.kind)
    if words is None or thing.end is None or thing.end_path not in thing.dates:
        return
    for saying in told.now():
        text, whom = masked(told.world, saying)
        match = re.search(rf"⟦(?P<s>\d+)⟧(?:,[^.;:⟦⟧]{{0,80}},)?,? {words}\b", text)
        if match is None or whom[int(match["s"])] != thing.id or SUNG.match(text, match.end()) or reported(text):
            continue
        if saying.when is None or thing.end.is_before(saying.when):
            why = f"“{saying.text}”, but its field says {told.world.words(thing.end)}."
            yield clash(told, "life", saying, telling.of_date(told.world, thing, thing.end_path), why)
