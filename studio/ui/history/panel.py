"""The history panel: the log newest first, filters above it, and beside it what the chosen change did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QListView, QSplitter, QStackedWidget, QWidget

from studio.domain.events import Committed
from studio.domain.ids import CommitId, RecordId
from studio.services import changes
from studio.services.changes import Filter
from studio.ui.history.delegate import RowDelegate
from studio.ui.history.detail import DetailView
from studio.ui.history.model import HistoryModel
from studio.ui.kit import Chip, ComboBox, EmptyState, FlowLayout, SearchField, named, vbox
from studio.ui.panel import Panel
from studio.ui.tasks import latest_task, ui_task

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from studio.ui.context import StudioContext

PAGE = 100
WIDE = 900
EVERYBODY = "Everybody"
SHOWS = (("All changes", ""), ("Past the gate", "gate"))


class HistoryPanel(Panel):
    """Reads nothing while it is hidden; catches up when it is shown."""

    title: ClassVar[str] = "History"
    icon: ClassVar[str] = "history"

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.filter = Filter()
        self._stale = True
        self.model = HistoryModel(lambda below: self._load_more(below), parent=self)
        column = vbox(self, gap=0)
        column.addWidget(self._build_top())
        column.addWidget(self._build_body(), 1)
        self._minute = QTimer(self, interval=30_000)
        self._minute.timeout.connect(self.model.tell)
        self.listen(Committed, lambda _event: self._committed())
        self.follow(ctx.theme.changed, self._restyle)
        self.follow(ctx.hub.history, self._asked_for)

    # ---- building ------------------------------------------------------------------------------------------------

    def _build_top(self) -> QWidget:
        top = QWidget()
        rows = vbox(top, margins=(10, 8, 10, 6), gap=6)
        self.words = SearchField("Filter changes by words", placeholder="Filter by words")
        self.words.searched.connect(lambda text: self.narrow(word=text))
        rows.addWidget(self.words)
        self._line = QWidget()
        flow = FlowLayout(self._line, gap=6)
        self.people = ComboBox("Filter changes by author", [(EVERYBODY, "")], compact=True)
        self.people.setMinimumContentsLength(11)
        self.people.chosen.connect(lambda author: self.narrow(author=str(author or "")))
        self.gate = ComboBox("Which changes", SHOWS, compact=True)
        self.gate.setMinimumContentsLength(11)
        self.gate.chosen.connect(lambda which: self.narrow(past_gate=which == "gate"))
        flow.addWidget(self.people)
        flow.addWidget(self.gate)
        self._flow = flow
        self._chip: Chip | None = None
        rows.addWidget(self._line)
        self._line.hide()
        return top

    def _build_body(self) -> QWidget:
        self.list = named(QListView(), "Changes, newest first", "Arrows walk, Tab goes to what changed")
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTabKeyNavigation(False)
        self.list.setMouseTracking(True)
        self.list.setMinimumHeight(120)
        self.words.set_target(self.list)
        self.list.selectionModel().currentChanged.connect(self._picked)
        self.detail = DetailView()
        self.detail.opened.connect(lambda record, kind: self.ctx.navigate(record, None, kind))
        self.detail.narrowed.connect(lambda record: self.show_record(record))
        self.detail.wanted.connect(lambda record, side, paths: self._put_back(record, side, paths))
        self.detail.stepped.connect(lambda step: self.ctx.commands.run(f"edit.{step}"))
        self.detail.import_wanted.connect(lambda commit: self._show_import(commit))
        self.detail.more_wanted.connect(lambda offset: self._load_records(offset))
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.detail)
        self.splitter.setSizes([360, 420])
        self.nothing = EmptyState(
            "Every change to this project will be listed here: what, when and by whom, and how to have it back.",
            title="Nothing has changed yet", icon="history",
        )  # fmt: skip
        self.no_match = EmptyState("No change fits the filter.", icon="list-filter", action="Show all changes",
                                   on_action=self.show_all)  # fmt: skip
        self.pages = QStackedWidget()
        for page in (self.splitter, self.nothing, self.no_match):
            self.pages.addWidget(page)
        return self.pages

    # ---- what it shows -------------------------------------------------------------------------------------------

    def show_record(self, record_id: str, span: tuple[int, int] | None = None) -> None:
        """Show only the changes of one record."""
        self.narrow(record=record_id)
        self._name_chip(record_id)

    def _asked_for(self, record_id: str) -> None:
        self.show_record(record_id)
        self.ctx.shell.show_panel("history")

    def show_all(self) -> None:
        """Take every filter off."""
        self.words.set_text("")
        self.people.set_value("")
        self.gate.set_value("")
        self._drop_chip()
        self.narrow(record="", author="", word="", past_gate=False)
        self.words.setFocus()

    def narrow(self, **changed: str | bool) -> None:
        """Filter by `word`, `author`, `record` or `past_gate`; an empty one is taken off."""
        wanted = self.filter.model_copy(update=changed)
        if wanted != self.filter:
            self.filter = wanted
            self.reload()

    def focus_first(self) -> None:
        """The list, where there is one."""
        target = self.list if self.model.rows else self.words
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.model.rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()
        if self._stale:
            self._catch_up()

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self._minute.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= WIDE
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.splitter.orientation() != wanted:
            self.splitter.setOrientation(wanted)
            self.splitter.setSizes([400, max(400, self.width() - 400)] if wide else [360, 420])

    # ---- loading -------------------------------------------------------------------------------------------------

    def _committed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._catch_up()

    @latest_task
    async def reload(self) -> None:
        """Read the first page anew."""
        self._stale = False
        rows = await self.ctx.workspace.run(changes.page, self.filter, limit=PAGE)
        people = await self.ctx.workspace.run(changes.authors)
        passed = await self.ctx.workspace.run(changes.any_past_gate)
        self.model.fill(rows, more=len(rows) == PAGE)
        self._show_filters(people, passed=passed)
        page = self.splitter if rows else self.no_match if self.filter.is_on else self.nothing
        self.pages.setCurrentWidget(page)
        if rows:
            self.list.setCurrentIndex(self.model.index(0))
        else:
            self.detail.blank()
        if self.filter.is_on:
            many = "100 or more changes fit" if len(rows) == PAGE else f"{len(rows)} changes fit"
            self.ctx.announce(many if len(rows) != 1 else "1 change fits")

    @latest_task
    async def _catch_up(self) -> None:
        if not self.model.rows:
            self.reload()
            return
        self._stale = False
        newest = self.model.newest()
        rows = await self.ctx.workspace.run(changes.page, self.filter, after_seq=newest, limit=PAGE)
        undo, redo = await self.ctx.workspace.run(changes.heads)
        if newest != self.model.newest():
            return
        if len(rows) == PAGE:
            self.reload()
            return
        followed = self.list.currentIndex().row() == 0 and not self.detail.isAncestorOf(self.focusWidget() or self)
        self.model.put_on_top(rows)
        self.model.set_tops(undo, redo)
        if rows and followed:
            self.list.setCurrentIndex(self.model.index(0))
            self.list.scrollToTop()
        else:
            self._show_current()

    @ui_task
    async def _load_more(self, below: int) -> None:
        wanted = self.filter
        rows = await self.ctx.workspace.run(changes.page, wanted, limit=PAGE, before_seq=below)
        if wanted == self.filter and self.model.rows and self.model.rows[-1].seq == below:
            self.model.add(rows, more=len(rows) == PAGE)

    def _picked(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_current()

    @latest_task
    async def _show_current(self) -> None:
        at = self.list.currentIndex().row()
        if 0 <= at < len(self.model.rows):
            self.detail.show_detail(await self.ctx.workspace.run(changes.detail, self.model.rows[at].id))

    @ui_task
    async def _load_records(self, offset: int) -> None:
        if (shown := self.detail.detail) is not None:
            self.detail.add_records(await self.ctx.workspace.run(changes.detail, shown.row.id, offset=offset))

    # ---- acting --------------------------------------------------------------------------------------------------

    @ui_task
    async def _put_back(self, record_id: str, side: changes.Side, paths: tuple[tuple[str, ...], ...]) -> None:
        shown = self.detail.detail
        if shown is None:
            return
        message = await self.ctx.workspace.run(
            changes.put_back, RecordId(record_id), CommitId(shown.row.id), side=side, paths=paths
        )
        self.ctx.toast(message, undo=lambda: self.ctx.commands.run("edit.undo"))

    @ui_task
    async def _show_import(self, commit_id: str) -> None:
        from studio.ui.dialogs.import_report import show_import

        await show_import(self.ctx, self.window(), commit_id)

    # ---- filters -------------------------------------------------------------------------------------------------

    def _show_filters(self, people: list[str], *, passed: bool) -> None:
        """Only what has something to choose from."""
        self.people.set_items([(EVERYBODY, ""), *((name, name) for name in people)])
        self.people.set_value(self.filter.author)
        self.people.setVisible(len(people) > 1)
        self.gate.setVisible(passed)
        self._line.setVisible(len(people) > 1 or passed or self._chip is not None)

    @latest_task
    async def _name_chip(self, record_id: str) -> None:
        name = await self.ctx.workspace.run(changes.name_of, record_id)
        self._drop_chip()
        self._chip = Chip(f"Only {name}", icon="list-filter", on_remove=lambda: self._remove_chip())
        self._flow.insert(0, self._chip)
        self._line.show()

    def _remove_chip(self) -> None:
        self._drop_chip()
        self.narrow(record="")
        self.list.setFocus()

    def _drop_chip(self) -> None:
        if self._chip is not None:
            chip, self._chip = self._chip, None
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
            self._line.setVisible(self.people.count() > 2 or not self.gate.isHidden())

    def _restyle(self) -> None:
        """Differences carry colours of their own, so they are drawn anew."""
        if self.detail.detail is not None:
            self.detail.show_detail(self.detail.detail)
        self.list.doItemsLayout()
