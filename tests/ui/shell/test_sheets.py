"""Every sheet fits a window of 1024 by 640 with text at 200 %: nothing is out of reach, its buttons stay in sight."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QLineEdit, QScrollArea, QScrollBar, QWidget

from studio.domain.blueprint import Blueprint
from studio.domain.chat import Message, SentContext
from studio.domain.continuity import Evidence, Finding
from studio.domain.ids import RecordId
from studio.domain.world import Alias
from studio.domain.worldkit import Media, Pin
from studio.services.backup import Backup
from studio.services.chat.modes import shipped
from studio.services.citing.reading import beside
from studio.services.context import store
from studio.services.continuity import publish, triage
from studio.services.exchange.exporting import Exported
from studio.services.exchange.past import Past
from studio.services.exchange.staging import Reason, Report, Told, ToldField
from studio.services.forge.starters import starters
from studio.services.foundry.presets import presets
from studio.services.llm.routing import ModelChoice
from studio.services.review.imported import Texts
from studio.services.world import bulk, calendars, entities, kinds, saved_filters
from studio.services.world.map_pages import PinRow
from studio.services.world.merge_form import merge_form
from studio.ui.almanac.dialog import CalendarsDialog
from studio.ui.almanac.field import DayPicker
from studio.ui.chat.dialogs import ModesSheet, PasteSheet, SentSheet, SetupSheet
from studio.ui.chat.pack import PackSheet
from studio.ui.chat.pack_diff import PackDiffSheet
from studio.ui.chat.sources import SourcesSheet
from studio.ui.clocks import ask_clock
from studio.ui.continuity.judging import JudgeSheet
from studio.ui.continuity.sheets import ForkSheet, MuteSheet
from studio.ui.dialogs import ask
from studio.ui.dialogs.about import AboutDialog, Facts
from studio.ui.dialogs.cheat_sheet import CheatSheet
from studio.ui.dialogs.crash import CrashDialog
from studio.ui.dialogs.exchange import ExportDialog
from studio.ui.dialogs.exported import ExportReport
from studio.ui.dialogs.import_report import ImportReport, PastImports, when
from studio.ui.dialogs.importing import ImportPreview
from studio.ui.dialogs.merge import MergeSheet
from studio.ui.dialogs.publish import GateSheet, ReportSheet
from studio.ui.dialogs.restore import RestoreDialog
from studio.ui.dialogs.settings import SettingsDialog
from studio.ui.forge.starters import StarterSheet
from studio.ui.foundry.presets import PresetSheet
from studio.ui.fronts.sheet import ask_front
from studio.ui.images.describe import describe
from studio.ui.images.viewer import Viewer
from studio.ui.maps.sheets import PinSheet, ask_scale
from studio.ui.world.aliases import AliasSheet
from studio.ui.world.autolink import LinkSheet
from studio.ui.world.bulk import BulkSheet
from studio.ui.world.kind_editor import ConvertQuestion, KindsEditor
from studio.ui.world.outward import FileSheet
from studio.ui.world.saved import FilterSheet
from tests.support.asked import answered

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from pytestqt.qtbot import QtBot

    from studio.services.context.prompt import Prompt
    from studio.services.exchange.material import WordMap
    from tests.ui.conftest import TestContext

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
WIDE, HIGH = 1024, 640
FRAME = 24, 48
"""What a window's frame takes of a screen of that size."""
SENTENCE = "A sentence that has to be read, and that is long enough to need more than one line at this size. " * 2


class Place(NamedTuple):
    """What sheets are made from."""

    ctx: TestContext
    host: QWidget
    ids: list[RecordId]


async def _nothing(*_typed: object) -> None:
    """What these sheets would do."""


def _bulk(at: Place) -> QDialog:
    rows = at.ctx.workspace.run_now(bulk.preview, at.ids, bulk.Change(edits=(SOME_EDIT,)))
    return BulkSheet(at.ctx, at.host, at.ids, ["npc", "npc"], ["harbour"], rows)


def _convert(at: Place) -> QDialog:
    return ConvertQuestion(at.host, at.ctx.workspace.run_now(kinds.overview)[0], at.ctx)


def _sent(at: Place) -> QDialog:
    message = Message(id=at.ids[0], thread_id=at.ids[1], role="assistant", model="local/one")
    return SentSheet(at.host, message, SentContext(system=SENTENCE, messages=({"role": "user", "content": SENTENCE},)))


def _prompt(at: Place, asked: str) -> Prompt:
    message = at.ctx.workspace.run_now(answered, asked, "So it is.", entity_ids=at.ids)
    return at.ctx.workspace.run_now(store.prompt, message.pack_hash)


def _sources(at: Place) -> QDialog:
    message = at.ctx.workspace.run_now(answered, "Who is there?", f"{SENTENCE}[1] It is so [7].", entity_ids=at.ids)
    return SourcesSheet(at.host, at.ctx, at.ctx.workspace.run_now(beside, message.id))


def _restore(at: Place) -> QDialog:
    now = datetime.now(UTC)
    found = [Backup(path=Path(f"{n}.ttrpg"), at=now, seq=n, head="", reason="") for n in range(12)]
    return RestoreDialog(at.host, Path("Shattered Coast.ttrpg"), found)


def _import(at: Place) -> QDialog:
    reasons = tuple(Reason(what=f"Line {n}", why=SENTENCE) for n in range(8))
    counts = {kind: 4 for kind in ("npc", "location", "faction", "item", "event", "entry", "relation", "claim")}
    told = tuple(Told(word=f"word {n}", kind=("npc", "", "location")[n % 3], count=n) for n in range(12))
    fields = tuple(ToldField(kind="npc", word=f"Field {n}", field="", count=n, sample=SENTENCE) for n in range(12))
    report = Report(
        format="ttrpgpack", read=40, created=32, kinds=counts, reasons=reasons, told=told, told_fields=fields
    )

    async def look(_words: WordMap) -> Report:
        return report

    return ImportPreview(at.host, at.ctx, report, look)


def _report() -> Report:
    reasons = tuple(Reason(what=f"Line {n}", why=SENTENCE) for n in range(12))
    return Report(format="kanka", title="The campaign", read=40, imported=28, skipped=12, created=28,
                  kinds={"npc": 20, "entry": 8}, reasons=reasons)  # fmt: skip


def _past(at: Place) -> QDialog:
    found = [Past(id=str(n), at=datetime.now(UTC), author="Ana", report=_report()) for n in range(9)]
    return PastImports(at.host, at.ctx, found, when)


def _exported(at: Place) -> QDialog:
    lost = tuple(Reason(what=f"Line {n}", why=SENTENCE) for n in range(12))
    done = Exported(format="pdf", path="Coast.pdf", counts={"section": 4}, lost=lost)
    gate = at.ctx.workspace.run_now(publish.report_export)
    return ExportReport(at.host, at.ctx, done, gate, target=Path("Coast.pdf"), whom="For: The party.")


def _gate(at: Place) -> QDialog:
    problem = publish.Problem(weight="error", record=at.ids[0], kind="npc", name="Mirel Vane", why=SENTENCE)
    part = publish.Part(part="continuity", sentence="8 errors.", problems=(problem,) * 8)
    report = publish.Report(gate="canon", audience="gm", records=2, parts=(part,))
    return GateSheet(at.ctx, at.host, report, action="Make canon all the same", name="Ana")


def _finding(at: Place) -> triage.CardView:
    sides = tuple(Evidence(record=one, says=SENTENCE) for one in at.ids)
    found = Finding(type="duplicate", subjects=tuple(at.ids), evidence=sides, why=SENTENCE, rule="names_alike")
    return at.ctx.workspace.run_now(triage.card, found)


SOME_EDIT = bulk.Edit(path="tags", op="append", value=["harbour"])
MEDIA = Media(id=RecordId("m"), name="The chart", hash="0" * 64, media_type="image/png", width=4, height=4)
PIN = PinRow(pin=Pin(id=RecordId("p"), map_id=RecordId("m"), x=0.5, y=0.5, name="Here"), name="Here")
SHEETS: dict[str, Callable[[Place], QDialog]] = {
    "AboutDialog": lambda at: AboutDialog(
        at.host, Facts(SENTENCE * 20, (("Settings", Path("/home/somebody/.config/ttrpg-studio")),))
    ),
    "AliasSheet": lambda at: AliasSheet(Alias(name="The Eel"), at.ctx.calendars, at.host),
    "BulkSheet": _bulk,
    "CalendarsDialog": lambda at: CalendarsDialog(at.host, at.ctx),
    "CheatSheet": lambda at: CheatSheet(at.host, at.ctx.commands),
    "ConvertQuestion": _convert,
    "CrashDialog": lambda at: CrashDialog(at.host, ValueError("no"), None),
    "DayPicker": lambda at: DayPicker(at.host, at.ctx.calendars),
    "ExportDialog": lambda at: ExportDialog(at.host, "party"),
    "ExportReport": _exported,
    "FileSheet": lambda at: FileSheet(at.host, 12),
    "FilterSheet": lambda at: FilterSheet(at.ctx, at.host),
    "ForkSheet": lambda at: ForkSheet(at.host, _finding(at)),
    "GateSheet": _gate,
    "ImportPreview": _import,
    "ImportReport": lambda at: ImportReport(at.host, at.ctx, _report(), texts=Texts(count=9, next=3), when=SENTENCE),
    "JudgeSheet": lambda at: JudgeSheet(
        at.ctx, at.host, [ModelChoice(id="custom:one/two", label="A model", connection="one")]
    ),
    "KindsEditor": lambda at: KindsEditor(at.host, at.ctx),
    "LinkSheet": lambda at: LinkSheet(at.ctx, at.host, (at.ids[0], "Mirel Vane")),
    "MergeSheet": lambda at: MergeSheet(at.host, at.ctx.workspace.run_now(merge_form, *at.ids)),
    "MuteSheet": lambda at: MuteSheet(at.host, _finding(at)),
    "ModesSheet": lambda at: ModesSheet(at.host, shipped(), shipped()[0].slug),
    "PackDiffSheet": lambda at: PackDiffSheet(at.host, _prompt(at, SENTENCE), _prompt(at, "Who is that?")),
    "PackSheet": lambda at: PackSheet(at.host, _prompt(at, SENTENCE)),
    "PastImports": _past,
    "PasteSheet": lambda at: PasteSheet(at.host, SENTENCE),
    "PinSheet": lambda at: PinSheet(at.ctx, at.host, ["Taverns"], row=PIN),
    "PresetSheet": lambda at: PresetSheet(at.host, Blueprint()),
    "ReportSheet": lambda at: ReportSheet(at.ctx, at.host),
    "RestoreDialog": _restore,
    "SentSheet": _sent,
    "SettingsDialog": lambda at: SettingsDialog(at.host, at.ctx.settings, at.ctx.commands),
    "SetupSheet": lambda at: SetupSheet(at.host, None, shipped()[0]),
    "SourcesSheet": _sources,
    "StarterSheet": lambda at: StarterSheet(at.host),
    "Viewer": lambda at: Viewer(at.ctx, [MEDIA], 0, at.host),
}
"""How each class of sheet is made."""
QUESTIONS: dict[str, Callable[[Place], Coroutine[Any, Any, object]]] = {
    "ask_clock": lambda at: ask_clock(at.host, None, name="The flood", act=_nothing),
    "ask_front": lambda at: ask_front(at.host, _nothing),
    "ask_scale": lambda at: ask_scale(at.host, "miles", _nothing),
    "ask_text": lambda at: ask.ask_text(at.host, "Rename", label="Name", text="Old"),
    "confirm": lambda at: ask.confirm(at.host, "Delete it for good?", SENTENCE, action="Delete", danger=True),
    "describe": lambda at: describe(at.host, MEDIA, _nothing),
    "tell": lambda at: ask.tell(at.host, "That was it", SENTENCE),
}
"""How each function that opens a sheet of its own is called."""


@pytest.fixture(scope="module")
def read_once() -> None:
    """What ships is read from files once; the window does that beside its loop."""
    for read in (shipped, presets, starters):
        read()


@pytest.fixture
def place(read_once: None, ctx: TestContext, qtbot: QtBot) -> Iterator[Place]:
    """Something to make sheets from, with text at 200 %."""
    ctx.theme.set(text_size=200)
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 600)
    host.show()
    do = ctx.workspace.run_now
    ids = [do(entities.create_entity, kind="npc", name=name).id for name in ("Mirel Vane", "Tam of the Long Mole")]
    do(entities.update_entity, ids[1], {"body": "Runs for Mirel Vane."})
    for key in ("hearthfold", "gregorian"):
        do(calendars.add_preset, key)
    ctx.calendars.set(do(calendars.loaded))
    do(saved_filters.save, "People of the harbour", "kind:npc tag:harbour")
    yield Place(ctx, host, ids)
    ctx.theme.set(text_size=100)


def opened(host: QWidget, qtbot: QtBot) -> QDialog:
    """The dialog that shows."""
    qtbot.waitUntil(lambda: any(d.isVisible() for d in host.findChildren(QDialog)))
    return next(d for d in host.findChildren(QDialog) if d.isVisible())


def check(dialog: QDialog, qtbot: QtBot) -> None:
    """It takes no more than its screen; in the smallest window everything can be brought into sight."""
    qtbot.wait(50)
    room = dialog.screen().availableGeometry()
    assert dialog.height() <= room.height()
    assert dialog.width() <= max(room.width(), WIDE - FRAME[0])
    small = QSize(WIDE - FRAME[0], HIGH - FRAME[1])
    dialog.resize(small)
    qtbot.wait(50)
    assert dialog.size() == small
    assert [found for found in (_out_of_reach(dialog, widget) for widget in _stops(dialog)) if found] == []


def _stops(dialog: QDialog) -> list[QWidget]:
    return [
        widget
        for widget in dialog.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not isinstance(widget, QScrollBar) and not isinstance(widget.parent(), QLineEdit)
    ]


def _out_of_reach(dialog: QDialog, widget: QWidget) -> str:
    """Scroll to a widget and say what of it stays outside."""
    shown, up = QRect(dialog.rect()), widget.parentWidget()
    while up is not None and up is not dialog:
        if isinstance(up, QScrollArea):
            up.ensureWidgetVisible(widget)
            port = up.viewport()
            shown &= QRect(port.mapTo(dialog, QPoint(0, 0)), port.size())
        up = up.parentWidget()
    area = QRect(widget.mapTo(dialog, QPoint(0, 0)), widget.size())
    button = isinstance(widget, QAbstractButton)
    whole = shown.contains(area) if button else shown.intersected(area).height() >= min(area.height(), 24)
    across = shown.left() <= area.left() and area.right() <= shown.right()
    return "" if whole and across else f"{widget.accessibleName()!r} at {area} is not in {shown}"


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_fits_the_smallest_window_at_200_percent(name: str, place: Place, qtbot: QtBot) -> None:
    made = SHEETS[name](place)
    made.open()
    check(made, qtbot)
    made.done(0)
    assert place.ctx.errors == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_fits_the_smallest_window_at_200_percent(
    name: str, place: Place, qtbot: QtBot, loop: Any
) -> None:  # fmt: skip
    asked = loop.create_task(QUESTIONS[name](place))
    dialog = opened(place.host, qtbot)
    check(dialog, qtbot)
    dialog.reject()
    qtbot.waitUntil(asked.done)
    asked.result()


def test_no_sheet_is_left_out_here(root: Path) -> None:
    classes, functions = set(), set()
    for file in (root / "studio" / "ui").rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and {ast.unparse(base) for base in node.bases} & {"Sheet", "QDialog"}:
                classes.add(node.name)
            if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef) and any(
                isinstance(part, ast.Call) and ast.unparse(part.func) == "Sheet" for part in ast.walk(node)
            ):
                functions.add(node.name)
    assert classes - {"Sheet"} == set(SHEETS)
    assert functions == set(QUESTIONS)
