"""Reading outside files with limits on size, depth and count: whatever is wrong ends as one ImportRefused."""

from __future__ import annotations

import gc
import io
import json
import math
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

from studio.domain.errors import ImportRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_JSON = 256 * 1024 * 1024
MAX_TEXT = 16 * 1024 * 1024
MAX_DEPTH = 64
MAX_NODES = 8_000_000
MAX_MARKS = 12_000_000
"""So many commas and brackets, those in texts included: more than any text has that isn't full of values."""
LONG = 16 * 1024 * 1024
"""From here on JSON is read from its bytes as they are: as one text it may take four times the memory."""
_HUGE = re.compile(r"\d[eE]\+?\d{3}|\d{309}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SUSPECT = re.compile(r"\\u(?:d[89a-f]|00[01])", re.IGNORECASE)
_SUSPECT_BYTES = re.compile(rb"\\u(?:[dD][89a-fA-F]|00[01])")


def refuse(sentence: str, *, code: str = "import_refused") -> NoReturn:
    """Raise ImportRefused."""
    raise ImportRefused(sentence, code=code)


def read_bytes(path: Path, *, limit: int) -> bytes:
    """The bytes of a file that is no larger than the limit."""
    try:
        size = path.stat().st_size
        if size > limit:
            refuse(f"“{path.name}” is too large to import ({size >> 20} MiB; the limit is {limit >> 20} MiB).")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ImportRefused(f"There is no file “{path}”. Check the name.", code="missing") from error
    except OSError as error:
        raise ImportRefused(
            f"“{path.name}” can't be read. Check that it is a file and that you may open it."
        ) from error


def decode(data: bytes, name: str) -> str:
    """Text from UTF-8 or UTF-16 bytes, with or without a mark, and without characters that no text needs."""
    encoding = "utf-8-sig"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif data[1:2] == b"\0":
        encoding = "utf-16-le"
    elif data[:1] == b"\0":
        encoding = "utf-16-be"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportRefused(f"“{name}” isn't text in UTF-8. Save it as UTF-8 and try again.") from error


def clean(text: str) -> str:
    """Text without control characters and lone surrogates, which can't be stored."""
    text = _CONTROL.sub("", text)
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def read_text(path: Path) -> str:
    """A text file, cleaned, with plain line ends."""
    text = decode(read_bytes(path, limit=MAX_TEXT), path.name)
    return clean(text).replace("\r\n", "\n").replace("\r", "\n")


def parse_json(data: bytes, name: str) -> Any:
    """What a JSON file holds. Refuses NaN, endless numbers, and nesting or counts beyond the limits."""
    _check_count(data, name)
    with _uncollected():
        if len(data) > LONG and b"\0" not in data[:2]:
            value, suspect = _parse_long(data, name), bool(_SUSPECT_BYTES.search(data))
        else:
            text = decode(data, name)
            value, suspect = _parse_text(text, name), bool(_SUSPECT.search(text) or _CONTROL.search(text))
        check_shape(value, name)
        return _cleaned(value) if suspect else value


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for circles, of which JSON has none: it would go through all values again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _parse_text(text: str, name: str) -> Any:
    try:
        finite = _finite if _HUGE.search(text) else None
        return json.loads(text, parse_constant=_no_constant, parse_float=finite)
    except RecursionError as error:
        raise ImportRefused(f"“{name}” is nested too deeply to be read.") from error
    except ValueError as error:
        raise ImportRefused(
            f"“{name}” isn't valid JSON: {_position(error)}. Check that the file is complete."
        ) from error


def _parse_long(data: bytes, name: str) -> Any:
    """What is wrong with it, the other reader says, which is also the one for numbers of more than 64 bits."""
    import ijson

    whole = data.removeprefix(b"\xef\xbb\xbf")
    try:
        (value,) = ijson.items(io.BytesIO(whole), "", use_float=True, buf_size=max(1, len(whole)))
        return value
    except (ijson.JSONError, ValueError, OverflowError, RecursionError):
        return _parse_text(decode(data, name), name)


def _check_count(data: bytes, name: str) -> None:
    """Refuse what holds too many values before any of them is made: each takes far more memory than its text."""
    if data.count(b",") + data.count(b"[") + data.count(b"{") > MAX_MARKS:
        refuse(f"“{name}” holds too many values to be read at once.")


def read_json(path: Path) -> Any:
    """What a JSON file on disk holds."""
    return parse_json(read_bytes(path, limit=MAX_JSON), path.name)


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _finite(word: str) -> float:
    if math.isinf(number := float(word)):
        raise ValueError("a number in it is too large")
    return number


def _position(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}"
    return "a number in it is too long" if "digits" in str(error) else str(error)


def check_shape(value: Any, name: str) -> None:
    """Refuse what is nested too deeply or holds too many values. Walks without recursion."""
    level, depth, count = [value], 0, 0
    while level:
        depth += 1
        count += len(level)
        if depth > MAX_DEPTH:
            refuse(f"“{name}” is nested too deeply to be read.")
        if count > MAX_NODES:
            refuse(f"“{name}” holds too many values to be read at once.")
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                below += one.values()
            elif isinstance(one, list):
                below += one
        level = below


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {clean(key): _cleaned(one) for key, one in value.items()}
    return value
