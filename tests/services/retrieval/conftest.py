"""A project to retrieve from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.storage.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An empty project."""
    made = Project.create(tmp_path / "World.ttrpg", name="World", author="tester", device="device-1")
    yield made
    made.close()
