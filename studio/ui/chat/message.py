"""One message in the chat: its text, who and what made it, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from studio.ui.chat.facts import BETWEEN, Facts, badge, caption, heading, notes_of, spoken
from studio.ui.chat.notice import Notice, notice_for
from studio.ui.kit import Button, IconButton, hbox, label, named
from studio.ui.markdown.inline import Resolver, nobody
from studio.ui.markdown.view import MarkdownView
from studio.ui.theme import look
from studio.ui.theme.icons import pixmap
from studio.ui.theme.tokens import RADIUS

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPaintEvent, QResizeEvent

PAD_X, PAD_Y, GAP = 16, 10, 6
HEADER, FOOTER, CHIP = 28, 34, 28
INSET = 12
"""Room left and right of the text, for the ring of keyboard focus."""
BUBBLE_SHARE = 0.86
ROOMY = 480
"""Pixels across from which on what was read has a button of its own; it is in the menu everywhere."""
_TAB = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
_ACTIONS = {
    "user": (("copy", "copy", "Copy message"), ("edit", "pencil", "Edit message")),
    "assistant": (("copy", "copy", "Copy answer"), ("regenerate", "refresh-cw", "Regenerate answer")),
}
_BOTH = (("branch", "git-branch", "Branch from here"), ("more", "ellipsis", "More actions"))


class MessageWidget(QWidget):
    """Shows a message. `act` asks for something to be done: (what, message id)."""

    act = Signal(str, str)
    menu_wanted = Signal(str, QPoint)
    entity_clicked = Signal(str)
    wikilink_clicked = Signal(str)
    url_clicked = Signal(str)
    note_clicked = Signal(str, int)
    """(message id, number of the note)"""
    grew = Signal()

    def __init__(self, parent: QWidget, facts: Facts, *, resolve: Resolver = nobody) -> None:
        super().__init__(parent)
        self.facts = facts
        self.waiting = ""
        self.view = MarkdownView(self, resolve=resolve, message_id=facts.id)
        self.view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.view.installEventFilter(self)
        self._notice: Notice | None = None
        self._says: tuple[str, str, str, bool] | None = None
        self._bar: QWidget | None = None
        self._ring = False
        self._bubble = QRect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.view.entity_clicked.connect(self.entity_clicked)
        self.view.wikilink_clicked.connect(self.wikilink_clicked)
        self.view.url_clicked.connect(self.url_clicked)
        self.view.note_clicked.connect(lambda n: self.note_clicked.emit(self.facts.id, n))
        self.view.set_notes(notes_of(facts))
        self.view.grew.connect(self.grew)
        if facts.state == "streaming":
            self.view.begin()
        else:
            self.view.set_markdown(facts.text)
        self._dress()

    # ---- content -------------------------------------------------------------------------------------------------

    def set_facts(self, facts: Facts) -> None:
        """Show what is known of the message now; the text is drawn again only if it changed."""
        if facts == self.facts:
            return
        old, self.facts = self.facts, facts
        self.view.set_notes(notes_of(facts))
        if facts.text != self.view.markdown:
            self.view.set_markdown(facts.text)
        elif old.state == "streaming" and facts.state != "streaming":
            self.view.finish()
        self._dress()
        self.update()

    def feed(self, text: str) -> None:
        """More of an answer that is on its way; drawn at once, only its open block again."""
        self.view.feed(text)
        self.view.flush()

    def wait_with(self, words: str) -> None:
        """What stands in place of the text until the first of it comes."""
        if words != self.waiting:
            self.waiting = words
            self.update()

    def restyle(self) -> None:
        """Draw again in the theme that is on now."""
        self.view.restyle()
        self._dress()

    def _dress(self) -> None:
        name, description = spoken(self.facts)
        named(self, name, description)
        named(self.view, "Your message" if self.facts.role == "user" else "Answer")
        if self._bar is not None:
            self._bar.hide()
            self._bar.deleteLater()
        self._bar = None
        self._dress_notice()
        self._show_bar()

    def _dress_notice(self) -> None:
        """The notice stays the one it is while it says the same: it may be under a finger or have the focus."""
        facts = self.facts
        says = (facts.state, facts.error_code, facts.error_text, bool(facts.text))
        if says == self._says:
            return
        self._says = says
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = None
        if facts.state != "streaming":
            act = lambda what: self.act.emit(what, self.facts.id)  # noqa: E731
            state, code, text, has_text = says
            self._notice = notice_for(self, act, state=state, code=code, text=text, has_text=has_text)
        if self._notice is not None:
            self._notice.show()

    # ---- actions -------------------------------------------------------------------------------------------------

    @property
    def _wants_bar(self) -> bool:
        facts = self.facts
        settled = facts.state != "streaming"
        near = self.underMouse() or self.hasFocus() or self.view.hasFocus() or self._bar_has_focus()
        return settled and (near or facts.count > 1 or (facts.last and facts.role == "assistant"))

    def _bar_has_focus(self) -> bool:
        return self._bar is not None and self._bar.isAncestorOf(self.focusWidget() or self)

    def _show_bar(self) -> None:
        if self._wants_bar and self._bar is None:
            self._bar = self._make_bar()
        if self._bar is not None:
            self._bar.setVisible(self._wants_bar)
            self._place_bar()

    def _make_bar(self) -> QWidget:
        facts = self.facts
        bar = QWidget(self)
        row = hbox(bar, gap=0)
        if facts.count > 1:
            self._add_pager(row)
        for what, icon, words in (*_ACTIONS[facts.role if facts.role == "user" else "assistant"], *_BOTH):
            row.addWidget(IconButton(icon, words, lambda what=what: self._button(what)))
        if facts.role == "assistant" and self.width() >= look.px(ROOMY):
            inspect = IconButton("eye", "What the model read", lambda: self._button("inspect"), key="Ctrl+Shift+J")
            row.insertWidget(row.count() - 2, inspect)
        if facts.role == "assistant" and facts.text:
            row.addSpacing(6)
            row.addWidget(self._save_button())
        return bar

    def _save_button(self) -> Button:
        """Bordered under the newest answer, where it is what comes next; quiet under the others."""
        facts = self.facts
        words = f"Save {facts.found} from answer" if facts.found else "Save from answer"
        words = "Saved from answer" if facts.saved else words
        return Button(
            f"{words}   Ctrl+S" if facts.last and facts.found and not facts.saved else words,
            lambda: self._button("save"),
            icon="check" if facts.saved else "bookmark",
            tip=f"{words}: review it {'again' if facts.saved else 'first'}  (Ctrl+S)",
            name=words,
            compact=True,
            variant="plain" if facts.last else "ghost",
        )

    def _add_pager(self, row: object) -> None:
        facts = self.facts
        before = IconButton("chevron-left", "Previous version", lambda: self._button("previous"), key="Alt+Left")
        before.setEnabled(facts.index > 1)
        after = IconButton("chevron-right", "Next version", lambda: self._button("next"), key="Alt+Right")
        after.setEnabled(facts.index < facts.count)
        place = label(f"{facts.index}/{facts.count}", "caption")
        for widget in (before, place, after):
            row.addWidget(widget)  # pyright: ignore[reportAttributeAccessIssue]

    def _button(self, what: str) -> None:
        if what == "more":
            corner = self._bar.geometry().bottomLeft() if self._bar is not None else QPoint()
            self.menu_wanted.emit(self.facts.id, self.mapToGlobal(corner))
        else:
            self.act.emit(what, self.facts.id)

    # ---- size ----------------------------------------------------------------------------------------------------

    def height_for(self, width: int) -> int:
        """Take a width, lay everything out, give the height."""
        inset = look.px(INSET)
        inner = width - 2 * inset
        if self.facts.role == "user":
            bottom = self._lay_out_user(inner, inset)
        else:
            top = look.px(HEADER) + 2
            height = self.view.height_for(inner)
            self.view.setGeometry(inset, top, inner, height)
            self.view.setVisible(bool(self.view.markdown))
            bottom = top + (height if self.view.markdown else look.px(24))
        if self._notice is not None:
            tall = self._notice.height_for(inner)
            self._notice.setGeometry(inset, bottom + GAP, inner, tall)
            bottom += tall + GAP
        return bottom + look.px(FOOTER)

    def _lay_out_user(self, width: int, inset: int) -> int:
        pad_x, pad_y = look.px(PAD_X), look.px(PAD_Y)
        most = int(width * BUBBLE_SHARE) - 2 * pad_x
        height = self.view.height_for(most)
        inner = min(most, int(self.view.document().idealWidth()) + 2)
        chips = self._chips_width()
        inner = max(inner, min(most, chips), look.px(24))
        if inner < most:
            height = self.view.height_for(inner)
        tall = height + 2 * pad_y + (look.px(CHIP) + GAP if chips else 0)
        self._bubble = QRect(inset + width - inner - 2 * pad_x, look.px(4), inner + 2 * pad_x, tall)
        self.view.setGeometry(self._bubble.left() + pad_x, self._bubble.top() + pad_y, inner, height)
        return self._bubble.bottom() + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons at the foot."""
        super().resizeEvent(event)
        self._place_bar()

    def _place_bar(self) -> None:
        if self._bar is None:
            return
        self._fit_save(self._bar)
        size = self._bar.sizeHint()
        y = self.height() - look.px(FOOTER) + (look.px(FOOTER) - size.height()) // 2
        inset = look.px(INSET)
        x = self.width() - inset - size.width() if self.facts.role == "user" else inset - look.px(6)
        self._bar.setGeometry(x, y, size.width(), size.height())

    def _fit_save(self, bar: QWidget) -> None:
        """The words of the button that saves, or its icon alone where they would be cut."""
        for save in bar.findChildren(Button):
            save.show_words(shown=True)
            save.show_words(shown=bar.sizeHint().width() <= self.width() - look.px(INSET))

    # ---- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bubble or heading, caption, and the ring of keyboard focus."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.facts.role == "user":
                self._paint_bubble(painter)
            else:
                self._paint_heading(painter)
            self._paint_caption(painter)
            if self._ring:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.colour("focus"), 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS["card"], RADIUS["card"])

    def _paint_bubble(self, painter: QPainter) -> None:
        strong = look.theme_name() == "contrast"
        painter.setPen(QPen(look.colour("border"), 1) if strong else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent_soft"))
        painter.drawRoundedRect(QRectF(self._bubble).adjusted(0.5, 0.5, -0.5, -0.5), 14, 14)
        x = self._bubble.left() + look.px(PAD_X)
        y = self._bubble.bottom() - look.px(PAD_Y) - look.px(CHIP) + 2
        size = look.px(14)
        painter.setFont(_font(13))
        for text, icon, token in self._chips():
            painter.drawPixmap(x, y + (look.px(CHIP) - size) // 2, pixmap(icon, token, size=size, ratio=2))
            painter.setPen(look.colour("muted"))
            width = painter.fontMetrics().horizontalAdvance(text)
            box = QRect(x + size + 5, y, width + 2, look.px(CHIP))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
            x += size + width + look.px(18)

    def _paint_heading(self, painter: QPainter) -> None:
        height, size, inset = look.px(HEADER), look.px(16), look.px(INSET)
        painter.drawPixmap(inset, (height - size) // 2 - 2, pixmap("sparkles", "accent", size=size, ratio=2))
        painter.setFont(_font(13, bold=True))
        painter.setPen(look.colour("text"))
        words = heading(self.facts)
        x = inset + size + look.px(8)
        painter.drawText(QRect(x, 0, self.width() - x, height - 4), Qt.AlignmentFlag.AlignVCenter, words)
        x += painter.fontMetrics().horizontalAdvance(words) + look.px(10)
        if badge(self.facts):
            self._paint_badge(painter, x, badge(self.facts), "warn" if self.facts.recorded else "muted")
        if self.facts.state == "streaming" and not self.view.markdown:
            painter.setFont(_font(14))
            painter.setPen(look.colour("muted"))
            line = QRect(inset, height, self.width(), look.px(24))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self.waiting or "Thinking…")

    def _paint_badge(self, painter: QPainter, x: int, words: str, token: str) -> None:
        painter.setFont(_font(12, bold=True))
        width = painter.fontMetrics().horizontalAdvance(words) + look.px(12)
        tall = look.px(20)
        box = QRectF(x + 0.5, (look.px(HEADER) - 4 - tall) / 2 + 0.5, width, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("warn_soft" if token == "warn" else "hover"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(look.colour(token))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_caption(self, painter: QPainter) -> None:
        words = caption(self.facts)
        if not words:
            return
        bar = self._bar.width() if self._bar is not None and not self._bar.isHidden() else 0
        top, inset = self.height() - look.px(FOOTER), look.px(INSET)
        painter.setFont(_font(12))
        painter.setPen(look.colour("muted"))
        user = self.facts.role == "user"
        if user:
            box = QRect(0, top, self.width() - inset - bar - look.px(6 if bar else 2), look.px(FOOTER))
        else:
            box = QRect(inset + bar, top, self.width() - 2 * inset - bar, look.px(FOOTER))
        side = Qt.AlignmentFlag.AlignRight if user or bar else Qt.AlignmentFlag.AlignLeft
        while words and painter.fontMetrics().horizontalAdvance(words) > box.width():
            words = words.rpartition(BETWEEN)[0]
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, words)

    def _chips(self) -> list[tuple[str, str, str]]:
        files = [(name, "paperclip", "muted") for name in self.facts.files]
        return files + [(name, look.kind_icon(kind), f"kind:{kind}") for name, kind in self.facts.entities]

    def _chips_width(self) -> int:
        metrics = QFontMetrics(_font(13))
        return sum(look.px(14) + metrics.horizontalAdvance(text) + look.px(18) for text, _, _ in self._chips())

    # ---- pointer and keys ----------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Show the buttons while pointed at."""
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self._show_bar()
            self.update()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Focus in the text is focus on the message."""
        if watched is self.view and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            assert isinstance(event, QFocusEvent)
            self._focus_moved(event)
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show ring and buttons."""
        super().focusInEvent(event)
        self._focus_moved(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide ring and buttons."""
        super().focusOutEvent(event)
        self._focus_moved(event)

    def _focus_moved(self, event: QFocusEvent) -> None:
        self._ring = event.gotFocus() and event.reason() in _TAB
        self._show_bar()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into the text, where links and selection are."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Everything that can be done with the message."""
        self.menu_wanted.emit(self.facts.id, event.globalPos())


def _font(size: int, *, bold: bool = False) -> QFont:
    from PySide6.QtWidgets import QApplication

    made = QFont(QApplication.font())
    made.setPixelSize(look.px(size))
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made
