"""The timeline with 5,000 events: a frame while zooming and going along, reading it, and the floor of both."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage, QPainter

from studio.domain.ids import RecordId
from studio.domain.lens import Lens
from studio.domain.world import Entity
from studio.services.world import calendars
from studio.services.world.timeline import Item, timeline
from studio.storage.project import Project
from studio.ui.timeline.canvas import TimelineCanvas
from tests.bench.measuring import Report, percentile, sample
from tests.support.calendars import preset
from tests.ui.conftest import dressed, theme  # noqa: F401

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.bench, pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.timeout(240)]

MANY = 5000
SIZE = (1400, 600)
FOLD = preset("hearthfold")
KINDS = ["event", "event", "event", "npc", "faction", "location", "session"]


def events(seed: int = 3) -> list[Item]:
    pick = random.Random(seed)
    found = []
    for n in range(MANY):
        lo = pick.randint(-100 * 364, 900 * 364)
        days = pick.choice([0, 0, 0, 3, 40, 364])
        kind = pick.choice(KINDS)
        found.append(
            Item(
                RecordId(f"id{n}"),
                kind,
                f"The {kind} that is number {n}",
                "fields.start",
                "",
                lo,
                lo + days,
                "",
                vague=days > 3,
            )
        )
    return sorted(found, key=lambda item: item.lo)


def test_a_frame_of_five_thousand_events(qtbot: QtBot, theme: object, report: Report) -> None:  # noqa: F811
    canvas = TimelineCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(*SIZE)
    canvas.show()
    items = events()
    canvas.show_items(items, {}, FOLD)
    image = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    middle = items[MANY // 2]

    def frame(act: Callable[[], object]) -> Callable[[], None]:
        def draw() -> None:
            act()
            canvas.render(image)

        return draw

    def words() -> None:
        painter = QPainter(image)
        for n in range(200):
            painter.drawText(20 + n % 10 * 130, 20 + n // 10 * 28, f"Event {n}")
        painter.end()

    floor = percentile(sample(words, times=60), 95)
    canvas.set_as_of(middle.lo)
    canvas.choose(middle)
    taken: list[float] = []
    for _ in range(3):
        canvas.fit()
        taken += sample(frame(lambda: canvas.zoom(1.2)), times=60, warm_up=0)
        taken += sample(frame(lambda: canvas.pan(30)), times=30, warm_up=0)
        taken += sample(frame(lambda: canvas.zoom(1 / 1.2)), times=60, warm_up=0)
        taken += sample(frame(lambda: canvas.pan(-30)), times=30, warm_up=0)
        canvas.go_to(middle.lo - 30 * 364, middle.lo + 30 * 364)
        taken += sample(frame(lambda: canvas.pan(30)), times=60, warm_up=0)
    report.add("timeline frame, 5,000 events, p95", percentile(taken, 95), limit=16, floor=floor)


def test_reading_five_thousand_dated_entries(tmp_path: Path, report: Report) -> None:
    project = Project.create(tmp_path / "w.ttrpg", name="W", author="a", device="d")
    try:
        calendars.add_preset(project, "hearthfold")
        with project.commit("test", "Fill") as commit:
            for n, item in enumerate(events()):
                date = FOLD.from_abs(item.lo)
                start = {"calendar": "hearthfold", "year": date.year, "month": date.month, "day": date.day}
                who = "party" if n % 3 else "gm"
                text = f"Once [[Event {n - 1}]] and [[Event {n + 1}]] met. " * 8
                commit.put(Entity(kind="event", name=f"Event {n}", body=text, visibility=who, fields={"start": start}))
        texts = [row[0] for row in project.sql.execute("SELECT data FROM entity")]
        floor = percentile(sample(lambda: [json.loads(text) for text in texts], times=5), 50)
        taken = percentile(sample(lambda: timeline(project), times=5), 50)
        assert len(timeline(project).items) == MANY
        report.add("timeline of 5,000 entries, read", taken, limit=600, floor=floor)
        party = Lens(audience="party", as_of=FOLD.to_abs(500, 1, 1))
        taken = percentile(sample(lambda: timeline(project, lens=party), times=5), 50)
        assert 0 < len(timeline(project, lens=party).items) < MANY
        report.add("timeline of 5,000 entries, read as the party, as of a day", taken, limit=200, floor=floor)
    finally:
        project.close()
