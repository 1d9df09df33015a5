"""The review panel over a real project: it opens on what is doubtful, and one key saves all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from studio.domain.blueprint import Blueprint
from studio.domain.candidate import (
    BlueprintCandidate,
    EntityCandidate,
    Extraction,
    FieldCandidate,
    RelationCandidate,
)
from studio.domain.recipe import Recipe
from studio.domain.world import Entity
from studio.services import history
from studio.services.review import store_artifact
from studio.services.review.paste import add_pasted
from studio.services.world import entities
from studio.ui.kit import Badge
from studio.ui.review import ReviewPanel
from studio.ui.theme.tokens import THEMES, contrast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.domain.chat import Message
    from tests.ui.conftest import TestContext

TEXT = """# The Ashen Concord
**Type:** faction
**Leader:** Marshal Ilse Dorn

## NPCs
- **Marshal Ilse Dorn** (commander): she leads the Ashen Concord and fears the tide.

## Locations
- **Lantern Quay**: a harbour district ruled by the Concord.
"""


@pytest.fixture
def message(ctx: TestContext) -> Message:
    return ctx.workspace.run_now(add_pasted, TEXT, title="Concord")


@pytest.fixture
def panel(ctx: TestContext, qtbot: QtBot) -> ReviewPanel:
    made = ReviewPanel(ctx)
    qtbot.addWidget(made)
    made.resize(820, 460)
    ctx.commands.add(*made.commands())
    return made


def open_on(panel: ReviewPanel, message: Message, qtbot: QtBot) -> None:
    panel.open_message(message.id)
    qtbot.waitUntil(lambda: panel.draft is not None, timeout=5000)


def stored_doubt(ctx: TestContext, message: Message) -> None:
    """An artifact with one doubtful field, as if it had been read ahead."""
    title = FieldCandidate(value="The Ashen Concord", confidence=0.97, span=(2, 19), quote="The Ashen Concord")
    system = FieldCandidate(value="D&D 5e", confidence=0.41, basis="inferred")
    found = (
        BlueprintCandidate(fields={"title": (title,), "game_system": (system,)}),
        EntityCandidate(key="e1", kind="faction", name="Ashen Concord", confidence=0.95, span=(2, 19),
                        quote="The Ashen Concord"),
    )  # fmt: skip
    ctx.workspace.run_now(store_artifact, message, Extraction(extractor="t", version="1", candidates=found))


def test_an_answer_is_read_shown_and_saved_with_one_key(
    ctx: TestContext, panel: ReviewPanel, message: Message, qtbot: QtBot
) -> None:
    open_on(panel, message, qtbot)
    assert ctx.commands.run("review.save")
    qtbot.waitUntil(lambda: not panel.isVisible(), timeout=5000)
    names = {e.name for e in ctx.workspace.run_now(lambda p: p.all(Entity))}
    assert any("Ilse Dorn" in n for n in names)
    assert any("Lantern Quay" in n for n in names)
    assert ctx.errors == []
    assert any(m.startswith("Saved") for m in ctx.messages)
    ctx.workspace.run_now(history.undo)
    assert ctx.workspace.run_now(lambda p: p.all(Entity)) == []


def test_saving_before_the_answer_is_read_saves_it_as_soon_as_it_is(
    ctx: TestContext, panel: ReviewPanel, message: Message, qtbot: QtBot
) -> None:
    pressed: list[bool] = []
    panel.opened.connect(lambda: pressed.append(panel.draft is None and ctx.commands.run("review.save")))
    panel.open_message(message.id)
    qtbot.waitUntil(lambda: any(m.startswith("Saved") for m in ctx.messages), timeout=5000)
    assert pressed == [True]
    assert ctx.workspace.run_now(lambda p: p.all(Entity))


def test_a_review_dismissed_before_the_answer_is_read_stays_away(
    ctx: TestContext, panel: ReviewPanel, message: Message, qtbot: QtBot
) -> None:
    panel.opened.connect(lambda: (ctx.commands.run("review.save"), panel.dismiss()))
    task = panel.open_message(message.id)
    qtbot.waitUntil(task.done, timeout=5000)
    assert panel.isHidden()
    assert panel.draft is None
    assert ctx.workspace.run_now(lambda p: p.all(Entity)) == []


def test_the_doubtful_field_has_the_focus_its_text_selected_and_says_so(
    ctx: TestContext, panel: ReviewPanel, message: Message, qtbot: QtBot
) -> None:
    stored_doubt(ctx, message)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    open_on(panel, message, qtbot)
    field: Any = panel.focusWidget()
    assert field.text() == "D&D 5e"
    assert field.selectedText() == "D&D 5e"
    assert "please check" in field.accessibleDescription()


def test_typing_over_a_doubtful_value_saves_what_was_typed(
    ctx: TestContext, panel: ReviewPanel, message: Message, qtbot: QtBot
) -> None:
    stored_doubt(ctx, message)
    panel.show()
    qtbot.waitExposed(panel)
    open_on(panel, message, qtbot)
    field = panel.focusWidget()
    assert isinstance(field, QWidget)
    qtbot.keyClicks(field, "Blades")
    panel.save()
    qtbot.waitUntil(lambda: not panel.isVisible(), timeout=5000)
    blueprint = ctx.workspace.run_now(lambda p: p.all(Blueprint))[0]
    assert blueprint.identity.game_system.name == "Blades"
    assert blueprint.identity.title == "The Ashen Concord"


def test_a_field_in_focus_highlights_its_quote_in_the_answer(
    ctx: TestContext, panel: ReviewPanel, message: Message, qtbot: QtBot
) -> None:
    stored_doubt(ctx, message)
    quotes: list[Any] = []
    ctx.hub.quote.connect(lambda message_id, span: quotes.append((message_id, span)))
    panel.show()
    qtbot.waitExposed(panel)
    open_on(panel, message, qtbot)
    panel.form.focus_row("title")
    qtbot.waitUntil(lambda: (message.id, (2, 19)) in quotes)


def test_space_in_the_list_unticks_and_the_button_counts(
    ctx: TestContext, panel: ReviewPanel, message: Message, qtbot: QtBot
) -> None:
    stored_doubt(ctx, message)
    panel.show()
    qtbot.waitExposed(panel)
    open_on(panel, message, qtbot)
    assert panel.save_button.text() == "Save all 2"
    panel.list.select("e1")
    qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    assert panel.save_button.text() == "Save 1"
    ctx.commands.run("review.tick2")
    assert panel.save_button.text() == "Save all 2"


def test_dismissing_saves_nothing(ctx: TestContext, panel: ReviewPanel, message: Message, qtbot: QtBot) -> None:
    open_on(panel, message, qtbot)
    panel.dismiss()
    assert not panel.isVisible()
    assert ctx.workspace.run_now(lambda p: p.all(Entity)) == []


def test_a_dropped_text_is_kept_as_a_message_and_only_its_part_is_ticked(
    ctx: TestContext, panel: ReviewPanel, qtbot: QtBot
) -> None:
    ctx.hub.review_text.emit(TEXT, "world")
    qtbot.waitUntil(lambda: panel.draft is not None, timeout=5000)
    assert panel.draft is not None
    assert panel.draft.sheet.message.text == TEXT
    assert {i.target for i in panel.draft.items if i.accepted} <= {"entity", "relation"}
    panel.save()
    qtbot.waitUntil(lambda: not panel.isVisible(), timeout=5000)
    assert ctx.workspace.run_now(lambda p: p.all(Recipe)) == []


def test_every_control_has_a_name(ctx: TestContext, panel: ReviewPanel, message: Message, qtbot: QtBot) -> None:
    stored_doubt(ctx, message)
    panel.show()
    open_on(panel, message, qtbot)
    nameless = [
        w
        for w in panel.findChildren(QWidget)
        if w.isVisible()
        and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (w.accessibleName() or getattr(w, "text", str)())
    ]
    assert nameless == []


def test_saving_and_dismissing_give_the_focus_back_to_the_chat(
    ctx: TestContext, panel: ReviewPanel, message: Message, qtbot: QtBot
) -> None:
    stored_doubt(ctx, message)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    shell: Any = ctx.shell
    open_on(panel, message, qtbot)
    qtbot.waitUntil(lambda: panel.isAncestorOf(panel.focusWidget() or panel))
    panel.dismiss()
    assert shell.shown == ["chat"]
    open_on(panel, message, qtbot)
    panel.save()
    qtbot.waitUntil(lambda: not panel.isVisible(), timeout=5000)
    assert shell.shown[-1] == "chat"


def test_a_relation_shows_both_its_ends_in_the_narrow_list(
    ctx: TestContext, panel: ReviewPanel, message: Message, qtbot: QtBot
) -> None:
    found = RelationCandidate(key="r1", type="leads", from_name="Ilse Dorn", to_name="Ashen Concord", confidence=0.9)
    ctx.workspace.run_now(store_artifact, message, Extraction(extractor="t", version="1", candidates=(found,)))
    open_on(panel, message, qtbot)
    group = panel.list.topLevelItem(0)
    assert group is not None
    assert (group.child(0) or group).text(0) == "Ilse Dorn\nleads Ashen Concord"


def test_the_list_is_readable_after_the_theme_changed(
    ctx: TestContext, panel: ReviewPanel, message: Message, qtbot: QtBot
) -> None:
    stored_doubt(ctx, message)
    open_on(panel, message, qtbot)
    ctx.theme.set(theme="dark")
    group = panel.list.topLevelItem(1)
    assert group is not None
    for line in (group, group.child(0) or group):
        ink, ground = line.foreground(0).color().name(), THEMES["dark"]["canvas"]
        assert contrast(ink, ground) >= 4.5


def test_a_narrow_review_still_shows_names_and_how_sure_they_are(
    ctx: TestContext, panel: ReviewPanel, message: Message, qtbot: QtBot
) -> None:
    stored_doubt(ctx, message)
    ctx.theme.set(text_size=200)
    panel.resize(700, 460)
    panel.show()
    qtbot.waitExposed(panel)
    open_on(panel, message, qtbot)
    group = panel.list.topLevelItem(1)
    assert group is not None
    assert (group.child(0) or group).text(0).splitlines()[0] == "Ashen Concord"
    assert "%" in (group.child(0) or group).text(0)
    assert panel.minimumSizeHint().width() < 640


# ---- looking ahead ---------------------------------------------------------------------------------------------------


def stored_misfit(ctx: TestContext, message: Message) -> None:
    """An artifact that gives somebody a birth after the death that the world knows."""
    ctx.workspace.run_now(entities.create_entity, kind="npc", name="Ilse Dorn", fields={"death": {"year": 800}})
    birth = FieldCandidate(value="812", confidence=0.95, basis="inferred")
    found = (EntityCandidate(key="e1", kind="npc", name="Ilse Dorn", confidence=0.95, fields={"birth": (birth,)}),)
    ctx.workspace.run_now(store_artifact, message, Extraction(extractor="t", version="1", candidates=found))


def test_what_does_not_fit_the_world_is_told_with_both_sides_before_it_is_saved(
    panel: ReviewPanel, ctx: TestContext, message: Message, qtbot: QtBot
) -> None:
    stored_misfit(ctx, message)
    ctx.findings.attach(ctx.workspace, ctx.tasks, ctx.lens)
    open_on(panel, message, qtbot)
    draft = panel.draft
    assert draft is not None
    qtbot.waitUntil(lambda: draft.clash_count() == 1, timeout=5000)
    words = [one.text() for one in panel.form.findChildren(QLabel)]
    assert any(text.startswith("This doesn't fit: ") for text in words)
    assert "– Ilse Dorn was born 812" in words
    assert "– Ilse Dorn died 800" in words
    assert panel.save_button.isEnabled()
    assert "1 doesn't fit" in [badge.text() for badge in panel.findChildren(Badge) if badge.isVisible()]
    draft.items[0].accepted = False
    panel.form.changed.emit()
    qtbot.waitUntil(lambda: not draft.items[0].clashes, timeout=5000)
    assert not any(one.text().startswith("This doesn't fit") for one in panel.form.findChildren(QLabel))
    ctx.findings.release()
