"""Rules that keep the window alive, checked in the source."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NESTED = {
    "exec", "exec_", "processEvents", "getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory",
    "question", "warning", "information", "critical", "getText", "getItem", "waitForFinished",
}  # fmt: skip
MAY_WARN = {"log", "logger", "logging"}
HEAVY = (
    "lancedb",
    "litellm",
    "openai",
    "pyarrow",
    "numpy",
    "networkx",
    "keyring",
    "httpx",
    "pydantic",
    "qasync",
    "peewee",
)
LATE = [
    "studio.domain.record", "studio.storage.project", "studio.services.workspace", "studio.ui.panel", "studio.ui.start",
    "studio.ui.palette", "studio.ui.kit.surfaces", "studio.ui.kit.scroll", "studio.ui.kit.scene",
    "studio.ui.kit.fields",
]  # fmt: skip
"""What only a project that is there needs, or the start page, beside the modules of the panels."""


def sources(root: Path) -> list[Path]:
    return [*(root / "studio" / "ui").rglob("*.py"), root / "studio" / "app.py"]


def _calls(node: ast.AST) -> list[ast.Call]:
    return [n for n in ast.walk(node) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]


def test_no_coroutine_starts_a_nested_event_loop(root: Path) -> None:
    bad = []
    for file in sources(root):
        for function in ast.walk(ast.parse(file.read_text())):
            if not isinstance(function, ast.AsyncFunctionDef):
                continue
            for call in _calls(function):
                assert isinstance(call.func, ast.Attribute)
                owner = call.func.value.id if isinstance(call.func.value, ast.Name) else ""
                if call.func.attr in NESTED and owner not in MAY_WARN:
                    bad.append((file.name, function.name, call.func.attr, call.lineno))
    assert not bad


def test_nothing_in_the_window_sleeps_or_blocks_on_close(root: Path) -> None:
    bad = []
    for file in sources(root):
        text = file.read_text()
        bad += [(file.name, word) for word in ("time.sleep", "asyncClose", "QMessageBox") if word in text]
    assert not bad


def test_dialogs_are_opened_never_executed(root: Path) -> None:
    bad = []
    for file in sources(root):
        for call in _calls(ast.parse(file.read_text())):
            assert isinstance(call.func, ast.Attribute)
            name = call.func.value.id if isinstance(call.func.value, ast.Name) else ""
            if call.func.attr in ("exec", "exec_") and name not in ("menu", "drag", "app"):
                bad.append((file.name, call.lineno))
    assert not bad


def test_nothing_slow_is_imported_before_the_first_paint(root: Path, studio_home: Path) -> None:
    program = f"""
import os, sys
import studio.app as app
os.environ["TTRPG_STUDIO_EXIT_AFTER_PAINT"] = "1"
assert app.main([]) == 0
print([name for name in {HEAVY!r} if name in sys.modules], flush=True)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr[-2000:]


def test_the_frame_of_a_project_is_painted_without_any_panel(root: Path, studio_home: Path, tmp_path: Path) -> None:
    program = f"""
import os, sys
import studio.app as app
os.environ["TTRPG_STUDIO_EXIT_AFTER_PAINT"] = "1"
assert app.main([{str(tmp_path / "Coast.ttrpg")!r}]) == 0
from studio.ui.panels import CHAT, DOCKS, REVIEW
late = [spec.module for spec in (CHAT, REVIEW, *DOCKS)] + {LATE!r}
print([name for name in late if name in sys.modules], flush=True)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr[-2000:]


def test_the_application_quits_after_its_first_paint_when_asked(root: Path) -> None:
    import os

    env = {**os.environ, "TTRPG_STUDIO_EXIT_AFTER_PAINT": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "studio"], cwd=root, env=env, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
