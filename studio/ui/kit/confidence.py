"""Confidence as a number and a word, and the mark of a kind as colour, shape and word."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from studio.ui.kit.base import hbox, label, style
from studio.ui.theme import look
from studio.ui.theme.icons import pixmap
from studio.ui.theme.tokens import LOW_CONFIDENCE


def confidence_word(confidence: float) -> str:
    """`sure` from 85 %, `likely` from 60 %, else `check`."""
    if confidence < LOW_CONFIDENCE:
        return "check"
    return "sure" if confidence >= 0.85 else "likely"


def confidence_text(confidence: float) -> str:
    """For example `check · 41 %`."""
    return f"{confidence_word(confidence)} · {round(confidence * 100)} %"


class ConfidenceLabel(QLabel):
    """How sure a value is, as word and number; low ones on a warning ground."""

    def __init__(self, confidence: float | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set(confidence)

    def set(self, confidence: float | None) -> None:
        """Show a confidence, or nothing for None."""
        self.setVisible(confidence is not None)
        if confidence is None:
            return
        low = confidence < LOW_CONFIDENCE
        self.setText(confidence_text(confidence))
        self.setToolTip("Please check this value" if low else f"Confidence {round(confidence * 100)} %")
        style(self, badge="warn" if low else "plain")


class KindIcon(QWidget):
    """A kind of record: its shape in its hue, and its word (hidden with `word=False` only beside a written kind)."""

    def __init__(self, kind: str, word: str = "", *, size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = hbox(self, gap=6)
        self._mark = label()
        self._word = label(word, "caption")
        self._size = size
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._word, 0, Qt.AlignmentFlag.AlignVCenter)
        self.set(kind, word)

    def set(self, kind: str, word: str = "") -> None:
        """Show another kind."""
        shown = pixmap(
            look.kind_icon(kind), look.kind_colour(kind), size=look.px(self._size), ratio=self.devicePixelRatioF()
        )
        self._mark.setPixmap(shown)
        self._word.setText(word)
        self._word.setVisible(bool(word))
        self.setToolTip(word or kind.replace("_", " "))
