"""The continuity dock: the findings, the one under the cursor with both its sides, and its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast, get_args

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from studio.domain.continuity import FindingType
from studio.domain.events import Committed
from studio.services.continuity import triage
from studio.services.continuity.rulings import TYPE_WORDS
from studio.services.continuity.triage import Sieve
from studio.ui.commands import Command
from studio.ui.continuity.answers import Answers
from studio.ui.continuity.card import FindingCard
from studio.ui.continuity.judging import Judging
from studio.ui.continuity.list import FindingList
from studio.ui.kit import Button, ComboBox, EmptyState, FlowLayout, SearchField, label, vbox
from studio.ui.panel import Panel
from studio.ui.tasks import latest_task, ui_task
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from studio.domain.continuity import Finding
    from studio.services.continuity.triage import Counts, SideView
    from studio.ui.context import StudioContext

SHOWS = (("Waiting", "open"), ("Answered", "answered"), ("All", "all"))
SEVERITIES = (("Any weight", ""), ("Errors", "error"), ("Warnings", "warning"), ("Notes", "note"))
TYPES = (("Any kind", ""), *((TYPE_WORDS[name], name) for name in get_args(FindingType)))
_BUTTONS = (
    ("merge", "Merge…", "M", "git-merge", "The two are one: choose field by field"),
    ("fork", "Fork…", "F", "split", "They are two: give one another name, or move a statement"),
    ("ignore", "Ignore…", "I", "check", "It is no conflict: say why"),
    ("mute", "Mute the rule…", "U", "eye-off", "Don't count this rule: say why"),
    ("reopen", "Take back", "R", "rotate-ccw", "Let it wait for an answer again"),
)
TIGHT = 230
"""Below this width at 100 % text there is no room for words on buttons."""
_TEACH = (
    "What contradicts itself shows up here by itself: somebody who acts after their death, two rulers at once, "
    "two pages for one captain. Each stands with both its sides, and you decide."
)


class ContinuityPanel(Panel):
    """The triage queue. Each answer is one change, and the cursor goes on to the next finding."""

    title: ClassVar[str] = "Continuity"
    icon: ClassVar[str] = "shield"
    for_all_eyes: ClassVar[bool] = True

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.answers, self.judging = Answers(self), Judging(self)
        self._stale, self._subject, self._subject_name = True, "", ""
        self._build()
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self._changed)
        self.listen(Committed, lambda _event: self._soon.start())
        self.follow(ctx.findings.changed, self._soon.start)
        self.follow(ctx.lens.changed, self._soon.start)
        self.follow(ctx.theme.changed, self._restyle)
        self.follow(ctx.hub.conflicts, self.show_about)
        self.follow(ctx.hub.models_changed, self._show_judge)

    # ---- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = vbox(self, margins=(8, 8, 8, 8), gap=6)
        self.search = SearchField("Find a finding", placeholder="Names or words")
        column.addWidget(self.search)
        top = FlowLayout(gap=6)
        self.show_box = ComboBox("Which findings", SHOWS, compact=True)
        self.severity_box = ComboBox("How grave", SEVERITIES, compact=True)
        self.type_box = ComboBox("What is wrong", TYPES, compact=True)
        for box in (self.show_box, self.severity_box, self.type_box):
            box.chosen.connect(lambda _value: self.reload())
            top.addWidget(box)
        self.check_button = Button("Check everything", self.check_all, compact=True, icon="refresh-cw")
        self.judge_button = Button("Ask a model…", self.judge, compact=True, icon="cpu",
                                   tip="Let a model judge texts that no rule decides")  # fmt: skip
        for button in (self.check_button, self.judge_button):
            top.addWidget(button)
        self._show_judge()
        column.addLayout(top)
        self.only = Button("", self.about_all, variant="row", compact=True, icon="x")
        self.only.hide()
        column.addWidget(self.only)
        self.progress = label("", "caption", wrap=True)
        column.addWidget(self.progress)
        column.addWidget(self._middle(), 1)
        column.addLayout(self._answer_row())
        self.search.set_target(self.list)
        self.search.searched.connect(lambda _text: self.reload())
        self.list.picked.connect(lambda key: self.show_finding(key))
        self.list.answered.connect(self.answer)
        self.list.itemDoubleClicked.connect(lambda _item: self.answer("open"))
        self.card.opened.connect(self.open_side)
        self.card.answered.connect(self.answer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Where the dock is narrow for its text, words make room for the findings: icons keep their names."""
        tight = self.width() < look.px(TIGHT)
        for box in (self.show_box, self.severity_box, self.type_box):
            box.setMinimumContentsLength(4 if tight else 9)
        for button in (self.check_button, self.judge_button, *self.buttons.values()):
            button.show_words(shown=not tight)

    def _middle(self) -> QStackedWidget:
        self.list, self.card = FindingList(), FindingCard()
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.card)
        self.splitter.setSizes([220, 420])
        self.nothing = EmptyState(_TEACH, title="Nothing contradicts itself", icon="shield", action="Check everything",
                                  on_action=self.check_all)  # fmt: skip
        self.none_here = EmptyState("Nothing that was found fits these filters.", title="Nothing here", icon="filter",
                                    action="Show all that waits", on_action=self.about_all)  # fmt: skip
        self.pages = QStackedWidget()
        for page in (self.splitter, self.nothing, self.none_here):
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(self.nothing)
        return self.pages

    def _answer_row(self) -> FlowLayout:
        row = FlowLayout(gap=6)
        self.buttons: dict[str, Button] = {}
        for what, words, key, mark, tip in _BUTTONS:
            button = Button(words, lambda what=what: self.answer(what), compact=True, key=key, icon=mark, tip=tip)
            self.buttons[what] = button
            row.addWidget(button)
        return row

    def commands(self) -> list[Command]:
        """What the palette offers for the queue."""
        some = lambda: self.list.chosen_row() is not None  # noqa: E731
        walk = [
            Command("continuity.next", "Next finding", lambda: self.list.walk(1), "World", "",
                    "Go to the next finding (J).", "arrow-down", enabled=some, in_menu=False, reads=True),
            Command("continuity.previous", "Previous finding", lambda: self.list.walk(-1), "World", "",
                    "Go to the finding before (K).", "arrow-up", enabled=some, in_menu=False, reads=True),
        ]  # fmt: skip
        answers = [
            Command(
                f"continuity.{what}", f"Finding: {words[0].lower()}{words[1:]}", lambda what=what: self.answer(what),
                "World", "", f"{tip} ({key}).", mark, in_menu=False, enabled=lambda what=what: self._can(what),
            )
            for what, words, key, mark, tip in _BUTTONS
        ]  # fmt: skip
        check = Command("continuity.check", "Check the whole world", self.check_all, "World", "",
                        "Look for what contradicts itself, with a bar that can be stopped.", "shield")  # fmt: skip
        report = Command("continuity.report", "Publish report…", lambda: self.report(), "World", "",
                         "What the publish gate says of the world, for whom you like.", "scroll-text")  # fmt: skip
        judge = Command("continuity.judge", "Ask a model about texts…", self.judge, "World", "",
                        "Let a model judge pairs of sentences that no rule decides; the cost is said first.", "cpu",
                        enabled=lambda: bool(self.judging.models))  # fmt: skip
        return [check, judge, report, *walk, *answers]

    # ---- loading -----------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _restyle(self) -> None:
        self._give_way()
        self.list.restyle()
        card = self.card.card
        self.card.show_card(None)
        self.card.show_card(card, editable=self.ctx.lens.value.is_own)

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    @property
    def sieve(self) -> Sieve:
        """What the filters say."""
        return Sieve.model_validate({
            "show": self.show_box.value(), "severity": self.severity_box.value(), "type": self.type_box.value(),
            "subject": self._subject, "typed": self.search.text(),
        })  # fmt: skip

    @latest_task
    async def reload(self) -> None:
        """Read the queue again; the cursor stays on its finding, or goes on to the next one."""
        self._stale = False
        lens = self.ctx.lens.value
        found = await self.ctx.workspace.run(triage.listing, self.ctx.findings.value, self.sieve, lens=lens)
        had_focus = self.pages.isAncestorOf(self.focusWidget() or self)
        keep, at = self.list.key() or "", max(0, self.list.currentRow())
        self.list.fill(found.rows, keep=keep, at=at)
        empty = self.none_here if self._narrowed(found.counts) else self.nothing
        self.pages.setCurrentWidget(self.splitter if found.rows else empty)
        if had_focus and self.isVisible():
            self.focus_first()
        for button in (self.check_button, self.judge_button):
            button.setEnabled(lens.is_own)
        self._show_judge()
        self._say(found.counts)

    def _narrowed(self, counts: Counts) -> bool:
        return bool(counts.open or (counts.answered and self.show_box.value() != "open"))

    def _say(self, counts: Counts) -> None:
        if not self.ctx.findings.is_checked:
            self.progress.setText("The world hasn't been looked through yet.")
            return
        words = [f"{number} {one if number == 1 else f'{one}s'}" for number, one in (
            (counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note")) if number]  # fmt: skip
        words = words or ["Nothing waits"]
        words += [f"{counts.answered} answered"] if counts.answered else []
        self.progress.setText(" · ".join(words))

    @property
    def finding(self) -> Finding | None:
        """The finding under the cursor."""
        row = self.list.chosen_row()
        return row.judged.finding if row is not None else None

    @latest_task
    async def show_finding(self, key: str) -> None:
        """Show the finding under the cursor."""
        finding = self.finding
        if not key or finding is None:
            self.card.show_card(None)
        else:
            lens = self.ctx.lens.value
            card = await self.ctx.workspace.run(triage.card, finding, lens=lens)
            self.card.show_card(card, editable=lens.is_own)
        for what, button in self.buttons.items():
            button.setEnabled(self._can(what))
            button.setVisible(what != "reopen" or self._can(what))

    # ---- what a user does --------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """The list where there is one, else what can be done."""
        page = cast("QWidget", self.pages.currentWidget())
        button = page.button if isinstance(page, EmptyState) else None
        target = self.list if page is self.splitter else button or self.search
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def check_all(self) -> None:
        """Look through the whole world."""
        if self.ctx.lens.value.is_own:
            self.ctx.findings.check_all()

    def judge(self) -> None:
        """Let a model judge what no rule decides."""
        if self.ctx.lens.value.is_own and self.judging.models:
            self.judging.ask()

    def _show_judge(self) -> None:
        self.judge_button.setVisible(bool(self.judging.models))

    @ui_task
    async def report(self) -> None:
        """Show what stands against the world going out."""
        from studio.ui.dialogs.publish import ReportSheet

        await ReportSheet(self.ctx, self.window()).ask()

    def show_about(self, entity_id: str, name: str) -> None:
        """Show what is found about one entity."""
        self._subject, self._subject_name = entity_id, name
        self.only.setText(f"About “{name}” only: show all")
        self.only.show()
        self.reload()

    def about_all(self) -> None:
        """Show everything that waits."""
        self._subject = ""
        self.only.hide()
        for box, value in ((self.show_box, "open"), (self.severity_box, ""), (self.type_box, "")):
            box.set_value(value)
        self.search.clear()
        self.reload()

    def open_side(self, side: SideView) -> None:
        """Go to the record and the words of one side."""
        span = side.evidence.span if side.evidence.path == "body" else None
        self.ctx.navigate(side.opens, span, side.opens_kind)

    def _can(self, what: str) -> bool:
        card = self.card.card
        if card is None or not self.ctx.lens.value.is_own:
            return False
        if what == "reopen":
            return card.row.judged.state != "open"
        offered = {"merge": card.offers.merge, "fork": card.offers.fork}.get(what, (0,))
        return card.row.judged.state == "open" and bool(offered)

    def answer(self, what: str) -> None:
        """Merge, fork, keep or put away a side, ignore, mute, take back, or open the finding under the cursor.

        `side:n` is whatever the button on side n says.
        """
        card = self.card.card
        if card is None or card.row.key != self.list.key():
            return
        name, _, at = what.partition(":")
        if name == "side":
            name = "keep" if card.offers.keep else "away"
        if name == "open":
            self.open_side(card.sides[0])
        elif name in ("keep", "away"):
            offered = card.offers.keep if name == "keep" else card.offers.put_away
            if int(at) in offered and card.row.judged.state == "open":
                self.answers.close(card.row.judged.finding, name, int(at))
        elif self._can(name):
            self.answers.ask(name, card)
