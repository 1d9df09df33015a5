"""What every extractor is: text in, candidates out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.candidate import Extraction, Known


class Extractor(Protocol):
    """Finds what a text states. `known` are the project's entities; `question` is what the text answers."""

    @property
    def name(self) -> str:
        """The short name that is stored with what it found."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same text may give another result."""
        ...

    def extract(self, text: str, *, known: Sequence[Known] = (), question: str = "") -> Extraction:
        """All candidates of a text; never raises for any text."""
        ...
