"""Errors that a person can act on; anything that isn't one of these is our bug."""

from __future__ import annotations

import re

_LONG_QUOTE = re.compile(r"“([^”]{120})[^”]+”")


class StudioError(Exception):
    """A sentence for the user: what is wrong and what to do. `code` is stable, for logs, tests and `--json`.

    What somebody typed is quoted in it, the beginning of it where it is long.
    """

    code = "error"

    def __init__(self, sentence: str, *, code: str | None = None, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = _LONG_QUOTE.sub(r"“\1…”", sentence)
        self.hint = _LONG_QUOTE.sub(r"“\1…”", hint)
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.sentence} {self.hint}".strip()


class NotFound(StudioError):
    """A record that was asked for isn't in this project."""

    code = "not_found"


class Invalid(StudioError):
    """What was given doesn't fit the rule that the sentence names."""

    code = "invalid"


class Conflict(StudioError):
    """Somebody else changed the same thing first."""

    code = "conflict"


class ProjectFileError(StudioError):
    """The project file can't be opened or written; the code says which way out fits.

    Codes: `missing`, `not_a_project`, `newer`, `damaged`, `locked`, `read_only`, `disk_full`, `disk_error`.
    """

    code = "project_file"


class ImportRefused(StudioError):
    """An outside file can't be read, or breaks a limit; the project is untouched."""

    code = "import_refused"


class Cancelled(StudioError):
    """The user stopped it; the sentence says what was kept."""

    code = "cancelled"
