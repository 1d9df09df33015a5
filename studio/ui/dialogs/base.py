"""The base of all dialogs: a title, a body, a row of buttons; opened and awaited, never run in a nested loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from studio.ui.kit.base import hbox, label, rule, vbox
from studio.ui.kit.buttons import Button, Variant
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QVBoxLayout


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


class Sheet(QDialog):
    """A modal sheet. Put widgets into `.body`; `buttons` adds the row at the foot."""

    def __init__(self, parent: QWidget | None, title: str, *, sentence: str = "", width: int = 460) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(min(look.px(width), 1100))
        self._column = vbox(self, margins=(24, 20, 24, 20), gap=12)
        self._column.addWidget(label(title, "h2", wrap=True))
        if sentence:
            text = label(sentence, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._column.addWidget(text)
        self.body: QVBoxLayout = vbox(gap=12)
        self._column.addLayout(self.body, 1)
        self.accept_button: Button | None = None

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

    async def ask(self) -> bool:
        """Open, wait, and say whether it was accepted."""
        return await awaited(self) == QDialog.DialogCode.Accepted
