"""A dial: a slider from 0 to 10 with its number, which can also be unset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from studio.ui.foundry.editors import Editor
from studio.ui.kit.base import hbox, label, named, style
from studio.ui.kit.buttons import IconButton
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QWheelEvent


class DialSlider(QSlider):
    """0–10; digits set it, 1 then 0 within a moment is ten, Backspace or Delete asks to clear it."""

    cleared = Signal()

    def __init__(self, name: str, description: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        named(self, name, description)
        self.setRange(0, 10)
        self.setPageStep(2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.cleared.emit()
        elif text.isdigit() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            ten = text == "0" and self.value() == 1 and self.property("typed") == "1"
            self.setProperty("typed", text)
            self.setSliderPosition(10 if ten else int(text))
            self.sliderMoved.emit(self.value())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class DialEditor(Editor):
    """One dial as a row: its name, the slider, the number, and a way to unset it."""

    def __init__(self, name: str, description: str) -> None:
        super().__init__()
        self._set = False
        self.widget = QWidget()
        row = hbox(self.widget, gap=8)
        self._name = label(name, "label")
        self._name.setFixedWidth(look.px(132))
        self._name.setToolTip(description)
        self.slider = DialSlider(name, description)
        self.slider.setToolTip(description)
        self._name.setBuddy(self.slider)
        self._number = label("–", "strong")
        self._number.setFixedWidth(look.px(22))
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._clear = IconButton("x", f"Unset {name}", self._unset)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keep = self._clear.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._clear.setSizePolicy(keep)
        for part, stretch in ((self._name, 0), (self.slider, 1), (self._number, 0), (self._clear, 0)):
            row.addWidget(part, stretch)
        self.head = row
        self.widget.setFocusProxy(self.slider)
        self._connect(description)
        self.set_value(None)

    def _connect(self, description: str) -> None:
        self._description = description
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderMoved.connect(lambda _value: self._moved(self.slider.value()))
        self.slider.sliderReleased.connect(self.left.emit)
        self.slider.cleared.connect(self._unset)

    def value(self) -> Any:
        return self.slider.value() if self._set else None

    def set_value(self, value: Any) -> None:
        self._set = value is not None
        was = self.slider.blockSignals(True)
        self.slider.setValue(value or 0)
        self.slider.blockSignals(was)
        self._show()

    def _moved(self, _value: int) -> None:
        self._set = True
        self._show()
        self.edited.emit()

    def _unset(self) -> None:
        if self._set:
            self.set_value(None)
            self.edited.emit()
            self.left.emit()

    def _show(self) -> None:
        self._number.setText(str(self.slider.value()) if self._set else "–")
        self._clear.setVisible(self._set)
        style(self.slider, unset=not self._set)
        state = f"{self.slider.value()} of 10" if self._set else "not set"
        self.slider.setAccessibleDescription(f"{state}; {self._description}. Backspace unsets it.")
