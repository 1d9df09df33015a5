"""All commands and their keys on one sheet, filtered as you type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from studio.ui.dialogs.base import Sheet
from studio.ui.kit.base import clear, label, style
from studio.ui.kit.fields import SearchField
from studio.ui.kit.surfaces import ScrollColumn
from studio.ui.theme import look

if TYPE_CHECKING:
    from studio.ui.commands import Command, CommandRegistry

COLUMNS = 2


class CheatSheet(Sheet):
    """Made from the registry, so it can't be out of date."""

    def __init__(self, parent: QWidget, registry: CommandRegistry) -> None:
        super().__init__(parent, "Keys", sentence="Keys can be changed in Settings.", width=820, height=560)
        self._registry = registry
        self.search = SearchField("Filter keys", placeholder="Filter by name or key", delay_ms=0)
        self.search.searched.connect(self.fill)
        self.body.addWidget(self.search)
        scroll = ScrollColumn("Keys")
        scroll.setMinimumHeight(look.px(120))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(4)
        scroll.body.addLayout(self._grid)
        self.body.addWidget(scroll, 1)
        self.buttons("Close", cancel="")
        self.fill("")
        self.search.setFocus()

    def fill(self, typed: str) -> None:
        """Show the commands with a key whose name, key or group contains what was typed."""
        clear(self._grid)
        wanted = typed.casefold()
        groups: dict[str, list[Command]] = {}
        for command in self._registry.all():
            key = self._registry.key(command.id)
            if key and wanted in f"{command.text} {key} {command.group}".casefold():
                groups.setdefault(command.group, []).append(command)
        heights = [0] * COLUMNS
        for group, commands in groups.items():
            column = heights.index(min(heights))
            heights[column] = self._group(group, commands, column, heights[column])
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column * 2, 1)

    def _group(self, group: str, commands: list[Command], column: int, row: int) -> int:
        self._grid.addWidget(label(group, "overline"), row, column * 2, 1, 2)
        for offset, command in enumerate(commands, start=1):
            name = label(command.text.replace("…", ""))
            name.setToolTip(command.help)
            key = style(label(self._registry.key(command.id), "keycap"))
            self._grid.addWidget(name, row + offset, column * 2)
            self._grid.addWidget(key, row + offset, column * 2 + 1)
        self._grid.setRowMinimumHeight(row + len(commands) + 1, 8)
        return row + len(commands) + 2
