"""One record of a change: what became of it, field by field, and the ways to have it back."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout

from studio.services import wording
from studio.ui.compare import SideBySide
from studio.ui.kit import Badge, Button, Card, FlowLayout, IconMenuButton, KindIcon, hbox, label, style, vbox
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from studio.services.changes import FieldChange, RecordChange
    from studio.services.wording import Piece
    from studio.ui.kit import MenuItem

_WHAT: dict[str, tuple[str, str]] = {
    "made": ("new", "ok"), "changed": ("changed", "plain"), "trashed": ("moved to the trash", "warn"),
    "returned": ("out of the trash", "ok"), "deleted": ("deleted for good", "danger"),
}  # fmt: skip
_LONG = 700
_WIDE = 80
"""A change of more characters than this is shown in two columns."""
OPENS = {"entry", "thread", "message", "blueprint", "recipe"}
"""Kinds beside the world's that have a place in the window."""


def marked(found: tuple[Piece, ...]) -> str:
    """A difference as HTML: what went is struck through, what came is underlined, each on its own ground."""
    if [piece.mark for piece in found] == ["out", "in"] and not any("\n" in piece.text for piece in found):
        return f"{_tag(found[0])} → {_tag(found[1])}"
    shown = ""
    for at, piece in enumerate(found):
        follows = at > 0 and found[at - 1].mark == "out" and piece.mark == "in"
        shown += (" " if follows and not found[at - 1].text[-1:].isspace() else "") + _tag(piece)
    return shown


def _tag(piece: Piece) -> str:
    if piece.mark == "same":
        return _plain(piece.text)
    ground = look.tokens()["danger_soft" if piece.mark == "out" else "ok_soft"]
    line = "line-through" if piece.mark == "out" else "underline"
    inner = piece.text.strip() or piece.text
    head, tail = piece.text.split(inner, 1)
    made = f'<span style="background-color:{ground}; text-decoration:{line}">{_plain(inner)}</span>'
    return f"{_plain(head)}{made}{_plain(tail)}"


def _plain(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


class RecordCard(Card):
    """Takes the focus, so that a screen reader says all of it in one go."""

    opened = Signal(str, str)
    """(record id, kind)"""
    narrowed = Signal(str)
    """Only the changes of this record are wanted."""
    wanted = Signal(str, str, object)
    """(record id, side, paths): have it, or these fields, as before or after the change."""

    shown_fields: ClassVar[int] = 12

    def __init__(self, change: RecordChange) -> None:
        super().__init__(margins=(12, 8, 8, 10), gap=6)
        self.change = change
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self._spoken())
        self._build_head()
        self._fields: QVBoxLayout = vbox(gap=8)
        self.body.addLayout(self._fields)
        self._show_fields(change.fields[: self.shown_fields])
        rest = change.fields[self.shown_fields :]
        if rest:
            more = Button(f"Show {len(rest)} more fields", variant="link", compact=True)
            more.clicked.connect(lambda: (more.hide(), self._show_fields(rest)))
            self.body.addWidget(more)
        if not change.fields and change.what == "changed":
            self.body.addWidget(label("Only its place or its sources changed.", "caption", wrap=True))
        self._build_ways()

    def _build_head(self) -> None:
        change = self.change
        row = hbox(gap=8)
        row.addWidget(KindIcon(change.kind, size=16))
        name = label(change.name, "strong", wrap=True)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setMinimumWidth(40)
        row.addWidget(name, 1)
        row.addWidget(Badge(*_WHAT[change.what]))
        row.addWidget(IconMenuButton(self._menu(), name=f"{change.name}: more actions"))
        self.body.addLayout(row)

    def _menu(self) -> list[MenuItem]:
        change = self.change
        items: list[MenuItem] = []
        if self._can_open():
            items.append(("Open", lambda: self.opened.emit(change.id, change.kind)))
        items.append(("Show only changes of this", lambda: self.narrowed.emit(change.id)))
        if change.back or change.forth:
            items.append(None)
        if change.back:
            items.append(("Restore as it was before this change", lambda: self.wanted.emit(change.id, "before", ())))
        if change.forth:
            items.append(("Restore as it was after this change", lambda: self.wanted.emit(change.id, "after", ())))
        return items

    def _can_open(self) -> bool:
        return self.change.is_there and (wording.is_world(self.change.kind) or self.change.kind in OPENS)

    def _build_ways(self) -> None:
        change = self.change
        ways: list[Button] = []
        if self._can_open():
            ways.append(Button("Open", lambda: self.opened.emit(change.id, change.kind), variant="ghost", compact=True,
                               icon="external-link", name=f"Open {change.name}"))  # fmt: skip
        side = "before" if change.back else "after" if change.forth else ""
        if side:
            ways.append(Button(
                "Restore as it was", lambda: self.wanted.emit(change.id, side, ()), variant="ghost", compact=True,
                icon="rotate-ccw", name=f"Restore {change.name} as it was {side} this change",
                tip=f"Make it again what it was {side} this change. Undo takes that back.",
            ))  # fmt: skip
        if ways:
            flow = FlowLayout(gap=4)
            for way in ways:
                flow.addWidget(way)
            self.body.addLayout(flow)

    def _show_fields(self, fields: tuple[FieldChange, ...]) -> None:
        for field in fields:
            if self.change.what == "changed" and len(field.before) + len(field.after) > _WIDE:
                self._fields.addWidget(self._columns(field))
                continue
            column = vbox(gap=2)
            head = hbox(gap=6)
            head.addWidget(label(field.label, "caption"), 1)
            if self.change.back and self.change.what == "changed":
                head.addWidget(self._put_back(field))
            column.addLayout(head)
            column.addWidget(_value(self.change, field))
            self._fields.addLayout(column)

    def _columns(self, field: FieldChange) -> SideBySide:
        """A text of some length, before and after in two columns."""
        return SideBySide(
            field.label, field.before, field.after, pieces=field.pieces, action="Put back" if self.change.back else "",
            on_action=lambda: self.wanted.emit(self.change.id, "before", (field.path,)),
        )  # fmt: skip

    def _put_back(self, field: FieldChange) -> Button:
        return Button(
            "Put back", lambda: self.wanted.emit(self.change.id, "before", (field.path,)), variant="link", compact=True,
            name=f"Put back {field.label}", tip=f"Make “{field.label}” again: {field.before[:200] or 'empty'}",
        )  # fmt: skip

    def _spoken(self) -> str:
        change = self.change
        said = [f"{change.name}, {change.word}, {_WHAT[change.what][0]}"]
        for field in change.fields[: self.shown_fields]:
            value = field.after if change.what == "made" else wording.spoken(field.pieces)
            said.append(f"{field.label}: {value[:300]}")
        return ". ".join(said)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        style(self, focusRing=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        style(self, focusRing=False)


def _value(change: RecordChange, field: FieldChange) -> QLabel:
    made = label("", wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setTextFormat(Qt.TextFormat.RichText)
    pieces = wording.shortened(field.pieces)
    if change.what == "made":
        pieces = (wording.Piece("same", field.after),)
    elif change.what == "deleted":
        pieces = (wording.Piece("same", field.before),)
    made.setText(marked(_cut(pieces)))
    made.setAccessibleName(f"{field.label}: {wording.spoken(field.pieces)}")
    if sum(len(p.text) for p in pieces) > _LONG:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        made.setText(f'{marked(_cut(pieces))} <a href="all">Show all of it</a>')
        made.linkActivated.connect(lambda _: made.setText(marked(pieces)))
    return made


def _cut(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    left, kept = _LONG, []
    for piece in pieces:
        if left <= 0:
            break
        text = piece.text if len(piece.text) <= left else piece.text[:left].rsplit(" ", 1)[0] + " …"
        kept.append(piece._replace(text=text))
        left -= len(piece.text)
    return tuple(kept)
