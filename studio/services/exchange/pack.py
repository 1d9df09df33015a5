"""`.ttrpgpack`: the whole project as one zip of canonical JSON, attachments and history, with a hash of every file."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from studio.domain.commit import Commit, canonical_json
from studio.domain.errors import ImportRefused, Invalid
from studio.domain.lens import OPEN_EYES, Lens
from studio.services.exchange import writing
from studio.services.exchange.reading import check_shape, parse_json, refuse
from studio.services.exchange.safezip import SafeZip
from studio.services.exchange.staging import Report, Staging, same
from studio.storage import bundle, migrations
from studio.storage.nouns import from_data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.services.exchange.probe import Probe
    from studio.storage.project import Project

Json = dict[str, Any]
FORMAT = "ttrpgpack"
VERSION = 1
MANIFEST = "manifest.json"
LOG = "log.jsonl"
_MAX_MANIFEST = 32 * 1024 * 1024
_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_KIND = re.compile(r"[a-z][a-z0-9_]{0,39}")
_HASH = re.compile(r"[0-9a-f]{64}")


# ---- writing -------------------------------------------------------------------------------------------------------


def write_whole(project: Project, dest: Path, *, lens: Lens = OPEN_EYES) -> dict[str, int]:
    """Write the bundle. Raises Invalid where it isn't for the game master: its history holds everything."""
    if lens != OPEN_EYES:
        raise Invalid(
            "A bundle holds the whole project with its history, for the game master. Choose markdown or world-json."
        )
    return write_pack(project, dest)


def write_pack(project: Project, dest: Path) -> dict[str, int]:
    """Write the bundle; the same project always gives the same bytes. Gives the number of records by kind."""
    files = dict(_files(project))
    media = {digest: media_type for digest, media_type, _ in bundle.blobs(project.sql)}
    lines = {name: data.count(b"\n") for name, data in files.items() if name != LOG}
    counts = {name.removeprefix("records/").removesuffix(".jsonl"): number for name, number in lines.items()}
    with writing.whole_file(dest) as partial, zipfile.ZipFile(partial, "w", allowZip64=False) as archive:
        digests = {name: _entry(data) for name, data in files.items()}
        for digest, _, data in bundle.blobs(project.sql):
            digests[f"blobs/{digest}"] = _entry(data)
        commits, head = bundle.head_hash(project.sql)
        manifest = {
            "format": FORMAT, "format_version": VERSION, "schema": migrations.CURRENT,
            "project": {"id": project.workspace_id, "name": project.info().name},
            "log": {"commits": commits, "hash": head}, "counts": counts, "media_types": media, "files": digests,
        }  # fmt: skip
        text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
        writing.add(archive, MANIFEST, text.encode())
        for name, data in sorted(files.items()):
            writing.add(archive, name, data)
        for digest, _, data in bundle.blobs(project.sql):
            writing.add(archive, f"blobs/{digest}", data)
    return counts


def _entry(data: bytes) -> Json:
    return {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def _files(project: Project) -> Iterator[tuple[str, bytes]]:
    by_kind: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for data in bundle.all_data(project.sql):
        by_kind[data["kind"]].append((data["id"], canonical_json(data)))
    for kind, rows in by_kind.items():
        yield f"records/{kind}.jsonl", "".join(f"{line}\n" for _, line in sorted(rows)).encode()
    yield LOG, "".join(f"{line}\n" for line in bundle.log_lines(project.sql)).encode()


# ---- reading -------------------------------------------------------------------------------------------------------


def claims(probe: Probe) -> bool:
    """Whether the zip has the manifest of a bundle."""
    return MANIFEST in probe.names


def read(probe: Probe) -> Pack:
    """The bundle in the file."""
    return Pack(probe.path)


class Pack:
    """A bundle that was read and checked: hashes, versions, history, and every record's shape."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        with SafeZip(path) as archive:
            self.manifest = _manifest(archive, path.name)
            names = set(archive.names()) - {MANIFEST}
            if names != set(self.manifest["files"]):
                refuse(f"“{path.name}” doesn't hold the files that it lists. Get it again and retry.")
            self.records: list[Json] = []
            self.entries: list[Json] = []
            self.blobs: list[tuple[str, str, bytes]] = []
            for name in sorted(names):
                self._read(name, self._verified(archive, name))
        self.title = str(self.manifest["project"].get("name") or path.name)
        self._check_history()
        self._check_images()

    def _verified(self, archive: SafeZip, name: str) -> bytes:
        expected = self.manifest["files"][name]
        data = archive.read(name)
        if hashlib.sha256(data).hexdigest() != expected.get("sha256"):
            refuse(f"“{name}” in “{self.name}” was changed or damaged: its hash is wrong. Get the bundle again.")
        return data

    def _read(self, name: str, data: bytes) -> None:
        if name == LOG:
            self.entries = list(_lines(data, name))
        elif name.startswith("records/") and name.endswith(".jsonl"):
            kind = name.removeprefix("records/").removesuffix(".jsonl")
            self.records += [_record(one, kind, name) for one in _lines(data, name)]
        elif name.startswith("blobs/") and _HASH.fullmatch(digest := name.removeprefix("blobs/")):
            if hashlib.sha256(data).hexdigest() != digest:
                refuse(f"An attachment in “{self.name}” isn't what its name says. Get the bundle again.")
            media_type = self.manifest.get("media_types", {}).get(digest, "application/octet-stream")
            self.blobs.append((digest, str(media_type)[:200], data))
        else:
            refuse(f"“{self.name}” holds something unknown: “{name}”.")

    def _check_history(self) -> None:
        """The log must be whole and end in exactly the records that the bundle holds."""
        try:
            state = bundle.replay(map(_log_entry, self.entries))
        except (ValueError, KeyError, TypeError) as error:
            raise ImportRefused(f"The history in “{self.name}” is broken, so it wasn't imported.") from error
        if state != {data["id"]: data for data in self.records}:
            refuse(f"The history in “{self.name}” doesn't fit its records, so it wasn't imported.")
        if sum(data["kind"] == "project" for data in self.records) != 1:
            refuse(f"“{self.name}” isn't the bundle of one project.")

    def _check_images(self) -> None:
        """Every image that a record speaks of must be there."""
        here = {digest for digest, _, _ in self.blobs}
        for data in self.records:
            if data["kind"] == "media" and data["hash"] not in here:
                refuse(f"The image “{data['name']}” is missing in “{self.name}”. Get the bundle again.")

    def adopt(self, project: Project, *, dry_run: bool = False) -> Report:
        """Make a fresh project file be this project, history and all."""
        if not dry_run:
            bundle.adopt(project, self.entries, self.records, self.blobs)
        n, kinds = len(self.records), Counter(data["kind"] for data in self.records)
        return Report(
            format=FORMAT, title=self.title, read=n, imported=n, created=n, kinds=dict(sorted(kinds.items())),
            dry_run=dry_run,
        )  # fmt: skip

    def stage(self, project: Project) -> Staging:
        """Compare with a project that has content: by id; where both changed, the later change stays."""
        staging = Staging(format=FORMAT, title=self.title, message=f"Import the bundle “{self.title}”")
        staging.blobs = self.blobs
        ours = project.workspace_id == self.manifest["project"].get("id")
        if not ours and self.entries:
            staging.note("history", "the project keeps its own history; the bundle's stays in the bundle")
        for data in self.records:
            if data["kind"] == "project" and not ours:
                staging.skip(f"project {self.title}", "the project keeps its own name and description")
                continue
            record = from_data(data)
            stored = project.stored(record.kind, record.id)
            old = from_data(stored) if stored else None
            if old is not None and not same(old, record) and old.hlc >= record.hlc:
                staging.skip(f"{record.kind} {getattr(record, 'name', record.id)}", "the project has a later version")
            else:
                staging.take(record, old=old)
        return staging


def _manifest(archive: SafeZip, name: str) -> Json:
    if MANIFEST not in archive.names():
        refuse(f"“{name}” isn't a project bundle: it has no manifest.")
    manifest = parse_json(archive.read(MANIFEST, limit=_MAX_MANIFEST), MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        refuse(f"“{name}” isn't a project bundle: its manifest is of another kind.")
    version, schema = manifest.get("format_version"), manifest.get("schema")
    if not isinstance(version, int) or not isinstance(schema, int):
        refuse(f"The manifest of “{name}” doesn't say which version it is.")
    if version > VERSION or schema > migrations.CURRENT:
        refuse(
            f"“{name}” was made by a newer TTRPG Studio (bundle version {version}). Update the app to read it.",
            code="newer",
        )
    shapes = {"files": dict, "project": dict, "media_types": dict}
    if any(not isinstance(manifest.get(key, {}), shape) for key, shape in shapes.items()):
        refuse(f"The manifest of “{name}” is damaged.")
    if any(not isinstance(entry, dict) for entry in manifest.get("files", {}).values()):
        refuse(f"The manifest of “{name}” is damaged.")
    return {"files": {}, "project": {}} | manifest


def _lines(data: bytes, name: str) -> Iterator[Json]:
    for line in data.split(b"\n"):
        if line:
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise ImportRefused(f"A line in “{name}” of the bundle isn't valid JSON.") from error
            check_shape(value, name)
            if not isinstance(value, dict):
                refuse(f"A line in “{name}” of the bundle isn't an object.")
            yield value


def _record(data: Json, kind: str, name: str) -> Json:
    """The stored JSON of a record, after checking that it is one."""
    fine = data.get("kind") == kind and _KIND.fullmatch(kind) and _ID.fullmatch(str(data.get("id", "")))
    if not fine or not isinstance(data.get("updated_at"), str):
        refuse(f"A record in “{name}” of the bundle has no proper id, kind or time.")
    try:
        from_data(data)
        canonical_json(data).encode()
    except (ValidationError, ValueError, RecursionError) as error:
        raise ImportRefused(f"A record in “{name}” of the bundle isn't a valid {kind}.") from error
    return data


def _log_entry(entry: Json) -> Json:
    """A line of the log, after checking its shape and everything that it says records became."""
    changes = entry["changes"]
    Commit.model_validate({key: entry[key] for key in (*bundle.HEAD, "hash")})
    for record, kind, after in changes:
        if after is not None:
            _record(after, kind, LOG)
            if after["id"] != record:
                raise ValueError("a change names another record")
    for key in ("below", "undo_top", "redo_top"):
        if entry[key] is not None and not (isinstance(entry[key], int) and 0 < entry[key] <= entry["seq"]):
            raise ValueError("a head points nowhere")
    if set(entry) != {*bundle.COLUMNS, "changes"}:
        raise ValueError("a commit has unknown parts")
    return entry
