"""The page of a note: a title, what sort of note it is, tags, and its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from studio.services.world.entries import MODES
from studio.ui.kit import Badge, Banner, ComboBox, FormRow, LineEdit, ScrollColumn, TagEditor, hbox, rule, style
from studio.ui.theme import look
from studio.ui.world.around import HistorySection
from studio.ui.world.body import Body

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.domain.world import Entry
    from studio.ui.context import StudioContext
    from studio.ui.world.saving import Saver


class NoteView(ScrollColumn):
    """One note. Edits go to the saver."""

    restore_wanted = Signal()

    def __init__(self, ctx: StudioContext, note: Entry, saver: Saver, parent: QWidget | None = None) -> None:
        super().__init__("Note", margins=(12, 10, 10, 24), gap=12, parent=parent)
        self.saver = saver
        self.note = note
        self.banner = Banner(dismissible=False)
        self.body.addWidget(self.banner)
        row = hbox(gap=8)
        self.mode = ComboBox("Sort of note", [(mode.capitalize(), mode) for mode in MODES], compact=True)
        row.addWidget(self.mode)
        row.addWidget(Badge("Note"))
        row.addStretch(1)
        self.body.addLayout(row)
        self.name = LineEdit("Title", placeholder="Title")
        style(self.name, plain=True)
        self.body.addWidget(self.name)
        self.tags = TagEditor("Tags")
        self.body.addWidget(FormRow("Tags", self.tags))
        self.body.addWidget(rule())
        self.text = Body(ctx)
        self.body.addWidget(self.text)
        self.history = HistorySection()
        self.body.addWidget(self.history)
        self.name.textEdited.connect(lambda _text: saver.touch("title", self._title))
        self.name.committed.connect(lambda _text: saver.start())
        self.mode.chosen.connect(lambda mode: (saver.touch("mode", lambda: mode), saver.start()))
        self.tags.changed.connect(lambda tags: (saver.touch("tags", lambda: tuple(tags)), saver.start()))
        self.text.edited.connect(lambda: saver.touch("body", self.text.text))
        self.text.left.connect(lambda: saver.start())
        self.restyle()
        self.show_note(note)

    def _title(self) -> str:
        return self.name.text().strip() or self.note.title

    def show_note(self, note: Entry) -> None:
        """Follow the record; what is being typed stays."""
        self.note = note
        words = "This note is in the trash." if note.deleted_at else ""
        self.banner.say(words, "warn", action="Restore", on_action=self.restore_wanted.emit)
        if not self.saver.is_dirty("title") and not (self.name.hasFocus() and self.saver.is_saving):
            self.name.set_text(note.title)
        self.mode.set_value(note.mode)
        self.tags.set_tags(note.tags)
        if not self.saver.is_dirty("body"):
            self.text.put(note.body)

    def restyle(self) -> None:
        """Follow theme and text size."""
        self.name.setStyleSheet(f"QLineEdit {{ font-size: {look.px(20)}px; font-weight: 600; }}")
        self.name.setMinimumHeight(look.px(40))
        self.text.restyle()
