"""The sheet of a context pack: what a model read or would read, piece by piece, and what was left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from studio.domain.context import GROUPS
from studio.services.context.view import GONE
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import Badge, Button, FlowLayout, Section, TextEdit, clear, hbox, label, vbox
from studio.ui.kit.confidence import KindIcon
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.domain.context import ContextPack, PackItem, Trimmed
    from studio.services.context.draft import Choices
    from studio.services.context.prompt import Prompt

SHOWN = 30
"""So many pieces of a group are listed; a long conversation has hundreds."""
PLAIN = {"mode", "audience", "note", "citing", "instructions", "style", "question", "partial", "continue", "mend"}
"""Kinds of pieces that are no records of the world."""


def amount(tokens: int, *, exact: bool) -> str:
    """Tokens in words: `1,247 tokens`, with ≈ where they were not counted by the model's own tokenizer."""
    return f"{'' if exact else '≈ '}{tokens:,} token{'' if tokens == 1 else 's'}"


def prompt_text(prompt: Prompt) -> str:
    """All messages as one text, to be pasted anywhere."""
    return "\n\n".join(f"## {m.role.capitalize()}\n\n{m.content}" for m in prompt.messages)


class PackSheet(Sheet):
    """Shows a prompt. With `choices` it is one that isn't sent yet, and what is in it can be changed.

    `wanted` says what was asked for when it closes: `open`, `history`, `replay` or `compare`, and of which record.
    """

    chosen = Signal(object)
    """Other `Choices`; whoever made the sheet then shows it the new prompt."""

    def __init__(
        self, parent: QWidget, prompt: Prompt, *, revs: Mapping[str, int] | None = None, choices: Choices | None = None
    ) -> None:
        super().__init__(parent, "What would be read" if choices is not None else "What the model read", width=720)
        self.wanted: tuple[str, str] = ("", "")
        self.choices = choices
        self._revs = revs or {}
        self._facts = label("", "muted", wrap=True)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self._facts)
        self._inner = QWidget()
        self._groups = vbox(self._inner, gap=6)
        self.body.addWidget(self._inner)
        self._rows: dict[str, _Row] = {}
        self.show_prompt(prompt)
        actions = FlowLayout(gap=8)
        if choices is None:
            actions.addWidget(Button("Ask again with exactly this", lambda: self._leave("replay"), icon="refresh-cw"))
            actions.addWidget(
                Button("Compare with another answer…", lambda: self._leave("compare"), icon="git-compare")
            )
        actions.addWidget(Button("Copy all", self._copy, icon="copy"))
        self.body.addLayout(actions)
        self.buttons("Close", cancel="")

    def show_prompt(self, prompt: Prompt) -> None:
        """Show this one; the focus stays on the record that it was on."""
        held = next((ref for ref, row in self._rows.items() if row.has_focus()), "")
        self.prompt = prompt
        self._facts.setText("   ·   ".join(facts_of(prompt.pack)))
        clear(self._groups)
        self._rows = {}
        for group, title in GROUPS.items():
            items = [item for item in prompt.pack.items if item.group == group]
            if items:
                self._group(title, items, is_open=group in ("primer", "retrieved", "turn"))
        if prompt.pack.trimmed:
            self._left_out(prompt.pack.trimmed)
        if held in self._rows:
            self._rows[held].take_focus()

    # ---- groups ----------------------------------------------------------------------------------------------------

    def _group(self, title: str, items: Sequence[PackItem], *, is_open: bool) -> None:
        exact = self.prompt.pack.exact
        section = Section(f"{title}, {amount(sum(i.tokens for i in items), exact=exact)}", open=is_open, gap=2)
        for item in items[-SHOWN:]:
            row = PieceRow(item, self.prompt.texts[item.text_hash], sheet=self, rev=self._revs.get(item.ref))
            if item.ref:
                self._rows[item.ref] = row
            section.body.addWidget(row)
        if len(items) > SHOWN:
            section.body.addWidget(label(f"and {len(items) - SHOWN:,} before these", "caption"))
        self._groups.addWidget(section)

    def _left_out(self, trimmed: Sequence[Trimmed]) -> None:
        section = Section("Left out", open=True, count=len(trimmed), gap=2)
        for cut in trimmed[:SHOWN]:
            row = CutRow(cut, sheet=self)
            self._rows.setdefault(cut.ref, row)
            section.body.addWidget(row)
        if len(trimmed) > SHOWN:
            section.body.addWidget(label(f"and {len(trimmed) - SHOWN:,} more", "caption"))
        self._groups.addWidget(section)

    # ---- what can be done --------------------------------------------------------------------------------------------

    def leave_out(self, ref: str) -> None:
        """Not this record in the next message."""
        assert self.choices is not None
        pinned = tuple(one for one in self.choices.pinned if one != ref)
        self._choose(pinned, self.choices.left_out | {ref})

    def pin(self, ref: str) -> None:
        """This record in the next message, whatever else fits."""
        assert self.choices is not None
        self._choose((*self.choices.pinned, ref), self.choices.left_out - {ref})

    def unpin(self, ref: str) -> None:
        """This record as the search finds it, or not."""
        assert self.choices is not None
        self._choose(tuple(one for one in self.choices.pinned if one != ref), self.choices.left_out)

    def _choose(self, pinned: tuple[str, ...], left_out: frozenset[str]) -> None:
        assert self.choices is not None
        self.choices = self.choices.model_copy(update={"pinned": pinned, "left_out": left_out})
        self.chosen.emit(self.choices)

    def leave_for(self, what: str, ref: str) -> None:
        """Close, and say where to go."""
        self._leave(what, ref)

    def _leave(self, what: str, ref: str = "") -> None:
        self.wanted = (what, ref)
        self.accept()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(prompt_text(self.prompt))


def facts_of(pack: ContextPack) -> list[str]:
    """What is said of a pack as a whole."""
    counted = f"counted as {pack.tokenizer.removeprefix('≈')}" if pack.exact else "counted roughly"
    facts = [f"{amount(pack.tokens, exact=pack.exact)} of {pack.budget:,}, {counted}"]
    facts += [f"Model: {pack.model}"] if pack.model else []
    facts += [f"For: {pack.audience}"] if pack.audience != "gm" else []
    facts += [f"As of day {pack.as_of:,}"] if pack.as_of is not None else []
    facts += [f"{k.capitalize()}: {str(v).replace('_', ' ')}" for k, v in pack.params.items()]
    return [*facts, f"Pack {pack.hash[:12]}"]


class _Row(QWidget):
    """A line of the sheet that can hold the focus while all is shown anew."""

    def has_focus(self) -> bool:
        """Whether the focus is somewhere in it."""
        focus = QGuiApplication.focusObject()
        return isinstance(focus, QWidget) and (focus is self or self.isAncestorOf(focus))

    def take_focus(self) -> None:
        """Put the focus on its title."""
        button = self.findChild(Button)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)


class PieceRow(_Row):
    """One piece: its number and name, tokens and reason; unfolded its text and what can be done with it."""

    def __init__(self, item: PackItem, text: str, *, sheet: PackSheet, rev: int | None) -> None:
        super().__init__()
        self._item, self._text, self._sheet, self._rev = item, text, sheet, rev
        column = vbox(self, gap=0)
        self._fold = Section(self._title(), open=False, gap=4)
        self._fold.toggled.connect(self._unfold)
        if item.kind not in PLAIN and item.kind != "message":
            self._fold.head.addWidget(KindIcon(item.kind))
        for words, tone in self._marks():
            self._fold.head.addWidget(Badge(words, tone))
        self._fold.head.addWidget(label(f"{item.tokens:,}", "caption"))
        column.addWidget(self._fold)
        if item.reason:
            said = item.reason + (f", {item.score:.2f}" if item.score else "")
            self._fold.set_note(said)
        self._filled = False

    def _title(self) -> str:
        name = self._item.name or self._item.kind
        if self._item.kind == "message" and self._item.group == "conversation":
            name = f"{name}: {' '.join(self._text[:70].split())}"
        return f"[{self._item.n}] {name}" if self._item.n else name

    def _marks(self) -> list[tuple[str, str]]:
        marks = [(self._item.status, "warn")] if self._item.n and self._item.status in ("draft", "deprecated") else []
        if self._rev == GONE and self._item.ref:
            marks.append(("gone since", "danger"))
        elif self._rev is not None and self._rev != self._item.rev:
            marks.append(("changed since", "accent"))
        return marks

    def _unfold(self, is_open: bool) -> None:
        if not is_open or self._filled:
            return
        self._filled = True
        view = TextEdit(f"Text of {self._title()}", self._text, min_lines=2, max_lines=12, mono=True)
        view.setReadOnly(True)
        view.setMinimumWidth(look.px(320))
        self._fold.body.addWidget(view)
        if self._item.ref:
            self._fold.body.addLayout(self._actions())

    def _actions(self) -> FlowLayout:
        item, sheet = self._item, self._sheet
        row = FlowLayout(gap=6)
        add = lambda words, run: row.addWidget(  # noqa: E731
            Button(words, run, variant="ghost", compact=True, name=f"{words}: {item.name}")
        )
        if sheet.choices is None:
            if self._rev != GONE:
                add("Open", lambda: sheet.leave_for("open", item.ref))
            add(f"Changes since revision {item.rev}", lambda: sheet.leave_for("history", item.ref))
        elif item.group in ("primer", "retrieved"):
            add("Leave out", lambda: sheet.leave_out(item.ref))
            if item.ref in sheet.choices.pinned:
                add("Unpin", lambda: sheet.unpin(item.ref))
            else:
                add("Pin", lambda: sheet.pin(item.ref))
        return row

    def unfold(self) -> None:
        """Show its text."""
        self._fold.set_open(True)


class CutRow(_Row):
    """Something that was left out, and why; in a message that isn't sent yet it can be had anyway."""

    def __init__(self, cut: Trimmed, *, sheet: PackSheet) -> None:
        super().__init__()
        column = vbox(self, margins=(24, 4, 0, 4), gap=0)
        row = hbox(gap=6)
        row.addWidget(label(cut.name or cut.kind, wrap=True), 1)
        by_hand = cut.why == "left out by hand"
        if sheet.choices is not None and cut.ref and cut.group != "conversation" and not cut.why.startswith("marked"):
            words = "Take back" if by_hand else "Pin"
            row.addWidget(
                Button(words, lambda: sheet.pin(cut.ref), variant="ghost", compact=True, name=f"{words}: {cut.name}")
            )
        if cut.tokens:
            row.addWidget(label(f"{cut.tokens:,}", "caption"))
        column.addLayout(row)
        column.addWidget(label(cut.why.capitalize(), "caption", wrap=True))
