"""A shell that notes what panels ask of it, and the panels over a real project."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from studio.services import names as all_names
from studio.services.world import entities
from studio.ui.context import StudioContext
from studio.ui.world import EntryPanel, WorldPanel


class RecordingShell:
    """Notes what panels ask of the window; answers questions as the test says."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.toasts: list[str] = []
        self.undo: Callable[[], object] | None = None
        self.navigated: list[tuple[str, tuple[int, int] | None, str]] = []
        self.on_navigate: Callable[[str], object] | None = None
        self.answer: Any = True

    def navigate(self, record_id: str, span: tuple[int, int] | None = None, kind: str = "") -> None:
        self.navigated.append((record_id, span, kind))
        if self.on_navigate is not None:
            self.on_navigate(record_id)

    def toast(self, text: str, undo: Callable[[], object] | None = None, action: str = "Undo") -> None:
        self.toasts.append(text)
        self.undo = undo

    def announce(self, text: str) -> None:
        self.toasts.append(text)

    def show_panel(self, panel_id: str, *, focus: bool = True) -> None:
        self.shown.append(panel_id)

    def open_settings(self, page: str = "") -> None:
        self.shown.append(f"settings {page}")

    async def flush(self) -> None:
        self.shown.append("flushed")

    async def confirm(self, title: str, sentence: str, *, action: str, danger: bool = False) -> bool:
        return bool(self.answer)

    async def ask_text(
        self, title: str, *, label: str, text: str = "", action: str = "Save", hint: str = "", act: Any = None
    ) -> str | None:
        if act is not None and self.answer:
            await act(self.answer)
        return self.answer

    async def pick_open(self, title: str, *, filters: str = "", many: bool = False) -> list[Path]:
        return []

    async def pick_save(self, title: str, *, suggested: str = "", filters: str = "") -> Path | None:
        return self.answer


@pytest.fixture
def shell(ctx: StudioContext) -> RecordingShell:
    made = RecordingShell()
    ctx.shell = made
    return made


@pytest.fixture
def do(ctx: StudioContext, run: Callable[..., Any]) -> Callable[..., Any]:
    """Run a verb as the window does: its events come on this thread."""
    return lambda verb, *args, **named: run(ctx.workspace.run(verb, *args, **named))


@pytest.fixture
def load_names(ctx: StudioContext) -> Callable[[], None]:
    """Fill the index of names, as the window does after commits."""
    return lambda: ctx.names.set_book(ctx.workspace.run_now(all_names.book))


@pytest.fixture
def made(ctx: StudioContext, load_names: Callable[[], None]) -> dict[str, Any]:
    """A small world: name → id."""
    run, found = ctx.workspace.run_now, {}
    for kind, name, fields in (
        ("location", "Port Ash", {}),
        ("npc", "Mirel Vane", {"home": "Port Ash", "role": "Harbour master"}),
        ("npc", "Tam", {}),
        ("faction", "House Veyra", {"leader": "Mirel Vane", "private_agenda": "Own every debt"}),
    ):
        found[name] = run(entities.create_entity, kind=kind, name=name, fields=fields).id
    run(entities.update_entity, found["Tam"], {"body": "Runs for [[House Veyra]] and Mirel Vane."})
    load_names()
    return found


@pytest.fixture
def world(ctx: StudioContext, shell: RecordingShell, qtbot: QtBot) -> Iterator[WorldPanel]:
    """The dock over whatever the project holds by now."""
    panel = WorldPanel(ctx)
    qtbot.addWidget(panel)
    ctx.commands.add(*panel.commands())
    panel.resize(300, 700)
    panel.show()
    qtbot.waitExposed(panel)
    qtbot.waitUntil(lambda: panel.started)
    yield panel
    panel.release()


@pytest.fixture
def entry(ctx: StudioContext, shell: RecordingShell, qtbot: QtBot) -> Iterator[EntryPanel]:
    """The page's dock; navigation leads to it."""
    panel = EntryPanel(ctx)
    qtbot.addWidget(panel)
    ctx.commands.add(*panel.commands())
    panel.resize(440, 900)
    panel.show()
    qtbot.waitExposed(panel)
    shell.on_navigate = panel.show_record
    yield panel
    panel.release()
