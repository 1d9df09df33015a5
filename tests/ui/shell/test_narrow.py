"""Where there is little room: words wrap, give way or end in an ellipsis, and nothing is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton, QVBoxLayout, QWidget

from studio.domain.calendars import plain
from studio.ui.almanac.sheet import MonthSheet, SheetHead
from studio.ui.dock_room import DockRoom
from studio.ui.fronts.card import _Words
from studio.ui.graph.frame import Name
from studio.ui.kit import Banner, CheckBox, ComboBox
from studio.ui.panel import Panel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.theme import Theme
    from tests.ui.conftest import TestContext

LONG = "Everybody who ever swore an oath to the drowned court"


@pytest.fixture(params=[100, 200])
def sized(request: pytest.FixtureRequest, theme: Theme) -> int:
    """Text at both sizes."""
    theme.set(text_size=request.param)
    return request.param


def inside(widget: QWidget, host: QWidget) -> bool:
    """Whether all of a widget lies in its host."""
    return host.rect().contains(QRect(widget.mapTo(host, QPoint(0, 0)), widget.size()))


def test_a_banners_action_goes_under_its_sentence_where_both_have_no_room(sized: int, qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.say("The blueprint names “The Low Bellringers”.", action="Make them real", on_action=lambda: None)
    button = banner.findChild(QPushButton)
    assert button is not None
    for width, under in ((320, True), (1400, False)):
        banner.resize(width, banner.heightForWidth(width))
        banner.show()
        qtbot.wait(10)
        banner.resize(width, banner.heightForWidth(width))
        qtbot.wait(10)
        assert inside(button, banner)
        assert button.width() >= button.sizeHint().width()
        assert (button.y() >= banner._text.geometry().bottom()) == under


def test_a_choice_that_is_too_long_ends_in_an_ellipsis_and_is_read_whole(sized: int, qtbot: QtBot) -> None:
    box = ComboBox("Whose", [LONG, "Short"])
    qtbot.addWidget(box)
    box.resize(160, box.sizeHint().height())
    box.show()
    assert box.fitting_text().endswith("…")
    assert box.currentText() == LONG
    box.set_value("Short")
    box.resize(300, box.height())
    assert box.fitting_text() == "Short"


def test_what_shows_of_a_choice_is_what_fits(theme: Theme, qtbot: QtBot) -> None:
    box = ComboBox("Whose", [LONG])
    qtbot.addWidget(box)
    box.resize(160, box.sizeHint().height())
    box.show()
    before = box.grab().toImage()
    box.setItemText(0, box.fitting_text())
    assert box.grab().toImage().convertToFormat(QImage.Format.Format_RGB32) == before.convertToFormat(
        QImage.Format.Format_RGB32
    )


def test_the_title_of_a_month_is_never_cut(sized: int, qtbot: QtBot) -> None:
    sheet = MonthSheet("Days", plain(), 0)
    head = SheetHead(sheet)
    for widget in (sheet, head):
        qtbot.addWidget(widget)
    head.show()
    for width in (900, 330, 250, 900):
        head.resize(width, head.sizeHint().height() * 2)
        qtbot.wait(10)
        assert inside(head.title, head)
        assert head.title.width() >= head.title.fontMetrics().horizontalAdvance(head.title.text())


def test_a_portent_is_read_whole_and_a_click_on_its_words_ticks_it(sized: int, qtbot: QtBot) -> None:
    box = CheckBox("", name="Portent")
    words = _Words(LONG, box)
    for widget in (box, words):
        qtbot.addWidget(widget)
    words.resize(180, 20)
    words.show()
    qtbot.waitUntil(lambda: words.minimumHeight() >= words.heightForWidth(180) > 40)
    QTest.mouseClick(words, Qt.MouseButton.LeftButton)
    assert box.isChecked()


def test_names_of_nodes_give_way_at_the_edge_of_what_is_seen(theme: Theme) -> None:
    drawn, seen = QPixmap(10, 10), QRectF(0, 0, 500, 300)
    beside = Name(460, 100, drawn, (440, 106))
    assert beside.within(seen, 120) == 300, "it goes to the other side of its node"
    below = Name(400, 120, drawn, (450, 100))
    assert below.within(seen, 120) == 380, "it moves along under its node"
    assert Name(200, 100, drawn, (180, 106)).within(seen, 120) == 200
    assert Name(520, 100, drawn, (510, 106)).within(seen, 120) == 520, "its node isn't seen"


class _Crowded(Panel):
    panel_id, title, icon = "crowded", "Crowded", "list"

    def __init__(self, ctx: TestContext) -> None:
        super().__init__(ctx)
        column = QVBoxLayout(self)
        column.addWidget(QListWidget())
        self.buttons = [QPushButton(f"Act {n}") for n in range(8)]
        for button in self.buttons:
            column.addWidget(button)


def test_a_dock_that_is_lower_than_its_panel_scrolls_to_all_of_it(sized: int, ctx: TestContext, qtbot: QtBot) -> None:
    panel = _Crowded(ctx)
    room = DockRoom(panel)
    qtbot.addWidget(room)
    room.resize(240, 2000)
    room.show()
    assert room.verticalScrollBar().maximum() == 0
    room.resize(240, 160)
    qtbot.waitUntil(lambda: room.verticalScrollBar().maximum() > 0)
    assert all(
        inside(button, panel) and button.height() >= button.minimumSizeHint().height() for button in panel.buttons
    )
    room.ensureWidgetVisible(panel.buttons[-1])
    assert inside(panel.buttons[-1], room.viewport())
    panel.release()
