"""Which embedder the user chose: the one that ships, or a model behind one of the connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.engine.protocol import EmbedderSpec

if TYPE_CHECKING:
    from studio.services.llm.routing import Models


class Chosen(NamedTuple):
    """An embedder, the name of the key that it needs, and whether texts stay on this machine."""

    spec: EmbedderSpec
    secret_name: str = ""
    local: bool = True


def chosen(models: Models, name: str) -> Chosen:
    """The embedder of a setting: empty for the one that ships, else `provider/model`. Raises NoModel with the reason.

    The address is part of its id: the same name on another server may be another model.
    """
    if not name.strip():
        return Chosen(EmbedderSpec())
    route = models.route(name.strip())
    spec = EmbedderSpec(id=f"{route.model}@{route.direct_url}", url=route.direct_url, model=route.direct_model)
    return Chosen(spec, route.secret_name, local=route.local)
