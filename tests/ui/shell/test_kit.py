"""Widgets of the kit: named, large enough, with a ring that shows, and they leave Ctrl+Z to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from studio.ui import kit
from studio.ui.kit.flow import SideBySide
from studio.ui.kit.markdown import Completion
from studio.ui.theme.tokens import THEMES, contrast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.theme import Theme


@pytest.fixture
def host(qtbot: QtBot, theme: Theme) -> QWidget:
    made = kit.style(QWidget(), canvas=True)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    kit.vbox(made, margins=(16, 16, 16, 16))
    made.resize(420, 300)
    qtbot.addWidget(made)
    return made


def shown(host: QWidget, *widgets: QWidget) -> None:
    layout = host.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
    host.show()
    host.activateWindow()
    QApplication.processEvents()


def everything() -> list[QWidget]:
    return [
        kit.Button("Save", variant="primary"), kit.Button("Cancel"), kit.Button("Delete", variant="danger"),
        kit.Button("More", variant="ghost"), kit.Button("Small", compact=True), kit.IconButton("pin", "Pin"),
        kit.MenuButton("New", [("Faction", print)]), kit.IconMenuButton(), kit.SplitButton("Export", print, []),
        kit.LineEdit("Title"), kit.SearchField("Filter"), kit.ComboBox("Kind", ["a", "b"]), kit.CheckBox("Keep"),
        kit.NumberBox("Players", 4), kit.DecimalBox("Budget", 2.0), kit.TextEdit("Pitch"),
        kit.MarkdownEdit("Body", max_lines=6), kit.TagEditor("Tags", ["grim"]), kit.Section("Relations"),
        kit.EmptyState("Nothing.", action="New", on_action=print), kit.ClockDial("Flood", 6, 2),
    ]  # fmt: skip


def test_every_widget_of_the_kit_has_a_name(host: QWidget) -> None:
    shown(host, *everything())
    nameless = [
        child
        for child in host.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (child.accessibleName() or getattr(child, "text", str)())
        and not child.objectName().startswith("qt_")
    ]
    assert not nameless


@pytest.mark.parametrize("scale", [80, 100, 200])
def test_targets_are_at_least_24_pixels(host: QWidget, theme: Theme, scale: int) -> None:
    theme.set(text_size=scale)
    shown(host, *everything())
    host.resize(700, 1600)
    QApplication.processEvents()
    small = [
        (type(child).__name__, child.size())
        for child in host.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.isVisible()
        and not isinstance(child.parent(), QLineEdit)
        if min(child.width(), child.height()) < 24 and not child.objectName().startswith("qt_")
    ]
    assert not small


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_the_focus_ring_shows(host: QWidget, theme: Theme, name: str) -> None:
    theme.set(theme=name)
    widgets = [
        kit.Button("Save", variant="primary"), kit.Button("Cancel"), kit.IconButton("pin", "Pin"),
        kit.LineEdit("Title"), kit.ComboBox("Kind", ["a"]), kit.TextEdit("Pitch"), kit.CheckBox("Keep"),
        kit.Button("Row", variant="row"),
    ]  # fmt: skip
    flagged = kit.LineEdit("System", "D&D 5e")
    flagged.set_state("low")
    elsewhere = kit.LineEdit("Elsewhere")
    shown(host, elsewhere, flagged, *widgets)
    surface = THEMES[name]["surface"]
    for widget in (flagged, *widgets):
        elsewhere.setFocus()
        QApplication.processEvents()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        after = widget.grab().toImage()
        edge = [(x, y) for y in range(after.height()) for x in (0, 1, after.width() - 2, after.width() - 1)]
        changed = [p for p in edge if before.pixelColor(*p) != after.pixelColor(*p)]
        strong = [p for p in changed if contrast(after.pixelColor(*p).name(), surface) >= 3]
        assert len(strong) >= after.height(), (name, type(widget).__name__, widget.accessibleName())


@pytest.mark.parametrize(
    "make", [lambda: kit.LineEdit("Title"), lambda: kit.TextEdit("Pitch"), lambda: kit.MarkdownEdit("Body")]
)
def test_an_editor_with_nothing_to_undo_leaves_ctrl_z_to_the_window(host: QWidget, make) -> None:
    editor = make()
    shown(host, editor)
    control = Qt.KeyboardModifier.ControlModifier
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, control)
    event.ignore()
    QApplication.sendEvent(editor, event)
    assert not event.isAccepted()
    QTest.keyClicks(editor, "word")
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, control)
    event.ignore()
    QApplication.sendEvent(editor, event)
    assert event.isAccepted()


def test_tab_leaves_a_text_editor(host: QWidget) -> None:
    first, second = kit.TextEdit("First"), kit.TextEdit("Second")
    shown(host, first, second)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second


def test_a_text_editor_grows_with_its_text(host: QWidget, qtbot: QtBot) -> None:
    editor = kit.TextEdit("Pitch", min_lines=2, max_lines=6)
    shown(host, editor)
    small = editor.height()
    editor.setPlainText("one\ntwo\nthree\nfour\nfive")
    QApplication.processEvents()
    assert editor.height() > small
    qtbot.waitUntil(lambda: not editor.verticalScrollBar().isVisible())


def test_a_field_says_once_that_it_changed(host: QWidget, qtbot: QtBot) -> None:
    line = kit.LineEdit("Title", "old")
    shown(host, line)
    said: list[str] = []
    line.committed.connect(said.append)
    line.set_text("shown by the program")
    line.selectAll()
    QTest.keyClicks(line, "typed")
    QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert said == ["typed"]


def test_a_combo_box_brings_the_label_that_screen_readers_need(host: QWidget) -> None:
    box = kit.ComboBox("Kind", ["a"])
    row = kit.FormRow("Status", kit.ComboBox("Status", ["draft"]))
    shown(host, box, row)
    box.ensurePolished()
    labels = [label for label in host.findChildren(QLabel) if isinstance(label.buddy(), QComboBox)]
    assert sorted(label.text() for label in labels) == ["Kind", "Status"]


def test_the_wheel_does_not_change_a_number_that_has_no_focus(host: QWidget) -> None:
    box = kit.NumberBox("Players", 4)
    shown(host, box, kit.LineEdit("Elsewhere"))
    assert box.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_tags_are_added_and_taken_away_by_key(host: QWidget) -> None:
    editor = kit.TagEditor("Tags", ["grim"])
    shown(host, editor)
    QTest.keyClicks(editor.line, "hopeful")
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.tags() == ["grim", "hopeful"]
    QTest.keyClick(editor.line, Qt.Key.Key_Backspace)
    assert editor.tags() == ["grim"]


def test_a_form_row_flags_a_doubtful_value_in_words(host: QWidget) -> None:
    row = kit.FormRow("System", kit.LineEdit("System", "D&D 5e"))
    shown(host, row)
    row.set_confidence(0.41)
    assert "check · 41 %" in [label.text() for label in row.findChildren(QLabel)]
    assert row.field.accessibleDescription() == "Confidence 41 %, please check"
    assert row.field.property("state") == "low"


def test_completion_inserts_a_link_by_key(host: QWidget) -> None:
    editor = kit.MarkdownEdit(
        "Body",
        provider=lambda typed: (
            [Completion("House Veyra", "House Veyra · faction")] if "hou".startswith(typed.lower()[:3]) else []
        ),
    )
    shown(host, editor)
    editor.setFocus()
    QTest.keyClicks(editor, "Rival of [[Hou")
    assert editor.is_completing
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "Rival of [[House Veyra]]"
    QTest.keyClicks(editor, " and @Hou")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "Rival of [[House Veyra]] and [[House Veyra]]"


def test_escape_closes_the_suggestions_and_keeps_the_text(host: QWidget) -> None:
    editor = kit.MarkdownEdit("Body", provider=lambda _typed: [Completion("A", "A")])
    shown(host, editor)
    editor.setFocus()
    QTest.keyClicks(editor, "[[x")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.is_completing
    assert editor.text() == "[[x"


def test_enter_goes_on_with_a_list_and_ends_it(host: QWidget) -> None:
    editor = kit.MarkdownEdit("Body")
    shown(host, editor)
    editor.setFocus()
    QTest.keyClicks(editor, "1. salt")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "ash")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "1. salt\n2. ash\n"


def test_the_link_under_the_cursor_is_known(host: QWidget) -> None:
    editor = kit.MarkdownEdit("Body", "See [[House Veyra|the house]] now")
    cursor = editor.textCursor()
    cursor.setPosition(8)
    editor.setTextCursor(cursor)
    assert editor.link_at_cursor() == "House Veyra"


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_no_button_cuts_its_text(host: QWidget, theme: Theme, scale: int) -> None:
    theme.set(text_size=scale)
    buttons = [widget for widget in everything() if isinstance(widget, kit.Button)]
    shown(host, *buttons)
    assert not [b.text() for b in buttons if b.fontMetrics().horizontalAdvance(b.text()) > b.width() - 8]


def test_a_section_says_whether_it_is_open(host: QWidget) -> None:
    section = kit.Section("Relations", open=False)
    section.body.addWidget(inside := kit.label("inside"))
    shown(host, section)
    assert not inside.isVisible()
    button = section.findChild(kit.Button)
    assert isinstance(button, kit.Button)
    assert button.accessibleDescription() == "collapsed"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert inside.isVisible()
    assert button.accessibleDescription() == "expanded"


def test_chips_break_lines_instead_of_being_cut(host: QWidget) -> None:
    editor = kit.TagEditor("Tags", [f"a rather long tag {n}" for n in range(6)])
    shown(host, editor)
    QApplication.processEvents()
    inside = QRect(QPoint(0, 0), editor.size())
    chips = editor.findChildren(kit.Chip)
    assert len(chips) == 6
    assert all(inside.contains(chip.geometry()) for chip in chips)


def test_enter_presses_the_button_that_has_the_focus(host: QWidget, qtbot: QtBot) -> None:
    pressed: list[str] = []
    plain = kit.Button("Save", lambda: pressed.append("plain"))
    square = kit.IconButton("pin", "Pin", lambda: pressed.append("square"))
    split = kit.SplitButton("Export", lambda: pressed.append("split"), [])
    shown(host, plain, square, split)
    for button in (plain, square, split):
        QTest.keyClick(button, Qt.Key.Key_Return)
        QTest.keyClick(button, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
        QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["plain", "plain", "square", "square", "split", "split"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_menu_that_a_key_opens_holds_nobody_up(host: QWidget, qtbot: QtBot, key: Qt.Key) -> None:
    for button in (kit.MenuButton("New", [("Faction", print)]), kit.IconMenuButton([("Delete", print)])):
        shown(host, button)
        menu = button.menu()
        assert menu is not None
        QTest.keyPress(button, key)  # comes back at once: nothing waits inside it for the menu to close
        assert menu.isVisible()
        assert button.isDown()
        assert menu.y() >= button.mapToGlobal(QPoint(0, 0)).y() + button.height() - 1
        menu.close()
        assert not button.isDown()


def test_a_long_choice_shows_how_it_begins(host: QWidget) -> None:
    box = kit.ComboBox("Game system", ["", "D&D 5e"], editable=True)
    shown(host, kit.Button("First"), box)
    box.set_value("A system of our own, with very long words about consequences")
    line = box.lineEdit()
    assert line is not None
    assert line.cursorPosition() == 0


def test_a_field_that_is_left_shows_how_its_text_begins(host: QWidget) -> None:
    line, other = kit.LineEdit("Tagline"), kit.Button("Next")
    shown(host, line, other)
    line.setFocus()
    QTest.keyClicks(line, "A town that takes ships apart meets one that will not come off in pieces")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.cursorPosition() == 0


def test_two_fields_stand_under_one_another_where_there_is_no_room(host: QWidget) -> None:
    one, other = kit.LineEdit("Format"), kit.LineEdit("Language")
    pair = SideBySide(one, other)
    shown(host, pair)
    pair.resize(420, 80)
    QApplication.processEvents()
    assert one.y() == other.y()
    host.resize(220, 300)
    QApplication.processEvents()
    assert one.geometry().bottom() < other.y()
    assert one.width() > 150


def test_slash_secret_opens_a_block_that_goes_on_and_ends(qtbot: QtBot) -> None:
    editor = kit.MarkdownEdit("Body")
    qtbot.addWidget(editor)
    editor.show()
    qtbot.keyClicks(editor, "/secret")
    qtbot.keyClick(editor, Qt.Key.Key_Space)
    qtbot.keyClicks(editor, "He is dead.")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "Nobody knows.")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "Open.")
    assert editor.text() == "> [!secret]\n> He is dead.\n> Nobody knows.\nOpen."


def test_paragraphs_are_hidden_from_players_whole(qtbot: QtBot) -> None:
    editor = kit.MarkdownEdit("Body", "One.\nTwo.\nThree.")
    qtbot.addWidget(editor)
    cursor = editor.textCursor()
    cursor.setPosition(6)
    cursor.setPosition(12, cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.hide_selection()
    assert editor.text() == "One.\n> [!secret]\n> Two.\n> Three."


def test_a_clock_is_ticked_by_key_and_by_click_and_waits_for_what_comes_of_it(host: QWidget) -> None:
    dial = kit.ClockDial("Flood", 6, 2)
    shown(host, dial)
    asked: list[int] = []
    dial.asked.connect(asked.append)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
        QTest.keyClick(dial, key)
    assert asked == [3, 3, 1, 3, 1, 6]
    assert (dial.value(), dial.accessibleName()) == (2, "Flood: 2 of 6")
    asked.clear()
    centre = dial.rect().center()
    for point in (QPoint(8, -8), QPoint(-8, -8), QPoint(2, 20), QPoint(20, 2)):
        QTest.mouseClick(dial, Qt.MouseButton.LeftButton, pos=centre + point)
    assert asked == [1, 6, 3, 1]
    asked.clear()
    dial.set_editable(editable=False)
    QTest.keyClick(dial, Qt.Key.Key_Space)
    QTest.keyClick(dial, Qt.Key.Key_Right)
    assert (asked, dial.value()) == ([], 2)
    dial.show_clock("Flood", 4, 4)
    assert dial.accessibleName() == "Flood: 4 of 4"


def test_a_reader_hears_a_clock_as_a_value_out_of_a_whole(host: QWidget) -> None:
    dial = kit.ClockDial("Flood", 6, 2)
    shown(host, dial)
    face = QAccessible.queryAccessibleInterface(dial)
    assert face is not None
    value = face.valueInterface()
    assert (face.role(), value.currentValue(), value.maximumValue()) == (QAccessible.Role.Slider, 2, 6)


def test_a_button_that_elides_says_all_it_can_and_ends_in_dots(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    row = kit.hbox(host)
    button = kit.Button("Recorded sample answers", variant="ghost", icon="play", compact=True, elides=True)
    row.addWidget(button)
    row.addStretch(1)
    host.resize(600, 60)
    host.show()
    qtbot.waitExposed(host)
    assert QPushButton.text(button) == "Recorded sample answers"
    wanted = button.sizeHint()
    host.resize(150, 60)
    QApplication.processEvents()
    shown = QPushButton.text(button)
    assert shown.endswith("…")
    assert button.text() == button.accessibleName() == "Recorded sample answers"
    assert button.fontMetrics().horizontalAdvance(shown) + button.iconSize().width() < button.width()
    assert button.sizeHint() == wanted  # or it would never grow again
    host.resize(600, 60)
    QApplication.processEvents()
    assert QPushButton.text(button) == "Recorded sample answers"
