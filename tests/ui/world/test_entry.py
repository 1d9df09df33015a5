"""The Entry dock: what is typed is stored, what changes elsewhere comes in, everything by keyboard."""

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.record import Authorship, Provenance
from studio.domain.world import Entity, Entry, Link
from studio.services import history
from studio.services.world import entities, entries, pages, relations, trash
from studio.ui.context import StudioContext
from studio.ui.world import EntryPanel
from studio.ui.world.fields import FieldRow, LineField, LongField
from studio.ui.world.note import NoteView
from studio.ui.world.page import EntityView
from studio.ui.world.picker import LinkField, LinksField
from tests.ui.world.conftest import RecordingShell

Do = Callable[..., Any]
Made = dict[str, Any]


def opened(entry: EntryPanel, record_id: str, qtbot: QtBot) -> EntityView:
    entry.show_record(record_id)
    qtbot.waitUntil(lambda: entry.record_id == record_id)
    assert isinstance(entry.view, EntityView)
    return entry.view


def stored(ctx: StudioContext, record_id: str) -> Entity:
    return ctx.workspace.run_now(lambda p: p.get(Entity, record_id))


def row(view: EntityView, path: str) -> FieldRow:
    found = view.row(path)
    assert found is not None
    return found


def commits(ctx: StudioContext) -> int:
    return ctx.workspace.run_now(lambda p: p.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0])


def test_the_page_shows_filled_fields_in_the_kinds_order(made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    view = opened(entry, made["House Veyra"], qtbot)
    assert view.head.name.text() == "House Veyra"
    assert [view._wanted_paths()[n] for n in (0, 1)] == ["fields.private_agenda", "fields.leader"]
    assert row(view, "fields.private_agenda").editor.accessibleDescription() == "Only the game master sees this"
    assert view.relations.list.count() == 1


def test_typing_is_a_draft_at_once_and_a_commit_a_second_later(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot
) -> None:
    view = opened(entry, made["Tam"], qtbot)
    before = commits(ctx)
    view.text.edit.setFocus()
    view.text.edit.moveCursor(view.text.edit.textCursor().MoveOperation.End)
    qtbot.keyClicks(view.text.edit, " Fast.")
    assert entry.has_pending()
    draft = lambda: ctx.workspace.run_now(lambda p: p.scratch_get(pages.draft_key(made["Tam"])))  # noqa: E731
    qtbot.waitUntil(lambda: bool(draft()), timeout=600)
    assert json.loads(draft())["body"].endswith(" Fast.")
    assert commits(ctx) == before
    qtbot.waitUntil(lambda: commits(ctx) == before + 1, timeout=3000)
    assert stored(ctx, made["Tam"]).body.endswith("Mirel Vane. Fast.")
    assert draft() == ""
    assert view.text.edit.textCursor().atEnd()


def test_leaving_a_field_commits_at_once(ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    view = opened(entry, made["Mirel Vane"], qtbot)
    role = row(view, "fields.role").editor
    assert isinstance(role, LineField)
    role.setFocus()
    role.selectAll()
    qtbot.keyClicks(role, "Admiral")
    qtbot.keyClick(role, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(ctx, made["Mirel Vane"]).fields["role"] == "Admiral", timeout=800)


def test_undo_comes_into_the_open_page_and_the_cursor_stays(
    ctx: StudioContext, made: Made, entry: EntryPanel, do: Do, qtbot: QtBot
) -> None:
    view = opened(entry, made["Tam"], qtbot)
    do(entities.update_entity, made["Tam"], {"body": "New start. Runs for [[House Veyra]] and Mirel Vane.",
                                             "fields.role": "Runner"})  # fmt: skip
    qtbot.waitUntil(lambda: view.text.text().startswith("New start."))
    qtbot.waitUntil(lambda: view.row("fields.role") is not None)
    cursor = view.text.edit.textCursor()
    cursor.setPosition(len("New start. Runs for"))
    view.text.edit.setTextCursor(cursor)
    do(history.undo)
    qtbot.waitUntil(lambda: view.text.text().startswith("Runs for"))
    assert view.text.edit.textCursor().position() == len("Runs for")
    assert view.row("fields.role") is None
    do(history.redo)
    qtbot.waitUntil(lambda: view.row("fields.role") is not None)


def test_what_is_being_typed_is_not_overwritten_from_elsewhere(
    made: Made, entry: EntryPanel, do: Do, ctx: StudioContext, qtbot: QtBot
) -> None:
    view = opened(entry, made["Tam"], qtbot)
    qtbot.keyClicks(view.summary, "Half a thou")
    do(entities.update_entity, made["Tam"], {"summary": "From elsewhere", "tags": ["x"]})
    qtbot.waitUntil(lambda: view.tags.tags() == ["x"])
    assert view.summary.text() == "Half a thou"
    qtbot.waitUntil(lambda: stored(ctx, made["Tam"]).summary == "Half a thou", timeout=3000)


def test_the_name_is_committed_when_it_is_left_not_while_typed(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot
) -> None:
    view = opened(entry, made["House Veyra"], qtbot)
    view.head.name.setFocus()
    view.head.name.selectAll()
    qtbot.keyClicks(view.head.name, "House Ash")
    qtbot.wait(1200)
    assert stored(ctx, made["House Veyra"]).name == "House Veyra"
    qtbot.keyClick(view.head.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(ctx, made["House Veyra"]).name == "House Ash")
    assert "[[House Ash]]" in stored(ctx, made["Tam"]).body
    qtbot.waitUntil(lambda: view.entity.name == "House Ash")
    assert "stays as another name" in entry.ctx.shell.toasts[-1]  # pyright: ignore[reportAttributeAccessIssue]
    view.head.name.clear()
    qtbot.keyClick(view.head.name, Qt.Key.Key_Return)
    assert view.head.name.text() == "House Ash"


def test_a_field_is_added_by_a_few_letters(ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    view = opened(entry, made["Mirel Vane"], qtbot)
    ctx.commands.run("entry.add_field")
    assert view.popup.isVisible()
    qtbot.keyClicks(view.popup.line, "secr")
    assert view.popup.offers()[0].startswith("Secret")
    qtbot.keyClick(view.popup.line, Qt.Key.Key_Return)
    secret = row(view, "fields.secret").editor
    assert isinstance(secret, LongField)
    qtbot.keyClicks(secret, "Owes the sea.")
    qtbot.waitUntil(lambda: stored(ctx, made["Mirel Vane"]).fields.get("secret") == "Owes the sea.", timeout=3000)
    view.open_fields()
    qtbot.keyClicks(view.popup.line, "Omen")
    qtbot.keyClick(view.popup.line, Qt.Key.Key_Return)
    omen = row(view, "custom.omen").editor
    qtbot.keyClicks(omen, "Gulls")
    qtbot.waitUntil(lambda: stored(ctx, made["Mirel Vane"]).custom == {"omen": "Gulls"}, timeout=3000)


def test_a_field_that_shows_is_gone_to_and_not_made_twice(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot
) -> None:
    view = opened(entry, made["Mirel Vane"], qtbot)
    for typed in ("Role", "rol"):
        view.open_fields()
        qtbot.keyClicks(view.popup.line, typed)
        there = next(n for n, words in enumerate(view.popup.offers()) if words == "Role   shown already")
        assert there == 0 or typed == "rol"
        view.popup.list.setCurrentRow(there)
        qtbot.keyClick(view.popup.line, Qt.Key.Key_Return)
        assert row(view, "fields.role").editor.hasFocus()
        assert view.row("custom.role") is None
    view.add_field("custom.dark_omen")
    view.open_fields()
    qtbot.keyClicks(view.popup.line, "Dark omen")
    assert view.popup.offers() == ["dark omen   shown already"]
    view.popup.close_up()


def test_an_emptied_field_goes_away(ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    view = opened(entry, made["Mirel Vane"], qtbot)
    role = row(view, "fields.role").editor
    assert isinstance(role, LineField)
    role.setFocus()
    role.selectAll()
    qtbot.keyClick(role, Qt.Key.Key_Delete)
    view.text.edit.setFocus()
    qtbot.waitUntil(lambda: "role" not in stored(ctx, made["Mirel Vane"]).fields)
    qtbot.waitUntil(lambda: view.row("fields.role") is None)


def pick(line: QLineEdit, typed: str, offer: int, qtbot: QtBot) -> None:
    """Type into a name picker and take an offer by key."""
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, typed)
    completer = line.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    for _ in range(offer + 1):
        qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)


def test_a_link_is_picked_by_key_and_brings_its_relation(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot
) -> None:
    view = opened(entry, made["House Veyra"], qtbot)
    leader = row(view, "fields.leader").editor
    assert isinstance(leader, LinkField)
    pick(leader.line, "tam", 0, qtbot)
    qtbot.waitUntil(lambda: stored(ctx, made["House Veyra"]).fields["leader"] == Link(text="Tam", ref=made["Tam"]))
    rows = ctx.workspace.run_now(relations.relations_of, made["House Veyra"])
    assert [(r.label, r.other_name) for r in rows] == [("led by", "Tam")]


def test_what_is_not_there_yet_is_made_and_linked_in_one_commit(
    ctx: StudioContext, made: Made, entry: EntryPanel, shell: RecordingShell, qtbot: QtBot
) -> None:
    view = opened(entry, made["House Veyra"], qtbot)
    view.add_field("fields.territory")
    territory = row(view, "fields.territory").editor
    assert isinstance(territory, LinksField)
    before = commits(ctx)
    pick(territory.line, "Gull Stair", 0, qtbot)
    qtbot.waitUntil(lambda: "territory" in stored(ctx, made["House Veyra"]).fields)
    assert commits(ctx) == before + 1
    value = stored(ctx, made["House Veyra"]).fields["territory"]
    assert isinstance(value, list)
    assert isinstance(value[0], Link)
    assert stored(ctx, value[0].ref or "").kind == "location"
    qtbot.waitUntil(lambda: [link.text for link in territory.read()] == ["Gull Stair"])
    assert shell.toasts == ["Made “Gull Stair” and linked it."]


def test_relations_are_added_read_from_both_ends_and_removed(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot
) -> None:
    view = opened(entry, made["Tam"], qtbot)
    view.relations.type.set_value("member_of")
    view.relations.target.setText("House Veyra")
    qtbot.keyClick(view.relations.target, Qt.Key.Key_Return)
    rows = lambda of: [(r.label, r.other_name) for r in ctx.workspace.run_now(relations.relations_of, made[of])]  # noqa: E731
    qtbot.waitUntil(lambda: rows("Tam") == [("member of", "House Veyra")])
    assert ("has member", "Tam") in rows("House Veyra")
    qtbot.waitUntil(lambda: view.relations.list.count() == 1)
    relation = ctx.workspace.run_now(relations.relations_of, made["Tam"])[0]
    view.relations.remove_wanted.emit(relation.id)
    qtbot.waitUntil(lambda: rows("Tam") == [])


def test_an_unusual_relation_says_so(made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    view = opened(entry, made["Port Ash"], qtbot)
    view.relations.type.setEditText("sings to")
    view.relations._picked(made["Tam"], "Tam", "npc")
    assert "your own" in view.relations.warning.text()


def test_an_unlinked_mention_becomes_a_link_with_one_click(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot
) -> None:
    opened(entry, made["Mirel Vane"], qtbot)
    ctx.commands.run("entry.link_all")
    qtbot.waitUntil(lambda: "[[Mirel Vane]]" in stored(ctx, made["Tam"]).body)


def test_a_mark_leads_to_the_message_and_span(
    ctx: StudioContext, made: Made, entry: EntryPanel, shell: RecordingShell, do: Do, qtbot: QtBot
) -> None:
    mark = Provenance(
        source="chat", ref_id="m1", span=(4, 9), quote="smith", confidence=0.9, authorship=Authorship.AI_GENERATED
    )
    do(entities.update_entity, made["Tam"], {"fields.role": "Smith"}, prov={"fields.role": (mark,)})
    view = opened(entry, made["Tam"], qtbot)
    origin = row(view, "fields.role")._origin
    assert origin is not None
    assert origin.toolTip() == "From the chat, 90 %: “smith”"
    shell.on_navigate = None
    origin.click()
    assert shell.navigated[-1] == ("m1", (4, 9), "message")
    view.sources.set_open(True)
    role = row(view, "fields.role").editor
    qtbot.keyClicks(role, " of Ash")
    qtbot.waitUntil(lambda: "Edited by hand since" in (getattr(row(view, "fields.role")._origin, "toolTip", str)()),
                    timeout=3000)  # fmt: skip


def test_history_shows_differences_and_restores(
    ctx: StudioContext, made: Made, entry: EntryPanel, do: Do, qtbot: QtBot
) -> None:
    do(entities.update_entity, made["Mirel Vane"], {"fields.role": "Pirate"})
    view = opened(entry, made["Mirel Vane"], qtbot)
    view.history.set_open(True)
    qtbot.waitUntil(lambda: view.history.list.count() == 2)
    first = ctx.workspace.run_now(history.of_record, made["Mirel Vane"])[-1][0]
    view.history.restore_wanted.emit(first.id)
    qtbot.waitUntil(lambda: stored(ctx, made["Mirel Vane"]).fields["role"] == "Harbour master")
    qtbot.waitUntil(lambda: view.history.list.count() == 3)


def test_status_audience_and_kind_are_menus(ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    view = opened(entry, made["Tam"], qtbot)
    view.head.changed.emit("status", "canon")
    view.head.changed.emit("visibility", "party")
    qtbot.waitUntil(lambda: stored(ctx, made["Tam"]).visibility == "party")
    qtbot.waitUntil(lambda: view.head.status.accessibleName() == "Status: canon")
    view.head.changed.emit("kind", "creature")
    qtbot.waitUntil(lambda: stored(ctx, made["Tam"]).kind == "creature")


def test_completion_in_the_text_offers_entities(made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    view = opened(entry, made["Tam"], qtbot)
    edit = view.text.edit
    edit.setFocus()
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    qtbot.keyClicks(edit, " [[port")
    assert edit.is_completing
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert view.text.text().endswith("[[Port Ash]]")


def test_preview_shows_the_text_as_it_reads(made: Made, entry: EntryPanel, ctx: StudioContext, qtbot: QtBot) -> None:
    view = opened(entry, made["Tam"], qtbot)
    ctx.commands.run("entry.preview")
    assert view.text.is_previewing
    assert "House Veyra" in view.text.view.toPlainText()
    ctx.commands.run("entry.preview")
    assert not view.text.is_previewing


def test_links_that_lead_nowhere_offer_to_be_made(
    ctx: StudioContext, made: Made, entry: EntryPanel, shell: RecordingShell, qtbot: QtBot
) -> None:
    opened(entry, made["Tam"], qtbot)
    entry.follow_link("Port Ash")
    assert shell.navigated[-1][0] == made["Port Ash"]
    entry.follow_link("Nobody")
    assert shell.toasts[-1] == "“Nobody” isn't in the world yet."
    assert shell.undo is not None
    shell.undo()
    qtbot.waitUntil(lambda: shell.navigated[-1][2] == "npc")


def test_tab_goes_through_the_fields_as_the_eye_does(made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    view = opened(entry, made["House Veyra"], qtbot)
    view.add_field("fields.motto")
    seen: list[QWidget] = []
    view.aliases.line.setFocus()
    here: QWidget | None = view.tags.line
    for _ in range(400):
        assert here is not None
        if here.focusPolicy() & Qt.FocusPolicy.TabFocus and here.isVisibleTo(view):
            seen.append(here)
        here = here.nextInFocusChain()
        if here is view.tags.line:
            break
    order = [seen.index(row(view, f"fields.{f}").editor.focusProxy() or row(view, f"fields.{f}").editor)
             for f in ("private_agenda", "leader", "motto")]  # fmt: skip
    assert order == sorted(order)
    assert order[-1] < seen.index(view.add)


def test_a_trashed_entry_says_so_and_a_purged_one_closes(made: Made, entry: EntryPanel, do: Do, qtbot: QtBot) -> None:
    view = opened(entry, made["Tam"], qtbot)
    do(trash.delete, [made["Tam"]])
    qtbot.waitUntil(lambda: "trash" in view.banner.text())
    assert not view.summary.isEnabled()
    do(trash.restore, [made["Tam"]])
    qtbot.waitUntil(lambda: not view.banner.isVisible())
    do(trash.purge, [made["Tam"]])
    qtbot.waitUntil(lambda: entry.view is None)


def test_a_note_says_when_it_is_for_whom_and_of_whom_it_speaks(
    ctx: StudioContext, made: Made, entry: EntryPanel, do: Do, load_names: Callable[[], None], qtbot: QtBot
) -> None:
    note = do(entries.create_entry, title="Session 1", body="At [[Port Ash]].")
    entry.show_record(note.id)
    qtbot.waitUntil(lambda: isinstance(entry.view, NoteView))
    view = entry.view
    assert isinstance(view, NoteView)
    assert [link.text for link in view.about.read()] == ["Port Ash"]
    now = lambda: ctx.workspace.run_now(lambda p: p.get(Entry, note.id))  # noqa: E731
    before = commits(ctx)
    view.date.line.setFocus()
    qtbot.keyClicks(view.date.line, "spring 812")
    qtbot.keyClick(view.date.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: now().in_world_date is not None)
    for box, value, read in (
        (view.visibility, "party", lambda: now().visibility),
        (view.mode, "log", lambda: now().mode),
        (view.status, "canon", lambda: now().status.value),
    ):
        box.set_value(value)
        box.chosen.emit(value)
        qtbot.waitUntil(lambda read=read, value=value: read() == value)
    view.flashback.click()
    qtbot.waitUntil(lambda: now().flashback)
    view.about.line.picked.emit(made["Tam"], "Tam", "npc")
    qtbot.waitUntil(lambda: now().entity_refs == (made["Port Ash"], made["Tam"]))
    assert commits(ctx) == before + 6
    do(history.undo)
    qtbot.waitUntil(lambda: [link.text for link in view.about.read()] == ["Port Ash"])


def test_a_note_has_a_page_of_its_own(ctx: StudioContext, made: Made, entry: EntryPanel, do: Do, qtbot: QtBot) -> None:
    note = do(entries.create_entry, title="Session 1", body="At [[Port Ash]].")
    entry.show_record(note.id)
    qtbot.waitUntil(lambda: isinstance(entry.view, NoteView))
    assert isinstance(entry.view, NoteView)
    qtbot.keyClicks(entry.view.text.edit, "We met. ")
    qtbot.waitUntil(
        lambda: ctx.workspace.run_now(lambda p: p.get(Entry, note.id)).body.startswith("We met."), timeout=3000
    )


def test_going_to_another_entry_stores_what_was_typed(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot
) -> None:
    view = opened(entry, made["Tam"], qtbot)
    qtbot.keyClicks(view.summary, "Runner")
    opened(entry, made["Port Ash"], qtbot)
    assert stored(ctx, made["Tam"]).summary == "Runner"


def test_the_dock_handles_every_kind_of_entity_and_nothing_else(entry: EntryPanel) -> None:
    assert all(kind in entry.handles for kind in ("npc", "starship", "entry"))
    assert not any(kind in entry.handles for kind in ("message", "recipe", "blueprint", "thread", ""))


def test_everything_that_takes_focus_has_a_name(made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    view = opened(entry, made["House Veyra"], qtbot)
    takes = [w for w in view.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    unnamed = [w for w in takes if not (w.accessibleName() or getattr(w, "text", lambda: "")())]
    assert len(takes) > 12
    assert unnamed == []


def test_an_entry_can_be_open_to_some_players_alone(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot
) -> None:
    run = ctx.workspace.run_now
    heroes = [run(entities.create_entity, kind="npc", name=n, fields={"is_pc": True}) for n in ("Ash", "Bram")]
    view = opened(entry, made["House Veyra"], qtbot)
    qtbot.waitUntil(lambda: [name for _, name in view.head.players] == ["Ash", "Bram"])
    menu = QMenu()
    for hero in heroes:
        menu.clear()
        view.head._audiences(menu)
        next(a for a in menu.actions() if a.text() == hero.name).trigger()
        qtbot.waitUntil(lambda hero=hero: hero.id in stored(ctx, made["House Veyra"]).visibility)
        qtbot.waitUntil(lambda hero=hero: hero.name in view.head.visibility.text())
    assert stored(ctx, made["House Veyra"]).visibility == f"player:{heroes[0].id},{heroes[1].id}"
    assert view.head.visibility.text() == "Ash, Bram"


def test_news_of_a_page_that_was_left_meanwhile_go_nowhere(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot
) -> None:
    opened(entry, made["Mirel Vane"], qtbot)
    ways = ["House Veyra", "Mirel Vane"] * 6
    for turn, name in enumerate(ways):
        task = entry.load(made[name])
        for _ in range(turn):
            QApplication.processEvents()
        news = entry.reload()
        qtbot.waitUntil(lambda task=task, news=news: task.done() and news.done())
    assert ctx.errors == []  # pyright: ignore[reportAttributeAccessIssue]
    assert isinstance(entry.view, EntityView)
    assert entry.view.entity.id == made[ways[-1]]


def test_a_place_in_the_text_is_selected_and_in_sight(
    ctx: StudioContext, made: Made, entry: EntryPanel, do: Do, qtbot: QtBot
) -> None:
    body = "A 🗼 by the sea.\n\n" * 60 + "Tam died here."
    do(entities.update_entity, made["Tam"], {"body": body})
    start = body.index("Tam died")
    entry.resize(420, 500)
    entry.show_record(made["Tam"], (start, start + 8))
    qtbot.waitUntil(lambda: isinstance(entry.view, EntityView) and entry.view.text.edit.textCursor().hasSelection())
    assert isinstance(entry.view, EntityView)
    edit = entry.view.text.edit
    assert edit.textCursor().selectedText() == "Tam died"
    where = edit.viewport().mapTo(entry.view.viewport(), edit.cursorRect().center())
    assert entry.view.viewport().rect().contains(where)
    entry.show_record(made["Tam"], (0, 1))
    qtbot.waitUntil(lambda: edit.textCursor().selectedText() == "A")


def test_what_is_refused_stays_as_typed_and_holds_up_nothing_else(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot
) -> None:
    view = opened(entry, made["Tam"], qtbot)
    saver = entry.saver
    assert saver is not None
    view.head.name.setText("x" * 300)
    view.head.name_left.emit("x" * 300)
    saver.touch("summary", lambda: "A sentinel")
    qtbot.waitUntil(lambda: stored(ctx, made["Tam"]).summary == "A sentinel")
    qtbot.waitUntil(lambda: any("300 letters" in one for one in ctx.messages))  # pyright: ignore[reportAttributeAccessIssue]
    assert (view.head.name.text(), stored(ctx, made["Tam"]).name) == ("x" * 300, "Tam")
    assert saver.is_dirty("name")
    assert not saver.is_dirty()
