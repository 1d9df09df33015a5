"""Colours of code: Pygments' tokens, mapped onto our own design tokens so that every theme keeps its contrast."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.lexer import Lexer

MAX_HIGHLIGHT = 40_000
"""Longer code stays plain: nobody reads its colours, and lexing it would be felt."""

_INKS = (
    ("Comment", "muted"),
    ("Keyword", "accent"),
    ("Literal.String", "ok"),
    ("Literal.Number", "warn"),
    ("Name.Function", "link"),
    ("Name.Class", "link"),
    ("Name.Tag", "accent"),
    ("Name.Attribute", "warn"),
    ("Name.Builtin", "link"),
    ("Generic.Heading", "accent"),
    ("Generic.Deleted", "danger"),
    ("Generic.Inserted", "ok"),
    ("Operator.Word", "accent"),
)


def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def warm_up() -> None:
    """Import what the first code block would wait for; for a thread, after the window is there."""
    list(lines("x = 1", "python"))


def _ink(kind: str) -> str:
    return next((ink for name, ink in _INKS if kind.startswith(name)), "text")


def lines(code: str, language: str) -> Iterator[list[tuple[str, str]]]:
    """For each line of the code its pieces as (text, design token)."""
    plain = language.lower() in {"", "text", "txt", "plain", "plaintext"} or len(code) > MAX_HIGHLIGHT
    lexer = None if plain else _lexer(language)
    if lexer is None:
        yield from ([(line, "text")] for line in code.split("\n"))
        return
    row: list[tuple[str, str]] = []
    for kind, text in lexer.get_tokens(code):
        ink = _ink(str(kind).removeprefix("Token."))
        first, *rest = text.split("\n")
        row.append((first, ink))
        for part in rest:
            yield row
            row = [(part, ink)]
    yield row
