"""Foundry VTT: packages, packs and documents of every version come in, and a module goes out."""

from studio.services.exchange.foundry.reader import claims, read

__all__ = ["claims", "read"]
