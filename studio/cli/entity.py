"""Commands on entries of the world: list them, show one, set its fields, relate it to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.cli.projects import lens_of, opened
from studio.services.world import lookup
from studio.services.world.listing import listed
from studio.services.world.relating import Detail, part, relate
from studio.services.world.sheet import sheet
from studio.services.world.statements import Terms

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from studio.cli.output import Output
    from studio.services.world.bulk import Cell
    from studio.services.world.listing import Line
    from studio.services.world.sheet import Sheet, Told


def listing(arguments: Namespace, output: Output) -> int:
    """Entries by name, or by how well they fit the filter."""
    with opened(arguments.file) as workspace:
        found = workspace.run_now(
            listed, query=arguments.filter, kind=arguments.kind, status=arguments.status, tag=arguments.tag,
            limit=arguments.limit, lens=lens_of(workspace, arguments),
        )  # fmt: skip
    rest = found.total - len(found.lines)
    lines = [_line(one) for one in found.lines] + ([f"… and {rest} more; --limit shows them"] if rest else [])
    return output.result({"entities": found.lines, "total": found.total}, lines or "Nothing was found.")


def _line(one: Line) -> str:
    notes = [one.status, *(["gone"] if one.gone else []), *([f"as {one.matched}"] if one.matched else [])]
    return f"{one.kind:>12}  {one.name}  ({', '.join(notes)})  {one.summary}".rstrip()


def show(arguments: Namespace, output: Output) -> int:
    """All about one entry."""
    with opened(arguments.file) as workspace:
        lens = lens_of(workspace, arguments)
        ever = lens.model_copy(update={"as_of": None})
        found = workspace.run_now(sheet, workspace.run_now(lookup.meant, arguments.name, lens=ever), lens=lens)
    return output.result(found, _told(found))


def _told(found: Sheet) -> Iterator[str]:
    yield f"{found.name} — {found.kind.replace('_', ' ')}, {found.status}, {found.visibility} ({found.id})"
    if found.as_of:
        yield f"As of {found.as_of}: {found.standing or 'no date says whether it was there'}"
    if found.aliases:
        yield f"Also called {', '.join(found.aliases)}"
    if found.tags:
        yield " ".join(f"#{tag}" for tag in found.tags)
    if found.summary:
        yield found.summary
    fields = [f"{f.label}: {'; '.join(f.text.splitlines())}{_terms(found, f)}" for f in found.fields]
    yield from _block("Fields", fields)
    said = [f"{r.label} {r.other}{_terms(found, r, r.rank, r.role, _attitude(r.attitude))}" for r in found.relations]
    yield from _block("Relations", said)
    claims = [f"{c.predicate.replace('_', ' ')}: {c.text}{_terms(found, c)}" for c in found.claims]
    yield from _block("Further claims", claims)
    yield from _block("Mentioned in", [f"{m.title} ({m.kind}, by {m.how})  {m.snippet}" for m in found.mentions])
    if found.body:
        yield from ("", found.body)


def _block(title: str, lines: list[str]) -> list[str]:
    return ["", title, *(f"  {line}".rstrip() for line in lines)] if lines else []


def _attitude(value: int | None) -> str:
    return "" if value is None else f"attitude {value}"


def _terms(found: Sheet, told: Told, *more: str) -> str:
    """What is said about a statement, in brackets behind it."""
    parts = [
        "" if told.certainty == "fact" else told.certainty,
        f"says {told.speaker}" if told.speaker else "",
        f"from {told.since.text}" if told.since else "",
        f"to {told.until.text}" if told.until else "",
        *more,
        f"for {told.visibility}" if told.visibility not in ("", found.visibility) else "",
        *(f"source: {source.title}" for source in told.sources if source.title),
    ]
    return f"  ({', '.join(dict.fromkeys(part for part in parts if part))})" if any(parts) else ""


def change(arguments: Namespace, output: Output) -> int:
    """Set fields of an entry, which is made where it isn't there and a kind is given."""
    from studio.services.continuity import publish

    with opened(arguments.file) as workspace:
        done = workspace.run_now(
            publish.assign, arguments.name, arguments.values, kind=arguments.kind, terms=_given(arguments)
        )
    head = [f"Made “{done.entity.name}” ({done.entity.id})"] if done.created else []
    lines = [*head, *(_cell(cell) for cell in done.changed if not done.created or cell.path not in ("name", "kind"))]
    lines += [f"Told more about {path.partition('.')[2]}" for path in done.stated]
    return output.result(done, lines or "Nothing changed: it is so already.")


def _cell(cell: Cell) -> str:
    return f"{cell.label}: {cell.before or '—'} → {cell.after or '—'}"


def _given(arguments: Namespace) -> Terms:
    return Terms(
        valid_from=arguments.valid_from, valid_to=arguments.valid_to, certainty=arguments.certainty,
        visibility=arguments.visibility,
    )  # fmt: skip


def join(arguments: Namespace, output: Output) -> int:
    """Relate two entries, or part them."""
    ends = (arguments.name, arguments.type, arguments.other)
    with opened(arguments.file) as workspace:
        if arguments.remove:
            done = workspace.run_now(part, *ends, terms=_given(arguments))
        else:
            detail = Detail(attitude=arguments.attitude, rank=arguments.rank, role=arguments.role)
            done = workspace.run_now(relate, *ends, terms=_given(arguments), detail=detail)
    head = "Removed" if arguments.remove else "Related" if done.relations else "It is so already"
    lines = [f"{head}: {sentence}" for sentence in done.sentences]
    data = {**done.model_dump(mode="json"), "removed": arguments.remove}
    return output.result(data, [*lines, *([done.note] if done.note else [])])
