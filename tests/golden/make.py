"""Makes the golden project file of this version: `python tests/golden/make.py`. A released one is never remade."""

import gzip
import hashlib
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studio.domain.world import Entity
from studio.services import history, sample
from studio.services.chat.recorded import answers
from studio.services.review import paste_and_apply
from studio.services.workspace import Workspace
from studio.storage import bundle, migrations
from studio.storage.project import Project

FOLDER = Path(__file__).parent
BLOB = b"not really a picture"


def packed(version: int) -> Path:
    """Where the golden file of a version lies, compressed."""
    return FOLDER / f"v{version}.ttrpg.gz"


def leave_traces(project: Project) -> None:
    """A thing in the trash, a draft, an attachment: every corner of a file has something in it."""
    with project.commit("world.trash", "Move “Lantern Eel” to the trash") as commit:
        commit.delete(next(e for e in project.all(Entity) if e.name == "Lantern Eel"))
    project.scratch_set("draft:golden", "half a thought")
    bundle.put_blobs(project.sql, [(hashlib.sha256(BLOB).hexdigest(), "image/png", BLOB)])


def make(path: Path) -> Path:
    """Sample campaign, a pasted answer applied, one undo and redo, one undo left open."""
    moments = (datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(seconds=n) for n in range(1_000_000))
    workspace = Workspace.create(path, name=sample.NAME, author="Golden", device="golden", clock=lambda: next(moments))
    workspace.run_now(sample.fill)
    workspace.run_now(paste_and_apply, answers()[0].answer, title="The Nine Lamps")
    workspace.run_now(history.undo)
    workspace.run_now(history.redo)
    workspace.run_now(leave_traces)
    workspace.run_now(history.undo)
    workspace.close()
    return path


def main() -> int:
    """Make it and put it beside this script."""
    with tempfile.TemporaryDirectory() as folder:
        data = make(Path(folder) / "golden.ttrpg").read_bytes()
    packed(migrations.CURRENT).write_bytes(gzip.compress(data, 9, mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
