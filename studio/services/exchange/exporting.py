"""Exporting a project: to a bundle, to world-json, to Markdown. Exports change no record, but are audited."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.errors import Invalid
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project


class Target(NamedTuple):
    """One format that goes out: what it is, its file's ending (none for a folder), and what it can't hold."""

    title: str
    ending: str
    lost: str = "Nothing."


EXPORTS: dict[str, Target] = {
    "ttrpgpack": Target("Project bundle, lossless, with history", ".ttrpgpack"),
    "markdown": Target(
        "Markdown folder or zip with front matter and wikilinks", "",
        "History, provenance, images, pins, clocks and clues.",
    ),
    "world-json": Target(
        "The world as JSON that people can edit", ".json",
        "History, provenance, chats, prompts, blueprints, images, pins, clocks and clues.",
    ),
}  # fmt: skip
"""By the name that `export --format` takes."""


class Exported(Frozen):
    """What was written: records by kind (bundle, world-json) or files (Markdown)."""

    format: str
    path: str
    counts: dict[str, int]


def export_project(project: Project, dest: Path, *, format: str, lens: Lens = OPEN_EYES) -> Exported:
    """Write the project, as the lens shows it, to a file or folder.

    Raises Invalid for a format that isn't known, over a project file, and for a bundle that isn't for the game master:
    its history holds everything that was ever written.
    """
    if dest.suffix.lower() == project.path.suffix.lower() == ".ttrpg" or dest.resolve() == project.path.resolve():
        raise Invalid(f"“{dest.name}” is the name of a project file. Give the export another name.")
    if format == "ttrpgpack":
        if lens != OPEN_EYES:
            raise Invalid(
                "A bundle holds the whole project with its history, for the game master. Choose markdown or world-json."
            )
        from studio.services.exchange.pack import write_pack

        counts = write_pack(project, dest)
    elif format == "world-json":
        counts = _world(project, dest, lens)
    elif format == "markdown":
        from studio.services.exchange.markdown import write_markdown

        counts = {"file": write_markdown(project, dest, lens=lens)}
    else:
        raise Invalid(f"There is no export format “{format}”. Choose one of {', '.join(EXPORTS)}.")
    project.audit("export", dest.name, {"format": format, "counts": counts, "audience": lens.audience})
    return Exported(format=format, path=str(dest), counts=counts)


def _world(project: Project, dest: Path, lens: Lens) -> dict[str, int]:
    import json

    from studio.services.exchange.world_export import world_document
    from studio.services.exchange.writing import whole_file

    document = world_document(project, lens=lens)
    with whole_file(dest) as partial:
        partial.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return {name: len(items) for name, items in document.items() if isinstance(items, list)}
