"""The search panel: type, walk the hits, Enter opens one and the list stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QStackedWidget

from studio.domain.events import Committed
from studio.services.find import GROUPS, Hit, find
from studio.services.retrieval.joining import asks, joined
from studio.services.retrieval.query import Filters, Query
from studio.ui.kit import ComboBox, EmptyState, SearchField, hbox, label, named, vbox
from studio.ui.panel import Panel
from studio.ui.search.delegate import HitDelegate
from studio.ui.search.model import HitModel
from studio.ui.tasks import latest_task

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from studio.ui.context import StudioContext

SHOWN, ANSWERS = 60, 20
WEAK = "Nothing answers this well; the nearest"
PLACES = (("Everywhere", ""), ("World Bible", "world"), ("Notes", "notes"), ("Chats", "chats"), ("Foundry", "foundry"),
          ("Prompt Forge", "forge"))  # fmt: skip
_TIP = "Names forgive a slip of the keyboard. #word finds by tag. A question finds what answers it."


class SearchPanel(Panel):
    """Looks again when the project changes, so that what it shows is there."""

    title: ClassVar[str] = "Search"
    icon: ClassVar[str] = "search"
    for_all_eyes: ClassVar[bool] = True

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._stale = False
        self._shown_for: tuple[str, str] = ("", "")
        self._open_first = False
        self._asking = False
        self.model = HitModel(ctx.kinds.spec, self)
        column = vbox(self, gap=0)
        column.addLayout(self._build_top())
        column.addWidget(self._build_pages(), 1)
        self._again = QTimer(self, singleShot=True, interval=250)
        self._again.timeout.connect(self._look_again)
        self.listen(Committed, lambda _event: self._committed())
        self.follow(ctx.theme.changed, self.list.doItemsLayout)
        self.follow(ctx.hub.search, self._asked_for)
        self.follow(ctx.lens.changed, lambda: self.search())

    def _build_top(self):
        column = vbox(margins=(10, 8, 10, 6), gap=6)
        self.words = SearchField("Search the whole project", placeholder="Search, or ask a question", delay_ms=90)
        self.words.setAccessibleDescription(_TIP)
        self.words.searched.connect(lambda _text: self.search())
        self.words.installEventFilter(self)
        column.addWidget(self.words)
        row = hbox(gap=8)
        self.place = ComboBox("Search in", PLACES, compact=True)
        self.place.setMinimumContentsLength(9)
        self.place.chosen.connect(lambda _place: self.search())
        row.addWidget(self.place)
        self.count = label("", "caption")
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.count, 1)
        column.addLayout(row)
        return column

    def _build_pages(self) -> QStackedWidget:
        self.list = named(QListView(), "Found", "Enter opens, Up from the first goes back to the search")
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list, self.ctx.kinds.spec))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setTabKeyNavigation(False)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(self.open)
        self.list.installEventFilter(self)
        self.words.set_target(self.list)
        self.start = EmptyState(
            f"Find names and words in the world, the notes, the chats, blueprints and prompts. {_TIP}", icon="search"
        )
        self.nothing = EmptyState("", icon="search", action="Search everywhere", on_action=self._widen)
        self.pages = QStackedWidget()
        for page in (self.start, self.list, self.nothing):
            self.pages.addWidget(page)
        return self.pages

    # ---- searching -----------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """The search field, with what is in it selected."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    @latest_task
    async def search(self) -> None:
        """Find what is typed, in the place that is chosen."""
        typed, place = asked = self._asked()
        self._stale = False
        if not typed.lstrip("#"):
            self._show([], typed, place)
            return
        lens, kinds = self.ctx.lens.value, GROUPS.get(place, ())
        hits = await self.ctx.workspace.run(find, typed, limit=SHOWN, kinds=kinds, lens=lens)
        kept = self._chosen_id() if asked == self._shown_for else ""
        self._asking = asks(typed)
        self._shown_for = asked
        if hits or not self._asking:
            self._fill(hits, kept)
            self._show(hits, typed, place)
        if self._asking:
            query = Query(text=typed, k=ANSWERS, lens=lens, filters=Filters(kinds=kinds))
            from studio.services.retrieval.asking import ask  # much to import: when there is a question first

            found = await ask(self.ctx.workspace, query, index=self.ctx.index)
            self._asking = False
            more = joined(hits, found)
            self._fill(more, self._chosen_id() or kept)
            self._show(more, typed, place, weak=found.weak and not hits)
        if self._open_first:
            self.open(self.list.currentIndex())
        self._open_first = False

    def _fill(self, hits: list[Hit], kept: str) -> None:
        """Show these; the hit that was chosen stays chosen."""
        if hits != self.model.hits:
            self.model.fill(hits)
        at = next((n for n, hit in enumerate(hits) if hit.id == kept), 0)
        if hits:
            self.list.setCurrentIndex(self.model.index(at))

    def _asked(self) -> tuple[str, str]:
        return self.words.text().strip(), str(self.place.value() or "")

    def _show(self, hits: list[Hit], typed: str, place: str, *, weak: bool = False) -> None:
        page = self.list if hits else self.nothing if typed else self.start
        self.pages.setCurrentWidget(page)
        if not hits:
            self.model.fill([])
        many = f"{SHOWN} or more found" if len(hits) == SHOWN else f"{len(hits)} found"
        many = WEAK if weak and hits else many
        self.count.setText(many if hits else "")
        where = next(words for words, key in PLACES if key == place)
        self.nothing.sentence.setText(
            f"Nothing in “{where}” has “{typed}”." if place else f"Nothing has “{typed}”. Try fewer or other words."
        )
        if self.nothing.button is not None:
            self.nothing.button.setVisible(bool(place))
        if typed:
            self.ctx.announce(many if hits else "Nothing found")

    def _chosen_id(self) -> str:
        at = self.list.currentIndex().row()
        return self.model.hits[at].id if 0 <= at < len(self.model.hits) else ""

    def _widen(self) -> None:
        self.place.set_value("")
        self.search()
        self.words.setFocus()

    def _asked_for(self, text: str) -> None:
        self.place.set_value("")
        self.words.setText(text)
        self.ctx.shell.show_panel("search")

    # ---- opening -------------------------------------------------------------------------------------------------

    def open(self, index: QModelIndex) -> None:
        """Show a hit in its own panel; the list stays as it is."""
        if index.isValid():
            hit = self.model.hits[index.row()]
            self.ctx.navigate(hit.id, hit.span, hit.kind)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and watched in (self.words, self.list):
                self._enter()
                return True
            first = self.list.currentIndex().row() <= 0
            if watched is self.list and event.key() == Qt.Key.Key_Up and first:
                self.words.setFocus(Qt.FocusReason.BacktabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        """Open the chosen hit; where the search hasn't caught up with the keys yet, the first one when it has."""
        if self._asked() == self._shown_for and (self.model.hits or not self._asking):
            self.open(self.list.currentIndex())
        else:
            self._open_first = True
            if not (self._asking and self._asked() == self._shown_for):
                self.search()

    # ---- keeping up ----------------------------------------------------------------------------------------------

    def _committed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._again.start()

    def _look_again(self) -> None:
        if self._stale and self.words.text().strip():
            self.search()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._again.start()
