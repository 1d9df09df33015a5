"""The reports of imports are kept with the project, and found again by the change that they made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services import exchange
from studio.services.exchange import past
from studio.services.exchange.staging import Reason, Report

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project


def test_an_import_is_found_again_with_its_report(project: Project, tmp_path: Path) -> None:
    assert past.imports(project) == []
    done = []
    for name in ("one", "two"):
        vault = tmp_path / name
        vault.mkdir()
        (vault / "Tom.md").write_text(f"# Tom {name}\n\nA smith.")
        (vault / "song.mp3").write_bytes(b"ID3")
        done.append(exchange.import_files(project, [vault]))
    newest, oldest = past.imports(project)
    assert [oldest.report.created, newest.report.created] == [1, 1]
    assert newest.author == project.author
    assert done[0].commit is not None
    found = past.of_commit(project, done[0].commit)
    assert found is not None
    assert found == oldest
    assert found.report.reasons == done[0].reasons
    assert past.of_commit(project, "nothing") is None


def test_the_text_of_a_report_adds_up_and_names_what_is_lost() -> None:
    reasons = (Reason(what="song.mp3", why="No note."), Reason(what="Tom", why="A name was cut.", skipped=False))
    report = Report(format="kanka", title="the campaign", read=5, imported=2, skipped=3, created=2, reasons=reasons)
    words = past.as_text(report)
    assert "5 found: 2 imported (2 new), 3 left out." in words
    assert "- song.mp3: No note." in words
    assert "- and 2 more that aren't named here" in words
    assert "Lost: Calendars, conversations" in words
    assert words.index("Left out:") < words.index("Noted:")
