"""Links to entities: a line that completes names, and chips for several of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from studio.ui.foundry.editors import Editor
from studio.ui.kit.base import hbox, label, named, plain_tip, style
from studio.ui.kit.buttons import IconButton
from studio.ui.kit.chips import ElidedLabel
from studio.ui.kit.flow import FlowLayout
from studio.ui.linking import NameLine
from studio.ui.theme import look
from studio.ui.theme.icons import pixmap

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.world import Link
    from studio.ui.names import Named, NameIndex


class LinkEditor(Editor):
    """One link: the name, its kind's icon, and a button that opens the entry."""

    def __init__(self, name: str, names: NameIndex, kinds: tuple[str, ...], navigate: Callable[[str], object]) -> None:
        super().__init__()
        self._link: Link | None = None
        self._names = names
        self.widget = QWidget()
        row = hbox(self.widget, gap=4)
        self.line = NameLine(name, names, kinds)
        self._open = IconButton("arrow-right", f"Open {name.lower()}", lambda: self._go(navigate))
        row.addWidget(self.line, 1)
        row.addWidget(self._open)
        self.widget.setFocusProxy(self.line)
        self.line.picked.connect(self._picked)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.editingFinished.connect(self.left.emit)
        self._show()

    def value(self) -> Any:
        written = self.line.link()
        if self._link is not None and written is not None and written.text == self._shown(self._link):
            return self._link
        return written

    def set_value(self, value: Any) -> None:
        self._link = value
        self._quietly(lambda: self.line.set_text(self._shown(value) if value else ""))
        self._show()

    def _shown(self, link: Link) -> str:
        return link.text

    def _picked(self, link: Link) -> None:
        self._link = link
        self.line.set_text(link.text)
        self._show()
        self.edited.emit()
        self.left.emit()

    def _go(self, navigate: Callable[[str], object]) -> None:
        value = self.value()
        if value is not None and value.ref:
            navigate(value.ref)

    def _show(self) -> None:
        value = self.value()
        known = self._names.get(value.ref) if value is not None and value.ref else None
        self._open.setEnabled(bool(value and value.ref))
        self._open.setToolTip(
            plain_tip(f"Open {known.text} ({known.kind.replace('_', ' ')})") if known else "Not linked yet"
        )


class LinkChip(QFrame):
    """One link as a chip: opens when it is known, and can be taken away."""

    def __init__(
        self, link: Link, known: Named | None, *, on_open: Callable[[], object], on_remove: Callable[[], object]
    ) -> None:
        super().__init__()
        style(self, chip=True)
        row = hbox(self, margins=(9, 0, 2, 0), gap=4)
        mark = label()
        icon = (look.kind_icon(known.kind), f"kind:{known.kind}") if known else ("circle-dashed", "muted")
        mark.setPixmap(pixmap(*icon, size=look.px(14), ratio=self.devicePixelRatioF()))
        text = ElidedLabel(link.text)
        self.setToolTip(
            f"{known.text} ({known.kind.replace('_', ' ')})" if known else f"{link.text}: nothing has this name yet"
        )
        row.addWidget(mark)
        row.addWidget(text)
        if known:
            row.addWidget(IconButton("arrow-right", f"Open {link.text}", on_open))
        row.addWidget(IconButton("x", f"Remove {link.text}", on_remove))
        self.setMinimumHeight(look.px(24))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class LinkBox(QFrame):
    """Several links as chips, with a line that adds."""

    changed = Signal()

    def __init__(self, name: str, names: NameIndex, kinds: tuple[str, ...], navigate: Callable[[str], object]) -> None:
        super().__init__()
        style(self, tagBox="true")
        self._names = names
        self._navigate = navigate
        self._links: tuple[Link, ...] = ()
        self._flow = FlowLayout(self, gap=4, margins=(6, 4, 6, 4))
        self.line = NameLine(f"{name}: add", names, kinds, placeholder="Add a name")
        named(self.line, f"{name}: add", "Enter adds, Backspace removes the last")
        self.line.setMinimumWidth(look.px(110))
        self.line.installEventFilter(self)
        self.line.picked.connect(self._add)
        self.setFocusProxy(self.line)
        self._flow.addWidget(self.line)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        names.changed.connect(self._redraw)

    def links(self) -> tuple[Link, ...]:
        """The links as they stand."""
        return self._links

    def set_links(self, links: tuple[Link, ...]) -> None:
        """Show links without firing `changed`."""
        if tuple(links) != self._links:
            self._links = tuple(links)
            self._redraw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                style(self, tagBox="focus" if event.type() == QEvent.Type.FocusIn else "true")
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line.link() is not None:
            self._add(self.line.link())
            return True
        if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._links:
            self._remove(self._links[-1])
            return True
        return False

    def _add(self, link: Link | None) -> None:
        self.line.set_text("")
        if link is not None and all(
            link.text != other.text and (not link.ref or link.ref != other.ref) for other in self._links
        ):
            self.set_links((*self._links, link))
            self.changed.emit()

    def _remove(self, link: Link) -> None:
        self.set_links(tuple(other for other in self._links if other != link))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _redraw(self) -> None:
        while self._flow.count() > 1:
            item = self._flow.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for index, link in enumerate(self._links):
            known = self._names.get(link.ref) if link.ref else None
            chip = LinkChip(
                link,
                known,
                on_open=lambda link=link: self._navigate(link.ref or ""),
                on_remove=lambda link=link: self._remove(link),
            )
            self._flow.insert(index, chip)
        self.updateGeometry()


class LinksEditor(Editor):
    """Several links."""

    def __init__(self, name: str, names: NameIndex, kinds: tuple[str, ...], navigate: Callable[[str], object]) -> None:
        super().__init__()
        self.box = LinkBox(name, names, kinds, navigate)
        self.widget = self.box
        self.box.changed.connect(lambda: (self.edited.emit(), self.left.emit()))

    def value(self) -> Any:
        return self.box.links()

    def set_value(self, value: Any) -> None:
        self.box.set_links(value or ())
