"""Scroll areas that survive every question of a screen reader: whatever of ours scrolls derives from one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget

# Qt picks what answers a reader by the class's name. What answers for a QAbstractScrollArea knows only the bars that
# show just now and reads behind the end of that list when it is asked for one that has gone: the process dies. What
# answers for a QWidget has every child, shown or not, and says no to the rest; so by name these are QWidgets.
# Item views and text edits have answers of their own, which are sound.
if TYPE_CHECKING:
    _Area, _Scroll = QAbstractScrollArea, QScrollArea
else:
    _Area, _Scroll = (type("QWidget", (area,), {}) for area in (QAbstractScrollArea, QScrollArea))


def _keep_bar(area: QAbstractScrollArea) -> None:
    """The vertical bar keeps its room and is unseen when idle: text must not jump aside when it comes."""
    bar = area.verticalScrollBar()
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    bar.setEnabled(bar.maximum() > bar.minimum())
    bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))


class ScrollArea(_Scroll):
    """Shows one widget that may be larger than its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _keep_bar(self)


class AbstractScrollArea(_Area):
    """For what lays out its own content."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _keep_bar(self)
