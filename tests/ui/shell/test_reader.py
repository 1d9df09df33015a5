"""What a screen reader may ask the window, also too late: no question ends the process."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QHeaderView, QScrollArea, QWidget

from studio.ui import kit
from studio.ui.kit.scene import GraphicsView
from studio.ui.kit.scroll import AbstractScrollArea, ScrollArea
from studio.ui.panels import DOCKS
from tests.ui.shell.test_window import opened, path, session  # noqa: F401

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QMetaObject
    from pytestqt.qtbot import QtBot

    from studio.ui.session import Session

UNSOUND = {"QAbstractScrollArea", "QScrollArea", "QGraphicsView", "QMdiArea"}
"""Qt answers for these by the bars that show just now, and reads behind the end of that list."""
SOUND = {"QWidget", "QTreeView", "QListView", "QTableView", "QTextEdit", "QPlainTextEdit", "QTextBrowser"}
HOME = "scroll.py"


def answers_as(area: QAbstractScrollArea) -> str:
    """The first name of an area's classes by which Qt picks what answers for it."""
    meta: QMetaObject | None = area.metaObject()
    while meta is not None and meta.className() not in UNSOUND | SOUND:
        meta = meta.superClass()
    assert meta is not None
    return str(meta.className())


def ask(asked: QAccessibleInterface) -> None:
    """All that a reader can ask about the children of something, and what it asks when they have just gone."""
    count = asked.childCount()
    for index in (*range(count), count, count + 1, count + 100):
        if (child := asked.child(index)) is not None:
            asked.indexOfChild(child)
    corner = asked.rect().topLeft()
    asked.childAt(corner.x() + 2, corner.y() + 2)
    asked.childAt(-50, -50)


def made_of(node: ast.AST) -> list[ast.expr]:
    """The classes that a class derives from, or what is called."""
    if isinstance(node, ast.ClassDef):
        return node.bases
    return [node.func] if isinstance(node, ast.Call) else []


def reachable() -> Iterator[QWidget]:
    """Every widget that a reader can come to: the headers of trees and tables are said by the cells in them."""
    for widget in QApplication.allWidgets():
        if not isinstance(widget, QHeaderView) and not isinstance(widget.parentWidget(), QHeaderView):
            yield widget


def test_whatever_scrolls_is_made_of_the_kits_areas(root: Path) -> None:
    bad = []
    for file in (root / "studio" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            used = (
                [*node.bases] if isinstance(node, ast.ClassDef) else [node.func] if isinstance(node, ast.Call) else []
            )
            names = {ast.unparse(one).rpartition(".")[2] for one in used}
            bad += [(file.name, name) for name in names & UNSOUND if file.name != HOME]
    assert not bad, "derive from studio.ui.kit.scroll: a screen reader that asks these for a bar that went ends the app"


@pytest.mark.parametrize("make", [ScrollArea, AbstractScrollArea, GraphicsView, lambda: kit.ScrollColumn("Fields")])
def test_a_reader_may_ask_for_a_bar_that_has_gone(qtbot: QtBot, make) -> None:
    area = make()
    qtbot.addWidget(area)
    area.resize(200, 120)
    area.show()
    assert answers_as(area) == "QWidget"
    asked = QAccessible.queryAccessibleInterface(area)
    before = asked.childCount()
    area.hide()  # no bar shows now
    assert asked.childCount() == before
    ask(asked)
    assert asked.role() == QAccessible.Role.Client


def test_a_kept_bar_can_be_used_only_where_there_is_more_to_see(qtbot: QtBot) -> None:
    column = kit.ScrollColumn("Fields")
    qtbot.addWidget(column)
    column.resize(200, 120)
    column.show()
    bar = column.verticalScrollBar()
    assert bar.isVisible()
    assert not bar.isEnabled()
    for n in range(20):
        column.body.addWidget(kit.Button(f"Field {n}"))
    qtbot.waitUntil(bar.isEnabled)


# Of a row that is asked for and isn't there, Qt says "invalid index", and goes on.
@pytest.mark.qt_log_ignore("(?i)invalid index", "This plugin does not support", extend=True)
def test_every_part_of_the_window_answers_every_question(
    session: Session, path: Path, qtbot: QtBot  # noqa: F811
) -> None:  # fmt: skip
    opened(session, path, qtbot)
    window = session.window
    window.show()
    qtbot.waitExposed(window)
    window.open_palette("th")
    for panel_id in ("chat", *(spec.id for spec in DOCKS)):
        window.show_panel(panel_id)
        QTest.qWait(20)
        areas = [widget for widget in reachable() if isinstance(widget, QAbstractScrollArea)]
        assert len(areas) > 10
        assert not [area for area in areas if answers_as(area) in UNSOUND]
        for widget in reachable():
            if (asked := QAccessible.queryAccessibleInterface(widget)) is not None:
                ask(asked)


def test_qts_own_areas_still_forget_the_bars_that_do_not_show(qtbot: QtBot) -> None:
    """When Qt counts every bar by itself, this fails, and `kit/scroll.py` has done its work."""
    area = QScrollArea()
    qtbot.addWidget(area)
    area.resize(200, 120)
    area.show()
    before = QAccessible.queryAccessibleInterface(area).childCount()
    large = QWidget()
    large.setFixedSize(400, 400)
    area.setWidget(large)
    QTest.qWait(20)
    assert QAccessible.queryAccessibleInterface(area).childCount() == before + 2
