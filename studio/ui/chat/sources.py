"""What an answer rests on: its citations with their words, and its claims beside canon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from studio.ui.dialogs.base import Sheet
from studio.ui.kit import Badge, Button, Card, FlowLayout, hbox, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLabel, QWidget

    from studio.services.citing.checking import Citation
    from studio.services.citing.comparing import Standing, Verdict
    from studio.services.citing.reading import Beside, Place
    from studio.ui.context import StudioContext

_GROUPS: tuple[tuple[Standing, str, str, str], ...] = (
    ("contradicted", "Canon says otherwise", "contradicted", "danger"),
    ("new", "New to this world", "new", "plain"),
    ("supported", "Canon says so too", "supported", "ok"),
)
_SENTENCE = (
    "Numbers in an answer lead to what the model was given to read. Its claims are held against the World Bible; "
    "nothing is saved by looking."
)


class SourcesSheet(Sheet):
    """Shows the sources of one answer; every one of them can be opened."""

    def __init__(self, parent: QWidget | None, ctx: StudioContext, found: Beside) -> None:
        super().__init__(parent, "Sources and canon", sentence=_SENTENCE, width=640)
        self._ctx = ctx
        self._found = found
        self._citations()
        for standing, title, word, tone in _GROUPS:
            self._claims(standing, title, word, tone)
        if not found.verdicts:
            self.body.addWidget(_prose("No claims about this world were found in the answer.", "muted"))
        self.buttons("Review what it says…", cancel="Close", on_action=self._review)

    # ---- citations ---------------------------------------------------------------------------------------------------

    def _citations(self) -> None:
        report = self._found.report
        self.body.addWidget(label(f"Citations  {len(report.citations)}", "overline"))
        if not report.citations:
            why = (
                "The model had no numbered notes to cite."
                if not report.notes
                else "The answer cites none of its notes."
            )
            self.body.addWidget(_prose(why, "muted"))
        for citation, place in zip(report.citations, self._found.places, strict=True):
            self.body.addWidget(self._citation(citation, place))

    def _citation(self, citation: Citation, place: Place | None) -> Card:
        card = Card(sunken=True, margins=(12, 10, 12, 10), gap=6)
        row = hbox(gap=8)
        row.addWidget(Badge(f"[{citation.n}]", "warn" if citation.problem else "accent"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_prose(citation.sentence), 1)
        card.body.addLayout(row)
        if citation.problem:
            card.body.addWidget(_prose(citation.says, "warn"))
        if citation.passage is not None:
            card.body.addWidget(_prose(f"“{citation.passage.text}”", "muted"))
        buttons = FlowLayout(gap=6)
        if place is not None:
            changed = " (changed since)" if place.changed else ""
            span = place.span if place.path == "body" else None
            buttons.addWidget(
                self._go(f"Open “{citation.name}”{changed}", lambda: self._open(citation.ref, citation.kind, span))
            )
        elif citation.ref:
            buttons.addWidget(label("It isn't here any more, or not for these eyes.", "caption", wrap=True))
        buttons.addWidget(self._go("Show in the answer", lambda: self._quote(citation.span)))
        card.body.addLayout(buttons)
        return card

    # ---- claims ------------------------------------------------------------------------------------------------------

    def _claims(self, standing: Standing, title: str, word: str, tone: str) -> None:
        verdicts = [v for v in self._found.verdicts if v.standing == standing]
        if not verdicts:
            return
        self.body.addWidget(label(f"{title}  {len(verdicts)}", "overline"))
        for verdict in verdicts:
            self.body.addWidget(self._claim(verdict, word, tone))

    def _claim(self, verdict: Verdict, word: str, tone: str) -> Card:
        card = Card(sunken=True, margins=(12, 10, 12, 10), gap=6)
        row = hbox(gap=8)
        row.addWidget(Badge(word, tone), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_prose(f"{verdict.about}: {verdict.says}"), 1)
        card.body.addLayout(row)
        if verdict.canon and _differs(verdict):
            card.body.addWidget(_prose(f"{_whose(verdict)}: {verdict.canon}", "muted"))
        buttons = FlowLayout(gap=6)
        if (record := verdict.record) is not None:
            buttons.addWidget(self._go(f"Open “{verdict.about}”", lambda: self._open(record, verdict.kind, None)))
        if verdict.span is not None:
            buttons.addWidget(self._go("Show in the answer", lambda: self._quote(verdict.span)))
        card.body.addLayout(buttons)
        return card

    # ---- ways out ----------------------------------------------------------------------------------------------------

    def _go(self, words: str, act: Callable[[], None]) -> Button:
        return Button(words, act, variant="link", compact=True)

    def _open(self, record_id: str, kind: str, span: tuple[int, int] | None) -> None:
        self.reject()
        self._ctx.navigate(record_id, span, kind)

    def _quote(self, span: tuple[int, int] | None) -> None:
        self.reject()
        self._ctx.hub.quote.emit(self._found.message_id, span)

    def _review(self) -> None:
        self.accept()
        self._ctx.hub.review.emit(self._found.message_id, "")


def _differs(verdict: Verdict) -> bool:
    """Whether what the world says is worth reading beside the claim."""
    return verdict.standing != "supported" or verdict.canon not in verdict.says


def _whose(verdict: Verdict) -> str:
    return {"canon": "Canon", "reviewed": "The World Bible", "deprecated": "No longer true"}.get(
        verdict.status.value, "A draft"
    )


def _prose(text: str, role: str = "") -> QLabel:
    made = label(text, role, wrap=True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
