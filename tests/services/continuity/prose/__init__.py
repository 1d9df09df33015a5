"""Small worlds of several genres, and sentences that agree with their facts or don't: a measure of the text rules."""

from tests.services.continuity.prose.genre import Genre, pair_flagged
from tests.services.continuity.prose.noir import NOIR
from tests.services.continuity.prose.orchard_moon import ORCHARD_MOON
from tests.services.continuity.prose.pairs import PAIRS
from tests.services.continuity.prose.sea_kings import SEA_KINGS

__all__ = ["NOIR", "ORCHARD_MOON", "PAIRS", "SEA_KINGS", "Genre", "pair_flagged"]
