"""The values of a note's keys: links become references, keys become fields, the rest is custom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.services.exchange.material import NOTE, Ref, Thing, Tie
from studio.services.exchange.obsidian import words

if TYPE_CHECKING:
    from collections.abc import Callable, Container

Json = dict[str, Any]
_LINK = re.compile(r"!?\[\[([^\[\]|]+)(?:\|([^\[\]]*))?\]\]")
_ONLY_LINKS = re.compile(r"\s*!?\[\[[^\[\]]+\]\](?:\s*+(?:(?:,|;|&|and)\s*+)?!?\[\[[^\[\]]+\]\])*+\s*")
_EMPTY = (None, "", [], {})


_DATE = frozenset({"calendar", "year", "month", "day", "circa", "before", "after", "between", "text"})


def links_of(value: Any) -> list[str]:
    """The links that stand in a value, as they are written."""
    value = linked(value)
    found = [m.group() for one in (value if isinstance(value, list) else [value]) for m in _LINK.finditer(str(one))]
    return list(dict.fromkeys(found))


def linked(value: Any) -> Any:
    """A value as it is meant: `[[Name]]` without quotes is read by YAML as a list in a list."""
    if isinstance(value, list):
        if len(value) == 1 and isinstance(value[0], list) and len(value[0]) == 1 and isinstance(value[0][0], str):
            return f"[[{value[0][0]}]]"
        return [linked(one) for one in value]
    return value


class Reading:
    """Takes the keys of one note into its thing."""

    def __init__(self, thing: Thing, find: Callable[[str], str | None], notes: Container[str]) -> None:
        self.thing, self._find, self._notes = thing, find, notes
        self.ties: list[Tie] = []
        self.images: list[str] = []

    def take(self, key: str, value: Any, *, inline: bool = False) -> None:
        """Put one key where it belongs. What an inline field says again is not heard."""
        value = linked(value)
        if words.plain_key(key) in ("image", "images"):
            self.images += [m.partition("|")[0] for one in words.words_of(value) for m in [one.strip("![]")]]
        if value in _EMPTY:
            return
        part, name = words.slot_of(self.thing.kind, key)
        if part == "field":
            self._field(name, key, value)
        elif part == "custom" and not _nested(value):
            self.thing.custom.setdefault(name, self._refs(value))
        elif part == "tie":
            self._tie(name, self._refs(value))
        elif not inline:
            self._plain(part, key, value)

    def _field(self, name: str, key: str, value: Any) -> None:
        if words.plain_key(key) in words.DATE_KEYS:
            self.thing.fields.setdefault(name, date_of(value))
        elif not isinstance(value, dict) or is_date(value):
            self.thing.fields.setdefault(name, self._refs(value))

    def _plain(self, part: str, key: str, value: Any) -> None:
        if part == "summary" and isinstance(value, str):
            self.thing.summary = self.thing.summary or value
        elif part == "subtype" and not _nested(value):
            self.thing.subtype = when(value)
        elif part == "parent":
            self._parent(key, self._refs(value))
        elif part == "date":
            told = date_of(value)
            self.thing.date = told if isinstance(told, dict) else {"text": told}

    def _parent(self, key: str, value: Any) -> None:
        if isinstance(value, Ref):
            self.thing.parent = value.key
        elif not _nested(value):
            self.thing.custom.setdefault(key, value)

    def _refs(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._refs(one) for one in value]
        if not isinstance(value, str) or not _ONLY_LINKS.fullmatch(value):
            return value
        found = [self._ref(m.group(1), m.group(2) or "") for m in _LINK.finditer(value)]
        return found[0] if len(found) == 1 else found

    def _ref(self, target: str, label: str) -> Any:
        path = self._find(target.partition("#")[0])
        if path is None or path not in self._notes:
            return f"[[{target}]]"
        return Ref(path, label or target)

    def _tie(self, type_: str, value: Any) -> None:
        several = value if isinstance(value, list) else [value]
        for one in several:
            if isinstance(one, Ref):
                self.ties.append(Tie(self.thing.key, type_, one.key))
        left = [one for one in several if not isinstance(one, Ref)]
        if left and self.thing.kind != NOTE:
            self.thing.custom.setdefault(type_, left[0] if len(left) == 1 else left)


def is_date(value: Any) -> bool:
    """Whether this is a date as we write it: in a calendar, by its parts."""
    return (
        isinstance(value, dict) and "calendar" in value and value.keys() <= _DATE
        and all(isinstance(part, str | int | bool) for part in value.values())
    )  # fmt: skip


def date_of(value: Any) -> Any:
    """A date by its parts, or in words."""
    return value if is_date(value) else when(value)


def when(value: Any) -> str:
    """A date in words; the calendar plugin's year, month and day become one."""
    if isinstance(value, dict):
        return "-".join(str(value[part]) for part in ("year", "month", "day") if value.get(part) is not None)
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _nested(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict | list) for one in value))
