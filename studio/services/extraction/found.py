"""Names in running prose that no structure announced, with what their surroundings say about their kind."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.found_common import CommonHeads
from studio.services.extraction.found_parts import ShortForms
from studio.services.extraction.found_seen import (
    ACTS,
    APPOSED,
    BEGIN,
    CHAPTER,
    COPULA,
    GIVING,
    INDEFINITE,
    KIN,
    PLURAL,
    SHARED,
    Seen,
    Words,
)
from studio.services.extraction.found_ties import TIED, told_votes
from studio.services.extraction.lexicon.shared import (
    ABOARD,
    DATIVE,
    JOIN,
    NOBLE,
    NUMBERED,
    SETTLED,
)
from studio.services.extraction.mentions import title_split
from studio.services.extraction.name_kinds import SAINT, head_votes, phrase_kinds
from studio.services.extraction.names import CONNECT, WORD, capital, key_of, runs

if TYPE_CHECKING:
    from studio.services.extraction.doc import Clean
    from studio.services.extraction.draft import Draft, Span
    from studio.services.extraction.lexicon import Lexicon


class NameFinder:
    """Scans all pieces of text for names."""

    def __init__(self, draft: Draft, lex: Lexicon, ignored: list[Span], lower: frozenset[str]) -> None:
        self.draft, self.lex, self.lower = draft, lex, lower
        self.ignored = sorted(ignored)
        self.seen: dict[str, Seen] = {}
        self.firm: set[str] = set(draft.ents)
        self.never: set[str] = set()
        self.short_forms = ShortForms(draft, lex)

    def scan(self, cleans: list[tuple[Clean, Words]]) -> None:
        """Find names in all pieces of text and add those that something speaks for."""
        for c, words in cleans:
            breaks = frozenset(x for a, b, _ in c.styled for x in (a, b))
            for i, j in runs(c, words, breaks):
                if i and not BEGIN.search(c.text[max(0, words[i].start() - 8) : words[i].start()]):
                    self.firm.add(key_of(c.text[words[i].start() : words[j - 1].end()]))
        for c, words in cleans:
            breaks = frozenset(x for a, b, _ in c.styled for x in (a, b))
            for run in runs(c, words, breaks):
                for i, j in self._parted(c, words, *run):
                    a, b = self._trim(c, words, i, j)
                    if b > a:
                        self._occurrence(c, words, a, b)
        CommonHeads(self.draft, self.lex, self.seen, self._ignored).read(cleans)
        for key in sorted(self.seen, key=lambda k: (-len(k.split()), self.seen[k].spans[0])):
            self._decide(key, self.seen[key])

    def _parted(self, c: Clean, words: Words, i: int, j: int) -> list[tuple[int, int]]:
        """`Admiral Vera Lund of the Coral Throne`: a titled full name and what it belongs to are two names."""
        both = next((k for k in range(i + 1, j - 2) if words[k].group() in JOIN), 0)
        if both == i + 1 and not any(self.lex.kinds_of(w.group()) for w in words[i:j]):
            return [(i, both), (both + 1, j)]
        if j - i >= 3 and (pair := self._pair(words, i, j)):
            return pair
        cut = next((k for k in range(i + 1, j) if words[k].group().lower() in self.lex.of), 0)
        if not cut or j - cut < 2:
            return [(i, j)]
        titles, rest = title_split(c.text[words[i].start() : words[cut - 1].end()], self.lex)
        owner = c.text[words[cut + 1].start() : words[j - 1].end()]
        full = len(rest) >= 2 and bool(titles) and words[cut + 1].group().lower() in self.lex.dets
        named = len(titles) + len(rest) >= 2 and head_votes(owner, self.lex).get("faction", 0.0) >= 0.9
        person = not any(set(self.lex.kinds_of(w)) - {"npc", "species"} for w in rest)
        return (
            [(i, cut), (cut + 1, j)]
            if person
            and (
                full
                or (named and (titles or key_of(c.text[words[i].start() : words[cut - 1].end()]) in self.draft.ents))
            )
            else [(i, j)]
        )

    def _pair(self, words: Words, i: int, j: int) -> list[tuple[int, int]]:
        """`Yann et Maëlle`: two names when each is one elsewhere."""
        cut = next((k for k in range(i + 1, j - 1) if words[k].group() in JOIN), 0)
        sides = [(i, cut), (cut + 1, j)] if cut else []
        keys = [key_of(" ".join(w.group() for w in words[a:b])) for a, b in sides]
        named = [k in self.firm or self.short_forms.meant_by(k) is not None for k in keys]
        return sides if named and all(named) else []

    def _ignored(self, span: Span) -> bool:
        i = bisect.bisect_right(self.ignored, (span[0], 1 << 60))
        return any(b >= span[1] for a, b in self.ignored[max(0, i - 3) : i] if a <= span[0])

    def _trim(self, c: Clean, words: Words, i: int, j: int) -> tuple[int, int]:
        """Without the small words that are big only because a sentence begins there."""
        lex, initial = self.lex, True
        while i < j:
            w = words[i].group()
            low = fold(w).rstrip("'")
            start = words[i].start()
            initial = initial and (start == 0 or bool(BEGIN.search(c.text[max(0, start - 8) : start])) or w == "I")
            rest = key_of(c.text[words[i + 1].start() : words[j - 1].end()]) if j - i > 1 else ""
            verbal = (
                initial
                and j - i > 1
                and ((low in self.lower and rest in self.firm) or (low in lex.verbs and not lex.kinds_of(w)))
            )
            role_of = (
                (initial or lex.lang == "de")
                and j - i > 2
                and words[i + 1].group().lower() in lex.of
                and "npc" in lex.kinds_of(w)
            )
            nxt = words[i + 1].group().lower() if j - i > 1 else ""
            verbal = verbal or (
                initial and nxt in lex.place_preps and (low in lex.verbs or fold(f"{low} {nxt}") in lex.verbs)
            )
            bound = initial and rest and not lex.kinds_of(w) and low not in lex.titles
            verbal = verbal or (bound and lex.lang == "en" and low.endswith("ing") and rest in self.firm)
            if bound and nxt in lex.of and lex.lang != "en":
                inner = key_of(c.text[words[i + 2].start() : words[j - 1].end()]) if j - i > 2 else ""
                verbal = verbal or (inner in self.draft.ents and "npc" in self.draft.ents[inner].votes)
            post = j - i > 2 and nxt in lex.of and low in lex.titles - SAINT
            role_of = role_of or (post and key_of(c.text[words[i + 2].start() : words[j - 1].end()]) in self.draft.ents)
            single = j - i == 1 and low in lex.stop
            settled = (
                lex.lang == "de"
                and j - i == 2
                and low.endswith(("stadt", "dorf", "fluss", "insel", "planet", "provinz"))
            )
            if not (settled or low in lex.dets or single or (initial and low in lex.stop) or verbal or role_of):
                break
            i += 1
            while i < j and not capital(words[i].group()) and not words[i].group().isdigit():
                i += 1
        while j > i and (words[j - 1].group().lower() in CONNECT or (j - i == 1 and len(words[i].group()) < 2)):
            j -= 1
        return i, j

    def _occurrence(self, c: Clean, words: Words, i: int, j: int) -> None:
        lex = self.lex
        start, end = self._bounds(c, words, i, j)
        name = c.text[start:end]
        span = c.span(start, end)
        if self.draft.is_rejected(span) or key_of(name) in self.never:
            return
        if self._ignored(span) or (name.isupper() and j - i > 2) or CHAPTER.match(name):
            return
        if self._only_title(words, i, j, c.text[end : end + 4]):
            return
        name, end = self._undated(words, i, name, end)
        before, after = c.text[max(0, start - 60) : start], c.text[end : end + 80]
        previous = words[i - 1].group().lower() if i and start - words[i - 1].end() == 1 else ""
        previous = previous.rsplit("'", 1)[-1]
        if lex.lang == "de" and not self._german(words, i, j, previous, before):
            return
        if nick := re.match(r" [\"'][^\"'\n]{2,20}[\"'] (?-i:[A-Z])[\w-]+", c.text[end:]):
            end += nick.end()
            name = c.text[start:end]
        elided = lex.lang == "fr" and start > words[i].start()
        name, end = self._extended(c, words, j, name, end, "l" if elided else previous)
        if i > 1 and previous in {"de", "d"} and fold(words[i - 2].group()) in NOBLE and words[i - 2].group().islower():
            start = words[i - 2].start()
            name, previous = c.text[start:end], words[i - 3].group().lower() if i > 2 else ""
        elif self._titled(previous, j - i) and not (i > 1 and words[i - 2].group().lower() in lex.possessive):
            start = words[i - 1].end() - len(previous)
            name, previous = c.text[start:end], words[i - 2].group().lower() if i > 1 else ""
        s = self.seen.setdefault(key_of(name), Seen(name))
        s.spans.append(c.span(start, end))
        s.middle += not name[:1].isupper() or not (BEGIN.search(before) or not before.strip())
        s.bold += any(x <= start and end <= y and y - x <= end - start + 2 and st == "b" for x, y, st in c.styled)
        s.indefinite += previous in INDEFINITE - lex.definite - lex.place_preps
        if previous in lex.dets:
            self._with_article(s, c, words, i, end)
        self._context(s, words, i, previous, before, after)
        for kind, weight in told_votes(lex, words, (i, j), (before, after), article=previous in lex.definite):
            s.vote(kind, weight)

    def _bounds(self, c: Clean, words: Words, i: int, j: int) -> tuple[int, int]:
        """Where a name begins and ends: without `l'` and `'s`, with the number of `Deck 7`."""
        start, end = words[i].start(), words[j - 1].end()
        if self.lex.lang == "fr" and re.match(r"[dl]['’][^\W\d_]", c.text[start : start + 3]):
            start += 2
        if c.text[start:end].endswith(("'s", "’s")):
            end -= 2
        if fold(words[j - 1].group()) in NUMBERED and (number := re.match(r" \d{1,4}\b", c.text[end:])):
            end += number.end()
        return start, end

    def _titled(self, previous: str, length: int) -> bool:
        """`le père Anselme`: outside English a title before one name is written small and is part of it."""
        alone = self.lex.lang != "en" and length == 1 and previous.islower()
        return alone and fold(previous) in self.lex.titles - self.lex.soft_titles - SAINT

    def _only_title(self, words: Words, i: int, j: int, after: str) -> bool:
        """`Its Lord Protector, Cassian Thorne`: titles alone before a name are none."""
        if j - i > 3 or self.lex.lang == "de" or not re.match(r", [A-ZÀ-Ý]", after):
            return False
        roles = self.lex.titles - SAINT
        return all(
            fold(w.group()) in roles or self.lex.heads.get(fold(w.group()), ())[:1] == ("npc",) for w in words[i:j]
        )

    def _placed(self, words: Words, i: int) -> bool:
        return i > 0 and words[i - 1].group().lower() in self.lex.inside

    def _undated(self, words_: Words, i: int, name: str, end: int) -> tuple[str, int]:
        """`Lyon de 2089` is Lyon; `the Blackout of 2019` is an event with its year."""
        if i and words_[i - 1].group().lower() in self.lex.dets and not self._placed(words_, i - 1):
            return name, end
        m = re.search(r" [^\W\d_]{2,3} \d{2,4}$", name)
        words = WORD.findall(name[: m.start()]) if m else []
        if m is None or len(words) > 1 or "-" in name or any("event" in self.lex.kinds_of(w) for w in words):
            return name, end
        return name[: m.start()], end - (len(name) - m.start())

    def _with_article(self, s: Seen, c: Clean, words: Words, i: int, end: int) -> None:
        s.articles += 1
        at = words[i - 1].start()
        if words[i - 1].group()[0].isupper() and at > 0 and not BEGIN.search(c.text[max(0, at - 8) : at]):
            s.name = c.text[at:end]
            s.middle += 1

    def _extended(self, c: Clean, words: Words, j: int, name: str, end: int, previous: str) -> tuple[str, int]:
        """`the Ropewalk gate`: a small place or event word belongs to the name."""
        if self.lex.lang in {"es", "fr", "pt"} and previous in self.lex.definite:
            return self._small_tail(c, words, j, name, end)
        if self.lex.lang != "en" or previous != "the" or j >= len(words) or c.text[end : words[j].start()] != " ":
            return name, end
        word = words[j].group()
        if key_of(name) in self.draft.ents:
            return name, end
        kinds = self.lex.kinds_of(word)
        verbal = word.endswith("s") and j + 1 < len(words) and capital(words[j + 1].group())  # `the Breach floods Ys`
        if verbal and c.text[words[j].end() : words[j + 1].start()] == " ":
            return name, end
        if kinds and set(kinds) <= {"location", "event", "faction"} and word.islower() and len(word) > 3:
            return c.text[end - len(name) : words[j].end()], words[j].end()
        return name, end

    def _small_tail(self, c: Clean, words: Words, j: int, name: str, end: int) -> tuple[str, int]:
        """`le Comité de surveillance`, `la Main de sel`: one noun written big, and what it is of."""
        small = [w.group() for w in words[j : j + 2]]
        tied = c.text[end : words[j + 1].end()] == f" {' '.join(small)}" if len(small) == 2 else False
        if " " in name or not tied or small[0] not in self.lex.of or not small[1].islower() or len(small[1]) < 3:
            return name, end
        if not set(self.lex.kinds_of(name)) - {"npc", "species"}:
            return name, end
        stop = words[j + 1].end()
        if number := re.match(r" \d{1,4}\b", c.text[stop:]):
            stop += number.end()  # `l'Incident du sas 4`
        return c.text[end - len(name) : stop], stop

    def _german(self, words: Words, i: int, j: int, previous: str, before: str) -> bool:
        """German writes all nouns big: a name is several words, or stands without article after a preposition."""
        lex = self.lex
        proper = [w.group() for w in words[i:j] if capital(w.group())]
        if len(proper) < j - i and not (lex.kinds_of(proper[0]) or proper[0] in lex.titles):
            return False
        unknown = [w for w in proper if not lex.kinds_of(w) and fold(w) not in lex.stop]
        if len(proper) >= 2:
            return bool(unknown) or previous in lex.dets or bool(lex.kinds_of(proper[0]))
        if lex.kinds_of(proper[0]) or fold(proper[0]) in lex.stop or len(proper[0]) < 3:
            return False
        if BEGIN.search(before) or not before:
            return False
        known = previous in {
            "und",
            "als",
            "dass",
            "wo",
            "ist",
            "heißt",
            "namens",
            "gegen",
            "bei",
            "nach",
            "in",
            "aus",
            "von",
        }
        return known or (bool(previous) and "npc" in lex.kinds_of(previous))

    def _context(self, s: Seen, words: Words, i: int, previous: str, before: str, after: str) -> None:
        lex = self.lex
        anchor = words[i - 2].group().lower() if previous in lex.dets and i >= 2 else previous
        if anchor in lex.place_preps:
            self._after_preposition(s, words, i - 2 if previous in lex.dets else i - 1)
        if previous and previous not in lex.dets and not capital(previous):
            self._called_by(s, previous)
            if lex.lang in {"es", "fr", "pt"} and i > 1 and not lex.kinds_of(previous) and self._adjective(previous):
                self._called_by(s, words[i - 2].group())  # `station spatiale Vesper`
        self._person(s, before, after)
        self._set_off(s, before, after)
        self._place(s, anchor, before)
        self._member(s, before)
        if anchor in ABOARD and previous in lex.dets:
            s.vote("item", 0.8)
        if (
            s.bold
            and before.endswith(", ")
            and after.startswith(",")
            and " " not in s.name
            and not lex.kinds_of(s.name)
        ):
            s.vote("npc", 0.6)  # `the youngest, **Caio**, fled`
        if SHARED.match(after) and " " not in s.name:
            s.vote("npc", 0.9)
        if lex.patterns["called"].search(before):
            self._called(s, before)
        if m := COPULA.match(after) or APPOSED.match(after):
            many = PLURAL.match(after) is not None
            for kind in phrase_kinds(after[m.end() :], lex)[:2]:
                s.vote("faction" if many and kind == "npc" else kind, 1.4)

    def _set_off(self, s: Seen, before: str, after: str) -> None:
        """`the youngest, **Caio**, fled`: one bold word between commas names somebody."""
        alone = " " not in s.name and not self.lex.kinds_of(s.name)
        if s.bold and alone and before.endswith(", ") and after.startswith(","):
            s.vote("npc", 0.6)

    def _adjective(self, word: str) -> bool:
        small = self.lex.stop | self.lex.of | self.lex.place_preps | self.lex.by | JOIN
        return word not in small and fold(word) not in self.lex.verbs and len(word) > 3

    def _called_by(self, s: Seen, noun: str) -> None:
        """`the smith Ouyang`, `sa compagne Odile`: the noun right before a name."""
        kinds = self.lex.kinds_of(noun)[:2] if noun.islower() else ()
        if not kinds and KIN.intersection(self.lex.nouns.get(fold(noun), ())):
            kinds = ("npc",)
        for k in kinds:
            s.vote(k, 1.2 / len(kinds))

    def _member(self, s: Seen, before: str) -> None:
        """`a monk of the Quiet Engine`: what one is a member of is a group, what one is emperor of a place."""
        m = re.search(r"\b([^\W\d_]+) (?:of|de|du|del|do|da|von) (?:the |la |los |l')?$", before)
        if m and "rules" in self.lex.nouns.get(fold(m.group(1)), ()) and fold(m.group(1)) not in NOBLE:
            s.vote("location", 1.2)  # `the emperor of Kessen`
        first = s.name.split()[0]
        if re.search(r"\b(?:les|los|las|os|as) $", before) and self.lex.kinds_of(first)[:1] == ("npc",):
            s.vote("faction", 1.2)  # `les Fils du Vent`
        m = re.search(r"\b([^\W\d_]+) (?:of|de|du|des|del|do|da|dos|das|der|von) (?:the |la |los |l')?$", before)
        held = self.lex.nouns.get(fold(m.group(1)), ()) if m else ()
        if "member_of" in held:
            s.vote("faction", 1.2)
        elif "works_at" in held and s.articles:
            s.vote("location", 1.0)

    def _after_preposition(self, s: Seen, words: Words, at: int) -> None:
        """`à Marseille` is a place, but not what one owes to, gives to or is married to."""
        near = [fold(w.group()) for w in words[max(0, at - 4) : at]]
        given = {t for w in near for t in (*self.lex.verbs.get(w, ()), *self.lex.verbs.get(f"{w} a", ()))} & GIVING
        if given and words[at].group().lower() in DATIVE:
            s.vote("npc", 0.55 if " " not in s.name else 0.3)
        elif s.votes.get("location", 0) < 1.2:
            s.vote("location", 0.45 if words[at].group().lower() in DATIVE and " " in s.name else 0.55)

    def _person(self, s: Seen, before: str, after: str) -> None:
        """What people have around their names: kin, roles, verbs of doing."""
        lex = self.lex
        m = re.search(
            r"(?P<pre>[^\W\d_]* ?)\b(?P<det>[^\W\d_]+) (?P<noun>[^\W\d_]+),? (?P<art>[^\W\d_]{1,3} )?$", before
        )
        apposed = m is not None and (m.group("art") or before.endswith(", "))
        if (
            m
            and apposed
            and (m.group("art") or " ").strip() in {"", *(lex.definite - lex.of - lex.place_preps)}
            and m.group("det").lower() in lex.dets
        ):
            kinds = lex.kinds_of(m.group("noun"))
            placed = m.group("pre").strip().lower() in lex.place_preps
            if "npc" in kinds:
                s.vote("npc", 1.2)
            elif (
                kinds
                and not placed
                and (kinds[0] != "event" or "," in before[-6:])
                and (kinds[0] != "location" or m.group("pre").strip().lower() in {"", *lex.of})
            ):
                s.vote(kinds[0], 1.4)
        if lex.lang == "en" and s.acts < 3 and ACTS.match(after) and not before.lower().endswith("the "):
            s.acts += 1
            s.vote("npc", 0.2)
        for name, text, weight in (
            ("kin_name", before.rstrip(" ,"), 1.2),
            ("person_cue", after, 0.8),
            ("possessive_tail", after, 0.2),
        ):
            if lex.patterns[name].search(text):
                s.vote("npc", weight)

    def _place(self, s: Seen, anchor: str, before: str) -> None:
        """`the city of X`, `at St. X's`, `the gas giant X`."""
        if re.search(r"\b(?:gas|ice) giant $", before):
            s.votes.pop("npc", None)
            s.vote("location", 1.5)
        m = re.search(r"\b([^\W\d_]+) (?:of|de|von|do|da|du|del) (?:the |la |l')?$", before)
        if m and fold(m.group(1)) in SETTLED:
            s.vote("location", 1.2)
        if fold(s.name).startswith(("saint-", "sainte-", "sankt-")) and len(s.spans) == 1:
            s.vote("location", 0.8)
        if anchor in self.lex.place_preps and fold(s.name.split()[0]).rstrip(".") in SAINT:
            s.vote("location", 0.6)

    def _called(self, s: Seen, before: str) -> None:
        """`The crossbow … is now called *Patience*`: the last noun before speaks."""
        for w in reversed([m.group() for m in WORD.finditer(before)]):
            if w.lower() not in self.lex.dets and (kinds := self.lex.kinds_of(w)):
                s.vote(kinds[0], 1.4)
                return

    # -- decision -----------------------------------------------------------------------------------------------

    def _decide(self, key: str, s: Seen) -> None:
        ent = self.draft.ents.get(key) or next((e for e in self.draft.ents.values() if key in e.aliases), None)
        if ent is not None:
            ent.mentions.update(s.spans)
            share = 1.0 if s.bold and not ent.votes and not head_votes(ent.name, self.lex) else 0.6
            for kind, weight in s.votes.items():
                ent.vote(kind, min(weight, 1.5) * share, "context")
            return
        if (bearer := self.short_forms.titled(key)) is not None:
            bearer.mentions.update(s.spans)
            bearer.alias(s.name)
            return
        if fold(s.name) in self.lex.stop or not 2 <= len(s.name) <= 60 or s.indefinite * 2 > len(s.spans):
            return
        if (part := self.short_forms.meant_by(key)) is not None:
            part.mentions.update(s.spans)
            part.alias(s.name)
            for kind, weight in s.votes.items():
                part.vote(kind, min(weight, 1.0) * 0.4, "context")
            return
        if " " not in key and not s.articles and self.short_forms.shared(key):
            return
        self._new(s)

    def _new(self, s: Seen) -> None:
        lex = self.lex
        words = [m.group() for m in WORD.finditer(s.name)]
        proper = [w for w in words if capital(w) and w.lower() not in lex.dets]
        around = s.best
        if (
            len(s.spans) >= 3
            and s.middle
            and not s.articles
            and s.acts
            and around < 0.5
            and key_of(s.name) not in self.lower
        ):
            s.vote("npc", 0.5)
            around = s.best
        surname = s.votes.get("npc", 0.0) >= TIED and not s.articles and len(proper) == len(words) == 2
        for kind, weight in head_votes(s.name, lex).items():
            if kind == "event" and weight < 0.7 and len(words) == 1 and not s.articles:
                continue  # `in Grinzing`, but `the Reckoning`
            s.vote(kind, weight * (0.3 if surname and kind in {"item", "location"} else 1))
        if len(proper) == 1 and len(words) == 1 and (not s.middle or around < (0.2 if s.bold else 0.5)):
            return
        if s.bold and s.best < 0.5 and s.middle and len(words) <= 3 and around > 0:
            s.vote("npc", 0.5)
        if s.best < 0.5 and len(proper) in {2, 3} and not s.articles and not any(lex.kinds_of(w) for w in proper):
            s.vote("npc", 0.7)
        if s.best < (0.5 if s.middle or len(proper) > 1 else 1.0):
            return
        ent = self.draft.entity(s.name, s.spans[0], why="prose")
        if ent is not None:
            ent.mentions.update(s.spans)
            for kind, weight in s.votes.items():
                ent.vote(kind, weight, "context")
