"""No model reads a word of what is marked “never”, whatever links to it. Random worlds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.lens import Lens
from studio.domain.world import Alias, Claim, Entity, Entry, Link, Relation, Statement
from studio.services.context.asked import drafted
from studio.services.context.found import by_words
from studio.services.context.world import Found, Wanted, gather
from tests.support.steps import fresh_project

if TYPE_CHECKING:
    from studio.storage.project import Project

MARK = "zq"


def fill(project: Project, draw: Any) -> list[str]:
    """Some that no model may read, each word of theirs marked; and others that speak of them in every way."""
    word = iter(f"{MARK}{n}x" for n in range(1000))
    with project.commit("test", "fill") as commit:
        hidden = [
            commit.put(
                Entity(
                    kind=draw(st.sampled_from(["npc", "faction", "location"])), name=f"Lord {next(word)}",
                    aliases=(Alias(name=next(word)),), summary=next(word), body=next(word), visibility="party",
                    fields={"role": next(word)}, tags=(next(word),), ai_visibility="never",
                )
            )
            for _ in range(draw(st.integers(1, 3)))
        ]  # fmt: skip
        one = hidden[0]
        told = []
        for n in range(draw(st.integers(1, 4))):
            said = [f"See [[{h.name}]]." for h in hidden] + [f"[[{one.name}|somebody]] knows.", "Plain words."]
            fields: dict[str, Any] = {
                "home": Link(text=one.name, ref=one.id), "allies": [Link(text=h.name, ref=h.id) for h in hidden],
                "leader": Link(text="Plain", ref=None),
            }  # fmt: skip
            stated = {"fields.leader": Statement(speaker=one.id, known_by=(one.id,))}
            told.append(
                commit.put(
                    Entity(
                        kind="npc", name=f"Plain {n}", summary=f"Friend of [[{one.name}]]", visibility="party",
                        body=" ".join(draw(st.permutations(said)) * draw(st.sampled_from([1, 12]))), fields=fields,
                        stated=stated, ai_visibility=draw(st.sampled_from(["auto", "always"])),
                    )
                )
            )  # fmt: skip
        for a in told:
            for h in hidden:
                commit.put(Relation(from_id=a.id, type="ally_of", to_id=h.id, role=next(word), visibility="party"))
                commit.put(Claim(subject_id=a.id, predicate="friend", object_id=h.id, visibility="party"))
            commit.put(Claim(subject_id=a.id, predicate="rumour", value="Plain", speaker=one.id, visibility="party"))
            commit.put(
                Claim(subject_id=a.id, predicate="omen", value=next(word), visibility="party", ai_visibility="never")
            )
        commit.put(Entry(title=next(word), body=next(word), visibility="party", ai_visibility="never"))
        commit.put(Entry(title="Plain log", body=f"[[{one.name}]] came.", visibility="party"))
    return [record.id for record in (*told, *hidden)]


@given(st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_model_reads_a_word_of_what_is_marked_never(data: st.DataObject) -> None:
    with fresh_project() as project:
        refs = fill(project, data.draw)
        for lens in (Lens(), Lens(audience="party"), Lens(as_of=100)):
            hits = by_words(project, "plain lord friend allies omen rumour log", lens=lens)
            made = drafted(project, "Plain?", lens=lens, budget=data.draw(st.integers(200, 6_000)), hits=hits)
            assert MARK not in "".join(m.content for m in made.sealed().messages)
            spans = tuple(("body", at, at + 9) for at in data.draw(st.lists(st.integers(0, 400), max_size=3)))
            found = tuple(Found(ref=ref, spans=spans) for ref in refs)
            told = gather(project, lens, Wanted(asked=tuple((ref, "named") for ref in refs), found=found))
            again = gather(project, lens, Wanted(found=found))
            for piece in (*told.pieces, *again.pieces):
                assert all(MARK not in w.text for w in piece.wordings), piece.name
