"""What a person does to the relations, claims and statements of the entry that is open: each of it one change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.ids import RecordId
from studio.services.world import claims, pages, relations
from studio.ui.tasks import ui_task
from studio.ui.world.page import EntityView

if TYPE_CHECKING:
    from studio.ui.tasks import Tasks
    from studio.ui.world.entry import EntryPanel


class FactActs:
    """The acts of one page; its signals are connected by `connect`."""

    def __init__(self, panel: EntryPanel) -> None:
        self._panel, self._ctx = panel, panel.ctx

    @property
    def tasks(self) -> Tasks:
        """Where its coroutines run."""
        return self._ctx.tasks

    def connect(self, view: EntityView) -> None:
        """Answer the page's signals."""
        view.relations.add_wanted.connect(lambda type_, other: self.add_relation(type_, other))
        view.relations.remove_wanted.connect(lambda relation: self.remove_relation(relation))
        view.relations.make_wanted.connect(lambda *made: self.make_related(*made))
        view.relations.changed.connect(lambda relation, changes: self.change_relation(relation, changes))
        view.relations.edited.connect(lambda relation: self.judge_relation(relation))
        view.stated.connect(lambda path, changes: self.state(path, changes))
        view.claim_added.connect(lambda *said: self.add_claim(*said))
        view.claim_changed.connect(lambda claim, changes: self.change_claim(claim, changes))
        view.claim_removed.connect(lambda claim: self.remove_claim(claim))
        view.claim_promoted.connect(lambda claim: self.promote_claim(claim))

    @ui_task
    async def set_status(self, status: str) -> None:
        """Move the entry to a status; to canon only if the gate lets it, or somebody does who says why."""
        from studio.ui.dialogs.publish import set_status

        await self._panel.flush()
        record = RecordId(self._panel.record_id)
        if await set_status(self._ctx, self._panel.window(), [record], status) is None:
            self._panel.reload()

    @ui_task
    async def add_relation(self, type_: str, other: str) -> None:
        """Relate the entity to another; what is unusual about it is said, and it is kept."""
        ends = (type_, RecordId(self._panel.record_id), RecordId(other))
        unusual = await self._ctx.workspace.run(relations.unusual, *ends)
        await self._ctx.workspace.run(relations.add_relation, ends[1], type_, ends[2])
        if unusual:
            self._ctx.toast(f"{' '.join(unusual)}", self._panel.take_back)

    @ui_task
    async def change_relation(self, relation_id: str, changes: dict[str, Any]) -> None:
        """Change a relation where it is read."""
        await self._ctx.workspace.run(relations.update_relation, RecordId(relation_id), changes)
        await self._judge(relation_id)

    @ui_task
    async def judge_relation(self, relation_id: str) -> None:
        """Say in the open card of a relation what is unusual about it."""
        await self._judge(relation_id)

    async def _judge(self, relation_id: str) -> None:
        unusual = await self._ctx.workspace.run(relations.judged, RecordId(relation_id))
        view = self._panel.view
        line = view.relations.lines.get(relation_id) if isinstance(view, EntityView) else None
        if line is not None and line.editor is not None:
            line.editor.warn(unusual)

    @ui_task
    async def make_related(self, type_: str, kind: str, name: str) -> None:
        """Relate the entity to one that is made for it, in one commit."""
        run = self._ctx.workspace.run
        made = await run(pages.create_related, RecordId(self._panel.record_id), type_, kind=kind, name=name)
        self._ctx.toast(f"Made “{made.name}”.", lambda: self._ctx.navigate(made.id, None, kind), "Open")

    @ui_task
    async def state(self, path: str, changes: dict[str, Any]) -> None:
        """Say more about a field's value."""
        await self._panel.flush()
        await self._ctx.workspace.run(claims.state, RecordId(self._panel.record_id), path, changes)

    @ui_task
    async def add_claim(self, predicate: str, value: str, object_id: str) -> None:
        """State something about the entity."""
        said: dict[str, Any] = {"object_id": RecordId(object_id)} if object_id else {"value": value}
        said["visibility"] = self._panel.view.entity.visibility if isinstance(self._panel.view, EntityView) else "gm"
        await self._ctx.workspace.run(claims.add_claim, RecordId(self._panel.record_id), predicate, **said)

    @ui_task
    async def change_claim(self, claim_id: str, changes: dict[str, Any]) -> None:
        """Change a claim where it is read."""
        await self._ctx.workspace.run(claims.update_claim, RecordId(claim_id), changes)

    @ui_task
    async def remove_claim(self, claim_id: str) -> None:
        """Take a claim back."""
        await self._ctx.workspace.run(claims.remove_claim, RecordId(claim_id))
        self._ctx.toast("Removed the claim.", self._panel.take_back)

    @ui_task
    async def promote_claim(self, claim_id: str) -> None:
        """Make what a claim says the value of its field."""
        await self._panel.flush()
        await self._ctx.workspace.run(claims.promote, RecordId(claim_id))
        self._ctx.toast("It is the value now; the old one stays as a claim.", self._panel.take_back)

    @ui_task
    async def remove_relation(self, relation_id: str) -> None:
        """Take a relation away."""
        await self._ctx.workspace.run(relations.remove_relation, RecordId(relation_id))
