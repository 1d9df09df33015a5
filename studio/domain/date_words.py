"""Reading a date that a person typed: `spring 812`, `before 3 Reed 812`, `c. 640`, `the 640s`, `12 SA`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain import date_lexicon as lex
from studio.domain import spans
from studio.domain.errors import Invalid
from studio.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studio.domain.calendar import CalendarSystem
    from studio.domain.calendar_parts import Era, Month
    from studio.domain.spans import Reading
    from studio.domain.timeref import TimeRef

    Way = Callable[[CalendarSystem, str], Reading | None]

_LONGEST = 160
_DASHES = str.maketrans({"\u2014": "-", "\u2012": "-", "\u2212": "-"})
_TAIL = re.compile(r"[\s,]+(?:(?:of|in|de|du|da|do|des|the|la|el|le|der|des)\s*)*$")


def parse(text: str, calendar: CalendarSystem) -> TimeRef | None:
    """What the words mean in this calendar, or None where they are no date."""
    reading = read(text, calendar)
    return reading.ref if reading else None


def read(text: str, calendar: CalendarSystem) -> Reading | None:
    """What the words mean, with the structured form where there is one."""
    flat = fold(text.translate(_DASHES)).strip(" .,;!")
    if not flat or len(flat) > _LONGEST:
        return None
    found = _first(calendar, flat, (_relative, _point, _between, _range))
    return found and found._replace(ref=found.ref.model_copy(update={"text": text.strip()}))


def _first(calendar: CalendarSystem, flat: str, ways: tuple[Way, ...]) -> Reading | None:
    """The first way of reading that gives a time which exists."""
    for way in ways:
        try:
            found = way(calendar, flat)
        except Invalid:
            continue
        if found is not None:
            return found
    return None


# ---- before, after, between --------------------------------------------------------------------------------------

_RELATIVES = (
    (lex.BEFORE, spans.before), (lex.AFTER, spans.after), (lex.UNTIL, spans.until), (lex.SINCE, spans.since),
)  # fmt: skip


def _relative(calendar: CalendarSystem, flat: str) -> Reading | None:
    for pattern, make in _RELATIVES:
        if (match := pattern.fullmatch(flat)) and (inner := _inner(calendar, match.group(1))):
            return make(inner)
    return None


def _inner(calendar: CalendarSystem, flat: str) -> Reading | None:
    return _first(calendar, flat, (_point,))


def _between(calendar: CalendarSystem, flat: str) -> Reading | None:
    for pattern, joint in ((lex.BETWEEN, lex.AND), (lex.FROM, lex.TO)):
        if (match := pattern.fullmatch(flat)) and (found := _pair(calendar, match.group(1), joint)):
            return found
    return None


def _range(calendar: CalendarSystem, flat: str) -> Reading | None:
    return _pair(calendar, flat, lex.TO)


def _pair(calendar: CalendarSystem, flat: str, joint: re.Pattern[str]) -> Reading | None:
    """Two points; what the first leaves out (`3-5 Reed 812`, `3 Reed to 5 Thaw 812`) is taken from the second."""
    for match in joint.finditer(flat):
        head, tail = flat[: match.start()].strip(), flat[match.end() :].strip()
        if (later := _inner(calendar, tail)) is None:
            continue
        if (earlier := _completed(calendar, head, tail, later)) is not None:
            return spans.between(earlier, later)
    return None


def _completed(calendar: CalendarSystem, head: str, tail: str, later: Reading) -> Reading | None:
    if lex.NUMBER.fullmatch(head):
        days = later.ref.precision in ("day", "exact")
        more, own = tail.split(" ", 1)[1:] if days else [], None
    else:
        more, own = tail.rsplit(" ", 1)[1:], _inner(calendar, head)
    return own or next(filter(None, (_inner(calendar, f"{head} {m}") for m in more)), None) or _inner(calendar, head)


# ---- one point ---------------------------------------------------------------------------------------------------


def _point(calendar: CalendarSystem, flat: str) -> Reading | None:
    return _first(calendar, flat, (_plain_point, _about, _part_of, _in_the))


def _about(calendar: CalendarSystem, flat: str) -> Reading | None:
    match = lex.CIRCA.fullmatch(flat) or re.fullmatch(r"(.+?)\s*\(?\?\)?", flat)
    inner = _inner(calendar, match.group(1)) if match and match.group(1) != flat else None
    return inner and spans.circa(calendar, inner)


def _in_the(calendar: CalendarSystem, flat: str) -> Reading | None:
    match = lex.NOISE.fullmatch(flat)
    return _inner(calendar, match.group(1)) if match else None


def _part_of(calendar: CalendarSystem, flat: str) -> Reading | None:
    """The first, middle or last third of a time."""
    match = lex.PART.fullmatch(flat)
    inner = _inner(calendar, match.group(2)) if match else None
    if match is None or inner is None or inner.ref.lo is None or inner.ref.hi is None:
        return None
    lo, hi = inner.ref.lo, inner.ref.hi
    third = (hi - lo + 1) // 3
    if match.group(1) in lex.EARLY:
        hi = lo + max(third - 1, 0)
    elif match.group(1) in lex.LATE:
        lo = hi - max(third - 1, 0)
    else:
        lo, hi = lo + third, hi - third
    return spans.stretch(calendar, inner.ref.precision, lo, hi)


def _plain_point(calendar: CalendarSystem, flat: str) -> Reading | None:
    if (match := lex.ISO.fullmatch(flat)) and len(match.group(2)) == 2:
        year, month, day = match.groups()
        return spans.point(calendar, int(year), int(month), int(day) if day else None)
    for rest, era in _with_era(calendar, flat):
        for way in (_decade, _century, _month_and_year, _season, _year):
            try:
                found = way(calendar, rest, era)
            except Invalid:
                continue
            if found is not None:
                return found
    return None


def _with_era(calendar: CalendarSystem, flat: str) -> Iterator[tuple[str, Era | None]]:
    """The words as they are, then without each era that they name."""
    yield flat, None
    for era in calendar.parts.eras:
        for word in _era_words(era):
            for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", flat):
                rest = f"{_TAIL.sub('', flat[: match.start()] + ' ')} {flat[match.end() :].removeprefix('.')}"
                yield " ".join(rest.split()).strip(" ,"), era


def _era_words(era: Era) -> list[str]:
    short = fold(era.abbr)
    words = [fold(era.name), short, *lex.ERA_WORDS.get(short, ())]
    return sorted({w for word in words if word for w in (word, ".".join(word) if len(word) < 4 else word)})


def _year_of(calendar: CalendarSystem, era: Era | None, number: int) -> int:
    year = number if era is None else calendar.year_in(era, number)
    if year is None:
        raise Invalid("This era has no such year.")
    return year


def _years(calendar: CalendarSystem, era: Era | None, first: int, last: int) -> tuple[int, int]:
    """The first and last day of years that are numbered so in an era; a year 0 that is missing is left out."""
    if not calendar.parts.year_zero and era is None:
        first, last = first or 1, last or -1
    one, other = sorted((_year_of(calendar, era, first), _year_of(calendar, era, last)))
    return calendar.year_first(one), calendar.year_last(other)


def _decade(calendar: CalendarSystem, flat: str, era: Era | None) -> Reading | None:
    match = lex.DECADE.fullmatch(flat)
    if match is None:
        return None
    number = int(next(g for g in match.groups() if g))
    last = number - 9 if number < 0 else number + 9
    lo, hi = _years(calendar, era, number or 1, last)
    return spans.stretch(calendar, "decade", lo, hi)


def _century(calendar: CalendarSystem, flat: str, era: Era | None) -> Reading | None:
    match = lex.CENTURY.fullmatch(flat)
    if match is None:
        return None
    word = match.group(1) or match.group(2)
    number = lex.NUMBER.fullmatch(word)
    n = int(number.group(1)) if number else lex.ORDINALS.get(word) or lex.roman(word.removesuffix("e"))
    if not n or n < 1:
        return None
    return spans.stretch(calendar, "century", *_years(calendar, era, 100 * n - 99, 100 * n))


def _season(calendar: CalendarSystem, flat: str, era: Era | None) -> Reading | None:
    """A season of a year; in a calendar that has none it may be any day of the year."""
    names = {fold(season.name): season for season in calendar.parts.seasons}
    words = names.keys() | {w for words in lex.SEASONS.values() for w in words}
    for word in sorted(words, key=len, reverse=True):
        match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", flat)
        numbers = _numbers(flat[: match.start()] + flat[match.end() :]) if match else None
        if match is None or numbers is None or len(numbers) != 1:
            continue
        year = _year_of(calendar, era, numbers[0])
        if not names:
            return spans.stretch(calendar, "season", calendar.year_first(year), calendar.year_last(year))
        meanings = {lex.season_meaning(name): season for name, season in names.items()}
        if season := names.get(word) or meanings.get(lex.season_meaning(word)):
            return spans.stretch(calendar, "season", *calendar.season_span(year, season))
    return None


def _year(calendar: CalendarSystem, flat: str, era: Era | None) -> Reading | None:
    numbers = _numbers(flat)
    if numbers is None or len(numbers) > 1:
        return None
    if numbers:
        return spans.point(calendar, _year_of(calendar, era, numbers[0]))
    if era is None:
        return None
    lo = None if era.start is None else calendar.year_first(era.start)
    hi = None if era.end is None else calendar.year_last(era.end)
    return spans.stretch(calendar, "era", lo, hi)


def _month_and_year(calendar: CalendarSystem, flat: str, era: Era | None) -> Reading | None:
    minute = None
    if time := lex.TIME.search(flat):
        minute, flat = int(time.group(1)) * 60 + int(time.group(2)), flat[: time.start()]
    for weekday in calendar.weekdays:
        flat = re.sub(rf"^{re.escape(fold(weekday.name))},?\s+(?=.*\d)", "", flat)
    for head, month, tail in _months_in(calendar, flat):
        numbers = _numbers(head), _numbers(tail)
        if numbers[0] is not None and numbers[1] is not None:
            found = _dated(calendar, numbers[0], month, numbers[1], era, minute)
            if found is not None:
                return found
    return None


def _dated(
    calendar: CalendarSystem, head: list[int], month: Month, tail: list[int], era: Era | None, minute: int | None
) -> Reading | None:
    """Day and year around a month: `3 Reed 812`, `Reed 3, 812`, `812 Reed 3`, `Reed 812`."""
    match head, tail:
        case ([day], [year]) | ([], [day, year]):
            found = calendar.month_span(_year_of(calendar, era, year), month.key) if day > 0 else None
            if (found is None or day > found.days) and head:
                day, year = year, day
            return spans.point(calendar, _year_of(calendar, era, year), month.key, day, minute=minute)
        case ([year], []) | ([], [year]) if minute is None and (tail or not 0 < year <= month.days):
            return spans.point(calendar, _year_of(calendar, era, year), month.key)
        case _:
            return None


def _months_in(calendar: CalendarSystem, flat: str) -> Iterator[tuple[str, Month, str]]:
    """Every month that the words name, whole or by the beginning of its name, with what stands around it."""
    for match in calendar.names.pattern.finditer(flat):
        if month := calendar.names.find(match.group(0)):
            yield flat[: match.start()], month, flat[match.end() :]
    for match in re.finditer(r"[^\W\d]{3,}", flat):
        word = match.group(0)
        if word not in lex.NO_MONTHS and (month := calendar.names.beginning(word)):
            yield flat[: match.start()], month, flat[match.end() :].removeprefix(".")


def _numbers(flat: str) -> list[int] | None:
    """The numbers among words that mean nothing; None where another word stands there."""
    found = []
    for token in re.split(r"[\s,]+", flat):
        if match := lex.NUMBER.fullmatch(token):
            found.append(int(match.group(1)))
        elif token and token not in lex.FILLERS:
            return None
    return found
