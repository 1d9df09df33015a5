"""Setting up connections: find model servers on this machine, try out an address and key, remember what it listed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from studio.domain.model_call import ModelError, NoModel
from studio.domain.record import Frozen
from studio.engine.protocol import CallFailed, ListModels
from studio.services.llm.connections import Connection
from studio.services.llm.routing import Route, addresses, is_loopback
from studio.services.llm.sentences import error_for

if TYPE_CHECKING:
    from studio.services.llm.catalog import Catalog, ProviderSpec

LOCAL_TIMEOUT = 0.3
TIMEOUT = 15.0


class Engine(Protocol):
    """What is needed of the engine's client."""

    async def call(self, method: str, **params: object) -> dict[str, object]: ...


class Tested(Frozen):
    """The outcome of a try. `error` is the sentence to show when it didn't work."""

    ok: bool
    sentence: str
    models: tuple[str, ...] = ()
    code: str = ""


async def detect_local(engine: Engine, catalog: Catalog) -> tuple[Connection, ...]:
    """The model servers that answer on this machine, as connections ready to be saved. Takes 0.3 s at most."""
    specs = [spec for spec in catalog.providers if spec.local and is_loopback(spec.list_url)]
    found = await asyncio.gather(*(_probe(engine, spec) for spec in specs))
    return tuple(connection for connection in found if connection is not None)


async def _probe(engine: Engine, spec: ProviderSpec) -> Connection | None:
    try:
        models = await _listed(engine, ListModels(base_url=spec.list_url, timeout=LOCAL_TIMEOUT))
    except CallFailed:
        return None
    return Connection(name=spec.label, provider=spec.id, models=models)


async def try_connection(engine: Engine, catalog: Catalog, connection: Connection, *, key: str = "") -> Tested:
    """Ask a connection for its models: "Works, 14 models.", or the sentence that says what is wrong."""
    spec = catalog.provider(connection.provider)
    base_url = addresses(connection, spec).listing if spec else ""
    if spec is None or not base_url:
        return Tested(ok=False, sentence="This connection has no address. Add its base URL.", code=NoModel.code)
    if spec.needs_key and not key:
        return Tested(ok=False, sentence=f"{spec.label} needs a key. You get one at {spec.key_url}.", code="auth")
    try:
        call = ListModels(style=spec.list_style, base_url=base_url, api_key=key.strip(), timeout=TIMEOUT)
        models = await _listed(engine, call)
    except CallFailed as error:
        problem = _problem(error, connection, spec, base_url)
        return Tested(ok=False, sentence=str(problem), code=problem.code)
    count = "1 model" if len(models) == 1 else f"{len(models)} models"
    return Tested(ok=True, sentence=f"Works, {count}.", models=models)


def _problem(error: CallFailed, connection: Connection, spec: ProviderSpec, base_url: str) -> ModelError:
    failure = error.failure
    route = Route(
        model=connection.name,
        label=connection.name,
        provider=connection.name,
        backend=spec.backend,
        name="",
        direct_url=base_url,
        local=is_loopback(base_url),
    )
    if failure.code == "bad_response":
        return ModelError(
            f"{base_url} answers, but not like a model server.", hint="Check the address; it often ends in /v1."
        )
    return error_for(failure, route)


async def _listed(engine: Engine, call: ListModels) -> tuple[str, ...]:
    result = await engine.call("models.list", **call.model_dump(mode="json"))
    models = result.get("models")
    return tuple(str(m) for m in models) if isinstance(models, list) else ()
