"""The graph panel: follows what is selected, shows how it hangs together with the rest, as picture and as list."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from studio.domain.errors import NotFound
from studio.domain.events import Committed
from studio.domain.ids import RecordId
from studio.services.world import graph as graphs
from studio.services.world.graph import DEPTHS, Graph, Look
from studio.services.world.graph_layout import nearby
from studio.services.world.paths import path_between, told
from studio.ui.graph import export
from studio.ui.graph.bar import FilterButton, Legend, TargetField
from studio.ui.graph.canvas import GraphCanvas
from studio.ui.graph.commands import VIEWS, graph_commands
from studio.ui.graph.listing import GraphList
from studio.ui.kit import (
    Banner,
    ComboBox,
    EmptyState,
    FlowLayout,
    IconButton,
    IconMenuButton,
    build_menu,
    hbox,
    label,
    vbox,
)
from studio.ui.panel import Panel
from studio.ui.tasks import latest_task, ui_task
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from studio.services.world.graph_layout import Places
    from studio.services.world.paths import Step
    from studio.ui.commands import Command
    from studio.ui.context import StudioContext

WIDE, LOW = 640, 230
"""Where the list stands beside the picture, and where there is no room for a legend; in pixels at 100 %."""
AT_ONCE = 24
"""How many hidden neighbours one press draws."""
_MENU = frozenset({"graph.follow", "graph.more", "graph.centre", "graph.export_svg", "graph.export_png"})
_TITLED = frozenset({"entry", "blueprint", "recipe", "thread", "message"})


class GraphPanel(Panel):
    """Reads nothing while it is hidden. `current` is the entry that keys are about, `centre` the one in the middle."""

    title: ClassVar[str] = "Graph"
    icon: ClassVar[str] = "network"
    for_all_eyes: ClassVar[bool] = True

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.centre = ""
        self.graph: Graph | None = None
        self.steps = 2
        self.view = "picture"
        self.follows = True
        self.way: list[Step] = []
        self._unfolded: list[str] = []
        self._moved: set[str] = set()
        self._settled: Places = {}
        self._stale = False
        self._choices_old = True
        self._looked = False
        column = vbox(self, gap=0)
        column.addWidget(self._build_top())
        column.addWidget(self._build_way())
        self.hint = Banner(dismissible=False)
        column.addWidget(self.hint)
        column.addWidget(self._build_body(), 1)
        column.addWidget(self._build_foot())
        self._show_look(keep=False)
        self._show_page()
        self.listen(Committed, self._committed)
        self.follow(ctx.hub.selected, self._selected)
        self.follow(ctx.lens.changed, self._looked_otherwise)
        self.follow(ctx.theme.changed, self._restyle)
        self._recall()

    # ---- building ------------------------------------------------------------------------------------------------

    def _build_top(self) -> QWidget:
        self.top = QWidget()
        flow = FlowLayout(self.top, gap=6, margins=(10, 6, 10, 6))
        words = [(f"{depth} step{'s' * (depth > 1)}", depth) for depth in DEPTHS]
        self.depths = ComboBox("Depth", words, compact=True)
        self.depths.set_value(self.steps)
        self.depths.chosen.connect(lambda depth: self.set_depth(int(str(depth))))
        self.filter = FilterButton()
        self.filter.changed.connect(self.load)
        self.views = ComboBox("View", [(words, view) for view, words in VIEWS], compact=True)
        self.views.chosen.connect(lambda view: self.set_view(str(view)))
        self.target = TargetField(self.ctx.names, self.ctx.kinds)
        self.target.picked.connect(lambda record: self.show_path(record))
        fit = IconButton("maximize-2", "Fit the graph", lambda: self.canvas.fit(), key="Alt+0")
        self.more = IconMenuButton(fill=self._fill_menu, name="More for the graph")
        for widget in (self.depths, self.views, self.filter, self.target, fit, self.more):
            flow.addWidget(widget)
        return self.top

    def _build_way(self) -> QWidget:
        self._way_row = QWidget()
        row = hbox(self._way_row, margins=(12, 2, 8, 4), gap=6)
        self.way_words = label("", "label", wrap=True)
        self.way_words.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self.way_words, 1)
        row.addWidget(IconButton("x", "Clear the path", self.clear_path))
        self._way_row.hide()
        return self._way_row

    def _build_body(self) -> QWidget:
        self.canvas = GraphCanvas(self.ctx.theme.duration)
        self.list = GraphList()
        for shown in (self.canvas, self.list):
            shown.chosen.connect(self._chosen)
            shown.opened.connect(self._open)
            shown.centre_wanted.connect(self.put_in_the_middle)
            shown.more_wanted.connect(lambda record: self.unfold(record))
            shown.menu_wanted.connect(self._menu)
            shown.left.connect(self.clear_path)
        self.canvas.moved.connect(self._dragged)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.canvas)
        self.splitter.addWidget(self.list)
        self.splitter.setSizes([360, 240])
        self.nothing = EmptyState(
            "Select an entry in the World Bible, and what it is related to appears here: who, where, and how.",
            title="No entry selected", icon="network", action="Find an entry",
            on_action=lambda: self.ctx.commands.run("world.find"), key="Ctrl+P",
        )  # fmt: skip
        self.pages = QStackedWidget()
        self.pages.addWidget(self.splitter)
        self.pages.addWidget(self.nothing)
        return self.pages

    def _build_foot(self) -> QWidget:
        self.foot = QWidget()
        column = vbox(self.foot, margins=(12, 4, 12, 6), gap=2)
        self.legend = Legend()
        self.count = label("", "caption", wrap=True)
        column.addWidget(self.legend)
        column.addWidget(self.count)
        return self.foot

    def sizeHint(self) -> QSize:
        return QSize(look.px(420), look.px(440))

    # ---- what it shows -------------------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The entry that keys and commands are about."""
        return self.canvas.current if self.graph is not None else ""

    def commands(self) -> list[Command]:
        """Depth, view, path, export."""
        return graph_commands(self)

    def show_record(self, record_id: str, span: tuple[int, int] | None = None) -> None:
        """Put an entry into the middle."""
        self.put_in_the_middle(record_id)

    def put_in_the_middle(self, record_id: str) -> None:
        """Show what this entry is related to."""
        if record_id and record_id != self.centre:
            self.centre = record_id
            self._unfolded, self._moved = [], set()
            self._drop_way()
            self.load()

    def set_depth(self, depth: int) -> None:
        """Go so many steps outwards."""
        if depth != self.steps:
            self.steps = depth
            self._show_look()
            self.load()

    def set_view(self, view: str) -> None:
        """`picture`, `list`, or `both`."""
        self.view = view
        self._show_look()

    def flip_follow(self) -> None:
        """Follow what is selected elsewhere, or stay."""
        self.follows = not self.follows
        self._show_look()

    def _show_look(self, *, keep: bool = True) -> None:
        """Bring the controls in line with how the graph is looked at, and keep that for next time."""
        self.depths.set_value(self.steps)
        self.views.set_value(self.view)
        self.canvas.setVisible(self.view != "list")
        self.list.setVisible(self.view != "picture")
        self.ctx.commands.refresh()
        if keep:
            self._looked = True
            look_now = Look.model_validate({"depth": self.steps, "view": self.view, "follows": self.follows})
            self.ctx.workspace.submit(graphs.keep_look, look_now)

    @ui_task
    async def _recall(self) -> None:
        """Look at the graph as it was looked at last in this project."""
        kept = await self.ctx.workspace.run(graphs.last_look)
        if not self._looked:
            self.steps, self.view, self.follows = kept.depth, kept.view, kept.follows
            self._show_look(keep=False)

    def focus_first(self) -> None:
        """The picture or the list; the way to an entry where there is none yet."""
        if self.graph is None:
            (self.nothing.button or self.depths).setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            target = self.list if self.view == "list" else self.canvas
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.load()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stale = self._stale or self.graph is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look.px(WIDE)
        self.splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        self.foot.setVisible(self.graph is not None and self.height() >= look.px(LOW))

    def _show_page(self) -> None:
        there = self.graph is not None
        self.pages.setCurrentWidget(self.splitter if there else self.nothing)
        self.top.setVisible(there)
        self.foot.setVisible(there and self.height() >= look.px(LOW))
        if not there:
            self.hint.hide()

    # ---- following -----------------------------------------------------------------------------------------------

    def _selected(self, record_id: str, kind: str) -> None:
        if not self.follows or kind in _TITLED or record_id == self.current:
            return
        if self.graph is None or self.graph.centre != record_id:
            self.put_in_the_middle(record_id)
        else:
            self._choose(record_id)

    def _looked_otherwise(self) -> None:
        lens = self.ctx.lens.value
        self.filter.dated = lens.is_gm and lens.as_of is not None
        self._choices_old = True
        self._drop_way()
        if not self.isVisible():  # what other eyes saw must not flash up when it is shown again
            self.graph = None
            self._show_page()
        self.load()

    def _committed(self, event: Committed) -> None:
        self._choices_old = True
        if self.centre and event.kinds() - {"message", "thread", "artifact", "recipe", "recipe_version"}:
            self.load()

    def _restyle(self) -> None:
        self.canvas.restyle()
        if self.graph is not None:
            self.list.show_graph(self.graph, current=self.current)
            self.legend.show_graph(self.graph)

    # ---- loading -------------------------------------------------------------------------------------------------

    @latest_task
    async def load(self) -> None:
        """Read the graph, show it at once, then with better places, then with what isn't drawn counted."""
        self._stale = not self.isVisible()
        if not self.centre or self._stale:
            return
        run, only, lens = self.ctx.workspace.run, self.filter.only, self.ctx.lens.value
        keep = [*(step.id for step in self.way), *reversed(self._unfolded)]
        centre = RecordId(self.centre)
        try:
            graph = await run(
                graphs.neighbourhood, centre, depth=self.steps, only=only, keep=keep, count=False, lens=lens
            )
        except NotFound:
            self._lose()
            return
        fixed = self._show(graph)
        await self._settle(graph, fixed)
        if graph.uncounted:
            self._count(await run(graphs.counted, graph, only=only, lens=lens))
        if self._choices_old:
            self.filter.in_use = await run(graphs.in_use, lens=lens)
            self._choices_old = False

    def _lose(self) -> None:
        """The entry in the middle is gone, or may not be seen."""
        self.graph, self.centre = None, ""
        self._settled = {}
        self._drop_way()
        self._show_page()

    def _show(self, graph: Graph) -> set[str]:
        """Show a graph at once; gives the nodes that are to stay where they are."""
        before, old = self._settled, self.graph
        stays = old is not None and old.centre == graph.centre
        places = nearby(graph, before, room=len(old.nodes) if old else 0)
        kept = self.current if stays and graph.node(self.current) else graph.centre
        self.graph = graph
        self._show_page()
        self.canvas.show_graph(graph, places, current=kept, way=tuple(step.id for step in self.way))
        self.list.show_graph(graph, current=kept)
        self.legend.show_graph(graph)
        self._show_count()
        if not stays:
            name = graph.nodes[0].name
            self.ctx.announce(f"Graph of {name}: {len(graph.nodes) - 1} entries, {len(graph.edges)} relations")
        self._settled = places
        return {i for i in before if graph.node(i)} if stays else self._moved

    async def _settle(self, graph: Graph, fixed: set[str]) -> None:
        layouts = self.ctx.layouts
        if layouts is None or len(fixed) == len(graph.nodes):
            return
        found = await layouts.settle(graph, self._settled, fixed=fixed)
        if found is not None and self.graph is graph:
            self._settled = found
            self.canvas.glide_to(found)

    def _count(self, graph: Graph) -> None:
        self.graph = graph
        self.canvas.recount(graph)
        self.list.show_graph(graph, current=self.current)
        self._show_count()

    def _show_count(self) -> None:
        graph = self.graph
        if graph is None:
            return
        rest = sum(node.hidden for node in graph.nodes)
        entries = "1 entry" if len(graph.nodes) == 1 else f"{len(graph.nodes)} entries"
        relations = "1 relation" if len(graph.edges) == 1 else f"{len(graph.edges)} relations"
        further = f", {rest} more links lead further" if rest else ""
        self.count.setText(f"{entries}, {relations}{further}")
        name = graph.nodes[0].name
        if graph.edges:
            self.hint.hide()
        elif self.filter.only != graphs.EVERYTHING:
            self.hint.say(f"Nothing around {name} fits the filter.", action="Show everything",
                          on_action=lambda: self.filter.set_only(graphs.EVERYTHING))  # fmt: skip
        else:
            self.hint.say(f"{name} is related to nothing yet. Add a relation on its page.", action="Open it",
                          on_action=lambda: self._open(graph.centre))  # fmt: skip

    # ---- acting --------------------------------------------------------------------------------------------------

    def _choose(self, record_id: str) -> None:
        self.canvas.set_current(record_id)
        self.list.set_current(record_id)

    def _chosen(self, record_id: str) -> None:
        """A node was chosen here: the other half follows, and so does the rest of the window."""
        self._choose(record_id)
        self.ctx.announce(self.canvas.sentence(record_id))
        if (node := self.graph.node(record_id) if self.graph else None) is not None:
            self.ctx.hub.selected.emit(record_id, node.kind)

    def _open(self, record_id: str) -> None:
        if record_id:
            node = self.graph.node(record_id) if self.graph else None
            self.canvas.set_current(record_id)
            self.ctx.navigate(record_id, None, node.kind if node else "")

    def _dragged(self, record_id: str) -> None:
        self._moved.add(record_id)
        if self.canvas.picture is not None:
            self._settled = self.canvas.picture.places()

    @ui_task
    async def unfold(self, record_id: str) -> None:
        """Draw neighbours of an entry that aren't drawn yet, the best connected first."""
        graph = self.graph
        if graph is None or not record_id:
            return
        found = await self.ctx.workspace.run(
            graphs.more, RecordId(record_id), drawn=[node.id for node in graph.nodes], limit=AT_ONCE,
            only=self.filter.only, lens=self.ctx.lens.value,
        )  # fmt: skip
        if not found:
            self.ctx.announce("All its neighbours are drawn.")
            return
        self._unfolded += [one.id for one in found]
        self.ctx.announce(f"{len(found)} more drawn: {', '.join(one.name for one in found[:3])}")
        await self.load()

    def ask_for_path(self) -> None:
        """Go to the line in which the other end of a path is named."""
        self.ctx.shell.show_panel("graph", focus=False)
        self.target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @ui_task
    async def show_path(self, record_id: str) -> None:
        """Show the shortest way from the current entry to this one."""
        start = RecordId(self.current or self.centre)
        way = await self.ctx.workspace.run(
            path_between, start, RecordId(record_id), only=self.filter.only, lens=self.ctx.lens.value
        )
        if way is None:
            names = [named.text if (named := self.ctx.names.get(i)) else "it" for i in (start, record_id)]
            filtered = " through what the filter shows" if self.filter.only != graphs.EVERYTHING else ""
            self.ctx.toast(f"No relation leads from {names[0]} to {names[1]}{filtered}.")
            return
        self.way = way
        self.way_words.setText(told(way))
        self._way_row.show()
        self.ctx.announce(told(way))
        await self.load()

    def clear_path(self) -> None:
        """Show the graph without the path."""
        if self.way:
            self._drop_way()
            self.load()

    def _drop_way(self) -> None:
        self.way = []
        self._way_row.hide()

    # ---- outward -------------------------------------------------------------------------------------------------

    def _fill_menu(self, menu: Any) -> None:
        registry = self.ctx.commands
        registry.dim()
        menu.aboutToHide.connect(registry.wake, Qt.ConnectionType.SingleShotConnection)
        for command in graph_commands(self):
            if command.id.startswith(("graph.follow", "graph.more", "graph.centre", "graph.export")) and registry.get(
                command.id
            ):
                menu.addAction(registry.action(command.id))

    def _menu(self, record_id: str, at: QPoint) -> None:
        node = self.graph.node(record_id) if self.graph else None
        if node is None:
            return
        items: list[Any] = [("Open", lambda: self._open(record_id))]
        if record_id != self.centre:
            items += [
                ("Put into the middle", lambda: self.put_in_the_middle(record_id)),
                ("Show the path from the middle", lambda: self._path_from_the_middle(record_id)),
            ]
        if node.hidden:
            items.append((f"Draw {node.hidden} more neighbours", lambda: self.unfold(record_id)))
        menu = build_menu(self, items)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _path_from_the_middle(self, record_id: str) -> None:
        self._choose(self.centre)
        self.show_path(record_id)

    @ui_task
    async def export(self, form: str) -> None:
        """Ask for a place and write the picture there as `svg` or `png`."""
        picture = self.canvas.picture
        if picture is None or self.graph is None:
            return
        name = self.graph.nodes[0].name
        path = await self.ctx.shell.pick_save(
            f"Export the graph as {form.upper()}", suggested=f"{name}.{form}", filters=f"{form.upper()} (*.{form})"
        )
        if path is None:
            return
        if form == "svg":
            way = self.canvas.shown.way
            await asyncio.to_thread(export.write_drawing, path, picture.graph, picture.places(), export.ink(), way)
        else:
            await asyncio.to_thread(export.write_image, path, export.image(picture, self.canvas.shown))
        self.ctx.toast(f"The graph of {name} is in “{path.name}”.")
