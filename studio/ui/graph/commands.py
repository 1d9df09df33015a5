"""The commands of the graph: one list for menus, keys, palette and the context menu."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.services.world.graph import DEPTHS
from studio.ui.commands import Command
from studio.ui.graph.canvas import STEP

if TYPE_CHECKING:
    from studio.ui.graph.panel import GraphPanel

VIEWS = (("picture", "Picture"), ("both", "Both"), ("list", "List"))


def graph_commands(panel: GraphPanel) -> list[Command]:
    """All of them. Keys hold while the graph has the focus."""
    found = [*_looking(panel), *_acting(panel), *_outward(panel)]
    return [replace(command, reads=True) for command in found]


def _looking(panel: GraphPanel) -> list[Command]:
    there = lambda: panel.graph is not None  # noqa: E731
    depths = [
        Command(
            f"graph.depth_{depth}", f"Graph: {depth} {'step' if depth == 1 else 'steps'} deep",
            lambda depth=depth: panel.set_depth(depth), "World", f"Alt+{depth}",
            f"Show what is related within {depth} {'step' if depth == 1 else 'steps'}.", "network",
            checked=lambda depth=depth: panel.steps == depth, scope=panel,
        )
        for depth in DEPTHS
    ]  # fmt: skip
    views = [
        Command(
            f"graph.view_{view}", f"Graph as {said}", lambda view=view: panel.set_view(view), "World", "",
            "Choose between the picture, the list that says the same, and both.",
            "list-tree" if view == "list" else "network", checked=lambda view=view: panel.view == view,
        )
        for view, said in (("picture", "picture"), ("both", "picture and list"), ("list", "list"))
    ]  # fmt: skip
    return [
        *depths,
        *views,
        Command(
            "graph.follow", "Graph follows the selection", panel.flip_follow, "World", "",
            "Show another graph as soon as another entry is selected.", "pin", checked=lambda: panel.follows,
        ),
        Command(
            "graph.fit", "Fit the graph", panel.canvas.fit, "World", "Alt+0", "Show all of the picture.", "maximize-2",
            enabled=there, scope=panel,
        ),
        Command(
            "graph.zoom_in", "Zoom the graph in", lambda: panel.canvas.zoom_by(STEP), "World", "", "Also + and -.",
            "plus", enabled=there, in_menu=False,
        ),
        Command(
            "graph.zoom_out", "Zoom the graph out", lambda: panel.canvas.zoom_by(1 / STEP), "World", "",
            "Also + and -.", "minus", enabled=there, in_menu=False,
        ),
    ]  # fmt: skip


def _acting(panel: GraphPanel) -> list[Command]:
    some = lambda: bool(panel.current)  # noqa: E731
    return [
        Command(
            "graph.centre", "Put into the middle of the graph", lambda: panel.put_in_the_middle(panel.current),
            "World", "", "Show what the entry that is current in the graph is related to (Space).", "target",
            enabled=some,
        ),
        Command(
            "graph.more", "Draw more neighbours", lambda: panel.unfold(panel.current), "World", "",
            "Draw neighbours of the current entry that aren't drawn yet (M).", "plus", enabled=some,
        ),
        Command(
            "graph.path", "Path to another entry", panel.ask_for_path, "World", "Alt+P",
            "Show the shortest way from the current entry to one that you name.", "workflow", enabled=some,
            scope=panel,
        ),
        Command(
            "graph.clear_path", "Clear the path", panel.clear_path, "World", "", "Show the graph without the path.",
            "x", enabled=lambda: bool(panel.way), in_menu=False,
        ),
    ]  # fmt: skip


def _outward(panel: GraphPanel) -> list[Command]:
    there = lambda: panel.graph is not None  # noqa: E731
    return [
        Command(
            "graph.export_svg", "Export the graph as SVG…", lambda: panel.export("svg"), "World", "",
            "Write the picture as a drawing that scales.", "file-down", enabled=there,
        ),
        Command(
            "graph.export_png", "Export the graph as PNG…", lambda: panel.export("png"), "World", "",
            "Write the picture as an image.", "image", enabled=there,
        ),
    ]  # fmt: skip
