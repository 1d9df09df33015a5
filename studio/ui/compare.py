"""Showing what differs: before and after of one field as a card, with the words that changed marked."""

from __future__ import annotations

import difflib
import html
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QWidget

from studio.services import wording
from studio.ui.kit.base import hbox, label, style, vbox
from studio.ui.kit.buttons import Button
from studio.ui.kit.surfaces import Card
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from studio.services.wording import Piece

_WORDS = re.compile(r"\s+|[\w'’-]+|.", re.DOTALL)
_TOO_LONG = 4000
_NARROW = 260


def marked(before: str, after: str) -> tuple[str, str]:
    """Both texts as HTML: what went away is struck through, what came is underlined, each on its ground."""
    if len(before) + len(after) > _TOO_LONG:
        return _tag(before, gone=True), _tag(after, gone=False)
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    left, right = [], []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = kind == "equal"
        left.append(_plain("".join(old[a:b])) if same else _tag("".join(old[a:b]), gone=True))
        right.append(_plain("".join(new[c:d])) if same else _tag("".join(new[c:d]), gone=False))
    return "".join(left), "".join(right)


def _plain(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _tag(text: str, *, gone: bool) -> str:
    if not text:
        return ""
    tokens = look.tokens()
    ground = tokens["danger_soft" if gone else "ok_soft"]
    line = "line-through" if gone else "underline"
    return f'<span style="background-color:{ground}; text-decoration:{line}">{_plain(text)}</span>'


def _of_pieces(pieces: Sequence[Piece]) -> tuple[str, str]:
    """Both sides of a difference that was made already; long stretches that were kept are shortened."""
    left = right = ""
    for piece in wording.shortened(tuple(pieces)):
        if piece.mark == "same":
            left, right = left + _plain(piece.text), right + _plain(piece.text)
        elif piece.mark == "out":
            left += _tag(piece.text, gone=True)
        else:
            right += _tag(piece.text, gone=False)
    return left, right


class DiffCard(Card):
    """One field: its label, what it said, what it says, and an action such as “Restore”."""

    def __init__(
        self,
        title: str,
        before: str,
        after: str,
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        names: tuple[str, str] = ("Before", "After"),
    ) -> None:
        super().__init__(margins=(12, 8, 8, 10), gap=4)
        head = hbox(gap=8)
        head.addWidget(label(title, "strong"), 1)
        if action and on_action is not None:
            head.addWidget(Button(action, on_action, variant="ghost", compact=True, name=f"{action}: {title}"))
        self.body.addLayout(head)
        left, right = marked(before, after)
        for name, text, plain in ((names[0], left, before), (names[1], right, after)):
            if plain:
                self.body.addWidget(label(name, "caption"))
                self.body.addWidget(_rich(text))
        self.setAccessibleName(f"{title}. {names[0]}: {before or 'empty'}. {names[1]}: {after or 'empty'}")


def _rich(text: str) -> QLabel:
    made = label(text, wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


class SideBySide(QWidget):
    """One field in two columns, before and after, with the words that changed marked; one under the other if narrow.

    It takes the focus, so that a screen reader says all of it in one go.
    """

    def __init__(
        self,
        title: str,
        before: str,
        after: str,
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        names: tuple[str, str] = ("Before", "After"),
        pieces: Sequence[Piece] = (),
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"{title}. {names[0]}: {before or 'empty'}. {names[1]}: {after or 'empty'}")
        column = vbox(self, gap=2)
        head = hbox(gap=8)
        head.addWidget(label(title, "overline"), 1)
        if action and on_action is not None:
            head.addWidget(Button(action, on_action, variant="link", compact=True, name=f"{action} {title}"))
        column.addLayout(head)
        self._columns = hbox(gap=8)
        shown = _of_pieces(pieces) if pieces else marked(before, after)
        for name, text, plain in zip(names, shown, (before, after), strict=True):
            card = Card(sunken=True, margins=(8, 4, 8, 6), gap=2)
            card.body.addWidget(label(name, "caption"))
            card.body.addWidget(_rich(text) if plain else label("empty", "muted"))
            card.body.addStretch(1)
            self._columns.addWidget(card, 1)
        column.addLayout(self._columns)

    @property
    def is_stacked(self) -> bool:
        """Whether there is no room for two columns."""
        return self._columns.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked = event.size().width() < look.px(_NARROW)
        wanted = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self._columns.direction() != wanted:
            self._columns.setDirection(wanted)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        for card in self.findChildren(Card):
            style(card, focusRing=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        for card in self.findChildren(Card):
            style(card, focusRing=False)
