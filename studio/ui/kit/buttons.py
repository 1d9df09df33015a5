"""Buttons: text buttons in five variants, icon buttons, buttons with a menu, split buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from studio.ui.kit.base import named, plain_tip, style
from studio.ui.theme import look
from studio.ui.theme.icons import icon as load_icon

Variant = Literal["primary", "plain", "danger", "ghost", "link", "row"]
MenuItem = tuple[str, Callable[[], object]] | None
_ROW_CHROME = 28
"""Padding and border at both sides of a row, from the style sheet."""
_INK = {"primary": "on_accent", "danger": "danger", "link": "link"}


def _pressed_by_key(button: QPushButton | QToolButton, event: QKeyEvent) -> bool:
    """Enter presses the button that has the focus, as Space does: nobody has to know that Qt tells them apart."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if event.isAutoRepeat() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    opens = isinstance(button, QPushButton) or button.popupMode() == QToolButton.ToolButtonPopupMode.InstantPopup
    if (menu := button.menu()) is not None and opens and (enter or event.key() == Qt.Key.Key_Space):
        _drop_down(menu, button)
        return True
    if enter:
        button.click()
    return enter


def _drop_down(menu: QMenu, button: QPushButton | QToolButton) -> None:
    """Open a menu under its button. `showMenu` would hold Python's lock until it closes, and every thread with it."""
    button.setDown(True)
    menu.aboutToHide.connect(lambda: button.setDown(False), Qt.ConnectionType.SingleShotConnection)
    corner = button.mapToGlobal(button.rect().bottomLeft())
    menu.popup(corner)
    x = corner.x() + button.width() - menu.width() if button.isRightToLeft() else menu.x()
    menu.move(x, menu.y() if menu.y() >= corner.y() else corner.y() - button.height() - menu.height())


class Button(QPushButton):
    """A text button. `key` is shown in the tool tip; `name` is what a screen reader says if the text isn't enough.

    One that `elides`, as rows do, ends in an ellipsis where it is too narrow for its text.
    """

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        variant: Variant = "plain",
        icon: str = "",
        key: str = "",
        tip: str = "",
        name: str = "",
        compact: bool = False,
        elides: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._variant, self._full, self._elides = variant, text, elides or variant == "row"
        super().__init__(text, parent)
        style(self, variant=variant, compact=compact)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(
            QSizePolicy.Policy.Maximum if variant != "row" else QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        )
        self.setAutoDefault(False)
        if icon:
            self.set_icon(icon)
        if name:
            self.setAccessibleName(name)
        if tip or key:
            self.setToolTip(f"{tip or text}  ({key})" if key else tip)
        if on_click is not None:
            self.clicked.connect(lambda *_: on_click())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by_key(self, event):
            super().keyPressEvent(event)

    def setText(self, text: str) -> None:
        self._full = text
        super().setText(text)
        if self._elides:
            self._elide()

    def text(self) -> str:
        """The whole text, also where a row is too narrow to show it."""
        return getattr(self, "_full", "") or super().text()

    def show_words(self, *, shown: bool) -> None:
        """Leave the icon alone where there is no room for words; they are the tool tip and what is read out then."""
        if not self.accessibleName():
            self.setAccessibleName(self._full)
        if not self.toolTip():
            self.setToolTip(plain_tip(self._full))
        super().setText(self._full if shown else "")

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._elides and (shown := super().text()) != self._full:
            words = self.fontMetrics().horizontalAdvance
            hint.setWidth(hint.width() + words(self._full) - words(shown))
        return hint

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), look.px(72)), hint.height()) if self._elides else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elides:
            self._elide()

    def _elide(self) -> None:
        """A row that is too narrow ends in an ellipsis; its whole text is in the tool tip and for screen readers."""
        icon = self.iconSize().width() + 4 if not self.icon().isNull() else 0
        room = self.contentsRect().width() - icon - _ROW_CHROME
        if self._variant != "row":  # as wide as it wants to be, it has room for every letter
            room = self.width() - self.sizeHint().width() + self.fontMetrics().horizontalAdvance(self._full) + 2
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(room, look.px(24)))
        if shown != super().text():
            super().setText(shown)
            if shown != self._full and not self.toolTip():
                self.setToolTip(plain_tip(self._full))
            if not self.accessibleName() or self.accessibleName() == self._full:
                self.setAccessibleName(self._full)

    def set_icon(self, name: str) -> None:
        """Show a Lucide icon before the text, in the variant's ink."""
        self.setIcon(load_icon(name, _INK.get(self._variant, "text")))
        self._size_icon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._size_icon()

    def _size_icon(self) -> None:
        gap = 4 if self.text() else 0
        self.setIconSize(QSize(look.px(16) + gap, look.px(16)))


class IconButton(QToolButton):
    """A square button with only an icon; `name` is its tool tip and what a screen reader says."""

    def __init__(
        self,
        icon: str,
        name: str,
        on_click: Callable[[], object] | None = None,
        *,
        key: str = "",
        token: str = "muted",
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        style(self, variant="icon")
        self._token = token
        self.set_icon(icon)
        self.rename(name, key=key)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if on_click is not None:
            self.clicked.connect(lambda *_: on_click())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by_key(self, event):
            super().keyPressEvent(event)

    def set_icon(self, name: str) -> None:
        """Show another Lucide icon."""
        self.setIcon(load_icon(name, self._token))
        self.setIconSize(QSize(look.px(16), look.px(16)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.setIconSize(QSize(look.px(16), look.px(16)))

    def rename(self, name: str, *, key: str = "") -> None:
        """Change what the button is called."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  ({key})" if key else name)


def build_menu(parent: QWidget, items: list[MenuItem]) -> QMenu:
    """A menu of (text, call) pairs; None is a separator."""
    menu = named(QMenu(parent), parent.accessibleName() or getattr(parent, "text", str)())
    for item in items:
        if item is None:
            menu.addSeparator()
            continue
        text, call = item
        action = QAction(text, menu)
        action.triggered.connect(lambda *_, call=call: call())
        menu.addAction(action)
    return menu


def context_menu(parent: QWidget, name: str) -> QMenu:
    """An empty menu for one use: fill it and `popup` it. Readers say its name, and it goes when it closes."""
    menu = named(QMenu(parent), name)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


class MenuButton(Button):
    """A button that opens a menu. `fill` is called each time before it opens, with the empty menu."""

    def __init__(
        self,
        text: str,
        items: list[MenuItem] | None = None,
        *,
        fill: Callable[[QMenu], object] | None = None,
        variant: Variant = "plain",
        icon: str = "",
        name: str = "",
        tip: str = "",
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, variant=variant, icon=icon, name=name, tip=tip, compact=compact, parent=parent)
        style(self, hasMenu=True)
        menu = build_menu(self, items or [])
        self.setMenu(menu)
        if fill is not None:
            menu.aboutToShow.connect(lambda: (menu.clear(), fill(menu)))


class IconMenuButton(IconButton):
    """An icon button that opens a menu: the “more” button of a row or a card."""

    def __init__(
        self,
        items: list[MenuItem] | None = None,
        *,
        fill: Callable[[QMenu], object] | None = None,
        icon: str = "ellipsis",
        name: str = "More actions",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(icon, name, parent=parent)
        menu = build_menu(self, items or [])
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        if fill is not None:
            menu.aboutToShow.connect(lambda: (menu.clear(), fill(menu)))


class SplitButton(QToolButton):
    """One default action and, behind the arrow, its alternatives."""

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object],
        items: list[MenuItem],
        *,
        icon: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon if icon else Qt.ToolButtonStyle.ToolButtonTextOnly
        )
        if icon:
            self.setIcon(load_icon(icon))
            self.setIconSize(QSize(look.px(16), look.px(16)))
        self.setMenu(build_menu(self, items))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(lambda *_: on_click())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by_key(self, event):
            super().keyPressEvent(event)
