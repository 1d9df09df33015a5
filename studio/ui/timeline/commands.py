"""Commands of the timeline: its views, its calendars, moving what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.commands import Command

if TYPE_CHECKING:
    from studio.ui.timeline.panel import TimelinePanel

VIEWS = (("line", "Line"), ("list", "List"), ("months", "Months"))


def timeline_commands(panel: TimelinePanel) -> list[Command]:
    """All of them; those about a date are greyed while none is chosen."""
    chosen = lambda: panel.current is not None  # noqa: E731
    views = [
        Command(
            f"timeline.{view}", f"Timeline as {words.lower()}", lambda view=view: panel.set_view(view), "World",
            help=f"Show the world's dates as {words.lower()}.", checked=lambda view=view: panel.view == view,
            in_menu=False, scope=panel, key=f"Alt+{n}", reads=True,
        )
        for n, (view, words) in enumerate(VIEWS, start=1)
    ]  # fmt: skip
    return [
        *views,
        Command(
            "world.calendars", "Calendars…", lambda: panel.edit_calendars(), "World",
            help="Add, edit and choose the calendars of this world.", icon="calendar",
        ),
        Command(
            "timeline.move", "Move to date…", lambda: panel.ask_move(panel.current), "World",
            help="Give the date that is chosen in the timeline another day.", enabled=chosen, in_menu=False,
        ),
        Command(
            "timeline.as_of", "Look as of the chosen date", lambda: panel.look_as_of(panel.current), "World",
            help="See the world as it was at the date that is chosen in the timeline.", enabled=chosen, in_menu=False,
            reads=True,
        ),
    ]  # fmt: skip
