"""The Foundry dock: picks a blueprint, shows its form, versions and Markdown, and stores what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from studio.domain.events import Committed
from studio.domain.ids import RecordId
from studio.services import history
from studio.services.foundry import blueprints, drafts, export, links, presets, revisions
from studio.services.foundry.completeness import completeness
from studio.services.foundry.form import FIELDS
from studio.ui.dropping import AnswerDrop
from studio.ui.foundry.autosave import Autosave
from studio.ui.foundry.commands import foundry_commands
from studio.ui.foundry.form import BlueprintForm
from studio.ui.foundry.header import Header
from studio.ui.foundry.presets import PresetSheet
from studio.ui.foundry.preview import MarkdownPage
from studio.ui.foundry.versions import NOW, PREVIOUS, VersionsTab
from studio.ui.kit.base import hbox, vbox
from studio.ui.kit.buttons import Button
from studio.ui.kit.surfaces import EmptyState
from studio.ui.panel import Panel
from studio.ui.tasks import latest_task, ui_task

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from studio.domain.blueprint import Blueprint
    from studio.services.foundry.blueprints import BlueprintHead
    from studio.ui.commands import Command
    from studio.ui.context import StudioContext

_MARKDOWN = "Markdown (*.md)"
_FORM, _VERSIONS, _PREVIEW = range(3)


class FoundryPanel(Panel):
    """Project Foundry."""

    title: ClassVar[str] = "Foundry"
    icon: ClassVar[str] = "layers"
    handles: ClassVar[frozenset[str]] = frozenset({"blueprint"})

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.blueprint: Blueprint | None = None
        self._heads: list[BlueprintHead] | None = None
        self._trashed: list[BlueprintHead] = []
        self._wanted = ""
        self._pages = QStackedWidget()
        vbox(self, gap=0).addWidget(self._pages)
        self._pages.addWidget(self._empty())
        self._pages.addWidget(self._work())
        self._pages.setCurrentIndex(self._pages.addWidget(QWidget()))  # says nothing until it is known what there is
        self._autosave = Autosave(ctx.workspace, self._store, self.form.refuse, self)
        self.form.edited.connect(self._autosave.edited)
        self.form.left.connect(self._autosave.soon)
        self.form.folded.connect(lambda: ctx.workspace.submit(drafts.set_folds, self.form.open_sections()))
        self._drop = AnswerDrop(self, ctx.hub, "foundry")
        self.listen(Committed, self._committed)
        self.follow(ctx.theme.changed, self._restyle)
        self.refresh()

    # ---- building ------------------------------------------------------------------------------------------------

    def _empty(self) -> QWidget:
        return EmptyState(
            "A blueprint says what your campaign is meant to be: pitch, tone, dials, table rules, deliverables. "
            "Save one from an answer (Ctrl+S), start empty, or take a preset.",
            title="No blueprint yet",
            icon="layers",
            action="New blueprint",
            on_action=lambda: self.new_from_preset(),
        )

    def _work(self) -> QWidget:
        host = QWidget()
        column = vbox(host, gap=0)
        self.header = Header(fill_new=self._fill_new, fill_more=self._fill_more)
        self.header.chosen.connect(self.show_record)
        self.header.reveal.connect(self.reveal)
        column.addWidget(self.header)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Foundry views")
        self.tabs.tabBar().setAccessibleName("Foundry views")
        self.form = BlueprintForm(self.ctx)
        self.versions = VersionsTab(FIELDS)
        self.versions.snapshot.connect(lambda: self.name_version())
        self.versions.compare.connect(lambda commit, other: self._compare(commit, other))
        self.versions.restore.connect(lambda commit, paths: self.restore(commit, paths))
        self._preview = MarkdownPage("Blueprint as Markdown")
        self._preview.link.connect(self._follow_link)
        preview = QWidget()
        page_column = vbox(preview, gap=0)
        export_row = hbox(margins=(12, 8, 12, 0))
        export_row.addStretch(1)
        export_row.addWidget(Button("Export…", lambda: self.export_markdown(), icon="file-down", compact=True,
                                    name="Export as Markdown"))  # fmt: skip
        page_column.addLayout(export_row)
        page_column.addWidget(self._preview, 1)
        for page, words in ((self.form, "Form"), (self.versions, "Versions"), (preview, "Preview")):
            self.tabs.addTab(page, words)
        self.tabs.currentChanged.connect(lambda _index: self._show_tab())
        column.addWidget(self.tabs, 1)
        return host

    def _fill_new(self, menu: QMenu) -> None:
        menu.addAction("Empty blueprint").triggered.connect(lambda *_: self.new_empty())
        menu.addAction("From a preset…").triggered.connect(lambda *_: self.new_from_preset())
        menu.addAction("From a Markdown file…").triggered.connect(lambda *_: self.new_from_markdown())
        if self._trashed:
            menu.addSeparator()
        for head in self._trashed[-8:]:
            action = menu.addAction(f"Bring back “{head.name}” from the trash")
            action.triggered.connect(lambda *_, head=head: self.untrash(head.id))

    def _fill_more(self, menu: QMenu) -> None:
        for words, call in (
            ("Apply a preset…", self.apply_preset),
            ("Name this version…", self.name_version),
            ("Link names to entries", self.link_names),
            ("Export as Markdown…", self.export_markdown),
            ("Duplicate", self.duplicate),
        ):
            menu.addAction(words).triggered.connect(lambda *_, call=call: call())
        menu.addSeparator()
        menu.addAction("Delete").triggered.connect(lambda *_: self.delete())

    def commands(self) -> list[Command]:
        return foundry_commands(self)

    # ---- loading and following -----------------------------------------------------------------------------------

    @latest_task
    async def refresh(self, prefer: str = "") -> None:
        """Read the list and the current blueprint again; `prefer` is shown if it is there."""
        await self._read(prefer)

    async def _read(self, prefer: str = "") -> None:
        run = self.ctx.workspace.run
        heads = await run(blueprints.heads)
        ids = [head.id for head in heads]
        known = {head.id for head in self._heads} if self._heads is not None else None
        fresh = [i for i in ids if known is not None and i not in known]
        current = self.blueprint.id if self.blueprint else await run(drafts.current)
        if self._heads is None and (folds := await run(drafts.folds)):
            self.form.set_open_sections(folds)
        wanted = [i for i in (prefer, self._wanted, *reversed(fresh), current) if i in ids] or ids[-1:]
        self._trashed = await run(blueprints.trashed)
        if wanted:
            await self._load(RecordId(str(wanted[0])))
            self.header.show_heads(heads, str(wanted[0]))
            self._pages.setCurrentIndex(1)
        else:
            self._show_none()
        self._heads = heads
        if wanted and self._wanted == wanted[0]:
            self._wanted = ""

    async def _load(self, blueprint_id: RecordId) -> None:
        run = self.ctx.workspace.run
        changed = self.blueprint is None or self.blueprint.id != blueprint_id
        if changed:
            await self._autosave.save()
            self._autosave.forget()
        found = await run(blueprints.find, blueprint_id)
        if found is None:
            return
        self.blueprint = found
        self._autosave.blueprint_id = found.id
        keep = frozenset(path for path in FIELDS if self._autosave.holds(path))
        self.form.show_blueprint(found, keep=keep)
        self.header.show_completeness(completeness(found))
        if changed:
            await run(drafts.set_current, found.id)
            await self._revive(found.id)
        self._show_tab()

    async def _revive(self, blueprint_id: RecordId) -> None:
        """What was being typed when the app ended goes back into its field, and is stored."""
        for path, value in (await self.ctx.workspace.run(drafts.pending, blueprint_id)).items():
            self.form.type_in(path, value)
            self._autosave.edited(path, value)

    def _show_none(self) -> None:
        self.blueprint = None
        self._autosave.forget()
        self._autosave.blueprint_id = None
        self._pages.setCurrentIndex(0)

    def _committed(self, event: Committed) -> None:
        kinds = event.kinds()
        if "blueprint" in kinds:
            self.refresh()
        elif self.tabs.currentIndex() == _PREVIEW and kinds & {"faction", "npc", "location", "creature"}:
            self._show_tab()

    def _show_tab(self) -> None:
        if self.blueprint is None:
            return
        if self.tabs.currentIndex() == _VERSIONS:
            self._load_versions()
        elif self.tabs.currentIndex() == _PREVIEW:
            self._load_preview()

    @latest_task
    async def _load_versions(self) -> None:
        if self.blueprint is not None:
            self.versions.show_revisions(await self.ctx.workspace.run(revisions.revisions, self.blueprint.id))

    @latest_task
    async def _compare(self, commit: str, other: str) -> None:
        blueprint = self.blueprint
        if blueprint is None:
            return
        run = self.ctx.workspace.run
        if other == NOW:
            found = await run(revisions.diff_revisions, blueprint.id, commit)
        elif other == PREVIOUS:
            found = await run(revisions.diff_from_before, blueprint.id, commit)
        else:
            found = await run(revisions.diff_revisions, blueprint.id, other, commit)
        self.versions.show_diff(found)

    @latest_task
    async def _load_preview(self) -> None:
        if self.blueprint is None:
            return
        await self._autosave.save()
        self._preview.show_markdown(await self.ctx.workspace.run(export.markdown_of, self.blueprint.id))

    def _follow_link(self, name: str) -> None:
        found = self.ctx.names.find(name)
        if found is not None:
            self.ctx.navigate(found.record_id, None, found.kind)

    def _restyle(self) -> None:
        self._preview.restyle()
        self._show_tab()

    def open_tab(self, tab: int) -> None:
        """Come up with this view: 0 form, 1 versions, 2 preview."""
        self.ctx.shell.show_panel("foundry")
        self.tabs.setCurrentIndex(tab)

    # ---- panel ---------------------------------------------------------------------------------------------------

    def show_record(self, record_id: str, span: tuple[int, int] | None = None) -> None:
        self._wanted = record_id
        self.refresh(record_id)

    def focus_first(self) -> None:
        if self.blueprint is None:
            super().focus_first()
        else:
            self.reveal_next() if not self.blueprint.identity.title else self.header.picker.setFocus()

    def reveal(self, path: str) -> None:
        """Show a field of the form and take the focus there."""
        self.tabs.setCurrentIndex(_FORM)
        self.form.reveal(path)

    def reveal_next(self) -> None:
        """Go to the next core field that is empty."""
        missing = completeness(self.blueprint).missing if self.blueprint else ()
        if missing:
            self.reveal(missing[0].path)
        else:
            self.ctx.toast("Every core field is filled.")

    def has_pending(self) -> bool:
        return self._autosave.is_dirty

    async def flush(self) -> None:
        await self._autosave.save()

    def release(self) -> None:
        super().release()
        self._autosave.forget()

    @ui_task
    async def _store(self) -> None:
        await self._autosave.save()

    # ---- doing ---------------------------------------------------------------------------------------------------

    @ui_task
    async def new_empty(self) -> None:
        """A new empty blueprint, ready for its title."""
        made = await self.ctx.workspace.run(blueprints.create)
        await self._begin(made)

    @ui_task
    async def new_from_preset(self) -> None:
        """A new blueprint from a preset."""
        await self.ctx.workspace.run(presets.load)
        sheet = PresetSheet(self.window(), None)
        if await sheet.ask():
            await self._begin(await self.ctx.workspace.run(presets.create_from_preset, sheet.chosen().key))

    @ui_task
    async def new_from_markdown(self) -> None:
        """A new blueprint from a Markdown file with our headings."""
        from studio.services.foundry.export import create_from_file

        for path in await self.ctx.shell.pick_open("Blueprint from Markdown", filters=_MARKDOWN):
            made, unknown = await self.ctx.workspace.run(create_from_file, path)
            await self._begin(made)
            left_out = f" Not understood: {', '.join(unknown[:4])}." if unknown else ""
            self.ctx.toast(f"Imported “{made.name}”.{left_out}", self._undo)

    async def _begin(self, made: Blueprint) -> None:
        await self._read(made.id)
        self.ctx.shell.show_panel("foundry")
        self.reveal("identity.title")

    @ui_task
    async def apply_preset(self) -> None:
        """Fill empty fields from a preset."""
        await self._autosave.save()
        if self.blueprint is None:
            return
        await self.ctx.workspace.run(presets.load)
        sheet = PresetSheet(self.window(), self.blueprint)
        if await sheet.ask():
            chosen = sheet.chosen()
            await self.ctx.workspace.run(presets.apply_preset, self.blueprint.id, chosen.key)
            self.ctx.toast(f"Filled from “{chosen.title}”.", self._undo)

    @ui_task
    async def name_version(self) -> None:
        """Keep the blueprint as it stands under a name."""
        await self._autosave.save()
        if self.blueprint is None:
            return
        name = await self.ctx.shell.ask_text("Name this version", label="What is special about it", action="Keep")
        if name:
            await self.ctx.workspace.run(revisions.snapshot, self.blueprint.id, name=name)
            self.ctx.toast(f"Kept as “{name}”.", self._undo)

    @ui_task
    async def restore(self, commit_id: str, paths: tuple[str, ...]) -> None:
        """Bring back all or some fields of a version."""
        await self._autosave.save()
        if self.blueprint is not None:
            await self.ctx.workspace.run(revisions.restore, self.blueprint.id, commit_id, paths=paths)
            what = ", ".join(FIELDS[p].label.lower() for p in paths if p in FIELDS) or "the whole blueprint"
            self.ctx.toast(f"Restored {what}.", self._undo)

    @ui_task
    async def link_names(self) -> None:
        """Link written names to the entries that now have them."""
        await self._autosave.save()
        if self.blueprint is not None:
            before = sum(1 for link in links.all_links(self.blueprint) if link.ref)
            linked = await self.ctx.workspace.run(links.resolve_links, self.blueprint.id)
            new = sum(1 for link in links.all_links(linked) if link.ref) - before
            self.ctx.toast(f"Linked {new} {'name' if new == 1 else 'names'}." if new else "No name fits an entry yet.")

    @ui_task
    async def export_markdown(self) -> None:
        """Write the blueprint to a file."""
        await self._autosave.save()
        if self.blueprint is None:
            return
        suggested = f"{self.blueprint.name}.md".replace("/", "-")
        path = await self.ctx.shell.pick_save("Export blueprint", suggested=suggested, filters=_MARKDOWN)
        if path is not None:
            await self.ctx.workspace.run(export.export_markdown, self.blueprint.id, path)
            self.ctx.toast(f"Exported to {path.name}.")

    @ui_task
    async def duplicate(self) -> None:
        """Make a copy and show it."""
        await self._autosave.save()
        if self.blueprint is not None:
            made = await self.ctx.workspace.run(blueprints.duplicate, self.blueprint.id)
            await self._read(made.id)
            self.ctx.toast(f"Made “{made.name}”.", self._undo)

    @ui_task
    async def delete(self) -> None:
        """Move the blueprint to the trash; one undo brings it back."""
        await self._autosave.save()
        if self.blueprint is not None:
            name = self.blueprint.name
            await self.ctx.workspace.run(blueprints.delete, self.blueprint.id)
            self.ctx.toast(f"Moved “{name}” to the trash.", self._undo)

    @ui_task
    async def untrash(self, blueprint_id: RecordId) -> None:
        """Take a blueprint out of the trash and show it."""
        made = await self.ctx.workspace.run(blueprints.untrash, blueprint_id)
        await self._read(made.id)

    @ui_task
    async def _undo(self) -> None:
        await self.ctx.workspace.run(history.undo)
