"""The blueprint form: sections that fold, fields with their marks; sections are built when they are first opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal

from studio.services.foundry.form import SECTIONS, FormField, Section, field_of
from studio.services.foundry.paths import filled_paths, get_path, is_empty
from studio.services.foundry.values import clean
from studio.ui.foundry import editors
from studio.ui.foundry.dials import DialEditor
from studio.ui.foundry.links import LinkEditor, LinksEditor
from studio.ui.foundry.origin import Origin, origin_of
from studio.ui.foundry.rows import RowsEditor
from studio.ui.kit.base import label, rule
from studio.ui.kit.flow import SideBySide
from studio.ui.kit.form import FormRow
from studio.ui.kit.surfaces import ScrollColumn
from studio.ui.kit.surfaces import Section as Fold
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from studio.domain.blueprint import Blueprint
    from studio.ui.context import StudioContext
    from studio.ui.foundry.editors import Editor

_SIDE_BY_SIDE = (
    ("identity.format", "identity.language"), ("identity.game_system.name", "identity.game_system.edition"),
    ("shape.session_count", "shape.session_hours"), ("shape.party.size", "shape.party.levels"),
    ("shape.party.level_from", "shape.party.level_to"), ("world.calendar", "world.start_date"),
    ("production.vtt.fog_of_war", "production.vtt.dynamic_lighting"),
    ("production.ai_policy.text", "production.ai_policy.art"), ("production.budget.usd", "production.budget.tokens"),
)  # fmt: skip
_CHIPS = frozenset(
    {"identity.credits", "pitch.genres", "pitch.touchstones", "table.safety_tools",
     "generation.default_recipes", "generation.session_packs"}
)  # fmt: skip
OPEN_FIRST = ("identity", "pitch", "dials")


class BlueprintForm(ScrollColumn):
    """Shows one blueprint. `edited(path, value)` fires while a person changes a field, `left` when one is finished."""

    edited = Signal(str, object)
    left = Signal()
    folded = Signal()

    def __init__(self, ctx: StudioContext) -> None:
        super().__init__("Blueprint form", margins=(8, 8, 12, 24), gap=4)
        self._ctx = ctx
        self._blueprint: Blueprint | None = None
        self._editors: dict[str, Editor] = {}
        self._rows: dict[str, FormRow] = {}
        self._origins: dict[str, Origin] = {}
        self._folds: dict[str, Fold] = {}
        self._built: set[str] = set()
        for section in SECTIONS:
            fold = Fold(section.title, open=False, gap=12)
            fold.setToolTip(section.help)
            fold.toggled.connect(partial(self._toggled, section))
            self._folds[section.key] = fold
            if section is not SECTIONS[0]:
                self.body.addWidget(rule())
            self.body.addWidget(fold)
        self._first: list[str] = list(OPEN_FIRST)

    def showEvent(self, event: QShowEvent) -> None:
        """Fields are built when they are first looked at: opening a project doesn't wait for them."""
        super().showEvent(event)
        first, self._first = self._first, []
        if first:
            self.set_open_sections(first)

    # ---- showing -------------------------------------------------------------------------------------------------

    def show_blueprint(self, blueprint: Blueprint, *, keep: frozenset[str] = frozenset()) -> None:
        """Show a blueprint; fields in `keep` are being typed in and stay as they are."""
        other = self._blueprint is None or self._blueprint.id != blueprint.id
        self._blueprint = blueprint
        for path in self._editors:
            if path not in keep:
                self._show(path, force=other)
        self._count()

    def type_in(self, path: str, value: Any) -> None:
        """Put a kept draft into its field."""
        self._build(next(s for s in SECTIONS if s.key == path.partition(".")[0]))
        if path in self._editors:
            self._editors[path].set_value(_revived(path, value))

    def refuse(self, path: str, sentence: str) -> None:
        """Say at the field what is wrong with it."""
        if path in self._rows:
            self._rows[path].set_error(sentence)

    def reveal(self, path: str) -> None:
        """Unfold the field's section, scroll to it and take the focus there."""
        section = next(s for s in SECTIONS if s.key == path.partition(".")[0])
        self._folds[section.key].set_open(True)
        self._build(section)
        editor = self._editors.get(path)
        if editor is not None:
            editor.widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self._place(path), 0, look.px(48)))

    def open_sections(self) -> list[str]:
        """The sections that are unfolded."""
        return [key for key, fold in self._folds.items() if fold.is_open]

    def set_open_sections(self, keys: list[str]) -> None:
        """Unfold these and fold the others, without firing `folded`."""
        if not self.isVisible() and self._first:
            self._first = list(keys)
            return
        was = self.blockSignals(True)
        for key, fold in self._folds.items():
            fold.set_open(key in keys)
        self.blockSignals(was)

    def _place(self, path: str) -> QWidget:
        return self._rows.get(path) or self._editors[path].widget

    def _show(self, path: str, *, force: bool) -> None:
        if self._blueprint is None:
            return
        editor, stored = self._editors[path], get_path(self._blueprint, path)
        if force or clean(path, editor.value()) != clean(path, stored):
            editor.set_value(stored)
        row = self._rows.get(path)
        if row is not None:
            row.set_error("")
        origin = origin_of(self._blueprint.prov.get(path, ()))
        if force or origin != self._origins.get(path, Origin("")):
            self._mark(path, origin)

    def _mark(self, path: str, origin: Origin) -> None:
        self._origins[path] = origin
        row = self._rows.get(path)
        if row is None:
            self._editors[path].widget.setToolTip(origin.words)
            return
        go = partial(self._ctx.navigate, origin.ref_id, origin.span) if origin.ref_id else None
        row.set_origin(origin.words if origin.icon else "", go, icon=origin.icon or "quote")
        row.set_confidence(origin.confidence)
        row.label.setToolTip(origin.words or field_of(path).help)

    def _count(self) -> None:
        filled = [path.partition(".")[0] for path in filled_paths(self._blueprint)] if self._blueprint else []
        for section in SECTIONS:
            self._folds[section.key].set_count(filled.count(section.key) or None)

    # ---- building ------------------------------------------------------------------------------------------------

    def _toggled(self, section: Section, is_open: bool) -> None:
        if is_open:
            self._build(section)
        self.folded.emit()

    def _build(self, section: Section) -> None:
        if section.key in self._built:
            return
        self._built.add(section.key)
        body = self._folds[section.key].body
        if section.key == "dials":
            body.addWidget(
                label("From 0 to 10. Type a digit, use the arrows, or leave it unset.", "caption", wrap=True)
            )
        beside = dict(_SIDE_BY_SIDE)
        done: set[str] = set()
        for field in section.fields:
            if field.path in done:
                continue
            partner = beside.get(field.path)
            if partner:
                done.add(partner)
                body.addWidget(self._pair(field, field_of(partner)))
            else:
                body.addWidget(self._row(field))
            if self._blueprint is not None:
                for path in (field.path, *((partner,) if partner else ())):
                    self._show(path, force=True)

    def _pair(self, one: FormField, other: FormField) -> QWidget:
        return SideBySide(self._row(one), self._row(other))

    def _row(self, field: FormField) -> QWidget:
        editor = self._editor(field)
        editor.setParent(self)
        self._editors[field.path] = editor
        editor.edited.connect(lambda: self.edited.emit(field.path, editor.value()))
        editor.left.connect(self.left)
        if field.kind == "dial":
            return editor.widget
        helper = field.help if field.kind in ("long", "rows", "texts") else ""
        row = FormRow(field.label, editor.widget, helper=helper)
        row.label.setToolTip(field.help)
        self._rows[field.path] = row
        return row

    def _editor(self, field: FormField) -> Editor:
        name, names = field.label, self._ctx.names
        if field.kind == "dial":
            return DialEditor(name, field.help)
        if field.kind == "long":
            return editors.LongEditor(name)
        if field.kind == "texts":
            chips = field.path in _CHIPS
            return editors.ChipsEditor(name, suggestions=field.choices) if chips else editors.LinesEditor(name)
        if field.kind == "choice":
            return editors.ChoiceEditor(name, field.choices)
        if field.kind in ("number", "decimal"):
            return editors.NumberEditor(name, decimals=2 if field.kind == "decimal" else 0)
        if field.kind == "flag":
            return editors.FlagEditor(name)
        if field.kind == "link":
            return LinkEditor(name, names, field.kinds, self._ctx.navigate)
        if field.kind == "links":
            return LinksEditor(name, names, field.kinds, self._ctx.navigate)
        return RowsEditor(field) if field.kind == "rows" else editors.TextEditor(name, placeholder=field.help)


def _revived(path: str, value: Any) -> Any:
    """A draft's JSON as the editor takes it."""
    return value if is_empty(value) or field_of(path).kind == "rows" else clean(path, value)
