"""The commands of the Maps dock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.commands import Command

if TYPE_CHECKING:
    from studio.ui.maps.panel import MapPanel


def map_commands(panel: MapPanel) -> list[Command]:
    """Everything that the dock can do, for menus, palette and the page of keys."""
    shown = lambda: panel.page is not None  # noqa: E731
    edit = lambda: panel.page is not None and panel.page.image is not None and panel.may_edit  # noqa: E731
    pin = lambda: panel.chosen is not None and panel.may_edit  # noqa: E731

    def do(what: str) -> None:
        panel.ctx.shell.show_panel("maps")
        panel.act(what)

    def begin(mode: str) -> None:
        panel.ctx.shell.show_panel("maps")
        panel.begin(mode)  # pyright: ignore[reportArgumentType]

    return [
        Command("maps.new", "New map…", panel.new_map, "World", "", "Make a map of an image.", "map",
                enabled=lambda: panel.may_edit),
        Command("maps.locate", "Show on a map", lambda: panel.show_on_map(panel.last_selected), "World", "Alt+Shift+L",
                "Show the selected entry on the map that has a pin for it.", "map-pin",
                enabled=lambda: bool(panel.last_selected), reads=True),
        Command("maps.add_pin", "Add a pin", lambda: begin("place"), "World", "",
                "Put a pin on the map: the arrows move the cross, Enter sets it down.", "map-pin", enabled=edit),
        Command("maps.move_pin", "Move the pin with the keys", lambda: do("carry"), "World", "",
                "Carry the chosen pin with the arrow keys.", "map-pin", enabled=pin),
        Command("maps.edit_pin", "Edit the pin…", lambda: do("edit"), "World", "",
                "What the chosen pin stands for, its layer, its note, who sees it.", "pencil", enabled=pin),
        Command("maps.remove_pin", "Remove the pin", lambda: do("remove"), "World", "",
                "Take the chosen pin off the map; its entry stays.", "pin-off", enabled=pin),
        Command("maps.measure", "Measure a way", lambda: begin("measure"), "World", "",
                "Mark points along a way and read how long it is.", "ruler", enabled=shown, reads=True),
        Command("maps.scale", "Set the scale of the map…", lambda: begin("scale"), "World", "",
                "Mark two points and say how far apart they are.", "ruler", enabled=edit),
        Command("maps.add_layer", "New layer on the map…", panel.add_layer, "World", "",
                "Pins can lie in layers, which are shown or hidden together.", "layers", enabled=edit),
        Command("maps.up", "To the map around this one", panel.go_up, "World", "",
                "Show the map on which a pin leads to this one.", "arrow-up", enabled=shown, reads=True),
        Command("maps.fit", "Fit the map", panel.canvas.fit, "World", "",
                "Show the whole map.", "maximize-2", enabled=shown, reads=True),
    ]  # fmt: skip
