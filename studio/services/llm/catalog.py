"""The models and providers known by name, with windows and prices; a user's `models.json` overrides them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ValidationError

from studio import resources_dir
from studio.domain.errors import Invalid
from studio.domain.record import Frozen
from studio.services.llm.provider import Price

if TYPE_CHECKING:
    from pathlib import Path

OVERRIDE_FILE = "models.json"


class ProviderSpec(Frozen):
    """One kind of provider. `direct_url` speaks OpenAI chat completions; `list_url` lists models in `list_style`."""

    id: str
    label: str
    backend: Literal["litellm", "openai_compat"]
    direct_url: str = ""
    list_style: Literal["openai", "anthropic", "gemini"] = "openai"
    list_url: str = ""
    key_url: str = ""
    needs_key: bool = True
    local: bool = False


class ModelSpec(Frozen):
    """One model by its full id. A missing price means unknown; `temperature` is False where the model takes none."""

    id: str
    label: str
    context: int = 0
    max_output: int = 0
    price: Price | None = None
    temperature: bool = True


class Catalog(Frozen):
    """All known providers and models."""

    version: int = 1
    as_of: str = ""
    note: str = ""
    providers: tuple[ProviderSpec, ...] = ()
    models: tuple[ModelSpec, ...] = ()

    @classmethod
    def load(cls, config_dir: Path | None = None) -> Catalog:
        """The shipped catalog, with the user's file over it. Reads files: not for the event loop."""
        shipped = cls.model_validate_json((resources_dir() / "models" / "catalog.json").read_bytes())
        override = config_dir / OVERRIDE_FILE if config_dir else None
        return shipped.overlaid(override) if override and override.is_file() else shipped

    def overlaid(self, path: Path) -> Catalog:
        """This catalog with the providers and models of a file put over it, field by field, matched by id."""
        try:
            own = json.loads(path.read_text(encoding="utf-8"))
            return self.model_copy(
                update={
                    "providers": _merged(self.providers, own.get("providers", []), ProviderSpec),
                    "models": _merged(self.models, own.get("models", []), ModelSpec),
                }
            )
        except (ValueError, ValidationError, AttributeError, KeyError, TypeError) as error:
            raise Invalid(f"The model list {path} can't be read: {error}", hint="Correct it or remove it.") from error

    def provider(self, provider_id: str) -> ProviderSpec | None:
        """The provider of this id, or None."""
        return next((p for p in self.providers if p.id == provider_id), None)

    def model(self, model_id: str) -> ModelSpec | None:
        """The model of this id, or None: it can still be called, its price is only unknown."""
        return next((m for m in self.models if m.id == model_id), None)


def _merged(shipped: tuple[Any, ...], own: list[dict[str, Any]], kind: type[Frozen]) -> tuple[Any, ...]:
    by_id = {item.id: item.model_dump() for item in shipped}
    for item in own:
        by_id[item["id"]] = {"label": item["id"], **by_id.get(item["id"], {}), **item}
    return tuple(kind.model_validate(item) for item in by_id.values())
