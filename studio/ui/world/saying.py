"""What is said about a fact beyond the fact: one small form for values, claims and relations alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.domain.world import Link
from studio.services.world.said import CERTAINTIES
from studio.ui.almanac.field import DateField
from studio.ui.kit import Button, ComboBox, FormRow, hbox, label, vbox
from studio.ui.kit.flow import SideBySide
from studio.ui.world.fields import Marks, origin_of, origin_words
from studio.ui.world.picker import LinkField, LinksField

if TYPE_CHECKING:
    from studio.domain.ids import RecordId
    from studio.services.world.said import Said
    from studio.ui.context import StudioContext

VISIBILITIES: tuple[tuple[str, object], ...] = (("GM only", "gm"), ("Party", "party"), ("Public", "public"))
CERTAINTY_HELP = {
    "fact": "It is so.", "rumour": "People say so.", "legend": "It is told from long ago.", "lie": "It isn't so.",
    "prophecy": "It is foretold.",
}  # fmt: skip


class SayingForm(QWidget):
    """Certainty, from and to, who says so, who knows it, for whom. `changed(changes)` for each, when it is left."""

    changed = Signal(object)
    opened = Signal(str, str)

    def __init__(
        self, ctx: StudioContext, *, known_by: bool = True, as_entry: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = vbox(self, gap=8)
        self._said: Said | None = None
        self.certainty = ComboBox("Certainty", [(word.capitalize(), word) for word in CERTAINTIES], compact=True)
        choices = [("As the entry", ""), *VISIBILITIES] if as_entry else VISIBILITIES
        self.visibility = ComboBox("Visible to", choices, compact=True)
        column.addWidget(SideBySide(FormRow("Certainty", self.certainty), FormRow("Visible to", self.visibility)))
        self.valid_from = DateField("From", ctx.calendars)
        self.valid_to = DateField("To", ctx.calendars)
        column.addWidget(FormRow("From", self.valid_from))
        column.addWidget(FormRow("To", self.valid_to))
        self.speaker = LinkField("Who says so", ctx, can_make=False)
        self.speaker_row = FormRow("Who says so", self.speaker)
        column.addWidget(self.speaker_row)
        self.known_by = LinksField("Known by", ctx, can_make=False)
        self.known_row = FormRow("Known by", self.known_by)
        column.addWidget(self.known_row)
        self.known_row.setVisible(known_by)
        self._connect()

    def _connect(self) -> None:
        self.certainty.chosen.connect(lambda word: (self._explain(), self._tell("certainty", word)))
        self.visibility.chosen.connect(lambda who: self._tell("visibility", who))
        self.valid_from.committed.connect(lambda words: self._tell("valid_from", words.strip()))
        self.valid_to.committed.connect(lambda words: self._tell("valid_to", words.strip()))
        self.speaker.edited.connect(self._speaker_typed)
        self.known_by.edited.connect(self._known_typed)
        self.speaker.opened.connect(lambda record_id: self.opened.emit(record_id, ""))
        self.known_by.opened.connect(lambda record_id: self.opened.emit(record_id, ""))

    def _tell(self, key: str, value: Any) -> None:
        self.changed.emit({key: value})

    def show_said(self, said: Said) -> None:
        """Follow the record; what is being typed stays."""
        if said == self._said:
            return
        self._said = said
        statement = said.statement
        self.certainty.set_value(statement.certainty)
        self._explain()
        if self.visibility.findData(statement.visibility) < 0:
            self.visibility.addItem("Some players", statement.visibility)
        self.visibility.set_value(statement.visibility)
        for field, value in ((self.valid_from, statement.valid_from), (self.valid_to, statement.valid_to)):
            if not field.line.hasFocus() or not field.line.isModified():
                field.put(value)
        self.speaker.put(Link(text=said.speaker or "…", ref=statement.speaker) if statement.speaker else None)
        self.speaker_row.set_error("")
        known = [(ref, name) for ref, name in zip(statement.known_by, said.known_by, strict=False)]
        self.known_by.put([Link(text=name, ref=ref) for ref, name in known])

    def _explain(self) -> None:
        words = CERTAINTY_HELP.get(str(self.certainty.value()), "")
        self.certainty.setToolTip(words)
        self.certainty.setAccessibleDescription(words)

    def _speaker_typed(self) -> None:
        link = self.speaker.read()
        if link is not None and link.ref is None:
            self.speaker_row.set_error(f"Nobody is called “{link.text}” yet. Make the entry first.")
            return
        self.speaker_row.set_error("")
        self._tell("speaker", link.ref if link is not None else None)

    def _known_typed(self) -> None:
        links = self.known_by.read()
        nameless = [link.text for link in links if link.ref is None]
        self.known_row.set_error(f"Nobody is called “{nameless[0]}” yet. Make the entry first." if nameless else "")
        refs: list[RecordId] = [link.ref for link in links if link.ref is not None]
        if self._said is None or tuple(refs) != self._said.statement.known_by:
            self._tell("known_by", refs)


class SourceList(QWidget):
    """Where a fact comes from: each source with its quote, and a way to the words."""

    origin_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = vbox(self, gap=4)
        self._shown: Any = None

    def show_marks(self, marks: Marks, sources: dict[str, str]) -> None:
        """List the sources."""
        from studio.ui.kit import clear

        if (marks, sources) == self._shown:
            return
        self._shown = (marks, sources)
        clear(self._column)
        told = [mark for mark in marks if mark.source != "human"]
        self._column.addWidget(label("Sources", "label"))
        for mark in told:
            row = hbox(gap=6)
            row.addWidget(label(origin_words((mark,), sources), "caption", wrap=True), 1)
            if mark.ref_id:
                button = Button("Show", lambda mark=mark: self.origin_wanted.emit(mark), variant="link", compact=True)
                button.setAccessibleName(f"Show the source: {origin_words((mark,), sources)}")
                row.addWidget(button)
            self._column.addLayout(row)
        if origin_of(marks) is None:
            self._column.addWidget(label("Written by hand.", "caption"))
