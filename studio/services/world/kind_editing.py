"""Verbs on kinds of entity: bring one, say more about one that ships, rename, change, take away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.domain import kindschema
from studio.domain.errors import Conflict, Invalid
from studio.domain.text import fold, line
from studio.domain.vocabulary import KINDS
from studio.domain.world import Entity
from studio.domain.worldkit import EntityKind
from studio.services.world import entities, kinds, sound
from studio.storage.nouns import NOUNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.ids import RecordId
    from studio.storage.commits import CommitWriter
    from studio.storage.project import Project

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_EDITABLE = frozenset({"label", "plural", "icon", "definition"})


def name_for(label: str) -> str:
    """The word that entities carry for a kind that is called so: `Sky ship` is `sky_ship`."""
    word = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:40].rstrip("_")
    return word if word[:1].isalpha() or not word else f"k_{word}"[:40]


def add_kind(
    project: Project,
    label: str,
    *,
    name: str = "",
    plural: str = "",
    icon: str = "",
    definition: Mapping[str, Any] | None = None,
) -> EntityKind:
    """Bring a kind of your own, or say more about one that ships (`name`). Raises Invalid, Conflict."""
    word = name or name_for(label)
    _check_name(project, word)
    words = _words({"label": label, "plural": plural})
    schema = _checked(word, dict(definition or {"type": "object"}))
    with project.commit("kind.add", f"New kind “{words['label'] or word}”") as commit:
        return commit.put(EntityKind(name=word, icon=icon, definition=schema, **words))


def _words(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a kind is called, one line each."""
    whats = {"label": "The name of a kind", "plural": "The name of many of a kind"}
    return {key: sound.short(line(value), whats[key]) if key in whats else value for key, value in given.items()}


def _check_name(project: Project, word: str) -> None:
    if not NAME.fullmatch(word):
        raise Invalid("A kind needs a name that starts with a letter. Type one and try again.")
    if word in NOUNS:
        raise Invalid(f"“{word}” is the name of something else in the application. Choose another name for the kind.")
    if any(record.name == word for record in project.all(EntityKind)):
        raise Conflict(f"There is a kind “{word}” already. Change that one, or choose another name.")


def _checked(name: str, definition: Any) -> dict[str, Any]:
    """The schema as it is stored. Raises Invalid with all that is wrong."""
    wrong = kindschema.problems(definition)
    if not wrong and name in KINDS:
        twice = [f.name for f in kindschema.fields_of(definition) if KINDS[name].field(f.name)]
        wrong = [f"“{word}” is a field of {KINDS[name].label} already. Choose another name." for word in twice]
    if wrong:
        raise Invalid(" ".join(wrong))
    return kindschema.settled(definition)


def update_kind(project: Project, kind_id: RecordId, changes: Mapping[str, Any]) -> EntityKind:
    """Change the words, the icon or the schema of a kind; values that entities have already stay as they are."""
    old = project.get(EntityKind, kind_id)
    if unknown := set(changes) - _EDITABLE:
        raise Invalid(f"A kind has no “{min(unknown)}”.")
    wanted = _words(changes)
    if "definition" in wanted:
        wanted["definition"] = _checked(old.name, wanted["definition"])
    new = EntityKind.model_validate(old.model_dump() | wanted)
    if new == old:
        return old
    with project.commit(
        "kind.update", f"Edit the kind “{kindschema.spec_of(new, KINDS.get(new.name)).label}”"
    ) as commit:
        return commit.put(new)


def extend(project: Project, name: str, changes: Mapping[str, Any]) -> EntityKind:
    """`update_kind` by name; a kind that ships or that only entities name gets its record with the first change."""
    known = next((record for record in project.all(EntityKind) if record.name == name), None)
    if known is not None:
        return update_kind(project, known.id, changes)
    if unknown := set(changes) - _EDITABLE:
        raise Invalid(f"A kind has no “{min(unknown)}”.")
    given = {"label": "", **changes}
    return add_kind(project, name=name, **given)


def rename_kind(project: Project, kind_id: RecordId, label: str) -> EntityKind:
    """Call a kind otherwise; entities of the kind and links to it follow."""
    old = project.get(EntityKind, kind_id)
    label = sound.line(label, "The name of a kind", missing="A kind needs a name. Type one and try again.")
    word = old.name if old.name in KINDS else name_for(label)
    if word != old.name:
        _check_name(project, word)
        if word in KINDS:
            raise Conflict(f"“{KINDS[word].label}” is a kind already. Choose another name.")
    with project.commit("kind.rename", f"Rename the kind “{old.label or old.name}” to “{label}”") as commit:
        saved = commit.put(old.model_copy(update={"name": word, "label": label, "plural": ""}))
        if word != old.name:
            _follow(project, commit, old.name, word)
    return project.get(EntityKind, saved.id)


def _follow(project: Project, commit: CommitWriter, old: str, new: str) -> None:
    """Entities of a kind take its new name, and schemas whose links point to it."""
    for entity in project.all(Entity, "kind = ?", (old,), deleted=True):
        commit.put(entity.model_copy(update={"kind": new}))
    for record in project.all(EntityKind, deleted=True):
        turned = [
            field.model_copy(update={"kinds": tuple(new if kind == old else kind for kind in field.kinds)})
            for field in kindschema.fields_of(record.definition)
        ]
        commit.put(record.model_copy(update={"definition": kindschema.definition_of(turned, record.definition)}))


def remove_kind(project: Project, kind_id: RecordId, *, convert_to: str = "") -> int:
    """Take a kind away; its entities become `convert_to`. Refused without that while there are any; gives how many."""
    record = project.get(EntityKind, kind_id)
    spec = kinds.spec_of(project, record.name)
    having = project.all(Entity, "kind = ?", (record.name,), deleted=True)
    live = [entity for entity in having if entity.deleted_at is None]
    if record.name in KINDS:
        having = live = []
    if live and not convert_to:
        count = f"{len(live)} entries are" if len(live) > 1 else "One entry is"
        raise Conflict(f"{count} of the kind “{spec.label}”. Choose what they become, or move them to the trash first.")
    if convert_to and (convert_to in NOUNS or convert_to == record.name or not NAME.fullmatch(convert_to)):
        raise Invalid("Choose another kind for the entries of this one.")
    with project.commit("kind.remove", f"Remove the kind “{spec.label}”") as commit:
        commit.delete(record)
        for entity in having if convert_to else []:
            if entity.deleted_at is None:
                entities.set_kind(project, entity.id, convert_to)
            else:
                commit.put(entity.model_copy(update={"kind": convert_to}))
    return len(live)
