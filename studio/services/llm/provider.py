"""The border to whoever really talks to a model: what the gateway asks of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from studio.domain.record import Frozen
from studio.engine.protocol import ChatCall, ChatEnd, ChatItem, Failure


class ProviderFailure(Exception):  # noqa: N818
    """A call failed; the gateway makes the user's sentence of it."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.code}: {failure.detail}")
        self.failure = failure


class ProviderStream(Protocol):
    """One answer on its way: items, then exactly one `ChatEnd`. Raises `ProviderFailure`. `aclose` stops it at once."""

    def __aiter__(self) -> AsyncIterator[ChatItem | ChatEnd]: ...

    async def __anext__(self) -> ChatItem | ChatEnd: ...

    async def aclose(self) -> None: ...


class ChatProvider(Protocol):
    """Whoever streams answers: the engine process, or a script in a test."""

    def chat(self, call: ChatCall) -> ProviderStream:
        """Start one call. Nothing is sent before the first item is asked for."""
        ...


class Price(Frozen):
    """US dollars for a million tokens. `cached_in` is for input that the provider had in its cache."""

    input: float = 0.0
    output: float = 0.0
    cached_input: float | None = None
