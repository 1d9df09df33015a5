"""From an answer that contradicts the world to canon, in the window: caught, refused, answered, published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from studio.domain.world import Claim, Entity
from studio.services.workspace import Workspace
from studio.services.world import entities
from studio.ui.continuity import ContinuityPanel
from studio.ui.desktop import Desktop
from studio.ui.dialogs.publish import GateSheet, ReportSheet
from studio.ui.kit import Button, Section
from studio.ui.queue import QueuePanel
from studio.ui.review import ReviewPanel
from studio.ui.session import Session
from studio.ui.window_commands import window_commands

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.domain.ids import RecordId
    from studio.settings import SettingsStore
    from studio.ui.context import StudioContext
    from studio.ui.dialogs.base import Sheet
    from studio.ui.main_window import MainWindow

ANSWER = """## Mirel Thane

**Role:** Harbour master
**Death:** the year 790

Mirel Thane keeps the harbour and its lanterns.
"""
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def mirel(tmp_path: Path) -> tuple[Path, RecordId]:
    """A project with somebody who was born in 810."""
    path = tmp_path / "Coast.ttrpg"
    workspace = Workspace.create(path, name="Coast", author="Ana", device="test")
    made = workspace.run_now(entities.create_entity, kind="npc", name="Mirel Thane", fields={"birth": {"year": 810}})
    workspace.close()
    return path, made.id


@pytest.fixture
def session(window: MainWindow, settings: SettingsStore, qtbot: QtBot) -> Iterator[Session]:
    made = Session(window, settings)
    window.registry.add(*window_commands(window, Desktop(window, made, settings)))
    yield made
    if made.ctx is not None:
        task = window.tasks.start(made.close())
        qtbot.waitUntil(task.done, timeout=10_000)


def opened(session: Session, path: Path, qtbot: QtBot) -> StudioContext:
    task = session.open(path)
    qtbot.waitUntil(task.done, timeout=15_000)
    assert session.ctx is not None
    session.window.activateWindow()
    return session.ctx


def sheet_of(qtbot: QtBot, cls: type[Sheet]) -> Sheet:
    shown: list[Sheet] = []

    def there() -> bool:
        shown[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, cls) and w.isVisible()]
        return bool(shown)

    qtbot.waitUntil(there, timeout=10_000)
    return shown[0]


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_a_contradiction_in_an_answer_is_answered_before_it_is_canon(
    session: Session, mirel: tuple[Path, RecordId], qtbot: QtBot
) -> None:
    path, mirel_id = mirel
    ctx, window = opened(session, path, qtbot), session.window
    stored = lambda: ctx.workspace.run_now(lambda p: p.get(Entity, mirel_id))  # noqa: E731

    review = window.review
    assert isinstance(review, ReviewPanel)
    ctx.hub.review_text.emit(ANSWER, "")
    qtbot.waitUntil(
        lambda: review.isVisible() and review.draft is not None and bool(review.draft.items), timeout=10_000
    )
    # Seen in the review, beside the answer, before anything is saved; somebody saves it all the same.
    qtbot.waitUntil(lambda: review.draft is not None and review.draft.clash_count() == 1, timeout=20_000)
    assert any(text.startswith("This doesn't fit: Mirel Thane ends") for text in words(review))
    QTest.keyClick(QApplication.focusWidget() or review, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "death" in stored().fields, timeout=10_000)

    # Caught: the status bar counts it, and the queue lets nobody past it unseen.
    qtbot.waitUntil(lambda: window.status.findings.text() == "1 error", timeout=10_000)
    window.show_panel("queue")
    queue = window.panels()["queue"]
    assert isinstance(queue, QueuePanel)
    qtbot.waitUntil(lambda: queue.list.hasFocus() and queue.list.key() is not None)
    queue.list.choose(mirel_id)
    QTest.keyClick(queue.list, Qt.Key.Key_C)
    gate = sheet_of(qtbot, GateSheet)
    assert any("Mirel Thane" in text and "Ends before it starts" in text for text in words(gate))
    go = next(b for b in gate.findChildren(Button) if b.text() == "Go there")
    go.setFocus()
    QTest.keyClick(go, Qt.Key.Key_Return)

    # Answered: the birth holds, so the death that the answer gave is put away, and stays known as a claim.
    dock = window.panels()["continuity"]
    assert isinstance(dock, ContinuityPanel)
    qtbot.waitUntil(lambda: dock.isVisible() and dock.card.card is not None and bool(dock.list.rows), timeout=10_000)
    card = dock.card.card
    assert card is not None
    births = [n for n, side in enumerate(card.sides) if side.evidence.path == "fields.birth"]
    dock.list.setFocus()
    QTest.keyClick(dock.list, Qt.Key.Key_1 if births == [0] else Qt.Key.Key_2)
    qtbot.waitUntil(lambda: "death" not in stored().fields, timeout=10_000)
    assert ctx.workspace.run_now(lambda p: [c.status.value for c in p.all(Claim)]) == ["deprecated"]
    qtbot.waitUntil(lambda: not window.status.findings.isVisible(), timeout=10_000)

    # Published: the gate opens, and its report cites where each value was read.
    window.show_panel("queue")
    queue.list.choose(mirel_id)
    QTest.keyClick(queue.list, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: stored().status == "reviewed")
    ctx.commands.run("continuity.report")
    report = sheet_of(qtbot, ReportSheet)
    qtbot.waitUntil(lambda: "Continuity" in words(report), timeout=10_000)
    assert "Nothing contradicts it. 1 answered before." in words(report) or "Nothing contradicts it." in words(report)
    assert isinstance(report, ReportSheet)
    section = report.view.findChild(Section)
    assert section is not None
    section.set_open(True)
    assert any(text.startswith("[1] Mirel Thane, role: ") and "“Harbour master”" in text for text in words(report))
    report.reject()
    queue.look_at("both")
    qtbot.waitUntil(lambda: mirel_id in [row.id for row in queue.list.rows])
    queue.list.choose(mirel_id)
    QTest.keyClick(queue.list, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: stored().status == "canon", timeout=10_000)
    assert window.property("crashes") == []
