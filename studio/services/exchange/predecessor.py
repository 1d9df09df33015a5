"""The export of the first studio, `ttrpg_studio_export.json`: chat, notes, prompts, blueprints and the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from studio.domain.blueprint import Blueprint
from studio.domain.chat import Message, Part, Thread
from studio.domain.commit import content_hash
from studio.domain.recipe import Recipe
from studio.domain.record import Record, Status
from studio.domain.vocabulary import KINDS
from studio.domain.world import Entity, Entry
from studio.services.exchange.conversation import FOLDER, moment
from studio.services.exchange.predecessor_blueprint import NS, PATHS, apply_label, parse_blueprint
from studio.services.exchange.reading import refuse
from studio.services.exchange.staging import MonotonicIds, Staging
from studio.services.forge.seed import recipe_from_seed
from studio.services.forge.slugs import free_slug

if TYPE_CHECKING:
    from studio.services.exchange.probe import Probe
    from studio.storage.project import Project

Json = dict[str, Any]
LISTS = ("messages", "world_bible", "prompt_vault", "project_blueprints")
KEPT = ("chat_artifacts", "latest_extracted_context", "audit_log", "usage_total")
DRAFTS = ("foundry_draft_overrides", "world_bible_draft_overrides", "prompt_forge_draft_overrides")
_PROMPT = re.compile(
    r"^(?P<subject>.+?)\.\s+Style:\s*(?P<style>[^.]+)\.\s*Lighting:\s*(?P<lighting>[^.]+)\.\s*Mood:\s*(?P<mood>[^.]+)\."
    r"\s*Framing:\s*(?P<composition>[^.]+)\.\s*(?:Detail level\s*(?P<detail>\d+)/10\.)?"
    r"(?:.*?Negative prompt:\s*(?P<negative>.+?)\.?)?\s*$",
    re.DOTALL | re.IGNORECASE,
)


def is_predecessor(data: Any) -> bool:
    """An object with at least two of its lists and no format of its own."""
    return isinstance(data, dict) and "format" not in data and sum(isinstance(data.get(k), list) for k in LISTS) >= 2


def claims(probe: Probe) -> bool:
    """Whether the JSON is its export."""
    return is_predecessor(probe.json)


def read(probe: Probe) -> Export:
    """The export in the file."""
    return Export(probe.json, probe.name)


class Export:
    """An export that was read. It has no version; whatever isn't known is kept as it is."""

    def __init__(self, data: Any, name: str) -> None:
        if not is_predecessor(data):
            refuse(f"“{name}” isn't an export of the first TTRPG Studio.")
        self.data: Json = data

    def stage(self, project: Project) -> Staging:
        """Compare with the project, by the content of each item: it had no ids."""
        return _Stager(project, self.data).stage()


class _Stager:
    def __init__(self, project: Project, data: Json) -> None:
        self.project, self.data = project, data
        title = "the first studio's export"
        self.staging = Staging(format="ttrpg-studio-export", title=title, message=f"Import {title}")
        self.new_id = MonotonicIds()
        classes: tuple[type[Record], ...] = (Entry, Entity, Recipe, Blueprint, Thread)
        found = [record for cls in classes for record in project.all(cls) if NS in record.foreign_ids]
        self.known: dict[str, Record] = {record.foreign_ids[NS]: record for record in found}
        self.slugs = {recipe.slug for recipe in project.all(Recipe)}

    def stage(self) -> Staging:
        self._messages()
        for n, item in enumerate(self._list("world_bible")):
            self._note(n, item)
        for n, item in enumerate(self._list("prompt_vault")):
            self._prompt(n, item)
        for n, item in enumerate(self._list("project_blueprints")):
            self._blueprint(n, item)
        self._drafts()
        self._keep()
        return self.staging

    def _list(self, key: str) -> list[Any]:
        value = self.data.get(key)
        return value if isinstance(value, list) else []

    def _put(self, record: Record, key: str) -> bool:
        """Stage a record under its content's key; False where the project has it already, as it is or changed since."""
        old = self.known.get(key)
        if old is not None:
            self.staging.take(old, old=old)
            return False
        self.known[key] = record
        self.staging.take(record.model_copy(update={"foreign_ids": {NS: key}}), old=None)
        return True

    # ---- chat ------------------------------------------------------------------------------------------------------

    def _messages(self) -> None:
        """One thread. A turn's key is over everything up to it, so a grown export continues its thread."""
        thread: Thread | None = None
        messages: dict[str, Message] = {}
        key, parent, grown = "", None, False
        for n, item in enumerate(self._list("messages")):
            said = item if isinstance(item, dict) else {}
            role, text = said.get("role"), said.get("content")
            if role not in ("user", "assistant", "system") or not isinstance(text, str) or not text.strip():
                self.staging.skip(f"messages[{n}]", "it has no text or nobody says it")
                continue
            key = content_hash([key, role, text])
            if thread is None:
                thread, messages = self._thread(key, text)
            old = messages.get(key)
            made = old or self._message(thread, parent, role, text, key, said.get("model"))
            self.staging.take(made, old=old)
            grown, parent = grown or old is None, made.id
        if thread is not None:
            old_thread = self.known.get(thread.foreign_ids[NS])
            self.staging.take(thread.model_copy(update={"leaf_id": parent}) if grown else thread, old=old_thread)

    def _thread(self, key: str, text: str) -> tuple[Thread, dict[str, Message]]:
        old = self.known.get(f"thread-{key}")
        if isinstance(old, Thread):
            rows = self.project.all(Message, "thread_id = ?", (old.id,))
            return old, {m.foreign_ids[NS]: m for m in rows if NS in m.foreign_ids}
        title = " ".join(text.split())[:60]
        return Thread(id=self.new_id(), title=title, folder=FOLDER, foreign_ids={NS: f"thread-{key}"}), {}

    def _message(
        self, thread: Thread, parent: Any, role: Literal["user", "assistant", "system"], text: str, key: str, model: Any
    ) -> Message:
        return Message(
            id=self.new_id(), thread_id=thread.id, parent_id=parent, role=role, parts=(Part(text=text),), origin=NS,
            model=model if isinstance(model, str) else "", foreign_ids={NS: key},
        )  # fmt: skip

    # ---- notes, prompts, blueprints --------------------------------------------------------------------------------

    def _note(self, n: int, item: Any, *, draft: bool = False) -> None:
        note = item if isinstance(item, dict) else {}
        title, body = _text(note, "title", "name"), _text(note, "content", "body", "text")
        if not title and not body:
            self.staging.skip(f"world_bible[{n}]", "it has neither a title nor a text")
            return
        tags = tuple(dict.fromkeys(str(t) for t in note.get("tags") or () if isinstance(t, str | int)))
        rest = {k: v for k, v in note.items() if k not in ("title", "name", "content", "body", "text", "tags")}
        shared: Json = {
            "id": self.new_id(), "tags": tags, "body": body, "created_at": moment(rest.pop("created_at", None)),
            "status": Status.DRAFT if draft else Status.REVIEWED,
        }  # fmt: skip
        shared |= {"ext": {NS: rest}} if rest else {}
        kind = _text(note, "entity_type", "kind", "type")
        made = (
            Entity(kind=kind, name=title, **shared)
            if kind in KINDS and title
            else Entry(title=title or "Note", **shared)
        )
        self._put(made, content_hash(["note", title, body]))

    def _prompt(self, n: int, item: Any) -> None:
        saved = item if isinstance(item, dict) else {"prompt": item}
        prompt = _text(saved, "prompt", "text")
        subject = _text(saved, "subject")
        if not prompt and not subject:
            self.staging.skip(f"prompt_vault[{n}]", "it has no text")
            return
        match = _PROMPT.match(prompt)
        names = ("subject", "style", "lighting", "mood", "composition", "negative")
        found = (
            {k: v for k, v in match.groupdict().items() if v and k in names}
            if match
            else {"subject": subject or prompt}
        )
        found |= {k: _text(saved, k) for k in ("style", "lighting", "mood", "negative") if _text(saved, k)}
        key = content_hash(["prompt", prompt, subject])
        recipe, version = recipe_from_seed({k: [v] for k, v in found.items()}, folder=FOLDER, recipe_id=self.new_id())
        slug = free_slug(recipe.title, self.slugs)
        update: Json = {"slug": slug, "created_at": moment(saved.get("created_at")), "ext": {NS: saved}}
        if self._put(recipe.model_copy(update=update), key):
            self.slugs.add(slug)
            self.staging.also(version)

    def _blueprint(self, n: int, item: Any) -> None:
        saved = item if isinstance(item, dict) else {"blueprint": item}
        markdown = _text(saved, "blueprint", "markdown", "content")
        if not markdown:
            self.staging.skip(f"project_blueprints[{n}]", "it has no text")
            return
        blueprint = parse_blueprint(markdown, name=_text(saved, "name", "title"))
        unread = blueprint.ext[NS].get("unread", [])
        if unread:
            self.staging.note(f"blueprint {blueprint.name}", f"{len(unread)} lines fit no field; its Markdown is kept")
        update = {"id": self.new_id(), "created_at": moment(saved.get("created_at"))}
        self._put(blueprint.model_copy(update=update), content_hash(["blueprint", markdown]))

    # ---- what was under way, and the rest ----------------------------------------------------------------------------

    def _drafts(self) -> None:
        """Half-filled forms come in as drafts."""
        foundry, note, prompt = (d if isinstance(d := self.data.get(key), dict) else {} for key in DRAFTS)
        blueprint = Blueprint(id=self.new_id())
        for name, value in foundry.items():
            label = str(name).replace("_", " ").casefold()
            if label in PATHS and isinstance(value, str | int | float | bool | list):
                blueprint = apply_label(blueprint, label, value)
        if blueprint != Blueprint(id=blueprint.id):
            kept = blueprint.model_copy(update={"ext": {NS: foundry}})
            self._put(kept, content_hash(["foundry draft", foundry]))
        if _text(note, "title", "name") or _text(note, "content", "body", "text"):
            self._note(0, note, draft=True)
        if _text(prompt, "prompt", "text") or _text(prompt, "subject"):
            self._prompt(0, prompt)

    def _keep(self) -> None:
        """What has no place here is kept with the project, so that nothing is lost."""
        unknown = [k for k in self.data if k not in (*LISTS, *KEPT, *DRAFTS)]
        rest = {k: self.data[k] for k in (*KEPT, *DRAFTS, *unknown) if self.data.get(k)}
        if not rest:
            return
        info = self.project.info()
        old = info.ext.get(NS, {})
        for key, value in rest.items():
            action = "unchanged" if old.get(key) == value else "updated" if key in old else "created"
            self.staging.actions[action] += 1
            self.staging.kinds["kept"] += 1
            self.staging.note(key, "kept with the project as it was", skipped=False)
        if old != rest:
            self.staging.also(info.model_copy(update={"ext": info.ext | {NS: rest}}))


def _text(item: Json, *keys: str) -> str:
    return next((item[k].strip() for k in keys if isinstance(item.get(k), str) and item[k].strip()), "")
