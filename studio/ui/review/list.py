"""The list of everything that was found: groups and candidates with ticks, kind and confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from studio.ui.kit import confidence_text, named, plain_tip
from studio.ui.review.draft import ORDER, Draft, Item
from studio.ui.theme import look
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from studio.domain.candidate import Target
    from studio.ui.kinds import KindIndex

GROUP_NAMES: dict[Target, str] = {
    "blueprint": "Project Foundry",
    "entity": "World Bible",
    "relation": "Relations",
    "recipe": "Prompt Forge",
}
KEY = Qt.ItemDataRole.UserRole
NARROW = 260
"""Below this width a name needs the whole line; how sure it is stands under it then."""


class CandidateList(QTreeWidget):
    """Space ticks, arrows walk; a group's tick ticks all of its candidates."""

    picked = Signal(str)
    ticked = Signal()

    def __init__(self, kinds: KindIndex, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = kinds
        named(self, "Found in this answer", "Space ticks or unticks")
        self.setHeaderHidden(True)
        self.setColumnCount(2)
        self.setRootIsDecorated(False)
        self.setIndentation(look.px(14))
        self.setUniformRowHeights(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setMinimumSectionSize(10)
        self._narrow = False
        self._draft: Draft | None = None
        self._rows: dict[str, QTreeWidgetItem] = {}
        self._groups: dict[Target, QTreeWidgetItem] = {}
        self.itemChanged.connect(self._tick_changed)
        self.currentItemChanged.connect(lambda now, _before: self._pick(now))

    def show_draft(self, draft: Draft) -> None:
        """List the candidates of a draft."""
        self.blockSignals(True)
        self.clear()
        self._draft, self._rows, self._groups = draft, {}, {}
        for target in ORDER:
            items = draft.of(target)
            if items:
                self._add_group(target, items)
        self.expandAll()
        self.blockSignals(False)
        self.refresh()

    def _add_group(self, target: Target, items: list[Item]) -> None:
        group = QTreeWidgetItem(self, [GROUP_NAMES[target], ""])
        group.setFlags(group.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        group.setFirstColumnSpanned(True)
        self._groups[target] = group
        for item in items:
            row = QTreeWidgetItem(group)
            row.setData(0, KEY, item.key)
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self._rows[item.key] = row

    def refresh(self) -> None:
        """Bring ticks, names and counts up to date with the draft."""
        if self._draft is None:
            return
        self.blockSignals(True)
        for item in self._draft.items:
            self._refresh_row(item)
        for target, group in self._groups.items():
            items = self._draft.of(target)
            on = sum(i.accepted for i in items)
            state = Qt.CheckState.Checked if on == len(items) else Qt.CheckState.PartiallyChecked
            group.setCheckState(0, state if on else Qt.CheckState.Unchecked)
            group.setText(0, f"{GROUP_NAMES[target]}  {on} of {len(items)}")
            group.setData(1, Qt.ItemDataRole.AccessibleTextRole, f"{on} of {len(items)} to be saved")
            group.setForeground(0, look.colour("text"))
            group.setSizeHint(0, QSize(10, look.px(30)))
        self.blockSignals(False)

    def _refresh_row(self, item: Item) -> None:
        row = self._rows[item.key]
        lines = 1 + (item.target == "relation") + self._narrow
        row.setSizeHint(0, QSize(10, look.px(14 + 17 * lines)))
        mark = "link" if item.target == "relation" else look.kind_icon(item.kind)
        row.setIcon(0, icon(mark, look.kind_colour(item.kind)))
        row.setToolTip(0, plain_tip(item.title))
        row.setCheckState(0, Qt.CheckState.Checked if item.accepted else Qt.CheckState.Unchecked)
        doubts = sum(r.low for r in item.rows)
        state = f"{doubts} to check" if doubts else "merge" if item.merge else confidence_text(item.confidence)
        clash = "doesn't fit" if item.clashes and item.accepted else ""
        state = clash or state
        row.setText(0, f"{item.two_lines}\n{state}" if self._narrow else item.two_lines)
        row.setText(1, "" if self._narrow else state)
        row.setForeground(1, look.colour("warn" if item.low or clash else "muted"))
        row.setForeground(0, look.colour("text" if item.accepted else "muted"))
        kind = self._kinds.label(item.kind) if item.target == "entity" else GROUP_NAMES[item.target]
        merge = f", merges with {item.merge_name}" if item.merge else ""
        doubt = ", please check" if item.low else ""
        spoken = f"{item.title}, {kind}, {confidence_text(item.confidence)}{merge}{doubt}{clash and f', {clash}'}"
        row.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < look.px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.setColumnHidden(1, narrow)
            self.refresh()

    def select(self, key: str) -> None:
        """Make this candidate the current one."""
        if (row := self._rows.get(key)) is not None:
            self.setCurrentItem(row)
            self.scrollToItem(row)

    def _pick(self, row: QTreeWidgetItem | None) -> None:
        key = row.data(0, KEY) if row is not None else None
        if key:
            self.picked.emit(key)

    def _tick_changed(self, row: QTreeWidgetItem, column: int) -> None:
        if self._draft is None or column != 0:
            return
        on = row.checkState(0) == Qt.CheckState.Checked
        for target, group in self._groups.items():
            if group is row:
                self._draft.tick_target(target, accepted=on)
        for item in self._draft.items:
            if item.key == row.data(0, KEY):
                item.accepted = on
        self.refresh()
        self.ticked.emit()
