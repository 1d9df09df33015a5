"""The page of a note: a title, what sort of note it is, tags, and its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from studio.domain.record import Status
from studio.domain.world import Link
from studio.services.world.entries import MODES
from studio.ui.almanac.field import DateField
from studio.ui.kit import (
    Banner,
    CheckBox,
    ComboBox,
    FlowLayout,
    FormRow,
    LineEdit,
    ScrollColumn,
    TagEditor,
    rule,
    style,
)
from studio.ui.theme import look
from studio.ui.world.around import HistorySection
from studio.ui.world.body import Body
from studio.ui.world.picker import LinksField
from studio.ui.world.saying import VISIBILITIES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.domain.world import Entry
    from studio.ui.context import StudioContext
    from studio.ui.world.saving import Saver


class NoteView(ScrollColumn):
    """One note. Edits go to the saver."""

    restore_wanted = Signal()
    status_wanted = Signal(str)

    def __init__(self, ctx: StudioContext, note: Entry, saver: Saver, parent: QWidget | None = None) -> None:
        super().__init__("Note", margins=(12, 10, 10, 24), gap=12, parent=parent)
        self.saver = saver
        self.note = note
        self.banner = Banner(dismissible=False)
        self.body.addWidget(self.banner)
        row = FlowLayout(gap=8)
        self.mode = ComboBox("Sort of note", [(mode.capitalize(), mode) for mode in MODES], compact=True)
        self.status = ComboBox("Status", [(s.value.capitalize(), s.value) for s in Status], compact=True)
        self.visibility = ComboBox("Visible to", VISIBILITIES, compact=True)
        for part in (self.mode, self.status, self.visibility):
            row.addWidget(part)
        self.body.addLayout(row)
        self.name = LineEdit("Title", placeholder="Title")
        style(self.name, plain=True)
        self.body.addWidget(self.name)
        self.tags = TagEditor("Tags")
        self.body.addWidget(FormRow("Tags", self.tags))
        self._build_facts(ctx)
        self.body.addWidget(rule())
        self.text = Body(ctx)
        self.body.addWidget(self.text)
        self.history = HistorySection()
        self.body.addWidget(self.history)
        self.name.textEdited.connect(lambda _text: saver.touch("title", self._title))
        self.name.committed.connect(lambda _text: saver.start())
        for path, box in (("mode", self.mode), ("visibility", self.visibility)):
            box.chosen.connect(lambda value, path=path: self._at_once(path, value))
        self.status.chosen.connect(lambda value: self.status_wanted.emit(str(value)))
        self.tags.changed.connect(lambda tags: self._at_once("tags", tuple(tags)))
        self.text.edited.connect(lambda: saver.touch("body", self.text.text))
        self.text.left.connect(lambda: saver.start())
        self.restyle()
        self.show_note(note)

    def _build_facts(self, ctx: StudioContext) -> None:
        """When it is in the world, how it is told, and of whom it speaks."""
        self.date = DateField("When in the world", ctx.calendars)
        self.flashback = CheckBox("Flashback")
        self.memorial = CheckBox("Memorial")
        self.about = LinksField("Speaks of", ctx, can_make=False)
        self.body.addWidget(FormRow("When in the world", self.date))
        self.flashback.setToolTip("It tells of what was before: nobody acts at its date.")
        self.memorial.setToolTip("It speaks of the dead: nobody in it has to be alive.")
        told = FlowLayout(gap=12)
        told.addWidget(self.flashback)
        told.addWidget(self.memorial)
        self.body.addLayout(told)
        self.about_row = FormRow("Speaks of", self.about, helper="What the text links to is here by itself.")
        self.body.addWidget(self.about_row)
        self.date.edited.connect(lambda: self.saver.touch("in_world_date", self.date.read))
        self.date.committed.connect(lambda _words: self.saver.start())
        for path, box in (("flashback", self.flashback), ("memorial", self.memorial)):
            box.clicked.connect(lambda checked, path=path: self._at_once(path, checked))
        self.about.edited.connect(self._about_edited)
        self.about.opened.connect(lambda record_id: ctx.navigate(record_id))
        self._names = ctx.names
        ctx.names.changed.connect(self._names_came)

    def _names_came(self) -> None:
        self._show_facts(self.note)

    def _at_once(self, path: str, value: Any) -> None:
        self.saver.touch(path, lambda: value)
        self.saver.start()

    def _about_edited(self) -> None:
        links = self.about.read()
        nameless = [link.text for link in links if link.ref is None]
        self.about_row.set_error(f"Nothing is called “{nameless[0]}” yet. Make the entry first." if nameless else "")
        if not nameless:
            unseen = [ref for ref in self.note.entity_refs if self._names.get(ref) is None]
            self._at_once("entity_refs", (*unseen, *(link.ref for link in links if link.ref)))

    def _title(self) -> str:
        return self.name.text().strip() or self.note.title

    def show_note(self, note: Entry) -> None:
        """Follow the record; what is being typed stays."""
        self.note = note
        words = "This note is in the trash." if note.deleted_at else ""
        self.banner.say(words, "warn", action="Restore", on_action=self.restore_wanted.emit)
        if not self.saver.is_dirty("title") and not (self.name.hasFocus() and self.saver.is_saving):
            self.name.set_text(note.title)
        for box, value in ((self.mode, note.mode), (self.visibility, note.visibility)):
            if box.findData(value) < 0:
                box.addItem("Some players" if box is self.visibility else value.capitalize(), value)
            box.set_value(value)
        self.status.set_value(note.status.value)
        self._show_facts(note)
        self.tags.set_tags(note.tags)
        if not self.saver.is_dirty("body"):
            self.text.put(note.body)

    def _show_facts(self, note: Entry) -> None:
        if not self.saver.is_dirty("in_world_date") and not (self.date.line.hasFocus() and self.date.line.isModified()):
            self.date.put(note.in_world_date)
        self.flashback.setChecked(note.flashback)
        self.memorial.setChecked(note.memorial)
        if not self.saver.is_dirty("entity_refs"):
            known = [(ref, named.text) for ref in note.entity_refs if (named := self._names.get(ref)) is not None]
            self.about.put([Link(text=name, ref=ref) for ref, name in known])

    def restyle(self) -> None:
        """Follow theme and text size."""
        self.name.setStyleSheet(f"QLineEdit {{ font-size: {look.px(20)}px; font-weight: 600; }}")
        self.name.setMinimumHeight(look.px(40))
        self.text.restyle()
