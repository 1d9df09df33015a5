"""How many children, brothers and sisters a sentence gives somebody, against those who are known."""

# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studio.services.continuity import telling
from studio.services.continuity.frames import PEOPLE
from studio.services.continuity.numbers import NUMBER, value
from studio.services.continuity.statements import masked, reported
from studio.services.continuity.told import clash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.services.continuity.facts import Fact
    from studio.services.continuity.sayings import Saying
    from studio.services.continuity.told import Told


class Claimed(NamedTuple):
    """At most so many of this kin; `sex` where only sons, only sisters."""

    kin: str
    sex: str
    most: float


_KIN = {
    "child": ("child", ""), "children": ("child", ""), "son": ("child", "he"), "sons": ("child", "he"), "daughter": ("child", "she"),
    "daughters": ("child", "she"), "siblings": ("sibling", ""), "sibling": ("sibling", ""), "brother": ("sibling", "he"),
    "brothers": ("sibling", "he"), "sister": ("sibling", "she"), "sisters": ("sibling", "she"), "husband": ("spouse", "he"),
    "wife": ("spouse", "she"), "spouse": ("spouse", ""),
}  # fmt: skip
_WORDS = "|".join(sorted(_KIN, key=len, reverse=True))
_S = r"^(?:[^⟦⟧.;:]{0,40}, )?⟦(?P<s>\d+)⟧(?:,[^.;:⟦⟧]{0,60},)?(?:,? who)?(?: (?:still|also|now))?"
_HAS = re.compile(
    rf"{_S} (?:has|had|leaves|left) (?P<only>only |just |but )?(?P<n>no|{NUMBER}) (?:living |other |more )?(?P<kin>{_WORDS})\b(?! (?:of|in) )",
    re.I,
)
_NEVER = re.compile(rf"{_S}[^.;:⟦⟧]{{0,60}}?\b(?P<what>(?:is|was|died|remains|,) ?(?:[a-z]+ )?childless|never had (?:any )?children|never married|never took a (?:wife|husband)"
                    r"|(?:is|was|,) ?(?:a |her mother's |his mother's |his father's |her father's )?(?:an )?only (?:child|son|daughter)|without issue|lifelong bachelor)\b", re.I)  # fmt: skip


def counted(told: Told) -> Iterator[Finding]:
    """“Has two sons”, “has no sisters”, “died childless”, “an only child”, against relations."""
    if told.thing.kind not in PEOPLE:
        return
    for saying in told.said:
        said = _claimed(told, saying)
        known = _known(told, said) if said else []
        if said and len(known) > said.most:
            words = f"“{saying.text}”, but: {telling.fact_words(told.world, known[0])}."
            yield clash(told, "kin", saying, known[0], words)


def _claimed(told: Told, saying: Saying) -> Claimed | None:
    text, whom = masked(told.world, saying)
    if reported(text):
        return None
    if (match := _HAS.search(text)) and whom[int(match["s"])] == told.thing.id:
        kin, sex = _KIN[match["kin"].lower()]
        many = 0.0 if match["n"].lower() == "no" else value(match["n"])
        return Claimed(kin, sex, many)
    if (match := _NEVER.search(text)) and whom[int(match["s"])] == told.thing.id:
        return Claimed(_kin_of(match["what"].lower()), "", 0)
    return None


def _kin_of(words: str) -> str:
    if "only" in words:
        return "sibling"
    return "spouse" if any(word in words for word in ("married", "took", "bachelor")) else "child"


def _known(told: Told, said: Claimed) -> list[Fact]:
    """The facts that give one each: nobody twice, and of one sex only those whose sex is known."""
    world, me = told.world, told.thing.id
    found = dict[str, "Fact"]()
    for fact in (*world.facts_of(me), *world.facts_to(me)):
        other = fact.object if fact.subject == me else fact.subject
        forward = fact.subject == me
        is_kin = {
            "child": (fact.predicate == "parent_of" and forward) or (fact.predicate == "child_of" and not forward),
            "sibling": fact.predicate == "sibling_of", "spouse": fact.predicate == "spouse_of",
        }[said.kin]  # fmt: skip
        if is_kin and fact.sure and other and other in world.things and said.sex in ("", _sex(told, other)):
            found.setdefault(other, fact)
    return list(found.values())


def _sex(told: Told, one: object) -> str:
    words = re.findall(r"[a-z]+", str(told.world.things[one].fields.get("pronouns", "")).lower())  # pyright: ignore[reportArgumentType]
    return next((word for word in ("she", "he") if word in words), "?")
