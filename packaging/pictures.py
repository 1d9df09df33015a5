"""Takes the pictures of the window that README and the user guide show. Run it with the environment's own Python.

    .venv/bin/python packaging/pictures.py [FOLDER]

The real window, offscreen, over a fresh copy of the sample: a question is asked, its recorded answer is reviewed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "resources" / "docs" / "pictures"
QUESTION = "Build me a short campaign on a storm-broken coast where lighthouses keep something asleep."
NAMES = {"light": "main-window.png", "dark": "main-window-dark.png", "contrast": "main-window-contrast.png"}


async def until(true: Callable[[], Any], *, what: str, seconds: float = 30.0) -> None:
    """Wait for the window to get somewhere."""
    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            raise SystemExit(f"waited {seconds:.0f} s in vain for {what}")
        await asyncio.sleep(0.05)


async def ask_and_review(window: Any, session: Any, *, review: bool = True) -> None:
    """A new conversation, one question, its answer, and the review of it."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    await until(lambda: session.ctx is not None and window.chat is not None, what="the panels")
    chat = window.chat
    await until(lambda: chat.state.found or not chat.welcome.isVisible(), what="the last chat")
    await asyncio.sleep(1)
    window.registry.run("chat.new")
    await until(lambda: chat.welcome.isVisible(), what="the new chat")
    before = len(chat.state.found)
    chat.composer.edit.setPlainText(QUESTION)
    QTest.keyClick(chat.composer.edit, Qt.Key.Key_Return)
    await until(lambda: len(chat.state.found) > before, what="what the answer holds")
    await asyncio.sleep(0.5)
    if review:
        window.registry.run("chat.save")
        await until(lambda: window.review.draft is not None, what="the review")
    await asyncio.sleep(0.8)


async def take(theme: Any, folder: Path, *, names: dict[str, str], size: tuple[int, int], text_size: int) -> None:
    """One picture for each theme."""
    from studio.services import sample
    from studio.settings import SettingsStore
    from studio.ui.desktop import Desktop
    from studio.ui.main_window import MainWindow
    from studio.ui.session import Session
    from studio.ui.state import WindowState
    from studio.ui.window_commands import window_commands

    home = Path(tempfile.mkdtemp(prefix="pictures-"))
    try:
        settings = SettingsStore(home)
        settings.set(theme="light", text_size=text_size)
        theme.set(theme="light", text_size=text_size)
        window = MainWindow(theme=theme, state=WindowState(home))
        session = Session(window, settings)
        window.registry.add(*window_commands(window, Desktop(window, session, settings)))
        window.resize(*size)
        window.show()
        path = home / "Sample campaign.ttrpg"
        await session.enter(path, lambda: sample.create(path))
        await ask_and_review(window, session)
        for look, name in names.items():
            settings.set(theme=look)
            await asyncio.sleep(0.6)
            if not window.grab().save(str(folder / name)):
                raise SystemExit(f"could not write {folder / name}")
        await session.close()
        window.close()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PLACE)
    parser.add_argument("--size", default="1400x900", help="width and height of the window")
    parser.add_argument("--text-size", type=int, default=100, help="percent, 80 to 200")
    parser.add_argument("--theme", action="append", choices=sorted(NAMES), help="light and dark unless given")
    given = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
    sys.path.insert(0, str(ROOT))
    from PySide6.QtWidgets import QApplication

    from studio.ui import qt  # noqa: F401  (before anything of pydantic)
    from studio.ui.runtime import run
    from studio.ui.theme import Look, Theme

    app = QApplication(["ttrpg-studio"])
    app.setCursorFlashTime(0)
    given.folder.mkdir(parents=True, exist_ok=True)
    wide, high = (int(part) for part in given.size.split("x"))
    names = {look: NAMES[look] for look in given.theme or ("light", "dark")}

    async def work() -> int:
        theme = Theme(app, Look(theme="light"))
        await take(theme, given.folder, names=names, size=(wide, high), text_size=given.text_size)
        return 0

    def failed(error: BaseException, where: str) -> None:
        print(f"{where}: {error!r}", file=sys.stderr)

    raise SystemExit(run(app, work, on_error=failed))


if __name__ == "__main__":
    main()
