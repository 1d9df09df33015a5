"""The page of keys: every command, its key, and a field that takes a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHeaderView, QKeySequenceEdit, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from studio.ui.commands import CommandRegistry, DuplicateKey
from studio.ui.kit.base import hbox, label, named, style, vbox
from studio.ui.kit.buttons import Button
from studio.ui.kit.fields import SearchField
from studio.ui.theme import look

if TYPE_CHECKING:
    from studio.settings import SettingsStore


class KeysPage(QWidget):
    """Pick a command, press its new key. A key that is taken is refused by name."""

    def __init__(self, store: SettingsStore, registry: CommandRegistry) -> None:
        super().__init__()
        self._store = store
        self._registry = registry
        column = vbox(self, margins=(4, 0, 12, 12), gap=8)
        column.addWidget(label("Keys", "h3"))
        self.search = SearchField("Filter commands", placeholder="Filter commands", delay_ms=0)
        self.search.searched.connect(self.fill)
        column.addWidget(self.search)
        self.table = style(named(QTreeWidget(), "Commands"), boxed=True)
        self.table.setColumnCount(2)
        self.table.setHeaderLabels(["Command", "Key"])
        self.table.setRootIsDecorated(False)
        self.table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.header().setStretchLastSection(False)
        self.table.header().resizeSection(1, look.px(160))
        self.table.currentItemChanged.connect(lambda *_: self._chosen())
        self.search.set_target(self.table)
        column.addWidget(self.table, 1)
        row = hbox()
        self.edit = named(QKeySequenceEdit(), "New key for the command")
        self.edit.setMaximumSequenceLength(1)
        for line in self.edit.findChildren(QLineEdit):
            line.setAccessibleName(self.edit.accessibleName())
        self.edit.editingFinished.connect(self._take)
        row.addWidget(label("New key", "label"))
        row.addWidget(self.edit, 1)
        row.addWidget(Button("No key", lambda: self._bind("")))
        row.addWidget(Button("Default", lambda: self._bind(None)))
        column.addLayout(row)
        self.problem = label("", "danger", wrap=True)
        column.addWidget(self.problem)
        self.fill("")

    def fill(self, typed: str = "") -> None:
        """Show the commands that fit."""
        chosen = self.current()
        self.table.clear()
        for command in self._registry.all():
            key = self._registry.key(command.id)
            if typed.casefold() in f"{command.group} {command.text} {key}".casefold():
                item = QTreeWidgetItem([f"{command.group}: {command.text.replace('…', '')}", key])
                item.setData(0, Qt.ItemDataRole.UserRole, command.id)
                item.setToolTip(0, command.help)
                item.setData(1, Qt.ItemDataRole.AccessibleTextRole, key or "No key")
                self.table.addTopLevelItem(item)
                if command.id == chosen:
                    self.table.setCurrentItem(item)

    def current(self) -> str:
        """The id of the command that is chosen, or nothing."""
        item = self.table.currentItem()
        return str(item.data(0, Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _chosen(self) -> None:
        if command_id := self.current():
            self.edit.setKeySequence(QKeySequence(self._registry.bound_key(command_id)))
            self.problem.clear()

    def _take(self) -> None:
        key = self.edit.keySequence().toString()
        if key and self.current() and key != self._registry.bound_key(self.current()):
            self._bind(key)

    def _bind(self, key: str | None) -> None:
        if not (command_id := self.current()):
            self.problem.setText("Choose a command first.")
            return
        try:
            self._registry.rebind(command_id, key)
        except DuplicateKey as taken:
            self.problem.setText(str(taken))
            return
        self.problem.clear()
        self._store.set(keys=self._registry.bindings())
        self.fill(self.search.text())
