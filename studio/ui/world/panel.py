"""The World Bible dock: filter, groups, tree, new entries, trash."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any, ClassVar, cast

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from studio.domain.errors import Invalid
from studio.domain.events import Committed
from studio.domain.ids import RecordId
from studio.services import history
from studio.services.world import entities, entries, names, pages, saved_filters, tree
from studio.ui.dropping import AnswerDrop
from studio.ui.kit import Button, ComboBox, EmptyState, IconButton, SearchField, hbox, label, vbox
from studio.ui.panel import Panel
from studio.ui.tasks import latest_task, once_task, ui_task
from studio.ui.world import actions, outward
from studio.ui.world.model import KIND, WorldModel
from studio.ui.world.new_entry import NOTE, NewEntry
from studio.ui.world.saved import FilterSheet, SavedFilters
from studio.ui.world.trash import TrashView
from studio.ui.world.treeview import WorldTree

if TYPE_CHECKING:
    from studio.domain.worldkit import SavedFilter
    from studio.services.world.rows import Row
    from studio.services.world.tree import Group, Grouping
    from studio.ui.commands import Command
    from studio.ui.context import StudioContext

GROUPINGS = (("By kind", "kind"), ("By status", "status"), ("By tag", "tag"), ("By place", "location"))
FILTER_HELP = (
    'Words find names. #tag, kind:npc, status:canon, in:"Port Ash", has:motive, visible:party and updated:7d narrow; '
    "a minus before a word or term leaves out"
)
SMALL = 120
"""Entries up to which everything shows open."""
OTHERS = frozenset({"message", "thread", "blueprint", "recipe", "recipe_version", "artifact", "changeset",
                    "assistant_mode", "calendar", "project", "entity_kind", "saved_filter", "media", "pin",
                    "clock", "clue"})  # fmt: skip
"""Kinds of records that aren't shown here."""
QUIET = OTHERS - {"entity_kind"}
"""Kinds whose commits change nothing here."""


class WorldPanel(Panel):
    """Every entry of the world, by kind, status, tag or place."""

    title = "World Bible"
    icon = "globe"
    handles: ClassVar[frozenset[str]] = frozenset()
    for_all_eyes: ClassVar[bool] = True

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.by: Grouping = "kind"
        self.started = False
        self._mistake: str | None = None
        self._total = 0
        self._wanted_open: set[str] = set()
        self._build()
        self.listen(Committed, self._committed)
        self.follow(ctx.theme.changed, self._restyle)
        self.follow(ctx.hub.selected, self._selected)
        self.follow(ctx.lens.changed, self._lens_changed)
        self._settle = QTimer(self, singleShot=True, interval=40)
        self._settle.timeout.connect(lambda: self.refresh())
        self._hint_soon = QTimer(self, singleShot=True, interval=150)
        self._hint_soon.timeout.connect(lambda: self._hint(str(self.new.kind.value()), self.new.name.text()))
        self._remember = QTimer(self, singleShot=True, interval=800)
        self._remember.timeout.connect(lambda: self._keep_view())
        self.start()

    def _build(self) -> None:
        column = vbox(self, margins=(8, 8, 8, 8), gap=6)
        self.filter = SearchField("Filter the world", placeholder="Filter  #tag  kind:npc", delay_ms=0)
        self.filter.setToolTip(FILTER_HELP)
        column.addWidget(self.filter)
        row = hbox(gap=4)
        self.grouping = ComboBox("Group the world", GROUPINGS, compact=True)
        self.count = label("", "caption")
        self.trash_button = IconButton("trash-2", "Trash", self.toggle_trash, checkable=True)
        row.addWidget(self.grouping)
        self.saved = SavedFilters()
        row.addStretch(1)
        row.addWidget(self.count)
        row.addWidget(self.saved)
        row.addWidget(self.trash_button)
        column.addLayout(row)
        self.model = WorldModel(lambda *asked: self._load(*asked), self.ctx.kinds.spec, self)
        self.tree = WorldTree(self.model, self)
        self.filter.set_target(self.tree)
        self.stack = QStackedWidget()
        self.empty = self._empty()
        self.nothing = EmptyState("Nothing has this name.", icon="search", action="Make it", on_action=self._make_typed)
        self.trash = TrashView(self)
        for widget in (self.tree, self.empty, self.nothing, self.trash):
            self.stack.addWidget(widget)
        column.addWidget(self.stack, 1)
        self.new = NewEntry(self.ctx.kinds)
        column.addWidget(self.new)
        self.new_button = Button(
            "New entry", lambda: self.new_entry(), icon="plus", key="Ctrl+Shift+N", variant="ghost"
        )
        column.addWidget(self.new_button)
        self._connect()

    def _empty(self) -> EmptyState:
        return EmptyState(
            "People, places, factions, events and things live here. Make one by hand, or save them from an answer in "
            "the chat with Ctrl+S. You can also drop an answer onto this dock.",
            title="Your world starts here", icon="globe", action="New entry",
            on_action=lambda: self.new_entry(), key="Ctrl+Shift+N",
        )  # fmt: skip

    def _connect(self) -> None:
        self.filter.searched.connect(lambda _text: self.refilter())
        self.filter.returnPressed.connect(self._open_first)
        self.filter.textChanged.connect(lambda text: setattr(self.saved, "typed", text))
        self.grouping.chosen.connect(lambda by: self.group_by(by))
        self.saved.chosen.connect(self.use_filter)
        self.saved.save_wanted.connect(lambda: self.save_filter())
        self.saved.manage_wanted.connect(lambda: self.manage_filters())
        self.tree.opened.connect(self.open)
        AnswerDrop(self, self.ctx.hub, "world")
        self.tree.copied.connect(self.copy_links)
        self.tree.pasted.connect(lambda: self.ctx.commands.run("file.import_clipboard"))
        self.tree.drag_wanted.connect(self._drag)
        self.tree.customContextMenuRequested.connect(self._menu)
        self.tree.selectionModel().selectionChanged.connect(lambda *_: self.ctx.commands.refresh())
        self.tree.expanded.connect(lambda *_: self._remember.start())
        self.tree.collapsed.connect(lambda *_: self._remember.start())
        self.tree.clicked.connect(self._clicked)
        self.model.rename_wanted.connect(lambda entity_id, name: self.rename(entity_id, name))
        self.new.typed.connect(lambda _kind, _name: self._hint_soon.start())
        self.new.wanted.connect(lambda kind, name: self.create_named(kind, name))
        self.new.open_wanted.connect(self.open)
        self.new.closed.connect(lambda: (self.new_button.show(), self.tree.setFocus()))

    def commands(self) -> list[Command]:
        """Everything that the menus, keys and palette offer for the world."""
        return actions.world_commands(self)

    def title_buttons(self) -> list[QWidget]:
        return [IconButton("plus", "New entry", lambda: self.new_entry(), key="Ctrl+Shift+N")]

    def focus_first(self) -> None:
        self.filter.setFocus()

    def release(self) -> None:
        super().release()
        self._settle.stop()
        self._hint_soon.stop()
        threading.Thread(target=self.tree.dropped.empty, name="emptying dropped files").start()
        if self._remember.isActive():
            self._remember.stop()
            self._keep_view()

    # ---- loading ---------------------------------------------------------------------------------------------------

    @ui_task
    async def start(self) -> None:
        """Bring back what was typed before a crash, and the view of last time."""
        recovered = await self.ctx.workspace.run(pages.recover_drafts)
        if recovered:
            self.ctx.toast(f"Brought back what you typed in {', '.join(recovered[:3])}.")
        kept = await self.ctx.workspace.run(pages.view)
        view = json.loads(kept) if kept else {}
        self.by = view.get("by", "kind") if view.get("by") in tree.GROUPINGS else "kind"
        self._wanted_open = set(view.get("open", []))
        self.grouping.set_value(self.by)
        await self._fill()
        self.load_filters()
        self.started = True

    async def _fill(self) -> None:
        groups = await self.ctx.workspace.run(tree.groups, self.by, lens=self.ctx.lens.value)
        self.model.reset_groups(groups)
        self.tree.rows.show_status = self.by != "status"
        self.tree.setRootIsDecorated(True)
        await self._count()
        self._open_wanted(groups)

    async def _count(self) -> None:
        self._total = await self.ctx.workspace.run(tree.total, lens=self.ctx.lens.value)
        notes = any(self.model.node(self.model.index(r, 0)).key == NOTE for r in range(self.model.rowCount()))
        if not self.model.flat:
            self.count.setText(f"{self._total:,}".replace(",", "\u202f") if self._total else "")
        self._show_right(empty=not self._total and not notes)

    def _show_right(self, *, empty: bool) -> None:
        if self.trash_button.isChecked():
            return
        typed = bool(self.filter.text().strip())
        wanted = self.nothing if typed and not self.model.rowCount() else self.empty if empty else self.tree
        self.stack.setCurrentWidget(wanted)

    def _open_wanted(self, groups: list[Group]) -> None:
        """Open what was open last time; in a small world everything."""
        everything = not self._wanted_open and sum(g.size for g in groups) <= SMALL
        for group in groups:
            if everything or group.key in self._wanted_open:
                self.tree.expand(self.model.group(group.key))

    @ui_task
    async def _load(self, number: int, key: str, start: int) -> None:
        rows = await self.ctx.workspace.run(tree.page, self.by, key, start=start, lens=self.ctx.lens.value)
        self.model.deliver(number, start, rows)

    def _lens_changed(self) -> None:
        """Other eyes see another world, and change nothing in it."""
        own = self.ctx.lens.value.is_own
        if not own and self.trash_button.isChecked():
            self.toggle_trash()
        self.new.close_line()
        self.new_button.setVisible(own)
        self.trash_button.setEnabled(own)
        self.refilter()

    def _open_new(self, groups: list[Group], before: set[str]) -> None:
        """In a small world the first entries of a kind show themselves."""
        if sum(g.size for g in groups) <= SMALL:
            for group in groups:
                if group.key not in before:
                    self.tree.expand(self.model.group(group.key))

    def _committed(self, event: Committed) -> None:
        if event.kinds() - QUIET:
            self._settle.start()
        if "saved_filter" in event.kinds():
            self.load_filters()

    @latest_task
    async def refresh(self) -> None:
        """Follow what changed, without losing the cursor, the selection or what is open."""
        if self.trash_button.isChecked():
            await self.trash.load()
        if self.model.flat:
            await self._filter_now(self.filter.text(), keep=True)
            return
        before = {self.model.node(self.model.index(row, 0)).key for row in range(self.model.rowCount())}
        groups = await self.ctx.workspace.run(tree.groups, self.by, lens=self.ctx.lens.value)
        self.model.sync_groups(groups)
        self._open_new(groups, before)
        for number, key, loaded in self.model.open_branches():
            limit = max(loaded, tree.PAGE)
            rows: list[Row] = await self.ctx.workspace.run(
                tree.page, self.by, key, limit=limit, lens=self.ctx.lens.value
            )
            self.model.sync_rows(number, rows)
        await self._count()

    @latest_task
    async def refilter(self) -> None:
        """Show what fits the filter, best first; an empty filter shows the groups again."""
        if self.filter.text().strip():
            await self._filter_now(self.filter.text())
        else:
            await self._fill()

    async def _filter_now(self, typed: str, *, keep: bool = False) -> None:
        try:
            found = await self.ctx.workspace.run(tree.filtered, typed, lens=self.ctx.lens.value)
        except Invalid as mistake:
            self._say_mistake(str(mistake))
            return
        self._say_mistake("")
        if keep:
            self.model.sync_rows(self.model.root_number, found.rows)
        else:
            self.model.reset_rows(found.rows)
        self.tree.rows.show_status = True
        if self.tree.rootIsDecorated():
            self.tree.setRootIsDecorated(False)
        self.count.setText(f"{found.total}+ found" if found.capped else f"{found.total} found")
        self._show_right(empty=False)

    def _say_mistake(self, sentence: str) -> None:
        """What is wrong with the filter stands where its rows would be. Styling a field is slow: only what changes."""
        if sentence != self._mistake:
            self._mistake = sentence
            self.filter.set_state("error" if sentence else "")
            self.filter.setAccessibleDescription(sentence or FILTER_HELP)
            self.nothing.sentence.setText(sentence or "Nothing fits this filter.")
        if self.nothing.button is not None:
            self.nothing.button.setVisible(not sentence and bool(self._typed_name()))
        if sentence:
            self.model.reset_rows([])
            self.count.setText("")
            self._show_right(empty=False)
            self.ctx.announce(sentence)

    @latest_task
    async def load_filters(self) -> None:
        """Read the saved filters for their menu."""
        self.saved.known = await self.ctx.workspace.run(saved_filters.listing)

    def use_filter(self, saved: SavedFilter) -> None:
        """Type a saved filter, in its grouping."""
        if saved.group_by != self.by:
            self.group_by(saved.group_by)
        self.filter.setText(saved.query)
        self.filter.setFocus()

    @ui_task
    async def save_filter(self) -> None:
        """Keep what is typed under a name."""
        typed = self.filter.text().strip()

        async def keep(name: str) -> None:
            saved = await self.ctx.workspace.run(saved_filters.save, name, typed, group_by=self.by)
            self.ctx.toast(f"Saved the filter “{saved.name}”.", self.take_back)

        if typed:
            await self.ctx.shell.ask_text("Save filter", label="Name", act=keep)

    @ui_task
    async def manage_filters(self) -> None:
        """Use, rename or delete saved filters."""
        sheet = FilterSheet(self.ctx, self.window())
        if await sheet.ask() and sheet.picked is not None:
            self.ctx.shell.show_panel("world", focus=False)
            self.use_filter(sheet.picked)

    def group_by(self, by: object) -> None:
        """Switch the grouping."""
        self.by = cast("Grouping", by if by in tree.GROUPINGS else "kind")
        self.grouping.set_value(self.by)
        self._wanted_open = set()
        self._remember.start()
        self.filter.clear()
        self.refilter()

    def _keep_view(self) -> None:
        if self.model.flat:
            return
        shown = [self.model.index(row, 0) for row in range(self.model.rowCount())]
        opened = [self.model.node(index).key for index in shown if self.tree.isExpanded(index)]
        self.ctx.workspace.submit(pages.keep_view, json.dumps({"by": self.by, "open": opened}))

    def _restyle(self) -> None:
        from studio.ui.theme import look

        self.tree.setIndentation(look.px(16))
        self.tree.doItemsLayout()

    def _selected(self, record_id: str, kind: str) -> None:
        """What is open elsewhere gets the tree's cursor."""
        if kind in OTHERS or self.tree.current_id() == record_id:
            return
        if not self.tree.show_entity(record_id) and self.by == "kind" and not self.model.flat:
            self.tasks.start(self.reveal(record_id, kind), owner=self)

    # ---- what a user does -------------------------------------------------------------------------------------------

    def open(self, entity_id: str) -> None:
        """Show an entry's page."""
        index = self.model.find(entity_id)
        kind = str(index.data(KIND)) if index.isValid() else ""
        self.ctx.navigate(entity_id, None, kind)

    def _clicked(self, index: Any) -> None:
        """One click looks at an entry and leaves the focus here; more than one selected is left alone."""
        modifiers = QGuiApplication.keyboardModifiers()
        if self.model.is_entity(index) and not modifiers and len(self.tree.selected_ids()) == 1:
            self.open(self.tree.current_id())

    def _open_first(self) -> None:
        """Enter in the filter opens the best hit."""
        if self.model.flat and self.model.rowCount():
            index = self.model.index(0, 0)
            self.tree.setCurrentIndex(index)
            self.open(self.model.node(index).key)

    def new_entry(self, kind: str = "", name: str = "") -> None:
        """Open the line for a new entry, of the kind that the cursor is in."""
        if not self.ctx.lens.value.is_own:
            self.ctx.toast("Nothing changes while you look as somebody else, or at another day.")
            return
        node = self.model.node(self.tree.currentIndex())
        self.new_button.hide()
        self.new.open_line(kind or node.kind, name)

    def _make_typed(self) -> None:
        self.new_entry(name=self._typed_name())

    def _typed_name(self) -> str:
        """The words of the filter that could be a name."""
        return " ".join(w for w in self.filter.text().split() if ":" not in w and w[0] not in "#-").strip('"')

    @latest_task
    async def _hint(self, kind: str, name: str) -> None:
        matches = await self.ctx.workspace.run(names.similar, name, kind=kind) if len(name) > 2 else []
        self.new.show_matches(matches)

    @once_task
    async def create_named(self, kind: str, name: str) -> None:
        """Make an entry and open its page."""
        run = self.ctx.workspace.run
        if kind == NOTE:
            made_id: str = (await run(entries.create_entry, title=name)).id
        else:
            made_id = (await run(entities.create_entity, kind=kind, name=name)).id
        self.new.close_line()
        self.ctx.announce(f"{self.ctx.kinds.label(kind)} {name} made")
        self.ctx.navigate(made_id, None, kind)
        await self.reveal(made_id, kind)

    @ui_task
    async def edit_kinds(self, kind: str = "") -> None:
        """Open the editor of kinds, at one of them."""
        from studio.ui.world.kind_editor import KindsEditor

        here = self.tree.currentIndex()
        shown = kind or (str(here.data(KIND) or "") if here.isValid() else "")
        await KindsEditor(self.window(), self.ctx, shown if shown != NOTE else "").ask()

    async def reveal(self, entity_id: str, kind: str) -> None:
        """Put the tree's cursor on an entity, opening its group if it is grouped by kind."""
        if self.model.flat:
            self.filter.clear()
            await self._fill()
        else:
            self.model.sync_groups(await self.ctx.workspace.run(tree.groups, self.by, lens=self.ctx.lens.value))
        if self.by == "kind":
            heading = self.model.group(kind)
            self.tree.expand(heading)
            node = self.model.node(heading)
            limit = max(tree.PAGE, len(node.children) + 50)
            rows = await self.ctx.workspace.run(tree.page, "kind", kind, limit=limit, lens=self.ctx.lens.value)
            self.model.sync_rows(node.number, rows)
        await self._count()
        self.tree.show_entity(entity_id)

    @ui_task
    async def rename(self, entity_id: str, name: str) -> None:
        """Rename in place; links follow."""
        if str(self.model.find(entity_id).data(KIND)) == NOTE:
            await self.ctx.workspace.run(entries.update_entry, RecordId(entity_id), {"title": name})
            return
        await self.ctx.workspace.run(entities.rename_entity, RecordId(entity_id), name)
        self.ctx.toast(f"Renamed to “{name}”; links to it were changed too.", self.take_back)

    @ui_task
    async def take_back(self) -> None:
        """Undo, from a toast."""
        await self.ctx.workspace.run(history.undo)

    def rename_here(self) -> None:
        """Edit the name in the tree."""
        index = self.tree.currentIndex()
        if self.model.is_entity(index):
            self.tree.edit(index)

    def chosen(self) -> list[RecordId]:
        """The selected entries; without a selection, the one under the cursor."""
        ids = self.tree.selected_ids() or [i for i in (self.tree.current_id(),) if i]
        return [RecordId(i) for i in ids]

    def chosen_entities(self) -> list[RecordId]:
        """The selected entries without the notes."""
        return [i for i in self.chosen() if str(self.model.find(i).data(KIND)) != NOTE]

    def copy_links(self) -> None:
        """Put `[[links]]` of the selected entries on the clipboard."""
        found = [f"[[{self.model.node(self.model.find(i)).name}]]" for i in self.chosen()]
        if found:
            QGuiApplication.clipboard().setText("\n".join(found))
            self.ctx.toast(f"Copied {found[0]}" if len(found) == 1 else f"Copied {len(found)} links")

    def _drag(self, ids: list[str]) -> None:
        self.tasks.start(outward.drag(self, [RecordId(i) for i in ids]), owner=self)

    def toggle_trash(self) -> None:
        """Look into the trash, or back at the world."""
        shown = self.stack.currentWidget() is not self.trash
        self.trash_button.setChecked(shown)
        if shown:
            self.stack.setCurrentWidget(self.trash)
            self.trash.open()
        else:
            self.refresh()
            self.stack.setCurrentWidget(self.tree)
            self.tree.setFocus()

    def _menu(self, point: QPoint) -> None:
        index = self.tree.indexAt(point)
        if index.isValid():
            menu = actions.context_menu(self)
            menu.popup(self.tree.viewport().mapToGlobal(point))
