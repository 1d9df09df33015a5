"""The base of all dialogs: a title, a body, a row of buttons; opened and awaited, never run in a nested loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QSizePolicy, QWidget
from shiboken6 import isValid

from studio.domain.errors import StudioError
from studio.ui.announce import announce
from studio.ui.kit.base import hbox, label, named, rule, style, vbox
from studio.ui.kit.buttons import Button, Variant
from studio.ui.kit.scroll import ScrollArea
from studio.ui.theme import look

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QLabel, QVBoxLayout

    Act = Callable[[], Awaitable[object]]

NARROW = 940
"""No sheet insists on more pixels than this across: the smallest window is 1024 wide."""


async def awaited(dialog: QDialog) -> int:
    """Open a dialog and wait for its end; it is deleted then. The rest of the application goes on."""
    import asyncio

    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    dialog.finished.connect(lambda code: None if future.done() else future.set_result(code))
    dialog.open()
    try:
        return await future
    finally:
        if isValid(dialog):
            dialog.hide()
            dialog.deleteLater()


def room_for(widget: QWidget) -> QSize:
    """What a window over this one may take up: its screen without the frame of a window."""
    return widget.screen().availableGeometry().size() - QSize(24, 48)


class _Content(QWidget):
    """Needs no more height than its lines do at its width, and tells the area around it when that changes."""

    def __init__(self, area: SheetBody) -> None:
        super().__init__()
        self._area = area
        self.column = vbox(self, gap=12)

    def minimumSizeHint(self) -> QSize:
        least = self.column.totalMinimumSize()
        return QSize(least.width(), 0) if self.column.hasHeightForWidth() else least

    def heightForWidth(self, width: int) -> int:
        return self.column.totalMinimumHeightForWidth(width)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._area.updateGeometry()
        return done


class SheetBody(ScrollArea):
    """What a sheet holds: as large as its content wants to be, and scrolled where the screen is smaller."""

    def __init__(self, name: str) -> None:
        super().__init__()
        style(named(self, name), sheetBody=True)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setAutoFillBackground(False)
        host = style(_Content(self), clear=True)
        self.column = host.column
        self.setWidget(host)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return self.column.totalSizeHint()

    def heightForWidth(self, width: int) -> int:
        if self.column.hasHeightForWidth():
            return self.column.totalHeightForWidth(width)
        return self.column.totalSizeHint().height()

    def minimumSizeHint(self) -> QSize:
        least = self.column.totalMinimumSize()
        return QSize(min(least.width(), NARROW - 48), min(least.height(), look.px(90)))


class Sheet(QDialog):
    """A modal sheet. Put widgets into `.body`; `buttons` adds the row at the foot.

    It opens as large as its content wants, at least `width` by `height` at 100 %, and never larger than the screen:
    the body scrolls then, and the buttons stay in sight.
    """

    def __init__(
        self, parent: QWidget | None, title: str, *, sentence: str = "", width: int = 460, height: int = 0
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(min(look.px(width), NARROW, room_for(self).width()))
        self._preferred = QSize(look.px(width), look.px(height))
        self._needed = QSize()
        self._column = vbox(self, margins=(24, 20, 24, 20), gap=12)
        self._column.addWidget(label(title, "h2", wrap=True))
        self._scroll = SheetBody(title)
        self.body: QVBoxLayout = self._scroll.column
        if sentence:
            text = label(sentence, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(text)
        self._column.addWidget(self._scroll, 1)
        self.accept_button: Button | None = None
        self._act: Act | None = None
        self._acting: asyncio.Task[None] | None = None
        self._error: BaseException | None = None
        self._refusal: QLabel | None = None

    def fit(self) -> None:
        """As large as its content wants, where the screen has room for that."""
        room = room_for(self)
        width = min(max(self._preferred.width(), self.minimumWidth(), self.width() * self.isVisible()), room.width())
        self._scroll.column.activate()
        self._column.invalidate()
        self._needed = QSize(width, self._column.totalHeightForWidth(width))
        self.resize(width, min(max(self._preferred.height(), self._needed.height()), room.height()))

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.fit()  # only now does everything in it have its font
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return done

    def _grow(self) -> None:
        """Make room for what has come, such as a sentence under a field; whoever made it smaller by hand is heard."""
        before, self._needed = self._needed, QSize(self.width(), self._column.totalHeightForWidth(self.width()))
        more = self._needed.height() - before.height()
        if before.width() == self.width() and more > 0:
            self.resize(self.width(), min(self.height() + more, room_for(self).height()))

    def buttons(
        self,
        action: str,
        *,
        variant: Variant = "primary",
        cancel: str = "Cancel",
        on_action: Callable[[], object] | None = None,
    ) -> Button:
        """The row of buttons: the action on the right, Enter runs it."""
        row = hbox(gap=8)
        row.addStretch(1)
        if cancel:
            row.addWidget(Button(cancel, self.reject, key="Esc"))
        self.accept_button = Button(action, on_action or self.accept, variant=variant)
        self.accept_button.setDefault(variant == "primary")
        row.addWidget(self.accept_button)
        self._column.addSpacing(4)
        self._column.addLayout(row)
        return self.accept_button

    def line(self) -> None:
        """A hairline in the body."""
        self.body.addWidget(rule())

    async def ask(self, act: Act | None = None) -> bool:
        """Open, wait, and say whether it was accepted.

        `act` is done before it closes: where it is refused, the sentence stands in the sheet and what was typed stays.
        """
        self._act = act
        accepted = await awaited(self) == QDialog.DialogCode.Accepted
        if self._error is not None:
            raise self._error
        return accepted

    def accept(self) -> None:
        import asyncio

        if self._act is None:
            super().accept()
        elif not self._is_acting:
            self._acting = asyncio.ensure_future(self._try(self._act))

    def reject(self) -> None:
        if not self._is_acting:
            super().reject()

    @property
    def _is_acting(self) -> bool:
        return self._acting is not None and not self._acting.done()

    async def _try(self, act: Act) -> None:
        """Do what the sheet is for, once, however often Enter is pressed."""
        self._refuse("")
        try:
            await act()
        except StudioError as refused:
            if isValid(self):
                self._refuse(str(refused))
            return
        except Exception as error:  # noqa: BLE001  (whoever opened the sheet gets it)
            self._error = error
        if isValid(self):
            super().done(QDialog.DialogCode.Rejected if self._error else QDialog.DialogCode.Accepted)

    def _refuse(self, sentence: str) -> None:
        """Say above the buttons why it can't be so."""
        if self._refusal is None:
            self._refusal = label("", "danger", wrap=True)
            self._column.insertWidget(self._column.count() - 2, self._refusal)
        self._refusal.setText(sentence)
        self._refusal.setVisible(bool(sentence))
        announce(self, sentence, urgent=True)
