"""A pack's hash is a matter of what is in it, and of nothing else."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from studio.domain.context import ContextPack, PackItem

texts = st.text(max_size=20)
items = st.builds(
    PackItem,
    group=st.sampled_from(["system", "retrieved", "turn"]),
    ref=texts,
    name=texts,
    text_hash=texts,
    tokens=st.integers(0, 1000),
    score=st.floats(0, 1),
    n=st.integers(0, 3),
)
packs = st.builds(ContextPack, query=texts, items=st.lists(items, max_size=4).map(tuple), budget=st.integers(0, 9))


@given(packs)
def test_a_pack_is_kept_under_the_hash_of_its_bytes_and_read_back_the_same(pack: ContextPack) -> None:
    sealed = pack.sealed()
    assert hashlib.sha256(sealed.canonical().encode()).hexdigest() == sealed.hash
    assert ContextPack.model_validate_json(sealed.canonical()).sealed() == sealed
    assert sealed.intact


@given(packs, packs)
def test_two_packs_share_a_hash_only_when_they_are_equal(one: ContextPack, other: ContextPack) -> None:
    assert (one.sealed().hash == other.sealed().hash) == (one == other)


@given(packs)
def test_a_pack_that_was_changed_after_it_was_sealed_shows_it(pack: ContextPack) -> None:
    assert not pack.sealed().model_copy(update={"query": pack.query + "x"}).intact
