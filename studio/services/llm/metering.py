"""Counting our own: tokens estimated offline, and what they cost. Providers' counts win where they give any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.chat import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.model_call import ChatMessage, ModelRequest
    from studio.services.llm.provider import Price

_PIECE = re.compile(r"[A-Za-z]+|[^\W\d_A-Za-z]+|\d+|[^\w\s]+|\n+|_+")
_WORD, _FOREIGN, _DIGITS = 6.0, 2.6, 3.0
_OVERHEAD = 4
TYPICAL_ANSWER = 1_000


def estimate_tokens(text: str) -> int:
    """About how many tokens a model makes of a text; within some 15 % for prose, always an estimate ("≈")."""
    return sum(_piece_tokens(m.group()) for m in _PIECE.finditer(text))


def _piece_tokens(piece: str) -> int:
    first = piece[0]
    if first.isascii():
        size = _WORD if first.isalpha() else _DIGITS if first.isdigit() else 2.0
        return max(1, round(len(piece) / size))
    wide = sum(ord(c) >= 0x2E80 for c in piece)
    return max(1, round(wide + (len(piece) - wide) / _FOREIGN))


def estimate_input(messages: Iterable[ChatMessage]) -> int:
    """About how many tokens the messages of a call are, with what a provider adds around each."""
    return sum(estimate_tokens(m.content) + _OVERHEAD for m in messages)


def estimate_call(request: ModelRequest) -> Usage:
    """What a call will use, before it is made: its input, and a typical answer unless it asks for less."""
    output = min(TYPICAL_ANSWER, request.max_tokens or TYPICAL_ANSWER)
    return Usage(input_tokens=estimate_input(request.messages), output_tokens=output, estimated=True)


def estimate_partial(request: ModelRequest, output: str) -> Usage:
    """What an answer that broke off has used."""
    return Usage(input_tokens=estimate_input(request.messages), output_tokens=estimate_tokens(output), estimated=True)


def cost_of(usage: Usage, price: Price | None) -> float | None:
    """US dollars for a usage; None where no price is known. Cached input is part of the input tokens."""
    if price is None:
        return None
    cached = min(usage.cached_tokens, usage.input_tokens)
    cached_price = price.input if price.cached_input is None else price.cached_input
    fresh = (usage.input_tokens - cached) * price.input
    return (fresh + cached * cached_price + usage.output_tokens * price.output) / 1_000_000
