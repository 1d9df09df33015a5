"""What the text takes back: struck through, replaced, denied names, and rumours that the answer itself refutes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.services.extraction.doc import Unit
    from studio.services.extraction.draft import Draft
    from studio.services.extraction.lexicon import Lexicon


def rejected(text: str, units: list[Unit], lex: Lexicon) -> list[tuple[int, int]]:
    """Source ranges whose content does not hold."""
    found: list[tuple[int, int]] = []
    refuted: set[str] = set()
    for u in units:
        for c in u.cells or [u.clean]:
            found += c.struck
            if c.text:
                found += _taken_back(c.text, c.span, lex)
                refuted |= _refuted_numbers(c.text, lex)
    for u in units:
        number = u.cells[0].text if u.cells else u.marker.rstrip(".)")
        if number and number.isdigit() and number in refuted:
            found.append((u.start, u.end))
    return sorted(set(found))


def _taken_back(text: str, span, lex: Lexicon) -> list[tuple[int, int]]:
    found = []
    for m in lex.patterns["reject"].finditer(text):
        a, b = m.span("v")
        if b > a:
            found.append(span(a, b))
    return found


def _refuted_numbers(text: str, lex: Lexicon) -> set[str]:
    numbers: set[str] = set()
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        m = lex.patterns["rumour"].search(sentence)
        if m and lex.patterns["refuted"].search(sentence, m.end()):
            numbers |= set(re.findall(r"\d+", m.group("n")))
    return numbers


def prune(draft: Draft, units: list[Unit], lex: Lexicon) -> None:
    """Drop entities that stand only in ranges that were taken back."""
    del units, lex
    for key, ent in list(draft.ents.items()):
        alive = {m for m in ent.mentions if not draft.is_rejected(m)}
        if not alive and not ent.known:
            del draft.ents[key]
            draft.rels = {k: r for k, r in draft.rels.items() if ent not in (r.a, r.b)}
        elif alive:
            ent.mentions = alive
