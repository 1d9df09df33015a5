"""The publish gate's sheets: what they show, where they lead, and that nothing passes without a name and a reason."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.continuity import Finding
from studio.domain.lens import Lens
from studio.domain.world import Entity
from studio.services.continuity import publish
from studio.services.world import entities
from studio.ui.context import StudioContext
from studio.ui.dialogs import publish as sheets
from studio.ui.dialogs.base import Sheet
from studio.ui.dialogs.exchange import through_gate
from studio.ui.dialogs.publish import GateSheet, ReportSheet
from studio.ui.kit import Button, LineEdit
from tests.services.continuity.planted import two_titles


def plant(project: Any) -> tuple[Entity, Finding]:
    tam, _, found = two_titles(project)
    return tam, found


@pytest.fixture
def planted(ctx: StudioContext) -> tuple[Entity, Finding]:
    made = ctx.workspace.run_now(plant)
    ctx.findings.set([made[1]])
    return made


def shown(qtbot: QtBot, cls: type[Sheet]) -> Sheet:
    found: list[Sheet] = []

    def there() -> bool:
        found[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, cls) and w.isVisible()]
        return bool(found)

    qtbot.waitUntil(there)
    return found[0]


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def status(ctx: StudioContext, entity: Entity) -> str:
    return ctx.workspace.run_now(lambda p: p.get(Entity, entity.id)).status.value


def test_a_shut_gate_opens_for_a_name_and_a_reason_alone(
    ctx: StudioContext, planted: tuple[Entity, Finding], qtbot: QtBot
) -> None:
    tam, _ = planted
    task = ctx.tasks.start(sheets.set_status(ctx, None, [tam.id], "canon"))
    gate = shown(qtbot, GateSheet)
    assert gate.accept_button is not None
    assert not gate.accept_button.isEnabled()
    assert "1 thing must be answered before this goes out." in words(gate)
    assert isinstance(QApplication.focusWidget(), Button), "answering it is what stands first"
    reason = next(line for line in gate.findChildren(LineEdit) if line.accessibleName() == "Why it may pass")
    QTest.keyClicks(reason, "He holds both.")
    assert gate.accept_button.isEnabled()
    gate.accept_button.setFocus()
    QTest.keyClick(gate.accept_button, Qt.Key.Key_Return)
    qtbot.waitUntil(task.done)
    assert (task.result(), status(ctx, tam)) == (1, "canon")


def test_whoever_thinks_better_of_it_changes_nothing(
    ctx: StudioContext, planted: tuple[Entity, Finding], qtbot: QtBot
) -> None:
    tam, _ = planted
    task = ctx.tasks.start(sheets.set_status(ctx, None, [tam.id], "canon"))
    QTest.keyClick(shown(qtbot, GateSheet), Qt.Key.Key_Escape)
    qtbot.waitUntil(task.done)
    assert (task.result(), status(ctx, tam)) == (None, "draft")


def test_what_passes_asks_nothing(ctx: StudioContext, planted: tuple[Entity, Finding], run: Any) -> None:
    ctx.findings.set([])
    assert run(sheets.set_status(ctx, None, [planted[0].id], "canon")) == 1


def test_a_problem_leads_to_where_it_is_answered(
    ctx: StudioContext, planted: tuple[Entity, Finding], qtbot: QtBot
) -> None:
    tam, found = planted
    report = ctx.workspace.run_now(publish.report_canon, [tam.id], findings=[found])
    gate = GateSheet(ctx, None, report, action="Go", name="Ana")
    qtbot.addWidget(gate)
    asked: list[tuple[str, str]] = []
    ctx.hub.conflicts.connect(lambda *about: asked.append(about))
    next(b for b in gate.findChildren(Button) if b.text() == "Go there").click()
    assert asked == [(tam.id, "Tam")]
    assert ctx.shell.shown == ["continuity"]  # pyright: ignore[reportAttributeAccessIssue]


def test_the_report_follows_for_whom_it_is(ctx: StudioContext, planted: tuple[Entity, Finding], qtbot: QtBot) -> None:
    sheet = ReportSheet(ctx, None)
    qtbot.addWidget(sheet)
    qtbot.waitUntil(lambda: "None of it is open to players." in words(sheet))
    sheet.whom.set_value("gm")
    sheet.ask_gate()
    qtbot.waitUntil(lambda: any(text.startswith("Tam: Contradiction.") for text in words(sheet)))
    sheet.whom.set_value("party")
    sheet.ask_gate()
    qtbot.waitUntil(lambda: "Nothing in it names or quotes what is hidden." in words(sheet))


def test_the_report_tells_what_was_let_pass_before(
    ctx: StudioContext, planted: tuple[Entity, Finding], qtbot: QtBot
) -> None:
    tam, found = planted
    who = publish.Override(name="Ana", reason="He holds both.")
    ctx.workspace.run_now(publish.set_status, [tam.id], "canon", findings=[found], override=who)
    sheet = ReportSheet(ctx, None)
    qtbot.addWidget(sheet)
    qtbot.waitUntil(lambda: any("Ana let “Tam” pass past 1 error. He holds both." in text for text in words(sheet)))


def test_an_export_for_players_that_leaks_is_asked_about(ctx: StudioContext, qtbot: QtBot, tmp_path: Path) -> None:
    ctx.findings.set([])
    ctx.workspace.run_now(entities.create_entity, kind="npc", name="Vessa Quill")
    ctx.workspace.run_now(
        entities.create_entity, kind="location", name="Port", visibility="party", summary="Vessa Quill runs it."
    )
    host = QWidget()
    qtbot.addWidget(host)
    task = ctx.tasks.start(through_gate(ctx, host, Lens(audience="party"), "players.zip"))
    gate = shown(qtbot, GateSheet)
    assert any("names “Vessa Quill”" in text for text in words(gate))
    gate.reject()
    qtbot.waitUntil(task.done)
    assert task.result() is None
    task = ctx.tasks.start(through_gate(ctx, host, Lens(), "all.zip"))
    qtbot.waitUntil(task.done)
    report = task.result()
    assert report is not None
    assert not report.blocked


def test_every_control_of_the_sheets_has_a_name(
    ctx: StudioContext, planted: tuple[Entity, Finding], qtbot: QtBot
) -> None:
    tam, found = planted
    report = ctx.workspace.run_now(publish.report_canon, [tam.id], findings=[found])
    gate = GateSheet(ctx, None, report, action="Go", name="Ana")
    qtbot.addWidget(gate)
    tabbed = [w for w in gate.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert tabbed
    assert [w for w in tabbed if not (w.accessibleName() or getattr(w, "text", str)())] == []
