"""The page of one entity: everything about it, edited where it is read."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from studio.domain.vocabulary import FieldSpec
from studio.services.world import sessions
from studio.ui.clocks import ClocksSection
from studio.ui.kit import Banner, Button, FormRow, ScrollColumn, TagEditor, TextEdit, hbox, label, rule, vbox
from studio.ui.world.add_field import AddField
from studio.ui.world.aliases import AliasEditor
from studio.ui.world.around import HistorySection, MentionsSection, SourcesSection
from studio.ui.world.body import Body
from studio.ui.world.claims import ClaimsSection
from studio.ui.world.clues import CluesSection
from studio.ui.world.conflicts import ConflictBanner
from studio.ui.world.fields import editor_for
from studio.ui.world.head import Head
from studio.ui.world.images import ImagesSection
from studio.ui.world.picker import LinkField, LinksField
from studio.ui.world.relations import RelationsSection
from studio.ui.world.stats import StatsSection
from studio.ui.world.value import ValueRow

if TYPE_CHECKING:
    from studio.domain.vocabulary import KindSpec
    from studio.domain.world import Entity
    from studio.services.world.pages import EntityPage
    from studio.ui.context import StudioContext
    from studio.ui.world.saving import Saver

SUMMARY_MOST = 400


class EntityView(ScrollColumn):
    """One entity. Edits go to the saver; the rest is asked of the panel by signals."""

    linked_made = Signal(str, str, str)
    """(path, kind, name) of an entity to make and link from this field."""
    opened = Signal(str, str)
    origin_wanted = Signal(object)
    status_wanted = Signal(str)
    stated = Signal(str, object)
    """(path, changes) to what is said about a field's value."""
    claim_added = Signal(str, str, str)
    claim_changed = Signal(str, object)
    claim_removed = Signal(str)
    claim_promoted = Signal(str)

    def __init__(self, ctx: StudioContext, page: EntityPage, saver: Saver, parent: QWidget | None = None) -> None:
        super().__init__("Entry", margins=(12, 10, 10, 24), gap=12, parent=parent)
        self.ctx = ctx
        self.saver = saver
        saver.refused.connect(self.refuse)
        self.entity: Entity = page.entity
        self.kind: KindSpec = page.spec
        self._rows: dict[str, ValueRow] = {}
        self._asked: list[str] = []
        self._tabbed: list[ValueRow] = []
        self._build(page)
        self.show_page(page)

    def _build(self, page: EntityPage) -> None:
        self.banner = Banner(dismissible=False)
        self.body.addWidget(self.banner)
        self.conflicts = ConflictBanner(self.ctx)
        self.body.addWidget(self.conflicts)
        self.head = Head(self.ctx.kinds)
        self.body.addWidget(self.head)
        self.summary = TextEdit("Summary", placeholder="One sentence: what is it?", min_lines=2, max_lines=5)
        self.summary_row = FormRow("Summary", self.summary)
        self.body.addWidget(self.summary_row)
        self.tags = TagEditor("Tags")
        self.aliases = AliasEditor(self.ctx.calendars)
        self.alias_row = FormRow("Also called", self.aliases)
        self.body.addWidget(FormRow("Tags", self.tags))
        self.body.addWidget(self.alias_row)
        self.fields = vbox(gap=12)
        self.body.addLayout(self.fields)
        row = hbox(gap=8)
        self.add = Button("Add field", self.open_fields, variant="ghost", compact=True, icon="plus")
        self.hint = label("", "caption")
        row.addWidget(self.add)
        row.addWidget(self.hint, 1)
        self.body.addLayout(row)
        self.popup = AddField(self)
        self.clues = CluesSection(self.ctx)
        self.body.addWidget(self.clues)
        self.stats = StatsSection(self.ctx)
        self.body.addWidget(self.stats)
        self.body.addWidget(rule())
        self.text = Body(self.ctx)
        self.body.addWidget(self.text)
        self.body.addWidget(rule())
        self.images = ImagesSection(self.ctx)
        self.claims = ClaimsSection(self.ctx, page.entity.id)
        self.clocks = ClocksSection(self.ctx)
        for owned in (self.clocks, self.images):
            self.body.addWidget(owned)
        self.relations = RelationsSection(self.ctx, page.entity.kind, page.entity.id)
        self.mentions = MentionsSection()
        self.sources = SourcesSection()
        self.history = HistorySection()
        for section in (self.relations, self.claims, self.mentions, self.sources, self.history):
            self.body.addWidget(section)
        self._connect()

    def _connect(self) -> None:
        self.head.name_typed.connect(lambda: self.saver.touch("name", self.head.name.text, late=True))
        self.head.name_left.connect(self._name_left)
        self.head.changed.connect(self._head_changed)
        self.summary.textChanged.connect(self._summary_typed)
        self.summary.committed.connect(lambda _text: self.saver.start())
        self.tags.changed.connect(lambda tags: self._at_once("tags", tags))
        self.aliases.edited.connect(lambda aliases: self._at_once("aliases", aliases))
        self.text.edited.connect(lambda: self.saver.touch("body", self.text.text))
        self.text.left.connect(lambda: self.saver.start())
        self.popup.chosen.connect(self.add_field)
        self.relations.opened.connect(self.opened)
        self._connect_claims(self.claims)
        self.mentions.opened.connect(self.opened)
        self.relations.origin_wanted.connect(self.origin_wanted)
        self.sources.origin_wanted.connect(self.origin_wanted)

    def _connect_claims(self, holder: ClaimsSection | ValueRow) -> None:
        holder.added.connect(self.claim_added)
        holder.changed.connect(self.claim_changed)
        holder.removed.connect(self.claim_removed)
        holder.promoted.connect(self.claim_promoted)
        holder.opened.connect(self.opened)
        holder.origin_wanted.connect(self.origin_wanted)

    # ---- showing -----------------------------------------------------------------------------------------------------

    def show_other(self, page: EntityPage, saver: Saver) -> None:
        """Show another entity in the same widgets, from its top."""
        self.saver = saver
        saver.refused.connect(self.refuse)
        self._asked.clear()
        for path in list(self._rows):
            self._drop(path)
        self.popup.close_up()
        if self.text.is_previewing:
            self.text.toggle_preview()
        self.text.clear()
        self.relations.set_owner(page.entity.id)
        self.claims.set_owner(page.entity.id)
        self.history.set_open(False)
        self.show_page(page)
        self.verticalScrollBar().setValue(0)

    def show_page(self, page: EntityPage) -> None:
        """Follow the record; what is being typed stays."""
        entity = page.entity
        self.entity, self.kind = entity, page.spec
        self.relations.set_kind(entity.kind)
        self.text.set_title("Log" if entity.kind == sessions.SESSION else "Text")
        self.banner.say(
            "This entry is in the trash." if entity.deleted_at else "", "warn", action="Restore",
            on_action=lambda: self.head.act.emit("restore"),
        )  # fmt: skip
        self.conflicts.show_entity(entity)
        self._enable(alive=entity.deleted_at is None)
        self.head.show_entity(entity, page.spec.label, name_busy=self.saver.is_dirty("name"))
        if not self.saver.is_dirty("summary") and self.summary.text() != entity.summary:
            self._put_quietly(self.summary, entity.summary)
        self.tags.set_tags(entity.tags)
        self.aliases.set_aliases(entity.aliases)
        self.alias_row.setVisible(bool(entity.aliases) or "aliases" in self._asked)
        if not self.saver.is_dirty("body"):
            self.text.put(entity.body)
        self._show_fields(page)
        self.clues.show_entity(entity)
        self.stats.show_entity(entity)
        self.clocks.show_entity(entity)
        self.images.show_entity(entity)
        self.relations.show_rows(page.relations, entity.name, page.sources)
        self.claims.set_kind(page.spec)
        self.claims.show_rows(page.claims, page.sources)
        self.sources.show_sources(entity, page.sources)
        marks = entity.prov
        self._mark(self.summary_row, marks.get("summary", ()), page.sources)

    def _enable(self, *, alive: bool) -> None:
        """What lies in the trash is read, not written."""
        host = self.widget()
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for part in host.findChildren(QWidget, options=direct) if host is not None else ():
            part.setEnabled(alive or part is self.banner)

    def _order_tabs(self) -> None:
        """Rows come and go in the middle of the page: Tab goes as the eye does."""
        rows = [row for path in self._wanted_paths() if (row := self._rows.get(path)) is not None]
        if rows == self._tabbed:
            return
        self._tabbed = rows
        stops: list[QWidget] = [self.aliases.line]
        for row in rows:
            inside = [w for w in row.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
            stops += [w for w in inside if w.window() is row.window()]  # the list of a combo is a window of its own
        stops.append(self.add)
        for before, after in itertools.pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _put_quietly(self, field: TextEdit, text: str) -> None:
        was = field.blockSignals(True)
        field.set_text(text)
        field.blockSignals(was)
        field.updateGeometry()

    def _mark(self, row: FormRow, marks: Any, sources: dict[str, str]) -> None:
        from studio.ui.world.fields import origin_of, origin_words

        origin = origin_of(marks)
        row.set_origin(
            origin_words(marks, sources) if origin else "", lambda: self.origin_wanted.emit(origin), icon="quote"
        )

    def _wanted_paths(self) -> list[str]:
        """The fields that show: filled ones in the kind's order, then unknown and own ones, then those just added."""
        entity = self.entity
        known = [f.name for f in self.kind.fields]
        sheet = self.kind.sheet if self.ctx.lens.value.is_gm else ()
        filled = [
            f"fields.{f.name}" for f in self.kind.fields if f.name in entity.fields or f.required or f.name in sheet
        ]
        filled += [f"fields.{name}" for name in sorted(entity.fields) if name not in known]
        filled += [f"custom.{name}" for name in sorted(entity.custom)]
        return filled + [path for path in self._asked if path not in filled and path != "aliases"]

    def _spec(self, path: str) -> FieldSpec:
        group, _, name = path.partition(".")
        return self.kind.field_or_plain(name) if group == "fields" else FieldSpec(name=name, type="text")

    def _show_fields(self, page: EntityPage) -> None:
        wanted = self._wanted_paths()
        for path in [p for p, row in self._rows.items() if p not in wanted or row.spec != self._spec(p)]:
            if not self.saver.is_dirty(path) and not self._rows[path].editor.hasFocus():
                self._drop(path)
        for at, path in enumerate(wanted):
            if path not in self._rows:
                self._rows[path] = self._make_row(path)
            row = self._rows[path]
            if self.fields.indexOf(row) != at:
                self.fields.insertWidget(at, row)
        for path, row in self._rows.items():
            group, _, name = path.partition(".")
            if not self.saver.is_dirty(path):
                row.put(getattr(self.entity, group).get(name))
            row.show_marks(self.entity.prov.get(path, ()), page.sources)
            row.show_claim(page)
        self._order_tabs()
        left = len([f for f in self.kind.fields if f"fields.{f.name}" not in self._rows])
        self.hint.setText(f"{left} more for this kind" if left else "")

    def _drop(self, path: str) -> None:
        row = self._rows.pop(path)
        self.fields.removeWidget(row)
        row.hide()
        row.deleteLater()
        if path in self._asked:
            self._asked.remove(path)

    def _make_row(self, path: str) -> ValueRow:
        spec = self._spec(path)
        editor = editor_for(spec, self.ctx, owner=self.entity.id)
        row = ValueRow(self.ctx, path, spec, editor)
        now = isinstance(editor, LinkField | LinksField)
        editor.edited.connect(lambda: self._field_edited(path, at_once=now))
        if isinstance(editor, LinkField | LinksField):
            editor.make.connect(lambda kind, name: self.linked_made.emit(path, kind, name))
            editor.opened.connect(lambda record_id: self.opened.emit(record_id, ""))
        elif hasattr(editor, "committed"):
            editor.committed.connect(lambda _text: self.saver.start())  # pyright: ignore[reportAttributeAccessIssue]
        row.stated.connect(self.stated)
        row.reshaped.connect(self._reshaped)
        self._connect_claims(row)
        return row

    def _reshaped(self) -> None:
        self._tabbed = []
        self._order_tabs()

    def details_here(self) -> bool:
        """Open or close the details of the value where the focus is."""
        where = self.window().focusWidget()
        row = next((r for r in self._rows.values() if where is not None and r.isAncestorOf(where)), None)
        if row is not None:
            row.flip()
        return row is not None

    # ---- editing -----------------------------------------------------------------------------------------------------

    def _field_edited(self, path: str, *, at_once: bool) -> None:
        row = self._rows.get(path)
        if row is not None:
            self.saver.touch(path, row.editor.read)
            if at_once:
                self.saver.start()

    def _head_changed(self, path: str, value: object) -> None:
        if path == "status":
            self.status_wanted.emit(str(value))
        else:
            self._at_once(path, value)

    def _at_once(self, path: str, value: Any) -> None:
        self.saver.touch(path, lambda: value)
        self.saver.start()

    def _summary_typed(self) -> None:
        text = self.summary.text()
        over = len(text) - SUMMARY_MOST
        self.summary_row.set_error(
            f"{over} characters over {SUMMARY_MOST}. Move the rest into the text." if over > 0 else ""
        )
        self.saver.touch("summary", lambda: self.summary.text().strip())

    def _name_left(self, name: str) -> None:
        if not name.strip():
            self.saver.drop("name")
            self.head.name.set_text(self.entity.name)
            return
        self.saver.touch("name", self.head.name.text, late=True)
        self.saver.start()

    def open_fields(self) -> None:
        """Offer the fields that aren't shown."""
        corner = self.add.mapToGlobal(QPoint(0, self.add.height() + 4))
        self.popup.open_at(corner, self.kind, self._rows)

    def add_field(self, path: str) -> None:
        """Show an empty field and go there."""
        if path == "aliases":
            self._asked.append(path)
            self.alias_row.show()
            self.aliases.setFocus()
            return
        if path not in self._rows:
            self._asked.append(path)
            row = self._make_row(path)
            self._rows[path] = row
            self.fields.insertWidget(self._wanted_paths().index(path), row)
            row.show()
            self._order_tabs()
            if row.spec.default is not None:
                row.put(row.spec.default)
                self.saver.touch(path, row.editor.read)
        shown = self._rows[path]
        shown.editor.setFocus()
        QTimer.singleShot(0, shown, lambda: self.ensureWidgetVisible(shown))

    def refuse(self, sentences: dict[str, str]) -> None:
        """Say beside each field what is wrong with what was typed; it stays there to be mended."""
        for path, sentence in sentences.items():
            if (row := self._rows.get(path)) is not None:
                row.set_error(sentence)

    def row(self, path: str) -> ValueRow | None:
        """The row of a field, if it shows."""
        return self._rows.get(path)

    def restyle(self) -> None:
        """Follow theme and text size."""
        self.head.restyle()
        self.text.restyle()
        self.images.restyle()
