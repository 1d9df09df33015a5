"""From a model id to everything needed to call it: which connection, backend, address, key name and price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from studio.domain.model_call import NoModel
from studio.domain.record import Frozen
from studio.services.llm.catalog import Catalog, ModelSpec, ProviderSpec
from studio.services.llm.connections import Connection, Connections
from studio.services.llm.provider import Price

if TYPE_CHECKING:
    from pathlib import Path

FREE = Price(input=0, output=0, cached_input=0)
_SETTINGS = "Open Settings › Models and add one."


class Route(Frozen):
    """How one model is reached. `price` is None where nobody knows it."""

    model: str
    label: str
    provider: str
    backend: Literal["litellm", "openai_compat"]
    name: str
    base_url: str = ""
    direct_url: str = ""
    direct_model: str = ""
    secret_name: str = ""
    needs_key: bool = True
    price: Price | None = None
    context: int = 0
    temperature: bool = True
    local: bool = False

    @property
    def free(self) -> bool:
        """True where it is known that nobody is paid."""
        return self.price is not None and not (self.price.input or self.price.output)


class ModelChoice(Frozen):
    """One line of a model picker."""

    id: str
    label: str
    connection: str
    context: int = 0
    price: Price | None = None


class Models:
    """What can be called: the catalog's models behind the user's connections. One per application."""

    def __init__(self, catalog: Catalog, connections: Connections) -> None:
        self.catalog = catalog
        self.connections = connections

    @classmethod
    def load(cls, config_dir: Path) -> Models:
        """From the settings folder. Reads files: not for the event loop."""
        return cls(Catalog.load(config_dir), Connections(config_dir))

    def route(self, model: str) -> Route:
        """The route of a model id; raises NoModel for an empty id, an unknown provider, a missing connection."""
        if not model:
            raise NoModel("No model is chosen.", hint=_SETTINGS)
        prefix, _, name = model.partition("/")
        if not name:
            raise NoModel(f"“{model}” names no provider.", hint="Write it as provider/model, such as openai/gpt-5.4.")
        connection = self._connection(prefix, model)
        spec = self.catalog.provider(connection.provider)
        if spec is None:
            raise NoModel(f"“{connection.provider}” is no kind of provider that this version knows.", hint=_SETTINGS)
        return _route(model, name, connection, spec, self.catalog.model(f"{spec.id}/{name}"))

    def _connection(self, prefix: str, model: str) -> Connection:
        if prefix.startswith("custom:"):
            wanted = prefix.removeprefix("custom:")
            found = next((c for c in self.connections if c.name == wanted), None)
        else:
            found = self.connections.of_provider(prefix)
            spec = self.catalog.provider(prefix)
            if found is None and spec is not None and spec.local:
                return Connection(name=spec.label, provider=spec.id)
        if found is None:
            raise NoModel(f"No connection is set up for {model}.", hint=_SETTINGS)
        return found

    def available(self) -> tuple[ModelChoice, ...]:
        """Every model behind a connection: what the provider listed, else what the catalog knows."""
        return tuple(choice for connection in self.connections for choice in self._choices(connection))

    def _choices(self, connection: Connection) -> list[ModelChoice]:
        first = self.connections.of_provider(connection.provider) == connection
        named = connection.provider != "openai_compat" and first
        prefix = connection.provider if named else f"custom:{connection.name}"
        known = {m.id.partition("/")[2]: m for m in self.catalog.models if m.id.startswith(f"{connection.provider}/")}
        found = []
        for name in connection.models or tuple(known):
            spec = known.get(name)
            found.append(
                ModelChoice(
                    id=f"{prefix}/{name}",
                    label=spec.label if spec else name,
                    connection=connection.name,
                    context=spec.context if spec else 0,
                    price=spec.price if spec else None,
                )
            )
        return found


def is_loopback(url: str) -> bool:
    """True for an address on this machine."""
    host = url.partition("://")[2].partition("/")[0].rpartition("@")[2]
    host = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    return host in ("localhost", "::1") or host.startswith("127.")


class Addresses(Frozen):
    """Where a connection is reached: by litellm (empty for its own), directly, and for the list of models."""

    litellm: str
    direct: str
    listing: str


def addresses(connection: Connection, spec: ProviderSpec) -> Addresses:
    """The addresses of a connection, whichever part of its provider's usual path the user wrote."""
    base = connection.base_url.strip().rstrip("/")
    if not base:
        return Addresses(litellm="", direct=spec.direct_url, listing=spec.list_url)
    if spec.id == "anthropic":
        root = base.removesuffix("/v1")
        return Addresses(litellm=root, direct=f"{root}/v1", listing=f"{root}/v1")
    if spec.id == "gemini":
        root = base if base.endswith(("/v1beta", "/v1")) else f"{base}/v1beta"
        return Addresses(litellm=root, direct=f"{root}/openai", listing=root)
    return Addresses(litellm=base, direct=base, listing=base)


def _route(model: str, name: str, connection: Connection, spec: ProviderSpec, known: ModelSpec | None) -> Route:
    where = addresses(connection, spec)
    local = is_loopback(where.direct) and (spec.local or spec.id == "openai_compat")
    if not where.direct:
        raise NoModel(
            f"The connection “{connection.name}” has no address.", hint="Add its base URL in Settings › Models."
        )
    return Route(
        model=model,
        label=known.label if known else name,
        provider=connection.name if connection.provider == "openai_compat" else spec.label,
        backend=spec.backend,
        name=f"{spec.id}/{name}" if spec.backend == "litellm" else name,
        base_url=where.litellm if spec.backend == "litellm" else where.direct,
        direct_url=where.direct,
        direct_model=name,
        secret_name=connection.secret_name,
        needs_key=spec.needs_key,
        price=known.price if known else (FREE if local else None),
        context=known.context if known else 0,
        temperature=known.temperature if known else True,
        local=local,
    )
