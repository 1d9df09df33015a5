"""The images of an entry: thumbnails in a row, added by drop, paste or file, put in order and described by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QIcon, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from studio.domain.errors import NotFound
from studio.domain.ids import RecordId
from studio.services import history
from studio.services.world import maps, media
from studio.ui.entity_section import EntitySection
from studio.ui.images import taking
from studio.ui.images.describe import describe
from studio.ui.images.viewer import view_images
from studio.ui.kit import IconButton, build_menu, label, named, plain_tip, style
from studio.ui.tasks import latest_task, ui_task
from studio.ui.theme import look
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.world import Entity
    from studio.domain.worldkit import Media
    from studio.ui.context import StudioContext
    from studio.ui.images.taking import Offer

SIDE = 96
_HASH = Qt.ItemDataRole.UserRole
EMPTY = "Drop a picture here, paste one, or choose a file."
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Thumbnails(QListWidget):
    """The row. Enter opens, Alt+Left and Alt+Right move, Delete takes off, F2 describes."""

    opened = Signal(str)
    moved = Signal(str, int)
    removed = Signal(str)
    described = Signal(str)
    pasted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        style(named(self, "Images"), boxed=True)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setViewportMargins(*[look.px(4)] * 4)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemActivated.connect(lambda item: self.opened.emit(item.data(_HASH)))

    def current_hash(self) -> str:
        """The image that is selected, or nothing."""
        item = self.currentItem()
        return str(item.data(_HASH)) if item is not None else ""

    def fill(self, images: Sequence[Media], picture: Callable[[str], QIcon]) -> None:
        """Show images in their order; the one that was selected stays so."""
        before, row = self.current_hash(), self.currentRow()
        self.clear()
        side = look.px(SIDE)
        self.setIconSize(QSize(side, side))
        cell = QSize(side + look.px(12), side + self.fontMetrics().lineSpacing() + look.px(14))
        self.setGridSize(cell)
        for at, one in enumerate(images):
            words = one.caption or one.name
            item = QListWidgetItem(picture(one.hash), words)
            item.setData(_HASH, one.hash)
            item.setToolTip(plain_tip(words))
            item.setSizeHint(cell - QSize(4, 4))
            cover = ", cover" if at == 0 else ""
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}, image {at + 1} of {len(images)}{cover}")
            self.addItem(item)
        again = next((at for at, one in enumerate(images) if one.hash == before), min(row, len(images) - 1))
        if again >= 0:
            self.setCurrentRow(again)
        self.updateGeometry()
        self._fit()

    def refresh(self, digest: str, picture: Callable[[str], QIcon]) -> None:
        """An image came: show it."""
        for row in range(self.count()):
            if self.item(row).data(_HASH) == digest:
                self.item(row).setIcon(picture(digest))

    def _fit(self) -> None:
        """As high as its rows, so that only the page scrolls; with very many it scrolls itself."""
        columns = max(1, (self.viewport().width() - 2) // max(1, self.gridSize().width()))
        rows = min(4, -(-self.count() // columns))
        self.setFixedHeight(rows * self.gridSize().height() + look.px(14))

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)  # pyright: ignore[reportArgumentType]
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Keys that move an image are ours here, though elsewhere on the page they lead back and forward."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._step(event):
            event.accept()
            return True
        return super().event(event)

    def _step(self, event: QKeyEvent) -> int:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        return _STEPS.get(Qt.Key(event.key()), 0) if alt and self.current_hash() else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digest = self.current_hash()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif not digest:
            super().keyPressEvent(event)
        elif step := self._step(event):
            self.moved.emit(digest, max(0, self.currentRow() + step))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(digest)
        elif event.key() == Qt.Key.Key_F2:
            self.described.emit(digest)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(digest)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.current_hash():
            by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
            below = self.viewport().mapToGlobal(self.visualItemRect(self.currentItem()).bottomLeft())
            self.menu_wanted.emit(below if by_key else event.globalPos())


class ImagesSection(EntitySection):
    """The images of the entity that is shown, and the verbs on them."""

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__("Images", ctx, parent)
        self._owner, self._name, self._kind = RecordId(""), "", ""
        self._shown: tuple[object, ...] = ()
        self.images: list[Media] = []
        self.list = Thumbnails()
        self.empty = label(EMPTY, "caption", wrap=True)
        self.paste_button = IconButton("clipboard-paste", "Paste an image", self.paste)
        self.add_button = IconButton("plus", "Add images from files", self.choose)
        self.head.addWidget(self.paste_button)
        self.head.addWidget(self.add_button)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.list)
        self.list.hide()
        self.list.opened.connect(self.open)
        self.list.moved.connect(self.move_to)
        self.list.removed.connect(self.remove)
        self.list.described.connect(self.describe)
        self.list.pasted.connect(self.paste)
        self.list.menu_wanted.connect(self._menu)
        ctx.pictures.loaded.connect(self._came)

    # ---- showing -----------------------------------------------------------------------------------------------------

    def show_entity(self, entity: Entity) -> None:
        """Follow an entity."""
        super().show_entity(entity)
        self._owner, self._name, self._kind = entity.id, entity.name, entity.kind
        can_edit = self.ctx.lens.value.is_gm and entity.deleted_at is None
        self.add_button.setVisible(can_edit)
        self.paste_button.setVisible(can_edit)
        self.empty.setText(EMPTY if can_edit else "No images.")
        self.load()

    @latest_task
    async def load(self) -> None:
        """Read what hangs on the entity."""
        try:
            found = await self.ctx.workspace.run(media.images_of, self._owner, self.ctx.lens.value)
        except NotFound:
            found = []
        self._fill(found)

    def _fill(self, found: list[Media]) -> None:
        shown = (self._owner, *((one.hash, one.caption, one.name) for one in found), look.scale(), look.theme_name())
        self.images = found
        if shown == self._shown:
            return
        self._shown = shown
        self.set_count(len(found))
        self.empty.setVisible(not found)
        self.list.setVisible(bool(found))
        self.list.fill(found, self._picture)

    def _picture(self, digest: str) -> QIcon:
        """The image in the middle of a square, all of it; a sign while there is none."""
        ratio, side = self.devicePixelRatioF(), look.px(SIDE)
        image = self.ctx.pictures.small(digest, round(side * ratio))
        square = QPixmap(QSize(side, side) * ratio)
        square.setDevicePixelRatio(ratio)
        square.fill(Qt.GlobalColor.transparent)
        with QPainter(square) as painter:
            if image is not None:
                room = QRectF(0, 0, image.width() / ratio, image.height() / ratio)
                room.moveCenter(QPointF(side / 2, side / 2))
                painter.drawImage(room, image)
            else:
                mark = "circle-alert" if self.ctx.pictures.is_broken(digest) else "image"
                sign = QRect(0, 0, side, side).adjusted(side // 3, side // 3, -side // 3, -side // 3)
                icon(mark, "muted").paint(painter, sign)
        return QIcon(square)

    def _came(self, digest: str) -> None:
        if any(one.hash == digest for one in self.images):
            self.list.refresh(digest, self._picture)

    def restyle(self) -> None:
        """Follow theme and text size."""
        self._fill(self.images)

    def _known(self, digest: str) -> Media | None:
        return next((one for one in self.images if one.hash == digest), None)

    # ---- what a user does --------------------------------------------------------------------------------------------

    def open(self, digest: str) -> None:
        """Look at an image large."""
        at = next((n for n, one in enumerate(self.images) if one.hash == digest), 0)
        view_images(self.ctx, self.images, at, self)

    @ui_task
    async def choose(self) -> None:
        """Ask for files."""
        files = await self.ctx.shell.pick_open("Add images", filters=taking.FILTER, many=True)
        if files:
            await self._take(files)

    def paste(self) -> None:
        """Take what the clipboard holds."""
        offer = taking.offer_in(QGuiApplication.clipboard().mimeData())
        if offer is None:
            self.ctx.toast("There is no image on the clipboard. Copy one and try again.")
        else:
            self.take(offer)

    @ui_task
    async def take(self, offer: Offer) -> None:
        """Hang what was dropped or pasted on the entity."""
        await self._take(offer)

    async def _take(self, offer: Offer) -> None:
        owner = self._owner
        found = await taking.read(offer)
        await self.ctx.workspace.run(media.attach_new, owner, found)
        words = f"Added “{found[0][0]}”." if len(found) == 1 else f"Added {len(found)} images."
        self.ctx.toast(words, self.take_back)
        self.set_open(True)

    @ui_task
    async def take_back(self) -> None:
        """Undo, from a toast."""
        await self.ctx.workspace.run(history.undo)

    @ui_task
    async def move_to(self, digest: str, to: int) -> None:
        """Put an image at another place."""
        if self._may_edit():
            await self.ctx.workspace.run(media.move, self._owner, digest, to)
            known = self._known(digest)
            at = min(to, len(self.images) - 1)
            self.ctx.announce(f"{known.caption or known.name if known else 'Image'}, now {at + 1}")

    @ui_task
    async def remove(self, digest: str) -> None:
        """Take an image off the entity."""
        if self._may_edit():
            await self.ctx.workspace.run(media.remove, self._owner, digest)
            self.ctx.toast("Image removed.", self.take_back)

    @ui_task
    async def describe(self, digest: str) -> None:
        """Say what an image shows and whose it is."""
        known = self._known(digest)
        if known is None or not self._may_edit():
            return
        if await describe(self, known, lambda new: self.ctx.workspace.run(media.describe, digest, new)):
            await self.load()

    @ui_task
    async def make_map(self, digest: str) -> None:
        """Make a map of an image; on the page of a place it is a map of that place."""
        place = self._owner if self._kind == "location" else None
        name = f"Map of {self._name}" if place else self._name
        made = await self.ctx.workspace.run(maps.create_map, name=name, digest=digest, shows=place)
        self.ctx.hub.show_map.emit(made.id)

    def _may_edit(self) -> bool:
        return self.ctx.lens.value.is_gm

    def copy_link(self, digest: str) -> None:
        """Put the Markdown that shows this image on the clipboard."""
        known = self._known(digest)
        QGuiApplication.clipboard().setText(taking.markdown_of(digest, known.caption or known.name if known else ""))
        self.ctx.toast("Copied. Paste it into any text.")

    def _menu(self, corner: QPoint) -> None:
        digest, row = self.list.current_hash(), self.list.currentRow()
        items: list[tuple[str, Callable[[], object]] | None] = [("Open\tEnter", lambda: self.open(digest))]
        if self._may_edit():
            items += [
                ("Make cover", lambda: self.move_to(digest, 0)),
                ("Move left\tAlt+Left", lambda: self.move_to(digest, max(0, row - 1))),
                ("Move right\tAlt+Right", lambda: self.move_to(digest, row + 1)),
                ("Caption and credit…\tF2", lambda: self.describe(digest)),
                ("Make a map of it", lambda: self.make_map(digest)),
                ("Copy for a text", lambda: self.copy_link(digest)),
                None,
                ("Remove\tDel", lambda: self.remove(digest)),
            ]
        menu = build_menu(self.list, items)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(corner)
