"""Markdown in and out of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.blueprint import Blueprint
from studio.domain.errors import Invalid
from studio.services.foundry.links import linked_names, resolve
from studio.services.foundry.markdown import render_markdown
from studio.services.foundry.parsing import parse_markdown

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.ids import RecordId
    from studio.storage.project import Project


class Imported(NamedTuple):
    """A blueprint made from Markdown, and the headings that nothing was made of."""

    blueprint: Blueprint
    unknown: tuple[str, ...]


def markdown_of(project: Project, blueprint_id: RecordId) -> str:
    """The blueprint as Markdown, with the present names of what it links to."""
    blueprint = project.get(Blueprint, blueprint_id)
    return render_markdown(blueprint, {ref: hit.name for ref, hit in linked_names(project, blueprint).items()})


def export_markdown(project: Project, blueprint_id: RecordId, path: Path) -> None:
    """Write the Markdown to a file."""
    text = markdown_of(project, blueprint_id)
    path.write_text(text, encoding="utf-8")
    project.audit("blueprint.export", path.name, {"blueprint": blueprint_id})


def create_from_markdown(project: Project, text: str) -> Imported:
    """A new blueprint from Markdown with our headings. Raises Invalid where there are none."""
    parsed = parse_markdown(text, resolve=lambda name: resolve(project, name))
    with project.commit("blueprint.import", f"Import blueprint “{parsed.blueprint.name}”") as commit:
        return Imported(commit.put(parsed.blueprint), parsed.unknown)


def create_from_file(project: Project, path: Path) -> Imported:
    """A new blueprint from a Markdown file. Raises Invalid for a file that isn't text."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"“{path.name}” can't be read as text. Choose a Markdown file.") from error
    return create_from_markdown(project, text)
