"""Images of an entry: dropped, pasted or chosen, put in order and taken off by key, undone, decoded off the window."""

import base64
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.imagefile import sniff
from studio.domain.world import Entity, Entry
from studio.services import history
from studio.services.world import entries, media
from studio.ui.context import StudioContext
from studio.ui.images import decode
from studio.ui.images.viewer import Viewer
from studio.ui.world import EntryPanel
from studio.ui.world.note import NoteView
from studio.ui.world.page import EntityView
from tests.support.images import png, png_bomb
from tests.ui.world.conftest import RecordingShell

Made = dict[str, Any]
RED, BLUE = png(colour=(255, 0, 0)), png(40, 10, colour=(0, 0, 255))


def opened(entry: EntryPanel, record_id: str, qtbot: QtBot) -> EntityView:
    entry.show_record(record_id)
    qtbot.waitUntil(lambda: entry.record_id == record_id)
    assert isinstance(entry.view, EntityView)
    return entry.view


def hung(ctx: StudioContext, record_id: str) -> tuple[str, ...]:
    return ctx.workspace.run_now(lambda p: p.get(Entity, record_id)).images


def files(tmp_path: Path, **found: bytes) -> QMimeData:
    mime = QMimeData()
    for name, data in found.items():
        (tmp_path / f"{name}.png").write_bytes(data)
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / f"{name}.png")) for name in found])
    return mime


def drop(entry: EntryPanel, mime: QMimeData) -> bool:
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(entry, QDragEnterEvent(QPointF(9, 9).toPoint(), copy, mime, left, none))
    event = QDropEvent(QPointF(9, 9), copy, mime, left, none)
    event.setAccepted(False)
    QApplication.sendEvent(entry, event)
    return event.isAccepted()


def test_dropped_files_hang_on_the_entry_in_one_commit(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot, tmp_path: Path, do: Callable[..., Any]
) -> None:
    view = opened(entry, made["Port Ash"], qtbot)
    assert drop(entry, files(tmp_path, harbour=RED, map=BLUE))
    qtbot.waitUntil(lambda: view.images.list.count() == 2)
    assert [one.name for one in view.images.images] == ["harbour", "map"]
    spoken = view.images.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "harbour, image 1 of 2, cover"
    do(history.undo)
    qtbot.waitUntil(lambda: view.images.list.count() == 0)
    assert not view.images.empty.isHidden()


def test_what_is_no_image_stays_the_windows(made: Made, entry: EntryPanel, qtbot: QtBot, tmp_path: Path) -> None:
    opened(entry, made["Port Ash"], qtbot)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "world.ttrpg"))])
    assert not drop(entry, mime)


def test_a_bad_file_is_a_sentence_and_changes_nothing(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(entry, made["Port Ash"], qtbot)
    messages: list[str] = ctx.messages  # pyright: ignore[reportAttributeAccessIssue]
    drop(entry, files(tmp_path, fake=b"#!/bin/sh"))
    qtbot.waitUntil(lambda: any("isn't an image" in said for said in messages))
    assert hung(ctx, made["Port Ash"]) == ()


def test_a_picture_on_the_clipboard_is_pasted_with_a_key(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot, shell: RecordingShell
) -> None:
    view = opened(entry, made["Port Ash"], qtbot)
    picture = QImage(30, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(picture)
    ctx.commands.run("entry.paste_image")
    qtbot.waitUntil(lambda: view.images.list.count() == 1)
    kept = ctx.workspace.run_now(media.image, hung(ctx, made["Port Ash"])[0])
    assert (kept.width, kept.height, kept.media_type) == (30, 20, "image/png")
    QGuiApplication.clipboard().setText("only words")
    view.images.list.setFocus()
    qtbot.keyClick(view.images.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "no image on the clipboard" in shell.toasts[-1]


def test_order_and_removal_by_key(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot, do: Callable[..., Any]
) -> None:
    red, blue = do(media.attach_new, made["Port Ash"], [("red", RED), ("blue", BLUE)]).images
    view = opened(entry, made["Port Ash"], qtbot)
    qtbot.waitUntil(lambda: view.images.list.count() == 2)
    row = view.images.list
    row.setFocus()
    row.setCurrentRow(0)
    qtbot.keyClick(row, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: hung(ctx, made["Port Ash"]) == (blue, red))
    qtbot.waitUntil(lambda: row.item(1).data(Qt.ItemDataRole.UserRole) == red)
    assert row.current_hash() == red
    qtbot.keyClick(row, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: hung(ctx, made["Port Ash"]) == (blue,))


def test_pixels_are_decoded_in_a_thread_and_kept(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot, do: Callable[..., Any], monkeypatch: Any
) -> None:
    threads: list[int] = []
    real = decode.decode

    def spied(data: bytes, *, side: int = 0) -> QImage:
        threads.append(threading.get_ident())
        return real(data, side=side)

    monkeypatch.setattr("studio.ui.images.store.decode", spied)
    (red,) = do(media.attach_new, made["Port Ash"], [("red", png(600, 300))]).images
    with qtbot.waitSignal(ctx.pictures.loaded):
        assert ctx.pictures.small(red, 96) is None
    assert threads != [threading.get_ident()]
    small = ctx.pictures.small(red, 96)
    assert small is not None
    assert (small.width(), small.height()) == (96, 48)
    assert len(threads) == 1
    ctx.lens.set(audience="party")
    with qtbot.waitSignal(ctx.pictures.loaded):
        assert ctx.pictures.small(red, 96) is None
    assert ctx.pictures.is_broken(red)


def test_a_bomb_that_came_in_by_another_way_is_not_decoded() -> None:
    with pytest.raises(Exception, match="pixels"):
        decode.decode(png_bomb(20_000, 6_000))


def test_damaged_pixels_are_a_sentence() -> None:
    with pytest.raises(Exception, match="damaged"):
        decode.decode(png(40, 40)[:60])


def test_the_text_shows_images_of_the_project_and_no_others(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot, do: Callable[..., Any], tmp_path: Path
) -> None:
    red = do(media.add_image, png(200, 100), name="red").hash
    outside = tmp_path / "outside.png"
    outside.write_bytes(RED)
    body = f"![A flag](media:{red})\n\n![x]({outside.as_uri()})\n\n![y](http://127.0.0.1:9/y.png)"
    note = do(entries.create_entry, title="Handout", body=body, mode="handout")
    entry.show_record(note.id)
    qtbot.waitUntil(lambda: entry.record_id == note.id)
    assert isinstance(entry.view, NoteView)
    text = entry.view.text
    text.toggle_preview()
    drawn = lambda: text.view.toHtml().count("<img")  # noqa: E731
    qtbot.waitUntil(lambda: drawn() == 1)
    assert f'src="media:{red}"' in text.view.toHtml()


def test_an_image_dropped_on_a_note_is_shown_where_the_cursor_is(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot, do: Callable[..., Any], tmp_path: Path
) -> None:
    note = do(entries.create_entry, title="Letter", body="Dear Tam,", mode="handout")
    entry.show_record(note.id)
    qtbot.waitUntil(lambda: entry.record_id == note.id)
    drop(entry, files(tmp_path, seal=RED))
    stored = lambda: ctx.workspace.run_now(lambda p: p.get(Entry, note.id)).body  # noqa: E731
    qtbot.waitUntil(lambda: "![seal](media:" in stored(), timeout=3000)


def test_the_viewer_goes_on_zooms_and_fits_by_key(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot, do: Callable[..., Any]
) -> None:
    do(media.attach_new, made["Port Ash"], [("red", png(3000, 2000)), ("blue", BLUE)])
    view = opened(entry, made["Port Ash"], qtbot)
    qtbot.waitUntil(lambda: view.images.list.count() == 2)
    view.images.list.setFocus()
    view.images.list.setCurrentRow(0)
    qtbot.keyClick(view.images.list, Qt.Key.Key_Return)
    viewer = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Viewer))
    qtbot.waitUntil(lambda: viewer.canvas.has_image)
    assert viewer.canvas.accessibleName() == "red, image 1 of 2"
    assert viewer.canvas.zoom < 1
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_1)
    assert viewer.percent.text() == "100 %"
    at = viewer.canvas.centre.x()
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_Right)
    assert viewer.canvas.centre.x() > at
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_0)
    assert viewer.canvas.is_fitted
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: viewer.media.name == "blue" and viewer.canvas.has_image)
    assert viewer.canvas.zoom == 1.0
    viewer.reject()


def test_a_real_map_image_is_sniffed_and_decoded_as_it_says(shared: Path) -> None:
    sample = shared / "samples" / "maps" / "oganm-dungeondraft" / "test.dd2vtt"
    if not sample.exists():
        pytest.skip("the sample maps aren't here")
    data = base64.b64decode(json.loads(sample.read_text("utf-8"))["image"])
    assert sniff(data) == ("image/png", 1280, 1280)
    levels = decode.halves(decode.decode(data))
    assert [level.width() for level in levels] == [1280, 640, 320]
