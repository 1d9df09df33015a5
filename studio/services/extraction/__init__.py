"""Extraction: from an answer's text to candidates for blueprint, world, relations and prompts."""

from studio.services.extraction.offline import OfflineExtractor
from studio.services.extraction.protocol import Extractor

__all__ = ["Extractor", "OfflineExtractor"]
