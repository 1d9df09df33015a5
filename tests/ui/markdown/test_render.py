"""Markdown on screen: what is drawn, where each piece of source went, and that streaming draws the same."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from studio.ui.markdown import style
from studio.ui.markdown.inline import Known, Resolver, nobody
from studio.ui.markdown.parser import closed_length, parse
from studio.ui.markdown.render import Renderer
from studio.ui.markdown.stream import Stream

if TYPE_CHECKING:
    from studio.ui.theme import Theme

SAMPLE = """## The Ashen Concord

A brittle **alliance** of *three* cities, led by @Marshal Ilse Dorn. See [[House Veyra]] and `code`.

- Goal: hold the road
  - nested
- [x] done

1. first
2. second
   and more

| Asset | Strength |
|---|---:|
| Guard | 400 |

> They do not trust each other.

```python
def toll(n: int) -> int:
    return n * 3
```

---

The end 🏰 of it.
"""


def known(name: str) -> Known | None:
    kinds = {"House Veyra": "faction", "Marshal Ilse Dorn": "npc"}
    return Known(f"id:{name}", kinds[name], name) if name in kinds else None


def drawn(text: str, resolve: Resolver = nobody) -> Renderer:
    renderer = Renderer(QTextDocument(), style.current(), resolve)
    renderer.append(parse(text), text)
    renderer.finish()
    return renderer


def streamed(text: str, cuts: list[int]) -> Renderer:
    renderer = Renderer(QTextDocument(), style.current())
    stream = Stream(renderer)
    at = 0
    for cut in [*sorted(cuts), len(text)]:
        stream.feed(text[at:cut])
        stream.flush(force=True)
        at = cut
    stream.finish()
    return renderer


def shown(renderer: Renderer, text: str, piece: str, *, nth: int = 0) -> str:
    """What is drawn where a piece of the source went."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(piece, at + 1)
    start, end = renderer.spans.to_doc(at), renderer.spans.to_doc(at + len(piece), end=True)
    return _between(renderer.document, start, end)


def _between(document: QTextDocument, start: int, end: int) -> str:
    from PySide6.QtGui import QTextCursor

    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


@pytest.mark.parametrize(
    "piece", ["brittle", "alliance", "Marshal Ilse Dorn", "House Veyra", "hold the road", "400", "toll"]
)
def test_a_piece_of_source_is_found_where_it_was_drawn(theme: Theme, piece: str) -> None:
    assert shown(drawn(SAMPLE, known), SAMPLE, piece) == piece


def test_spans_count_code_points_while_qt_counts_utf16(theme: Theme) -> None:
    assert shown(drawn(SAMPLE), SAMPLE, "of it") == "of it"


def test_a_drawn_position_leads_back_to_its_source(theme: Theme) -> None:
    renderer = drawn(SAMPLE, known)
    for piece in ("trust", "second", "of it"):
        at = SAMPLE.index(piece)
        assert renderer.spans.to_source(renderer.spans.to_doc(at)) == at


def test_known_entities_become_links_with_the_icon_of_their_kind(theme: Theme) -> None:
    renderer = drawn(SAMPLE, known)
    assert [kind for _, kind in renderer.icons] == ["npc", "faction"]
    assert "entity:id:House Veyra" in renderer.document.toHtml()


def test_an_unknown_wikilink_offers_to_be_made(theme: Theme) -> None:
    assert "wiki:The%20Drowned%20Abbey" in drawn("See [[The Drowned Abbey]].").document.toHtml()


def test_html_stays_text_and_pictures_are_never_fetched(theme: Theme) -> None:
    renderer = drawn("<img src=x onerror=alert(1)> ![map](https://example.org/m.png)")
    assert "<img src=x" in renderer.document.toPlainText()
    assert "<img" not in renderer.document.toHtml().replace("&lt;img", "")


def test_a_code_block_keeps_its_text_for_copying(theme: Theme) -> None:
    card = drawn(SAMPLE).cards[0]
    assert (card.language, card.code) == ("python", "def toll(n: int) -> int:\n    return n * 3")


def test_a_secret_callout_says_who_may_see_it(theme: Theme) -> None:
    text = drawn("> [!secret]\n> Dorn sold the lamp.\n").document.toPlainText()
    assert "game master only" in text
    assert "[!secret]" not in text


@given(cuts=st.lists(st.integers(min_value=0, max_value=len(SAMPLE)), max_size=25))
@settings(max_examples=25)
def test_streaming_in_any_pieces_draws_what_drawing_at_once_does(cuts: list[int]) -> None:
    whole, grown = drawn(SAMPLE), streamed(SAMPLE, cuts)
    assert grown.document.toPlainText() == whole.document.toPlainText()
    assert [(c.language, c.code) for c in grown.cards] == [(c.language, c.code) for c in whole.cards]
    assert shown(grown, SAMPLE, "trust each") == "trust each"


def test_a_long_list_is_closed_item_by_item_and_keeps_its_numbers(theme: Theme) -> None:
    text = "".join(f"1. item number {n} has some words in it\n" for n in range(1, 80))
    grown = streamed(text, list(range(7, len(text), 97)))
    assert grown.document.toPlainText() == drawn(text).document.toPlainText()
    marks = []
    block = grown.document.begin()
    while block.isValid():
        marks.append(block.blockFormat().property(style.PROP_MARK))
        block = block.next()
    assert marks == [f"{n}." for n in range(1, 80)]


def test_a_long_code_block_grows_without_being_drawn_again(theme: Theme) -> None:
    code = "\n".join(f"line {n} = {n}" for n in range(300))
    text = f"Intro\n\n```text\n{code}\n```\n\nOutro\n"
    rng = random.Random(4)
    grown = streamed(text, sorted(rng.sample(range(len(text)), 120)))
    assert grown.cards[0].code == code
    assert grown.document.toPlainText() == drawn(text).document.toPlainText()
    assert shown(grown, text, "line 250 = 250") == "line 250 = 250"


def test_only_the_last_block_of_a_growing_text_stays_open() -> None:
    text = "# Title\n\nFirst paragraph.\n\nSecond, still gro"
    assert text[closed_length(text, parse(text)) :] == "Second, still gro"
