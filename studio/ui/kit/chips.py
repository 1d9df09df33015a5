"""Chips: short words that can be taken away, and the editor for a row of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QCompleter, QFrame, QLabel, QSizePolicy, QWidget

from studio.ui.kit.base import hbox, label, named, plain_tip, style
from studio.ui.kit.buttons import IconButton
from studio.ui.kit.fields import LineEdit
from studio.ui.kit.flow import FlowLayout
from studio.ui.theme import look
from studio.ui.theme.icons import pixmap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QPaintEvent


class ElidedLabel(QLabel):
    """A text that gives way: cut with an ellipsis where there is no room, whole in the tool tip."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setMinimumWidth(look.px(24))
        self.setToolTip(plain_tip(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        painter.drawText(self.contentsRect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


class Chip(QFrame):
    """A word in a rounded frame; with `on_remove` it carries a button that takes it away."""

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        token: str = "muted",
        on_remove: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        style(self, chip=True)
        self.text = text
        row = hbox(self, margins=(9, 0, 2 if on_remove else 9, 0), gap=4)
        if icon:
            mark = label()
            mark.setPixmap(pixmap(icon, token, size=look.px(14), ratio=self.devicePixelRatioF()))
            row.addWidget(mark)
        row.addWidget(ElidedLabel(text))
        if on_remove is not None:
            remove = IconButton("x", f"Remove {text}", on_remove)
            row.addWidget(remove)
        self.setMinimumHeight(max(24, look.px(24)))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class TagEditor(QFrame):
    """Tags as chips with a line at the end: Enter or comma adds, Backspace in the empty line takes the last away."""

    changed = Signal(list)

    def __init__(
        self,
        name: str,
        tags: Iterable[str] = (),
        *,
        suggestions: Iterable[str] = (),
        placeholder: str = "Add a tag",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        style(self, tagBox="true")
        self._name = name
        self._tags: list[str] = []
        self._flow = FlowLayout(self, gap=4, margins=(6, 4, 6, 4))
        self.line = LineEdit(f"{name}: add", placeholder=placeholder)
        named(self.line, f"{name}: add", "Enter adds, Backspace removes the last")
        self.line.setMinimumWidth(look.px(90))
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)
        self._flow.addWidget(self.line)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_suggestions(suggestions)
        self.set_tags(tags)

    def tags(self) -> list[str]:
        """The tags as they stand."""
        return list(self._tags)

    def set_tags(self, tags: Iterable[str]) -> None:
        """Show tags without firing `changed`."""
        wanted = list(tags)
        if wanted == self._tags and self._flow.count() == len(wanted) + 1:
            return
        self._tags = wanted
        while self._flow.count() > 1:
            item = self._flow.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for index, tag in enumerate(wanted):
            self._flow.insert(index, self.chip(tag))
        self.updateGeometry()

    def chip(self, tag: str) -> QWidget:
        """What stands for one tag."""
        return Chip(tag, on_remove=lambda: self.remove(tag))

    def set_suggestions(self, words: Iterable[str]) -> None:
        """Words offered while typing."""
        completer = QCompleter(QStringListModel(sorted(words), self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        if (popup := completer.popup()) is not None:
            style(named(popup, f"{self._name}: suggestions"), boxed=True)
        self.line.setCompleter(completer)

    def add(self, tag: str) -> None:
        """Add one tag, unless it is there."""
        tag = tag.strip().strip(",").strip()
        if tag and tag not in self._tags:
            self.set_tags([*self._tags, tag])
            self.changed.emit(self.tags())

    def remove(self, tag: str) -> None:
        """Take one tag away."""
        if tag in self._tags:
            self.set_tags([t for t in self._tags if t != tag])
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit(self.tags())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                style(self, tagBox="focus" if event.type() == QEvent.Type.FocusIn else "true")
            if event.type() == QEvent.Type.FocusOut:
                self._take_line()
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Comma) and self.line.text().strip():
            self._take_line()
            return True
        if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._tags:
            self.remove(self._tags[-1])
            return True
        return False

    def _take_line(self) -> None:
        text = self.line.text()
        if text.strip():
            self.line.clear()
            for part in text.split(","):
                self.add(part)
