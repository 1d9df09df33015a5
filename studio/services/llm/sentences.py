"""The sentence for each way in which a model call fails: what is wrong, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.model_call import MODEL_ERRORS, BadResponse, ModelError

if TYPE_CHECKING:
    from studio.engine.protocol import Failure
    from studio.services.llm.routing import Route

_SENTENCES = {
    "auth": ("{provider} refuses the key.", "Check it in Settings › Models."),
    "quota": ("The account with {provider} has no credit left.", "Add credit there, or choose another model."),
    "rate_limit": ("{provider} asks for a pause: too many calls.", "Try again {when}, or choose another model."),
    "context_too_long": (
        "This conversation is longer than {label} can read.",
        "Start a new thread, take out files or entities, or choose a model with a larger window.",
    ),
    "content_filter": (
        "{provider} stopped the answer by its content rules.",
        "Say it another way, or try another model.",
    ),
    "timeout": ("{label} didn't answer in time.", "Try again, or choose another model."),
    "cut": (
        "The connection to {provider} broke off in the middle of the answer.",
        "What came is kept; continue or retry.",
    ),
    "bad_response": ("{provider} sent something that is no answer.", "Try again, or choose another model."),
    "offline": ("{provider} can't be reached.", "Check the internet connection; everything but chat works without."),
    "engine_died": ("The part of the app that talks to models stopped.", "It starts again with the next message."),
    "cancelled": ("The answer was stopped.", ""),
}
_LOCAL_OFFLINE = ("No model server answers at {url}.", "Start {provider} and try again.")
_NO_KEY = ("There is no key for {provider}.", "Add it in Settings › Models.")
_NOT_FOUND = ("{provider} has no model called {name}.", "Choose another model.")
_EMPTY = ("{label} sent an empty answer.", "Try again, or choose another model.")


def _when(retry_after: float | None) -> str:
    if retry_after is None:
        return "in a minute"
    seconds = max(1, round(retry_after))
    return f"in {seconds} s" if seconds < 90 else f"in {round(seconds / 60)} minutes"


def _words(failure: Failure, route: Route) -> tuple[str, str]:
    if failure.code == "offline" and route.local:
        return _LOCAL_OFFLINE
    if failure.code == "auth" and failure.detail == "no key":
        return _NO_KEY
    if failure.code == "bad_response" and failure.status == 404:
        return _NOT_FOUND
    if failure.code == "bad_response" and failure.detail == "empty":
        return _EMPTY
    return _SENTENCES.get(failure.code, _SENTENCES["bad_response"])


def error_for(failure: Failure, route: Route) -> ModelError:
    """The typed error of a failure, with its sentence."""
    sentence, hint = _words(failure, route)
    fill = {
        "provider": route.provider,
        "label": route.label,
        "name": route.direct_model,
        "url": route.direct_url,
        "when": _when(failure.retry_after),
    }
    kind = MODEL_ERRORS.get(failure.code, BadResponse)
    return kind(
        sentence.format_map(fill),
        hint=hint.format_map(fill),
        model=route.model,
        status=failure.status,
        retry_after=failure.retry_after,
        detail=failure.detail,
    )
