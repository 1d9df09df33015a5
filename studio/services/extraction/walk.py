"""Walk over the units: headings, bullets and labels become entities, values and prose with a subject."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.services.extraction.context import Bullet, Head
from studio.services.extraction.labels import Labelled, find_labels, scopes_of
from studio.services.extraction.lexicon.shared import OUTRO
from studio.services.extraction.names import looks_named
from studio.services.extraction.walk_special import SpecialWalk

if TYPE_CHECKING:
    from studio.services.extraction.doc import Clean, Unit


class Walker(SpecialWalk):
    """Walk over the units: headings, bullets and labels become entities, values and prose with a subject."""

    def line(self, unit: Unit) -> None:
        """One paragraph or bullet."""
        c = unit.clean
        if (
            self.lex.patterns["seed_intro"].search(c.text)
            and unit.kind == "para"
            and len(c.text) < 200
            and not self.heads
        ):
            self.heads.append(Head(0, "seed", text="", span=(unit.start, unit.start)))
            return
        if not c.text or (unit.kind == "para" and OUTRO.match(c.text) and len(c.text) < 400):
            self.ignored.append((unit.start, unit.end))
            return
        if unit.kind == "bullet":
            while self.bullets and self.bullets[-1].level >= unit.level:
                self.bullets.pop()
        else:
            self.bullets = []
        if self.role() == "seed":
            bold = next((s for s in c.styled if s[0] <= 1 and s[2] == "b"), None)
            self.ignored.append(c.span(bold[1] if bold else 0, len(c.text)))
            self.seed_units.append((next(h for h in reversed(self.heads) if h.role == "seed"), c, 0, len(c.text)))
            return
        if self._planned(unit):
            return
        if self._art(unit) or self._pseudo_heading(unit):
            return
        self._lead_line(unit)

    def _lead_line(self, unit: Unit) -> None:
        c = unit.clean
        if self._tie_line(unit):
            return
        labels = find_labels(c, self.lex)
        self.ignored += [c.span(x.at, x.start) for x in labels]
        if self._ability(unit):
            return
        if labels and not c.text[: labels[0].at].strip(" *_-–—•\"'"):
            if not self._is_name_lead(c, labels[0]):
                self.labelled(unit, labels)
                self.sheet_end = unit.end
                return
            labels = labels[1:]
        if self._odd_label(unit):
            return
        if self._bullet_section(unit) or self._dated(unit) or self._section_lead(unit):
            return
        lead = self._lead(unit)
        if lead is None:
            owner = self.owner() or self.recent
            told = unit.kind == "bullet" and owner is not None and len(c.text) < 140
            self.body(unit, 0, owner, labels, lead=told)
            return
        ent, start, describes = lead
        if unit.kind == "bullet":
            self.bullets.append(Bullet(unit.level, ent))
        else:
            self.recent = ent
        self.body(unit, start, ent, [x for x in labels if x.at >= start], lead=describes)

    def _odd_label(self, unit: Unit) -> bool:
        """`**Weather eye:** …` right under other labels is one more of them, whatever it means, and no new name."""
        c, owner = unit.clean, self.owner() or self.recent
        m = re.match(r"^([^:\n.]{3,30}):\s+\S", c.text)
        if m is None or owner is None or unit.start - self.sheet_end > 8 or self.section_of(m.group(1)):
            return False
        words = m.group(1).split()
        common = len(words) > 1 and words[1].islower() and words[1] not in self.lex.of | self.lex.dets
        if not common and (len(words) > 1 or not (self.lex.kinds_of(words[0]) or words[0].islower())):
            return False
        self.ignored.append(c.span(*m.span(1)))
        self.prose(c, m.end() - 1, len(c.text), owner)
        self.sheet_end = unit.end
        return True

    def _section_lead(self, unit: Unit) -> bool:
        """`**Item:** the Sun Key, a …`: one thing of that kind, named and described."""
        c = unit.clean
        m = re.match(r"^([^:\n]{3,40}):\s+", c.text)
        if m is None or scopes_of(m.group(1), self.lex) or not (kind := self.section_of(m.group(1))):
            return False
        return self._labelled_entity(c, m.end(), len(c.text), kind)

    def _is_name_lead(self, c: Clean, label: Labelled) -> bool:
        """`The key: …` in an item section names a thing although `key` could be a label."""
        bold = next((s for s in c.styled if s[0] <= 1 and "b" in s[2]), None)
        if bold is not None and bold[1] > label.start + 1 and looks_named(c.text[label.start : bold[1]].strip(" .:")):
            return True
        return bool(self.section_kind()) and label.styled and looks_named(label.label) and len(label.label.split()) > 2
