"""JSON and YAML as trees whose keys and values know where they stand in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

_TOKEN = re.compile(
    r'\s*(?:(?P<open>[{\[])|(?P<close>[}\]])|(?P<sep>[:,])|(?P<str>"(?:[^"\\\n]|\\.){0,20000}")|(?P<word>[^\s{}\[\]:,"]+)|(?P<comment>//[^\n]*))'
)
MAX_NODES = 5_000
MAX_YAML = 60_000


@dataclass
class Node:
    """A scalar (`text`), a list (`items`) or a mapping (`pairs`); `span` is where it stands."""

    span: tuple[int, int]
    text: str | None = None
    items: list[Node] = field(default_factory=list)
    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    is_map: bool = False

    def get(self, *names: str) -> Node | None:
        """The value of the first of these keys that the mapping has."""
        return next((v for n in names for k, v in self.pairs if (k.text or "").lower() == n), None)

    def scalars(self) -> list[Node]:
        """This scalar, or the scalars of this list."""
        return [self] if self.text is not None else [n for n in self.items if n.text is not None]


class _Json:
    """A forgiving JSON reader: trailing commas, comments and bare words are let through."""

    def __init__(self, source: str, start: int, end: int) -> None:
        self.source, self.at, self.end, self.count = source, start, end, 0

    def _next(self) -> re.Match[str] | None:
        while m := _TOKEN.match(self.source, self.at, self.end):
            self.at = m.end()
            if m.lastgroup != "comment":
                return m
        return None

    def value(self, m: re.Match[str] | None, depth: int) -> Node | None:
        self.count += 1
        if m is None or depth > 40 or self.count > MAX_NODES:
            return None
        kind = m.lastgroup or ""
        a, b = m.span(kind)
        if kind == "str":
            return Node((a + 1, b - 1), text=_unescape(m.group(kind)[1:-1]))
        if kind == "word":
            return Node((a, b), text="" if m.group(kind) == "null" else m.group(kind))
        if kind != "open":
            return None
        return self._map(a, depth) if m.group(kind) == "{" else self._list(a, depth)

    def _map(self, start: int, depth: int) -> Node:
        node = Node((start, start + 1), is_map=True)
        while (m := self._next()) and m.lastgroup != "close":
            if m.lastgroup == "sep":
                continue
            key = self.value(m, depth + 1)
            colon = self._next()
            if key is None or colon is None or colon.group().strip() != ":":
                break
            value = self.value(self._next(), depth + 1)
            if value is None:
                break
            node.pairs.append((key, value))
        node.span = (start, self.at)
        return node

    def _list(self, start: int, depth: int) -> Node:
        node = Node((start, start + 1))
        while (m := self._next()) and m.lastgroup != "close":
            if m.lastgroup == "sep":
                continue
            item = self.value(m, depth + 1)
            if item is None:
                break
            node.items.append(item)
        node.span = (start, self.at)
        return node


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    plain = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", "r": "", "b": "", "f": ""}
    return re.sub(
        r"\\(?:u([0-9a-fA-F]{4})|(.))",
        lambda m: chr(int(m.group(1), 16)) if m.group(1) else plain.get(m.group(2), m.group(2)),
        text,
    )


def read_json(source: str, start: int, end: int) -> Node | None:
    """The first value in source[start:end]."""
    reader = _Json(source, start, end)
    return reader.value(reader._next(), 0)


def read_yaml(source: str, start: int, end: int) -> Node | None:
    """The first document in source[start:end]; None when it is no YAML mapping or list."""
    if end - start > MAX_YAML:
        return None
    body = source[start:end]
    try:
        root = yaml.compose(body, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    budget = [MAX_NODES]
    return _from_yaml(root, start, budget, 0) if root is not None else None


def _from_yaml(node: yaml.Node, base: int, budget: list[int], depth: int) -> Node:
    budget[0] -= 1
    a, b = base + node.start_mark.index, base + node.end_mark.index
    made = Node((a, b))
    if budget[0] < 0 or depth > 40:
        made.text = ""
    elif isinstance(node, yaml.ScalarNode):
        made.text = "" if node.tag.endswith(":null") else node.value
        if node.style in {'"', "'"}:
            made.span = (a + 1, b - 1)
    elif isinstance(node, yaml.MappingNode):
        made.is_map = True
        made.pairs = [
            (_from_yaml(k, base, budget, depth + 1), _from_yaml(v, base, budget, depth + 1)) for k, v in node.value
        ]
    else:
        made.items = [_from_yaml(n, base, budget, depth + 1) for n in node.value]
    return made
