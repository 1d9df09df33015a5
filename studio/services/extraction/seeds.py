"""Prompt seeds: explicit art direction, by label or as a run of phrases, sorted into subject, style and so on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.services.extraction.draft import Draft, Val, tidy
from studio.services.extraction.labels import find_labels
from studio.services.extraction.names import key_of
from studio.services.extraction.sentences import split

if TYPE_CHECKING:
    from studio.services.extraction.context import Head
    from studio.services.extraction.doc import Clean
    from studio.services.extraction.lexicon import Lexicon

_ORDER = ("negative", "composition", "lighting", "palette", "style", "mood")
_PHRASE = re.compile(r"[,;]\s+|(?<=[.!?])\s+|\.$|\s[–—]\s|\n")
_NO = re.compile(r"--no\s+(?P<v>[^-\n]{2,200})")
_FLAG = re.compile(r"\s--\w+(?:\s+[\w:.]+)?")
Seed = dict[str, list[Val]]


def art_like(text: str, lex: Lexicon) -> bool:
    """Whether a line reads like art direction whatever announces it: a medium, and light, colours or a view."""
    if not 40 < len(text) < 1500:
        return False
    if text.count(",") + text.count(";") < 2 or lex.patterns["medium"].search(text) is None:
        return False
    return sum(lex.cues[k].search(text) is not None for k in ("lighting", "palette", "composition", "negative")) >= 2


def art_start(text: str, lex: Lexicon) -> tuple[int, int]:
    """Where art direction begins in a line (after its announcing words), and where those words begin."""
    for a, b in split(text, 0, len(text)):
        rest = text[a:]
        if not art_like(rest, lex):
            continue
        nxt = art_like(text[b:], lex)
        if nxt:
            continue
        colon = re.match(r"^[^:]{3,80}:\s+", text[a:b])
        return (a + colon.end() if colon else a), a
    return 0, 0


class SeedReader:
    """Collects seeds from the lines under an art heading."""

    def __init__(self, draft: Draft, lex: Lexicon) -> None:
        self.draft, self.lex = draft, lex
        self.current: Seed = {}

    def read(self, units: list[tuple[Head, Clean, int, int]]) -> None:
        """All art sections of the text; a new heading or a second subject opens a new seed."""
        last: Head | None = None
        for head, c, start, end in units:
            if head is not last:
                self._close()
                last = head
                self._use(head.text, head.span)
            self._unit(c, start, end)
        self._close()
        self._from_data()
        self.draft.seeds.sort(key=lambda s: min(v.span for vs in s.values() for v in vs))

    def _close(self) -> None:
        if any(k in self.current for k in ("subject", "style", "palette", "lighting")):
            self.draft.seeds.append(self.current)
        self.current = {}

    def _add(self, name: str, c: Clean, a: int, b: int, rule: str) -> None:
        value = tidy(c.text[a:b])
        vals = self.current.setdefault(name, [])
        if value and all(key_of(v.value) != key_of(value) for v in vals):
            while a < b and c.text[a].isspace():
                a += 1
            vals.append(Val(value, c.span(a, b), f"seed:{rule}{name}"))
        if not vals:
            del self.current[name]

    def _use(self, text: str, span: tuple[int, int]) -> None:
        m = self.lex.patterns["use_case"].search(text)
        if m and span[1] > span[0]:
            self.current["use_case"] = [Val(m.group().lower(), span, "seed:use_case")]

    def _unit(self, c: Clean, start: int, end: int) -> None:
        if start == 0 and any(a <= 1 and b >= len(c.text) - 1 and s == "b" for a, b, s in c.styled):
            self._lead(c, start)
            return
        labels = [x for x in find_labels(c, self.lex, start) if "seed" in x.scopes]
        if labels and labels[0].at <= start + 2:
            for x in labels:
                name = x.scopes["seed"]
                if name == "@prose":
                    self._free(c, x.start, x.end)
                    continue
                if name == "subject" and "subject" in self.current:
                    self._close()
                self._add(name, c, x.start, x.end, "label-")
            return
        if self._is_advice(c, start, end):
            return
        start = self._lead(c, start)
        stop = labels[0].at if labels else end
        if "subject" in self.current and stop - start > 25:
            kept = self.current.get("use_case")
            self._close()
            if kept and "use_case" not in self.current:
                self.current["use_case"] = kept
        self._free(c, start, stop)
        for x in labels:
            self._add(x.scopes["seed"], c, x.start, x.end, "label-")

    def _is_advice(self, c: Clean, start: int, end: int) -> bool:
        """A plain paragraph of sentences after a prompt, without any art direction, is told to the reader."""
        text = c.text[start:end].strip()
        plain = "subject" in self.current and not c.styled and text.endswith((".", "!", "?"))
        cues = self.lex.cues
        return (
            plain and text.count(",") < 3 and not any(cues[k].search(text) for k in ("style", "palette", "composition"))
        )

    def _lead(self, c: Clean, start: int) -> int:
        """`**Cover:** …` or `1. **The cable car** – …`: a name before the prompt says what it is for."""
        bold = next((s for s in c.styled if start <= s[0] <= start + 4 and s[2] == "b"), None)
        if bold is None:
            return start
        self._close()
        name = c.text[bold[0] : bold[1]].strip(" :.0123456789)")
        if name:
            self.current["use_case"] = [Val(name.lower(), c.span(bold[0], bold[1]), "seed:lead")]
        m = re.match(r"[\s:–—.-]*(?:\([^)\n]{1,60}\))?[\s:–—.-]*", c.text[bold[1] :])
        return bold[1] + (m.end() if m else 0)

    def _free(self, c: Clean, start: int, end: int) -> None:
        if m := _NO.search(c.text, start, end):
            self._add("negative", c, *m.span("v"), "free-")
            end = min(end, m.start())
        if m := _FLAG.search(c.text, start, end):
            end = m.start()
        start = self._view_of(c, start, end)
        at, n = start, 0
        sentences = split(c.text, start, end)
        opening = sentences[0][1] if len(sentences) >= 3 else start
        for m in [*_PHRASE.finditer(c.text, start, end), None]:
            stop = m.start() if m else end
            if c.text[at:stop].strip(" ."):
                if (
                    at < opening
                    and not self.lex.patterns["medium"].search(c.text[at:stop])
                    and not self.lex.cues["negative"].match(c.text[at:stop].strip())
                ):
                    self._add("subject", c, at, stop, "free-")
                else:
                    self._phrase(c, at, stop, n)
                n += 1
            at = m.end() if m else end
        for at, symbol in c.emoji:
            if "🚫" in symbol and start <= at < end:
                self._add("negative", c, at, end, "free-")

    def _view_of(self, c: Clean, start: int, end: int) -> int:
        """`Waist-up portrait of …`, `Plano cenital de …`: the view, then what is seen."""
        m = re.match(
            r"\s*((?:(?:a|an|un|une|ein|eine|um|uma) )?(?:[\w-]+ ){0,3}[\w-]+) (?:of|von|de|d') ?",
            c.text[start : min(end, start + 70)],
        )
        if m and "subject" not in self.current and self.lex.cues["composition"].search(m.group(1)):
            self._add("composition", c, start, start + m.end(1), "part-")
            return start + m.end()
        return start

    def _phrase(self, c: Clean, a: int, b: int, n: int) -> None:
        text = c.text[a:b]
        cues = self.lex.cues
        if cues["negative"].match(text.strip()):
            self._add("negative", c, a, b, "free-")
            return
        hits = [k for k in _ORDER[1:] if cues[k].search(text)]
        if n == 0 or (not hits and "subject" in self.current and n <= 2):
            self._add("subject", c, a, b, "free-")
            for k in hits:
                if k in {"lighting", "composition"}:
                    self._part(k, c, a, b)
            return
        for k in self._best(text, hits):
            self._add(k, c, a, b, "free-")

    def _best(self, text: str, hits: list[str]) -> list[str]:
        """The strongest cue: most matches; two may share a phrase such as `deep indigo with one dot of yellow`."""
        if not hits:
            return []
        counts = {k: len(self.lex.cues[k].findall(text)) for k in hits}
        top = max(counts.values())
        best = [k for k in hits if counts[k] == top]
        if (
            "palette" in hits
            and "lighting" in best
            and re.search(r"\b(?:light|lit|luz|licht|lumière)\b", text, re.IGNORECASE)
        ):
            return ["lighting"]
        return best[:1]

    def _part(self, name: str, c: Clean, a: int, b: int) -> None:
        m = self.lex.cues[name].search(c.text, a, b)
        if m and name == "composition" and m.start() <= a + 3:
            end = m.end()
            while more := re.compile(rf"\s+(?:{self.lex.cues[name].pattern})", re.IGNORECASE).match(c.text, end, b):
                end = more.end()
            self._add(name, c, m.start(), end, "part-")

    def _from_data(self) -> None:
        """Seeds from structured data take their use from their key."""
        for seed in self.draft.seeds:
            if "_use" in seed:
                (use,) = seed.pop("_use")
                if use.value and "use_case" not in seed:
                    seed["use_case"] = [Val(tidy(use.value), use.span, "data:seed")]
