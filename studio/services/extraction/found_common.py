"""Names that begin with a small head word: `the collapse of the Sable Bridge`, `l'auberge du Héron`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.found_seen import MELTED, MOMENTS, ROMANCE, Seen, Words
from studio.services.extraction.lexicon.shared import SETTLED, SETTLEMENTS
from studio.services.extraction.names import key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.services.extraction.doc import Clean
    from studio.services.extraction.draft import Draft, Span
    from studio.services.extraction.lexicon import Lexicon

_ENGLISH = re.compile(r"\bthe ([a-z]{4,}) of ((?:the )?(?:Saint |St\. )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)")
_HOLY = frozenset(
    ["chapel", "temple", "shrine", "church", "abbey", "tomb", "monastery", "cathedral", "priory", "sanctuary"]
)
_NAMED_AFTER = frozenset(
    [
        "tombeau",
        "tombe",
        "chapelle",
        "crypte",
        "eglise",
        "abbaye",
        "couvent",
        "cripta",
        "capilla",
        "iglesia",
        "tumba",
        "sepulcro",
        "monasterio",
        "convento",
        "templo",
        "capela",
        "igreja",
        "tumulo",
        "mosteiro",
        "ermita",
        "ermida",
        "temple",
    ]
)


class CommonHeads:
    """Finds such names and adds them to those that were seen."""

    def __init__(self, draft: Draft, lex: Lexicon, seen: dict[str, Seen], ignored: Callable[[Span], bool]) -> None:
        self.draft, self.lex, self.seen, self._ignored = draft, lex, seen, ignored

    def read(self, cleans: list[tuple[Clean, Words]]) -> None:
        """All of them in these pieces of text."""
        for c, _ in cleans:
            if self.lex.lang == "en":
                for m in _ENGLISH.finditer(c.text):
                    self._english(c, m)
            elif self.lex.lang != "de":
                for m in ROMANCE.finditer(c.text):
                    self._romance(c, m)

    def _romance(self, c: Clean, m: re.Match[str]) -> None:
        noun = m.group("noun")
        kinds = [k for k in self.lex.kinds_of(noun) if k != "species"]
        det = m.group("det").lower().rstrip("'’ ")
        if not kinds or kinds[0] not in {"event", "location"} or fold(noun) in SETTLED | SETTLEMENTS - {"river"}:
            return
        if (
            det not in self.lex.dets | MELTED
            or fold(noun) in self.lex.titles
            or (not m.group("of") and kinds[0] == "event")
        ):
            return
        if self._ignored(c.span(m.start("noun"), m.end())) or any(
            m.end() in x[:2] or m.start("noun") < x[0] < m.end() for x in c.styled
        ):
            return
        if not m.group("of") and key_of(m.group("n").split(" ", 1)[1]) in self.draft.ents:
            return  # `boate Sereia Azul`, if there is a Sereia Azul
        if kinds[0] == "location" and m.group("of") and self._alone(c, m):
            return
        s = self.seen.setdefault(key_of(m.group("n")), Seen(m.group("n")))
        s.spans.append(c.span(m.start("noun"), m.end()))
        s.middle += 1
        s.vote(kinds[0], 1.0)
        if m.group("of") and fold(noun) in _NAMED_AFTER:
            self._only_inside(key_of(c.text[m.end("of") : m.end()]), c.span(m.start("noun"), m.end()))

    def _only_inside(self, inner: str, whole: Span) -> None:
        """`San Telmo`, if it stands nowhere but in `cripta de San Telmo`, is no name of its own."""
        if inner in self.seen:
            kept = [x for x in self.seen[inner].spans if not (whole[0] <= x[0] and x[1] <= whole[1])]
            if not kept:
                del self.seen[inner]

    def _alone(self, c: Clean, m: re.Match[str]) -> bool:
        """Whether what the place is of is named without it too: then `la tour de Malachie` is no name."""
        inner = key_of(c.text[m.end("of") : m.end()])
        if inner in self.draft.ents:
            return True
        spans = self.seen[inner].spans if inner in self.seen else []
        whole = self.draft.text.count(f"{m.group('noun')} {m.group('of')}{c.text[m.end('of') : m.end()]}")
        return len(spans) > max(1, whole)

    def _english(self, c: Clean, m: re.Match[str]) -> None:
        kinds = self.lex.kinds_of(m.group(1))
        if m.group(1) in SETTLEMENTS or not kinds or not set(kinds) <= {"event", "location"}:
            return
        if m.group(2).startswith("the ") and "event" not in kinds:
            return
        if kinds[0] == "location" and m.group(1) not in _HOLY:
            return
        if m.group(1) in MOMENTS and m.group(2).startswith("the ") and " " in m.group(2)[4:]:
            return
        s = self.seen.setdefault(key_of(m.group(0)), Seen(m.group(0)[4:]))
        s.spans.append(c.span(m.start(1), m.end()))
        s.middle += 1
        s.vote(kinds[0], 1.0)
