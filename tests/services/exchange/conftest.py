"""Fresh project files, and the worlds of the shared corpus."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studio.storage.project import Project

Make = Callable[..., Project]


@pytest.fixture
def make_project(tmp_path: Path) -> Iterator[Make]:
    """Makes project files that are closed at the end."""
    made: list[Project] = []

    def make(name: str = "Test") -> Project:
        path = tmp_path / f"{name}-{len(made)}.ttrpg"
        made.append(Project.create(path, name=name, author="tester", device="d1"))
        return made[-1]

    yield make
    for project in made:
        project.close()


@pytest.fixture
def project(make_project: Make) -> Project:
    """One empty project."""
    return make_project()


@pytest.fixture(scope="session")
def worlds(shared: Path) -> list[Path]:
    """The world files of the corpus."""
    return sorted((shared / "eval" / "worlds").glob("*/world.json"))
