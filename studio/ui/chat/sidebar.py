"""All conversations of the project: pinned, in folders, by day; and search through everything that was said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QTreeView

from studio.ui.chat.thread_rows import HIT, KIND, SUB, THREAD, ThreadPainter
from studio.ui.kit import IconButton, SearchField, context_menu, hbox, label, named, plain_tip, style, vbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.services.chat.threads import ThreadHit, ThreadItem


class Sidebar(QFrame):
    """The list of threads. Signals ask; the panel answers."""

    opened = Signal(str, str)
    new = Signal()
    searched = Signal(str)
    act = Signal(str, str)
    collapse = Signal()

    def __init__(self) -> None:
        super().__init__()
        style(self, chatSide=True)
        named(self, "Conversations")
        self._current = ""
        self._items: dict[str, ThreadItem] = {}
        self._folded: set[str] = {"Archived"}
        column = vbox(self, margins=(8, 8, 8, 8), gap=6)
        top = hbox(gap=4)
        top.addWidget(label("Chats", "strong"), 1)
        top.addWidget(IconButton("message-square-plus", "New chat", self.new.emit, key="Ctrl+N"))
        top.addWidget(IconButton("panel-left", "Hide the chat list", self.collapse.emit, key="Ctrl+B"))
        column.addLayout(top)
        self.search = SearchField("Search all chats", placeholder="Search all chats", delay_ms=120)
        self.search.searched.connect(self.searched)
        column.addWidget(self.search)
        self._model = QStandardItemModel(self)
        self.view = self._make_view()
        self.search.set_target(self.view)
        column.addWidget(self.view, 1)
        self._empty = label("Nothing found. Try fewer words.", "muted", wrap=True)
        self._empty.hide()
        column.addWidget(self._empty)

    def _make_view(self) -> QTreeView:
        view = named(QTreeView(), "Chats", "Enter opens, F2 renames, Delete moves to the trash")
        view.setModel(self._model)
        view.setHeaderHidden(True)
        view.setItemDelegate(ThreadPainter(view))
        view.setIndentation(0)
        view.setRootIsDecorated(False)
        view.setExpandsOnDoubleClick(False)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._menu)
        view.clicked.connect(self._clicked)
        view.activated.connect(self._activated)
        view.installEventFilter(self)
        return view

    # ---- filling -------------------------------------------------------------------------------------------------

    def set_threads(self, items: Sequence[ThreadItem], *, current: str, running: Iterable[str] = ()) -> None:
        """Show these threads; `running` ones have an answer on the way."""
        self._current = current
        self._items = {t.id: t for t in items}
        if self.search.text().strip():
            return
        busy = set(running)
        scroll = self.view.verticalScrollBar().value()
        self._model.clear()
        for title, group in grouped(items):
            head = _head(title, len(group))
            for item in group:
                head.appendRow(_row(item, running=item.id in busy))
            self._model.appendRow(head)
            self.view.setExpanded(head.index(), title not in self._folded)
        self._empty.setVisible(False)
        self._select(current)
        self.view.verticalScrollBar().setValue(scroll)

    def set_hits(self, hits: Sequence[ThreadHit]) -> None:
        """Show what a search found."""
        self._model.clear()
        for hit in hits:
            row = QStandardItem(hit.title)
            row.setData("hit", KIND)
            row.setData(hit.thread_id, THREAD)
            row.setData(hit.message_id or "", HIT)
            row.setData(hit.snippet.replace("\n", " "), SUB)
            plain = hit.snippet.replace("\x02", "").replace("\x03", "")
            row.setData(f"{hit.title}. {plain}", Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(row)
        self._empty.setVisible(not hits)

    def _select(self, thread_id: str) -> None:
        for head in range(self._model.rowCount()):
            parent = self._model.item(head)
            for row in range(parent.rowCount()):
                if parent.child(row).data(THREAD) == thread_id:
                    self.view.setCurrentIndex(parent.child(row).index())
                    return

    # ---- acting --------------------------------------------------------------------------------------------------

    def current_thread(self) -> str:
        """The thread under the cursor in the list."""
        return str(self.view.currentIndex().data(THREAD) or "")

    def _clicked(self, index: QModelIndex) -> None:
        if index.data(KIND) == "head":
            self._fold(index)
        else:
            self.opened.emit(str(index.data(THREAD)), str(index.data(HIT) or ""))

    def _activated(self, index: QModelIndex) -> None:
        if index.data(KIND) != "head" and self.view.hasFocus():
            self.opened.emit(str(index.data(THREAD)), str(index.data(HIT) or ""))

    def _fold(self, index: QModelIndex) -> None:
        title, is_open = str(index.data()), self.view.isExpanded(index)
        self.view.setExpanded(index, not is_open)
        self._folded = self._folded | {title} if is_open else self._folded - {title}

    def _menu(self, point: QPoint) -> None:
        index = self.view.indexAt(point)
        thread_id = str(index.data(THREAD) or "")
        if not thread_id:
            return
        menu = context_menu(self.view, "This chat")
        self.fill_menu(menu, thread_id)
        menu.popup(self.view.viewport().mapToGlobal(point))

    def fill_menu(self, menu: QMenu, thread_id: str) -> None:
        """Everything that can be done with a thread."""
        item = self._items.get(thread_id)
        pinned = item is not None and item.pinned
        archived = item is not None and item.archived
        for what, words in (
            ("rename", "Rename…\tF2"),
            ("unpin" if pinned else "pin", "Unpin" if pinned else "Pin"),
            ("folder", "Move to folder…"),
            ("unarchive" if archived else "archive", "Bring back" if archived else "Archive"),
            ("delete", "Delete\tDel"),
        ):
            action = menu.addAction(words)
            action.triggered.connect(lambda _checked=False, what=what: self.act.emit(what, thread_id))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F2, Delete, Enter, and left and right on a heading."""
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        index = self.view.currentIndex()
        thread_id = self.current_thread()
        key = event.key()
        if index.data(KIND) == "head" and key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
            self._fold(index)
        elif thread_id and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(thread_id, str(index.data(HIT) or ""))
        elif thread_id and key == Qt.Key.Key_F2:
            self.act.emit("rename", thread_id)
        elif thread_id and key == Qt.Key.Key_Delete:
            self.act.emit("delete", thread_id)
        else:
            return False
        return True


def grouped(items: Sequence[ThreadItem], *, today: date | None = None) -> list[tuple[str, list[ThreadItem]]]:
    """Threads under headings: pinned, folders by name, then by day; what is archived at the end."""
    today = today or datetime.now().astimezone().date()
    groups: dict[str, list[ThreadItem]] = {}
    for item in items:
        groups.setdefault(_heading(item, today), []).append(item)
    fixed = ["Today", "Yesterday", "Last 7 days", "Last 30 days", "Older"]
    folders = sorted((g for g in groups if g not in {*fixed, "Pinned", "Archived"}), key=str.casefold)
    order = ["Pinned", *folders, *fixed, "Archived"]
    return [(title, groups[title]) for title in order if title in groups]


def _heading(item: ThreadItem, today: date) -> str:
    if item.archived:
        return "Archived"
    if item.pinned:
        return "Pinned"
    if item.folder:
        return item.folder
    day = item.updated_at.astimezone().date() if item.updated_at else today
    age = today - day
    for limit, title in ((0, "Today"), (1, "Yesterday"), (7, "Last 7 days"), (30, "Last 30 days")):
        if age <= timedelta(days=limit):
            return title
    return "Older"


def _head(title: str, count: int) -> QStandardItem:
    head = QStandardItem(title)
    head.setData("head", KIND)
    head.setData(str(count), SUB)
    head.setData(f"{title}, {count} chats", Qt.ItemDataRole.AccessibleTextRole)
    return head


def _row(item: ThreadItem, *, running: bool) -> QStandardItem:
    row = QStandardItem(item.title)
    row.setData("running" if running else "pinned" if item.pinned else "thread", KIND)
    row.setData(item.id, THREAD)
    words = [item.title, "pinned" if item.pinned else "", "an answer is coming in" if running else ""]
    row.setData(", ".join(w for w in words if w), Qt.ItemDataRole.AccessibleTextRole)
    row.setToolTip(plain_tip(item.title))
    return row
