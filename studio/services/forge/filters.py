"""The filters that a template may use; none of them can make a text much longer than it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from studio.services.forge.errors import TemplateProblem

LIMIT = 100_000
"""Characters that any value on its way through a template may have."""


def _text(value: Any) -> str:
    text = str(value)
    _check(len(text))
    return text


def _check(length: int) -> None:
    if length > LIMIT:
        raise TemplateProblem("A value in this prompt is too long to work with. Use a shorter one.")


def _items(value: Any) -> list[str]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        return [_text(value)] if value else []
    return [_text(item) for item in value]


def _joined(separator: str, items: list[str]) -> str:
    """The items in a row; refused before it is made where it gets too long."""
    _check(sum(map(len, items)) + len(separator) * (len(items) - 1))
    return separator.join(items)


def _bullets(items: list[str]) -> str:
    return "- " + _joined("\n- ", items) if items else ""


def _sentence(value: Any) -> str:
    items = _items(value)
    return items[0] if len(items) == 1 else f"{_joined(', ', items[:-1])} and {items[-1]}" if items else ""


def _truncate(value: Any, length: int = 200) -> str:
    text = _text(value)
    return text if len(text) <= length else text[: max(0, int(length) - 1)].rstrip() + "…"


def _words(value: Any, count: int = 50) -> str:
    words = _text(value).split()
    return " ".join(words[: int(count)]) + ("…" if len(words) > int(count) else "")


FILTERS: dict[str, Callable[..., Any]] = {
    "upper": lambda v: _text(v).upper(),
    "lower": lambda v: _text(v).lower(),
    "capitalize": lambda v: _text(v)[:1].upper() + _text(v)[1:],
    "title": lambda v: _text(v).title(),
    "trim": lambda v: _text(v).strip(),
    "join": lambda v, separator=", ": _joined(str(separator), _items(v)),
    "bullets": lambda v: _bullets(_items(v)),
    "sentence": lambda v: _text(_sentence(v)),
    "truncate": _truncate,
    "words": _words,
    "default": lambda v, other="": v or other,
    "first": lambda v: next(iter(_items(v)), ""),
    "last": lambda v: next(iter(reversed(_items(v))), ""),
    "length": lambda v: len(v) if isinstance(v, str | list | tuple) else 0,
}
"""Name → function; arguments can only be short constants."""
