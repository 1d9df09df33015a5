"""The picture of a graph as a file: SVG by the services' own writer, PNG as it is painted in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from studio.services.exchange.writing import whole_file
from studio.services.world import graph_svg
from studio.ui.graph.frame import Frame
from studio.ui.graph.stamps import Stamps
from studio.ui.theme import look
from studio.ui.theme.tokens import FAMILY_LOOKS, KIND_LOOKS

if TYPE_CHECKING:
    from pathlib import Path

    from studio.services.world.graph import Graph
    from studio.services.world.graph_layout import Places
    from studio.services.world.graph_svg import Ink
    from studio.ui.graph.frame import Shown
    from studio.ui.graph.picture import Picture

_SHARP, _LONGEST = 2.0, 8000


def ink() -> Ink:
    """The colours of the theme that is on, for a drawing."""
    tokens = look.tokens()
    return graph_svg.Ink(
        canvas=tokens["canvas"], surface=tokens["surface"], text=tokens["text"], muted=tokens["muted"],
        accent=tokens["accent"], kinds={kind: look.kind_colour(kind) for kind in KIND_LOOKS},
        families={family: look.family_colour(family) for family in FAMILY_LOOKS},
    )  # fmt: skip


def image(picture: Picture, shown: Shown) -> QImage:
    """The whole picture as an image, sharp enough to be printed, but never larger than 8,000 pixels a side."""
    left, top, right, bottom = picture.bounds()
    scale = look.scale()
    width, height = (right - left) * scale, (bottom - top) * scale
    ratio = min(_SHARP, _LONGEST / max(width, height))
    made = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(ratio)
    made.fill(look.colour("canvas"))
    painter = QPainter(made)
    painter.translate(-left * scale, -top * scale)
    frame = Frame(picture, Stamps(ratio), shown, scale, scale)
    frame.paint(painter, QRectF(left * scale, top * scale, width, height))
    painter.end()
    return made


def write_drawing(path: Path, graph: Graph, places: Places, colours: Ink, way: tuple[str, ...]) -> None:
    """Write a graph as SVG, whole or not at all. Blocks."""
    drawing = graph_svg.svg(graph, places, ink=colours, path=way)
    with whole_file(path) as partial:
        partial.write_text(drawing, encoding="utf-8")


def write_image(path: Path, made: QImage) -> None:
    """Write an image, whole or not at all. Blocks."""
    with whole_file(path) as partial:
        if not made.save(str(partial), "PNG"):  # pyright: ignore[reportCallIssue, reportArgumentType]
            raise OSError(5, "the image could not be written", str(path))
