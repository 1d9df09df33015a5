"""Texts that come from outside: pasted answers, dropped exports, files for the context."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.domain.errors import ImportRefused
from studio.services.chat import messages, paste, threads
from studio.ui.carried import local_files
from studio.ui.chat.dialogs import PasteSheet, clipboard_text
from studio.ui.tasks import ui_task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtCore import QMimeData

    from studio.services.chat.paste import Conversation
    from studio.ui.chat.panel import ChatPanel
    from studio.ui.tasks import Tasks

MOST_BYTES = 600_000
CHAT_FILES = (".md", ".markdown", ".txt", ".json")
TEXT_FILTER = "Texts (*.md *.markdown *.txt *.json *.csv *.yaml *.yml *.html *.xml);;All files (*)"


class Taking:
    """Reads what is pasted, dropped or picked."""

    def __init__(self, panel: ChatPanel) -> None:
        self._panel = panel
        self._ctx = panel.ctx

    @property
    def tasks(self) -> Tasks:
        """Where its coroutines run."""
        return self._ctx.tasks

    @ui_task
    async def paste(self) -> None:
        """The dialog for an answer from elsewhere, filled from the clipboard."""
        sheet = PasteSheet(self._panel.window(), clipboard_text())
        if await sheet.ask() and sheet.found:
            await self._add(sheet.found)

    def can_take(self, data: QMimeData) -> bool:
        """Whether everything that is dragged is a text or an export."""
        files = local_files(data)
        return bool(files) and all(file.name.lower().endswith(CHAT_FILES) for file in files)

    @ui_task
    async def take_files(self, paths: list[Path]) -> None:
        """Dropped on the conversation: each becomes messages."""
        for path in paths:
            text = await asyncio.to_thread(_read, path, paste.MAX_CHARS)
            await self._add(await asyncio.to_thread(paste.parse, text, name=path.name))

    async def _add(self, found: Sequence[Conversation]) -> None:
        """One conversation goes where the eye is; several become chats of their own."""
        if len(found) == 1:
            thread_id = self._panel.state.thread_id or await self._panel.setup.create()
            await self._add_to(thread_id, found[0])
            if thread_id != self._panel.state.thread_id:
                await self._panel.show_thread(thread_id)
        else:
            for conversation in found:
                thread = await self._ctx.workspace.run(
                    threads.create_thread, title=conversation.title or threads.NEW_TITLE, folder=conversation.origin
                )
                await self._add_to(thread.id, conversation)
        count = sum(len(c.messages) for c in found)
        words = f"Added {count} message{'s' if count > 1 else ''}."
        self._ctx.toast(words, lambda: self._ctx.commands.run("edit.undo"))

    async def _add_to(self, thread_id: str, conversation: Conversation) -> None:
        await self._ctx.workspace.run(
            messages.add_messages, thread_id, conversation.messages, origin=conversation.origin
        )

    @ui_task
    async def pick(self) -> None:
        """Choose files for the context of the next message."""
        self.attach(await self._ctx.shell.pick_open("Attach text files", filters=TEXT_FILTER, many=True))

    @ui_task
    async def attach(self, paths: list[Path]) -> None:
        """Put text files into the context of the next message."""
        for path in paths:
            text = await asyncio.to_thread(_read, path, MOST_BYTES)
            self._panel.composer.add_file(path.name, text)


def _read(path: Path, most: int) -> str:
    """A text file's content. Raises ImportRefused with a sentence for what isn't one."""
    try:
        data = path.read_bytes() if path.stat().st_size <= 4 * most else None
    except OSError as error:
        raise ImportRefused(f"“{path.name}” can't be read: {error.strerror or error}.") from error
    if data is None or len(data) > most:
        raise ImportRefused(f"“{path.name}” is larger than {most // 1000:,} kB. Take the part that matters.")
    if b"\0" in data[:4096]:
        raise ImportRefused(f"“{path.name}” isn't a text file.", hint="Copy its text and paste it instead.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
