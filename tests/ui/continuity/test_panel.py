"""The continuity dock: a finding with both its sides, one key for each answer, and everything by keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.continuity import Finding
from studio.domain.world import Claim, Entity
from studio.services import history
from studio.storage.project import Project
from studio.ui.context import StudioContext
from studio.ui.continuity import ContinuityPanel
from studio.ui.continuity.sheets import ForkSheet, MuteSheet
from studio.ui.dialogs.base import Sheet
from studio.ui.dialogs.merge import MergeSheet
from tests.services.continuity.planted import twins, two_titles


def plant(project: Project) -> tuple[Finding, Finding]:
    return two_titles(project)[2], twins(project)[2]


@pytest.fixture
def found(ctx: StudioContext) -> tuple[Finding, Finding]:
    made = ctx.workspace.run_now(plant)
    ctx.findings.set(made)
    return made


@pytest.fixture
def panel(ctx: StudioContext, found: tuple[Finding, Finding], qtbot: QtBot) -> ContinuityPanel:
    panel = ContinuityPanel(ctx)
    qtbot.addWidget(panel)
    panel.resize(430, 900)
    panel.show()
    qtbot.waitUntil(lambda: len(panel.list.rows) == 2 and panel.card.card is not None)
    panel.focus_first()
    return panel


def titles(panel: ContinuityPanel) -> list[str]:
    return [row.title for row in panel.list.rows]


def words(panel: ContinuityPanel) -> list[str]:
    return [label.text() for label in panel.card.findChildren(QLabel) if label.isVisibleTo(panel)]


def press(panel: ContinuityPanel, key: Qt.Key) -> None:
    QTest.keyClick(panel.list, key)


def sheet_of(qtbot: QtBot, cls: type[Sheet]) -> Sheet:
    shown: list[Sheet] = []

    def there() -> bool:
        shown[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, cls) and w.isVisible()]
        return bool(shown)

    qtbot.waitUntil(there)
    return shown[0]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def read(ctx: StudioContext, verb: Callable[[Project], object]) -> object:
    return ctx.workspace.run_now(verb)


def test_the_gravest_stands_first_with_both_its_sides(panel: ContinuityPanel) -> None:
    assert titles(panel) == ["Tam", "Mirel Thane · Captain Mirel"]
    assert panel.progress.text() == "1 error · 1 warning"
    shown = words(panel)
    for expected in (
        "Tam has two titles at once.",
        "Tam: title Harbour master",
        "Tam: title Admiral",
        "Claim: title · 812",
    ):
        assert expected in shown
    assert [b.isEnabled() for b in panel.buttons.values()] == [False, True, True, True, False]


def test_j_and_k_walk_and_the_card_follows(panel: ContinuityPanel, qtbot: QtBot) -> None:
    press(panel, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: "Both are captains called Mirel." in words(panel))
    assert panel.buttons["merge"].isEnabled()
    press(panel, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: "Tam has two titles at once." in words(panel))


def test_a_number_lets_a_side_hold_and_one_undo_brings_the_finding_back(
    ctx: StudioContext, panel: ContinuityPanel, found: tuple[Finding, Finding], qtbot: QtBot
) -> None:
    press(panel, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: titles(panel) == ["Mirel Thane · Captain Mirel"])
    tam = found[0].subjects[0]
    assert read(ctx, lambda p: p.get(Entity, tam).fields["title"]) == "Admiral"
    ctx.workspace.run_now(history.undo)
    qtbot.waitUntil(lambda: len(titles(panel)) == 2)


def test_a_reason_ignores_and_answered_ones_can_be_taken_back(
    ctx: StudioContext, panel: ContinuityPanel, qtbot: QtBot
) -> None:
    press(panel, Qt.Key.Key_I)
    sheet_of(qtbot, Sheet)
    QTest.keyClicks(focused(), "He holds both.")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: titles(panel) == ["Mirel Thane · Captain Mirel"])
    assert panel.progress.text() == "1 warning · 1 answered"
    panel.show_box.set_value("answered")
    panel.reload()
    qtbot.waitUntil(lambda: titles(panel) == ["Tam"] and "Ignored: He holds both." in words(panel))
    assert panel.buttons["reopen"].isEnabled()
    assert not panel.buttons["ignore"].isEnabled()
    press(panel, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: titles(panel) == [])


def test_a_merge_is_chosen_field_by_field_on_the_keyboard(
    ctx: StudioContext, panel: ContinuityPanel, found: tuple[Finding, Finding], qtbot: QtBot
) -> None:
    press(panel, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: panel.buttons["merge"].isEnabled())
    press(panel, Qt.Key.Key_M)
    sheet = sheet_of(qtbot, MergeSheet)
    assert isinstance(sheet, MergeSheet)
    assert list(sheet.boxes) == ["name", "tags", "summary", "body", "fields.role"]
    assert QApplication.focusWidget() is sheet.boxes["name"]
    assert {path: box.value() for path, box in sheet.boxes.items()} == {
        "name": "left", "tags": "both", "summary": "left", "body": "both", "fields.role": "left",
    }  # fmt: skip
    assert any("1 relation" in label.text() for label in sheet.findChildren(QLabel))
    QTest.keyClick(sheet.boxes["name"], Qt.Key.Key_Down)
    sheet.boxes["fields.role"].setFocus()
    QTest.keyClick(sheet.boxes["fields.role"], Qt.Key.Key_End)
    assert (sheet.choices["name"], sheet.choices["fields.role"]) == ("right", "both")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: titles(panel) == ["Tam"])
    kept = read(ctx, lambda p: p.get(Entity, found[1].subjects[0]))
    assert isinstance(kept, Entity)
    assert (kept.name, kept.fields["role"]) == ("Captain Mirel", "captain")
    assert read(ctx, lambda p: [c.value for c in p.all(Claim, "subject_id = ?", (kept.id,))]) == ["pirate"]


def test_a_fork_asks_which_and_how_it_is_called(ctx: StudioContext, panel: ContinuityPanel, qtbot: QtBot) -> None:
    press(panel, Qt.Key.Key_F)
    sheet = sheet_of(qtbot, ForkSheet)
    QTest.keyClicks(focused(), "Tam the Elder")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Tam" not in titles(panel))
    assert read(ctx, lambda p: [e.name for e in p.all(Entity) if "Elder" in e.name]) == ["Tam the Elder"]


def test_muting_asks_for_whom_and_why(ctx: StudioContext, panel: ContinuityPanel, qtbot: QtBot) -> None:
    press(panel, Qt.Key.Key_U)
    sheet = sheet_of(qtbot, MuteSheet)
    QTest.keyClicks(focused(), "Titles pile up.")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: titles(panel) == ["Mirel Thane · Captain Mirel"])
    panel.show_box.set_value("all")
    panel.reload()
    qtbot.waitUntil(lambda: len(titles(panel)) == 2)
    press(panel, Qt.Key.Key_R)
    panel.show_box.set_value("open")
    panel.reload()
    qtbot.waitUntil(lambda: titles(panel) == ["Tam", "Mirel Thane · Captain Mirel"])


def test_words_and_boxes_narrow_the_list_and_the_empty_place_leads_back(panel: ContinuityPanel, qtbot: QtBot) -> None:
    panel.search.setText("captains")
    qtbot.waitUntil(lambda: titles(panel) == ["Mirel Thane · Captain Mirel"])
    panel.severity_box.set_value("note")
    panel.reload()
    qtbot.waitUntil(lambda: panel.pages.currentWidget() is panel.none_here)
    assert panel.none_here.button is not None
    panel.none_here.button.click()
    qtbot.waitUntil(lambda: len(titles(panel)) == 2)


def test_players_see_only_what_is_open_to_them_and_change_nothing(
    ctx: StudioContext, panel: ContinuityPanel, qtbot: QtBot
) -> None:
    ctx.lens.set(audience="party")
    qtbot.waitUntil(lambda: titles(panel) == [])
    assert not panel.check_button.isEnabled()
    assert panel.pages.currentWidget() is panel.nothing


def test_a_side_opens_its_record(ctx: StudioContext, panel: ContinuityPanel, found: tuple[Finding, Finding]) -> None:
    seen: list[tuple[str, object, str]] = []
    ctx.shell.on_navigate = lambda *where: seen.append(where)  # pyright: ignore[reportAttributeAccessIssue]
    press(panel, Qt.Key.Key_O)
    assert seen == [(found[0].subjects[0], None, "npc")]


def test_before_any_check_the_place_teaches(ctx: StudioContext, qtbot: QtBot) -> None:
    panel = ContinuityPanel(ctx)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel.progress.text() == "The world hasn't been looked through yet.")
    assert "you decide" in panel.nothing.sentence.text()
    assert panel.pages.currentWidget() is panel.nothing
