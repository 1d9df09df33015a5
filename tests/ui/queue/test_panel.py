"""The canon queue: one key decides, the cursor goes on, ticks decide together, one undo takes a decision back."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from studio.domain.chat import Message, Part, Thread
from studio.domain.ids import RecordId
from studio.domain.record import Authorship, Provenance, Status
from studio.domain.world import Entity
from studio.services import history
from studio.services.world import entities, queue
from studio.storage.project import Project
from studio.ui.context import StudioContext
from studio.ui.queue import QueuePanel


def fill(project: Project) -> list[RecordId]:
    """Three drafts: two from an answer, one of them doubtful, and one by hand."""
    with project.commit("test", "Talk") as commit:
        thread = commit.put(Thread(title="Salt cities"))
        message = commit.put(Message(thread_id=thread.id, role="assistant", parts=(Part(text="…"),))).id
    made = []
    for name, sure in (("Mirel Thane", 0.4), ("Port Ash", 0.9)):
        mark = (Provenance(source="chat", ref_id=message, confidence=sure, basis="quoted", quote="rules the salt",
                           authorship=Authorship.AI_GENERATED),)  # fmt: skip
        prov = {"name": mark, "fields.role": mark, "summary": mark}
        made.append(
            entities.create_entity(project, kind="npc", name=name, fields={"role": "Regent"}, prov=prov,
                                   summary="Holds every debt of the coast.").id
        )  # fmt: skip
    made.append(entities.create_entity(project, kind="item", name="Ash Crown").id)
    return made


@pytest.fixture
def made(ctx: StudioContext) -> list[RecordId]:
    return ctx.workspace.run_now(fill)


@pytest.fixture
def panel(ctx: StudioContext, made: list[RecordId], qtbot: QtBot) -> QueuePanel:
    panel = QueuePanel(ctx)
    qtbot.addWidget(panel)
    panel.resize(430, 900)
    panel.show()
    qtbot.waitUntil(lambda: len(panel.list.rows) == 3 and panel.card.card is not None)
    panel.focus_first()
    return panel


def test_the_queue_can_be_worked_as_soon_as_it_comes_up(ctx: StudioContext, made: list[RecordId], qtbot: QtBot) -> None:
    panel = QueuePanel(ctx)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    panel.focus_first()  # before anything could be read
    qtbot.waitUntil(lambda: len(panel.list.rows) == len(made))
    qtbot.waitUntil(panel.list.hasFocus)


def names(panel: QueuePanel) -> list[str]:
    return [row.name for row in panel.list.rows]


def status(ctx: StudioContext, record: RecordId) -> Status:
    return ctx.workspace.run_now(lambda project: project.get(Entity, record)).status


def words(panel: QueuePanel) -> list[str]:
    return [label.text() for label in panel.card.findChildren(QLabel) if label.isVisibleTo(panel)]


def test_a_key_accepts_and_the_cursor_goes_on(
    ctx: StudioContext, panel: QueuePanel, made: list[RecordId], qtbot: QtBot
) -> None:
    assert names(panel) == ["Ash Crown", "Port Ash", "Mirel Thane"]
    QTest.keyClick(panel.list, Qt.Key.Key_J)
    QTest.keyClick(panel.list, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: names(panel) == ["Ash Crown", "Mirel Thane"])
    assert status(ctx, made[1]) == "reviewed"
    assert panel.list.key() == made[0]
    assert panel.progress.text() == "2 drafts · 1 waiting for canon · 1 done"


@pytest.mark.parametrize(
    ("key", "wanted"), [(Qt.Key.Key_C, "canon"), (Qt.Key.Key_X, "deprecated"), (Qt.Key.Key_A, "reviewed")]
)
def test_what_is_ticked_is_decided_in_one_step(
    ctx: StudioContext, panel: QueuePanel, made: list[RecordId], qtbot: QtBot, key: Qt.Key, wanted: str,
    run: Callable[..., Any],
) -> None:  # fmt: skip
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    QTest.keyClick(panel.list, Qt.Key.Key_J)
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    assert "2 ticked" in panel.progress.text()
    QTest.keyClick(panel.list, key)
    qtbot.waitUntil(lambda: names(panel) == ["Mirel Thane"])
    assert {status(ctx, made[1]), status(ctx, made[2])} == {wanted}
    run(ctx.workspace.run(history.undo))
    qtbot.waitUntil(lambda: len(names(panel)) == 3)
    assert {status(ctx, made[1]), status(ctx, made[2])} == {"draft"}


def test_trash_takes_it_out_and_edit_opens_its_page(panel: QueuePanel, ctx: Any, qtbot: QtBot) -> None:
    QTest.keyClick(panel.list, Qt.Key.Key_E)
    assert ctx.shell.shown == ["entry"]
    QTest.keyClick(panel.list, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: names(panel) == ["Port Ash", "Mirel Thane"])
    assert "Moved “Ash Crown” to the trash." in ctx.messages


def test_the_card_says_what_is_doubtful_first_with_the_words_it_was_read_from(panel: QueuePanel, qtbot: QtBot) -> None:
    panel.list.walk(2)
    qtbot.waitUntil(lambda: panel.card.card is not None and panel.card.card.name == "Mirel Thane")
    shown = words(panel)
    assert shown.index("Please check  3") < shown.index("check · 40 %") < shown.index("“rules the salt”")
    assert any("From “Salt cities”" in text for text in shown)


def test_the_card_shows_what_changed_since_somebody_looked(
    ctx: StudioContext, panel: QueuePanel, made: list[RecordId], qtbot: QtBot, run: Callable[..., Any]
) -> None:
    run(ctx.workspace.run(entities.set_status, [made[1]], "reviewed"))
    run(ctx.workspace.run(entities.update_entity, made[1], {"summary": "Holds every oath of the coast."}))
    panel.look_at("reviewed")
    qtbot.waitUntil(lambda: names(panel) == ["Port Ash"])
    qtbot.waitUntil(lambda: any("Changed since it was looked at" in text for text in words(panel)))
    assert any("underline" in text and "oath" in text for text in words(panel))


def test_a_reader_hears_name_kind_doubts_and_ticks(panel: QueuePanel) -> None:
    panel.list.walk(2)
    panel.list.tick()
    spoken = panel.list.item(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Mirel Thane, NPC, draft, 3 to check · From “Salt cities”, ticked"


def test_other_letters_do_nothing_and_ctrl_a_ticks_all(panel: QueuePanel) -> None:
    QTest.keyClick(panel.list, Qt.Key.Key_M)
    assert panel.list.currentRow() == 0
    QTest.keyClick(panel.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(panel.list.ticked) == 3
    QTest.keyClick(panel.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert panel.list.ticked == set()


def test_under_another_lens_nothing_waits(panel: QueuePanel, ctx: StudioContext, qtbot: QtBot) -> None:
    ctx.lens.set(audience="party")
    qtbot.waitUntil(lambda: not panel.list.rows)
    assert panel.pages.currentWidget() is panel.empty


def test_the_cursor_stays_on_its_entry_when_another_comes(
    panel: QueuePanel, ctx: StudioContext, qtbot: QtBot, run: Callable[..., Any]
) -> None:
    panel.list.walk(1)
    run(ctx.workspace.run(entities.create_entity, kind="npc", name="Somebody new"))
    qtbot.waitUntil(lambda: len(panel.list.rows) == 4)
    assert panel.list.rows[panel.list.currentRow()].name == "Port Ash"
    assert run(ctx.workspace.run(queue.counts)) == (4, 0)


def test_canon_that_changed_is_confirmed_with_the_key_that_makes_canon(
    ctx: StudioContext, panel: QueuePanel, made: list[RecordId], qtbot: QtBot
) -> None:
    run = ctx.workspace.run_now
    run(entities.set_status, [made[2]], "canon")
    run(entities.update_entity, made[2], {"summary": "Of ash"})
    panel.look_at("changed")
    qtbot.waitUntil(lambda: [row.name for row in panel.list.rows] == ["Ash Crown"])
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: panel.list.rows == [])
    assert run(lambda project: project.get(Entity, made[2])).status is Status.CANON
    assert panel.done == 1
