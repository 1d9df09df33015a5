"""The search panel over a real project: typing finds, keys walk and open, places narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from studio.domain.ids import RecordId
from studio.domain.vocabulary import kind_spec
from studio.domain.world import Entity
from studio.services.chat import messages, threads
from studio.services.find import MARK, UNMARK, Hit
from studio.services.world import entities, entries, relations
from studio.ui.search import SearchPanel
from studio.ui.search.delegate import _laid_out, split
from studio.ui.search.model import HitModel
from studio.ui.search.panel import WEAK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.storage.project import Project
    from tests.ui.conftest import TestContext


def fill(project: Project) -> dict[str, str]:
    """A harbour, a note about it, and a chat that asks after it."""
    quay = entities.create_entity(project, kind="location", name="Lantern Quay", summary="A harbour of glass.")
    note = entries.create_entry(project, title="Session one", body="They came to the quay by night.")
    thread = threads.create_thread(project, title="Salt cities")
    asked = messages.send(project, thread.id, "Who guards the quay?")
    return {"quay": quay.id, "note": note.id, "message": asked.id}


@pytest.fixture
def went(ctx: TestContext) -> list[tuple[str, Any, str]]:
    """Where navigation was asked to go."""
    found: list[tuple[str, Any, str]] = []
    ctx.shell.on_navigate = lambda *where: found.append(where)  # pyright: ignore[reportAttributeAccessIssue]
    return found


@pytest.fixture
def made(ctx: TestContext) -> dict[str, str]:
    """The ids of what is in the project."""
    return ctx.workspace.run_now(fill)


@pytest.fixture
def panel(ctx: TestContext, made: dict[str, str], qtbot: QtBot) -> Iterator[SearchPanel]:
    shown = SearchPanel(ctx)
    qtbot.addWidget(shown)
    shown.resize(380, 700)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    shown.release()
    assert ctx.errors == []


def search(panel: SearchPanel, text: str, qtbot: QtBot) -> list[str]:
    panel.words.setText(text)
    qtbot.waitUntil(lambda: panel._shown_for[0] == text.strip())
    return [hit.name for hit in panel.model.hits]


def test_typing_finds_names_notes_and_messages(ctx: TestContext, panel: SearchPanel, qtbot: QtBot) -> None:
    assert panel.pages.currentWidget() is panel.start
    assert set(search(panel, "quay", qtbot)) == {"Lantern Quay", "Session one", "Salt cities"}
    assert panel.model.hits[0].name == "Lantern Quay"
    assert panel.count.text() == "3 found"
    assert "3 found" in ctx.messages


def test_enter_opens_the_best_hit_and_the_list_stays(
    made: dict[str, str], panel: SearchPanel, qtbot: QtBot, went: list[Any]
) -> None:
    search(panel, "quay", qtbot)
    qtbot.keyClick(panel.words, Qt.Key.Key_Return)
    assert went == [(made["quay"], None, "location")]
    assert panel.pages.currentWidget() is panel.list


def test_enter_before_the_search_has_caught_up_opens_what_is_typed_now(
    made: dict[str, str], panel: SearchPanel, qtbot: QtBot, went: list[Any]
) -> None:
    search(panel, "lantern", qtbot)
    panel.words.setText("session")
    qtbot.keyClick(panel.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(went))
    assert went == [(made["note"], None, "entry")]


def test_a_message_is_opened_in_its_thread_with_the_words_highlighted(
    made: dict[str, str], panel: SearchPanel, qtbot: QtBot, went: list[Any]
) -> None:
    search(panel, "who guards", qtbot)
    qtbot.keyClick(panel.words, Qt.Key.Key_Return)
    assert went == [(made["message"], (0, 10), "message")]


def test_keys_walk_from_the_field_to_the_list_and_back(ctx: TestContext, panel: SearchPanel, qtbot: QtBot) -> None:
    search(panel, "quay", qtbot)
    panel.focus_first()
    assert panel.words.selectedText() == "quay"
    qtbot.keyClick(panel.words, Qt.Key.Key_Down)
    assert panel.list.hasFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.list.currentIndex().row() == 1
    qtbot.keyClick(panel.list, Qt.Key.Key_Up)
    qtbot.keyClick(panel.list, Qt.Key.Key_Up)
    assert panel.words.hasFocus()


def test_a_click_opens_too(made: dict[str, str], panel: SearchPanel, qtbot: QtBot, went: list[Any]) -> None:
    search(panel, "session", qtbot)
    where = panel.list.visualRect(panel.model.index(0)).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert went == [(made["note"], None, "entry")]


def test_a_place_narrows_and_an_empty_one_offers_everywhere(ctx: TestContext, panel: SearchPanel, qtbot: QtBot) -> None:
    search(panel, "quay", qtbot)
    panel.place.set_value("chats")
    panel.place.chosen.emit("chats")
    qtbot.waitUntil(lambda: [hit.kind for hit in panel.model.hits] == ["message"])
    panel.place.set_value("foundry")
    panel.place.chosen.emit("foundry")
    qtbot.waitUntil(lambda: panel.pages.currentWidget() is panel.nothing)
    assert panel.nothing.sentence.text() == "Nothing in “Foundry” has “quay”."
    assert panel.nothing.button is not None
    panel.nothing.button.click()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3)
    assert not panel.place.value()


def test_what_is_found_keeps_up_with_the_project(
    ctx: TestContext, made: dict[str, str], panel: SearchPanel, qtbot: QtBot, run: Any
) -> None:
    search(panel, "quay", qtbot)
    panel.list.setCurrentIndex(panel.model.index(1))
    kept = panel.model.hits[1].id
    run(ctx.workspace.run(entities.rename_entity, RecordId(made["quay"]), "Glass Quay"))
    qtbot.waitUntil(lambda: panel.model.hits[0].name == "Glass Quay")
    assert panel.model.hits[panel.list.currentIndex().row()].id == kept


def related(project: Project) -> None:
    """Somebody who keeps the harbour."""
    keeper = entities.create_entity(project, kind="npc", name="Oda Reyes", summary="Owes money.")
    quay = next(one for one in project.all(Entity) if one.kind == "location")
    relations.add_relation(project, keeper.id, "guards", quay.id)


def test_a_question_is_answered_below_what_fits_as_typed_and_says_why(
    ctx: TestContext, panel: SearchPanel, qtbot: QtBot
) -> None:
    ctx.workspace.run_now(related)
    panel.words.setText("Who guards the quay?")
    qtbot.waitUntil(lambda: "Oda Reyes" in [hit.name for hit in panel.model.hits])
    assert panel.model.hits[0].kind == "message"
    keeper = next(hit for hit in panel.model.hits if hit.name == "Oda Reyes")
    assert "guarded by" in keeper.why


def test_a_question_that_nothing_answers_says_so(ctx: TestContext, panel: SearchPanel, qtbot: QtBot) -> None:
    panel.words.setText("which dragon sleeps below the lantern quay")
    qtbot.waitUntil(lambda: panel.count.text() == WEAK)
    assert WEAK in ctx.messages
    assert panel.model.hits[0].name == "Lantern Quay"


def test_enter_waits_for_the_answer_of_a_question(
    ctx: TestContext, made: dict[str, str], panel: SearchPanel, qtbot: QtBot, went: list[Any]
) -> None:
    panel.words.setText("tell me of Lanturn Quays")
    qtbot.keyClick(panel.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(went))
    assert went[0][0] == made["quay"]


def test_other_panels_can_ask_for_a_search(ctx: TestContext, panel: SearchPanel, qtbot: QtBot) -> None:
    ctx.hub.search.emit("session")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    assert ctx.shell.shown == ["search"]  # pyright: ignore[reportAttributeAccessIssue]


def test_clearing_shows_the_start_again(ctx: TestContext, panel: SearchPanel, qtbot: QtBot) -> None:
    search(panel, "quay", qtbot)
    qtbot.keyClick(panel.words, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: panel.pages.currentWidget() is panel.start)
    assert panel.count.text() == ""


def test_everything_that_takes_the_focus_has_a_name(panel: SearchPanel) -> None:
    focusable = [w for w in panel.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    nameless = [w for w in focusable if w.isVisibleTo(panel) and not w.accessibleName()]
    assert nameless == []


def test_a_hit_is_spoken_with_kind_reason_and_text() -> None:
    model = HitModel(kind_spec)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.fill([Hit(id=RecordId("a"), kind="npc", name="Tam", why="In its text", snippet="a \x02salt\x03 road")])
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole) == "Tam, NPC. In its text. a salt road"


def test_marks_are_taken_out_of_a_snippet_and_remembered() -> None:
    assert split("the \x02old\x03 king’s \x02road\x03") == ("the old king’s road", [(4, 3), (15, 4)])


@pytest.mark.parametrize(("theme_name", "size"), [("light", 100), ("dark", 200), ("contrast", 150)])
def test_it_is_drawn_in_every_theme_and_size(
    ctx: TestContext, panel: SearchPanel, qtbot: QtBot, theme_name: str, size: int
) -> None:
    search(panel, "quay", qtbot)
    ctx.theme.set(theme=theme_name, text_size=size)
    qtbot.wait(10)
    assert not panel.grab().isNull()


def test_an_excerpt_too_long_for_two_lines_ends_in_dots(panel: SearchPanel) -> None:
    words = "Find the \x02bell\x03 before the Low Bellringers do, and decide who gets to ring it over the water first"
    marked = words.replace("\x02", MARK).replace("\x03", UNMARK)
    for width in (180, 240, 320):
        layout = _laid_out(marked, panel.font(), width, None)
        last = layout.lineAt(layout.lineCount() - 1)
        assert layout.text().endswith("…") == (last.textStart() + last.textLength() < len(split(marked)[0]))
        assert last.naturalTextWidth() <= width
    assert _laid_out(marked, panel.font(), 180, None).text().endswith("…")
    assert _laid_out("Short.", panel.font(), 180, None).text() == "Short."
