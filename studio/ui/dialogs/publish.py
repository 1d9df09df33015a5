"""What the publish gate says: what passes, what doesn't and where; and who lets it pass in spite of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.domain.lens import Lens
from studio.domain.record import Status
from studio.services.continuity import publish
from studio.services.continuity.publish import Override
from studio.services.world.rows import with_status
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import (
    Badge,
    Button,
    Card,
    ComboBox,
    FormRow,
    LineEdit,
    Section,
    clear,
    hbox,
    label,
    vbox,
)  # fmt: skip
from studio.ui.tasks import latest_task

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QBoxLayout

    from studio.domain.ids import RecordId
    from studio.services.continuity.publish import Citation, LetPass, Part, Problem, Report
    from studio.services.world.bulk import Change
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Tasks

WAITING = "canon"
AUDIENCES = (
    ("What waits for canon", WAITING), ("Everything, for the game master", "gm"), ("What the party gets", "party"),
    ("What anybody gets", "public"),
)  # fmt: skip
_VERDICTS = {"passes": ("passes", "ok"), "look": ("have a look", "warn"), "fails": ("fails", "danger")}
_SHOWN = 40
GO = "Go there"


class ReportView(QWidget):
    """A report, question by question, with a way to each place."""

    def __init__(self, ctx: StudioContext, sheet: Sheet) -> None:
        super().__init__()
        self.ctx, self._sheet = ctx, sheet
        column = vbox(self, gap=10)
        self.sentence = label("", "strong", wrap=True)
        column.addWidget(self.sentence)
        self._parts = vbox(gap=10)
        column.addLayout(self._parts)

    def show_report(self, report: Report) -> None:
        """Show what was found."""
        self.sentence.setText(report.sentence)
        clear(self._parts)
        for part in report.parts:
            self._parts.addWidget(self._part(part))

    def _part(self, part: Part) -> Card:
        card = Card(sunken=True, margins=(12, 8, 12, 10), gap=6)
        word, tone = _VERDICTS[part.verdict]
        card.setAccessibleName(f"{part.title}: {word}")
        head = hbox(gap=8)
        head.addWidget(label(part.title, "strong"))
        head.addWidget(Badge(word, tone))
        head.addStretch(1)
        card.body.addLayout(head)
        card.body.addWidget(label(part.sentence, "caption", wrap=True))
        for one in part.problems[:_SHOWN]:
            card.body.addLayout(self._problem(one))
        if len(part.problems) > _SHOWN:
            card.body.addWidget(label(f"and {len(part.problems) - _SHOWN} more", "caption"))
        if part.cites:
            card.body.addWidget(self._cites(part))
        return card

    def _cites(self, part: Part) -> Section:
        """The sources of what goes out, folded away until somebody asks."""
        section = Section("Where it was read", open=False, count=len(part.cites), gap=4)
        for n, one in enumerate(part.cites[:_SHOWN], 1):
            quote = f" “{one.quote}”" if one.quote else ""
            row = self._line(f"[{n}] {one.name}, {one.label.lower()}: {one.source}.{quote}")
            go = Button("Show", lambda one=one: self._show(one), variant="link", compact=True,
                        name=f"Show the source of {one.name}, {one.label}")  # fmt: skip
            row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
            section.body.addLayout(row)
        return section

    def _line(self, words: str, role: str = "") -> QBoxLayout:
        row = hbox(gap=8)
        text = label(words, role, wrap=True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        row.addWidget(text, 1)
        return row

    def _show(self, one: Citation) -> None:
        self._sheet.reject()
        self.ctx.navigate(one.ref, one.span, one.ref_kind)

    def _problem(self, one: Problem) -> QBoxLayout:
        quote = f" “{one.quote}”" if one.quote and one.quote not in one.why else ""
        row = self._line(f"{one.name}: {one.why}{quote}", "danger" if one.weight == "error" else "")
        go = Button(GO, lambda: self._go(one), variant="link", compact=True, name=f"Go to {one.name}: {one.why}")
        row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _go(self, one: Problem) -> None:
        """Leave the sheet for the place; a conflict is answered in its queue."""
        self._sheet.reject()
        if one.finding:
            self.ctx.hub.conflicts.emit(one.record, one.name)
            self.ctx.shell.show_panel("continuity")
        else:
            span = one.span if one.path == "body" else None
            self.ctx.navigate(one.record, span, "" if one.kind == "claim" else one.kind)


class GateSheet(Sheet):
    """The gate is shut: the report, and a name and a reason to let it pass in spite of that."""

    def __init__(self, ctx: StudioContext, parent: QWidget | None, report: Report, *, action: str, name: str) -> None:
        super().__init__(parent, "This doesn't pass the publish gate", width=640, height=560)
        self.view = ReportView(ctx, self)
        self.view.show_report(report)
        self.body.addWidget(self.view)
        self.line()
        told = "To let it pass all the same, say who decides that, and why. It is written to the audit log."
        self.body.addWidget(label(told, "caption", wrap=True))
        self._name = LineEdit("Who lets it pass", name)
        self._reason = LineEdit("Why it may pass", placeholder="The players agreed on it")
        self.body.addWidget(FormRow("Who lets it pass", self._name))
        self.body.addWidget(FormRow("Why", self._reason))
        self._go = self.buttons(action, variant="danger", cancel="Don't")
        for line in (self._name, self._reason):
            line.textChanged.connect(lambda _text: self._check())
        self._check()
        first = next((one for one in self.view.findChildren(Button) if one.text() == GO), self._reason)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check(self) -> None:
        self._go.setEnabled(bool(self._name.text().strip() and self._reason.text().strip()))

    @property
    def override(self) -> Override:
        """Who lets it pass, and why."""
        return Override(name=self._name.text(), reason=self._reason.text())


class ReportSheet(Sheet):
    """The report on the whole world, for whom one likes."""

    def __init__(self, ctx: StudioContext, parent: QWidget | None) -> None:
        super().__init__(parent, "Publish report", sentence="What would go out, and what stands against it.", width=620)
        self.ctx = ctx
        self.whom = ComboBox("For whom", AUDIENCES)
        self.whom.chosen.connect(lambda _value: self.ask_gate())
        self.body.addWidget(FormRow("For whom", self.whom))
        self.view = ReportView(ctx, self)
        self.body.addWidget(self.view)
        self.before = Section("Let pass before", open=False, gap=4)
        self.before.hide()
        self.body.addWidget(self.before)
        self.body.addStretch(1)
        self.buttons("Close", cancel="")
        self.view.sentence.setText("Looking…")
        self.ask_gate()

    @property
    def tasks(self) -> Tasks:
        """Where the report is made."""
        return self.ctx.tasks

    @latest_task
    async def ask_gate(self) -> None:
        """Make the report for the chosen audience."""
        whom, run = str(self.whom.value()), self.ctx.workspace.run
        self._show_before(await run(publish.let_pass))
        findings = await self.ctx.findings.settled()
        if whom == WAITING:
            ids = await run(with_status, "reviewed")
            self.view.show_report(await run(publish.report_canon, ids, findings=findings))
        else:
            self.view.show_report(await run(publish.report_export, lens=Lens(audience=whom), findings=findings))

    def _show_before(self, found: Sequence[LetPass]) -> None:
        """What went out in spite of the gate, and on whose word."""
        clear(self.before.body)
        for one in found:
            errors = f"past {one.past} {'error' if one.past == 1 else 'errors'}"
            words = f"{one.at[:16].replace('T', ' ')}: {one.name} let {one.what} pass {errors}. {one.reason}"
            line = label(words, "caption", wrap=True)
            line.setTextFormat(Qt.TextFormat.PlainText)
            self.before.body.addWidget(line)
        self.before.set_count(len(found))
        self.before.setVisible(bool(found))


async def let_pass(ctx: StudioContext, parent: QWidget | None, report: Report, *, action: str) -> Override | None:
    """Show why the gate is shut; who lets it pass all the same, or None."""
    from studio.services.workspace import author_name

    sheet = GateSheet(ctx, parent, report, action=action, name=author_name())
    return sheet.override if await sheet.ask() else None


async def set_status(ctx: StudioContext, parent: QWidget | None, ids: Sequence[RecordId], status: str) -> int | None:
    """Move entries to a status, to canon through the gate; gives how many, None where somebody thought better of it."""
    return await _through(ctx, parent, publish.set_status, ids, status, asks=status == Status.CANON)


async def apply_bulk(ctx: StudioContext, parent: QWidget | None, ids: Sequence[RecordId], change: Change) -> int | None:
    """The same change on many entries; one that makes them canon goes through the gate. None as above."""
    return await _through(ctx, parent, publish.apply_bulk, ids, change, asks=publish.makes_canon(change))


async def _through(
    ctx: StudioContext, parent: QWidget | None, verb: Callable[..., int], ids: Sequence[RecordId], what: object, *,
    asks: bool,
) -> int | None:  # fmt: skip
    findings = await ctx.findings.settled() if asks else None
    try:
        return await ctx.workspace.run(verb, ids, what, findings=findings)
    except publish.Blocked as blocked:
        who = await let_pass(ctx, parent, blocked.report, action="Make canon all the same")
    return None if who is None else await ctx.workspace.run(verb, ids, what, findings=findings, override=who)
