"""Other names of an entry: typed as chips, each with a sheet for what kind of name it is, for whom, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, Signal

from studio.domain.dates import written
from studio.domain.world import Alias
from studio.ui.almanac.field import DateField
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import Chip, ComboBox, FormRow, IconButton, LineEdit, TagEditor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from studio.ui.calendars import CalendarIndex

KINDS = (("Another name", "alias"), ("Title", "title"), ("Nickname", "nick"), ("Secret name", "secret"))
AUDIENCES = (("As the entry", ""), ("GM only", "gm"), ("Party", "party"), ("Public", "public"))
_WORDS = {"title": "title", "nick": "nickname", "secret": "secret"}
_FOR = {"gm": "GM only", "party": "party", "public": "public"}


def words_of(alias: Alias, calendars: CalendarIndex) -> str:
    """What one should know of an alias beside its name: `secret, until 812`."""
    said = [_WORDS.get(alias.kind, ""), _FOR.get(alias.visibility, "")]
    said += [f"{word} {written(value, calendars.value)}"
             for word, value in (("from", alias.valid_from), ("until", alias.valid_to)) if value]  # fmt: skip
    return ", ".join(part for part in said if part)


class AliasEditor(TagEditor):
    """Type a name and press Enter; the pencil on a chip opens the rest. `edited` fires with all aliases."""

    edited = Signal(list)

    def __init__(self, calendars: CalendarIndex) -> None:
        self._aliases: dict[str, Alias] = {}
        self._calendars = calendars
        super().__init__("Also called", placeholder="Add another name")
        self.changed.connect(lambda _names: self.edited.emit(self.aliases()))

    def aliases(self) -> list[Alias]:
        """The aliases as they stand."""
        return [self._aliases.get(name) or Alias(name=name) for name in self.tags()]

    def set_aliases(self, aliases: Iterable[Alias]) -> None:
        """Show aliases without firing `edited`."""
        wanted = {alias.name: alias for alias in aliases}
        if wanted == self._aliases and list(wanted) == self.tags():
            return
        self._aliases = wanted
        self._tags = []
        self.set_tags(wanted)

    def chip(self, tag: str) -> QWidget:
        """A name with what is known of it, and a way to change that."""
        said = words_of(self._aliases.get(tag) or Alias(name=tag), self._calendars)
        made = Chip(f"{tag} · {said}" if said else tag, on_remove=lambda: self.remove(tag))
        edit = IconButton("pencil", f"Edit {tag}", lambda: self.open_sheet(tag))
        row = cast("Any", made.layout())
        row.insertWidget(row.count() - 1, edit)
        return made

    def open_sheet(self, name: str) -> AliasSheet:
        """Ask for everything about one alias."""
        sheet = AliasSheet(self._aliases.get(name) or Alias(name=name), self._calendars, self.window())
        sheet.accepted.connect(lambda: self._take(name, sheet.value()))
        sheet.finished.connect(lambda _code: self.line.setFocus(Qt.FocusReason.OtherFocusReason))
        sheet.open()
        return sheet

    def _take(self, old: str, alias: Alias) -> None:
        if not alias.name:
            self.remove(old)
            return
        found = [
            alias if one.name == old else one for one in self.aliases() if one.name in (old,) or one.name != alias.name
        ]
        self.set_aliases(found)
        self.edited.emit(self.aliases())


class AliasSheet(Sheet):
    """Name, kind, audience, from, until. Enter takes it over, Esc leaves it as it was."""

    def __init__(self, alias: Alias, calendars: CalendarIndex, parent: QWidget) -> None:
        super().__init__(parent, "Another name", width=400)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._alias = alias
        self.name = LineEdit("Name", alias.name)
        self.kind = ComboBox("Kind of name", KINDS)
        self.audience = ComboBox("Who knows it", AUDIENCES)
        self.since, self.until = DateField("In use from", calendars), DateField("In use until", calendars)
        self.kind.set_value(alias.kind)
        self.audience.set_value(alias.visibility)
        self.since.put(alias.valid_from)
        self.until.put(alias.valid_to)
        for words, field in (("Name", self.name), ("Kind of name", self.kind), ("Who knows it", self.audience),
                             ("In use from", self.since), ("In use until", self.until)):  # fmt: skip
            self.body.addWidget(FormRow(words, field))
        self.body.addStretch(1)
        self.buttons("Done")
        self.name.setFocus()

    def value(self) -> Alias:
        """The alias as it stands in the sheet."""
        kept: dict[str, Any] = {}
        for key, field in (("valid_from", self.since), ("valid_to", self.until)):
            old = getattr(self._alias, key)
            same = old is not None and field.read() == written(old, field._calendars.value)
            kept[key] = old if same else {"text": field.read()} if field.read() else None
        name = " ".join(self.name.text().split())
        said = {"name": name, "kind": self.kind.value(), "visibility": self.audience.value()}
        return Alias.model_validate(self._alias.model_dump() | said | kept)
