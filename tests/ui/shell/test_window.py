"""The window and its session: projects in and out, every refusal with a way on, layout, navigation, an orderly end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QPushButton, QToolButton, QWidget

from studio.domain.world import Entity
from studio.services import backup, names
from studio.services.workspace import Workspace
from studio.ui.desktop import Desktop
from studio.ui.dialogs.restore import RestoreDialog
from studio.ui.kit.feedback import Toast
from studio.ui.layout import TITLE_ROOM
from studio.ui.panels import CHAT, DOCKS
from studio.ui.session import Session
from studio.ui.ways_out import back_up, restore
from studio.ui.window_commands import window_commands
from tests.support.timing import worked

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.settings import SettingsStore
    from studio.ui.context import StudioContext
    from studio.ui.main_window import MainWindow

Run = Callable[[Any], Any]


def faction(project: Any, name: str) -> str:
    """A verb that changes something."""
    with project.commit("world.create", f"New faction “{name}”") as commit:
        return commit.put(Entity(kind="faction", name=name)).id


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "Shattered Coast.ttrpg"
    workspace = Workspace.create(made, name="Shattered Coast", author="tester", device="test")
    workspace.close()
    return made


@pytest.fixture
def session(window: MainWindow, settings: SettingsStore, qtbot: QtBot):
    made = Session(window, settings)
    desktop = Desktop(window, made, settings)
    window.registry.add(*window_commands(window, desktop))
    yield made
    if made.ctx is not None:
        task = window.tasks.start(made.close())
        qtbot.waitUntil(task.done, timeout=10_000)


def opened(session: Session, path: Path, qtbot: QtBot) -> StudioContext:
    task = session.open(path)
    qtbot.waitUntil(task.done, timeout=15_000)
    assert task.result() is True, session.window.start.banner.text()
    assert session.ctx is not None
    assert session.window.property("crashes") == []
    return session.ctx


def test_a_project_opens_with_all_its_panels(session: Session, path: Path, qtbot: QtBot) -> None:
    opened(session, path, qtbot)
    assert set(session.window.panels()) == {CHAT.id, *(spec.id for spec in DOCKS)}
    assert session.window.windowTitle() == "Shattered Coast — TTRPG Studio"
    assert session.window.status.project.text() == "Shattered Coast"
    assert session.window.state.recent() == [path]


def test_no_two_commands_of_the_whole_window_want_one_key(
    session: Session, path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    opened(session, path, qtbot)
    assert [r.message for r in caplog.records if r.levelname == "WARNING" and "both want" in r.message] == []


def test_every_command_of_the_whole_window_says_what_it_does(session: Session, path: Path, qtbot: QtBot) -> None:
    opened(session, path, qtbot)
    assert [c.id for c in session.window.registry.all() if not c.text or not c.help] == []


def test_closing_a_project_leaves_nothing_behind(session: Session, path: Path, qtbot: QtBot, run: Run) -> None:
    before = {command.id for command in session.window.registry.all()}
    opened(session, path, qtbot)
    run(session.close())
    assert session.window.panels() == {}
    assert {command.id for command in session.window.registry.all()} == before
    assert session.window.pages.currentWidget() is session.window.start
    opened(session, path, qtbot)


def test_undo_by_key_takes_the_last_change_back_and_says_so(
    session: Session, path: Path, qtbot: QtBot, run: Run
) -> None:
    ctx = opened(session, path, qtbot)
    run(ctx.workspace.run(faction, "The Ashen Concord"))
    undo = session.window.registry.action("edit.undo")
    qtbot.waitUntil(lambda: undo.text() == "Undo: New faction “The Ashen Concord”")
    assert "Saved" in session.window.status.saved.text()
    session.window.activateWindow()
    qtbot.waitUntil(session.window.isActiveWindow)
    QTest.keyClick(session.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Took back" in session.window.shell.toast_text)
    QTest.keyClick(
        session.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(lambda: "Did again" in session.window.shell.toast_text)


def test_names_are_there_for_completion_after_a_commit(session: Session, path: Path, qtbot: QtBot, run: Run) -> None:
    ctx = opened(session, path, qtbot)
    made = run(ctx.workspace.run(faction, "The Ashen Concord"))
    qtbot.waitUntil(lambda: ctx.names.get(made) is not None)
    row = ctx.names.get(made)
    assert row is not None
    assert (row.kind, row.text) == ("faction", "The Ashen Concord")
    assert run(ctx.workspace.run(names.kind_of, made)) == "faction"


def test_navigation_goes_to_the_panel_that_handles_the_kind(
    session: Session, path: Path, qtbot: QtBot, run: Run
) -> None:
    ctx = opened(session, path, qtbot)
    made = run(ctx.workspace.run(faction, "The Ashen Concord"))
    session.window.arrangement.docks["entry"].hide()
    ctx.navigate(made)
    qtbot.waitUntil(session.window.arrangement.docks["entry"].isVisible)


def damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:] = b"\xff" * (len(data) - 100)
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    ("spoil", "action"),
    [
        (lambda path: path.unlink(), "Remove from the list"),
        (lambda path: path.write_text("just text"), ""),
        (damaged, "Restore a backup…"),
    ],
)
def test_a_file_that_can_not_be_opened_is_a_sentence_with_a_way_on(
    session: Session, path: Path, qtbot: QtBot, spoil: Callable[[Path], object], action: str
) -> None:
    spoil(path)
    task = session.open(path)
    qtbot.waitUntil(task.done, timeout=10_000)
    assert task.result() is False
    banner = session.window.start.banner
    assert banner.isVisible()
    assert banner.text().endswith(".")
    buttons = [b.text() for b in banner.findChildren(QPushButton) if b.isVisible()]
    assert buttons == ([action] if action else [])
    if action:
        focused = session.window.focusWidget()
        assert isinstance(focused, QPushButton)
        assert focused.text() == action
        assert focused.accessibleDescription() == banner.text()
    assert session.window.property("crashes") == []


def test_a_project_that_is_open_elsewhere_can_be_opened_as_a_copy(session: Session, path: Path, qtbot: QtBot) -> None:
    other = Workspace.open(path, author="other", device="other")
    try:
        task = session.open(path)
        qtbot.waitUntil(task.done, timeout=10_000)
        button = next(b for b in session.window.start.banner.findChildren(QPushButton) if b.text() == "Open a copy")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: session.ctx is not None and session.window.chat is not None, timeout=15_000)
        assert session.ctx is not None
        assert "copy" in session.ctx.workspace.path.name
    finally:
        other.close()


def test_a_backup_is_made_and_gone_back_to_in_the_window(session: Session, path: Path, qtbot: QtBot, run: Run) -> None:
    ctx = opened(session, path, qtbot)
    run(ctx.workspace.run(faction, "The Ashen Concord"))
    run(back_up(session))
    made = run(asyncio.to_thread(backup.backups_of, path))
    assert len(made) >= 1
    run(back_up(session))
    assert len(run(asyncio.to_thread(backup.backups_of, path))) == len(made), "nothing changed since"
    run(ctx.workspace.run(faction, "A Mistake"))
    session.start(restore(session, path))
    qtbot.waitUntil(lambda: bool(session.window.findChildren(RestoreDialog)), timeout=10_000)
    session.window.findChildren(RestoreDialog)[0].accept()
    qtbot.waitUntil(lambda: session.ctx is not None and session.ctx is not ctx, timeout=20_000)
    qtbot.waitUntil(lambda: session.window.chat is not None, timeout=20_000)
    assert session.ctx is not None
    assert run(session.ctx.workspace.run(lambda p: [one.name for one in p.all(Entity)])) == ["The Ashen Concord"]
    assert list(path.parent.glob("*before-restore*"))


def test_a_dropped_project_is_opened(session: Session, path: Path, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(session.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(session.window, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    qtbot.waitUntil(lambda: session.ctx is not None and session.window.chat is not None, timeout=15_000)


def test_a_dropped_file_without_a_project_says_what_to_do(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "answer.md"
    file.write_text("# The Ashen Concord")
    session.window.files_dropped.emit([file])
    qtbot.waitUntil(lambda: "Open a project first" in session.window.start.banner.text())


def test_the_layout_is_kept_and_can_be_put_back(session: Session, path: Path, qtbot: QtBot, run: Run) -> None:
    opened(session, path, qtbot)
    docks = session.window.arrangement.docks
    assert {name for name, dock in docks.items() if not dock.isHidden()} == {"world", "foundry", "forge", "entry"}
    docks["world"].hide()
    run(session.close())
    opened(session, path, qtbot)
    assert docks["world"].isHidden()
    session.window.arrangement.preset("reset")
    assert not docks["world"].isHidden()
    session.window.arrangement.preset("chat")
    assert all(dock.isHidden() for dock in docks.values())


def test_docks_move_by_menu_as_by_mouse(session: Session, path: Path, qtbot: QtBot) -> None:
    opened(session, path, qtbot)
    dock = session.window.arrangement.docks["world"]
    dock.move_to("bottom")
    assert session.window.dockWidgetArea(dock) == Qt.DockWidgetArea.BottomDockWidgetArea
    assert dock.bar.menu.height() >= 24


def test_f6_visits_every_pane(session: Session, path: Path, qtbot: QtBot) -> None:
    opened(session, path, qtbot)
    seen = set()
    for _ in range(8):
        session.window.next_pane()
        now = session.window.focusWidget()
        assert now is not None
        seen |= {name for name, panel in session.window.panels().items() if now is panel or panel.isAncestorOf(now)}
    assert {"chat", "world", "foundry"} <= seen


def test_docks_stand_mirrored_in_a_right_to_left_language(qapp: QApplication, window: MainWindow, qtbot: QtBot) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        window.arrangement.furnish()
        area = window.dockWidgetArea(window.arrangement.docks["world"])
        assert area == Qt.DockWidgetArea.RightDockWidgetArea
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("scale", [100, 200])
def test_the_window_fits_a_small_screen(session: Session, path: Path, qtbot: QtBot, scale: int) -> None:
    session.window.theme.set(text_size=scale)
    opened(session, path, qtbot)
    session.window.arrangement.clamp(QRect(0, 0, 1280, 800))
    QApplication.processEvents()
    assert session.window.width() <= 1280
    assert session.window.height() <= 800 - TITLE_ROOM  # the title bar is on the screen too


@pytest.mark.parametrize("theme_name", ["light", "dark"])
def test_every_control_of_the_open_window_has_a_name(
    session: Session, path: Path, qtbot: QtBot, theme_name: str
) -> None:
    session.window.theme.set(theme=theme_name)
    opened(session, path, qtbot)
    nameless = [
        f"{type(w).__name__} in {type(w.parent()).__name__}"
        for w in session.window.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()
        if not (w.accessibleName() or (getattr(w, "text", str)() if isinstance(w, QPushButton | QToolButton) else ""))
        and not w.objectName().startswith("qt_") and not isinstance(w, QMainWindow | QDockWidget)
        and not callable(getattr(w, "isChecked", None))
    ]  # fmt: skip
    assert nameless == []


def test_the_start_page_opens_by_keys_alone(session: Session, path: Path, qtbot: QtBot) -> None:
    session.window.state.opened(path)
    session.window.show_start()
    session.window.start.focus_first()
    row = next(b for b in session.window.start.findChildren(QPushButton) if b.text() == "Shattered Coast")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: session.ctx is not None and session.window.chat is not None, timeout=15_000)


def test_the_text_size_changes_at_once_and_is_kept(session: Session, settings: SettingsStore) -> None:
    assert session.window.registry.run("view.text_bigger")
    assert session.window.theme.look.text_size == 110
    assert settings.value.text_size == 110
    assert session.window.registry.run("view.text_normal")
    assert session.window.theme.look.text_size == 100


def test_opening_ten_thousand_names_stays_quick(session: Session, path: Path, qtbot: QtBot) -> None:
    ctx = opened(session, path, qtbot)
    with worked() as took:
        ctx.names.set_rows((f"id{n}", "npc", f"Person {n} of the Coast", False) for n in range(10_000))
    assert took.seconds < 0.5


def test_the_sample_campaign_opens_without_a_model_and_is_the_users_own(session: Session, qtbot: QtBot) -> None:
    session.window.start.sample.emit()
    qtbot.waitUntil(lambda: session.ctx is not None and session.window.chat is not None, timeout=20_000)
    assert session.ctx is not None
    assert session.ctx.workspace.path.exists()
    qtbot.waitUntil(lambda: len(session.ctx.names) > 20 if session.ctx else False, timeout=10_000)


def test_a_toast_lies_over_no_control_that_is_needed(session: Session, path: Path, qtbot: QtBot) -> None:
    opened(session, path, qtbot)
    session.window.shell.toast("Saved 1 blueprint · 13 world · 14 relations · 1 prompt", undo=lambda: None)
    toast = session.window.findChild(Toast)
    composer = getattr(session.window.chat, "composer", None)
    assert toast is not None
    assert composer is not None
    over = QRect(composer.mapTo(session.window, QPoint(0, 0)), composer.size())
    assert not over.intersects(toast.geometry())
    assert session.window.rect().contains(toast.geometry())


def test_a_layout_that_hides_the_focus_gives_it_to_the_composer(session: Session, path: Path, qtbot: QtBot) -> None:
    opened(session, path, qtbot)
    session.window.activateWindow()
    session.window.show_panel("world")
    session.window.registry.run("view.layout_chat")
    chat = session.window.chat
    assert chat is not None
    qtbot.waitUntil(lambda: chat.isAncestorOf(session.window.focusWidget() or session.window))
    assert getattr(session.window.focusWidget(), "toPlainText", None) is not None


def test_a_window_that_fits_where_it_was_is_not_moved(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    moves: list[tuple[int, int]] = []
    window.arrangement.remember(docks=False)
    window.resize(700, 500)
    monkeypatch.setattr(window, "move", lambda x, y: moves.append((x, y)))
    place = window.pos()
    window.arrangement.clamp(QRect(place.x(), place.y(), 1280, 800))
    assert moves == []
    window.arrangement.clamp(QRect(place.x() + 50, place.y(), 1280, 800))
    assert moves == [(place.x() + 50, place.y())]
