"""The message tree of a thread: which branch is shown, and what its siblings are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.ids import RecordId

if TYPE_CHECKING:
    from collections.abc import Iterable


class Node(NamedTuple):
    """One message without its text. `size` is the stored length, good enough to guess a height from."""

    id: RecordId
    parent_id: RecordId | None
    role: str
    size: int


class Tree:
    """All live messages of a thread. Siblings share a parent and sort by age, as ids do."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes: dict[str, Node] = {n.id: n for n in sorted(nodes)}
        self._children: dict[str | None, list[RecordId]] = {}
        for node in self.nodes.values():
            parent = node.parent_id if node.parent_id in self.nodes else None
            self._children.setdefault(parent, []).append(node.id)

    def __len__(self) -> int:
        return len(self.nodes)

    def children(self, message_id: str | None) -> list[RecordId]:
        """The messages that answer this one (None: the first messages), oldest first."""
        return list(self._children.get(message_id, ()))

    def siblings(self, message_id: str) -> list[RecordId]:
        """The message and its alternatives, oldest first."""
        return self.children(self._parent(message_id))

    def _parent(self, message_id: str) -> RecordId | None:
        parent = self.nodes[message_id].parent_id
        return parent if parent in self.nodes else None

    def path(self, leaf_id: str | None) -> list[Node]:
        """The branch from the first message to this leaf; with an unknown leaf, the newest branch."""
        at = leaf_id if leaf_id in self.nodes else self.newest_leaf(None)
        found: list[Node] = []
        while at is not None:
            found.append(self.nodes[at])
            at = self._parent(at)
        return found[::-1]

    def newest_leaf(self, message_id: str | None) -> RecordId | None:
        """The end of the newest branch below a message (or the message itself, if nothing answers it)."""
        below = self.subtree(message_id)
        leaves = [m for m in below if not self._children.get(m)]
        return max(leaves, default=None)

    def subtree(self, message_id: str | None) -> list[RecordId]:
        """The message and everything below it."""
        stack = [RecordId(message_id)] if message_id is not None else self.children(None)
        found: list[RecordId] = []
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(self._children.get(at, ()))
        return found

    def neighbour(self, message_id: str, step: int) -> RecordId | None:
        """The sibling `step` places on, or None at either end."""
        row = self.siblings(message_id)
        at = row.index(RecordId(message_id)) + step
        return row[at] if 0 <= at < len(row) else None
