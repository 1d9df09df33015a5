"""A plain text or Markdown file: an answer from elsewhere, taken as one message."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from studio.services.exchange.conversation import Conversation, Conversations, Turn, title_of
from studio.services.exchange.reading import read_text, refuse

if TYPE_CHECKING:
    from pathlib import Path

    from studio.services.exchange.probe import Probe

SOURCE = "file"
FOLDER = "Pasted"


def claims(probe: Probe) -> bool:
    """Any text."""
    return not probe.is_folder


def read(probe: Probe) -> Conversations:
    """The text as a chat."""
    return parse(probe.path)


def read_answer(path: Path) -> str:
    """The file's text. Raises ImportRefused when there is none in it."""
    text = read_text(path)
    if not text.strip():
        refuse(f"There is no text in “{path.name}”.")
    return text


def parse(path: Path) -> Conversations:
    """A thread with the text as the assistant's answer. The same text is the same thread."""
    text = read_answer(path)
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    turn = Turn(id=digest, parent="", role="assistant", text=text)
    chat = Conversation(id=digest, title=title_of(path.stem), turns=[turn])
    return Conversations(source=SOURCE, title=f"“{path.name}”", chats=[chat], folder=FOLDER)
