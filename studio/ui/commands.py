"""The one registry of commands: menus, shortcuts, palette, cheat sheet and the documentation page are made from it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtWidgets import QWidget

GROUPS = ("File", "Edit", "View", "Go", "Chat", "World", "Foundry", "Forge", "Help")


@dataclass(frozen=True)
class Command:
    """One thing a user can do. `id` is `room.verb`; `group` is its menu; `help` is one sentence.

    `scope` limits the key to a widget and its children (else the whole window). `enabled` is asked
    when a menu opens and when the key is pressed, `checked` also when `CommandRegistry.refresh` is called.
    `reads` marks what may also be done while the world is looked at through somebody else's eyes.
    """

    id: str
    text: str
    run: Callable[[], object]
    group: str = "View"
    key: str = ""
    help: str = ""
    icon: str = ""
    enabled: Callable[[], bool] | None = None
    checked: Callable[[], bool] | None = None
    in_menu: bool = True
    scope: QWidget | None = None
    reads: bool = False


class DuplicateKey(ValueError):
    """Two commands want one key."""


class CommandRegistry(QObject):
    """Every command of the window. `keys` are the user's own bindings: command id → key, empty for none.

    A command of a pane (`scope`) may have the key of a command of the whole window: it wins while the pane has focus.
    """

    changed = Signal()

    def __init__(self, host: QWidget, keys: dict[str, str] | None = None) -> None:
        super().__init__(host)
        self._host = host
        self._keys = dict(keys or {})
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        self._shared: dict[str, QShortcut] = {}
        self._gathering = False
        self.gate: Callable[[Command], bool] = lambda _command: True
        """Asked before anything else whether a command may run now."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """Within this, keys and menus are settled once at the end, not after each command."""
        self._gathering = True
        try:
            yield
        finally:
            self._gathering = False
            self._settle()

    def add(self, *commands: Command) -> None:
        """Register commands; raises DuplicateKey, or ValueError for an id that is taken or a text that is missing."""
        for command in commands:
            if command.id in self._commands or not command.text:
                raise ValueError(f"command {command.id!r} is there already or has no text")
            key = self._keys.get(command.id, command.key)
            if (other := self.holder(key, besides=command.id, scope=command.scope)) is not None:
                raise DuplicateKey(f"{command.id} and {other.id} both want {command.key}")
            self._commands[command.id] = command
            self._actions[command.id] = self._make(command)
        self._settle()

    def remove(self, ids: Iterable[str]) -> None:
        """Take commands out, for example when a project closes."""
        for command_id in list(ids):
            self._commands.pop(command_id, None)
            if (action := self._actions.pop(command_id, None)) is not None and isValid(action):
                action.setShortcut(QKeySequence())
                action.deleteLater()
        self._settle()

    def all(self) -> list[Command]:
        """Every command, in the order of the menus."""
        order = {group: index for index, group in enumerate(GROUPS)}
        return sorted(self._commands.values(), key=lambda command: order.get(command.group, len(order)))

    def get(self, command_id: str) -> Command | None:
        """One command by id."""
        return self._commands.get(command_id)

    def action(self, command_id: str) -> QAction:
        """The QAction of a command: put it on a menu or a button."""
        return self._actions[command_id]

    def key(self, command_id: str) -> str:
        """The key as this system writes it, or nothing."""
        if command_id not in self._commands:
            return ""
        return QKeySequence(self.bound_key(command_id)).toString(QKeySequence.SequenceFormat.NativeText)

    def bound_key(self, command_id: str) -> str:
        """The key in portable text: the user's own, or the default."""
        command = self._commands[command_id]
        return self._keys.get(command_id, command.key)

    def run(self, command_id: str) -> bool:
        """Run a command if it is enabled; False where it isn't there or isn't enabled."""
        action = self._actions.get(command_id)
        if action is None or not self.is_enabled(command_id):
            return False
        action.setEnabled(True)
        action.trigger()
        return True

    def is_enabled(self, command_id: str) -> bool:
        """Whether a command can run now."""
        command = self._commands.get(command_id)
        return command is not None and self._may_run(command)

    def _may_run(self, command: Command) -> bool:
        return self.gate(command) and (command.enabled is None or command.enabled())

    def holder(self, key: str, *, besides: str = "", scope: QWidget | None = None) -> Command | None:
        """Which command has a key already. Two panes may share one, and so may a pane and the window."""
        wanted = _normal(key)
        if not wanted:
            return None
        same = (c for c in self._commands.values() if self._sequence(c) == wanted and c.id != besides)
        return next((c for c in same if not _apart(c.scope, scope)), None)

    def rebind(self, command_id: str, key: str | None) -> None:
        """Give a command another key (`""`: none, None: its default); raises DuplicateKey."""
        command = self._commands[command_id]
        wanted = command.key if key is None else key
        if (other := self.holder(wanted, besides=command_id, scope=command.scope)) is not None:
            raise DuplicateKey(f"{key} already runs “{other.text}”.")
        if key is None or key == command.key:
            self._keys.pop(command_id, None)
        else:
            self._keys[command_id] = key
        self._settle()

    def bindings(self) -> dict[str, str]:
        """The user's own keys, for the settings."""
        return dict(self._keys)

    def refresh(self) -> None:
        """Ask every command whether it is ticked."""
        for command_id, command in self._commands.items():
            if command.checked is not None:
                self._actions[command_id].setChecked(command.checked())

    def dim(self) -> None:
        """Grey what can't run now, for a menu that is about to show; `wake` when it hides."""
        self.refresh()
        for command_id, command in self._commands.items():
            self._actions[command_id].setEnabled(self._may_run(command))

    def wake(self) -> None:
        """Let every key work again: a greyed action is deaf, and `enabled` is asked at the press."""
        for action in self._actions.values():
            action.setEnabled(True)

    def _make(self, command: Command) -> QAction:
        host = command.scope or self._host
        action = QAction(command.text, host)
        action.setObjectName(command.id)
        scoped = Qt.ShortcutContext.WidgetWithChildrenShortcut
        action.setShortcutContext(scoped if command.scope is not None else Qt.ShortcutContext.WindowShortcut)
        action.setStatusTip(command.help)
        if command.icon:
            action.setIcon(icon(command.icon, "muted"))
        if command.checked is not None:
            action.setCheckable(True)
            action.setChecked(command.checked())
        action.triggered.connect(lambda *_: self._trigger(command))
        host.addAction(action)
        return action

    def _settle(self) -> None:
        if not self._gathering:
            self._settle_keys()
            self.changed.emit()

    def _settle_keys(self) -> None:
        """Give every action its key; one that a pane and the window share is a shortcut that asks for the focus."""
        keys = {c.id: self._sequence(c) for c in self._commands.values()}
        paned = {keys[c.id] for c in self._commands.values() if c.scope is not None} - {""}
        shared = paned & {keys[c.id] for c in self._commands.values() if c.scope is None}
        for key in set(self._shared) - shared:
            gone = self._shared.pop(key)
            gone.setEnabled(False)
            gone.deleteLater()
        for key in shared - set(self._shared):
            self._shared[key] = QShortcut(QKeySequence(key), self._host, lambda key=key: self._pressed(key))
        for command_id, key in keys.items():
            action = self._actions[command_id]
            if action.shortcut().toString() != (wanted := "" if key in shared else key):
                action.setShortcut(QKeySequence(wanted))

    def _sequence(self, command: Command) -> str:
        return _normal(self._keys.get(command.id, command.key))

    def _pressed(self, key: str) -> None:
        """A shared key was pressed: the command of the pane that has the focus goes before the window's."""
        focused = QApplication.focusWidget()
        having = [c for c in self._commands.values() if self._sequence(c) == key and self.is_enabled(c.id)]
        inside = [c for c in having if c.scope is not None and isValid(c.scope) and _holds(c.scope, focused)]
        wide = [c for c in having if c.scope is None]
        for command in [*inside, *wide][:1]:
            self.run(command.id)

    def _trigger(self, command: Command) -> None:
        if self._may_run(command):
            command.run()
        if command.checked is not None and isValid(action := self._actions.get(command.id, self)):
            action.setChecked(command.checked())  # pyright: ignore[reportAttributeAccessIssue]


@cache
def _normal(key: str) -> str:
    """A key in one spelling, so that two can be compared."""
    return QKeySequence(key).toString()


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (focused is pane or pane.isAncestorOf(focused))


def _apart(one: QWidget | None, other: QWidget | None) -> bool:
    """True where two keys can't meet: a pane's and the window's, or those of panes that don't hold each other."""
    if one is other:
        return False
    if one is None or other is None:
        return True
    return not (one.isAncestorOf(other) or other.isAncestorOf(one))


def shortcuts_page(commands: Iterable[Command]) -> str:
    """The documentation page of all commands and their default keys, as Markdown."""
    lines = [
        "# Commands and keys",
        "",
        "Every command is in the palette (Ctrl+K). Keys can be changed in Settings → Keys.",
    ]
    group = None
    for command in commands:
        if command.group != group:
            group = command.group
            lines += ["", f"## {group}", "", "| Command | Key | What it does |", "|---|---|---|"]
        lines.append(f"| {command.text} | {command.key or '–'} | {command.help or '–'} |")
    return "\n".join(lines) + "\n"
