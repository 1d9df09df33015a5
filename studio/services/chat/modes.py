"""Assistant modes: the shipped ones, and the project's own that go over them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from studio import resources_dir
from studio.domain.chat import AssistantMode
from studio.domain.errors import Invalid
from studio.domain.record import Frozen

if TYPE_CHECKING:
    from studio.storage.project import Project


class Mode(Frozen):
    """One preset as it is offered. `own` is True where the project changed or added it."""

    slug: str
    title: str
    summary: str = ""
    instructions: str
    temperature: float | None = None
    own: bool = False


@lru_cache(maxsize=1)
def shipped() -> tuple[Mode, ...]:
    """The modes that come with the application, in their order."""
    found = []
    for path in sorted((resources_dir() / "modes").glob("*.md")):
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        meta = dict(line.split(": ", 1) for line in head.splitlines())
        mode = Mode(
            slug=path.stem,
            title=meta["title"],
            summary=meta["summary"],
            instructions=body.strip(),
            temperature=float(meta["temperature"]),
        )
        found.append((int(meta["order"]), mode))
    return tuple(mode for _, mode in sorted(found, key=lambda pair: pair[0]))


def _records(project: Project) -> dict[str, AssistantMode]:
    return {m.slug: m for m in project.all(AssistantMode)}


def list_modes(project: Project) -> list[Mode]:
    """All modes of the project: shipped, changed, added."""
    own = _records(project)
    found = [_merged(mode, own.pop(mode.slug, None)) for mode in shipped()]
    return found + [_merged(None, record) for record in own.values()]


def _merged(mode: Mode | None, record: AssistantMode | None) -> Mode:
    if record is None:
        assert mode is not None
        return mode
    return Mode(
        slug=record.slug,
        title=record.title,
        summary=mode.summary if mode else "",
        instructions=record.instructions,
        temperature=record.temperature,
        own=True,
    )


def find_mode(project: Project, slug: str) -> Mode:
    """The mode of this name; one that is gone falls back to the first."""
    return next((m for m in list_modes(project) if m.slug == slug), shipped()[0])


def save_mode(
    project: Project, slug: str, *, title: str, instructions: str, temperature: float | None
) -> AssistantMode:
    """Change a mode for this project, or add one under a new slug."""
    if not title.strip() or not instructions.strip():
        raise Invalid("A mode needs a title and instructions.")
    old = _records(project).get(slug)
    changes = {"title": title.strip(), "instructions": instructions.strip(), "temperature": temperature}
    made = old.model_copy(update=changes) if old else AssistantMode(slug=slug, **changes)
    with project.commit("chat.save_mode", f"Change the mode “{made.title}”") as commit:
        return commit.put(made)


def reset_mode(project: Project, slug: str) -> None:
    """Take the project's changes to a mode away; an added mode goes to the trash."""
    record = _records(project).get(slug)
    if record is not None:
        with project.commit("chat.reset_mode", f"Reset the mode “{record.title}”") as commit:
            commit.delete(record)
