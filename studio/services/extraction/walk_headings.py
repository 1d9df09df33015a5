"""Headings: sections of a kind, entities, fields, the plan and its title, art."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.services.extraction.context import Head, Segment
from studio.services.extraction.labels import normal, scopes_of
from studio.services.extraction.lexicon.shared import TIES
from studio.services.extraction.names import looks_named
from studio.services.extraction.walk_leads import ARC, NUMBER, OPTION, PREFIX, LeadWalk

if TYPE_CHECKING:
    from studio.services.extraction.doc import Clean, Unit


_CLAUSE = re.compile(
    r"^(?:if|how|what|why|when|where|whenever|wenn|wie|warum|was|si|comment|pourquoi|quand|ce qui|cómo|por qué|qué|"
    r"cuando|como|por que|o que|quando|se) (?:\w+ ){1,}\w+",
    re.IGNORECASE,
)


class HeadingWalk(LeadWalk):
    """Headings: sections of a kind, entities, fields, the plan and its title, art."""

    def heading(self, unit: Unit) -> None:
        """Open a heading."""
        self.bullets, self.recent = [], None
        while self.heads and self.heads[-1].level >= unit.level:
            self.heads.pop()
            self.opened = True
        if self.role() == "seed" and not self.section_of(unit.clean.text):
            self.ignored.append((unit.start, unit.end))
            self.heads.append(
                Head(unit.level, "seed", text=unit.clean.text, span=unit.clean.span(0, len(unit.clean.text)))
            )
            return
        head = self._classify(unit.clean, unit.level)
        self.heads.append(head)
        if head.role != "neutral" or sum(w.islower() for w in unit.clean.text.split()) < 2:
            self.ignored.append((unit.start, unit.end))
        if head.role == "title":
            self.titles.append(head)

    def _classify(self, c: Clean, level: int) -> Head:
        text = c.text
        skip = m.end() if (m := NUMBER.match(text)) else 0
        span = c.span(skip, len(text))
        base = Head(level, "neutral", text=text, span=span)
        key = normal(text[skip:])
        if self.lex.patterns["seed_heading"].search(text) and len(text) < 70:
            base.role = "seed"
        elif key in TIES:
            base.role, base.ent = "ties", self.head_owner()
        elif kind := self.section_of(text[skip:]):
            base.role, base.kind = "section", kind
        elif name := self._owner_label(text[skip:]):
            base.role, base.field, base.ent = "label", name, self.head_owner()
        elif "blueprint" in (scopes := scopes_of(text[skip:], self.lex)) and not self.head_owner():
            base.role, base.field = "plan", scopes["blueprint"]
        elif key in self.lex.neutral or text.endswith("?"):
            base.ent = self.head_owner() if level > 1 else None
        else:
            self._named_heading(base, c, skip, level)
        return base

    def _owner_label(self, text: str) -> str:
        owner = self.head_owner()
        scopes = scopes_of(text, self.lex)
        if owner is None or not scopes:
            return ""
        if owner.kind:
            return scopes.get(owner.kind, "")
        for scope in scopes:
            if scope not in {"blueprint", "seed"}:
                owner.vote(scope, 0.4 / len(scopes), "label")
        return "?" + normal(text)

    def _named_heading(self, base: Head, c: Clean, skip: int, level: int) -> None:
        text = c.text
        kind = self.section_kind()
        if m := PREFIX.match(text[skip:]):
            word = m.group("word")
            if OPTION.match(text[skip:]):
                base.role, base.span, base.text = "title", c.span(skip + m.start("rest"), len(text)), m.group("rest")
                return
            prefix_kind = "" if normal(word) in self.lex.neutral else self.section_of(word)
            if ARC.match(text[skip:]) or (prefix_kind == "timeline_arc" and m.group("n")):
                self._heading_entity(base, c, skip, len(text), "timeline_arc")
                if base.ent:
                    base.ent.alias(re.sub(r"\s*\(.*$", "", m.group("rest")))
                return
            scopes = scopes_of(word, self.lex)
            if "blueprint" in scopes or "campaign" in normal(word) or normal(word) in self.lex.neutral:
                base.role = (
                    "title"
                    if level <= 2 and not (normal(word) in self.lex.neutral and "blueprint" not in scopes)
                    else "neutral"
                )
                base.span, base.text = c.span(skip + m.start("rest"), len(text)), m.group("rest")
                if base.role == "neutral" and looks_named(base.text):
                    self._heading_entity(base, c, skip + m.start("rest"), len(text), "")
                return
            if prefix_kind:
                self._heading_entity(base, c, skip + m.start("rest"), len(text), prefix_kind)
                return
        if level <= 2 and not kind and self.planlike and not self.heads and not self.opened:
            base.role = "title"
        elif looks_named(re.sub(r"\s*\(.*?\)\s*$", "", text[skip:]).split(",")[0]) and not _CLAUSE.match(text[skip:]):
            self._heading_entity(base, c, skip, len(text), kind)

    def _heading_entity(self, base: Head, c: Clean, start: int, end: int, kind: str) -> None:
        name = c.text[start:end]
        m = re.match(r"^(.*?)\s*(?:,\s+|\s[–—-]\s|\s*\()(.*?)\)?$", name)
        cut = start + len(m.group(1)) if m and len(m.group(1)) > 1 else end
        ent = self.draft.entity(
            c.text[start:cut], c.span(start, cut), kind=kind, weight=2.5 if kind else 0.0, why="heading"
        )
        if ent is None:
            return
        parent = self.head_owner()
        ent.structural, ent.parent = True, parent
        if base.level == 1 and not kind:
            ent.why["h1"] = 1
        if span := re.search(
            r"\(\s*(?:[A-Za-z.]+ )?(\d{1,5})(?: [A-Z]{1,3})?\s*[-–—]\s*"
            r"(\d{1,5}|now|present|heute|hoy|aujourd'hui|hoje)",
            name,
        ):
            ent.vote("timeline_arc", 2.0, "span")
            at = c.span(start + span.start(1), start + span.end())
            self.draft.add(ent, "start", span.group(1), at, "span:start", struct=True)
            self.draft.add(ent, "end", span.group(2), at, "span:end", struct=True)
        base.role, base.ent, base.used = "entity", ent, 1
        base.span = c.span(start, cut)
        if m and cut < end:
            self.segments.append(Segment(c, start + m.start(2), start + m.end(2), ent, lead=True, kind=kind))

    def _pseudo_heading(self, unit: Unit) -> bool:
        """A bold line alone, a question, or `Places:` with nothing after it acts as a heading."""
        c = unit.clean
        bold = next((s for s in c.styled if s[0] <= 1 and s[2] == "b"), None)
        whole = bold is not None and bold[1] >= len(c.text.rstrip(" :.")) and len(c.text) < 90
        asked = bold is not None and c.text[bold[0] : bold[1]].rstrip().endswith("?")
        colon = unit.kind == "para" and c.text.endswith(":") and len(c.text) < 50 and bold is None
        if asked and bold:
            self._open(unit, Head(8, "neutral", text=c.text[: bold[1]], span=c.span(*bold[:2])))
            self.question = c.text[: bold[1]]
            if bold[1] < len(c.text):
                self.prose(c, bold[1], len(c.text), self.head_owner())
            return True
        prefixed = PREFIX.match(c.text.strip(" :."))
        if prefixed and whole and unit.kind == "bullet" and looks_named(prefixed.group("rest")):
            return False
        if not (whole or colon) or (unit.kind == "bullet" and not self.section_of(c.text)):
            return False
        if colon and not (self.section_of(c.text) or scopes_of(c.text, self.lex)):
            return False
        head = self._classify(c, 7)
        if head.role == "entity" and head.ent:
            self._place(head.ent)
        self._open(unit, head)
        return True

    def _open(self, unit: Unit, head: Head) -> None:
        while self.heads and self.heads[-1].level >= head.level:
            self.heads.pop()
        self.heads.append(head)
        self.bullets = [b for b in self.bullets if unit.kind == "bullet"]
        self.recent = None
