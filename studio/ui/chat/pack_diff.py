"""The sheet on two packs: what only one of them had, and what both had in other words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services.context.diff import diff
from studio.ui.compare import SideBySide
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.services.context.diff import Difference
    from studio.services.context.prompt import Prompt

SHOWN = 40
SIDES = ("This answer", "The other")
_WORDS = {"query": "Looked up", "model": "Model", "tokenizer": "Counted as", "budget": "Budget", "audience": "For",
          "as_of": "As of day", "params": "How it was asked"}  # fmt: skip


class PackDiffSheet(Sheet):
    """What one answer read beside what another one read."""

    def __init__(self, parent: QWidget, first: Prompt, second: Prompt) -> None:
        super().__init__(parent, "What two answers read", width=760)
        self._first, self._second = first, second
        found = diff(first.pack, second.pack)
        more = len(found.differences)
        same = f"{found.same:,} piece{'' if found.same == 1 else 's'} are the same"
        words = "Both read the same, in the same way." if found.equal else f"{same}, {more:,} differ."
        self.body.addWidget(label(words, "muted", wrap=True))
        for name, one, other in found.setup:
            self.body.addWidget(SideBySide(_WORDS[name], one, other, names=SIDES))
        for difference in found.differences[:SHOWN]:
            self.body.addWidget(self._shown(difference))
        if more > SHOWN:
            self.body.addWidget(label(f"and {more - SHOWN:,} more", "caption"))
        self.buttons("Close", cancel="")

    def _shown(self, difference: Difference) -> SideBySide:
        one, other = difference.first, difference.second
        before = self._first.texts[one.text_hash] if one is not None else ""
        after = self._second.texts[other.text_hash] if other is not None else ""
        title = difference.item.name or difference.item.kind
        if difference.how == "moved" and one is not None and other is not None:
            before, after = f"[{one.n}] in {one.group}", f"[{other.n}] in {other.group}"
        return SideBySide(title, before, after, names=SIDES)
