"""Versions of the blueprint: the list of revisions, what differs from another one, and restoring all or one field."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from studio.ui.compare import DiffCard
from studio.ui.kit.base import clear, hbox, label, vbox
from studio.ui.kit.buttons import Button
from studio.ui.kit.fields import CheckBox, ComboBox
from studio.ui.kit.surfaces import ScrollColumn
from studio.ui.listing import TwoLineList
from studio.ui.theme import look
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from studio.services.foundry.form import FormField
    from studio.services.foundry.revisions import FieldDiff, Revision

NOW, PREVIOUS = "now", "previous"


def when(at: datetime) -> str:
    """A time as people say it: today by the clock, else with the day."""
    local = at.astimezone()
    if local.date() == datetime.now(local.tzinfo).date():
        return f"{local:%H:%M}"
    return f"{local:%d %b %Y, %H:%M}"


def described(revision: Revision, labels: dict[str, FormField]) -> str:
    """What a revision changed, in a few words."""
    if revision.name:
        return revision.name
    said = [labels[p].label.lower() if p in labels else p.rpartition(".")[2] for p in revision.paths]
    if not said:
        return revision.message
    shown = ", ".join(said[:3]) + (f" and {len(said) - 3} more" if len(said) > 3 else "")
    return shown[:1].upper() + shown[1:]


class VersionsTab(QWidget):
    """Revisions above, the difference below. Emits what is wanted; the panel does it."""

    snapshot = Signal()
    compare = Signal(str, str)
    """(commit id, `now`, `previous` or another commit id)"""
    restore = Signal(str, tuple)
    """(commit id, paths; none for all)"""

    def __init__(self, labels: dict[str, FormField]) -> None:
        super().__init__()
        self._labels = labels
        self._revisions: list[Revision] = []
        column = vbox(self, margins=(12, 10, 12, 8), gap=8)
        top = hbox(gap=8)
        self._only = CheckBox("Named only", name="Show named versions only")
        self._only.toggled.connect(lambda _on: self._fill())
        top.addWidget(self._only, 1)
        top.addWidget(Button("Name this version…", self.snapshot.emit, icon="bookmark", compact=True))
        column.addLayout(top)
        self.list = TwoLineList("Versions")
        self.list.setMinimumHeight(look.px(90))
        self.list.currentItemChanged.connect(lambda *_: self._ask())
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self._lower())
        split.setStretchFactor(1, 1)
        split.setSizes([look.px(200), look.px(300)])
        column.addWidget(split, 1)

    def _lower(self) -> QWidget:
        host = QWidget()
        column = vbox(host, margins=(0, 8, 0, 0), gap=8)
        row = hbox(gap=8)
        caption = label("Compared with", "caption")
        self._other = ComboBox("Compared with", [("Now", NOW), ("The one before", PREVIOUS)], compact=True)
        caption.setBuddy(self._other)
        self._other.chosen.connect(lambda _value: self._ask())
        self._restore = Button("Restore all", self._restore_all, icon="rotate-ccw", compact=True)
        row.addWidget(caption)
        row.addWidget(self._other, 1)
        row.addWidget(self._restore)
        column.addLayout(row)
        self._cards = ScrollColumn("Differences", margins=(0, 0, 4, 8), gap=8)
        column.addWidget(self._cards, 1)
        return host

    def show_revisions(self, revisions: list[Revision]) -> None:
        """Show the list, newest first; keeps the choice."""
        self._revisions = revisions
        kept = self._other.value()
        named_ones = [(f"{r.name} ({when(r.at)})", r.commit_id) for r in revisions if r.name]
        self._other.set_items([("Now", NOW), ("The one before", PREVIOUS), *named_ones])
        self._other.set_value(kept)
        self._fill()

    def show_diff(self, found: list[FieldDiff]) -> None:
        """Show what differs between the chosen version and the other one."""
        clear(self._cards.body)
        to_now = self._against() == NOW
        self._restore.setEnabled(self.list.key() is not None and bool(found) and to_now)
        if not found:
            self._cards.body.addWidget(label("Nothing differs.", "muted"))
        elif not to_now and self._other.value() == NOW:
            self._cards.body.addWidget(label("This is the newest version. Its last change:", "muted", wrap=True))
        names = ("In this version", "Now") if to_now else ("Before", "After")
        for diff in found:
            restore = (lambda path=diff.path: self._restore_one(path)) if to_now else None
            title = f"{diff.section} · {diff.label}"
            self._cards.body.addWidget(
                DiffCard(title, diff.before, diff.after, action="Restore", on_action=restore, names=names)
            )
        self._cards.body.addStretch(1)

    def _fill(self) -> None:
        chosen = self.list.key()
        self.list.blockSignals(True)
        self.list.clear()
        for revision in self._revisions:
            if not self._only.isChecked() or revision.name:
                self._add(revision)
        self.list.choose(chosen)
        self.list.blockSignals(False)
        self._ask()

    def _add(self, revision: Revision) -> None:
        words = described(revision, self._labels)
        said = f"Version {words}" if revision.name else f"Changed {words}"
        self.list.add(
            revision.commit_id,
            words,
            f"{when(revision.at)} · {revision.author}",
            icon=icon("bookmark", "accent") if revision.name else icon("circle-dot", "text"),
            tip=revision.message,
            said=f"{said}, {when(revision.at)}, by {revision.author}",
        )

    def _against(self) -> str:
        """What the chosen version is compared with: the newest one is what is there now, so with the one before it."""
        newest = self._revisions[0].commit_id if self._revisions else None
        other = str(self._other.value())
        return PREVIOUS if other == NOW and self.list.key() == newest else other

    def _ask(self) -> None:
        chosen = self.list.key()
        if chosen is None:
            self.show_diff([])
            return
        self.compare.emit(chosen, self._against())

    def _restore_all(self) -> None:
        if (chosen := self.list.key()) is not None:
            self.restore.emit(chosen, ())

    def _restore_one(self, path: str) -> None:
        if (chosen := self.list.key()) is not None:
            self.restore.emit(chosen, (path,))
