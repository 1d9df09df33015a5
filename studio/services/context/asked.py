"""The pack for a question that is asked outside of any chat: for the command, and for whoever looks before asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.blueprint import Blueprint
from studio.services.context import found
from studio.services.context.draft import Draft
from studio.services.context.pieces import Piece, Wording
from studio.services.context.tokens import Counter
from studio.services.context.world import Established, Found, Wanted, gather

if TYPE_CHECKING:
    from studio.domain.lens import Lens
    from studio.services.context.prompt import Prompt
    from studio.services.workspace import Workspace
    from studio.storage.project import Project


async def prompt_for(
    workspace: Workspace,
    question: str,
    *,
    lens: Lens,
    budget: int,
    model: str = "",
    established: Established = "draft",
    counter: Counter | None = None,
) -> Prompt:
    """What a model would read for a question, within `budget` tokens. Nothing is kept and nobody is asked."""
    hits = await found.search(workspace, question, lens=lens)
    draft = await workspace.run(
        drafted, question, lens=lens, budget=budget, model=model, hits=hits, established=established
    )
    return draft.sealed(await (counter or Counter()).count(draft.wordings(), draft.tokenizer))


def drafted(
    project: Project,
    question: str,
    *,
    lens: Lens,
    budget: int,
    model: str = "",
    hits: tuple[Found, ...] = (),
    established: Established = "draft",
) -> Draft:
    """The question with what the world has for it."""
    blueprint = only_blueprint(project)
    told = gather(project, lens, Wanted(found=hits, blueprint_id=blueprint, established=established))
    turn = Piece(group="turn", weight="must", kind="question", name="Question", wordings=(Wording.of(question),))
    return Draft(
        pieces=(*told.pieces, turn), trimmed=told.trimmed, query=question, model=model, budget=budget, lens=lens
    )


def only_blueprint(project: Project) -> str:
    """A project with one blueprint is about that one."""
    ids = project.sql.execute("SELECT id FROM document WHERE kind = 'blueprint' AND deleted_at IS NULL LIMIT 2")
    found_ids = [row[0] for row in ids]
    return found_ids[0] if len(found_ids) == 1 and project.find(Blueprint, found_ids[0]) else ""
