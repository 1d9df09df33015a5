"""Lines with a shape of their own: art direction, plan lists, dated lines, stat blocks, bullet sections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.services.extraction.context import Bullet, Head, Segment
from studio.services.extraction.labels import find_labels, normal, scopes_of
from studio.services.extraction.lexicon.shared import STATS
from studio.services.extraction.names import key_of, looks_named
from studio.services.extraction.seeds import art_like, art_start
from studio.services.extraction.walk_headings import HeadingWalk
from studio.services.extraction.walk_leads import LEAD, PREFIX

if TYPE_CHECKING:
    from studio.services.extraction.doc import Clean, Unit


# An arrow is white space in the words of a line.
_NAME = r"[^:–—()\n|>&/]{2,50}?"
_TIED = re.compile(rf"^(?P<a>{_NAME})\s*(?::\s|\s[–—-]\s|\s?\()\s*(?P<told>\S.*)$", re.DOTALL)
_PAIR = re.compile(
    rf"^(?P<a>{_NAME})\s*(?:\s{{2,}}|<?-+>|&|/|\s[–—-]\s|\sand\s|\svs\.?\s)\s*(?P<b>{_NAME})\s*(?::\s|\s[–—-]\s|\s?\()\s*"
    r"(?P<told>\S.*)$",
    re.DOTALL,
)


class SpecialWalk(HeadingWalk):
    """Lines with a shape of their own: art direction, plan lists, dated lines, stat blocks, bullet sections."""

    def _art(self, unit: Unit) -> bool:
        """Art direction under no heading of its own: labelled lines after an opener, or a line that reads like it."""
        c = unit.clean
        above = next((b.field for b in reversed(self.bullets) if b.field), "")
        if above.startswith("plan:"):
            self.plan_units.append((above[5:], c, 0, len(c.text)))
            self.ignored.append((unit.start, unit.end))
            return True
        if above == "seed:" and self.art:
            self.seed_units.append((self.art, c, 0, len(c.text)))
            self.ignored.append((unit.start, unit.end))
            return True
        labels = find_labels(c, self.lex)
        first = labels[0] if labels and labels[0].at <= 1 else None
        if first and first.scopes.get("seed") == "@prose" and not c.text[first.start : first.end].strip():
            self.art = Head(99, "seed", text=first.label, span=c.span(first.at, first.start))
            return True
        if first and self.art and "seed" in first.scopes:
            self.seed_units.append((self.art, c, 0, len(c.text)))
            self.ignored.append((unit.start, unit.end))
            return True
        self.art = None
        if first and first.scopes.get("seed") == "subject" and len(first.scopes) == 1:
            self.art = Head(99, "seed", text=self.head.text, span=self.head.span, ent=self.recent)
            self.seed_units.append((self.art, c, 0, len(c.text)))
            return True
        other = any("seed" not in x.scopes for x in labels) or (first and first.scopes.get("seed") != "@prose")
        if other or len(labels) > 1 or not art_like(c.text, self.lex):
            return False
        start, lead = art_start(c.text, self.lex)
        use = c.text[lead:start] or self.head.text
        span = c.span(lead, start) if start > lead else self.head.span
        self.seed_units.append((Head(99, "seed", text=use, span=span), c, start, len(c.text)))
        self.ignored.append(c.span(start, len(c.text)))
        if lead > 0:
            self.prose(c, 0, lead, self.owner() or self.recent)
        return True

    def _planned(self, unit: Unit) -> bool:
        """Lines under a heading such as `Design pillars` or `Premise` belong to the blueprint."""
        if self.role() != "plan":
            return False
        c, name = unit.clean, next(h.field for h in reversed(self.heads) if h.role == "plan")
        if name in {"pillars", "themes", "genres", "safety_tools", "content_warnings", "tone"}:
            bold = next((s for s in c.styled if s[0] <= 3 and s[2] == "b"), None)
            labels = find_labels(c, self.lex)
            if labels and "blueprint" in labels[0].scopes and labels[0].at <= 1:
                return False
            start, end = (
                (bold[0], bold[1]) if bold and unit.kind == "bullet" else (0, labels[0].at if labels else len(c.text))
            )
            self.plan_units.append((name, c, start, end))
            self.ignored.append(c.span(start, end))
            for x in labels:
                self.value(x.scopes, x.label, unit, c, x.start, x.end, None)
            return True
        if self.head.used == 0 and unit.kind == "para":
            self.head.used = 1
            self.plan_units.append((name, c, 0, len(c.text)))
        return False

    def _bullet_section(self, unit: Unit) -> bool:
        """`- Places` with bullets beneath it is a section; `- Secrets` opens a field of what stands above."""
        c = unit.clean
        if unit.kind != "bullet" or not unit.children or len(c.text) > 50:
            return False
        if (m := PREFIX.match(c.text.strip(" :."))) and looks_named(m.group("rest")):
            return False
        if kind := self.section_of(c.text):
            self.bullets.append(Bullet(unit.level, None, "", kind))
            self.ignored.append((unit.start, unit.end))
            return True
        owner = self.owner()
        scopes = scopes_of(c.text, self.lex)
        if self.lex.patterns["seed_heading"].search(c.text):
            self.art = Head(99, "seed", text=c.text, span=c.span(0, len(c.text)))
            self.bullets.append(Bullet(unit.level, None, "seed:"))
            self.ignored.append((unit.start, unit.end))
            return True
        name = scopes.get(owner.kind, "") if owner and owner.kind else ""
        if not name and owner is None and "blueprint" in scopes:
            name = "plan:" + scopes["blueprint"].split("|")[0]
        if name:
            self.bullets.append(Bullet(unit.level, None, name))
            self.ignored.append((unit.start, unit.end))
        return bool(name)

    def _tie_line(self, unit: Unit) -> bool:
        """`- Bram Tull: her brother` in a list of what ties somebody; `- A → B: enemies` in one of what ties all."""
        if unit.kind != "bullet" or self.head.role != "ties":
            return False
        c, owner = unit.clean, self.head.ent
        m = (_PAIR if owner is None else _TIED).match(c.text)
        if m is None or scopes_of(m.group("a"), self.lex):
            return False
        names = [m.span(group) for group in m.groupdict() if group != "told"]
        if not all(looks_named(c.text[a:b].strip()) for a, b in names):
            return False
        ents = [self.draft.entity(c.text[a:b].strip(), c.span(a, b), why="tied") for a, b in names]
        one, other = ents[0], ents[1] if owner is None else owner
        if one is None or other is None:
            return False
        for ent in {one, other}:
            ent.structural = True
        row = "listed" if owner is not None else ""
        self.segments.append(Segment(c, m.start("told"), len(c.text), one, role="tie", row=row, owner=other))
        return True

    def _dated(self, unit: Unit) -> bool:
        """`**1188** – The lamps went dark at Pell.`: what is told there happened then."""
        c = unit.clean
        m = self.lex.patterns["dated_line"].match(c.text)
        if m is None or (unit.kind != "bullet" and not any(s[0] <= 1 for s in c.styled)):
            return False
        date = c.span(*m.span("v"))
        name_end = self._dated_name(c, m.end())
        ent = None
        if name_end > m.end():
            name = c.text[m.end() : name_end]
            ent = self.draft.entity(name, c.span(m.end(), name_end), kind="event", weight=2.0, why="dated")
        if ent is not None:
            ent.structural = True
            self.draft.add(ent, "start", m.group("v"), date, "dated:start", struct=True)
        self.ignored.append(date)
        start = name_end if ent is not None else m.end()
        role = "" if ent else f"@{m.start('v')}:{m.end('v')}"
        self.segments.append(Segment(c, start, len(c.text), ent, ent is not None, "event", role))
        return True

    @staticmethod
    def _dated_name(c: Clean, at: int) -> int:
        """Where the name after a date ends: the rest of the bold lead, or a capitalised phrase before a mark."""
        bold = next((y for x, y, s in c.styled if x <= 1 and "b" in s), 0)
        if bold > at + 3 and len(c.text[at:bold].split()) <= 9:
            return at + len(c.text[at:bold].rstrip(" .:"))
        m = LEAD.match(c.text[at:])
        sure = m is not None and m.group("sep") in {":", "–", "—", " - ", "."} and len(m.group("name").split()) <= 7
        return at + m.end("name") if m and sure and looks_named(m.group("name")) else at

    def _ability(self, unit: Unit) -> bool:
        """`***Multiattack.***` and `**Armor Class** 17` are rules, and so are the names in them."""
        c = unit.clean
        lead = next((s for s in c.styled if s[0] <= 1), None)
        if lead is None or lead[1] >= len(c.text):
            return False
        word = normal(c.text[lead[0] : lead[1]])
        if lead[2] == "bi" and not self.section_kind():
            self.ignored.append(c.span(lead[0], lead[1]))
            self.abilities.add(key_of(re.sub(r"\(.*", "", c.text[lead[0] : lead[1]])))
            self.prose(c, lead[1], len(c.text), self.owner() or self.recent)
            return True
        if lead[2] == "b" and word in STATS and ":" not in c.text[lead[1] - 1 : lead[1] + 1]:
            self.ignored.append((unit.start, unit.end))
            return True
        return False
