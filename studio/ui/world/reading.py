"""An entry as somebody else reads it, or as it stood at another day: nothing to edit, everything to follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from studio.domain.world import Entity, Link
from studio.services.world.values import plain
from studio.ui.kit import Badge, FlowLayout, KindIcon, ScrollColumn, Section, hbox, label, rule
from studio.ui.markdown.inline import Known
from studio.ui.markdown.view import MarkdownView
from studio.ui.world.rows import LinkRow

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from studio.domain.world import Entry
    from studio.services.world.mentions import Mention
    from studio.services.world.pages import EntityPage
    from studio.ui.context import StudioContext

STANDING = {"to come": "Not there yet", "there": "There", "gone": "Gone by then"}
_LIVING = {"to come": "Not born yet", "there": "Alive", "gone": "Dead by then"}


class ReadingView(ScrollColumn):
    """One entity or note, made anew for each."""

    opened = Signal(str, str)
    link_opened = Signal(str)

    def __init__(self, ctx: StudioContext, record: EntityPage | Entry, parent: QWidget | None = None) -> None:
        super().__init__("Entry to read", margins=(16, 12, 12, 24), gap=10, parent=parent)
        self.ctx = ctx
        self._texts: list[MarkdownView] = []
        entity = getattr(record, "entity", None)
        if isinstance(entity, Entity):
            self._entity(record, entity)  # pyright: ignore[reportArgumentType]
        else:
            self._note(record)  # pyright: ignore[reportArgumentType]

    def _entity(self, page: EntityPage, entity: Entity) -> None:
        row = hbox(gap=8)
        row.addWidget(KindIcon(entity.kind, size=18))
        row.addWidget(label(page.spec.label, "muted"))
        if page.standing:
            words = (_LIVING if entity.kind in ("npc", "creature") else STANDING)[page.standing]
            row.addWidget(Badge(words, "warn" if page.standing != "there" else "ok"))
        row.addStretch(1)
        self.body.addLayout(row)
        self._title(entity.name)
        if entity.aliases:
            self.body.addWidget(label("Also called " + ", ".join(a.name for a in entity.aliases), "muted", wrap=True))
        if entity.summary:
            self._text(entity.summary, "Summary")
        self._tags(entity.tags)
        self._fields(page, entity)
        if entity.body.strip():
            self.body.addWidget(rule())
            self._text(entity.body, "Text")
        self._facts(page)

    def _facts(self, page: EntityPage) -> None:
        """What it has to do with others, and what else is said about it."""
        if page.relations:
            section = Section("Relations", count=len(page.relations))
            for one in page.relations:
                section.body.addWidget(
                    LinkRow(
                        one.other_name, one.other_kind, lambda one=one: self.opened.emit(one.other_id, one.other_kind),
                        before=one.label,
                    )
                )  # fmt: skip
                if one.notes:
                    section.body.addWidget(label(one.notes, "caption", wrap=True))
            self.body.addWidget(section)
        if page.claims:
            section = Section("Claims", count=len(page.claims))
            for claim in page.claims:
                words = label(f"{claim.label}: {claim.text}", wrap=True)
                section.body.addWidget(words)
                if claim.said.words:
                    section.body.addWidget(label(claim.said.words, "caption", wrap=True))
            self.body.addWidget(section)

    def _note(self, note: Entry) -> None:
        self.body.addWidget(label(note.mode.capitalize(), "muted"))
        self._title(note.title)
        self._tags(note.tags)
        self._text(note.body or "*Nothing written yet.*", "Text")

    def _title(self, words: str) -> None:
        title = label(words, "h2", wrap=True)
        title.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.addWidget(title)

    def _tags(self, tags: tuple[str, ...]) -> None:
        if tags:
            flow = FlowLayout(gap=4)
            for tag in tags:
                flow.addWidget(Badge(f"#{tag}"))
            self.body.addLayout(flow)

    def _fields(self, page: EntityPage, entity: Entity) -> None:
        known = [spec.name for spec in page.spec.fields]
        names = sorted(entity.fields, key=lambda n: known.index(n) if n in known else len(known))
        told = {path: f" *({said.words})*" for path, said in page.said.items() if said.words}
        words = {n: _one_line(_linked(entity.fields[n])) + told.get(f"fields.{n}", "") for n in names}
        lines = [f"**{page.spec.field_or_plain(n).label}:** {words[n]}" for n in names]
        lines += [f"**{n.replace('_', ' ').capitalize()}:** {_one_line(plain(v))}" for n, v in entity.custom.items()]
        if lines:
            self._text("\n\n".join(lines), "Fields")

    def _text(self, markdown: str, name: str) -> None:
        view = MarkdownView(resolve=self._resolve)
        view.setAccessibleName(name)
        view.set_markdown(markdown)
        view.wikilink_clicked.connect(self.link_opened)
        view.entity_clicked.connect(lambda entity_id: self.opened.emit(entity_id, ""))
        self._texts.append(view)
        self.body.addWidget(view)

    def _resolve(self, name: str) -> Known | None:
        found = self.ctx.names.find(name)
        return Known(found.record_id, found.kind, found.text) if found is not None else None

    def add_mentions(self, linked: tuple[Mention, ...]) -> None:
        """Texts that speak of it."""
        if linked:
            section = Section("Mentioned in", count=len(linked))
            for one in linked:
                section.body.addWidget(
                    LinkRow(one.title, one.kind, lambda one=one: self.opened.emit(one.source_id, one.kind),
                            snippet=one.snippet)
                )  # fmt: skip
            self.body.addWidget(section)

    def restyle(self) -> None:
        """Follow theme and text size."""
        for view in self._texts:
            view.restyle()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Texts are as high as their content at the width that shows."""
        sides = self.body.contentsMargins()
        wide = max(80, self.viewport().width() - sides.left() - sides.right())
        for view in self._texts:
            view.setFixedSize(wide, view.height_for(wide))


def _linked(value: object) -> str:
    """A value as Markdown: what it points to is a link."""
    if isinstance(value, Link):
        return f"[[{value.text}]]" if value.ref else value.text
    if isinstance(value, list):
        return "\n".join(_linked(one) for one in value)
    return plain(value)


def _one_line(text: str) -> str:
    return "; ".join(line.strip() for line in text.splitlines() if line.strip())
