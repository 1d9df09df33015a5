"""From evidence to a number: how reliable the rule is and how sure the entity, by a logistic fit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studio.services.extraction import calibration

if TYPE_CHECKING:
    from studio.services.extraction.draft import Ent, Val

UNCONFIRMED = 0.88
"""The most that rules alone give an entity; a model that agrees, or a person, may say more."""


def squash(x: float) -> float:
    """Keep a probability off 0 and 1."""
    return min(0.99, max(0.02, x))


def entity_confidence(ent: Ent) -> float:
    """How sure it is that this is an entity of that kind: votes for the kind against the others, and structure."""
    if ent.known:
        return 0.97
    if not ent.votes:
        return 0.1
    best = max(ent.votes.values())
    total = sum(v for v in ent.votes.values() if v > 0)
    share = best / total if total else 0.0
    base = 0.35 + 0.14 * min(best, 3.0) * share + (0.1 if ent.structural else 0.0) + 0.02 * min(len(ent.mentions), 4)
    return round(min(UNCONFIRMED, squash(base)), 3)


def _logit(p: float) -> float:
    p = squash(p)
    return math.log(p / (1 - p))


def reliability(rule: str) -> float:
    """How often a rule was right; a rule never measured has its family's figure."""
    family = rule.split(":", 1)[0] + ":*"
    return calibration.RULES.get(rule) or calibration.RULES.get(family) or calibration.DEFAULT


def field_confidence(val: Val, trust: float) -> float:
    """What is shown to the user: of the values shown at 0.9, nine in ten hold. `trust` is the entity's confidence."""
    return confidence(val.rule, trust)


def confidence(rule: str, trust: float) -> float:
    """How likely it is that what a rule found holds, given how sure what it is about is."""
    x = (
        calibration.BIAS
        + calibration.RULE_WEIGHT * _logit(reliability(rule))
        + calibration.ENTITY_WEIGHT * _logit(trust)
    )
    return round(squash(1 / (1 + math.exp(-x))), 3)
