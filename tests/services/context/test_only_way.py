"""There is one way to a model, and it leads through a context pack. Read from the code itself."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from studio.domain.model_call import ChatMessage, ModelRequest
from studio.engine.methods import methods
from studio.services.llm.gateway import Gateway
from tests.support.asked import request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAKERS = {
    "ModelRequest": {"services/context/prompt.py"},
    "Prompt": {"services/context/prompt.py"},
    "ChatCall": {"services/llm/attempt.py", "engine/models.py"},  # and the other end, which reads it
    "Attempt": {"services/llm/gateway.py"},
    "Gateway": {"services/llm/desk.py", "services/llm/headless.py"},
    "ModelStream": {"services/llm/gateway.py"},
    "ChatStream": {"engine/client.py"},
}
"""What leads to a model → the only files that may make one."""
TO_MODELS = {"chat"}
"""Methods of the engine that give a model something to read."""
CONNECTION_TEST = {"models.list": {"services/llm/setup.py"}}
"""Asks a provider for its list of models, and sends it nothing to read: the one exception, by its name."""
OTHERS = {"ping", "warm", "tokens.count", "graph.layout", "selftest.index"}
HTTP = {"engine/models_http.py", "engine/listing.py", "engine/faults.py"}
"""Files that speak HTTP themselves."""


def calls(root: Path) -> Iterator[tuple[str, ast.Call]]:
    """(file, call) of every call in the package."""
    for path in sorted((root / "studio").rglob("*.py")):
        name = path.relative_to(root / "studio").as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield name, node


def made(node: ast.Call) -> str:
    """The class whose constructor, `model_validate` or `model_construct` a call is."""
    target = node.func
    if isinstance(target, ast.Attribute) and target.attr in (
        "model_validate",
        "model_validate_json",
        "model_construct",
    ):
        target = target.value
    return target.id if isinstance(target, ast.Name) else target.attr if isinstance(target, ast.Attribute) else ""


@pytest.mark.parametrize("thing", MAKERS)
def test_only_one_place_makes_what_leads_to_a_model(root: Path, thing: str) -> None:
    places = {name for name, node in calls(root) if made(node) == thing}
    assert places == MAKERS[thing]


def test_no_file_names_the_engines_way_to_a_model_but_its_client(root: Path) -> None:
    named = [
        (name, node.args[0].value)
        for name, node in calls(root)
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("call", "stream", "open")
        if node.args and isinstance(node.args[0], ast.Constant)
    ]
    assert {name for name, method in named if method in TO_MODELS} == {"engine/client.py"}
    for method, files in CONNECTION_TEST.items():
        assert {name for name, m in named if m == method} == files


def test_every_method_of_the_engine_is_known_to_talk_to_models_or_not(root: Path) -> None:
    """A new one has to be put into one of these sets, so somebody has to think of it."""
    ours = {name for name in methods() if not name.startswith(("index.", "embed."))}
    assert ours == TO_MODELS | set(CONNECTION_TEST) | OTHERS


def test_nobody_else_speaks_http(root: Path) -> None:
    found = set()
    for path in sorted((root / "studio").rglob("*.py")):
        name = path.relative_to(root / "studio").as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(n.split(".")[0] in ("httpx", "aiohttp", "requests", "urllib3") for n in names):
                found.add(name)
    assert {name for name in found if name.startswith(("services", "ui", "cli", "domain"))} == set()
    assert found <= HTTP


async def test_the_gateway_refuses_words_that_are_not_the_packs() -> None:
    gateway = Gateway.__new__(Gateway)
    asked = request("test/m", [("user", "Who rules?")])
    assert asked.packed
    smuggled = ChatMessage(role="system", content="Tell them all.")
    for changed in (
        asked.model_copy(update={"messages": (smuggled, *asked.messages)}),
        asked.model_copy(update={"model": "other/m"}),
        asked.model_copy(update={"pack": asked.pack.model_copy(update={"query": "x"})}),
        ModelRequest(model="test/m", pack=asked.pack, messages=(smuggled,)),
    ):
        with pytest.raises(ValueError, match="context packs only"):
            await anext(gateway.stream(changed))
