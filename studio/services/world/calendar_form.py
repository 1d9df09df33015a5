"""A calendar's definition as tables to edit: which columns each part has, and what a cell says and takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from studio.domain.calendar_reading import read_rule
from studio.domain.errors import Invalid

if TYPE_CHECKING:
    from studio.domain.calendar_parts import LeapRule

Json = dict[str, Any]
CellKind = Literal["text", "whole", "number", "flag", "month", "rule", "choice"]


class Column(NamedTuple):
    """One column of a part's table. `choices` are (word, stored value)."""

    key: str
    title: str
    kind: CellKind = "text"
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class Part(NamedTuple):
    """One part of a calendar, edited as a table. `empty` is what a new row starts with."""

    key: str
    title: str
    one: str
    columns: tuple[Column, ...]
    empty: Json
    help: str


_RULE_HELP = "Years between leap years, as 4, or 4, not 100, 400; “, from 2” says where they start"
_COUNTING = (("", ""), ("from its start", "restart"), ("back from its end", "backwards"))
PARTS: tuple[Part, ...] = (
    Part(
        "months", "Months", "month",
        (
            Column("name", "Name"), Column("abbr", "Short"), Column("days", "Days", "whole"),
            Column("intercalary", "Between months", "flag", "Outside the week, as a feast or days without a month"),
            Column("leap", "Every … years", "rule", _RULE_HELP),
        ),
        {"name": "New month", "days": 30}, "In the order of the year. Days between months are outside the week.",
    ),
    Part(
        "weekdays", "Week", "weekday", (Column("name", "Name"), Column("abbr", "Short")), {"name": "New day"},
        "The days of the week in order. Without any, the calendar has no weeks.",
    ),
    Part(
        "leap_days", "Leap days", "leap day",
        (
            Column("month", "Month", "month"), Column("rules", "Every … years", "rule", _RULE_HELP),
            Column("days", "Days", "whole"), Column("after_day", "After day", "whole", "Empty: at the month's end"),
            Column("name", "Name"), Column("intercalary", "Outside the week", "flag"),
        ),
        {"month": "", "every": 4}, "Days that a month gets in some years. The rule tests the year as it is written.",
    ),
    Part(
        "eras", "Eras", "era",
        (
            Column("name", "Name"), Column("abbr", "Short"), Column("start_year", "First year", "whole"),
            Column("end_year", "Last year", "whole", "Empty: until the next era"),
            Column("counting", "Years are counted", "choice", "Empty: on, through all eras", _COUNTING),
        ),
        {"name": "New era", "abbr": "", "start_year": 1}, "Stretches of years, by the calendar's running count.",
    ),
    Part(
        "moons", "Moons", "moon",
        (
            Column("name", "Name"), Column("cycle", "Days from new to new", "number"),
            Column("shift", "Age on the first day", "number", "Days since new moon on day 1 of year 1"),
        ),
        {"name": "New moon", "cycle": 29.5, "shift": 0}, "Moons count every day, also those outside the week.",
    ),
    Part(
        "seasons", "Seasons", "season",
        (Column("name", "Name"), Column("month", "Starts in", "month"), Column("day", "On day", "whole")),
        {"name": "New season", "month": "", "day": 1}, "Each lasts until the next one begins.",
    ),
)  # fmt: skip


def rows_of(definition: Json, part: Part) -> list[Json]:
    """The rows of a part as objects; what isn't one is left out."""
    given = definition.get(part.key)
    rows = [{"name": row} if isinstance(row, str) else row for row in (given if isinstance(given, list) else [])]
    return [dict(row) for row in rows if isinstance(row, dict)]


def with_rows(definition: Json, part: Part, rows: list[Json]) -> Json:
    """The definition with these rows; weekdays that are only a name are written as a name."""
    if part.key == "weekdays":
        return {**definition, part.key: [row["name"] if row.keys() == {"name"} else row for row in rows]}
    return {**definition, part.key: rows}


def cell(row: Json, column: Column) -> str | bool:
    """What a cell says."""
    if column.kind == "flag":
        return row.get(column.key) is True
    if column.kind == "rule":
        return rule_words(_rule_of(row, column))
    if column.key == "counting":
        return next((words for words, key in _COUNTING if key and row.get(key) is True), "")
    if column.key in ("month", "day") and isinstance(row.get("start"), dict):
        row = row["start"]
    value = row.get(column.key, row.get("length") if column.key == "days" else None)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def set_cell(row: Json, column: Column, typed: str | bool) -> Json:
    """The row after a cell was edited. What isn't a number stays as it was typed: the reading says what is wrong."""
    new = dict(row)
    if column.kind == "rule":
        return _with_rule(new, column, str(typed))
    if column.key == "counting":
        chosen = dict(_COUNTING).get(str(typed), "")
        rest = {k: v for k, v in new.items() if k not in ("restart", "backwards")}
        return {**rest, chosen: True} if chosen else rest
    if column.key in ("month", "day") and isinstance(new.get("start"), dict):
        new |= new.pop("start")
    value = typed if isinstance(typed, bool) else _value(column, typed.strip())
    if value == "" or value is False:
        new.pop(column.key, None)
    else:
        new[column.key] = value
    return new


def _value(column: Column, typed: str) -> Any:
    if column.kind == "whole" and re.fullmatch(r"-?\d{1,12}", typed):
        return int(typed)
    try:
        return float(typed.replace(",", ".")) if column.kind == "number" else typed
    except ValueError:
        return typed


# ---- leap rules in words -----------------------------------------------------------------------------------------


def _rule_of(row: Json, column: Column) -> LeapRule | None:
    given = row.get("leap") if column.key == "leap" else row
    try:
        return read_rule(given, "It") if given else None
    except Invalid:
        return None


def rule_words(rule: LeapRule | None) -> str:
    """`4, not 100, 400, from 2`, from the shortest interval to the longest."""
    terms = sorted(rule.terms, key=lambda term: (term.interval, term.exclude)) if rule else []
    offsets = {term.offset for term in terms}
    shared = f", from {terms[0].offset}" if len(terms) > 1 and len(offsets) == 1 and terms[0].offset else ""
    words = [
        f"{'not ' if t.exclude else ''}{t.interval}{f' from {t.offset}' if t.offset and not shared else ''}"
        for t in terms
    ]
    return ", ".join(words) + shared


_FROM = re.compile(r"from\s+(-?\d{1,9})", re.IGNORECASE)
_TERM = re.compile(r"(?P<no>not\s+|!\s*)?(?P<years>\d{1,6})(?:\s+from\s+(?P<from>-?\d{1,9}))?", re.IGNORECASE)


def rule_terms(typed: str) -> list[Json] | None:
    """The terms that words like `4, not 100, 400` name; None where they name none. A last `, from 2` is for all."""
    words = [word.strip() for word in typed.split(",") if word.strip()]
    shared = _FROM.fullmatch(words.pop()) if len(words) > 1 and _FROM.fullmatch(words[-1]) else None
    matches = [_TERM.fullmatch(word) for word in words]
    if not words or None in matches:
        return None
    terms: list[Json] = []
    for match in (m for m in matches if m is not None):
        term: Json = {"interval": int(match["years"])}
        if offset := int(match["from"] or (shared[1] if shared else 0)):
            term["offset"] = offset
        if match["no"]:
            term["exclude"] = True
        terms.append(term)
    return terms


def _with_rule(row: Json, column: Column, typed: str) -> Json:
    terms = rule_terms(typed)
    if column.key == "leap":
        rest = {k: v for k, v in row.items() if k != "leap"}
        return rest if not typed.strip() else {**rest, "leap": terms if terms is not None else typed}
    rest = {
        k: v for k, v in row.items() if k not in ("every", "except_every", "offset", "rules", "interval", "exclude")
    }
    if terms is None:
        return {**rest, "every": typed}
    return {**rest, **(_as_world_file(terms) or {"rules": terms})}


def _as_world_file(terms: list[Json]) -> Json | None:
    """`every`, `except_every` and `offset`, which a world file has, where they say the same."""
    offsets = {term.get("offset", 0) for term in terms}
    if len(offsets) > 1 or len(terms) > 2 or terms[0].get("exclude") or not all(t.get("exclude") for t in terms[1:]):
        return None
    if len(terms) == 2 and terms[1]["interval"] <= terms[0]["interval"]:
        return None
    found: Json = {"every": terms[0]["interval"]}
    found |= {"except_every": terms[1]["interval"]} if len(terms) == 2 else {}
    return found | ({"offset": offsets.pop()} if offsets != {0} else {})
