"""The list of recipes: search, folder, tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from studio.services.forge.recipes import USE_CASES, RecipeHead, matching
from studio.ui.kit.base import hbox, vbox
from studio.ui.kit.buttons import IconMenuButton
from studio.ui.kit.fields import ComboBox, SearchField
from studio.ui.kit.surfaces import EmptyState
from studio.ui.listing import TwoLineList
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

_WORDS = dict(USE_CASES)
_ICONS = {
    "portrait": "user-round", "map": "map", "scene": "image", "concept_art": "image", "handout": "scroll-text",
    "encounter": "swords", "npc": "drama", "recap": "history", "extract": "highlighter", "qa": "circle-help",
}  # fmt: skip
ALL = "\x00"


class _List(TwoLineList):
    """Enter opens."""

    opened = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (key := self.key()) is not None:
            self.opened.emit(key)
        else:
            super().keyPressEvent(event)


class Browser(QWidget):
    """Shows the recipes; `opened` fires with the id of one that is clicked or entered."""

    opened = Signal(str)

    def __init__(self, *, fill_new: Callable[[QMenu], object], on_starters: Callable[[], object]) -> None:
        super().__init__()
        self._heads: list[RecipeHead] = []
        column = vbox(self, margins=(12, 10, 8, 8), gap=8)
        top = hbox(gap=4)
        self.search = SearchField("Search recipes", placeholder="Search recipes")
        top.addWidget(self.search, 1)
        top.addWidget(IconMenuButton(fill=fill_new, icon="plus", name="New recipe"))
        column.addLayout(top)
        row = hbox(gap=6)
        self._folder = ComboBox("Folder", [("All folders", ALL)], compact=True)
        self._tag = ComboBox("Tag", [("Any tag", "")], compact=True)
        for box in (self._folder, self._tag):
            box.chosen.connect(lambda _value: self._fill())
            row.addWidget(box, 1)
        column.addLayout(row)
        self.list = _List("Recipes")
        self.list.opened.connect(self.opened)
        self.list.itemClicked.connect(lambda _item: self.opened.emit(self.list.key() or ""))
        self.search.set_target(self.list)
        self.search.searched.connect(lambda _text: self._fill())
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(
            EmptyState(
                "A recipe is a prompt that you keep: blocks, slots filled from your world, a style, and what to avoid.",
                title="No recipe yet", icon="wand-sparkles", action="Add the starter recipes", on_action=on_starters,
            )
        )  # fmt: skip
        self._pages.addWidget(
            EmptyState("No recipe has these words. Try fewer of them, or another folder.", icon="search")
        )
        column.addWidget(self._pages, 1)

    def show_heads(self, heads: list[RecipeHead], current: str | None) -> None:
        """Show these recipes; keeps filter and choice."""
        self._heads = heads
        folders = sorted({h.folder for h in heads if h.folder})
        self._folder.set_items([("All folders", ALL), *((f, f) for f in folders)])
        tags = sorted({tag for h in heads for tag in h.tags})
        self._tag.set_items([("Any tag", ""), *((t, t) for t in tags)])
        self._fill(current)

    def choose(self, recipe_id: str | None) -> None:
        """Mark a recipe as the one that is open."""
        self.list.choose(recipe_id, fallback=-1)

    def folders(self) -> list[str]:
        """The folders in use."""
        return sorted({h.folder for h in self._heads if h.folder})

    def tags(self) -> list[str]:
        """The tags in use."""
        return sorted({tag for h in self._heads for tag in h.tags})

    def _fill(self, current: str | None = None) -> None:
        wanted = current or self.list.key()
        folder = self._folder.value()
        found = matching(
            self._heads,
            self.search.text(),
            folder=None if folder in (ALL, None) else str(folder),
            tag=str(self._tag.value() or ""),
        )
        self.list.clear()
        for head in found:
            self._add(head)
        self.list.choose(wanted, fallback=-1)
        self._pages.setCurrentIndex(0 if found else 2 if self._heads else 1)

    def _add(self, head: RecipeHead) -> None:
        labels = ", ".join(f"{name} v{n}" for name, n in sorted(head.labels.items()))
        parts = [head.folder, _WORDS.get(head.use_case, head.use_case), f"v{head.latest}", labels]
        caption = " · ".join(part for part in parts if part)
        image = icon(_ICONS.get(head.use_case, "wand-sparkles"), "kind:recipe")
        self.list.add(head.id, head.title, caption, icon=image, tip=", ".join(head.tags))
