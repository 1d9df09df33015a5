"""Trying a connection, and finding model servers on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.services.llm.catalog import Catalog
from studio.services.llm.connections import Connection
from studio.services.llm.setup import detect_local, try_connection
from tests.support.provider import ScriptedProvider
from tests.support.timing import seconds, shortest

if TYPE_CHECKING:
    from studio.engine.client import EngineClient

NAMES = [f"model-{n}" for n in range(14)]


@pytest.fixture
def catalog() -> Catalog:
    """The shipped one, read off the loop."""
    return Catalog.load()


@pytest.mark.parametrize(
    ("kind", "path", "header"),
    [
        ("openai", "/v1", "authorization"),
        ("openrouter", "/v1", "authorization"),
        ("anthropic", "/v1", "x-api-key"),
        ("anthropic", "", "x-api-key"),
        ("gemini", "", "x-goog-api-key"),
        ("gemini", "/v1beta", "x-goog-api-key"),
    ],
)
async def test_a_good_connection_says_how_many_models_it_has(
    engine: EngineClient, catalog: Catalog, kind: str, path: str, header: str
) -> None:
    with ScriptedProvider(key="sk-right", models=NAMES) as provider:
        connection = Connection(name="Mine", provider=kind, base_url=provider.origin + path)
        tried = await try_connection(engine, catalog, connection, key=" sk-right ")
        assert tried.ok
        assert tried.sentence == "Works, 14 models."
        assert tried.models == tuple(NAMES)
        assert header in provider.seen[0].headers
        assert "sk-right" not in provider.seen[0].path
        refused = await try_connection(engine, catalog, connection, key="sk-wrong")
        assert (refused.ok, refused.code) == (False, "auth")
        assert "refuses the key" in refused.sentence


async def test_what_is_wrong_with_a_connection_is_said(engine: EngineClient, catalog: Catalog) -> None:
    cases = [
        (Connection(name="A", provider="openai"), "", "key"),
        (Connection(name="B", provider="openai_compat"), "", "no address"),
        (
            Connection(name="C", provider="openai_compat", base_url="http://127.0.0.1:9/v1"),
            "",
            "No model server answers",
        ),
        (Connection(name="D", provider="openai_compat", base_url="ftp://127.0.0.1/v1"), "", "not like a model server"),
        (Connection(name="E", provider="openai_compat", base_url="nonsense"), "", "not like a model server"),
        (Connection(name="F", provider="openai_compat", base_url="http://127.0.0.1:9"), "clé\n", "key"),
    ]
    for connection, key, words in cases:
        tried = await try_connection(engine, catalog, connection, key=key)
        assert not tried.ok
        assert words in tried.sentence, connection.name


async def test_servers_on_this_machine_are_found_at_once_and_others_left_alone(
    engine: EngineClient, catalog: Catalog
) -> None:
    with ScriptedProvider(models=("llama3", "phi")) as ollama, ScriptedProvider(models=()) as web:
        places = {
            "ollama": ollama.url,
            "lmstudio": "http://127.0.0.1:9/v1",
            "llamacpp": web.origin + "/somewhere/else",
            "mistral": "https://api.mistral.ai/v1",
        }
        specs = tuple(
            p.model_copy(update={"list_url": places[p.id], "local": True}) for p in catalog.providers if p.id in places
        )
        found: tuple[Connection, ...] = ()

        async def detect() -> None:
            nonlocal found
            found = await detect_local(engine, catalog.model_copy(update={"providers": specs}))

        assert await shortest(lambda: seconds(detect()), under=1) < 1
        assert [(c.name, c.provider, c.models) for c in found if c.models] == [("Ollama", "ollama", ("llama3", "phi"))]
