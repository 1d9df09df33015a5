"""The Foundry dock: what is typed is stored by itself, follows undo, survives, and can be reached by keyboard."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.domain.blueprint import Blueprint
from studio.domain.record import Authorship, Provenance
from studio.domain.world import Entity, Link
from studio.services import history
from studio.services.foundry import blueprints, drafts, revisions
from studio.services.foundry.apply import FieldValueWithProvenance, apply_fields
from studio.services.foundry.form import FIELDS, SECTIONS
from studio.ui.foundry import FoundryPanel
from studio.ui.foundry.dials import DialEditor
from studio.ui.foundry.links import LinkEditor, LinksEditor
from studio.ui.foundry.presets import PresetSheet
from studio.ui.foundry.rows import RowsEditor
from studio.ui.markdown.view import QUOTE_MIME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from studio.storage.project import Project
    from tests.ui.conftest import TestContext

    Show = Callable[[], FoundryPanel]


@pytest.fixture
def made(ctx: TestContext) -> Blueprint:
    values = {"pitch.premise": "A bell rings.", "dials.grit": 4}
    return ctx.workspace.run_now(blueprints.create, title="Dust Debt", values=values)


@pytest.fixture
def show(ctx: TestContext, qtbot: QtBot) -> Iterator[Show]:
    panels: list[FoundryPanel] = []

    def panel() -> FoundryPanel:
        new = FoundryPanel(ctx)
        panels.append(new)
        qtbot.addWidget(new)
        new.resize(460, 900)
        new.show()
        qtbot.waitExposed(new)
        new.activateWindow()
        qtbot.waitUntil(lambda: new._heads is not None)
        return new

    yield panel
    for new in panels:
        new.release()
    assert ctx.errors == []


def stored(ctx: TestContext, made: Blueprint) -> Blueprint:
    return ctx.workspace.run_now(blueprints.get, made.id)


def editor(panel: FoundryPanel, path: str) -> Any:
    panel.form.reveal(path)
    return panel.form._editors[path]


def shown_title(panel: FoundryPanel) -> str:
    return editor(panel, "identity.title").value()


def test_an_empty_project_offers_the_first_blueprint(ctx: TestContext, show: Show, qtbot: QtBot) -> None:
    panel = show()
    assert panel.blueprint is None
    assert panel._pages.currentIndex() == 0
    panel.new_empty()

    def title_has_focus() -> bool:
        title = panel.form._editors.get("identity.title")
        return panel.blueprint is not None and title is not None and title.widget.hasFocus()

    qtbot.waitUntil(title_has_focus)


def test_nothing_is_said_to_be_missing_before_it_is_known(ctx: TestContext, qtbot: QtBot) -> None:
    panel = FoundryPanel(ctx)
    qtbot.addWidget(panel)
    assert panel._pages.currentIndex() > 1
    qtbot.waitUntil(lambda: panel._pages.currentIndex() == 0)


def test_typing_is_stored_by_itself(ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot) -> None:
    panel = show()
    title = editor(panel, "identity.title")
    title.line.selectAll()
    QTest.keyClicks(title.line, "Salt Debt ")
    assert panel.has_pending()
    qtbot.waitUntil(lambda: stored(ctx, made).identity.title == "Salt Debt", timeout=3000)
    assert title.line.text() == "Salt Debt "
    qtbot.waitUntil(lambda: not panel.has_pending())
    qtbot.waitUntil(lambda: panel.header.picker.currentText() == "Salt Debt")


def test_leaving_a_field_stores_at_once(ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot) -> None:
    panel = show()
    premise = editor(panel, "pitch.premise")
    QTest.keyClicks(premise.text, "Now: ")
    QTest.keyClick(premise.text, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: "Now:" in stored(ctx, made).pitch.premise, timeout=900)


def test_undo_and_redo_are_followed(
    ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot, run: Callable[..., Any]
) -> None:
    panel = show()
    run(ctx.workspace.run(blueprints.set_field, made.id, "identity.title", "Other"))
    qtbot.waitUntil(lambda: shown_title(panel) == "Other")
    run(ctx.workspace.run(history.undo))
    qtbot.waitUntil(lambda: shown_title(panel) == "Dust Debt")
    run(ctx.workspace.run(history.redo))
    qtbot.waitUntil(lambda: shown_title(panel) == "Other")


def test_undoing_the_blueprint_itself_empties_the_dock(
    ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot, run: Callable[..., Any]
) -> None:
    panel = show()
    run(ctx.workspace.run(history.undo))
    qtbot.waitUntil(lambda: panel.blueprint is None)
    run(ctx.workspace.run(history.redo))
    qtbot.waitUntil(lambda: panel.blueprint is not None)


def test_a_change_elsewhere_does_not_touch_what_is_being_typed(
    ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot, run: Callable[..., Any]
) -> None:
    panel = show()
    title = editor(panel, "identity.title")
    QTest.keyClicks(title.line, "X")
    typed = title.line.text()
    run(ctx.workspace.run(blueprints.set_field, made.id, "pitch.premise", "Another."))
    qtbot.waitUntil(lambda: panel.form._editors["pitch.premise"].value() == "Another.")
    assert title.line.text() == typed


def test_half_typed_text_comes_back_after_a_crash(ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot) -> None:
    ctx.workspace.run_now(drafts.keep, made.id, {"pitch.premise": "Half a sen", "shape.acts": ({"title": "One"},)})
    panel = show()
    qtbot.waitUntil(lambda: editor(panel, "pitch.premise").value() == "Half a sen")
    qtbot.waitUntil(lambda: stored(ctx, made).pitch.premise == "Half a sen", timeout=3000)
    assert stored(ctx, made).shape.acts[0].title == "One"
    qtbot.waitUntil(lambda: ctx.workspace.run_now(drafts.pending, made.id) == {})


def test_flush_stores_what_is_typed(ctx: TestContext, made: Blueprint, show: Show, run: Callable[..., Any]) -> None:
    panel = show()
    QTest.keyClicks(editor(panel, "identity.tagline").line, "Pay up")
    run(panel.flush())
    assert stored(ctx, made).identity.tagline == "Pay up"
    assert not panel.has_pending()


def test_every_field_can_be_set_in_the_form(
    ctx: TestContext, made: Blueprint, show: Show, run: Callable[..., Any]
) -> None:
    panel = show()
    samples: dict[str, Any] = {
        "dial": 7, "number": 3, "decimal": 2.5, "flag": True, "texts": ("One", "Two"),
        "link": Link(text="Kell"), "links": (Link(text="Kell"), Link(text="Venn")),
    }  # fmt: skip
    for path, field in FIELDS.items():
        value = samples.get(field.kind, "Words")
        if field.kind == "rows":
            value = ({c.name: ("a",) if c.kind == "texts" else "w" for c in field.columns},)
        one = editor(panel, path)
        one.set_value(value)
        one.edited.emit()
    run(panel.flush())
    from studio.services.foundry.paths import filled_paths

    assert set(filled_paths(stored(ctx, made))) == set(FIELDS)


def test_dials_are_set_by_digit_and_unset_by_backspace(
    ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot, run: Callable[..., Any]
) -> None:
    panel = show()
    dial = editor(panel, "dials.wonder")
    assert isinstance(dial, DialEditor)
    assert dial.value() is None
    QTest.keyClicks(dial.slider, "7")
    assert dial.value() == 7
    QTest.keyClicks(dial.slider, "10")
    assert dial.value() == 10
    assert "10 of 10" in dial.slider.accessibleDescription()
    run(panel.flush())
    QTest.keyClick(dial.slider, Qt.Key.Key_Backspace)
    run(panel.flush())
    assert stored(ctx, made).dials == {"grit": 4}


def add_entity(project: Project, kind: str, name: str) -> Entity:
    with project.commit("t", "t") as commit:
        return commit.put(Entity(kind=kind, name=name))


def test_links_complete_names_and_open_entries(
    ctx: TestContext, made: Blueprint, show: Show, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    veyra = ctx.workspace.run_now(add_entity, "faction", "House Veyra")
    kell = ctx.workspace.run_now(add_entity, "location", "Kell Reach")
    ctx.names.set_rows([(e.id, e.kind, e.name, False) for e in (veyra, kell)])
    gone: list[str] = []
    monkeypatch.setattr(ctx.shell, "navigate", lambda record, span=None, kind="": gone.append(record))
    panel = show()
    region, factions = editor(panel, "world.starting_region"), editor(panel, "world.signature_factions")
    assert isinstance(region, LinkEditor)
    assert isinstance(factions, LinksEditor)
    QTest.keyClicks(region.line, "kell")
    assert [row.text for row in region.line.hits("kell")] == ["Kell Reach"]
    region.line.picked.emit(Link(text="Kell Reach", ref=kell.id))
    QTest.keyClicks(factions.box.line, "house veyra")
    QTest.keyClick(factions.box.line, Qt.Key.Key_Return)
    QTest.keyClicks(factions.box.line, "The Unborn")
    QTest.keyClick(factions.box.line, Qt.Key.Key_Return)
    run(panel.flush())
    world = stored(ctx, made).world
    assert world.starting_region == Link(text="Kell Reach", ref=kell.id)
    assert world.signature_factions == (Link(text="house veyra", ref=veyra.id), Link(text="The Unborn"))
    region._open.click()
    assert gone == [kell.id]
    QTest.keyClick(factions.box.line, Qt.Key.Key_Backspace)
    run(panel.flush())
    assert len(stored(ctx, made).world.signature_factions) == 1


def test_rows_are_added_moved_and_removed(
    ctx: TestContext, made: Blueprint, show: Show, run: Callable[..., Any]
) -> None:
    panel = show()
    acts = editor(panel, "shape.acts")
    assert isinstance(acts, RowsEditor)
    for title in ("One", "Two"):
        acts._add.click()
        QTest.keyClicks(focused(), title)
    run(panel.flush())
    assert [a.title for a in stored(ctx, made).shape.acts] == ["One", "Two"]
    acts._cards[0].moved.emit(acts._cards[0], 1)
    run(panel.flush())
    assert [a.title for a in stored(ctx, made).shape.acts] == ["Two", "One"]
    acts._cards[0].removed.emit(acts._cards[0])
    run(panel.flush())
    assert [a.title for a in stored(ctx, made).shape.acts] == ["One"]


def test_a_mark_leads_to_the_answer_that_a_value_came_from(
    ctx: TestContext, made: Blueprint, show: Show, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    prov = Provenance(source="chat", ref_id="m1", span=(4, 9), quote="salt", confidence=0.41, basis="quoted",
                      authorship=Authorship.AI_GENERATED)  # fmt: skip
    fields = {"tagline": [FieldValueWithProvenance(value="Salt", prov=prov)]}

    def save(project: Project) -> None:
        with project.commit("t", "t") as commit:
            commit.put(apply_fields(project.get(Blueprint, made.id), fields))

    ctx.workspace.run_now(save)
    gone: list[tuple[str, object]] = []
    monkeypatch.setattr(ctx.shell, "navigate", lambda record, span=None, kind="": gone.append((record, span)))
    row = show().form._rows["identity.tagline"]
    assert row._origin is not None
    assert "salt" in row._origin.toolTip()
    assert "please check" in row.field.accessibleDescription()
    row._origin.click()
    assert gone == [("m1", (4, 9))]


def test_versions_are_listed_compared_and_restored(
    ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot, run: Callable[..., Any]
) -> None:
    ctx.workspace.run_now(revisions.snapshot, made.id, name="First")
    ctx.workspace.run_now(blueprints.set_field, made.id, "identity.title", "Later")
    panel = show()
    panel.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: panel.versions.list.count() == 3)
    panel.versions._only.click()
    assert panel.versions.list.count() == 1
    body = panel.versions._cards.body
    qtbot.waitUntil(lambda: body.count() == 2)
    first = body.itemAt(0)
    card = first.widget() if first is not None else None
    assert card is not None
    assert "Identity · Title" in card.accessibleName()
    panel.versions._restore.click()
    qtbot.waitUntil(lambda: stored(ctx, made).identity.title == "Dust Debt")


def test_a_preset_is_previewed_and_fills_what_is_empty(
    ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot
) -> None:
    panel = show()
    panel.apply_preset()
    qtbot.waitUntil(lambda: bool(sheets()))
    sheet = sheets()[0]
    sheet.list.setCurrentRow(2)
    assert sheet.accept_button is not None
    sheet.accept_button.click()
    qtbot.waitUntil(lambda: bool(stored(ctx, made).pitch.genres))
    assert stored(ctx, made).pitch.premise == "A bell rings."


def focused() -> QWidget:
    now = QApplication.focusWidget()
    assert now is not None
    return now


def sheets() -> list[PresetSheet]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, PresetSheet) and w.isVisible()]


def test_the_preview_is_the_markdown(ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot) -> None:
    panel = show()
    panel.open_tab(2)
    qtbot.waitUntil(lambda: panel._preview.view.markdown.startswith("# Dust Debt"))
    assert ctx.shell.shown == ["foundry"]  # pyright: ignore[reportAttributeAccessIssue]


def test_deleting_shows_the_next_and_can_be_undone(
    ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot, run: Callable[..., Any]
) -> None:
    other = ctx.workspace.run_now(blueprints.create, title="Other")
    panel = show()
    panel.show_record(other.id)
    qtbot.waitUntil(lambda: panel.blueprint is not None and panel.blueprint.id == other.id)
    panel.delete()
    qtbot.waitUntil(lambda: panel.blueprint is not None and panel.blueprint.id == made.id)
    run(ctx.workspace.run(history.undo))
    qtbot.waitUntil(lambda: panel.header.picker.count() == 2)


def test_every_focusable_widget_has_a_name(ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot) -> None:
    panel = show()
    for section in SECTIONS:
        panel.form._folds[section.key].set_open(True)
    editor(panel, "shape.acts")._add.click()
    for tab in range(3):
        panel.tabs.setCurrentIndex(tab)
        assert nameless(panel) == []


def nameless(panel: QWidget) -> list[str]:
    return [
        f"{type(w).__name__} in {type(w.parentWidget()).__name__}"
        for w in panel.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.isVisibleTo(panel)
        and not (w.accessibleName() or getattr(w, "text", str)())
        and not w.objectName().startswith("qt_")
    ]


def test_tab_goes_through_the_form_without_a_trap(ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot) -> None:
    panel = show()
    editor(panel, "identity.title")
    seen: list[QWidget] = []
    for _ in range(60):
        now = QApplication.focusWidget()
        assert now is not None
        if now in seen:
            break
        seen.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert len(seen) > 25


def test_nothing_is_wider_than_the_dock_at_any_text_size(
    ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot
) -> None:
    long = ("an extraordinarily long touchstone that nobody would type as a chip but a model does",)
    ctx.workspace.run_now(blueprints.set_field, made.id, "pitch.touchstones", long)
    for size, width in ((100, 360), (200, 640)):
        ctx.theme.set(text_size=size)
        panel = show()
        panel.resize(width, 900)
        for section in SECTIONS:
            panel.form._folds[section.key].set_open(True)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        content = panel.form.widget()
        assert content is not None
        assert content.minimumSizeHint().width() <= panel.form.viewport().width()


def test_folds_and_the_blueprint_on_show_are_remembered(
    ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot
) -> None:
    other = ctx.workspace.run_now(blueprints.create, title="Other")
    panel = show()
    panel.show_record(made.id)
    qtbot.waitUntil(lambda: panel.blueprint is not None and panel.blueprint.id == made.id)
    panel.form._folds["pitch"].set_open(False)
    panel.form._folds["table"].set_open(True)
    panel.release()
    again = show()
    assert again.blueprint is not None
    assert again.blueprint.id == made.id != other.id
    assert again.form.open_sections() == ["identity", "dials", "table"]


def test_a_deleted_blueprint_is_offered_again(
    ctx: TestContext, made: Blueprint, show: Show, qtbot: QtBot, run: Callable[..., Any]
) -> None:
    panel = show()
    run(ctx.workspace.run(blueprints.create, title="Other"))
    run(ctx.workspace.run(blueprints.delete, made.id))
    qtbot.waitUntil(lambda: [h.name for h in panel._trashed] == ["Dust Debt"])
    panel.untrash(made.id)
    qtbot.waitUntil(lambda: panel.blueprint is not None and panel.blueprint.id == made.id)


def drag_events(mime: QMimeData) -> list[QDropEvent]:
    copy, button, no = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return [QDragEnterEvent(QPoint(9, 9), copy, mime, button, no), QDropEvent(QPointF(9, 9), copy, mime, button, no)]


def test_a_dropped_answer_is_reviewed_for_the_blueprint(ctx: TestContext, made: Blueprint, show: Show) -> None:
    asked: list[tuple[str, str]] = []
    ctx.hub.review_text.connect(lambda text, part: asked.append((text, part)))
    ctx.hub.review.connect(lambda message, part: asked.append((message, part)))
    panel = show()
    whole, words = QMimeData(), QMimeData()
    whole.setData(QUOTE_MIME, json.dumps({"message": "m1", "span": None, "text": "x"}).encode())
    words.setText("A campaign of debts")
    for mime in (whole, words):
        for event in drag_events(mime):
            QApplication.sendEvent(panel, event)
            assert event.isAccepted()
    assert asked == [("m1", "foundry"), ("A campaign of debts", "foundry")]
