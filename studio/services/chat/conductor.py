"""Asking a model and taking its answer in: streams, keeps partial text, and stores the answer however it ends."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Protocol

from studio.domain.chat import Message, MessageState, Part, Thread, Usage
from studio.domain.errors import Invalid
from studio.domain.ids import RecordId, new_id
from studio.domain.model_call import (
    BudgetWarning,
    CallOrigin,
    Delta,
    Finished,
    ModelError,
    ModelEvent,
    ModelRequest,
    NoModel,
    Retrying,
    Started,
    Thinking,
)
from studio.services.chat import messages, threads
from studio.services.chat.context import assemble, question
from studio.services.chat.recorded import RECORDED, Recorded
from studio.services.context import found, store
from studio.services.context.draft import NO_CHOICES, Choices
from studio.services.context.tokens import Counter, estimate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from studio.services.context.draft import Draft
    from studio.services.context.prompt import Prompt
    from studio.services.context.tokens import Counts
    from studio.services.context.world import Established
    from studio.services.retrieval.index import Index
    from studio.services.workspace import Workspace
    from studio.storage.project import Project

A_MOMENT = 0.5
"""Seconds that a preview waits for exact counts before it makes do with rough ones."""
KEEP_EVERY = 1.0
"""Seconds that a crash may cost of a running answer."""


class Source(Protocol):
    """Whoever streams an answer: the gateway, or the recorded answers."""

    def stream(self, request: ModelRequest, /) -> AsyncIterator[ModelEvent]:
        """The events of one call; has `aclose`."""
        ...


class Answering:
    """An answer on its way. The window takes its text from here when it is ready to draw; the network never waits."""

    def __init__(self, *, message_id: RecordId, thread_id: RecordId, parent_id: RecordId | None, model: str) -> None:
        self.message_id = message_id
        self.thread_id = thread_id
        self.parent_id = parent_id
        self.model = model
        self.text = ""
        self.thinking = ""
        self.notice = ""
        self.grows_from = ""
        self._taken = 0
        self._task: asyncio.Task[Message | None] | None = None

    @property
    def recorded(self) -> bool:
        """Whether this is a recorded answer and no model is asked."""
        return self.model == RECORDED

    @property
    def running(self) -> bool:
        """Whether more may come."""
        return self._task is not None and not self._task.done()

    def take(self) -> str:
        """The text that came since the last call."""
        fresh = self.text[self._taken :]
        self._taken = len(self.text)
        return fresh

    def stop(self) -> None:
        """Stop the model now; what has come is kept."""
        if self._task is not None:
            self._task.cancel()

    async def wait(self) -> Message | None:
        """The stored message, or None where nothing had come before it was stopped."""
        assert self._task is not None
        await asyncio.wait([self._task])
        return None if self._task.cancelled() else self._task.result()


class Conductor:
    """Everything in the chat that asks a model. One for each open project.

    `gateway` gives the gateway, or None while there is none; `default_model` the model of threads that name none;
    `established` up to which status the world is searched for it, `index` the index of meanings where there is one.
    """

    def __init__(
        self,
        workspace: Workspace,
        gateway: Callable[[], Any],
        *,
        default_model: Callable[[], str] = str,
        recorded: Source | None = None,
        counter: Counter | None = None,
        established: Callable[[], Established] = lambda: "draft",
        index: Callable[[], Index | None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._workspace = workspace
        self._gateway = gateway
        self._default_model = default_model
        self._recorded = recorded or Recorded()
        self._counter = counter or Counter()
        self._established = established
        self._index = index
        self._clock = clock
        self.running: dict[RecordId, Answering] = {}

    # ---- what a user does ----------------------------------------------------------------------------------------

    async def ask(
        self,
        thread_id: str,
        text: str,
        *,
        attachments: Iterable[Part] = (),
        entity_ids: Iterable[RecordId] = (),
        model: str = "",
        parent_id: str | None = None,
        at_start: bool = False,
        choices: Choices = NO_CHOICES,
    ) -> Answering:
        """Send a message and start its answer. With no model, raises NoModel before anything is stored."""
        name = await self._model(thread_id, model)
        sent = await self._workspace.run(
            messages.send,
            thread_id,
            text,
            attachments=tuple(attachments),
            entity_ids=tuple(entity_ids),
            parent_id=parent_id,
            at_start=at_start,
        )
        return await self._start(thread_id, parent=sent.id, model=name, choices=choices)

    async def answer(self, user_message_id: str, *, model: str = "") -> Answering:
        """Answer a message that is there: after an edit, or where an answer never came."""
        asked = await self._workspace.run(messages.message, user_message_id)
        name = await self._model(asked.thread_id, model)
        return await self._start(asked.thread_id, parent=asked.id, model=name)

    async def regenerate(self, message_id: str, *, model: str = "") -> Answering:
        """Another answer to the same message, as a sibling; an answer that failed with no text is replaced."""
        old = await self._workspace.run(messages.message, message_id)
        if old.role != "assistant" or old.parent_id is None:
            raise Invalid("Only an answer to a message can be made anew.")
        name = await self._model(old.thread_id, model)
        failed = old.id if old.state == "error" and not old.text else None
        return await self._start(old.thread_id, parent=old.parent_id, model=name, message_id=failed)

    async def go_on(self, message_id: str) -> Answering:
        """Let an answer that stopped go on where it stops; the message grows."""
        old = await self._workspace.run(messages.message, message_id)
        if old.role != "assistant" or old.parent_id is None or not old.text:
            raise Invalid("There is no text to go on from. Use Regenerate instead.")
        name = await self._model(old.thread_id, "")
        return await self._start(old.thread_id, parent=old.parent_id, model=name, message_id=old.id, grows=old.text)

    async def replay(self, message_id: str, *, model: str = "") -> Answering:
        """Ask again with exactly what an answer had read, as a sibling of it, whatever has changed since.

        The same model reads the same words; another `model` reads them too. Raises NotFound where the pack isn't kept.
        """
        old = await self._workspace.run(messages.message, message_id)
        if old.role != "assistant" or not old.pack_hash:
            raise Invalid("Nothing is known of what this message read, so it can't be asked again with the same.")
        prompt = await self._workspace.run(store.prompt, old.pack_hash)
        name = await self._model(old.thread_id, model or prompt.pack.model)
        if name != prompt.pack.model:
            prompt = prompt.for_model(name)
            await self._workspace.run(store.keep, [prompt])
        return self._begin(prompt, old.thread_id, parent=old.parent_id)

    async def preview(
        self, of: str | Thread, typed: str, *, named: tuple[RecordId, ...] = (), choices: Choices = NO_CHOICES
    ) -> Prompt:
        """What a message that isn't sent yet would be read with, in a thread that may not be stored either.

        Nothing is kept, and nothing is wrong with having no model: then it is counted roughly.
        """
        thread = of if isinstance(of, Thread) else await self._workspace.run(threads.thread, of)
        name = thread.model or self._default_model()
        try:
            window = self._window(name)
        except ModelError:
            name, window = "", 0
        draft = await self._draft(
            thread, thread.leaf_id, model=name, window=window, typed=typed, named=named, choices=choices
        )
        counts = await self._counter.count(draft.wordings(), draft.tokenizer, patience=A_MOMENT)
        return await asyncio.to_thread(draft.sealed, counts)

    async def stop_all(self) -> None:
        """Stop everything and wait until what had come is stored."""
        for answering in list(self.running.values()):
            answering.stop()
        await asyncio.gather(*(a.wait() for a in list(self.running.values())), return_exceptions=True)

    def of_thread(self, thread_id: str) -> Answering | None:
        """The answer that is on its way in a thread."""
        return next((a for a in self.running.values() if a.thread_id == thread_id), None)

    # ---- one call ------------------------------------------------------------------------------------------------

    async def _model(self, thread_id: str, wanted: str) -> str:
        """The model to ask; raises NoModel where none is set up. Refuses a second answer in one thread."""
        if self.of_thread(thread_id) is not None:
            raise Invalid("An answer is still coming in here. Stop it first, or wait until it has ended.")
        thread = await self._workspace.run(threads.thread, thread_id)
        name = wanted or thread.model or self._default_model()
        if name != RECORDED:
            self._route(name)
        return name

    def _route(self, model: str) -> Any:
        gateway = self._gateway()
        if gateway is None or not model:
            raise NoModel(
                "No model is set up yet.", hint="Connect one, paste an answer, or try the sample's recorded answers."
            )
        return gateway.models.route(model)

    async def _start(
        self,
        thread_id: str,
        *,
        parent: RecordId,
        model: str,
        message_id: RecordId | None = None,
        grows: str = "",
        choices: Choices = NO_CHOICES,
    ) -> Answering:
        draft = await self._draft(
            thread_id, parent, model=model, window=self._window(model), continues=grows or None, choices=choices
        )
        prompt = await self._sealed(draft)
        return self._begin(prompt, thread_id, parent=parent, message_id=message_id, grows=grows)

    async def _draft(
        self,
        of: str | Thread,
        leaf: str | None,
        *,
        model: str,
        window: int,
        typed: str | None = None,
        named: tuple[RecordId, ...] = (),
        continues: str | None = None,
        choices: Choices = NO_CHOICES,
    ) -> Draft:
        """Everything that could go into the pack: what is looked up, then what is told."""
        query, lens = await self._workspace.run(question, of, leaf, typed)
        return await self._workspace.run(
            assemble,
            of,
            leaf,
            typed=typed,
            named=named,
            model=model,
            window=window,
            continues=continues,
            found=await found.search(self._workspace, query, lens=lens, index=self._index()),
            choices=choices,
            established=self._established(),
        )

    async def _sealed(self, draft: Draft) -> Prompt:
        """Counted, trimmed and kept: from here on an answer can be traced to what was read."""
        counts = await self._counter.count(draft.wordings(), draft.tokenizer)
        return await self._workspace.run(_seal_and_keep, draft, counts)

    def _begin(
        self, prompt: Prompt, thread_id: str, *, parent: RecordId | None, message_id: RecordId | None = None,
        grows: str = "",
    ) -> Answering:  # fmt: skip
        model = prompt.pack.model
        answering = Answering(
            message_id=message_id or new_id(), thread_id=RecordId(thread_id), parent_id=parent, model=model
        )
        answering.grows_from = grows
        request = prompt.request(origin=CallOrigin(thread_id=thread_id, message_id=answering.message_id))
        self.running[answering.message_id] = answering
        run = _Run(self, self._workspace, answering, prompt)
        answering._task = asyncio.ensure_future(run.to_end(self._source(model), request))
        answering._task.add_done_callback(lambda _: self.running.pop(answering.message_id, None))
        return answering

    def _window(self, model: str) -> int:
        """The model's size in tokens; 0 where nobody knows. Raises NoModel."""
        return 0 if model == RECORDED else int(self._route(model).context)

    def _source(self, model: str) -> Source:
        return self._recorded if model == RECORDED else self._gateway()

    def price_of(self, model: str, usage: Usage) -> float | None:
        """What a call that was stopped has cost, by the price table; None where nobody knows the price."""
        if model == RECORDED:
            return 0.0
        try:
            price = self._route(model).price
        except ModelError:
            return None
        return None if price is None else (usage.input_tokens * price.input + usage.output_tokens * price.output) / 1e6


def _seal_and_keep(project: Project, draft: Draft, counts: Counts) -> Prompt:
    prompt = draft.sealed(counts)
    store.keep(project, [prompt])
    return prompt


class _Run:
    """One call from its first event to the stored message."""

    def __init__(self, owner: Conductor, workspace: Workspace, answering: Answering, prompt: Prompt) -> None:
        self._owner = owner
        self._workspace = workspace
        self._answering = answering
        self._pack = prompt.pack
        self._finished: Finished | None = None
        self._keeping: asyncio.TimerHandle | None = None

    async def to_end(self, source: Source, request: ModelRequest) -> Message | None:
        """Stream, then store. Never raises for what a model or a network can do."""
        try:
            return await self._streamed(source, request)
        finally:
            if self._keeping is not None:
                self._keeping.cancel()

    async def _streamed(self, source: Source, request: ModelRequest) -> Message | None:
        try:
            async with aclosing(source.stream(request)) as events:  # pyright: ignore[reportArgumentType]
                async for event in events:
                    self._take(event)
        except asyncio.CancelledError:
            return await self._store("stopped", usage=self._estimated())
        except ModelError as error:
            stopped = error.code == "cancelled"
            return await self._store(
                "stopped" if stopped else "error",
                usage=error.usage,
                cost=error.cost_usd,
                error_code="" if stopped else error.code,
                error_text="" if stopped else str(error),
            )
        done = self._finished
        code = "length" if done is not None and done.finish_reason == "length" else ""
        return await self._store(
            "done",
            usage=done.usage if done else None,
            cost=done.cost_usd if done else None,
            model=done.model if done else "",
            error_code=code,
            error_text="The answer reached the model's limit of length. Continue lets it go on." if code else "",
        )

    def _take(self, event: ModelEvent) -> None:
        answering = self._answering
        match event:
            case Delta():
                answering.text += event.text
                answering.notice = ""
                self._keep_soon()
            case Thinking():
                answering.thinking += event.text
            case Started():
                answering.model = event.model or answering.model
            case Retrying() | BudgetWarning():
                answering.notice = event.sentence
            case Finished():
                self._finished = event
            case _:
                pass

    # ---- keeping -------------------------------------------------------------------------------------------------

    def _keep_soon(self) -> None:
        if self._keeping is None:
            self._keeping = asyncio.get_running_loop().call_later(KEEP_EVERY * 0.8, self._keep)

    def _keep(self) -> None:
        self._keeping = None
        answering = self._answering
        running = messages.Running(
            thread_id=answering.thread_id,
            parent_id=answering.parent_id,
            model=answering.model,
            text=answering.grows_from + answering.text,
            recorded=answering.recorded,
            pack_hash=self._pack.hash,
        )
        self._workspace.submit(messages.keep_partial, answering.message_id, running)

    def _estimated(self) -> Usage:
        return Usage(input_tokens=self._pack.tokens, output_tokens=estimate(self._answering.text), estimated=True)

    async def _store(
        self,
        state: MessageState,
        *,
        usage: Usage | None,
        cost: float | None = None,
        model: str = "",
        error_code: str = "",
        error_text: str = "",
    ) -> Message | None:
        answering = self._answering
        if self._keeping is not None:
            self._keeping.cancel()
        text = answering.grows_from + answering.text
        if not text and state == "stopped":
            await self._workspace.run(messages.forget_partial, answering.message_id)
            return None
        if cost is None and usage is not None:
            cost = self._owner.price_of(answering.model, usage)
        return await self._workspace.run(
            messages.finish_answer,
            answering.message_id,
            thread_id=answering.thread_id,
            parent_id=answering.parent_id,
            text=text,
            model=model or answering.model,
            usage=usage,
            cost_usd=cost,
            pack_hash=self._pack.hash,
            state=state,
            error_code=error_code,
            error_text=error_text,
            recorded=answering.recorded,
        )
