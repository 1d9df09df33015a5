"""Quotes find their exact place, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.services.extraction.align import Aligner

TEXT = "The **harbour master**, Odile Brandt, isn\u2019t afraid of storms.\nShe keeps a ledger of every ship that never came back."


@pytest.mark.parametrize(
    ("quote", "status"),
    [
        ("Odile Brandt", "exact"),
        ("the harbour master, odile brandt", "normalised"),
        ("isn't afraid of storms", "normalised"),
        ("She keeps a large ledger of every ship that never came back", "fuzzy"),
    ],
)
def test_a_quote_is_found_however_it_is_written(quote: str, status: str) -> None:
    found = Aligner(TEXT).align(quote)
    assert found is not None
    assert found.status == status


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "   ",
        "odile brand",
        "The harbour master Odile Brandt is afraid of storms",
        "She keeps a ledger of every ship that came back from the war in the south",
        "The duke poisoned the well at midnight",
    ],
)
def test_what_the_text_does_not_say_is_not_evidence(quote: str) -> None:
    assert Aligner(TEXT).align(quote) is None


@given(st.text(max_size=200), st.text(max_size=60))
def test_alignment_stays_inside_the_text(text: str, quote: str) -> None:
    found = Aligner(text).align(quote)
    assert found is None or 0 <= found.start < found.end <= len(text)


@given(st.text(min_size=1, max_size=200), st.data())
def test_every_substring_with_words_aligns_exactly(text: str, data: st.DataObject) -> None:
    a = data.draw(st.integers(0, len(text) - 1))
    b = data.draw(st.integers(a + 1, len(text)))
    quote = text[a:b]
    found = Aligner(text).align(quote)
    if quote.strip():
        assert found is not None
        assert text[found.start : found.end] == quote
