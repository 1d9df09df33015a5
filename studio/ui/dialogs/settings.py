"""The settings dialog, made from `studio.settings`: every setting with its title, its sentence and its bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from studio.settings import PAGES, Settings, SettingsStore
from studio.ui.dialogs.base import Sheet
from studio.ui.dialogs.keys import KeysPage
from studio.ui.kit.base import hbox, label, named, style
from studio.ui.kit.buttons import Button
from studio.ui.kit.fields import CheckBox, ComboBox, DecimalBox, LineEdit, NumberBox
from studio.ui.kit.form import FormRow
from studio.ui.kit.surfaces import ScrollColumn
from studio.ui.theme import look
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic.fields import FieldInfo

    from studio.ui.commands import CommandRegistry

ICONS = {
    "appearance": "sun",
    "models": "cpu",
    "chat": "message-square",
    "search": "search",
    "budget": "wallet",
    "files": "hard-drive",
    "keys": "keyboard",
}


class SettingsDialog(Sheet):
    """Changes count at once; there is nothing to save or to cancel."""

    def __init__(
        self,
        parent: QWidget,
        store: SettingsStore,
        registry: CommandRegistry,
        *,
        models: Callable[[], QWidget] | None = None,
        choices: dict[str, list[tuple[str, str]]] | None = None,
        page: str = "",
    ) -> None:
        super().__init__(parent, "Settings", width=860, height=560)
        self._store = store
        self._choices = choices or {}
        row = hbox(gap=16)
        self.body.addLayout(row, 1)
        self.list = style(named(QListWidget(), "Settings pages"), boxed=False)
        self.list.setFixedWidth(min(look.px(210), 350))
        self.pages = QStackedWidget()
        self.pages.setMinimumSize(min(look.px(420), 480), look.px(160))
        row.addWidget(self.list)
        row.addWidget(self.pages, 1)
        self._ids: list[str] = []
        for page_id, title in PAGES.items():
            special = {"keys": lambda: KeysPage(store, registry), "models": models}.get(page_id)
            self._add(page_id, title, special() if special is not None else self._page(page_id, title))
        self.list.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.list.setCurrentRow(self._ids.index(page) if page in self._ids else 0)
        self.buttons("Close", cancel="").setDefault(False)  # Enter in a field is no wish to leave
        self.list.setFocus()

    def _add(self, page_id: str, title: str, page: QWidget) -> None:
        item = QListWidgetItem(icon(ICONS.get(page_id, "settings"), "muted"), title)
        self.list.addItem(item)
        self.pages.addWidget(page)
        self._ids.append(page_id)

    def _page(self, page_id: str, title: str) -> QWidget:
        page = ScrollColumn(title, margins=(4, 0, 12, 12), gap=16)
        page.body.addWidget(label(title, "h3"))
        for name, info in Settings.model_fields.items():
            if page_of(info) == page_id:
                page.body.addWidget(self._row(name, info))
        reset = Button("Back to the defaults of this page", lambda: self._reset(page_id, title), variant="link")
        page.body.addWidget(reset, 0, Qt.AlignmentFlag.AlignLeft)
        return page

    def _row(self, name: str, info: FieldInfo) -> QWidget:
        value = getattr(self._store.value, name)
        title, sentence = info.title or name, info.description or ""
        save = lambda new: self._store.set(**{name: new})  # noqa: E731
        if isinstance(value, bool):
            return _tick(title, sentence, value, save)
        if known := self._choices.get(name):
            return FormRow(title, _choice(title, known, value, save), helper=sentence)
        return FormRow(title, _field(title, value, info, save), helper=sentence)

    def _reset(self, page_id: str, title: str) -> None:
        plain = Settings()
        names = [name for name, info in Settings.model_fields.items() if page_of(info) == page_id]
        self._store.set(**{name: getattr(plain, name) for name in names})
        index = self._ids.index(page_id)
        if (old := self.pages.widget(index)) is not None:
            self.pages.removeWidget(old)
            old.deleteLater()
        self.pages.insertWidget(index, self._page(page_id, title))
        self.pages.setCurrentIndex(index)


def page_of(info: FieldInfo) -> str:
    """The page of the dialog that a setting stands on."""
    extra = info.json_schema_extra
    return str(extra.get("page", "")) if isinstance(extra, dict) else ""


def unit_of(info: FieldInfo) -> str:
    """What stands behind a number."""
    return " %" if "percent" in (info.description or "").lower() else ""


def bounds(info: FieldInfo) -> tuple[float, float]:
    """The least and the most that a number may be."""
    least = next((m.ge for m in info.metadata if hasattr(m, "ge")), 0)
    most = next((m.le for m in info.metadata if hasattr(m, "le")), 1_000_000)
    return float(least), float(most)


def _tick(title: str, sentence: str, value: bool, save: Any) -> QWidget:
    host = QWidget()
    column = hbox(host)
    box = CheckBox(title, checked=value)
    box.setAccessibleDescription(sentence)
    box.toggled.connect(save)
    row = FormRow("", box, helper=sentence)
    row.label.hide()
    column.addWidget(row)
    return host


def _choice(title: str, known: list[tuple[str, str]], value: Any, save: Any) -> QWidget:
    choice = ComboBox(title, known)
    choice.set_value(value)
    choice.chosen.connect(save)
    return choice


def _field(title: str, value: Any, info: FieldInfo, save: Any) -> QWidget:
    least, most = bounds(info)
    if get_origin(info.annotation) is Literal:
        return _choice(title, [(str(word).capitalize(), word) for word in get_args(info.annotation)], value, save)
    if isinstance(value, float):
        number = DecimalBox(title, value, least=least, most=most, step=0.5)
        number.valueChanged.connect(save)
        return number
    if isinstance(value, int):
        whole = NumberBox(title, value, least=int(least), most=int(most), suffix=unit_of(info))
        whole.valueChanged.connect(save)
        return whole
    line = LineEdit(title, str(value))
    line.committed.connect(save)
    return line
