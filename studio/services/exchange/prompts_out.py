"""Recipes as prompts of other tools: Langfuse's JSON, dotprompt files, llm templates. `prompts.py` reads them back.

What a tool has no place for goes along where it lets others write: in Langfuse's `config` and in dotprompt's
`ttrpg.…` keys. What was imported keeps the keys that mean nothing here.
"""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.recipe import Block, Recipe, RecipeVersion, Slot
from studio.services.exchange import front_matter, writing
from studio.services.exchange.prompts import OURS, SOURCE, slots_in
from studio.services.forge.content import content_of
from studio.services.forge.errors import IncludeProblem
from studio.services.forge.includes import flatten, version_of
from studio.services.world import seen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.storage.project import Project

Json = dict[str, Any]
_FILTERED = re.compile(r"\{\{[-+]?\s*([A-Za-z_][\w.]{0,80})\s*(?:\|[^{}\n]{0,300})?[-+]?\}\}")
_IF = re.compile(r"\{%[-+]?\s*if\s+([A-Za-z_]\w{0,39})\s*[-+]?%\}")
_ELSE = re.compile(r"\{%[-+]?\s*else\s*[-+]?%\}")
_END = re.compile(r"\{%[-+]?\s*endif\s*[-+]?%\}")
_LLM_SLOT = re.compile(r"\{\{([a-z_]\w{0,39})\}\}(?=(\w?))", re.ASCII)
_SCHEMA = {"number": "number", "bool": "boolean"}


class Outgoing(NamedTuple):
    """One version of a recipe with what it includes put in, and the keys that an import kept for its own format."""

    recipe: Recipe
    version: RecipeVersion
    name: str
    blocks: tuple[Block, ...]
    slots: tuple[Slot, ...]
    never: tuple[str, ...]
    raw: Json

    def extra(self) -> Json:
        """What other tools have no place for, as far as it isn't what an import would make of the text."""
        found: Json = {}
        if list(self.slots) != slots_in(self.blocks):
            found["slots"] = [slot.model_dump(mode="json", exclude_defaults=True) for slot in self.slots]
        if any(block.when for block in self.blocks):
            found["when"] = [block.when for block in self.blocks]
        found |= {"never": list(self.never)} if self.never else {}
        found |= {"medium": self.recipe.medium} if self.recipe.medium else {}
        return found


def write_langfuse(project: Project, dest: Path, *, lens: Lens = OPEN_EYES) -> dict[str, int]:
    """A JSON array as Langfuse imports it: every version of every recipe, oldest first, with labels and tags."""
    found = [_langfuse(one) for one in _prompts(project, lens, every=True)]
    with writing.whole_file(dest) as partial:
        partial.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return {"prompt": len({one["name"] for one in found}), "version": len(found)}


def write_dotprompt(project: Project, dest: Path, *, lens: Lens = OPEN_EYES) -> dict[str, int]:
    """A zip with a `.prompt` file for each recipe: the version under the label `production`, else the newest."""
    return _zip(dest, ".prompt", ((one.recipe.slug, _dotprompt(one)) for one in _prompts(project, lens)))


def write_llm(project: Project, dest: Path, *, lens: Lens = OPEN_EYES) -> dict[str, int]:
    """A zip with a template of the command-line tool llm for each recipe."""
    return _zip(dest, ".yaml", ((one.recipe.slug, _llm(one)) for one in _prompts(project, lens)))


def _zip(dest: Path, ending: str, files: Iterator[tuple[str, str]]) -> dict[str, int]:
    count = 0
    with writing.whole_file(dest) as partial, zipfile.ZipFile(partial, "w") as archive:
        for slug, text in files:
            writing.add(archive, f"{slug}{ending}", text.encode())
            count += 1
    return {"prompt": count}


def _prompts(project: Project, lens: Lens, *, every: bool = False) -> Iterator[Outgoing]:
    names: set[str] = set()
    for recipe in sorted(seen.everything(project, Recipe, lens=lens), key=lambda one: one.slug):
        title, n = recipe.title, 2
        while title in names:
            title, n = f"{recipe.title} ({n})", n + 1
        names.add(title)
        versions = project.all(RecipeVersion, "owner_id = ?", (recipe.id,)) if every else []
        chosen = version_of(project, recipe)
        for version in sorted(versions, key=lambda one: one.n) or ([chosen] if chosen else []):
            yield _prompt(project, recipe, version, title, lens)


def _prompt(project: Project, recipe: Recipe, version: RecipeVersion, name: str, lens: Lens) -> Outgoing:
    """For players, what another recipe says stays out: it may be the game master's."""
    content = content_of(version)
    blocks = tuple(block for block in content.blocks if block.text.strip())
    if lens.is_gm and any(block.include for block in content.blocks):
        try:
            flat = flatten(project, content, slug=recipe.slug)
            content = flat.content
            blocks = tuple(_under(placed.block, placed.when) for placed in flat.blocks)
        except IncludeProblem:
            pass
    raw = (recipe.ext.get(SOURCE) or {}).get("raw") if lens.is_gm else None
    return Outgoing(
        recipe, version, name, tuple(block.model_copy(update={"text": _handlebars(block.text)}) for block in blocks),
        content.slots, content.negative_policy.always, raw if isinstance(raw, dict) else {},
    )  # fmt: skip


def _under(block: Block, when: tuple[str, ...]) -> Block:
    return block.model_copy(update={"when": when[-1] if when else "", "include": ""})


def _handlebars(text: str) -> str:
    """Our templates in the words that the others share: plain variables, and conditions on one of them."""
    text = _FILTERED.sub(r"{{\1}}", text.replace("\r\n", "\n").strip())
    if "{%" in text and len(_IF.findall(text)) == len(_END.findall(text)):
        text = _END.sub("{{/if}}", _ELSE.sub("{{else}}", _IF.sub(r"{{#if \1}}", text)))
    return text


# ---- each format -----------------------------------------------------------------------------------------------------


def _langfuse(one: Outgoing) -> Json:
    chat = len(one.blocks) != 1 or one.blocks[0].role != "user"
    messages = [{"role": block.role, "content": block.text} for block in one.blocks]
    extra = one.extra()
    labels = sorted(label for label, n in one.recipe.labels.items() if n == one.version.n)
    kept = {k: v for k, v in one.raw.items() if k not in ("labels", "commitMessage", "format", "front")}
    return kept | {
        "name": one.name, "type": "chat" if chat else "text", "prompt": messages if chat else one.blocks[0].text,
        "config": one.version.params | ({OURS: extra} if extra else {}), "version": one.version.n,
        "labels": labels, "tags": list(one.recipe.tags),
        **({"commitMessage": one.version.message} if one.version.message else {}),
    }  # fmt: skip


def _dotprompt(one: Outgoing) -> str:
    front = one.raw.get("front")
    kept: Json = {k: v for k, v in front.items() if not k.startswith("ttrpg.")} if isinstance(front, dict) else {}
    params = dict(one.version.params)
    model = params.pop("model", None)
    kept |= {"model": model} if isinstance(model, str) else {}
    kept |= {"config": params} if params else {}
    if slots := [slot for slot in one.slots if slot.name]:
        kept["input"] = {"schema": dict(map(_schema, slots))}
        defaults = {slot.name: slot.default for slot in slots if slot.default}
        kept["input"] |= {"default": defaults} if defaults else {}
    extra = {"title": one.recipe.title, "tags": list(one.recipe.tags), **one.extra()}
    extra.pop("when", None)
    kept |= {f"ttrpg.{key}": value for key, value in extra.items() if value}
    body = "\n".join(map(_role, one.blocks))
    return f"---\n{''.join(front_matter.written(key, value) for key, value in kept.items())}---\n{body}\n"


def _role(block: Block) -> str:
    text = block.text.replace("\\{{", "\\\\{{")
    words = f"{{{{#if {block.when}}}}}\n{text}\n{{{{/if}}}}" if block.when else text
    return f'{{{{role "{"model" if block.role == "assistant" else block.role}"}}}}\n{words}'


def _schema(slot: Slot) -> tuple[str, Any]:
    """A slot in Picoschema."""
    name = slot.name if slot.required else f"{slot.name}?"
    about = " ".join(slot.help.split())
    if slot.type == "choice" and slot.choices:
        return f"{name}(enum{f', {about}' if about and ')' not in about else ''})", list(slot.choices)
    return name, _SCHEMA.get(slot.type, "string") + (f", {about}" if about else "")


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as they read."""


def _represented(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represented)


def _llm(one: Outgoing) -> str:
    """One text for the system and one for the user: that is all that a template has."""
    kept: Json = {key: value for key, value in one.raw.items() if key in _LLM_KEYS}
    for key, role in (("system", "system"), ("prompt", "user")):
        texts = [_dollars(block.text) for block in one.blocks if block.role == role]
        kept |= {key: "\n\n".join(texts)} if texts else {}
    defaults = {slot.name: slot.default for slot in one.slots if slot.default}
    kept |= {"defaults": defaults} if defaults else {}
    model = one.version.params.get("model")
    kept |= {"model": model} if isinstance(model, str) else {}
    return yaml.dump(kept, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)


_LLM_KEYS = frozenset({"extract", "extract_last", "schema_object", "options", "fragments", "system_fragments"})
"""What else a template may say. `tools` and `functions` are programs: they don't go on."""


def _dollars(text: str) -> str:
    return _LLM_SLOT.sub(lambda m: f"${{{m[1]}}}" if m[2] else f"${m[1]}", text.replace("$", "$$"))
