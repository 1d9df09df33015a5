"""The commands of the World Bible: one list for menus, keys, palette and the context menu."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.record import Status
from studio.services.world import autolink, bulk, entities, merge, pages, trash
from studio.ui.commands import Command
from studio.ui.kit import context_menu as make_menu
from studio.ui.kit import named
from studio.ui.world.outward import save_as_file

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from studio.domain.ids import RecordId
    from studio.ui.world.panel import WorldPanel

STATUS_KEYS = {"draft": "D", "reviewed": "R", "canon": "C", "deprecated": "X"}
STATUS_ICONS = {"draft": "circle-dashed", "reviewed": "circle-dot", "canon": "circle-check", "deprecated": "archive"}
STATUS_HELP = {
    "draft": "Not checked yet.",
    "reviewed": "Somebody read it and it is fine.",
    "canon": "True in this world; what is generated has to agree with it.",
    "deprecated": "No longer true; kept for its history.",
}


READING = ("world.find", "world.group_", "world.open", "world.copy_link", "world.export")
"""Commands that change nothing."""


def world_commands(panel: WorldPanel) -> list[Command]:
    """All of them."""
    found = [*_going(panel), *_changing(panel), *_statuses(panel), *_outward(panel)]
    return [replace(command, reads=command.id.startswith(READING)) for command in found]


def _going(panel: WorldPanel) -> list[Command]:
    show = panel.ctx.shell.show_panel

    def find() -> None:
        show("world", focus=False)
        panel.filter.setFocus()
        panel.filter.selectAll()

    def make() -> None:
        show("world", focus=False)
        panel.new_entry()

    found = [
        Command("world.find", "Find an entry", find, "World", "Ctrl+P", "Filter the world as you type.", "search"),
        Command("world.new", "New entry", make, "World", "Ctrl+Shift+N", "Make a person, place, faction, …", "plus"),
        Command("world.kinds", "Kinds and fields…", lambda: panel.edit_kinds(), "World", "",
                "Add kinds of your own, and fields to those that ship.", "sliders-horizontal"),
        Command(
            "world.trash_view", "Trash", panel.toggle_trash, "World", "", "Look into the trash.", "trash-2",
            checked=lambda: panel.trash_button.isChecked(),
        ),
    ]  # fmt: skip
    found += [
        Command("world.auto_link", "Link names…", lambda: _auto_link(panel), "World", "Ctrl+Shift+L",
                "Find names in texts that could be links, and link those that you tick.", "link-2"),
        Command("world.filters", "Saved filters…", lambda: panel.manage_filters(), "World", "Alt+Shift+F",
                "Use, rename or delete a saved filter.", "bookmark", reads=True),
        Command("world.save_filter", "Save this filter…", lambda: panel.save_filter(), "World", "Alt+Shift+S",
                "Keep what is typed into the filter under a name.", "bookmark",
                enabled=lambda: bool(panel.filter.text().strip()), in_menu=False),
    ]  # fmt: skip
    for words, by, icon in (
        ("by kind", "kind", "list-tree"), ("by status", "status", "circle-check"), ("by tag", "tag", "tag"),
        ("by place", "location", "map-pin"),
    ):  # fmt: skip
        found.append(
            Command(
                f"world.group_{by}", f"Group {words}", lambda by=by: panel.group_by(by), "World", "",
                f"Show the World Bible {words}.", icon, checked=lambda by=by: panel.by == by,
            )
        )  # fmt: skip
    return found


def _changing(panel: WorldPanel) -> list[Command]:
    some, scope = (lambda: bool(panel.chosen())), panel.tree
    return [
        Command(
            "world.open", "Open entry", lambda: [panel.open(i) for i in panel.chosen()[:1]], "World", "",
            "Show the page of the selected entry (Enter).", "book-open", enabled=some, in_menu=False,
        ),
        Command(
            "world.rename", "Rename…", panel.rename_here, "World", "F2", "Rename; links to it follow.", "pencil",
            enabled=some, scope=scope,
        ),
        Command(
            "world.tag", "Tag…", lambda: _tag(panel), "World", "Alt+Shift+T", "Add tags to what is selected.", "tag",
            enabled=some, scope=scope,
        ),
        Command(
            "world.bulk", "Change many…", lambda: _bulk(panel), "World", "Alt+Shift+B",
            "Status, tags, fields and more of all selected entries, with a look before.", "check-check",
            enabled=lambda: bool(panel.chosen_entities()), scope=scope,
        ),
        Command(
            "world.merge", "Merge…", lambda: _merge(panel), "World", "Alt+Shift+M",
            "Make the selected entries one; the first keeps its name.", "git-merge",
            enabled=lambda: len(panel.chosen_entities()) > 1, scope=scope,
        ),
        Command(
            "world.trash", "Move to trash", lambda: _trash(panel), "World", "Del",
            "Put the selected entries in the trash.", "trash-2", enabled=some, scope=scope,
        ),
    ]  # fmt: skip


def _statuses(panel: WorldPanel) -> list[Command]:
    some = lambda: bool(panel.chosen_entities())  # noqa: E731
    found = [
        Command(
            f"world.status_{s.value}", f"Mark as {s.value}", lambda s=s: _status(panel, s), "World",
            f"Alt+Shift+{STATUS_KEYS[s.value]}", STATUS_HELP[s.value], STATUS_ICONS[s.value], enabled=some,
            scope=panel.tree,
        )
        for s in Status
    ]  # fmt: skip
    for visibility, words, key, icon in (
        ("gm", "Only for the GM", "G", "lock"),
        ("party", "Show the party", "P", "eye"),
    ):
        found.append(
            Command(
                f"world.show_{visibility}", words, lambda v=visibility: _visibility(panel, v), "World",
                f"Alt+Shift+{key}", "Say who may see the selected entries.", icon, enabled=some, scope=panel.tree,
            )
        )  # fmt: skip
    return found


def _outward(panel: WorldPanel) -> list[Command]:
    some, scope = (lambda: bool(panel.chosen())), panel.tree
    return [
        Command(
            "world.attach", "Add to next message", lambda: [panel.ctx.hub.attach.emit(i) for i in panel.chosen()],
            "World", "Alt+Shift+A", "Put the selected entries into the context of the next message.", "paperclip",
            enabled=some, scope=scope,
        ),
        Command(
            "world.copy_link", "Copy link", panel.copy_links, "World", "", "Copy [[links]] (Ctrl+C in the tree).",
            "link", enabled=some, in_menu=False,
        ),
        Command(
            "world.export", "Save as file…", lambda: save_as_file(panel), "World", "Alt+Shift+E",
            "Write the selected entries as Markdown; dragging them out does the same.", "file-down", enabled=some,
            scope=scope,
        ),
    ]  # fmt: skip


MENU = (
    "world.open", "world.rename", None, "status", "world.show_gm", "world.show_party", "world.tag", "world.bulk",
    "world.merge", None, "world.attach", "world.copy_link", "world.export", None, "world.trash",
)  # fmt: skip


def context_menu(panel: WorldPanel) -> QMenu:
    """What the right button offers; the actions are the registry's own, so keys show beside them."""
    registry = panel.ctx.commands
    registry.dim()
    menu = make_menu(panel, "Entries that are selected")
    menu.aboutToHide.connect(registry.wake)
    for command_id in MENU:
        if command_id is None:
            menu.addSeparator()
        elif command_id == "status":
            status = named(menu.addMenu("Status"), "Status")
            for s in Status:
                _put(panel, status, f"world.status_{s.value}")
        else:
            _put(panel, menu, command_id)
    return menu


def _put(panel: WorldPanel, menu: QMenu, command_id: str) -> None:
    if panel.ctx.commands.get(command_id) is not None:
        menu.addAction(panel.ctx.commands.action(command_id))


def _start(panel: WorldPanel, work: object) -> None:
    panel.tasks.start(work, owner=panel)  # pyright: ignore[reportArgumentType]


def _status(panel: WorldPanel, status: Status) -> None:
    async def run() -> None:
        from studio.ui.dialogs.publish import set_status

        count = await set_status(panel.ctx, panel.window(), panel.chosen_entities(), status.value)
        if count is not None:
            panel.ctx.announce(f"{count} marked as {status.value}")

    _start(panel, run())


def _visibility(panel: WorldPanel, visibility: str) -> None:
    async def run() -> None:
        count = await panel.ctx.workspace.run(entities.set_visibility, panel.chosen_entities(), visibility)
        who = "the game master" if visibility == "gm" else "the party"
        panel.ctx.toast(
            f"{count} shown to {who}." if count else "Nothing to change.", panel.take_back if count else None
        )

    _start(panel, run())


def _trash(panel: WorldPanel) -> None:
    async def run() -> None:
        chosen = panel.chosen()
        names = [panel.model.node(panel.model.find(i)).name for i in chosen]
        count = await panel.ctx.workspace.run(trash.delete, chosen)
        what = f"“{names[0]}”" if count == 1 else f"{count} entries"
        panel.ctx.toast(f"Moved {what} to the trash.", panel.take_back)

    _start(panel, run())


def _tag(panel: WorldPanel) -> None:
    async def run() -> None:
        chosen = panel.chosen_entities()
        await panel.ctx.shell.ask_text(
            "Tag entries", label="Tags, with commas between them", action="Add",
            act=lambda typed: panel.ctx.workspace.run(entities.set_tags, chosen, typed.split(","), add=True),
        )  # fmt: skip

    _start(panel, run())


def _auto_link(panel: WorldPanel) -> None:
    async def run() -> None:
        from studio.ui.world.autolink import LinkSheet

        one = panel.chosen_entities()[:1]
        entry = (one[0], panel.model.node(panel.model.find(one[0])).name) if one else None
        sheet = LinkSheet(panel.ctx, panel.window(), entry)
        if await sheet.ask():
            count = await panel.ctx.workspace.run(autolink.link, sheet.table.choices())
            words = f"Linked {count} {'name' if count == 1 else 'names'}."
            panel.ctx.toast(words, panel.take_back if count else None)

    _start(panel, run())


def _bulk(panel: WorldPanel) -> None:
    async def run() -> None:
        from studio.ui.dialogs.publish import apply_bulk
        from studio.ui.world.bulk import BulkSheet

        ids, run = panel.chosen_entities(), panel.ctx.workspace.run
        nodes = [panel.model.node(panel.model.find(i)) for i in ids]
        rows = [bulk.Row(id=i, kind=node.kind, name=node.name) for i, node in zip(ids, nodes, strict=True)]
        tags = await run(pages.all_tags)
        sheet = BulkSheet(panel.ctx, panel.window(), ids, [node.kind for node in nodes], tags, rows)
        if await sheet.ask() and (change := sheet.change()) is not None:
            count = await apply_bulk(panel.ctx, panel.window(), sheet.chosen, change)
            if count is None:
                return
            panel.ctx.toast(f"Changed {count} {'entry' if count == 1 else 'entries'}.", panel.take_back)

    _start(panel, run())


def _merge(panel: WorldPanel) -> None:
    async def run() -> None:
        keep, *others = panel.chosen_entities()
        if len(others) == 1:
            await _merge_two(panel, keep, others[0])
            return
        names = [panel.model.node(panel.model.find(i)).name for i in (keep, *others)]
        rest = ", ".join(f"“{name}”" for name in names[1:])
        sentence = (
            f"“{names[0]}” stays and takes over fields, relations and links of {rest}. "
            "Where both say something, it keeps its own; the others go to the trash."
        )
        if not await panel.ctx.shell.confirm("Merge entries", sentence, action="Merge"):
            return
        result = await panel.ctx.workspace.run(merge.merge_entities, keep, others)
        left = f" {len(result.conflicts)} differing values stayed as they were." if result.conflicts else ""
        panel.ctx.toast(f"Merged into “{result.entity.name}”.{left}", panel.take_back)
        panel.open(keep)

    _start(panel, run())


async def _merge_two(panel: WorldPanel, keep: RecordId, other: RecordId) -> None:
    """Two are put side by side, and one chooses field by field."""
    from studio.services.world.merge_form import merge_form
    from studio.ui.dialogs.merge import MergeSheet

    sheet = MergeSheet(panel.window(), await panel.ctx.workspace.run(merge_form, keep, other))
    if await sheet.ask():
        result = await panel.ctx.workspace.run(merge.merge_entities, keep, [other], choices=sheet.choices)
        panel.ctx.toast(f"Merged into “{result.entity.name}”.", panel.take_back)
        panel.open(keep)
