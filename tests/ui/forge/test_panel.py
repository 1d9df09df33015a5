"""The Prompt Forge dock: drafts are kept, prompts render as one types, versions are explicit, all by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.domain.recipe import Block, NegativePolicy, Recipe, Slot, StyleProfile
from studio.domain.vocabulary import kind_spec
from studio.domain.world import Entity, Link
from studio.services import history
from studio.services.forge import drafts, recipes, starters, uses
from studio.services.forge.content import Content
from studio.ui.forge import ForgePanel
from studio.ui.forge.editor import FILL, VERSIONS, WRITE
from studio.ui.forge.prompt_edit import words_after
from studio.ui.forge.starters import StarterSheet
from studio.ui.linking import NameLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from studio.storage.project import Project
    from tests.ui.conftest import TestContext

    Show = Callable[[], ForgePanel]

CONTENT = Content(
    blocks=(Block(role="system", text="Be brief."), Block(text="Paint {{ subject }}.")),
    slots=(Slot(name="subject", required=True, help="What is shown"),),
    style_profile=StyleProfile(style="oil"),
    negative_policy=NegativePolicy(always=("text",), per_provider={"flux": ("blur",)}),
)


@pytest.fixture
def made(ctx: TestContext) -> Recipe:
    return ctx.workspace.run_now(recipes.create, title="Key art", folder="Art", tags=("cover",), content=CONTENT)


@pytest.fixture
def show(ctx: TestContext, qtbot: QtBot) -> Iterator[Show]:
    panels: list[ForgePanel] = []

    def panel() -> ForgePanel:
        new = ForgePanel(ctx)
        panels.append(new)
        qtbot.addWidget(new)
        new.resize(460, 900)
        new.show()
        qtbot.waitExposed(new)
        new.activateWindow()
        return new

    yield panel
    for new in panels:
        new.release()
    assert ctx.errors == []


@pytest.fixture
def opened(show: Show, made: Recipe, qtbot: QtBot) -> ForgePanel:
    panel = show()
    panel.show_record(made.id)
    qtbot.waitUntil(lambda: "Paint" in shown(panel))
    return panel


def shown(panel: ForgePanel) -> str:
    body = panel.editor.preview._blocks.body
    widgets = [item.widget() for n in range(body.count()) if (item := body.itemAt(n)) is not None]
    return "\n".join(w.text() for w in widgets if w is not None and hasattr(w, "text"))  # pyright: ignore[reportAttributeAccessIssue]


def first_text(panel: ForgePanel, n: int = 1) -> Any:
    panel.tabs.setCurrentIndex(WRITE)
    return panel.editor.write.blocks.cards[n].text


def press(key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    now = QApplication.focusWidget()
    assert now is not None
    QTest.keyClick(now, key, modifier)


def test_an_empty_project_offers_the_starters(ctx: TestContext, show: Show, qtbot: QtBot) -> None:
    panel = show()
    panel.add_starters()
    qtbot.waitUntil(lambda: panel.browser.list.count() >= 12)
    assert "starter recipes" in ctx.messages[-1]


def test_recipes_are_found_by_words_folder_and_tag(ctx: TestContext, made: Recipe, show: Show, qtbot: QtBot) -> None:
    ctx.workspace.run_now(recipes.create, title="Recap", folder="Play")
    panel = show()
    qtbot.waitUntil(lambda: panel.browser.list.count() == 2)
    QTest.keyClicks(panel.browser.search, "paint")
    qtbot.waitUntil(lambda: panel.browser.list.count() == 1)
    panel.browser.search.clear()
    panel.browser._folder.set_value("Play")
    panel.browser._fill()
    assert [panel.browser.list.item(n).text() for n in range(panel.browser.list.count())] == ["Recap"]


def test_enter_opens_and_alt_left_goes_back(made: Recipe, show: Show, qtbot: QtBot) -> None:
    panel = show()
    qtbot.waitUntil(lambda: panel.browser.list.count() == 1)
    panel.browser.list.setFocus()
    panel.browser.list.setCurrentRow(0)
    QTest.keyClick(panel.browser.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.editor.isVisible() and isinstance(QApplication.focusWidget(), QWidget))
    qtbot.waitUntil(lambda: panel.editor.isAncestorOf(QApplication.focusWidget() or panel))
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert panel.browser.list.isVisible()


def test_the_prompt_follows_what_is_filled(opened: ForgePanel, qtbot: QtBot) -> None:
    assert "‹subject›" in shown(opened)
    assert opened.editor.fill._rows["subject"].label.text() == "Subject – needed"
    QTest.keyClicks(opened.editor.fill._fields["subject"].widget, "a tower")
    qtbot.waitUntil(lambda: "Paint a tower." in shown(opened))
    assert "Style: oil." in shown(opened)
    assert "Avoid: text." in shown(opened)
    opened.editor.preview.provider.set_value("flux")
    opened.editor.preview.provider_chosen.emit()
    qtbot.waitUntil(lambda: "Avoid: text, blur." in shown(opened))


def test_what_is_written_is_kept_as_a_draft(
    ctx: TestContext, made: Recipe, opened: ForgePanel, qtbot: QtBot, run: Callable[..., Any]
) -> None:
    QTest.keyClicks(first_text(opened), "Big. ")
    qtbot.waitUntil(lambda: "Big." in shown(opened))
    run(opened.flush())
    kept = ctx.workspace.run_now(drafts.opened, made.id)
    assert kept is not None
    assert kept.dirty
    assert kept.content.blocks[1].text == "Big. Paint {{ subject }}."
    assert opened.editor.badge.text() == "v1 + draft"
    assert ctx.workspace.run_now(recipes.get, made.id).latest == 1


def test_ctrl_enter_saves_a_version_with_its_message(
    ctx: TestContext, made: Recipe, opened: ForgePanel, qtbot: QtBot, run: Callable[..., Any]
) -> None:
    text = first_text(opened)
    text.setFocus()
    QTest.keyClicks(text, "Big. ")
    qtbot.waitUntil(lambda: opened.editor.write.bar.isVisible())
    QTest.keyClicks(opened.editor.write.bar.message, "Bigger")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: ctx.workspace.run_now(recipes.get, made.id).latest == 2)
    assert ctx.workspace.run_now(recipes.version, made.id, 2).message == "Bigger"
    qtbot.waitUntil(lambda: opened.editor.badge.text() == "v2")
    assert not opened.editor.write.bar.isVisible()
    run(ctx.workspace.run(history.undo))
    qtbot.waitUntil(lambda: opened.editor.badge.text() == "v1")
    assert first_text(opened).text() == "Paint {{ subject }}."


def test_saving_without_a_change_says_so(ctx: TestContext, made: Recipe, opened: ForgePanel, qtbot: QtBot) -> None:
    opened.save_version()
    qtbot.waitUntil(lambda: any("Nothing changed" in m for m in ctx.messages))
    assert ctx.workspace.run_now(recipes.get, made.id).latest == 1


def test_copy_needs_what_is_required_and_goes_there(
    ctx: TestContext, made: Recipe, opened: ForgePanel, qtbot: QtBot
) -> None:
    first_text(opened).setFocus()
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: any("Fill “subject” first" in m for m in ctx.messages))
    assert opened.tabs.currentIndex() == FILL
    QTest.keyClicks(opened.editor.fill._fields["subject"].widget, "a tower")
    opened.copy_prompt()
    qtbot.waitUntil(lambda: "Copied the prompt." in ctx.messages)
    assert QGuiApplication.clipboard().text() == "Be brief.\n\nPaint a tower.\n\nStyle: oil.\n\nAvoid: text."
    assert [u.words for u in ctx.workspace.run_now(uses.used_in, made.id)] == ["Copied 1 time"]


def test_the_prompt_goes_to_the_chat(ctx: TestContext, opened: ForgePanel, qtbot: QtBot) -> None:
    sent: list[str] = []
    ctx.hub.compose.connect(sent.append)
    QTest.keyClicks(opened.editor.fill._fields["subject"].widget, "a tower")
    opened.send_to_chat()
    qtbot.waitUntil(lambda: bool(sent))
    assert "Paint a tower." in sent[0]


def add_npc(project: Project) -> Entity:
    with project.commit("t", "t") as commit:
        return commit.put(Entity(kind="npc", name="Odrin Pell", summary="A reeve."))


def test_an_entity_slot_is_filled_from_the_world(ctx: TestContext, show: Show, qtbot: QtBot) -> None:
    odrin = ctx.workspace.run_now(add_npc)
    ctx.names.set_rows([(odrin.id, "npc", "Odrin Pell", False)])
    content = Content(
        blocks=(Block(text="{{ npc.name }}: {{ npc.summary }}"),), slots=(Slot(name="npc", type="entity"),)
    )
    made = ctx.workspace.run_now(recipes.create, title="P", content=content)
    panel = show()
    panel.show_record(made.id)
    qtbot.waitUntil(lambda: "npc" in panel.editor.fill._fields)
    line = panel.editor.fill._fields["npc"].widget
    assert isinstance(line, NameLine)
    line.picked.emit(Link(text="Odrin Pell", ref=odrin.id))
    qtbot.waitUntil(lambda: "Odrin Pell: A reeve." in shown(panel))
    assert panel.editor.fill.values() == {"npc": odrin.id}


def test_an_undeclared_name_is_offered_as_a_slot(opened: ForgePanel, qtbot: QtBot) -> None:
    text = first_text(opened)
    text.set_text("Paint {{ subject }} with {{ npc.name }}.")
    offers = opened.editor.write.slots._offers
    qtbot.waitUntil(lambda: offers.count() == 1)
    item = offers.itemAt(0)
    button = item.widget() if item is not None else None
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(opened.editor.write.slots.value()) == 2)
    assert opened.editor.write.slots.value()[1] == Slot(name="npc", type="entity", kind="npc", required=True)
    qtbot.waitUntil(lambda: "npc" in opened.editor.fill._fields)


def test_a_mistake_is_shown_at_its_block(opened: ForgePanel, qtbot: QtBot) -> None:
    first_text(opened).set_text("Paint {{ 1 + 1 }}")
    card = opened.editor.write.blocks.cards[1]
    qtbot.waitUntil(lambda: card.error.isVisible())
    assert "line 1" in card.error.text()
    assert not opened.editor.preview.copy_button.isEnabled()
    first_text(opened).set_text("Paint")
    qtbot.waitUntil(lambda: not card.error.isVisible())


def test_blocks_and_slots_are_added_moved_and_removed(opened: ForgePanel) -> None:
    opened.tabs.setCurrentIndex(WRITE)
    write = opened.editor.write
    write.blocks._append()
    write.blocks._include()
    assert [b.include for b in write.blocks.value()][-1] != ""
    write.blocks.cards[1].moved.emit(write.blocks.cards[1], -1)
    assert write.blocks.value()[0].text == "Paint {{ subject }}."
    write.blocks.cards[3].removed.emit(write.blocks.cards[3])
    assert len(write.blocks.value()) == 3
    write.slots.add(Slot(name="mood", type="choice", choices=("calm", "grim")))
    write.slots._cards[0].removed.emit(write.slots._cards[0])
    assert write.slots.value() == (Slot(name="mood", type="choice", choices=("calm", "grim")),)


def test_content_goes_through_the_editor_unchanged(opened: ForgePanel, ctx: TestContext) -> None:
    ctx.workspace.run_now(starters.load)
    for starter in starters.starters():
        opened.editor.write.show_content(starter.content)
        assert opened.editor.write.content() == starter.content


def test_style_and_avoid_are_edited(opened: ForgePanel, qtbot: QtBot) -> None:
    write = opened.editor.write
    assert write.avoid.value() == CONTENT.negative_policy
    QTest.keyClicks(write.style_profile._lines["mood"], "calm")
    write.avoid._add("midjourney")
    write.avoid._editors["midjourney"].add("hands")
    qtbot.waitUntil(lambda: "Mood: calm." in shown(opened))
    assert write.avoid.value().per_provider == {"flux": ("blur",), "midjourney": ("hands",)}


def test_the_head_is_stored_at_once(ctx: TestContext, made: Recipe, opened: ForgePanel, qtbot: QtBot) -> None:
    opened.editor.title.setText("Cover art")
    opened.editor.title.editingFinished.emit()
    qtbot.waitUntil(lambda: ctx.workspace.run_now(recipes.get, made.id).title == "Cover art")
    opened.editor.write.details.tags.add("new")
    qtbot.waitUntil(lambda: ctx.workspace.run_now(recipes.get, made.id).tags == ("cover", "new"))
    assert ctx.workspace.run_now(recipes.get, made.id).latest == 1


def test_versions_are_compared_labelled_and_restored(
    ctx: TestContext, made: Recipe, opened: ForgePanel, qtbot: QtBot, run: Callable[..., Any]
) -> None:
    second = CONTENT.model_copy(update={"blocks": (Block(text="Draw {{ subject }}."),)})
    run(ctx.workspace.run(recipes.save_version, made.id, second, message="Draw"))
    opened.open_tab(VERSIONS)
    tab = opened.editor.versions
    qtbot.waitUntil(lambda: tab.list.count() == 2)
    qtbot.waitUntil(lambda: tab._cards.body.count() > 2)
    opened.set_label("production", 1)
    qtbot.waitUntil(lambda: ctx.workspace.run_now(recipes.get, made.id).labels == {"production": 1})
    tab.list.setCurrentRow(1)
    tab._restore.click()
    qtbot.waitUntil(lambda: ctx.workspace.run_now(recipes.get, made.id).latest == 3)
    qtbot.waitUntil(lambda: [b.text for b in opened.editor.write.blocks.value()] == [b.text for b in CONTENT.blocks])


def test_deleting_goes_back_to_the_list(ctx: TestContext, made: Recipe, opened: ForgePanel, qtbot: QtBot) -> None:
    opened.delete()
    qtbot.waitUntil(lambda: opened.editing is None)
    assert opened.browser.isVisible()
    qtbot.waitUntil(lambda: [h.title for h in opened._trashed] == ["Key art"])
    opened.untrash(made.id)
    qtbot.waitUntil(lambda: opened.editing is not None)


def test_a_draft_and_its_values_are_there_again(ctx: TestContext, made: Recipe, show: Show, qtbot: QtBot) -> None:
    half = CONTENT.model_copy(update={"blocks": (Block(text="Half {{ subject }}"),)})
    ctx.workspace.run_now(drafts.keep, made.id, half, base=1)
    ctx.workspace.run_now(drafts.keep_values, made.id, {"subject": "a tower"})
    panel = show()
    panel.show_record(made.id)
    qtbot.waitUntil(lambda: "Half a tower" in shown(panel))
    assert panel.editor.badge.text() == "v1 + draft"


def test_a_starter_is_chosen_and_opened(ctx: TestContext, show: Show, qtbot: QtBot) -> None:
    panel = show()
    panel.new_from_starter()
    qtbot.waitUntil(lambda: bool(sheets()))
    sheet = sheets()[0]
    sheet.list.setCurrentRow(3)
    wanted = sheet.chosen().title
    assert sheet.accept_button is not None
    sheet.accept_button.click()
    qtbot.waitUntil(lambda: panel.editing is not None and panel.editing.recipe.title == wanted)


def sheets() -> list[StarterSheet]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, StarterSheet) and w.isVisible()]


def test_a_wide_dock_shows_list_and_editor(opened: ForgePanel) -> None:
    assert not opened.browser.isVisible()
    opened.resize(1100, 800)
    assert opened.browser.isVisible()
    assert opened.editor.isVisible()


def test_names_are_completed_after_braces() -> None:
    slots = (Slot(name="npc", type="entity", kind="npc"), Slot(name="night"))
    assert words_after("Paint {{ n", slots, kind_spec) == ("n", ["npc", "night"])
    assert words_after("{{ npc.sec", slots, kind_spec) == ("sec", ["secret"])
    assert words_after("{% if npc.vo", slots, kind_spec) == ("vo", ["voice"])
    assert words_after("{{ npc }} n", slots, kind_spec) == ("", [])
    assert words_after("{{ night.x", slots, kind_spec) == ("x", [])


def test_completion_is_taken_by_enter(opened: ForgePanel, qtbot: QtBot) -> None:
    text = first_text(opened)
    text.set_text("")
    text.setFocus()
    QTest.keyClicks(text, "A {{ su")
    popup = text._popup
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert text.text() == "A {{ subject }}"


def test_every_focusable_widget_has_a_name(opened: ForgePanel) -> None:
    for fold in opened.editor.write._folds.values():
        fold.set_open(True)
    opened.editor.write.slots.add(Slot(name="x", type="choice"))
    opened.resize(1100, 900)
    for tab in range(3):
        opened.tabs.setCurrentIndex(tab)
        assert [
            f"{type(w).__name__} in {type(w.parentWidget()).__name__}"
            for w in opened.findChildren(QWidget)
            if w.focusPolicy() & Qt.FocusPolicy.TabFocus
            and w.isVisibleTo(opened)
            and not (w.accessibleName() or getattr(w, "text", str)())
            and not w.objectName().startswith("qt_")
        ] == []


def test_nothing_is_wider_than_the_dock_at_any_text_size(
    ctx: TestContext, made: Recipe, show: Show, qtbot: QtBot
) -> None:
    for size, width in ((100, 360), (200, 640)):
        ctx.theme.set(text_size=size)
        panel = show()
        panel.resize(width, 900)
        panel.show_record(made.id)
        qtbot.waitUntil(lambda panel=panel: panel.editing is not None)
        for fold in panel.editor.write._folds.values():
            fold.set_open(True)
        for page in (panel.editor.write.page, panel.editor.fill):
            content = page.widget()
            assert content is not None
            assert content.minimumSizeHint().width() <= width
        assert panel.minimumSizeHint().width() <= width
