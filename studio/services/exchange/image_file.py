"""One image of the project as a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.lens import OPEN_EYES, Lens
from studio.services.exchange import writing
from studio.services.world import media

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project


def export_image(project: Project, digest: str, dest: Path, lens: Lens = OPEN_EYES) -> None:
    """Write an image, byte for byte. Raises NotFound where the lens may not see it."""
    data = media.bytes_of(project, digest, lens)
    with writing.whole_file(dest) as partial:
        partial.write_bytes(data)
    project.audit("media.export", dest.name, {"hash": digest})
