"""Real project files, empty."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studio.storage.project import Project

Make = Callable[..., Project]


@pytest.fixture
def make_project(tmp_path: Path) -> Iterator[Make]:
    """Makes project files that are closed at the end."""
    made: list[Project] = []

    def make(name: str = "World") -> Project:
        made.append(Project.create(tmp_path / f"{name}-{len(made)}.ttrpg", name=name, author="Ana", device="test"))
        return made[-1]

    yield make
    for project in made:
        project.close()


@pytest.fixture
def project(make_project: Make) -> Project:
    """One empty project."""
    return make_project()
