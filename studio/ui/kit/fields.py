"""One-line fields: text, search, choice, tick, number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QHelpEvent, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)

from studio.ui.kit.base import leave_undo_to_window, named, style
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterable


_LEAVING = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.MouseFocusReason)


def _show_start(line: QLineEdit, event: QFocusEvent) -> None:
    """A field that is left shows how its text begins; one that only another window covers keeps its cursor."""
    if event.reason() in _LEAVING:
        line.setCursorPosition(0)


class LineEdit(QLineEdit):
    """A line of text. `committed` fires when editing ends with a changed text (Enter or leaving the field)."""

    committed = Signal(str)

    def __init__(
        self, name: str, text: str = "", *, placeholder: str = "", compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        named(self, name)
        style(self, compact=compact)
        self.setPlaceholderText(placeholder)
        self.setCursorPosition(0)
        self._before = text
        self.editingFinished.connect(self._commit)

    def set_text(self, text: str) -> None:
        """Show a value without firing `committed`; a field that is being typed in keeps its cursor."""
        self._before = text
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def set_state(self, state: str) -> None:
        """`""`, `low` (please check) or `error`."""
        style(self, state=state)

    def event(self, event: QEvent) -> bool:
        if leave_undo_to_window(self, event, can_undo=self.isUndoAvailable(), can_redo=self.isRedoAvailable()):
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        _show_start(self, event)

    def _commit(self) -> None:
        if self.text() != self._before:
            self._before = self.text()
            self.committed.emit(self._before)


class SearchField(LineEdit):
    """A filter field: `searched` fires shortly after the last key; Esc clears, Down goes to `target` if given."""

    searched = Signal(str)

    def __init__(
        self,
        name: str,
        *,
        placeholder: str = "Search",
        delay_ms: int = 60,
        target: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, placeholder=placeholder, parent=parent)
        self._target = target
        self._timer = QTimer(self, singleShot=True, interval=delay_ms)
        self._timer.timeout.connect(lambda: self.searched.emit(self.text()))
        self.textChanged.connect(lambda _text: self._timer.start())
        glass = QAction(icon("search", "muted"), "", self)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(icon("x", "muted"), "Clear search", self)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(self._offer_clear)
        self._offer_clear("")

    def set_target(self, target: QWidget) -> None:
        """The list that the Down key goes to."""
        self._target = target

    def _offer_clear(self, text: str) -> None:
        """The button that clears is there while there is something to clear."""
        if bool(text) != (self._clear in self.actions()):
            if text:
                self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
            else:
                self.removeAction(self._clear)
        for part in self.findChildren(QWidget):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            part.setAccessibleName("Clear search")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down and self._target is not None:
            self._target.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class ComboBox(QComboBox):
    """A choice from a list of (text, data). The wheel doesn't change it unless it has focus.

    Screen readers take a combo's name from a label, so it brings an unseen one unless `FormRow` shows one.
    """

    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        items: Iterable[tuple[str, object] | str] = (),
        *,
        compact: bool = False,
        editable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, name)
        style(self, compact=compact)
        self._buddy: QLabel | None = None
        named(self.view(), f"{name}: choices")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setEditable(editable)
        if (line := self.lineEdit()) is not None:
            line.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.set_items(items)
        self.activated.connect(lambda _index: self.chosen.emit(self.value()))

    def set_items(self, items: Iterable[tuple[str, object] | str]) -> None:
        """Replace the list; keeps the value if it is still there."""
        kept = self.value() if self.count() else None
        was = self.blockSignals(True)
        self.clear()
        for item in items:
            text, data = (item, item) if isinstance(item, str) else item
            self.addItem(text, data)
            if not text:
                self.setItemData(self.count() - 1, "Nothing", Qt.ItemDataRole.AccessibleTextRole)
        if kept is not None:
            self.set_value(kept)
        self.blockSignals(was)

    def value(self) -> object:
        """The data of the choice (typed text, where the box is editable and the text isn't in the list)."""
        if not self.isEditable():
            return self.currentData()
        at = self.findText(self.currentText())
        return self.itemData(at) if at >= 0 else self.currentText()

    def set_value(self, data: object) -> None:
        """Show the choice that carries this data, without firing `chosen`."""
        index = self.findData(data)
        if index >= 0:
            self.setCurrentIndex(index)
        elif self.isEditable():
            self.setEditText("" if data is None else str(data))
        line = self.lineEdit()
        if line is not None and not self.hasFocus():
            line.setCursorPosition(0)

    def set_state(self, state: str) -> None:
        """`""`, `low` (please check) or `error`."""
        style(self, state=state)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Polish:
            self._bring_label()
        cut = event.type() == QEvent.Type.ToolTip and not self.isEditable() and not self.toolTip()
        if cut and isinstance(event, QHelpEvent) and self.fitting_text() != self.currentText():
            QToolTip.showText(event.globalPos(), self.currentText(), self)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if (line := self.lineEdit()) is not None:
            _show_start(line, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def fitting_text(self) -> str:
        """The choice as it shows: with an ellipsis where there is no room for all of it."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        parts = QStyle.SubControl.SC_ComboBoxEditField
        place = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, parts, self)
        room = place.width() - (0 if self.itemIcon(self.currentIndex()).isNull() else self.iconSize().width() + 4)
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, max(room - 4, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.isEditable():
            super().paintEvent(event)
            return
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self.fitting_text()  # pyright: ignore[reportAttributeAccessIssue]
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _bring_label(self) -> None:
        parent = self.parentWidget()
        if parent is None or self._buddy is not None:
            return
        siblings = parent.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if not any(sibling.buddy() is self for sibling in siblings):
            self._buddy = QLabel(self.accessibleName(), parent)
            self._buddy.setBuddy(self)
            self._buddy.hide()


class CheckBox(QCheckBox):
    """A tick box with its words."""

    def __init__(self, text: str, *, checked: bool = False, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setChecked(checked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if name:
            self.setAccessibleName(name)


class _CalmWheel(QObject):
    """Keeps the wheel from changing a number that merely passes under the pointer."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


_IN_A_BOX = (6, 0, 0, 0)
"""A spin box ignores the padding of the style sheet for the line inside it."""


class NumberBox(QSpinBox):
    """A whole number."""

    def __init__(
        self,
        name: str,
        value: int = 0,
        *,
        least: int = 0,
        most: int = 1_000_000,
        suffix: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, name)
        self.setRange(least, most)
        self.setSuffix(suffix)
        self.setValue(value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(_CalmWheel(self))
        self.lineEdit().setTextMargins(*_IN_A_BOX)


class DecimalBox(QDoubleSpinBox):
    """A number with decimals."""

    def __init__(
        self,
        name: str,
        value: float = 0.0,
        *,
        least: float = 0.0,
        most: float = 1e6,
        step: float = 0.1,
        decimals: int = 2,
        prefix: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, name)
        self.setDecimals(decimals)
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setPrefix(prefix)
        self.setValue(value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(_CalmWheel(self))
        self.lineEdit().setTextMargins(*_IN_A_BOX)
