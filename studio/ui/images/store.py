"""The window's memory of decoded images: thumbnails and pictures in texts, one decoded at a time, in a thread."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.domain.errors import StudioError
from studio.services.world import media
from studio.ui.images.decode import decode, halves

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from studio.services.workspace import Workspace
    from studio.ui.lens import LensHub
    from studio.ui.tasks import Tasks

KEPT_BYTES = 96 * 1024 * 1024
Key = tuple[str, int]


class PictureStore(QObject):
    """Images by hash and size. Ask `small` while painting; `loaded(hash)` says that there is more to paint.

    What was decoded for one audience is forgotten when the window looks as another.
    """

    loaded = Signal(str)

    def __init__(self, workspace: Workspace, tasks: Tasks, lens: LensHub) -> None:
        super().__init__()
        self._workspace, self.tasks, self._lens = workspace, tasks, lens
        self._kept: OrderedDict[Key, QImage] = OrderedDict()
        self._wanted: set[Key] = set()
        self._broken: set[str] = set()
        self._one = asyncio.Lock()
        lens.changed.connect(self.forget)

    def small(self, digest: str, side: int) -> QImage | None:
        """The image within a square of `side` pixels if it is at hand; else it is fetched, and `loaded` fires."""
        key = (digest, side)
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
        elif digest not in self._broken and key not in self._wanted:
            self._wanted.add(key)
            self.tasks.start(self._fetch(key), owner=self)
        return found

    def is_broken(self, digest: str) -> bool:
        """Whether an image was asked for and can't be shown."""
        return digest in self._broken

    async def _fetch(self, key: Key) -> None:
        digest, side = key
        lens = self._lens.value
        try:
            data = await self._workspace.run(media.bytes_of, digest, lens)
            async with self._one:
                image = await asyncio.to_thread(decode, data, side=side)
        except StudioError:
            self._broken.add(digest)
        else:
            if lens == self._lens.value:
                self._keep(key, image)
        finally:
            self._wanted.discard(key)
        self.loaded.emit(digest)

    def _keep(self, key: Key, image: QImage) -> None:
        self._kept[key] = image
        while sum(one.sizeInBytes() for one in self._kept.values()) > KEPT_BYTES and len(self._kept) > 1:
            self._kept.popitem(last=False)

    async def whole(self, digest: str) -> list[QImage]:
        """An image as large as it may be shown, with its halves; it isn't kept here. Raises StudioError."""
        data = await self._workspace.run(media.bytes_of, digest, self._lens.value)
        async with self._one:
            return await asyncio.to_thread(lambda: halves(decode(data)))

    def forget(self) -> None:
        """Let go of everything: somebody else looks now."""
        self._kept.clear()
        self._broken.clear()
