"""Finding anything in the project: names first, forgiving of typing slips, then every text that has the words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.domain.text import fold
from studio.services import names, near
from studio.services.world import seen
from studio.services.world.mentions import around
from studio.storage import search
from studio.storage.derived import indexed_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.storage.project import Project

WORLD = "entity"
"""Stands for every kind of entity in `kinds`."""
GROUPS: dict[str, tuple[str, ...]] = {
    "world": (WORLD,),
    "notes": ("entry",),
    "chats": ("thread", "message"),
    "foundry": ("blueprint",),
    "forge": ("recipe",),
}
"""What people narrow a search to → kinds."""
_SAID = {"user": "You said", "assistant": "In an answer", "system": "In a note to the model"}
_RANKS = (100.0, 90.0, 80.0, 76.0, 70.0)
_NEARLY = "Spelled nearly so"
_LEAST_TEXT = 2
_ENOUGH = 5
_SPOKEN = ("message", "thread", "blueprint", "recipe", "recipe_version")
"""Kinds that are shown as they are, to whom they are shown at all."""
MARK, UNMARK = "\x02", "\x03"


class Hit(Frozen):
    """One thing that was found. `snippet` marks the words with \\x02 and \\x03; `why` is a phrase for the eye.

    `span` is where the first word stands in a message's text, in code points; `score` falls from 100.
    """

    id: RecordId
    kind: str
    name: str
    why: str
    snippet: str = ""
    score: float = 0.0
    span: tuple[int, int] | None = None


def find(
    project: Project, query: str, *, limit: int = 30, kinds: Sequence[str] = (), lens: Lens = OPEN_EYES
) -> list[Hit]:
    """What fits the query, best first, one hit per record.

    Names: exact, by start, by start of a word, inside, then with slips of the keyboard. Texts: entities, notes,
    messages, blueprints and recipes that have every word. `#word` finds by tag. `kinds` narrows (`entity` stands for
    all kinds of the world); the lens leaves out what its audience may not see.
    """
    typed = query.strip()[: search.MOST_TYPED]
    if not fold(typed.lstrip("#")):
        return []
    narrowed = _kinds(project, kinds)
    if typed.startswith("#"):
        return _tagged(project, fold(typed[1:]), limit=limit, kinds=narrowed, lens=lens)
    named = _named(project, typed, limit=limit, kinds=narrowed, lens=lens)
    texts = _texts(project, typed, limit=limit, kinds=narrowed, lens=lens)
    if len(texts) >= _ENOUGH:
        named = [hit for hit in named if hit.why != _NEARLY]
    hits: dict[str, Hit] = {}
    for hit in (*named, *texts):
        known = hits.get(hit.id)
        if known is None:
            hits[hit.id] = hit
        elif MARK in hit.snippet and not known.snippet:
            hits[hit.id] = known.model_copy(update={"snippet": hit.snippet, "span": hit.span})
    best = sorted(hits.values(), key=lambda h: (-h.score, len(h.name), fold(h.name), h.id))[:limit]
    return _with_summaries(project, best, lens)


def _kinds(project: Project, kinds: Sequence[str]) -> tuple[str, ...]:
    if WORLD not in kinds:
        return tuple(kinds)
    world = [row[0] for row in project.sql.execute("SELECT DISTINCT kind FROM entity")]
    return tuple(k for k in kinds if k != WORLD) + (tuple(world) or (WORLD,))


# ---- names -------------------------------------------------------------------------------------------------------


def _named(project: Project, typed: str, *, limit: int, kinds: tuple[str, ...], lens: Lens) -> list[Hit]:
    """By name, alias or title, with slips of the keyboard where hardly any name fits as typed."""
    length = len(near.loose(typed))
    book = names.book(project)
    found = book.search(typed, limit=limit, kinds=kinds, lens=lens)
    here = names.already_there(project, [one.name.record for one in found], lens)
    return [_hit(book, one, length) for one in found if one.name.record in here]


def _hit(book: near.Book, found: near.Found, length: int) -> Hit:
    name = found.name
    own = book.get(name.record) or name
    why = f"Also called “{name.text}”" if name.is_alias else "Title" if name.kind in near.TITLED else "Name"
    if found.rank == near.SLIPS:
        why, score = _NEARLY, 52.0 - 4 * found.slips
    else:
        score = _RANKS[found.rank] - min(9.0, 0.1 * (len(name.text) - length))
        score -= 1.0 if name.is_alias else 0.5 if name.kind in near.TITLED else 0.0
    return Hit(id=RecordId(name.record), kind=name.kind, name=own.text, why=why, score=score)


# ---- texts -------------------------------------------------------------------------------------------------------


def _texts(project: Project, typed: str, *, limit: int, kinds: tuple[str, ...], lens: Lens) -> list[Hit]:
    if len(fold(typed)) < _LEAST_TEXT:
        return []
    wide = kinds + (("recipe_version",) if "recipe" in kinds else ())
    found = search.texts(project.sql, typed, limit=limit * 2, kinds=wide, lens=lens)
    messages = _messages(project, [hit.id for hit in found if hit.kind == "message"], typed)
    recipes = _recipes(project, [hit.id for hit in found if hit.kind == "recipe_version"])
    hits: list[Hit] = []
    for text in found if lens.is_gm else _as_shown(project, found, typed, lens):
        if text.kind in ("message", "recipe_version"):
            made = (messages if text.kind == "message" else recipes).get(text.id)
        else:
            made = Hit(id=RecordId(text.id), kind=text.kind, name=_first_name(text.title), why="In its text")
        if made is not None:
            snippet = "" if _only_the_title(text) else _tidy(text.snippet)
            score = 25.0 + 25.0 * text.score / (text.score + 5.0) + made.score
            hits.append(made.model_copy(update={"snippet": snippet, "score": score}))
    return hits[:limit]


def _as_shown(project: Project, found: list[search.TextHit], typed: str, lens: Lens) -> Iterator[search.TextHit]:
    """Hits that still are some in what the audience gets to read; their snippets are cut from that."""
    words = re.findall(r"\w+", fold(typed))
    for hit in found:
        record = seen.record(project, hit.id, lens=lens)
        if record is None:
            if hit.kind in _SPOKEN:
                yield hit
            continue
        title, body, _ = indexed_text(record)
        if all(word in fold(f"{title}\n{body}") for word in words):
            span = _span(body, typed)
            yield replace(hit, title=title, snippet=around(body, span) if span else "")


def _first_name(title: str) -> str:
    """An entity's indexed title lists all its names; the first one is its own."""
    return title.split(" · ")[0]


def _only_the_title(hit: search.TextHit) -> bool:
    """Whether the snippet is from the title, which stands above it anyway, or marks nothing."""
    plain = hit.snippet.replace(MARK, "").replace(UNMARK, "").strip("…")
    return MARK not in hit.snippet or plain in hit.title


def _tidy(snippet: str) -> str:
    return " ".join(snippet.split())


def _messages(project: Project, ids: list[str], typed: str) -> dict[str, Hit]:
    """Messages whose thread isn't in the trash, under its title."""
    from studio.domain.chat import Message

    marks = ", ".join("?" * len(ids))
    rows = project.sql.execute(
        f"""SELECT m.id, t.name, m.role, m.data FROM message m JOIN thread t ON t.id = m.thread_id
        WHERE t.deleted_at IS NULL AND m.id IN ({marks})""",
        ids,
    )
    return {
        row[0]: Hit(
            id=RecordId(row[0]),
            kind="message",
            name=row[1],
            why=_SAID.get(row[2], "In a message"),
            span=_span(Message.model_validate_json(row[3]).text, typed),
        )
        for row in rows
    }


def _recipes(project: Project, ids: list[str]) -> dict[str, Hit]:
    """By version: the recipe that it belongs to, unless that is in the trash. Old versions count less."""
    marks = ", ".join("?" * len(ids))
    rows = project.sql.execute(
        f"""SELECT v.id, r.id, r.name, json_extract(v.data, '$.n'), json_extract(r.data, '$.latest')
        FROM document v JOIN document r ON r.id = v.owner_id WHERE r.deleted_at IS NULL AND v.id IN ({marks})""",
        ids,
    )
    found = {}
    for version, recipe, title, n, latest in rows:
        old = n != latest
        why = f"In version {n} of its text" if old else "In its text"
        found[version] = Hit(id=RecordId(recipe), kind="recipe", name=title, why=why, score=-5.0 if old else 0.0)
    return found


def _span(text: str, typed: str) -> tuple[int, int] | None:
    """Where the whole query, or else its first word, stands in a text."""
    flat = text.casefold()
    for words in (typed.casefold(), *re.findall(r"\w+", typed.casefold())):
        if (at := flat.find(words)) >= 0 and len(flat) == len(text):
            return at, at + len(words)
    return None


# ---- tags and the rest -------------------------------------------------------------------------------------------


def _tagged(project: Project, tag: str, *, limit: int, kinds: tuple[str, ...], lens: Lens) -> list[Hit]:
    tags = [row[0] for row in project.sql.execute("SELECT DISTINCT tag FROM tag")]
    fitting = [word for word in tags if fold(word).startswith(tag)]
    marks = ", ".join("?" * len(fitting))
    rows = project.sql.execute(
        f"""SELECT t.record, d.kind, f.title, t.tag FROM tag t JOIN fts_doc d ON d.record = t.record
        JOIN fts f ON f.rowid = d.docid WHERE t.tag IN ({marks}) AND {search.document_clause(lens)}
        ORDER BY f.title""",
        fitting,
    ).fetchall()
    hits = {
        record: Hit(
            id=RecordId(record),
            kind=kind,
            name=_first_name(title),
            why=f"Tag #{word}",
            score=100.0 - (fold(word) != tag),
        )
        for record, kind, title, word in rows
        if not kinds or kind in kinds
    }
    return _with_summaries(project, sorted(hits.values(), key=lambda h: (-h.score, fold(h.name)))[:limit], lens)


def _with_summaries(project: Project, hits: list[Hit], lens: Lens) -> list[Hit]:
    """Entities that were found by name alone show their summary."""
    bare = [hit.id for hit in hits if not hit.snippet]
    marks = ", ".join("?" * len(bare))
    rows = project.sql.execute(f"SELECT id, json_extract(data, '$.summary') FROM entity WHERE id IN ({marks})", bare)
    open_text = (lambda words: words) if lens.is_gm else (lambda words: seen.text(project, words, lens))
    summaries = {record: open_text(summary) for record, summary in rows if summary}
    return [
        hit.model_copy(update={"snippet": _tidy(summaries[hit.id])}) if hit.id in summaries and not hit.snippet else hit
        for hit in hits
    ]
