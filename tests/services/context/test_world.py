"""Which part of a world goes into a pack: for whom, as of when, and what models may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.chat import Message, Part, Thread
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.world import Entity
from studio.services.context.asked import drafted
from studio.services.context.found import by_words
from studio.services.context.world import Established, Found, Wanted, gather
from tests.services.context.conftest import put

if TYPE_CHECKING:
    from studio.services.context.prompt import Prompt
    from studio.services.workspace import Workspace
    from studio.storage.project import Project

PARTY = Lens(audience="party")


def pack(project: Project, words: str, lens: Lens = OPEN_EYES, established: Established = "draft") -> Prompt:
    hits = by_words(project, words, lens=lens)
    return drafted(project, words, lens=lens, budget=4000, hits=hits, established=established).sealed()


def read(prompt: Prompt) -> str:
    return "\n".join(m.content for m in prompt.messages)


def names(prompt: Prompt) -> list[str]:
    return [i.name for i in prompt.pack.items if i.ref]


def test_what_was_found_comes_with_its_neighbours_after_it(workspace: Workspace, world: dict[str, Any]) -> None:
    told = workspace.run_now(gather, OPEN_EYES, Wanted(found=(Found(ref=world["veyra"].id, score=0.9),)))
    assert [(p.name, p.weight) for p in told.pieces] == [
        ("Tone", "asked"), ("House Veyra", "ranked"), ("Salt Road", "near"), ("Orla Veyra", "near"),
    ]  # fmt: skip
    assert [p.reason for p in told.pieces[2:]] == [
        "neighbour: trades with, House Veyra", "neighbour: leader, House Veyra"
    ]  # fmt: skip
    assert len(told.pieces[-1].wordings) == 1


def test_what_is_marked_never_leaves_no_word_in_anybodys_text(workspace: Workspace, world: dict[str, Any]) -> None:
    made = workspace.run_now(pack, "Veyra and the Ninth, hidden from machines?")
    texts = read(made).rpartition("</sources>")[0]
    assert "Ninth" not in texts
    assert "Hidden" not in texts
    assert "Salt traders with …." in texts
    assert ("The Ninth", "marked “never” for models") in [(t.name, t.why) for t in made.pack.trimmed]


def test_what_is_marked_always_is_there_whatever_is_asked(workspace: Workspace, world: dict[str, Any]) -> None:
    [creed] = [i for i in workspace.run_now(pack, "Weather?").pack.items if i.ref]
    assert (creed.name, creed.group, creed.n, creed.reason) == ("Tone", "primer", 1, "marked “always”")


def test_a_draft_is_said_to_be_one_and_can_be_kept_out(workspace: Workspace, world: dict[str, Any]) -> None:
    made = workspace.run_now(pack, "Where is the Salt Road?")
    assert "### Salt Road (location)\nNot established yet: a draft." in read(made)
    assert "Salt Road" not in names(workspace.run_now(pack, "Where is the Salt Road?", established="reviewed"))
    only_canon = names(workspace.run_now(pack, "Veyra session salt", established="canon"))
    assert "House Veyra" in only_canon
    assert "Session one" not in only_canon


def test_the_party_reads_no_secret_block_and_the_game_master_does(workspace: Workspace, world: dict[str, Any]) -> None:
    assert "burned the mill" in read(workspace.run_now(pack, "Veyra"))
    assert "burned the mill" not in read(workspace.run_now(pack, "Veyra", PARTY))
    assert "Their ledger is long." in read(workspace.run_now(pack, "Veyra", PARTY))


def test_what_the_audience_may_not_know_is_not_even_named_as_left_out(
    workspace: Workspace, world: dict[str, Any]
) -> None:
    [mole] = workspace.run_now(put, Entity(kind="npc", name="The Mole"))
    wanted = Wanted(asked=((mole.id, "named"),), found=(Found(ref=mole.id),), left_out=frozenset({mole.id}))
    told = workspace.run_now(gather, PARTY, wanted)
    assert "Mole" not in told.model_dump_json()
    assert mole.id not in told.model_dump_json()


def test_as_of_a_day_what_came_later_is_not_there(workspace: Workspace, world: dict[str, Any]) -> None:
    late: dict[str, Any] = {"founded": {"year": 900}}
    workspace.run_now(put, Entity(kind="faction", name="Veyra Guard", fields=late))
    assert "Veyra Guard" in names(workspace.run_now(pack, "Veyra"))
    assert "Veyra Guard" not in names(workspace.run_now(pack, "Veyra", Lens(as_of=500 * 365)))


def test_another_chat_is_told_as_talk_and_never_to_players_or_the_past(
    workspace: Workspace, world: dict[str, Any]
) -> None:
    [talk] = workspace.run_now(put, Thread(title="Old"))
    said = Message(thread_id=talk.id, role="user", parts=(Part(text="The lantern is a trap."),))
    workspace.run_now(put, said)
    made = read(workspace.run_now(pack, "Is the lantern safe?"))
    assert "### The game master said in another chat (not established)\nThe lantern is a trap." in made
    for lens in (PARTY, Lens(as_of=10)):
        assert "a trap" not in read(workspace.run_now(pack, "Is the lantern safe?", lens))


def test_a_hit_on_a_relation_brings_those_whom_it_relates(workspace: Workspace, world: dict[str, Any]) -> None:
    [tie] = workspace.run_now(
        lambda p: [r[0] for r in p.sql.execute("SELECT id FROM relation WHERE type = 'trades_with'")]
    )
    told = workspace.run_now(gather, OPEN_EYES, Wanted(found=(Found(ref=tie, score=0.5),)))
    assert [p.name for p in told.pieces if p.weight == "ranked"] == ["House Veyra", "Salt Road"]


def test_the_same_world_and_question_give_the_same_hash_and_a_change_another(
    workspace: Workspace, world: dict[str, Any]
) -> None:
    first = workspace.run_now(pack, "Veyra").pack
    assert workspace.run_now(pack, "Veyra").pack == first
    workspace.run_now(put, world["veyra"].model_copy(update={"summary": "Pirates."}))
    changed = workspace.run_now(pack, "Veyra")
    assert changed.pack.hash != first.hash
    assert "Pirates." in read(changed)
