"""The commands of the Foundry dock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.commands import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.foundry.panel import FoundryPanel


def foundry_commands(panel: FoundryPanel) -> list[Command]:
    """Everything that can be done in the dock; most of it needs a blueprint."""

    def some() -> bool:
        return panel.blueprint is not None

    def command(
        name: str,
        text: str,
        run: Callable[[], object],
        words: str,
        *,
        icon: str = "",
        key: str = "",
        free: bool = False,
    ) -> Command:
        enabled = None if free else some
        return Command(f"foundry.{name}", text, run, "Foundry", key, words, icon, enabled=enabled)

    return [
        command("new", "New blueprint", panel.new_empty, "Start an empty blueprint.", icon="file-plus-2", free=True),
        command("new_preset", "New blueprint from a preset…", panel.new_from_preset,
                "Start with a genre and structure that are filled in.", free=True),
        command("new_markdown", "New blueprint from Markdown…", panel.new_from_markdown,
                "Read a blueprint back from a Markdown file.", free=True),
        command("preset", "Apply a preset…", panel.apply_preset, "Fill empty fields from a preset, after a preview."),
        command("next", "Go to the next empty field", panel.reveal_next,
                "Jump to the next core field of the blueprint that is empty.", key="Ctrl+Alt+F"),
        command("snapshot", "Name this version…", panel.name_version,
                "Keep the blueprint as it stands under a name.", icon="bookmark"),
        command("form", "Blueprint form", lambda: panel.open_tab(0), "Edit the blueprint."),
        command("versions", "Versions of the blueprint", lambda: panel.open_tab(1),
                "Compare versions and restore all or one field.", icon="history"),
        command("preview", "Preview the blueprint", lambda: panel.open_tab(2), "Read the blueprint as it is exported."),
        command("links", "Link names to entries", panel.link_names,
                "Link written names of the blueprint to the entries that have them."),
        command("export", "Export the blueprint as Markdown…", panel.export_markdown,
                "Write the blueprint to a Markdown file.", icon="file-down"),
        command("duplicate", "Duplicate the blueprint", panel.duplicate, "Make a copy with its own versions."),
        command("delete", "Delete the blueprint", panel.delete, "Move the blueprint to the trash."),
    ]  # fmt: skip
