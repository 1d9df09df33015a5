"""Records as a model reads them: under a lens, without what is marked “never”, and with their standing said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from studio.domain.record import Record, Status
from studio.domain.text import WIKILINK, fold
from studio.domain.world import Entity, Entry, Link
from studio.services.context.pieces import Wording
from studio.services.recent import Recent
from studio.services.world import claims, kinds, relations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.lens import Lens
    from studio.domain.vocabulary import KindSpec
    from studio.storage.project import Project

STANDING = {
    Status.DRAFT: "Not established yet: a draft.",
    Status.DEPRECATED: "No longer true in this world.",
}
"""What a model is told of a record that isn't canon. Canon and what was reviewed need no word."""
MOST_RELATIONS = 40
Spans = Sequence[tuple[str, int, int]]
_recent: Recent[tuple[Wording, ...]] = Recent("wordings", most=4_000)
HIDDEN = "…"


def entity_text(entity: Entity, spec: KindSpec, *, facts: Iterable[str] = (), body: str | None = None) -> str:
    """An entity in the words of its kind; `facts` are lines about its relations and claims, `body` is another text."""
    text = entity.body if body is None else body
    lines = [f"### {entity.name} ({spec.label.lower()})"]
    if standing := STANDING.get(entity.status):
        lines.append(standing)
    if entity.aliases:
        lines.append("Also called: " + ", ".join(a.name for a in entity.aliases))
    if entity.summary:
        lines.append(entity.summary)
    lines += [f"- {spec.field_or_plain(n).label}: {_said(entity, n, v)}" for n, v in entity.fields.items()]
    lines += facts
    if text:
        lines += ["", text]
    return "\n".join(lines)


def head_text(entity: Entity, spec: KindSpec) -> str:
    """An entity in a line or two."""
    bare = entity.model_copy(update={"fields": {}, "aliases": (), "body": ""})
    return entity_text(bare, spec)


def entry_text(entry: Entry) -> str:
    """A note with its title."""
    lines = [f"### {entry.title} ({entry.mode})"]
    if standing := STANDING.get(entry.status):
        lines.append(standing)
    return "\n".join([*lines, entry.body])


def shortened(text: str, most: int) -> str:
    """The beginning of a text, up to a word."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} {HIDDEN}"


def passages(text: str, spans: Iterable[tuple[int, int]], *, around: int = 160) -> str:
    """The lines around these places of a text, with … where something is left out; empty for none."""
    wide: list[tuple[int, int]] = []
    for start, end in sorted((max(0, a - around), min(len(text), b + around)) for a, b in spans if a < b <= len(text)):
        if wide and start <= wide[-1][1]:
            wide[-1] = (wide[-1][0], max(end, wide[-1][1]))
        else:
            wide.append((start, end))
    links = [m.span() for m in WIKILINK.finditer(text)]
    cut = [text[_edge(text, a, links) : _edge(text, b, links)].strip() for a, b in wide]
    return f"{HIDDEN} {f' {HIDDEN} '.join(cut)} {HIDDEN}" if cut else ""


def _edge(text: str, at: int, whole: list[tuple[int, int]]) -> int:
    """The nearest place at or before `at` where neither a word nor one of these stretches is cut."""
    while 0 < at < len(text):
        start = next((start for start, end in whole if start < at < end), at)
        if start == at and text[at - 1].isspace():
            break
        at = min(start, at - 1)
    return at


def _said(entity: Entity, name: str, value: Any) -> str:
    sure = entity.statement(f"fields.{name}").certainty
    return words_of(value) + ("" if sure == "fact" else f" ({sure})")


def words_of(value: Any) -> str:
    """A field's value in words."""
    if isinstance(value, Link):
        return value.text
    if isinstance(value, dict):
        return str(value.get("text") or ", ".join(f"{k} {v}" for k, v in value.items()))
    if isinstance(value, list | tuple):
        return ", ".join(words_of(v) for v in value)
    return "yes" if value is True else "no" if value is False else str(value)


class Reader:
    """Turns records into texts under one lens. Nothing of a record that is marked “never” comes through."""

    def __init__(self, project: Project, lens: Lens) -> None:
        self._project = project
        self._lens = lens

    def wordings(self, record: Record, spans: Spans = ()) -> tuple[Wording, ...]:
        """The texts of a record that the lens has shown, from the fullest to the shortest.

        `spans` are places in it that matter most, (path, start, end): a shorter text of it keeps those in its body.
        """
        bodies = tuple((start, end) for path, start, end in spans if path == "body")
        key = (record.id, self._lens, bodies)
        return _recent.get(self._project, key, lambda: tuple(Wording.of(t) for t in self._texts(record, bodies)))

    def _texts(self, record: Record, spans: tuple[tuple[int, int], ...]) -> list[str]:
        if isinstance(record, Entity):
            passage = self._unlinked(passages(record.body, spans))
            entity = self._open(record)
            spec = kinds.spec_of(self._project, entity.kind)
            facts = self._facts(entity)
            full = entity_text(entity, spec, facts=facts)
            texts = [full, *([entity_text(entity, spec, facts=facts, body=passage)] if passage else [])]
            texts += [entity_text(entity, spec, facts=facts, body=""), head_text(entity, spec)]
        elif isinstance(record, Entry):
            told = lambda body: entry_text(record.model_copy(update={"body": self._unlinked(body)}))  # noqa: E731
            marked = passages(record.body, spans)
            texts = [told(record.body), *([told(marked)] if marked else [])]
            texts += [told(shortened(record.body, most)) for most in (1_600, 400)]
        else:
            texts = []
        longest = len(texts[0]) if texts else 0
        return list(dict.fromkeys(text for n, text in enumerate(texts) if n == 0 or len(text) < longest))

    def _open(self, entity: Entity) -> Entity:
        """An entity without links to what no model may read."""
        refs = [one.ref for v in entity.fields.values() for one in links(v) if one.ref]
        hidden = never(self._project, refs)
        fields = {k: v for k, old in entity.fields.items() if (v := _without(old, hidden)) not in (None, [])}
        clean = {"summary": self._unlinked(entity.summary), "body": self._unlinked(entity.body)}
        return entity.model_copy(update={"fields": fields, **clean})

    def _facts(self, entity: Entity) -> list[str]:
        """Its relations and claims, one a line."""
        ties = relations.relations_of(self._project, entity.id, lens=self._lens)
        told = claims.rows(self._project, entity.id, entity.kind, lens=self._lens)
        shown = {one.ref for v in entity.fields.values() for one in links(v)}
        speakers = [s.said.statement.speaker for s in (*ties, *told)]
        hidden = never(
            self._project, [*(t.id for t in ties), *(t.other_id for t in ties), *(c.id for c in told), *speakers,
                            *(c.object_id for c in told)],
        )  # fmt: skip
        lines = []
        for tie in ties[:MOST_RELATIONS]:
            if not {tie.id, tie.other_id, tie.said.statement.speaker} & hidden and not (
                tie.other_id in shown and not tie.notes
            ):
                lines.append(f"- {tie.label} {tie.other_name}" + (f" ({tie.notes})" if tie.notes else ""))
        for claim in told[:MOST_RELATIONS]:
            if not {claim.id, claim.object_id, claim.said.statement.speaker} & hidden:
                lines.append(f"- {claim.label}: {claim.text}" + (f" ({claim.said.words})" if claim.said.words else ""))
        return lines

    def _unlinked(self, markdown: str) -> str:
        """A text in which links to what no model may read are only their own words."""
        targets = {fold(m.group(1)) for m in WIKILINK.finditer(markdown)}
        hidden = {t for t in targets if _named_never(self._project, t)}
        if not hidden:
            return markdown
        return WIKILINK.sub(lambda m: m.group(0) if fold(m.group(1)) not in hidden else m.group(2) or HIDDEN, markdown)


def links(value: Any) -> list[Link]:
    """The links in a field's value."""
    return [one for one in (value if isinstance(value, list | tuple) else [value]) if isinstance(one, Link)]


def _without(value: Any, hidden: set[str | None]) -> Any:
    if isinstance(value, Link):
        return None if value.ref in hidden else value
    if isinstance(value, list | tuple):
        return [v for v in value if not (isinstance(v, Link) and v.ref in hidden)]
    return value


def never(project: Project, ids: Iterable[str | None]) -> set[str | None]:
    """Which of these entities, notes, relations and claims no model may read."""
    wanted = [i for i in dict.fromkeys(ids) if i]
    marks = ", ".join("?" * len(wanted))
    found: set[str | None] = set()
    for table in ("entity", "entry", "relation", "claim") if wanted else ():
        sql = f"SELECT id FROM {table} WHERE id IN ({marks}) AND json_extract(data, '$.ai_visibility') = 'never'"
        found |= {row[0] for row in project.sql.execute(sql, wanted)}
    return found


def _named_never(project: Project, folded: str) -> bool:
    """Whether a name means only what no model may read."""
    rows = project.sql.execute(
        """SELECT json_extract(e.data, '$.ai_visibility') = 'never' FROM name n JOIN entity e ON e.id = n.record
        WHERE n.fold = ? AND e.deleted_at IS NULL""",
        (folded,),
    ).fetchall()
    return bool(rows) and all(row[0] for row in rows)
