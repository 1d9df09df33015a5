"""Where the gateway gets keys from: the secret store, asked on a thread, never held longer than a call."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from studio.storage.secrets import SecretStore


class Keys(Protocol):
    """A source of keys by secret name."""

    async def key(self, name: str) -> str | None:
        """The key, or None where none is stored; raises StudioError where the store can't be opened."""
        ...


class StoredKeys:
    """Keys from a secret store. The keyring may ask the user to unlock it, so it is never asked on the loop."""

    def __init__(self, store: SecretStore) -> None:
        self._store = store

    async def key(self, name: str) -> str | None:
        """The key, or None where none is stored."""
        return await asyncio.to_thread(self._store.get, name)
