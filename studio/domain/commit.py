"""The append-only log: every change to a project is one commit, chained by hash."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, Literal

from studio.domain.ids import CommitId, Hlc, RecordId
from studio.domain.record import Frozen

Json = dict[str, Any]


class Change(Frozen):
    """One record before and after a commit; None stands for not there."""

    record: RecordId
    kind: str
    before: Json | None
    after: Json | None


class Commit(Frozen):
    """One entry of the log. `reverts` is the commit that this one takes back, if it is an undo; `step` says which.

    `hash` is SHA-256 over the previous hash and the canonical JSON of everything else, changes included.
    """

    seq: int
    id: CommitId
    parent: CommitId | None
    at: Hlc
    time: datetime
    author: str
    device: str
    verb: str
    message: str
    step: Literal["do", "undo", "redo", "note"] = "do"
    reverts: CommitId | None = None
    changes: tuple[Change, ...] = ()
    hash: str = ""


def canonical_json(value: object) -> str:
    """JSON with sorted keys and no spaces: the same value always gives the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_hash(value: object) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def chain_hash(previous: str, head: Json, changes: list[list[Any]]) -> str:
    """The hash of one log entry, chained to the one before."""
    return hashlib.sha256(f"{previous}\n{canonical_json(head)}\n{canonical_json(changes)}".encode()).hexdigest()
