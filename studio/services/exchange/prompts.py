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

from pydantic import ValidationError

from studio.domain.errors import ImportRefused
from studio.domain.recipe import Block, Slot, SlotType
from studio.services.exchange import front_matter
from studio.services.exchange.material import Material, PromptText, unmarked
from studio.services.exchange.reading import clean, decode, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "prompts"
FOLDER = "Imported"
OURS, PREFIX = "ttrpg-studio", "ttrpg."
"""Where our exports put what another tool has no place for: in Langfuse's config, and before dotprompt's keys."""
MAX_FILE = 1 << 20
_YAML = (".yaml", ".yml")
_LLM = frozenset({"prompt", "system"})
_STYLES = {"name", "prompt", "negative_prompt"}
_PLAIN = re.compile(r"\{\{\s*([A-Za-z_]\w{0,39})\s*\}\}")
_LOGIC = re.compile(r"\{\{[#/>^!]|\{%")
_WHEN = re.compile(r"\{\{#if ([a-z]\w{0,39})\}\}\n?(.*?)\n?\{\{/if\}\}", re.DOTALL)
_ROLE = re.compile(r"\{\{#?role\s+[\"'](\w+)[\"']\s*\}\}|\{\{/role\}\}")
_DOLLAR = re.compile(r"\$(?:(\$)|\{([a-z_]\w{0,39})\}|([a-z_]\w{0,39}))")
_NAME = re.compile(r"[a-z]\w{0,39}")
_TYPES: dict[str, SlotType] = {"number": "number", "integer": "number", "boolean": "bool"}
_ROLES = {"system": "system", "user": "user", "assistant": "assistant", "model": "assistant", "human": "user"}


def claims(probe: Probe) -> bool:
    """Files by their ending and their columns or keys; JSON as Langfuse exports it; a folder of mostly prompts."""
    if probe.files is not None:
        ours = sum(_is_ours(name) for name in probe.names)
        return ours * 3 >= len(probe.names) > 0 or _are_templates(probe)
    if probe.suffix == ".csv":
        head = decode(probe.head[:400], probe.name).split("\n")[0]
        return {word.strip().strip('"') for word in head.split(",")} >= _STYLES
    if probe.suffix == ".prompt":
        return True
    if probe.suffix in _YAML:
        data = _yaml(decode(probe.bytes, probe.name))
        return _is_template(data) or isinstance(data.get("prompts"), list | str)
    return _is_langfuse(probe.json)


def read(probe: Probe) -> Material:
    """Every prompt that is found, each as a recipe with one version."""
    found = Material(source=SOURCE, title=f"prompts from “{probe.name}”", origin=probe.stem)
    if probe.files is not None:
        for name in sorted(probe.names):
            if _is_ours(name) or PurePosixPath(name).suffix in _YAML:
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


def _is_template(data: Json) -> bool:
    return any(isinstance(data.get(key), str) for key in _LLM)


def _are_templates(probe: Probe) -> bool:
    """A folder of llm templates: nothing but YAML, and the first ones are such."""
    names = sorted(probe.names)
    if not names or not all(PurePosixPath(name).suffix in _YAML for name in names):
        return False
    return all(_is_template(_yaml(probe.read_text(name, limit=MAX_FILE))) for name in names[:5])


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
    for name, one in _newest(found, data if isinstance(data, list) else [data]).items():
        given = one.get("prompt")
        messages = given if isinstance(given, list) else [{"role": "user", "content": given}]
        blocks = [
            Block(role=_role(m.get("role")), text=unmarked(m["content"]))
            for m in messages
            if isinstance(m, dict) and isinstance(m.get("content"), str) and m["content"].strip()
        ]
        config = one.get("config")
        params: Json = dict(config) if isinstance(config, dict) else {}
        extra = params.pop(OURS, None)
        more = _more(extra if isinstance(extra, dict) else {})
        whens = extra.get("when") if isinstance(extra, dict) else None
        if isinstance(whens, list) and len(whens) == len(blocks):
            blocks = [
                block.model_copy(update={"when": when}) if isinstance(when, str) and _NAME.fullmatch(when) else block
                for block, when in zip(blocks, whens, strict=True)
            ]
        _add(found, name, name, blocks, params=params, tags=_words(one.get("tags")), raw=one, **more)


def _newest(found: Material, listed: list[Any]) -> dict[str, Json]:
    """The newest version of each name; the ones before it are left out with the reason."""
    newest: dict[str, Json] = {}
    for n, one in enumerate(listed):
        name = one.get("name") if isinstance(one, dict) else None
        if not isinstance(name, str) or not name.strip():
            found.skip(f"prompt {n + 1}", "it has no name")
            continue
        if name in newest:
            found.skip(name, "it is an earlier version; the newest comes in")
        if name not in newest or _number(one.get("version")) >= _number(newest[name].get("version")):
            newest[name] = one
    return newest


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _dotprompt(found: Material, key: str, title: str, text: str) -> None:
    source, body = front_matter.split(
        text[text.find("---") :] if text.lstrip().startswith("#") and "\n---" in text else text
    )
    front = _yaml(source or "")
    extra = {name.removeprefix(PREFIX): value for name, value in front.items() if name.startswith(PREFIX)}
    blocks: list[Block] = []
    role, at = "user", 0
    for mark in _ROLE.finditer(body):
        blocks += _block(role, body[at : mark.start()])
        role, at = mark.group(1) or "user", mark.end()
    blocks += _block(role, body[at:])
    config = front.get("config")
    params = {"model": front["model"]} if isinstance(front.get("model"), str) else {}
    params |= config if isinstance(config, dict) else {}
    said = extra.get("title")
    schema = _schema(front.get("input"))
    more: dict[str, Any] = {"slots": schema} | _more(extra)
    if any(_ours(front, name) for name in ("tools", "output")):
        found.note(title, "the tools and the output's shape that it names are kept, and mean nothing here")
    _add(
        found, key, said if isinstance(said, str) and said.strip() else title, blocks, params=params,
        tags=_words(extra.get("tags")), raw={"front": front}, **more,
    )  # fmt: skip


def _block(role: str, text: str) -> list[Block]:
    text = text.strip().replace("\\\\{{", "\\{{")
    inside = _WHEN.fullmatch(text)
    if inside is not None and not _LOGIC.search(inside[2]):
        return [Block(role=_role(role), when=inside[1], text=unmarked(inside[2].strip()))] if inside[2].strip() else []
    return [Block(role=_role(role), text=unmarked(text))] if text else []


def _schema(given: Any) -> list[Slot]:
    """Slots from dotprompt's `input`: Picoschema's names and types, and the defaults."""
    schema, defaults = (given.get("schema"), given.get("default")) if isinstance(given, dict) else (None, None)
    defaults = defaults if isinstance(defaults, dict) else {}
    made: dict[str, Slot] = {}
    for key, told in schema.items() if isinstance(schema, dict) else ():
        name, _, options = key.partition("(")
        if not _NAME.fullmatch(name.rstrip("?")):
            continue
        kind, _, about = told.partition(",") if isinstance(told, str) else ("", "", options.partition(",")[2][:-1])
        choices = tuple(str(one) for one in told) if isinstance(told, list) and options.startswith("enum") else ()
        made[name.rstrip("?")] = Slot(
            name=name.rstrip("?"), type="choice" if choices else _TYPES.get(kind.strip(), "text"), choices=choices,
            required=not name.endswith("?"), help=unmarked(about.strip()),
        )  # fmt: skip
    for name, value in defaults.items():
        if _NAME.fullmatch(name) and isinstance(value, str | int | float):
            made[name] = made.get(name, Slot(name=name)).model_copy(update={"default": unmarked(str(value))})
    return list(made.values())


def _ours(front: Json, name: str) -> bool:
    return front.get(name) not in (None, "", [], {})


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
        Block(role="system" if name == "system" else "user", text=_DOLLAR.sub(_braces, unmarked(data[name].strip())))
        for name in ("system", "prompt")
        if isinstance(data.get(name), str) and data[name].strip()
    ]
    defaults = data.get("defaults")
    kept = {str(k): str(v) for k, v in defaults.items()} if isinstance(defaults, dict) else {}
    params = {"model": data["model"]} if isinstance(data.get("model"), str) else {}
    _add(found, key, title, blocks, params=params, defaults=kept, raw=data)


def _braces(match: re.Match[str]) -> str:
    return "$" if match[1] else f"{{{{{match[2] or match[3]}}}}}"


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
        return front_matter.read(source, limit=MAX_FILE).values
    except ImportRefused:
        return {}


def _role(word: Any) -> Any:
    return _ROLES.get(word, "user") if isinstance(word, str) else "user"


def _add(
    found: Material, key: str, title: str, blocks: list[Block], *, params: Json | None = None,
    tags: list[str] | None = None, never: list[str] | None = None, medium: str = "",
    defaults: dict[str, str] | None = None, raw: Json | None = None, slots: list[Slot] | None = None,
) -> None:  # fmt: skip
    if not blocks:
        found.skip(title, "it holds no text")
        return
    text = "\n".join(block.text for block in blocks)
    if _LOGIC.search(text):
        found.note(title, "it has conditions or loops of another template language; look at them in the Prompt Forge")
    told = {slot.name for slot in slots or ()}
    blanks = [*(slots or ()), *(slot for slot in slots_in(blocks, defaults) if slot.name not in told)]
    found.prompts.append(PromptText(
        key, unmarked(" ".join(title.split())), blocks, blanks, never=never or [], params=params or {},
        tags=tags or [], folder=FOLDER, medium=medium, raw=raw or {},
    ))  # fmt: skip


def _more(extra: Json) -> Json:
    """What one of our exports put beside a prompt, as far as it makes sense."""
    found: Json = {"never": _words(extra.get("never"))}
    if isinstance(medium := extra.get("medium"), str):
        found["medium"] = unmarked(medium[:80])
    try:
        slots = [Slot.model_validate(one) for one in extra.get("slots") or ()]
    except (ValidationError, TypeError):
        return found
    if slots and all(_NAME.fullmatch(slot.name) for slot in slots):
        found["slots"] = slots
    return found


def _words(value: Any) -> list[str]:
    return [unmarked(one) for one in value if isinstance(one, str)] if isinstance(value, list) else []


def slots_in(blocks: Iterable[Block], defaults: dict[str, str] | None = None) -> list[Slot]:
    """The slots that a text asks for by itself: its plain variables, and what a block of it hangs on."""
    text, whens = "\n".join(block.text for block in blocks), dict.fromkeys(one.when for one in blocks if one.when)
    asked = [Slot(name=name, required=True, default=(defaults or {}).get(name, "")) for name in _names(text)]
    return [*asked, *(Slot(name=when) for when in whens if when not in {slot.name for slot in asked})]


def _names(text: str) -> Iterator[str]:
    """The plain variables of a text, each once, where they can be the name of a slot."""
    yield from dict.fromkeys(name.lower() for name in _PLAIN.findall(text) if name.islower() and name[0].isalpha())
