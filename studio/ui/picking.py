"""A line that finds an entity by name while typing, and offers to make what isn't there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter

from studio.ui.carried import ENTITY_MIME
from studio.ui.kit import LineEdit, named, style
from studio.ui.theme.icons import icon, kind_icon

if TYPE_CHECKING:
    from studio.ui.context import StudioContext
    from studio.ui.kinds import KindIndex

_ID, _NAME, _MAKE = (Qt.ItemDataRole.UserRole + n for n in (1, 2, 3))
_MAKEABLE = ("npc", "faction", "location", "item", "event")


__all__ = ["ENTITY_MIME", "NamePicker"]


class NamePicker(LineEdit):
    """A line that finds entities. `picked(id, name, kind)`; `make(kind, name)` where it isn't there yet."""

    picked = Signal(str, str, str)
    make = Signal(str, str)

    def __init__(
        self,
        name: str,
        ctx: StudioContext,
        *,
        kinds: tuple[str, ...] = (),
        placeholder: str = "",
        but: str = "",
        can_make: bool = True,
    ) -> None:
        super().__init__(name, placeholder=placeholder or _placeholder(ctx.kinds, kinds))
        self._names, self._specs = ctx.names, ctx.kinds
        self.kinds = kinds
        self._but = but
        self._can_make = can_make
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
        self._names.improved.connect(self._offer_again)

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
        if self._can_make and (exact is None or (self.kinds and exact.kind not in self.kinds)):
            for kind in (self.kinds or _MAKEABLE)[:4]:
                words = f"New {self._specs.spec(kind).noun} “{typed.strip()}”"
                self._add(words, typed.strip(), kind=kind, make=True)

    def _offer_again(self) -> None:
        """Slips were found meanwhile: show them under what is being typed."""
        completer = self.completer()
        if self.hasFocus() and self.isModified() and completer is not None:
            self.offer(self.text())
            completer.complete()

    def _add(self, shown: str, name: str, *, kind: str, record_id: str = "", make: bool = False) -> None:
        item = QStandardItem(icon("plus", "muted") if make else kind_icon(kind), shown)
        item.setData(record_id, _ID)
        item.setData(name, _NAME)
        item.setData(kind if make else "", _MAKE)
        item.setData(kind, Qt.ItemDataRole.UserRole)
        item.setData(f"{shown}, {self._specs.label(kind)}", Qt.ItemDataRole.AccessibleTextRole)
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


def _placeholder(specs: KindIndex, kinds: tuple[str, ...]) -> str:
    words = [specs.spec(kind).noun for kind in kinds]
    return f"Type the name of a {' or '.join(words)}" if words else "Type a name"
