"""Every headless command with its arguments: the one place that help, docs and completion are made from."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from studio import __version__

EPILOG = (
    "Exit codes: 0 done, 1 refused with a sentence on stderr (from check: errors found), 2 usage."
    " Every command takes --json."
)
FINDING_TYPES = (
    "duplicate", "alias_collision", "contradiction", "posthumous", "prebirth", "after_dissolution", "two_places",
    "end_before_start", "effect_before_cause", "age_mismatch", "cycle", "deprecated_reference", "dangling_link",
    "text_contradiction",
)  # fmt: skip
EXPORT_FORMATS = (
    "ttrpgpack", "markdown", "obsidian", "world-json", "foundry", "campaign-builder", "character-cards", "world-info",
    "seasons-and-stars", "pdf", "docx", "epub", "html", "homebrewery", "json", "csv",
    "langfuse", "dotprompt", "llm",
)  # fmt: skip
DOCUMENT_KINDS = ("campaign-packet", "player-primer", "session-packet", "entity-cards")
CERTAINTIES = ("fact", "rumour", "legend", "lie", "prophecy")


def _confidence(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError("give a number between 0 and 1")
    return value


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("give a number above 0")
    return value


def _attitude(text: str) -> int:
    value = int(text)
    if not -100 <= value <= 100:
        raise argparse.ArgumentTypeError("give a number from -100 to 100")
    return value


class _AnyOrder(argparse.ArgumentParser):
    """Takes options and the rest in any order: `set FILE NAME --kind npc role=captain`."""

    _mixing = False

    def parse_known_args(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, args: Any = None, namespace: Any = None
    ) -> Any:
        """Like `parse_intermixed_args`, which a command inside another never reaches."""
        if self._mixing:
            return super().parse_known_args(args, namespace)
        self._mixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixing = False


class _Commands:
    """Adds commands that all look alike."""

    def __init__(
        self, root: argparse.ArgumentParser, dest: str = "command", of: type[argparse.ArgumentParser] | None = None
    ) -> None:
        self._commands = root.add_subparsers(
            dest=dest, metavar="COMMAND", required=True, parser_class=of or argparse.ArgumentParser
        )

    def add(self, name: str, run: str, help: str, *, file: str = "") -> argparse.ArgumentParser:
        """`run` is `module:function` inside `studio.cli`, imported only when the command is asked for."""
        command = self._commands.add_parser(name, help=help, description=help, allow_abbrev=False)
        command.set_defaults(run=run)
        command.add_argument("--json", action="store_true", help="print the result as JSON")
        if file:
            command.add_argument("file", metavar="FILE", type=Path, help=file)
        return command

    def group(self, name: str, help: str) -> _Commands:
        """A command that only holds others: `entity list`, `entity show`."""
        inner = self._commands.add_parser(name, help=help, description=help, allow_abbrev=False)
        return _Commands(inner, "subcommand", _AnyOrder)


def _looking(command: argparse.ArgumentParser) -> None:
    """As whom and as of when a reading command looks."""
    command.add_argument("--audience", default="gm", metavar="WHO", help="gm, party, public or player:NAME")
    command.add_argument("--as-of", default="", metavar="DATE", help="the world as of this date of its calendar")


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    root = argparse.ArgumentParser(prog="ttrpg-studio", description="TTRPG Studio, headless.", epilog=EPILOG)
    root.add_argument("--version", action="version", version=f"ttrpg-studio {__version__}")
    commands = _Commands(root)
    _projects(commands)
    _answers(commands)
    _past(commands)
    _world(commands)
    _exchange(commands)
    _safety(commands)
    _machine(commands)
    return root


def _projects(commands: _Commands) -> None:
    opened = commands.add("open", "projects:open_window", "open the window (the default)")
    opened.add_argument("file", metavar="FILE", type=Path, nargs="?", help="project to open")
    new = commands.add("new", "projects:new", "make a new project file", file="file to make, Name.ttrpg")
    new.add_argument("--name", default="", help="name of the project; by default the file's")
    new.add_argument("--sample", action="store_true", help="put the sample campaign into it")
    info = commands.add("info", "projects:info", "what is in a project, in numbers", file="project file")
    _looking(info)
    search = commands.add("search", "searching:search", "find names, texts and answers", file="project file")
    search.add_argument("query", metavar="QUERY", nargs="?", default="", help="words to find, #tag, or a question")
    search.add_argument("--batch", type=Path, metavar="Q.jsonl", help="answer each line's question, a line each")
    search.add_argument("-k", "--limit", type=_positive, default=20, metavar="N", help="most results to give")
    search.add_argument("--no-vectors", action="store_true", help="words, names and relations only, at once")
    _looking(search)


def _answers(commands: _Commands) -> None:
    chat = commands.add("chat", "asking:chat", "ask a model; the answer streams and is kept", file="project file")
    chat.add_argument("text", metavar="TEXT", help="what to say")
    chat.add_argument("--model", default="", help="model to ask; “recorded” plays the sample's recorded answers")
    chat.add_argument("--thread", default="", help="title or id of the chat to go on with; by default a new one")
    read = commands.add(
        "context", "asking:context", "what a model would read for a question; asks nobody", file="project file"
    )
    read.add_argument("question", metavar="QUESTION", help="what would be asked")
    read.add_argument("--budget", type=_positive, default=4000, metavar="N", help="tokens that it may fill (4000)")
    read.add_argument("--model", default="", help="count as this model does; by default the one for new chats")
    read.add_argument("--text", action="store_true", help="print the messages themselves, word for word")
    _looking(read)
    extract = commands.add("extract", "answers:extract", "read answers for things to save; changes nothing")
    how = extract.add_mutually_exclusive_group()
    how.add_argument("--offline", action="store_true", help="read by rules on this machine (the default)")
    how.add_argument("--model", default="", help="read with this model, checked against the rules")
    extract.add_argument("--known", type=Path, metavar="WORLD.json", help="world-json with entities that exist already")
    extract.add_argument("--jsonl", action="store_true", help="print one line of JSON for each file")
    extract.add_argument("files", metavar="TEXTFILE", type=Path, nargs="+", help="answers as text or Markdown")
    apply = commands.add(
        "apply", "answers:apply", "read an answer and save all of it in one change", file="project file"
    )
    apply.add_argument("text", metavar="TEXTFILE", type=Path, help="the answer as text or Markdown; - reads stdin")
    apply.add_argument(
        "--min-confidence", type=_confidence, default=0.0, metavar="X", help="leave out less sure values"
    )


def _past(commands: _Commands) -> None:
    commands.add("undo", "past:undo", "take the newest change back", file="project file")
    commands.add("redo", "past:redo", "do again what was taken back", file="project file")
    history = commands.add("history", "past:history", "what was changed, newest first", file="project file")
    history.add_argument("id", metavar="ID", nargs="?", help="a change (id or number) or a record's id")
    history.add_argument("--limit", type=_positive, default=30, help="most changes to list")


def _world(commands: _Commands) -> None:
    graph = commands.add(
        "graph", "graph:graph", "what an entry is related to, as lines or a drawing", file="project file"
    )
    graph.add_argument("name", metavar="NAME", help="name, alias or id of the entry in the middle")
    graph.add_argument("--depth", type=_positive, default=1, metavar="N", help="steps to go outwards, 1 to 3")
    graph.add_argument("--svg", type=Path, metavar="OUT", help="write a drawing to this file")
    graph.add_argument("--to", default="", metavar="NAME", help="show the shortest way to this entry instead")
    graph.add_argument("--limit", type=_positive, default=300, help="most entries to give")
    _looking(graph)
    timeline = commands.add("timeline", "timeline:timeline", "what happened when, in order", file="project file")
    timeline.add_argument("--from", dest="since", default="", metavar="DATE", help="nothing before this date")
    timeline.add_argument("--to", dest="until", default="", metavar="DATE", help="nothing after this date")
    timeline.add_argument("--kind", action="append", default=[], metavar="K", help="only of this kind; may be repeated")
    timeline.add_argument("--lane", default="", metavar="NAME", help="only of this arc, place or faction")
    timeline.add_argument("--limit", type=_positive, default=1000, metavar="N", help="most dates to list")
    _looking(timeline)
    check = commands.add("check", "continuity:check", "what can't be true together in the world", file="project file")
    check.add_argument(
        "--type", action="append", default=[], choices=FINDING_TYPES, help="only of this type; may be repeated"
    )
    check.add_argument("--all", action="store_true", help="also what was answered: ignored findings, muted rules")
    check.add_argument("--judge", default="", metavar="MODEL", help="let this model judge what no rule decides")
    check.add_argument("--pairs", type=_positive, default=40, metavar="N", help="most pairs of sentences to judge")
    check.add_argument("--audience", default="gm", metavar="WHO", help="only what gm, party, public or player:NAME see")
    check.set_defaults(as_of="")
    _entities(commands.group("entity", "list, show, change and relate entries of the world"))


def _entities(commands: _Commands) -> None:
    listing = commands.add("list", "entity:listing", "entries of the world, by name", file="project file")
    listing.add_argument("--kind", default="", metavar="K", help="only of this kind")
    listing.add_argument("--status", default="", metavar="S", help="only draft, reviewed, canon or deprecated ones")
    listing.add_argument("--tag", default="", metavar="T", help="only with this tag")
    listing.add_argument("--filter", default="", metavar="QUERY", help="as typed into the World Bible's filter")
    listing.add_argument("--limit", type=_positive, default=100, metavar="N", help="most entries to list")
    _looking(listing)
    show = commands.add("show", "entity:show", "all about an entry, with who says so", file="project file")
    show.add_argument("name", metavar="NAME", help="name, alias or id of the entry")
    _looking(show)
    change = commands.add("set", "entity:change", "change fields of an entry, in one change", file="project file")
    change.add_argument("name", metavar="NAME", help="name, alias or id of the entry")
    change.add_argument("values", metavar="FIELD=VALUE", nargs="*", help="field and value; no value clears the field")
    change.add_argument("--kind", default="", metavar="K", help="make the entry, of this kind, if it isn't there")
    _stating(change)
    relate = commands.add("relate", "entity:join", "relate two entries, or part them", file="project file")
    relate.add_argument("name", metavar="A", help="name, alias or id of the entry that the relation starts from")
    relate.add_argument("type", metavar="TYPE", help="relation type, such as leads, led_by or “member of”")
    relate.add_argument("other", metavar="B", help="name, alias or id of the entry that it leads to")
    _stating(relate)
    relate.add_argument("--attitude", type=_attitude, metavar="N", help="from -100, hatred, to 100, love")
    relate.add_argument("--rank", metavar="R", help="rank in it")
    relate.add_argument("--role", metavar="R", help="role in it")
    relate.add_argument("--remove", action="store_true", help="take the relation away instead")


def _stating(command: argparse.ArgumentParser) -> None:
    """What a statement says beyond what it states. Left out it stays as it is; an empty date clears it."""
    command.add_argument("--from", dest="valid_from", metavar="DATE", help="since when it holds")
    command.add_argument("--to", dest="valid_to", metavar="DATE", help="until when it holds")
    command.add_argument("--certainty", choices=CERTAINTIES, help="how sure it is")
    command.add_argument("--visibility", metavar="V", help="who may know it: gm, party, public or player:NAME")


def _exchange(commands: _Commands) -> None:
    bring = commands.add("import", "exchange:bring", "bring files in, all in one change", file="project file")
    bring.add_argument(
        "sources", metavar="SOURCE", type=Path, nargs="+", help="files, folders or zips; `formats` lists what is read"
    )
    bring.add_argument("--dry-run", action="store_true", help="only say what it would do")
    commands.add("formats", "exchange:formats", "what can come in and go out, what is kept and what is lost")
    take = commands.add("export", "exchange:take", "write the project out", file="project file")
    take.add_argument("dest", metavar="DEST", type=Path, help="file (or, for markdown, folder) to write")
    take.add_argument("--format", choices=EXPORT_FORMATS, required=True, help="what to write")
    _document(take)
    _looking(take)
    take.set_defaults(audience="")
    out = commands.add(
        "publish", "publish:publish", "ask the publish gate, and go through it where that is asked for",
        file="project file",
    )  # fmt: skip
    out.add_argument("names", metavar="NAME", nargs="*", help="entries to ask about; by default all reviewed ones")
    out.add_argument("--make-canon", action="store_true", help="make them canon if the gate lets them")
    out.add_argument("--to", type=Path, metavar="DEST", help="write the world here instead, if the gate lets it")
    out.add_argument("--format", choices=EXPORT_FORMATS, default="markdown", help="what to write (markdown)")
    out.add_argument("--override", default="", metavar="REASON", help="let it pass in spite of errors, and why")
    out.add_argument("--by", default="", metavar="WHO", help="who lets it pass; by default you")
    _document(out)
    _looking(out)


def _document(command: argparse.ArgumentParser) -> None:
    """Which document it is, for the formats that are for one."""
    command.add_argument(
        "--document", choices=DOCUMENT_KINDS, default="", help="what pdf, docx, epub, html and homebrewery hold"
    )
    command.add_argument(
        "--about", action="append", default=[], metavar="NAME", help="only this entry, or this session; may be repeated"
    )


def _safety(commands: _Commands) -> None:
    backup = commands.add("backup", "safety:backup", "make and verify a backup now", file="project file")
    backup.add_argument("--to", type=Path, metavar="COPY", help="also write the verified copy here")
    restore = commands.add(
        "restore", "safety:restore", "put the last good backup in the file's place", file="project file"
    )
    restore.add_argument("--backup", type=Path, metavar="BACKUP", help="this backup instead of the last good one")
    restore.add_argument("--list", action="store_true", help="only list the backups")
    compact = commands.add(
        "compact", "safety:compact", "let removed images leave the file, after a backup", file="project file"
    )
    compact.add_argument("--keep", type=int, default=30, metavar="DAYS", help="what was removed since then stays")
    compact.add_argument("--dry-run", action="store_true", help="only say what would go")
    index = commands.add("reindex", "indexing:reindex", "bring the search index up to date", file="project file")
    index.add_argument("--rebuild", action="store_true", help="throw the index away first; what was embedded stays")
    index.add_argument("--words-only", action="store_true", help="embed nothing: found by words alone")
    commands.add("verify", "safety:verify", "check pages, rows and history of a file", file="project file or backup")


def _machine(commands: _Commands) -> None:
    doctor = commands.add("doctor", "machine:doctor", "what is installed, found and missing here")
    doctor.add_argument("--sweep", action="store_true", help="remove the search indexes of projects that are gone")
    demo = commands.add("demo", "machine:demo", "do the main job on the sample, with timings")
    demo.add_argument("--folder", type=Path, help="where to put the project; by default a folder of its own")
    demo.add_argument("--screenshot", type=Path, metavar="PNG", help="also picture the window with the result")
    commands.add(
        "selftest", "machine:selftest", "prove that this installation works: window, main job, index, graph, world"
    )
