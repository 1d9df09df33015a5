"""Adding a field: a list that is searched as you type, and a field of your own where none fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from studio.services.world.entities import KEY_LIMIT
from studio.ui.fuzzy import score
from studio.ui.searchpopup import SearchPopup
from studio.ui.theme import look
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from studio.domain.vocabulary import FieldSpec, KindSpec

FIELD_ICONS = {"long": "type", "number": "hash", "bool": "square-check", "date": "calendar", "list": "list",
               "link": "link", "links": "link", "choice": "chevrons-up-down"}  # fmt: skip


class AddField(SearchPopup):
    """`chosen(path)` is `fields.role`, `custom.omen`, or `aliases`; also of a field that shows, to go there."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        self.list = QListWidget()
        super().__init__(parent, "Field to add", "Which field?", self.list)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(look.px(15), look.px(15)))
        self.line.setMaxLength(KEY_LIMIT)
        self._specs: list[FieldSpec] = []
        self._shown: list[tuple[str, str]] = []
        self.line.textChanged.connect(lambda _text: self._fill())

    def open_at(self, corner: QPoint, kind: KindSpec, present: Iterable[str]) -> None:
        """Offer the fields of a kind that aren't shown yet; one that is can still be gone to by its name."""
        have = set(present)
        self._shown = [(spec.label, path) for spec in kind.fields if (path := f"fields.{spec.name}") in have]
        self._shown += [(path[7:].replace("_", " "), path) for path in sorted(have) if path.startswith("custom.")]
        self._specs = [spec for spec in kind.fields if f"fields.{spec.name}" not in have]
        self.line.clear()
        self._fill()
        self.pop_up(corner, QSize(look.px(280), look.px(320)))

    def offers(self) -> list[str]:
        """The words in the list."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def _fill(self) -> None:
        typed = "".join(self.line.text().casefold().split())
        ranked = [(score(typed, spec.label.casefold()), spec) for spec in self._specs]
        fitting = [(points, spec) for points, spec in ranked if points is not None]
        if typed:
            fitting.sort(key=lambda pair: -pair[0])
        self.list.clear()
        own = " ".join(self.line.text().split())
        here = [(label, path) for label, path in self._shown if own and label.casefold().startswith(own.casefold())]
        same = [pair for pair in here if pair[0].casefold() == own.casefold()]
        self._go_to(same)
        for _, spec in fitting:
            words = spec.label + ("   GM only" if spec.gm_only else "")
            self._add(words, f"fields.{spec.name}", "lock" if spec.gm_only else FIELD_ICONS.get(spec.type, "type"))
        self._go_to([pair for pair in here if pair not in same])
        if own and not same and own.casefold() not in {spec.label.casefold() for _, spec in fitting}:
            self._add(f"Your own field “{own}”", f"custom.{own.casefold().replace(' ', '_').replace('.', '')}", "plus")
        self.list.setCurrentRow(0)

    def _go_to(self, shown: list[tuple[str, str]]) -> None:
        for label, path in shown:
            self._add(f"{label}   shown already", path, "arrow-right")

    def _add(self, words: str, path: str, mark: str) -> None:
        item = QListWidgetItem(icon(mark, "muted"), words)
        item.setData(Qt.ItemDataRole.UserRole, path)
        self.list.addItem(item)

    def _take(self, index: QModelIndex) -> None:
        path = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else ""
        self.close_up()
        if path:
            self.chosen.emit(path)
