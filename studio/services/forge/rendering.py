"""What the editor does with what is being written: the live preview, and the prompt that really leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from studio.services.forge.recipes import get
from studio.services.forge.render import Rendered, render_content
from studio.services.forge.uses import record_use

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.ids import RecordId
    from studio.services.forge.content import Content
    from studio.storage.project import Project


def preview(
    project: Project, content: Content, values: Mapping[str, str], *, slug: str = "", provider: str = ""
) -> Rendered:
    """The prompt with `‹name›` for what isn't filled."""
    return render_content(project, content, values, slug=slug, provider=provider, preview=True)


def strict(
    project: Project,
    recipe_id: RecordId,
    content: Content,
    values: Mapping[str, str],
    *,
    how: Literal["copy", "chat"],
    provider: str = "",
) -> Rendered:
    """The prompt with nothing missing; that it was used is written down."""
    recipe = get(project, recipe_id)
    rendered = render_content(project, content, values, slug=recipe.slug, provider=provider)
    record_use(project, recipe_id, how=how, n=recipe.latest)
    return rendered
