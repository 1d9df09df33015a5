"""Many rounds of work in the window: reference counts stay, memory stays, nothing crashes."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.services import sample
from studio.ui.desktop import Desktop
from studio.ui.session import Session
from studio.ui.window_commands import window_commands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.settings import SettingsStore
    from studio.ui.main_window import MainWindow

ROUNDS = int(os.environ.get("TTRPG_STUDIO_SOAK_ROUNDS", "24"))
WARM = 4
"""Rounds after which whatever is made once is there."""
Run = Callable[[Any], Any]


def resident() -> float:
    """Resident memory in MB; 0 where it can't be read."""
    status = Path("/proc/self/status")
    line = next((x for x in status.read_text().splitlines() if x.startswith("VmRSS")), "") if status.exists() else ""
    return int(line.split()[1]) / 1024 if line else 0.0


@pytest.mark.soak
@pytest.mark.timeout(240)
def test_rounds_of_work_leave_references_and_memory_as_they_were(
    window: MainWindow, settings: SettingsStore, tmp_path: Path, qtbot: QtBot, run: Run
) -> None:
    path = tmp_path / "Sample.ttrpg"
    run(asyncio.to_thread(lambda: sample.create(path).close()))
    session = Session(window, settings)
    window.registry.add(*window_commands(window, Desktop(window, session, settings)))
    opening = session.open(path)
    qtbot.waitUntil(opening.done, timeout=20_000)
    assert session.ctx is not None
    names = session.ctx.names
    qtbot.waitUntil(lambda: len(names) > 20, timeout=10_000)
    records = cycle([row.record_id for row in names.search("", limit=30)])
    none_before, true_before, memory = sys.getrefcount(None), sys.getrefcount(True), 0.0
    for n in range(ROUNDS):
        if n == WARM:
            gc.collect()
            none_before, true_before, memory = sys.getrefcount(None), sys.getrefcount(True), resident()
        one_round(window, session, next(records), qtbot, dark=n % 2 == 0)
    gc.collect()
    closing = window.tasks.start(session.close())
    assert window.property("crashes") == []
    if sys.version_info < (3, 12):  # None and True are immortal later on
        assert none_before - sys.getrefcount(None) < 500
        assert true_before - sys.getrefcount(True) < 500
    assert resident() - memory < 60, f"{memory:.0f} MB grew to {resident():.0f} MB in {ROUNDS} rounds"
    qtbot.waitUntil(closing.done, timeout=10_000)


def one_round(window: MainWindow, session: Session, record: str, qtbot: QtBot, *, dark: bool) -> None:
    """Palette, navigation, panes, theme: what a user does in some seconds."""
    palette = window.command_palette()
    palette.open()
    QTest.keyClicks(palette.edit, "coast")
    QTest.keyClick(palette.edit, Qt.Key.Key_Escape)
    assert session.ctx is not None
    session.ctx.navigate(record)
    for _ in range(4):
        window.next_pane()
    window.arrangement.preset("write" if dark else "prep")
    window.theme.set(theme="dark" if dark else "light")
    window.shell.toast("Saved")
    qtbot.wait(30)
