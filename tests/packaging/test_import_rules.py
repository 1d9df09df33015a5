"""The import contracts bite: each forbidden import, put into a small tree of the same rooms, is refused."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOMS = ("ui", "services", "storage", "engine", "domain", "observability", "services/llm", "ui/chat", "ui/world")
FORBIDDEN = {
    "Rooms import downward only": ("storage/x.py", "import studio.services"),
    "every room has its place": ("utils/__init__.py", ""),
    "The engine knows domain and observability only": ("engine/x.py", "import studio.settings"),
    "Only services open the store": ("ui/x.py", "import studio.storage"),
    "Services know the engine's protocol and client": ("services/x.py", "import studio.engine.models"),
    "Docks do not know one another": ("ui/chat/x.py", "import studio.ui.world"),
    "No cycles inside a room": ("domain/x.py", "import studio.domain.y"),
    "Qt lives in ui and app": ("services/x.py", "import PySide6.QtCore"),
    "Database, keyring and folders live in storage": ("services/x.py", "import peewee"),
    "What is slow or can crash lives in the engine": ("services/x.py", "import litellm"),
    "Network calls live in services.llm and the engine": ("services/x.py", "import httpx"),
    "Cryptography lives in storage and services.sync": ("services/x.py", "import cryptography"),
    "The team server knows wire and observability only": ("server/__init__.py", "import studio.domain"),
    "Web frameworks live in server and api": ("services/x.py", "import fastapi"),
}
ALLOWED = {
    "app.py": "import PySide6.QtCore, studio.ui, studio.services",
    "ui/x.py": "import PySide6.QtCore, studio.services",
    "services/x.py": "import studio.storage, studio.engine.client",
    "services/llm/x.py": "import httpx",
    "storage/x.py": "import peewee, keyring, cryptography, studio.domain",
    "engine/x.py": "import litellm, studio.domain",
}


@pytest.fixture
def tree(tmp_path: Path, root: Path) -> Path:
    """A package of the same rooms, with the project's own contracts."""
    (tmp_path / "pyproject.toml").write_text((root / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    files = [f"{room}/__init__.py" for room in ROOMS] + ["engine/client.py", "engine/protocol.py", "engine/models.py"]
    for name in ("__init__.py", "__main__.py", "app.py", "cli.py", "settings.py", "domain/y.py", *files):
        write(tmp_path, name, "")
    return tmp_path


def write(tree: Path, name: str, text: str) -> None:
    file = tree / "studio" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text + "\n", encoding="utf-8")


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    return subprocess.run([sys.executable, "-c", code], cwd=tree, capture_output=True, text=True, check=False)


def test_what_the_design_allows_passes(tree: Path) -> None:
    for name, text in ALLOWED.items():
        write(tree, name, text)
    done = lint(tree)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("contract", FORBIDDEN)
def test_forbidden_import_is_refused(tree: Path, contract: str) -> None:
    name, text = FORBIDDEN[contract]
    write(tree, name, text)
    if "cycles" in contract:
        write(tree, "domain/y.py", "import studio.domain.x")
    done = lint(tree)
    assert done.returncode == 1, done.stdout
    broken = [line for line in done.stdout.splitlines() if line.endswith("BROKEN")]
    assert len(broken) == 1, done.stdout
    assert contract in broken[0]
