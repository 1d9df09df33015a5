"""Prompt seeds."""

from __future__ import annotations


def read(draft, lex, units) -> None:
    pass
