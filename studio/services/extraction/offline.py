"""The extractor that needs no model: rules over structure and sentences, the same result every time."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from studio.domain.candidate import Extraction, Known
from studio.services.extraction import doc, polarity, seeds, tables
from studio.services.extraction.assemble import candidates
from studio.services.extraction.blueprint import Planner, fixed_phrases
from studio.services.extraction.data import DataReader
from studio.services.extraction.doc import Clean, Unit
from studio.services.extraction.draft import Draft, Ent
from studio.services.extraction.events import close_events, order_arcs
from studio.services.extraction.found import NameFinder
from studio.services.extraction.lexicon import Lexicon, detect, load
from studio.services.extraction.match import Matcher
from studio.services.extraction.mentions import merge_variants
from studio.services.extraction.name_kinds import votes_from_names
from studio.services.extraction.names import WORD, key_of
from studio.services.extraction.nodes import read_json, read_yaml
from studio.services.extraction.prose import ProseReader
from studio.services.extraction.resolve import Resolver
from studio.services.extraction.walk import Walker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MAX_CHARS = 400_000
_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_MIN_VOTE = 0.5


class OfflineExtractor:
    """Deterministic extraction by rules; never raises, whatever the text."""

    name = "offline"
    version = "1.0"

    def __init__(self, *, trace: Callable[[tuple[str, float]], None] | None = None) -> None:
        """`trace` is told the rule and the entity's confidence of every value, in order, to fit calibration on."""
        self._trace = trace

    def extract(self, text: str, *, known: Sequence[Known] = (), question: str = "") -> Extraction:
        """All candidates of a text. `question` is not needed by rules."""
        del question
        began = time.perf_counter()
        run = _Run(text[:MAX_CHARS], known)
        run.all()
        if len(text) > MAX_CHARS:
            run.draft.warnings.append(f"Only the first {MAX_CHARS:,} characters were read.")
        found = candidates(run.draft, run.survivors(), run.matcher, trace=self._trace)
        seconds = round(time.perf_counter() - began, 4)
        return Extraction(
            extractor=self.name,
            version=self.version,
            candidates=found,
            seconds=seconds,
            warnings=tuple(run.draft.warnings),
        )


class _Run:
    """One extraction from text to draft."""

    def __init__(self, text: str, known: Sequence[Known]) -> None:
        self.text, self.known = text, known
        self.lex: Lexicon = load(detect(text))
        self.draft = Draft(text)
        self.matcher = Matcher(known)

    def all(self) -> None:
        """Every step, in order."""
        front = _FRONT.match(self.text)
        units = doc.parse(self.text)
        if front:
            units = [u for u in units if u.start >= front.end()]
        cleans = self._cleans(units)
        self.draft.rejected = polarity.rejected(self.text, units, self.lex)
        self._gazetteer()
        walker = Walker(self.draft, self.lex, planlike=Planner.planlike(units, self.lex))
        if front:
            self._front(front)
        self._walk(walker, units)
        lower = frozenset(w.group() for _, words in cleans for w in words if w.group().islower())
        walker.ignored += fixed_phrases(self.text)
        finder = NameFinder(self.draft, self.lex, walker.ignored, lower)
        finder.never = walker.abilities
        finder.scan(cleans)
        votes_from_names(list(self.draft.ents.values()), self.lex)
        planner = Planner(self.draft, self.lex)
        planner.read(walker, units)
        reader = ProseReader(self.draft, self.lex)
        reader.kinds(walker.segments)
        merge_variants(self.draft, self.lex)
        reader.read(walker.segments, units, cleans)
        close_events(self.draft)
        order_arcs(self.draft)
        Resolver(self.draft, self.lex).run()
        planner.close(self.survivors())
        seeds.SeedReader(self.draft, self.lex).read(walker.seed_units)
        polarity.prune(self.draft, units, self.lex)

    @staticmethod
    def _cleans(units: list[Unit]) -> list[tuple[Clean, list[re.Match[str]]]]:
        pieces = [c for u in units for c in (u.cells or [u.clean]) if c.text]
        return [(c, list(WORD.finditer(c.text))) for c in pieces]

    def _gazetteer(self) -> None:
        """Known names are entities wherever the text has them."""
        for k in self.known:
            for name in (k.name, *k.aliases):
                m = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.text, re.IGNORECASE) if name.strip() else None
                if m is None:
                    continue
                ent = self.draft.ents.get(key_of(k.name)) or self.draft.entity(k.name, m.span(), why="known")
                if ent is not None:
                    ent.fixed, ent.known = k.kind, k.id
                    for alias in k.aliases:
                        ent.alias(alias)
                break

    def _front(self, front: re.Match[str]) -> None:
        node = read_yaml(self.text, front.start(1), front.end(1))
        if node is not None:
            DataReader(self.draft, self.lex).read(node)

    def _walk(self, walker: Walker, units: list[Unit]) -> None:
        for unit in units:
            if unit.kind == "heading":
                walker.heading(unit)
            elif unit.kind == "row":
                tables.read_row(walker, unit)
            elif unit.kind == "fence":
                self._fence(walker, unit)
            else:
                walker.line(unit)

    def _fence(self, walker: Walker, unit: Unit) -> None:
        body = self.text[unit.start : unit.end].lstrip()
        json_like = unit.info.startswith("json") or body[:1] in {"{", "["}
        node = read_json(self.text, unit.start, unit.end) if json_like else None
        if node is None and (unit.info in {"yaml", "yml"} or re.match(r"[\w -]{1,40}:", body)):
            node = read_yaml(self.text, unit.start, unit.end)
        if node is not None and (node.is_map or node.items):
            DataReader(self.draft, self.lex).read(node)
        elif walker.role() == "seed":
            for m in re.finditer(r"[^\n]+", self.text[unit.start : unit.end]):
                line = doc.trimmed(doc.clean(self.text, unit.start + m.start(), unit.start + m.end()))
                walker.line(Unit("para", unit.start + m.start(), unit.start + m.end(), line))

    def survivors(self) -> list[Ent]:
        """The entities that enough speaks for, in reading order."""
        alive = [
            e
            for e in self.draft.ents.values()
            if e.kind and e.mentions and (e.fixed or max(e.votes.values(), default=0) >= _MIN_VOTE)
        ]
        return sorted(alive, key=lambda e: (min(e.mentions), e.order))
