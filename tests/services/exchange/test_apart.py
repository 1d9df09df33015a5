"""Files are read in a process of their own: it can be stopped, it can die, and nothing that it says is run."""

from __future__ import annotations

import pickle
import time
from typing import TYPE_CHECKING

import pytest

from studio.domain.errors import Cancelled, ImportRefused
from studio.services.exchange import apart
from studio.services.exchange.apart import read_apart
from studio.services.exchange.conversation import Conversations
from studio.services.exchange.material import Material, Spool, Thing
from tests.support.images import png

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_read_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "said.md"
    file.write_text("The toll is paid in rope.")
    found = read_apart(file)
    assert isinstance(found, Conversations)
    assert found.chats[0].turns[0].text == "The toll is paid in rope."


def test_a_refusal_comes_back_as_its_sentence(tmp_path: Path) -> None:
    file = tmp_path / "deep.json"
    file.write_text("[" * 20_000)
    with pytest.raises(ImportRefused, match="nested too deeply"):
        read_apart(file)
    with pytest.raises(ImportRefused, match="no file"):
        read_apart(tmp_path / "absent.json")


def test_reading_stops_when_it_is_told_to(tmp_path: Path) -> None:
    file = tmp_path / "said.md"
    file.write_text("x")
    started = time.monotonic()
    with pytest.raises(Cancelled):
        read_apart(file, cancelled=lambda: True)
    assert time.monotonic() - started < 5


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    file = tmp_path / "said.md"
    file.write_text("x")
    with pytest.raises(ImportRefused, match="too long"):
        read_apart(file, seconds=0)


def test_no_function_can_be_called_by_what_a_reader_says(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str, str]]:
            return (open, (str(tmp_path / "made"), "w"))

    for data in (pickle.dumps(("read", Evil())), b"", b"\x80\x05junk"):
        with pytest.raises(ImportRefused, match="stopped its reader"):
            apart._taken((data, b""), tmp_path / "x.zip", Spool())
    assert not (tmp_path / "made").exists()


def test_material_comes_back_with_its_images(tmp_path: Path) -> None:
    spool = Spool()
    made = Material(source="elsewhere", title="x", things=[Thing("a", "A", raw={"k": [1, None]})], spool=spool)
    made.add_image("i", "Image", png())
    found = apart._taken((pickle.dumps(("read", made)), b""), tmp_path, spool)
    assert found == made
    assert found.spool is spool
    assert found.spool.read(found.images["i"].hash) == png()
