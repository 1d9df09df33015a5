"""What can be done with a message: copied, edited, made anew, branched, deleted, saved from, looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication

from studio.domain.ids import RecordId
from studio.domain.vocabulary import CORE_KINDS, KINDS
from studio.services.chat import messages
from studio.services.review.conductor import extract_message
from studio.services.world.entities import create_entity
from studio.ui.chat.picker import Choice, Picker
from studio.ui.kit import context_menu
from studio.ui.tasks import latest_task, ui_task
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint

    from studio.services.chat.conductor import Answering
    from studio.ui.chat.panel import ChatPanel
    from studio.ui.tasks import Tasks

PARTS = (
    ("foundry", "Save to Foundry only"),
    ("world", "Save to World Bible only"),
    ("forge", "Save to Prompt Forge only"),
)


class MessageActs:
    """The actions on messages, by name; buttons, menus and keys all come here."""

    def __init__(self, panel: ChatPanel) -> None:
        self._panel = panel
        self._ctx = panel.ctx

    @property
    def tasks(self) -> Tasks:
        """Where its coroutines run."""
        return self._ctx.tasks

    def run(self, what: str, message_id: str) -> None:
        """Do what a button or key says."""
        if what in {"foundry", "world", "forge"}:
            self._ctx.hub.review.emit(message_id, what)
            return
        getattr(self, f"do_{what}")(message_id)

    # ---- the message that keys act on ------------------------------------------------------------------------------

    def current(self, role: str = "") -> str | None:
        """The message with the focus, if it has this role; else the newest one that has."""
        state, focused = self._panel.state, self._panel.list.focused_id()
        facts = state.facts(focused) if focused is not None else None
        if facts is not None and facts.state != "streaming" and role in ("", facts.role):
            return facts.id
        return next((n.id for n in reversed(state.path) if role in ("", n.role)), None)

    def current_pager(self) -> str | None:
        """The focused message, else the newest one, that has other versions."""
        focused, state = self._panel.list.focused_id(), self._panel.state
        rows = [focused] if focused is not None else [n.id for n in reversed(state.path)]
        return next((i for i in rows if i in state.tree.nodes and len(state.tree.siblings(i)) > 1), None)

    def on_current(self, what: str, role: str = "") -> None:
        """Do something with the message that keys act on."""
        message_id = self.current_pager() if what in ("previous", "next") else self.current(role)
        if message_id is not None:
            self.run(what, message_id)

    def can_save(self) -> bool:
        """Whether there is an answer to save from, or one on its way."""
        return self._coming() is not None or self.current("assistant") is not None

    def save_current(self, part: str = "") -> None:
        """Open the review of the answer that keys act on; of one that is still coming in, as soon as it has ended."""
        if (coming := self._coming()) is not None:
            self._save_when_ended(coming, part)
        elif (message_id := self.current("assistant")) is not None:
            self._ctx.hub.review.emit(message_id, part)

    def _coming(self) -> Answering | None:
        """The answer that is coming in, unless the focus is on another."""
        live, focused = self._panel.state.live, self._panel.list.focused_id()
        facts = self._panel.state.facts(focused) if focused is not None else None
        elsewhere = facts is not None and facts.role == "assistant" and facts.state != "streaming"
        return None if elsewhere else live

    @latest_task
    async def _save_when_ended(self, coming: Answering, part: str) -> None:
        if coming.running:
            self._ctx.toast("The review opens as soon as the answer has ended.")
        message = await coming.wait()
        if message is not None and message.text:
            self._ctx.hub.review.emit(message.id, part)

    # ---- what can be done ------------------------------------------------------------------------------------------

    def do_copy(self, message_id: str) -> None:
        """The message's Markdown to the clipboard."""
        message = self._panel.state.body(message_id)
        if message is not None:
            QGuiApplication.clipboard().setText(message.text)
            self._ctx.announce("Copied")

    def do_edit(self, message_id: str) -> None:
        """Into the composer, to be written anew."""
        message = self._panel.state.body(message_id)
        if message is not None:
            what = "your message" if message.role == "user" else "the answer"
            self._panel.composer.begin_edit(message_id, message.text, what=what)

    def do_save(self, message_id: str) -> None:
        """Open the review of everything in the answer."""
        self._ctx.hub.review.emit(message_id, "")

    def do_settings(self, _message_id: str) -> None:
        """The page with models and keys."""
        self._ctx.shell.open_settings("models")

    @ui_task
    async def do_regenerate(self, message_id: str) -> None:
        """Another answer beside this one."""
        await self._panel.asking.begin(self._panel.conductor.regenerate(message_id))

    def do_retry(self, message_id: str) -> None:
        """The same, after a failure."""
        self.do_regenerate(message_id)

    @ui_task
    async def do_answer(self, message_id: str) -> None:
        """An answer to a message that has none."""
        await self._panel.asking.begin(self._panel.conductor.answer(message_id))

    @ui_task
    async def do_go_on(self, message_id: str) -> None:
        """Let a stopped answer go on."""
        await self._panel.asking.begin(self._panel.conductor.go_on(message_id))

    def do_retry_with(self, message_id: str) -> None:
        """Choose the model of another answer."""
        picker = Picker(self._panel, "Answer again with", self._panel.model_choices())
        picker.chosen.connect(lambda model: self._retry_with(message_id, model))
        widget = self._panel.list.widget(message_id)
        picker.open_at(widget or self._panel.composer)

    @ui_task
    async def _retry_with(self, message_id: str, model: str) -> None:
        await self._panel.asking.begin(self._panel.conductor.regenerate(message_id, model=model))

    @ui_task
    async def do_branch(self, message_id: str) -> None:
        """End the branch here, so that the next message begins another."""
        thread_id = self._panel.state.thread_id
        await self._ctx.workspace.run(messages.select_leaf, thread_id, message_id, exact=True)
        self._panel.composer.edit.setFocus()
        self._ctx.toast("Your next message begins a new branch here.", self._back(thread_id, message_id), "Go back")

    def _back(self, thread_id: str, message_id: str) -> Callable[[], object]:
        return lambda: self._select(thread_id, message_id)

    @ui_task
    async def _select(self, thread_id: str, message_id: str) -> None:
        await self._ctx.workspace.run(messages.select_leaf, thread_id, message_id)

    def do_previous(self, message_id: str) -> None:
        """The version before this one."""
        self._sibling(message_id, -1)

    def do_next(self, message_id: str) -> None:
        """The version after this one."""
        self._sibling(message_id, 1)

    def _sibling(self, message_id: str, step: int) -> None:
        state = self._panel.state
        if message_id not in state.tree.nodes:
            return
        target = state.tree.neighbour(message_id, step)
        if target is not None:
            self._panel.hold_place(message_id, target)
            self._select(state.thread_id, target)
            count = len(state.tree.siblings(target))
            self._ctx.announce(f"Version {state.tree.siblings(target).index(target) + 1} of {count}")

    @ui_task
    async def do_delete(self, message_id: str) -> None:
        """The message and what follows from it, until Undo."""
        live = self._panel.conductor.of_thread(self._panel.state.thread_id)
        if live is not None:
            live.stop()
            await live.wait()
        count = await self._ctx.workspace.run(messages.delete_branch, message_id)
        words = f"Deleted {count} message{'s' if count > 1 else ''}."
        self._ctx.toast(words, lambda: self._ctx.commands.run("edit.undo"))

    def do_inspect(self, message_id: str) -> None:
        """What really went to the model."""
        self._panel.reading.inspect(message_id)

    def do_replay(self, message_id: str) -> None:
        """Another answer by exactly the same words."""
        self._panel.reading.replay(message_id)

    @ui_task
    async def do_sources(self, message_id: str) -> None:
        """What the answer rests on, and what canon says to its claims."""
        from studio.services.citing.reading import beside
        from studio.ui.chat.sources import SourcesSheet

        await extract_message(self._ctx.workspace, RecordId(message_id))
        found = await self._ctx.workspace.run(beside, message_id, lens=self._ctx.lens.value)
        await SourcesSheet(self._panel.window(), self._ctx, found).ask()

    @ui_task
    async def open_note(self, message_id: str, n: int) -> None:
        """The words that a number in an answer rests on; the whole sheet where there are none."""
        from studio.services.citing.reading import place_of

        found = await self._ctx.workspace.run(place_of, message_id, n, lens=self._ctx.lens.value)
        if found is None:
            self.do_sources(message_id)
            return
        citation, place = found
        if place.changed:
            self._ctx.toast(f"“{citation.name}” has changed since the answer was given.")
        self._ctx.navigate(citation.ref, place.span if place.path == "body" else None, citation.kind)

    @ui_task
    async def open_url(self, url: str) -> None:
        """A link that leads out of the application: opened only when that is what was meant."""
        words = f"This opens in your browser, outside TTRPG Studio:\n\n{url}"
        if await self._ctx.shell.confirm("Open a link?", words, action="Open"):
            QDesktopServices.openUrl(QUrl(url))

    def make_entity(self, name: str) -> None:
        """A link to something that isn't there yet was clicked: choose what it is, and it is made."""
        choices = [Choice(kind, KINDS[kind].label, icon=look.kind_icon(kind)) for kind in CORE_KINDS]
        picker = Picker(self._panel, f"Make “{name}” a…", choices)
        picker.chosen.connect(lambda kind: self._make_entity(kind, name))
        picker.open_at_pointer()

    @ui_task
    async def _make_entity(self, kind: str, name: str) -> None:
        made = await self._ctx.workspace.run(create_entity, kind=kind, name=name)
        self._ctx.toast(f"Made “{made.name}”.", lambda: self._ctx.commands.run("edit.undo"))
        self._ctx.navigate(made.id, None, made.kind)

    # ---- the menu ------------------------------------------------------------------------------------------------

    def menu(self, message_id: str, at: QPoint) -> None:
        """Everything, by name."""
        facts = self._panel.state.facts(message_id)
        if facts is None or facts.state == "streaming":
            return
        menu = context_menu(self._panel, "This message")
        for entry in self.entries(message_id):
            if entry is None:
                menu.addSeparator()
                continue
            action = QAction(entry[1], menu)
            action.triggered.connect(lambda _checked=False, what=entry[0]: self.run(what, message_id))
            menu.addAction(action)
        menu.popup(at)

    def entries(self, message_id: str) -> list[tuple[str, str] | None]:
        """(what, words) of everything that fits this message; None is a line between groups."""
        facts = self._panel.state.facts(message_id)
        if facts is None:
            return []
        found: list[tuple[str, str] | None] = [("copy", "Copy"), ("edit", "Edit")]
        if facts.role == "assistant":
            found += [("regenerate", "Regenerate"), ("retry_with", "Answer again with another model…")]
            found += [("go_on", "Continue this answer")] if facts.text else []
        else:
            found += [("answer", "Answer this message")]
        found += [("branch", "Branch from here"), None]
        if facts.text:
            found += [("save", "Save from answer…\tCtrl+S"), *PARTS, None]
        if facts.role == "assistant":
            found += [
                ("sources", "Sources and canon…\tCtrl+Shift+B"),
                ("inspect", "What the model read…\tCtrl+Shift+J"),
            ]
            found += [("replay", "Ask again with exactly the same")]
        found += [("delete", "Delete from here on")]
        return found
