"""Commands on a project as a whole: make it, open its window, count it, search it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from studio.domain.lens import OPEN_EYES
from studio.services.workspace import Workspace

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from pathlib import Path

    from studio.cli.output import Output
    from studio.domain.lens import Lens


@contextmanager
def opened(path: Path) -> Iterator[Workspace]:
    """The project, closed again whatever happens."""
    workspace = Workspace.open(path)
    try:
        yield workspace
    finally:
        workspace.close()


def open_window(arguments: Namespace, _output: Output) -> int:
    """Only reached through `open` with options: the plain form goes to the window directly."""
    import subprocess
    import sys

    files = [str(arguments.file)] if arguments.file else []
    return subprocess.run([sys.executable, "-m", "studio", "open", *files], check=False).returncode


def new(arguments: Namespace, output: Output) -> int:
    """Make a project file."""
    path: Path = arguments.file
    if path.suffix.lower() != ".ttrpg":
        path = path.with_name(f"{path.name}.ttrpg")
    name = arguments.name.strip() or path.stem
    if arguments.sample:
        from studio.services import sample

        workspace = sample.create(path, name=arguments.name.strip() or sample.NAME)
    else:
        workspace = Workspace.create(path, name=name)
    try:
        from studio.services.overview import overview

        found = workspace.run_now(overview)
    finally:
        workspace.close()
    return output.result(found, f"Made “{found.name}”: {path}")


def info(arguments: Namespace, output: Output) -> int:
    """Count what is in a project."""
    from studio.services.overview import overview

    with opened(arguments.file) as workspace:
        found = workspace.run_now(overview, lens=lens_of(workspace, arguments))
    lines = [f"{found.name} ({found.path})", ""]
    lines += [f"  {number:>7}  {kind.replace('_', ' ')}" for kind, number in found.counts.items() if number]
    lines += ["", f"Last change: {found.last_change:%Y-%m-%d %H:%M} UTC"] if found.last_change else []
    lines += [f"Undo would take back: {found.undo}"] if found.undo else []
    lines += [f"Search index: {found.search_index}"] if found.search_index else []
    return output.result(found, lines)


def lens_of(workspace: Workspace, arguments: Namespace) -> Lens:
    """As whom and as of when to look: `--audience` and `--as-of` of a reading command."""
    if arguments.audience == OPEN_EYES.audience and not arguments.as_of:
        return OPEN_EYES
    from studio.services.world.lenses import lens_for

    return workspace.run_now(lens_for, audience=arguments.audience, as_of=arguments.as_of)
