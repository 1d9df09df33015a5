"""The Maps dock: one map at a time, as a picture and as lists; what changes elsewhere comes in by itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QWidget

from studio.domain import mapscale
from studio.domain.errors import NotFound, StudioError
from studio.domain.events import Committed
from studio.domain.ids import RecordId
from studio.services.world import map_pages
from studio.ui.images.taking import ImageDrop
from studio.ui.kit import ComboBox, EmptyState, FlowLayout, IconButton, IconMenuButton, MenuButton, hbox, label, vbox
from studio.ui.maps.acts import MapActs
from studio.ui.maps.canvas import MapCanvas
from studio.ui.maps.commands import map_commands
from studio.ui.maps.lists import MapLists
from studio.ui.tasks import latest_task, ui_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from studio.services.world.map_pages import MapPage, Named
    from studio.ui.commands import Command
    from studio.ui.context import StudioContext

_LAST = RecordId("last")
_HINTS = {
    "place": "Click where the pin goes, or move the cross with the arrow keys and press Enter. Esc stops.",
    "carry": "Move the pin with the arrow keys and press Enter to set it down. Esc puts it back.",
    "measure": "Click along the way, or use the arrow keys and Enter. Backspace takes a point back, Esc ends.",
    "scale": "Mark two points whose distance you know.",
}


class MapPanel(MapActs):
    """A map. What is done with it is in `MapActs`; here it is shown."""

    title = "Maps"
    icon = "map"
    handles: ClassVar[frozenset[str]] = frozenset()
    for_all_eyes: ClassVar[bool] = True

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.page: MapPage | None = None
        self.hidden_layers: set[str] = set()
        self._stale = True
        self._image = ""
        self._wanted = ""
        self._stack = QStackedWidget()
        vbox(self).addWidget(self._stack)
        self.empty = EmptyState(
            "A map is an image with pins on it. Drop an image here, or choose a file; pins then lead to your places.",
            title="No map yet", icon="map", action="New map…", on_action=self.new_map,
        )  # fmt: skip
        self._stack.addWidget(self.empty)
        self._build()
        self._connect()
        ImageDrop(self, self.take_images)
        self._reload_soon = QTimer(self, singleShot=True, interval=40)
        self._reload_soon.timeout.connect(lambda: self.reload())
        self.listen(Committed, self._committed)
        self.follow(ctx.theme.changed, self.canvas.update)
        self.follow(ctx.lens.changed, self._changed_lens)
        self.follow(ctx.hub.show_map, self.show_on_map)
        self.follow(ctx.hub.selected, self._selected_elsewhere)

    def _build(self) -> None:
        work = QWidget()
        column = vbox(work, margins=(8, 8, 8, 8), gap=6)
        top = hbox(gap=4)
        self.up = IconButton("arrow-up", "To the map around this one", self.go_up, key="Backspace")
        self.chooser = ComboBox("Map", [])
        self.more = IconMenuButton(fill=self.fill_more, name="More for this map")
        top.addWidget(self.up)
        top.addWidget(self.chooser, 1)
        self.new_button = IconButton("plus", "New map", self.new_map)
        top.addWidget(self.new_button)
        top.addWidget(self.more)
        column.addLayout(top)
        column.addLayout(self._tools())
        self.canvas = MapCanvas()
        self.lists = MapLists(self.ctx.kinds)
        self.hint = label("", "caption", wrap=True)
        self.split = split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        for widget, share in ((self.canvas, 3), (self.lists, 2)):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, share)
        column.addWidget(split, 1)
        column.addWidget(self.hint)
        self._stack.addWidget(work)
        self._work = work

    def _tools(self) -> FlowLayout:
        row = FlowLayout(gap=2)
        self.add_button = IconButton("map-pin", "Add a pin", lambda: self.begin("place"), key="A")
        self.measure_button = IconButton("ruler", "Measure a way", lambda: self.begin("measure"), key="R")
        self.layers_button = MenuButton(
            "Layers", fill=self._fill_layers, variant="ghost", compact=True, icon="layers", name="Layers"
        )
        row.addWidget(self.add_button)
        row.addWidget(self.measure_button)
        row.addWidget(self.layers_button)
        row.addWidget(IconButton("minus", "Zoom out", lambda: self.canvas.zoom_out(), key="-"))
        row.addWidget(IconButton("plus", "Zoom in", lambda: self.canvas.zoom_in(), key="+"))
        row.addWidget(IconButton("maximize-2", "Fit the map", lambda: self.canvas.fit(), key="0"))
        return row

    def _connect(self) -> None:
        canvas, pins = self.canvas, self.lists.pins
        self.chooser.chosen.connect(lambda map_id: self.load(str(map_id)))
        canvas.measured = self.measured
        canvas.chosen.connect(self._chosen_on_map)
        canvas.opened.connect(self.open_pin)
        canvas.dropped.connect(lambda pin, at: self.move_pin(pin, at))
        canvas.placed.connect(lambda at: self.place(at))
        canvas.given.connect(lambda record, at: self.pin_entity(record, at))
        canvas.scaled.connect(lambda a, b: self.scale_by(a, b))
        canvas.wanted.connect(self.act)
        canvas.menu_wanted.connect(self.pin_menu)
        canvas.mode_changed.connect(self._say_mode)
        canvas.marked.connect(self._say_mode)
        canvas.told.connect(self.ctx.announce)
        pins.chosen.connect(lambda pin: canvas.choose(pin, reveal=True))
        pins.wanted.connect(self.act)
        pins.menu_wanted.connect(lambda corner, pin: self.pin_menu(corner, None, pin))
        self.lists.unplaced.place_wanted.connect(self.take_up)

    def commands(self) -> list[Command]:
        return map_commands(self)

    # ---- showing -----------------------------------------------------------------------------------------------------

    @property
    def map_id(self) -> RecordId:
        """The map that shows, or nothing."""
        return self.page.map.id if self.page is not None else RecordId("")

    def show_record(self, record_id: str, span: tuple[int, int] | None = None) -> None:
        self.show_on_map(record_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lists lie under the map, or beside it where the dock is wide."""
        super().resizeEvent(event)
        wide = self.width() > self.height() * 1.15
        self.split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _committed(self, _event: Committed) -> None:
        self._stale = True
        if self.isVisible():
            self._reload_soon.start()

    def _changed_lens(self) -> None:
        self.canvas.stop()
        self._image = ""
        self._stale = True
        if self.isVisible():
            self.reload()

    @latest_task
    async def load(self, map_id: str) -> None:
        """Show another map."""
        self._wanted = map_id
        self.canvas.stop()
        await self._read()

    @latest_task
    async def reload(self) -> None:
        """Follow what changed."""
        await self._read()

    async def _read(self) -> None:
        self._stale = False
        run, lens = self.ctx.workspace.run, self.ctx.lens.value
        known = await run(map_pages.all_maps, lens)
        ids = [one.id for one in known]
        last = await run(map_pages.view, _LAST)
        wanted = next((one for one in (self._wanted, self.map_id, last) if one in ids), ids[0] if ids else "")
        if self._wanted != wanted:
            self._wanted = ""
        if not wanted:
            self._show_nothing()
            return
        try:
            page = await run(map_pages.map_page, RecordId(wanted), lens)
        except NotFound:
            self._show_nothing()
            return
        unplaced = await run(map_pages.unplaced, page.map.id, lens) if lens.is_gm else []
        if page.map.id != self.map_id:
            kept = await run(map_pages.view, page.map.id)
            self.hidden_layers = set(json.loads(kept)) if kept else set()
            await run(map_pages.keep_view, _LAST, page.map.id)
        if self._wanted in ("", wanted):
            self._wanted = ""
            self._show_page(page, known, unplaced)
            await self._show_image(page)

    def _show_nothing(self) -> None:
        self.page, self._image = None, ""
        self._stack.setCurrentWidget(self.empty)
        if self.empty.button is not None:
            self.empty.button.setVisible(self.may_edit)
        self.ctx.commands.refresh()

    def _show_page(self, page: MapPage, known: Sequence[Named], unplaced: Sequence[Named]) -> None:
        self.page = page
        editable = self.may_edit
        self.chooser.set_items([(one.name, one.id) for one in known])
        self.chooser.set_value(page.map.id)
        self.up.setVisible(bool(page.around))
        for button in (self.add_button, self.new_button):
            button.setEnabled(editable)
        self.layers_button.setText(f"Layers  {len(page.layers)}" if page.layers else "Layers")
        self.canvas.editable = editable
        self.canvas.setAccessibleName(f"Map: {page.map.name}, {len(page.pins)} pins")
        self.show_pins_on()
        self.lists.show_lists(page.pins, unplaced, selected=self.canvas.selected, editable=editable)
        self._stack.setCurrentWidget(self._work)
        self._say_mode()
        self.ctx.commands.refresh()

    def show_pins_on(self) -> None:
        """Draw the pins of the layers that are on."""
        if self.page is not None:
            self.canvas.set_rows([row for row in self.page.pins if row.pin.layer not in self.hidden_layers])

    async def _show_image(self, page: MapPage) -> None:
        if page.image is None:
            self._image = ""
            self.canvas.say("This map has no image yet. Drop one here, or choose a file from the menu above.")
            return
        if page.image.hash == self._image and self.canvas.has_image:
            return
        self._image = page.image.hash
        self.canvas.say("Loading…")
        try:
            levels = await self.ctx.pictures.whole(page.image.hash)
        except StudioError as error:
            self._image = ""
            self.canvas.say(str(error))
            return
        self.canvas.set_image(levels, QSize(page.image.width, page.image.height))
        self.canvas.choose(self.canvas.selected, reveal=True)

    def measured(self, points: Sequence[QPointF]) -> str:
        """The length of a path in words; without a scale in widths of the map."""
        if self.page is None:
            return ""
        widths = mapscale.path_length([(p.x(), p.y()) for p in points], aspect=self.page.aspect)
        if self.page.width is None:
            return f"{widths * 100:.0f} % of the map's width"
        return mapscale.said(widths * self.page.width, self.page.unit)

    def _say_mode(self) -> None:
        mode = self.canvas.mode
        words = _HINTS.get(mode, "")
        if mode == "measure" and len(self.canvas.path) > 1:
            words = f"{self.measured(self.canvas.path)}. {words}"
        if mode == "look" and self.page is not None and self.page.width is not None:
            words = f"The map is {mapscale.said(self.page.width, self.page.unit)} wide."
        if mode != "look" and words != self.hint.text():
            self.ctx.announce(words)
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    # ---- choosing ----------------------------------------------------------------------------------------------------

    def _chosen_on_map(self, pin_id: str) -> None:
        self.lists.pins.show_chosen(pin_id)
        row = self.canvas.row(pin_id)
        if row is not None:
            self.ctx.announce(f"{row.name}, {row.kind.replace('_', ' ')}" if row.kind else row.name)
            if row.pin.target_id:
                self.ctx.hub.selected.emit(row.pin.target_id, row.kind)
                self.ctx.navigate(row.pin.target_id, None, row.kind)

    def _selected_elsewhere(self, record_id: str, kind: str) -> None:
        """An entry was chosen in another pane: mark its pin, or show it if it is a map."""
        self.last_selected = record_id
        if not self.isVisible():
            return
        if kind == map_pages.MAP and record_id != self.map_id:
            self.load(record_id)
            return
        row = next((row for row in self.canvas.rows if row.pin.target_id == record_id), None)
        if row is not None and row.pin.id != self.canvas.selected:
            self.canvas.choose(row.pin.id, reveal=True)
            self.lists.pins.show_chosen(row.pin.id)

    @ui_task
    async def show_on_map(self, record_id: str) -> None:
        """Show a map, or a record on the map that has it."""
        found = await self.ctx.workspace.run(map_pages.map_of, RecordId(record_id), self.ctx.lens.value)
        if found is None:
            self.ctx.toast("This isn't on any map yet. Open a map and add a pin for it.")
            return
        self.ctx.shell.show_panel("maps", focus=False)
        await self.load(found)
        row = next((row for row in self.canvas.rows if row.pin.target_id == record_id), None)
        if row is not None:
            self.canvas.choose(row.pin.id, reveal=True)
            self.lists.pins.show_chosen(row.pin.id)

    def go_up(self) -> None:
        """Show the map on which a pin leads here."""
        if self.page is not None and self.page.around:
            self.load(self.page.around[0].id)

    # ---- layers ------------------------------------------------------------------------------------------------------

    def _fill_layers(self, menu: QMenu) -> None:
        for name in self.page.layers if self.page is not None else ():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(name not in self.hidden_layers)
            action.toggled.connect(lambda on, name=name: self.switch_layer(name, on=on))
        if self.may_edit:
            menu.addSeparator()
            menu.addAction("New layer…").triggered.connect(lambda: self.add_layer())
            for name in self.page.layers if self.page is not None else ():
                sub = menu.addMenu(f"Change “{name}”")
                sub.addAction("Rename…").triggered.connect(lambda *_, name=name: self.rename_layer(name))
                sub.addAction("Show its pins to the party").triggered.connect(
                    lambda *_, name=name: self.show_pins_to("party", layer=name)
                )
                sub.addAction("Remove").triggered.connect(lambda *_, name=name: self.remove_layer(name))

    def switch_layer(self, name: str, *, on: bool) -> None:
        """Show or hide a layer here; the world doesn't change by it."""
        (self.hidden_layers.discard if on else self.hidden_layers.add)(name)
        self.show_pins_on()
        self.ctx.workspace.submit(map_pages.keep_view, self.map_id, json.dumps(sorted(self.hidden_layers)))

    def focus_first(self) -> None:
        target = self.canvas if self.page is not None else self.empty.button
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def release(self) -> None:
        super().release()
        self._reload_soon.stop()
