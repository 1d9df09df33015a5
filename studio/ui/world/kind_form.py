"""One kind in the editor of kinds: its words, its fields, how the page will look, and the JSON Schema itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication

from studio.domain import kindschema
from studio.domain.vocabulary import KINDS, FieldSpec
from studio.ui.kit import Button, ComboBox, FormRow, LineEdit, ScrollColumn, Section, TextEdit, clear, hbox, label, vbox
from studio.ui.theme import look
from studio.ui.theme.icons import icon
from studio.ui.world.fields import FieldRow, editor_for
from studio.ui.world.kind_field import FieldCard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.services.world.kinds import KindRow
    from studio.ui.context import StudioContext

Json = dict[str, Any]
ICONS = (
    "anvil", "book", "bookmark", "castle", "coins", "compass", "crown", "drama", "flame", "globe", "hammer", "heart",
    "key", "landmark", "moon", "network", "package", "scroll", "shield", "star", "sword", "swords", "users", "wand",
)  # fmt: skip


class KindForm(ScrollColumn):
    """Edits are told by `changed(changes)`: label, plural, icon, definition."""

    changed = Signal(object)

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__("Kind", margins=(12, 4, 10, 16), gap=10, parent=parent)
        self.ctx = ctx
        self.kind = ""
        self.definition: Json = {}
        self.cards: list[FieldCard] = []
        self.error = label("", "danger", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self._build_words()
        self._build_fields()
        self.preview_section = Section("Preview")
        self.preview = vbox(gap=10)
        self.preview_section.body.addLayout(self.preview)
        self.body.addWidget(self.preview_section)
        self._build_schema()

    def _build_words(self) -> None:
        self.words = Section("Words")
        self.plural = LineEdit("Many of them", placeholder="Sky ships")
        self.icon = ComboBox("Icon", [("As it ships", "")])
        self.icon.setIconSize(QSize(look.px(16), look.px(16)))
        for name in ICONS:
            self.icon.addItem(icon(name), name.replace("-", " ").capitalize(), name)
        self.words.body.addWidget(FormRow("Many of them", self.plural, helper="The heading in the list of the world."))
        self.words.body.addWidget(FormRow("Icon", self.icon))
        self.plural.committed.connect(lambda text: self.changed.emit({"plural": text.strip()}))
        self.icon.chosen.connect(lambda name: self.changed.emit({"icon": name}))
        self.body.addWidget(self.words)

    def _build_fields(self) -> None:
        self.fields_section = Section("Fields", count=0)
        self.shipped = label("", "caption", wrap=True)
        self.list = vbox(gap=6)
        row = hbox(gap=6)
        self.new = LineEdit("Name of a new field", placeholder="New field")
        self.new.returnPressed.connect(self.add)
        row.addWidget(self.new, 1)
        row.addWidget(Button("Add field", self.add, icon="plus", compact=True))
        self.fields_section.body.addWidget(self.shipped)
        self.fields_section.body.addLayout(self.list)
        self.fields_section.body.addLayout(row)
        self.body.addWidget(self.fields_section)

    def _build_schema(self) -> None:
        self.schema_section = Section("JSON Schema", open=False)
        said = "For those who like it. Words that aren't about fields are kept as they are."
        self.schema_section.body.addWidget(label(said, "caption", wrap=True))
        self.schema = TextEdit("JSON Schema", mono=True, min_lines=6, max_lines=24)
        self.schema.committed.connect(self._take_schema)
        self.schema_error = label("", "danger", wrap=True)
        self.schema_error.hide()
        self.schema_section.body.addWidget(self.schema)
        self.schema_section.body.addWidget(self.schema_error)
        self.body.addWidget(self.schema_section)

    # ---- showing -----------------------------------------------------------------------------------------------------

    def show_row(self, row: KindRow) -> None:
        """Show a kind; the same one again keeps what is open and where the focus is."""
        other = row.spec.name != self.kind
        self.kind, self.definition = row.spec.name, row.definition
        self.plural.set_text(row.spec.plural)
        self.icon.set_value(row.spec.icon)
        ships = KINDS[self.kind].fields if row.shipped else ()
        self.shipped.setText(f"Ships with: {', '.join(f.label.lower() for f in ships)}." if ships else "")
        self.shipped.setVisible(bool(ships))
        if other:
            self.say("")
            self.new.set_text("")
            self.verticalScrollBar().setValue(0)
        self._show_fields(anew=other)
        self._show_schema()
        self._show_preview()

    def _own(self) -> tuple[FieldSpec, ...]:
        return kindschema.fields_of(self.definition)

    def _show_fields(self, *, anew: bool) -> None:
        specs = self._own()
        if anew or [card.spec.name for card in self.cards] != [spec.name for spec in specs]:
            opened = set() if anew else {card.spec.name for card in self.cards if card.is_open}
            clear(self.list)
            self.cards = [self._card(spec) for spec in specs]
            for card in self.cards:
                self.list.addWidget(card)
                if card.spec.name in opened:
                    card.flip()
        typing = QApplication.focusWidget()
        for card, spec in zip(self.cards, specs, strict=True):
            if typing is None or not card.isAncestorOf(typing):
                card.show_spec(spec)
        self.fields_section.set_count(len(specs))

    def _card(self, spec: FieldSpec) -> FieldCard:
        card = FieldCard(spec, self.ctx.kinds)
        card.typed.connect(lambda: self._take(store=False))
        card.changed.connect(lambda: self._take(store=True))
        card.moved.connect(lambda step: self._move(card, step))
        card.removed.connect(lambda: self._remove(card))
        return card

    def _show_schema(self) -> None:
        if not self.schema.hasFocus():
            self.schema.set_text(json.dumps(self.definition, ensure_ascii=False, indent=2))
            self._say_schema("")

    def _show_preview(self) -> None:
        clear(self.preview)
        for spec in self._own():
            row = FieldRow(f"fields.{spec.name}", spec, editor_for(spec, self.ctx, owner=""))
            row.put(spec.default)
            self.preview.addWidget(row)
        self.preview_section.setVisible(bool(self._own()))

    def say(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it back."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    # ---- editing -----------------------------------------------------------------------------------------------------

    def _take(self, *, store: bool) -> None:
        """The fields as they stand in the cards."""
        self._become(kindschema.definition_of([card.spec for card in self.cards], self.definition), store=store)

    def _become(self, definition: Json, *, store: bool) -> None:
        changed = definition != self.definition
        self.definition = definition
        if changed:
            self._show_schema()
            self._show_preview()
        if store:
            self.changed.emit({"definition": self.definition})

    def add(self) -> None:
        """Bring a field with the name that is typed, and open it."""
        title = " ".join(self.new.text().split())
        name = title.casefold().replace(" ", "_").replace(".", "")
        if not name:
            self.new.setFocus()
            return
        if sentence := self._refusal(name):
            self.say(sentence)
            return
        spec = FieldSpec(name=name)
        field = spec if spec.label == title else spec.model_copy(update={"title": title})
        self.say("")
        self.new.set_text("")
        self._become(kindschema.definition_of([*self._own(), field], self.definition), store=True)
        self._show_fields(anew=False)
        card = self.cards[-1]
        card.flip()
        card.type.setFocus()
        QTimer.singleShot(0, card, lambda: self.ensureWidgetVisible(card))

    def _refusal(self, name: str) -> str:
        shipped = KINDS.get(self.kind)
        taken = {field.name for field in self._own()} | {f.name for f in (shipped.fields if shipped else ())}
        return (
            f"There is a field “{name}” already. Choose another name."
            if name in taken
            else kindschema.name_problem(name)
        )

    def _move(self, card: FieldCard, step: int) -> None:
        at = self.cards.index(card)
        if not 0 <= at + step < len(self.cards):
            return
        self.cards.insert(at + step, self.cards.pop(at))
        self.list.insertWidget(at + step, card)
        self._take(store=True)
        self.ctx.announce(f"{card.spec.label} is now field {at + step + 1} of {len(self.cards)}")

    def _remove(self, card: FieldCard) -> None:
        at = self.cards.index(card)
        self.cards.remove(card)
        self.list.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._take(store=True)
        after = self.cards[min(at, len(self.cards) - 1)].head if self.cards else self.new
        after.setFocus()

    def _take_schema(self, text: str) -> None:
        try:
            wanted = json.loads(text)
        except ValueError as error:
            self._say_schema(_json_words(error))
            return
        if wrong := kindschema.problems(wanted):
            self._say_schema(" ".join(wrong))
            return
        self._say_schema("")
        self.definition = wanted
        self._show_fields(anew=False)
        self._show_preview()
        self.changed.emit({"definition": wanted})

    def _say_schema(self, sentence: str) -> None:
        self.schema_error.setText(sentence)
        self.schema_error.setVisible(bool(sentence))
        self.schema.set_state("error" if sentence else "")


def _json_words(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"This isn't JSON yet: line {error.lineno}, column {error.colno}. {error.msg}."
    return "This isn't JSON yet."
