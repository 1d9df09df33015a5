"""The worlds of the shared corpus."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def worlds(shared: Path) -> list[Path]:
    """The world files of the corpus."""
    return sorted((shared / "eval" / "worlds").glob("*/world.json"))
