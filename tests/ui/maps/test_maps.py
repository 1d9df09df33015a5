"""The Maps dock: pins by mouse, by key and as a list; each change one commit; layers, scale, nesting, the lens."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.worldkit import Pin
from studio.services import history
from studio.services import names as all_names
from studio.services.world import entities, map_pages, maps
from studio.ui.context import StudioContext
from studio.ui.maps import MapPanel
from studio.ui.maps.sheets import PinSheet
from studio.ui.picking import ENTITY_MIME
from tests.support.images import png

Do = Callable[..., Any]
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class Shell:
    """Notes what the dock asks of the window."""

    def __init__(self) -> None:
        self.toasts: list[str] = []
        self.navigated: list[str] = []
        self.shown: list[str] = []
        self.files: list[Path] = []
        self.answer: str | None = "A name"

    def navigate(self, record_id: str, span: object = None, kind: str = "") -> None:
        self.navigated.append(record_id)

    def toast(self, text: str, undo: object = None, action: str = "Undo") -> None:
        self.toasts.append(text)

    def announce(self, text: str) -> None:
        self.toasts.append(text)

    def show_panel(self, panel_id: str, *, focus: bool = True) -> None:
        self.shown.append(panel_id)

    async def ask_text(
        self, title: str, *, label: str, text: str = "", action: str = "Save", hint: str = "", act: Any = None
    ) -> str | None:
        if act is not None and self.answer:
            await act(self.answer)
        return self.answer

    async def pick_open(self, title: str, *, filters: str = "", many: bool = False) -> list[Path]:
        return self.files


@pytest.fixture
def shell(ctx: StudioContext) -> Shell:
    made = Shell()
    ctx.shell = made  # pyright: ignore[reportAttributeAccessIssue]
    return made


@pytest.fixture
def do(ctx: StudioContext, run: Callable[..., Any]) -> Do:
    return lambda verb, *args, **named: run(ctx.workspace.run(verb, *args, **named))


@pytest.fixture
def world(ctx: StudioContext) -> dict[str, Any]:
    """A map with two pins, and a place that isn't on it."""
    run, found = ctx.workspace.run_now, {}
    for name in ("The Vale", "Port Ash", "Old Mill", "Far Keep"):
        found[name] = run(entities.create_entity, kind="location", name=name, visibility="party").id
    sheet = run(maps.create_map, name="Map of the Vale", image=("vale", png(400, 300)), shows=found["The Vale"])
    found["map"] = sheet.id
    found["mill"] = run(maps.add_pin, sheet.id, 0.25, 0.25, target_id=found["Old Mill"], layer="Towns").id
    found["port"] = run(maps.add_pin, sheet.id, 0.75, 0.75, target_id=found["Port Ash"]).id
    ctx.names.set_book(run(lambda p: _book(p)))
    return found


def _book(project: Any) -> Any:
    while not all_names.warm(project):
        pass
    return all_names.book(project)


@pytest.fixture
def panel(ctx: StudioContext, world: dict[str, Any], shell: Shell, qtbot: QtBot) -> Iterator[MapPanel]:
    made = MapPanel(ctx)
    qtbot.addWidget(made)
    ctx.commands.add(*made.commands())
    made.resize(520, 800)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.canvas.has_image)
    yield made
    made.release()


def spot(panel: MapPanel, x: float, y: float) -> QPoint:
    return panel.canvas.to_widget(QPointF(x, y)).toPoint()


def on_pin(panel: MapPanel, x: float, y: float) -> QPoint:
    """The middle of the sign of a pin that points to a place."""
    return spot(panel, x, y) - QPoint(0, 18)


def pin(ctx: StudioContext, pin_id: str) -> Pin:
    return ctx.workspace.run_now(lambda p: p.get(Pin, pin_id))


def commits(ctx: StudioContext) -> int:
    return ctx.workspace.run_now(lambda p: p.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0])


def test_a_click_on_a_pin_chooses_it_and_opens_its_entry(
    panel: MapPanel, world: dict[str, Any], shell: Shell, ctx: StudioContext
) -> None:
    told: list[tuple[str, str]] = []
    ctx.hub.selected.connect(lambda *pair: told.append(pair))
    QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, NONE, on_pin(panel, 0.75, 0.75))
    assert panel.canvas.selected == world["port"]
    assert shell.navigated == [world["Port Ash"]]
    assert told == [(world["Port Ash"], "location")]
    assert panel.lists.pins.key() == world["port"]
    QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, NONE, spot(panel, 0.5, 0.1))
    assert panel.canvas.selected == ""


def test_a_drag_of_a_pin_is_one_commit(
    panel: MapPanel, world: dict[str, Any], ctx: StudioContext, qtbot: QtBot, do: Do
) -> None:
    before, canvas = commits(ctx), panel.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NONE, on_pin(panel, 0.25, 0.25))
    for step in (0.3, 0.4, 0.5):
        drag(canvas, spot(panel, step, step))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NONE, spot(panel, 0.5, 0.5))
    qtbot.waitUntil(lambda: pin(ctx, world["mill"]).x == pytest.approx(0.5, abs=0.01))
    assert commits(ctx) == before + 1
    do(history.undo)
    assert (pin(ctx, world["mill"]).x, pin(ctx, world["mill"]).y) == (0.25, 0.25)


def drag(widget: QWidget, to: QPoint) -> None:
    left, none, where = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, QPointF(to)
    moved = QMouseEvent(QEvent.Type.MouseMove, where, widget.mapToGlobal(where), none, left, NONE)
    QApplication.sendEvent(widget, moved)


def test_a_pin_is_moved_by_keys_alone(panel: MapPanel, world: dict[str, Any], ctx: StudioContext, qtbot: QtBot) -> None:
    canvas = panel.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    assert canvas.selected == world["mill"]
    before = commits(ctx)
    QTest.keyClick(canvas, Qt.Key.Key_M)
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: commits(ctx) == before + 1)
    assert pin(ctx, world["mill"]).x > 0.4
    QTest.keyClick(canvas, Qt.Key.Key_M)
    QTest.keyClick(canvas, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert (canvas.mode, commits(ctx)) == ("look", before + 1)


def test_a_place_that_is_not_on_the_map_is_put_there_from_the_list(
    panel: MapPanel, world: dict[str, Any], ctx: StudioContext, qtbot: QtBot
) -> None:
    offered = panel.lists.unplaced
    assert [offered.item(n).text() for n in range(offered.count())] == ["Far Keep"]
    panel.lists.setCurrentIndex(1)
    offered.setFocus()
    offered.setCurrentRow(0)
    QTest.keyClick(offered, Qt.Key.Key_Return)
    assert panel.canvas.mode == "place"
    QTest.keyClick(panel.canvas, Qt.Key.Key_Up, SHIFT)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.canvas.rows) == 3)
    assert panel.chosen is not None
    assert panel.chosen.pin.target_id == world["Far Keep"]
    assert offered.count() == 0


def test_the_sheet_makes_a_pin_of_an_entry_of_words_or_of_a_new_entry(
    panel: MapPanel, world: dict[str, Any], ctx: StudioContext, qtbot: QtBot
) -> None:
    def ask(typed: str) -> PinSheet:
        panel.place(QPointF(0.5, 0.4))
        found: list[PinSheet] = []
        qtbot.waitUntil(lambda: bool(found) or _find(found))
        found[0].picker.set_text(typed)
        return found[0]

    def _find(found: list[PinSheet]) -> bool:
        found += [w for w in QApplication.topLevelWidgets() if isinstance(w, PinSheet) and w.isVisible()]
        return bool(found)

    ask("far keep").accept()
    qtbot.waitUntil(lambda: len(panel.canvas.rows) == 3)
    ask("Wreck of the Heron").accept()
    qtbot.waitUntil(lambda: len(panel.canvas.rows) == 4)
    ask("Sunken Gate").picker.make.emit("location", "Sunken Gate")
    qtbot.waitUntil(lambda: len(panel.canvas.rows) == 5)
    names = {row.name: bool(row.pin.target_id) for row in panel.canvas.rows}
    assert names == {"Old Mill": True, "Port Ash": True, "Far Keep": True, "Wreck of the Heron": False,
                     "Sunken Gate": True}  # fmt: skip


def test_an_entry_dragged_from_the_world_is_pinned_where_it_is_dropped(
    panel: MapPanel, world: dict[str, Any], qtbot: QtBot
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/x.md")])
    record = {"id": world["Far Keep"], "name": "Far Keep", "kind": "location"}
    mime.setData(ENTITY_MIME, QByteArray(json.dumps([record]).encode()))
    at, copy, left = spot(panel, 0.5, 0.5), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    QApplication.sendEvent(panel.canvas, QDragEnterEvent(at, copy, mime, left, NONE))
    QApplication.sendEvent(panel.canvas, QDropEvent(QPointF(at), copy, mime, left, NONE))
    qtbot.waitUntil(lambda: len(panel.canvas.rows) == 3)
    assert panel.canvas.row(panel.canvas.selected) is not None


def test_a_way_is_measured_once_the_scale_is_set(
    panel: MapPanel, ctx: StudioContext, world: dict[str, Any], qtbot: QtBot, do: Do
) -> None:
    canvas = panel.canvas
    panel.begin("measure")
    for x in (0.0, 0.5):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, NONE, spot(panel, x, 0.5))
    assert panel.hint.text().startswith("50 % of the map's width.")
    canvas.stop()
    do(maps.set_scale, world["map"], (0.0, 0.5), (1.0, 0.5), distance=80, unit="miles")
    qtbot.waitUntil(lambda: panel.hint.text() == "The map is 80 miles wide.")
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_R)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    for _ in range(4):
        QTest.keyClick(canvas, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert " miles. Click along the way" in panel.hint.text()
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    assert len(canvas.path) == 1


def test_layers_are_switched_without_a_commit_and_stay_so(
    panel: MapPanel, ctx: StudioContext, world: dict[str, Any], qtbot: QtBot
) -> None:
    before = commits(ctx)
    panel.switch_layer("Towns", on=False)
    assert [row.name for row in panel.canvas.rows] == ["Port Ash"]
    assert panel.lists.pins.count() == 2
    assert json.loads(ctx.workspace.run_now(map_pages.view, world["map"])) == ["Towns"]
    assert commits(ctx) == before


def test_a_pin_on_a_place_with_a_map_opens_it_and_there_is_a_way_back(
    panel: MapPanel, ctx: StudioContext, world: dict[str, Any], qtbot: QtBot, do: Do
) -> None:
    town = do(maps.create_map, name="Streets", image=("s", png(30, 30)), shows=world["Port Ash"]).id
    row = lambda: panel.canvas.row(world["port"])  # noqa: E731
    qtbot.waitUntil(lambda: (found := row()) is not None and found.opens == town)
    QTest.mouseDClick(panel.canvas, Qt.MouseButton.LeftButton, NONE, on_pin(panel, 0.75, 0.75))
    qtbot.waitUntil(lambda: panel.map_id == town)
    assert not panel.up.isHidden()
    panel.go_up()
    qtbot.waitUntil(lambda: panel.map_id == world["map"])


def test_the_map_that_is_asked_for_shows_while_the_dock_still_opens(
    ctx: StudioContext, world: dict[str, Any], shell: Shell, qtbot: QtBot
) -> None:
    other = ctx.workspace.run_now(maps.create_map, name="Under the mill", image=("mill", png(40, 30)))
    made = MapPanel(ctx)
    qtbot.addWidget(made)
    made.show()
    made.load(other.id)
    qtbot.waitUntil(lambda: made.canvas.has_image)
    qtbot.wait(50)
    assert made.map_id == other.id
    made.release()


def test_the_list_says_all_that_the_picture_shows(panel: MapPanel, world: dict[str, Any], shell: Shell) -> None:
    pins = panel.lists.pins
    said = [pins.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(pins.count())]
    assert said == [
        "Old Mill, Location, Towns, 25 % from the left, 25 % from the top",
        "Port Ash, Location, 75 % from the left, 75 % from the top",
    ]
    pins.setFocus()
    pins.setCurrentRow(1)
    assert panel.canvas.selected == world["port"]
    QTest.keyClick(pins, Qt.Key.Key_Return)
    assert shell.navigated == [world["Port Ash"]]


def test_a_pin_is_removed_by_key_and_comes_back(
    panel: MapPanel, world: dict[str, Any], ctx: StudioContext, qtbot: QtBot, do: Do
) -> None:
    panel.lists.pins.setFocus()
    panel.lists.pins.setCurrentRow(0)
    QTest.keyClick(panel.lists.pins, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(panel.canvas.rows) == 1)
    do(history.undo)
    qtbot.waitUntil(lambda: len(panel.canvas.rows) == 2)


def test_players_look_and_change_nothing(
    panel: MapPanel, ctx: StudioContext, world: dict[str, Any], qtbot: QtBot, do: Do
) -> None:
    do(maps.update_pin, world["port"], {"visibility": "gm"})
    ctx.lens.set(audience="party")
    qtbot.waitUntil(lambda: [row.name for row in panel.canvas.rows] == ["Old Mill"] and panel.canvas.has_image)
    assert not panel.canvas.editable
    assert not panel.add_button.isEnabled()
    assert not panel.lists.isTabVisible(1)
    before = commits(ctx)
    panel.canvas.setFocus()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_A, Qt.Key.Key_M, Qt.Key.Key_Delete):
        QTest.keyClick(panel.canvas, key)
    assert (panel.canvas.mode, commits(ctx)) == ("look", before)
    do(entities.set_visibility, [world["map"]], "gm")
    qtbot.waitUntil(lambda: panel.page is None)


def test_without_a_map_the_dock_says_what_to_do(ctx: StudioContext, shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    made = MapPanel(ctx)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    assert made.empty.isVisible()
    (tmp_path / "coast.png").write_bytes(png(60, 40))
    shell.files, shell.answer = [tmp_path / "coast.png"], "The Coast"
    assert made.empty.button is not None
    made.empty.button.click()
    qtbot.waitUntil(lambda: made.page is not None and made.canvas.has_image)
    assert made.chooser.currentText() == "The Coast"
    made.release()


def test_a_selection_elsewhere_marks_its_pin_and_shows_its_map(
    panel: MapPanel, ctx: StudioContext, world: dict[str, Any], qtbot: QtBot, shell: Shell
) -> None:
    ctx.hub.selected.emit(world["Old Mill"], "location")
    assert panel.canvas.selected == world["mill"]
    ctx.hub.show_map.emit(world["Far Keep"])
    qtbot.waitUntil(lambda: any("isn't on any map" in said for said in shell.toasts))
    ctx.hub.show_map.emit(world["The Vale"])
    qtbot.waitUntil(lambda: "maps" in shell.shown)
