"""Versions of a recipe: what differs between them, restoring one, and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from studio.ui.compare import DiffCard
from studio.ui.kit.base import clear, hbox, label, vbox
from studio.ui.kit.buttons import Button, MenuButton
from studio.ui.kit.fields import ComboBox
from studio.ui.kit.surfaces import ScrollColumn
from studio.ui.listing import TwoLineList
from studio.ui.theme import look
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from studio.domain.recipe import Recipe, RecipeVersion
    from studio.services.forge.compare import ContentDiff
    from studio.services.forge.uses import Use

BEFORE, DRAFT = "before", "draft"
_USUAL = ("production", "testing")


class VersionsTab(QWidget):
    """The versions above, the difference below. Emits what is wanted; the panel does it."""

    compare = Signal(int, str)
    """(version, `before`, `draft` or another version's number)"""
    restore = Signal(int)
    set_label = Signal(str, object)
    ask_label = Signal(int)
    open_use = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._recipe: Recipe | None = None
        column = vbox(self, margins=(12, 10, 12, 8), gap=8)
        self.list = TwoLineList("Versions")
        self.list.setMinimumHeight(look.px(90))
        self.list.currentItemChanged.connect(lambda *_: self._ask())
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self._lower())
        split.setStretchFactor(1, 1)
        split.setSizes([look.px(160), look.px(280)])
        column.addWidget(split, 1)
        self._uses = vbox(gap=2)
        column.addLayout(self._uses)

    def _lower(self) -> QWidget:
        host = QWidget()
        column = vbox(host, margins=(0, 8, 0, 0), gap=8)
        self._other = ComboBox("Compared with", [("The one before", BEFORE)], compact=True)
        caption = label("Compared with", "caption")
        caption.setBuddy(self._other)
        self._other.chosen.connect(lambda _v: self._ask())
        first = hbox(gap=8)
        first.addWidget(caption)
        first.addWidget(self._other, 1)
        column.addLayout(first)
        second = hbox(gap=8)
        self._restore = Button("Restore as new version", self._do_restore, icon="rotate-ccw", compact=True)
        second.addWidget(self._restore)
        second.addWidget(
            MenuButton("Label", fill=self._fill_labels, icon="tag", compact=True, name="Label this version")
        )
        second.addStretch(1)
        column.addLayout(second)
        self._cards = ScrollColumn("Differences", margins=(0, 0, 4, 8), gap=8)
        column.addWidget(self._cards, 1)
        return host

    def show_versions(self, recipe: Recipe, found: list[RecipeVersion], *, dirty: bool) -> None:
        """Show the list, newest first; keeps the choice."""
        self._recipe = recipe
        chosen = self.list.key()
        other = self._other.value()
        drafts: list[tuple[str, object]] = [("The draft", DRAFT)] if dirty else []
        self._other.set_items([("The one before", BEFORE), *drafts, *((f"Version {v.n}", str(v.n)) for v in found)])
        self._other.set_value(other)
        self.list.blockSignals(True)
        self.list.clear()
        for version in found:
            self._add(recipe, version)
        self.list.choose(chosen)
        self.list.blockSignals(False)
        self._ask()

    def _add(self, recipe: Recipe, version: RecipeVersion) -> None:
        labels = [name for name, n in sorted(recipe.labels.items()) if n == version.n]
        when = f"{version.created_at.astimezone():%d %b %Y, %H:%M}" if version.created_at else ""
        caption = " · ".join(part for part in (when, version.created_by, *(f"[{name}]" for name in labels)) if part)
        self.list.add(
            str(version.n), f"{version.n}  {version.message}", caption,
            icon=icon("tag", "accent") if labels else icon("circle-dot", "text"),
            tip=f"Content {version.content_hash[:12]}",
            said=f"Version {version.n}, {version.message}, {when}" + (f", label {', '.join(labels)}" if labels else ""),
        )  # fmt: skip

    def show_diff(self, found: list[ContentDiff], names: tuple[str, str]) -> None:
        """Show what differs."""
        clear(self._cards.body)
        if not found:
            first = self.list.key() == "1" and self._other.value() == BEFORE
            self._cards.body.addWidget(label("This is the first version." if first else "Nothing differs.", "muted"))
        for diff in found:
            self._cards.body.addWidget(DiffCard(diff.label, diff.before, diff.after, names=names))
        self._cards.body.addStretch(1)

    def show_uses(self, uses: list[Use]) -> None:
        """Show where the recipe is used."""
        clear(self._uses)
        if uses:
            self._uses.addWidget(label("Used in", "overline"))
        for use in uses[:8]:
            if use.record_id:
                go = lambda use=use: self.open_use.emit(use.record_id, use.kind)  # noqa: E731
                self._uses.addWidget(Button(use.words, go, variant="link", compact=True))
            else:
                self._uses.addWidget(label(use.words, "caption"))

    def _ask(self) -> None:
        key = self.list.key()
        self._restore.setEnabled(bool(key) and self._recipe is not None and int(key or 0) != self._recipe.latest)
        if key is not None:
            self.compare.emit(int(key), str(self._other.value()))

    def _do_restore(self) -> None:
        if (key := self.list.key()) is not None:
            self.restore.emit(int(key))

    def _fill_labels(self, menu: QMenu) -> None:
        key = self.list.key()
        if key is None or self._recipe is None:
            return
        n, labels = int(key), self._recipe.labels
        for name in dict.fromkeys((*_USUAL, *labels)):
            action = menu.addAction(name.capitalize())
            action.setCheckable(True)
            action.setChecked(labels.get(name) == n)
            action.triggered.connect(lambda on, name=name: self.set_label.emit(name, n if on else None))
        menu.addSeparator()
        menu.addAction("Another label…").triggered.connect(lambda *_: self.ask_label.emit(n))
