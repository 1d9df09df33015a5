"""What stands around an entry: who mentions it, where its values come from, and what it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.domain.ids import CommitId
from studio.services.world.marks import authorship_of
from studio.ui.compare import SideBySide
from studio.ui.kit import Badge, Button, Section, clear, hbox, label, vbox
from studio.ui.world.fields import origin_of, origin_words
from studio.ui.world.rows import LinkRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.commit import Change, Commit
    from studio.domain.world import Entity
    from studio.services.changes import RecordChange
    from studio.services.world.mentions import Mention, Mentions

AUTHORS = {"human": "by hand", "ai_edited": "model, then edited", "ai_generated": "by a model"}


class MentionsSection(Section):
    """Linked and unlinked mentions; an unlinked one becomes a link with one click."""

    opened = Signal(str, str)
    link_wanted = Signal(object)
    link_all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Mentions", count=0, parent=parent)
        self._shown: Mentions | None = None
        self.list = vbox(gap=4)
        self.body.addLayout(self.list)

    def show_mentions(self, found: Mentions) -> None:
        """Show who speaks of the entry."""
        if found == self._shown:
            return
        self._shown = found
        clear(self.list)
        linked = [*found.linked, *found.fields]
        if linked:
            self.list.addWidget(label(f"Linked  {len(linked)}", "overline"))
        for mention in linked:
            self.list.addWidget(self._row(mention))
        if found.unlinked:
            head = QWidget()
            row = hbox(head, gap=6)
            row.addWidget(label(f"Not linked yet  {len(found.unlinked)}", "overline"))
            row.addStretch(1)
            if len(found.unlinked) > 1:
                row.addWidget(Button("Link all", self.link_all_wanted.emit, variant="link", compact=True))
            self.list.addWidget(head)
        for mention in found.unlinked:
            made = self._row(mention)
            made.row.addWidget(
                Button(
                    "Link", lambda m=mention: self.link_wanted.emit(m), compact=True, name=f"Link in {mention.title}"
                )
            )
            self.list.addWidget(made)
        if not linked and not found.unlinked:
            self.list.addWidget(
                label("Nothing speaks of it yet. Write [[ in any text to link here.", "caption", wrap=True)
            )
        self.set_count(len(linked) + len(found.unlinked))

    def _row(self, mention: Mention) -> LinkRow:
        return LinkRow(
            mention.title, mention.kind, lambda: self.opened.emit(mention.source_id, mention.kind),
            snippet=mention.snippet,
        )  # fmt: skip


class SourcesSection(Section):
    """For each value: where it comes from and who wrote it as it stands."""

    origin_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Sources", open=False, count=0, parent=parent)
        self.list = vbox(gap=4)
        self.body.addLayout(self.list)
        self._shown: tuple[Any, ...] = ()

    def show_sources(self, entity: Entity, sources: dict[str, str]) -> None:
        """List the marks of an entity."""
        shown = (entity.prov, sources)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self.list)
        told = {path: marks for path, marks in entity.prov.items() if origin_of(marks) is not None}
        by_hand = [_field_name(path) for path in entity.prov if path not in told]
        for path, marks in told.items():
            self.list.addWidget(self._row(path, marks, sources))
        words = f"Written by hand: {', '.join(by_hand)}." if by_hand else ""
        words = words or ("" if told else "Nothing is known about where this comes from.")
        if words:
            self.list.addWidget(label(words, "caption", wrap=True))
        self.set_count(len(told))

    def _row(self, path: str, marks: Any, sources: dict[str, str]) -> QWidget:
        made = QWidget()
        column = vbox(made, gap=0)
        row = hbox(gap=6)
        field = _field_name(path)
        row.addWidget(label(field.capitalize(), "label"))
        author = authorship_of(marks).value
        row.addWidget(Badge(AUTHORS[author], "plain" if author == "human" else "accent"))
        row.addStretch(1)
        origin = origin_of(marks)
        if origin is not None and origin.ref_id:
            show = Button("Show", lambda: self.origin_wanted.emit(origin), variant="link", compact=True)
            show.setAccessibleName(f"Show the source of {field}")
            row.addWidget(show)
        column.addLayout(row)
        if origin is not None:
            column.addWidget(label(origin_words(marks, sources), "caption", wrap=True))
        return made


def _field_name(path: str) -> str:
    return (path.partition(".")[2] or path).replace("_", " ")


class HistorySection(Section):
    """The commits that changed a record: what each did, side by side, and a way back to it or to one field of it."""

    restore_wanted = Signal(str)
    version_wanted = Signal(str)
    """A version (the id of its commit) was opened: what it did is to be shown with `show_version`."""
    field_wanted = Signal(str, object)
    """(commit id, path): this field as it was before that change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("History", open=False, parent=parent)
        self.list = vbox(gap=6)
        self.body.addLayout(self.list)
        self.versions: dict[str, Version] = {}

    def show_history(self, found: list[tuple[Commit, Change]]) -> None:
        """List the versions, the newest first; those that are open stay open."""
        opened = [commit for commit, version in self.versions.items() if version.is_open]
        clear(self.list)
        self.versions = {}
        for at, (commit, change) in enumerate(found):
            version = Version(commit, change, self._restore(commit) if at else None)
            version.opened.connect(lambda commit=commit: self.version_wanted.emit(commit.id))
            self.versions[commit.id] = version
            self.list.addWidget(version)
        self.set_count(len(found))
        for commit_id in opened:
            if commit_id in self.versions:
                self.versions[commit_id].flip()

    def show_version(self, commit_id: str, change: RecordChange) -> None:
        """Show what one of them did."""
        if (version := self.versions.get(commit_id)) is not None:
            version.show_change(change, lambda path: self.field_wanted.emit(commit_id, path))

    def _restore(self, commit: Commit) -> Callable[[], object]:
        return lambda: self.restore_wanted.emit(CommitId(commit.id))


class Version(QWidget):
    """One version: when, what, and on a click what it changed, before and after."""

    opened = Signal()

    def __init__(self, commit: Commit, change: Change, restore: Callable[[], object] | None) -> None:
        super().__init__()
        column = vbox(self, gap=4)
        row = hbox(gap=6)
        words = f"{commit.time.astimezone():%d %b %H:%M}"
        step = {"undo": "Undo: ", "redo": "Redo: "}.get(commit.step, "")
        self._more = Button(f"{words}   {step}{commit.message}", self.flip, variant="row", compact=True)
        self._more.setToolTip("Show what changed")
        self._more.set_icon("chevron-right")
        self._more.setMinimumWidth(40)
        row.addWidget(self._more, 1)
        if restore is not None and change.after is not None:
            row.addWidget(
                Button("Restore", restore, variant="link", compact=True, name=f"Restore the version of {words}")
            )
        column.addLayout(row)
        self._content = QWidget()
        self.fields = vbox(self._content, margins=(12, 0, 0, 4), gap=8)
        self._content.hide()
        column.addWidget(self._content)

    @property
    def is_open(self) -> bool:
        """Whether it shows what it changed."""
        return not self._content.isHidden()

    def flip(self) -> None:
        """Show what it changed, or hide it."""
        self._content.setVisible(not self.is_open)
        self._more.set_icon("chevron-down" if self.is_open else "chevron-right")
        self._more.setAccessibleDescription("expanded" if self.is_open else "collapsed")
        if self.is_open:
            self.opened.emit()

    def show_change(self, change: RecordChange, put_back: Callable[[tuple[str, ...]], object]) -> None:
        """Show each field before and after, with a way to have what was before."""
        clear(self.fields)
        for field in change.fields:
            can = change.back and change.what == "changed"
            self.fields.addWidget(
                SideBySide(
                    field.label, field.before, field.after, pieces=field.pieces, action="Put back" if can else "",
                    on_action=lambda path=field.path: put_back(path),
                )
            )  # fmt: skip
        if not change.fields:
            self.fields.addWidget(label("Only its place or its sources changed.", "caption", wrap=True))
