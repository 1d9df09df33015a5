"""The commands of the Prompt Forge dock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.commands import Command
from studio.ui.forge.editor import FILL, VERSIONS, WRITE

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.forge.panel import ForgePanel


def forge_commands(panel: ForgePanel) -> list[Command]:
    """Everything that can be done in the dock; most of it needs an open recipe."""

    def some() -> bool:
        return panel.editing is not None

    def command(
        name: str, text: str, run: Callable[[], object], words: str, *, icon: str = "", free: bool = False
    ) -> Command:
        return Command(f"forge.{name}", text, run, "Forge", "", words, icon, enabled=None if free else some)

    return [
        command("new", "New recipe…", panel.new_recipe, "Start an empty prompt recipe.", icon="wand-sparkles",
                free=True),
        command("starter", "New recipe from a starter…", panel.new_from_starter,
                "Copy one of the recipes that ship with the studio.", free=True),
        command("starters", "Add all starter recipes", panel.add_starters,
                "Copy every starter recipe that the project doesn't have.", free=True),
        command("find", "Find a recipe", panel.go_to_search, "Go to the search of the recipe list.", free=True),
        command("fill", "Fill the recipe", lambda: panel.open_tab(FILL), "Fill the slots of the open recipe."),
        command("write", "Write the recipe", lambda: panel.open_tab(WRITE), "Edit blocks, slots and style."),
        command("versions", "Versions of the recipe", lambda: panel.open_tab(VERSIONS),
                "Compare, restore and label versions.", icon="history"),
        command("save", "Save version", panel.save_version,
                "Keep the draft as the next version; Ctrl+Enter inside the dock.", icon="save"),
        command("copy", "Copy the rendered prompt", panel.copy_prompt,
                "Put the filled prompt on the clipboard; Ctrl+Shift+C inside the dock.", icon="copy"),
        command("send", "Send the prompt to chat", panel.send_to_chat,
                "Put the filled prompt into the message field.", icon="message-square"),
        command("duplicate", "Duplicate the recipe", panel.duplicate, "Make a copy with its own versions."),
        command("delete", "Delete the recipe", panel.delete, "Move the recipe to the trash."),
    ]  # fmt: skip
