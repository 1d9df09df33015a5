"""Everything that calling a model takes, put together for commands without a window, and taken apart again."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from studio.engine.client import EngineClient
from studio.services.llm.gateway import Gateway
from studio.services.llm.routing import Models
from studio.services.spend import Budget, Spend
from studio.settings import SettingsStore
from studio.storage import paths

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

KEY_VARIABLE = "TTRPG_STUDIO_API_KEY"
"""Where scripts hand over a key; it goes before the keyring and is kept nowhere."""


class _Keys:
    """The key of the environment, else of the system's keyring, asked on a thread."""

    async def key(self, name: str) -> str | None:
        if given := os.environ.get(KEY_VARIABLE):
            return given
        from studio.services.llm.keys import StoredKeys
        from studio.storage.secrets import KeyringSecrets

        return await StoredKeys(KeyringSecrets()).key(name)


def _read() -> tuple[Models, Budget, Path]:
    settings = SettingsStore(paths.config_dir()).value
    budget = Budget(daily_usd=settings.daily_budget or None, monthly_usd=settings.monthly_budget or None)
    return Models.load(paths.config_dir()), budget, paths.data_dir()


def headless_spend() -> Spend:
    """The user's own ledger and budget. Reads files; close it."""
    _, budget, folder = _read()
    return Spend(folder, budget=lambda: budget)


@asynccontextmanager
async def headless_gateway() -> AsyncIterator[tuple[Gateway, EngineClient]]:
    """A gateway over the user's own connections, budget and keys, with an engine of its own."""
    models, budget, folder = await asyncio.to_thread(_read)
    spend = Spend(folder, budget=lambda: budget)
    engine = EngineClient()
    try:
        yield Gateway(engine, models=models, keys=_Keys(), meter=spend), engine
    finally:
        await engine.aclose()
        await asyncio.to_thread(spend.close)
