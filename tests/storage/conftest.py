"""Project files in a folder of their own."""

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
        made.append(Project.create(tmp_path / f"{name}-{len(made)}.ttrpg", name=name, author="tester", device="d1"))
        return made[-1]

    yield make
    for project in made:
        project.close()


@pytest.fixture
def project(make_project: Make) -> Project:
    """One empty project."""
    return make_project()
