"""The viewer: one image large, the next and the one before by key, zoomed, moved, saved as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog

from studio.domain.errors import StudioError
from studio.domain.imagefile import SUFFIXES
from studio.services.exchange.image_file import export_image
from studio.ui.dialogs import ask
from studio.ui.images.canvas import ImageCanvas
from studio.ui.kit import Button, IconButton, hbox, label, vbox
from studio.ui.tasks import latest_task, ui_task
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from studio.domain.worldkit import Media
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Tasks


class Viewer(QDialog):
    """Images in a row, one at a time."""

    def __init__(self, ctx: StudioContext, images: Sequence[Media], at: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._images = list(images)
        self._at = 0
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setSizeGripEnabled(True)
        self.resize(_size_over(parent))
        column = vbox(self, gap=0)
        self.canvas = ImageCanvas("Image")
        column.addWidget(self.canvas, 1)
        column.addLayout(self._caption_row())
        column.addLayout(self._buttons())
        self.canvas.zoomed.connect(self._say_zoom)
        self.finished.connect(lambda _code: self.deleteLater())
        self.show_image(at)
        self.canvas.setFocus()

    @property
    def tasks(self) -> Tasks:
        """Where `@ui_task` methods run."""
        return self.ctx.tasks

    def _caption_row(self) -> QHBoxLayout:
        row = hbox(margins=(16, 8, 16, 0), gap=8)
        self.caption = label("", wrap=True)
        self.credit = label("", "caption", wrap=True)
        row.addWidget(self.caption, 1)
        row.addWidget(self.credit, 1, Qt.AlignmentFlag.AlignRight)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = hbox(margins=(12, 6, 12, 10), gap=4)
        self.before = IconButton("chevron-left", "Image before", self.go_back, key="Page Up")
        self.place = label("", "caption")
        self.after = IconButton("chevron-right", "Next image", self.go_on, key="Page Down")
        self.percent = label("", "caption")
        for widget in (self.before, self.place, self.after):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(IconButton("minus", "Zoom out", self.canvas.zoom_out, key="-"))
        row.addWidget(self.percent)
        row.addWidget(IconButton("plus", "Zoom in", self.canvas.zoom_in, key="+"))
        row.addWidget(Button("Fit", self.canvas.fit, variant="ghost", compact=True, key="0"))
        row.addWidget(Button("Actual size", self.canvas.actual, variant="ghost", compact=True, key="1"))
        row.addStretch(1)
        row.addWidget(Button("Save as…", self.save, compact=True, key="Ctrl+S", icon="download"))
        row.addWidget(Button("Close", self.accept, compact=True, key="Esc"))
        return row

    @property
    def media(self) -> Media:
        """The image that shows."""
        return self._images[self._at]

    def show_image(self, at: int) -> None:
        """Show the image at a place in the row."""
        self._at = at % len(self._images)
        media = self.media
        words = media.caption or media.name
        many = len(self._images) > 1
        self.setWindowTitle(words)
        self.canvas.setAccessibleName(f"{words}, image {self._at + 1} of {len(self._images)}")
        self.canvas.say("Loading…")
        self.caption.setText(words)
        self.credit.setText(" · ".join(part for part in (media.credit, media.licence) if part))
        self.place.setText(f"{self._at + 1} of {len(self._images)}")
        for widget in (self.before, self.after, self.place):
            widget.setVisible(many)
        self._load()

    @latest_task
    async def _load(self) -> None:
        media = self.media
        try:
            levels = await self.ctx.pictures.whole(media.hash)
        except StudioError as error:
            self.canvas.say(str(error))
            return
        self.canvas.set_image(levels, QSize(media.width, media.height))

    def go_on(self) -> None:
        """The next image; after the last comes the first."""
        self.show_image(self._at + 1)

    def go_back(self) -> None:
        """The image before."""
        self.show_image(self._at - 1)

    def _say_zoom(self) -> None:
        percent = round(self.canvas.zoom * self.devicePixelRatioF() * 100)
        self.percent.setText(f"{percent} %" if self.canvas.has_image else "")
        self.canvas.setAccessibleDescription(f"Zoom {percent} %")

    @ui_task
    async def save(self) -> None:
        """Write the image into a file."""
        media = self.media
        suffix = SUFFIXES.get(media.media_type, "")
        kind = suffix.removeprefix(".").upper()
        place = await ask.pick_save(
            self, "Save image as", suggested=f"{media.name.rstrip('.')}{suffix}", filters=f"{kind} (*{suffix})"
        )
        if place is not None:
            await self.ctx.workspace.run(export_image, media.hash, place, self.ctx.lens.value)
            self.ctx.toast(f"Saved “{place.name}”.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_S and control:
            self.save()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_N, Qt.Key.Key_Space):
            self.go_on()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_P, Qt.Key.Key_Backspace):
            self.go_back()
        elif not (self.canvas.has_image and self.canvas.use_key(event)):
            super().keyPressEvent(event)


def _size_over(parent: QWidget | None) -> QSize:
    """Most of the window, and never more than the screen."""
    base = parent.window().size() if parent is not None else QSize(1000, 700)
    room = parent.screen().availableSize() if parent is not None else base
    wanted = QSize(max(look.px(560), base.width() * 8 // 10), max(look.px(420), base.height() * 9 // 10))
    return wanted.boundedTo(room)


def view_images(ctx: StudioContext, images: Sequence[Media], at: int, parent: QWidget) -> Viewer | None:
    """Open the viewer over a widget's window; it deletes itself when it is closed."""
    if not images:
        return None
    made = Viewer(ctx, images, at, parent.window())
    made.open()
    return made
