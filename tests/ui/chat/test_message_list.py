"""The list of messages: few widgets for many rows, a place that stays, texts that come when they are needed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton

from studio.ui.chat.facts import Facts, caption
from studio.ui.chat.message import MessageWidget
from studio.ui.chat.message_list import MessageList
from studio.ui.kit import Button

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.theme import Theme

ROWS = [(str(n), "user" if n % 2 == 0 else "assistant", 600 if n % 2 == 0 else 1500) for n in range(2000)]


class Texts:
    """Facts by id; what isn't loaded is None."""

    def __init__(self, *, loaded: bool = True) -> None:
        self.loaded = loaded
        self.known: dict[str, Facts] = {}

    def __call__(self, message_id: str) -> Facts | None:
        if message_id in self.known or not self.loaded:
            return self.known.get(message_id)
        return self.make(message_id)

    def make(self, message_id: str) -> Facts:
        role = "user" if int(message_id) % 2 == 0 else "assistant"
        text = f"Question {message_id}" if role == "user" else f"Answer {message_id}. " + "Many words follow. " * 60
        return self.known.setdefault(message_id, Facts(id=message_id, role=role, text=text))


def shown(texts: Texts, qtbot: QtBot) -> MessageList:
    made = MessageList(facts_for=texts, make=MessageWidget)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.set_rows(ROWS)
    qtbot.waitExposed(made)
    return made


def visible(view: MessageList) -> list[str]:
    """Ids of the rows that can be seen, from the top."""
    found = [(w.y(), i) for i, w in view._widgets.items() if w.isVisible()]
    return [i for _, i in sorted(found)]


@pytest.fixture
def texts() -> Texts:
    return Texts()


@pytest.fixture
def view(texts: Texts, theme: Theme, qtbot: QtBot) -> MessageList:
    return shown(texts, qtbot)


def test_it_opens_at_the_end_with_a_handful_of_widgets(view: MessageList) -> None:
    assert visible(view)[-1] == "1999"
    assert view.follow
    assert view.live_widgets < 20


def test_scrolling_through_keeps_the_number_of_widgets_small(view: MessageList, qtbot: QtBot) -> None:
    bar = view.verticalScrollBar()
    for _ in range(60):
        bar.setValue(bar.value() - bar.pageStep())
        qtbot.wait(1)
        assert view.live_widgets < 30
        assert visible(view)
    assert not view.follow


def test_rows_never_overlap(view: MessageList) -> None:
    bar = view.verticalScrollBar()
    for at in (0, bar.maximum() // 3, bar.maximum() // 2, bar.maximum()):
        bar.setValue(at)
        placed = sorted((w.y(), w.y() + w.height()) for w in view._widgets.values() if w.isVisible())
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(placed))


def test_the_first_and_the_last_row_can_be_reached(view: MessageList) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(0)
    assert visible(view)[0] == "0"
    first = view.widget("0")
    assert first is not None
    assert first.y() > 0
    bar.setValue(bar.maximum())
    assert visible(view)[-1] == "1999"
    assert view.follow


def test_what_is_read_stays_in_place_when_something_above_it_grows(view: MessageList, texts: Texts) -> None:
    view.show_row("1001")
    before = view.widget("1003")
    assert before is not None
    place = before.y()
    view._rows[900].height += 500
    view._tops = []
    view.lay_out()
    assert before.y() == place
    texts.known["1999"] = replace(texts.make("1999"), text="Longer. " * 500)
    view.refresh(["1999"])
    assert before.y() == place


def test_the_end_is_followed_while_the_last_message_grows(view: MessageList, texts: Texts) -> None:
    last = view.widget("1999")
    assert last is not None
    texts.known["1999"] = replace(texts.make("1999"), text="Longer and longer. " * 300)
    view.refresh(["1999"])
    assert abs(last.y() + last.height() - (view.viewport().height() - 16)) <= 1


def test_texts_are_asked_for_in_one_go_and_stand_ins_are_painted(theme: Theme, qtbot: QtBot) -> None:
    texts = Texts(loaded=False)
    asked: list[list[str]] = []
    view = MessageList(facts_for=texts, make=MessageWidget)
    qtbot.addWidget(view)
    view.need.connect(asked.append)
    view.resize(900, 700)
    view.show()
    view.set_rows(ROWS)
    qtbot.waitUntil(lambda: bool(asked))
    assert len(asked[0]) >= 20
    assert "1999" in asked[0]
    assert not view.grab().isNull()
    for message_id in asked[0]:
        texts.make(message_id)
    view.refresh(asked[0])
    assert visible(view)[-1] == "1999"


def test_a_new_text_size_lays_everything_out_again(view: MessageList, theme: Theme) -> None:
    last = view.widget("1999")
    assert last is not None
    before = last.height()
    theme.set(text_size=200)
    view.restyle()
    assert last.height() > 1.6 * before


def test_a_branch_that_changes_keeps_the_rows_that_stay(view: MessageList) -> None:
    view.show_row("1001")
    kept = view.widget("1001")
    view.set_rows(ROWS[:1500], keep_place=True)
    assert view.widget("1001") is kept
    assert "1001" in visible(view)


def test_the_button_that_saves_keeps_its_icon_where_its_words_have_no_room(view: MessageList, theme: Theme) -> None:
    def save() -> Button:
        last = view.widget("1999")
        assert last is not None
        assert last._bar is not None
        return next(b for b in last._bar.findChildren(Button) if b.text().startswith("Save"))

    assert QPushButton.text(save()) == "Save from answer"
    theme.set(text_size=200)
    view.restyle()
    view.resize(380, 700)
    QApplication.processEvents()
    button = save()
    assert QPushButton.text(button) == ""
    assert button.accessibleName() == "Save from answer"
    bar = button.parentWidget()
    assert bar is not None
    assert bar.geometry().right() <= bar.parentWidget().width()  # pyright: ignore[reportOptionalMemberAccess]


def test_what_stands_under_an_answer_loses_whole_parts_where_there_is_no_room(view: MessageList) -> None:
    last = view.widget("1999")
    assert last is not None
    last.facts = replace(last.facts, time="03:26", tokens=1189, estimated=True)
    drawn: list[str] = []

    class Pen(QPainter):
        def drawText(self, *args: object) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
            drawn.append(str(args[-1]))

    for width in (900, 330, 240):
        view.resize(width, 700)
        QApplication.processEvents()
        paper = QPixmap(last.size())
        with Pen(paper) as painter:
            last._paint_caption(painter)
    whole = caption(last.facts)
    assert drawn[0] == whole
    assert whole not in drawn[1:]
    assert all(words in ("", "03:26") for words in drawn[1:])
