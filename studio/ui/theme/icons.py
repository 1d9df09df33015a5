"""Icons: vendored Lucide outlines, tinted when painted, so that they follow the theme by themselves."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImageReader, QPainter, QPixmap

from studio import resources_dir
from studio.ui.theme import look

_svg: dict[str, bytes] = {}
_pixmaps: dict[tuple[str, str, int, int], QPixmap] = {}


def svg_source(name: str) -> bytes:
    """The SVG of an icon, with `currentColor` still in it."""
    if name not in _svg:
        _svg[name] = (resources_dir() / "icons" / "lucide" / f"{name}.svg").read_bytes()
    return _svg[name]


def render(name: str, colour: str, width: int, height: int) -> QPixmap:
    """An icon drawn in one colour at a size in device pixels; kept, since the same few are painted over and over."""
    key = (name, colour, width, height)
    if key not in _pixmaps:
        data = QByteArray(svg_source(name).replace(b"currentColor", colour.encode()))
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer, QByteArray(b"svg"))
        reader.setScaledSize(QSize(width, height))
        _pixmaps[key] = QPixmap.fromImage(reader.read())
    return _pixmaps[key]


class TintedEngine(QIconEngine):
    """Paints one Lucide icon in a token's colour; asks for the colour each time it paints."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def clone(self) -> QIconEngine:
        return TintedEngine(self._name, self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
        pixmap = self.scaledPixmap(rect.size() * ratio, mode, state, ratio)
        painter.drawPixmap(rect, pixmap)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        side = max(1, min(size.width(), size.height()))
        pixmap = QPixmap(render(self._name, self._tint(mode), side, side))
        if size.width() > side:
            pixmap = _with_gap(pixmap, size)
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    def _tint(self, mode: QIcon.Mode) -> str:
        if mode == QIcon.Mode.Disabled:
            return look.tokens()["disabled"]
        if mode == QIcon.Mode.Selected and self._token == "text":
            return look.tokens()["on_selection"]
        if self._token.startswith("kind:"):
            return look.kind_colour(self._token[5:])
        return look.colour(self._token).name()


def _with_gap(drawn: QPixmap, size: QSize) -> QPixmap:
    """The icon at the left of a wider pixmap: how a button gets air between icon and text."""
    wide = QPixmap(size)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, (size.height() - drawn.height()) // 2, drawn)
    painter.end()
    return wide


def icon(name: str, token: str = "text") -> QIcon:
    """An icon by its Lucide name in the colour of a token (`text`, `on_accent`, …) or of a kind (`kind:npc`)."""
    return QIcon(TintedEngine(name, token))


def app_icon() -> QIcon:
    """The application's own icon."""
    return QIcon(str(resources_dir() / "icons" / "app.svg"))


def kind_icon(kind: str) -> QIcon:
    """The icon of a kind of record, in the kind's hue."""
    return icon(look.kind_icon(kind), f"kind:{kind}")


def pixmap(name: str, token: str = "text", *, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """An icon as a pixmap of `size` logical pixels, for painting by hand."""
    made = icon(name, token).pixmap(QSize(size, size), ratio)
    return made if not made.isNull() else QPixmap(size, size)
