"""Link fields and nesting become relations, and relations become the fields that mirror them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.domain.vocabulary import KINDS
from studio.services.extraction.fitting import adapt, is_business
from studio.services.extraction.mentions import title_split
from studio.services.extraction.names import key_of, without_article

if TYPE_CHECKING:
    from studio.services.extraction.draft import Draft, Ent, Val
    from studio.services.extraction.lexicon import Lexicon

# field of a kind → relation, and whether the entity is its subject
LINKS = {
    ("npc", "home"): ("lives_in", True),
    ("npc", "affiliation"): ("member_of", True),
    ("npc", "current_location"): ("located_in", True),
    ("npc", "fear"): ("fears", True),
    ("faction", "leader"): ("leads", False),
    ("faction", "headquarters"): ("located_in", True),
    ("faction", "territory"): ("rules", True),
    ("location", "parent"): ("located_in", True),
    ("location", "ruler"): ("rules", False),
    ("event", "location"): ("happened_at", True),
    ("event", "participants"): ("participated_in", False),
    ("item", "creator"): ("created", False),
    ("item", "owner"): ("owns", False),
    ("item", "location"): ("located_in", True),
    ("timeline_arc", "parent"): ("located_in", True),
}
# relation → the field of its subject or object that says the same
MIRROR = {
    "leads": (("b", "faction", "leader"), ("a", "npc", "affiliation")),
    "rules": (("b", "location", "ruler"),),
    "member_of": (("a", "npc", "affiliation"),),
    "serves": (("a", "npc", "affiliation"),),
    "works_at": (("b", "location", "ruler_if_run"),),
    "lives_in": (("a", "npc", "home"),),
    "fears": (("a", "npc", "fear"),),
    "created": (("b", "item", "creator"),),
    "happened_at": (("a", "event", "location"),),
    "owns": (("b", "item", "owner"),),
    "wields": (("b", "item", "owner"),),
    "located_in": (("a", "location", "parent"), ("a", "item", "location"), ("a", "faction", "headquarters")),
    "hidden_in": (("a", "item", "location"),),
    "employs": (("b", "npc", "affiliation_of"),),
}


_ONE = frozenset({"leader", "ruler", "owner", "creator", "affiliation", "home", "headquarters"})


class Resolver:
    """Closes the draft: links, nesting, mirrors, titles."""

    def __init__(self, draft: Draft, lex: Lexicon) -> None:
        self.draft, self.lex = draft, lex
        self.by_start: list[tuple[int, int, Ent]] = []
        self.joined: set[tuple[int, int]] = set()
        self.by_name: dict[str, Ent] = {}

    def run(self) -> None:
        """All steps."""
        self.by_start = sorted(
            ((a, b, e) for e in self.draft.ents.values() for a, b in e.mentions), key=lambda t: t[:2]
        )
        self.by_name = {k: e for e in self.draft.ents.values() for k in (*e.aliases, key_of(e.name))}
        for ent in list(self.draft.ents.values()):
            self._links(ent)
        self.joined = {(id(r.a), id(r.b)) for r in self.draft.rels.values()}
        for ent in list(self.draft.ents.values()):
            self._nesting(ent)
            self._title(ent)
        for rel in list(self.draft.rels.values()):
            self._mirror(rel.type, rel.a, rel.b, rel.span, rel.rule)

    def inside(self, span: tuple[int, int], but: Ent) -> list[Ent]:
        """Entities named in a source range, in order."""
        import bisect

        i = bisect.bisect_left(self.by_start, span[0], key=lambda t: t[0])
        found: list[Ent] = []
        while i < len(self.by_start) and self.by_start[i][0] < span[1]:
            a, b, ent = self.by_start[i]
            if b <= span[1] and ent is not but and ent not in found and a >= span[0]:
                found.append(ent)
            i += 1
        return found

    def meant(self, v: Val, but: Ent) -> list[Ent]:
        """The entities that a value names, where they stand or, in data that is no prose, by their names alone."""
        if found := self.inside(v.span, but):
            return found
        named = [self.by_name.get(key_of(part)) for part in re.split(r"[,;/]| (?:and|und|y|et|e) ", v.value)]
        return [e for e in named if e is not None and e is not but]

    def _links(self, ent: Ent) -> None:
        spec = KINDS.get(ent.kind)
        for name, vals in list(ent.fields.items()):
            for v in vals:
                if name.startswith("@"):
                    self._pseudo(ent, name[1:], v)
                elif (link := LINKS.get((ent.kind, name))) and spec:
                    self._link(ent, name, v, *link)

    def _pseudo(self, ent: Ent, name: str, v: Val) -> None:
        type_, back = name.lstrip("<"), name.startswith("<")
        for other in self.meant(v, ent)[:8]:
            a, b = (other, ent) if back else (ent, other)
            if t := adapt(type_, a, b):
                self.draft.relate(t, a, b, v.span, "label")

    def _link(self, ent: Ent, name: str, v: Val, type_: str, subject: bool) -> None:
        hits = self.meant(v, ent)
        limit = 8 if name in {"participants", "territory"} else 2 if v.struct else 1
        if name == "fear" and hits and len(v.value.split()) > 3 + len(hits[0].name.split()):
            return
        for other in self._listed(v, hits[:limit]) if name in _ONE else hits[:limit]:
            a, b = (ent, other) if subject else (other, ent)
            t = "leads" if name == "affiliation" and self._heads(v) else type_
            if name == "ruler" and is_business(ent):
                t = "works_at" if other.kind == "npc" else "rules"
            if (
                name == "location"
                and ent.kind == "item"
                and re.search(
                    r"\bhidden\b|versteckt|escondid|caché|cachée|verborgen|oculto|oculta",
                    self.draft.text[max(0, v.span[0] - 40) : v.span[1]],
                    re.IGNORECASE,
                )
            ):
                t = "hidden_in"
            if t := adapt(t, a, b):
                self.draft.relate(t, a, b, v.span, f"field:{name}")

    def _listed(self, v: Val, hits: list[Ent]) -> list[Ent]:
        """The first named, and others only if they stand in its row: not `Helena, wife of Marco`."""
        if len(hits) < 2:
            return hits
        first, second = (min((m for m in e.mentions if v.span[0] <= m[0] < v.span[1]), default=None) for e in hits[:2])
        between = self.draft.text[first[1] : second[0]] if first and second else ""
        return hits if re.fullmatch(r"[\s*_]*(?:,|/|&|and|und|y|et|e)[\s*_]*(?:\w{1,3}\s)?", between) else hits[:1]

    def _heads(self, v: Val) -> bool:
        """`Team: the Nightwatch (leader)`: more than a member."""
        note = re.search(r"\(([^()\n]{3,20})\)", self.draft.text[v.span[0] : v.span[1] + 24])
        return note is not None and "leads" in self.lex.nouns.get(fold(note.group(1)), ())

    def _nesting(self, ent: Ent) -> None:
        owner = ent.parent.final if ent.parent is not None else None
        if owner is None or owner is ent or not owner.kind or not ent.kind or key_of(owner.name) not in self.draft.ents:
            return
        pairs = {
            ("location", "location"): "located_in",
            ("npc", "faction"): "member_of",
            ("npc", "location"): "located_in",
            ("faction", "location"): "located_in",
            ("item", "location"): "located_in",
            ("item", "npc"): "<owns",
            ("event", "location"): "happened_at",
            ("item", "faction"): "<owns",
            ("faction", "faction"): "vassal_of",
        }
        type_ = pairs.get((ent.kind, owner.kind))
        if "h1" in owner.why and owner.kind == "location" and ent.kind != "location":
            return  # the place that a whole text is about holds everything, so it says nothing of anyone
        if type_ is None or (id(ent), id(owner)) in self.joined:
            return
        if ent.listed and owner.kind == "location" and ent.kind != "location":
            return  # a place with a section of people: who is listed need not be there
        a, b = (owner, ent) if type_.startswith("<") else (ent, owner)
        if type_ == "member_of" and ("leads", id(ent), id(owner)) in self.draft.rels:
            return
        self.draft.relate(type_.lstrip("<"), a, b, owner.span, "nesting")
        if ent.kind == "location" and owner.kind == "location" and not ent.fields.get("parent"):
            self.draft.add(ent, "parent", without_article(owner.name), owner.span, "nesting:parent", struct=True)
        elif type_ == "member_of":
            self.draft.add(ent, "affiliation", owner.name, owner.span, "nesting:affiliation", struct=True)

    def _title(self, ent: Ent) -> None:
        if ent.kind != "npc" or ent.fields.get("title"):
            return
        for name in (ent.name, *ent.aliases.values()):
            titles, rest = title_split(name, self.lex)
            if titles and rest and any(t.lower().rstrip(".") not in self.lex.soft_titles for t in titles):
                at = next(
                    (m for m in sorted(ent.mentions) if titles[0] in self.draft.text[slice(*m)][: len(titles[0]) + 5]),
                    None,
                )
                if at is not None:
                    shown = " ".join(titles)
                    self.draft.add(ent, "title", shown, at, "name:title")
                    return

    def _mirror(self, type_: str, a: Ent, b: Ent, span: tuple[int, int], rule: str) -> None:
        if type_ == "works_at" and (rule.startswith("post:") or rule == "verb:works_at"):
            return  # who only works there does not run it
        for end, kind, name in MIRROR.get(type_, ()):
            ent, other = (a, b) if end == "a" else (b, a)
            if ent.kind != kind:
                continue
            if name == "ruler_if_run":
                name = "ruler"
            if name == "affiliation_of":
                name = "affiliation"
            if name == "affiliation" and other.kind != "faction":
                continue
            if not ent.fields.get(name):
                self.draft.add(ent, name, other.name, span, f"mirror:{name}")
