"""Composition root of the desktop: look, window, first paint; then settings, services and the project."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from studio.ui import qt
from studio.ui.instance import forward, socket_name
from studio.ui.main_window import MainWindow
from studio.ui.runtime import run, wait_for_paint
from studio.ui.state import WindowState
from studio.ui.theme import Look, Theme
from studio.ui.window_commands import LateActs, window_commands

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from studio.observability.session import SessionLog
    from studio.ui.window_commands import Acts

EXIT_AFTER_PAINT = "TTRPG_STUDIO_EXIT_AFTER_PAINT"
_IMPORTED = time.perf_counter()


def main(argv: list[str]) -> int:
    """Show the window and run until it closes. Nothing slow is imported before the first paint."""
    from studio.services.folders import config_dir

    home = config_dir()
    args = [_absolute(arg) for arg in argv]
    name = socket_name(home)
    app, made = _application()
    if forward(name, args):
        return 0
    raw = _raw_settings(home)
    theme = Theme(app, _look(raw), fusion=made)
    window = MainWindow(theme=theme, state=WindowState(home), keys=_keys(raw))
    acts = LateActs()
    window.registry.add(*window_commands(window, cast("Acts", acts)))
    window.fill_menus_now()
    window.registry.refresh()
    first = _first_project(args, window.state, raw)
    _furnish_first_paint(window, first)
    window.show()
    wait_for_paint(window)
    painted_ms = (time.perf_counter() - _IMPORTED) * 1000
    if os.environ.get(EXIT_AFTER_PAINT) == "1":
        return 0
    record = _session_log(painted_ms)
    try:
        return _go_on(app, window, acts, name, args, first, recent=record.last_lines)
    finally:
        record.close()


def _session_log(painted_ms: float) -> SessionLog:
    from studio.observability import metrics
    from studio.observability.session import SessionLog
    from studio.services.folders import log_dir

    metrics.session.timing("paint.first", painted_ms)
    return SessionLog(log_dir())


def _go_on(
    app: QApplication, window: MainWindow, acts: LateActs, name: str, args: list[str], first: Path | None,
    *, recent: Callable[[int], list[str]],
) -> int:  # fmt: skip
    from studio.ui import picture
    from studio.ui.running import Running

    qt.pin_garbage_collection(window)
    running = Running(app, window, acts, socket=name, recent=recent)
    picture.when_asked(window)
    return run(app, lambda: running.main(args, first), on_error=running.crash)


def _application() -> tuple[QApplication, bool]:
    """The application, and whether it was made now, in the style that the theme wants."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    policy = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(policy)
    there = QApplication.instance()
    app = there or QApplication([*sys.argv[:1], "-style", "fusion"])
    assert isinstance(app, QApplication)
    app.setApplicationName("TTRPG Studio")
    app.setDesktopFileName("ttrpg-studio")
    return app, there is None


def _absolute(arg: str) -> str:
    """Arguments may be handed to an application that runs in another folder."""
    return arg if arg.startswith(("-", "ttrpgstudio:")) else str(Path(arg).expanduser().absolute())


def _raw_settings(folder: Path) -> dict[str, object]:
    """The settings file unchecked: its model is too slow to import before the first paint."""
    try:
        raw = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return raw if isinstance(raw, dict) else {}


def _look(raw: dict[str, object]) -> Look:
    plain = Look()
    theme, size = raw.get("theme"), raw.get("text_size")
    return Look(
        theme=theme if theme in ("system", "light", "dark", "contrast") and isinstance(theme, str) else plain.theme,
        text_size=size if isinstance(size, int) and 80 <= size <= 200 else plain.text_size,
        compact=raw.get("compact") is True,
        reduce_motion=raw.get("reduce_motion") is True,
    )


def _keys(raw: dict[str, object]) -> dict[str, str]:
    keys = raw.get("keys")
    return {str(k): str(v) for k, v in keys.items()} if isinstance(keys, dict) else {}


def _first_project(args: list[str], state: WindowState, raw: dict[str, object]) -> Path | None:
    """The project to open: the one that was named, or the last one."""
    named = next((Path(arg) for arg in args if arg.lower().endswith(".ttrpg")), None)
    if named is not None or raw.get("reopen_last") is False:
        return named
    last = state.get("last")
    return Path(last) if isinstance(last, str) and last and Path(last).exists() else None


def _furnish_first_paint(window: MainWindow, first: Path | None) -> None:
    if first is None:
        window.show_start()
    else:
        window.show_opening(first.stem)
