"""How commands speak: results on stdout as words or JSON, refusals as one sentence on stderr."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterable

DONE, REFUSED, USAGE = 0, 1, 2


@dataclass(frozen=True)
class Output:
    """Where a command puts its result."""

    as_json: bool = False

    def result(self, data: Any, words: str | Iterable[str]) -> int:
        """The result: JSON where that was asked for, else words. Gives the exit code of success."""
        if self.as_json:
            print(json.dumps(plain(data), ensure_ascii=False, default=str))
        else:
            print(words if isinstance(words, str) else "\n".join(words))
        return DONE

    def progress(self, words: str) -> None:
        """Something for a person who waits; never mixed into JSON."""
        if not self.as_json:
            print(words, flush=True)


def plain(data: Any) -> Any:
    """Models as plain JSON values, wherever they stand."""
    if isinstance(data, BaseModel):
        return data.model_dump(mode="json")
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [plain(value) for value in data]
    return data


def refuse(sentence: str) -> int:
    """One sentence on stderr; gives the exit code."""
    print(sentence, file=sys.stderr)
    return REFUSED


def plural(number: int, one: str, many: str = "") -> str:
    """`1 note`, `2 notes`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def unicode_streams() -> None:
    """Names come in every script; a console that can't show one gets a mark instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # pyright: ignore[reportAttributeAccessIssue]
