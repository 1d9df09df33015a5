"""TTRPG Studio: the package itself, its version, and where the files that ship with it lie."""

import sys
from pathlib import Path

__version__ = "0.1.0"


def resources_dir() -> Path:
    """Folder of the shipped files: the checkout's `resources/`, else what the wheel or the frozen app carries."""
    package = Path(sys._MEIPASS) / "studio" if hasattr(sys, "_MEIPASS") else Path(__file__).parent  # pyright: ignore
    shipped = package / "_resources"
    return shipped if shipped.is_dir() else package.parent / "resources"
