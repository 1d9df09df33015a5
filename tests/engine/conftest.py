"""One engine process for the tests of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.engine.client import EngineClient
from tests.support.provider import ScriptedProvider

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def engine() -> Iterator[EngineClient]:
    """A running engine; its loops come and go with the tests."""
    client = EngineClient()
    yield client
    client.shutdown()


@pytest.fixture
def provider() -> Iterator[ScriptedProvider]:
    """The scripted provider, fresh."""
    with ScriptedProvider() as scripted:
        yield scripted
