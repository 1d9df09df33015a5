"""Takes the pictures of the window that README and the user guide show. Run it with the environment's own Python.

    .venv/bin/python packaging/pictures.py [FOLDER] [--only graph …] [--theme dark …]

The real window, offscreen, over a fresh copy of the sample. What is on each picture, `picture_scenes` says.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from picture_scenes import Scene, Stage

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "resources" / "docs" / "pictures"
LOOKS = {"light": "", "dark": "-dark", "contrast": "-contrast"}
"""What a theme adds to a picture's name; Help shows the dark one to those who look at it in the dark."""


async def open_stage(theme: Any, home: Path, text_size: int) -> Stage:
    """The window with a fresh sample campaign in it."""
    from picture_scenes import Stage

    from studio.services import sample
    from studio.settings import SettingsStore
    from studio.ui.desktop import Desktop
    from studio.ui.main_window import MainWindow
    from studio.ui.session import Session
    from studio.ui.state import WindowState
    from studio.ui.window_commands import window_commands

    settings = SettingsStore(home)
    settings.set(theme="light", text_size=text_size)
    theme.set(theme="light", text_size=text_size)
    window = MainWindow(theme=theme, state=WindowState(home))
    session = Session(window, settings)
    window.registry.add(*window_commands(window, Desktop(window, session, settings)))
    window.show()
    path = home / "Sample campaign.ttrpg"
    await session.enter(path, lambda: sample.create(path))
    stage = Stage(window, session, settings)
    await stage.until(lambda: session.ctx is not None and window.chat is not None, "the panels")
    return stage


async def take(theme: Any, folder: Path, scenes: Sequence[Scene], looks: Sequence[str], text_size: int) -> None:
    """Each scene, in each theme."""
    from small_png import save

    home = Path(tempfile.mkdtemp(prefix="pictures-"))
    try:
        stage = await open_stage(theme, home, text_size)
        for scene in scenes:
            shown = None
            for look in looks:
                stage.settings.set(theme=look)
                await asyncio.sleep(0.6)
                if shown is None or scene.anew:
                    await stage.tidy()
                    shown = await scene.play(stage)
                save(shown.grab().toImage(), folder / f"{scene.name}{LOOKS[look]}.png")
            await stage.tidy()
            print(scene.name, flush=True)
        await stage.session.close()
        stage.window.close()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def arguments(names: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PLACE)
    parser.add_argument("--only", action="append", choices=names, help="all pictures unless given")
    parser.add_argument("--text-size", type=int, default=100, help="percent, 80 to 200")
    parser.add_argument("--theme", action="append", choices=sorted(LOOKS), help="light and dark unless given")
    return parser.parse_args()


def main() -> None:
    """Take them."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
    sys.path.insert(0, str(ROOT))
    from picture_scenes import SCENES
    from PySide6.QtWidgets import QApplication

    from studio.ui import qt  # noqa: F401  (before anything of pydantic)
    from studio.ui.runtime import run
    from studio.ui.theme import Look, Theme

    given = arguments([scene.name for scene in SCENES])
    scenes = [scene for scene in SCENES if not given.only or scene.name in given.only]
    app = QApplication(["ttrpg-studio"])
    app.setCursorFlashTime(0)
    given.folder.mkdir(parents=True, exist_ok=True)

    async def work() -> int:
        theme = Theme(app, Look(theme="light"))
        await take(theme, given.folder, scenes, given.theme or ("light", "dark"), given.text_size)
        return 0

    def failed(error: BaseException, where: str) -> None:
        print(f"{where}: {error!r}", file=sys.stderr)

    raise SystemExit(run(app, work, on_error=failed))


if __name__ == "__main__":
    main()
