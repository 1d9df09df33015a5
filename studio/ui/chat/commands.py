"""The chat's commands: what is in its menu, in the palette and on keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.commands import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.chat.panel import ChatPanel


def chat_commands(panel: ChatPanel) -> list[Command]:
    """All of them. Those on a message act on the one with the focus, else on the last one that fits."""
    return [*_threads(panel), *_answers(panel), *_saving(panel), *_setup(panel)]


def _threads(panel: ChatPanel) -> list[Command]:
    begun = lambda: bool(panel.state.thread_id)  # noqa: E731

    def thread(what: str) -> Callable[[], object]:
        return lambda: panel.thread_acts.run(what, panel.state.thread_id)

    def pin() -> object:
        pinned = panel.state.thread is not None and panel.state.thread.pinned
        return panel.thread_acts.run("unpin" if pinned else "pin", panel.state.thread_id)

    def find() -> None:
        if panel.side.isHidden():
            panel.toggle_side()
        panel.side.search.setFocus()

    add = Command
    return [
        add("chat.new", "New chat", panel.new_chat, "Chat", "Ctrl+N", "Begins an empty chat.", "message-square-plus"),
        add("chat.list", "Show or hide the chat list", panel.toggle_side, "Chat", "Ctrl+B",
            "All chats of this project, beside the conversation.", "panel-left"),
        add("chat.search", "Search all chats", find, "Chat", "Ctrl+Shift+G",
            "Finds words in everything that was ever said.", "search"),
        add("chat.rename", "Rename this chat…", thread("rename"), "Chat", "", "Gives the chat another title.",
            "pencil", enabled=begun),
        add("chat.pin", "Pin or unpin this chat", pin, "Chat", "", "Keeps the chat on top of the list.", "pin",
            enabled=begun),
        add("chat.folder", "Move this chat to a folder…", thread("folder"), "Chat", "", "Sorts the chat into a folder.",
            "folder", enabled=begun),
        add("chat.archive", "Archive this chat", thread("archive"), "Chat", "",
            "Puts the chat away; search still finds it.", "archive", enabled=begun),
        add("chat.delete", "Delete this chat", thread("delete"), "Chat", "", "Moves the chat to the trash.", "trash-2",
            enabled=begun),
    ]  # fmt: skip


def _answers(panel: ChatPanel) -> list[Command]:
    def on(what: str, role: str = "") -> Callable[[], object]:
        return lambda: panel.acts.on_current(what, role)

    def has(role: str = "") -> Callable[[], bool]:
        return lambda: panel.acts.current(role) is not None

    def paged() -> bool:
        return panel.acts.current_pager() is not None

    add = Command
    return [
        add("chat.stop", "Stop the answer", panel.asking.stop, "Chat", "Ctrl+.",
            "Stops the model; what has come is kept.", "square", enabled=lambda: panel.state.live is not None),
        add("chat.regenerate", "Regenerate", on("regenerate", "assistant"), "Chat", "Ctrl+R",
            "Another answer to the same message; the old one stays.", "refresh-cw", enabled=has("assistant")),
        add("chat.retry_with", "Answer again with another model…", on("retry_with", "assistant"), "Chat",
            "Ctrl+Shift+R", "Another answer, from a model that you choose.", "cpu", enabled=has("assistant")),
        add("chat.continue", "Continue the answer", on("go_on", "assistant"), "Chat", "Alt+Return",
            "Lets a stopped answer go on where it stops.", "play", enabled=has("assistant")),
        add("chat.edit", "Edit the message…", on("edit"), "Chat", "", "Writes a message anew; the old one stays.",
            "pencil", enabled=has()),
        add("chat.edit_last", "Edit my last message…", panel.asking.edit_last, "Chat", "",
            "As the Up key does in an empty composer.", "pencil", enabled=has("user")),
        add("chat.copy", "Copy the message", on("copy"), "Chat", "Ctrl+Shift+C", "Copies its Markdown.", "copy",
            enabled=has()),
        add("chat.branch", "Branch from here", on("branch"), "Chat", "", "The next message begins another branch.",
            "git-branch", enabled=has()),
        add("chat.previous_version", "Previous version", on("previous"), "Chat", "Alt+Left",
            "Shows the sibling before this message.", "chevron-left", enabled=paged),
        add("chat.next_version", "Next version", on("next"), "Chat", "Alt+Right",
            "Shows the sibling after this message.", "chevron-right", enabled=paged),
        add("chat.delete_branch", "Delete from here on", on("delete"), "Chat", "",
            "Deletes the message and what follows from it; Undo brings it back.", "trash-2", enabled=has()),
        add("chat.sources", "Sources and canon…", on("sources", "assistant"), "Chat", "Ctrl+Shift+B",
            "What an answer rests on, and what canon says to its claims.", "quote", enabled=has("assistant")),
        add("chat.inspect", "What the model read…", on("inspect", "assistant"), "Chat", "Ctrl+Shift+J",
            "Shows the answer's context pack: what went in, what was left out, and why.", "eye",
            enabled=has("assistant")),
        add("chat.replay", "Ask again with exactly the same", on("replay", "assistant"), "Chat", "",
            "Another answer to the very words that this one read, whatever has changed since.", "refresh-cw",
            enabled=has("assistant")),
        add("chat.preview", "What would be read…", panel.reading.preview, "Chat", "Ctrl+J",
            "Shows what the next message would be read with; pins and leaves out.", "layers"),
        add("chat.up", "Message before", lambda: panel.list.step(-1), "Chat", "Ctrl+Up",
            "Moves the focus to the message before.", "arrow-up", enabled=has()),
        add("chat.down", "Message after", lambda: panel.list.step(1), "Chat", "Ctrl+Down",
            "Moves the focus to the message after.", "arrow-down", enabled=has()),
        add("chat.end", "Go to the newest message", panel.list.to_end, "Chat", "Ctrl+End",
            "Scrolls to the end and stays with it.", "arrow-down", enabled=has()),
    ]  # fmt: skip


def _saving(panel: ChatPanel) -> list[Command]:
    def save(part: str) -> Callable[[], object]:
        return lambda: panel.acts.save_current(part)

    has = panel.acts.can_save
    add = Command
    return [
        add("chat.save", "Save from the answer…", save(""), "Chat", "Ctrl+S",
            "Reviews what the answer holds; Ctrl+Enter then saves it all.", "bookmark", enabled=has),
        add("chat.save_foundry", "Save to Foundry only…", save("foundry"), "Chat", "Ctrl+Shift+F",
            "Reviews the blueprint in the answer.", "layers", enabled=has),
        add("chat.save_world", "Save to World Bible only…", save("world"), "Chat", "",
            "Reviews the world entries in the answer.", "globe", enabled=has),
        add("chat.save_forge", "Save to Prompt Forge only…", save("forge"), "Chat", "",
            "Reviews the prompts in the answer.", "wand-sparkles", enabled=has),
        add("chat.paste", "Paste an answer…", panel.taking.paste, "Chat", "Ctrl+Shift+V",
            "Takes an answer or a conversation from elsewhere into the chat.", "clipboard-paste"),
    ]  # fmt: skip


def _setup(panel: ChatPanel) -> list[Command]:
    add = Command
    return [
        add("chat.model", "Choose the model…", panel.setup.pick_model, "Chat", "Ctrl+M",
            "Which model answers this chat.", "cpu"),
        add("chat.mode", "Choose the assistant…", panel.setup.pick_mode, "Chat", "Ctrl+Shift+M",
            "World Builder, Narrative Designer, Encounter Architect or General Guide.", "sparkles"),
        add("chat.modes", "Edit assistants…", panel.setup.edit_modes, "Chat", "",
            "Changes what an assistant is told.", "pencil"),
        add("chat.setup", "How this chat is answered…", panel.setup.set_up, "Chat", "",
            "Temperature and a note for this chat.", "sliders-horizontal"),
        add("chat.attach", "Attach text files…", panel.attach, "Chat", "Ctrl+Shift+A",
            "Puts files into the context of the next message.", "paperclip"),
        add("chat.recorded", "Use the recorded answers", panel.use_recorded, "Chat", "",
            "Lets the sample's recorded answers answer this chat, with no model.", "play"),
    ]  # fmt: skip
