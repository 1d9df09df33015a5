"""All that the window needs to call models, put together once: engine, connections, keys, budget, gateway."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from studio.domain.errors import StudioError
from studio.engine.client import EngineClient
from studio.services.context.tokens import Counter
from studio.services.llm.gateway import Gateway
from studio.services.llm.keychain import KeyChain
from studio.services.llm.keys import StoredKeys
from studio.services.llm.routing import Models
from studio.services.llm.setup import Tested, detect_local, try_connection
from studio.services.spend import Budget, Spend
from studio.storage import paths

if TYPE_CHECKING:
    from pathlib import Path

    from studio.services.llm.catalog import ProviderSpec
    from studio.services.llm.connections import Connection
    from studio.settings import SettingsStore


class ModelDesk:
    """One per application. `gateway` is what chat and extraction call, `counter` counts tokens for them."""

    def __init__(self, settings: SettingsStore, models: Models, *, config: Path, data: Path) -> None:
        self.models = models
        self.engine = EngineClient()
        self.counter = Counter(lambda: self.engine)
        self.keys = KeyChain(config, place=lambda: settings.value.key_store)
        self.spend = Spend(data, budget=lambda: budget_of(settings))
        self.gateway = Gateway(self.engine, models=models, keys=StoredKeys(self.keys), meter=self.spend)

    @classmethod
    async def load(cls, settings: SettingsStore) -> ModelDesk:
        """Read catalog and connections on a thread."""
        config = await asyncio.to_thread(paths.config_dir)
        data = await asyncio.to_thread(paths.data_dir)
        return cls(settings, await asyncio.to_thread(Models.load, config), config=config, data=data)

    @property
    def connections(self) -> list[Connection]:
        """What the user set up."""
        return list(self.models.connections)

    @property
    def providers(self) -> tuple[ProviderSpec, ...]:
        """Every kind of provider that this version knows."""
        return self.models.catalog.providers

    async def detect(self) -> tuple[Connection, ...]:
        """Model servers that answer on this machine and aren't set up yet."""
        known = {(c.provider, c.base_url) for c in self.connections}
        found = await detect_local(self.engine, self.models.catalog)
        return tuple(c for c in found if (c.provider, c.base_url) not in known)

    async def test(self, connection: Connection, *, key: str = "") -> Tested:
        """Try a connection, with this key or the one that is kept."""
        kept = key
        if not kept:
            with contextlib.suppress(StudioError):
                kept = await asyncio.to_thread(self.keys.get, connection.secret_name) or ""
        return await try_connection(self.engine, self.models.catalog, connection, key=kept)

    async def save(self, connection: Connection, *, key: str = "") -> None:
        """Keep a connection, its key first: without a place for the key nothing is saved."""
        if key:
            await asyncio.to_thread(self.keys.set, connection.secret_name, key.strip())
        await asyncio.to_thread(self.models.connections.save, connection)

    async def remove(self, name: str) -> None:
        """Forget a connection and its key."""
        connection = self.models.connections.get(name)
        await asyncio.to_thread(self.models.connections.remove, name)
        with contextlib.suppress(StudioError):
            await asyncio.to_thread(self.keys.delete, connection.secret_name)

    async def aclose(self) -> None:
        """End the engine and close the ledger."""
        await self.engine.aclose()
        await asyncio.to_thread(self.spend.close)


def budget_of(settings: SettingsStore) -> Budget:
    """The budget of the settings; 0 is no limit."""
    value = settings.value
    return Budget(daily_usd=value.daily_budget or None, monthly_usd=value.monthly_budget or None)
