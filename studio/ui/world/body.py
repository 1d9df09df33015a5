"""The Markdown text of a page: written with `[[` and `@` completion, or looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QWidget

from studio.services.world import media
from studio.ui.images import taking
from studio.ui.images.viewer import view_images
from studio.ui.kit import Button, MarkdownEdit, hbox, label, vbox
from studio.ui.kit.scroll import ScrollArea
from studio.ui.markdown.inline import Known
from studio.ui.markdown.view import MarkdownView
from studio.ui.tasks import ui_task
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QResizeEvent

    from studio.ui.context import StudioContext
    from studio.ui.images.taking import Offer
    from studio.ui.tasks import Tasks


_CHROME = 24
_HIGHEST = 12000
_PICTURE = 480
"""Longest side of an image within a text, at 100 %."""


class _Edit(MarkdownEdit):
    """As high as its text really is, so that only the page around it scrolls. Pictures are asked for, not inserted."""

    images_given = Signal(object)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return taking.offer_in(source) is not None or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        offer = taking.offer_in(source)
        if offer is None:
            super().insertFromMimeData(source)
        else:
            self.images_given.emit(offer)

    def sizeHint(self) -> QSize:
        block, height = self.document().firstBlock(), 0.0
        while block.isValid() and height < _HIGHEST:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        frame = self.height() - self.viewport().height()
        chrome = frame if 0 < frame < _CHROME else _CHROME
        least = 6 * self.fontMetrics().lineSpacing()
        return QSize(200, round(max(least, height) + 2 * self.document().documentMargin() + chrome) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()


class Body(QWidget):
    """Editor and preview of one text. Changes from elsewhere come in without moving the cursor."""

    edited = Signal()
    left = Signal()
    link_opened = Signal(str)
    """The name inside a link that was followed."""

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._known = ""
        column = vbox(self, gap=4)
        row = hbox(gap=4)
        self.title = label("Text", "label")
        row.addWidget(self.title)
        row.addStretch(1)
        self.switch = Button("Preview", self.toggle_preview, variant="ghost", compact=True, icon="eye")
        self.switch.setToolTip("Look at the text as it reads  (Ctrl+Shift+V)")
        row.addWidget(self.switch)
        column.addLayout(row)
        self.edit = _Edit(
            "Text", placeholder="Write here. [[ or @ links to an entry, /secret hides a block from players.",
            provider=ctx.names.complete, min_lines=6, max_lines=400,
        )  # fmt: skip
        self.view = MarkdownView(resolve=self._resolve, pictures=self._picture)
        self.view.setAccessibleName("Text, as it reads")
        self.view.hide()
        column.addWidget(self.edit)
        column.addWidget(self.view)
        self.edit.textChanged.connect(self._changed)
        self.edit.committed.connect(lambda _text: self.left.emit())
        self.edit.link_activated.connect(self.link_opened)
        self.edit.images_given.connect(self.take_images)
        self.view.image_clicked.connect(self.open_image)
        ctx.pictures.loaded.connect(self._picture_came)
        ctx.names.improved.connect(self.edit.ask_again)
        self.view.wikilink_clicked.connect(self.link_opened)
        self.view.entity_clicked.connect(lambda entity_id: ctx.navigate(entity_id))

    def show_span(self, span: tuple[int, int]) -> None:
        """Select these characters (code points), and bring them into sight on the page around."""
        if self.is_previewing:
            self.toggle_preview()
        text = self.text()
        start, end = (len(text[:at].encode("utf-16-le")) // 2 for at in span)
        cursor = self.edit.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.edit.setTextCursor(cursor)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        page = self.parentWidget()
        while page is not None and not isinstance(page, ScrollArea):
            page = page.parentWidget()
        if page is not None and (content := page.widget()) is not None:
            at = self.edit.viewport().mapTo(content, self.edit.cursorRect().center())
            page.ensureVisible(at.x(), at.y(), 20, 80)

    def set_title(self, title: str) -> None:
        """What the text is called: a session's is its log."""
        self.title.setText(title)
        self.edit.setAccessibleName(title)
        self.view.setAccessibleName(f"{title}, as it reads")

    def _resolve(self, name: str) -> Known | None:
        found = self._ctx.names.find(name)
        return Known(found.record_id, found.kind, found.text) if found is not None else None

    @property
    def tasks(self) -> Tasks:
        """Where `@ui_task` methods run."""
        return self._ctx.tasks

    # ---- images in the text ------------------------------------------------------------------------------------------

    def _picture(self, digest: str) -> QImage | None:
        """An image of the project as wide as the text allows, if it is at hand."""
        side = max(64, min(self.edit.width(), look.px(_PICTURE)) // 64 * 64)
        ratio = self.devicePixelRatioF()
        found = self._ctx.pictures.small(digest, round(side * ratio))
        if found is None:
            return None
        made = QImage(found)
        made.setDevicePixelRatio(ratio)
        return made

    def _picture_came(self, digest: str) -> None:
        if self.is_previewing and digest in self.view.markdown:
            self.view.set_markdown(self.view.markdown)

    @ui_task
    async def take_images(self, offer: Offer) -> None:
        """Show pictures where the cursor is: they go into the project, the text names them."""
        made = await self._ctx.workspace.run(media.add_images, await taking.read(offer))
        words = [taking.markdown_of(one.hash, one.caption or one.name) for one in made]
        self.edit.textCursor().insertText("\n\n".join(words))
        self.left.emit()

    @ui_task
    async def open_image(self, digest: str) -> None:
        """Look at an image of the text large."""
        found = await self._ctx.workspace.run(media.image, digest, self._ctx.lens.value)
        view_images(self._ctx, [found], 0, self)

    def _changed(self) -> None:
        """Qt says so for new colours too; only new text counts, and only where a person wrote it."""
        text = self.edit.text()
        if text != self._known:
            self._known = text
            self.edited.emit()

    def text(self) -> str:
        """The text as typed."""
        return self.edit.text()

    @property
    def is_previewing(self) -> bool:
        """Whether the text is looked at, not written."""
        return not self.view.isHidden()

    def toggle_preview(self) -> None:
        """Write, or look."""
        shown = not self.is_previewing
        if shown:
            self.view.setFixedWidth(max(80, self.edit.width()))
            self.view.set_markdown(self.edit.text() or "*Nothing written yet.*")
        self.view.setVisible(shown)
        self.edit.setVisible(not shown)
        self.switch.setText("Write" if shown else "Preview")
        self.switch.set_icon("pencil" if shown else "eye")
        if not shown:
            self.edit.setFocus()

    def clear(self) -> None:
        """Forget the text and its undo steps: another one comes."""
        self._known = ""
        self.edit.set_text("")

    def put(self, text: str) -> None:
        """Show a text; only what differs is replaced, so cursor and scroll stay where they are."""
        now = self.edit.text()
        if now == text:
            return
        start = _common(now, text)
        end = _common(now[start:][::-1], text[start:][::-1])
        self._known = text
        if not now:
            self.edit.set_text(text)
            return
        cursor = QTextCursor(self.edit.document())
        cursor.beginEditBlock()
        cursor.setPosition(_units(now[:start]))
        cursor.setPosition(_units(now[: len(now) - end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start : len(text) - end])
        cursor.endEditBlock()
        self.edit.document().clearUndoRedoStacks()
        if self.is_previewing:
            self.view.set_markdown(text)

    def restyle(self) -> None:
        """Follow the theme."""
        self.view.restyle()


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    at = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        at += 1
    return at


def _units(text: str) -> int:
    """Length in UTF-16 units, which Qt counts positions in."""
    return len(text.encode("utf-16-le")) // 2
