"""The border to whoever really talks to a model: what the gateway asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from studio.domain.record import Frozen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from studio.engine.protocol import ChatCall, ChatEnd, ChatItem


class ProviderStream(Protocol):
    """One answer on its way: items, then exactly one `ChatEnd`. Raises `CallFailed`. `aclose` stops it at once."""

    def __aiter__(self) -> AsyncIterator[ChatItem | ChatEnd]: ...

    async def __anext__(self) -> ChatItem | ChatEnd: ...

    async def aclose(self) -> None: ...


class ChatProvider(Protocol):
    """Whoever streams answers: the engine's client is one."""

    def chat(self, call: ChatCall) -> ProviderStream:
        """Start one call. Nothing is sent before the first item is asked for."""
        ...


class Price(Frozen):
    """US dollars for a million tokens. `cached_in` is for input that the provider had in its cache."""

    input: float = 0.0
    output: float = 0.0
    cached_input: float | None = None
