"""One engine process for all tests of the gateway, a scripted provider, and a gateway over both."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.engine.client import EngineClient
from studio.services.llm.catalog import Catalog
from studio.services.llm.connections import Connection, Connections
from studio.services.llm.gateway import Gateway
from studio.services.llm.keys import StoredKeys
from studio.services.llm.routing import Models
from studio.services.spend import Budget, Spend
from studio.storage.secrets import SessionSecrets
from tests.support.provider import ScriptedProvider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KEY = "sk-scripted-0123456789"


@pytest.fixture(scope="session")
def engine() -> Iterator[EngineClient]:
    """A running engine; its loops come and go with the tests."""
    client = EngineClient()
    asyncio.run(client.call("warm"))
    yield client
    client.shutdown()


@pytest.fixture
def provider() -> Iterator[ScriptedProvider]:
    """The scripted provider, fresh."""
    with ScriptedProvider(key=KEY) as scripted:
        yield scripted


@pytest.fixture
def backup() -> Iterator[ScriptedProvider]:
    """A second provider, for fallbacks."""
    with ScriptedProvider(key=KEY) as scripted:
        yield scripted


@pytest.fixture
def models(tmp_path: Path, provider: ScriptedProvider, backup: ScriptedProvider) -> Models:
    """Connections to both: `openai/…` over litellm, `openrouter/…` and `custom:Backup/…` the direct way."""
    connections = Connections(tmp_path)
    connections.save(Connection(name="OpenAI", provider="openai", base_url=provider.url))
    connections.save(Connection(name="OpenRouter", provider="openrouter", base_url=provider.url))
    connections.save(Connection(name="Anthropic", provider="anthropic", base_url=provider.origin))
    connections.save(Connection(name="Google", provider="gemini", base_url=provider.origin))
    connections.save(Connection(name="Backup", provider="openai_compat", base_url=backup.url))
    connections.save(Connection(name="Ollama", provider="ollama", base_url=provider.url))
    connections.save(Connection(name="Gone", provider="lmstudio", base_url="http://127.0.0.1:9/v1"))
    return Models(Catalog.load(), connections)


@pytest.fixture
def secrets(models: Models) -> SessionSecrets:
    """The right key for every connection."""
    store = SessionSecrets()
    for connection in models.connections:
        store.set(connection.secret_name, KEY)
    return store


@pytest.fixture
def budget() -> dict[str, Budget]:
    """The budget of the test, to be replaced under "now"."""
    return {"now": Budget()}


@pytest.fixture
def spend(tmp_path: Path, budget: dict[str, Budget]) -> Iterator[Spend]:
    """A ledger of this test."""
    ledger = Spend(tmp_path, budget=lambda: budget["now"])
    yield ledger
    ledger.close()


@pytest.fixture
def gateway(engine: EngineClient, models: Models, secrets: SessionSecrets, spend: Spend) -> Gateway:
    """The gateway as the application builds it."""
    return Gateway(engine, models=models, keys=StoredKeys(secrets), meter=spend)


@pytest.fixture
def quick(engine: EngineClient, models: Models, secrets: SessionSecrets, spend: Spend) -> Callable[[], Gateway]:
    """Make a gateway whose waits between attempts take no time."""

    async def no_time(_: float) -> None:
        return

    return lambda: Gateway(engine, models=models, keys=StoredKeys(secrets), meter=spend, sleep=no_time)
