"""Where a line stands: open headings and bullets, and the pieces of prose that are read once all names are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.services.extraction.doc import Clean
    from studio.services.extraction.draft import Ent


@dataclass
class Head:
    """One open heading, and what it means for the lines beneath."""

    level: int
    role: str
    kind: str = ""
    ent: Ent | None = None
    field: str = ""
    text: str = ""
    span: tuple[int, int] = (0, 0)
    used: int = 0


@dataclass
class Segment:
    """A piece of prose: clean[start:end], with `topic` as its subject. With `lead` it begins with a description.

    Where it tells what ties two (`role` is `tie`), `owner` is the other.
    """

    clean: Clean
    start: int
    end: int
    topic: Ent | None = None
    lead: bool = False
    kind: str = ""
    role: str = ""
    quoted: bool = False
    row: str = ""
    order: int = 0
    owner: Ent | None = None


@dataclass
class Bullet:
    """One open bullet: its indent and what it named."""

    level: int
    ent: Ent | None = None
    field: str = ""
    kind: str = ""
