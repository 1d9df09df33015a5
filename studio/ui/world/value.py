"""A field on the page of an entry with the claim under it: what is said about its value, and its other values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.services.world.said import Said
from studio.ui.kit import IconButton, LineEdit, hbox, label, vbox
from studio.ui.world.claims import ClaimLine, ValueDetails, connected
from studio.ui.world.fields import Editor, FieldRow
from studio.ui.world.rows import keyed

if TYPE_CHECKING:
    from studio.domain.vocabulary import FieldSpec
    from studio.services.world.claims import ClaimRow
    from studio.services.world.pages import EntityPage
    from studio.ui.context import StudioContext

DETAILS_KEY = "Ctrl+Shift+D"
_PLAIN = Said()


class ValueRow(FieldRow):
    """A field whose claim shows in a line where it is more than a plain fact, and in a card on demand."""

    stated = Signal(str, object)
    """(path, changes) to what is said about the value."""
    added = Signal(str, str, str)
    changed = Signal(str, object)
    removed = Signal(str)
    promoted = Signal(str)
    opened = Signal(str, str)
    reshaped = Signal()
    """Widgets came or went: Tab has to go another way."""

    def __init__(
        self, ctx: StudioContext, path: str, spec: FieldSpec, editor: Editor, parent: QWidget | None = None
    ) -> None:
        super().__init__(path, spec, editor, parent=parent)
        self.ctx = ctx
        self.details: ValueDetails | None = None
        self.lines: dict[str, ClaimLine] = {}
        self._page: EntityPage | None = None
        self._below = QWidget()
        column = vbox(self._below, margins=(10, 0, 0, 0), gap=4)
        self.said = label("", "caption", wrap=True)
        self.others = vbox(gap=2)
        column.addWidget(self.said)
        column.addLayout(self.others)
        self._more = QWidget()
        row = hbox(self._more, gap=6)
        self.another = LineEdit(
            f"Another value of {spec.label}", placeholder="Another value, at another time", compact=True
        )
        self.another.returnPressed.connect(self._add)
        row.addWidget(self.another, 1)
        row.addWidget(IconButton("plus", f"Add another value of {spec.label}", self._add))
        self._more.hide()
        column.addWidget(self._more)
        self._column = self.layout()
        self._place(self._below)
        self.button = IconButton("info", f"{spec.label}: details of this value", self.flip, key=DETAILS_KEY)
        self.head.addWidget(self.button)
        self.button.hide()
        self._below.hide()

    def _place(self, widget: QWidget) -> None:
        if self._column is not None:
            self._column.addWidget(widget)

    def show_claim(self, page: EntityPage) -> None:
        """Show what is said about the value as it is stored."""
        self._page = page
        group, _, name = self.path.partition(".")
        filled = name in getattr(page.entity, group)
        self.button.setVisible(filled)
        if not filled and self.details is not None:
            self.flip()
        said = page.said.get(self.path, _PLAIN)
        who = {"gm": "GM only", "party": "Party", "public": "Public", "": ""}.get(
            said.statement.visibility, "Some players"
        )
        self.said.setText(" · ".join(part for part in (said.words, who) if part))
        self.said.setVisible(bool(self.said.text()))
        rows = tuple(row for row in page.claims if row.predicate == name) if group == "fields" else ()
        keyed(self.others, self.lines, rows, self._make)
        for row in rows:
            self.lines[row.id].show_row(row, page.sources)
        self._below.setVisible(bool(self.said.text() or rows or self.details is not None))
        if self.details is not None:
            self.details.show_value(said, page.entity.prov.get(self.path, ()), page.sources)

    def _make(self, row: ClaimRow) -> ClaimLine:
        owner = self._page.entity.id if self._page is not None else ""
        return connected(ClaimLine(self.ctx, row, owner, short=True), self)

    def flip(self) -> None:
        """Open or close the card about the value."""
        if self.details is not None:
            had_focus = self.details.isAncestorOf(self.window().focusWidget() or self)
            self.details.hide()
            self.details.deleteLater()
            self.details = None
            self._more.hide()
            if had_focus:
                self.editor.setFocus()
        elif self._page is not None and self.button.isVisibleTo(self):
            self._open()
        if self._page is not None:
            self.show_claim(self._page)
        self.reshaped.emit()

    def _open(self) -> None:
        card = ValueDetails(self.ctx, self.spec.label)
        card.changed.connect(lambda changes: self.stated.emit(self.path, changes))
        card.closed.connect(self.flip)
        card.opened.connect(self.opened)
        card.origin_wanted.connect(self.origin_wanted)
        self._place(card)
        card.show()
        self.details = card
        self._more.setVisible(self.path.startswith("fields."))
        card.form.certainty.setFocus()

    def _add(self) -> None:
        text = self.another.text().strip()
        if text:
            exact = self.ctx.names.find(text) if self.spec.type in ("link", "links") else None
            self.added.emit(self.path.partition(".")[2], text, exact.record_id if exact is not None else "")
            self.another.set_text("")
