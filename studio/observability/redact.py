"""Takes out of a text what must not lie in a log: keys, tokens, mail addresses, the user's own folders."""

from __future__ import annotations

import re
from pathlib import Path

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w\-.~+/=]{8,}"), r"\1 [redacted]"),
    (
        re.compile(
            r"(?i)((?:api[-_ ]?key|token|secret|password|passphrase|authorization)[\"']?\s*[:=]\s*[\"']?)[^\s\"',;]{4,}"
        ),
        r"\1[redacted]",
    ),
    (re.compile(r"\b(?:sk|pk|rk|xai|gsk|ghp|hf|or)[-_][\w\-]{12,}\b"), "[redacted key]"),
    (re.compile(r"\bAIza[\w\-]{20,}"), "[redacted key]"),
    (re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]+\b"), "[redacted mail]"),
    (re.compile(r"\b(?=[\w\-]*\d)(?=[\w\-]*[A-Za-z])[A-Za-z0-9_\-]{40,}\b"), "[redacted token]"),
)


def redact(text: str) -> str:
    """The text without keys, tokens, addresses and the home folder's name."""
    home = str(Path.home())
    if len(home) > 3:
        text = text.replace(home, "~")
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text
