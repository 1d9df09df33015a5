"""The command palette: every command and every name of the project, a few letters away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from shiboken6 import isValid

from studio.ui.announce import announce
from studio.ui.fuzzy import score
from studio.ui.kit.base import label, named, rule, style, vbox
from studio.ui.kit.fields import LineEdit
from studio.ui.theme import look
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from studio.ui.commands import Command, CommandRegistry

SHOWN = 60
ENOUGH = 4
"""So many letters are looked for in what commands do too."""
Index = QModelIndex | QPersistentModelIndex


class PaletteItem(NamedTuple):
    """One row: what it says, what stands at its end, what it does. `icon` may be `kind:…` for a record."""

    text: str
    run: Callable[[], object]
    hint: str = ""
    key: str = ""
    icon: str = ""
    token: str = "muted"
    enabled: bool = True


Provider = Callable[[str], Iterable[PaletteItem]]


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[PaletteItem] = []

    def fill(self, rows: list[PaletteItem]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(
                part for part in (row.text, row.hint, row.key, "" if row.enabled else "not available now") if part
            )
        return None


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, max(28, look.px(34)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Rows)
        row = model.rows[index.row()]
        area: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]
        tokens = look.tokens()
        painter.save()
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens["selection"]))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 6, 6)
        ink = tokens["disabled"] if not row.enabled else tokens["on_selection"] if chosen else tokens["text"]
        soft = ink if chosen else tokens["muted"]
        side, inner = look.px(16), area.adjusted(14, 0, -14, 0)
        if row.icon:
            icon(row.icon, row.token).paint(painter, QRect(inner.left(), inner.center().y() - side // 2, side, side))
        text = inner.adjusted(side + 12, 0, 0, 0)
        tail = row.key or row.hint
        metrics = painter.fontMetrics()
        room = metrics.horizontalAdvance(tail) + 24 if tail else 0
        painter.setPen(QColor(ink))
        middle = Qt.AlignmentFlag.AlignVCenter
        shown = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, text.width() - room)
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignLeft, shown)
        painter.setPen(QColor(soft))
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignRight, tail)
        painter.restore()


class Palette(QFrame):
    """An overlay in the window: typing filters, Enter runs, Esc returns to where the focus was."""

    def __init__(self, window: QWidget, registry: CommandRegistry) -> None:
        super().__init__(window)
        self._registry = registry
        self._providers: list[Provider] = []
        self._back: QWidget | None = None
        self.setAccessibleName("Command palette")
        style(self, popup=True)
        column = vbox(self, margins=(6, 6, 6, 6), gap=4)
        self.edit = LineEdit("Search commands and names", placeholder="Search or run anything…")
        column.addWidget(self.edit)
        column.addWidget(rule())
        self._model = _Rows(self)
        self.list = named(QListView(), "Results")
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda _index: self.run_current())
        column.addWidget(self.list, 1)
        self._nothing = label("Nothing fits. Try fewer letters.", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        column.addWidget(self._nothing)
        self.edit.textChanged.connect(self.filter)
        self.edit.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def add_provider(self, provider: Provider) -> Callable[[], None]:
        """Offer more than commands, for example names. Gives the function that takes the provider out."""
        self._providers.append(provider)
        return lambda: self._providers.remove(provider) if provider in self._providers else None

    def open(self, text: str = "") -> None:
        """Show the palette over the window."""
        from PySide6.QtWidgets import QApplication

        self._back = QApplication.focusWidget()
        self.edit.setText(text)
        self.filter(text)
        self.show()
        self._place()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        self.edit.selectAll()

    def close_up(self) -> None:
        """Hide, and give the focus back."""
        self.hide()
        if self._back is not None and isValid(self._back):
            self._back.setFocus(Qt.FocusReason.PopupFocusReason)

    def filter(self, typed: str) -> None:
        """Show what fits, best first; names before commands where they fit better."""
        rows = self.rows(typed)
        self._model.fill(rows)
        self.list.setCurrentIndex(self._model.index(0))
        self.list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        if self.isVisible():
            self._place()

    def ask_again(self) -> None:
        """The providers know more by now about what is being typed."""
        if self.isVisible():
            self.filter(self.edit.text())

    def rows(self, typed: str) -> list[PaletteItem]:
        """What the palette offers for what was typed."""
        letters, words = typed.casefold().replace(" ", ""), f" {typed.strip()}".casefold()
        ranked: list[tuple[float, int, PaletteItem]] = []
        for command in self._registry.all():
            plain = command.text.replace("&", "").replace("…", "")
            fit = _fit(letters, plain, command)
            if fit is None and len(letters) >= ENOUGH and words in f" {command.help}".casefold():
                fit = 0.0  # by what it does, after all that fit by name
            if fit is not None:
                item = PaletteItem(
                    plain,
                    lambda command=command: self._registry.run(command.id),
                    hint=command.group,
                    key=self._registry.key(command.id),
                    icon=command.icon or "command",
                    enabled=self._registry.is_enabled(command.id),
                )
                ranked.append((fit + (0 if item.enabled else -50), len(ranked), item))
        ranked.sort(key=lambda entry: (-entry[0], entry[1]))
        commands = [item for _, _, item in ranked]
        if not typed.strip():
            return commands[:SHOWN]
        names = [item for provider in self._providers for item in provider(typed.strip())]
        strong = [item for fit, _, item in ranked if fit >= 60]
        weak = [item for fit, _, item in ranked if fit < 60]
        return [*strong, *names, *weak][:SHOWN]

    def run_current(self) -> None:
        """Do what the chosen row says, after the palette has gone."""
        index = self.list.currentIndex()
        if not index.isValid():
            return
        row = self._model.rows[index.row()]
        self.close_up()
        if row.enabled:
            QTimer.singleShot(0, self, lambda: row.run())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if watched is self.edit and event.type() == QEvent.Type.FocusOut and self.isVisible():
            QTimer.singleShot(0, self, self._hide_if_left)
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
            Qt.Key(event.key())
        )
        if step is not None and self._model.rows:
            row = max(0, min(len(self._model.rows) - 1, self.list.currentIndex().row() + step))
            self.list.setCurrentIndex(self._model.index(row))
            announce(self.edit, self._model.data(self._model.index(row), Qt.ItemDataRole.AccessibleTextRole))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run_current()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
            return True
        return event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)

    def _hide_if_left(self) -> None:
        if not self.edit.hasFocus() and self.window().isActiveWindow():
            self.hide()

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None:
            return
        width = min(host.width() - 32, look.px(620))
        chrome = self.edit.sizeHint().height() + 30
        rows = max(1, len(self._model.rows)) * max(28, look.px(34))
        height = min(host.height() - 120, look.px(480), chrome + rows + 6)
        self.setGeometry((host.width() - width) // 2, min(72, host.height() // 10), width, height)


def _fit(letters: str, plain: str, command: Command) -> float | None:
    """How well letters fit a command's text, with its menu after it or, as it is read in a menu, before: “go graph”."""
    fit = score(letters, f"{plain} {command.group}".casefold())
    return score(letters, f"{command.group} {plain}".casefold()) if fit is None else fit
