"""The words around a date in English, French, Spanish, Portuguese and German, without case and accents."""

from __future__ import annotations

import re


def _words(text: str) -> str:
    """Alternatives of a regular expression, the longest first."""
    return "|".join(re.escape(w) for w in sorted(text.split(" | "), key=len, reverse=True))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _prefix(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_words(text)})\s+(.+)")


BEFORE = _prefix(
    "before | prior to | earlier than | avant le | avant | antes del | antes de | antes do | antes da | vor dem | vor"
)
AFTER = _prefix(
    "after | later than | past | apres le | apres | despues del | despues de | depois de | depois do | depois da | "
    "nach dem | nach"
)
UNTIL = _prefix(
    "until | till | up to | by | no later than | jusqu'au | jusqu'en | jusque | hasta | ate | bis zum | bis"
)
SINCE = _prefix("since | from | as of | depuis le | depuis | desde el | desde | a partir de | seit dem | seit | ab")
BETWEEN = re.compile(r"(?:between|entre el|entre le|entre|zwischen dem|zwischen)\s+(.+)")
FROM = re.compile(r"(?:from|desde el|desde|de|du|vom|von)\s+(.+)")
AND = re.compile(r"\s+(?:and|et le|et|y el|y|e|und dem|und)\s+|\s*&\s*")
TO = re.compile(
    r"\s+(?:to|until|till|through|au|a|jusqu'a|hasta el|hasta|ate|bis zum|bis|-{1,2})\s+"
    r"|\s*(?:\.\.\.?|…)\s*|(?<=\d)-+(?=-?\w)"
)
CIRCA = re.compile(
    r"(?:c\.|ca\.?|circa|c(?=[ \d])|about|around|approximately|approx\.?|roughly|some time around|near|~|≈|vers|"
    r"environ|autour de|hacia|alrededor de|cerca de|por volta de|um|etwa|ungefahr|gegen)\s*(.+)"
)
PART = re.compile(
    r"(?:the )?(early|mid|middle|late|beginning|start|end|debut|fin|milieu|anfang|mitte|ende|principios|"
    r"mediados|finales|inicio|meados|final)(?:[ -]+(?:of|de|du|del|do|des))?[ -]+(.+)"
)
EARLY = frozenset({"early", "beginning", "start", "debut", "anfang", "principios", "inicio"})
LATE = frozenset({"late", "end", "fin", "ende", "finales", "final"})
NOISE = re.compile(r"(?:in|on|at|the|during|en|el|le|la|los|las|les|au|em|no|na|o|im|am|den|der|das)\s+(.+)")
FILLERS = frozenset(
    _listed(
        "of the in on day year years yr y de del du do da an annee ano jahr anno tag dia jour am im em en le el den "
        "vom a"
    )
)
NO_MONTHS = frozenset(
    _listed(
        "the and mid end fin late early middle start before after until till since from about around between circa "
        "day year years ano jahr anno dia tag jour vor nach bis seit ate hasta desde antes depois apres avant vers"
    )
)
"""Words that are never the beginning of a month's name."""
DECADE = re.compile(
    r"(?:the )?(?:(-?\d{1,10}0)'?s|(-?\d{1,10}0)er(?: jahre)?|(?:annees|anos|decada de|annees de) (-?\d{1,10}0))"
)
CENTURY = re.compile(r"(?:the )?(?:(\w+)(?:\.| )? ?(?:century|siecle|jahrhundert)|(?:siglo|seculo|century) (\w+))")
ORDINALS = {
    word: n
    for n, word in enumerate(
        _listed(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        start=1,
    )
}
NUMBER = re.compile(r"(-?\d{1,10})(?:st|nd|rd|th|er|re|e|eme|º|ª|\.)?")
TIME = re.compile(r"(?:,?\s+(?:at|um|a las|as|a))?\s+([01]?\d|2[0-3]):([0-5]\d)$")
ISO = re.compile(r"(-?\d{1,10})-(\d{1,2})(?:-(\d{1,2}))?")
ERA_WORDS = {"bce": ("bc",), "ce": ("ad",), "bc": ("bce",), "ad": ("ce",)}
SEASONS = {
    "spring": _listed("spring printemps primavera fruhling fruhjahr lente"),
    "summer": _listed("summer ete verano verao sommer"),
    "autumn": _listed("autumn fall automne otono outono herbst"),
    "winter": _listed("winter hiver invierno inverno"),
}
"""The seasons that most calendars have → their names in other languages."""


def season_meaning(word: str) -> str:
    """The English name of a season's word, or the word itself."""
    return next((name for name, words in SEASONS.items() if word in words), word)


def roman(word: str) -> int | None:
    """A Roman number up to 39, as centuries are numbered with."""
    match = re.fullmatch(r"(x{0,3})(ix|iv|v?i{0,3})", word)
    if not word or match is None:
        return None
    ones = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
    return 10 * len(match.group(1)) + ones[match.group(2)]
