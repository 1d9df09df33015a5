"""What is on each picture of the guide: the window is brought there the way that a person would bring it there."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from PySide6.QtWidgets import QWidget

QUESTION = "Build me a short campaign on a storm-broken coast where lighthouses keep something asleep."

SEARCHED = "bell"
ASKED = "What does Maren Oake want of the Breakers' Guild?"
ANSWERED = (
    "Maren Oake leads the Breakers' Guild and weighs everything by the rope it would cost [{maren}]. "
    "She works at the Breaking Yard [{yard}]. Maren Oake is dead [99]."
)


class Stage:
    """The window with the sample in it, and short ways to work it."""

    def __init__(self, window: Any, session: Any, settings: Any) -> None:
        self.window, self.session, self.settings = window, session, settings
        self.ctx = session.ctx
        self.sheets: list[QWidget] = []

    @staticmethod
    async def until(true: Callable[[], Any], what: str, *, seconds: float = 30.0) -> None:
        """Wait for the window to get somewhere."""
        ends = time.monotonic() + seconds
        while not true():
            if time.monotonic() > ends:
                raise SystemExit(f"waited {seconds:.0f} s in vain for {what}")
            await asyncio.sleep(0.05)

    async def settle(self, seconds: float = 1.0) -> None:
        """Let what was started by a click come to its end."""
        await asyncio.sleep(seconds)

    def run(self, command: str) -> None:
        """Run a command, as from the palette."""
        self.session.ctx.commands.run(command)

    async def arrange(self, *docks: str, wide: int = 1400, high: int = 900) -> None:
        """The window in this size, with these docks and no others."""
        self.window.resize(wide, high)
        self.window.use_layout("chat")
        for name in docks:
            self.window.show_panel(name, focus=False)
        await self.settle(0.6)

    def panel(self, name: str) -> Any:
        """The panel of a dock."""
        return self.window.panels()[name]

    def dock(self, name: str) -> Any:
        """A dock with its title."""
        return self.window.arrangement.docks[name]

    async def widen(self, name: str, wide: int) -> None:
        """Make a dock at the side that wide."""
        from PySide6.QtCore import Qt

        self.window.resizeDocks([self.dock(name)], [wide], Qt.Orientation.Horizontal)
        await self.settle(0.4)

    async def stretch(self) -> None:
        """Give the view at the bottom the place of the chat too."""
        self.run("view.stretch")
        await self.settle(0.6)
        if (focus := self.window.focusWidget()) is not None:
            focus.clearFocus()

    async def entity(self, name: str) -> Any:
        """The entry of this name."""
        from studio.domain.world import Entity

        found = await self.session.ctx.workspace.run(lambda project: project.all(Entity))
        return next(one for one in found if one.name == name)

    async def show(self, name: str) -> Any:
        """Select an entry, open its page, and give the entry."""
        found = await self.entity(name)
        self.session.ctx.hub.selected.emit(found.id, found.kind)
        self.session.ctx.navigate(found.id, None, found.kind)
        await self.settle()
        return found

    async def sheet(self, open_it: Callable[[], object], cls: type[Any]) -> Any:
        """The dialog of a class that this opens."""
        from PySide6.QtWidgets import QApplication

        open_it()

        def found() -> list[Any]:
            return [one for one in QApplication.topLevelWidgets() if isinstance(one, cls) and one.isVisible()]

        await self.until(found, cls.__name__)
        self.sheets.append(found()[0])
        await self.settle()
        return found()[0]

    async def tidy(self) -> None:
        """Close what a scene opened."""
        for sheet in self.sheets:
            sheet.close()
        self.sheets.clear()
        self.run("review.dismiss")
        self.session.ctx.lens.set(audience="gm", as_of=None)
        await self.settle(0.4)


class Scene(NamedTuple):
    """A picture: its name, and how the window gets there; gives the widget to picture. `anew`: for each theme."""

    name: str
    play: Callable[[Stage], Awaitable[QWidget]]
    anew: bool = False


async def main_window(stage: Stage) -> QWidget:
    """A question is asked; its recorded answer is reviewed beside the docks that it goes to."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    stage.window.resize(1400, 900)
    chat = stage.window.chat
    await stage.until(lambda: chat.state.found or not chat.welcome.isVisible(), "the last chat")
    await stage.settle()
    stage.run("chat.new")
    await stage.until(lambda: chat.welcome.isVisible(), "the new chat")
    before = len(chat.state.found)
    chat.composer.edit.setPlainText(QUESTION)
    QTest.keyClick(chat.composer.edit, Qt.Key.Key_Return)
    await stage.until(lambda: len(chat.state.found) > before, "what the answer holds")
    await stage.settle(0.5)
    stage.run("chat.save")
    await stage.until(lambda: stage.window.review.draft is not None, "the review")
    await stage.settle()
    return stage.window


async def graph(stage: Stage) -> QWidget:
    """Two steps around a person, as picture."""
    await stage.show("Maren Oake")
    await stage.arrange("graph", wide=1100, high=820)
    await stage.stretch()
    panel = stage.panel("graph")
    panel.set_depth(2)
    await stage.until(lambda: panel.graph is not None and panel.pages.currentWidget() is not panel.nothing, "the graph")
    await stage.settle(3)
    stage.run("graph.fit")
    await stage.settle()
    return stage.dock("graph")


async def timeline(stage: Stage) -> QWidget:
    """Four hundred years on a line, in lanes by kind."""
    await stage.arrange("timeline", wide=1100, high=820)
    await stage.stretch()
    panel = stage.panel("timeline")
    await stage.until(lambda: panel.data.items, "the dates")
    panel.set_view("line")
    await stage.settle(0.6)
    panel.canvas.fit()
    await stage.settle()
    return stage.dock("timeline")


async def months(stage: Stage) -> QWidget:
    """The month in which it all comes together, with its moons."""
    await stage.arrange("timeline", wide=1100, high=820)
    await stage.stretch()
    panel = stage.panel("timeline")
    await stage.until(lambda: panel.data.items, "the dates")
    panel.set_view("months")
    await stage.settle(0.6)
    panel.months.go_to(next(item.lo for item in panel.data.items if item.title == "The Night the Nave Sang"))
    await stage.settle()
    return stage.dock("timeline")


async def calendar(stage: Stage) -> QWidget:
    """The calendar in its editor."""
    from studio.ui.almanac.dialog import CalendarsDialog

    stage.panel("timeline").set_view("line")
    return await stage.sheet(lambda: stage.run("world.calendars"), CalendarsDialog)


async def queue(stage: Stage) -> QWidget:
    """Drafts that an answer left, one of them under the cursor."""
    from studio.services.chat.recorded import answers
    from studio.services.review import paste_and_apply

    run = stage.session.ctx.workspace.run
    await run(paste_and_apply, answers()[0].answer, title="The Nine Lamps")
    await stage.arrange("queue", wide=1200, high=860)
    await stage.widen("queue", 520)
    panel = stage.panel("queue")
    await stage.until(lambda: panel.list.count() > 3, "the drafts")
    panel.list.setCurrentRow(3)
    await stage.settle()
    return stage.dock("queue")


async def continuity(stage: Stage) -> QWidget:
    """Somebody whose death comes before the birth, with both sides of it."""
    from studio.services.world import entities

    run = stage.session.ctx.workspace.run
    dates = {"birth": {"year": 310}, "death": {"year": 290}}
    await run(entities.create_entity, kind="npc", name="Wen Hollis", fields=dates)
    await stage.arrange("continuity", wide=1200, high=860)
    await stage.widen("continuity", 520)
    panel = stage.panel("continuity")
    await stage.until(lambda: panel.list.count() > 0 and panel.card.card is not None, "the findings")
    await stage.settle()
    return stage.dock("continuity")


async def publish(stage: Stage) -> QWidget:
    """What stands against the world going out to the players."""
    from studio.ui.dialogs.publish import ReportSheet

    await stage.arrange("continuity", wide=1200, high=860)
    sheet = await stage.sheet(stage.panel("continuity").report, ReportSheet)
    sheet.whom.set_value("gm")
    sheet.ask_gate()
    await stage.settle(2)
    return sheet


async def search(stage: Stage) -> QWidget:
    """A few words, and where they stand."""
    await stage.arrange("search", wide=1200, high=860)
    await stage.widen("search", 520)
    panel = stage.panel("search")
    panel.words.setText(SEARCHED)
    await stage.until(lambda: panel.list.model().rowCount() > 2, "what was found")
    await stage.settle()
    return stage.dock("search")


async def context(stage: Stage) -> QWidget:
    """What a model would read for a question, before it is asked."""
    from studio.ui.chat.pack import PackSheet

    await stage.arrange(wide=1200, high=860)
    stage.run("chat.new")
    await stage.settle()
    stage.window.chat.composer.edit.setPlainText(ASKED)
    return await stage.sheet(lambda: stage.run("chat.preview"), PackSheet)


async def citations(stage: Stage) -> QWidget:
    """An answer beside the words that it rests on."""
    from studio.services.citing.reading import beside
    from studio.services.review.conductor import extract_message
    from studio.ui.chat.sources import SourcesSheet

    run = stage.session.ctx.workspace.run
    answer = await run(_answer)
    await extract_message(stage.session.ctx.workspace, answer)
    found = await run(beside, answer)
    await stage.arrange(wide=1200, high=860)
    return await stage.sheet(lambda: SourcesSheet(stage.window, stage.session.ctx, found).open(), SourcesSheet)


def _answer(project: Any) -> Any:
    """An answer as a model gives it: with the numbers of what it was given."""
    from studio.domain.ids import new_id
    from studio.domain.world import Entity
    from studio.services.chat import messages, threads
    from studio.services.chat.context import assemble
    from studio.services.context import store

    thread = threads.create_thread(project)
    named = [one.id for one in project.all(Entity) if one.name in ("Maren Oake", "The Breaking Yard")]
    turn = messages.send(project, thread.id, ASKED, entity_ids=named)
    prompt = assemble(project, thread.id, turn.id, model="local/model").sealed()
    store.keep(project, [prompt])
    numbers = {item.name: n for n, item in reversed(prompt.pack.cited.items())}
    text = ANSWERED.format(maren=numbers["Maren Oake"], yard=numbers["The Breaking Yard"])
    return messages.finish_answer(
        project, new_id(), thread_id=thread.id, parent_id=turn.id, text=text, model="local/model",
        pack_hash=prompt.pack.hash,
    ).id  # fmt: skip


async def bulk(stage: Stage) -> QWidget:
    """A tag for many people, looked at before it happens."""
    from studio.ui.world.bulk import BulkSheet

    await stage.arrange("world", wide=1200, high=860)
    world = stage.panel("world")
    world.filter.setText("#mystery kind:event")
    await stage.until(lambda: world.model.flat and world.model.rowCount() > 3, "the filter")
    world.tree.selectAll()
    sheet = await stage.sheet(lambda: stage.run("world.bulk"), BulkSheet)
    sheet.lines[0].choose("visibility")
    sheet.lines[0].editor.set_value("party")
    sheet.lines[0].editor.chosen.emit("party")
    await stage.settle()
    world.filter.clear()
    return sheet


async def claims(stage: Stage) -> QWidget:
    """What is said about a value, with other values below it."""
    await stage.arrange("entry", wide=1200, high=860)
    await stage.widen("entry", 520)
    found = await stage.show("Corvin Hale")
    panel = stage.panel("entry")
    await stage.until(lambda: panel.record_id == found.id, "the page")
    row = panel.view.row("fields.life_status")
    row.editor.setFocus()
    panel.show_details()
    await stage.settle()
    panel.view.ensureWidgetVisible(row, 0, 40)
    return stage.dock("entry")


async def kinds(stage: Stage) -> QWidget:
    """A kind of one's own in its editor."""
    from studio.ui.world.kind_editor import KindsEditor

    await stage.arrange("world", wide=1200, high=900)
    await stage.show("The Patient Mary")
    return await stage.sheet(lambda: stage.run("world.kinds"), KindsEditor)


async def maps(stage: Stage) -> QWidget:
    """The harbour with its pins."""
    await stage.arrange("maps", wide=1100, high=780)
    await stage.stretch()
    panel = stage.panel("maps")
    await stage.until(lambda: panel.page is not None, "the map")
    await stage.settle()
    stage.run("maps.fit")
    await stage.settle(0.6)
    return stage.dock("maps")


async def session(stage: Stage) -> QWidget:
    """The sheet of the next session with its clues."""
    await stage.arrange("entry", wide=1200, high=940)
    await stage.widen("entry", 520)
    await stage.show("Session 2: Slip Four")
    view = stage.panel("entry").view
    view.verticalScrollBar().setValue(view.row("fields.quests").y() - 12)
    await stage.settle(0.4)
    return stage.dock("entry")


async def fronts(stage: Stage) -> QWidget:
    """Dangers with their portents and clocks."""
    await stage.arrange("fronts", wide=1200, high=960)
    await stage.widen("fronts", 520)
    await stage.settle()
    return stage.dock("fronts")


async def party(stage: Stage) -> QWidget:
    """The whole window as the party may see it."""
    await stage.arrange("world", "entry", "graph", wide=1400, high=860)
    await stage.show("Maren Oake")
    stage.window.arrangement.lift("graph", anew=True)
    stage.panel("graph").set_depth(1)
    await stage.settle(2)
    stage.run("view.as_party")
    await stage.until(lambda: stage.session.ctx.lens.value.audience == "party", "the other eyes")
    await stage.settle()
    return stage.window


SCENES = (
    Scene("main-window", main_window),
    Scene("graph", graph),
    Scene("timeline", timeline),
    Scene("months", months),
    Scene("calendar", calendar, anew=True),
    Scene("canon-queue", queue),
    Scene("continuity", continuity),
    Scene("publish", publish, anew=True),
    Scene("search", search),
    Scene("context", context, anew=True),
    Scene("citations", citations, anew=True),
    Scene("bulk-edit", bulk, anew=True),
    Scene("claims", claims),
    Scene("kinds", kinds, anew=True),
    Scene("map", maps),
    Scene("session", session),
    Scene("fronts", fronts),
    Scene("view-as-party", party),
)
