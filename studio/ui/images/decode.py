"""From the bytes of an image to pixels: slow, so for a thread. The header is checked again before it starts."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from studio.domain.errors import Invalid
from studio.domain.imagefile import sniff

MEMORY_MB = 512
"""What Qt may allocate for one image; the largest that is let in takes 400."""
VIEW_PIXELS = 40_000_000
"""Most pixels that are kept of an image on show; a larger one is drawn a little coarser at its own size."""


def decode(data: bytes, *, side: int = 0) -> QImage:
    """The image, turned as EXIF says, within a square of `side` pixels (0: up to `VIEW_PIXELS`). Raises Invalid."""
    facts = sniff(data)
    QImageReader.setAllocationLimit(MEMORY_MB)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(facts.media_type.removeprefix("image/").encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    wanted = _fitted(size if size.isValid() else QSize(facts.width, facts.height), side)
    if wanted != size:
        reader.setScaledSize(wanted)
    image = reader.read()
    if image.isNull():
        raise Invalid("This image is damaged, so it can't be shown. Remove it, or add it again from a good copy.")
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _fitted(size: QSize, side: int) -> QSize:
    if side:
        smaller = max(size.width(), size.height()) <= side
        return size if smaller else size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    pixels = size.width() * size.height()
    return size if pixels <= VIEW_PIXELS else size * (VIEW_PIXELS / pixels) ** 0.5


def halves(image: QImage, *, least: int = 256) -> list[QImage]:
    """The image and ever smaller copies, each half as large: what a view draws from when it is zoomed out."""
    made = [image]
    while max(made[-1].width(), made[-1].height()) > least * 2:
        size = QSize(max(1, made[-1].width() // 2), max(1, made[-1].height() // 2))
        smooth = Qt.TransformationMode.SmoothTransformation
        made.append(made[-1].scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
    return made


def encode_png(image: QImage) -> bytes:
    """A pasted picture as the bytes of a PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
