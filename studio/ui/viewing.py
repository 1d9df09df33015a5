"""Looking at the world as somebody else, or as of another day: the commands, and the bar that says so all the while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QToolBar

from studio.domain.lens import GM, PARTY, PUBLIC
from studio.services.world import lenses
from studio.ui.commands import Command
from studio.ui.kit import Button, hbox, label
from studio.ui.kit.base import style
from studio.ui.palette import PaletteItem
from studio.ui.tasks import ui_task
from studio.ui.theme import look
from studio.ui.theme.icons import pixmap

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QMainWindow

    from studio.domain.ids import RecordId
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Tasks

ROOM = 760
"""From this width on the bar's sentence and its buttons stand side by side; in pixels at 100 %."""
AUDIENCES = {GM: "the game master", PARTY: "the party", PUBLIC: "anybody"}


class LensBar(QToolBar):
    """Across the top of the window while it isn't the game master's own view of now."""

    def __init__(self, window: QMainWindow, *, on_back: Callable[[], object], on_date: Callable[[], object]) -> None:
        super().__init__("Whose eyes", window)
        self.setObjectName("lens_bar")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._host = style(QFrame(), banner="info")
        self._column = hbox(self._host, margins=(16, 4, 8, 4), gap=8)
        row = hbox(gap=8)
        self._mark = label()
        self.words = label("", "strong", wrap=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row.addWidget(self._mark)
        row.addWidget(self.words, 1)
        buttons = hbox(gap=8)
        buttons.addStretch(1)
        buttons.addWidget(Button("Another date…", on_date, compact=True, icon="calendar-clock"))
        buttons.addWidget(Button("Back to the game master, now", on_back, compact=True, icon="eye"))
        self._column.addLayout(row, 1)
        self._column.addLayout(buttons)
        self.addWidget(self._host)
        window.addToolBar(Qt.ToolBarArea.TopToolBarArea, self)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons go under the sentence where both don't fit side by side, and none of it is cut."""
        super().resizeEvent(event)
        wide = event.size().width() >= look.px(ROOM)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._column.setDirection(way)
        self._fit()

    def _fit(self) -> None:
        self._host.setMinimumHeight(max(self._column.heightForWidth(max(self.width(), 1)), 0))

    def say(self, sentence: str) -> None:
        """Show the sentence; an empty one hides the bar."""
        self._mark.setPixmap(pixmap("eye", "accent", size=look.px(16), ratio=self.devicePixelRatioF()))
        self.words.setText(sentence)
        self._fit()
        self.setVisible(bool(sentence))


class Viewing(QObject):
    """The lens of one open project, as the window handles it."""

    def __init__(self, ctx: StudioContext, window: QMainWindow) -> None:
        super().__init__(window)
        self.ctx = ctx
        self._players: list[tuple[RecordId, str]] = []
        self._day_words = ""
        self.bar = LensBar(window, on_back=self.back, on_date=lambda: self.ask_date())
        ctx.lens.changed.connect(lambda: self._show())
        ctx.commands.gate = lambda command: command.reads or ctx.lens.value.is_own

    @property
    def tasks(self) -> Tasks:
        """Where its coroutines run."""
        return self.ctx.tasks

    def commands(self) -> list[Command]:
        """The ways to look."""
        audience = lambda: self.ctx.lens.value.audience  # noqa: E731
        found = [
            Command(
                f"view.as_{name}", f"View as: {words}", lambda name=name: self.look_as(name), "View", key,
                f"See the world as {words.lower()} may see it.", "eye", checked=lambda name=name: audience() == name,
                reads=True,
            )
            for name, words, key in (
                (GM, "Game master", "Ctrl+Alt+G"), (PARTY, "The party", "Ctrl+Alt+P"), (PUBLIC, "Anybody", ""),
            )
        ]  # fmt: skip
        return [
            *found,
            Command("view.as_player", "View as: a player…", lambda: self.ask_player(), "View", "",
                    "See the world as one player's character may see it.", "user-round", reads=True),
            Command("view.as_of", "As of a date…", lambda: self.ask_date(), "View", "Ctrl+Alt+D",
                    "See the world as it stood at a date: who led, who was alive, what was true.", "calendar-clock",
                    reads=True),
            Command("view.now", "As of now", lambda: self.ctx.lens.set(as_of=None), "View", "Ctrl+Alt+N",
                    "See the world as it stands, whatever the dates say.", "clock",
                    enabled=lambda: self.ctx.lens.value.as_of is not None, reads=True),
        ]  # fmt: skip

    def offers(self, typed: str) -> list[PaletteItem]:
        """One line in the palette for each player's character."""
        self.load_players()
        wanted = typed.casefold().strip()
        lines = [(f"View as {name}", f"player:{record}") for record, name in self._players]
        return [
            PaletteItem(words, lambda who=who: self.look_as(who), hint="player", icon="user-round", token="muted")
            for words, who in lines
            if wanted and wanted in words.casefold()
        ]

    def look_as(self, audience: str) -> None:
        """Change whose eyes it is; what is typed is stored first."""
        self._change(audience)

    @ui_task
    async def _change(self, audience: str) -> None:
        await self.ctx.shell.flush()
        self.ctx.lens.set(audience=audience)

    def back(self) -> None:
        """The game master's own view, now."""
        self.ctx.lens.set(audience=GM, as_of=None)

    @ui_task
    async def load_players(self) -> None:
        """Read who plays."""
        self._players = await self.ctx.workspace.run(lenses.players)

    @ui_task
    async def ask_player(self) -> None:
        """Which player's character?"""
        found = await self.ctx.workspace.run(lenses.players)
        if not found:
            self.ctx.toast("No character is marked as a player's yet: set “Is pc” on their pages.")
            return
        names = ", ".join(name for _, name in found)

        async def look(typed: str) -> None:
            lens = await self.ctx.workspace.run(lenses.lens_for, audience=f"player:{typed}")
            self.look_as(lens.audience)

        await self.ctx.shell.ask_text(f"View as: {names}", label="Character", text=found[0][1], action="View", act=look)

    @ui_task
    async def ask_date(self) -> None:
        """As of which date?"""

        async def look(typed: str) -> None:
            day = await self.ctx.workspace.run(lenses.day_of, typed)
            self._day_words = typed
            await self.ctx.shell.flush()
            self.ctx.lens.set(as_of=day)

        await self.ctx.shell.ask_text(
            "See the world as of a date", label="Date in the world", text=self._day_words, action="View",
            hint="For example: spring 812", act=look,
        )  # fmt: skip

    @ui_task
    async def _show(self) -> None:
        lens = self.ctx.lens.value
        when = await self.ctx.workspace.run(lenses.words_of_day, lens.as_of) if lens.as_of is not None else ""
        who = AUDIENCES.get(lens.audience) or await self._player_name(lens.audience)
        parts = [f"You see the world as {who} may see it" if not lens.is_gm else "You see the world"]
        parts += [f"as it stood on {when}"] if when else []
        sentence = (
            "" if lens.is_own else f"{', '.join(parts) if not lens.is_gm else ' '.join(parts)}. Nothing changes here."
        )
        self.bar.say(sentence)
        self.ctx.announce(sentence or "You see everything again, as it is now.")
        self.ctx.commands.refresh()

    async def _player_name(self, audience: str) -> str:
        await self.load_players()
        named: dict[str, str] = dict(self._players)
        return named.get(audience.removeprefix("player:"), "a player")

    def release(self) -> None:
        """The project closes."""
        self.ctx.commands.gate = lambda _command: True
        self.bar.hide()
        self.bar.deleteLater()
