"""Looking as somebody else, or at another day: the window says so, shows what they may see, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QTreeView,
    QWidget,
)  # fmt: skip

from studio.domain.world import Alias
from studio.services.world import entities, relations
from studio.ui.chat import ChatPanel
from studio.ui.desktop import Desktop
from studio.ui.session import Session
from studio.ui.viewing import LensBar
from studio.ui.window_commands import window_commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.services.workspace import Workspace
    from studio.settings import SettingsStore
    from studio.ui.main_window import MainWindow

SECRET = "Vampire"
RECURSIVE = Qt.MatchFlag.MatchRecursive | Qt.MatchFlag.MatchContains


@pytest.fixture
def session(window: MainWindow, settings: SettingsStore, qtbot: QtBot, workspace: Workspace) -> Iterator[Session]:
    run = workspace.run_now
    veyra = run(
        entities.create_entity,
        kind="npc",
        name="Veyra",
        visibility="party",
        body=f"Kind.\n\n> [!secret]\n> A {SECRET}.",
        aliases=[Alias(name=f"The {SECRET}", kind="secret")],
        fields={"secret": SECRET, "birth": {"year": 780}},
    )
    cult = run(entities.create_entity, kind="faction", name=f"{SECRET} Cult")
    run(relations.add_relation, veyra.id, "leads", cult.id, valid_from={"year": 800})
    workspace.close()
    made = Session(window, settings)
    window.registry.add(*window_commands(window, Desktop(window, made, settings)))
    opening = made.open(workspace.path)
    qtbot.waitUntil(opening.done, timeout=20_000)
    yield made
    closing = window.tasks.start(made.close())
    qtbot.waitUntil(closing.done, timeout=10_000)


def words(window: QWidget) -> str:
    """Everything that shows in the window, and what its lists would tell a reader."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if widget.isVisible() and isinstance(widget, QLabel | QLineEdit | QAbstractButton):
            found.append(widget.text())
        elif widget.isVisible() and isinstance(widget, QTextEdit | QPlainTextEdit):
            found.append(widget.toPlainText())
        elif widget.isVisible() and isinstance(widget, QTreeView) and (model := widget.model()) is not None:
            found += [str(i.data()) for i in model.match(model.index(0, 0), 0, "", -1, RECURSIVE)]
    return "\n".join(found)


def look(session: Session, qtbot: QtBot, command: str) -> LensBar:
    bar = session.window.findChild(LensBar)
    assert bar is not None
    before = bar.words.text()
    assert session.window.registry.run(command)
    qtbot.waitUntil(lambda: bar.words.text() != before)
    return bar


def show(session: Session, qtbot: QtBot, name: str) -> None:
    ctx = session.ctx
    assert ctx is not None
    qtbot.waitUntil(lambda: ctx.names.find(name) is not None)
    found = ctx.names.find(name)
    assert found is not None
    ctx.navigate(found.record_id, None, found.kind)
    entry = session.window.panels()["entry"]
    qtbot.waitUntil(lambda: getattr(entry, "record_id", "") == found.record_id)
    qtbot.waitUntil(lambda: name in words(entry))


def test_the_party_sees_no_secret_anywhere_in_the_window(session: Session, qtbot: QtBot) -> None:
    show(session, qtbot, "Veyra")
    assert SECRET in words(session.window)
    bar = look(session, qtbot, "view.as_party")
    assert bar.isVisible()
    assert "as the party may see it" in bar.words.text()
    qtbot.waitUntil(lambda: "Kind." in words(session.window.panels()["entry"]))
    qtbot.waitUntil(lambda: SECRET not in words(session.window))
    assert session.ctx is not None
    assert session.ctx.names.search(SECRET) == []
    assert SECRET not in session.window.registry.action("edit.undo").text()


def test_the_game_masters_rooms_are_covered_and_come_back(session: Session, qtbot: QtBot) -> None:
    window = session.window
    chat, forge = window.panels()["chat"], window.panels()["forge"]
    composer = getattr(chat, "composer")  # noqa: B009
    assert composer.isVisible()
    look(session, qtbot, "view.as_party")
    assert not composer.isVisible()
    assert "Only the game master sees" in words(chat)
    look(session, qtbot, "view.as_gm")
    assert composer.isVisible()
    assert "Only the game master sees" not in words(chat)
    assert not any(panel._covered for panel in (chat, forge))


def test_nothing_floats_over_a_room_that_is_covered(session: Session, qtbot: QtBot) -> None:
    chat = session.window.panels()["chat"]
    assert isinstance(chat, ChatPanel)
    chat.stack.setCurrentWidget(chat.list)
    chat.list.follow = False
    chat.list.follow_changed.emit(False)
    assert chat.to_end.isVisible()
    look(session, qtbot, "view.as_party")
    chat.resize(chat.width(), chat.height() - 40)
    chat.list.follow_changed.emit(False)
    assert not chat.to_end.isVisible()


def everything(panel: QWidget) -> str:
    """What a panel says, and all rows of its lists."""
    lists = [view.model() for view in panel.findChildren(QListView) if view.isVisible()]
    rows = [str(model.index(row, 0).data()) for model in lists for row in range(model.rowCount())]
    return "\n".join([words(panel), *rows])


def test_the_views_of_the_world_show_what_the_party_sees(session: Session, qtbot: QtBot) -> None:
    show(session, qtbot, "Veyra")
    look(session, qtbot, "view.as_party")
    panels = session.window.panels()
    for name, said in (("graph", "Veyra"), ("timeline", "Veyra"), ("maps", "No map yet"), ("fronts", "No fronts yet")):
        session.window.show_panel(name)
        panel = panels[name]
        if name in ("graph", "timeline"):
            getattr(panel, "set_view")("list")  # noqa: B009
        qtbot.waitUntil(lambda panel=panel, said=said: said in everything(panel))
        assert "Only the game master sees" not in words(panel)
        assert SECRET not in everything(panel)


@pytest.mark.parametrize("command", ["view.as_party", "as_of"])
def test_no_view_of_the_world_offers_a_change_but_to_the_master_now(
    session: Session, qtbot: QtBot, command: str
) -> None:
    show(session, qtbot, "Veyra")
    ctx, panels = session.ctx, session.window.panels()
    assert ctx is not None
    if command == "as_of":
        qtbot.waitUntil(ctx.tasks.start(_as_of(session, "790")).done)
    else:
        look(session, qtbot, command)
    for name in ("timeline", "maps", "fronts"):
        session.window.show_panel(name)
        offers = lambda panel=panels[name]: [  # noqa: E731
            b.accessibleName() or b.text()
            for b in panel.findChildren(QAbstractButton)
            if b.isVisible() and b.isEnabled()
        ]
        qtbot.waitUntil(lambda offers=offers: not any("New" in said or "Calendars" in said for said in offers()))
    assert not panels["timeline"].canvas.may_move  # pyright: ignore[reportAttributeAccessIssue]
    assert not panels["maps"].may_edit  # pyright: ignore[reportAttributeAccessIssue]
    look(session, qtbot, "view.as_gm" if command != "as_of" else "view.now")
    session.window.show_panel("timeline")
    qtbot.waitUntil(lambda: panels["timeline"].canvas.may_move)  # pyright: ignore[reportAttributeAccessIssue]


def test_nothing_can_be_changed_through_other_eyes(session: Session, qtbot: QtBot) -> None:
    registry = session.window.registry
    assert registry.is_enabled("edit.undo")
    look(session, qtbot, "view.as_party")
    writing = [c.id for c in registry.all() if not c.reads]
    assert writing
    assert {"edit.undo", "world.new", "world.trash", "chat.new", "file.import"} <= set(writing)
    assert not [command for command in writing if registry.is_enabled(command)]
    assert not registry.run("world.new")
    look(session, qtbot, "view.as_gm")
    assert registry.is_enabled("edit.undo")


def test_the_world_stands_as_it_stood(session: Session, qtbot: QtBot) -> None:
    ctx = session.ctx
    assert ctx is not None
    show(session, qtbot, "Veyra")
    qtbot.waitUntil(lambda: f"{SECRET} Cult" in words(session.window.panels()["entry"]))
    task = ctx.tasks.start(_as_of(session, "790"))
    qtbot.waitUntil(task.done)
    entry = session.window.panels()["entry"]
    qtbot.waitUntil(lambda: "Alive" in words(entry))
    assert f"{SECRET} Cult" not in words(entry)
    bar = session.window.findChild(LensBar)
    assert bar is not None
    qtbot.waitUntil(lambda: "790" in bar.words.text())
    assert session.window.registry.run("view.now")
    qtbot.waitUntil(lambda: not bar.isVisible())


async def _as_of(session: Session, date: str) -> None:
    from studio.services.world import lenses

    ctx = session.ctx
    assert ctx is not None
    ctx.lens.set(as_of=await ctx.workspace.run(lenses.day_of, date))


def test_a_note_that_is_typed_is_stored_before_other_eyes_come(session: Session, qtbot: QtBot) -> None:
    show(session, qtbot, "Veyra")
    entry = session.window.panels()["entry"]
    view = getattr(entry, "view")  # noqa: B009
    view.summary.setPlainText("A quiet lady.")
    look(session, qtbot, "view.as_party")
    qtbot.waitUntil(lambda: "A quiet lady." in words(entry))


def test_a_bundle_is_never_offered_to_players(window: MainWindow, qtbot: QtBot) -> None:
    from studio.ui.dialogs.exchange import ExportDialog

    dialog = ExportDialog(window, "party")
    qtbot.addWidget(dialog)
    dialog.format.set_value("ttrpgpack")
    dialog._check()
    assert not dialog.go.isEnabled()
    assert "only for the game master" in dialog.hint.text()
    dialog.format.set_value("markdown")
    dialog._check()
    assert dialog.go.isEnabled()
    assert "left out" in dialog.hint.text()


def test_a_view_at_the_bottom_gets_room_and_gives_it_back(session: Session, qtbot: QtBot) -> None:
    window = session.window
    dock, chat = window.arrangement.docks["graph"], window.panels()["chat"]
    window.show_panel("graph")
    qtbot.waitUntil(lambda: dock.height() > window.height() * 0.45)
    assert chat.isVisible()
    beside = window.arrangement.docks["world"].height()
    assert beside > window.height() * 0.8, "the tree keeps its height"
    assert window.registry.run("view.stretch")
    qtbot.waitUntil(lambda: dock.height() > window.height() * 0.8)
    assert not chat.isVisible()
    assert window.registry.run("view.stretch")
    qtbot.waitUntil(lambda: dock.height() < window.height() * 0.65)
    assert chat.isVisible()
    assert window.registry.run("view.stretch")
    window.show_panel("chat")
    qtbot.waitUntil(chat.isVisible)


@pytest.mark.parametrize(("size", "scale"), [((1024, 640), 200), ((1360, 860), 200), ((1024, 640), 100)])
def test_the_whole_sentence_of_whose_eyes_shows_at_every_size(
    session: Session, qtbot: QtBot, size: tuple[int, int], scale: int
) -> None:
    session.window.theme.set(text_size=scale)
    session.window.resize(*size)
    bar = look(session, qtbot, "view.as_party")
    assert session.ctx is not None
    before = bar.words.text()
    session.ctx.lens.set(as_of=300_000)
    qtbot.waitUntil(lambda: bar.words.text() != before)
    qtbot.waitUntil(lambda: bar.words.height() >= bar.words.heightForWidth(bar.words.width()))
    buttons = [button for button in bar.findChildren(QPushButton) if button.isVisible()]
    assert len(buttons) == 2
    assert all(button.width() >= button.minimumSizeHint().width() for button in buttons)
