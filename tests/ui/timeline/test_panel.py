"""The timeline panel: three views of the same dates, by keys and by mouse; a drag is one change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from studio.services import history
from studio.services.world import calendars, entities
from studio.ui.timeline import TimelinePanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from studio.services.workspace import Workspace
    from tests.ui.conftest import TestContext

KEY = Qt.Key


def fill(workspace: Workspace) -> None:
    workspace.run_now(calendars.add_preset, "hearthfold")
    for name, start, end in (
        ("Siege of the Ford", "3 Lark 812", "9 Lark 812"),
        ("Oath at Veyra", "20 Must 815", ""),
        ("The Flood", "c. 640", ""),
    ):
        workspace.run_now(entities.create_entity, kind="event", name=name, fields={"start": start, "end": end})
    workspace.run_now(entities.create_entity, kind="npc", name="Mirel", fields={"birth": "790"}, visibility="party")


@pytest.fixture
def panel(qtbot: QtBot, ctx: TestContext, workspace: Workspace) -> TimelinePanel:
    fill(workspace)
    ctx.calendars.set(workspace.run_now(calendars.loaded))
    made = TimelinePanel(ctx)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    qtbot.waitUntil(lambda: len(made.data.items) == 4)
    return made


def press(panel: TimelinePanel, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(panel.canvas, key)


def test_without_dates_the_place_teaches(qtbot: QtBot, ctx: TestContext) -> None:
    made = TimelinePanel(ctx)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.pages.currentWidget() is made.empty)
    assert "spring 812" in made.empty.sentence.text()


def test_the_views_show_the_same_dates(panel: TimelinePanel) -> None:
    titles = ["The Flood", "Mirel: birth", "Siege of the Ford", "Oath at Veyra"]
    assert [item.title for item in panel.canvas.items] == titles
    model = panel.list.list_model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [model.index(row).data() for row in range(model.rowCount())] == titles
    said = model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "3 Lark 812 – 9 Lark 812: Siege of the Ford, 3 Lark 812 – 9 Lark 812 · Event"
    panel.months.go_to(panel.data.items[2].lo)
    assert [words for _, words in panel.months.sheet.sheet_model.marks[panel.data.items[2].lo]] == ["Siege of the Ford"]
    assert panel.months.list.count() == 1


def test_the_line_is_walked_by_keys(panel: TimelinePanel, ctx: TestContext) -> None:
    press(panel, KEY.Key_Home, KEY.Key_Right)
    assert panel.current is not None
    assert panel.current.title == "Siege of the Ford"
    assert ctx.messages[-1] == "Siege of the Ford, 3 Lark 812 – 9 Lark 812"
    press(panel, KEY.Key_Down)
    assert panel.current.title == "Mirel: birth"
    press(panel, KEY.Key_End)
    assert panel.current.title == "Oath at Veyra"
    before = panel.canvas.scale.per_day
    press(panel, KEY.Key_Plus, KEY.Key_Plus)
    assert panel.canvas.scale.per_day > before
    press(panel, KEY.Key_0)
    assert panel.canvas.scale.per_day == pytest.approx(before)


def test_enter_opens_what_is_chosen(panel: TimelinePanel, ctx: TestContext, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, str]] = []
    monkeypatch.setattr(ctx.shell, "navigate", lambda record, span=None, kind="": opened.append((record, kind)))
    press(panel, KEY.Key_Home, KEY.Key_Return)
    assert opened == [(panel.data.items[0].id, "event")]


def test_a_drag_moves_an_event_with_one_change(panel: TimelinePanel, workspace: Workspace, qtbot: QtBot) -> None:
    siege = panel.data.items[2]
    panel.canvas.go_to(siege.lo, siege.hi)
    placed = next(p for _, laid, _ in panel.canvas._laid for p in laid.placed if p.item == siege)
    y = next(y for _, laid, y in panel.canvas._laid if placed in laid.placed) + panel.canvas._brush_now().row + 10
    start = QPointF(placed.x + 20, y).toPoint()
    end = QPointF(placed.x + 20 + 5 * panel.canvas.scale.per_day, y).toPoint()
    QTest.mousePress(panel.canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(panel.canvas, end)
    QTest.mouseRelease(panel.canvas, Qt.MouseButton.LeftButton, pos=end)
    qtbot.waitUntil(lambda: panel.data.items[2].words == "8 Lark 812 – 14 Lark 812")
    workspace.run_now(history.undo)
    qtbot.waitUntil(lambda: panel.data.items[2].words == "3 Lark 812 – 9 Lark 812")


def test_an_event_is_moved_to_typed_words(
    panel: TimelinePanel, ctx: TestContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answer(*_args: Any, act: Callable[[str], Any], **_named: Any) -> str:
        await act("1 Sap 900")
        return "1 Sap 900"

    monkeypatch.setattr(ctx.shell, "ask_text", answer)
    press(panel, KEY.Key_End, KEY.Key_M)
    qtbot.waitUntil(lambda: panel.data.items[3].words == "1 Sap 900")
    assert "Moved “Oath at Veyra” to 1 Sap 900" in ctx.messages


def test_the_lens_hides_and_stops_moving(panel: TimelinePanel, ctx: TestContext, qtbot: QtBot) -> None:
    ctx.lens.set(audience="party")
    qtbot.waitUntil(lambda: [item.title for item in panel.data.items] == ["Mirel: birth"])
    qtbot.waitUntil(lambda: not panel.canvas.may_move)
    ctx.lens.set(audience="gm", as_of=1000)
    qtbot.waitUntil(lambda: len(panel.data.items) == 4)
    assert panel.canvas.as_of == 1000


def test_the_chosen_date_becomes_the_day_of_the_lens(panel: TimelinePanel, ctx: TestContext) -> None:
    press(panel, KEY.Key_End)
    panel.look_as_of(panel.current)
    assert ctx.lens.value.as_of == panel.data.items[3].hi


def test_a_filter_and_a_date_lead_to_what_is_sought(panel: TimelinePanel, qtbot: QtBot) -> None:
    panel.filter.setText("siege")
    qtbot.waitUntil(lambda: [item.title for item in panel.canvas.items] == ["Siege of the Ford"])
    panel.set_view("months")
    panel.goto.setText("Kindling 700")
    QTest.keyClick(panel.goto, KEY.Key_Return)
    assert panel.months.head.title.text() == "Lark 700 · Years of the Fold"


def test_lanes_are_put_together_otherwise(panel: TimelinePanel) -> None:
    assert [lane.title for lane in panel.canvas.lanes] == ["Events", "NPCs"]
    panel.canvas.set_group("place")
    assert [lane.title for lane in panel.canvas.lanes] == ["No place"]


def test_the_focus_goes_on_into_the_view_that_is_chosen(panel: TimelinePanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    panel.focus_first()
    qtbot.waitUntil(panel.canvas.hasFocus)
    panel.set_view("months")
    assert panel.months.sheet.hasFocus()
    panel.set_view("list")
    assert panel.list.hasFocus()
    panel.views.setFocus()
    panel.set_view("line")
    assert panel.views.hasFocus(), "who chooses in the box stays there"


def test_the_tools_of_the_timeline_leave_the_room_to_its_days(panel: TimelinePanel, qtbot: QtBot) -> None:
    panel.resize(760, 400)
    qtbot.waitUntil(lambda: panel.canvas.height() > 300)
    box = panel.groups
    assert box.width() >= box.fontMetrics().horizontalAdvance("Lanes by location") + 24
