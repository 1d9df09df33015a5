"""What stands above and below the picture: depth, filter, the way to another entry, the legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import QModelIndex, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPainter, QPen, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QMenu, QSizePolicy, QWidget

from studio.domain.families import FAMILY_WORDS, family_of
from studio.domain.world import Certainty
from studio.services.world.graph_svg import DASHES, WEAK, WEAK_WORDS
from studio.services.world.reach import EVERYTHING, Only
from studio.ui.kit import FlowLayout, LineEdit, MenuButton, clear, hbox, label, named, style
from studio.ui.theme import look
from studio.ui.theme.icons import kind_icon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.services.world.graph import Graph, InUse
    from studio.ui.kinds import KindIndex
    from studio.ui.names import NameIndex

_ID = Qt.ItemDataRole.UserRole + 1


class FilterButton(MenuButton):
    """Which kinds, relations and certainties the graph has; ticks in a menu. None ticked in a part means all."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("Filter", fill=self._fill, icon="list-filter", compact=True, name="Filter the graph")
        self.only = EVERYTHING
        self.in_use: InUse | None = None
        self.dated = False
        """Whether the world is looked at as of a day, by somebody who may see the rest too."""

    def set_only(self, only: Only) -> None:
        """Filter by something else."""
        if only != self.only:
            self.only = only
            count = len(only.kinds) + len(only.types) + len(only.certainties) + only.any_time + only.weak
            self.setText(f"Filter · {count}" if count else "Filter")
            self.setAccessibleName(f"Filter the graph, {count} chosen" if count else "Filter the graph")
            self.changed.emit()

    def _fill(self, menu: QMenu) -> None:
        used = self.in_use
        kinds = menu.addMenu("Kinds")
        for kind, plural in used.kinds if used else ():
            self._tick(kinds, plural, "kinds", kind)
        types = menu.addMenu("Relations")
        for family, words in FAMILY_WORDS.items():
            own = [(name, said) for name, said in (used.types if used else ()) if family_of(name) == family]
            if own:
                types.addSection(words)
            for name, said in own:
                self._tick(types, said, "types", name)
        certainties = menu.addMenu("Certainty")
        for word in get_args(Certainty):
            self._tick(certainties, word.capitalize(), "certainties", word)
        menu.addSeparator()
        weak = QAction("Also links in fields and texts", menu)
        weak.setCheckable(True)
        weak.setChecked(self.only.weak)
        weak.toggled.connect(lambda on: self.set_only(self.only.model_copy(update={"weak": on})))
        menu.addAction(weak)
        later = QAction("Also what doesn't hold on this day", menu)
        later.setCheckable(True)
        later.setChecked(self.only.any_time)
        later.setEnabled(self.dated)
        later.toggled.connect(lambda on: self.set_only(self.only.model_copy(update={"any_time": on})))
        menu.addAction(later)
        every = menu.addAction("Show everything", lambda: self.set_only(EVERYTHING))
        every.setEnabled(self.only != EVERYTHING)

    def _tick(self, menu: QMenu, words: str, part: str, value: str) -> None:
        action = QAction(words, menu)
        action.setCheckable(True)
        action.setChecked(value in getattr(self.only, part))
        action.toggled.connect(lambda on: self.tick(part, value, on=on))
        menu.addAction(action)

    def tick(self, part: str, value: str, *, on: bool) -> None:
        """Take one word into the filter, or out of it."""
        kept = tuple(one for one in getattr(self.only, part) if one != value)
        self.set_only(self.only.model_copy(update={part: (*kept, value) if on else kept}))


class TargetField(LineEdit):
    """Where a way is to lead: type a name, pick it. `picked` carries the entry's id."""

    picked = Signal(str)

    def __init__(self, names: NameIndex, kinds: KindIndex) -> None:
        super().__init__("Path to", placeholder="Path to…", compact=True)
        self.setAccessibleDescription("Type a name to see how it is related to the current entry")
        self._names, self._kinds = names, kinds
        self._offers = QStandardItemModel(self)
        completer = QCompleter(self._offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        if (popup := completer.popup()) is not None:
            style(named(popup, "Path to: suggestions"), boxed=True)
        self.setCompleter(completer)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(self._offer)
        self.returnPressed.connect(self._entered)
        completer.activated[QModelIndex].connect(lambda index: self._take(str(index.data(_ID))))  # pyright: ignore[reportIndexIssue]

    def sizeHint(self) -> QSize:
        return QSize(look.px(170), super().sizeHint().height())

    def _offer(self, typed: str) -> None:
        self._offers.clear()
        for hit in self._names.search(typed, limit=8, titles=False) if typed.strip() else ():
            item = QStandardItem(kind_icon(hit.kind), hit.text)
            item.setData(hit.record_id, _ID)
            item.setData(f"{hit.text}, {self._kinds.label(hit.kind)}", Qt.ItemDataRole.AccessibleTextRole)
            self._offers.appendRow(item)

    def _entered(self) -> None:
        found = self._names.find(self.text())
        if found is not None:
            self._take(found.record_id)
        elif self._offers.rowCount():
            self._take(str(self._offers.item(0).data(_ID)))

    def _take(self, record_id: str) -> None:
        QTimer.singleShot(0, self, lambda: self.set_text(""))
        self.picked.emit(record_id)


class Legend(QWidget):
    """The colours and lines that the picture has, in words."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=12)
        self._shown: tuple[object, ...] = ()

    def show_graph(self, graph: Graph) -> None:
        """Explain what this graph has."""
        families = {edge.family for edge in graph.edges if not edge.weak}
        rows: list[tuple[str, tuple[float, ...], str]] = [
            (look.family_colour(f), (), words) for f, words in FAMILY_WORDS.items() if f in families
        ]
        unsure = {edge.certainty for edge in graph.edges} - {"fact"}
        rows += [(look.colour("text").name(), DASHES[c], c.capitalize()) for c in DASHES if c in unsure]
        rows += [(look.family_colour("other"), WEAK, WEAK_WORDS)] if any(edge.weak for edge in graph.edges) else []
        shown = (*rows, look.scale())
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._flow)
        for colour, dashes, words in rows:
            self._flow.addWidget(_key(colour, dashes, words, self.devicePixelRatioF()))
        self.updateGeometry()


def _key(colour: str, dashes: Iterable[float], words: str, ratio: float) -> QWidget:
    made = QWidget()
    row = hbox(made, gap=5)
    width, height = look.px(26), look.px(10)
    drawn = QPixmap(round(width * ratio), round(height * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(look.colour(colour), 2 * look.scale())
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if pattern := list(dashes):
        pen.setDashPattern(pattern)
    painter.setPen(pen)
    painter.drawLine(QPointF(0, height / 2), QPointF(width, height / 2))
    painter.end()
    mark = label()
    mark.setPixmap(drawn)
    row.addWidget(mark)
    row.addWidget(label(words, "caption"))
    return made
