"""An entry's page shows its stat block in words, and nothing where there is none to see."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from studio.services.world import entities
from studio.ui.world import EntryPanel
from studio.ui.world.page import EntityView

Do = Callable[..., Any]
WOLF = {
    "layout": "Basic 5e Layout", "size": "Medium", "type": "beast", "ac": "13", "stats": [12, 15, 12, 3, 12, 6],
    "actions": [{"name": "Bite", "desc": "<img src=x> and teeth."}],
}  # fmt: skip


def said(view: EntityView) -> list[str]:
    return [one.text() for one in view.stats.findChildren(QLabel)]


def test_a_stat_block_is_shown_with_its_parts(entry: EntryPanel, qtbot: QtBot, do: Do) -> None:
    wolf = do(entities.create_entity, kind="creature", name="Wolf")
    do(entities.update_entity, wolf.id, {"statblock": WOLF})
    tam = do(entities.create_entity, kind="npc", name="Tam")
    entry.show_record(wolf.id)
    qtbot.waitUntil(lambda: isinstance(entry.view, EntityView) and bool(said(entry.view)))
    view = entry.view
    assert isinstance(view, EntityView)
    assert not view.stats.isHidden()
    words = said(view)
    assert words[0] == "<i>Medium, beast</i>"
    assert "<b>Armour class</b> 13" in words[1]
    assert "DEX</b>&nbsp;15 (+2)" in words[2]
    assert words[3:] == ["Actions", "<b>Bite.</b> and teeth."]
    entry.show_record(tam.id)
    qtbot.waitUntil(lambda: entry.record_id == tam.id)
    assert isinstance(entry.view, EntityView)
    assert entry.view.stats.isHidden()
