"""From evidence to a number: rule reliabilities and an isotonic curve, fitted offline and stored in calibration.py."""

from __future__ import annotations

from studio.services.extraction import calibration
from studio.services.extraction.draft import Ent, Val


def squash(x: float) -> float:
    """Keep a probability off 0 and 1."""
    return min(0.99, max(0.02, x))


def entity_confidence(ent: Ent) -> float:
    """How sure it is that this is an entity of that kind: votes for the kind against the others, and structure."""
    if not ent.votes:
        return 0.1
    best = max(ent.votes.values())
    total = sum(v for v in ent.votes.values() if v > 0)
    share = best / total if total else 0.0
    base = 0.35 + 0.14 * min(best, 3.0) * share + (0.1 if ent.structural else 0.0) + 0.02 * min(len(ent.mentions), 4)
    return round(squash(0.97 if ent.known else base), 3)


def raw_score(rule: str, ent_confidence: float, *, struct: bool) -> float:
    """The uncalibrated score of a value: its rule's reliability, moved by how sure its entity is."""
    base = calibration.RULES.get(rule) or calibration.RULES.get(rule.split(":")[0] + ":*") or calibration.DEFAULT
    return squash(base * (0.55 + 0.45 * ent_confidence) + (0.05 if struct else 0.0))


def calibrated(raw: float) -> float:
    """The raw score on the fitted curve (piecewise linear)."""
    points = calibration.CURVE
    if raw <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        if raw <= x1:
            return y0 + (y1 - y0) * (raw - x0) / (x1 - x0) if x1 > x0 else y1
    return points[-1][1]


def field_confidence(val: Val, ent_confidence: float) -> float:
    """What is shown to the user: of the values shown at 0.9, nine in ten hold."""
    return round(squash(calibrated(raw_score(val.rule, ent_confidence, struct=val.struct))), 3)
