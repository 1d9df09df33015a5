"""Walk over the units: headings, bullets, leads and labels become entities, values and pieces of prose with a subject."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studio.services.extraction.context import Bullet, Head, Segment
from studio.services.extraction.doc import Clean, Unit
from studio.services.extraction.draft import Draft, Ent
from studio.services.extraction.found import phrase_kinds
from studio.services.extraction.labels import Labelled, find_labels, normal, scopes_of
from studio.services.extraction.lexicon import Lexicon
from studio.services.extraction.names import key_of, looks_named
from studio.services.extraction.seeds import art_like, art_start

LEAD = re.compile(r"^(?P<name>[^:–—(\n|]{2,60}?)\s*(?:(?P<paren>\([^()\n]{1,120}\))\s*)?(?P<sep>:|–|—| - |,|\.|$)")
_NUMBER = re.compile(r"^\s*(?:\(?\d{1,3}[.):]|[A-Z][.)]|[IVX]{1,4}\.)\s+")
_PREFIX = re.compile(
    r"^(?P<word>[^\W\d_]+(?: [^\W\d_]+)?)\s*(?P<n>[A-Z]|\d{1,3}|[IVX]{1,5})?\s*[:–—-]\s+(?P<rest>\S.*)$"
)
_OPTION = re.compile(
    r"^(?:option|variante|opción|opcion|opção|opcao|idee|idea|idée|pitch|vorschlag|propuesta|proposition|choice|concept)\s*(?:[A-Z]|\d{1,2}|[IVX]{1,4})\b",
    re.IGNORECASE,
)
_ARC = re.compile(
    r"^(?:act|chapter|arc|part|episode|phase|akt|kapitel|teil|acto|capítulo|capitulo|acte|chapitre|ato|fase|era|age)\s+(?:[IVX]{1,5}|\d{1,2}|one|two|three|four|five|uno|dos|tres|un|deux|trois|eins|zwei|drei|um|dois|três)\b",
    re.IGNORECASE,
)
OUTRO = re.compile(
    r"^(?:(?:just )?let me know|want me to|would you like|shall i|should i|if you(?:'d| would)? (?:like|want)(?: me| to| a|,)|feel free|say the word|anything else|hope (?:this|that)|happy to|do you want|i can also|next,? i can|"
    r"soll ich|möchtest du|magst du|sag (?:mir )?(?:einfach )?bescheid|wenn du (?:willst|möchtest|magst)|gerne kann ich|willst du|¿(?:quieres|te gustaría|deseas|prefieres)|si quieres|dime si|avísame|puedo (?:añadir|preparar|escribir)|"
    r"voulez-vous|veux-tu|tu veux|souhait(?:ez|es)|dis-moi|dites-moi|si (?:tu veux|vous voulez|ça te)|je peux (?:aussi|ajouter)|quer(?:es)? que|deseja|gostarias?|se (?:quiser|quiseres)|me (?:diga|avisa|avise)|diz-me|posso (?:também|acrescentar))\b",
    re.IGNORECASE,
)


@dataclass
class Walker:
    """State of the walk; `segments` is its yield beside what it puts into the draft."""

    draft: Draft
    lex: Lexicon
    planlike: bool = False
    heads: list[Head] = field(default_factory=list)
    bullets: list[Bullet] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    seed_units: list[tuple[Head, Clean, int, int]] = field(default_factory=list)
    titles: list[Head] = field(default_factory=list)
    ignored: list[tuple[int, int]] = field(default_factory=list)
    plan_units: list[tuple[str, Clean, int, int]] = field(default_factory=list)
    recent: Ent | None = None
    art: Head | None = None
    opened: bool = False
    abilities: set[str] = field(default_factory=set)
    question: str = ""

    # -- where we are -------------------------------------------------------------------------------------------

    @property
    def head(self) -> Head:
        return self.heads[-1] if self.heads else Head(0, "top")

    def section_kind(self) -> str:
        """The kind that the nearest section heading promises."""
        for h in reversed(self.heads):
            if h.role == "section":
                return h.kind
            if h.role in {"entity", "seed", "title"}:
                return ""
        return ""

    def owner(self) -> Ent | None:
        """The entity that the lines here belong to, by bullets then headings."""
        for b in reversed(self.bullets):
            if b.ent:
                return b.ent
        return self.head_owner()

    def head_owner(self) -> Ent | None:
        """The entity of the nearest heading, unless a section stands between."""
        return next((h.ent for h in reversed(self.heads) if h.ent), None)

    def role(self) -> str:
        """What the nearest meaningful heading is."""
        return next((h.role for h in reversed(self.heads) if h.role != "neutral"), "top")

    # -- units --------------------------------------------------------------------------------------------------

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
        skip = m.end() if (m := _NUMBER.match(text)) else 0
        span = c.span(skip, len(text))
        base = Head(level, "neutral", text=text, span=span)
        key = normal(text[skip:])
        if self.lex.patterns["seed_heading"].search(text) and len(text) < 70:
            base.role = "seed"
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

    def section_of(self, text: str) -> str:
        """The kind that a heading such as "Key NPCs" or "Factions & powers" announces, or ''."""
        key = _FILLER.sub("", normal(re.sub(r"\(.*?\)", "", text)))
        parts = [key, *re.split(r"\s+(?:and|und|y|et|e|or|of|in|here|from|for|who|you|&|\+)\s+|[/,&+:]\s*", key)]
        for part in parts[:3]:
            words = part.split()
            while words and words[0] in _ADJECTIVES:
                words = words[1:]
            if words and (kind := self._section_word(" ".join(words))):
                return kind
        return ""

    def _section_word(self, phrase: str) -> str:
        if phrase in self.lex.sections:
            return self.lex.sections[phrase]
        for tail in ("s", "es", "n", "en", "e", "nen"):
            if phrase.endswith(tail) and phrase[: -len(tail)] in self.lex.sections:
                return self.lex.sections[phrase[: -len(tail)]]
        words = phrase.split()
        if phrase.endswith("ies") and phrase[:-3] + "y" in self.lex.sections:
            return self.lex.sections[phrase[:-3] + "y"]
        if 2 <= len(words) <= 3 and words[-1] != words[0]:
            return self._section_word(words[-1]) if len(words[-1]) > 3 else ""
        return ""

    def _named_heading(self, base: Head, c: Clean, skip: int, level: int) -> None:
        text = c.text
        kind = self.section_kind()
        if m := _PREFIX.match(text[skip:]):
            word = m.group("word")
            if _OPTION.match(text[skip:]):
                base.role, base.span, base.text = "title", c.span(skip + m.start("rest"), len(text)), m.group("rest")
                return
            prefix_kind = "" if normal(word) in self.lex.neutral else self.section_of(word)
            if _ARC.match(text[skip:]) or (prefix_kind == "timeline_arc" and m.group("n")):
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
        elif looks_named(re.sub(r"\s*\(.*?\)\s*$", "", text[skip:]).split(",")[0]):
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
            r"\(\s*(?:[A-Za-z.]+ )?(\d{1,5})(?: [A-Z]{1,3})?\s*[-–—]\s*(\d{1,5}|now|present|heute|hoy|aujourd'hui|hoje)",
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
        prefixed = _PREFIX.match(c.text.strip(" :."))
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

    def _lead_line(self, unit: Unit) -> None:
        c = unit.clean
        labels = find_labels(c, self.lex)
        self.ignored += [c.span(x.at, x.start) for x in labels]
        if self._ability(unit):
            return
        if labels and not c.text[: labels[0].at].strip(" *_-–—•\"'"):
            if not self._is_name_lead(c, labels[0]):
                self.labelled(unit, labels)
                return
            labels = labels[1:]
        if self._bullet_section(unit) or self._dated(unit):
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

    def _bullet_section(self, unit: Unit) -> bool:
        """`- Places` with bullets beneath it is a section; `- Secrets` opens a field of what stands above."""
        c = unit.clean
        if unit.kind != "bullet" or not unit.children or len(c.text) > 50:
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
        if lead[2] == "b" and word in _STATS and ":" not in c.text[lead[1] - 1 : lead[1] + 1]:
            self.ignored.append((unit.start, unit.end))
            return True
        return False

    def _is_name_lead(self, c: Clean, label: Labelled) -> bool:
        """`The key: …` in an item section names a thing although `key` could be a label."""
        return bool(self.section_kind()) and label.styled and looks_named(label.label) and len(label.label.split()) > 2

    def _lead(self, unit: Unit) -> tuple[Ent, int, bool] | None:
        """The name a line begins with: the entity, where its description begins, and whether it is one."""
        c, text = unit.clean, unit.clean.text
        bold = next((s for s in c.styled if s[0] <= 1 and s[1] - s[0] > 1), None)
        if bold is None and c.marked and c.marked[0][0] <= 1:
            bold = (*c.marked[0], "b")
        kind = self.section_kind() or next((b.kind for b in reversed(self.bullets) if b.kind), "")
        if bold is not None:
            a, b = bold[0], bold[1]
            return self._named_lead(unit, a, b, kind, styled=bold[2])
        m = LEAD.match(text)
        if m is not None and unit.children and (hit := self._run_by(unit)):
            return hit
        if m is not None and m.group("sep") == "" and unit.children and len(text.split()) <= 5:
            return self._named_lead(unit, m.start("name"), m.end("name"), kind, styled="b")
        if (
            m is None
            or (m.group("sep") in {".", ""} and not (kind and unit.kind == "bullet"))
            or (m.group("sep") == "," and not kind)
        ):
            return None
        if unit.kind != "bullet" and not kind:
            return None
        nested = any(b.ent for b in self.bullets)
        bare = m.group("sep") in {".", ""} and not m.group("paren")
        word = m.group("name").split()[0].lower()
        if (
            (nested and bare)
            or word in self.lex.place_preps
            or word in self.lex.verbs
            or word in self.lex.stop - self.lex.dets
        ):
            return None
        return self._named_lead(unit, m.start("name"), m.end("name"), kind, styled="")

    def _run_by(self, unit: Unit) -> tuple[Ent, int, bool] | None:
        """`- Run by Hester Plum` with bullets beneath: they are about her."""
        c, owner = unit.clean, self.owner()
        m = re.match(r"^[^\W\d_]+ (?P<by>[^\W\d_]+) (?P<n>[^,;:(]{3,50})", c.text)
        if m is None or owner is None or m.group("by").lower() not in self.lex.by or not looks_named(m.group("n")):
            return None
        ent = self.draft.entity(m.group("n"), c.span(*m.span("n")), kind="npc", weight=1.6, why="agent")
        if ent is None:
            return None
        ent.structural = True
        self.prose(c, 0, m.end("n"), owner)
        return ent, m.end("n"), True

    def _named_lead(self, unit: Unit, a: int, b: int, kind: str, *, styled: str) -> tuple[Ent, int, bool] | None:
        c, text = unit.clean, unit.clean.text
        raw = text[a:b]
        name = raw.rstrip(" :.,;–—-")
        skip = m.end() if (m := _NUMBER.match(name)) else 0
        prefix = _PREFIX.match(name[skip:])
        if (
            prefix
            and (pk := self.section_of(prefix.group("word")))
            and pk != "timeline_arc"
            and len(prefix.group("word")) > 2
        ):
            skip, kind = skip + prefix.start("rest"), pk
        if _ARC.match(name[skip:]):
            kind = "timeline_arc"
        paren = re.search(r"\s*\([^()]*\)?$", name)
        stop = paren.start() if paren and paren.start() > skip else len(name)
        comma = name.find(",", skip)
        stop = min(stop, comma) if comma > skip + 1 and kind != "event" else stop
        short = name[skip:stop]
        if re.match(r"\s*\(?\s*\d+ (?:days|tage|días|dias|jours)\b", text[a + stop : a + stop + 14], re.IGNORECASE):
            return None
        if _OPTION.match(short) and self.planlike:
            return self._option(unit, a + skip, b)
        if styled == "b" and (hit := self._definite(c, a + skip, a + stop)):
            return hit
        if (
            not looks_named(short.replace(":", "") if kind == "timeline_arc" else short)
            or normal(short) in self.lex.neutral
            or (self._weak(short, kind, styled) and not (not styled and self._told(unit, a + stop)))
        ):
            return None
        ent = self.draft.entity(short, c.span(a + skip, a + stop), kind=kind, weight=2.2 if kind else 0.0, why="lead")
        if ent is None:
            return None
        if kind == "timeline_arc" and prefix:
            ent.alias(re.sub(r"\s*\(.*$", "", prefix.group("rest")))
        ent.structural = ent.structural or styled == "b" or bool(kind)
        self._place(ent)
        rest = text[b:]
        start = a + stop if stop < len(name) else b
        joined = re.match(r"^\s*(?:[(:,–—.-]|$)", text[start:]) is not None or raw != name
        return ent, start, joined

    def _option(self, unit: Unit, a: int, b: int) -> None:
        """`**Option A: The Long Night.** …` is a title and its premise."""
        c = unit.clean
        m = _PREFIX.match(c.text[a:b].rstrip(" .:"))
        if m:
            span = c.span(a + m.start("rest"), a + m.end("rest"))
            self.titles.append(Head(9, "title", text=m.group("rest"), span=span))
            self.ignored.append(span)
            if len(c.text) - b > 60:
                self.plan_units.append(("premise", c, b, len(c.text)))

    def _definite(self, c: Clean, a: int, b: int) -> tuple[Ent, int, bool] | None:
        """`**The key** is the Tidekey, …`: a thing called by what it is, named after or not at all."""
        m = re.match(r"^(?:the|der|die|das|el|la|le|l'|o|a) ([^\W\d_]+)$", c.text[a:b], re.IGNORECASE)
        kinds = self.lex.kinds_of(m.group(1)) if m and (m.group(1).islower() or self.lex.lang == "de") else ()
        kind = next((k for k in ("item", "npc", "species", "location") if k in kinds), "")
        if m is None or not kind:
            return None
        kind = "npc" if kind == "species" else kind
        named = self.lex.patterns["is_named"].match(c.text[b:])
        start, end = (b + named.start("n"), b + named.end("n")) if named else (a, b)
        ent = self.draft.entity(c.text[start:end], c.span(start, end), kind=kind, weight=1.8, why="definite")
        if ent is None:
            return None
        if named:
            ent.alias(c.text[a:b])
        ent.structural = True
        return ent, end, bool(named)

    def _told(self, unit: Unit, at: int) -> bool:
        """Whether what follows a plain lead describes something: then the lead is its name."""
        m = re.match(r"^\s*(?:\([^()\n]{1,120}\)\s*)?(?::|–|—|-)\s+", unit.clean.text[at:])
        return unit.kind == "bullet" and m is not None and bool(phrase_kinds(unit.clean.text[at + m.end() :], self.lex))

    def _weak(self, name: str, kind: str, styled: str) -> bool:
        if styled == "b" or kind:
            return scopes_of(name, self.lex) != {} and not kind and len(name.split()) < 2
        return True

    def _place(self, ent: Ent) -> None:
        """Nesting under another entity counts as stated."""
        owner = self.owner()
        if owner is not None and owner is not ent and ent.parent is None:
            ent.parent = owner

    # -- values and prose ---------------------------------------------------------------------------------------

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
        if owner is not None and self.role() != "title":
            name = scopes.get(owner.kind, "") if owner.kind else ""
            if not owner.kind:
                self.segments.append(Segment(c, start, end, owner, role="?" + normal(label)))
                for scope in scopes:
                    if scope not in {"blueprint", "seed"}:
                        owner.vote(scope, 0.5 / max(1, len(scopes)), "label")
                return
            if name:
                self.segments.append(Segment(c, start, end, owner, role="=" + name))
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
            self.plan_units.append((scopes["blueprint"], c, start, end))
            if scopes["blueprint"] in _NO_NAMES:
                self.ignored.append(c.span(start, end))
            self.prose(c, start, end, None, role="plan")
        elif kind := self.section_of(label):
            self._listed(unit, c, start, end, kind)
        else:
            self.prose(c, start, end, owner)

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

    def _open_label(self, unit: Unit, scopes: dict[str, str], label: str, owner: Ent | None) -> None:
        name = scopes.get(owner.kind, "") if owner and owner.kind else ""
        self.bullets.append(Bullet(unit.level, None, name, self.section_of(label)))

    def _labelled_entity(self, c: Clean, start: int, end: int, kind: str) -> bool:
        """`Villain: Emric Sault, who had the duchess exiled` names and describes one entity."""
        m = re.match(
            r"\s*(?:\*\s*)?(?P<n>[^,;:(.–—]{3,50}?)(?=,\s+(?:an? |the |who |whose )?[a-z]|\s*[(–—]|\.|$)",
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


_FILLER = re.compile(
    r"^(?:(?:here (?:are|is|come)|meet|below are|these are|and|now|next|hier sind|aqui tienes|aqui estan|voici|aqui estao)\s+)+(?:(?:the|your|some|a few|die|los|las|les|os|as)\s+)?"
)
_NO_NAMES = frozenset(
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
_STATS = frozenset(
    [
        "armor class",
        "armour class",
        "ac",
        "hit points",
        "hp",
        "speed",
        "saving throws",
        "damage immunities",
        "damage vulnerabilities",
        "damage resistances",
        "condition immunities",
        "senses",
        "languages",
        "challenge",
        "skills",
        "proficiency bonus",
        "initiative",
        "str",
        "dex",
        "con",
        "int",
        "wis",
        "cha",
        "traits",
        "cr",
        "actions",
        "rustungsklasse",
        "trefferpunkte",
        "bewegungsrate",
        "clase de armadura",
        "puntos de golpe",
        "velocidad",
        "classe d'armure",
        "points de vie",
        "vitesse",
        "classe de armadura",
        "pontos de vida",
        "deslocamento",
    ]
)
_ADJECTIVES = frozenset(
    [
        "key",
        "major",
        "notable",
        "important",
        "main",
        "local",
        "the",
        "other",
        "minor",
        "active",
        "signature",
        "our",
        "your",
        "some",
        "new",
        "central",
        "primary",
        "principal",
        "leading",
        "current",
        "nearby",
        "known",
        "die",
        "der",
        "das",
        "wichtige",
        "wichtigen",
        "wichtigste",
        "zentrale",
        "bekannte",
        "weitere",
        "los",
        "las",
        "el",
        "la",
        "principales",
        "importantes",
        "otros",
        "clave",
        "les",
        "le",
        "l'",
        "principaux",
        "principales",
        "autres",
        "importants",
        "os",
        "as",
        "o",
        "a",
        "outros",
        "notaveis",
        "notables",
        "famous",
        "secret",
        "hidden",
        "magic",
        "magical",
        "special",
        "possible",
        "three",
        "four",
        "five",
        "six",
        "two",
        "ten",
        "additional",
        "remaining",
        "supporting",
        "more",
    ]
)
