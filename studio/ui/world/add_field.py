"""Adding a field: a list that is searched as you type, and a field of your own where none fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from studio.ui.fuzzy import score
from studio.ui.kit import LineEdit, named, style, vbox
from studio.ui.theme import look
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.vocabulary import FieldSpec, KindSpec

FIELD_ICONS = {"long": "type", "number": "hash", "bool": "square-check", "date": "calendar", "list": "list",
               "link": "link", "links": "link", "choice": "chevrons-up-down"}  # fmt: skip


class AddField(QFrame):
    """A popup. `chosen(path)` is `fields.role`, `custom.omen`, or `aliases`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName("Add a field")
        outer = vbox(self)
        frame = QFrame()
        style(frame, popup="true")
        outer.addWidget(frame)
        column = vbox(frame, margins=(6, 6, 6, 6), gap=4)
        self.line = LineEdit("Field to add", placeholder="Which field?")
        self.line.installEventFilter(self)
        self.list = named(QListWidget(), "Fields that can be added")
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(look.px(15), look.px(15)))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self.line)
        column.addWidget(self.list)
        self._specs: list[FieldSpec] = []
        self.line.textChanged.connect(lambda _text: self._fill())
        self.list.itemClicked.connect(lambda _item: self._take())

    def open_at(self, corner: QPoint, kind: KindSpec, present: Iterable[str]) -> None:
        """Offer the fields of a kind that aren't shown yet."""
        have = set(present)
        self._specs = [spec for spec in kind.fields if f"fields.{spec.name}" not in have]
        self.line.clear()
        self._fill()
        self.resize(look.px(280), look.px(320))
        screen = self.screen().availableGeometry()
        corner.setY(min(corner.y(), screen.bottom() - self.height()))
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - self.width())))
        self.move(corner)
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def offers(self) -> list[str]:
        """The words in the list."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def _fill(self) -> None:
        typed = "".join(self.line.text().casefold().split())
        ranked = [(score(typed, spec.label.casefold()), spec) for spec in self._specs]
        fitting = [(points, spec) for points, spec in ranked if points is not None]
        if typed:
            fitting.sort(key=lambda pair: -pair[0])
        self.list.clear()
        for _, spec in fitting:
            words = spec.label + ("   GM only" if spec.gm_only else "")
            self._add(words, f"fields.{spec.name}", "lock" if spec.gm_only else FIELD_ICONS.get(spec.type, "type"))
        own = " ".join(self.line.text().split())
        if own and own.casefold() not in {spec.label.casefold() for _, spec in fitting}:
            self._add(f"Your own field “{own}”", f"custom.{own.casefold().replace(' ', '_').replace('.', '')}", "plus")
        self.list.setCurrentRow(0)

    def _add(self, words: str, path: str, mark: str) -> None:
        item = QListWidgetItem(icon(mark, "muted"), words)
        item.setData(Qt.ItemDataRole.UserRole, path)
        self.list.addItem(item)

    def _take(self) -> None:
        item = self.list.currentItem()
        self.hide()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow((self.list.currentRow() + step) % max(1, self.list.count()))
                return True
        return super().eventFilter(watched, event)
