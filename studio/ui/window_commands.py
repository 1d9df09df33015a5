"""The commands that the window itself brings: file, edit, view, go and help."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from studio.ui.commands import Command
from studio.ui.panels import CHAT, DOCKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.main_window import MainWindow

THEMES = (
    ("system", "Follow the desktop", "contrast"),
    ("light", "Light", "sun"),
    ("dark", "Dark", "moon"),
    ("contrast", "High contrast", "contrast"),
)
PRESETS = (
    ("chat", "Chat only", "Ctrl+Alt+1"),
    ("write", "Write", "Ctrl+Alt+2"),
    ("prep", "Prepare", "Ctrl+Alt+3"),
    ("reset", "Reset layout", "Ctrl+Alt+0"),
)


WRITING = frozenset({"file.import", "file.import_folder", "file.import_clipboard", "file.compact", "file.restore"})


class Acts(Protocol):
    """What the session does for these commands."""

    @property
    def is_open(self) -> bool: ...

    def new(self) -> object: ...
    def open(self) -> object: ...
    def open_sample(self) -> object: ...
    def close_project(self) -> object: ...
    def import_files(self) -> object: ...
    def import_folder(self) -> object: ...
    def import_clipboard(self) -> object: ...
    def imports(self) -> object: ...
    def export(self) -> object: ...
    def compact(self) -> object: ...
    def back_up(self) -> object: ...
    def restore(self) -> object: ...
    def undo(self) -> object: ...
    def redo(self) -> object: ...
    def settings(self, page: str = "") -> object: ...
    def cheat_sheet(self) -> object: ...
    def help(self, page: str = "") -> object: ...
    def about(self) -> object: ...
    def set_look(self, **changes: object) -> object: ...


class LateActs:
    """Stands for the acts until they are there: the commands show in the first paint, their modules come after it."""

    def __init__(self) -> None:
        self.real: Acts | None = None

    @property
    def is_open(self) -> bool:
        """Whether a project is open."""
        return self.real is not None and self.real.is_open

    def __getattr__(self, name: str) -> Callable[..., object]:
        return lambda *args, **named: getattr(self.real, name)(*args, **named) if self.real is not None else None


def window_commands(window: MainWindow, acts: Acts) -> list[Command]:
    """All of them. What changes no project may also be done through somebody else's eyes."""
    reading = [*_file(window, acts), *_view(window, acts), *_go(window, acts), *_help(acts)]
    return [*(replace(command, reads=command.id not in WRITING) for command in reading), *_edit(acts)]


def _file(window: MainWindow, acts: Acts) -> list[Command]:
    return [
        Command("file.new", "New project…", acts.new, "File", "Ctrl+Shift+P", "Make an empty project file.", "plus"),
        Command("file.open", "Open…", acts.open, "File", "Ctrl+O", "Open a project file.", "folder-open"),
        Command("file.sample", "Open the sample campaign", acts.open_sample, "File", "",
                "Your own copy of the sample, with recorded answers.", "sparkles"),
        Command("file.import", "Import…", acts.import_files, "File", "Ctrl+I",
                "Bring texts, exports and packs into the project.", "download", enabled=lambda: acts.is_open),
        Command("file.import_folder", "Import a folder…", acts.import_folder, "File", "Ctrl+Alt+I",
                "Bring a vault, a module or any folder of notes into the project.", "folder-open",
                enabled=lambda: acts.is_open),
        Command("file.import_clipboard", "Import from the clipboard…", acts.import_clipboard, "File", "Ctrl+Alt+V",
                "Bring in what was copied: a card, a chat, a note, a table, or files.", "clipboard-paste",
                enabled=lambda: acts.is_open),
        Command("file.imports", "Past imports…", acts.imports, "File", "",
                "What was imported, and what was left out and why.", "history", enabled=lambda: acts.is_open),
        Command("file.export", "Export…", acts.export, "File", "Ctrl+E",
                "Write the project as a pack, Markdown or JSON.", "upload", enabled=lambda: acts.is_open),
        Command("file.back_up", "Back up now", acts.back_up, "File", "",
                "Make a copy of the project as it stands, and verify it.", "hard-drive", enabled=lambda: acts.is_open),
        Command("file.restore", "Restore a backup…", acts.restore, "File", "",
                "Go back to a copy; the file as it is now is kept beside it.", "rotate-ccw",
                enabled=lambda: acts.is_open),
        Command("file.compact", "Compact the project…", acts.compact, "File", "",
                "Let what was removed long ago leave the file.", "archive", enabled=lambda: acts.is_open),
        Command("file.close", "Close project", acts.close_project, "File", "Ctrl+Shift+W",
                "Back to the start page; everything is stored already.", "x", enabled=lambda: acts.is_open),
        Command("file.settings", "Settings…", acts.settings, "File", "Ctrl+,",
                "Change how the application looks and works.", "settings"),
        Command("file.models", "Models and keys…", lambda: acts.settings("models"), "File", "",
                "Connect models: local, or with a key.", "cpu"),
        Command("file.backups", "Backups…", lambda: acts.settings("files"), "File", "",
                "When copies of projects are made, where, and how many are kept.", "hard-drive"),
        Command("file.quit", "Quit", window.close, "File", "Ctrl+Q", "Close the window; everything is stored already.",
                "log-out"),
    ]  # fmt: skip


def _edit(acts: Acts) -> list[Command]:
    return [
        Command(
            "edit.undo",
            "Undo",
            acts.undo,
            "Edit",
            "Ctrl+Z",
            "Take the last change to the project back, whole.",
            "undo-2",
            enabled=lambda: acts.is_open,
        ),
        Command(
            "edit.redo",
            "Redo",
            acts.redo,
            "Edit",
            "Ctrl+Shift+Z",
            "Do again what was taken back.",
            "redo-2",
            enabled=lambda: acts.is_open,
        ),
    ]


def _view(window: MainWindow, acts: Acts) -> list[Command]:
    palette = Command("view.palette", "Command palette", window.open_palette, "View", "Ctrl+K",
                      "Search and run anything.", "command")  # fmt: skip
    return [palette, *_themes(window, acts), *_text_sizes(window, acts), *_layouts(window, acts)]


def _themes(window: MainWindow, acts: Acts) -> list[Command]:
    look = window.theme
    return [
        Command(
            f"view.theme_{name}", f"Theme: {words}", lambda name=name: acts.set_look(theme=name), "View", "",
            f"Colours: {words.lower()}.", icon, checked=lambda name=name: look.look.theme == name,
        )
        for name, words, icon in THEMES
    ]  # fmt: skip


def _text_sizes(window: MainWindow, acts: Acts) -> list[Command]:
    def grow(by: int) -> Callable[[], object]:
        return lambda: acts.set_look(text_size=window.theme.look.text_size + by)

    return [
        Command("view.text_bigger", "Larger text", grow(10), "View", "Ctrl+=", "Text size up to 200 %.", "type"),
        Command("view.text_smaller", "Smaller text", grow(-10), "View", "Ctrl+-", "Text size down to 80 %.", "type"),
        Command("view.text_normal", "Normal text size", lambda: acts.set_look(text_size=100), "View", "Ctrl+0",
                "Text size 100 %.", "type"),
    ]  # fmt: skip


def _layouts(window: MainWindow, acts: Acts) -> list[Command]:
    return [
        Command(
            f"view.layout_{name}", f"Layout: {words}", lambda name=name: window.use_layout(name), "View", key,
            "Arrange the docks.", "panels-top-left", enabled=lambda: acts.is_open,
        )
        for name, words, key in PRESETS
    ]  # fmt: skip


def _go(window: MainWindow, acts: Acts) -> list[Command]:
    found = [
        Command(
            f"go.{spec.id}",
            spec.title,
            lambda spec=spec: window.show_panel(spec.id),
            "Go",
            spec.key,
            f"Go to {spec.title}.",
            spec.icon,
            enabled=lambda: acts.is_open,
        )
        for spec in (CHAT, *DOCKS)
    ]
    return [
        *found,
        Command(
            "view.stretch",
            "Stretch the view",
            window.stretch_view,
            "View",
            "Ctrl+Alt+Up",
            "Give graph, timeline or map the place of the chat too, or the chat its place back.",
            "maximize-2",
            enabled=lambda: acts.is_open,
        ),
        Command(
            "go.next_pane", "Next pane", window.next_pane, "Go", "F6", "Move the focus to the next pane.", "arrow-right"
        ),
        Command(
            "go.previous_pane",
            "Previous pane",
            lambda: window.next_pane(-1),
            "Go",
            "Shift+F6",
            "Move the focus to the pane before.",
            "arrow-left",
        ),
    ]


def _help(acts: Acts) -> list[Command]:
    return [
        Command("help.guide", "User guide", acts.help, "Help", "F1", "How everything works.", "circle-help"),
        Command(
            "help.keys",
            "Keys",
            acts.cheat_sheet,
            "Help",
            "Ctrl+/",
            "All commands and their keys on one sheet.",
            "keyboard",
        ),
        Command(
            "help.about", "About TTRPG Studio", acts.about, "Help", "", "Version, licences, where files lie.", "info"
        ),
    ]
