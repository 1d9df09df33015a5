"""The page of models and keys: what is connected, what runs on this machine, how to add one, where keys are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QWidget

from studio.services.llm.connections import Connection
from studio.ui.dialogs.keystore import KeyStorePage
from studio.ui.kit.base import clear, hbox, label, rule
from studio.ui.kit.buttons import Button, IconMenuButton
from studio.ui.kit.fields import ComboBox, LineEdit
from studio.ui.kit.form import FormRow
from studio.ui.kit.surfaces import Badge, Card, ScrollColumn
from studio.ui.tasks import Tasks, latest_task, ui_task

if TYPE_CHECKING:
    from studio.services.llm.catalog import ProviderSpec
    from studio.services.llm.desk import ModelDesk
    from studio.services.llm.setup import Tested
    from studio.settings import SettingsStore


class ModelsPage(ScrollColumn):
    """`changed` fires when the models that can be called are others than before."""

    changed = Signal()

    def __init__(self, desk: ModelDesk, settings: SettingsStore, tasks: Tasks) -> None:
        super().__init__("Models and keys", margins=(4, 0, 12, 12), gap=12)
        self.desk = desk
        self.tasks = tasks
        self.body.addWidget(label("Models and keys", "h3"))
        text = "Connect a model server on this machine, or a provider with a key. Everything but answers works without."
        self.body.addWidget(label(text, "muted", wrap=True))
        self._list = Card(margins=(12, 8, 8, 8), gap=4)
        self.body.addWidget(self._list)
        self._local_title = label("Found on this machine", "overline")
        self._local = Card(margins=(12, 8, 8, 8), gap=4)
        self.body.addWidget(self._local_title)
        self.body.addWidget(self._local)
        self.body.addWidget(rule())
        self.form = AddConnection(self)
        self.body.addWidget(self.form)
        self.body.addWidget(rule())
        self.store = KeyStorePage(desk, settings, tasks)
        self.body.addWidget(self.store)
        self.fill()
        self.detect()

    def fill(self) -> None:
        """Show the connections."""
        clear(self._list.body)
        for connection in self.desk.connections:
            self._list.body.addWidget(ConnectionRow(connection, self))
        if not self.desk.connections:
            self._list.body.addWidget(label("No model is connected yet.", "muted"))

    @latest_task
    async def detect(self) -> None:
        """Look for model servers on this machine."""
        self._local_title.hide()
        self._local.hide()
        found = await self.desk.detect()
        clear(self._local.body)
        for connection in found:
            row = hbox()
            row.addWidget(label(connection.name, "strong"))
            row.addWidget(Badge("Running", "ok"))
            row.addWidget(label(_count(connection), "caption"), 1)
            row.addWidget(Button("Add", lambda c=connection: self.add(c), compact=True, name=f"Add {connection.name}"))
            self._local.body.addLayout(row)
        self._local_title.setVisible(bool(found))
        self._local.setVisible(bool(found))

    @ui_task
    async def add(self, connection: Connection, key: str = "") -> None:
        """Keep a connection."""
        await self.desk.save(connection, key=key)
        self.fill()
        self.detect()
        self.changed.emit()

    @ui_task
    async def remove(self, name: str) -> None:
        """Forget a connection and its key."""
        await self.desk.remove(name)
        self.fill()
        self.changed.emit()


class ConnectionRow(QWidget):
    """One connection: its name, its models, a test."""

    def __init__(self, connection: Connection, page: ModelsPage) -> None:
        super().__init__()
        self._connection, self._page = connection, page
        row = hbox(self)
        row.addWidget(label(connection.name, "strong"))
        self._state = label(_count(connection), "caption", wrap=True)
        row.addWidget(self._state, 1)
        row.addWidget(Button("Test", self._test, compact=True, name=f"Test {connection.name}"))
        name = connection.name
        items = [("Change the key or address…", self._edit), None, ("Remove", lambda: page.remove(name))]
        row.addWidget(IconMenuButton(items, name=f"More for {name}"))

    @property
    def tasks(self) -> Tasks:
        """Where the test runs."""
        return self._page.tasks

    @ui_task
    async def _test(self) -> None:
        self._state.setText("Trying…")
        tested = await self._page.desk.test(self._connection)
        self._state.setText(tested.sentence)
        if tested.ok and tested.models != self._connection.models:
            self._connection = self._connection.model_copy(update={"models": tested.models})
            await self._page.desk.save(self._connection)
            self._page.changed.emit()

    def _edit(self) -> None:
        self._page.form.edit(self._connection)


class AddConnection(QWidget):
    """Provider, address where it needs one, key; tried before it is kept."""

    def __init__(self, page: ModelsPage) -> None:
        super().__init__()
        self._page = page
        self._specs = {spec.id: spec for spec in page.desk.providers}
        from studio.ui.kit.base import vbox

        column = vbox(self, gap=10)
        column.addWidget(label("Add a connection", "overline"))
        self.provider = ComboBox("Provider", [(spec.label, spec.id) for spec in self._specs.values()])
        self.provider.chosen.connect(lambda _value: self._show_provider())
        column.addWidget(FormRow("Provider", self.provider))
        self.name = LineEdit("Name")
        self._name_row = FormRow("Name", self.name, helper="What you call this server.")
        column.addWidget(self._name_row)
        self.url = LineEdit("Address", placeholder="http://127.0.0.1:8000/v1")
        self._url_row = FormRow("Address", self.url, helper="The base URL; it often ends in /v1.")
        column.addWidget(self._url_row)
        self.key = LineEdit("Key", placeholder="Paste the key")
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self._key_row = FormRow("Key", self.key)
        column.addWidget(self._key_row)
        row = hbox()
        self.save = Button("Try and add", self._try, variant="primary")
        self._get = Button("Get a key…", self._open_key_page, variant="link")
        row.addWidget(self.save)
        row.addWidget(self._get)
        self.result = label("", wrap=True)
        row.addWidget(self.result, 1)
        column.addLayout(row)
        for field in (self.name, self.url, self.key):
            field.returnPressed.connect(lambda: self._try())
        self._show_provider()

    @property
    def tasks(self) -> Tasks:
        """Where the try runs."""
        return self._page.tasks

    def edit(self, connection: Connection) -> None:
        """Show a connection that is there, to change it."""
        self.provider.set_value(connection.provider)
        self._show_provider()
        self.name.set_text(connection.name)
        self.url.set_text(connection.base_url)
        target = self.key if self._key_row.isVisibleTo(self) else self.url
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def connection(self) -> Connection:
        """What is typed, as a connection. Raises Invalid where it can't be one."""
        from pydantic import ValidationError

        from studio.domain.errors import Invalid

        spec = self._spec()
        try:
            return Connection(
                name=self.name.text().strip() or spec.label, provider=spec.id, base_url=self.url.text().strip()
            )
        except ValidationError as error:
            raise Invalid("The name can't be used.", hint="Leave out slashes and colons.") from error

    @ui_task
    async def _try(self) -> None:
        """Ask the server for its models; only what answers is kept."""
        connection, key = self.connection(), self.key.text().strip()
        self._say("Trying…")
        self.save.setEnabled(False)
        try:
            tested = await self._page.desk.test(connection, key=key)
            if tested.ok:
                await self._page.desk.save(connection.model_copy(update={"models": tested.models}), key=key)
        except Exception:
            self._say("")
            raise
        finally:
            self.save.setEnabled(True)
        self._done(tested)

    def _done(self, tested: Tested) -> None:
        self._say(tested.sentence, "ok" if tested.ok else "danger")
        if tested.ok:
            self.key.clear()
            self._page.fill()
            self._page.changed.emit()

    def _spec(self) -> ProviderSpec:
        return self._specs[str(self.provider.value())]

    def _show_provider(self) -> None:
        spec = self._spec()
        free = spec.id == "openai_compat"
        self._name_row.setVisible(free)
        self._url_row.setVisible(free or spec.local)
        self._key_row.setVisible(spec.needs_key or free)
        self._get.setVisible(bool(spec.key_url))
        self.name.set_text("" if free else spec.label)
        self.url.set_text("")
        self.url.setPlaceholderText(spec.list_url or "http://127.0.0.1:8000/v1")
        self._say("")

    def _open_key_page(self) -> None:
        QDesktopServices.openUrl(QUrl(self._spec().key_url))

    def _say(self, sentence: str, tone: str = "muted") -> None:
        self.result.setText(sentence)
        self.result.setProperty("role", tone)
        self.result.style().unpolish(self.result)
        self.result.style().polish(self.result)
        if sentence:  # what was wrong may stand below what shows
            QTimer.singleShot(0, self, lambda: self._page.ensureWidgetVisible(self.result))


def _count(connection: Connection) -> str:
    models = len(connection.models)
    return "all models that are known" if not models else "1 model" if models == 1 else f"{models} models"
