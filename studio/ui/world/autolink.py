"""Linking names: what texts name without a link, with the words around it; ticked ones become links in one change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QWidget

from studio.services.world import autolink
from studio.services.world.autolink import Choice
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import Button, ComboBox, context_menu, hbox, label, named, plain_tip, style
from studio.ui.tasks import latest_task
from studio.ui.theme import look
from studio.ui.theme.icons import kind_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from studio.domain.ids import RecordId
    from studio.services.world.autolink import Proposal, Target
    from studio.ui.context import StudioContext
    from studio.ui.kinds import KindIndex
    from studio.ui.tasks import Tasks

SLICE = 150
SHOWN = 1000
WORLD, HERE, ELSEWHERE = "world", "here", "elsewhere"
_AT = Qt.ItemDataRole.UserRole


class ProposalTable(QTreeWidget):
    """Space ticks; Enter says which entry is meant, where a name is shared."""

    changed = Signal()

    def __init__(self, kinds: KindIndex) -> None:
        super().__init__()
        self._kinds = kinds
        style(named(self, "Names that could be links", "Space ticks, Enter chooses who is meant"), boxed=True)
        self.setColumnCount(3)
        self.setHeaderLabels(["In", "Words", "Leads to"])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setMinimumSectionSize(look.px(60))
        self.proposals: list[Proposal] = []
        self.meant: dict[int, Target] = {}
        self.itemChanged.connect(self._ticked)
        self.itemDoubleClicked.connect(lambda item, _column: self.ask(item))

    def start(self) -> None:
        """Empty it for another scan."""
        self.clear()
        self.proposals, self.meant = [], {}

    def extend(self, found: list[Proposal]) -> None:
        """Put more proposals at the end."""
        self.blockSignals(True)
        for proposal in found[: SHOWN - len(self.proposals)]:
            at = len(self.proposals)
            self.proposals.append(proposal)
            item = QTreeWidgetItem(self)
            item.setData(0, _AT, at)
            item.setIcon(0, kind_icon(proposal.kind))
            item.setSizeHint(0, QSize(10, max(26, look.px(30))))
            clear = len(proposal.targets) == 1
            if clear:
                self.meant[at] = proposal.targets[0]
            item.setCheckState(0, Qt.CheckState.Checked if clear and not proposal.hides else Qt.CheckState.Unchecked)
            self._dress(item)
        self.blockSignals(False)
        if self.currentItem() is None and (first := self.topLevelItem(0)) is not None:
            self.setCurrentItem(first)
        self.changed.emit()

    def _dress(self, item: QTreeWidgetItem) -> None:
        at = int(item.data(0, _AT))
        proposal, meant = self.proposals[at], self.meant.get(at)
        words = proposal.snippet.replace("\x02", "»").replace("\x03", "«")
        leads = meant.name if meant is not None else f"{len(proposal.targets)} have this name"
        for column, text in enumerate((proposal.title, words, leads)):
            item.setText(column, text)
            item.setToolTip(column, plain_tip(text))
        item.setForeground(2, look.colour("text" if meant is not None else "warn"))
        if meant is not None:
            item.setIcon(2, kind_icon(meant.kind))
        said = f"{proposal.words} in {proposal.title}, leads to {leads}"
        if proposal.hides:
            note = "The text is open to more eyes than this entry: for them the words would go."
            item.setToolTip(2, plain_tip(note))
            item.setForeground(2, look.colour("warn"))
            said = f"{said}. {note}"
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{said}. {proposal.snippet}".replace("\x02", "").replace(
            "\x03", ""))  # fmt: skip

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        on = item.checkState(0) == Qt.CheckState.Checked
        if column == 0 and on and int(item.data(0, _AT)) not in self.meant:
            item.setCheckState(0, Qt.CheckState.Unchecked)
            self.ask(item)
            return
        self.changed.emit()

    def ask(self, item: QTreeWidgetItem) -> QMenu | None:
        """Let somebody say which of those that share a name is meant."""
        at = int(item.data(0, _AT))
        targets = self.proposals[at].targets
        if len(targets) < 2:
            return None
        menu = context_menu(self, f"Which “{targets[0].name}” is meant")
        for target in targets:
            action = menu.addAction(kind_icon(target.kind), f"{target.name} ({self._kinds.label(target.kind)})")
            action.triggered.connect(lambda _=False, target=target: self.choose(item, target))
        menu.popup(self.viewport().mapToGlobal(self.visualItemRect(item).bottomLeft()))
        return menu

    def choose(self, item: QTreeWidgetItem, target: Target) -> None:
        """This one is meant."""
        self.blockSignals(True)
        self.meant[int(item.data(0, _AT))] = target
        item.setCheckState(0, Qt.CheckState.Checked)
        self._dress(item)
        self.blockSignals(False)
        self.changed.emit()

    def tick_all(self) -> None:
        """Tick all that are clear, or untick all if they are ticked."""
        items = [item for n in range(self.topLevelItemCount()) if (item := self.topLevelItem(n)) is not None]
        clear = [item for item in items if int(item.data(0, _AT)) in self.meant]
        on = any(item.checkState(0) != Qt.CheckState.Checked for item in clear)
        self.blockSignals(True)
        for item in clear:
            item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.changed.emit()

    def choices(self) -> list[Choice]:
        """What is ticked."""
        found = []
        for n in range(self.topLevelItemCount()):
            item = self.topLevelItem(n)
            if item is not None and item.checkState(0) == Qt.CheckState.Checked:
                one = self.proposals[at := int(item.data(0, _AT))]
                found.append(Choice(one.source_id, one.span, one.words, self.meant[at].id))
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None and not event.modifiers():
            self.ask(item)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        for column, share in enumerate((0.24, 0.5, 0.26)):
            self.header().resizeSection(column, int(width * share))
        self.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)


class LinkSheet(Sheet):
    """Proposed links for the whole world, for one text, or to one entry."""

    def __init__(self, ctx: StudioContext, parent: QWidget | None, entry: tuple[RecordId, str] | None) -> None:
        super().__init__(parent, "Link names", width=880, height=560)
        self.ctx, self.entry = ctx, entry
        self.finished_looking = False
        row = hbox(gap=8)
        places: list[tuple[str, object]] = [("In the whole world", WORLD)]
        if entry is not None:
            places += [(f"In the text of “{entry[1]}”", HERE), (f"Texts that name “{entry[1]}”", ELSEWHERE)]
        self.place = ComboBox("Where to look", places)
        self.place.chosen.connect(lambda _place: self.scan())
        row.addWidget(self.place, 1)
        row.addWidget(Button("All or none", lambda: self.table.tick_all(), variant="ghost", compact=True))
        self.body.addLayout(row)
        self.table = ProposalTable(ctx.kinds)
        self.table.setMinimumHeight(look.px(120))
        self.table.changed.connect(self._count)
        self.body.addWidget(self.table, 1)
        self.said = label("", "caption", wrap=True)
        self.body.addWidget(self.said)
        self.button = self.buttons("Link", on_action=self._accept)
        self.scan()

    @property
    def tasks(self) -> Tasks:
        """Where the scan runs."""
        return self.ctx.tasks

    @latest_task
    async def scan(self) -> None:
        """Look through the texts, slice by slice; what is found shows at once."""
        self.finished_looking = False
        self.table.start()
        run, place = self.ctx.workspace.run, self.place.value()
        target = self.entry[0] if self.entry is not None and place == ELSEWHERE else None
        here = [self.entry[0]] if self.entry is not None and place == HERE else None
        ids: list[Any] = here if here is not None else await run(autolink.sources)
        for start in range(0, len(ids), SLICE):
            self.said.setText(f"Looking through {start} of {len(ids)} texts …")
            self.table.extend(await run(autolink.scan, ids[start : start + SLICE], target=target))
            if len(self.table.proposals) >= SHOWN:
                break
        self.finished_looking = True
        self._count()
        self.table.setFocus()

    def _count(self) -> None:
        count = len(self.table.choices())
        self.button.setEnabled(count > 0)
        self.button.setText(f"Link {count} {'name' if count == 1 else 'names'}" if count else "Link")
        if self.finished_looking:
            found = len(self.table.proposals)
            shared = sum(1 for one in self.table.proposals if len(one.targets) > 1)
            words = f"{found} found." if found else "Every known name is linked, or none is named."
            words += f" {shared} {'name is' if shared == 1 else 'names are'} shared: say which one is meant." * bool(
                shared
            )
            words += " These are the first; link them, then look again." * (found >= SHOWN)
            self.said.setText(words)

    def _accept(self) -> None:
        if self.button.isEnabled():
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._accept()
        else:
            super().keyPressEvent(event)
