"""Which statements exclude one another, which say that somebody acts, and which go round in no circle."""

from __future__ import annotations

import re
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ACTIVE = _words(
    """
    ally_of rival_of enemy_of mentor_of serves sworn_to spouse_of member_of leads founded employs vassal_of
    at_war_with trades_with lives_in works_at rules guards owns created wields participated_in attended
    """
)
"""Relations that only somebody who is there can begin: the subject acts, or is something to the other end."""
ACTIVE_TO = (ACTIVE | {"located_in"}) - {"founded", "created", "participated_in", "attended"}
"""Relations whose object has to be there too."""
ACTIVE_CLAIMS = _words(
    """
    office residence occupation employer current_location age lodging command rank post position job workplace
    """
)
"""Claims and fields that only somebody who is there can have."""
EMPLOYING = _words("employer office command residence lodging post workplace headquarters")
"""Of these, the ones whose object has to be there too."""
ACYCLIC = (
    "parent_of", "ancestor_of", "located_in", "caused_by", "precedes", "supersedes", "member_of", "vassal_of",
)  # fmt: skip
"""Relations that lead back to nobody."""
ORDERED = {"caused_by": -1, "precedes": 1}
"""Relations that say which of two comes first: 1 the subject, -1 the object."""
ONCE = frozenset({"born_in", "died_in", "hidden_in"})
"""Relations of which the subject has one at a time."""
SOLE = frozenset({"owns"})
"""Relations of which the object, if it is a thing, has one at a time."""

_SINGLE = _words(
    """
    eye_colour hair_colour skin_colour handedness birthplace mother father height cause_of_death burial_place
    age current_location residence office depth length width weight mass population capital garrison_size
    material colour creator maker owner toll number_of_arches crew_size tonnage gate_count inscription victor
    winner death_toll built_by builder patron_saint native_tongue mother_tongue rank missing_finger missing_eye
    blood_type registry registration species race seat keeper number_of_bells commander captain price cost
    hull_colour true_name real_name full_name gender sex pronouns biological_mother biological_father deathplace
    place_of_birth place_of_death date_of_birth date_of_death area volume speed top_speed range calibre capacity
    duration distance altitude elevation latitude longitude temperature gravity currency official_language
    state_religion national_anthem author artist composer architect designer manufacturer serial_number
    call_sign callsign licence_number star_sign marital_status eldest_child firstborn heir founder home_port
    flagship class ship_class model alignment ruler headquarters homeworld home_planet star orbital_period
    moons_count killer murderer killed_by murder_weapon verdict sentence outcome build complexion next_of_kin
    postcode postal_code house_number denomination year_built level
    """
)
_MULTIPLE = _words(
    """
    speaks skill wears scar habit trait sells known_for enemy friend fears carries trained_at visited debt
    holds_title title member rumoured sigil custom motto cargo worships knows occupation employer lodging
    command likes dislikes smells_of injury pet crop nickname alias belief warning origin_story property omen
    goal fear weakness strength ability language hobby child sibling ally rival epithet product export import
    resource feature tattoo spell allergy quote saying role used_for contains made_of ingredient award motive
    secret services sensory description appearance personality voice history notes note status
    """
)
_SINGLE_SHAPES = re.compile(
    r"(?:.*_)?(?:colou?r|year|count|size|height|weight|length|width|depth|radius|diameter|age|price|cost|speed"
    r"|population|rank|species|birthplace|handedness|tonnage|capacity)"
    r"|(?:number|date|place|cause|year|time|day|colou?r)_of_.+|distance_(?:to|from)_.+|(?:true|real|birth|maiden)_name"
    r"|total_.+|(?:biological|birth)_(?:mother|father)"
)

DATED_BY = {
    "birth": ("birth_year", "year_of_birth", "date_of_birth", "birth_date", "birthdate", "birthday", "born", "born_on"),
    "death": ("death_year", "year_of_death", "date_of_death", "death_date", "died", "died_on"),
    "founded": (
        "founded_year", "year_founded", "foundation_year", "founding_year", "founding_date", "foundation_date",
        "established", "year_established", "established_year", "built_year", "year_built", "date_founded",
        "construction_year", "opened_year", "founded_in",
    ),
    "dissolved": ("dissolved_year", "year_dissolved", "disbanded_year", "disbanded", "dissolution_year", "closed_year"),
    "destroyed": ("destroyed_year", "year_destroyed", "destruction_year", "ruined_year", "demolished_year"),
    "start": ("start_year", "start_date", "year_started", "began", "began_in", "event_year", "year", "date"),
    "end": ("end_year", "end_date", "year_ended", "ended"),
}  # fmt: skip
"""Date field → claim predicates that say the same in words or as a year."""
SAME_AS_RELATION = {
    "birthplace": ("born_in", True), "place_of_birth": ("born_in", True), "deathplace": ("died_in", True),
    "place_of_death": ("died_in", True), "owner": ("owns", False),
}  # fmt: skip
"""Predicate or field → the relation that says the same, and whether the entity is its subject."""


@lru_cache(4096)
def spelled(predicate: str) -> str:
    """A predicate in the one spelling by which it is looked up."""
    name = "_".join(re.split(r"[\s_-]+", predicate.strip().casefold()))
    return re.sub(r"color", "colour", name)


@lru_cache(4096)
def single_valued(predicate: str) -> bool:
    """Whether a subject has one value of it at a time. What the tables don't know goes by its shape, else it has many.

    Better a contradiction missed than a liking for two wines reported.
    """
    name = spelled(predicate)
    if name in _SINGLE:
        return True
    return name not in _MULTIPLE and bool(_SINGLE_SHAPES.fullmatch(name))


def many_valued(predicate: str) -> bool:
    """Whether a subject is known to have several values of it at once."""
    return spelled(predicate) in _MULTIPLE


@lru_cache(4096)
def date_field(predicate: str) -> str:
    """The date field whose day or year this predicate tells; empty for none."""
    name = spelled(predicate)
    return next((path for path, words in DATED_BY.items() if name in words), "")
