"""The editor of kinds: every kind of the project in a list, and beside it the one that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from studio.domain.errors import StudioError
from studio.services import history
from studio.services.world import kind_editing, kinds
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import Button, ComboBox, FormRow, LineEdit, hbox, label, named, style, vbox
from studio.ui.tasks import ui_task
from studio.ui.theme import look
from studio.ui.theme.icons import kind_icon
from studio.ui.world.kind_form import KindForm

if TYPE_CHECKING:
    from studio.services.world.kinds import KindRow
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Tasks

_NAME = Qt.ItemDataRole.UserRole


class KindsEditor(Sheet):
    """Every change is stored at once, as one step that can be undone."""

    def __init__(self, parent: QWidget | None, ctx: StudioContext, kind: str = "") -> None:
        words = "Fields that you add to a kind show on its entries. Kinds of your own stand beside those that ship."
        super().__init__(parent, "Kinds and fields", sentence=words, width=860, height=680)
        self.ctx = ctx
        self._wanted = kind
        self._rows: dict[str, KindRow] = {}
        row = hbox(gap=16)
        row.addLayout(self._left())
        column = vbox(gap=4)
        column.addLayout(self._title())
        self.form = KindForm(ctx)
        self.form.changed.connect(lambda changes: self.store(changes))
        column.addWidget(self.form, 1)
        row.addLayout(column, 1)
        self.body.addLayout(row, 1)
        self.buttons("Done", cancel="")
        QShortcut(QKeySequence.StandardKey.Undo, self, lambda: self.undo())
        self.load()

    @property
    def tasks(self) -> Tasks:
        """Where `@ui_task` methods run."""
        return self.ctx.tasks

    def _left(self) -> Any:
        column = vbox(gap=6)
        self.list = named(QListWidget(), "Kinds")
        self.list.setIconSize(QSize(look.px(16), look.px(16)))
        self.list.setMinimumWidth(min(look.px(210), 300))
        self.list.setMaximumWidth(min(look.px(280), 380))
        self.list.currentItemChanged.connect(lambda *_: self._show())
        column.addWidget(self.list, 1)
        self.new = LineEdit("Name of a new kind", placeholder="New kind: Sky ship")
        self.new.returnPressed.connect(lambda: self.add())
        self.add_button = Button("Add kind", lambda: self.add(), icon="plus", compact=True)
        column.addWidget(self.new)
        column.addWidget(self.add_button)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, lambda: self.remove(), context=_HERE)
        QShortcut(QKeySequence(Qt.Key.Key_F2), self.list, self._focus_name, context=_HERE)
        return column

    def _title(self) -> Any:
        row = hbox(margins=(12, 0, 10, 0), gap=8)
        self.name = LineEdit("Name of the kind", placeholder="Name")
        style(self.name, plain=True)
        self.name.setStyleSheet(f"QLineEdit {{ font-size: {look.px(17)}px; font-weight: 600; }}")
        self.name.committed.connect(lambda text: self.rename(text))
        self.count = label("", "caption")
        self.remove_button = Button("Remove…", lambda: self.remove(), icon="trash-2", variant="ghost", compact=True)
        row.addWidget(self.name, 1)
        row.addWidget(self.count)
        row.addWidget(self.remove_button)
        return row

    def _focus_name(self) -> None:
        self.name.setFocus()
        self.name.selectAll()

    # ---- showing -----------------------------------------------------------------------------------------------------

    @ui_task
    async def load(self) -> None:
        """Read the kinds."""
        await self._load()

    async def _load(self) -> None:
        rows = await self.ctx.workspace.run(kinds.overview)
        self.ctx.kinds.set_specs([row.spec for row in rows])
        self._rows = {row.spec.name: row for row in rows}
        chosen = self._wanted or self.chosen() or rows[0].spec.name
        self._wanted = ""
        was = self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            self.list.addItem(self._item(row))
        names = [row.spec.name for row in rows]
        self.list.setCurrentRow(names.index(chosen) if chosen in names else 0)
        self.list.blockSignals(was)
        self._show()

    def _item(self, row: KindRow) -> QListWidgetItem:
        own = len(row.spec.fields) if not row.shipped else len(row.spec.fields) - len(_shipped(row))
        more = f"  +{own}" if row.shipped and own else ""
        item = QListWidgetItem(kind_icon(row.spec.name), f"{row.spec.label}{more}")
        item.setData(_NAME, row.spec.name)
        said = [row.spec.label, "ships with the app" if row.shipped else "your own", _entries(row.entities)]
        said += [f"{own} fields of your own"] if own else []
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(said))
        return item

    def chosen(self) -> str:
        """The kind that is chosen."""
        item = self.list.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def _show(self) -> None:
        row = self._rows.get(self.chosen())
        if row is None:
            return
        self.name.set_text(row.spec.label)
        self.count.setText(_entries(row.entities))
        self.remove_button.setText("Remove my changes" if row.shipped else "Remove…")
        self.remove_button.setEnabled(bool(row.id))
        self.form.show_row(row)

    # ---- editing -----------------------------------------------------------------------------------------------------

    async def _do(self, verb: Any, *args: Any, **named_args: Any) -> Any:
        """Run a verb; what it refuses is said where one looks, and the form shows again what is stored."""
        sentence, made = "", None
        try:
            made = await self.ctx.workspace.run(verb, *args, **named_args)
        except StudioError as error:
            sentence = str(error)
        await self._load()
        self.form.say(sentence)
        return made

    @ui_task
    async def store(self, changes: Any) -> None:
        """Store what was changed about the chosen kind."""
        await self._do(kind_editing.extend, self.form.kind, changes)

    @ui_task
    async def add(self) -> None:
        """Bring a kind with the name that is typed."""
        typed = self.new.text().strip()
        if not typed:
            self.new.setFocus()
            return
        self._wanted = kind_editing.name_for(typed)
        if await self._do(kind_editing.add_kind, typed) is not None:
            self.new.set_text("")
            self.form.new.setFocus()

    @ui_task
    async def rename(self, text: str) -> None:
        """Call the chosen kind otherwise."""
        row = self._rows.get(self.chosen())
        if row is None or not text.strip() or text.strip() == row.spec.label:
            self._show()
        elif not row.id:
            await self._do(kind_editing.extend, row.spec.name, {"label": text.strip()})
        else:
            made = await self.ctx.workspace.run(kind_editing.rename_kind, row.id, text)
            self._wanted = made.name
            await self._load()

    @ui_task
    async def remove(self) -> None:
        """Take the chosen kind away; asks what its entries become where there are any."""
        row = self._rows.get(self.chosen())
        if row is None or not row.id:
            return
        target = ""
        if row.entities and not row.shipped:
            question = ConvertQuestion(self, row, self.ctx)
            if not await question.ask():
                return
            target = str(question.kind.value())
        await self._do(kind_editing.remove_kind, row.id, convert_to=target)
        self.list.setFocus()

    @ui_task
    async def undo(self) -> None:
        """Take the last change back."""
        await self._do(history.undo)


class ConvertQuestion(Sheet):
    """What the entries of a kind become when it goes."""

    def __init__(self, parent: QWidget, row: KindRow, ctx: StudioContext) -> None:
        said = f"{_entries(row.entities)} of this kind would be without it. They keep their fields and become:"
        super().__init__(parent, f"Remove the kind “{row.spec.label}”?", sentence=said)
        choices = [(words, name) for words, name in ctx.kinds.choices() if name != row.spec.name]
        self.kind = ComboBox("What they become", choices)
        self.kind.set_value("item")
        self.body.addWidget(FormRow("What they become", self.kind))
        self.buttons("Remove the kind", variant="danger")


_HERE = Qt.ShortcutContext.WidgetShortcut


def _entries(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"


def _shipped(row: KindRow) -> tuple[Any, ...]:
    from studio.domain.vocabulary import KINDS

    return KINDS[row.spec.name].fields
