"""kill -9 while somebody types: nothing committed is lost, and of what is typed no more than the last second."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from studio.domain.world import Entity
from studio.services.workspace import Workspace
from studio.services.world import entities, pages

TYPIST = """
import asyncio, sys, time
from pathlib import Path
import studio.ui
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from qasync import QEventLoop
from studio.services.workspace import Workspace
from studio.settings import SettingsStore
from studio.ui.commands import CommandRegistry
from studio.ui.context import StudioContext
from studio.ui.names import NameIndex
from studio.ui.tasks import Tasks
from studio.ui.theme import Theme
from studio.ui.world import EntryPanel

class Shell:
    def __getattr__(self, name): return lambda *a, **k: None

app = QApplication([])
loop = QEventLoop(app)
asyncio.set_event_loop(loop)
workspace = Workspace.open(Path(sys.argv[1]), author="a", device="d")
host = QWidget()
ctx = StudioContext(workspace=workspace, settings=SettingsStore(None), theme=Theme(app), shell=Shell(),
    commands=CommandRegistry(host), names=NameIndex(host), tasks=Tasks(host, on_message=print, on_crash=print))
panel = EntryPanel(ctx)
panel.show()

async def main():
    panel.show_record(sys.argv[2])
    while panel.view is None:
        await asyncio.sleep(0.01)
    edit, n = panel.view.text.edit, 0
    while True:
        n += 1
        edit.appendPlainText(f"{n} {time.time():.3f}")
        print(n, time.time(), flush=True)
        await asyncio.sleep(0.03)

with loop:
    loop.run_until_complete(main())
"""


@pytest.mark.serial
def test_a_killed_window_loses_less_than_a_second_of_typing(tmp_path: Path, studio_home: Path) -> None:
    path = tmp_path / "w.ttrpg"
    workspace = Workspace.create(path, name="W", author="a", device="d")
    made = workspace.run_now(entities.create_entity, kind="npc", name="Tam", summary="Committed.")
    workspace.close()
    typist = subprocess.Popen([sys.executable, "-c", TYPIST, str(path), made.id], stdout=subprocess.PIPE, text=True)
    assert typist.stdout is not None
    said: list[list[str]] = []
    for line in typist.stdout:
        said.append(line.split())
        if len(said) >= 60:
            break
    typist.send_signal(signal.SIGKILL)
    typist.wait()
    typist.stdout.close()
    again = Workspace.open(path, author="a", device="d")
    try:
        assert again.run_now(pages.recover_drafts) == ["Tam"]
        tam = again.run_now(lambda p: p.get(Entity, made.id))
    finally:
        again.close()
    kept = int(tam.body.splitlines()[-1].split()[0])
    assert tam.summary == "Committed."
    lost = [float(when) for n, when in said if int(n) > kept]
    assert not lost or float(said[-1][1]) - min(lost) < 1.0
