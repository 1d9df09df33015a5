"""What imports did: the report of one, the list of all that were done, and reading its notes for what they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from studio.services.exchange import past
from studio.services.review import imported
from studio.ui.dialogs.base import Sheet
from studio.ui.dialogs.reasons import NAME, ReasonList
from studio.ui.kit.base import hbox, label, vbox
from studio.ui.kit.buttons import Button
from studio.ui.kit.confidence import KindIcon
from studio.ui.kit.fields import SearchField
from studio.ui.kit.surfaces import Card, EmptyState, Section
from studio.ui.listing import KEY, TwoLineList
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QBoxLayout, QWidget

    from studio.services.exchange import Report
    from studio.services.exchange.past import Past
    from studio.services.review.imported import Texts
    from studio.ui.context import StudioContext


OTHERS = {
    "entry": ("Note", "Notes"), "media": ("Image", "Images"), "thread": ("Chat", "Chats"),
    "recipe": ("Prompt", "Prompts"), "recipe_version": ("Prompt's text", "Prompts' texts"),
    "claim": ("Statement", "Statements"),
}  # fmt: skip
"""What the window calls records that are no entries of the world."""


def kind_counts(ctx: StudioContext, kinds: dict[str, int], into: QBoxLayout) -> None:
    """A line for each kind: its mark, its word, how many."""
    for kind, count in kinds.items():
        row = hbox()
        one, many = OTHERS.get(kind) or (ctx.kinds.label(kind), ctx.kinds.spec(kind).plural)
        row.addWidget(KindIcon(kind, one if count == 1 else many))
        row.addStretch(1)
        row.addWidget(label(f"{count:,}", "strong"))
        into.addLayout(row)


class ImportReport(Sheet):
    """The report of one import, as it is kept with the project. `texts` are its notes that can still be read."""

    def __init__(
        self, parent: QWidget, ctx: StudioContext, report: Report, *, texts: Texts | None = None, when: str = ""
    ) -> None:
        super().__init__(parent, f"Import of {report.title or report.format}", sentence=when, width=600)
        self.wants_extraction = False
        self._ctx, self._report = ctx, report
        sentence = label(past.sum_of(report), "strong", wrap=True)
        sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(sentence)
        if report.kinds:
            card = Card(sunken=True, gap=4)
            kind_counts(ctx, report.kinds, card.body)
            self.body.addWidget(card)
        self._add_reasons(report)
        self._add_format(report)
        self._add_acts(texts)
        self.buttons("Close", cancel="").setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_reasons(self, report: Report) -> None:
        self.reasons = ReasonList()
        if not report.reasons and not report.skipped:
            return
        section = Section(NAME, count=max(len(report.reasons), report.skipped))
        self.reasons.show_reasons(report.reasons, past.unnamed(report))
        section.body.addWidget(self.reasons)
        self.body.addWidget(section)

    def _add_format(self, report: Report) -> None:
        """What such a file can give, as the page Formats has it."""
        for title, kept, lost in past.kept_and_lost(report):
            section = Section(f"What is kept of “{title}”", open=False)
            section.body.addWidget(label(f"Kept: {kept}", "caption", wrap=True))
            section.body.addWidget(label(f"Lost: {lost}", "caption", wrap=True))
            self.body.addWidget(section)

    def _add_acts(self, texts: Texts | None) -> None:
        rows = vbox(gap=4)
        self.copy_button = Button("Copy the report", self.copy, icon="copy", variant="row", compact=True)
        rows.addWidget(self.copy_button)
        self.extract_button: Button | None = None
        if texts is not None and texts.count:
            self.extract_button = Button("Extract from the imported notes…", self._extract, icon="sparkles",
                                         variant="row", compact=True)  # fmt: skip
            rows.addWidget(self.extract_button)
            rows.addWidget(label(texts.sentence, "caption", wrap=True))
        self.body.addLayout(rows)

    def copy(self) -> None:
        """Put the report on the clipboard as text."""
        QGuiApplication.clipboard().setText(past.as_text(self._report))
        self._ctx.announce("Copied the report")

    def _extract(self) -> None:
        self.wants_extraction = True
        self.accept()


class PastImports(Sheet):
    """Every import of this project. Enter opens the report of the one under the cursor."""

    def __init__(self, parent: QWidget, ctx: StudioContext, found: Sequence[Past], said: Callable[[Past], str]) -> None:
        super().__init__(parent, "Past imports", width=600, height=440)
        self._ctx, self._found, self._said = ctx, {one.id: one for one in found}, said
        self.list = TwoLineList("Past imports, newest first")
        self.list.setMinimumHeight(look.px(150))
        self.words = SearchField("Filter past imports", placeholder="Filter", target=self.list)
        self.words.searched.connect(self._fill)
        if found:
            self.body.addWidget(self.words)
            self.body.addWidget(self.list, 1)
        else:
            self.body.addWidget(EmptyState("Nothing was imported into this project yet.", icon="download"), 1)
        self.list.itemActivated.connect(lambda _item: self.accept())
        button = self.buttons("Show the report", cancel="Close")
        button.setEnabled(bool(found))
        self._fill("")
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen(self) -> Past | None:
        """The import under the cursor."""
        return self._found.get(self.list.key() or "")

    def _fill(self, words: str) -> None:
        self.list.clear()
        for one in self._found.values():
            title = one.report.title or one.report.format
            if words.casefold() in f"{title} {one.author}".casefold():
                self.list.add(one.id, title, f"{past.sum_of(one.report)} {self._said(one)}")
        self.list.choose(None)
        if words:
            self._ctx.announce(f"{self.list.count()} imports fit")

    def keys(self) -> list[str]:
        """What the list shows."""
        return [str(self.list.item(row).data(KEY)) for row in range(self.list.count())]


async def show_imports(ctx: StudioContext, window: QWidget) -> None:
    """List what was imported, and show the report that is chosen; back to the list after it."""
    while True:
        sheet = PastImports(window, ctx, await ctx.workspace.run(past.imports), when)
        if not await sheet.ask() or (one := sheet.chosen) is None:
            return
        if await show_report(ctx, window, one.report, when(one)):
            return


async def show_import(ctx: StudioContext, window: QWidget, commit_id: str) -> None:
    """The report of the import that made this change."""
    one = await ctx.workspace.run(past.of_commit, commit_id)
    if one is None:
        ctx.toast("The report of this import wasn't kept.")
    else:
        await show_report(ctx, window, one.report, when(one))


async def show_report(ctx: StudioContext, window: QWidget, report: Report, said: str = "") -> bool:
    """Show a report; says whether its notes are being read for what they tell."""
    from studio.ui.dialogs.import_extraction import extract

    texts = await ctx.workspace.run(imported.texts, report.commit) if report.commit else None
    sheet = ImportReport(window, ctx, report, texts=texts, when=said)
    await sheet.ask()
    if sheet.wants_extraction and report.commit:
        ctx.tasks.start(extract(ctx, report.commit, report.title))
        return True
    return False


def when(one: Past) -> str:
    """Who imported it, and when."""
    return f"{one.at.astimezone():%d %B %Y, %H:%M}, {one.author}"
