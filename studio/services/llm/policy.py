"""When a failed attempt is tried again, handed to the fallback, or given up: one policy for all providers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from studio.domain.record import Frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.model_call import ModelError

ATTEMPTS = 3
"""Requests to one model within one call, at most."""
SHORT_WAIT = 10.0
"""The longest retry-after, in seconds, that is waited for when there is no fallback."""
FALLBACK_WAIT = 2.0
"""The same when there is one."""
_BASE, _CEILING = 0.4, 8.0
_FALLBACK = frozenset({"rate_limit", "quota", "offline", "timeout", "cut", "bad_response", "no_model"})


class Step(Frozen):
    """What happens next; `wait` seconds before a retry."""

    kind: Literal["retry", "fallback", "raise"]
    wait: float = 0.0


def _is_transient(error: ModelError) -> bool:
    if error.code in ("rate_limit", "cut"):
        return True
    if error.code == "offline":
        return error.detail != "refused"
    return error.code == "bad_response" and (error.status or 0) >= 500


def _may_fall_back(error: ModelError) -> bool:
    """A bad request of ours would fail, and be paid for, elsewhere too."""
    ours = error.code == "bad_response" and error.status is not None and error.status < 500 and error.status != 404
    return error.code in _FALLBACK and not ours


def backoff(attempt: int, *, random: Callable[[], float]) -> float:
    """Seconds before the attempt after this one: exponential with full jitter, never quite zero."""
    return 0.1 + random() * min(_CEILING, _BASE * 2 ** (attempt - 1))


def next_step(
    error: ModelError, *, attempt: int, has_fallback: bool, seconds_left: float, random: Callable[[], float]
) -> Step:
    """Decide after a failure of which no text has been shown. `attempt` counts from 1."""
    leave = Step(kind="fallback" if has_fallback and _may_fall_back(error) else "raise")
    if attempt >= ATTEMPTS or not _is_transient(error):
        return leave
    wait = backoff(attempt, random=random) if error.retry_after is None else error.retry_after
    longest = FALLBACK_WAIT if has_fallback else SHORT_WAIT
    if wait > longest or wait >= seconds_left:
        return leave
    return Step(kind="retry", wait=wait)
