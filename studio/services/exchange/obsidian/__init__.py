"""Obsidian vaults and folders of Markdown, in and out: an untouched note goes out byte for byte as it came in."""

from studio.services.exchange.obsidian.reader import claims, read

__all__ = ["claims", "read"]
