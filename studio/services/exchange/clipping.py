"""What the clipboard holds, brought in as a file would be: told by its content, written aside, read apart."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.errors import ImportRefused
from studio.services.chat import paste
from studio.services.exchange.apart import read_apart
from studio.services.exchange.conversation import Conversation, Conversations, Turn
from studio.services.exchange.reading import refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studio.services.exchange.importing import Incoming

NAME = "Clipboard"
MOST = 20_000_000
_HTML = re.compile(r"<(!doctype html|html|body|article|div|table|h[1-6]|p)\b", re.IGNORECASE)
_YAML = re.compile(r"(prompts?|messages|model|name|type): ?\S*\n", re.IGNORECASE)
_FRONT = re.compile(r"---[ \t]*\n.*?\n---[ \t]*(\n|\Z)", re.DOTALL)


async def read_clipping(text: str, *, cancelled: Callable[[], bool] = lambda: False) -> list[Incoming]:
    """What a text from the clipboard is, as if it had been a file. Raises ImportRefused or Cancelled."""
    if not text.strip():
        refuse("There is no text on the clipboard. Copy a card, a chat, a note or a table first.")
    if len(text) > MOST:
        refuse("The clipboard holds too much to be looked through. Save it as a file and import that.")
    return [await asyncio.to_thread(_read, text.replace("\r\n", "\n"), cancelled)]


def _read(text: str, cancelled: Callable[[], bool]) -> Incoming:
    if (chat := _chat(text)) is not None:
        return chat
    refused: ImportRefused | None = None
    for n, (name, content) in enumerate(_shapes(text)):
        with tempfile.TemporaryDirectory(prefix="ttrpg-clip-") as folder:
            place = Path(folder, f"{n}") / name
            place.parent.mkdir(parents=True)
            place.write_text(content, encoding="utf-8", newline="\n")
            whole = place if place.parent.name != NAME else place.parent
            try:
                return read_apart(whole, cancelled=cancelled)
            except ImportRefused as error:
                refused = refused or error
    assert refused is not None
    raise refused


def _shapes(text: str) -> Iterator[tuple[str, str]]:
    """(name, content) for each kind of file that it may be, the likeliest first; a note is what all else is."""
    start = text.lstrip("\ufeff \t\n")
    if start[:1] in ("{", "["):
        if _is_json(start):
            yield f"{NAME}.json", start
            return
        if _is_json(start.partition("\n")[0]):
            yield f"{NAME}.jsonl", start
    elif _HTML.match(start):
        yield f"{NAME}.html", text
    elif front := _FRONT.match(start):
        if re.search(r"^(model|input|output|config):", front.group(), re.MULTILINE):
            yield f"{NAME}.prompt", start
    elif (rows := _table(text)) is not None:
        yield f"{NAME}.csv", _csv(rows)
        yield f"{NAME}/{_title(' '.join(rows[0]))}.md", _pipes(rows)
        return
    elif _YAML.match(start):
        yield f"{NAME}.yaml", start
    yield f"{NAME}/{_title(start)}.md", text


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _table(text: str) -> list[list[str]] | None:
    """Rows with tabs, as a spreadsheet copies them, or with commas, as CSV; None of anything else."""
    lines = [line for line in text.split("\n") if line.strip()]
    tabs = len(lines) > 1 and all("\t" in line for line in lines)
    try:
        reader = csv.reader(io.StringIO(text), delimiter="\t" if tabs else ",", strict=not tabs)
        rows = [row for row in reader if row]
    except csv.Error:
        return None
    even = len(rows) > 1 and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1
    return rows if tabs or even else None


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _pipes(rows: list[list[str]]) -> str:
    """The table as Markdown, for a note."""
    width = max(len(row) for row in rows)
    cells = [
        [*(" ".join(cell.split()).replace("|", "\\|") for cell in row), *[""] * (width - len(row))] for row in rows
    ]
    cells.insert(1, ["---"] * width)
    return "".join(f"| {' | '.join(row)} |\n" for row in cells)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _title(text: str) -> str:
    """A note is called after its first heading, or its first words."""
    body = _FRONT.sub("", text, count=1)
    heading = re.search(r"^#{1,6}\s+(.+)$", body, re.MULTILINE)
    first = heading.group(1) if heading else next((line for line in body.split("\n") if line.strip()), NAME)
    return " ".join(re.sub(r"[^\w\s'-]", " ", first).split())[:60].strip() or NAME


def _chat(text: str) -> Conversations | None:
    """A chat that was copied from a page: somebody asks and somebody answers."""
    if text.lstrip()[:1] in ("{", "["):
        return None
    found = paste.parse(text)[0].messages
    if len(found) < 2:
        return None
    turns: list[Turn] = []
    for role, words in found:
        parent = turns[-1].id if turns else ""
        turns.append(Turn(id=_key(f"{parent} {role} {words}"), parent=parent, role=role, text=words))
    title = next((words for role, words in found if role == "user"), found[0][1])
    chat = Conversation(id=_key(text), title=_title(title), turns=turns)
    return Conversations(source="clipboard", title="a chat on the clipboard", chats=[chat], folder="Pasted")
