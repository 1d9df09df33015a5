"""The Prompt Forge's list and editor: follows the project, keeps drafts, renders live."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from studio.domain.errors import StudioError
from studio.domain.events import Committed
from studio.domain.ids import RecordId
from studio.services.forge import compare, drafts, recipes, uses
from studio.services.forge.errors import BadSlotValue, TemplateProblem
from studio.services.forge.rendering import preview
from studio.ui.dropping import AnswerDrop
from studio.ui.forge.browser import Browser
from studio.ui.forge.editor import FILL, VERSIONS, WRITE, EditorPage
from studio.ui.forge.versions import BEFORE, DRAFT
from studio.ui.kit.base import vbox
from studio.ui.kit.surfaces import EmptyState
from studio.ui.panel import Panel
from studio.ui.tasks import latest_task, ui_task
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QMenu

    from studio.services.forge.drafts import Editing
    from studio.services.forge.recipes import RecipeHead
    from studio.ui.context import StudioContext

SIDE_BY_SIDE = 820
"""From this width (at 100 % text) the list stays beside the editor."""
DRAFT_MS, RENDER_MS = 400, 150


class Workbench(Panel):
    """List and editor; what can be done with a recipe is added by the panel."""

    title: ClassVar[str] = "Prompt Forge"
    icon: ClassVar[str] = "wand-sparkles"
    handles: ClassVar[frozenset[str]] = frozenset({"recipe"})
    wants_starters = Signal()

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.editing: Editing | None = None
        self._recipes: list[tuple[str, str]] = []
        self._trashed: list[RecipeHead] = []
        self._unkept = False
        self._showing_list = True
        self._build()
        self._draft = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._draft.timeout.connect(lambda: self._keep())
        self._render_soon = QTimer(self, singleShot=True, interval=RENDER_MS)
        self._render_soon.timeout.connect(lambda: self._render())
        self.browser.opened.connect(lambda key: self.open(key))
        self._drop = AnswerDrop(self, ctx.hub, "forge")
        self.listen(Committed, self._committed)
        self.follow(ctx.theme.changed, lambda: self._render_soon.start())
        self.refresh()

    # ---- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.browser = Browser(fill_new=self._fill_new, on_starters=self.wants_starters.emit)
        self._editor: EditorPage | None = None
        self._hint = EmptyState("Choose a recipe on the left to fill it, write it, or send it.", icon="wand-sparkles")
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        for page in (self.browser, self._hint):
            self._split.addWidget(page)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([look.px(300), look.px(600)])
        vbox(self, gap=0).addWidget(self._split)
        self._arrange()

    @property
    def editor(self) -> EditorPage:
        """The page of a recipe; made when the first recipe is opened."""
        if self._editor is None:
            self._editor = EditorPage(self.ctx, fill_more=self._fill_more)
            self._split.insertWidget(1, self._editor)
            self._split.setStretchFactor(1, 1)
            self._connect(self._editor)
        return self._editor

    @property
    def tabs(self) -> QTabWidget:
        """The tabs of that page: fill, write, versions."""
        return self.editor.tabs

    def _connect(self, editor: EditorPage) -> None:
        editor.back.connect(self.show_list)
        editor.write.changed.connect(self._written)
        editor.fill.edited.connect(self._filled)
        editor.preview.provider_chosen.connect(lambda: self._render())
        editor.preview.go.connect(self._go_to_slot)
        editor.preview.declare.connect(editor.write.slots.add)
        editor.versions.compare.connect(lambda n, other: self._compare(n, other))
        editor.versions.open_use.connect(lambda record, kind: self.ctx.navigate(record, None, kind))
        editor.tabs.currentChanged.connect(lambda _index: self._load_versions())

    def _fill_new(self, menu: QMenu) -> None:
        """Entries of the menu that makes recipes."""

    def _fill_more(self, menu: QMenu) -> None:
        """Entries of the menu of the open recipe."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """List and editor beside one another where there is room, else one of them."""
        wide = self.width() >= look.px(SIDE_BY_SIDE)
        opened = self.editing is not None
        self.browser.setVisible(wide or self._showing_list or not opened)
        self._hint.setVisible(wide and not opened)
        if self._editor is not None:
            self._editor.setVisible(opened and (wide or not self._showing_list))
            self._editor.back_button.setVisible(not wide)

    # ---- loading and following -----------------------------------------------------------------------------------

    @latest_task
    async def refresh(self) -> None:
        """Read the list and the open recipe again."""
        await self._read()

    async def _read(self) -> None:
        await self._keep_now()
        heads = await self.ctx.workspace.run(recipes.heads)
        current = self.editing.recipe.id if self.editing else None
        self.browser.show_heads(heads, current)
        self._recipes = [(h.slug, h.title) for h in heads]
        self._trashed = await self.ctx.workspace.run(recipes.trashed)
        if current is not None:
            await self._show(current, fresh=False)

    def open(self, recipe_id: str) -> None:
        """Show a recipe in the editor."""
        self._open(recipe_id)

    @latest_task
    async def _open(self, recipe_id: str, tab: int | None = None) -> None:
        await self._keep_now()
        await self._show(RecordId(recipe_id), fresh=True)
        self._showing_list = False
        self._arrange()
        if self.editing is not None:
            self.browser.choose(recipe_id)
            self.tabs.setCurrentIndex(tab if tab is not None else FILL if self.editing.content.slots else WRITE)
            self._focus_page()

    async def _show(self, recipe_id: RecordId, *, fresh: bool) -> None:
        opened = await self.ctx.workspace.run(drafts.opened, recipe_id)
        self.editing = opened
        if opened is None:
            self.show_list()
            return
        editor, heads = self.editor, self.browser
        editor.write.blocks.set_recipes([r for r in self._recipes if r[0] != opened.recipe.slug])
        editor.write.show_content(opened.content)
        editor.write.details.show_recipe(opened.recipe, heads.folders(), heads.tags())
        editor.fill.show_slots(opened.content.slots, opened.values if fresh else None)
        editor.show_head(opened.recipe, dirty=opened.dirty)
        if fresh:
            editor.write.bar.message.clear()
        self._load_versions()
        self._render()

    def _committed(self, event: Committed) -> None:
        if event.kinds() & {"recipe", "recipe_version"}:
            self.refresh()
        elif self.editing is not None and any(s.type == "entity" for s in self.editing.content.slots):
            self._render_soon.start()

    def _load_versions(self) -> None:
        if self.editing is not None and self.tabs.currentIndex() == VERSIONS:
            self._read_versions()

    @latest_task
    async def _read_versions(self) -> None:
        editing = self.editing
        if editing is None:
            return
        run = self.ctx.workspace.run
        found = await run(recipes.versions, editing.recipe.id)
        self.editor.versions.show_versions(editing.recipe, found, dirty=editing.dirty)
        self.editor.versions.show_uses(await run(uses.used_in, editing.recipe.id))

    @latest_task
    async def _compare(self, n: int, other: str) -> None:
        editing = self.editing
        if editing is None:
            return
        run = self.ctx.workspace.run
        if other == DRAFT:
            found = await run(compare.diff_to, editing.recipe.id, n, editing.content)
            names = (f"Version {n}", "Draft")
        else:
            old = int(other) if other != BEFORE else await run(recipes.parent_of, editing.recipe.id, n)
            found = await run(compare.diff_versions, editing.recipe.id, old, n) if old else []
            names = (f"Version {old}", f"Version {n}")
        self.editor.versions.show_diff(found, names)

    # ---- writing and filling -------------------------------------------------------------------------------------

    def _written(self) -> None:
        editing = self.editing
        content = self.editor.write.content()
        if editing is None or content == editing.content:
            return
        self.editing = editing.model_copy(update={"content": content, "dirty": True})
        self.editor.show_head(editing.recipe, dirty=True)
        self.editor.fill.show_slots(content.slots)
        self._unkept = True
        self._draft.start()
        self._render_soon.start()

    def _filled(self) -> None:
        self._unkept = True
        self._draft.start()
        self._render_soon.start()

    @ui_task
    async def _keep(self) -> None:
        await self._keep_now()

    async def _keep_now(self) -> None:
        """Keep draft and slot values beside the log."""
        self._draft.stop()
        editing = self.editing
        if editing is None or not self._unkept:
            return
        self._unkept = False
        run = self.ctx.workspace.run
        await run(drafts.keep, editing.recipe.id, editing.content, base=editing.base)
        await run(drafts.keep_values, editing.recipe.id, self.editor.fill.values())

    @latest_task
    async def _render(self) -> None:
        editing, editor = self.editing, self.editor
        if editing is None:
            return
        provider = str(editor.preview.provider.value() or "")
        try:
            shown = await self.ctx.workspace.run(
                preview, editing.content, editor.fill.values(), slug=editing.recipe.slug, provider=provider
            )
        except StudioError as problem:
            self._show_problem(problem)
            return
        editor.preview.show_rendered(shown)
        editor.write.blocks.refuse(None, "")
        editor.write.offer(shown.undeclared)
        editor.fill.refuse("", "")
        editor.fill.mark_missing(shown.missing)

    def _show_problem(self, problem: StudioError) -> None:
        editor = self.editor
        editor.preview.show_problem(problem.sentence)
        if isinstance(problem, TemplateProblem):
            where = f" (line {problem.line})" if problem.line else ""
            editor.write.blocks.refuse(problem.block, f"{problem.sentence}{where}")
        if isinstance(problem, BadSlotValue):
            editor.fill.refuse(problem.name, problem.sentence)

    def _go_to_slot(self, name: str) -> None:
        self.tabs.setCurrentIndex(FILL)
        self.editor.fill.reveal(name)

    # ---- panel ---------------------------------------------------------------------------------------------------

    def show_record(self, record_id: str, span: tuple[int, int] | None = None) -> None:
        self.open(record_id)

    def focus_first(self) -> None:
        if self._editor is not None and self._editor.isVisibleTo(self):
            self._focus_page()
        else:
            self.browser.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_page(self) -> None:
        if self.tabs.currentIndex() == FILL:
            self.editor.fill.focus_first()
        elif self.tabs.currentIndex() == WRITE:
            self.editor.write.focus_first()
        else:
            self.editor.versions.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_list(self) -> None:
        """Go back to the list."""
        self._showing_list = True
        self._arrange()
        self.browser.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_tab(self, tab: int) -> None:
        """Come up with this view of the open recipe."""
        self.ctx.shell.show_panel("forge")
        self._showing_list = False
        self._arrange()
        self.tabs.setCurrentIndex(tab)
        self._focus_page()

    def go_to_search(self) -> None:
        """Come up with the list, in its search field."""
        self.ctx.shell.show_panel("forge")
        self._showing_list = True
        self._arrange()
        self.browser.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def has_pending(self) -> bool:
        return self._unkept

    async def flush(self) -> None:
        await self._keep_now()

    def release(self) -> None:
        super().release()
        self._draft.stop()
        self._render_soon.stop()
        if self._editor is not None:
            self._editor.write.stop()
