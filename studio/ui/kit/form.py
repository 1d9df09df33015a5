"""Form rows: label above field, helper under it, and marks for confidence and origin beside the label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.kit.base import hbox, label, vbox
from studio.ui.kit.buttons import IconButton
from studio.ui.kit.confidence import ConfidenceLabel

if TYPE_CHECKING:
    from collections.abc import Callable


class FormRow(QWidget):
    """One field of a form. The label is the field's buddy; `.head` takes more marks at the label's end."""

    def __init__(
        self,
        text: str,
        field: QWidget,
        *,
        helper: str = "",
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        column = vbox(self, gap=4)
        self.head = hbox(gap=6)
        self.label = label(text, "label")
        self.label.setBuddy(field)
        self.head.addWidget(self.label)
        if optional:
            self.head.addWidget(label("optional", "caption"))
        self._confidence = ConfidenceLabel()
        self.head.addStretch(1)
        self.head.addWidget(self._confidence, 0, Qt.AlignmentFlag.AlignVCenter)
        self._origin: IconButton | None = None
        column.addLayout(self.head)
        column.addWidget(field)
        self._helper_text, self._error = helper, ""
        self._helper = label(helper, "caption", wrap=True)
        column.addWidget(self._helper)
        self._helper.setVisible(bool(helper))
        if not field.accessibleName():
            field.setAccessibleName(text)
        if helper and not field.accessibleDescription():
            field.setAccessibleDescription(helper)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set_confidence(self, confidence: float | None) -> None:
        """Show how sure the value is; a low one also marks the field."""
        self._confidence.set(confidence)
        low = confidence is not None and confidence < 0.6
        self._mark_field("low" if low else "")
        if confidence is not None:
            words = f"Confidence {round(confidence * 100)} %" + (", please check" if low else "")
            self.field.setAccessibleDescription(words)

    def set_origin(self, text: str, on_click: Callable[[], object] | None = None, *, icon: str = "quote") -> None:
        """Mark where the value came from; a click goes there. An empty text takes the mark away."""
        if self._origin is not None:
            self._origin.hide()
            self._origin.deleteLater()
            self._origin = None
        if text:
            self._origin = IconButton(icon, f"{self.label.text()}: {text}", on_click)
            self._origin.setToolTip(text)
            self.head.addWidget(self._origin)

    def set_helper(self, sentence: str) -> None:
        """Change the line under the field."""
        if sentence != self._helper_text:
            self._helper_text = sentence
            self._helper.setText(sentence)
            self._helper.setVisible(bool(sentence))

    def set_error(self, sentence: str) -> None:
        """Say under the field what is wrong with it; an empty sentence takes it back."""
        if not sentence and not self._error:
            return
        self._error = sentence
        self._helper.setText(sentence or self._helper_text)
        self._helper.setVisible(bool(sentence or self._helper_text))
        self._helper.setProperty("role", "danger" if sentence else "caption")
        self._helper.style().unpolish(self._helper)
        self._helper.style().polish(self._helper)
        self._mark_field("error" if sentence else "")
        self.field.setAccessibleDescription(sentence or self._helper_text)

    def _mark_field(self, state: str) -> None:
        if callable(mark := getattr(self.field, "set_state", None)):
            mark(state)
