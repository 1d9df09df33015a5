"""Picking an entity by name: completion while typing, and the offer to make what isn't there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QFrame, QSizePolicy, QWidget

from studio.domain.ids import RecordId
from studio.domain.vocabulary import kind_spec
from studio.domain.world import Link
from studio.ui.kit import Chip, FlowLayout, IconButton, LineEdit, hbox, named, style
from studio.ui.theme import look
from studio.ui.theme.icons import icon, kind_icon

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QObject

    from studio.ui.names import NameIndex

_ID, _NAME, _MAKE = (Qt.ItemDataRole.UserRole + n for n in (1, 2, 3))
_MAKEABLE = ("npc", "faction", "location", "item", "event")


class NamePicker(LineEdit):
    """A line that finds entities. `picked(id, name, kind)`; `make(kind, name)` where it isn't there yet."""

    picked = Signal(str, str, str)
    make = Signal(str, str)

    def __init__(
        self, name: str, names: NameIndex, *, kinds: tuple[str, ...] = (), placeholder: str = "", but: str = ""
    ) -> None:
        super().__init__(name, placeholder=placeholder or _placeholder(kinds))
        self._names = names
        self.kinds = kinds
        self._but = but
        self._offers = QStandardItemModel(self)
        completer = QCompleter(self._offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(_NAME)
        completer.setMaxVisibleItems(9)
        if (popup := completer.popup()) is not None:
            style(named(popup, f"{name}: suggestions"), boxed=True)
        self.setCompleter(completer)
        self.textEdited.connect(self.offer)
        completer.activated[QModelIndex].connect(self._take)  # pyright: ignore[reportIndexIssue]

    def set_owner(self, record_id: str) -> None:
        """The entity that isn't offered, because the link starts from it."""
        self._but = record_id

    def offer(self, typed: str) -> None:
        """Fill the list for what is typed."""
        self._offers.clear()
        if not typed.strip():
            return
        kinds = frozenset(self.kinds) if self.kinds else None
        hits = self._names.search(typed, limit=8, kinds=kinds, titles=False)
        exact = self._names.find(typed)
        for hit in hits:
            if hit.record_id != self._but:
                own = self._names.get(hit.record_id)
                text = hit.text if own is None or own.text == hit.text else f"{own.text}  ({hit.text})"
                self._add(text, own.text if own else hit.text, kind=hit.kind, record_id=hit.record_id)
        if exact is None or (self.kinds and exact.kind not in self.kinds):
            for kind in (self.kinds or _MAKEABLE)[:4]:
                words = f"New {kind_spec(kind).label if kind == 'npc' else kind_spec(kind).label.lower()}"
                self._add(f"{words} “{typed.strip()}”", typed.strip(), kind=kind, make=True)

    def _add(self, shown: str, name: str, *, kind: str, record_id: str = "", make: bool = False) -> None:
        item = QStandardItem(icon("plus", "muted") if make else kind_icon(kind), shown)
        item.setData(record_id, _ID)
        item.setData(name, _NAME)
        item.setData(kind if make else "", _MAKE)
        item.setData(kind, Qt.ItemDataRole.UserRole)
        item.setData(f"{shown}, {kind_spec(kind).label}", Qt.ItemDataRole.AccessibleTextRole)
        self._offers.appendRow(item)

    def _take(self, index: QModelIndex) -> None:
        if make := index.data(_MAKE):
            self.make.emit(make, index.data(_NAME))
        else:
            self.picked.emit(index.data(_ID), index.data(_NAME), index.data(Qt.ItemDataRole.UserRole))

    def offers(self) -> list[str]:
        """What the list shows."""
        return [self._offers.item(row).text() for row in range(self._offers.rowCount())]

    def exact(self) -> tuple[str, str, str] | None:
        """(id, name, kind) of the entity that has exactly the typed name."""
        found = self._names.find(self.text())
        return (found.record_id, found.text, found.kind) if found is not None else None


def _placeholder(kinds: tuple[str, ...]) -> str:
    words = [kind_spec(k).label if k == "npc" else kind_spec(k).label.lower() for k in kinds]
    return f"Type the name of a {' or '.join(words)}" if words else "Type a name"


class LinkField(QWidget):
    """A link to one entity: type, pick, open. A name that isn't there yet is kept as words."""

    edited = Signal()
    make = Signal(str, str)
    opened = Signal(str)

    def __init__(self, name: str, names: NameIndex, *, kinds: tuple[str, ...] = (), but: str = "") -> None:
        super().__init__()
        self._link: Link | None = None
        row = hbox(self, gap=4)
        self.line = NamePicker(name, names, kinds=kinds, but=but)
        self.setFocusProxy(self.line)
        self.go = IconButton("arrow-right", f"{name}: open the linked entry", self._open)
        row.addWidget(self.line, 1)
        row.addWidget(self.go)
        self.line.picked.connect(self._picked)
        self.line.make.connect(self.make)
        self.line.committed.connect(lambda _text: self._typed())
        self._show()

    def read(self) -> Link | None:
        """The link as it stands."""
        return self._link

    def put(self, value: object) -> None:
        """Show a link without firing `edited`."""
        self._link = value if isinstance(value, Link) else Link(text=str(value)) if value else None
        self._show()

    def _show(self) -> None:
        self.line.set_text(self._link.text if self._link else "")
        bound = self._link is not None and self._link.ref is not None
        self.go.setVisible(bound)
        self.line.setToolTip("" if bound or self._link is None else "Nothing has this name yet; it is kept as words.")

    def _picked(self, record_id: str, name: str, _kind: str) -> None:
        self._link = Link(text=name, ref=RecordId(record_id))
        QTimer.singleShot(0, self, self._show)
        self.edited.emit()

    def _typed(self) -> None:
        text = self.line.text().strip()
        if self._link is not None and self._link.text == text:
            return
        found = self.line.exact()
        self._link = (Link(text=found[1], ref=RecordId(found[0])) if found else Link(text=text)) if text else None
        self._show()
        self.edited.emit()

    def _open(self) -> None:
        if self._link is not None and self._link.ref:
            self.opened.emit(self._link.ref)


class LinksField(QFrame):
    """Links to several entities as chips, with a line at the end to add one."""

    edited = Signal()
    make = Signal(str, str)
    opened = Signal(str)

    def __init__(self, name: str, names: NameIndex, *, kinds: tuple[str, ...] = (), but: str = "") -> None:
        super().__init__()
        style(self, tagBox="true")
        named(self, name)
        self._names = names
        self._links: list[Link] = []
        self._flow = FlowLayout(self, gap=4, margins=(6, 4, 6, 4))
        self.line = NamePicker(f"{name}: add", names, kinds=kinds, placeholder="Add a name", but=but)
        self.line.setMinimumWidth(look.px(110))
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)
        self._flow.addWidget(self.line)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.line.picked.connect(lambda record_id, text, _kind: self._take(Link(text=text, ref=RecordId(record_id))))
        self.line.make.connect(self._make)
        self.line.editingFinished.connect(self._typed)
        names.changed.connect(self._draw)

    def read(self) -> list[Link]:
        """The links as they stand."""
        return list(self._links)

    def put(self, value: object) -> None:
        """Show links without firing `edited`."""
        many = value if isinstance(value, list | tuple) else [value] if value else []
        wanted = [one if isinstance(one, Link) else Link(text=str(one)) for one in many]
        if wanted == self._links and self._flow.count() == len(wanted) + 1:
            return
        self._links = wanted
        self._draw()

    def _draw(self) -> None:
        """Chips in the look of what they point to; names may come in later."""
        while self._flow.count() > 1:
            item = self._flow.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, link in enumerate(self._links):
            self._flow.insert(at, self._chip(link))
        self.updateGeometry()

    def _chip(self, link: Link) -> Chip:
        known = self._names.get(link.ref) if link.ref else None
        mark = look.kind_icon(known.kind) if known else "link" if link.ref else "unlink"
        token = look.kind_colour(known.kind) if known else "muted"
        chip = Chip(link.text, icon=mark, token=token, on_remove=lambda: self._remove(link))
        if link.ref:
            chip.setToolTip("Double-click opens it")
            chip.mouseDoubleClickEvent = lambda _event, ref=link.ref: self.opened.emit(ref)  # pyright: ignore[reportAttributeAccessIssue]
        else:
            chip.setToolTip("Nothing has this name yet; it is kept as words.")
        return chip

    def _take(self, link: Link) -> None:
        QTimer.singleShot(0, self.line, lambda: self.line.set_text(""))
        if link not in self._links and (not link.ref or link.ref not in {one.ref for one in self._links}):
            self.put([*self._links, link])
            self.edited.emit()

    def _make(self, kind: str, name: str) -> None:
        QTimer.singleShot(0, self.line, lambda: self.line.set_text(""))
        self.make.emit(kind, name)

    def _typed(self) -> None:
        completer = self.line.completer()
        popup = completer.popup() if completer is not None else None
        if not self.line.text().strip() or (popup is not None and popup.isVisible()):
            return
        found = self.line.exact()
        self._take(Link(text=found[1], ref=RecordId(found[0])) if found else Link(text=self.line.text().strip()))

    def _remove(self, link: Link) -> None:
        self.put([one for one in self._links if one != link])
        self.line.setFocus()
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self.line and kind in (kind.FocusIn, kind.FocusOut):
            style(self, tagBox="focus" if kind == kind.FocusIn else "true")
        return super().eventFilter(watched, event)
