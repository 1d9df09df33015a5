"""What a sentence about an event tells of it: when, where, who took part, why and what came of it."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from studio.services.extraction.names import key_of
from studio.services.extraction.sentences import M, Marked, P

if TYPE_CHECKING:
    from studio.services.extraction.draft import Draft, Ent
    from studio.services.extraction.lexicon import Lexicon

_DATED = re.compile(r"(?:In|On|Em|En|Im Jahr|Im|Am|Le|No dia|El) (?:the )?(?:\w+ )?\d{1,4}\b")
_NUMBERED = re.compile(
    r"^(?:the )?[^\W\d_]+ (?:[IVX]+|\d+|one|two|three|four|five|six|"
    r"eins|zwei|drei|uno|dos|tres|un|deux|trois|um|dois|três)\b",
    re.IGNORECASE,
)
_YEAR_IN_NAME = re.compile(r"\b(\d{2,5})$")


class EventReader:
    """Reads sentences that are about exactly one event."""

    def __init__(self, draft: Draft, lex: Lexicon) -> None:
        self.draft, self.lex = draft, lex
        self.told: Ent | None = None

    def event_of(self, s: Marked, topic: Ent | None) -> Ent | None:
        """The event that the sentence tells of: its topic, or the only one that it names."""
        if topic is not None and topic.kind == "event":
            return topic
        named = list(dict.fromkeys(e for i, e in sorted(s.ents.items()) if e.kind == "event"))
        return named[0] if len(named) == 1 else None

    def read(self, s: Marked, topic: Ent | None) -> None:
        """All that the sentence says of its event."""
        event, before = self.event_of(s, topic), self.told
        self.told = event
        if event is None and before is not None and _DATED.match(s.text):
            event = before
        if event is None:
            return
        if not event.fields.get("start") and (m := self.lex.patterns["when"].search(s.text)):
            self.draft.add(event, "start", s.value(*m.span("v")), s.span(*m.span("v")), "event:start")
        for i, ent in sorted(s.ents.items()):
            if ent is event or s.text[i] == P:
                continue
            before = re.search(r"([^\W\d_]+)\s+$", s.text[max(0, i - 14) : i])
            word = before.group(1).lower() if before else ""
            if ent.kind == "location" and word in self.lex.place_preps:
                self._place(s, event, ent, i)
            elif ent.kind in {"npc", "faction"} and topic is event and word not in self.lex.of and self._acts(s, i):
                self._part(s, event, ent, i)

    def _place(self, s: Marked, event: Ent, ent: Ent, i: int) -> None:
        if not event.fields.get("location"):
            self.draft.add(event, "location", s.value(i, i + 1), s.span(i, i + 1), "event:location")
            self.draft.relate("happened_at", event, ent, s.span(i, i + 1), "event:place")

    @staticmethod
    def _acts(s: Marked, i: int) -> bool:
        """Whether the mention is followed by a verb or joins others that are: a subject, not an owner or an object."""
        return i == 0 or (
            s.text[i + 1 : i + 3] != "'s"
            and bool(
                re.match(
                    rf"(?:,| and {M}|\s[a-z]{{3,}}(?:ed|s|t|d|n|ew|te|ó|aron|eron|ou|aram|a|e)?\b)", s.text[i + 1 :]
                )
            )
        )

    def _part(self, s: Marked, event: Ent, ent: Ent, i: int) -> None:
        self.draft.add(event, "participants", s.value(i, i + 1), s.span(i, i + 1), "event:participants")
        self.draft.relate("participated_in", ent, event, s.span(i, i + 1), "event:participants")


def close_events(draft: Draft) -> None:
    """A year inside an event's name is its start, and a place in it is where it happened."""
    places = [(k, e) for k, e in draft.ents.items() if e.kind == "location"][:300]
    for ent in list(draft.ents.values())[:2000]:
        if ent.kind != "event" or not ent.mentions:
            continue
        at = min(ent.mentions)
        if not ent.fields.get("start") and (m := _YEAR_IN_NAME.search(ent.name)):
            draft.add(ent, "start", m.group(1), at, "name:start")
        words = f" {key_of(ent.name)} "
        if not ent.fields.get("location"):
            hit = next((e for k, e in places if len(k) > 3 and f" {k} " in words), None)
            if hit is not None:
                draft.add(ent, "location", hit.name, at, "name:location")
                draft.relate("happened_at", ent, hit, at, "name:place")


def order_arcs(draft: Draft) -> None:
    """Acts and eras told one after the other precede one another."""
    arcs = sorted(
        (e for e in draft.ents.values() if e.kind == "timeline_arc" and e.structural and e.mentions),
        key=lambda e: min(e.mentions),
    )
    for a, b in itertools.pairwise(arcs):
        if a.parent is b.parent and _NUMBERED.match(a.name) and _NUMBERED.match(b.name):
            draft.relate("precedes", a, b, (min(a.mentions)[0], min(b.mentions)[1]), "arcs")
    for arc in arcs:
        m = re.match(
            r"^(?:the )?([^\W\d_]+) (?:[IVX]+|\d+|one|two|three|four|five)\b", arc.name, re.IGNORECASE
        ) or re.search(r"\b(age|era|epoch|arc|zeitalter|ära|edad|era|âge|ère|idade|saga)\b", arc.name, re.IGNORECASE)
        if m and not arc.fields.get("arc_kind"):
            draft.add(arc, "arc_kind", m.group(1).lower(), min(arc.mentions), "name:arc_kind")
