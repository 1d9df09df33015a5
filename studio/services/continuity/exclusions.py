"""Words that can't both be true of one thing: lasting traits and what denies them, manners of death, opposites.

General knowledge in English; nothing here knows any world.
"""

# ruff: noqa: E501

from __future__ import annotations

import re
from typing import NamedTuple

from studio.services.continuity.naming import word_set
from studio.services.continuity.numbers import NUMBER

_I = re.IGNORECASE
_MEATS = (
    r"(?:meat|bacon|ham|beef|steak|pork|sausages?|venison|mutton|lamb chops?|chicken|goose|duck breast|roast|ribs|burgers?"
    r"|hot ?dogs?|salami|black pudding|meatballs?|jerky)"
)
_SPIRITS = (
    r"(?:ale|beer|wine|brandy|whisk(?:e?y|ies)|rum|gin|vodka|mead|cider|stout|sherry|port wine|champagne|schnapps|cognac|absinthe"
    r"|liquor|bourbon|tequila|sake|grog|pints?|moonshine|beers|wines|ales|brandies)"
)


class Trait(NamedTuple):
    """A lasting trait: how a text says that something has it, and what it can't do or have while it does."""

    name: str
    has: re.Pattern[str]
    denies: re.Pattern[str]
    words: str


def _trait(name: str, has: str, denies: str, words: str) -> Trait:
    return Trait(name, re.compile(has, _I), re.compile(denies, _I), words)


TRAITS: tuple[Trait, ...] = (
    _trait(
        "abstinent", r"\b(?:teetotal\w*|never (?:drinks|touches (?:drink|wine|spirits|alcohol|a drop))|touches no drink|drinks (?:only|nothing but) (?:water|milk|tea)|does(?: not|n't) drink|abstain\w* from (?:drink|alcohol)|sworn off (?:drink|alcohol))\b",
        rf"\b(?:drank|drinks|drinking|downed|sipp(?:ed|ing)|swigg?ed|swigging|gulp(?:ed|ing)|toasted|finished|emptied|drained|nurs(?:ed|ing))\b[^.;]{{0,60}}\b{_SPIRITS}\b"
        rf"|\b{_SPIRITS}\b[^.;]{{0,40}}\b(?:drank|downed|gulped)\b|\b(?:was|got|is) (?:dead )?drunk\b",
        "doesn't drink",
    ),
    _trait(
        "meatless", r"\b(?:vegetarian|vegan|eats no meat|never eats meat|does(?: not|n't) eat meat|won't eat meat)\b",
        rf"\b(?:ate|eats|eating|devour\w*|chew\w*|munch\w*|gnaw\w*|wolfed)\b[^.;]{{0,50}}\b{_MEATS}\b"
        rf"|\b{_MEATS}\b[^.;]{{0,40}}\b(?:made (?:him|her|them)self one|had (?:one|two|another) (?:him|her|them)self|ate (?:it|one|two|both))\b",
        "eats no meat",
    ),
    _trait(
        "one-handed", r"\b(?:one-handed|one-armed|lost (?:his|her|their|its|the|a) (?:\w+ )?(?:hand|arm)\b|missing (?:a|one|his|her) (?:hand|arm)\b"
        r"|has (?:only )?one (?:hand|arm)\b)",
        r"\b(?:both (?:his |her |their |of (?:his|her|their) )?(?:hands|arms|fists|palms)|(?:his|her|their) (?:two )?hands (?:together|folded|clasped))\b"
        r"|\bclapped (?:his|her|their) hands\b",
        "has one hand",
    ),
    _trait(
        "one-eyed", r"\b(?:one-eyed|lost (?:his|her|their|an|one|the) (?:\w+ )?eye\b|missing (?:an|one|his|her) (?:\w+ )?eye\b|has (?:only )?one eye\b)",
        r"\bboth (?:his |her |their |of (?:his|her|their) )?eyes\b|\b(?:his|her|their) two eyes\b", "has one eye",
    ),
    _trait(
        "one-legged", r"\b(?:one-legged|peg-?leg\w*|wooden leg|lost (?:his|her|their|a|one|the) (?:\w+ )?(?:leg|foot)\b"
        r"|lame in (?:the|his|her|one|both) (?:\w+ )?legs?|cannot walk|can't walk|walks with a (?:bad |heavy )?limp|wheelchair\w*)",
        r"\bboth (?:his |her |their |of (?:his|her|their) )?(?:legs|feet|shoes|boots|ankles|knees)\b|\b(?:easily|lightly|briskly|nimbly) on (?:his|her) (?:feet|legs)\b"
        r"|\b(?:sprinted|sprinting|danced|dancing all)\b",
        "is lame or has one leg",
    ),
    _trait(
        "blind", r"\b(?:is|was born|went|stone|blind) blind(?: since| from|,|$|\.)|\bblind (?:from birth|since|in both eyes)\b|\bsightless\b|\blost (?:his|her|their) sight\b|\ba blind (?:man|woman|old|girl|boy)\b|\b(?:stone-blind)\b",
        r"\b(?:read (?:the|a|it|aloud|us)|reads the|watched|stared at|glanced (?:at|up|down|over)|squinted at|spotted|recogni[sz]ed (?:him|her|us|them) by (?:sight|face))\b", "is blind",
    ),
    _trait(
        "deaf", r"\b(?:is|was born|stone|went) deaf\b|\bdeaf (?:since|from birth|in both ears)\b|\bstone-deaf\b",
        r"\b(?:heard|overheard|hears|listened to|listening (?:to|at))\b", "is deaf",
    ),
    _trait(
        "mute", r"\b(?:is|was born|has been) (?:a )?mute\b|\bmute (?:since|from birth|who)\b|\b(?:cannot|can't|does not|doesn't) speak\b(?! (?:of|to|the|a word of|any \w+ing|[A-Z]))"
        r"|\bha(?:s not|s never|sn't) (?:spoken|said)(?: a (?:single )?word| aloud)?(?: (?:since|in|for)\b|,|\.|$)|\bnever (?:speaks|says a word)(?:,|\.|$| aloud)|\b(?:sworn to|vow of) silence\b|\btongue (?:was )?cut out\b",
        r"\b(?:said|shouted|whispered|yelled|sang|muttered|replied|answered aloud|told (?:us|him|her|them|me|everyone))\b", "doesn't speak",
    ),
    _trait(
        "bald", r"\b(?:is|was|went|bald) bald(?! eagle)\b|\b(?:completely|entirely|quite) bald\b|\bbald (?:as|since|man|woman)\b",
        r"\b(?:his|her|their) (?:\w+ ){0,2}(?:hair|curls|braids?|ponytail|locks|fringe)\b(?! shirt)", "is bald",
    ),
    _trait(
        "unlettered", r"\b(?:illiterate|cannot read|can't read|never learned to read|unable to read|cannot write|unlettered)\b",
        r"\b(?:wrote (?:a|the|us|him|her|down|back)|read (?:the|a|it|aloud|us|from)|reading (?:the|a|from)|in (?:his|her) own hand(?:writing)?)\b",
        "can't read or write",
    ),
    _trait(
        "no swimmer", r"\b(?:cannot swim|can't swim|never learned to swim|unable to swim)\b", r"\b(?:swam|swims|swimming)\b", "can't swim",
    ),
    _trait(
        "quiet", r"\b(?:never (?:raises|raised|lifts) (?:his|her|their) voice|ha(?:s not|sn't|s never) raised (?:his|her|their) voice|never shouts|speaks only in (?:a )?whispers?)\b",
        r"(?<!was )(?<!were )(?<!is )\b(?:shouted|yelled|bellowed|roared|bawled|screamed)\b", "never raises their voice",
    ),
    _trait(
        "untaken", r"\bnever (?:once )?(?:been )?(?:taken|captured|conquered|stormed|breached|sacked|fallen|surrendered|yielded)\b|\bunconquered\b",
        r"\b(?:was|were) (?:taken|captured|stormed|sacked|overrun|conquered|breached)\b(?! (?:over|aback|in|apart|up|for|down|to|by (?:surprise|storms?)))|\bfell (?:to (?:the|an?|[A-Z])|in \d|at (?:dawn|dusk|noon|night|midnight|last))"
        r"|\b(?:surrendered|capitulated|opened its gates to)\b|\bgiven up (?:at|on|to)\b", "has never been taken",
    ),
    _trait(
        "bloodless", r"\b(?:nobody|no one|no man|not a (?:soul|man|life)) (?:died|was (?:killed|lost)|perished)\b|\bno lives were lost\b|\bwithout (?:a (?:single )?death|loss of life|bloodshed)\b|\bbloodless\b",
        rf"\b(?:left|with) {NUMBER} (?:\w+ )?dead\b|\bkilled (?:{NUMBER}|dozens|hundreds|scores)\b|\b{NUMBER} (?:\w+ ){{0,2}}(?:died|perished|were killed|lost their lives)\b", "cost no life",
    ),
    _trait(
        "huge", r"\b(?:six and a half|seven|eight|nine) feet (?:tall|of|high)\b|\ban? (?:\w+ )?(?:giant|enormous|huge|towering|very tall) (?:man|woman|of a (?:man|woman))\b|\btallest (?:man|woman)\b",
        r"\bc(?:o|a)mes? up to (?:\w+['’]s|my|our|his|her|their|the) (?:\w+ )?(?:shoulders?|elbow|chest|waist|belt|hip|knee|chin)\b|\bbarely (?:four|five) feet\b|\ba (?:tiny|very (?:small|short)) (?:man|woman|figure)\b", "is very tall",
    ),
    _trait(
        "tiny", r"\ban? (?:tiny|very (?:small|short)|diminutive) (?:man|woman|figure|person)\b|\b(?:barely|under|not) (?:four|five) feet(?: tall)?\b|\bno taller than a child\b",
        r"\b(?:towered|towers) over\b|\ban? (?:giant|enormous|huge|towering|very tall) (?:man|woman|figure)\b|\b(?:his|her) (?:great|huge|enormous) (?:height|frame)\b", "is very small",
    ),
    _trait(
        "unarmed", r"\b(?:carries|wears|bears|owns|keeps) no (?:weapons?|arms|blade|gun|sword)\b|\bnever carries (?:a |any )?(?:weapon|gun|blade|sword)s?\b|\b(?:goes|always) unarmed\b",
        r"\b(?:drew|pulled|raised|cocked|fired|levelled|leveled|unsheathed|swung) (?:his|her|their) (?:\w+ )?(?:sword|gun|pistol|knife|blade|dagger|revolver|axe|rifle|rapier|sabre|blaster|crossbow)\b", "carries no weapon",
    ),
    _trait(
        "smokeless", r"\b(?:never smokes|has never smoked|does(?: not|n't) smoke|(?:gave|has given) up smoking|non-smoker)\b",
        r"\b(?:lit|smoked|smoking|puffed (?:on|at)|rolled|drew on) (?:an?|his|her|their|another) (?:\w+ )?(?:pipe|cigar|cigarette|cheroot|cigarillo)\b", "doesn't smoke",
    ),
    _trait(
        "barefoot", r"\b(?:(?:always|only ever) (?:goes |walks )?barefoot|never wears (?:shoes|boots)|goes barefoot|owns no (?:shoes|boots))\b",
        r"\b(?:his|her|their) (?:own |\w+ )?(?:boots|shoes|slippers|sandals|clogs)\b", "goes barefoot",
    ),
    _trait(
        "beardless", r"\b(?:clean-shaven|beardless)\b", r"\b(?:his|her|their) (?:\w+ ){0,2}(?:beard|moustache|mustache|whiskers)\b", "has no beard",
    ),
    _trait(
        "sealed", r"\b(?:sealed|locked|bricked up|walled up|boarded up)(?: \w+){0,2} (?:since|for)\b|\bnever been opened\b|\b(?:nobody|no one) has (?:ever )?(?:entered|opened) it\b",
        r"\b(?:stood|was|lay|hung|swung|is) (?:wide )?open\b|\b(?:was|were) opened\b", "is sealed",
    ),
)  # fmt: skip

DEATHS: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{words})\b", _I)
    for name, words in {
        "blade": r"stabbed|knifed|run through|throat (?:was )?cut|cut down|stabbing",
        "choked": r"strangled|garrott?ed|throttled|smothered|suffocated|strangling",
        "drowned": r"drowned|drowning",
        "hanged": r"hanged|hanging",
        "burned": r"burned (?:to death|alive)|burnt (?:to death|alive)|died in (?:a|the) fire|burned at the stake",
        "poison": r"poisoned|poisoning|poison",
        "shot": r"shot(?: dead)?|gunned down|gunshot",
        "beheaded": r"beheaded|decapitated|beheading",
        "illness": r"plague|fever|consumption|pneumonia|cholera|typhus|cough|influenza|cancer|heart attack|stroke|old age",
        "vacuum": r"spaced|thrown out of an airlock|decompressed",
        "crushed": r"crushed|trampled|buried alive",
        "fall": r"fell to (?:his|her|their) death|fell from|a fall",
    }.items()
}
"""Manners of dying that exclude each other."""
DEATH_WORDS = word_set(
    "stabbed knifed run throat cut stabbing strangled garroted garrotted throttled smothered suffocated strangling drowned "
    "drowning hanged hanging burned burnt died poisoned poisoning poison shot gunned gunshot beheaded decapitated beheading "
    "plague fever consumption pneumonia cholera typhus cough influenza cancer heart stroke old spaced thrown decompressed "
    "crushed trampled buried fell fall"
)
"""One of these is in whatever tells of any of them."""
SURVIVED = re.compile(r"\b(?:surviv\w+|wound\w*|scar\w*|recover\w*|in the (?:arm|leg|hand|shoulder|thigh|foot)|tried to|attempt\w*|nearly|not)\b", _I)  # fmt: skip

_OPPOSED = (
    ("east", "west"), ("north", "south"), ("left", "right"), ("upper", "lower"), ("front", "back"), ("inner", "outer"),
    ("eastern", "western"), ("northern", "southern"), ("elder", "younger"), ("eldest", "youngest"), ("older", "younger"),
    ("only", "second"),
)  # fmt: skip
OPPOSITES = {one: {b if a == one else a for a, b in _OPPOSED if one in (a, b)} for pair in _OPPOSED for one in pair}
"""Words of which only one is true of one thing."""

COLOURS = word_set(
    "red scarlet crimson blue azure green emerald yellow golden brown hazel grey gray black white amber violet purple "
    "orange pink silver auburn blond blonde ginger chestnut copper turquoise ivory"
)
SHADES = {
    "gray": "grey", "scarlet": "red", "crimson": "red", "azure": "blue", "emerald": "green", "golden": "yellow",
    "blond": "yellow", "blonde": "yellow", "ginger": "red", "copper": "red", "auburn": "red", "violet": "purple",
    "ivory": "white", "hazel": "brown", "chestnut": "brown", "amber": "yellow",
}  # fmt: skip
"""Colours that two people may call each other's names: only what is left different clashes."""
MATERIALS = {
    word: group
    for group, words in {
        "wood": "wood wooden oak ash pine timber elm cedar willow", "stone": "stone granite slate limestone sandstone flint basalt",
        "marble": "marble", "iron": "iron steel", "brass": "brass bronze", "silver": "silver", "gold": "gold", "copper": "copper",
        "glass": "glass crystal", "bone": "bone ivory", "brick": "brick bricks", "leather": "leather", "lead": "lead", "clay": "clay",
        "concrete": "concrete", "aluminium": "aluminium aluminum", "plastic": "plastic", "paper": "paper", "silk": "silk", "wool": "wool",
    }.items()
    for word in words.split()
}  # fmt: skip
"""What things are made of; words of one group may stand for one another."""
IRREGULAR = {
    "left": "leave", "told": "tell", "said": "say", "went": "go", "gone": "go", "came": "come", "saw": "see", "seen": "see",
    "met": "meet", "lost": "lose", "won": "win", "ate": "eat", "eaten": "eat", "drank": "drink", "drunk": "drink",
    "slept": "sleep", "rode": "ride", "ridden": "ride", "spoke": "speak", "spoken": "speak", "wrote": "write",
    "written": "write", "swam": "swim", "swum": "swim", "sang": "sing", "sung": "sing", "wore": "wear", "worn": "wear",
    "broke": "break", "broken": "break", "drove": "drive", "driven": "drive", "flew": "fly", "flown": "fly",
    "gave": "give", "given": "give", "took": "take", "taken": "take", "killed": "kill", "fought": "fight", "fell": "fall",
    "fallen": "fall", "sold": "sell", "bought": "buy", "taught": "teach", "held": "hold", "kept": "keep", "read": "read",
    "lied": "lie", "married": "marry", "cried": "cry", "wept": "weep", "ran": "run", "set": "set", "stole": "steal",
    "rang": "ring", "rung": "ring", "shook": "shake", "shaken": "shake", "threw": "throw", "thrown": "throw", "drew": "draw",
    "drawn": "draw", "grew": "grow", "grown": "grow", "bit": "bite", "bitten": "bite", "hid": "hide", "hidden": "hide",
    "stood": "stand", "sat": "sit", "sank": "sink", "sunk": "sink", "blew": "blow", "blown": "blow", "built": "build",
    "sent": "send", "spent": "spend", "lent": "lend", "bent": "bend", "heard": "hear", "made": "make", "paid": "pay",
    "sought": "seek", "caught": "catch", "found": "find", "shot": "shoot", "struck": "strike", "hung": "hang", "swung": "swing",
    "dug": "dig", "begun": "begin", "began": "begin", "fed": "feed", "fled": "flee", "chose": "choose", "chosen": "choose",
    "bore": "bear", "borne": "bear", "tore": "tear", "torn": "tear", "swore": "swear", "sworn": "swear", "woke": "wake",
    "wove": "weave", "woven": "weave", "knelt": "kneel", "leapt": "leap", "beaten": "beat", "shut": "shut", "put": "put",
    "stolen": "steal", "forgave": "forgive", "forgiven": "forgive", "laughed": "laugh", "smiled": "smile",
}  # fmt: skip


def stem(word: str) -> str:
    """The beginning of a verb that its forms have in common."""
    low = word.lower()
    low = IRREGULAR.get(low, low)
    for ending in ("ing", "ied", "ed", "es", "s", "d", "e"):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            low = low[: -len(ending)]
            break
    low = low[:-1] if len(low) > 3 and low[-1] == low[-2] else low
    return low[:-1] if len(low) > 3 and low[-1] in "iy" else low
