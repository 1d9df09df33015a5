"""The editor of a block's text: slots stand out, and names are completed after `{{`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QStringListModel, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QCompleter, QListView

from studio.ui.kit.text import TextEdit
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.recipe import Slot
    from studio.domain.vocabulary import KindSpec

_SLOT = re.compile(r"\{\{.*?\}\}")
_LOGIC = re.compile(r"\{%.*?%\}|\{#.*?#\}")
_OPEN = re.compile(r"\{[{%](?:(?![}%]\}).)*?([a-z_][\w]*\.)?([a-z_]\w*)?$", re.IGNORECASE)
_HEADS = ("name", "summary", "body", "kind", "subtype", "aliases", "relations", "tags")


class _Highlighter(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.refresh()

    def refresh(self) -> None:
        """Take the colours of the theme that is on."""
        self._slot, self._logic = QTextCharFormat(), QTextCharFormat()
        self._slot.setForeground(QColor(look.tokens()["accent"]))
        self._slot.setFontWeight(QFont.Weight.DemiBold)
        self._logic.setForeground(QColor(look.tokens()["muted"]))
        self._logic.setFontItalic(True)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for pattern, form in ((_SLOT, self._slot), (_LOGIC, self._logic)):
            for match in pattern.finditer(text):
                self.setFormat(match.start(), match.end() - match.start(), form)


def words_after(before: str, slots: tuple[Slot, ...], spec: Callable[[str], KindSpec]) -> tuple[str, list[str]]:
    """(what is typed so far, what it may become) inside an open `{{` or `{%`."""
    match = _OPEN.search(before)
    if match is None:
        return "", []
    typed = match[2] or ""
    if match[1]:
        slot = next((s for s in slots if s.name == match[1][:-1] and s.type == "entity"), None)
        fields = [f.name for f in spec(slot.kind).fields] if slot else []
        words = [*_HEADS, *fields] if slot else []
    else:
        words = [*(s.name for s in slots), "style", "avoid"]
    return typed, [w for w in dict.fromkeys(words) if w.startswith(typed) and w != typed]


class PromptEdit(TextEdit):
    """A block's text. `slots` says which names may be completed."""

    def __init__(self, name: str, slots: Callable[[], tuple[Slot, ...]], spec: Callable[[str], KindSpec]) -> None:
        super().__init__(
            name, min_lines=3, max_lines=18, placeholder="Write the prompt. {{ slot }} is filled in later."
        )
        self._slots, self._spec = slots, spec
        self._highlighter = _Highlighter(self.document())
        self._model = QStringListModel(self)
        self._popup = QListView(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setPopup(self._popup)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._take)
        self._popup.setAccessibleName(f"{name}: suggestions")
        self.textChanged.connect(self._offer)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_highlighter"):
            self._highlighter.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab)
        if self._popup.isVisible() and event.key() in keys:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _line_before(self) -> str:
        cursor = self.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]

    def _offer(self) -> None:
        if not self.hasFocus():
            return
        typed, words = words_after(self._line_before(), self._slots(), self._spec)
        if not words or (not typed and not self._line_before().endswith(("{{", "{{ ", "."))):
            self._popup.hide()
            return
        self._model.setStringList(words)
        rect = self.cursorRect()
        rect.setWidth(look.px(220))
        self._completer.complete(rect)
        self._popup.setCurrentIndex(self._model.index(0))

    def _take(self, word: str) -> None:
        typed, _ = words_after(self._line_before(), self._slots(), self._spec)
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed))
        rest = cursor.block().text()[self.textCursor().positionInBlock() :]
        opened = "{{" in self._line_before() and not rest.lstrip().startswith("}}")
        space = "" if typed or self._line_before().endswith((" ", ".")) else " "
        cursor.insertText(f"{space}{word}" + (" }}" if opened else ""))
        if opened:
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, 3)
            self.setTextCursor(cursor)
