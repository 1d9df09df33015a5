"""Front matter: text first, nothing lost, and no trap sprung."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.services.exchange.front_matter import FrontRefused, read, split, written
from studio.services.exchange.reading import clean

if TYPE_CHECKING:
    from pathlib import Path

TRAPS = (
    "a: &x 1", "a: *x", "<<: {b: 1}", "a: !!python/object:os.system 1", "!x {a: 1}", "a: [1", "- a", "a: 1\na: 2",
    "{{x}}: 1", "a: 1\n---\nb: 2", "a: " + "[" * 40 + "]" * 40, "a: " + "x" * 70_000,
)  # fmt: skip
SCALARS = st.text(max_size=40).map(clean) | st.booleans() | st.integers(-(10**14), 10**14) | st.none()


@pytest.mark.parametrize("source", TRAPS)
def test_what_mustnt_be_read_is_refused_with_a_reason(source: str) -> None:
    with pytest.raises(FrontRefused, match="front matter"):
        read(source)


def test_values_stay_as_they_are_written() -> None:
    source = (
        "n: 0123\ny: Yes\nt: 1:30\nd: 2025-02-30\nb: true\ni: 40\nf: 1.50\ng: 1.5\nq: '40'\ne:\nbig: 9e99\nNO: no\n"
    )
    assert read(source).values == {
        "n": "0123", "y": "Yes", "t": "1:30", "d": "2025-02-30", "b": True, "i": 40, "f": "1.50", "g": 1.5, "q": "40",
        "e": None, "big": "9e99", "NO": "no",
    }  # fmt: skip


def test_each_key_knows_its_lines() -> None:
    front = read("# first\na: 1\nlist:\n  - x\n  - y\n\n# about b\nb: >\n  long\n  text\n")
    assert front.lines == {"a": (1, 2), "list": (2, 5), "b": (7, 10)}
    assert list(front.values) == ["a", "list", "b"]


def test_the_fences_part_front_and_body() -> None:
    assert split("---\na: 1\n---\nBody\n") == ("a: 1\n", "Body\n")
    assert split("---\n---\n") == ("", "")
    assert split("---\nno end\n") == (None, "---\nno end\n")
    assert split("text\n---\n") == (None, "text\n---\n")


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text(max_size=20).map(clean), SCALARS | st.lists(SCALARS, max_size=4), max_size=6))
def test_what_is_written_is_read_back_by_us_and_by_any_yaml(values: dict[str, object]) -> None:
    values.pop("<<", None)
    source = "".join(written(key, value) for key, value in values.items())
    assert read(source).values == values
    assert (yaml.safe_load(source) or {}) == values


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab:-[]{}&*!<|>'\"#%@,? \n\t0123~é", max_size=80))
def test_nothing_but_a_refusal_escapes(source: str) -> None:
    try:
        front = read(source)
    except FrontRefused:
        return
    assert all(0 <= start < end for start, end in front.lines.values())


def test_the_bad_notes_of_the_corpus_are_refused_at_once(shared: Path) -> None:
    for path in sorted((shared / "samples" / "malicious").glob("note_*.md")):
        source, _ = split(path.read_text(encoding="utf-8"))
        assert source is not None, path.name
        with pytest.raises(FrontRefused):
            read(source)
