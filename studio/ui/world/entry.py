"""The Entry dock: the page of the entity or note that is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from studio.domain.errors import NotFound
from studio.domain.events import Committed
from studio.domain.ids import CommitId, RecordId
from studio.services import changes, history
from studio.services.world import entities, lenses, mentions, pages, sessions, trash
from studio.ui.commands import Command
from studio.ui.images.taking import ImageDrop
from studio.ui.kit import EmptyState, vbox
from studio.ui.panel import Panel
from studio.ui.tasks import latest_task, ui_task
from studio.ui.world.facts import FactActs
from studio.ui.world.note import NoteView
from studio.ui.world.page import EntityView
from studio.ui.world.panel import OTHERS, QUIET
from studio.ui.world.reading import ReadingView
from studio.ui.world.saving import Saver
from studio.ui.world.trail import Trail

if TYPE_CHECKING:
    from studio.domain.record import Provenance
    from studio.domain.world import Alias, Entity
    from studio.services.world.mentions import Mention
    from studio.ui.context import StudioContext
    from studio.ui.images.taking import Offer

NOTE = "entry"
ELSEWHERE = QUIET - {"media", "clock", "clue"}
"""Kinds whose commits change nothing on a page."""


class EntityKinds(frozenset[str]):
    """Every kind that isn't one of the other nouns: worlds bring kinds of their own."""

    def __contains__(self, kind: object) -> bool:
        return isinstance(kind, str) and bool(kind) and kind not in OTHERS and kind not in ("relation", "claim")


class EntryPanel(Panel):
    """One entry at a time. What is typed is stored by itself; what changes elsewhere comes in by itself."""

    title = "Entry"
    icon = "book-open"
    handles: ClassVar[frozenset[str]] = EntityKinds(
        {"npc", "faction", "location", "event", "timeline_arc", "item", NOTE}
    )

    for_all_eyes: ClassVar[bool] = True

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.view: EntityView | NoteView | None = None
        self.reading: ReadingView | None = None
        self.facts = FactActs(self)
        self.trail = Trail(self)
        self._read_id = ""
        self._span: tuple[int, int] | None = None
        self.saver: Saver | None = None
        self._stack = QStackedWidget()
        vbox(self).addWidget(self._stack)
        self.empty = EmptyState(
            "Select an entry in the World Bible, or follow a link in the chat. It opens here, ready to edit.",
            title="No entry open", icon="book-open", action="Find an entry",
            on_action=lambda: ctx.commands.run("world.find"), key="Ctrl+P",
        )  # fmt: skip
        self._stack.addWidget(self.empty)
        ImageDrop(self, self.take_images)
        self.listen(Committed, self._committed)
        self.follow(ctx.theme.changed, self._restyle)
        self.follow(ctx.lens.changed, lambda: self.look_again())
        self._reload_soon = QTimer(self, singleShot=True, interval=30)
        self._reload_soon.timeout.connect(lambda: self.reload())

    def commands(self) -> list[Command]:
        """Keys of the page."""
        shown = lambda: self.view is not None  # noqa: E731
        entity = lambda: isinstance(self.view, EntityView)  # noqa: E731
        return [
            *self.trail.commands(),
            Command("entry.add_field", "Add field…", self.add_field, "World", "Ctrl+Shift+A",
                    "Add a field to the entry that is open.", "plus", enabled=entity),
            Command("entry.relate", "Add relation…", self.relate, "World", "Ctrl+Alt+R",
                    "Say how the entry that is open is related to another.", "link", enabled=entity),
            Command("entry.details", "Details of this value", self.show_details, "World", "Ctrl+Shift+D",
                    "How sure, who says so, who knows it, since when.", "info", enabled=entity),
            Command("entry.preview", "Preview text", self.toggle_preview, "World", "Ctrl+Shift+V",
                    "Look at the entry's text as it reads, or write again.", "eye", enabled=shown),
            Command("sessions.next", "Plan the next session", self.next_session, "World", "Alt+Shift+N",
                    "A new session with the clues that are still to be given away.", "calendar",
                    enabled=lambda: self.ctx.lens.value.is_gm),
            Command("entry.add_image", "Add images…", self.add_images, "World", "Ctrl+Shift+I",
                    "Choose pictures for the entry that is open.", "image", enabled=entity),
            Command("entry.paste_image", "Paste an image", self.paste_image, "World", "",
                    "Hang the picture on the clipboard on the entry that is open.", "clipboard-paste", enabled=entity),
            Command("entry.secret", "Hide from players", self.hide_selection, "World", "Ctrl+Shift+X",
                    "Make the selected paragraphs of the text a block that only the game master sees.", "eye-off",
                    enabled=shown),
            Command("entry.link_all", "Link unlinked mentions", lambda: self.link_all(), "World", "",
                    "Turn every place that names this entry into a link.", "link-2", enabled=entity),
        ]  # fmt: skip

    # ---- showing -----------------------------------------------------------------------------------------------------

    @property
    def record_id(self) -> str:
        """The record that is shown, or nothing."""
        return self._read_id or (self.saver.record_id if self.saver is not None else "")

    def show_record(self, record_id: str, span: tuple[int, int] | None = None) -> None:
        self._span, self.trail.asked = span, True
        if record_id != self.record_id:
            self.load(record_id)
        elif span is None:
            self.reload()
        else:
            self._mark_span()

    def _mark_span(self) -> None:
        """Select what was asked for in the text, once the page has its place."""
        view, span, self._span = self.view, self._span, None
        if view is not None and span is not None:
            QTimer.singleShot(0, view, lambda: view.text.show_span(span))

    @latest_task
    async def load(self, record_id: str) -> None:
        """Store what is typed on the old page, and open the new one."""
        await self.flush()
        old_saver = self.saver
        try:
            if not self.ctx.lens.value.is_own:
                await self._read(RecordId(record_id))
                return
            await self._open(RecordId(record_id))
        except NotFound:
            if self.ctx.lens.value.is_own:
                self.trail.gone(record_id)
            self._close()
            raise
        finally:
            if old_saver is not None and old_saver is not self.saver:
                old_saver.stop()
                old_saver.deleteLater()
        self.trail.came(record_id)
        self.ctx.hub.selected.emit(record_id, self._kind())
        self.ctx.commands.refresh()
        self._mark_span()
        await self.trail.keep(record_id)
        await self._load_around()

    @ui_task
    async def look_again(self) -> None:
        """Other eyes are on: the same entry as they see it, if they see it at all."""
        if not (record_id := self.record_id):
            return
        try:
            await self.load(record_id)
        except NotFound:
            self._close()

    async def _read(self, record_id: RecordId) -> None:
        """Show the record as the lens shows it, to be read only."""
        run, lens = self.ctx.workspace.run, self.ctx.lens.value
        is_entity = await run(pages.is_entity, record_id)
        if is_entity:
            view = ReadingView(self.ctx, await run(pages.entity_page, record_id, lens=lens))
            view.add_mentions((await run(mentions.mentions_of, record_id, lens=lens)).linked)
        else:
            view = ReadingView(self.ctx, (await run(pages.entry_page, record_id, lens=lens))[0])
        self._close()
        self._read_id, self.reading = record_id, view
        view.opened.connect(lambda other, kind: self.ctx.navigate(other, None, kind))
        view.link_opened.connect(self.follow_link)
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        self.ctx.hub.selected.emit(record_id, self._known_kind(record_id))

    async def _open(self, record_id: RecordId) -> None:
        """Read the record and show it: an entity in the widgets that are there."""
        run = self.ctx.workspace.run
        if self._known_kind(record_id) == NOTE or not await run(pages.is_entity, record_id):
            note, _ = await run(pages.entry_page, record_id)
            await self.flush()
            self.saver = Saver(self.ctx, record_id, pages.save_note, self)
            note_view = NoteView(self.ctx, note, self.saver)
            note_view.restore_wanted.connect(lambda: self.trash_or_restore(restore=True))
            self._mount(note_view)
            return
        page = await run(pages.entity_page, record_id)
        tags = await run(pages.all_tags)
        await self.flush()
        self.saver = Saver(self.ctx, record_id, pages.save_page, self)
        self.saver.saved.connect(self._saved)
        if isinstance(self.view, EntityView):
            self.view.show_other(page, self.saver)
        else:
            view = EntityView(self.ctx, page, self.saver)
            self._connect(view)
            self._mount(view)
        if isinstance(self.view, EntityView):
            self.view.tags.set_suggestions(tags)

    def _mount(self, view: EntityView | NoteView) -> None:
        self._stop_reading()
        view.history.toggled.connect(lambda opened: self.load_history() if opened else None)
        view.history.restore_wanted.connect(lambda commit: self.restore_version(commit))
        view.history.version_wanted.connect(lambda commit: self.load_version(commit))
        view.history.field_wanted.connect(lambda commit, path: self.restore_version(commit, path))
        view.text.link_opened.connect(self.follow_link)
        view.status_wanted.connect(lambda status: self.facts.set_status(status))
        old, self.view = self.view, view
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def _saved(self, record: Entity) -> None:
        """After a rename, say what became of the old name."""
        old = self.view.entity if isinstance(self.view, EntityView) else None
        if old is None or old.id != record.id or old.name == record.name:
            return
        kept = old.name in {alias.name for alias in record.aliases}
        words = f"Renamed to “{record.name}”; links follow." + (f" “{old.name}” stays as another name." if kept else "")
        left = [alias for alias in record.aliases if alias.name != old.name]
        self.ctx.toast(words, (lambda: self.set_aliases(record.id, left)) if kept else None, "Drop the old name")

    @ui_task
    async def set_aliases(self, record_id: RecordId, aliases: list[Alias]) -> None:
        """Say what else an entity is called."""
        await self.ctx.workspace.run(entities.update_entity, record_id, {"aliases": aliases})

    def _known_kind(self, record_id: str) -> str:
        known = self.ctx.names.get(record_id)
        return known.kind if known is not None else ""

    def _kind(self) -> str:
        return self.view.entity.kind if isinstance(self.view, EntityView) else NOTE

    def _connect(self, view: EntityView) -> None:
        view.opened.connect(lambda record_id, kind: self.ctx.navigate(record_id, None, kind))
        view.origin_wanted.connect(self.go_to_origin)
        view.linked_made.connect(lambda *made: self.make_linked(*made))
        view.head.act.connect(self.act)
        self.facts.connect(view)
        view.mentions.link_wanted.connect(lambda mention: self.link(mention))
        view.mentions.link_all_wanted.connect(lambda: self.link_all())

    def _stop_reading(self) -> None:
        if self.reading is not None:
            self._stack.removeWidget(self.reading)
            self.reading.deleteLater()
        self.reading, self._read_id = None, ""

    def _close(self) -> None:
        self._stop_reading()
        if self.view is not None:
            self._stack.removeWidget(self.view)
            self.view.deleteLater()
        self.view = self.saver = None
        self._stack.setCurrentWidget(self.empty)
        self.ctx.commands.refresh()

    def _committed(self, event: Committed) -> None:
        if self.record_id and event.kinds() - ELSEWHERE:
            self._reload_soon.start()

    @latest_task
    async def reload(self) -> None:
        """Follow what changed; the cursor and what is being typed stay."""
        if self.reading is not None:
            self.look_again()
            return
        view, record_id = self.view, RecordId(self.record_id)
        if view is None:
            return
        try:
            run, is_entity = self.ctx.workspace.run, isinstance(view, EntityView)
            page = await run(pages.entity_page, record_id) if is_entity else None
            note = None if is_entity else await run(pages.entry_page, record_id)
        except NotFound:
            if self._still(view, record_id):
                self._close()
            return
        if not self._still(view, record_id):
            return
        if isinstance(view, EntityView) and page is not None:
            view.show_page(page)
        elif isinstance(view, NoteView) and note is not None:
            view.show_note(note[0])
        await self._load_around()

    def _still(self, view: EntityView | NoteView, record_id: str) -> bool:
        """Whether a page is open still: another may have come while something was read for it."""
        return self.view is view and self.record_id == record_id

    async def _load_around(self) -> None:
        """Mentions and an open history, after the page itself."""
        view, record_id = self.view, RecordId(self.record_id)
        if isinstance(view, EntityView) and view.entity.deleted_at is None:
            players = await self.ctx.workspace.run(lenses.players)
            found = await self.ctx.workspace.run(mentions.mentions_of, record_id)
            if self._still(view, record_id):
                view.head.set_players(players)
                view.mentions.show_mentions(found)
        if view is not None and self._still(view, record_id) and view.history.is_open:
            await self._history()

    @ui_task
    async def load_history(self) -> None:
        """Read the versions."""
        await self._history()

    async def _history(self) -> None:
        view, record_id = self.view, RecordId(self.record_id)
        found = await self.ctx.workspace.run(history.of_record, record_id, limit=60)
        if view is not None and self._still(view, record_id):
            view.history.show_history(found)

    def _restyle(self) -> None:
        for view in (self.view, self.reading):
            if view is not None:
                view.restyle()

    # ---- storing -----------------------------------------------------------------------------------------------------

    def has_pending(self) -> bool:
        return self.saver is not None and self.saver.is_dirty()

    async def flush(self) -> None:
        if self.saver is not None:
            await self.saver.flush()

    def release(self) -> None:
        super().release()
        self._reload_soon.stop()
        if self.saver is not None:
            self.saver.stop()

    # ---- what a user does --------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        target: Any = self.reading or (self.view.text.edit if self.view is not None else self.empty.button)
        if target is not None:
            target.setFocus()

    def add_field(self) -> None:
        """Open the list of fields."""
        if isinstance(self.view, EntityView):
            self.ctx.shell.show_panel("entry", focus=False)
            self.view.open_fields()

    @ui_task
    async def next_session(self) -> None:
        """Plan the session after the last one, and show its sheet."""
        await self.flush()
        made = await self.ctx.workspace.run(sessions.next_session)
        self.ctx.toast(f"Planned “{made.name}”.", self.take_back)
        self.ctx.navigate(made.id, None, made.kind)

    def relate(self) -> None:
        """Go to the line that adds a relation."""
        if isinstance(self.view, EntityView):
            self.ctx.shell.show_panel("entry", focus=False)
            self.view.relations.start_line()

    def add_images(self) -> None:
        """Choose pictures for the entity."""
        if isinstance(self.view, EntityView):
            self.view.images.choose()

    def paste_image(self) -> None:
        """Hang the picture on the clipboard on the entity."""
        if isinstance(self.view, EntityView):
            self.view.images.paste()

    def take_images(self, offer: Offer) -> None:
        """Pictures were dropped on the page: an entity hangs them up, a note shows them in its text."""
        if isinstance(self.view, EntityView):
            self.view.images.take(offer)
        elif self.view is not None:
            self.view.text.take_images(offer)

    def toggle_preview(self) -> None:
        """Write, or look at the text."""
        if self.view is not None:
            self.view.text.toggle_preview()

    def hide_selection(self) -> None:
        """Make what is selected in the text a secret block."""
        if self.view is not None and not self.view.text.is_previewing:
            self.view.text.edit.hide_selection()

    def follow_link(self, name: str) -> None:
        """Open what a link names, or offer to make it."""
        found = self.ctx.names.find(name)
        if found is not None:
            self.ctx.navigate(found.record_id, None, found.kind)
        elif self.ctx.lens.value.is_own:
            self.ctx.toast(f"“{name}” isn't in the world yet.", lambda: self.make_named(name), "Make it")

    @ui_task
    async def make_named(self, name: str) -> None:
        """Make an entity for a link that leads nowhere."""
        made = await self.ctx.workspace.run(entities.create_entity, kind="npc", name=name)
        self.ctx.navigate(made.id, None, made.kind)

    @ui_task
    async def make_linked(self, path: str, kind: str, name: str) -> None:
        """Make an entity and link to it from a field, in one commit."""
        await self.flush()
        run = self.ctx.workspace.run
        made = await run(pages.create_linked, RecordId(self.record_id), path, kind=kind, name=name)
        self.ctx.toast(f"Made “{made.name}” and linked it.", lambda: self.ctx.navigate(made.id, None, kind), "Open")

    def show_details(self) -> None:
        """Open the details of the value where the focus is."""
        if isinstance(self.view, EntityView) and not self.view.details_here():
            self.ctx.announce("Go to a field first.")

    @ui_task
    async def link(self, mention: Mention) -> None:
        """Turn one mention into a link."""
        if mention.span is not None:
            await self.ctx.workspace.run(
                mentions.link_mention, mention.source_id, RecordId(self.record_id), mention.span, mention.words
            )

    @ui_task
    async def link_all(self) -> None:
        """Turn all mentions into links, in one commit."""
        count = await self.ctx.workspace.run(mentions.link_all, RecordId(self.record_id))
        words = f"Linked {count} {'mention' if count == 1 else 'mentions'}." if count else "There is nothing to link."
        self.ctx.toast(words, self.take_back if count else None)

    @ui_task
    async def take_back(self) -> None:
        """Undo, from a toast."""
        await self.ctx.workspace.run(history.undo)

    @ui_task
    async def restore_version(self, commit: str, path: tuple[str, ...] = ()) -> None:
        """Make the record what it was after that change, or one field what it was before it."""
        await self.flush()
        run, side = self.ctx.workspace.run, "before" if path else "after"
        record, paths = RecordId(self.record_id), (path,) if path else ()
        words = await run(changes.put_back, record, CommitId(commit), side=side, paths=paths)
        self.ctx.toast(f"{words}.", self.take_back)

    @ui_task
    async def load_version(self, commit: str) -> None:
        """Read what one change did to the record, and show it side by side."""
        change = await self.ctx.workspace.run(changes.record_change, RecordId(self.record_id), commit)
        if self.view is not None:
            self.view.history.show_version(commit, change)

    def go_to_origin(self, mark: Provenance) -> None:
        """Show the message and the words that a value came from."""
        if mark.ref_id:
            kind = "message" if mark.source == "chat" else NOTE if mark.source == "entry" else ""
            self.ctx.navigate(mark.ref_id, mark.span, kind)

    def act(self, what: str) -> None:
        """What the page's menu offers."""
        view = self.view
        if not isinstance(view, EntityView):
            return
        if what == "attach":
            self.ctx.hub.attach.emit(view.entity.id)
        elif what == "kinds":
            self.ctx.commands.run("world.kinds")
        elif what == "copy":
            QGuiApplication.clipboard().setText(f"[[{view.entity.name}]]")
            self.ctx.toast(f"Copied [[{view.entity.name}]]")
        elif what == "reveal":
            self.ctx.shell.show_panel("world", focus=False)
            self.ctx.hub.selected.emit(view.entity.id, view.entity.kind)
        else:
            self.trash_or_restore(restore=what == "restore")

    @ui_task
    async def trash_or_restore(self, *, restore: bool) -> None:
        """Move the entity to the trash, or take it out."""
        await self.flush()
        verb = trash.restore if restore else trash.delete
        await self.ctx.workspace.run(verb, [RecordId(self.record_id)])
        if not restore:
            self.ctx.toast("Moved to the trash.", self.take_back)
