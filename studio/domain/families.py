"""Families of relation types: what a graph colours by, and how its legend reads."""

from __future__ import annotations

from typing import Literal

Family = Literal["kin", "bond", "conflict", "group", "place", "thing", "event", "canon", "other"]

FAMILY_WORDS: dict[Family, str] = {
    "kin": "Family",
    "bond": "Bonds",
    "conflict": "Conflict",
    "group": "Groups and rank",
    "place": "Places",
    "thing": "Things",
    "event": "Events",
    "canon": "Canon",
    "other": "Other",
}
"""Every family with its words, in the order of the legend."""

_TYPES: dict[Family, str] = {
    "kin": "parent_of sibling_of spouse_of",
    "bond": "ally_of mentor_of serves loves owes sworn_to attitude_to",
    "conflict": "rival_of enemy_of fears at_war_with",
    "group": "member_of leads founded employs vassal_of trades_with",
    "place": "located_in lives_in works_at born_in died_in rules guards borders",
    "thing": "owns created wields seeks hidden_in",
    "event": "participated_in appeared_in attended happened_at caused_by precedes",
    "canon": "same_as supersedes based_on",
}
_FAMILY: dict[str, Family] = {name: family for family, names in _TYPES.items() for name in names.split()}


def family_of(type_: str) -> Family:
    """The family of a relation type; a type of one's own belongs to none of them."""
    return _FAMILY.get(type_, "other")
