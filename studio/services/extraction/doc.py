"""The text as units (headings, bullets, paragraphs, rows, fences) whose clean words map back to exact offsets."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import Literal

UnitKind = Literal["heading", "bullet", "para", "row", "fence"]
_FENCE = re.compile(r"^[ \t]{0,3}(```+|~~~+)[ \t]*([\w+-]*)[^\n]*$")
_HEADING = re.compile(r"^[ ]{0,3}(#{1,6})(?:[ \t]+|(?<=##)(?=[^\W\d_]))(.*?)[ \t]*#*[ \t]*$")
_BULLET = re.compile(
    r"^([ \t]*)([-*+•◦▪‣–]|\d{1,3}[.)]|[A-Za-z][.)])"
    r"(?:[ \t]+(?=\S)|(?<=[.)])(?=\*\*)|(?<=-)(?=[A-Z])|(?<=^\*)(?=[A-Z][^*\n]*$))"
)
_QUOTE = re.compile(r"^[ ]{0,3}(?:>[ ]?)+")
_RULE = re.compile(r"^[ ]{0,3}(?:[-*_=][ \t]*){3,}$")
_LEAD = re.compile(r"^[^\w\s]{0,4}\s*(?:\*\*|__)[^*\n]{1,80}(?:\*\*|__)|^[^\W\d_][\w '’/&-]{0,30}:\s")
_SEPARATOR = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
_SKIP = re.compile(
    r"(?P<strike>~~[^~\n]{1,300}~~)|(?P<comment><!--.{0,2000}?-->)|!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)"
    r"|(?P<wiki>\[\[[^\]\n]{1,200}\]\])|(?P<link>\[[^\]\n]{1,300}\]\([^)\s]{1,500}\))"
    r"|(?P<cite>(?<=[^\s:=])[ \t]?(?:\[\d{1,3}(?:,[ ]?\d{1,3})*\])+(?![(:\w]))"
    r"|(?P<br><br\s*/?>)|</?[a-zA-Z][^>\n]{0,200}>|\\(?=[*_`#~\[\]])|(?P<code>`{1,3})|(?P<em>\*{1,3})|(?P<us>(?<!\w)_{1,3}(?=\S)|(?<=[^\s_])_{1,3}(?!\w))"
    r"|(?P<q1>[\u2018\u2019\u02bc])|(?P<q2>[\u201c\u201d\u201e])|(?P<dash>[\u2010\u2011])|(?P<sp>[\u00a0\u202f\u2009\t\r\n\ue000-\uf8ff])"
    r"|(?P<zero>[\u200b-\u200f\u2060\ufe0e\ufe0f\u00ad\u202a-\u202e\u2066-\u2069]+)"
    r"|(?P<emoji>[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\U000e0020-\U000e007f\u20e3]+)",
    re.DOTALL,
)
_PLAIN = {"q1": "'", "q2": '"', "dash": "-", "sp": " ", "br": " ", "emoji": " "}


@dataclass
class Clean:
    """Words without markup. `src[i]` is the source offset of character i; `styled` are bold or italic ranges."""

    text: str
    src: list[int]
    end: int
    styled: list[tuple[int, int, str]] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)
    marked: list[tuple[int, int]] = field(default_factory=list)
    emoji: list[tuple[int, str]] = field(default_factory=list)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source range of clean[start:end]."""
        if end <= start:
            at = self.src[start] if start < len(self.src) else self.end
            return at, at
        return self.src[start], self.src[end - 1] + 1


@dataclass
class Unit:
    """One block. `level` is a heading's level or a bullet's indent; `cells` are the parts of a table row."""

    kind: UnitKind
    start: int
    end: int
    clean: Clean
    level: int = 0
    quoted: bool = False
    info: str = ""
    marker: str = ""
    cells: list[Clean] = field(default_factory=list)
    header: list[Clean] | None = None
    first_row: bool = False
    children: bool = False


def clean(source: str, start: int, end: int) -> Clean:
    """Strip Markdown and the numbers of citations from source[start:end].

    For every character that is kept it is kept where it came from.
    """
    out: list[str] = []
    src: list[int] = []
    made = Clean("", src, end)
    stack: list[tuple[str, int]] = []
    at = start

    def take(a: int, b: int) -> None:
        out.append(source[a:b])
        src.extend(range(a, b))

    for m in _SKIP.finditer(source, start, end):
        take(at, m.start())
        at = m.end()
        _token(m, made, out, src, stack, take)
    take(at, end)
    made.text = "".join(out)
    return made


def _token(m: re.Match[str], made: Clean, out: list[str], src: list[int], stack: list[tuple[str, int]], take) -> None:
    kind = m.lastgroup or ""
    if kind == "emoji":
        made.emoji.append((len(src), m.group()))
    if kind in _PLAIN:
        out.append(_PLAIN[kind])
        src.append(m.start())
    elif kind == "strike":
        made.struck.append((m.start(), m.end()))
    elif kind == "wiki":
        inner = m.group()[2:-2]
        skip = inner.rfind("|") + 1
        made.marked.append((len(src), len(src) + len(inner) - skip))
        take(m.start() + 2 + skip, m.end() - 2)
    elif kind == "link":
        take(m.start() + 1, m.start() + m.group().index("]"))
    elif kind in {"em", "us"}:
        _emphasis(m.group(), made, src, stack)


def _emphasis(token: str, made: Clean, src: list[int], stack: list[tuple[str, int]]) -> None:
    """Open or close an emphasis; what it held is remembered as styled."""
    if stack and stack[-1][0] == token:
        _, begin = stack.pop()
        if len(src) > begin:
            made.styled.append((begin, len(src), ("i", "b", "bi")[len(token) - 1]))
    elif stack and stack[-1][0][0] == token[0] and 2 < len(src) - stack[-1][1] < 60:
        opened, begin = stack.pop()
        made.styled.append((begin, len(src), ("i", "b", "bi")[len(opened) - 1]))
    elif len(stack) < 4:
        stack.append((token, len(src)))


@dataclass
class _Lines:
    text: str
    spans: list[tuple[int, int]]


def _split(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for m in re.finditer(r"\r\n|\n|\r", text):
        spans.append((at, m.start()))
        at = m.end()
    spans.append((at, len(text)))
    return spans


class Parser:
    """Cuts a text into units, line by line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.units: list[Unit] = []
        self._open: Unit | None = None
        self._header: list[Clean] | None = None
        self._rows = 0

    def parse(self) -> list[Unit]:
        """All units in order."""
        lines = _split(self.text)
        i = 0
        while i < len(lines):
            start, end = lines[i]
            if fence := _FENCE.match(self.text[start:end]):
                i = self._fence(lines, i, fence)
            else:
                self._line(start, end, lines[i + 1] if i + 1 < len(lines) else None)
                i += 1
        self._close()
        return self.units

    def _fence(self, lines: list[tuple[int, int]], i: int, opening: re.Match[str]) -> int:
        self._close()
        mark, j = opening.group(1), i + 1
        while j < len(lines) and not self.text[slice(*lines[j])].strip().startswith(mark):
            j += 1
        a = lines[i + 1][0] if i + 1 < len(lines) else lines[i][1]
        b = lines[j - 1][1] if j > i + 1 else a
        self.units.append(Unit("fence", a, b, Clean("", [], b), info=opening.group(2).lower()))
        return j + 1

    def _line(self, start: int, end: int, following: tuple[int, int] | None) -> None:
        raw = self.text[start:end]
        quoted = False
        if m := _QUOTE.match(raw):
            start, quoted = start + m.end(), True
            raw = self.text[start:end]
        if not raw.strip() or (_RULE.match(raw) and "|" not in raw):
            self._close()
            self._header = None
            return
        if "|" in raw and (raw.lstrip().startswith("|") or self._header is not None or self._is_header(following)):
            self._row(start, end, raw, following)
            return
        self._header = None
        if m := _HEADING.match(raw):
            self._close()
            self._add("heading", start + m.start(2), start + m.end(2), level=len(m.group(1)), quoted=quoted)
        elif m := _BULLET.match(raw):
            self._close()
            indent = len(m.group(1).expandtabs(4))
            self._begin("bullet", start + m.end(), end, level=indent, quoted=quoted, marker=m.group(2))
        else:
            self._text(start, end, raw, quoted)

    def _is_header(self, following: tuple[int, int] | None) -> bool:
        return (
            following is not None
            and "|" in self.text[slice(*following)]
            and bool(_SEPARATOR.match(self.text[slice(*following)]))
        )

    def _text(self, start: int, end: int, raw: str, quoted: bool) -> None:
        lead = len(raw) - len(raw.lstrip())
        whole = self._open is not None and re.match(
            r"^\s*([*_])(?!\1).*\1\s*$", self.text[self._open.start : self._open.end]
        )
        joins = not whole and self._open is not None and self._open.quoted == quoted and not _LEAD.match(raw.lstrip())
        if (
            joins
            and self._open is not None
            and (self._open.kind == "para" or lead >= 1 or not self.text[self._open.end - 1 : self._open.end].isspace())
        ):
            self._open.end = end
            return
        self._close()
        self._begin("para", start + lead, end, quoted=quoted)

    def _row(self, start: int, end: int, raw: str, following: tuple[int, int] | None) -> None:
        self._close()
        if _SEPARATOR.match(raw):
            return
        cells = self._cells(start, raw)
        if self._header is None:
            self._rows = 0
            self._header = cells
            if self._is_header(following):
                return
            self._header = []
        self._rows += 1
        unit = Unit("row", start, end, Clean("", [], end), cells=cells, header=self._header or None)
        unit.first_row = self._rows == 1
        self.units.append(unit)

    def _cells(self, start: int, raw: str) -> list[Clean]:
        found, at = [], 0
        for m in re.finditer(r"(?<!\\)\|", raw):
            found.append((at, m.start()))
            at = m.end()
        found.append((at, len(raw)))
        if found and not raw[slice(*found[0])].strip():
            found = found[1:]
        if found and not raw[slice(*found[-1])].strip():
            found = found[:-1]
        return [trimmed(clean(self.text, start + a, start + b)) for a, b in found]

    def _begin(
        self, kind: UnitKind, start: int, end: int, *, level: int = 0, quoted: bool = False, marker: str = ""
    ) -> None:
        self._open = Unit(kind, start, end, Clean("", [], end), level=level, quoted=quoted, marker=marker)

    def _add(self, kind: UnitKind, start: int, end: int, *, level: int, quoted: bool) -> None:
        self.units.append(Unit(kind, start, end, trimmed(clean(self.text, start, end)), level=level, quoted=quoted))

    def _close(self) -> None:
        if self._open is not None:
            self._open.clean = trimmed(clean(self.text, self._open.start, self._open.end))
            self.units.append(self._open)
            self._open = None


def trimmed(c: Clean) -> Clean:
    """Without white space at both ends."""
    lead = len(c.text) - len(c.text.lstrip())
    text = c.text.strip()
    if len(text) == len(c.text):
        c.emoji = [(a, e) for a, e in c.emoji if a < len(text)]
        return c
    stop = lead + len(text)
    moved = [(max(0, a - lead), min(len(text), b - lead), s) for a, b, s in c.styled if b > lead and a < stop]
    marked = [(max(0, a - lead), min(len(text), b - lead)) for a, b in c.marked if b > lead and a < stop]
    emoji = [(max(0, a - lead), e) for a, e in c.emoji if a < stop]
    return Clean(text, c.src[lead:stop], c.end, moved, c.struck, marked, emoji)


def parse(text: str) -> list[Unit]:
    """The units of a text."""
    units = Parser(text).parse()
    for unit, after in itertools.pairwise(units):
        unit.children = unit.kind == "bullet" and after.kind == "bullet" and after.level > unit.level
    return units
