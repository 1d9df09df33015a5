"""One call to a language model: what is asked, what streams back, and every way in which it can fail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from studio.domain.chat import Usage
from studio.domain.commit import content_hash
from studio.domain.context import ContextPack, Purpose
from studio.domain.errors import StudioError
from studio.domain.record import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

FinishReason = Literal["stop", "length", "tool"]


class ChatMessage(Frozen):
    """One message as the model reads it."""

    role: Literal["system", "user", "assistant"]
    content: str


class ResponseShape(Frozen):
    """How a structured answer is asked for. `schema_` is a JSON schema; `json_object` and plain text have none."""

    mode: Literal["json_schema", "tool", "json_object"]
    name: str = "answer"
    schema_: dict[str, Any] = Field(default_factory=dict)


class Deadlines(Frozen):
    """Seconds: to the first sign of life, between two signs, and for the call with all its retries and fallbacks."""

    first_token: float = 90.0
    between: float = 45.0
    total: float = 600.0


class CallOrigin(Frozen):
    """What a call is made for; spend is summed by these."""

    purpose: Purpose = "chat"
    project_id: str = ""
    thread_id: str = ""
    message_id: str = ""


class ModelRequest(Frozen):
    """What is asked of a model. Only `services.context` makes one: its messages are those of a context pack.

    `model` is an id such as `openai/gpt-5.4`, `ollama/llama3` or `custom:<connection>/<model>`. `fallbacks` are tried
    in order when the model before it can't answer and no text of it has been shown.
    """

    model: str
    pack: ContextPack
    messages: tuple[ChatMessage, ...]
    temperature: float | None = None
    max_tokens: int | None = None
    response: ResponseShape | None = None
    fallbacks: tuple[str, ...] = ()
    deadlines: Deadlines = Deadlines()
    origin: CallOrigin = CallOrigin()

    @property
    def packed(self) -> bool:
        """Whether its messages are what its pack says, word for word, and the pack is whole."""
        pack = self.pack
        return pack.intact and pack.model == self.model and pack.prompt == prompt_hash(self.messages)


def prompt_hash(messages: Iterable[ChatMessage]) -> str:
    """SHA-256 over the roles and texts of messages."""
    return content_hash([[m.role, m.content] for m in messages])


class ModelEvent(Frozen):
    """Base of what a call yields while it runs."""


class Started(ModelEvent):
    """A model was asked. `model` differs from the request's after a fallback."""

    model: str
    attempt: int = 1


class Delta(ModelEvent):
    """A piece of the answer's text; at most some sixty a second."""

    text: str


class Thinking(ModelEvent):
    """A piece of the model's reasoning; shown apart, never part of the answer."""

    text: str


class Retrying(ModelEvent):
    """The call goes on after a failure that nobody needs to act on: after a wait, or with another model."""

    sentence: str
    model: str
    wait_seconds: float = 0.0


class BudgetWarning(ModelEvent):
    """The budget is used to 80 % or more; `fraction` is what was used before this call."""

    sentence: str
    fraction: float


class Finished(ModelEvent):
    """The whole answer arrived. `cost_usd` sums all attempts and is None where no price is known.

    `tool_arguments` holds the JSON text that a forced tool call was given.
    """

    finish_reason: FinishReason
    usage: Usage
    cost_usd: float | None
    model: str
    provider_request_id: str = ""
    tool_arguments: str = ""


class ModelResult(Frozen):
    """A finished call in one piece."""

    text: str
    finished: Finished


class ModelError(StudioError):
    """A call that gave no whole answer. `partial` is what had arrived; `usage` and `cost_usd` what that cost."""

    code = "model"

    def __init__(
        self,
        sentence: str,
        *,
        hint: str = "",
        model: str = "",
        status: int | None = None,
        retry_after: float | None = None,
        detail: str = "",
        partial: str = "",
        usage: Usage | None = None,
        cost_usd: float | None = None,
    ) -> None:
        super().__init__(sentence, hint=hint)
        self.model = model
        self.status = status
        self.retry_after = retry_after
        self.detail = detail
        self.partial = partial
        self.usage = usage
        self.cost_usd = cost_usd


class AuthFailed(ModelError):
    """The provider refuses the key, or there is none."""

    code = "auth"


class QuotaExceeded(ModelError):
    """The account with the provider has no credit left."""

    code = "quota"


class RateLimited(ModelError):
    """Too many calls; `retry_after` in seconds where the provider says so."""

    code = "rate_limit"


class ContextTooLong(ModelError):
    """What was sent is longer than the model can read."""

    code = "context_too_long"


class ContentFiltered(ModelError):
    """The provider's filter, or the model by its refusal field, stopped the answer."""

    code = "content_filter"


class ModelTimeout(ModelError):
    """A deadline passed: to the first token, between two, or of the whole call."""

    code = "timeout"


class StreamCut(ModelError):
    """The connection ended in the middle of the answer, with or without an error."""

    code = "cut"


class BadResponse(ModelError):
    """The provider answered with something that is no answer: an error page, an empty text, broken data."""

    code = "bad_response"


class Offline(ModelError):
    """Nobody answers at the provider's address."""

    code = "offline"


class NoModel(ModelError):
    """No model is set up, or not this one."""

    code = "no_model"


class EngineDied(ModelError):
    """The process that talks to models ended under the call; the next call starts it again."""

    code = "engine_died"


class ModelCancelled(ModelError):
    """The application stopped the call, for instance on its way out."""

    code = "cancelled"


class BudgetExceeded(ModelError):
    """The call was not made: it would go over the daily or monthly budget."""

    code = "budget"


MODEL_ERRORS: dict[str, type[ModelError]] = {
    error.code: error
    for error in (
        AuthFailed,
        QuotaExceeded,
        RateLimited,
        ContextTooLong,
        ContentFiltered,
        ModelTimeout,
        StreamCut,
        BadResponse,
        Offline,
        NoModel,
        EngineDied,
        ModelCancelled,
        BudgetExceeded,
    )
}
"""By code, as stored on a message."""
