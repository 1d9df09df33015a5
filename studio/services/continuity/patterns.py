"""The English patterns of the rules about texts: general wordings, nothing of any world."""

# ruff: noqa: E501

from __future__ import annotations

import re

from studio.services.continuity.exclusions import COLOURS, MATERIALS, OPPOSITES
from studio.services.continuity.naming import word_set
from studio.services.continuity.numbers import NUMBER

# ---- Which sentences count, and whom they are about -------------------------------------------------------------------

END = re.compile(r"[.!?…;:]+[\"')»”’]*(?=\s|$)|\n\s*\n|\n[-*#>]|\s—\s|\s--\s")
SHORTENED = re.compile(r"(?:\b(?:mr|mrs|ms|dr|st|sr|jr|vol|capt|sgt|lt|col|gen|prof|c|ca)|\b[A-Z])\.$", re.IGNORECASE)
NUMBERED = re.compile(r"\bno\.$", re.IGNORECASE)
"""Shortened where a figure follows."""
NUMBER_NAME = re.compile(r"(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Twenty) [a-z]")
"""A number at the start of a sentence counts something, whoever is called so."""
SIMILE = re.compile(r",? like (?:the|an?|his|her|some)\b.*$", re.DOTALL)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
UNSURE = re.compile(
    r"\b(?:they say|some say|people say|folk say|it is said|(?:is|are|was|were) said|so they say|is told|rumou?r\w*"
    r"|supposed\w*|alleg\w+|reputed\w*|legend\w*|myth\w*|perhaps|maybe|possibly|probably|apparently|seem\w*"
    r"|(?:believe[sd]?|thinks?|thought) (?!of|about|in)|claim(?:s|ed|ing)?|sw(?:ears?|ore)\b[^.]*\bthat|accord\w+ to|pretend\w*|lie[sd]? about|lying(?! (?:down|in|on|at|flat|awake|low|there|still|open|empty|under|by|dead|idle))|dream\w*"
    r"|imagin\w*|wish\w*|hope[sd]?|if|unless|whether|would|could|might|may|should|as though|as if|almost|nearly"
    r"|not yet|doubt\w*|suspect\w*|prophe\w+|foretold|(?<!no )(?<!a )(?<!the )(?<!his )(?<!her )(?<!free )will|shall|unclear|unknown|joke[sd]?|jest\w*|tale[s]?|ballad"
    r"|sa(?:ys|id) (?:he|she|it|they|that)|(?:he|she|they) sa(?:ys|y|id)|tells? (?:people|everyone|anyone))\b|\?",
    re.IGNORECASE,
)
MODAL = re.compile(
    r"would|could|might|may|should|will|shall|almost|nearly|thought |seem\w*|wish\w*|hope[sd]?|unknown|unclear", re.I
)
"""Unsure words that cast doubt on their own clause only."""
CLAUSE = re.compile(r",? (?:before|but|though|although|because|while|and then|so that|and|since)\b|, |;")
UNSURE_STARTS = word_set(
    "say says said told rumo supp alle repu lege myth perh mayb poss prob appa seem beli thin thou clai swea swor acco pret lie lied "
    "lies lyin drea imag wish hope if unle whet woul coul migh may shou almo near yet doub susp prop fore will shal uncl unkn joke "
    "jest tale ball tell"
)
"""The first four letters of a word of every such wording: a sentence without any is told as it is."""
PAST_STARTS = word_set("once form used long prev time yout girl boy chil days unti till then orig firs ago befo been")
PAST = re.compile(
    r"\b(?:once|formerly|former|used to|no longer|previously|at one time|in (?:his|her|their|its) youth|as a (?:girl|boy|child)"
    r"|in the old days|until|till|back then|originally|at first|ago|before (?:he|she|it|they|the)|had been)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[\"“«„][^\"”»“]{0,400}[\"”»“]|(?<!\w)[‘'][^’'\n]{3,300}[’'](?!\w)")
HEARSAY = re.compile(
    r"\b(?:ballad|song|verse|hymn|rhyme|pamphlet|broadsheet|play|tale|legend|myth|sermon|deposition|testimony|statement"
    r"|confession|prophecy|riddle|poem|advert\w*|poster|proclamation|toast|speech|rumou?rs?|gossip|lie|forger\w+|joke"
    r"|dream)\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"(?:he|she|it|they|his|her|its|their)\b", re.IGNORECASE)
NARRATED = re.compile(r"(?:we|i)\b.*\b(?:he|she|it|him|her)\b", re.IGNORECASE | re.DOTALL)
"""What the party tells of whom it met: the one that was named last."""
TOLD = ("session", "log", "note", "handout")
ASIDE = re.compile(r"[^.,;:]{2,50}, (?:who|which) [^,;:]{4,120}(?=,)")
"""What a sentence says of its subject in passing: sure even where the rest of it is not."""
LEADS = re.compile(
    r"(?:(?:mr|mrs|ms|miss|dr|sir|lady|lord|old|captain|sister|brother|father|mother|king|queen)\.? |the |young |old |then |when |while |today |tonight |next |later |first |and |but |so |meanwhile )*"
    r"|(?:in|on|at|by|after|before|when|while|during) [^,]{2,60}, (?:the )?|(?:back )?in (?:the year )?\d{2,5},? (?:the )?",
    re.IGNORECASE,
)
"""What may stand before the subject of a sentence."""
APPOSED = re.compile(r"(?:the|an?|our) [^,;:]{2,50}, ", re.IGNORECASE)
"""What may stand before it if a comma follows: “The master of the house, Ash, …”."""
FRAGMENT = re.compile(
    r"(?:[A-Z][a-z]+,? )(?:[a-z]+,? ){0,2}(?:eyes|hair|hands|face|voice|beard|teeth|skin|ears|fingers)\b(?:[,.]|$| like| and)"
)
"""A sentence without a verb on how somebody looks: whoever was named last."""
TAIL_WHO = re.compile(r",? (?:who|which) (?!(?:we|they|he|she|it|I)\b)")
TAIL_BEFORE = re.compile(
    r"(?:, (?:and |but |so |while |where )?(?:then )?|; |\b(?:and|but|while|when|where) (?:then )?)(?:the |old |young )?$"
)
TAIL_AFTER = re.compile(
    r" (?!(?:and|or|of|in|on|at|with|to|from|for|by|as|too|both|had|than|if|but|who|whose)\b)(?:[a-z]+ly |then |never |also |still )?[a-z]{2,}\b"
)
"""Where a clause of its own begins within a sentence: what follows the name, and what stands before it."""


# ---- Doing ------------------------------------------------------------------------------------------------------------

NEVER = re.compile(
    r"\b(?:never|not once)(?: once| yet| ever| in (?:his|her|its|their) life| (?P<to>to)| (?P<been>been))* (?P<verb>[a-z]{3,})\b(?P<rest>[^.;,:]*)",
    re.I,
)
CANNOT = re.compile(
    r"\b(?:cannot|can't|will not|won't|refuses to|does not|doesn't|has yet to) (?P<verb>[a-z]{3,})\b(?P<rest>[^.;,:]*)",
    re.I,
)
ALONE = word_set(
    "drink eat sleep speak swim ride dance sing read write smoke laugh smile cry weep fight fly walk gamble bow kneel age"
)
"""Verbs that say enough without an object."""
VAGUE_VERBS = word_set(
    "say know like seem mean want need mind care think believe look matter take make get come have give let keep remember "
    "understand feel trust explain appear exist help work always even"
)
NO_VERB = word_set("been had have has quite the any very more less and but was were did does again mind")
SMALL = word_set(
    "anyone anything anybody someone something them him her his their its the and with from for that this who whom any one once yet even ever own party there here about into over again"
)
DONE = re.compile(r"[a-z]+", re.I)
LACKS = re.compile(
    r"\b(?:has|had|have|with|having|casts|leaves) no (?P<what>[a-z]{3,})\b(?! (?:to|for|of|in|with|but|left|more|at|on|about))",
    re.I,
)
KEEPS_NO = re.compile(
    r"\b(?:keeps|owns|carries|bears|wears|allows|employs|uses) no (?P<what>[a-z]{3,})\b(?! (?:of|but|more))", re.I
)
TONGUE = re.compile(
    r"\b(?:(?i:speaks|knows|understands) no|(?:does not|doesn't|cannot|can't) (?:speak|understand)(?: a word of| any)?) (?P<what>[A-Z][a-z]+)\b"
)
LESS = re.compile(r"\b(?P<what>window|door|beard|hair|tooth|roof|shadow|tail|wing|engine|wheel|bell)less\b", re.I)
LACK_WORDS = word_set(
    "no windowless doorless beardless hairless toothless roofless shadowless tailless wingless engineless wheelless bellless"
)
"""Words of which every such wording has one; so with the other sets of words below."""
DRESS = re.compile(
    r"\b(?:always (?:wears|dresses in|dressed in|in)|wears (?:only|nothing but)|(?:dressed|dresses) (?:only|always) in|never wears "
    r"anything but|never seen out of) (?:a |his |her |their )?(?P<colour>" + "|".join(sorted(COLOURS)) + r")\b",
    re.I,
)
WORE = re.compile(
    r"\b(?:wore|wearing|wears|dressed in|came in|, in) (?:a |an |his |her |their )?(?:\w+ )?(?P<colour>"
    + "|".join(sorted(COLOURS))
    + r")\b(?: \w+)? ?(?:coat|cloak|dress|gown|robe|suit|hat|shirt|jacket|silk|velvet|wool|uniform|,|\.|$)",
    re.I,
)
ABSTRACT = word_set(
    "time idea idea interest love use fear memory money doubt reason choice trouble need wish patience taste plan hurry place sense word words answer mercy effect help rival equal luck friends way news cause manners"
)


DID_THERE = re.compile(
    r"\b(?:liv|work|cook|serv|stud|stay|sle?p|fought|arriv|travel|sail|rode|walk|went|spent|was born|danc|kept)\w*"
)


# ---- Years and ages ---------------------------------------------------------------------------------------------------

YEAR = r"(?P<year>-?\d{2,5})\b(?!\s*(?:%|[a-z]*(?:people|men|women|miles?|leagues?|feet|coins?|gold|strong|souls|years?|days?)\b)|[-–/.,:]\d)"
WHEN = rf"\s+(?!(?:the|an?|his|her|its|their|our|two|three)\b)(?:\w+ ){{0,3}}?(?:in|of)\s+(?:the\s+)?(?:year\s+|(?:early |late )?(?:spring|summer|autumn|winter|month) (?:of )?)?{YEAR}"
BEGINS = {
    "npc": r"born",
    "creature": r"born|hatched",
    "event": r"began|begun|started|broke out|held|happened|took place|fought",
    "faction": r"founded|established|formed|created|chartered|set up|begun|started",
    "location": r"founded|built|established|raised|erected|opened|completed|dug|settled|laid out",
    "item": r"made|forged|built|cast|written|painted|crafted|woven|carved|launched|completed|printed",
}
ENDS = {
    "npc": r"died|killed|murdered|slain|executed|drowned|hanged|strangled|poisoned|beheaded|perished",
    "faction": r"dissolved|disbanded|abolished|wound up|suppressed|broken up",
    "location": r"destroyed|razed|demolished|burned down|burnt down|abandoned|pulled down|sunk",
    "event": r"ended|finished|concluded",
}
DEED = re.compile(
    r"\bin the year of (?:the )?(?P<event>[A-Za-z][\w'’ -]{2,40}?)(?=$|[.,;:]| (?:to|and|when|by|for|with)\b)"
)
BUILT = re.compile(
    rf"\bthe (?P<what>[a-z]{{3,}}) (?:was |had been )?(?P<verb>built|founded|opened|raised|established|destroyed|razed){WHEN}",
    re.I,
)
AGED = re.compile(
    rf"^(?P<a>{NUMBER})(?: years old)?,|\b(?P<b>{NUMBER})[- ]years?[- ]old\b|\baged (?P<c>{NUMBER})\b"
    rf"|\ba (?:man|woman|girl|boy|elf|dwarf|lad|lass) of (?P<d>{NUMBER})\b(?! [a-z])",
    re.I,
)


# ---- What can be only one way -----------------------------------------------------------------------------------------

HAND = re.compile(
    r"\b(?P<a>left|right)[- ]handed\b|\b(?:his|her|their) (?P<b>left|right)(?: hand)? is (?:the|his|her|their) "
    r"(?:quick|strong|better|good|clever|fast|sword|writing|stronger|quicker|faster)\w*\b"
    r"|\bwrites? with (?:his|her|their|the) (?P<c>left|right)\b",
    re.I,
)
CUES = {
    "length": r"long|length|links",
    "height": r"tall|high|height|stands",
    "weight": r"weigh\w*|heavy|weight|tons?",
    "width": r"wide|width|across|broad",
    "depth": r"deep|depth|fathoms?",
    "population": r"people|souls|inhabitants|residents",
    "crew_size": r"crew|hands|sailors",
    "garrison_size": r"garrison|soldiers|spears|guards",
    "death_toll": r"dead|died|deaths|killed",
    "price": r"costs?|price|charges?",
    "toll": r"toll|to cross|a head",
    "distance_to_capital": r"from the capital",
}
COUNTS_OF = {
    "population": r"people|souls|inhabitants|residents",
    "crew_size": r"crew|hands|sailors|men",
    "garrison_size": r"soldiers|spears|guards|men",
    "death_toll": r"people|dead|lives|men|souls|persons|workers|sailors|soldiers|villagers|civilians",
}
"""What is counted where the number stands alone."""
NAMED = re.compile(
    r"\b(?:named|called|christened) (?:for|after) (?:the |an? )?(?P<who>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3})"
)
BECAME = re.compile(
    r"\b(?:becom\w+|became|renamed|rechristened) (?:the )?(?P<self>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*),? (?:after|for) (?:the |an? )?"
    r"(?P<who>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3})"
)
HOLDS = re.compile(
    r"\b(?P<verb>had|has|held|holds|kept|keeps|guarded|guards|lost|lives|lived|stands|stood|watched|manned|sleeps|slept)\b"
    r" (?:\w+ ){0,2}?(?:the|his|her|its|their|an?) (?P<which>"
    + "|".join(sorted(OPPOSITES))
    + r") (?P<what>[a-z]{3,})\b",
    re.I,
)
SPECIES = (
    r"humans?|elf|elven|half-elf|dwarf|dwarven|orc|half-orc|gnome|halfling|goblin|hobgoblin|kobold|troll|ogre|giant|dragon|dragonborn|tiefling"
    r"|androids?|robot|cyborg|machine|clone|vampire|werewolf|ghoul|faun|satyr|centaur|merfolk|fey|fairy|demon|angel|alien|martian"
)
"""What somebody is one of; who is one of these is none of the others."""
IS_SPECIES = re.compile(
    rf"⟦(?P<s>\d+)⟧(?:,[^.;:⟦⟧]{{0,60}},)?(?:,| is| was| was born)(?: still| quite| wholly| only)? (?:an? )?(?:(?!half|not|no|like|as|than|part)[a-z]+ ){{0,2}}?(?P<what>{SPECIES})\b(?!['’-]| (?:of|in) |s? at)"
)
PARTS = (
    r"arches|gates|towers|bells|links|oars|steps|stairs|doors|windows|sons|daughters|children|brothers|sisters|wives|husbands"
    r"|fingers|toes|legs|arms|eyes|heads|storeys|floors|rooms|strings|pages|masts|guns|wheels|pillars|columns|keys|teeth"
    r"|chimneys|islands|isles|moons|decks|engines|sides|points|spires|wells|bridges|facets|spokes|horns|wings|tails"
)
COUNTED = re.compile(
    rf"\b(?:has|had|have|with|of|its|all|all of its|his|her|their|the) (?P<n>{NUMBER}) (?:\w+ )?(?P<what>{PARTS})\b",
    re.I,
)
ONE_PART = re.compile(
    r"\b(?:has|had|with|its|there is) (?:only one|just one|one|a single) (?:\w+ )?(?P<what>arch|gate|tower|bell|door|window|son|daughter"
    r"|child|bridge|mast|engine|room|moon|well|eye|wheel|horn|floor|storey|stair|step|key|island|deck)\b(?! of)",
    re.I,
)
PLURAL = {"arch": "arches", "child": "children"}
BODY = r"eye|ear|hand|arm|leg|foot|cheek|knee|shoulder|thumb|eyebrow|temple|wrist|hip|ankle|side|wing|horn"
HURT = {
    "lost": r"lost|missing|lacks?|without|gone|took|severed|stump",
    "scar": r"scar\w*|scarred",
    "lame": r"lame|limp\w*|bad|crippled|stiff",
    "false": r"wooden|glass|iron|brass|false|silver|hook",
    "mark": r"tattoo\w*|birthmark|mole",
    "blind": r"blind|patch",
    "burn": r"burn\w*",
}
SIDE = re.compile(rf"\b(?P<side>left|right) (?P<what>{BODY})\b", re.I)
MADE_OF = re.compile(
    r"\b(?:made|built|carved|cast|forged|hewn|woven|wrought) (?:entirely |wholly |all )?(?:of|from|out of|in) (?:\w+ )?(?P<what>"
    + "|".join(sorted(MATERIALS))
    + r")\b",
    re.I,
)


# ---- Kin, offices, makers, places, life -------------------------------------------------------------------------------

ONLY = re.compile(r"\bonly (?:child|son|daughter)\b|\bno (?:brothers or sisters|siblings)\b", re.I)
NO_CHILD = re.compile(r"\b(?:childless|never had (?:any )?children|no children|without issue)\b", re.I)
NO_SPOUSE = re.compile(r"\b(?:never married|lifelong bachelor|never took a (?:wife|husband))\b", re.I)
DEAD = re.compile(
    r"\b(?:is|has been) dead\b(?! (?:on |tired|drunk|set|certain|sure|to (?:him|her|them|us|the)|weight|wrong|right|asleep|serious|broke|calm|silent|white|keen|ahead|last))|\bwas (?:killed|murdered|slain|executed|hanged|beheaded)\b|\bhas died\b|\bdied (?:in|of|at|on|when|last|there|here)\b",
    re.I,
)
ALIVE = re.compile(
    r"\bis (?:still )?alive\b|\bstill lives\b(?! (?:on|in (?:the |his |her )?(?:songs?|memory|memories|hearts?|stories|tales)))|\blives to this day\b",
    re.I,
)
SUNG = re.compile(
    r",? (?:on|in|through|as) (?:the |his |her |our |all |every )?(?:songs?|memor\w+|hearts?|stor\w+|tales?|name|files?|legends?|minds?|spirit)\b",
    re.I,
)
"""Who lives on only in this is dead."""


# ---- What a rule needs ------------------------------------------------------------------------------------------------

TRAIT_WORDS = word_set(
    "teetotal teetotaller drinks drink abstains abstain alcohol vegetarian vegan meat handed armed hand arm eyed eye legged peg wooden "
    "voice shouted yelled bellowed roared bawled screamed taken captured surrendered given tall feet tiny towered giant huge "
    "weapon weapons unarmed pistol sword gun knife blade smokes smoked smoke pipe cigar cigarette barefoot boots shoes "
    "beardless beard shaven sealed locked opened open dead killed died "
    "sight sightless silence said says word touches leg foot lame walk walks limp wheelchair blind deaf mute speak spoken tongue bald illiterate read write unlettered swim"
)
"""Without one of these nothing is said of a lasting trait."""
PART_WORDS = word_set(PARTS.replace("|", " "))
