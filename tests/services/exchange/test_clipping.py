"""What was copied is told by its content and comes in as a file of that kind would."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.chat import Message
from studio.domain.errors import Cancelled, ImportRefused
from studio.domain.world import Entity, Entry
from studio.services import exchange
from studio.services.exchange.conversation import Conversations
from studio.services.exchange.material import Material

if TYPE_CHECKING:
    from studio.storage.project import Project

CARD = {"spec": "chara_card_v2", "spec_version": "2.0", "data": {
    "name": "Mira", "description": "Keeps the toll.", "personality": "", "scenario": "", "first_mes": "",
    "mes_example": "", "tags": ["toll"]}}  # fmt: skip
NOTE = "---\nkind: npc\ntags: [harbour]\n---\n# Old Tom\n\nA smith, often at the [[Harbour]].\n"
CHAT = "You: Who keeps the toll?\n\nChatGPT: Mira does.\n"


def read(text: str) -> Any:
    (found,) = asyncio.run(exchange.read_clipping(text))
    return found


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (json.dumps(CARD), "character-card"),
        (NOTE, "obsidian"),
        ("<!doctype html><html><body><h1>Tale</h1><p>Once there was.</p></body></html>", "document"),
        ("---\nmodel: x/y\ninput:\n  schema:\n    who: string\n---\nPaint {{who}}.", "prompts"),
    ],
)
def test_a_format_is_told_by_its_content(text: str, source: str) -> None:
    found = read(text)
    assert isinstance(found, Material)
    assert found.source == source


def test_a_chat_keeps_who_said_what(project: Project) -> None:
    found = read(CHAT)
    assert isinstance(found, Conversations)
    exchange.import_parsed(project, [found])
    assert [(m.role, m.text) for m in project.all(Message)] == [
        ("user", "Who keeps the toll?"), ("assistant", "Mira does."),
    ]  # fmt: skip
    assert exchange.import_parsed(project, [read(CHAT)]).unchanged == 3


def test_a_note_comes_in_with_its_front_matter_and_once(project: Project) -> None:
    exchange.import_parsed(project, [read(NOTE)])
    (tom,) = project.all(Entity)
    assert (tom.name, tom.kind, tom.tags) == ("Old Tom", "npc", ("harbour",))
    again = exchange.import_parsed(project, [read(NOTE)])
    assert (again.created, again.updated) == (0, 0)


def test_a_table_of_a_spreadsheet_is_not_lost(project: Project) -> None:
    exchange.import_parsed(project, [read("Name\tTrade\nTom\tsmith | baker\nAnn\t\n")])
    words = " ".join([*(e.body for e in project.all(Entry)), *(str(e.model_dump()) for e in project.all(Entity))])
    assert "Tom" in words
    assert "smith" in words


def test_text_that_only_begins_like_json_is_a_note() -> None:
    assert read("{The Eel} keeps the toll, and nobody knows why.").source == "obsidian"


@pytest.mark.parametrize("text", ["", " \n", '{"a": 1}'])
def test_what_can_not_be_read_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ImportRefused, match=r"clipboard|Clipboard"):
        read(text)


def test_cancelled_leaves_no_file_behind() -> None:
    with pytest.raises(Cancelled):
        asyncio.run(exchange.read_clipping(NOTE, cancelled=lambda: True))
    assert not list(Path(gettempdir()).glob("ttrpg-clip-*/0/Clipboard/Old Tom.md"))
