"""Editors of single values: each wraps a widget of the kit and speaks the form's values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QDoubleValidator, QIntValidator

from studio.ui.kit.chips import TagEditor
from studio.ui.kit.fields import ComboBox, LineEdit
from studio.ui.kit.text import TextEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget


class Editor(QObject):
    """What the form needs of a field. `edited` fires while a value changes, `left` when it is finished."""

    edited = Signal()
    left = Signal()
    widget: QWidget

    def value(self) -> Any:
        """The value as it stands; None or blank for nothing."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value without firing `edited`."""
        raise NotImplementedError

    def _quietly(self, call: Callable[[], object]) -> None:
        was = self.blockSignals(True)
        call()
        self.blockSignals(was)


class TextEditor(Editor):
    """One line."""

    def __init__(self, name: str, *, placeholder: str = "") -> None:
        super().__init__()
        self.line = LineEdit(name, placeholder=placeholder)
        self.widget = self.line
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.editingFinished.connect(self.left.emit)

    def value(self) -> Any:
        return self.line.text()

    def set_value(self, value: Any) -> None:
        self._quietly(lambda: self.line.set_text("" if value is None else str(value)))


class NumberEditor(TextEditor):
    """A number that may be absent."""

    def __init__(self, name: str, *, decimals: int = 0) -> None:
        super().__init__(name)
        self._decimals = decimals
        validator = QDoubleValidator(0, 1e9, decimals) if decimals else QIntValidator(0, 2_000_000_000)
        validator.setParent(self.line)
        self.line.setValidator(validator)

    def value(self) -> Any:
        text = self.line.text().strip().replace(",", ".")
        try:
            return (float(text) if self._decimals else int(text)) if text else None
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        super().set_value(f"{value:g}" if isinstance(value, float) else value)


class LongEditor(Editor):
    """Several lines."""

    def __init__(self, name: str, *, placeholder: str = "", min_lines: int = 3) -> None:
        super().__init__()
        self.text = TextEdit(name, placeholder=placeholder, min_lines=min_lines, max_lines=14)
        self.widget = self.text
        self.text.textChanged.connect(self.edited.emit)
        self.text.committed.connect(lambda _text: self.left.emit())

    def value(self) -> Any:
        return self.text.text()

    def set_value(self, value: Any) -> None:
        self._quietly(lambda: self.text.set_text(value or ""))


class LinesEditor(LongEditor):
    """A list of sentences, one a line."""

    def __init__(self, name: str) -> None:
        super().__init__(name, placeholder="One a line", min_lines=2)
        self.text.setAccessibleDescription("One item a line")

    def value(self) -> Any:
        return tuple(line for line in self.text.text().split("\n") if line.strip())

    def set_value(self, value: Any) -> None:
        super().set_value("\n".join(value or ()))


class ChipsEditor(Editor):
    """A list of short words as chips."""

    def __init__(self, name: str, *, suggestions: Sequence[str] = ()) -> None:
        super().__init__()
        self.tags = TagEditor(name, suggestions=suggestions, placeholder="Add…")
        self.widget = self.tags
        self.tags.changed.connect(lambda _tags: (self.edited.emit(), self.left.emit()))

    def value(self) -> Any:
        return tuple(self.tags.tags())

    def set_value(self, value: Any) -> None:
        self._quietly(lambda: self.tags.set_tags(value or ()))


class ChoiceEditor(Editor):
    """A choice from suggestions, or any other words."""

    def __init__(self, name: str, choices: Sequence[str]) -> None:
        super().__init__()
        self.box = ComboBox(name, [("", ""), *((c, c) for c in choices)], editable=True)
        self.widget = self.box
        line = self.box.lineEdit()
        assert line is not None
        line.setAccessibleName(name)
        line.setPlaceholderText("Choose…")
        line.textEdited.connect(lambda _text: self.edited.emit())
        line.editingFinished.connect(self.left.emit)
        self.box.chosen.connect(lambda _value: (self.edited.emit(), self.left.emit()))
        self.box.set_value("")

    def value(self) -> Any:
        return self.box.currentText()

    def set_value(self, value: Any) -> None:
        self._quietly(lambda: self.box.set_value(value or "") if self.box.currentText() != (value or "") else None)


class FlagEditor(Editor):
    """Yes, no, or not said."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.box = ComboBox(name, [("Not set", None), ("Yes", True), ("No", False)])
        self.widget = self.box
        self.box.chosen.connect(lambda _value: (self.edited.emit(), self.left.emit()))

    def value(self) -> Any:
        return self.box.currentData()

    def set_value(self, value: Any) -> None:
        self.box.setCurrentIndex({None: 0, True: 1, False: 2}[value])
