"""What can be done with a thread: named, pinned, filed, put away, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services.chat import threads
from studio.ui.chat.picker import Choice, Picker
from studio.ui.tasks import ui_task

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from studio.ui.chat.panel import ChatPanel
    from studio.ui.tasks import Tasks

_NEW_FOLDER, _NO_FOLDER = "+", "-"


class ThreadActs:
    """The actions on threads, by name."""

    def __init__(self, panel: ChatPanel) -> None:
        self._panel = panel
        self._ctx = panel.ctx

    @property
    def tasks(self) -> Tasks:
        """Where its coroutines run."""
        return self._ctx.tasks

    @ui_task
    async def run(self, what: str, thread_id: str) -> None:
        """Do what a menu or key says."""
        if not thread_id:
            return
        if what in {"pin", "unpin"}:
            await self._ctx.workspace.run(threads.pin, thread_id, pinned=what == "pin")
        elif what in {"archive", "unarchive"}:
            await self._archive(thread_id, archived=what == "archive")
        elif what == "rename":
            await self._rename(thread_id)
        elif what == "folder":
            await self._folder(thread_id)
        elif what == "delete":
            await self._delete(thread_id)

    async def _rename(self, thread_id: str) -> None:
        thread = await self._ctx.workspace.run(threads.thread, thread_id)
        run = self._ctx.workspace.run
        await self._ctx.shell.ask_text(
            "Rename chat", label="Title", text=thread.title, action="Rename",
            act=lambda title: run(threads.rename, thread_id, title),
        )  # fmt: skip

    async def _archive(self, thread_id: str, *, archived: bool) -> None:
        await self._ctx.workspace.run(threads.archive, thread_id, archived=archived)
        if archived:
            self._ctx.toast("Archived. It stays in the list under Archived, and in search.", self._undo)
            if thread_id == self._panel.state.thread_id:
                await self._panel.show_thread("")

    async def _delete(self, thread_id: str) -> None:
        live = self._panel.conductor.of_thread(thread_id)
        if live is not None:
            live.stop()
            await live.wait()
        await self._ctx.workspace.run(threads.delete_thread, thread_id)
        self._ctx.toast("Chat moved to the trash.", self._undo)
        if thread_id == self._panel.state.thread_id:
            await self._panel.show_thread("")

    def _undo(self) -> object:
        return self._ctx.commands.run("edit.undo")

    async def _folder(self, thread_id: str) -> None:
        items = await self._ctx.workspace.run(threads.list_threads)
        folders = sorted({t.folder for t in items if t.folder}, key=str.casefold)
        choices = [Choice(f"={f}", f, icon="folder") for f in folders]
        choices += [Choice(_NEW_FOLDER, "New folder…", icon="folder-plus"), Choice(_NO_FOLDER, "No folder", icon="x")]
        current = next((t.folder for t in items if t.id == thread_id), "")
        picker = Picker(self._panel, "Move to folder", choices, current=f"={current}" if current else _NO_FOLDER)
        picker.chosen.connect(lambda key: self._move(thread_id, key))
        picker.open_at(self._panel.bar.more, above=False)

    @ui_task
    async def _move(self, thread_id: str, key: str) -> None:
        def move(folder: str) -> Awaitable[object]:
            return self._ctx.workspace.run(threads.move_to_folder, thread_id, folder)

        if key == _NEW_FOLDER:
            await self._ctx.shell.ask_text("New folder", label="Name", action="Move here", act=move)
        else:
            await move("" if key == _NO_FOLDER else key[1:])
