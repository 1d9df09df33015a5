"""A plain-text editor for Markdown: light highlighting, `[[` and `@` completion, lists that go on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QListView, QWidget

from studio.ui.kit.base import named, style
from studio.ui.kit.text import TextEdit
from studio.ui.theme import look

_TRIGGER = re.compile(r"(?:\[\[([^\]\[|\n]{0,60})|(?<![\w@])@([\w'’\- ]{0,40}))$")
_LINK = re.compile(r"\[\[([^\]\[\n]+)\]\]")
_QUOTE = re.compile(r"^(\s*(?:>\s?)+)(.*)$")
_SLASH = re.compile(r"^/secret$", re.IGNORECASE)
SECRET = "> [!secret]\n> "
_LIST = re.compile(r"^(\s*)([-*+]|\d+[.)])(\s+)(\[[ xX]\]\s+)?")
_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^#{1,6}\s.*$"), "heading"),
    (re.compile(r"\*\*[^*\n]+\*\*"), "bold"),
    (re.compile(r"(?<!\*)\*[^*\s][^*\n]*\*(?!\*)|\b_[^_\n]+_\b"), "italic"),
    (re.compile(r"`[^`\n]+`"), "code"),
    (re.compile(r"^\s*>.*$"), "quote"),
    (_LINK, "link"),
)


class Completion(NamedTuple):
    """One offer: the text to insert between the brackets, and what to show (kind, hint)."""

    insert: str
    display: str


Provider = Callable[[str], Sequence[Completion]]


class _Highlighter(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self.refresh()

    def refresh(self) -> None:
        """Take the colours of the theme that is on."""
        made = {name: QTextCharFormat() for name in ("heading", "bold", "italic", "code", "quote", "link")}
        made["heading"].setFontWeight(QFont.Weight.DemiBold)
        made["bold"].setFontWeight(QFont.Weight.DemiBold)
        made["italic"].setFontItalic(True)
        made["code"].setForeground(QColor(look.tokens()["muted"]))
        made["quote"].setForeground(QColor(look.tokens()["muted"]))
        made["link"].setForeground(QColor(look.tokens()["link"]))
        self._formats = made
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for pattern, name in _MARKS:
            for match in pattern.finditer(text):
                self.setFormat(match.start(), match.end() - match.start(), self._formats[name])


class MarkdownEdit(TextEdit):
    """Markdown as plain text. `provider(query)` answers `[[` and `@` from memory; Ctrl+click follows a link."""

    link_activated = Signal(str)

    def __init__(
        self,
        name: str,
        text: str = "",
        *,
        placeholder: str = "",
        provider: Provider | None = None,
        min_lines: int = 6,
        max_lines: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, text, placeholder=placeholder, min_lines=min_lines, max_lines=max_lines, parent=parent)
        self._provider = provider
        self._offers: Sequence[Completion] = ()
        self._highlighter = _Highlighter(self.document())
        self._model = QStringListModel(self)
        self._popup = QListView(self)
        self._popup.setWindowFlags(Qt.WindowType.ToolTip)
        self._popup.setModel(self._model)
        self._popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._popup.setUniformItemSizes(True)
        style(named(self._popup, f"{name}: suggestions"), boxed=True)
        self._popup.clicked.connect(self._take)
        self._popup.hide()
        self.textChanged.connect(self._look_up)
        self.cursorPositionChanged.connect(self._look_up)

    def set_provider(self, provider: Provider | None) -> None:
        """Who answers `[[` and `@`."""
        self._provider = provider

    def ask_again(self) -> None:
        """The provider knows more by now about what is being typed."""
        if self.hasFocus():
            self._look_up()

    @property
    def is_completing(self) -> bool:
        """Whether suggestions show."""
        return self._popup.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_completing and self._popup_key(event):
            return
        if self._typed_on(event):
            return
        super().keyPressEvent(event)

    def _typed_on(self, event: QKeyEvent) -> bool:
        """What typing on does by itself: `/secret` becomes a secret block, lists and quotes go on."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.modifiers() or not (enter or event.key() == Qt.Key.Key_Space):
            return False
        return self._open_secret() or (enter and (self._go_on_with_list() or self._go_on_with_quote()))

    def _open_secret(self) -> bool:
        if not _SLASH.match(self._before_cursor().strip()):
            return False
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.StartOfBlock, cursor.MoveMode.KeepAnchor)
        cursor.insertText(SECRET)
        return True

    def hide_selection(self) -> None:
        """Make the selected paragraphs, or the one with the cursor, a block that only the game master sees."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        cursor.setPosition(start)
        cursor.movePosition(cursor.MoveOperation.StartOfBlock)
        cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
        cursor.movePosition(cursor.MoveOperation.EndOfBlock, cursor.MoveMode.KeepAnchor)
        lines = cursor.selectedText().replace("\u2029", "\n").split("\n")
        cursor.insertText("\n".join(["> [!secret]", *(f"> {line}".rstrip() for line in lines)]))
        self.setTextCursor(cursor)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_highlighter"):
            self._highlighter.refresh()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and (
            name := self.link_at_cursor(event.position().toPoint())
        ):
            self.link_activated.emit(name)
            return
        super().mouseReleaseEvent(event)

    def hideEvent(self, event: QEvent) -> None:
        self._popup.hide()
        super().hideEvent(event)  # pyright: ignore[reportArgumentType]

    def link_at_cursor(self, point: QPoint | None = None) -> str:
        """The name inside the `[[…]]` under a point or under the text cursor, or nothing."""
        cursor = self.textCursor() if point is None else self.cursorForPosition(point)
        for match in _LINK.finditer(cursor.block().text()):
            if match.start() <= cursor.positionInBlock() <= match.end():
                return match[1].split("|")[0].strip()
        return ""

    def _look_up(self) -> None:
        match = _TRIGGER.search(self._before_cursor()) if self._provider is not None and self.hasFocus() else None
        query = (match[1] if match[1] is not None else match[2]) if match else None
        self._offers = self._provider(query)[:12] if self._provider is not None and query is not None else ()
        if not self._offers:
            self._popup.hide()
            return
        self._model.setStringList([offer.display for offer in self._offers])
        self._popup.setCurrentIndex(self._model.index(0))
        self._show_popup()

    def _before_cursor(self) -> str:
        cursor = self.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]

    def _show_popup(self) -> None:
        row = max(24, self._popup.sizeHintForRow(0))
        width = min(420, max(240, self._popup.sizeHintForColumn(0) + 32))
        self._popup.resize(width, row * min(8, len(self._offers)) + 8)
        corner = self.viewport().mapToGlobal(self.cursorRect().bottomLeft() + QPoint(0, 4))
        screen = self.screen().availableGeometry()
        if corner.y() + self._popup.height() > screen.bottom():
            corner.setY(corner.y() - self._popup.height() - self.cursorRect().height() - 8)
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - width)))
        self._popup.move(corner)
        self._popup.show()

    def _popup_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._take(self._popup.currentIndex())
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = (self._popup.currentIndex().row() + step) % len(self._offers)
            self._popup.setCurrentIndex(self._model.index(row))
        elif event.key() == Qt.Key.Key_Escape:
            self._popup.hide()
        else:
            return False
        return True

    def _take(self, index: QModelIndex) -> None:
        match = _TRIGGER.search(self._before_cursor())
        if match is None or not index.isValid():
            return
        offer = self._offers[index.row()]
        cursor = self.textCursor()
        here = cursor.position()
        closed = match[1] is not None and cursor.block().text()[cursor.positionInBlock() :].startswith("]]")
        cursor.setPosition(here - len(match[0]))
        cursor.setPosition(here + (2 if closed else 0), cursor.MoveMode.KeepAnchor)
        cursor.insertText(f"[[{offer.insert}]]")
        self._popup.hide()

    def _go_on_with_quote(self) -> bool:
        """The next line of a quote or secret block; an empty one ends it."""
        match = _QUOTE.match(self._before_cursor())
        if match is None:
            return False
        cursor = self.textCursor()
        if match[2].strip():
            cursor.insertText(f"\n{match[1]}")
        else:
            cursor.movePosition(cursor.MoveOperation.StartOfBlock, cursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        return True

    def _go_on_with_list(self) -> bool:
        match = _LIST.match(self._before_cursor())
        if match is None:
            return False
        cursor = self.textCursor()
        if self._before_cursor().strip() == match[0].strip():
            cursor.movePosition(cursor.MoveOperation.StartOfBlock, cursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            return True
        mark = f"{int(match[2][:-1]) + 1}{match[2][-1]}" if match[2][0].isdigit() else match[2]
        cursor.insertText(f"\n{match[1]}{mark}{match[3]}{'[ ] ' if match[4] else ''}")
        return True
