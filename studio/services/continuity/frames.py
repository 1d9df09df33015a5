"""How English says who has which place in whose life: a table of words, and the sentences that are made of them.

A `Slot` is something that one thing (its owner) has of another (its value): a realm its ruler, a person a birthplace.
The table names the words; the sentences around them (“V is the ruler of T”, “T's ruler, V”, “T, ruled by V”) are the
same for all. Patterns are read over a sentence whose names are marks like `⟦3⟧`, so that no name is taken for a word.
"""

# ruff: noqa: E501

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

PEOPLE = frozenset({"npc", "creature", "deity"})
WHO = PEOPLE | {"faction"}
PLACES = frozenset({"location"})
THINGS = frozenset({"item", "location"})
GROUPS = frozenset({"faction"})
_ANY = PEOPLE | PLACES | GROUPS


class Slot(NamedTuple):
    """What a thing has one of, by what it is said, and by which statements it is known.

    `nouns` name the value (“the ruler of T”), `inverse` the owner (“the daughter of V”); `verbs` are what the value
    does, `owner_verbs` what the owner does; `passive` is done to the owner by the value; `places` are said of the
    owner with a place after them. `to` are relations to the owner, `of` relations and `said` fields and claims of it.
    `lasting` is what stays so for ever. `words` may stand for the value: “her mother was Ilse”, who has no entry.
    Of `many` one may have several, so that only a denial clashes. A `rival` is the slot in which the same two can't be.
    `pair` is said of both at once (“A and B are cousins”). What is `wed` a husband or wife may be said to have too.
    """

    name: str
    owners: frozenset[str]
    values: frozenset[str]
    nouns: str = ""
    inverse: str = ""
    verbs: str = ""
    owner_verbs: str = ""
    passive: str = ""
    places: str = ""
    to: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    lasting: bool = False
    words: bool = False
    many: bool = False
    rival: str = ""
    pair: str = ""
    wed: bool = False


_KILLED = "killed murdered slew slain stabbed shot poisoned strangled beheaded executed assassinated drowned struck-down cut-down"
_MADE = "made forged crafted built cast carved wove woven designed constructed raised hammered invented"

SLOTS: tuple[Slot, ...] = (
    Slot("ruler", PLACES | GROUPS, WHO, nouns="ruler king queen emperor empress sultan sultana tsar khan monarch sovereign",
         verbs="rules governs rules-over reigns-over ruled governed ruled-over reigned-over", passive="ruled governed",
         owner_verbs="is-under-the-rule-of under-the-rule-of answers-to", to=("rules",), said=("ruler", "monarch", "sovereign", "king", "queen"), wed=True),
    Slot("leader", GROUPS, PEOPLE, nouns="leader head chief boss grandmaster chair chairman chairwoman",
         verbs="leads heads runs led headed", passive="led headed run", owner_verbs="answers-to answer-to", to=("leads",), said=("leader", "head", "chief", "boss")),
    Slot("captain", THINGS | GROUPS, PEOPLE, nouns="captain commander skipper commandant", verbs="captains commands captained commanded",
         passive="captained commanded", said=("captain", "commander", "skipper")),
    Slot("owner", THINGS, WHO, nouns="owner proprietor", verbs="owns possesses", owner_verbs="belongs-to is-the-property-of belongs-now-to",
         passive="owned", to=("owns",), said=("owner",), wed=True),
    Slot("keeper", THINGS, PEOPLE, nouns="keeper landlord landlady", verbs="keeps", passive="kept tended", said=("keeper",), wed=True),
    Slot("founder", GROUPS | PLACES, WHO, nouns="founder", verbs="founded established started", passive="founded established set-up started begun",
         to=("founded",), said=("founder", "founded_by"), lasting=True, words=True),
    Slot("maker", THINGS, WHO, nouns="maker creator builder inventor smith", verbs=_MADE, passive=_MADE,
         to=("created",), said=("creator", "maker", "built_by", "builder", "inventor"), lasting=True, words=True),
    Slot("author", frozenset({"item", "handout"}), WHO, nouns="author composer painter", verbs="wrote composed painted penned",
         passive="written composed painted penned", to=("created",), said=("author", "composer", "artist", "creator"), lasting=True, words=True),
    Slot("killer", PEOPLE, WHO, nouns="killer murderer slayer assassin", verbs=_KILLED, passive=_KILLED, to=("killed", "murdered"),
         owner_verbs="died-at-the-hands-of died-by-the-hand-of fell-to", of=("killed_by",), said=("killed_by", "killer", "murderer", "slain_by"), lasting=True, words=True),
    Slot("mother", PEOPLE, PEOPLE, nouns="mother", verbs="bore gave-birth-to", said=("mother", "biological_mother"), lasting=True, words=True),
    Slot("father", PEOPLE, PEOPLE, nouns="father", verbs="fathered sired", said=("father", "biological_father"), lasting=True, words=True),
    Slot("parent", PEOPLE, PEOPLE, inverse="daughter son child firstborn", owner_verbs="is-born-to was-born-to born-to", to=("parent_of",), of=("child_of",), lasting=True),
    Slot("sibling", PEOPLE, PEOPLE, nouns="brother sister twin", inverse="brother sister twin", to=("sibling_of",), of=("sibling_of",), lasting=True, many=True, pair="brothers sisters siblings twins brother-and-sister"),
    Slot("spouse", PEOPLE, PEOPLE, nouns="wife husband spouse", inverse="wife husband spouse", owner_verbs="is-married-to was-married-to married-to is-wed-to",
         to=("spouse_of",), of=("spouse_of",), said=("spouse", "husband", "wife"), pair="married husband-and-wife man-and-wife"),
    Slot("birthplace", PEOPLE, PLACES, nouns="birthplace", places="born", said=("birthplace", "place_of_birth"), of=("born_in",), lasting=True),
    Slot("deathplace", PEOPLE, PLACES, places="died killed murdered executed beheaded hanged perished fell drowned slain",
         said=("deathplace", "place_of_death"), of=("died_in",), lasting=True),
    Slot("grave", PEOPLE, PLACES, places="buried entombed interred lies-buried laid-to-rest", said=("burial_place", "grave", "tomb"), lasting=True),
    Slot("home", PEOPLE, PLACES, places="lives dwells resides lodges makes-her-home makes-his-home has-her-house has-his-house",
         of=("lives_in",), said=("home", "residence", "lodging")),
    Slot("site", THINGS, PLACES, places="lies stands sits hangs rises is-found is-kept is", of=("located_in",), said=("location", "parent")),
    Slot("seat", GROUPS, PLACES, nouns="headquarters seat base", places="based headquartered meets has-its-seat has-its-headquarters",
         said=("headquarters", "seat")),
    Slot("venue", frozenset({"event"}), PLACES, places="fought held happened took-place took-place was-signed signed",
         of=("happened_at",), said=("location",), lasting=True),
    Slot("victor", frozenset({"event"}), WHO, nouns="victor winner", verbs="won", passive="won", owner_verbs="ended-in-a-victory-for was-a-victory-for", said=("victor", "winner"), lasting=True),
    Slot("capital", PLACES | GROUPS, PLACES, nouns="capital", said=("capital",)),
    Slot("liege", PEOPLE | GROUPS, WHO, inverse="vassal liegeman", owner_verbs="is-sworn-to sworn-to owes-fealty-to owes-allegiance-to swears-fealty-to",
         of=("vassal_of",), said=("allegiance", "liege", "overlord")),
    Slot("kin", PEOPLE, PEOPLE, nouns="cousin uncle aunt nephew niece grandfather grandmother grandson granddaughter", lasting=True, many=True, pair="cousins"),
    Slot("group", PEOPLE, GROUPS, inverse="member", owner_verbs="belongs-to belonged-to", of=("member_of",), said=("affiliation",), many=True),
    Slot("ally", _ANY, _ANY, nouns="ally", owner_verbs="is-allied-with is-allied-to", of=("ally_of",), to=("ally_of",), many=True, rival="enemy", pair="allies friends"),
    Slot("enemy", _ANY, _ANY, nouns="enemy foe", owner_verbs="is-at-war-with wages-war-on", of=("enemy_of", "at_war_with"),
         to=("enemy_of", "at_war_with"), many=True, rival="ally", pair="enemies at-war sworn-enemies"),
)  # fmt: skip
BY_NAME = {slot.name: slot for slot in SLOTS}


# ---- the sentences around the words ----------------------------------------------------------------------------------

_NOT_JOINED = r"(?!(?:of|in|by|to|for|from|with|and|or|not|no|than|like|as|at|near|on|until|against|whose|who|that|about|after|before|over|under|into|through|behind|off|out|up|around|between|every|each|any|some|several)\b)"
_ADJ = rf"(?:{_NOT_JOINED}[a-z’'-]+ )"
_TITLE = r"(?:[A-Z][a-z]+ )?"
_BE = r"(?:is|was|are|were|has been|had been|remains|became|becomes)"
_NO = r"(?: (?:not|never))"
_LATER = r"(?: (?:also|still|now|later|first|once|then|herself|himself|itself|today|currently|long|himself|[a-z]+ly))*"
_SUBJECT = rf"(?:,[^.;:⟦⟧]{{0,80}},|, (?:an?|the|one of the) [^.;:,⟦⟧]{{1,60}}(?= who| which| that)| \([^)⟦⟧]*\))?(?:,? (?:who|which|that))?{_LATER}"
_IS = rf"(?:{_BE}(?P<no>{_NO})?|(?:has|had) (?P<nor>never|not) been)"
_COPULA = rf"(?:, ?|,? {_IS}){_LATER} ?"
_SO = rf"(?:{_SUBJECT}{_COPULA}|, (?:an?|the|one of the) [^.;:,⟦⟧]{{1,60}} )"
"""What may stand between a subject and what is said of it."""
_DID = r"(?: (?P<no>never|did not|does not|didn't|doesn't|do not))?"
_WHEN_BETWEEN = r"(?: (?:in|on|at|during|some|over|long|just|early|late|not|more|only|again|anew|in secret)\b[^.;:,⟦⟧]{3,40})?(?: [a-z]+ly)?"
_PART_OF = r"(?:the (?:\w+ )?(?:north|south|east|west|heart|middle|centre|center|hills|streets|depths|slums|edge) of )?"


def _who(group: str) -> str:
    return rf"(?:{_ADJ}{{0,3}}{_TITLE})?⟦(?P<{group}>\d+)⟧(?!['’]s?\b)"


def _name(group: str) -> str:
    """A name that no entry has."""
    return rf"(?P<{group}>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,3}})(?!['’]s\b)"


def _any(words: str) -> str:
    return "(?:" + "|".join(word.replace("-", " ") for word in sorted(words.split(), key=len, reverse=True)) + ")"


def _nouns(words: str, named: str, other: str, *, spoken: bool) -> list[str]:
    """“N is the … of O”, “O's …, N”, “N, O's …”, “the … of O, N”; N may be a plain name after “O's … was”."""
    noun, n, o = _any(words), rf"⟦(?P<{named}>\d+)⟧", rf"⟦(?P<{other}>\d+)⟧"
    found = [
        rf"{n}{_SO}(?:(?:the|a|an) )?{_ADJ}{{0,2}}{noun} (?:of|to) {_who(other)}",
        rf"{o}['’]s? {_ADJ}{{0,2}}{noun}(?:,| {_IS})? {_who(named)}",
        rf"{n}{_SO}{o}['’]s? {_ADJ}{{0,2}}{noun}\b",
        rf"\b[Tt]he {_ADJ}{{0,2}}{noun} of {_who(other)}(?:,| {_IS}) {_who(named)}",
    ]
    return [*found, rf"{o}['’]s? {_ADJ}{{0,2}}{noun}(?:,| {_BE}) {_name('word')}"] if spoken else found


@cache
def patterns(slot: Slot) -> tuple[re.Pattern[str], ...]:
    """The sentences of a slot. Groups: `t` its owner, `v` its value or `word` its name, `no` where it is denied."""
    t, v = r"⟦(?P<t>\d+)⟧", r"⟦(?P<v>\d+)⟧"
    found: list[str] = []
    if slot.nouns:
        found += _nouns(slot.nouns, "v", "t", spoken=slot.words)
    if slot.inverse:
        found += _nouns(slot.inverse, "t", "v", spoken=False)
    if slot.verbs:
        found.append(rf"{v}{_SUBJECT}{_DID} (?P<verb>{_any(slot.verbs)}) {_who('t')}")
    if slot.owner_verbs:
        found.append(rf"{t}{_SUBJECT},?{_DID} {_any(slot.owner_verbs)} {_who('v')}")
    if slot.passive:
        by = rf"{t}{_SO}{_any(slot.passive)}{_WHEN_BETWEEN} by "
        found += [by + _who("v"), *([by + rf"(?:the [a-z]+ )?{_name('word')}"] if slot.words else [])]
    if slot.pair:
        found.append(
            rf"⟦(?P<t>\d+)⟧ and (?:the )?⟦(?P<v>\d+)⟧ are (?P<no>not |never )?(?:[a-z]+ )?{_any(slot.pair)}\b(?! (?:in|only))"
        )
    if slot.name == "site":
        found.append(
            rf"^{t}, (?:an? |the |some )?{_ADJ}{{0,3}}?(?!famous|known|feared|loved|hated|noted){_ADJ}(?:of {_ADJ}{{1,2}})?(?:in|on|at) {_PART_OF}{_who('v')}"
        )
    if slot.places:
        found.append(
            rf"{t}{_SUBJECT}(?:,|,? {_IS})?{_LATER} {_any(slot.places)}{_WHEN_BETWEEN}? (?:in|at|on|within|inside|under|beneath) {_PART_OF}{_who('v')}"
        )
    return tuple(re.compile(one) for one in found)


def starts_of(slot: Slot) -> frozenset[str]:
    """The first four letters of the words of which a sentence of this slot has one."""
    words = " ".join((slot.nouns, slot.inverse, slot.verbs, slot.owner_verbs, slot.passive, slot.places, slot.pair))
    return frozenset(part[:4] for word in words.split() for part in [max(word.split("-"), key=len)])


STARTS = {slot.name: starts_of(slot) for slot in SLOTS}
ALL_STARTS = frozenset(start for some in STARTS.values() for start in some) - {"is"}


def may_state(starts: set[str]) -> bool:
    """Whether a sentence with these beginnings of words may state anything of this kind."""
    return not starts.isdisjoint(ALL_STARTS)


NOT_PLAINLY = re.compile(
    r"\b(?:step|foster|adopt\w*|half|god|acting|deputy|vice|former|future|next|would-be|self-styled|so-called|false|rightful"
    r"|honorary|joint|assistant|interim|sworn|milk|blood|almost|like|ex|second|third|one of|spiritual|other|first|last|old|new)\b"
    r"|\b(?:step|half|god|foster)-?\w+|-in-law\b", re.I,
)  # fmt: skip
"""What makes a role another one than its noun says."""
