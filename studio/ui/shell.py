"""What panels may ask of the window: navigation, messages, and dialogs that are awaited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.announce import announce

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.ui.dialogs.ask import TextAct
    from studio.ui.kit.feedback import Toast
    from studio.ui.main_window import MainWindow


class WindowShell:
    """The `Shell` of `context`, over the main window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._toast: Toast | None = None
        self.on_navigate: Callable[[str, tuple[int, int] | None, str], object] | None = None
        self.on_settings: Callable[[str], object] | None = None

    def navigate(self, record_id: str, span: tuple[int, int] | None = None, kind: str = "") -> None:
        """Show a record in the panel that handles its kind."""
        if self.on_navigate is not None:
            self.on_navigate(record_id, span, kind)

    def toast(self, text: str, undo: Callable[[], object] | None = None, action: str = "Undo") -> None:
        """A sentence over the window, also said to a screen reader."""
        if self._toast is None:
            from studio.ui.kit.feedback import Toast

            self._toast = Toast(self._window, free=self._window.free_area)
        self._toast.say(text, undo=undo, action=action)
        self.announce(text)

    def settle_toast(self) -> None:
        """Put the toast where nothing lies under it that is needed now."""
        if self._toast is not None:
            self._toast.place()

    @property
    def toast_text(self) -> str:
        """The sentence of the last toast."""
        return "" if self._toast is None else self._toast.text()

    def announce(self, text: str) -> None:
        """Say it to a screen reader, politely, once."""
        announce(self._window.status.message, text)

    def show_panel(self, panel_id: str, *, focus: bool = True) -> None:
        """Bring a panel up, and the focus into it."""
        self._window.show_panel(panel_id, focus=focus)

    async def flush(self) -> None:
        """Store what is typed anywhere, now."""
        for panel in self._window.panels().values():
            await panel.flush()

    def open_settings(self, page: str = "") -> None:
        """The settings dialog, on a page."""
        if self.on_settings is not None:
            self.on_settings(page)

    async def confirm(self, title: str, sentence: str, *, action: str, danger: bool = False) -> bool:
        """Ask before doing something."""
        from studio.ui.dialogs import ask

        return await ask.confirm(self._window, title, sentence, action=action, danger=danger)

    async def ask_text(
        self, title: str, *, label: str, text: str = "", action: str = "Save", hint: str = "",
        act: TextAct | None = None,
    ) -> str | None:  # fmt: skip
        """Ask for a line of text; the hint stands in it while it is empty. What `act` refuses can be mended there."""
        from studio.ui.dialogs import ask

        return await ask.ask_text(self._window, title, label=label, text=text, action=action, hint=hint, act=act)

    async def pick_open(self, title: str, *, filters: str = "", many: bool = False) -> list[Path]:
        """Ask for files to read."""
        from studio.ui.dialogs import ask

        return await ask.pick_open(self._window, title, filters=filters or ask.ANY_FILTER, many=many)

    async def pick_save(self, title: str, *, suggested: str = "", filters: str = "") -> Path | None:
        """Ask for a file to write."""
        from studio.ui.dialogs import ask

        return await ask.pick_save(self._window, title, suggested=suggested, filters=filters or ask.PROJECT_FILTER)
