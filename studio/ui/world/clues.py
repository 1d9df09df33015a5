"""The secrets and clues on a session's sheet: written, ticked when they were given away, handed on to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from studio.domain.ids import RecordId
from studio.services import history
from studio.services.world import sessions
from studio.ui.entity_section import EntitySection
from studio.ui.kit import (
    Badge,
    Button,
    CheckBox,
    IconMenuButton,
    LineEdit,
    clear,
    hbox,
    label,
    vbox,
)
from studio.ui.tasks import latest_task, ui_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from studio.domain.world import Entity
    from studio.services.world.sessions import ClueRow
    from studio.ui.context import StudioContext

AUDIENCES = (("Only the game master", "gm"), ("The party", "party"), ("Everybody", "public"))


class ClueLine(QWidget):
    """One clue: a box that says it was given away here, where it came from, and what can be done with it."""

    def __init__(self, section: CluesSection, row: ClueRow) -> None:
        super().__init__()
        self.section = section
        line = hbox(self, gap=6)
        words = vbox(gap=0)
        self.box = CheckBox("", name="")
        self.note = label("", "caption", wrap=True)
        self.text = label("", wrap=True)
        self.badge = Badge()
        words.addWidget(self.text)
        words.addWidget(self.note)
        self.more = IconMenuButton(fill=self._fill, name="More for this clue")
        line.addWidget(self.box)
        line.addLayout(words, 1)
        line.addWidget(self.badge)
        line.addWidget(self.more)
        self.box.toggled.connect(lambda on: section.deliver(self.row.clue.id, here=on))
        self.show_row(row)

    def show_row(self, row: ClueRow) -> None:
        """Show a clue as it stands; the focus stays."""
        self.row = row
        was = self.box.blockSignals(True)
        self.box.setChecked(row.place == "here")
        self.box.blockSignals(was)
        self.box.setAccessibleName(f"Given away in this session: {row.clue.text}")
        self.box.setToolTip("Given away in this session")
        editable = self.section.ctx.lens.value.is_gm
        self.box.setEnabled(editable)
        self.more.setVisible(editable)
        self.more.setAccessibleName(f"More for the clue {row.clue.text[:40]}")
        self.text.setText(row.clue.text)
        parts = [f"About {row.about}" if row.about else "", f"Since {row.since}" if row.since else ""]
        self.note.setText(" · ".join(part for part in parts if part))
        self.note.setVisible(bool(self.note.text()))
        elsewhere = row.place == "elsewhere"
        self.badge.set(
            f"in {row.delivered}" if elsewhere and row.delivered else "given away" if elsewhere else "", "ok"
        )
        self.badge.setVisible(elsewhere)

    def _fill(self, menu: QMenu) -> None:
        clue = self.row.clue
        acts: list[tuple[str, Callable[[], object]]] = [("Edit…", lambda: self.section.edit(clue.id, clue.text))]
        if self.row.place:
            acts.append(("Not given away after all", lambda: self.section.take_it_back(clue.id)))
        for words, call in acts:
            menu.addAction(words).triggered.connect(lambda *_, call=call: call())
        shown = menu.addMenu("Open to")
        for words, audience in AUDIENCES:
            action = shown.addAction(words)
            action.setCheckable(True)
            action.setChecked(clue.visibility == audience)
            action.triggered.connect(lambda *_, audience=audience: self.section.open_to(clue.id, audience))
        menu.addSeparator()
        menu.addAction("Remove").triggered.connect(lambda *_: self.section.remove(clue.id))


class CluesSection(EntitySection):
    """The clues of the session that is shown; other kinds have none."""

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__("Secrets and clues", ctx, parent)
        self._owner = RecordId("")
        self.lines: list[ClueLine] = []
        self.list = vbox(gap=6)
        self.body.addLayout(self.list)
        self.line = LineEdit("Add a secret or clue", placeholder="Add a secret or clue: what could be learned?")
        self.line.returnPressed.connect(lambda: self.add())
        self.body.addWidget(self.line)
        self.over = Button("Take over what is still open", lambda: self.take_over(), variant="link", compact=True)
        self.body.addWidget(self.over)

    def show_entity(self, entity: Entity) -> None:
        """Follow an entity."""
        super().show_entity(entity)
        self._owner = entity.id
        is_session = entity.kind == sessions.SESSION
        self.setVisible(is_session)
        if is_session:
            editable = self.ctx.lens.value.is_gm and entity.deleted_at is None
            self.line.setVisible(editable)
            self.over.setVisible(editable)
            self.load()

    @latest_task
    async def load(self) -> None:
        """Read the sheet."""
        rows = await self.ctx.workspace.run(sessions.sheet, self._owner, self.ctx.lens.value)
        self.set_count(len(rows))
        if [line.row.clue.id for line in self.lines] == [row.clue.id for row in rows]:
            for line, row in zip(self.lines, rows, strict=True):
                line.show_row(row)
            return
        clear(self.list)
        self.lines = [ClueLine(self, row) for row in rows]
        for line in self.lines:
            self.list.addWidget(line)

    # ---- what a user does --------------------------------------------------------------------------------------------

    @ui_task
    async def add(self) -> None:
        """Write down what was typed."""
        if text := self.line.text().strip():
            self.line.set_text("")
            await self.ctx.workspace.run(sessions.add_clue, self._owner, text)

    @ui_task
    async def deliver(self, clue_id: RecordId, *, here: bool) -> None:
        """A clue was given away in this session, or wasn't after all."""
        await self.ctx.workspace.run(sessions.deliver, clue_id, self._owner if here else None)

    @ui_task
    async def take_it_back(self, clue_id: RecordId) -> None:
        """A clue is still to be given away."""
        await self.ctx.workspace.run(sessions.deliver, clue_id, None)

    @ui_task
    async def edit(self, clue_id: RecordId, text: str) -> None:
        """Change a clue's words."""
        run = self.ctx.workspace.run
        await self.ctx.shell.ask_text(
            "Edit the clue", label="What could be learned", text=text,
            act=lambda words: run(sessions.update_clue, clue_id, {"text": words}),
        )  # fmt: skip

    @ui_task
    async def open_to(self, clue_id: RecordId, audience: str) -> None:
        """Say who sees a clue."""
        await self.ctx.workspace.run(sessions.update_clue, clue_id, {"visibility": audience})

    @ui_task
    async def remove(self, clue_id: RecordId) -> None:
        """Take a clue away."""
        await self.ctx.workspace.run(sessions.remove_clue, clue_id)
        self.ctx.toast("Removed the clue.", self.take_back)

    @ui_task
    async def take_over(self) -> None:
        """Put the clues of other sessions that are still open on this sheet too."""
        count = await self.ctx.workspace.run(sessions.take_over, self._owner)
        words = "a clue" if count == 1 else f"{count} clues"
        said = f"Took {words} over." if count else "No other session has an open clue."
        self.ctx.toast(said, self.take_back if count else None)

    @ui_task
    async def take_back(self) -> None:
        """Undo, from a toast."""
        await self.ctx.workspace.run(history.undo)
