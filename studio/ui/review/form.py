"""The form of one candidate: name, kind, what it merges with, and each field with its confidence and quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal

from studio.domain.vocabulary import CORE_KINDS
from studio.ui.kit import (
    CheckBox,
    ComboBox,
    FormRow,
    LineEdit,
    ScrollColumn,
    TextEdit,
    clear,
    hbox,
    label,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from studio.ui.kinds import KindIndex
    from studio.ui.review.draft import Item, Row

Span = tuple[int, int]


class CandidateForm(ScrollColumn):
    """Edits one item of the draft in place. `quote` asks to highlight a span; `changed` says that the draft changed."""

    quote = Signal(object)
    changed = Signal()

    def __init__(self, kinds: KindIndex, parent: QWidget | None = None) -> None:
        super().__init__("Details of what was found", parent=parent)
        self._kinds = kinds
        self._item: Item | None = None
        self._merge: CheckBox | None = None
        self._spans: dict[QObject, Span | None] = {}
        self._fields: dict[str, QWidget] = {}
        self._clashes = vbox(gap=4)

    def show_item(self, item: Item) -> None:
        """Fill the form with a candidate."""
        clear(self.body)
        self._item, self._spans, self._fields, self._merge = item, {}, {}, None
        self._clashes = vbox(gap=4)
        self.body.addLayout(self._clashes)
        self.show_clashes()
        if item.target == "entity":
            self._add_head(item)
        elif item.target == "relation":
            self._add_relation(item)
        elif item.target == "blueprint" and item.merge_id is not None:
            self._add_merge(item, f"Go on with the blueprint “{item.merge_name}”")
        for row in item.rows:
            self._add_row(row, merging=item.merge)
        if not item.rows and item.target == "entity":
            self.body.addWidget(label("Only the name is stated.", "muted", wrap=True))
        self.verticalScrollBar().setValue(0)

    def show_clashes(self) -> None:
        """Say what of the world this wouldn't fit, with both sides; the fields stay as they are."""
        clear(self._clashes)
        for finding in self._item.clashes if self._item is not None and self._item.accepted else ():
            self._clashes.addWidget(label(f"This doesn't fit: {finding.why}", "warn", wrap=True))
            for side in finding.evidence:
                self._clashes.addWidget(label(f"– {side.says or side.quote}", "caption", wrap=True))

    def focus_row(self, name: str) -> bool:
        """Go to a field and select its text, so that typing replaces it; False where there is none."""
        field = self._fields.get(name) or next(iter(self._fields.values()), None)
        if field is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)
            if isinstance(field, LineEdit | TextEdit):
                field.selectAll()
            self.ensureWidgetVisible(field)
        return field is not None

    def field_named(self, name: str) -> QWidget | None:
        """The widget of a field, if it is shown."""
        return self._fields.get(name)

    def current_span(self) -> Span | None:
        """The quote of the field that has the focus, or of the candidate."""
        focus = self.focusWidget()
        span = self._spans.get(focus) if focus is not None else None
        return span or (getattr(self._item.candidate, "span", None) if self._item else None)

    # ---- building -------------------------------------------------------------------------------------------------

    def _add_head(self, item: Item) -> None:
        name = LineEdit("Name", item.title)
        name.textEdited.connect(
            lambda text: self._set(lambda: setattr(item, "title", text.strip() or item.original_title))
        )
        row = FormRow("Name", name)
        row.set_confidence(item.confidence)
        span = getattr(item.candidate, "span", None)
        self._mark_quote(row, name, span, getattr(item.candidate, "quote", ""))
        self.body.addWidget(row)
        self._fields["name"] = name
        kind = ComboBox("Kind", _choices(self._kinds))
        kind.set_value(item.kind)
        kind.chosen.connect(lambda value: self._set(lambda: setattr(item, "kind", str(value))))
        self.body.addWidget(FormRow("Kind", kind))
        if (match := item.match) is not None:
            alike = f"{round(match.score * 100)} % alike"
            self._add_merge(item, f"Merge with “{match.name}” in the World Bible ({alike})")

    def _add_merge(self, item: Item, words: str) -> None:
        merge = CheckBox(words)
        merge.setChecked(item.merge)
        merge.setToolTip(
            "Fills what is empty there; nothing of yours is replaced unless you say so. Untick for a new one."
        )
        merge.toggled.connect(lambda on: self._set_merge(item, merge=on))
        self.body.addWidget(merge)
        self._merge = merge

    def _set_merge(self, item: Item, *, merge: bool) -> None:
        """What is there now only matters where the two become one."""
        self._set(lambda: setattr(item, "merge", merge))
        self.show_item(item)
        if self._merge is not None:
            self._merge.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_relation(self, item: Item) -> None:
        head = label(item.title, "strong", wrap=True)
        self.body.addWidget(head)
        quote = getattr(item.candidate, "quote", "")
        if quote:
            self.body.addWidget(label(f"“{quote}”", "muted", wrap=True))

    def _add_row(self, row: Row, *, merging: bool) -> None:
        field = self._field(row)
        form_row = FormRow(row.label, field, helper="One value a line" if len(row.found) > 1 else "")
        form_row.set_confidence(row.confidence)
        first = row.found[0] if row.found else None
        self._mark_quote(form_row, field, first.span if first else None, first.quote if first else "")
        keep = CheckBox("", checked=row.ticked, name=f"Save {row.label}")
        keep.setToolTip(f"Save {row.label}")
        keep.toggled.connect(lambda on: (field.setEnabled(on), self._set(lambda: setattr(row, "ticked", on))))
        form_row.head.insertWidget(0, keep)
        self.body.addWidget(form_row)
        if row.conflict and merging:
            self._add_conflict(row)
        self._fields[row.name] = field

    def _add_conflict(self, row: Row) -> None:
        line = hbox(gap=8)
        line.addWidget(label(f"Now: {row.current}", "caption", wrap=True), 1)
        replace = CheckBox("Replace it", checked=row.replace, name=f"Replace {row.label}, which is {row.current} now")
        replace.toggled.connect(lambda on: self._set(lambda: setattr(row, "replace", on)))
        line.addWidget(replace)
        self.body.addLayout(line)

    def _field(self, row: Row) -> LineEdit | TextEdit:
        def store(text: str) -> None:
            self._set(lambda: setattr(row, "text", text))

        if len(row.text) < 60 and "\n" not in row.text and len(row.found) < 2:
            line = LineEdit(row.label, row.text)
            line.textEdited.connect(store)
            return line
        area = TextEdit(row.label, row.text, min_lines=1, max_lines=6)
        area.textChanged.connect(lambda: store(area.text()))
        return area

    def _mark_quote(self, form_row: FormRow, field: QWidget, span: Span | None, quote: str) -> None:
        self._spans[field] = span
        field.installEventFilter(self)
        if span is not None:
            words = quote if len(quote) < 160 else quote[:157] + "…"
            form_row.set_origin(f"Show in the answer: “{words}”", lambda: self.quote.emit(span))

    def _set(self, change: Callable[[], None]) -> None:
        change()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and (span := self._spans.get(watched)) is not None:
            self.quote.emit(span)
        return super().eventFilter(watched, event)


def _choices(kinds: KindIndex) -> list[tuple[str, object]]:
    """The kinds that an answer is read for, then every other of the project."""
    rest = [spec.name for spec in kinds.all() if spec.name not in CORE_KINDS]
    return [(kinds.label(name), name) for name in (*CORE_KINDS, *rest)]
