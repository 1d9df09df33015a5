"""Labels: which words name a field, where labelled values begin and end inside a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.text import fold

if TYPE_CHECKING:
    from studio.services.extraction.doc import Clean
    from studio.services.extraction.lexicon import Lexicon

_EDGE = re.compile(r"^[\W\d_]+|[\s:.,;!?*_–—-]+$")
_SENTENCE_END = re.compile(r"[.!?…](?:[\"')»”]*)\s+(?=[^\sa-z])")
EMOJI = {
    "🤫": "secret",
    "🔒": "secret",
    "🤐": "secret",
    "🙊": "secret",
    "🕵": "secret",
    "🗝": "",
    "🎯": "goal",
    "💭": "motive",
    "👃": "senses",
    "👂": "senses",
    "⚠": "danger",
    "☠": "danger",
    "💀": "danger",
    "💬": "voice",
    "🗣": "voice",
    "🚫": "negative",
    "😱": "fear",
    "😨": "fear",
    "😰": "fear",
    "🎭": "personality",
    "📍": "location",
    "💰": "value",
    "🏠": "home",
    "👑": "leader",
    "💔": "fear",
}


@dataclass(frozen=True)
class Labelled:
    """A label at clean[at:], its value at clean[start:end]. `scopes` maps kinds to the field that it means there."""

    label: str
    scopes: dict[str, str]
    at: int
    start: int
    end: int
    styled: bool


def normal(text: str) -> str:
    """A heading or label as it is looked up: folded, no numbering, symbols or closing marks."""
    text = _EDGE.sub("", _EDGE.sub("", text.strip()))
    return fold(re.sub(r"\s*\([^)]*\)\s*$", "", text))


def scopes_of(text: str, lex: Lexicon) -> dict[str, str]:
    """What a label means, by kind; {} when it is none."""
    key = normal(text)
    found = lex.labels.get(key)
    if found is None and key.startswith(("the ", "her ", "his ", "their ", "its ", "current ", "main ", "key ")):
        found = lex.labels.get(key.split(" ", 1)[1])
    if found is None and key.endswith("s"):
        found = lex.labels.get(key[:-1])
    if found is None and (parts := re.split(r"\s*(?:/|&|\+|,|\b(?:and|und|y|et|e)\b)\s*", key)) and len(parts) == 2:
        found = _combined([lex.labels.get(p, {}) for p in parts])
    if found is None and 3 < len(key) < 45 and lex.patterns["seed_heading"].search(key):
        found = {"seed": "@prose"}
    return found or {}


def _combined(parts: list[dict[str, str]]) -> dict[str, str] | None:
    """`Genre & tone` stands for both; only a plan's labels are joined like that."""
    names = [p["blueprint"] for p in parts if "blueprint" in p]
    return {"blueprint": "|".join(dict.fromkeys(names))} if len(names) == 2 else None


def _phrase_start(c: Clean, colon: int, after: int, styled: dict[int, int]) -> tuple[int, bool]:
    """Where the words before a colon begin, and whether they are styled as a label."""
    for end in (colon - 1, colon, colon + 1):
        a = styled.get(end, -1)
        if a >= after and end - a <= 45:
            return a, True
    begin = after
    for m in re.finditer(r"[.!?;|•·,(\n–—]\s+", c.text[max(after, colon - 60) : colon]):
        begin = max(after, colon - 60) + m.end()
    return begin, False


def find_labels(c: Clean, lex: Lexicon, begin: int = 0) -> list[Labelled]:
    """All labels inside a line, each with its value's range."""
    starts: list[tuple[int, int, str, dict[str, str], bool]] = []
    after = begin
    marks = {b: a for a, b, _ in c.styled}
    for m in re.finditer(r":(?=\s|$|\*|\")|(?<=\w): ?", c.text):
        if m.start() < after or len(starts) > 40:
            continue
        a, styled = _phrase_start(c, m.start(), after, marks)
        words = c.text[a : m.start()]
        if len(words) > 45 or not (scopes := scopes_of(words, lex)):
            continue
        starts.append((a, m.end(), words, scopes, styled))
        after = m.end()
    starts += _emoji_labels(c, lex, begin)
    starts += _stopped_label(c, lex, begin)
    starts.sort()
    return _with_ends(c, starts)


def _stopped_label(c: Clean, lex: Lexicon, begin: int) -> list[tuple[int, int, str, dict[str, str], bool]]:
    """`**Themes.** …`: a bold lead that ends in a full stop and is a plan's label."""
    bold = next((s for s in c.styled if s[0] <= 1 and "b" in s[2]), None)
    if begin or bold is None or bold[1] >= len(c.text) or "." not in c.text[bold[1] - 1 : bold[1] + 1]:
        return []
    words = c.text[bold[0] : bold[1]].rstrip(". ")
    scopes = scopes_of(words, lex)
    if "blueprint" not in scopes and "seed" not in scopes:
        return []
    after = bold[1] + (1 if c.text[bold[1]] == "." else 0)
    return [(bold[0], after, words, {k: v for k, v in scopes.items() if k in {"blueprint", "seed"}}, True)]


def _emoji_labels(c: Clean, lex: Lexicon, begin: int) -> list[tuple[int, int, str, dict[str, str], bool]]:
    found = []
    for at, symbol in c.emoji:
        label = next((EMOJI[ch] for ch in symbol if ch in EMOJI), "")
        if at >= begin and at > 0 and label:
            found.append((at, min(at + 1, len(c.text)), label, lex.labels.get(label, {}), False))
    return found


def _with_ends(c: Clean, starts: list[tuple[int, int, str, dict[str, str], bool]]) -> list[Labelled]:
    found = []
    for i, (at, start, label, scopes, styled) in enumerate(starts):
        end = starts[i + 1][0] if i + 1 < len(starts) else len(c.text)
        if at > 0 and (m := _SENTENCE_END.search(c.text, start, end)):
            end = m.start() + 1
        found.append(Labelled(label, scopes, at, start, max(start, end), styled))
    return found


def sentence_end(text: str, start: int, end: int) -> int:
    """Where the sentence that begins at start ends."""
    m = _SENTENCE_END.search(text, start, end)
    return m.start() + 1 if m else end
