"""The campaign's own fields: title, system, tone, premise and the rest, from labels, headings and fixed phrases."""

from __future__ import annotations

from studio.services.extraction.doc import Unit
from studio.services.extraction.draft import Draft, Ent
from studio.services.extraction.lexicon import Lexicon
from studio.services.extraction.walk import Walker


class Planner:
    def __init__(self, draft: Draft, lex: Lexicon) -> None:
        self.draft, self.lex = draft, lex

    @staticmethod
    def planlike(units: list[Unit], lex: Lexicon) -> bool:
        return False

    def read(self, walker: Walker, units: list[Unit]) -> None:
        pass

    def close(self, ents: list[Ent]) -> None:
        pass
