"""Importing files: parse, stage beside the project, preview, then one commit for all of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from studio.domain.errors import Cancelled
from studio.domain.ids import RecordId
from studio.domain.record import Frozen
from studio.services import backup
from studio.services.exchange import formats, oddities, plain
from studio.services.exchange.apart import read_apart
from studio.services.exchange.collection import Collection
from studio.services.exchange.material import Material
from studio.services.exchange.material_staging import stage
from studio.services.exchange.pack import Pack
from studio.services.exchange.reading import refuse
from studio.services.exchange.staging import MAX_REASONS, Parsed, Report, commit_staging
from studio.storage import bundle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studio.services.exchange.material import WordMap
    from studio.services.exchange.staging import Staging, Tick
    from studio.services.workspace import Workspace
    from studio.storage.project import Project

Incoming = Parsed | Pack | Material | Collection
"""What was read and has not met a project yet."""
Part = Parsed | Pack | Material
"""One of them that is no collection."""


def import_files(project: Project, paths: Sequence[Path], *, dry_run: bool = False, tick: Tick | None = None) -> Report:
    """Import files in one commit, or only say what that would do. Raises ImportRefused and changes nothing then."""
    return import_parsed(project, [formats.parse(path) for path in paths], dry_run=dry_run, tick=tick)


def import_parsed(
    project: Project, parsed: Sequence[Incoming], *, dry_run: bool = False, tick: Tick | None = None
) -> Report:
    """Import what was read before: for callers that parse away from the project's thread."""
    parts = _each(parsed)
    if len(parts) == 1 and isinstance(parts[0], Pack) and bundle.is_fresh(project):
        return parts[0].adopt(project, dry_run=dry_run)
    title = _title(parsed)
    if dry_run:
        return _tried(project, parts, title)
    with project.commit("import", f"Import {title}") as commit:
        reports = []
        for one in parts:
            staging = _staged(project, one)
            commit.message = staging.message if len(parts) == 1 else commit.message
            reports.append(commit_staging(project, staging, tick=tick))
        done = merged(reports, title)
        project.audit("import", done.title, {"report": done.model_dump(mode="json", exclude={"dry_run"})})
    return done


class _Tried(Cancelled):
    """Takes back what was only tried."""


def _title(parsed: Sequence[Incoming]) -> str:
    """What several are called together."""
    return parsed[0].title if len(parsed) == 1 and isinstance(parsed[0], Collection) else f"{len(parsed)} files"


def _tried(project: Project, parsed: Sequence[Part], title: str) -> Report:
    """What an import would do. Of several, each meets what those before it brought, and all of it is taken back."""
    if len(parsed) == 1:
        return _staged(project, parsed[0]).report(dry_run=True)
    reports = list[Report]()
    with suppress(_Tried), project.commit("import", "Import"):
        reports += [commit_staging(project, _staged(project, one)) for one in parsed]
        raise _Tried("It was only tried.")
    return merged(reports, title).model_copy(update={"dry_run": True, "commit": None})


def _each(parsed: Sequence[Incoming]) -> list[Part]:
    """The parts of collections beside what came by itself."""
    found = list[Part]()
    for one in parsed:
        found += one.parts if isinstance(one, Collection) else [one]
    return found


def _staged(project: Project, one: Part) -> Staging:
    staging = stage(project, one) if isinstance(one, Material) else one.stage(project)
    oddities.note(project, staging)
    return staging


def merged(reports: list[Report], title: str) -> Report:
    """Several reports as one."""
    if len(reports) == 1:
        return reports[0]
    numbers = ("read", "imported", "skipped", "created", "updated", "linked", "unchanged")
    kinds: dict[str, int] = {}
    for report in reports:
        for kind, count in report.kinds.items():
            kinds[kind] = kinds.get(kind, 0) + count
    return Report(
        format=", ".join(dict.fromkeys(r.format for r in reports)), title=title,
        told=tuple(told for one in reports for told in one.told),
        told_fields=tuple(told for one in reports for told in one.told_fields), kinds=dict(sorted(kinds.items())),
        reasons=tuple(reason for one in reports for reason in one.reasons)[:MAX_REASONS],
        commit=next((r.commit for r in reports if r.commit), None), dry_run=any(r.dry_run for r in reports),
        **{n: sum(getattr(r, n) for r in reports) for n in numbers},
    )  # fmt: skip


class ImportedMessages(Frozen):
    """What came of importing into the chat: where to look."""

    report: Report
    thread_ids: tuple[RecordId, ...] = ()
    message_ids: tuple[RecordId, ...] = ()


def import_as_messages(project: Project, path: Path, *, thread_id: RecordId | None = None) -> ImportedMessages:
    """A dropped file as chat: text becomes an answer in the given thread, a chat export becomes threads of its own.

    Raises ImportRefused for anything that holds no conversation.
    """
    from studio.services.exchange.conversation import Conversations

    if thread_id is not None and path.suffix.lower() in formats.TEXTS:
        return _append(project, path, thread_id)
    parsed = formats.parse(path)
    if not isinstance(parsed, Conversations):
        refuse(f"“{path.name}” holds no conversation. Use Import to bring it into the project.")
    report = import_parsed(project, [parsed])
    threads = _by_foreign_id(project, "thread", parsed.source, [chat.id for chat in parsed.chats])
    turns = [turn.id for chat in parsed.chats for turn in chat.turns]
    return ImportedMessages(
        report=report, thread_ids=threads, message_ids=_by_foreign_id(project, "message", parsed.source, turns)
    )


def _append(project: Project, path: Path, thread_id: RecordId) -> ImportedMessages:
    from studio.domain.chat import Message, Part, Thread

    text = plain.read_answer(path)
    thread = project.get(Thread, thread_id)
    with project.commit("chat.paste", f"Paste “{path.name}”") as commit:
        message = commit.put(
            Message(
                thread_id=thread.id,
                parent_id=thread.leaf_id,
                role="assistant",
                parts=(Part(text=text),),
                origin=path.name,
            )
        )
        commit.put(thread.model_copy(update={"leaf_id": message.id}))
    report = Report(
        format=plain.SOURCE, title=path.name, read=1, imported=1, created=1, kinds={"message": 1}, commit=commit.id
    )
    return ImportedMessages(report=report, thread_ids=(thread.id,), message_ids=(message.id,))


def _by_foreign_id(project: Project, table: str, source: str, keys: list[str]) -> tuple[RecordId, ...]:
    rows = project.sql.execute(
        f"SELECT json_extract(data, '$.foreign_ids.\"{source}\"'), id FROM {table} WHERE deleted_at IS NULL"
    )
    found = {key: RecordId(record) for key, record in rows if key is not None}
    return tuple(found[key] for key in keys if key in found)


def remap(parsed: Sequence[Incoming], words: WordMap) -> None:
    """Say as which kinds and fields a source's own words come in; the project remembers it for the next import."""
    for one in _each(parsed):
        if isinstance(one, Material):
            one.words = words


async def read_paths(
    paths: Sequence[Path],
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Incoming]:
    """Read files, folders and zips, each in a process of its own. Raises ImportRefused or Cancelled."""
    import asyncio

    parsed: list[Incoming] = []
    for n, path in enumerate(paths):
        if progress is not None:
            progress(n / len(paths))
        parsed.append(await asyncio.to_thread(read_apart, path, cancelled=cancelled))
    return parsed


async def import_read(
    workspace: Workspace,
    parsed: Sequence[Incoming],
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Back up, then stage and commit what was read, on the project's own thread. Cancelling changes nothing."""

    def tick(fraction: float) -> None:
        if cancelled():
            raise Cancelled("The import was stopped. Nothing was changed.")
        if progress is not None:
            progress(fraction)

    if not await workspace.run(bundle.is_fresh):
        await backup.before(workspace, "import")
    return await workspace.run(import_parsed, parsed, tick=tick)


async def import_paths(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Read and import in one go, or only say what that would do. `progress(0–1)` is called from other threads."""
    parsed = await read_paths(paths, cancelled=cancelled)
    if dry_run:
        return await workspace.run(import_parsed, parsed, dry_run=True)
    return await import_read(workspace, parsed, progress=progress, cancelled=cancelled)
