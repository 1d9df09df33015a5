"""The part of a pack that comes from the world: what is always told, what was named, what was found, its neighbours.

Whom the answer is for and as of which day is asked in the query that fetches; so is `ai_visibility`. What this audience
may not know leaves no trace, not even among what was left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from studio.domain.blueprint import Blueprint
from studio.domain.chat import Message
from studio.domain.context import Trimmed
from studio.domain.ids import RecordId
from studio.domain.lens import may_see
from studio.domain.recipe import Recipe
from studio.domain.record import Frozen, Record
from studio.domain.vocabulary import relation_spec
from studio.domain.world import Entity, Entry
from studio.services.context.pieces import Piece, Weight, Wording
from studio.services.context.texts import HIDDEN, Reader, Spans, links, never
from studio.services.forge.includes import version_of
from studio.services.forge.style import style_text
from studio.services.foundry.links import all_links
from studio.services.foundry.markdown import render_markdown
from studio.services.world import seen
from studio.storage.search import audience_clause, entity_clause, entry_clause, relation_clause

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studio.domain.lens import Lens
    from studio.storage.project import Project

Established = Literal["canon", "reviewed", "draft"]
"""Up to which status records are found for a model: canon, also what was reviewed, also drafts, marked as such."""
_STATUSES = {"canon": ("canon",), "reviewed": ("canon", "reviewed"), "draft": ("canon", "reviewed", "draft")}
MOST_ALWAYS = 60
NEIGHBOURS_OF = 4
"""Of how many of the best hits the neighbours are looked at."""
MOST_NEIGHBOURS = 10
SAID_MOST = 700
"""Characters of a message from another chat."""
OPEN = "json_extract(data, '$.ai_visibility') IS NOT 'never'"
"""SQL: models may read it. Defaults aren't stored, so most rows have none."""

ALWAYS = """deleted_at IS NULL AND instr(data, '"ai_visibility":"always"')
AND json_extract(data, '$.ai_visibility') = 'always'"""
"""SQL: live, and models are always told of it. Looked for as text first: that is ten times as quick."""


class Found(Frozen):
    """One hit of the search: a record, how well it fits, why, and where: (path, start, end) in the text as shown."""

    ref: str
    score: float = 0.0
    reason: str = "found"
    spans: tuple[tuple[str, int, int], ...] = ()


class Wanted(Frozen):
    """What the world part is made from. `asked` are (record, reason) that somebody named for this
    very turn, `earlier` those that were named before, both in order."""

    asked: tuple[tuple[str, str], ...] = ()
    earlier: tuple[tuple[str, str], ...] = ()
    found: tuple[Found, ...] = ()
    left_out: frozenset[str] = frozenset()
    blueprint_id: str = ""
    established: Established = "draft"
    skip_messages: frozenset[str] = frozenset()


class Gathered(Frozen):
    """Pieces in their order, and what was kept out before anything was counted."""

    pieces: tuple[Piece, ...]
    trimmed: tuple[Trimmed, ...] = ()


def gather(project: Project, lens: Lens, wanted: Wanted) -> Gathered:
    """Everything of the world that may go in, each record once, the most wanted first."""
    run = _Gathering(project, lens, wanted)
    run.primer()
    run.always()
    for ref, reason in wanted.asked:
        run.add(ref, reason, weight="asked")
    for ref, reason in wanted.earlier:
        run.add(ref, reason, weight="ranked", any_status=True, score=1.0)
    hits = [*run.subjects()]
    for hit in hits:
        run.add(hit.ref, hit.reason, weight="ranked", score=hit.score, spans=hit.spans)
    for ref, reason in run.neighbours([hit.ref for hit in hits]):
        run.add(ref, reason, weight="near")
    return Gathered(pieces=tuple(run.pieces), trimmed=tuple(run.trimmed))


class _Gathering:
    def __init__(self, project: Project, lens: Lens, wanted: Wanted) -> None:
        self.pieces: list[Piece] = []
        self.trimmed: list[Trimmed] = []
        self._project, self._lens, self._wanted = project, lens, wanted
        self._reader = Reader(project, lens)
        self._done: set[str] = set()

    # ---- what leads ------------------------------------------------------------------------------------------------

    def primer(self) -> None:
        """The blueprint that the conversation belongs to."""
        ref = self._wanted.blueprint_id
        blueprint = self._project.find(Blueprint, ref) if ref else None
        if blueprint is None or not may_see(self._lens.audience, blueprint.visibility):
            return
        if blueprint.ai_visibility == "never" or ref in self._wanted.left_out:
            self._leave_out(blueprint)
            return
        title = f"# {blueprint.name}\n\n{blueprint.identity.tagline}"
        if self._lens.is_gm:
            hidden = never(self._project, [link.ref for link in all_links(blueprint)])
            full = render_markdown(blueprint, {RecordId(ref): HIDDEN for ref in hidden if ref})
            texts = (full, f"{title}\n\n{blueprint.pitch.premise}")
        else:  # its fronts, antagonists and beats have no audience of their own
            texts = (seen.text(self._project, f"{title}\n\n{blueprint.table.player_primer}", self._lens),)
        wordings = tuple(Wording.of(text.strip()) for text in dict.fromkeys(texts))
        self._keep(blueprint, wordings, primer=True, weight="lead", reason="blueprint of this conversation")
        for slug in blueprint.generation.default_recipes:
            self._style(slug)

    def _style(self, slug: str) -> None:
        """The style of a recipe that the blueprint names; rendered only now, since a style is never kept as words."""
        recipe = next((r for r in self._project.all(Recipe) if r.slug == slug), None)
        version = version_of(self._project, recipe, "") if recipe is not None else None
        if recipe is None or version is None or recipe.ai_visibility == "never":
            return
        text = style_text(version.style_profile)
        if text and may_see(self._lens.audience, recipe.visibility):
            self.pieces.append(
                Piece(
                    group="style", role="system", weight="lead", ref=version.id, rev=version.rev, kind="recipe_version",
                    name=f"{recipe.title}, version {version.n}", reason="recipe of the blueprint",
                    wordings=(Wording.of(text),),
                )
            )  # fmt: skip

    def always(self) -> None:
        """What is marked to be told to models always."""
        sql = f"""SELECT id FROM entity e WHERE {ALWAYS} AND {entity_clause(self._lens)} UNION ALL
        SELECT id FROM entry t WHERE {ALWAYS} AND {entry_clause(self._lens, "t")} ORDER BY id LIMIT {MOST_ALWAYS}"""
        for (ref,) in self._project.sql.execute(sql).fetchall():
            self.add(ref, "marked “always”", weight="asked", primer=True)

    # ---- one record ------------------------------------------------------------------------------------------------

    def add(
        self, ref: str, reason: str, *, weight: Weight, score: float = 0.0, primer: bool = False,
        any_status: bool = False, spans: Spans = (),
    ) -> None:  # fmt: skip
        """A record as the lens shows it, if it shows it and models may read it; only once."""
        if ref in self._done:
            return
        self._done.add(ref)
        named = any_status or weight == "asked"
        record = self._record(ref, statuses=() if named else _STATUSES[self._wanted.established])
        if record is None:
            return
        if isinstance(record, Message):
            wordings = (Wording.of(_said_once(record)),)
        else:
            wordings = self._reader.wordings(record, spans)
        if weight == "near":
            wordings = wordings[-1:]
        if wordings:
            self._keep(record, wordings, primer=primer, weight=weight, reason=reason, score=score)

    def _record(self, ref: str, *, statuses: Sequence[str]) -> Record | None:
        """The record from the one query that scopes: by audience, day, status, and what models may read."""
        among = f"AND status IN ({', '.join(repr(s) for s in statuses)})" if statuses else ""
        tables = (("entity", entity_clause(self._lens, "x")), ("entry", entry_clause(self._lens, "x")))
        for table, clause in tables:
            sql = f"SELECT {OPEN} FROM {table} x WHERE id = ? AND deleted_at IS NULL AND {clause} {among}"
            row = self._project.sql.execute(sql, (ref,)).fetchone()
            if row is not None:
                found = seen.record(self._project, ref, lens=self._lens)
                if found is not None and (not row[0] or ref in self._wanted.left_out):
                    self._leave_out(found)
                    return None
                return found
        return self._message(ref) if statuses else None

    def _message(self, ref: str) -> Message | None:
        """What was said in another chat; only to whom its visibility is open."""
        if ref in self._wanted.skip_messages or self._lens.as_of is not None:
            return None  # a chat has no day: it may speak of what is still to come
        sql = f"""SELECT 1 FROM message WHERE id = ? AND deleted_at IS NULL AND {OPEN}
        AND {audience_clause(self._lens.audience)}"""
        known = self._project.sql.execute(sql, (ref,)).fetchone()
        if known and ref in self._wanted.left_out:
            self._leave_out(self._project.get(Message, ref))
            return None
        return self._project.find(Message, ref) if known else None

    def _keep(
        self, record: Record, wordings: tuple[Wording, ...], *, primer: bool, weight: Weight, reason: str,
        score: float = 0.0,
    ) -> None:  # fmt: skip
        piece = Piece(
            group="primer" if primer else "retrieved", weight=weight, ref=record.id, rev=record.rev,
            kind=record.kind, name=_name(record), status=record.status.value, reason=reason, score=score, cite=True,
            wordings=wordings,
        )  # fmt: skip
        self.pieces.append(piece)

    def _leave_out(self, record: Record) -> None:
        by_mark = record.ai_visibility == "never"
        why = "marked “never” for models" if by_mark else "left out by hand"
        self.trimmed.append(Trimmed(ref=record.id, kind=record.kind, name=_name(record), why=why))

    # ---- what was found ----------------------------------------------------------------------------------------------

    def subjects(self) -> Iterator[Found]:
        """The hits, where one is a relation or claim those that it speaks of; each record once, in order."""
        had: set[str] = set()
        for hit in self._wanted.found:
            for ref in self._about(hit.ref):
                if ref not in had:
                    had.add(ref)
                    yield hit.model_copy(update={"ref": ref})

    def _about(self, ref: str) -> Iterable[str]:
        for sql in ("SELECT from_id, to_id FROM relation WHERE id = ?", "SELECT subject_id FROM claim WHERE id = ?"):
            if (row := self._project.sql.execute(sql, (ref,)).fetchone()) is not None:
                return row
        return (ref,)

    def neighbours(self, refs: Sequence[str]) -> list[tuple[str, str]]:
        """(record, reason) of those one step away from what was named or found best, and not in yet."""
        centres = list(dict.fromkeys([ref for ref, _ in self._wanted.asked] + list(refs)))[:NEIGHBOURS_OF]
        found: dict[str, str] = {}
        for centre in centres:
            if any(piece.ref == centre for piece in self.pieces):
                for other, step in (*self._related(centre), *self._linked(centre)):
                    if other not in self._done:
                        found.setdefault(other, f"neighbour: {step}")
        return list(found.items())[:MOST_NEIGHBOURS]

    def _related(self, centre: str) -> Iterator[tuple[str, str]]:
        sql = f"""SELECT CASE r.from_id WHEN ?1 THEN r.to_id ELSE r.from_id END, r.type, c.name
        FROM relation r JOIN entity c ON c.id = ?1 WHERE (r.from_id = ?1 OR r.to_id = ?1)
        AND json_extract(r.data, '$.ai_visibility') IS NOT 'never' AND {relation_clause(self._lens)}
        ORDER BY r.id LIMIT {MOST_NEIGHBOURS}"""
        for other, type_, name in self._project.sql.execute(sql, (centre,)).fetchall():
            yield other, f"{relation_spec(type_).label}, {name}"

    def _linked(self, centre: str) -> Iterator[tuple[str, str]]:
        record = seen.record(self._project, centre, lens=self._lens)
        if isinstance(record, Entity):
            for field, value in record.fields.items():
                for link in links(value):
                    if link.ref:
                        yield link.ref, f"{record.spec(field).label.lower()}, {record.name}"


def _name(record: Record) -> str:
    if isinstance(record, Message):
        return {"user": "You said", "assistant": "An answer"}.get(record.role, "A note")
    return str(record.title if isinstance(record, Entry) else getattr(record, "name", ""))


def _said_once(message: Message) -> str:
    who = "The game master said" if message.role == "user" else "An earlier answer said"
    text = message.text if len(message.text) <= SAID_MOST else message.text[:SAID_MOST].rsplit(" ", 1)[0] + " …"
    return f"### {who} in another chat (not established)\n{text}"
