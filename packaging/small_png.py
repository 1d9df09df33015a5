"""Pictures for the documentation as PNG files with a palette: a third of the size, and no eye tells the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

COLOURS = 256
_FARTHEST = 40


def palette(image: QImage, most: int = COLOURS) -> list[int]:
    """The colours that say most of a picture: frequent ones first, none too near to one that is in already."""
    import numpy as np
    from PySide6.QtGui import QImage

    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), dtype=np.uint32) & 0xFFFFFF
    values, counts = np.unique(pixels, return_counts=True)
    values = values[np.argsort(-counts, kind="stable")][: most * 64]
    parts = np.stack([values >> 16 & 255, values >> 8 & 255, values & 255], axis=1).astype(np.int32)
    near = _FARTHEST
    while True:
        chosen = _apart(parts, near, most)
        if len(chosen) == min(most, len(values)) or near <= 1:
            return [0xFF000000 | int(values[n]) for n in chosen]
        near //= 2


def _apart(parts: object, near: int, most: int) -> list[int]:
    """The first of the colours that lie at least so far from one another."""
    import numpy as np

    rows = np.asarray(parts)
    free = np.ones(len(rows), dtype=bool)
    chosen: list[int] = []
    while len(chosen) < most and free.any():
        n = int(free.argmax())
        chosen.append(n)
        free &= np.abs(rows - rows[n]).sum(axis=1) >= near
    return chosen


def save(image: QImage, path: Path, *, most: int = COLOURS) -> None:
    """Write it. Raises SystemExit where that doesn't work."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    shape = QImage.Format
    plain = image.convertToFormat(shape.Format_RGB32)
    few = plain.convertToFormat(shape.Format_Indexed8, palette(plain, most), Qt.ImageConversionFlag.AvoidDither)
    few.setText("", "")
    if not few.save(str(path), "PNG", 0):  # pyright: ignore[reportCallIssue, reportArgumentType]
        raise SystemExit(f"could not write {path}")
