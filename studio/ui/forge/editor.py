"""The page of one recipe: its title, the tabs to fill, write and compare, and the prompt below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from studio.ui.forge.fill import FillTab
from studio.ui.forge.preview import PreviewPane
from studio.ui.forge.versions import VersionsTab
from studio.ui.forge.write import WriteTab
from studio.ui.kit.base import hbox, vbox
from studio.ui.kit.buttons import IconButton, IconMenuButton
from studio.ui.kit.fields import LineEdit
from studio.ui.kit.surfaces import Badge
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from studio.domain.recipe import Recipe
    from studio.ui.context import StudioContext

FILL, WRITE, VERSIONS = range(3)


class EditorPage(QWidget):
    """Everything about one recipe."""

    back = Signal()
    renamed = Signal(str)

    def __init__(self, ctx: StudioContext, *, fill_more: Callable[[QMenu], object]) -> None:
        super().__init__()
        column = vbox(self, gap=0)
        head = hbox(margins=(8, 10, 8, 6), gap=6)
        self.back_button = IconButton("arrow-left", "All recipes", self.back.emit, key="Alt+Left")
        self.title = LineEdit("Recipe title")
        self.title.committed.connect(self.renamed)
        self.badge = Badge()
        head.addWidget(self.back_button)
        head.addWidget(self.title, 1)
        head.addWidget(self.badge)
        head.addWidget(IconMenuButton(fill=fill_more, name="Recipe actions"))
        column.addLayout(head)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Recipe views")
        self.tabs.tabBar().setAccessibleName("Recipe views")
        self.fill, self.write, self.versions = FillTab(ctx.names), WriteTab(ctx.kinds.spec), VersionsTab()
        for page, words in ((self.fill, "Fill"), (self.write, "Write"), (self.versions, "Versions")):
            self.tabs.addTab(page, words)
        self.preview = PreviewPane()
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.tabs)
        self._split.addWidget(self.preview)
        self._split.setSizes([look.px(460), look.px(300)])
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self.tabs.setMinimumHeight(look.px(140))
        self.preview.setMinimumHeight(look.px(150))
        self.tabs.currentChanged.connect(lambda index: self.preview.setVisible(index != VERSIONS))
        column.addWidget(self._split, 1)

    def show_head(self, recipe: Recipe, *, dirty: bool) -> None:
        """Show title and version."""
        if not self.title.hasFocus():
            self.title.set_text(recipe.title)
        words = f"v{recipe.latest} + draft" if dirty else f"v{recipe.latest}"
        self.badge.set(words, "warn" if dirty else "plain")
        self.badge.setToolTip("There are changes that no version has yet" if dirty else f"Version {recipe.latest}")
        self.write.bar.show_state(dirty=dirty, latest=recipe.latest)
