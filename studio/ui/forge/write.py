"""Writing a recipe: details, blocks, slots, style, and what to avoid; and the bar that saves a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from studio.services.forge.content import Content
from studio.services.forge.recipes import USE_CASES
from studio.ui.forge.blocks import BlocksEditor
from studio.ui.forge.slots import SlotsEditor
from studio.ui.forge.style import AvoidEditor, StyleEditor
from studio.ui.kit.base import hbox, label, rule, vbox
from studio.ui.kit.buttons import Button
from studio.ui.kit.chips import TagEditor
from studio.ui.kit.fields import ComboBox, LineEdit
from studio.ui.kit.form import FormRow
from studio.ui.kit.surfaces import ScrollColumn, Section

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.recipe import Recipe, Slot
    from studio.domain.vocabulary import KindSpec


class Details(QWidget):
    """The head of the recipe; not versioned, stored at once. `changed` fires with what changed."""

    changed = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        column = vbox(self, gap=8)
        self.use_case = ComboBox("Use case", [(words, value) for value, words in USE_CASES])
        self.use_case.chosen.connect(lambda value: self.changed.emit({"use_case": value}))
        self.folder = ComboBox("Folder", [""], editable=True)
        if (line := self.folder.lineEdit()) is not None:
            line.setPlaceholderText("Maps/Cities")
            line.setAccessibleName("Folder")
            line.editingFinished.connect(self._folder_left)
        self.folder.chosen.connect(lambda _v: self._folder_left())
        self.tags = TagEditor("Tags")
        self.tags.changed.connect(lambda tags: self.changed.emit({"tags": tuple(tags)}))
        for words, field in (("Use case", self.use_case), ("Folder", self.folder), ("Tags", self.tags)):
            column.addWidget(FormRow(words, field))
        self._slug = label("", "caption", wrap=True)
        column.addWidget(self._slug)
        self._stored_folder = ""

    def show_recipe(self, recipe: Recipe, folders: list[str], tags: list[str]) -> None:
        """Show the head."""
        self.use_case.set_value(recipe.use_case)
        if not self.folder.hasFocus():
            self.folder.set_items(["", *folders])
            self.folder.set_value(recipe.folder)
        self._stored_folder = recipe.folder
        self.tags.set_suggestions(tags)
        self.tags.set_tags(recipe.tags)
        self._slug.setText(f"Other recipes include it as {recipe.slug}")

    def _folder_left(self) -> None:
        if self.folder.currentText().strip() != self._stored_folder:
            self.changed.emit({"folder": self.folder.currentText()})


class SaveBar(QWidget):
    """Says whether there is a draft, and saves it as the next version."""

    save = Signal(str)
    discard = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = vbox(self, gap=0)
        column.addWidget(rule())
        row = hbox(margins=(12, 8, 12, 8), gap=8)
        self.message = LineEdit("Message of the new version", placeholder="What changed", compact=True)
        self.message.returnPressed.connect(self._entered)
        self._discard = Button("Discard", self.discard.emit, variant="ghost", compact=True, name="Discard the draft")
        self.button = Button("Save version", self._save, variant="primary", compact=True, key="Ctrl+Enter")
        row.addWidget(self.message, 1)
        row.addWidget(self._discard)
        row.addWidget(self.button)
        column.addLayout(row)

    def show_state(self, *, dirty: bool, latest: int) -> None:
        """Show whether there is something to save."""
        self.setVisible(dirty)
        self.button.setAccessibleDescription(f"Keeps the draft as version {latest + 1}")

    def _entered(self) -> None:
        # Ctrl+Enter is the panel's key, and arrives here as well.
        if not QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier:
            self._save()

    def _save(self) -> None:
        self.save.emit(self.message.text())


class WriteTab(QWidget):
    """The editor of the content. `changed` fires while it changes."""

    changed = Signal()

    def __init__(self, spec: Callable[[str], KindSpec]) -> None:
        super().__init__()
        self._base = Content()
        column = vbox(self, gap=0)
        self.page = ScrollColumn("Recipe editor", margins=(8, 8, 12, 16), gap=4)
        column.addWidget(self.page, 1)
        self.details = Details()
        self.slots = SlotsEditor()
        self.blocks = BlocksEditor(self.slots.value, spec)
        self.style_profile = StyleEditor()
        self.avoid = AvoidEditor()
        self._folds: dict[str, Section] = {}
        for title, editor, is_open in (
            ("Blocks", self.blocks, True), ("Slots", self.slots, True), ("Style", self.style_profile, False),
            ("Avoid", self.avoid, False), ("Details", self.details, False),
        ):  # fmt: skip
            fold = Section(title, open=is_open, gap=8)
            fold.body.addWidget(editor)
            if self._folds:
                self.page.body.addWidget(rule())
            self._folds[title] = fold
            self.page.body.addWidget(fold)
        # The whole of it is read once after a burst of changes, not once for each.
        self._settle = QTimer(self, singleShot=True, interval=60)
        self._settle.timeout.connect(self.changed)
        for editor in (self.blocks, self.style_profile, self.avoid):
            editor.changed.connect(self._touched)
        self.slots.changed.connect(self._slots_changed)
        self.bar = SaveBar()
        column.addWidget(self.bar)

    def content(self) -> Content:
        """The content as it stands; parts that have no editor are kept."""
        return self._base.model_copy(
            update={
                "blocks": self.blocks.value(),
                "slots": self.slots.value(),
                "style_profile": self.style_profile.value(),
                "negative_policy": self.avoid.value(),
            }
        )

    def show_content(self, content: Content) -> None:
        """Show content without firing `changed`."""
        self._base = content
        self.slots.set_value(content.slots)
        self.blocks.set_value(content.blocks)
        self.blocks.refresh_slots()
        self.style_profile.set_value(content.style_profile)
        self.avoid.set_value(content.negative_policy)
        self._settle.stop()
        self._count()

    def offer(self, slots: tuple[Slot, ...]) -> None:
        """Offer slots that the text uses and nobody declared."""
        self.slots.offer(slots)

    def focus_first(self) -> None:
        """Start writing in the first block."""
        if self.blocks.cards and (text := self.blocks.cards[0].text) is not None:
            text.setFocus()

    def stop(self) -> None:
        """No more signals."""
        self._settle.stop()

    def _slots_changed(self) -> None:
        self.blocks.refresh_slots()
        self._touched()

    def _touched(self) -> None:
        self._count()
        self._settle.start()

    def _count(self) -> None:
        style, avoid = self.style_profile.value(), self.avoid.value()
        said = sum(1 for value in style.model_dump().values() if value or value == 0)
        self._folds["Blocks"].set_count(len(self.blocks.cards) or None)
        self._folds["Slots"].set_count(len(self.slots.value()) or None)
        self._folds["Style"].set_count(said or None)
        self._folds["Avoid"].set_count(len(avoid.always) + sum(map(len, avoid.per_provider.values())) or None)
