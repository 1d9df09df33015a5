"""The Prompt Forge dock: everything that can be done with recipes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from studio.services import history
from studio.services.forge import drafts, recipes, starters
from studio.services.forge.errors import MissingSlots
from studio.services.forge.rendering import strict
from studio.ui.forge.commands import forge_commands
from studio.ui.forge.editor import FILL, WRITE, EditorPage
from studio.ui.forge.starters import StarterSheet
from studio.ui.forge.workbench import Workbench
from studio.ui.kit.surfaces import ScrollColumn
from studio.ui.tasks import ui_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu, QWidget

    from studio.domain.ids import RecordId
    from studio.services.forge.render import Rendered
    from studio.ui.commands import Command
    from studio.ui.context import StudioContext


class ForgePanel(Workbench):
    """Prompt Forge."""

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.wants_starters.connect(lambda: self.add_starters())

    def _fill_new(self, menu: QMenu) -> None:
        menu.addAction("Empty recipe…").triggered.connect(lambda *_: self.new_recipe())
        menu.addAction("From a starter…").triggered.connect(lambda *_: self.new_from_starter())
        menu.addAction("Add all starters").triggered.connect(lambda *_: self.add_starters())
        if self._trashed:
            menu.addSeparator()
        for head in self._trashed[-8:]:
            action = menu.addAction(f"Bring back “{head.title}” from the trash")
            action.triggered.connect(lambda *_, head=head: self.untrash(head.id))

    def _fill_more(self, menu: QMenu) -> None:
        for words, call in (
            ("Copy prompt", self.copy_prompt), ("Send to chat", self.send_to_chat), ("Save version", self.save_version),
            ("Duplicate", self.duplicate),
        ):  # fmt: skip
            menu.addAction(words).triggered.connect(lambda *_, call=call: call())
        menu.addSeparator()
        menu.addAction("Delete").triggered.connect(lambda *_: self.delete())

    def commands(self) -> list[Command]:
        return forge_commands(self)

    def _connect(self, editor: EditorPage) -> None:
        super()._connect(editor)
        for page in editor.findChildren(ScrollColumn):
            page.installEventFilter(self)
        editor.renamed.connect(lambda text: self._set_head({"title": text}))
        editor.write.details.changed.connect(lambda changes: self._set_head(changes))
        editor.write.bar.save.connect(lambda _message: self.save_version())
        editor.write.bar.discard.connect(lambda: self.discard())
        editor.preview.copy.connect(lambda: self.copy_prompt())
        editor.preview.send.connect(lambda: self.send_to_chat())
        editor.versions.restore.connect(lambda n: self.restore(n))
        editor.versions.set_label.connect(lambda name, n: self.set_label(name, n))
        editor.versions.ask_label.connect(lambda n: self._ask_label(n))

    def event(self, event: QEvent) -> bool:
        """Keys that mean something else elsewhere in the window are ours while the focus is in the dock."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._own_key(event):
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pages that scroll would take arrow keys, also with Alt, for themselves."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and (call := self._own_key(event)):
            call()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (call := self._own_key(event)) is not None:
            call()
        else:
            super().keyPressEvent(event)

    def _own_key(self, event: QKeyEvent) -> Callable[[], object] | None:
        if self.editing is None or self._editor is None or not self._editor.isVisibleTo(self):
            return None
        pressed = event.keyCombination().toCombined() & ~Qt.KeyboardModifier.KeypadModifier.value
        calls: dict[str, Callable[[], object]] = {
            "Ctrl+Return": self.save_version, "Ctrl+Enter": self.save_version, "Ctrl+Shift+C": self.copy_prompt,
            "Alt+Left": self.show_list,
        }  # fmt: skip
        return calls.get(QKeySequence(pressed).toString(QKeySequence.SequenceFormat.PortableText))

    # ---- doing ---------------------------------------------------------------------------------------------------

    @ui_task
    async def new_recipe(self) -> None:
        """A new recipe, ready to be written."""

        async def make(title: str) -> None:
            made = await self.ctx.workspace.run(recipes.create, title=title)
            self.ctx.shell.show_panel("forge")
            self._open(made.id, WRITE)

        await self.ctx.shell.ask_text("New recipe", label="Title", action="Create", act=make)

    @ui_task
    async def new_from_starter(self) -> None:
        """A copy of a starter recipe."""
        await self.ctx.workspace.run(starters.load)
        sheet = StarterSheet(self.window())
        if await sheet.ask():
            made = await self.ctx.workspace.run(starters.add_starter, sheet.chosen().key)
            self.ctx.shell.show_panel("forge")
            self._open(made.id, FILL)

    @ui_task
    async def add_starters(self) -> None:
        """Copies of all starter recipes."""
        count = await self.ctx.workspace.run(starters.add_starters)
        if count:
            self.ctx.toast(f"Added {count} starter recipes.", self._undo)
        else:
            self.ctx.toast("The project has every starter recipe already.")

    @ui_task
    async def save_version(self) -> None:
        """Keep the draft as the next version."""
        editing = self.editing
        if editing is None:
            return
        self._written()
        await self._keep_now()
        content, message = self.editor.write.content(), self.editor.write.bar.message.text()
        before = editing.recipe.latest
        made = await self.ctx.workspace.run(drafts.save, editing.recipe.id, content, message=message)
        self.editor.write.bar.message.clear()
        if made.n == before:
            self.ctx.toast("Nothing changed, so there is no new version.")
        else:
            self.ctx.toast(f"Saved as version {made.n}.", self._undo)
        await self._show(editing.recipe.id, fresh=False)

    @ui_task
    async def discard(self) -> None:
        """Go back to the newest version."""
        editing = self.editing
        if editing is None:
            return
        sentence = f"The draft goes back to version {editing.recipe.latest}. This can't be undone."
        if await self.ctx.shell.confirm("Discard the draft?", sentence, action="Discard", danger=True):
            self._draft.stop()
            self._unkept = False
            await self.ctx.workspace.run(drafts.discard, editing.recipe.id)
            await self._show(editing.recipe.id, fresh=False)

    @ui_task
    async def restore(self, n: int) -> None:
        """Make an old version the newest, as a new one."""
        if self.editing is not None:
            recipe_id = self.editing.recipe.id
            await self._keep_now()
            await self.ctx.workspace.run(drafts.discard, recipe_id)
            made = await self.ctx.workspace.run(recipes.restore, recipe_id, n)
            self.ctx.toast(f"Version {n} is back, as version {made.n}.", self._undo)
            await self._show(recipe_id, fresh=False)

    @ui_task
    async def set_label(self, name: str, n: int | None) -> None:
        """Point a label to a version, or take it away."""
        if self.editing is not None:
            await self.ctx.workspace.run(recipes.set_label, self.editing.recipe.id, name, n)

    @ui_task
    async def _ask_label(self, n: int) -> None:
        if self.editing is None:
            return
        recipe_id, run = self.editing.recipe.id, self.ctx.workspace.run
        await self.ctx.shell.ask_text(
            f"Label version {n}", label="One short word", action="Label",
            act=lambda name: run(recipes.set_label, recipe_id, name, n),
        )  # fmt: skip

    @ui_task
    async def _set_head(self, changes: dict[str, object]) -> None:
        if self.editing is not None:
            await self.ctx.workspace.run(recipes.set_head, self.editing.recipe.id, changes)

    @ui_task
    async def copy_prompt(self) -> None:
        """Put the filled prompt on the clipboard."""
        rendered = await self._strict("copy")
        if rendered is not None:
            apart = f"\n\nNegative prompt: {rendered.negative}" if rendered.negative else ""
            QGuiApplication.clipboard().setText(rendered.text + apart)
            self.ctx.toast("Copied the prompt.")

    @ui_task
    async def send_to_chat(self) -> None:
        """Put the filled prompt into the chat's message field."""
        rendered = await self._strict("chat")
        if rendered is not None:
            self.ctx.hub.compose.emit(rendered.text)

    async def _strict(self, how: Literal["copy", "chat"]) -> Rendered | None:
        """The prompt with nothing missing, written down as used; None after going to what is missing."""
        editing = self.editing
        if editing is None:
            return None
        self._written()
        provider = str(self.editor.preview.provider.value() or "")
        try:
            return await self.ctx.workspace.run(
                strict,
                editing.recipe.id,
                self.editor.write.content(),
                self.editor.fill.values(),
                provider=provider,
                how=how,
            )
        except MissingSlots as problem:
            self._go_to_slot(problem.names[0])
            raise

    @ui_task
    async def duplicate(self) -> None:
        """Make a copy and open it."""
        if self.editing is not None:
            await self._keep_now()
            made = await self.ctx.workspace.run(recipes.duplicate, self.editing.recipe.id)
            self._open(made.id)
            self.ctx.toast(f"Made “{made.title}”.", self._undo)

    @ui_task
    async def delete(self) -> None:
        """Move the recipe to the trash; one undo brings it back."""
        if self.editing is not None:
            recipe = self.editing.recipe
            await self._keep_now()
            await self.ctx.workspace.run(recipes.delete, recipe.id)
            self.ctx.toast(f"Moved “{recipe.title}” to the trash.", self._undo)

    @ui_task
    async def untrash(self, recipe_id: RecordId) -> None:
        """Take a recipe out of the trash and open it."""
        made = await self.ctx.workspace.run(recipes.untrash, recipe_id)
        self.open(made.id)

    @ui_task
    async def _undo(self) -> None:
        await self.ctx.workspace.run(history.undo)
