"""The history panel over a real project: pages, filters, what changed, and putting back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from studio.domain.world import Entity
from studio.services import changes, history
from studio.services.continuity import publish
from studio.services.wording import Piece
from studio.services.world import entities, trash
from studio.ui.commands import Command
from studio.ui.history import HistoryPanel
from studio.ui.history import panel as panels
from studio.ui.history.delegate import mark_of
from studio.ui.history.model import HistoryModel
from studio.ui.history.record import RecordCard, marked
from studio.ui.history.times import ago, day
from tests.services.continuity.planted import two_titles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from studio.storage.project import Project
    from tests.ui.conftest import TestContext

NOW = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)
Open = "Callable[[], HistoryPanel]"


@pytest.fixture
def shown(ctx: TestContext, qtbot: QtBot) -> Iterator[Callable[[], HistoryPanel]]:
    """Makes the panel, shows it, waits for its first page; lets it go at the end."""
    made: list[HistoryPanel] = []

    def open_it() -> HistoryPanel:
        panel = HistoryPanel(ctx)
        made.append(panel)
        qtbot.addWidget(panel)
        panel.resize(400, 900)
        panel.show()
        qtbot.waitExposed(panel)
        qtbot.waitUntil(lambda: bool(panel.model.rows) and panel.detail.detail is not None)
        return panel

    yield open_it
    for panel in made:
        panel.release()
    assert ctx.errors == []


def tell(project: Project) -> Entity:
    """Tam sails, becomes a captain and moves into the trash."""
    tam = entities.create_entity(project, kind="npc", name="Tam", summary="A sailor of the salt road.")
    entities.update_entity(project, tam.id, {"summary": "A captain of the salt road.", "fields.role": "captain"})
    return tam


def said(panel: HistoryPanel) -> list[str]:
    return [panel.model.data(panel.model.index(n)) for n in range(panel.model.rowCount())]


def choose(panel: HistoryPanel, at: int, qtbot: QtBot) -> list[RecordCard]:
    row = panel.model.rows[at]
    panel.list.setCurrentIndex(panel.model.index(at))
    qtbot.waitUntil(lambda: panel.detail.detail is not None and panel.detail.detail.row.id == row.id)
    return panel.detail.cards()


def click(widget: QWidget, text: str, kind: type[Any] = QPushButton) -> None:
    found = [b for b in widget.findChildren(kind) if text in (b.text(), b.accessibleName())]
    assert found, f"no button “{text}”"
    found[0].click()


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


# ---- the list ----------------------------------------------------------------------------------------------------


def test_changes_are_listed_newest_first_and_the_newest_is_shown(ctx: TestContext, shown: Any, qtbot: QtBot) -> None:
    ctx.workspace.run_now(tell)
    ctx.workspace.run_now(history.undo)
    panel = shown()
    assert said(panel) == [
        "Took back: Edit summary, role of “Tam”", "Edit summary, role of “Tam”", "New NPC “Tam”",
        "New project “Shattered Coast”",
    ]  # fmt: skip
    assert panel.detail.detail is not None
    assert panel.detail.detail.row.id == panel.model.rows[0].id


def test_nothing_is_read_while_it_is_hidden(ctx: TestContext, qtbot: QtBot, run: Any) -> None:
    panel = HistoryPanel(ctx)
    qtbot.addWidget(panel)
    run(ctx.workspace.run(tell))
    qtbot.wait(30)
    assert panel.model.rows == []
    panel.release()


def test_a_change_made_meanwhile_appears_on_top(ctx: TestContext, shown: Any, qtbot: QtBot, run: Any) -> None:
    panel = shown()
    run(ctx.workspace.run(tell))
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3)
    assert panel.model.rows[0].top == "undo"
    qtbot.waitUntil(lambda: panel.list.currentIndex().row() == 0)
    run(ctx.workspace.run(history.undo))
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4)
    assert [row.top for row in panel.model.rows] == ["redo", "", "undo", ""]


def test_pages_come_as_they_are_wanted(
    ctx: TestContext, shown: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def many(project: Project) -> None:
        for n in range(60):
            entities.create_entity(project, kind="npc", name=f"N{n}", adopt=False)

    monkeypatch.setattr(panels, "PAGE", 20)
    ctx.workspace.run_now(many)
    panel = shown()
    assert panel.model.rowCount() < 61
    for _ in range(8):
        panel.list.scrollToBottom()
        qtbot.wait(20)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 61)
    assert len({row.seq for row in panel.model.rows}) == 61
    assert not panel.model.canFetchMore(panel.list.rootIndex())


def test_the_model_keeps_qt_s_rules(ctx: TestContext, qtbot: QtBot) -> None:
    def many(project: Project) -> list[changes.Row]:
        for n in range(8):
            entities.create_entity(project, kind="npc", name=f"N{n}")
        return changes.page(project)

    rows = ctx.workspace.run_now(many)
    asked: list[int] = []
    model = HistoryModel(asked.append)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.fill(rows[2:5], more=True)
    model.fetchMore(model.index(-1))
    model.fetchMore(model.index(-1))
    assert asked == [rows[4].seq]
    model.add(rows[5:], more=False)
    model.put_on_top(rows[:2])
    assert model.rows == rows
    assert not model.canFetchMore(model.index(-1))


def test_words_narrow_the_list_and_an_empty_list_offers_a_way_back(ctx: TestContext, shown: Any, qtbot: QtBot) -> None:
    ctx.workspace.run_now(tell)
    panel = shown()
    panel.words.setText("captain")
    qtbot.waitUntil(lambda: panel.pages.currentWidget() is panel.no_match)
    assert panel.no_match.button is not None
    panel.no_match.button.click()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3)
    assert panel.pages.currentWidget() is panel.splitter
    panel.words.setText("edit SUMMARY")
    qtbot.waitUntil(lambda: said(panel) == ["Edit summary, role of “Tam”"])
    assert "1 change fits" in ctx.messages


def test_people_narrow_the_list_where_there_are_several(ctx: TestContext, shown: Any, qtbot: QtBot, run: Any) -> None:
    def by_two(project: Project) -> None:
        entities.create_entity(project, kind="npc", name="Tam")
        project.author = "Bo"
        entities.create_entity(project, kind="npc", name="Ash")

    panel = shown()
    assert not panel.people.isVisible()
    run(ctx.workspace.run(by_two))
    panel.reload()
    qtbot.waitUntil(lambda: panel.people.isVisible())
    panel.people.set_value("Bo")
    panel.people.chosen.emit("Bo")
    qtbot.waitUntil(lambda: said(panel) == ["New NPC “Ash”"])


def test_the_changes_of_one_record_are_asked_for_through_the_hub(ctx: TestContext, shown: Any, qtbot: QtBot) -> None:
    def two(project: Project) -> Entity:
        entities.create_entity(project, kind="npc", name="Ash")
        return tell(project)

    tam = ctx.workspace.run_now(two)
    panel = shown()
    ctx.hub.history.emit(tam.id)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    qtbot.waitUntil(lambda: any(label.text() == "Only Tam" for label in panel.findChildren(QLabel)))
    assert ctx.shell.shown == ["history"]  # pyright: ignore[reportAttributeAccessIssue]
    click(panel, "Remove Only Tam", QToolButton)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4)


# ---- what changed ------------------------------------------------------------------------------------------------


def test_a_change_is_told_field_by_field_with_marks_that_are_not_only_colour(
    ctx: TestContext, shown: Any, qtbot: QtBot
) -> None:
    ctx.workspace.run_now(tell)
    (card,) = choose(shown(), 0, qtbot)
    assert card.accessibleName() == (
        "Tam, NPC, changed. Summary: removed: sailor. added: captain. Role: added: captain"
    )
    found = texts(card)
    assert 'line-through">sailor</span>' in found
    assert 'underline">captain</span>' in found


def test_a_text_of_a_user_is_never_taken_as_markup() -> None:
    shown = marked((Piece("same", "<b>&"), Piece("out", "<i>x"), Piece("in", "</span>")))
    assert "<b>" not in shown
    assert "&lt;b&gt;&amp;" in shown
    assert "&lt;i&gt;x" in shown


def test_one_field_is_put_back_with_one_button(ctx: TestContext, shown: Any, qtbot: QtBot) -> None:
    tam = ctx.workspace.run_now(tell)
    panel = shown()
    (card,) = choose(panel, 0, qtbot)
    click(card, "Put back Summary")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4)
    now = ctx.workspace.run_now(lambda p: p.get(Entity, tam.id))
    assert (now.summary, now.fields["role"]) == ("A sailor of the salt road.", "captain")
    assert any(message.startswith("Put back summary of “Tam”") for message in ctx.messages)


def test_a_whole_record_is_restored_and_the_button_is_gone_then(ctx: TestContext, shown: Any, qtbot: QtBot) -> None:
    def lost(project: Project) -> Entity:
        tam = tell(project)
        trash.delete(project, [tam.id])
        return tam

    tam = ctx.workspace.run_now(lost)
    panel = shown()
    panel.detail.setFocus()
    (card,) = choose(panel, 0, qtbot)
    click(card, "Restore Tam as it was before this change")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 5)
    assert ctx.workspace.run_now(lambda p: p.find(Entity, tam.id)) is not None
    assert panel.model.rows[0].message.startswith("Restore “Tam”")


def test_only_the_next_undo_and_redo_have_a_button_that_runs_the_window_s_command(
    ctx: TestContext, shown: Any, qtbot: QtBot
) -> None:
    ran: list[str] = []
    for step in ("undo", "redo"):
        ctx.commands.add(Command(f"edit.{step}", step, lambda step=step: ran.append(step), "Edit"))

    def both(project: Project) -> None:
        tell(project)
        history.undo(project)

    ctx.workspace.run_now(both)
    panel = shown()
    click(panel.detail, "Redo this change")
    choose(panel, 2, qtbot)
    click(panel.detail, "Undo this change")
    choose(panel, 1, qtbot)
    assert not [b for b in panel.detail.findChildren(QPushButton) if "this change" in b.text()]
    assert ran == ["redo", "undo"]


def test_a_record_is_opened_where_it_lives(ctx: TestContext, shown: Any, qtbot: QtBot) -> None:
    went: list[tuple[str, str]] = []
    ctx.shell.on_navigate = lambda record, _span, kind: went.append((record, kind))  # pyright: ignore[reportAttributeAccessIssue]
    tam = ctx.workspace.run_now(tell)
    (card,) = choose(shown(), 0, qtbot)
    click(card, "Open Tam")
    assert went == [(tam.id, "npc")]


def test_a_change_of_many_records_shows_them_in_portions(ctx: TestContext, shown: Any, qtbot: QtBot) -> None:
    def many(project: Project) -> None:
        with project.commit("test", "Many") as commit:
            for n in range(45):
                commit.put(Entity(kind="npc", name=f"N{n}"))

    ctx.workspace.run_now(many)
    panel = shown()
    qtbot.waitUntil(lambda: len(panel.detail.cards()) == 20)
    click(panel.detail, "Show 20 more of 25")
    qtbot.waitUntil(lambda: len(panel.detail.cards()) == 40)
    click(panel.detail, "Show 5 more of 5")
    qtbot.waitUntil(lambda: len(panel.detail.cards()) == 45)


# ---- keys, sizes, words ------------------------------------------------------------------------------------------


def test_it_is_walked_by_keys_alone(ctx: TestContext, shown: Any, qtbot: QtBot) -> None:
    ctx.workspace.run_now(tell)
    panel = shown()
    panel.words.setFocus()
    qtbot.keyClick(panel.words, Qt.Key.Key_Down)
    assert panel.list.hasFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: panel.detail.detail is not None and panel.detail.detail.row.id == panel.model.rows[1].id)
    qtbot.keyClick(panel.list, Qt.Key.Key_Tab)
    assert isinstance(panel.focusWidget(), RecordCard)
    panel.focus_first()
    assert panel.list.hasFocus()


def test_everything_that_takes_the_focus_has_a_name(ctx: TestContext, shown: Any, qtbot: QtBot) -> None:
    ctx.workspace.run_now(tell)
    panel = shown()
    choose(panel, 0, qtbot)
    nameless = [
        w for w in panel.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisibleTo(panel)
        and not (w.accessibleName() or getattr(w, "text", lambda: "")())
    ]  # fmt: skip
    assert nameless == []


def test_a_row_says_when_who_and_how_much(ctx: TestContext, shown: Any, qtbot: QtBot) -> None:
    ctx.workspace.run_now(tell)
    panel = shown()
    index = panel.model.index(0)
    spoken = panel.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Edit summary, role of “Tam”, just now, by tester, 1 world entry, next to undo"
    assert f"{panel.model.rows[0].time.astimezone():%H:%M:%S}" in panel.model.data(index, Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(("theme_name", "size"), [("light", 100), ("dark", 200), ("contrast", 150)])
def test_it_is_drawn_in_every_theme_and_size(
    ctx: TestContext, shown: Any, qtbot: QtBot, theme_name: str, size: int
) -> None:
    ctx.workspace.run_now(tell)
    panel = shown()
    choose(panel, 0, qtbot)
    ctx.theme.set(theme=theme_name, text_size=size)
    qtbot.wait(10)
    assert not panel.grab().isNull()
    for card in panel.detail.cards():
        assert card.width() <= panel.detail.viewport().width()


def test_a_wide_panel_puts_the_two_halves_side_by_side(shown: Any) -> None:
    panel = shown()
    panel.resize(1000, 600)
    assert panel.splitter.orientation() == Qt.Orientation.Horizontal
    panel.resize(500, 600)
    assert panel.splitter.orientation() == Qt.Orientation.Vertical


@pytest.mark.parametrize(
    ("back", "words"),
    [(0, "just now"), (59, "just now"), (60, "1 min ago"), (3599, "59 min ago"), (2 * 3600, "2 h ago")],
)
def test_times_are_told_as_people_do(back: int, words: str) -> None:
    assert ago(NOW - timedelta(seconds=back), NOW) == words


def test_older_times_are_told_by_the_clock_under_their_day() -> None:
    then = NOW - timedelta(hours=9)
    assert ago(then, NOW) == f"{then.astimezone():%H:%M}"
    assert day(NOW, NOW) == "Today"
    assert day(NOW - timedelta(days=1), NOW) == "Yesterday"
    assert day(NOW - timedelta(days=9), NOW) == "Tuesday 3 March 2026"


def test_a_change_of_many_kinds_goes_by_the_telling_one() -> None:
    row = changes.Row(
        seq=1, id="c", time=NOW, author="a", verb="v", message="m", step="do",  # pyright: ignore[reportArgumentType]
        kinds=("artifact", "relation", "npc", "recipe"),
    )  # fmt: skip
    assert mark_of(row) == ("user-round", "kind:npc")
    assert mark_of(row.model_copy(update={"step": "undo"}))[0] == "undo-2"
    assert mark_of(row.model_copy(update={"kinds": ("relation",)}))[0] == "link-2"
    assert mark_of(row.model_copy(update={"kinds": ()}))[0] == "file-text"


def test_what_was_let_past_the_gate_says_by_whom_and_past_what_and_can_be_listed_alone(
    ctx: TestContext, shown: Any, qtbot: QtBot
) -> None:
    who = publish.Override(name="Ana", reason="He holds both.")

    def plant(project: Project) -> None:
        tam, _, found = two_titles(project)
        publish.set_status(project, [tam.id], "canon", findings=[found], override=who)
        entities.update_entity(project, tam.id, {"summary": "A captain."})

    ctx.workspace.run_now(plant)
    panel = shown()
    panel.gate.set_value("gate")
    panel.gate.chosen.emit("gate")
    qtbot.waitUntil(lambda: len(panel.model.rows) == 1 and "Ana: He holds both." in texts(panel.detail))
    assert "– Tam: Contradiction. Tam has two titles at once." in texts(panel.detail)
    assert mark_of(panel.model.rows[0]) == ("shield", "danger")
    panel.show_all()
    qtbot.waitUntil(lambda: len(panel.model.rows) > 1)
