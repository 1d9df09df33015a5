"""Fitted numbers (tests/services/extraction/fit_calibration.py writes this file): how often each rule was right."""

DEFAULT = 0.5
RULES: dict[str, float] = {}
CURVE: tuple[tuple[float, float], ...] = ((0.0, 0.02), (1.0, 0.98))
