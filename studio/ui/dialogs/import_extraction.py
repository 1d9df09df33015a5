"""Reading imported notes for what they tell, as a job; what was found comes up for review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services.review.imported import extract_imported
from studio.ui.dialogs.work import as_job, later

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.chat import Message
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Job


async def extract(ctx: StudioContext, commit_id: str, title: str) -> None:
    """Read the next portion of an import's notes, then open the review of it: one change, made when it is saved."""

    async def work(job: Job, stopped: Callable[[], bool]) -> Message:
        return await extract_imported(
            ctx.workspace, commit_id, title=title, progress=lambda part: later(job, part), cancelled=stopped
        )

    message = await as_job(ctx, "Reading the imported notes", work, lambda _done: "Its findings wait for review.")
    if message is not None:
        ctx.hub.review.emit(message.id, "world")
