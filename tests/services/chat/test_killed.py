"""A process that is killed in the middle of an answer loses at most a second of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from studio.services.chat import messages, threads
from studio.services.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

STREAM = """
import asyncio, json, sys, time
from pathlib import Path
from studio.services.chat import threads
from studio.services.chat.conductor import Conductor
from studio.services.chat.recorded import RECORDED, Recorded
from studio.services.workspace import Workspace

async def main():
    workspace = Workspace.create(Path(sys.argv[1]), name="Killed", author="me", device="test")
    thread = await workspace.run(threads.create_thread, model=RECORDED)
    conductor = Conductor(workspace, lambda: None, recorded=Recorded(pause=0.03))
    asking = await conductor.ask(thread.id, "Build me a campaign on the coast")
    while asking.running:
        print(json.dumps([time.time(), len(asking.text)]), flush=True)
        await asyncio.sleep(0.02)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX systems")
def test_kill_9_while_an_answer_streams_keeps_all_but_the_last_second(tmp_path: Path) -> None:
    path = tmp_path / "Killed.ttrpg"
    process = subprocess.Popen([sys.executable, "-c", STREAM, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    seen: list[tuple[float, int]] = []
    for line in process.stdout:
        seen.append(tuple(json.loads(line)))
        if seen[-1][0] - seen[0][0] > 2.5:
            os.kill(process.pid, signal.SIGKILL)
            break
    killed = time.time()
    process.wait()
    process.stdout.close()
    a_second_before = max((length for at, length in seen if at <= killed - 1.1), default=0)
    workspace = Workspace.open(path, author="me", device="test")
    (message,) = workspace.run_now(messages.recover_answers)
    assert message.state == "stopped"
    assert len(message.text) >= a_second_before > 200
    (thread,) = workspace.run_now(threads.list_threads)
    assert thread.messages == 2
    workspace.close()
