"""Markdown export: one file for each entity, note, blueprint, prompt and chat, with front matter and wikilinks."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from studio.domain.blueprint import Blueprint
from studio.domain.chat import Message, Thread
from studio.domain.errors import Invalid
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.recipe import Recipe, RecipeVersion
from studio.domain.record import Record
from studio.domain.vocabulary import relation_spec
from studio.domain.world import Entity, Entry, Link, Relation
from studio.services.exchange import writing
from studio.services.foundry.links import linked_names
from studio.services.foundry.markdown import render_markdown
from studio.services.world import kinds, seen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.storage.project import Project

R = TypeVar("R", bound=Record)
INDEX = "index.md"
_MARK = "exported_from: ttrpg-studio"


def write_files(project: Project, dest: Path, *, lens: Lens = OPEN_EYES) -> dict[str, int]:
    """Write the files; gives their number."""
    return {"file": write_markdown(project, dest, lens=lens)}


def write_markdown(project: Project, dest: Path, *, lens: Lens = OPEN_EYES) -> int:
    """Write the files into a folder, or into a zip where the name ends so. Gives how many.

    A folder must be new, empty, or an earlier export of ours.
    """
    files = markdown_files(project, lens=lens)
    if dest.suffix.lower() == ".zip":
        with writing.whole_file(dest) as partial, zipfile.ZipFile(partial, "w") as archive:
            for name, text in sorted(files.items()):
                writing.add(archive, name, text.encode())
        return len(files)
    _check_folder(dest)
    try:
        for name, text in files.items():
            path = dest / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise writing.cannot_write(dest, error) from error
    return len(files)


def _check_folder(dest: Path) -> None:
    if dest.is_file():
        raise Invalid(f"“{dest}” is a file. Give a folder, or a name that ends in .zip.")
    if dest.is_dir() and any(dest.iterdir()):
        index = dest / INDEX
        if not (index.is_file() and _MARK in index.read_text(encoding="utf-8", errors="replace")[:400]):
            raise Invalid(f"“{dest}” isn't empty. Choose a new folder, so that nothing of yours is overwritten.")


def markdown_files(project: Project, *, lens: Lens = OPEN_EYES) -> dict[str, str]:
    """Every file's text by its path, with what the lens shows; the same project gives the same files."""
    writer = _Writer(project, lens)
    return dict(writer.files())


class _Writer:
    def __init__(self, project: Project, lens: Lens) -> None:
        self.project = project
        self.lens = lens
        self.names = writing.FileNames()
        self.entities = self._all(Entity)
        self.by_id = {e.id: e for e in self.entities}
        self.relations: dict[str, list[tuple[str, str]]] = {}
        for relation in self._all(Relation):
            self._learn(relation)

    def _all(self, cls: type[R]) -> list[R]:
        return seen.everything(self.project, cls, lens=self.lens)

    def _learn(self, relation: Relation) -> None:
        start, end = self.by_id.get(relation.from_id), self.by_id.get(relation.to_id)
        if start is None or end is None:
            return
        spec = relation_spec(relation.type)
        note = "" if relation.certainty == "fact" else f" ({relation.certainty})"
        self.relations.setdefault(start.id, []).append((spec.label, f"[[{end.name}]]{note}"))
        self.relations.setdefault(end.id, []).append((spec.inverse.replace("_", " "), f"[[{start.name}]]{note}"))

    def files(self) -> Iterator[tuple[str, str]]:
        listed: dict[str, list[str]] = {}
        for part, folder, title, text in self._parts():
            name = self.names(folder, title)
            listed.setdefault(part, []).append(f"- [{_plain(title)}](<{name}>)")
            yield name, text
        yield INDEX, self._index(listed)

    def _parts(self) -> Iterator[tuple[str, str, str, str]]:
        """(part of the index, folder, title, text)"""
        for entity in sorted(self.entities, key=lambda e: (e.kind, e.name.casefold(), e.id)):
            plural = kinds.spec_of(self.project, entity.kind).plural
            yield plural, f"World/{plural}", entity.name, self._entity(entity)
        for entry in self._all(Entry):
            yield "Notes", "Notes", entry.title, _entry(entry)
        for blueprint in self._all(Blueprint):
            names = {ref: hit.name for ref, hit in linked_names(self.project, blueprint).items()}
            yield "Blueprints", "Blueprints", blueprint.name, render_markdown(blueprint, names)
        for recipe in self._all(Recipe):
            yield "Prompts", "Prompts", recipe.title, self._recipe(recipe)
        for thread in self._all(Thread):
            yield "Chats", "Chats", thread.title, self._thread(thread)

    def _index(self, listed: dict[str, list[str]]) -> str:
        info = self.project.info()
        lines = ["---", _MARK, "---", "", f"# {info.name}", ""]
        lines += [info.description, ""] if info.description and self.lens.is_gm else []
        for part, links in listed.items():
            lines += [f"## {part}", "", *links, ""]
        return "\n".join(lines)

    def _entity(self, entity: Entity) -> str:
        front = {
            "id": entity.id, "kind": entity.kind, "status": entity.status.value, "visibility": entity.visibility,
            "aliases": [a.name for a in entity.aliases], "tags": list(entity.tags),
            **{name: self._value(value) for name, value in entity.fields.items()}, **entity.custom,
        }  # fmt: skip
        lines = [f"# {entity.name}", ""]
        lines += [f"> {entity.summary}", ""] if entity.summary else []
        lines += [entity.body.strip(), ""] if entity.body.strip() else []
        if related := self.relations.get(entity.id):
            lines += ["## Relations", "", *(f"- {label}: {link}" for label, link in sorted(related)), ""]
        return _front(front) + "\n".join(lines)

    def _value(self, value: Any) -> Any:
        if isinstance(value, Link):
            target = self.by_id.get(value.ref) if value.ref else None
            return f"[[{target.name}]]" if target else value.text
        if isinstance(value, list | tuple):
            return [self._value(v) for v in value]
        return value

    def _recipe(self, recipe: Recipe) -> str:
        found = self.project.all(RecipeVersion, "owner_id = ?", (recipe.id,))
        version = max(found, key=lambda v: v.n, default=None)
        front = {
            "id": recipe.id, "slug": recipe.slug, "folder": recipe.folder, "use_case": recipe.use_case,
            "medium": recipe.medium, "tags": list(recipe.tags), "version": version.n if version else None,
        }  # fmt: skip
        lines = [f"# {recipe.title}", ""]
        for block in version.blocks if version else ():
            lines += [f"## {block.role.capitalize()}" + (f" (when {block.when})" if block.when else ""), ""]
            lines += [block.text or f"Includes {block.include}", ""]
        if version and version.slots:
            lines += ["## Slots", ""]
            lines += [f"- `{s.name}` ({s.type}){': ' + s.default if s.default else ''}" for s in version.slots] + [""]
        style = version.style_profile.model_dump(exclude_defaults=True, mode="json") if version else {}
        if style:
            lines += ["## Style", "", *(f"- {k.capitalize()}: {v}" for k, v in style.items()), ""]
        if version and version.negative_policy.always:
            lines += ["## Never", "", *(f"- {w}" for w in version.negative_policy.always), ""]
        return _front(front) + "\n".join(lines)

    def _thread(self, thread: Thread) -> str:
        """The branch that is shown, from its first message to its last."""
        messages = {m.id: m for m in self.project.all(Message, "thread_id = ?", (thread.id,))}
        branch: list[Message] = []
        at = messages.get(thread.leaf_id) if thread.leaf_id else None
        while at is not None and at not in branch:
            branch.append(at)
            at = messages.get(at.parent_id) if at.parent_id else None
        front = {"id": thread.id, "folder": thread.folder, "messages": len(messages), "shown": len(branch)}
        lines = [f"# {thread.title}", ""]
        for message in reversed(branch):
            who = {"user": "You", "assistant": message.model or "Assistant"}.get(message.role, "System")
            lines += [f"## {who}", "", message.text.strip(), ""]
        return _front(front) + "\n".join(lines)


def _entry(entry: Entry) -> str:
    front = {
        "id": entry.id, "mode": entry.mode, "visibility": entry.visibility, "in_world_date": entry.in_world_date,
        "flashback": entry.flashback or None, "memorial": entry.memorial or None, "tags": list(entry.tags),
    }  # fmt: skip
    return _front(front) + f"# {entry.title}\n\n{entry.body.strip()}\n"


def _front(values: dict[str, Any]) -> str:
    kept = {k: v for k, v in values.items() if v not in (None, "", [], {})}
    return f"---\n{yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=1000)}---\n\n"


def _plain(title: str) -> str:
    return re.sub(r"([\[\]\\])", r"\\\1", title)
