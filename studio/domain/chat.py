"""Chat: threads, and messages as rows of a tree."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from studio.domain.ids import RecordId
from studio.domain.record import Frozen, Record

Role = Literal["user", "assistant", "system"]
MessageState = Literal["done", "streaming", "stopped", "error"]


class Part(Frozen):
    """A piece of a message. `file` parts carry their text, so that what was sent can be read again."""

    type: Literal["text", "file", "image", "citation"] = "text"
    text: str = ""
    name: str = ""
    ref_id: str = ""


class Usage(Frozen):
    """Tokens of one call. `estimated` where the provider gave no count."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    estimated: bool = False


class SentContext(Frozen):
    """What really went to the model, so that it can be inspected."""

    system: str = ""
    messages: tuple[dict[str, Any], ...] = ()
    entity_ids: tuple[RecordId, ...] = ()
    params: dict[str, Any] = Field(default_factory=dict)


class Thread(Record):
    """One conversation. `leaf_id` is the tip of the branch that is shown."""

    kind: str = "thread"
    title: str = "New chat"
    folder: str = ""
    pinned: bool = False
    archived: bool = False
    blueprint_id: RecordId | None = None
    assistant_mode: str = "world_builder"
    model: str = ""
    temperature: float | None = None
    behaviour_note: str = ""
    audience: str = "gm"
    as_of: dict[str, Any] | None = None
    leaf_id: RecordId | None = None


class Message(Record):
    """One message; `parent_id` makes the tree, siblings share a parent and sort by id (that is, by age)."""

    kind: str = "message"
    thread_id: RecordId
    parent_id: RecordId | None = None
    role: Role
    parts: tuple[Part, ...] = ()
    model: str = ""
    usage: Usage | None = None
    cost_usd: float | None = None
    pack_hash: str = ""
    sent: SentContext | None = None
    state: MessageState = "done"
    error_code: str = ""
    error_text: str = ""
    recorded: bool = False
    origin: str = ""
    entity_ids: tuple[RecordId, ...] = ()

    @property
    def text(self) -> str:
        """The text parts joined; what is rendered, searched and extracted from."""
        return "\n\n".join(p.text for p in self.parts if p.type == "text")


class AssistantMode(Record):
    """A preset for the assistant: its standing instructions and temperature. Editable."""

    kind: str = "assistant_mode"
    slug: str
    title: str
    instructions: str
    temperature: float | None = None
