"""Where keys are kept: an explicit choice, and the vault's passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

from studio.ui.kit.base import hbox, label, vbox
from studio.ui.kit.buttons import Button
from studio.ui.kit.fields import LineEdit
from studio.ui.tasks import Tasks, ui_task

if TYPE_CHECKING:
    from studio.services.llm.desk import ModelDesk
    from studio.settings import SettingsStore

PLACES = (
    ("keyring", "The system's keyring", "Keychain, Credential Manager or Secret Service; best where there is one."),
    ("session", "This session only", "Kept in memory and gone when the application closes."),
    (
        "vault",
        "A vault with a passphrase",
        "A sealed file in the settings folder; asks for its passphrase once a session.",
    ),
)


class KeyStorePage(QWidget):
    """Three places and what is true of each here."""

    def __init__(self, desk: ModelDesk, settings: SettingsStore, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._settings, self._tasks = desk, settings, tasks
        self._has_vault = False
        column = vbox(self, gap=6)
        column.addWidget(label("Where keys are kept", "overline"))
        self.group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        for place, words, sentence in PLACES:
            button = QRadioButton(words)
            button.setAccessibleDescription(sentence)
            button.setChecked(settings.value.key_store == place)
            button.clicked.connect(lambda _on, place=place: self._choose(place))
            self.group.addButton(button)
            self.buttons[place] = button
            column.addWidget(button)
            column.addWidget(label(sentence, "caption", wrap=True))
        row = hbox()
        self.passphrase = LineEdit("Passphrase", placeholder="Passphrase of the vault")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.open = Button("Open the vault", self.unlock)
        row.addWidget(self.passphrase, 1)
        row.addWidget(self.open)
        column.addLayout(row)
        self.state = label("", "muted", wrap=True)
        column.addWidget(self.state)
        self._show()
        self._look_around()

    @property
    def tasks(self) -> Tasks:
        """Where the vault is opened."""
        return self._tasks

    @ui_task
    async def _look_around(self) -> None:
        import asyncio

        works = await asyncio.to_thread(self._desk.keys.keyring_works)
        self._has_vault = await asyncio.to_thread(lambda: self._desk.keys.has_vault)
        self._show()
        self.buttons["keyring"].setEnabled(works)
        if not works:
            self.buttons["keyring"].setText("The system's keyring (there is none here)")
            if self._settings.value.key_store == "keyring":
                self.state.setText("This system has no keyring. Choose one of the other two before you add a key.")

    @ui_task
    async def unlock(self) -> None:
        """Open the vault, or make it with this passphrase."""
        import asyncio

        self.open.setEnabled(False)
        try:
            await asyncio.to_thread(self._desk.keys.unlock, self.passphrase.text())
        finally:
            self.open.setEnabled(True)
        self.passphrase.clear()
        self._show()

    def _choose(self, place: str) -> None:
        self._settings.set(key_store=place)
        self.state.setText("")
        self._show()

    def _show(self) -> None:
        vault = self._settings.value.key_store == "vault"
        locked = vault and not self._desk.keys.is_unlocked
        self.passphrase.setVisible(locked)
        self.open.setVisible(locked)
        self.open.setText("Open the vault" if self._has_vault else "Make the vault")
        if vault:
            self.state.setText("The vault is locked." if locked else "The vault is open until the application closes.")
