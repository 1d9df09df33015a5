"""What stands around an entry: who mentions it, where its values come from, and what it was before."""

from __future__ import annotations

import difflib
import html
import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from studio.domain.ids import CommitId
from studio.services import history
from studio.services.world.marks import authorship_of
from studio.services.world.values import plain
from studio.ui.kit import Badge, Button, Section, clear, hbox, label, vbox
from studio.ui.theme import look
from studio.ui.world.fields import origin_of, origin_words
from studio.ui.world.rows import LinkRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.commit import Change, Commit
    from studio.domain.world import Entity
    from studio.services.world.mentions import Mention, Mentions

_LONG, _NEAR = 120, 60
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
    """The commits that changed a record: what each did, and a way back to it."""

    restore_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("History", open=False, parent=parent)
        self.list = vbox(gap=6)
        self.body.addLayout(self.list)

    def show_history(self, found: list[tuple[Commit, Change]]) -> None:
        """List the versions, the newest first; each opens to what it changed."""
        clear(self.list)
        for at, (commit, change) in enumerate(found):
            self.list.addWidget(_Version(commit, change, self._restore(commit) if at else None))
        self.set_count(len(found))

    def _restore(self, commit: Commit) -> Callable[[], object]:
        return lambda: self.restore_wanted.emit(CommitId(commit.id))


class _Version(QWidget):
    """One version: when, what, and on a click its differences."""

    def __init__(self, commit: Commit, change: Change, restore: Callable[[], object] | None) -> None:
        super().__init__()
        self._change = change
        column = vbox(self, gap=2)
        row = hbox(gap=6)
        words = f"{commit.time.astimezone():%d %b %H:%M}"
        step = {"undo": "Undo: ", "redo": "Redo: "}.get(commit.step, "")
        self._more = Button(f"{words}   {step}{commit.message}", self._flip, variant="row", compact=True)
        self._more.setToolTip("Show what changed")
        self._more.set_icon("chevron-right")
        self._more.setMinimumWidth(40)
        row.addWidget(self._more, 1)
        if restore is not None and change.after is not None:
            row.addWidget(
                Button("Restore", restore, variant="link", compact=True, name=f"Restore the version of {words}")
            )
        column.addLayout(row)
        self._diff: QWidget | None = None
        self._column = column

    def _flip(self) -> None:
        if self._diff is None:
            self._diff = diff_view(self._change.before, self._change.after)
            self._column.addWidget(self._diff)
        else:
            self._diff.setVisible(self._diff.isHidden())
        self._more.set_icon("chevron-right" if self._diff.isHidden() else "chevron-down")


def diff_view(before: dict[str, Any] | None, after: dict[str, Any] | None) -> QWidget:
    """Field by field: what it was, struck out, and what it became."""
    made = QWidget()
    column = vbox(made, margins=(12, 0, 0, 4), gap=4)
    for path, old, new in _flat(history.diff(before, after)):
        column.addWidget(label(path.replace("_", " ").capitalize(), "overline"))
        if isinstance(old, str) and isinstance(new, str) and len(old) + len(new) > _LONG:
            column.addWidget(_words_diff(path, old, new))
            continue
        if old:
            was = label(f"− {_short(old)}", "danger", wrap=True)
            was.setAccessibleName(f"{path} was {_short(old)}")
            column.addWidget(was)
        if new:
            now = label(f"+ {_short(new)}", "ok", wrap=True)
            now.setAccessibleName(f"{path} became {_short(new)}")
            column.addWidget(now)
    return made


def _words_diff(path: str, old: str, new: str) -> QWidget:
    """A long text with the words that went struck out and those that came underlined; what stayed is shortened."""
    was, now = re.findall(r"\s+|[^\s]+", old), re.findall(r"\s+|[^\s]+", new)
    parts = []
    for step, a, b, c, d in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        gone, come = html.escape("".join(was[a:b])), html.escape("".join(now[c:d]))
        if step == "equal":
            parts.append(gone if len(gone) < _NEAR * 2 else f"{gone[:_NEAR]} … {gone[-_NEAR:]}")
            continue
        danger, ok = look.colour("danger").name(), look.colour("ok").name()
        parts.append(f"<s style='color:{danger}'>{gone}</s>" if gone.strip() else "")
        parts.append(f"<u style='color:{ok}'>{come}</u>" if come.strip() else "")
    made = label("".join(parts).replace("\n", "<br>"), wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setAccessibleName(f"{path} changed; the struck out words went, the underlined ones came")
    return made


def _flat(rows: list[tuple[str, Any, Any]]) -> list[tuple[str, Any, Any]]:
    """Groups of fields opened up, marks left out."""
    found: list[tuple[str, Any, Any]] = []
    for path, old, new in rows:
        if path in ("fields", "custom"):
            old_fields, new_fields = old or {}, new or {}
            keys = sorted(old_fields.keys() | new_fields.keys())
            found += [(k, old_fields.get(k), new_fields.get(k)) for k in keys if old_fields.get(k) != new_fields.get(k)]
        elif path not in ("prov", "id", "kind") or (path == "kind" and old):
            found.append((path, old, new))
    return found


def _short(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_short(one) for one in value)
    text = str(value["name"]) if isinstance(value, dict) and "name" in value else plain(value)
    return text if len(text) <= 400 else f"{text[:400]}…"
