"""Sentences with their mentions and pronouns replaced by marks, so that patterns see who does what to whom."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.lexicon.shared import FEMALE, MALE
from studio.services.extraction.names import ABBREV

if TYPE_CHECKING:
    from studio.services.extraction.doc import Clean
    from studio.services.extraction.draft import Draft, Ent
    from studio.services.extraction.lexicon import Lexicon
    from studio.services.extraction.mentions import Mention

M, P = "\ue000", "\ue001"
_END = re.compile(r"[.!?…]+(?:[\"')»”*]*)(?=\s|$)|\n\s*\n")
_OF_THEM = re.compile(r"\b(?:two|both|all|one|some|most|many|none|each|neither|three) of $")
_NO_WORD = re.compile(r"(?:\([^()]*\)|[^\w()])*")
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of text[start:end]; an abbreviation or an initial does not end one."""
    found, at = [], start
    for m in _END.finditer(text, start, end):
        word = re.search(r"([\w]+)\.$", text[max(at, m.start() - 12) : m.end()])
        if word and (word.group(1).lower() in ABBREV or (len(word.group(1)) == 1 and word.group(1).isupper())):
            continue
        if re.match(r"\s+[a-zà-ÿ]", text[m.end() : m.end() + 3]) and m.group().startswith("."):
            continue
        found.append((at, m.end()))
        at = m.end()
    if text[at:end].strip():
        found.append((at, end))
    return [(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in found if text[a:b].strip()]


def _by_title(name: str) -> str:
    """The pronouns that a title such as Sir or Lady gives away."""
    words = {w.lower() for w in name.replace(".", "").split()[:3]}
    return "she/her" if words & FEMALE else "he/him" if words & MALE else ""


@dataclass
class Focus:
    """Whom a pronoun may mean: the last person, thing and group that were spoken of."""

    npc: Ent | None = None
    people: list[Ent] = field(default_factory=list)
    thing: Ent | None = None
    group: Ent | None = None
    subject: Ent | None = None

    def note(self, ent: Ent) -> None:
        """An entity was named."""
        if ent.kind == "npc":
            self.npc = ent
            self.people = [*(e for e in self.people[-5:] if e is not ent), ent]
        elif ent.kind == "faction":
            self.group = self.thing = ent
        else:
            self.thing = ent


@dataclass
class Marked:
    """One sentence. `text` has one mark per mention; `pos[i]` is where its character i stands in the clean text."""

    clean: Clean
    start: int
    end: int
    text: str
    pos: list[int]
    ents: dict[int, Ent] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)
    subjects: set[int] = field(default_factory=set)
    topic: Ent | None = None
    spoken: Ent | None = None
    taken: list[tuple[int, int]] = field(default_factory=list)

    def value(self, a: int, b: int) -> str:
        """The clean words of text[a:b]."""
        return self.clean.text[self.pos[a] : self.pos[b]].strip()

    def span(self, a: int, b: int) -> tuple[int, int]:
        """The source range of text[a:b], without white space around it."""
        x, y = self.pos[a], self.pos[b]
        words = self.clean.text
        while x < y and words[x].isspace():
            x += 1
        while y > x and words[y - 1].isspace():
            y -= 1
        return self.clean.span(x, y)

    def free(self, a: int, b: int) -> bool:
        """Whether no pattern has used most of this range yet."""
        used = sum(max(0, min(b, y) - max(a, x)) for x, y in self.taken)
        return used <= 0.4 * max(1, b - a)


@dataclass
class Marker:
    """Builds marked sentences, resolving pronouns as it goes."""

    draft: Draft
    lex: Lexicon
    focus: Focus = field(default_factory=Focus)
    before: Ent | None = None
    """Whom the description before this one was of: `**Ada** …`, `**Ben** – her son`."""

    def mark(self, c: Clean, start: int, end: int, mentions: list[Mention], topic: Ent | None) -> Marked:
        """One sentence, clean[start:end]."""
        first = bisect.bisect_left(mentions, start, key=lambda m: m.start)
        last = bisect.bisect_left(mentions, end, key=lambda m: m.start)
        inside = [m for m in mentions[first:last] if m.end <= end]
        out: list[str] = []
        pos: list[int] = []
        made = Marked(c, start, end, "", pos, topic=topic)
        made.spoken = topic or self.focus.thing or self.focus.npc
        at = start
        for m in [*inside, None]:
            stop = self._before_article(c.text, at, m.start) if m else end
            self._plain(c, at, stop, out, pos, made, topic)
            if m is None:
                break
            made.ents[len(pos)] = m.ent
            if m.named:
                made.named.add(len(pos))
            if not self._oblique(out):
                made.subjects.add(len(pos))
            out.append(M)
            pos.append(stop)
            self.focus.note(m.ent)
            at = m.end
        pos.append(end)
        made.text = "".join(out)
        self.focus.subject = next((made.ents[i] for i in sorted(made.subjects)), self.focus.subject)
        return made

    def _oblique(self, out: list[str]) -> bool:
        """Whether what was just written ends in a preposition: no subject follows."""
        m = re.search(r"([^\W\d_]+)['’]?\s*$", out[-1]) if out else None
        word = m.group(1).lower() if m else ""
        return word in self.lex.place_preps or word in self.lex.of or word in self.lex.by

    def _before_article(self, text: str, at: int, start: int) -> int:
        """Take an article before a name into its mark."""
        m = re.search(r"(?:^|(?<=[\s(\"'«]))([^\W\d_]{1,3})\s$", text[at:start])
        word = m.group(1).lower() if m else ""
        melted = self.lex.lang == "fr" and word in self.lex.of  # `membre des M`: whose it is would be lost
        if m and word in self.lex.dets and not melted:
            return at + m.start(1)
        return start - 2 if text[max(at, start - 2) : start].lower() == "l'" else start

    def _plain(self, c: Clean, a: int, b: int, out: list[str], pos: list[int], made: Marked, topic: Ent | None) -> None:
        at = a
        for m in _WORDS.finditer(c.text, a, b):
            word = m.group().lower()
            base = word.split("'")[0]
            several = base == "them" and _OF_THEM.search(c.text, max(0, m.start() - 14), m.start()) is not None
            if base not in self.lex.pronouns or several or not (hit := self._resolve(c, m, base, topic, made)):
                continue
            ent, mark = hit
            self._copy(c, at, m.start(), out, pos)
            made.ents[len(pos)] = ent
            if mark == M and base in self.lex.subject and not self._oblique(out):
                made.subjects.add(len(pos))
            out.append(mark)
            pos.append(m.start())
            at = m.start() + len(base)
        self._copy(c, at, b, out, pos)

    @staticmethod
    def _copy(c: Clean, a: int, b: int, out: list[str], pos: list[int]) -> None:
        if b > a:
            out.append(c.text[a:b])
            pos.extend(range(a, b))

    def _resolve(
        self, c: Clean, m: re.Match[str], word: str, topic: Ent | None, made: Marked
    ) -> tuple[Ent, str] | None:
        gender = self.lex.pronouns[word]
        ent = self._relative(c, m, gender, topic, made) or self._referent(gender, topic, made)
        if ent is None:
            return None
        following = c.text[m.end() : m.end() + 2]
        owns = (
            word in self.lex.possessive
            and ((following[:1] == " " and following[1:2].isalpha()) or word in {"dele", "dela", "deles", "delas"})
            and not (word in self.lex.object and self._ends_phrase(c.text, m.end()))
        )
        if gender in {"she/her", "he/him"} and ent.kind == "npc":
            self._gender(ent, gender, c, m)
        return ent, P if owns else M

    def _relative(self, c: Clean, m: re.Match[str], gender: str, topic: Ent | None, made: Marked) -> Ent | None:
        """`**Ben** – her son`: a description that begins with a possessive is of somebody's kin, not of his own."""
        owner = self.before
        if owner is None or owner is topic or owner.kind != "npc" or topic is None or topic.kind != "npc" or made.ents:
            return None
        if m.group().lower() not in self.lex.possessive or gender in {"it/its", "they/them"}:
            return None
        if not _NO_WORD.fullmatch(c.text, made.start, m.start()) or (
            gender != "any" and not self._agrees(owner, gender)
        ):
            return None
        noun = _WORDS.match(c.text, m.end() + 1)
        kin = noun is not None and (fold(noun.group()) in self.lex.nouns or "npc" in self.lex.kinds_of(noun.group()))
        return owner if kin else None

    def _ends_phrase(self, text: str, at: int) -> bool:
        """Whether `her` ends its phrase here (object), so that it owns nothing."""
        nxt = _WORDS.match(text, at + 1)
        return nxt is not None and nxt.group().lower() in {
            "to",
            "and",
            "in",
            "on",
            "at",
            "for",
            "with",
            "from",
            "when",
            "because",
            "if",
            "that",
            "but",
            "as",
            "the",
            "a",
            "an",
            "into",
            "out",
            "of",
            "before",
        }

    def _gender(self, ent: Ent, gender: str, c: Clean, m: re.Match[str]) -> None:
        if not ent.pronoun:
            ent.pronoun = gender
            if "pronouns" not in ent.fields:
                self.draft.add(
                    ent, "pronouns", self.lex.shown.get(gender, gender), c.span(m.start(), m.end()), "prose:pronouns"
                )

    def _referent(self, gender: str, topic: Ent | None, made: Marked) -> Ent | None:
        if gender == "any":
            return self._owner(topic, made)
        if gender in {"she/her", "he/him"}:
            return self._third_person(gender, topic, made)
        if gender == "it/its":
            if topic is not None and (topic.kind != "npc" or topic.pronoun in {"it/its", ""}):
                return topic
            return self.focus.thing
        if topic is not None and (topic.kind == "faction" or topic.pronoun == "they/them"):
            return topic
        return self.focus.group if gender == "they/them" else topic

    def _owner(self, topic: Ent | None, made: Marked) -> Ent | None:
        """Whose `son`, `seu`, `su` is: the subject of this sentence, else what the text is about."""
        local = [e for i, e in sorted(made.ents.items()) if i in made.subjects]
        return local[0] if local else topic or self.focus.subject

    def _third_person(self, gender: str, topic: Ent | None, made: Marked) -> Ent | None:
        free = made.ents.items() if self.lex.lang == "en" else [(i, made.ents[i]) for i in made.subjects]
        local = [e for _, e in sorted(free, key=lambda x: x[0]) if self._person(e) and self._agrees(e, gender)]
        aside = bool(local) and topic is not None and topic not in made.ents.values()
        order = [local[0] if aside else topic, local[0] if local else None, topic]
        if self.lex.lang != "en":
            order += [self.focus.subject]
        for ent in (*order, *reversed(self.focus.people)):
            if ent is not None and self._person(ent) and self._agrees(ent, gender):
                return ent
        return topic if topic is not None and not topic.kind else None

    def _person(self, ent: Ent) -> bool:
        """Whether `she` may mean it: a person, and in languages with genders a thing too."""
        return ent.kind == "npc" or (self.lex.lang != "en" and bool(ent.kind))

    @staticmethod
    def _agrees(ent: Ent, gender: str) -> bool:
        if ent.gender:
            return ent.gender == ("f" if gender == "she/her" else "m")
        stated = ent.fields.get("pronouns")
        own = ent.pronoun or (stated[0].value if stated else "") or _by_title(ent.name)
        return not own or own.split("/")[0].lower() == gender.split("/")[0] or "/" not in own
