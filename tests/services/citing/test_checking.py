"""An answer's `[n]` markers are checked against what its model really read."""

from __future__ import annotations

import hashlib

import pytest

from studio.domain.citation import cited
from studio.domain.context import ContextPack, PackItem
from studio.services.citing.checking import Report, check

TEXTS = {
    1: "### Mirel Thane (npc)\nCaptain of the river watch since 812.\n\nShe never drinks before dusk.",
    2: "### Saltgate (location)\nA harbour town of 4,200 souls.",
}


def report(answer: str) -> Report:
    hashes = {n: hashlib.sha256(text.encode()).hexdigest() for n, text in TEXTS.items()}
    by_hash = {hashes[n]: text for n, text in TEXTS.items()}
    items = [
        PackItem(
            group="retrieved", ref=f"id{n}", rev=3, kind="npc", name=f"Note {n}", text_hash=hashes[n], tokens=9, n=n
        )
        for n in TEXTS
    ]
    return check(answer, ContextPack(items=tuple(items)).sealed(), by_hash.__getitem__)


def problems(answer: str) -> list[str]:
    return [c.problem for c in report(answer).citations]


def test_a_marker_to_a_note_that_was_read_stands() -> None:
    (one,) = report("Mirel Thane has led the river watch since 812 [1].").citations
    assert (one.n, one.ref, one.rev, one.problem) == (1, "id1", 3, "")
    assert one.passage is not None
    assert one.passage.text == "Captain of the river watch since 812."
    assert TEXTS[1][slice(*one.passage.span)] == one.passage.text


def test_a_marker_to_nothing_is_flagged() -> None:
    (one,) = report("The river is cursed [7].").citations
    assert one.problem == "no_note"
    assert "[7]" in one.says


def test_a_quotation_that_is_not_there_is_flagged() -> None:
    assert problems("Everyone says “the watch sleeps at noon” [1].") == ["quote_missing"]
    assert problems("It is written that “she never drinks before dusk” [1].") == [""]


def test_a_quotation_turned_into_its_opposite_is_flagged() -> None:
    assert problems("They say “She drinks before dusk” of her [1].") in (["quote_turned"], ["quote_missing"])
    assert problems("They say “Captain of the river watch never since 812” [1].") == ["quote_turned"]


def test_a_number_that_no_cited_note_has_is_flagged() -> None:
    assert problems("Saltgate has 9,000 people [2].") == ["number_missing"]
    assert problems("Saltgate has 4200 people [2].") == [""]
    assert problems("In 812, Saltgate had 4,200 people [1][2].") == ["", ""]


def test_a_word_in_inverted_commas_needs_no_source() -> None:
    assert problems("The “quiet” harbour is theirs [2].") == [""]


@pytest.mark.parametrize(
    "text", ["`roll[1]`", "```\nrow[1]\n```", "see [1](https://x.test)", "[1]: https://x.test", "Take d6[x]", "[^1]"]
)
def test_what_only_looks_like_a_marker_is_none(text: str) -> None:
    assert list(cited(text)) == []


def test_the_sentence_of_a_marker_is_the_one_before_it_wherever_the_full_stop_is() -> None:
    text = "Salt is dear. The watch is old [1]. It sleeps.[2] Not cited. - A list [1, 2]"
    assert [text[slice(*c.span)] for c in cited(text)] == ["The watch is old", "It sleeps.", "A list"]
    assert [[m.n for m in c.markers] for c in cited(text)] == [[1], [2], [1, 2]]
    assert [text[slice(*m.span)] for c in cited(text) for m in c.markers] == ["1", "2", "1", "2"]


def test_without_notes_a_bracketed_number_is_only_a_number() -> None:
    assert check("See table [3].", ContextPack(), lambda _: "") == Report()


def test_the_report_says_what_was_used() -> None:
    told = report("The watch is old [1]. Ghosts walk [9].")
    assert told.used == {1}
    assert [c.n for c in told.flagged] == [9]
    assert told.notes == 2
