"""The sheet of exports: which document, for whom; what was chosen is what is written."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from studio.services import exchange
from studio.services.world import entities, sessions
from studio.ui.dialogs import ask
from studio.ui.dialogs.base import Sheet
from studio.ui.dialogs.exchange import ExportDialog, export_from
from studio.ui.dialogs.exported import ExportReport

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.ui.context import StudioContext

S = TypeVar("S", bound=Sheet)


@pytest.fixture
def sheet(qtbot: QtBot) -> ExportDialog:
    made = ExportDialog(None, "gm", [("Second night", "b"), ("First night", "a")])  # pyright: ignore[reportArgumentType]
    qtbot.addWidget(made)
    made.show()
    return made


def choose(sheet: ExportDialog, format: str, document: str = "", audience: str = "") -> None:
    for box, value in ((sheet.format, format), (sheet.document, document), (sheet.audience, audience)):
        if value:
            box.set_value(value)
            box.chosen.emit(value)


def test_every_format_is_offered_and_a_document_only_where_it_is_one(sheet: ExportDialog) -> None:
    offered = {sheet.format.itemData(n) for n in range(sheet.format.count())}
    assert offered == set(exchange.EXPORTS)
    choose(sheet, "markdown")
    assert (sheet.kind, sheet.document.isVisible(), sheet.session.isVisible()) == ("", False, False)
    choose(sheet, "pdf", "session-packet")
    assert (sheet.kind, sheet.document.isVisible(), sheet.session.isVisible()) == ("session-packet", True, True)
    assert sheet.about == ["b"]
    choose(sheet, "pdf", "entity-cards")
    assert sheet.about == []


def test_a_document_for_players_turns_to_them_and_a_primer_stays_theirs(sheet: ExportDialog) -> None:
    choose(sheet, "epub", "campaign-packet")
    assert (sheet.audience.value(), sheet.go.isEnabled()) == ("gm", True)
    choose(sheet, "epub", "player-primer")
    assert (sheet.audience.value(), sheet.go.isEnabled()) == ("party", True)
    assert "left out" in sheet.hint.text()
    choose(sheet, "epub", audience="gm")
    assert not sheet.go.isEnabled()
    choose(sheet, "epub", "entity-cards", "gm")
    assert sheet.audience.value() == "gm", "who chooses it gets the game master's cards"
    assert sheet.go.isEnabled()


@pytest.fixture
def target(ctx: StudioContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the file dialog says that it goes; a world with something open and something hidden is there to go."""
    ctx.findings.set([])

    def fill(project: Any) -> None:
        keep = entities.create_entity(project, kind="location", name="Grey Keep")
        entities.update_entity(project, keep.id, {"visibility": "party"})
        entities.create_entity(project, kind="npc", name="Lady Oss")
        sessions.next_session(project, name="First night")

    ctx.workspace.run_now(fill)
    place = tmp_path / "primer.html"

    async def pick(*_: Any, **__: Any) -> Path:
        return place

    monkeypatch.setattr(ask, "pick_save", pick)
    return place


def exported(ctx: StudioContext, qtbot: QtBot) -> None:
    """Through the sheet, as a person does it, up to the report of what came of it."""
    host = QWidget()
    qtbot.addWidget(host)
    task = ctx.tasks.start(export_from(ctx, host))
    qtbot.waitUntil(lambda: bool(shown(ExportDialog)))
    sheet = shown(ExportDialog)[0]
    choose(sheet, "html", "player-primer", "party")
    assert sheet.session.count() == 1
    sheet.go.click()
    qtbot.waitUntil(lambda: task.done() or bool(shown(ExportReport)))
    for report in shown(ExportReport):
        report.reject()
    qtbot.waitUntil(task.done)
    task.result()


def shown(cls: type[S]) -> list[S]:
    """The sheets of a kind that are on the screen."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, cls) and one.isVisible()]


def test_what_was_chosen_is_written(ctx: StudioContext, qtbot: QtBot, target: Path) -> None:
    exported(ctx, qtbot)
    text = target.read_text("utf-8")
    assert "Grey Keep" in text
    assert "Lady Oss" not in text
    logged = ctx.workspace.run_now(
        lambda project: project.sql.execute("SELECT count(*) FROM audit WHERE action = 'export'").fetchone()
    )
    assert logged[0] == 1


def test_a_long_one_says_so_and_can_be_stopped(
    ctx: StudioContext, qtbot: QtBot, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def toast(text: str, undo: Any = None, action: str = "Undo") -> None:
        told.append(text)
        if action == "Stop":
            undo()

    write = exchange.write_document

    def slow(*given: Any, stopped: Any, **more: Any) -> exchange.Exported:
        deadline = time.monotonic() + 5
        while not stopped() and time.monotonic() < deadline:
            time.sleep(0.01)
        return write(*given, stopped=stopped, **more)

    monkeypatch.setattr(exchange, "write_document", slow)
    monkeypatch.setattr(ctx.shell, "toast", toast)
    exported(ctx, qtbot)
    assert told == ["Writing primer.html…", "The export was stopped. Nothing was written."]
    assert not target.exists()
