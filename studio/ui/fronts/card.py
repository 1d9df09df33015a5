"""The card of one front: its name, what is at stake, portents to tick, clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy

from studio.services import history
from studio.services.world import fronts
from studio.ui.clocks import ClockRows
from studio.ui.kit import Badge, Button, Card, CheckBox, IconButton, LineEdit, clear, hbox, label, vbox
from studio.ui.tasks import ui_task

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from studio.domain.ids import RecordId
    from studio.services.world.fronts import FrontRow, Portent
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Tasks


class FrontCard(Card):
    """One front. A tick is a commit."""

    add_clock_wanted = Signal(str, str)

    def __init__(self, ctx: StudioContext, front_id: RecordId, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.ctx, self.front_id = ctx, front_id
        self._portents: tuple[Portent, ...] | None = None
        self._editable = True
        self.boxes: list[CheckBox] = []
        head = hbox(gap=8)
        self.name = Button("", self._open, variant="row", name="")
        self.state = Badge()
        head.addWidget(self.name, 1)
        self.clock_button = IconButton("clock", "Add a clock", self._ask_clock)
        head.addWidget(self.clock_button)
        self.body.addLayout(head)
        self.body.addWidget(self.state)
        self.stakes = label("", wrap=True)
        self.body.addWidget(self.stakes)
        self.list = vbox(gap=2)
        self.body.addLayout(self.list)
        self.line = LineEdit("Add a portent", placeholder="Add a portent: what is seen next?")
        self.line.returnPressed.connect(lambda: self.add_portent())
        self.body.addWidget(self.line)
        self.clocks = ClockRows(ctx)
        self.body.addWidget(self.clocks)

    @property
    def tasks(self) -> Tasks:
        """Where `@ui_task` methods run."""
        return self.ctx.tasks

    def show_front(self, row: FrontRow, *, editable: bool) -> None:
        """Show a front as it stands."""
        self.setAccessibleName(f"Front: {row.name}")
        self.name.setText(row.name)
        self.name.setAccessibleName(f"Open the front {row.name}")
        self.state.setText(row.state)
        self.state.setVisible(bool(row.state))
        words = row.stakes or row.summary
        self.stakes.setText(f"At stake: {row.stakes}" if row.stakes else words)
        self.stakes.setVisible(bool(words))
        self.line.setVisible(editable)
        self.clock_button.setVisible(editable)
        self.clocks.show_clocks(row.clocks)
        self._show_portents(row.portents, editable=editable)

    def _show_portents(self, portents: tuple[Portent, ...], *, editable: bool) -> None:
        """Boxes that stay keep their focus: only their ticks change."""
        same = self._portents is not None and [p.text for p in self._portents] == [p.text for p in portents]
        self._portents = portents
        if not same or editable != self._editable:
            self._editable = editable
            clear(self.list)
            self.boxes = [self._box(at, portent) for at, portent in enumerate(portents)]
        for box, portent in zip(self.boxes, portents, strict=True):
            was = box.blockSignals(True)
            box.setChecked(portent.done)
            box.blockSignals(was)

    def _box(self, at: int, portent: Portent) -> CheckBox:
        row = hbox(gap=4)
        box = CheckBox("", name=f"Portent: {portent.text}")
        box.setEnabled(self._editable)
        box.toggled.connect(lambda done: self.tick(at, done=done))
        row.addWidget(box)
        row.addWidget(_Words(portent.text, box), 1)
        if self._editable:
            row.addWidget(IconButton("x", f"Remove the portent {portent.text}", lambda: self.remove_portent(at)))
        self.list.addLayout(row)
        return box

    def _open(self) -> None:
        self.ctx.navigate(self.front_id, None, fronts.ARC)

    def _ask_clock(self) -> None:
        self.add_clock_wanted.emit(self.front_id, self.name.text())

    @ui_task
    async def tick(self, at: int, *, done: bool) -> None:
        """A portent was seen, or wasn't after all."""
        await self.ctx.workspace.run(fronts.tick_portent, self.front_id, at, done=done)

    @ui_task
    async def add_portent(self) -> None:
        """Write down what was typed."""
        if text := self.line.text().strip():
            self.line.set_text("")
            await self.ctx.workspace.run(fronts.add_portent, self.front_id, text)

    @ui_task
    async def remove_portent(self, at: int) -> None:
        """Take a portent away."""
        await self.ctx.workspace.run(fronts.remove_portent, self.front_id, at)
        self.ctx.toast("Removed the portent.", self.take_back)

    @ui_task
    async def take_back(self) -> None:
        """Undo, from a toast."""
        await self.ctx.workspace.run(history.undo)


class _Words(QLabel):
    """The words of a tick box on as many lines as they need; a click on them ticks."""

    def __init__(self, text: str, box: CheckBox) -> None:
        super().__init__(text)
        self._box = box
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(event.size().width()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._box.isEnabled():
            self._box.toggle()
        else:
            super().mouseReleaseEvent(event)
