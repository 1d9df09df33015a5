"""The chat panel over a real project, with a model that says what a test tells it to."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from studio.services.chat.recorded import Recorded
from studio.ui.chat import ChatPanel
from tests.services.chat.conftest import ScriptedGateway

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import TestContext

ENTITIES = [
    ("e1", "faction", "House Tolliver", False),
    ("e2", "npc", "Sister Anwe", False),
    ("e3", "location", "Harrowmere", False),
]


@pytest.fixture(autouse=True)
def garbage_stays_on_this_thread() -> Iterator[None]:
    """As the application does: a collection on the project's thread would destroy widgets there."""
    gc.disable()
    yield
    gc.enable()
    gc.collect()


@pytest.fixture
def gateway(ctx: TestContext) -> ScriptedGateway:
    """Answers “A brittle alliance.” until a test tells it otherwise."""
    made = ScriptedGateway("A ", "**brittle** ", "alliance.")
    ctx.gateway = made
    ctx.settings.set(start_model="test/m")
    return made


@pytest.fixture
def panel(ctx: TestContext, gateway: ScriptedGateway, qtbot: QtBot) -> ChatPanel:
    """The chat, shown, with the focus in its composer."""
    ctx.names.set_rows(ENTITIES)
    made = ChatPanel(ctx)
    made.conductor._recorded = Recorded(pause=0)
    qtbot.addWidget(made)
    made.resize(1000, 760)
    ctx.commands.add(*made.commands())
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.focus_first()
    qtbot.waitUntil(lambda: made.composer.edit.hasFocus() and made.drafts.ready)
    return made
