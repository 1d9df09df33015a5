"""Which embedder the user chose: the one that ships, or a model behind one of the connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.chat import Usage
from studio.engine.protocol import CallFailed, EmbedderSpec, Failure
from studio.services.llm.metering import cost_of
from studio.services.llm.provider import Price

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.services.llm.routing import Models
    from studio.services.spend import Spend

BUDGET = "budget"
"""The failure of an embedding that would go over the budget."""
PRICES = {
    "openai/text-embedding-3-small": 0.02, "openai/text-embedding-3-large": 0.13,
    "openai/text-embedding-ada-002": 0.10, "mistral/mistral-embed": 0.10,
}  # fmt: skip
"""US dollars for a million tokens, as the providers' price lists have it; the catalog knows chat models alone."""


class Chosen(NamedTuple):
    """An embedder, the name of the key that it needs, whether texts stay on this machine, and what it costs.

    `model` is empty for the one that ships; `price` is None where nobody knows it.
    """

    spec: EmbedderSpec
    secret_name: str = ""
    local: bool = True
    model: str = ""
    price: Price | None = None


class EmbedMeter:
    """Charges what a chosen embedder is sent to the spend ledger, and stops it where the budget is used up."""

    def __init__(
        self, spend: Spend, picked: Chosen, *, project_id: str = "", told: Callable[[], object] = lambda: None
    ) -> None:
        self._spend, self._picked, self._project, self._told = spend, picked, project_id, told

    async def check(self) -> None:
        """Raises CallFailed where nothing more may be spent. What is known to be free may always be asked."""
        price = self._picked.price
        if (price is None or price.input) and (await self._spend.state()).level == "stop":
            raise CallFailed(Failure(code=BUDGET))

    async def note(self, tokens: int, *, estimated: bool) -> None:
        """Write down what was sent."""
        usage = Usage(input_tokens=tokens, estimated=estimated)
        cost = cost_of(usage, self._picked.price)
        await self._spend.note(
            purpose="embedding", project_id=self._project, model=self._picked.model, usage=usage, cost_usd=cost
        )
        self._told()


def chosen(models: Models, name: str) -> Chosen:
    """The embedder of a setting: empty for the one that ships, else `provider/model`. Raises NoModel with the reason.

    The address is part of its id: the same name on another server may be another model.
    """
    if not name.strip():
        return Chosen(EmbedderSpec())
    route = models.route(name.strip())
    spec = EmbedderSpec(id=f"{route.model}@{route.direct_url}", url=route.direct_url, model=route.direct_model)
    known = PRICES.get(route.model)
    price = Price(input=known) if known is not None else route.price
    return Chosen(spec, route.secret_name, local=route.local, model=route.model, price=price)
