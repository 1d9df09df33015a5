"""Takes out of a text what must not lie in a log: keys, tokens, addresses, folders, and what people wrote."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_SECRET_NAMES = r"api[-_ ]?key|x-api-key|token|secret|password|passwd|passphrase|authorization|cookie"
_TEXT_NAMES = r"prompt|content|messages?|text|body|quote|input|output|system|query|snippet|title|instructions"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w\-.~+/=]{8,}"), r"\1 [redacted]"),
    (re.compile(r"(?i)\b(\w+://)[^\s/@:]+:[^\s/@]+@"), r"\1[redacted]@"),
    (re.compile(rf"(?i)((?:{_SECRET_NAMES})[\"']?\s*[:=]\s*[\"']?)(?!\[redacted)[^\s\"',;&]{{4,}}"), r"\1[redacted]"),
    (re.compile(r"(?i)([?&](?:key|sig|signature|code)=)[^\s&\"']{4,}"), r"\1[redacted]"),
    (re.compile(r"\b(?:sk|pk|rk|xai|gsk|ghp|gho|hf|or|pplx|AKIA)[-_]?[\w\-]{16,}\b"), "[redacted key]"),
    (re.compile(r"\bAIza[\w\-]{20,}"), "[redacted key]"),
    (re.compile(r"\beyJ[\w\-]{8,}\.[\w\-]{8,}\.[\w\-]*"), "[redacted token]"),
    (re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]+\b"), "[redacted mail]"),
    (re.compile(rf"(?i)([\"'](?:{_TEXT_NAMES})[\"']\s*:\s*)\"(?:[^\"\\]|\\.)*\"?"), r'\1"[text]"'),
    (re.compile(rf"(?i)([\"'](?:{_TEXT_NAMES})[\"']\s*:\s*)'(?:[^'\\]|\\.)*'?"), r"\1'[text]'"),
    (re.compile(rf"(?i)\b((?:{_TEXT_NAMES})=)(?:\"(?:[^\"\\]|\\.)*\"?|'(?:[^'\\]|\\.)*'?)"), r"\1[text]"),
    (re.compile(r"\binput_value=.*?(?=, input_type=|\]|$)", re.MULTILINE), "input_value=[text]"),
    (re.compile(r"(?i)([A-Z]:\\+Users\\+|/home/|/Users/)[^\\/\s\"':]+"), r"\1[user]"),
    (re.compile(r"\b(?=[\w\-]*\d)(?=[\w\-]*[A-Za-z])[A-Za-z0-9_\-]{40,}\b"), "[redacted token]"),
)
_SECRET_FIELD = re.compile(rf"(?i)(?:^|_)(?:{_SECRET_NAMES}|key|auth)$")
_TEXT_FIELD = re.compile(rf"(?i)^(?:{_TEXT_NAMES}|answer|reply|draft|words)$")


def redact(text: str) -> str:
    """The text without keys, tokens, addresses, prompts in it, and the home folder's name."""
    home = str(Path.home())
    if len(home) > 3:
        text = text.replace(home, "~")
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text


def redact_field(name: str, value: Any) -> Any:
    """One field of a structured entry: secrets go, of what people wrote only the length stays, the rest is redacted."""
    if _SECRET_FIELD.search(name):
        return "[redacted]"
    if _TEXT_FIELD.search(name) and isinstance(value, str | bytes | list | tuple | dict):
        return f"[{len(value)} {'characters' if isinstance(value, str | bytes) else 'items'}]"
    if isinstance(value, dict):
        return {str(key): redact_field(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [redact_field("", inner) for inner in value]
    return value if isinstance(value, int | float | bool) or value is None else redact(str(value))
