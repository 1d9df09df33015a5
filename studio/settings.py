"""Every setting, declared once: default, bounds and its sentence. The dialog and the docs are made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from studio.files import read_object, write_object

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE = "settings.json"

PAGES: dict[str, str] = {
    "appearance": "Appearance",
    "models": "Models and keys",
    "chat": "Chat",
    "search": "Search",
    "budget": "Budget",
    "files": "Projects and backups",
    "keys": "Keys",
}
"""Pages of the settings dialog, in order. Connections to models are no settings: they have a file of their own."""


def _setting(default: Any, title: str, sentence: str, page: str, **bounds: Any) -> Any:
    return Field(default=default, title=title, description=sentence, json_schema_extra={"page": page}, **bounds)


class Settings(BaseModel):
    """The user's choices on this machine. Projects carry none of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    theme: Literal["system", "light", "dark", "contrast"] = _setting(
        "system", "Theme", "Light, dark, high contrast, or whatever the desktop uses.", "appearance"
    )
    text_size: int = _setting(
        100, "Text size", "Size of all text in percent, beside the screen's own scale.", "appearance", ge=80, le=200
    )
    compact: bool = _setting(False, "Compact rows", "Set controls and lists closer together.", "appearance")
    reduce_motion: bool = _setting(
        False, "Reduce motion", "Show every change at once, without animation.", "appearance"
    )
    key_store: Literal["keyring", "session", "vault"] = _setting(
        "keyring",
        "Where keys are kept",
        "The system's keyring, this session only, or a file sealed with a passphrase; never plain text.",
        "models",
    )
    embedder: str = _setting(
        "",
        "Embedder for search by meaning",
        "Empty for the one that ships and stays offline; or provider/model, such as ollama/nomic-embed-text. "
        "Another one embeds the whole project anew; a provider's gets the texts and may cost.",
        "search",
    )
    start_model: str = _setting(
        "", "Model for new chats", "Which model a new chat starts with; empty for the first one that is set up.", "chat"
    )
    start_mode: str = _setting(
        "world_builder", "Assistant for new chats", "Which assistant mode a new chat starts in.", "chat"
    )
    model_reads: Literal["canon", "reviewed", "draft"] = _setting(
        "draft",
        "Models may look up",
        "Canon alone, also what was reviewed, or drafts too, said to be drafts. What you name goes in anyway.",
        "chat",
    )
    enter_sends: bool = _setting(
        True, "Enter sends", "Enter sends the message and Shift+Enter breaks the line; off swaps the two.", "chat"
    )
    daily_budget: float = _setting(
        2.0,
        "Daily budget, US$",
        "Warns at 80 %, stops before the call at 100 %; 0 for no limit.",
        "budget",
        ge=0,
        le=10_000,
    )
    monthly_budget: float = _setting(
        20.0,
        "Monthly budget, US$",
        "Warns at 80 %, stops before the call at 100 %; 0 for no limit.",
        "budget",
        ge=0,
        le=100_000,
    )
    reopen_last: bool = _setting(
        True, "Open the last project at start", "Go on where you left off; off shows the start page.", "files"
    )
    backup_minutes: int = _setting(
        30,
        "Back up every, minutes",
        "How often a changed project is copied and checked; 0 turns backups off.",
        "files",
        ge=0,
        le=1440,
    )
    backup_keep: int = _setting(
        20,
        "Backups to keep",
        "How many verified copies of a project stay; the oldest goes first.",
        "files",
        ge=1,
        le=500,
    )
    drag_audience: Literal["party", "public", "gm"] = _setting(
        "party",
        "Dragged entries are for",
        "Whose eyes an entry is written for that you drag out of the tree: party, public, or gm for all of it.",
        "files",
    )
    keys: dict[str, str] = _setting({}, "Your own keys", "Commands that you gave another key.", "keys")


class SettingsStore:
    """The settings on disk and whoever wants to hear of changes. A value that doesn't fit falls back to its default."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE if folder is not None else None
        self._listeners: list[Callable[[Settings], None]] = []
        self._strange: dict[str, Any] = {}
        self.value = self._load()

    def set(self, **changes: Any) -> Settings:
        """Change settings, write them, tell the listeners. Raises ValidationError for a value out of bounds."""
        wanted = Settings.model_validate(self.value.model_dump() | changes)
        if wanted != self.value:
            self.value = wanted
            self._write()
            for listener in list(self._listeners):
                listener(wanted)
        return wanted

    def subscribe(self, listener: Callable[[Settings], None]) -> Callable[[], None]:
        """Call back after every change. Gives the function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def _load(self) -> Settings:
        raw = read_object(self._path)
        self._strange = {key: raw.pop(key) for key in list(raw) if key not in Settings.model_fields}
        while True:
            try:
                return Settings.model_validate(raw)
            except ValidationError as error:
                for fault in error.errors():
                    raw.pop(str(fault["loc"][0]), None)

    def _write(self) -> None:
        if self._path is None:
            return
        changed = {k: v for k, v in self.value.model_dump().items() if v != getattr(_DEFAULTS, k)}
        write_object(self._path, self._strange | changed)


_DEFAULTS = Settings()


def settings_page() -> str:
    """The documentation page of all settings, as Markdown."""
    lines = ["# Settings", "", "Settings belong to this machine, not to a project. Changes count at once."]
    for page, title in PAGES.items():
        fields = Settings.model_fields.items()
        rows = [
            (n, i) for n, i in fields if isinstance(i.json_schema_extra, dict) and i.json_schema_extra["page"] == page
        ]
        lines += ["", f"## {title}", "", "| Setting | Default | What it does |", "|---|---|---|"]
        for name, info in rows:
            lines.append(f"| {info.title} (`{name}`) | {_shown(info.default)} | {info.description} |")
    return "\n".join(lines) + "\n"


def _shown(default: Any) -> str:
    """A default as a person reads it."""
    if isinstance(default, bool):
        return "on" if default else "off"
    return str(default) if default not in ("", {}) else "–"
