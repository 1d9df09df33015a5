"""Labelled values and prose: to a field of their owner, to the blueprint, to a seed, or aside to be read later."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.context import Bullet, Head, Segment
from studio.services.extraction.labels import Labelled, normal
from studio.services.extraction.lexicon.shared import REALMS
from studio.services.extraction.name_kinds import phrase_kinds
from studio.services.extraction.names import looks_named
from studio.services.extraction.walk_state import WalkState

if TYPE_CHECKING:
    from studio.services.extraction.doc import Clean, Unit
    from studio.services.extraction.draft import Ent

NO_NAMES = frozenset(
    [
        "title",
        "tagline",
        "game_system",
        "genres",
        "themes",
        "tone",
        "pillars",
        "play_style",
        "scope",
        "session_count",
        "party_levels",
        "safety_tools",
        "content_warnings",
    ]
)


class ValueWalk(WalkState):
    """Labelled values and prose: to a field of their owner, to the blueprint, to a seed, or aside to be read later."""

    def labelled(self, unit: Unit, labels: list[Labelled], owner: Ent | None = None) -> None:
        """A line that begins with a label."""
        owner = owner or self.owner() or self.recent
        for label in labels:
            self.value(label.scopes, label.label, unit, unit.clean, label.start, label.end, owner)

    def value(
        self, scopes: dict[str, str], label: str, unit: Unit, c: Clean, start: int, end: int, owner: Ent | None
    ) -> None:
        """One labelled value: to the owner's field, or to the blueprint."""
        if not c.text[start:end].strip(" .*"):
            if unit.kind == "bullet":
                self._open_label(unit, scopes, label, owner)
            return
        if owner is not None and self.role() != "title" and self._owned(scopes, label, c, start, end, owner):
            return
        if self._is_seed(scopes):
            self.seed_units.append((self._seed_head(label, c, start), c, start, end))
            self.ignored.append(c.span(start, end))
            return
        kinds = {"antagonists": "npc", "signature_faction": "faction", "starting_region": "location"}
        told = kinds.get(scopes.get("blueprint", ""), "") if owner is None else ""
        named = self._labelled_entity(c, start, end, told or ("" if owner else self.section_of(label)))
        if named and not told:
            return
        if "blueprint" in scopes and (owner is None or len(scopes) == 1 or not owner.kind):
            self._plan(scopes["blueprint"], c, start, end)
        elif kind := self.section_of(label):
            self._listed(unit, c, start, end, kind)
        else:
            self.prose(c, start, end, owner)

    def _owned(self, scopes: dict[str, str], label: str, c: Clean, start: int, end: int, owner: Ent) -> bool:
        """A value of the entity that the lines belong to; while its kind is open, the label votes."""
        if scopes.get("npc") == "@=" and owner.kind in {"npc", ""}:
            self._byname(owner, c, start, end)
            return True
        if owner.kind and owner.sure:
            if name := scopes.get(owner.kind, ""):
                self.segments.append(Segment(c, start, end, owner, role="=" + name))
            return bool(name)
        self.segments.append(Segment(c, start, end, owner, role="?" + normal(label)))
        told = [k for k in scopes if k not in {"blueprint", "seed"}]
        for scope in told:
            owner.vote(scope, 0.6 / len(told), "label")
        if any(scopes[k].endswith("_type") for k in told):
            words = {fold(w) for w in c.text[start:end].split(",")[0].split()}
            kinds = () if words & REALMS else phrase_kinds(c.text[start:end].strip(), self.lex)[:2]
            for kind in kinds:
                owner.vote(kind, 0.9 / len(kinds), "label")
        return bool(told)

    def _byname(self, owner: Ent, c: Clean, start: int, end: int) -> None:
        """`Real name: Imani Brooks`: another name of the one above."""
        owner.vote("npc", 1.0, "byname")
        for part in re.split(r",|;|\bor\b|\(", c.text[start:end])[:3]:
            name = part.strip(" .\"'«»„)")
            if looks_named(name):
                owner.alias(name)
                self.ignored.append(c.span(start, end))

    def _plan(self, name: str, c: Clean, start: int, end: int) -> None:
        self.plan_units.append((name, c, start, end))
        if name in NO_NAMES:
            self.ignored.append(c.span(start, end))
        self.prose(c, start, end, None, role="plan")

    @staticmethod
    def _is_seed(scopes: dict[str, str]) -> bool:
        """Labels that only art direction has."""
        return "seed" in scopes and (scopes["seed"] == "@prose" or len(scopes) == 1)

    def _seed_head(self, label: str, c: Clean, start: int) -> Head:
        """One virtual art heading per run of labelled art direction outside an art section."""
        a = max(0, start - len(label) - 2)
        last = self.seed_units[-1][0] if self.seed_units else None
        if last is not None and last.level == 99 and last.ent is self.recent:
            return last
        return Head(99, "seed", text=label, span=c.span(a, start), ent=self.recent)

    def _labelled_entity(self, c: Clean, start: int, end: int, kind: str) -> bool:
        """`Villain: Emric Sault, who had the duchess exiled` names and describes one entity."""
        m = re.match(
            r"\s*(?:(?:the|an?|el|la|los|las|le|les|os?|as|der|die|das|l')\s+)?"
            r"(?P<n>[^,;:(.–—]{3,50}?)(?=,\s+(?:an? |the |who |whose )?[a-z]|\s*[(–—]|\.|$)",
            c.text[start:end],
        )
        if not kind or m is None or not looks_named(m.group("n")):
            return False
        at, stop = start + m.start("n"), start + m.end("n")
        ent = self.draft.entity(
            c.text[at:stop], c.span(at, stop), kind=kind, weight=0.9 if kind == "npc" else 1.4, why="list"
        )
        if ent is None:
            return False
        self.segments.append(Segment(c, stop, end, ent, lead=True, kind=kind))
        return True

    def _open_label(self, unit: Unit, scopes: dict[str, str], label: str, owner: Ent | None) -> None:
        name = scopes.get(owner.kind, "") if owner and owner.kind else ""
        self.bullets.append(Bullet(unit.level, None, name, self.section_of(label)))

    def _listed(self, unit: Unit, c: Clean, start: int, end: int, kind: str) -> None:
        """`NPCs: A, B and C` names one entity each."""
        for m in re.finditer(r"[^,;]+", c.text[start:end]):
            a, b = start + m.start(), start + m.end()
            a += len(c.text[a:b]) - len(c.text[a:b].lstrip())
            if m2 := re.match(r"(?:and|und|sowie|y|et|e) ", c.text[a:b]):
                a += m2.end()
            name = re.split(r"\s*[(–—:]|\s-\s", c.text[a:b].rstrip(" ."))[0]
            if c.styled and not any(x <= a < y for x, y, _ in c.styled):
                continue
            if looks_named(name):
                self.draft.entity(name, c.span(a, a + len(name)), kind=kind, weight=1.6, why="list")
        self.prose(c, start, end, None)

    def body(self, unit: Unit, start: int, topic: Ent | None, labels: list[Labelled], *, lead: bool = False) -> None:
        """Prose after a lead, cut at the labels inside it."""
        c = unit.clean
        at = start
        for label in labels:
            if label.at > at:
                self.prose(c, at, label.at, topic, lead=lead and at == start, quoted=unit.quoted)
            self.value(label.scopes, label.label, unit, c, label.start, label.end, topic)
            at = label.end
        if at < len(c.text):
            self.prose(c, at, len(c.text), topic, lead=lead and at == start, quoted=unit.quoted)

    def prose(
        self,
        c: Clean,
        start: int,
        end: int,
        topic: Ent | None,
        *,
        lead: bool = False,
        quoted: bool = False,
        role: str = "",
    ) -> None:
        """Put aside a piece of prose to be read once all names are known."""
        head = self.head
        bullet = next((b for b in reversed(self.bullets) if b.field), None)
        if not role and bullet and topic is not None:
            role = "+" + bullet.field
        if not role and head.role == "label" and topic is not None and topic is head.ent:
            role = "+" + head.field
        if not lead and head.used == 1 and topic is head.ent and topic is not None:
            lead, head.used = True, 2
        self.segments.append(Segment(c, start, end, topic, lead, self.section_kind(), role, quoted))
