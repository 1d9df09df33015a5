"""The checkout holds what it should: the fixed top level, and no trace of the machines it was written on."""

import shutil
import subprocess
from pathlib import Path

import pytest

TOP = {
    *("studio", "resources", "tests", "packaging", "pyproject.toml", "studio.spec"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", ".ci"),
}
# Written in halves, so that this file does not contain them.
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org", "deb.debian" + ".org")
PATHS = ("/work" + "/main", "/work" + "/shared", "/opt" + "/wheels")


@pytest.fixture(scope="module")
def tracked(root: Path) -> list[Path]:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    done = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [root / name for name in done.stdout.split("\0") if name and (root / name).is_file()]


def test_top_level_holds_only_its_fixed_names(root: Path, tracked: list[Path]) -> None:
    names = {file.relative_to(root).parts[0] for file in tracked}
    assert not {name for name in names - TOP if not name.startswith(".")}


def test_no_file_names_a_registry_or_a_machine(tracked: list[Path]) -> None:
    guilty = []
    for file in tracked:
        text = file.read_bytes().decode("utf-8", errors="ignore")
        guilty += [f"{file.name}: {word}" for word in (*HOSTS, *PATHS) if word in text]
    assert not guilty


def test_python_files_stay_small_enough_to_read(root: Path, tracked: list[Path]) -> None:
    long = {
        str(file.relative_to(root)): lines
        for file in tracked
        if file.suffix == ".py" and (lines := len(file.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert not long
