"""The Markdown view: height, links, copying, quotes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication, QTextCursor

from studio.ui.markdown.view import QUOTE_MIME, MarkdownView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.theme import Theme

TEXT = "## Head\n\nSome **bold** words here.\n\n- one\n- two\n\n```python\nx = 1\n```\n"


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> MarkdownView:
    made = MarkdownView(message_id="m1")
    qtbot.addWidget(made)
    made.set_markdown(TEXT)
    made.resize(600, made.height_for(600))
    made.show()
    return made


def select(view: MarkdownView, start: str, end: str) -> None:
    plain = view.document().toPlainText()
    cursor = view.textCursor()
    cursor.setPosition(plain.index(start))
    cursor.setPosition(plain.index(end) + len(end), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)


def test_it_is_as_high_as_its_text_and_narrower_is_higher(view: MarkdownView) -> None:
    assert view.height_for(150) > view.height_for(600) > 60


def test_copying_over_paragraphs_gives_markdown(view: MarkdownView) -> None:
    select(view, "Some", "two")
    assert view.createMimeDataFromSelection().text() == "Some **bold** words here.\n\n- one\n- two"


def test_copying_words_gives_the_words(view: MarkdownView) -> None:
    select(view, "bold", "words")
    assert view.createMimeDataFromSelection().text() == "bold words"


def test_a_dragged_selection_knows_its_message_and_span(view: MarkdownView) -> None:
    select(view, "bold", "bold")
    data = json.loads(bytes(view.createMimeDataFromSelection().data(QUOTE_MIME).data()))
    assert data["message"] == "m1"
    assert TEXT[slice(*data["span"])] == "bold"


def test_a_quote_is_marked_where_it_stands(view: MarkdownView) -> None:
    at = TEXT.index("words here")
    rect = view.highlight((at, at + 10))
    assert view.highlighted_text() == "words here"
    assert 0 < rect.top() < view.height()
    view.highlight(None)
    assert view.highlighted_text() == ""


def test_a_quote_stays_marked_when_the_theme_changes(view: MarkdownView, theme: Theme) -> None:
    at = TEXT.index("words here")
    view.highlight((at, at + 10))
    theme.set(theme="dark")
    view.restyle()
    assert view.highlighted_text() == "words here"


def test_code_is_copied_by_its_button(view: MarkdownView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(view._buttons))
    button = view._buttons[0]
    assert button.accessibleName() == "Copy python block 1"
    button.click()
    assert QGuiApplication.clipboard().text() == "x = 1"


@pytest.mark.parametrize(
    ("href", "signal"),
    [
        ("https://example.org", "url_clicked"),
        ("entity:e1", "entity_clicked"),
        ("wiki:House%20Veyra", "wikilink_clicked"),
    ],
)
def test_links_only_ask(view: MarkdownView, qtbot: QtBot, href: str, signal: str) -> None:
    with qtbot.waitSignal(getattr(view, signal)) as got:
        view.anchorClicked.emit(QUrl(href))
    assert got.args is not None
    assert got.args[0] in (href, "e1", "House Veyra")


@pytest.mark.parametrize("href", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://x"])
def test_other_links_do_nothing(view: MarkdownView, href: str) -> None:
    asked: list[str] = []
    for signal in (view.url_clicked, view.entity_clicked, view.wikilink_clicked):
        signal.connect(asked.append)
    view.anchorClicked.emit(QUrl(href))
    assert asked == []


def test_a_growing_text_ends_as_if_it_had_been_there_at_once(view: MarkdownView, qtbot: QtBot) -> None:
    live = MarkdownView()
    qtbot.addWidget(live)
    live.begin()
    for at in range(0, len(TEXT), 7):
        live.feed(TEXT[at : at + 7])
        live.flush()
    live.finish()
    assert live.document().toPlainText() == view.document().toPlainText()
    assert live.height_for(600) == view.height_for(600)
