"""Quotes find their place after cosmetic changes, and never a place in a text that doesn't hold them."""

from __future__ import annotations

import random
import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.services.extraction.grounding import Aligner, denies, turned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SEED = 7
TEXT = "She **fled** “Karrowmere” in 1132 AV — after the Night of Cinders. He isn't a dragon. Ka is no name."


def smart(text: str) -> str:
    return text.replace("'", "\u2019").replace('"', "\u201c").replace("-", "\u2011")


def bare(text: str) -> str:
    return re.sub(r"[*_`#>|]", "", text)


EDITS: dict[str, Callable[[str], str]] = {
    "verbatim": str,
    "lower case": str.lower,
    "smart quotes": smart,
    "no markdown": bare,
    "other spaces": lambda text: "  ".join(text.split()),
}


@pytest.fixture(scope="module")
def sentences(shared: Path) -> list[tuple[str, str, tuple[int, int]]]:
    """A sample of the labelled replies: (text, quote, its range)."""
    found = []
    for path in sorted((shared / "eval" / "extraction").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r"[^\n.!?]{40,160}[.!?]", text):
            found.append((text, match.group(), match.span()))
    return random.Random(SEED).sample(found, min(200, len(found)))


def overlap(one: tuple[int, int], two: tuple[int, int]) -> float:
    common = max(0, min(one[1], two[1]) - max(one[0], two[0]))
    return common / (max(one[1], two[1]) - min(one[0], two[0]))


@pytest.mark.parametrize("edit", EDITS)
def test_cosmetic_changes_cost_nothing(sentences: list[tuple[str, str, tuple[int, int]]], edit: str) -> None:
    hits = 0
    for text, quote, span in sentences:
        found = Aligner(text).find(EDITS[edit](quote))
        hits += found is not None and overlap(found[:2], span) >= 0.8
    assert hits >= 0.99 * len(sentences)


def test_a_changed_word_is_survived(sentences: list[tuple[str, str, tuple[int, int]]]) -> None:
    rng, hits = random.Random(SEED), 0
    for text, quote, span in sentences:
        words = quote.split()
        words[rng.randrange(1, len(words) - 1)] = "somewhere"
        found = Aligner(text).find(" ".join(words))
        hits += found is not None and overlap(found[:2], span) >= 0.8
    assert hits >= 0.95 * len(sentences)


def test_a_quote_of_another_text_is_never_found(sentences: list[tuple[str, str, tuple[int, int]]]) -> None:
    others = [(a[0], b[1]) for a, b in zip(sentences, sentences[1:] + sentences[:1], strict=True) if a[0] != b[0]]
    assert len(others) > 100
    assert not [quote for text, quote in others if quote not in text and Aligner(text).find(quote)]


def test_a_quote_costs_about_a_millisecond(sentences: list[tuple[str, str, tuple[int, int]]]) -> None:
    text = max((t for t, _, _ in sentences), key=len)
    aligner = Aligner(text)
    quotes = [" ".join(reversed(q.split())) for _, q, _ in sentences]
    before = time.process_time()
    for quote in quotes:
        aligner.find(quote)
    assert (time.process_time() - before) / len(quotes) < 0.02


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("fled", "fled"),
        ("fled Karrowmere", "fled** “Karrowmere"),
        ("KARROWMERE", "Karrowmere"),
        ("Ka", "Ka"),
        ("the Night of Cinders", "the Night of Cinders"),
        ("he is n't", None),
        ("Karrow", None),
        ("", None),
        ("  ", None),
        ("…", None),
    ],
)
def test_short_quotes_match_whole_words_or_nothing(quote: str, found: str | None) -> None:
    place = Aligner(TEXT).find(quote)
    assert (TEXT[place.start : place.end] if place else None) == found


@given(st.text(max_size=200), st.text(max_size=60))
def test_a_place_is_always_inside_the_text(text: str, quote: str) -> None:
    place = Aligner(text).find(quote)
    if place:
        assert 0 <= place.start < place.end <= len(text)


@pytest.mark.parametrize(
    ("passage", "value", "denied"),
    [
        ("She is not a dragon.", "dragon", True),
        ("She isn't a dragon.", "dragon", True),
        ("Sie ist kein Drache.", "Drache", True),
        ("Elle n'est pas un dragon.", "dragon", True),
        ("Ela não é um dragão.", "dragão", True),
        ("She is a dragon.", "dragon", False),
        ("She is not human but a dragon.", "dragon", False),
        ("She never sleeps; a dragon guards her.", "dragon", False),
        ("Not a dragon at first, she became a dragon.", "dragon", False),
        ("She is not a dragon.", "not a dragon", False),
        ("", "dragon", False),
    ],
)
def test_a_denied_value_is_told_from_a_stated_one(passage: str, value: str, denied: bool) -> None:
    assert denies(passage, value) is denied


def test_leaving_out_the_no_turns_a_quote() -> None:
    assert turned("Vessa is a dragon", "Vessa is not a dragon")
    assert not turned("Vessa is not a dragon", "Vessa isn't a dragon")
    assert not turned("Vessa rules", "Vessa now rules")
