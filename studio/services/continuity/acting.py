"""Whether somebody does something in a sentence, here and now, by the words on both sides of the name."""

from __future__ import annotations

import re

_REGULAR = """
ask answer pour smile laugh nod walk join greet receive welcome offer hand lead show open close dine hire fire row
steer dance play whisper shout call wave point follow arrive return enter agree refuse decline insist promise demand
order warn help push kiss hug bow slap grin frown sigh wink cheer argue explain introduce invite accompany escort
watch stare glare wait serve cook sign testify vote preside host accept deliver count search climb jump unlock lock
knock step lean hurry limp stumble approach embrace toast propose suggest admit confess deny accuse challenge
threaten bargain haggle trade borrow examine inspect produce present unroll unseal slip reach grab snatch wrestle
punch kick parry command gesture mutter murmur mumble reply remark add chuckle weep cry yell scream clap whistle hum
knit paint mend fix repair hail beckon usher seat pass visit chase shrug announce declare reveal recognise recognize
recommend advise consult cross-examine question interrogate arrest release turn start stop try urge remind tease
mock praise thank bless heal bandage tend feed dock land pilot scan radio transmit broadcast board conjure summon
saddle deal gamble bet tip salute shove stroll saunter stride march crawl peer gaze glance squint yawn blush
hesitate pause breathe cough sneeze light unlatch bolt confront corner tackle disarm surrender negotiate preach pray
chant dictate scribble sketch measure weigh interrupt
"""
_IRREGULAR = {
    "say": "said", "tell": "told", "come": "came", "go": "went", "meet": "met", "give": "gave", "take": "took",
    "bring": "brought", "sit": "sat", "rise": "rose", "drink": "drank", "eat": "ate", "pay": "paid", "buy": "bought",
    "sell": "sold", "draw": "drew", "fight": "fought", "throw": "threw",
    "ride": "rode", "drive": "drove", "sing": "sang", "speak": "spoke", "swear": "swore", "run": "ran",
    "shake": "shook", "wake": "woke", "kneel": "knelt", "lend": "lent", "read": "read", "put": "put", "let": "let",
    "send": "sent", "catch": "caught", "teach": "taught", "begin": "began", "bend": "bent", "swing": "swung",
    "lean": "leant", "leap": "leapt", "spit": "spat", "slide": "slid", "creep": "crept", "steal": "stole",
    "stand": "stood", "ring": "rang", "deal": "dealt", "dig": "dug", "fling": "flung", "spin": "spun",
    "set": "set", "make": "made", "get": "got", "see": "saw", "hear": "heard", "win": "won",
}  # fmt: skip


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ied"
    double = re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb)
    return f"{verb}{verb[-1]}ed" if double else f"{verb}ed"


def _now(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{verb}s"


_VERBS = _REGULAR.split()


def _doing(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith("ee"):
        return f"{verb[:-1]}ing"
    double = re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb)
    return f"{verb}{verb[-1]}ing" if double else f"{verb}ing"


_SCENE = {*map(_past, _VERBS), *map(_now, _VERBS), *_IRREGULAR.values(), *map(_now, _IRREGULAR)}
_AT_IT = {*map(_doing, _VERBS), *map(_doing, _IRREGULAR)}
"""What people do while somebody watches: what they are, were, built or left behind says nothing of now. Verbs by which
the dead are found (carried, struck, stabbed) are left out, since their past is also what was done to somebody."""

_NOT_HERE = re.compile(
    r"\b(?:bod(?:y|ies)|corpses?|ghosts?|spirits?|spect(?:re|er)s?|dream\w*|visions?|memor(?:y|ies)|remember\w*"
    r"|recall\w*|graves?|tombs?|coffins?|funerals?|buried|died|mourn\w*|undead|s[eé]ances?|haunt\w*|apparitions?"
    r"|flashback|years? (?:ago|before|earlier)|used to|in life|legends?|stor(?:y|ies) of|tales? of|portraits?|statues?"
    r"|painting|mural|photographs?|recordings?|film|tape|diary|journal|letters? (?:from|by|of)|messages? from"
    r"|effigy|mask of|impostor|impersonat\w+|disguised as|pretend\w*|claims? to be|relics?|skulls?|bones|the late"
    r"|had been)\b",
    re.IGNORECASE,
)  # fmt: skip
_CLAUSE = re.compile(
    r"(?:^|[;:,—–(“\"]|\b(?:and|but|then|where|while|so|meanwhile|there|here|when|as|until))\s*"
    r"(?:(?:the|our|old|young|poor|dear|good|a|captain|lord|lady|sir|dame|do[ck]tor|dr\.?|mrs?\.?|miss|brother|sister"
    r"|father|mother|king|queen|prince(?:ss)?|professor|sergeant|uncle|aunt|master|mistress|judge|commander|general"
    r")\s+)*$",
    re.IGNORECASE,
)  # fmt: skip
_SETTING = re.compile(
    r"^\W*(?:at|in|on|by|near|outside|inside|behind|after|before|during|over|under|across|beside|within|down|up|back"
    r"|later|today|tonight|finally|eventually|once|upstairs|downstairs)\b[^,;:]{0,60}\s$", re.IGNORECASE
)  # fmt: skip
"""Where or when, at the start of a sentence: `At the bar `."""
_DONE_BY = re.compile(r"\b(?:we|party|i|she|he|they) (?:were|was|are|is|am) (?:\w+ly )?\w+ed by\s+$", re.IGNORECASE)
_WITH = re.compile(
    r"\b(?:met|greeted|questioned|interviewed|dined with|drank with|ate with|fought|hired|followed|thanked|bribed"
    r"|arrested|captured|rescued|escorted|(?:spoke|talked|spoken|talking|chatted|argued|bargained|danced|travelled|rode"
    r"|sailed|walked) (?:to|with)|(?:welcomed|received|joined|led|greeted|met|paid|told|warned|attacked|accompanied"
    r"|invited|hired|shown|helped|stopped|questioned) (?:\w+ )?by|(?:tea|supper|dinner|lunch|breakfast|drinks?|cards"
    r"|chess|coffee|wine|ale|a word|an audience|audience) with)\s+"
    r"(?:(?:the|our|old|young)\s+)?$", re.IGNORECASE
)  # fmt: skip
_ASIDE = re.compile(r"^,[^,;.]{1,80},\s*")
_AND_OTHERS = re.compile(r"^(?:\s*,?\s*(?:and|with)\s+(?:[A-Z][\w’'-]*\s*){1,4})")
_ADVERB = re.compile(
    r"^\s+(?:(?:\w+ly|also|then|even|just|still|himself|herself|themselves|now|again|only|at once)\s+)*"
)
_WORD = re.compile(r"([\w-]+)(?:\s+(\w+))?")
_TO_US = frozenset({"us", "me"})
_BEFORE_NOW = frozenset(
    {"left", "had", "was", "is", "built", "taught", "founded", "named", "haunted", "haunts", "would", "could", "called"}
)


_SAID = re.compile(r"[,.!?][”\"’']+\s*(?:said|says|asked|asks|replied|answered|whispered|shouted|muttered|added)\s+$")


def acts(before: str, after: str) -> bool:
    """Whether the one named between these two parts of a sentence does something in it, or something is done with them.

    Better a deed missed than a memory taken for one.
    """
    if _NOT_HERE.search(before) or _NOT_HERE.search(after):
        return False
    if any(one.search(before) for one in (_WITH, _DONE_BY, _SAID)) and not re.match(r"[’']s\b", after):
        return True
    return bool(_CLAUSE.search(before) or _SETTING.search(before)) and _does(after)


def _does(after: str) -> bool:
    rest = _ASIDE.sub(" ", _AND_OTHERS.sub(" ", after))
    adverbs = _ADVERB.match(rest)
    found = _WORD.match(rest[adverbs.end() :]) if adverbs else None
    if found is None:
        return False
    verb, then = found.group(1).casefold(), (found.group(2) or "").casefold()
    if then == "by" and verb not in ("stood", "sat", "came", "went", "stands", "sits"):
        return False
    if verb in ("is", "was"):
        return then in _AT_IT
    return verb in _SCENE or (then in _TO_US and verb not in _BEFORE_NOW)
