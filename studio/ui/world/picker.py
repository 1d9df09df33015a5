"""Link fields: one entity or several, picked by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from studio.domain.ids import RecordId
from studio.domain.world import Link
from studio.ui.kit import Chip, FlowLayout, IconButton, hbox, named, style
from studio.ui.picking import NamePicker
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QObject

    from studio.ui.context import StudioContext


class LinkField(QWidget):
    """A link to one entity: type, pick, open. A name that isn't there yet is kept as words."""

    edited = Signal()
    make = Signal(str, str)
    opened = Signal(str)

    def __init__(
        self, name: str, ctx: StudioContext, *, kinds: tuple[str, ...] = (), but: str = "", can_make: bool = True
    ) -> None:
        super().__init__()
        self._link: Link | None = None
        row = hbox(self, gap=4)
        self.line = NamePicker(name, ctx, kinds=kinds, but=but, can_make=can_make)
        self.setFocusProxy(self.line)
        self.go = IconButton("arrow-right", f"{name}: open the linked entry", self._open)
        row.addWidget(self.line, 1)
        row.addWidget(self.go)
        self.line.picked.connect(self._picked)
        self.line.make.connect(self.make)
        self.line.committed.connect(lambda _text: self._typed())
        self._show()

    def read(self) -> Link | None:
        """The link as it stands."""
        return self._link

    def put(self, value: object) -> None:
        """Show a link without firing `edited`."""
        self._link = value if isinstance(value, Link) else Link(text=str(value)) if value else None
        self._show()

    def _show(self) -> None:
        self.line.set_text(self._link.text if self._link else "")
        bound = self._link is not None and self._link.ref is not None
        self.go.setVisible(bound)
        self.line.setToolTip("" if bound or self._link is None else "Nothing has this name yet; it is kept as words.")

    def _picked(self, record_id: str, name: str, _kind: str) -> None:
        self._link = Link(text=name, ref=RecordId(record_id))
        QTimer.singleShot(0, self, self._show)
        self.edited.emit()

    def _typed(self) -> None:
        text = self.line.text().strip()
        if self._link is not None and self._link.text == text:
            return
        found = self.line.exact()
        self._link = (Link(text=found[1], ref=RecordId(found[0])) if found else Link(text=text)) if text else None
        self._show()
        self.edited.emit()

    def _open(self) -> None:
        if self._link is not None and self._link.ref:
            self.opened.emit(self._link.ref)


class LinksField(QFrame):
    """Links to several entities as chips, with a line at the end to add one."""

    edited = Signal()
    make = Signal(str, str)
    opened = Signal(str)

    def __init__(
        self, name: str, ctx: StudioContext, *, kinds: tuple[str, ...] = (), but: str = "", can_make: bool = True
    ) -> None:
        super().__init__()
        style(self, tagBox="true")
        named(self, name)
        self._names = ctx.names
        self._links: list[Link] = []
        self._flow = FlowLayout(self, gap=4, margins=(6, 4, 6, 4))
        self.line = NamePicker(f"{name}: add", ctx, kinds=kinds, placeholder="Add a name", but=but, can_make=can_make)
        self.line.setMinimumWidth(look.px(110))
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)
        self._flow.addWidget(self.line)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.line.picked.connect(lambda record_id, text, _kind: self._take(Link(text=text, ref=RecordId(record_id))))
        self.line.make.connect(self._make)
        self.line.editingFinished.connect(self._typed)
        ctx.names.changed.connect(self._draw)

    def read(self) -> list[Link]:
        """The links as they stand."""
        return list(self._links)

    def put(self, value: object) -> None:
        """Show links without firing `edited`."""
        many = value if isinstance(value, list | tuple) else [value] if value else []
        wanted = [one if isinstance(one, Link) else Link(text=str(one)) for one in many]
        if wanted == self._links and self._flow.count() == len(wanted) + 1:
            return
        self._links = wanted
        self._draw()

    def _draw(self) -> None:
        """Chips in the look of what they point to; names may come in later."""
        while self._flow.count() > 1:
            item = self._flow.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, link in enumerate(self._links):
            self._flow.insert(at, self._chip(link))
        self.updateGeometry()

    def _chip(self, link: Link) -> Chip:
        known = self._names.get(link.ref) if link.ref else None
        mark = look.kind_icon(known.kind) if known else "link" if link.ref else "unlink"
        token = look.kind_colour(known.kind) if known else "muted"
        chip = Chip(link.text, icon=mark, token=token, on_remove=lambda: self._remove(link))
        if link.ref:
            chip.setToolTip("Double-click opens it")
            chip.mouseDoubleClickEvent = lambda _event, ref=link.ref: self.opened.emit(ref)  # pyright: ignore[reportAttributeAccessIssue]
        else:
            chip.setToolTip("Nothing has this name yet; it is kept as words.")
        return chip

    def _take(self, link: Link) -> None:
        QTimer.singleShot(0, self.line, lambda: self.line.set_text(""))
        if link not in self._links and (not link.ref or link.ref not in {one.ref for one in self._links}):
            self.put([*self._links, link])
            self.edited.emit()

    def _make(self, kind: str, name: str) -> None:
        QTimer.singleShot(0, self.line, lambda: self.line.set_text(""))
        self.make.emit(kind, name)

    def _typed(self) -> None:
        completer = self.line.completer()
        popup = completer.popup() if completer is not None else None
        if not self.line.text().strip() or (popup is not None and popup.isVisible()):
            return
        found = self.line.exact()
        self._take(Link(text=found[1], ref=RecordId(found[0])) if found else Link(text=self.line.text().strip()))

    def _remove(self, link: Link) -> None:
        self.put([one for one in self._links if one != link])
        self.line.setFocus()
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self.line and kind in (kind.FocusIn, kind.FocusOut):
            style(self, tagBox="focus" if kind == kind.FocusIn else "true")
        return super().eventFilter(watched, event)
