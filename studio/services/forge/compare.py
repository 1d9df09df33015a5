"""What differs between two contents of a recipe, part by part, in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studio.domain.record import Frozen
from studio.services.forge.content import Content, content_of
from studio.services.forge.recipes import version

if TYPE_CHECKING:
    from studio.domain.ids import RecordId
    from studio.domain.recipe import Block, Slot
    from studio.storage.project import Project


class ContentDiff(Frozen):
    """One part that differs; empty `before` or `after` means it was not there."""

    part: str
    label: str
    before: str
    after: str


def diff(old: Content, new: Content) -> list[ContentDiff]:
    """Every part that differs, in the editor's order."""
    pairs = [
        *_paired("Block", [_block(b) for b in old.blocks], [_block(b) for b in new.blocks]),
        *_keyed("Slot", {s.name: _slot(s) for s in old.slots}, {s.name: _slot(s) for s in new.slots}),
        *_keyed("Style", _words(old.style_profile.model_dump()), _words(new.style_profile.model_dump())),
        *_keyed("Avoid", _avoid(old), _avoid(new)),
        *_keyed("Other", _other(old), _other(new)),
    ]
    return [pair for pair in pairs if pair.before != pair.after]


def diff_versions(project: Project, recipe_id: RecordId, old: int, new: int) -> list[ContentDiff]:
    """What changed from one version to another."""
    return diff(content_of(version(project, recipe_id, old)), content_of(version(project, recipe_id, new)))


def _block(block: Block) -> str:
    head = [
        block.role,
        *([f"when {block.when}"] if block.when else []),
        *([f"include {block.include}"] if block.include else []),
    ]
    return f"[{', '.join(head)}]\n{block.text}"


def _slot(slot: Slot) -> str:
    said = [slot.type + (f" {slot.kind}" if slot.kind else ""), "required" if slot.required else "optional"]
    said += [f"one of {', '.join(slot.choices)}"] if slot.choices else []
    said += [f"default “{slot.default}”"] if slot.default else []
    return "; ".join(said + ([slot.help] if slot.help else []))


def _words(values: dict[str, Any]) -> dict[str, str]:
    return {k: ", ".join(v) if isinstance(v, tuple | list) else str(v) for k, v in values.items() if v or v == 0}


def _avoid(content: Content) -> dict[str, str]:
    policy = content.negative_policy
    lists = {"always": policy.always, **policy.per_provider}
    return {name: ", ".join(items) for name, items in lists.items() if items}


def _other(content: Content) -> dict[str, str]:
    rest = {"output": content.output, "params": content.params, "adapters": content.adapters, "tests": content.tests}
    return {
        k: v if isinstance(v, str) else json.dumps(v, ensure_ascii=False, sort_keys=True) for k, v in rest.items() if v
    }


def _paired(part: str, old: list[str], new: list[str]) -> list[ContentDiff]:
    size = max(len(old), len(new))
    old, new = old + [""] * (size - len(old)), new + [""] * (size - len(new))
    return [
        ContentDiff(part=part, label=f"{part} {i + 1}", before=a, after=b)
        for i, (a, b) in enumerate(zip(old, new, strict=True))
    ]


def _keyed(part: str, old: dict[str, str], new: dict[str, str]) -> list[ContentDiff]:
    return [
        ContentDiff(
            part=part, label=f"{part}: {name.replace('_', ' ')}", before=old.get(name, ""), after=new.get(name, "")
        )
        for name in dict.fromkeys((*old, *new))
    ]


def diff_to(project: Project, recipe_id: RecordId, old: int, new: Content) -> list[ContentDiff]:
    """What changed from a version to content that isn't saved yet."""
    return diff(content_of(version(project, recipe_id, old)), new)
