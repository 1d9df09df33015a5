"""How much of the form's core is filled, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.services.foundry.form import FIELDS, FormField
from studio.services.foundry.paths import get_path, is_empty

if TYPE_CHECKING:
    from studio.domain.blueprint import Blueprint

CORE = tuple(f for f in FIELDS.values() if f.core)
_DIALS = FormField("dials.grit", "Dials", "dial")


class Completeness(NamedTuple):
    """How many of the core fields say something; `missing` in the form's order."""

    filled: int
    total: int
    missing: tuple[FormField, ...]

    @property
    def fraction(self) -> float:
        """0–1."""
        return self.filled / self.total


def completeness(blueprint: Blueprint) -> Completeness:
    """The state of the core fields; the dials count as one of them."""
    missing = [f for f in CORE if is_empty(get_path(blueprint, f.path))]
    missing += [] if blueprint.dials else [_DIALS]
    total = len(CORE) + 1
    return Completeness(total - len(missing), total, tuple(missing))
