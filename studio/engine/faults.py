"""What goes wrong between us and a provider, sorted by HTTP status and error code, with keys taken out of the text."""

from __future__ import annotations

import re

from studio.engine.protocol import CallFailed, Failure

_DETAIL = 400
_KEYLIKE = re.compile(r"\b(?:sk|pk|rk|gsk|xai|key|AIza)[-_][A-Za-z0-9_\-*.]{6,}|\bAIza[A-Za-z0-9_\-]{10,}|Bearer\s+\S+")
_CONTEXT = re.compile(
    r"context.?length|maximum context|context window|prompt is too long|too many (?:input )?tokens|"
    r"input token count.{0,40}exceeds|exceeds the (?:available )?context|request too large|n_ctx",
    re.IGNORECASE,
)
_QUOTA = re.compile(
    r"insufficient.?(?:quota|funds|credits?|balance)|credit balance|billing|exceeded your current quota|payment",
    re.IGNORECASE,
)
_FILTER = re.compile(r"content.?(?:filter|policy|management)|safety|responsible.?ai|moderation", re.IGNORECASE)
_AUTH = re.compile(
    r"api.?key.{0,30}(?:invalid|incorrect|not valid)|(?:invalid|incorrect).{0,30}api.?key", re.IGNORECASE
)


class EngineFailure(CallFailed):
    """A call failed in a way that the app knows by its code."""

    def __init__(
        self,
        code: str,
        *,
        detail: str = "",
        status: int | None = None,
        retry_after: float | None = None,
        billable: bool = False,
    ) -> None:
        super().__init__(Failure(code=code, detail=detail, status=status, retry_after=retry_after, billable=billable))


def redact(text: str, *, secrets: tuple[str, ...] = ()) -> str:
    """The text without keys, short enough for a log line."""
    for secret in secrets:
        text = text.replace(secret, "•••")
    return _KEYLIKE.sub("•••", text)[:_DETAIL]


def as_failure(error: Exception, *, secrets: tuple[str, ...] = ()) -> Failure:
    """The failure that an exception stands for; one of a kind that nobody expected is `internal`."""
    if isinstance(error, EngineFailure):
        failure = error.failure
    else:
        failure = Failure(code="internal", detail=f"{type(error).__name__}: {error}")
    return failure.model_copy(update={"detail": redact(failure.detail, secrets=secrets)})


def of_status(status: int, text: str, *, retry_after: float | None = None, billable: bool = False) -> EngineFailure:
    """The failure of an HTTP status and the words with it. What is refused at once costs nothing."""
    return EngineFailure(_code(status, text), detail=text, status=status, retry_after=retry_after, billable=billable)


def _code(status: int, text: str) -> str:
    if status == 402 or (status in (400, 403, 429) and _QUOTA.search(text)):
        return "quota"
    if status in (401, 403) or (status == 400 and _AUTH.search(text)):
        return "auth"
    if status == 413 or (status in (400, 422, 500) and _CONTEXT.search(text)):
        return "context_too_long"
    if status in (408, 504):
        return "timeout"
    if status in (429, 529):
        return "rate_limit"
    if status == 400 and _FILTER.search(text):
        return "content_filter"
    return "bad_response"


def retry_after(headers: dict[str, str]) -> float | None:
    """Seconds that a provider asks us to wait: `retry-after-ms`, or `retry-after` in seconds; a date is not read."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) * unit)
        except (KeyError, ValueError):
            continue
    return None
