"""What is done with a map: pins added, moved, changed and opened, layers, the scale, new maps from images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.ids import RecordId
from studio.services import history
from studio.services.world import maps, media
from studio.ui.images import taking
from studio.ui.kit import MenuItem, build_menu
from studio.ui.maps.sheets import AUDIENCES, PinSheet, ask_scale
from studio.ui.panel import Panel
from studio.ui.tasks import ui_task

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtWidgets import QMenu

    from studio.domain.worldkit import Pin
    from studio.services.world.map_pages import MapPage, PinRow
    from studio.ui.images.taking import Offer
    from studio.ui.maps.canvas import MapCanvas, Mode
    from studio.ui.maps.sheets import PinAnswer


class MapActs(Panel):
    """The verbs of the dock. `page` and `canvas` come from the panel itself."""

    page: MapPage | None
    canvas: MapCanvas
    last_selected: str = ""
    _taken_up: tuple[str, str] | None = None

    @property
    def map_id(self) -> RecordId:
        """The map that shows."""
        raise NotImplementedError

    @property
    def may_edit(self) -> bool:
        """Whether this is the game master's own view: nothing is changed through other eyes, or in the past."""
        return self.ctx.lens.value.is_own

    @property
    def chosen(self) -> PinRow | None:
        """The pin that is chosen."""
        return self.canvas.row(self.canvas.selected)

    def act(self, what: str) -> None:
        """Do what a key asks for."""
        row = self.chosen
        if what in ("add", "measure"):
            self.begin("place" if what == "add" else "measure")
        elif what == "up":
            self.go_up()
        elif row is not None and what == "open":
            self.open_pin(row.pin.id)
        elif row is not None and self.may_edit:
            {"carry": lambda: self.begin("carry"), "remove": lambda: self.remove_pin(row.pin.id),
             "edit": lambda: self.edit_pin(row.pin.id)}[what]()  # fmt: skip

    def go_up(self) -> None:
        """Show the map around this one."""

    def begin(self, mode: Mode) -> None:
        """Take up the crosshair."""
        if self.page is None or self.page.image is None or (mode != "measure" and not self.may_edit):
            return
        if mode != "place":
            self._taken_up = None
        self.canvas.start(mode)

    def take_up(self, record_id: str, name: str) -> None:
        """Take an entry up, to put it down on the map."""
        self._taken_up = (record_id, name)
        self.begin("place")

    # ---- pins --------------------------------------------------------------------------------------------------------

    @ui_task
    async def place(self, at: QPointF) -> None:
        """Put down what was taken up, or ask what the new pin stands for."""
        taken, self._taken_up = self._taken_up, None
        if taken is not None:
            await self._pinned(taken[0], at)
            return
        page = self.page
        if page is None or not self.may_edit:
            return
        sheet = PinSheet(self.ctx, self, page.layers)
        await sheet.ask(lambda: self._pin_new(page.map.id, sheet.answer(), at))

    async def _pin_new(self, map_id: RecordId, answer: PinAnswer, at: QPointF) -> None:
        run, x, y = self.ctx.workspace.run, at.x(), at.y()
        if answer.make:
            made = await run(maps.create_pinned, map_id, x, y, kind=answer.make, name=answer.entry,
                             layer=answer.layer)  # fmt: skip
        else:
            target = RecordId(answer.target_id) if answer.target_id else None
            made = await run(maps.add_pin, map_id, x, y, target_id=target, name=answer.name, layer=answer.layer,
                             note=answer.note)  # fmt: skip
        self._say_pinned(made)

    @ui_task
    async def pin_entity(self, record_id: str, at: QPointF) -> None:
        """Put an entry on the map."""
        await self._pinned(record_id, at)

    async def _pinned(self, record_id: str, at: QPointF) -> None:
        if self.page is not None and self.may_edit:
            run, target = self.ctx.workspace.run, RecordId(record_id)
            self._say_pinned(await run(maps.add_pin, self.page.map.id, at.x(), at.y(), target_id=target))

    def _say_pinned(self, pin: Pin) -> None:
        self.canvas.selected = pin.id
        self.ctx.toast("Pinned.", self.take_back)

    @ui_task
    async def take_back(self) -> None:
        """Undo, from a toast."""
        await self.ctx.workspace.run(history.undo)

    @ui_task
    async def move_pin(self, pin_id: str, at: QPointF) -> None:
        """Put a pin down somewhere else."""
        if self.may_edit:
            await self.ctx.workspace.run(maps.move_pin, RecordId(pin_id), at.x(), at.y())

    @ui_task
    async def edit_pin(self, pin_id: str) -> None:
        """Change what a pin stands for, its layer, its note, who sees it."""
        row, page = self.canvas.row(pin_id), self.page
        if row is None or page is None:
            return
        sheet = PinSheet(self.ctx, self, page.layers, row=row)
        await sheet.ask(lambda: self._change_pin(pin_id, sheet.answer()))

    async def _change_pin(self, pin_id: str, answer: PinAnswer) -> None:
        changes = {"target_id": answer.target_id or None, "name": answer.name, "layer": answer.layer,
                   "note": answer.note, "visibility": answer.visibility}  # fmt: skip
        await self.ctx.workspace.run(maps.update_pin, RecordId(pin_id), changes)

    @ui_task
    async def change_pin(self, pin_id: str, changes: dict[str, str]) -> None:
        """Change one thing about a pin."""
        await self.ctx.workspace.run(maps.update_pin, RecordId(pin_id), changes)

    @ui_task
    async def remove_pin(self, pin_id: str) -> None:
        """Take a pin off the map."""
        row = self.canvas.row(pin_id)
        await self.ctx.workspace.run(maps.remove_pin, RecordId(pin_id))
        self.ctx.toast(f"Removed the pin of “{row.name}”." if row else "Pin removed.", self.take_back)

    def open_pin(self, pin_id: str) -> None:
        """Go where a pin leads: its map, else its entry."""
        row = self.canvas.row(pin_id)
        if row is not None and row.opens:
            self.show_record(row.opens)
        elif row is not None and row.pin.target_id:
            self.ctx.navigate(row.pin.target_id, None, row.kind)

    def pin_menu(self, corner: QPoint, at: QPointF | None, pin_id: str) -> None:
        """What can be done with a pin, or at a place without one."""
        row = self.canvas.row(pin_id)
        items = self._pin_items(row) if row is not None else self._place_items(at)
        menu = build_menu(self, items)
        if row is not None and self.may_edit:
            self._add_submenus(menu, row)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(corner)

    def _pin_items(self, row: PinRow) -> list[MenuItem]:
        pin = row.pin
        items: list[MenuItem] = []
        if row.opens is not None:
            items.append(("Open its map\tEnter", lambda: self.open_pin(pin.id)))
        if pin.target_id:
            items.append(("Open the entry", lambda: self.ctx.navigate(pin.target_id or "", None, row.kind)))
        if self.may_edit:
            items += [
                ("Edit…\tF2", lambda: self.edit_pin(pin.id)),
                ("Move with the keys\tM", lambda: self.begin("carry")),
                None,
                ("Remove the pin\tDel", lambda: self.remove_pin(pin.id)),
            ]
        return items

    def _add_submenus(self, menu: QMenu, row: PinRow) -> None:
        layers = menu.addMenu("Layer")
        for name in ("", *(self.page.layers if self.page is not None else ())):
            action = layers.addAction(name or "No layer")
            action.setCheckable(True)
            action.setChecked(row.pin.layer == name)
            action.triggered.connect(lambda *_, name=name: self.change_pin(row.pin.id, {"layer": name}))
        open_to = menu.addMenu("Open to")
        for words, value in AUDIENCES:
            action = open_to.addAction(words)
            action.setCheckable(True)
            action.setChecked(row.pin.visibility == value)
            action.triggered.connect(lambda *_, value=value: self.change_pin(row.pin.id, {"visibility": value}))

    def _place_items(self, at: QPointF | None) -> list[MenuItem]:
        items: list[MenuItem] = [("Measure from here\tR", lambda: self.measure_from(at))]
        if self.may_edit and at is not None:
            items.insert(0, ("Add a pin here…\tA", lambda: self.place(at)))
        return items

    def measure_from(self, at: QPointF | None) -> None:
        """Start a path at a place."""
        self.begin("measure")
        if at is not None:
            self.canvas.path.append(at)

    # ---- layers and scale --------------------------------------------------------------------------------------------

    @ui_task
    async def add_layer(self) -> None:
        """Ask for the name of a new layer."""
        map_id, run = self.map_id, self.ctx.workspace.run
        await self.ctx.shell.ask_text(
            "New layer", label="Name", action="Add", act=lambda name: run(maps.add_layer, map_id, name)
        )

    @ui_task
    async def rename_layer(self, old: str) -> None:
        """Ask for another name of a layer."""
        map_id, run = self.map_id, self.ctx.workspace.run
        await self.ctx.shell.ask_text(
            "Rename layer", label="Name", text=old, action="Rename",
            act=lambda name: run(maps.rename_layer, map_id, old, name),
        )  # fmt: skip

    @ui_task
    async def remove_layer(self, name: str) -> None:
        """Take a layer away; its pins stay."""
        await self.ctx.workspace.run(maps.remove_layer, self.map_id, name)
        self.ctx.toast(f"Removed the layer “{name}”. Its pins stay.", self.take_back)

    @ui_task
    async def show_pins_to(self, audience: str, *, layer: str | None = None) -> None:
        """Open the pins of the map or of a layer."""
        count = await self.ctx.workspace.run(maps.show_pins, self.map_id, audience, layer=layer)
        words = "1 pin" if count == 1 else f"{count} pins"
        self.ctx.toast(f"Changed {words}." if count else "They are so already.", self.take_back if count else None)

    @ui_task
    async def scale_by(self, start: QPointF, end: QPointF) -> None:
        """Ask how far two points lie apart, and keep it."""
        page = self.page
        if page is None:
            return

        async def keep(distance: float, unit: str) -> None:
            ends = (start.x(), start.y()), (end.x(), end.y())
            await self.ctx.workspace.run(maps.set_scale, page.map.id, *ends, distance=distance, unit=unit)
            self.ctx.toast("The scale is set.", self.take_back)

        await ask_scale(self, page.unit, keep)

    # ---- maps --------------------------------------------------------------------------------------------------------

    @ui_task
    async def new_map(self) -> None:
        """Ask for an image and a name."""
        if self.may_edit and (files := await self.ctx.shell.pick_open("Image of the map", filters=taking.FILTER)):
            await self._make_map(files)

    @ui_task
    async def take_images(self, offer: Offer) -> None:
        """An image was dropped: it becomes the image of a map that has none, else a map of its own."""
        page = self.page
        if not self.may_edit:
            return
        if page is not None and page.image is None:
            await self.ctx.workspace.run(media.attach_new, page.map.id, await taking.read(offer))
        else:
            await self._make_map(offer)

    async def _make_map(self, offer: Offer) -> None:
        found = await taking.read(offer)
        made = None
        for name, data in found:
            title = await self.ctx.shell.ask_text("New map", label="Name of the map", text=name, action="Make the map")
            if title:
                made = await self.ctx.workspace.run(maps.create_map, name=title, image=(title, data))
        if made is not None:
            self.ctx.toast(f"Made the map “{made.name}”.", self.take_back)
            self.show_record(made.id)

    @ui_task
    async def choose_image(self) -> None:
        """Give the map another image; the one that it has stays behind it."""
        if files := await self.ctx.shell.pick_open("Image of the map", filters=taking.FILTER):
            await self.ctx.workspace.run(media.attach_new, self.map_id, await taking.read(files), at=0)

    def open_entry(self) -> None:
        """Show the map's own page."""
        if self.page is not None:
            self.ctx.navigate(self.page.map.id, None, "map")

    def fill_more(self, menu: QMenu) -> None:
        """The menu of the map."""
        acts = [("Open its page", self.open_entry)]
        if self.may_edit:
            acts += [
                ("Set the scale…", lambda: self.begin("scale")),
                ("Choose its image…", self.choose_image),
                ("Show all pins to the party", lambda: self.show_pins_to("party")),
                ("Keep all pins to the game master", lambda: self.show_pins_to("gm")),
            ]
        for words, call in acts:
            menu.addAction(words).triggered.connect(lambda *_, call=call: call())
