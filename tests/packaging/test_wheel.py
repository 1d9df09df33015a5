"""The wheel carries the resources, and the package in it finds them."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import studio


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def shipped(root: Path) -> set[str]:
    files = (file for file in (root / "resources").rglob("*") if file.is_file())
    return {f"studio/_resources/{file.relative_to(root / 'resources').as_posix()}" for file in files}


def test_wheel_carries_every_resource(wheel: Path, root: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    absent = {name for name in shipped(root) - names if not Path(name).name.startswith(".")}
    assert not absent


def test_wheel_brings_the_command_and_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        entry = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "ttrpg-studio = studio.__main__:main" in archive.read(entry).decode()
        assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())
        assert not [name for name in archive.namelist() if name.startswith(("tests/", "packaging/"))]


def test_resources_are_found_in_an_installed_package(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import studio; print(studio.resources_dir())"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()) == tmp_path / "studio" / "_resources"


def test_resources_are_found_in_a_checkout(root: Path) -> None:
    assert studio.resources_dir() == root / "resources"


def test_resources_are_found_in_the_frozen_application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carried = tmp_path / "studio" / "_resources"
    carried.mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert studio.resources_dir() == carried
