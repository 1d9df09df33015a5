"""Frames: what goes in comes out, what is broken is noticed."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.protocol import (
    FROM_ENGINE,
    MAX_FRAME,
    TO_ENGINE,
    Bye,
    Call,
    Cancel,
    Done,
    Failed,
    Failure,
    Hello,
    Item,
    ProtocolError,
    encode,
    read_frame,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.integers(1, 2**31), st.text(min_size=1), st.dictionaries(st.text(), JSON, max_size=4))
def test_every_frame_comes_back_as_it_was_sent(number: int, method: str, data: dict[str, object]) -> None:
    sent = [Call(id=number, method=method, params=data), Cancel(id=number), Bye()]
    back = [Hello(version=1, pid=number), Item(id=number, data=data), Done(id=number, data=data)]
    back.append(Failed(id=number, failure=Failure(code="cut", detail=method, retry_after=1.5)))
    pipe = io.BytesIO(b"".join(map(encode, [*sent, *back])))
    assert [TO_ENGINE.validate_json(read_frame(pipe) or b"") for _ in sent] == sent
    assert [FROM_ENGINE.validate_json(read_frame(pipe) or b"") for _ in back] == back
    assert read_frame(pipe) is None


def test_a_frame_that_ends_early_reads_as_a_closed_pipe() -> None:
    data = encode(Bye())
    for length in range(len(data)):
        assert read_frame(io.BytesIO(data[:length])) is None


def test_a_frame_that_is_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(ProtocolError):
        read_frame(io.BytesIO((MAX_FRAME + 1).to_bytes(4, "big")))


def test_a_key_does_not_show_when_a_call_is_printed() -> None:
    assert "sk-secret" not in repr(Call(id=1, method="chat", params={"api_key": "sk-secret"}))
