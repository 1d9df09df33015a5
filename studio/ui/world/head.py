"""The top of an entry's page: kind, status and audience as menus, the name, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from studio.domain.lens import players_of
from studio.domain.record import Status
from studio.ui.kit import FlowLayout, IconMenuButton, LineEdit, MenuButton, hbox, style, vbox
from studio.ui.theme import look
from studio.ui.theme.icons import icon, kind_icon
from studio.ui.world.actions import STATUS_HELP, STATUS_ICONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.world import Entity
    from studio.ui.kinds import KindIndex

VISIBILITIES = (("gm", "GM only", "lock"), ("party", "Party", "users"), ("public", "Public", "globe"))


class Head(QWidget):
    """Menus fire `changed(path, value)`; the name fires when it is left."""

    changed = Signal(str, object)
    name_typed = Signal()
    name_left = Signal(str)
    act = Signal(str)

    def __init__(self, kinds: KindIndex, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all_kinds = kinds
        self._visibility = "gm"
        self._open_to: tuple[str, ...] = ()
        self.players: list[tuple[str, str]] = []
        """(id, name) of the characters that players play: who can be told something alone."""
        column = vbox(self, gap=4)
        top = hbox(gap=0)
        row = FlowLayout(gap=0)
        self.kind = MenuButton("", fill=self._kinds, variant="ghost", compact=True)
        self.status = MenuButton("", fill=self._statuses, variant="ghost", compact=True)
        self.visibility = MenuButton("", fill=self._audiences, variant="ghost", compact=True)
        self.more = IconMenuButton(fill=self._more, name="More for this entry")
        for button in (self.kind, self.status, self.visibility):
            row.addWidget(button)
        top.addLayout(row, 1)
        top.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        self.name = LineEdit("Name", placeholder="Name")
        style(self.name, plain=True)
        column.addWidget(self.name)
        self.name.textEdited.connect(lambda _text: self.name_typed.emit())
        self.name.committed.connect(self.name_left)
        self.restyle()

    def restyle(self) -> None:
        """The name is as large as a heading at the text size that is on."""
        self.name.setStyleSheet(f"QLineEdit {{ font-size: {look.px(20)}px; font-weight: 600; }}")
        self.name.setMinimumHeight(look.px(40))

    def show_entity(self, entity: Entity, words: str, *, name_busy: bool) -> None:
        """Show what the record says; `words` are those of its kind."""
        self.kind.setText(words)
        self.kind.setIcon(kind_icon(entity.kind))
        self.kind.setAccessibleName(f"Kind: {words}")
        status = entity.status.value
        self.status.setText(status.capitalize())
        self.status.set_icon(STATUS_ICONS[status])
        self.status.setAccessibleName(f"Status: {status}")
        self.status.setToolTip(STATUS_HELP[status])
        self._visibility = entity.visibility
        self._show_audience()
        if not name_busy:
            self.name.set_text(entity.name)

    def set_players(self, players: Sequence[tuple[str, str]]) -> None:
        """(id, name) of the characters that players play: who can be told something alone."""
        self.players = list(players)
        self._show_audience()

    def _show_audience(self) -> None:
        self._open_to = players_of(self._visibility)
        some = ", ".join(name for record, name in self.players if record in self._open_to) or "Some players"
        label, mark = next(((w, i) for v, w, i in VISIBILITIES if v == self._visibility), (some, "user-round"))
        self.visibility.setText(label)
        self.visibility.set_icon(mark)
        self.visibility.setAccessibleName(f"Visible to: {label}")

    def _kinds(self, menu: QMenu) -> None:
        for spec in self._all_kinds.all():
            action = menu.addAction(kind_icon(spec.name), spec.label)
            action.triggered.connect(lambda *_, name=spec.name: self.changed.emit("kind", name))
        menu.addSeparator()
        menu.addAction(icon("sliders-horizontal", "muted"), "Kinds and fields…").triggered.connect(
            lambda *_: self.act.emit("kinds")
        )

    def _statuses(self, menu: QMenu) -> None:
        for status in Status:
            action = menu.addAction(icon(STATUS_ICONS[status.value], "muted"), status.value.capitalize())
            action.setToolTip(STATUS_HELP[status.value])
            action.triggered.connect(lambda *_, status=status: self.changed.emit("status", status.value))

    def _audiences(self, menu: QMenu) -> None:
        for value, words, mark in VISIBILITIES:
            action = menu.addAction(icon(mark, "muted"), words)
            action.triggered.connect(lambda *_, value=value: self.changed.emit("visibility", value))
        if self.players:
            menu.addSection("Only these players")
        for record, name in self.players:
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(record in self._open_to)
            action.triggered.connect(lambda _on, record=record: self._toggle(record))

    def _toggle(self, record: str) -> None:
        """Open it to one more player, or to one less; with none left only the game master sees it."""
        known = [r for r, _ in self.players if (r in self._open_to) != (r == record)]
        self.changed.emit("visibility", f"player:{','.join(known)}" if known else "gm")

    def _more(self, menu: QMenu) -> None:
        for key, words, mark in (
            ("attach", "Add to next message", "paperclip"), ("copy", "Copy link", "link"),
            ("reveal", "Show in the tree", "list-tree"), ("trash", "Move to trash", "trash-2"),
        ):  # fmt: skip
            menu.addAction(icon(mark, "muted"), words).triggered.connect(lambda *_, key=key: self.act.emit(key))
