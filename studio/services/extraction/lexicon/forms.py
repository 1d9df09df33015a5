"""Forms of words: regular verb endings, and prepositions that melt into the article after them."""

from __future__ import annotations

_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (("", "_ s ed ing"),),
    "fr": (
        ("er", "er e ent a ait aient èrent é ée és ées ant"),
        ("ir", "ir it issent issait issaient irent i ie is ies"),
    ),
    "es": (
        ("ar", "ar a an ó aron aba aban ado ada ados adas"),
        ("er", "er e en ió ieron ía ían ido ida idos idas"),
        ("ir", "ir e en ió ieron ía ían ido ida idos idas"),
    ),
    "pt": (
        ("ar", "ar a am ou aram ava avam ado ada ados adas"),
        ("er", "er e em eu eram ia iam ido ida idos idas"),
        ("ir", "ir e em iu iram ia iam ido ida idos idas"),
    ),
    "de": (("en", "en t te ten"),),
}
_MELTED = {
    "fr": {"de": "de du des d", "à": "à au aux"},
    "es": {"de": "de del", "a": "a al"},
    "pt": {
        "de": "de do da dos das",
        "a": "a ao à aos às",
        "em": "em no na nos nas",
        "por": "por pelo pela pelos pelas",
    },
    "de": {"von": "von vom", "zu": "zu zum zur", "in": "in im ins", "bei": "bei beim", "an": "an am"},
}
_FIXED = ("be", "ge", "er", "ver", "zer", "ent")


def forms_of(lang: str, phrase: str) -> list[str]:
    """All forms of an entry such as `~obéir à`: the tilde asks for the verb's regular forms."""
    words = phrase.split()
    firsts = _inflected(lang, words[0][1:]) if words[0].startswith("~") else [words[0]]
    if len(words) == 1:
        return firsts
    lasts = _MELTED.get(lang, {}).get(words[-1], words[-1]).split()
    return [" ".join([first, *words[1:-1], last]) for first in firsts for last in lasts]


def _inflected(lang: str, verb: str) -> list[str]:
    for tail, endings in _ENDINGS[lang]:
        if verb.endswith(tail):
            stem = verb[: len(verb) - len(tail)]
            return [_joined(lang, stem, e) for e in endings.split()] + _perfect(lang, stem)
    return [verb]


def _joined(lang: str, stem: str, ending: str) -> str:
    if ending == "_":
        return stem
    if lang == "en" and stem.endswith("e") and ending != "s":
        stem = stem[:-1]
    if lang == "fr" and ending[0] == "a":
        stem = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    return stem + ("e" if lang == "de" and ending != "en" and stem[-1] in "td" else "") + ending


def _perfect(lang: str, stem: str) -> list[str]:
    """German: gesucht, but bewacht."""
    if lang != "de" or stem.startswith(_FIXED):
        return []
    return [f"ge{_joined(lang, stem, 't')}"]
