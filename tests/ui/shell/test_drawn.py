"""What is really drawn: every text has contrast, nothing is cut at 200 %, buttons are large enough, in all themes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton

from studio.ui.theme.tokens import contrast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.main_window import MainWindow


def ink(image: QImage, area: QRect) -> float:
    """The best contrast of anything drawn in this area against what most of it is painted with."""
    area = area.intersected(image.rect())
    part = image.copy(area).convertToFormat(QImage.Format.Format_RGB32)
    pixels = Counter(memoryview(part.constBits()).cast("I"))
    colours = {f"#{pixel & 0xFFFFFF:06x}": count for pixel, count in pixels.items()}
    if len(colours) < 2:
        return 21.0
    ground = max(colours, key=lambda colour: colours[colour])
    return max(contrast(ground, colour) for colour, count in colours.items() if count >= 2)


def in_sight(window: MainWindow, widget: QLabel) -> bool:
    """All of it shows: not scrolled away, not folded."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect() and widget.height() > 8


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_every_text_that_is_drawn_has_contrast(shown: MainWindow, qtbot: QtBot, name: str) -> None:
    shown.theme.set(theme=name)
    qtbot.wait(200)
    image = shown.grab().toImage()
    bad = {}
    for label in shown.findChildren(QLabel):
        if label.text().strip() and label.isEnabled() and in_sight(shown, label):
            area = QRect(label.mapTo(shown, QPoint(0, 0)), label.size())
            if (found := ink(image, area)) < 4.5:
                bad[label.text()[:40]] = round(found, 2)
    assert bad == {}


@pytest.mark.parametrize("scale", [80, 100, 150, 200])
def test_buttons_are_large_enough_and_show_their_words(shown: MainWindow, qtbot: QtBot, scale: int) -> None:
    shown.theme.set(text_size=scale)
    shown.resize(1360, 860)
    qtbot.wait(200)
    small, cut = [], []
    for button in shown.findChildren(QAbstractButton):
        inside_field = isinstance(button.parent(), QLineEdit)
        seen = button.isVisible() and not button.visibleRegion().isEmpty()
        if not seen or not button.focusPolicy() & Qt.FocusPolicy.TabFocus or inside_field:
            continue
        what = button.text() or button.accessibleName()
        if min(button.width(), button.height()) < 24:
            small.append((what, button.width(), button.height()))
        wanted = button.fontMetrics().horizontalAdvance(button.text())
        if isinstance(button, QPushButton) and button.property("variant") != "row" and wanted > button.width():
            cut.append((what, button.width()))
    assert small == []
    assert cut == []


def test_the_theme_changes_under_an_open_project_without_a_trace_of_the_old(shown: MainWindow, qtbot: QtBot) -> None:
    shown.theme.set(theme="dark")
    qtbot.wait(200)
    image = shown.grab().toImage()
    light = sum(
        image.pixelColor(x, y).lightness() > 200
        for y in range(0, image.height(), 4)
        for x in range(0, image.width(), 4)
    )
    assert light < 0.06 * (image.height() // 4) * (image.width() // 4)
