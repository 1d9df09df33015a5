"""Asking a provider which models it has: the cheapest proof that address and key are right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.engine.faults import EngineFailure, of_status, retry_after
from studio.engine.models_http import client_for, headers, translated
from studio.engine.protocol import ListModels

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import httpx

    from studio.engine.methods import Piece

_ANTHROPIC_VERSION = "2023-06-01"


async def list_models(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """The ids of the models, in the provider's order: `{"models": […]}`."""
    call = ListModels.model_validate(params)
    url = call.base_url.rstrip("/") + "/models"
    sent = headers(call.api_key)
    if call.api_key and call.style != "openai":
        del sent["authorization"]
        sent["x-api-key" if call.style == "anthropic" else "x-goog-api-key"] = call.api_key
    if call.style == "anthropic":
        sent["anthropic-version"] = _ANTHROPIC_VERSION
    async with translated(sent=False):
        response = await client_for(url).get(
            url, headers=sent, params={"limit": "1000"} if call.style == "anthropic" else {}, timeout=call.timeout
        )
    if response.status_code != 200:
        raise of_status(response.status_code, response.text, retry_after=retry_after(dict(response.headers)))
    yield "done", {"models": _ids(response)}


def _ids(response: httpx.Response) -> list[str]:
    try:
        data = response.json()
        rows = data["data"] if "data" in data else data["models"]
        return [str(row.get("id") or row["name"]).removeprefix("models/") for row in rows or ()]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineFailure("bad_response", detail="no list of models") from error
