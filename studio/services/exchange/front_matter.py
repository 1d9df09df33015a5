"""The front matter of Markdown files that strangers wrote: read as text first, and never a trap.

YAML's anchors, aliases, merge keys and tags are refused: a few hundred bytes of them can fill the memory. A value
becomes a number or truth value only where that is written as we would write it, so that nothing written is lost:
`0123`, `yes`, `1:30` and `2025-02-30` stay the text that they are.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from studio.domain.errors import ImportRefused

MAX_FRONT = 64 * 1024
MAX_DEPTH = 32
_FENCE = re.compile(r"\A---[ \t]*\n(?P<front>(?:.*\n)*?)---[ \t]*(?:\n|\Z)")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
_PLAIN = re.compile(r"[^\W\d_](?:[\w ./()'’–-]*[\w./()'’])?")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_READ_OTHERWISE = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})

Json = dict[str, Any]


class FrontRefused(ImportRefused):
    """The front matter can't be read. Its words say why; the note itself can still come in as text."""


@dataclass(frozen=True)
class Front:
    """What stands in a front matter: its values in their order, and in which lines of the source each key stands.

    `lines` is empty where the keys have no lines of their own, as in `{a: 1, b: 2}`.
    """

    values: Json = field(default_factory=dict)
    source: str = ""
    lines: dict[str, tuple[int, int]] = field(default_factory=dict)


def split(text: str) -> tuple[str | None, str]:
    """(the front matter's source without its fences, or None, the text below it). Lines must end with a plain `\\n`."""
    if not text.startswith("---"):
        return None, text
    found = _FENCE.match(text)
    return (found["front"], text[found.end() :]) if found else (None, text)


def read(source: str, *, limit: int = MAX_FRONT) -> Front:
    """Read a front matter. Raises FrontRefused with the reason where it can't or mustn't be read."""
    if len(source.encode(errors="replace")) > limit:
        raise FrontRefused(f"its front matter is larger than {limit // 1024} kB")
    try:
        builder = _Builder(source)
        for event in yaml.parse(source, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 2}" if error.problem_mark else ""
        raise FrontRefused(f"its front matter isn't valid YAML{line}") from error
    except (yaml.YAMLError, UnicodeError, RecursionError) as error:
        raise FrontRefused("its front matter isn't valid YAML") from error
    return builder.front()


def written(key: str, value: Any) -> str:
    """One key with its value as lines of a front matter, each ended."""
    start = f"{_scalar(key)}:"
    if isinstance(value, list | tuple):
        if any(isinstance(one, list | tuple | dict) for one in value):
            return f"{start} {_quoted(value)}\n"
        items = "".join(f"  - {_scalar(one)}\n" for one in value)
        return f"{start}\n{items}" if items else f"{start} []\n"
    if isinstance(value, dict):
        return f"{start} {_quoted(value)}\n"
    return f"{start} {_scalar(value)}\n"


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value.casefold() not in _READ_OTHERWISE
        return value if plain else _quoted(value)
    return _quoted(value)


def _quoted(value: Any) -> str:
    words = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m.group()):04x}", words)


class _Builder:
    """Makes values of YAML's events, without recursion and without ever meeting an alias."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._open: list[tuple[Any, list[str]]] = []
        self._root: Any = None
        self._starts: list[tuple[str, int]] = []
        self._flow = False

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise FrontRefused("its front matter uses YAML anchors, which aren't followed")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and (event.explicit or self._root is not None):
            raise FrontRefused("its front matter holds several documents")

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        if event.tag:
            raise FrontRefused("its front matter uses YAML tags, which aren't followed")
        if len(self._open) >= MAX_DEPTH:
            raise FrontRefused("its front matter is nested too deeply")
        made: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if not self._open:
            self._flow = bool(event.flow_style)
        self._put(made)
        self._open.append((made, []))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.tag:
            raise FrontRefused("its front matter uses YAML tags, which aren't followed")
        inside = self._open[-1] if self._open else None
        if inside is not None and isinstance(inside[0], dict) and not inside[1]:
            self._key(event, inside)
        else:
            self._put(event.value if event.style else _typed(event.value))

    def _key(self, event: yaml.ScalarEvent, inside: tuple[Json, list[str]]) -> None:
        key = event.value
        if key == "<<" and not event.style:
            raise FrontRefused("its front matter uses YAML merge keys, which aren't followed")
        if key in inside[0]:
            raise FrontRefused(f"its front matter has the key “{key[:40]}” twice")
        if len(self._open) == 1 and event.start_mark is not None:
            self._starts.append((key, event.start_mark.line))
        inside[1].append(key)

    def _put(self, value: Any) -> None:
        if not self._open:
            self._root = value
            return
        parent, waiting = self._open[-1]
        if isinstance(parent, list):
            parent.append(value)
        elif waiting:
            parent[waiting.pop()] = value
        else:
            raise FrontRefused("its front matter has a key that is no text")

    def front(self) -> Front:
        if self._root is None:
            return Front(source=self._source)
        if not isinstance(self._root, dict):
            raise FrontRefused("its front matter holds no keys")
        return Front(self._root, self._source, {} if self._flow else self._lines())

    def _lines(self) -> dict[str, tuple[int, int]]:
        """Each key's lines; comments and empty lines before the next key are not among them."""
        lines = self._source.split("\n")[:-1] if self._source.endswith("\n") else self._source.split("\n")
        ends = [start for _, start in self._starts[1:]] + [len(lines)]
        found: dict[str, tuple[int, int]] = {}
        for (key, start), end in zip(self._starts, ends, strict=True):
            while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
                end -= 1
            found[key] = (start, end)
        return found


def _typed(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.fullmatch(text):
        number = float(text) if "." in text else int(text)
        return number if str(number) == text else text
    return text
