"""A project to retrieve from."""

from __future__ import annotations
