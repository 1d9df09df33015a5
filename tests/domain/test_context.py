"""A pack's hash is a matter of what is in it, and of nothing else."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from studio.domain.commit import canonical_json, content_hash
from studio.domain.context import GROUPS, ContextPack, PackItem

texts = st.text(max_size=20)
items = st.builds(
    PackItem,
    group=st.just("turn"),
    ref=texts,
    name=texts,
    text_hash=texts,
    tokens=st.integers(0, 1000),
    score=st.floats(0, 1),
    n=st.integers(0, 3),
)
groups = st.sampled_from(list(GROUPS)).flatmap(lambda group: items.map(lambda i: i.model_copy(update={"group": group})))
packs = st.builds(
    ContextPack,
    query=texts,
    items=st.lists(groups, max_size=8).map(
        lambda found: tuple(sorted(found, key=lambda i: list(GROUPS).index(i.group)))
    ),
    budget=st.integers(0, 9),
)


@given(packs)
def test_a_pack_is_kept_under_the_hash_of_its_bytes_and_read_back_the_same(pack: ContextPack) -> None:
    sealed = pack.sealed()
    assert hashlib.sha256(sealed.canonical().encode()).hexdigest() == sealed.hash
    pages = {digest: canonical_json(page) for digest, page in sealed.pages()}
    assert ContextPack.read(sealed.canonical(), pages.__getitem__) == sealed
    assert sealed.intact


@given(packs, packs)
def test_two_packs_share_a_hash_only_when_they_are_equal(one: ContextPack, other: ContextPack) -> None:
    assert (one.sealed().hash == other.sealed().hash) == (one == other)


@given(packs)
def test_a_pack_that_was_changed_after_it_was_sealed_shows_it(pack: ContextPack) -> None:
    assert not pack.sealed().model_copy(update={"query": pack.query + "x"}).intact


def test_packs_of_a_growing_conversation_share_their_pages() -> None:
    said = [PackItem(group="conversation", ref=str(n), text_hash=content_hash(n), tokens=5) for n in range(200)]
    earlier = ContextPack(items=tuple(said[:190])).pages()
    later = ContextPack(items=tuple(said[7:])).pages()
    assert len({digest for digest, _ in later} - {digest for digest, _ in earlier}) <= 3
    assert len(later) > 8
