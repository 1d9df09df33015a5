"""The graph dock: what it shows, how it follows, and that everything in it can be done by mouse, keys and list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from studio.services import names as all_names
from studio.services.world import entities
from studio.services.world.graph_layout import Places, rings
from studio.services.world.graph_svg import PAPER
from studio.services.world.lenses import day_of
from studio.services.world.reach import EVERYTHING, Only
from studio.services.world.relations import add_relation, remove_relation
from studio.ui.graph import GraphPanel
from studio.ui.graph.picture import Picture
from studio.ui.theme.tokens import FAMILY_LOOKS, KIND_LOOKS, THEMES, contrast

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.domain.ids import RecordId
    from studio.services.world.graph import Graph
    from studio.storage.project import Project
    from tests.ui.conftest import TestContext

PEOPLE = ("Mirel", "Toll Keepers", "Salt Road", "Moon Key", "Quay", "Ada")


def fill(project: Project) -> dict[str, RecordId]:
    """Mirel leads the Toll Keepers, who guard the Salt Road; she owns the Moon Key in secret. Ada stands alone."""
    kinds = ("npc", "faction", "location", "item", "location", "npc")
    made = {
        name: entities.create_entity(project, kind=kind, name=name).id for name, kind in zip(PEOPLE, kinds, strict=True)
    }
    entities.set_visibility(project, [made[name] for name in PEOPLE[:3]], "party")
    add_relation(project, made["Mirel"], "leads", made["Toll Keepers"], visibility="party")
    add_relation(project, made["Toll Keepers"], "guards", made["Salt Road"], visibility="party")
    add_relation(project, made["Mirel"], "owns", made["Moon Key"], certainty="rumour")
    add_relation(project, made["Salt Road"], "borders", made["Quay"])
    return made


class Dock:
    """The panel in a context, and how a test waits for it."""

    def __init__(self, ctx: TestContext, qtbot: QtBot, ids: dict[str, RecordId]) -> None:
        self.ctx, self.qtbot, self.ids = ctx, qtbot, ids
        self.panel = GraphPanel(ctx)
        self.commands = [command.id for command in self.panel.commands()]
        ctx.commands.add(*self.panel.commands())
        qtbot.addWidget(self.panel)
        self.panel.resize(900, 640)
        self.panel.show()
        qtbot.waitExposed(self.panel)

    def settle(self) -> None:
        task: Any = getattr(self.panel, "_latest_load", None)
        self.qtbot.waitUntil(lambda: task is None or task.done())
        again: Any = getattr(self.panel, "_latest_load", None)
        if again is not task:
            self.settle()

    def show(self, name: str) -> None:
        self.ctx.hub.selected.emit(self.ids[name], "npc")
        self.settle()

    @property
    def graph(self) -> Graph:
        assert self.panel.graph is not None
        return self.panel.graph

    def names(self) -> set[str]:
        return {node.name for node in self.graph.nodes}

    def at(self, name: str) -> QPoint:
        return self.panel.canvas.centre_of(self.ids[name]).toPoint()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.panel.canvas, key, modifier)


@pytest.fixture
def dock(ctx: TestContext, qtbot: QtBot) -> Dock:
    ids = ctx.workspace.run_now(fill)
    ctx.names.set_book(ctx.workspace.run_now(all_names.book))
    return Dock(ctx, qtbot, ids)


def test_without_a_selection_it_says_what_to_do(dock: Dock) -> None:
    assert dock.panel.nothing.isVisible()
    assert not dock.panel.top.isVisible()
    dock.show("Mirel")
    assert dock.panel.canvas.isVisible()
    assert not dock.ctx.errors


def test_it_follows_the_selection_unless_told_to_stay(dock: Dock) -> None:
    dock.show("Mirel")
    assert dock.graph.centre == dock.ids["Mirel"]
    assert dock.names() == {"Mirel", "Toll Keepers", "Salt Road", "Moon Key"}
    dock.show("Quay")
    assert dock.graph.centre == dock.ids["Quay"]
    dock.panel.flip_follow()
    dock.show("Mirel")
    assert dock.graph.centre == dock.ids["Quay"]


def test_it_reads_nothing_while_hidden_and_catches_up(dock: Dock) -> None:
    dock.panel.hide()
    dock.show("Mirel")
    assert dock.panel.graph is None
    dock.panel.show()
    dock.qtbot.waitUntil(lambda: dock.panel.graph is not None)


def test_depth_and_filter_narrow_it(dock: Dock) -> None:
    dock.show("Mirel")
    dock.ctx.commands.run("graph.depth_1")
    dock.settle()
    assert dock.names() == {"Mirel", "Toll Keepers", "Moon Key"}
    dock.ctx.commands.run("graph.depth_3")
    dock.settle()
    assert "Quay" in dock.names()
    dock.panel.filter.tick("kinds", "faction", on=True)
    dock.settle()
    assert dock.names() == {"Mirel", "Toll Keepers"}
    assert dock.panel.filter.text() == "Filter · 1"
    dock.panel.filter.set_only(Only(types=("owns",), certainties=("fact",)))
    dock.settle()
    assert dock.names() == {"Mirel"}
    assert dock.panel.hint.isVisible()
    dock.panel.filter.set_only(EVERYTHING)
    dock.settle()
    assert not dock.panel.hint.isVisible()


def test_the_filter_offers_what_the_world_has(dock: Dock) -> None:
    dock.show("Mirel")
    dock.qtbot.waitUntil(lambda: dock.panel.filter.in_use is not None)
    menu = dock.panel.filter.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    parts = {one.title(): [action.text() for action in one.actions()] for one in menu.findChildren(QMenu)}
    assert {"NPCs", "Factions", "Locations", "Items"} == set(parts["Kinds"])
    assert {"leads", "guards", "owns", "borders"} < set(parts["Relations"])
    assert "Prophecy" in parts["Certainty"]


def test_the_list_says_what_the_picture_shows(dock: Dock) -> None:
    dock.ctx.workspace.run_now(add_relation, dock.ids["Mirel"], "loves", dock.ids["Toll Keepers"], attitude=60)
    dock.show("Mirel")
    said = dict(dock.panel.list.texts())
    picture = dock.panel.canvas.picture
    assert picture is not None
    assert list(said) == [
        "Mirel  ·  NPC", "Toll Keepers  ·  Faction", "Moon Key  ·  Item", "Salt Road  ·  Location",
    ]  # fmt: skip
    for node, lines in zip(dock.graph.nodes, said.values(), strict=True):
        assert len(lines) == len(picture.edges_of[node.id]) + bool(node.hidden)
    assert "owns · rumour Moon Key" in said["Mirel  ·  NPC"]
    assert "loves Toll Keepers  (attitude +60)" in said["Mirel  ·  NPC"]
    assert "owned by · rumour Mirel" in said["Moon Key  ·  Item"]
    assert said["Salt Road  ·  Location"][-1] == "Draw 1 more"


def test_everything_can_be_done_from_the_list(dock: Dock) -> None:
    dock.ctx.commands.run("graph.depth_1")
    dock.show("Mirel")
    dock.ctx.commands.run("graph.view_list")
    listing = dock.panel.list
    assert listing.isVisible()
    assert not dock.panel.canvas.isVisible()
    dock.panel.focus_first()
    dock.qtbot.keyClicks(listing, "Toll")
    dock.qtbot.keyClick(listing, Qt.Key.Key_M)
    dock.qtbot.waitUntil(lambda: "Salt Road" in dock.names())
    opened: list[str] = []
    listing.opened.connect(opened.append)
    dock.qtbot.keyClick(listing, Qt.Key.Key_Return)
    assert opened == [dock.ids["Toll Keepers"]]
    dock.qtbot.keyClick(listing, Qt.Key.Key_Space)
    dock.settle()
    assert dock.graph.centre == dock.ids["Toll Keepers"]


def test_arrows_walk_along_relations_and_page_down_reaches_everything(dock: Dock) -> None:
    dock.show("Mirel")
    canvas = dock.panel.canvas
    canvas.setFocus()
    chosen: list[str] = []
    dock.ctx.hub.selected.connect(lambda record, _kind: chosen.append(record))
    picture = canvas.picture
    assert picture is not None
    picture.place({dock.ids[n]: p for n, p in (("Mirel", (0.5, 0.5)), ("Toll Keepers", (0.9, 0.5)),
                                               ("Salt Road", (0.9, 0.9)), ("Moon Key", (0.1, 0.5)))})  # fmt: skip
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Left):
        dock.key(key)
    names: dict[str, str] = {record: name for name, record in dock.ids.items()}
    assert [names[i] for i in chosen] == ["Toll Keepers", "Salt Road", "Toll Keepers", "Mirel", "Moon Key"]
    assert dock.graph.centre == dock.ids["Mirel"], "walking does not put another entry into the middle"
    chosen.clear()
    for _ in dock.graph.nodes:
        dock.key(Qt.Key.Key_PageDown)
    assert set(chosen) == {node.id for node in dock.graph.nodes}
    assert "NPC: leads Toll Keepers" in canvas.sentence(dock.ids["Mirel"])
    assert canvas.accessibleDescription() == canvas.sentence(canvas.current)


def test_keys_zoom_and_pan(dock: Dock) -> None:
    dock.show("Mirel")
    canvas = dock.panel.canvas
    before = canvas.zoom
    dock.key(Qt.Key.Key_Plus)
    assert canvas.zoom > before
    dock.key(Qt.Key.Key_Minus)
    assert canvas.zoom == pytest.approx(before)
    at = dock.at("Mirel")
    dock.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert dock.at("Mirel").x() < at.x()
    dock.key(Qt.Key.Key_0)
    assert all(canvas.rect().contains(dock.at(name)) for name in dock.names())


def test_the_wheel_zooms_around_the_pointer(dock: Dock) -> None:
    dock.show("Mirel")
    canvas = dock.panel.canvas
    before, at = canvas.zoom, dock.at("Moon Key")
    event = QWheelEvent(
        QPointF(at), canvas.mapToGlobal(QPointF(at)), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)
    assert canvas.zoom > before
    assert (dock.at("Moon Key") - at).manhattanLength() <= 2
    dock.qtbot.waitUntil(lambda: canvas._drawn is not None and canvas._drawn.unit == canvas._unit)


def test_a_click_selects_and_a_double_click_opens(dock: Dock) -> None:
    dock.show("Mirel")
    chosen: list[tuple[str, str]] = []
    dock.ctx.hub.selected.connect(lambda record, kind: chosen.append((record, kind)))
    opened: list[str] = []
    dock.panel.canvas.opened.connect(opened.append)
    dock.qtbot.mouseClick(dock.panel.canvas, Qt.MouseButton.LeftButton, pos=dock.at("Moon Key"))
    assert chosen == [(dock.ids["Moon Key"], "item")]
    assert dock.panel.list.current() == dock.ids["Moon Key"]
    dock.qtbot.mouseDClick(dock.panel.canvas, Qt.MouseButton.LeftButton, pos=dock.at("Moon Key"))
    assert opened == [dock.ids["Moon Key"]]
    assert dock.graph.centre == dock.ids["Mirel"]


def test_a_node_that_was_dragged_stays_where_it_was_put(dock: Dock) -> None:
    dock.show("Mirel")
    canvas = dock.panel.canvas
    start, by = dock.at("Moon Key"), QPoint(60, 45)
    dock.qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    dock.qtbot.mouseMove(canvas, start + by / 2)
    dock.qtbot.mouseMove(canvas, start + by)
    dock.qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + by)
    assert (dock.at("Moon Key") - (start + by)).manhattanLength() <= 2
    dock.panel.load()
    dock.settle()
    assert (dock.at("Moon Key") - (start + by)).manhattanLength() <= 2


def test_a_bubble_draws_what_was_hidden(dock: Dock) -> None:
    dock.ctx.commands.run("graph.depth_1")
    dock.show("Mirel")
    canvas = dock.panel.canvas
    area = canvas.frame().bubbles[dock.ids["Toll Keepers"]]
    dock.qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=(area.center() + canvas._origin).toPoint())
    dock.qtbot.waitUntil(lambda: "Salt Road" in dock.names())
    assert "1 more drawn: Salt Road" in dock.ctx.messages


def test_the_way_to_another_entry_is_told_and_drawn(dock: Dock) -> None:
    dock.ctx.commands.run("graph.depth_1")
    dock.show("Mirel")
    dock.panel.target.setText("quay")
    dock.qtbot.keyClick(dock.panel.target, Qt.Key.Key_Return)
    dock.qtbot.waitUntil(lambda: bool(dock.panel.way) and "Quay" in dock.names())
    told = "Mirel → leads → Toll Keepers → guards → Salt Road → borders → Quay"
    assert dock.panel.way_words.text() == told
    assert dock.panel.canvas.shown.way == tuple(dock.ids[n] for n in ("Mirel", "Toll Keepers", "Salt Road", "Quay"))
    dock.key(Qt.Key.Key_Escape)
    dock.settle()
    assert dock.names() == {"Mirel", "Toll Keepers", "Moon Key"}
    dock.panel.show_path(dock.ids["Ada"])
    dock.qtbot.waitUntil(lambda: "No relation leads from Mirel to Ada." in dock.ctx.messages)


def test_it_is_read_again_after_a_change_and_through_another_lens(dock: Dock) -> None:
    dock.show("Mirel")
    edge = next(e for e in dock.graph.edges if e.type == "owns")
    dock.ctx.tasks.start(dock.ctx.workspace.run(remove_relation, edge.id))
    dock.qtbot.waitUntil(lambda: "Moon Key" not in dock.names())
    dock.ctx.workspace.run_now(add_relation, dock.ids["Mirel"], "seeks", dock.ids["Moon Key"])
    dock.ctx.lens.set(audience="party")
    dock.settle()
    assert dock.names() == {"Mirel", "Toll Keepers", "Salt Road"}
    assert "Moon Key" not in str(dock.panel.list.texts())


def test_as_of_a_day_the_rest_is_left_out_or_drawn_faintly(dock: Dock) -> None:
    run = dock.ctx.workspace.run_now
    run(add_relation, dock.ids["Ada"], "loves", dock.ids["Quay"], valid_to={"year": 700})
    dock.show("Ada")
    assert dock.names() >= {"Ada", "Quay"}
    dock.ctx.lens.set(as_of=run(day_of, "720"))
    dock.settle()
    assert dock.names() == {"Ada"}
    assert dock.panel.filter.dated
    dock.panel.filter.set_only(Only(any_time=True))
    dock.settle()
    assert dock.names() >= {"Ada", "Quay"}
    lines = dict(dock.panel.list.texts())["Ada  ·  NPC"]
    assert lines == ["loves Quay  (until 700; not on this day)"]


def test_weak_ties_are_in_picture_list_and_legend(dock: Dock) -> None:
    dock.ctx.workspace.run_now(entities.update_entity, dock.ids["Moon Key"], {"body": "Opens the [[Salt Road]]."})
    dock.show("Mirel")
    assert "Link in a field or text" not in [one.text() for one in dock.panel.legend.findChildren(QLabel)]
    dock.panel.filter.set_only(Only(weak=True))
    dock.settle()
    assert "mentions Salt Road" in dict(dock.panel.list.texts())["Moon Key  ·  Item"]
    assert "Link in a field or text" in [one.text() for one in dock.panel.legend.findChildren(QLabel)]
    assert not dock.ctx.errors


def test_depth_view_and_following_are_as_they_were_left(dock: Dock) -> None:
    dock.panel.set_depth(3)
    dock.ctx.commands.run("graph.view_both")
    dock.panel.flip_follow()
    again = GraphPanel(dock.ctx)
    dock.qtbot.addWidget(again)
    dock.qtbot.waitUntil(lambda: (again.steps, again.view, again.follows) == (3, "both", False))
    assert (again.depths.value(), again.views.value()) == (3, "both")


def test_its_commands_work_through_every_lens(dock: Dock) -> None:
    assert all(command.reads for command in dock.panel.commands())


def test_an_entry_that_may_not_be_seen_leaves_nothing_behind(dock: Dock) -> None:
    dock.show("Moon Key")
    dock.ctx.lens.set(audience="party")
    dock.settle()
    assert dock.panel.graph is None
    assert dock.panel.nothing.isVisible()


def test_an_entry_without_relations_says_how_to_add_one(dock: Dock) -> None:
    dock.show("Ada")
    assert dock.panel.hint.text() == "Ada is related to nothing yet. Add a relation on its page."
    assert dock.panel.count.text() == "1 entry, 0 relations"


def test_better_places_come_from_the_engine_and_what_stood_stays(dock: Dock) -> None:
    class Engine:
        def __init__(self) -> None:
            self.asked: list[set[str]] = []

        async def settle(self, graph: Graph, start: Places, *, fixed: Any = ()) -> Places:
            self.asked.append(set(fixed))
            return {i: (x * 0.5, y * 0.5) for i, (x, y) in start.items()}

    engine: Any = Engine()
    dock.ctx.layouts = engine
    dock.ctx.theme.set(reduce_motion=True)
    dock.show("Mirel")
    picture = dock.panel.canvas.picture
    assert picture is not None
    first = rings(dock.graph)
    assert picture.places()[dock.graph.centre] == pytest.approx([v * 0.5 for v in first[dock.graph.centre]])
    assert engine.asked == [set()]
    dock.ctx.commands.run("graph.depth_3")
    dock.settle()
    assert engine.asked[-1] == {dock.ids[n] for n in ("Mirel", "Toll Keepers", "Salt Road", "Moon Key")}


def test_the_picture_is_exported_as_svg_and_png(dock: Dock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dock.show("Mirel")
    for form in ("svg", "png"):
        path = tmp_path / f"graph.{form}"

        async def pick(*_: object, path: Path = path, **__: object) -> Path:
            return path

        monkeypatch.setattr(dock.ctx.shell, "pick_save", pick, raising=False)
        dock.ctx.commands.run(f"graph.export_{form}")
        said = f"The graph of Mirel is in “{path.name}”."
        dock.qtbot.waitUntil(lambda said=said: bool(dock.ctx.errors) or said in dock.ctx.messages)
    assert not dock.ctx.errors
    root = ElementTree.parse(tmp_path / "graph.svg").getroot()
    assert "Toll Keepers" in ["".join(t.itertext()) for t in root.iter("{http://www.w3.org/2000/svg}text")]
    assert QImage(str(tmp_path / "graph.png")).width() > 200


def test_every_part_that_takes_the_focus_has_a_name(dock: Dock) -> None:
    dock.show("Mirel")
    dock.panel.set_view("both")
    for child in dock.panel.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible():
            named = child.accessibleName() or getattr(child, "text", str)()
            assert named, type(child).__name__


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
@pytest.mark.parametrize("size", [100, 200])
def test_it_is_drawn_in_every_theme_and_size(dock: Dock, look: str, size: int) -> None:
    dock.show("Mirel")
    dock.ctx.theme.set(theme=look, text_size=size)
    canvas = dock.panel.canvas
    canvas.clearFocus()
    image = canvas.grab().toImage()
    assert image.pixelColor(3, 3).name().upper() == THEMES[look]["canvas"]
    at = canvas.centre_of(dock.ids["Mirel"]) * image.devicePixelRatio()
    down = [image.pixelColor((at - QPointF(0, step)).toPoint()).name().upper() for step in range(90)]
    assert {THEMES[look]["focus"], THEMES[look]["surface"]} <= set(down)


def test_families_are_told_apart_from_the_ground_in_every_theme() -> None:
    for looks in FAMILY_LOOKS.values():
        for colour, theme in zip(looks, ("light", "dark", "contrast"), strict=True):
            assert contrast(colour, THEMES[theme]["canvas"]) >= 4.5


def test_drawings_without_a_window_have_the_colours_of_the_light_theme() -> None:
    light = THEMES["light"]
    assert (PAPER.canvas, PAPER.surface, PAPER.text, PAPER.muted, PAPER.accent) == tuple(
        light[token] for token in ("canvas", "surface", "text", "muted", "accent")
    )
    assert PAPER.families == {family: looks[0] for family, looks in FAMILY_LOOKS.items()}
    assert all(KIND_LOOKS[kind].light == colour for kind, colour in PAPER.kinds.items())


def test_an_arrow_key_leads_to_the_neighbour_in_its_direction(dock: Dock) -> None:
    dock.show("Mirel")
    ids = dock.ids
    picture = Picture(dock.graph, {ids["Mirel"]: (0.5, 0.5), ids["Toll Keepers"]: (0.5, 0.9),
                                   ids["Moon Key"]: (0.6, 0.1), ids["Salt Road"]: (0.55, 0.5)})  # fmt: skip
    towards: Callable[..., str] = picture.towards
    assert towards(ids["Mirel"], 0, 1) == ids["Toll Keepers"]
    assert towards(ids["Mirel"], 0, -1) == ids["Moon Key"]
    assert towards(ids["Mirel"], -1, 0) == ""
    assert towards(ids["Mirel"], 1, 0) != ids["Salt Road"], "nearer, but not related"
    assert picture.nearest((0, 0), 5) == ""
