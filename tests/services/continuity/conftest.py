"""A real project file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.storage.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(tmp_path / "world.ttrpg", name="World", author="Ana", device="test")
    yield made
    made.close()
