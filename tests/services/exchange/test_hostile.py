"""Files made to do harm end as one typed refusal, fast, with the project untouched."""

import io
import json
import struct
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.errors import ImportRefused
from studio.services.exchange import formats, import_files, reading
from studio.services.exchange.importing import import_parsed
from studio.services.exchange.reading import check_shape, parse_json
from studio.services.exchange.safezip import SafeZip
from studio.storage.project import Project
from tests.support.timing import worked

SECONDS, BYTES = 10.0, 1 << 30


def test_every_malicious_sample_is_refused_or_harmless(shared: Path, project: Project) -> None:
    files = [p for p in sorted((shared / "samples" / "malicious").rglob("*")) if p.is_file()]
    assert len(files) > 20
    for path in files:
        before = project.sql.execute("SELECT count(*) FROM commit_log").fetchone()
        with worked() as took, suppress(ImportRefused):
            import_files(project, [path], dry_run=True)
        assert took.seconds < SECONDS, path
        assert project.sql.execute("SELECT count(*) FROM commit_log").fetchone() == before, path


def zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    "name",
    [
        "../up.json",
        "/etc/passwd",
        "a/../../b",
        "C:/x",
        "a\\b",
        "con.txt",
        "sub/aux",
        "dot. ",
        "nul",
        "a/./b",
        "x\u202egnp",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused), SafeZip(zipped(tmp_path / "z.zip", (name, b"x"))):
        pass


def test_a_bomb_is_refused_without_being_unpacked(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "bomb.zip", ("conversations.json", b"0" * (64 << 20)))
    tracemalloc.start()
    with pytest.raises(ImportRefused):
        formats.parse(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64 << 20


def test_a_size_that_lies_is_counted_not_believed(tmp_path: Path) -> None:
    path = zipped(tmp_path / "liar.zip", ("conversations.json", b"0" * (64 << 20)))
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(data)
    with pytest.raises(ImportRefused), SafeZip(path) as archive:
        archive.read("conversations.json")


def test_files_that_overlap_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "o.zip", ("a", b"x" * 50), ("b", b"y" * 50), method=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 42 : at + 46] = struct.pack("<I", 0)
    path.write_bytes(data)
    with pytest.raises(ImportRefused), SafeZip(path):
        pass


def test_sixty_thousand_entries_are_refused_at_once(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(60_000):
            archive.writestr(f"f{n}", b"")
    path = tmp_path / "many.zip"
    path.write_bytes(out.getvalue())
    with worked() as took, pytest.raises(ImportRefused), SafeZip(path):
        pass
    assert took.seconds < 1


@pytest.mark.parametrize("names", [("a", "a"), ("Note.md", "note.MD")])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused(names: tuple[str, str], tmp_path: Path) -> None:
    with pytest.raises(ImportRefused), SafeZip(zipped(tmp_path / "d.zip", *((n, b"x") for n in names))):
        pass


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    with pytest.raises(ImportRefused), SafeZip(zipped(tmp_path / "l.zip", (link, b"/etc/passwd"))):
        pass


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "[" * 200 + "]" * 200,
        "{",
        "[NaN]",
        "[Infinity]",
        "1" * 10_000,
        "[1e999]",
        '{"a": 1',
        "\x00\x01",
        "",
        "nul",
    ],
)
def test_json_that_can_not_be_read_is_refused(text: str) -> None:
    with pytest.raises(ImportRefused):
        parse_json(text.encode(), "x.json")


def test_more_values_than_can_be_held_are_refused_before_one_is_made() -> None:
    tracemalloc.start()
    with pytest.raises(ImportRefused, match="too many values"):
        parse_json(b"[" + b"[]," * 6_000_001 + b"0]", "x.json")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64 << 20


plain_json = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=10),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)),
    max_leaves=20,
)  # fmt: skip


@given(value=plain_json, mark=st.booleans())
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_long_json_is_read_as_short_json_is(value: object, mark: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.dumps(value, ensure_ascii=mark).encode("utf-8-sig" if mark else "utf-8", "surrogatepass")
    short = parse_json(data, "x.json")
    with monkeypatch.context() as long:
        long.setattr(reading, "LONG", 0)
        assert parse_json(data, "x.json") == short


@pytest.mark.parametrize("text", ["[NaN]", "{", "[1", "[1] 2", "", "[" * 200 + "]" * 200, "[1e999]", '["\xff"]'])
def test_long_json_that_can_not_be_read_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONG", -1)
    with pytest.raises(ImportRefused):
        parse_json(text.encode("latin-1"), "x.json")


def test_lone_surrogates_and_control_characters_are_taken_out() -> None:
    assert parse_json(b'["\\ud800a", "b\\u0000c", "\\ud83d\\ude00"]', "x.json") == ["\ufffda", "bc", "😀"]


def test_utf16_and_marks_are_read() -> None:
    for data in ('["é"]'.encode("utf-16"), '["é"]'.encode("utf-8-sig"), '["é"]'.encode("utf-16-le")):
        assert parse_json(data, "x.json") == ["é"]


def test_a_deep_value_is_refused_without_recursion() -> None:
    value: object = 0
    for _ in range(5_000):
        value = [value]
    with pytest.raises(ImportRefused):
        check_shape(value, "x")


@pytest.mark.parametrize("name", ["x.exe", "x.pdf", "noend"])
def test_what_nobody_knows_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\x7fELF not for us")
    with pytest.raises(ImportRefused):
        formats.parse(tmp_path / name)


def test_folders_missing_files_and_projects_are_refused(tmp_path: Path, project: Project) -> None:
    for path in (tmp_path, tmp_path / "missing.json", project.path):
        with pytest.raises(ImportRefused):
            formats.parse(path)


junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=10)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(
                st.text(max_size=5),
                st.sampled_from(
                    [
                        "mapping",
                        "chat_messages",
                        "chat",
                        "history",
                        "messages",
                        "format",
                        "title",
                        "uuid",
                        "id",
                        "parent",
                        "children",
                        "current_node",
                        "message",
                        "author",
                        "role",
                        "content",
                        "parts",
                        "world_bible",
                        "prompt_vault",
                        "project_blueprints",
                        "blueprint",
                        "sender",
                        "text",
                    ]
                ),
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=30,
)


@given(data=st.one_of(junk, st.lists(junk, max_size=3)))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_json_breaks_detection_parsing_or_staging(project: Project, tmp_path: Path, data: object) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps(data))
    with suppress(ImportRefused):
        report = import_parsed(project, [formats.parse(file)])
        assert report.read == report.imported + report.skipped
