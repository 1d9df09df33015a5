"""Asking a model about texts in the continuity dock: only where there is one, its price first, and to be stopped."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication

from studio.domain.chat import Usage
from studio.domain.model_call import Finished, ModelRequest, ModelResult
from studio.services.context import store
from studio.services.continuity import judged
from studio.services.llm.provider import Price
from studio.services.world import entities
from studio.services.world.entries import create_entry, update_entry
from studio.ui.continuity import ContinuityPanel
from studio.ui.continuity.judging import JudgeSheet
from tests.services.continuity.test_judge import FIRST, SECOND, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.domain.ids import RecordId
    from studio.storage.project import Project
    from tests.ui.conftest import TestContext


class OneModel:
    """A gateway with one model, which answers with a verdict; or never, where it `hangs`."""

    def __init__(self) -> None:
        self.hangs = False
        self.requests: list[ModelRequest] = []
        choice = SimpleNamespace(id="test/model", label="Test model", price=Price(input=10.0, output=30.0))
        self.models = SimpleNamespace(available=lambda: (choice,))

    async def complete(self, request: ModelRequest) -> ModelResult:
        self.requests.append(request)
        if self.hangs:
            await asyncio.Event().wait()
        finished = Finished(finish_reason="stop", usage=Usage(), cost_usd=0.0123, model=request.model)
        return ModelResult(text=verdict(), finished=finished)


def tell(project: Project) -> None:
    for n in range(12):
        entities.create_entity(project, kind="npc", name=f"Guest {n}", body=f"Room {n} has a view of the car park.")
    entities.create_entity(project, kind="npc", name="Vesna Okoro", body=FIRST)
    create_entry(project, title="Session 4", body=SECOND, mode="session")


@pytest.fixture
def panel(ctx: TestContext, qtbot: QtBot) -> Iterator[ContinuityPanel]:
    ctx.workspace.run_now(tell)
    ctx.findings.attach(ctx.workspace, ctx.tasks, ctx.lens)
    panel = ContinuityPanel(ctx)
    qtbot.addWidget(panel)
    panel.resize(430, 900)
    panel.show()
    qtbot.waitExposed(panel)
    yield panel
    ctx.findings.release()


def asked(panel: ContinuityPanel, qtbot: QtBot) -> JudgeSheet:
    panel.judge()
    shown: list[JudgeSheet] = []

    def ready() -> bool:
        shown[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, JudgeSheet) and w.isVisible()]
        return bool(shown) and shown[0].go.isEnabled()

    qtbot.waitUntil(ready, timeout=5000)
    return shown[0]


def test_a_model_is_asked_for_a_price_that_is_said_first_and_what_it_read_and_found_is_kept(
    ctx: TestContext, panel: ContinuityPanel, qtbot: QtBot
) -> None:
    assert not panel.judge_button.isVisible(), "there is no model"
    gateway: Any = OneModel()
    ctx.gateway = gateway
    ctx.hub.models_changed.emit()
    assert panel.judge_button.isVisible()
    sheet = asked(panel, qtbot)
    assert sheet.estimate.text().startswith("1 of 1 pairs, the most alike first: about ")
    assert "about $0.00" in sheet.estimate.text()
    sheet.accept()
    qtbot.waitUntil(lambda: "1 pair judged, 1 of them at odds; $0.0123." in ctx.messages, timeout=5000)
    qtbot.waitUntil(lambda: [row.judged.finding.rule for row in panel.list.rows] == ["text_contradiction.judged"])
    (request,) = gateway.requests
    assert ctx.workspace.run_now(store.pack, request.pack.hash).purpose == "review"
    (job,) = ctx.tasks.jobs
    assert (job.state, job.sentence) == ("done", "1 pair judged, 1 of them at odds; $0.0123.")
    (kept,) = ctx.workspace.run_now(judged.kept)
    session = next(side.record for side in kept.evidence if side.quote == SECOND)
    change(ctx, session, f"One evening. {SECOND}")
    assert len(ctx.workspace.run_now(judged.kept)) == 1, "the words are still there"
    change(ctx, session, "They sold it.")
    assert ctx.workspace.run_now(judged.kept) == []


def change(ctx: TestContext, record: RecordId, body: str) -> None:
    ctx.workspace.run_now(update_entry, record, {"body": body})


def test_a_model_that_is_stopped_leaves_what_it_read(ctx: TestContext, panel: ContinuityPanel, qtbot: QtBot) -> None:
    gateway: Any = OneModel()
    gateway.hangs = True
    ctx.gateway = gateway
    asked(panel, qtbot).accept()
    qtbot.waitUntil(lambda: bool(gateway.requests), timeout=5000)
    (job,) = ctx.tasks.jobs
    job.cancel()
    qtbot.waitUntil(lambda: job.state == "cancelled")
    assert ctx.workspace.run_now(store.pack, gateway.requests[0].pack.hash).purpose == "review"
    assert ctx.workspace.run_now(judged.kept) == []
