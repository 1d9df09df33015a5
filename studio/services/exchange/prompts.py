"""Prompts of other tools as recipes: Langfuse, dotprompt, llm templates, fabric, promptfoo's texts, styles.csv.

Nothing in a prompt is run: a template's own language (Handlebars, Python, JavaScript) comes in as text. Only its plain
variables, `{{x}}`, `$x` or `{prompt}`, become slots.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from studio.domain.errors import ImportRefused
from studio.domain.recipe import Block, Slot
from studio.services.exchange import front_matter
from studio.services.exchange.material import Material, PromptText, unmarked
from studio.services.exchange.reading import clean, decode, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "prompts"
FOLDER = "Imported"
MAX_FILE = 1 << 20
_YAML = (".yaml", ".yml")
_LLM = frozenset({"prompt", "system"})
_STYLES = {"name", "prompt", "negative_prompt"}
_PLAIN = re.compile(r"\{\{\s*([A-Za-z_]\w{0,39})\s*\}\}")
_LOGIC = re.compile(r"\{\{[#/>^!]|\{%")
_ROLE = re.compile(r"\{\{#?role\s+[\"'](\w+)[\"']\s*\}\}|\{\{/role\}\}")
_DOLLAR = re.compile(r"\$(?:\{([a-z_]\w{0,39})\}|([a-z_]\w{0,39}))")
_ROLES = {"system": "system", "user": "user", "assistant": "assistant", "model": "assistant", "human": "user"}


def claims(probe: Probe) -> bool:
    """Files by their ending and their columns or keys; JSON as Langfuse exports it; a folder of mostly prompts."""
    if probe.files is not None:
        ours = sum(_is_ours(name) for name in probe.names)
        return ours * 3 >= len(probe.names) > 0
    if probe.suffix == ".csv":
        head = decode(probe.head[:400], probe.name).split("\n")[0]
        return {word.strip().strip('"') for word in head.split(",")} >= _STYLES
    if probe.suffix == ".prompt":
        return True
    if probe.suffix in _YAML:
        data = _yaml(decode(probe.bytes, probe.name))
        return bool(_LLM & data.keys() or "prompts" in data)
    return _is_langfuse(probe.json)


def read(probe: Probe) -> Material:
    """Every prompt that is found, each as a recipe with one version."""
    found = Material(source=SOURCE, title=f"prompts from “{probe.name}”", origin=probe.stem)
    if probe.files is not None:
        for name in sorted(probe.names):
            if _is_ours(name):
                _file(found, name, clean(decode(probe.files.read(name, limit=MAX_FILE), name)))
            else:
                found.skip(name, "it is no prompt")
    elif probe.suffix in (".csv", ".prompt", *_YAML):
        _file(found, probe.name, clean(decode(probe.bytes, probe.name)))
    else:
        _langfuse(found, probe.json)
    if not found.prompts:
        refuse(f"There is no prompt in “{probe.name}” that can be read.")
    return found


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix == ".prompt" or (path.name == "system.md" and len(path.parts) >= 2)


def _is_langfuse(data: Any) -> bool:
    listed = data if isinstance(data, list) else [data]
    return bool(listed) and all(isinstance(one, dict) and {"name", "prompt"} <= one.keys() for one in listed[:20])


def _file(found: Material, name: str, text: str) -> None:
    path = PurePosixPath(name)
    text = text.replace("\r\n", "\n")
    if path.suffix == ".csv":
        _styles(found, text)
    elif path.suffix == ".prompt":
        _dotprompt(found, name, path.stem, text)
    elif path.suffix in _YAML:
        _from_yaml(found, name, path.stem, text)
    else:
        title = path.parts[-2].replace("_", " ")
        _add(found, name, title, [Block(role="system", text=text.strip())], raw={"format": "fabric"})


# ---- each format -----------------------------------------------------------------------------------------------------


def _langfuse(found: Material, data: Any) -> None:
    for n, one in enumerate(data if isinstance(data, list) else [data]):
        name = one.get("name") if isinstance(one, dict) else None
        if not isinstance(name, str) or not name.strip():
            found.skip(f"prompt {n + 1}", "it has no name")
            continue
        given = one.get("prompt")
        messages = given if isinstance(given, list) else [{"role": "user", "content": given}]
        blocks = [
            Block(role=_role(m.get("role")), text=unmarked(m["content"]))
            for m in messages
            if isinstance(m, dict) and isinstance(m.get("content"), str) and m["content"].strip()
        ]
        config = one.get("config")
        tags = (
            [tag for tag in one.get("tags") or [] if isinstance(tag, str)] if isinstance(one.get("tags"), list) else []
        )
        _add(found, name, name, blocks, params=config if isinstance(config, dict) else {}, tags=tags, raw=one)


def _dotprompt(found: Material, key: str, title: str, text: str) -> None:
    source, body = front_matter.split(
        text[text.find("---") :] if text.lstrip().startswith("#") and "\n---" in text else text
    )
    front = _yaml(source or "")
    blocks: list[Block] = []
    role, at = "user", 0
    for mark in _ROLE.finditer(body):
        blocks += _block(role, body[at : mark.start()])
        role, at = mark.group(1) or "user", mark.end()
    blocks += _block(role, body[at:])
    config = front.get("config")
    params = {"model": front["model"]} if isinstance(front.get("model"), str) else {}
    _add(found, key, title, blocks, params=params | (config if isinstance(config, dict) else {}), raw={"front": front})


def _block(role: str, text: str) -> list[Block]:
    return [Block(role=_role(role), text=unmarked(text.strip()))] if text.strip() else []


def _from_yaml(found: Material, key: str, title: str, text: str) -> None:
    data = _yaml(text)
    given = data.get("prompts")
    if isinstance(given, list):
        for n, one in enumerate(given):
            if isinstance(one, str) and one.strip() and not one.startswith(("file://", "exec:", "python:")):
                _add(found, f"{key}#{n}", f"{title} {n + 1}", [Block(text=unmarked(one.strip()))])
            else:
                found.skip(f"prompt {n + 1} of {key}", "it is a file or program elsewhere; neither is opened")
        return
    blocks = [
        Block(
            role="system" if name == "system" else "user", text=_DOLLAR.sub(r"{{\1\2}}", unmarked(data[name].strip()))
        )
        for name in ("system", "prompt")
        if isinstance(data.get(name), str) and data[name].strip()
    ]
    defaults = data.get("defaults")
    kept = {str(k): str(v) for k, v in defaults.items()} if isinstance(defaults, dict) else {}
    params = {"model": data["model"]} if isinstance(data.get("model"), str) else {}
    _add(found, key, title, blocks, params=params, defaults=kept, raw=data)


def _styles(found: Material, text: str) -> None:
    for n, row in enumerate(csv.DictReader(io.StringIO(text.lstrip("\ufeff")))):
        name, prompt = (row.get("name") or "").strip(), (row.get("prompt") or "").strip()
        if not name or not prompt:
            found.skip(f"style {n + 1}", "it has no name or no prompt")
            continue
        words = prompt.replace("{prompt}", "{{subject}}")
        blocks = [Block(text=unmarked(words if "{{subject}}" in words else f"{{{{subject}}}}, {words}"))]
        never = [word.strip() for word in (row.get("negative_prompt") or "").split(",") if word.strip()]
        _add(found, f"style/{name}", name, blocks, never=never, medium="image")


# ---- shared ----------------------------------------------------------------------------------------------------------


def _yaml(source: str) -> Json:
    try:
        return front_matter.read(source).values
    except ImportRefused:
        return {}


def _role(word: Any) -> Any:
    return _ROLES.get(word, "user") if isinstance(word, str) else "user"


def _add(
    found: Material, key: str, title: str, blocks: list[Block], *, params: Json | None = None,
    tags: list[str] | None = None, never: list[str] | None = None, medium: str = "",
    defaults: dict[str, str] | None = None, raw: Json | None = None,
) -> None:  # fmt: skip
    if not blocks:
        found.skip(title, "it holds no text")
        return
    text = "\n".join(block.text for block in blocks)
    if _LOGIC.search(text):
        found.note(title, "it has conditions or loops of another template language; look at them in the Prompt Forge")
    slots = [
        Slot(name=name, type="text", required=True, default=(defaults or {}).get(name, "")) for name in _names(text)
    ]
    found.prompts.append(PromptText(
        key, unmarked(" ".join(title.split())), blocks, slots, never=never or [], params=params or {},
        tags=tags or [], folder=FOLDER, medium=medium, raw=raw or {},
    ))  # fmt: skip


def _names(text: str) -> Iterator[str]:
    """The plain variables of a text, each once, where they can be the name of a slot."""
    yield from dict.fromkeys(name.lower() for name in _PLAIN.findall(text) if name.islower() and name[0].isalpha())
