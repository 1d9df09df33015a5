"""Small files are the old or the new one, whatever happens on the way."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from studio.files import read_object, write_object, write_whole

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "thing.json"
    write_object(path, {"name": "Ægir", "n": 3})
    assert read_object(path) == {"name": "Ægir", "n": 3}
    assert [one.name for one in path.parent.iterdir()] == ["thing.json"]


@pytest.mark.parametrize("held", [b"", b"[1]", b"\xff\xfe", b'{"a":'])
def test_anything_else_counts_as_empty(tmp_path: Path, held: bytes) -> None:
    (tmp_path / "thing.json").write_bytes(held)
    assert read_object(tmp_path / "thing.json") == {}
    assert read_object(tmp_path / "none.json") == read_object(None) == {}


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "thing.json").mkdir()
    with pytest.raises(OSError, match=r"thing\.json"):
        write_whole(tmp_path / "thing.json", b"{}", sync=True)
    assert [one.name for one in tmp_path.iterdir()] == ["thing.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="files have other rights there")
def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "thing.json", b"{}")
    assert (tmp_path / "thing.json").stat().st_mode & 0o777 == 0o600
