"""Qt leaves the reference counts of None, True and False alone; PySide6 6.12.0 does not, and kills Python 3.11."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel

TIMES = 2000
TOLERATED = 500


class Emitter(QObject):
    flag = Signal(bool)


def single_shots(app: QApplication) -> None:
    fired = 0

    def count() -> None:
        nonlocal fired
        fired += 1

    for _ in range(TIMES):
        QTimer.singleShot(0, count)
    while fired < TIMES:
        app.processEvents()


def signals(_app: QApplication) -> None:
    emitter = Emitter()
    emitter.flag.connect(lambda _value: None)
    for _ in range(TIMES):
        emitter.flag.emit(True)


def labels(_app: QApplication) -> None:
    label = QLabel()
    for number in range(TIMES):
        label.setText(str(number))


def painting(_app: QApplication) -> None:
    pixmap = QPixmap(8, 8)
    painter = QPainter(pixmap)
    for _ in range(TIMES * 5):
        painter.save()
        painter.restore()
    painter.end()


@pytest.mark.parametrize("action", [single_shots, signals, labels, painting])
def test_qt_steals_no_reference(qapp: QApplication, action: Callable[[QApplication], None]) -> None:
    singletons = (None, True, False)
    before = [sys.getrefcount(value) for value in singletons]
    action(qapp)
    lost = [count - sys.getrefcount(value) for count, value in zip(before, singletons, strict=True)]
    assert max(lost) < TOLERATED, dict(zip(map(str, singletons), lost, strict=True))
