"""The review panel: opens on an answer, asks for what is doubtful first, saves all of it in one change."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter

from studio.services.review import apply
from studio.services.review.conductor import extract_message, extract_with_model
from studio.services.review.paste import add_pasted
from studio.services.review.sheet import sheet
from studio.ui.commands import Command
from studio.ui.kit import Badge, Banner, Button, EmptyState, MenuButton, hbox, label, vbox
from studio.ui.panel import Panel
from studio.ui.review.draft import Draft, Item
from studio.ui.review.form import CandidateForm
from studio.ui.review.list import CandidateList
from studio.ui.tasks import latest_task, ui_task
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QMenu, QWidget

    from studio.domain.candidate import Changeset, Target
    from studio.ui.context import StudioContext

WIDE, TIGHT = 620, 440
"""From these widths on there is room for whole sentences in the head, and for the whole title."""
LOOK_MS = 250
"""How long typing pauses before the world is asked whether it fits."""
PARTS: dict[str, tuple[Target, ...]] = {
    "": ("blueprint", "entity", "relation", "recipe"),
    "foundry": ("blueprint",),
    "world": ("entity", "relation"),
    "forge": ("recipe",),
}
_PARTS_OF_KEY: dict[str, tuple[Target, ...]] = {"1": ("blueprint",), "2": ("entity", "relation"), "3": ("recipe",)}
_WORDS: dict[Target, tuple[str, str]] = {
    "blueprint": ("blueprint", "blueprints"),
    "entity": ("entry", "entries"),
    "relation": ("relation", "relations"),
    "recipe": ("prompt", "prompts"),
}
_NAMES = {"1": "Project Foundry", "2": "World Bible", "3": "Prompt Forge"}


class ReviewPanel(Panel):
    """Hidden until an answer is reviewed. `opened` and `closed` let the window make room for it."""

    title: ClassVar[str] = "Save from this answer"
    icon: ClassVar[str] = "check-check"
    opened = Signal()
    closed = Signal()
    saved = Signal(object)

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.draft: Draft | None = None
        self._current: Item | None = None
        self._saving = False
        self._reading: object | None = None
        self._save_when_read = False
        self._looking = self._look_again = False
        self._soon = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._soon.timeout.connect(lambda: self.look_ahead())
        column = vbox(self, margins=(16, 10, 16, 12), gap=8)
        column.addLayout(self._build_head())
        self._note = Banner()
        column.addWidget(self._note)
        self.list, self.form = CandidateList(ctx.kinds), CandidateForm(ctx.kinds)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.form)
        self._splitter.setSizes([370, 420])
        column.addWidget(self._splitter, 1)
        self._empty = EmptyState("", icon="check-check")
        self._empty.hide()
        column.addWidget(self._empty, 1)
        column.addLayout(self._build_foot())
        self.list.picked.connect(self._show_key)
        self.list.ticked.connect(self._draft_changed)
        self.form.changed.connect(self._draft_changed)
        self.form.quote.connect(self._show_quote)
        self.follow(ctx.theme.changed, self.list.refresh)
        self.follow(ctx.hub.review, self.open_message)
        self.follow(ctx.hub.review_text, self.open_text)
        self.follow(ctx.hub.answer_ready, self._read_ahead)
        self.hide()

    def _build_head(self):
        row = hbox(gap=8)
        self._title = label(self.title, "h3")
        row.addWidget(self._title)
        self._misfit, self._check = Badge("", "danger"), Badge("", "warn")
        for badge in (self._misfit, self._check):
            badge.hide()
            row.addWidget(badge)
        row.addStretch(1)
        self._reader = MenuButton(
            "", fill=self._fill_readers, variant="ghost", compact=True, name="Read by", tip="Read the answer again"
        )
        row.addWidget(self._reader)
        return row

    def _build_foot(self):
        row = hbox(gap=8)
        self._hint = label("", "caption", wrap=True)
        row.addWidget(self._hint, 1)
        row.addWidget(Button("Dismiss", self.dismiss, key="Esc"))
        self.save_button = Button("Save", self.save, variant="primary", key="Ctrl+Enter")
        row.addWidget(self.save_button)
        return row

    def commands(self) -> list[Command]:
        """Keys that work in the panel, and the three ticks of the whole window."""

        def has_draft() -> bool:
            return self.draft is not None

        def is_open() -> bool:
            return self.draft is not None or self._reading is not None

        local = [
            Command("review.save", "Save what is ticked", self.save, "Edit", "Ctrl+Return", enabled=is_open,
                    help="Saves everything that is ticked in the review, in one change.", icon="check"),
            Command("review.dismiss", "Dismiss the review", self.dismiss, "Edit", "Esc", enabled=is_open,
                    help="Closes the review; nothing is saved, and Ctrl+S opens it again.", scope=self),
            Command("review.next", "Next field to check", self.next_flagged, "Edit", "F8", enabled=has_draft,
                    help="Goes to what doesn't fit the world, then to the next value that is less than 60 % sure."),
            Command("review.quote", "Show the quote in the answer", self.show_current_quote, "Edit", "F9",
                    enabled=has_draft, help="Highlights the words in the answer that support the field."),
        ]  # fmt: skip
        ticks = [
            Command(f"review.tick{n}", f"Tick or untick {_NAMES[n]}", lambda n=n: self._flip(n), "Edit", f"Alt+{n}",
                    enabled=has_draft, help=f"Takes {_NAMES[n]} into the save, or leaves it out.")
            for n in _PARTS_OF_KEY
        ]  # fmt: skip
        return local + ticks

    # ---- opening ---------------------------------------------------------------------------------------------------

    @ui_task
    async def _read_ahead(self, message_id: str) -> None:
        """Read an answer as soon as it ends, so that the review is there when it is asked for."""
        await extract_message(self.ctx.workspace, message_id)  # pyright: ignore[reportArgumentType]

    @latest_task
    async def open_text(self, text: str, part: str = "") -> None:
        """Review a pasted or dropped text: it is kept as a message first, so that every value has a source."""
        first = next((line.strip("# ").strip() for line in text.splitlines() if line.strip()), "Pasted text")
        message = await self.ctx.workspace.run(add_pasted, text, title=first[:60])
        await self._open(message.id, part)

    @latest_task
    async def open_message(self, message_id: str, part: str = "") -> None:
        """Review the answer in this message."""
        await self._open(message_id, part)

    async def _open(self, message_id: str, part: str) -> None:
        draft = await self._read(message_id)
        if self.isHidden():
            return  # dismissed meanwhile
        for target in PARTS[""]:
            if target not in PARTS.get(part, PARTS[""]):
                draft.tick_target(target, accepted=False)
        self.show_draft(draft)
        if self._save_when_read:
            self.save()

    async def _read(self, message_id: str) -> Draft:
        """The draft of a message. Who presses Ctrl+Enter before it is there has it saved as soon as it is."""
        self._reading, self._save_when_read = (reading := object()), False
        self.save_button.setEnabled(False)
        self._hint.setText("Reading the answer…")
        self.show()
        self.opened.emit()
        try:
            artifact = await extract_message(self.ctx.workspace, message_id)  # pyright: ignore[reportArgumentType]
            return Draft(await self.ctx.workspace.run(sheet, artifact.id), self.ctx.kinds.spec)
        finally:
            if self._reading is reading:
                self._reading = None

    def show_draft(self, draft: Draft) -> None:
        """Show a draft and go to its first doubtful value, or to Save where there is none."""
        self.draft = draft
        self._soon.start()
        self.list.show_draft(draft)
        found = bool(draft.items)
        self._splitter.setVisible(found)
        self._empty.setVisible(not found)
        self._empty.sentence.setText("Nothing to save was found in this answer. Ask for names, places or a pitch.")
        self._say_reader(draft)
        self._refresh_counts()
        self.ctx.commands.refresh()
        if not found:
            return
        flagged = draft.flagged()
        if flagged:
            self._go_to(*flagged[0])
        else:
            self.list.select(draft.items[0].key)
            self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ctx.announce(f"{self._summary()}. {len(flagged)} to check.")

    # ---- who reads ------------------------------------------------------------------------------------------------

    def _say_reader(self, draft: Draft) -> None:
        artifact = draft.sheet.artifact
        self._reader.setAccessibleName(f"Read by {artifact.model or 'the built-in rules'}")
        self._reader.setToolTip(f"{self._reader.accessibleName()}. Read the answer again…")
        self._say_reader_briefly()
        self._note.say(" ".join(artifact.warnings), "warn")

    def _say_reader_briefly(self) -> None:
        """Whole sentences, or where the panel is narrow only what tells things apart."""
        self._title.setText(self.title if self.width() >= look.px(TIGHT) else "Save")
        words = self._reader.accessibleName()
        if self.width() < look.px(WIDE):
            words = words.removeprefix("Read by ").removeprefix("the ").split("/")[-1][:18]
        self._reader.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.draft is not None:
            self._say_reader_briefly()

    def _fill_readers(self, menu: QMenu) -> None:
        """The models that could read the answer again, and the rules that need none."""
        gateway = self.ctx.gateway
        choices = gateway.models.available() if gateway is not None else ()
        menu.addAction("Read again with the built-in rules").triggered.connect(lambda: self.read_again(""))
        for choice in choices:
            line = menu.addAction(f"Read again with {choice.label}")
            line.triggered.connect(lambda _on=False, model=choice.id: self.read_again(model))
        if not choices:
            menu.addAction("Connect a model…").triggered.connect(lambda: self.ctx.shell.open_settings("models"))

    @latest_task
    async def read_again(self, model: str) -> None:
        """Read the answer anew, by rules or by a model, and show what that found instead."""
        if self.draft is None:
            return
        message_id, reading = self.draft.sheet.message.id, asyncio.current_task()
        job = self.ctx.tasks.job("Reading the answer", lambda: reading is not None and reading.cancel())
        self._hint.setText("Reading the answer…")
        try:
            if model:
                artifact = await extract_with_model(self.ctx.workspace, self.ctx.gateway, message_id, model=model)
            else:
                artifact = await extract_message(self.ctx.workspace, message_id, again=True)
        except asyncio.CancelledError:
            job.finish("cancelled", "Stopped; the review is as it was.")
            self._refresh_counts()
            raise
        job.finish("done")
        self.show_draft(Draft(await self.ctx.workspace.run(sheet, artifact.id), self.ctx.kinds.spec))

    # ---- walking ---------------------------------------------------------------------------------------------------

    def _show_key(self, key: str) -> None:
        if self.draft is not None:
            self._current = next(i for i in self.draft.items if i.key == key)
            self.form.show_item(self._current)

    def _go_to(self, item: Item, row: object) -> None:
        self.list.select(item.key)
        self._show_key(item.key)
        if not self.form.focus_row(getattr(row, "name", "name")):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_flagged(self) -> None:
        """Go to the next thing that doesn't fit or is doubtful, round and round."""
        if self.draft is None or not (flagged := self.draft.worth_a_look()):
            return
        here = [n for n, (item, _) in enumerate(flagged) if item is self._current]
        focused = self.form.focusWidget()
        names = [getattr(row, "name", "name") for _, row in flagged]
        now = next((n for n in here if self.form.field_named(names[n]) is focused), here[-1] if here else -1)
        self._go_to(*flagged[(now + 1) % len(flagged)])

    def show_current_quote(self) -> None:
        """Highlight the words that support the field that has the focus."""
        if (span := self.form.current_span()) is not None:
            self._show_quote(span)

    def _show_quote(self, span: tuple[int, int]) -> None:
        if self.draft is not None:
            self.ctx.hub.quote.emit(self.draft.sheet.message.id, span)

    # ---- looking ahead ---------------------------------------------------------------------------------------------

    @ui_task
    async def look_ahead(self) -> None:
        """Ask what saving would break. The review may be used and saved meanwhile, and afterwards as well."""
        if self._looking:
            self._look_again = True
            return
        self._looking = self._look_again = True
        try:
            while self._look_again and self.draft is not None and self.draft.items:
                self._look_again = False
                await self._look(self.draft)
        finally:
            self._looking = False

    async def _look(self, draft: Draft) -> None:
        found = await self.ctx.findings.look_ahead(draft.sheet.artifact, draft.decisions())
        if draft is not self.draft:
            return
        before, now = draft.clash_count(), draft.note_clashes(found)
        self.list.refresh()
        self.form.show_clashes()
        self._refresh_counts()
        if now > before:
            self.ctx.announce(f"{now} of what is ticked {'does' if now == 1 else 'do'}n't fit the world.")

    # ---- ticking and saving ----------------------------------------------------------------------------------------

    def _flip(self, n: str) -> None:
        if self.draft is None:
            return
        items = [i for target in _PARTS_OF_KEY[n] for i in self.draft.of(target)]
        wanted = not all(i.accepted for i in items)
        for item in items:
            item.accepted = wanted
        self._draft_changed()

    def _draft_changed(self) -> None:
        self._soon.start()
        self.list.refresh()
        self._refresh_counts()

    def _summary(self) -> str:
        if self.draft is None:
            return ""
        counts = [(_WORDS[t], sum(i.accepted for i in self.draft.of(t))) for t in PARTS[""]]
        return " · ".join(f"{n} {one if n == 1 else many}" for (one, many), n in counts if n)

    def _refresh_counts(self) -> None:
        count = self.draft.accepted_count() if self.draft else 0
        flagged = len(self.draft.flagged()) if self.draft else 0
        self._check.setVisible(flagged > 0)
        self._check.set(f"{flagged} to check", "warn")
        clashes = self.draft.clash_count() if self.draft else 0
        self._misfit.setVisible(clashes > 0)
        self._misfit.set(f"{clashes} {'does' if clashes == 1 else 'do'}n't fit", "danger")
        self._hint.setText(self._summary())
        self.save_button.setText(
            f"Save all {count}" if self.draft and count == len(self.draft.items) else f"Save {count}"
        )
        self.save_button.setEnabled(count > 0 and not self._saving)

    @ui_task
    async def save(self) -> None:
        """Save what is ticked, in one change, and say so with Undo."""
        if self._reading is not None:
            self._save_when_read = True
            return
        if self.draft is None or self._saving or not self.draft.accepted_count():
            return
        draft, self._saving = self.draft, True
        self.save_button.setEnabled(False)
        try:
            changeset = await self.ctx.workspace.run(apply, draft.sheet.artifact.id, decisions=draft.decisions())
        finally:
            self._saving = False
            self._refresh_counts()
        self._done(draft, changeset)

    def _done(self, draft: Draft, changeset: Changeset) -> None:
        words = self._summary()
        self.ctx.shell.show_panel("chat")
        self.dismiss()
        self.ctx.toast(f"Saved {words}", undo=lambda: self.ctx.commands.run("edit.undo"))
        self.ctx.announce(f"Saved {words}")
        for item in draft.items:
            if item.target in ("blueprint", "recipe") and item.key in changeset.made:
                self.ctx.hub.selected.emit(changeset.made[item.key], item.target)
        self.saved.emit(changeset)

    def dismiss(self) -> None:
        """Close; the artifact stays, so that the review can be opened again."""
        if self.isAncestorOf(self.window().focusWidget() or self.window()):
            self.ctx.shell.show_panel("chat")  # before hiding, or Qt gives the focus to whatever comes next
        self.draft = self._current = None
        self._soon.stop()
        self._save_when_read = False
        self.hide()
        self.closed.emit()
        self.ctx.commands.refresh()
