"""An answer's numbers lead to what they rest on, and its claims are shown beside canon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication, QLabel

from studio.services.world.entities import create_entity, set_status, update_entity
from studio.ui.chat.facts import caption
from studio.ui.chat.sources import SourcesSheet
from studio.ui.kit import Button
from tests.support.asked import answered

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.domain.chat import Message
    from studio.domain.world import Entity
    from studio.ui.chat import ChatPanel
    from studio.ui.chat.message import MessageWidget
    from tests.ui.conftest import TestContext

BODY = "She keeps the ledger of the drowned."
SAID = (
    "Mirel Thane keeps the ledger of the drowned [1]. She has 9,000 ships [1] and a ghost [8].\n\n"
    "# Mirel Thane\n- **Kind:** NPC\n- **Title:** Harbour Warden\n"
)


@pytest.fixture
def mirel(ctx: TestContext) -> Entity:
    """Canon: a captain."""
    made = ctx.workspace.run_now(create_entity, kind="npc", name="Mirel Thane", body=BODY, fields={"title": "Captain"})
    ctx.workspace.run_now(set_status, [made.id], "canon")
    return made


@pytest.fixture
def answer(ctx: TestContext, panel: ChatPanel, mirel: Entity, qtbot: QtBot) -> Message:
    """An answer with good and bad citations, on show."""
    made = ctx.workspace.run_now(answered, "Who is Mirel Thane?", SAID, entity_ids=[mirel.id])
    ctx.navigate(made.id, None, "message")
    panel.reveal(made.id, None)
    qtbot.waitUntil(lambda: shown(panel) is not None)
    return made


def shown(panel: ChatPanel) -> MessageWidget | None:
    found = panel.list.widget(panel.list.rows[-1].id) if panel.list.rows else None
    return found if found is not None and found.view.markdown == SAID else None


def went(ctx: TestContext) -> list[tuple[Any, ...]]:
    places: list[tuple[Any, ...]] = []
    ctx.shell.on_navigate = lambda *place: places.append(place)  # pyright: ignore[reportAttributeAccessIssue]
    return places


def open_sheet(ctx: TestContext, qtbot: QtBot) -> SourcesSheet:
    ctx.commands.run("chat.sources")
    find = lambda: [w for w in QApplication.topLevelWidgets() if isinstance(w, SourcesSheet) and w.isVisible()]  # noqa: E731
    qtbot.waitUntil(lambda: bool(find()))
    return find()[0]


def words(sheet: SourcesSheet) -> str:
    return "\n".join(w.text() for w in sheet.findChildren(QLabel))


def test_the_answer_says_how_many_sources_it_has_and_what_to_check(panel: ChatPanel, answer: Message) -> None:
    facts = panel.state.facts(answer.id)
    assert facts is not None
    assert caption(facts).endswith("1 source  ·  2 citations to check")


def test_a_number_leads_to_the_words_in_the_record(
    ctx: TestContext, panel: ChatPanel, answer: Message, mirel: Entity, qtbot: QtBot
) -> None:
    places = went(ctx)
    widget = shown(panel)
    assert widget is not None
    widget.view.anchorClicked.emit(QUrl("note:1"))
    qtbot.waitUntil(lambda: bool(places))
    assert places == [(mirel.id, (0, len(BODY)), "npc")]


def test_only_the_citations_that_do_not_hold_are_marked(panel: ChatPanel, answer: Message) -> None:
    widget = shown(panel)
    assert widget is not None
    tips = [note.tip for _, note in sorted(widget.view._notes.items())]
    assert tips[0].startswith("Rests on “Mirel Thane”")
    block = widget.view.document().begin().begin()
    drawn = []
    while not block.atEnd():
        form = block.fragment().charFormat()
        if form.anchorHref().startswith("note:"):
            drawn.append((form.anchorHref(), form.underlineStyle().name))
        block += 1
    assert drawn == [("note:1", "SingleUnderline"), ("note:1", "DotLine"), ("note:8", "DotLine")]


def test_a_record_that_changed_since_says_so(
    ctx: TestContext, panel: ChatPanel, answer: Message, mirel: Entity, qtbot: QtBot
) -> None:
    ctx.workspace.run_now(update_entity, mirel.id, {"body": f"At dusk. {BODY}"})
    places = went(ctx)
    widget = shown(panel)
    assert widget is not None
    widget.view.anchorClicked.emit(QUrl("note:1"))
    qtbot.waitUntil(lambda: bool(places))
    assert places[0][1] == (9, 9 + len(BODY))
    assert any("has changed since" in m for m in ctx.messages)


def test_the_sheet_tells_what_holds_and_what_canon_says(
    ctx: TestContext, panel: ChatPanel, answer: Message, qtbot: QtBot
) -> None:
    told = words(open_sheet(ctx, qtbot))
    assert f"“{BODY}”" in told
    assert "The number 9000 is not in note [1]." in told
    assert "There is no note [8] among what the model read." in told
    assert "Canon says otherwise  1" in told
    assert "Mirel Thane: Title: Harbour Warden" in told
    assert "Canon: Captain" in told


def test_the_sheet_leads_into_the_answer_and_on_to_the_review(
    ctx: TestContext, panel: ChatPanel, answer: Message, qtbot: QtBot
) -> None:
    quoted: list[object] = []
    asked: list[str] = []
    ctx.hub.quote.connect(lambda message_id, span: quoted.append((message_id, span)))
    ctx.hub.review.connect(lambda message_id, _part: asked.append(message_id))
    sheet = open_sheet(ctx, qtbot)
    next(b for b in sheet.findChildren(Button) if b.text() == "Show in the answer").click()
    at = SAID.index("[1]") + 1
    assert quoted == [(answer.id, (at, at + 1))]
    sheet = open_sheet(ctx, qtbot)
    assert sheet.accept_button is not None
    sheet.accept_button.click()
    assert asked == [answer.id]


def test_a_bracketed_number_without_notes_stays_plain_text(panel: ChatPanel, qtbot: QtBot, ctx: TestContext) -> None:
    from studio.services.review.paste import add_pasted

    made = ctx.workspace.run_now(add_pasted, "See table [3].", title="Elsewhere")
    panel.reveal(made.id, None)
    qtbot.waitUntil(lambda: bool(panel.list.rows) and panel.list.rows[-1].id == made.id)
    widget = panel.list.widget(made.id)
    assert widget is not None
    assert "note:" not in widget.view.document().toHtml()
