"""Proof that this installation works: its window paints, the main job runs, the engine's index and graph answer."""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.errors import StudioError
from studio.domain.record import Frozen
from studio.services.processes import offscreen, run_own

if TYPE_CHECKING:
    from collections.abc import Callable

WINDOW_TIMEOUT = 90.0
ENGINE_TIMEOUT = 120.0


class Outcome(Frozen):
    """One proof: what was tried, whether it worked, and in words how."""

    name: str
    ok: bool
    detail: str
    seconds: float


def run_selftest(*, tell: Callable[[Outcome], object] = lambda _: None) -> list[Outcome]:
    """Try everything; one failure doesn't keep the others from being tried."""
    found = []
    for name, proof in (("window", _window), ("chain", _chain), ("index", _index), ("graph", _graph)):
        start = time.perf_counter()
        ok, detail = _tried(proof)
        found.append(Outcome(name=name, ok=ok, detail=detail, seconds=round(time.perf_counter() - start, 2)))
        tell(found[-1])
    return found


def _tried(proof: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, proof()
    except subprocess.TimeoutExpired as late:
        return False, f"nothing after {late.timeout:.0f} s"
    except StudioError as error:
        return False, error.sentence
    except Exception as error:  # noqa: BLE001 -- a self-test reports whatever goes wrong
        return False, f"{type(error).__name__}: {error}"


def _window() -> str:
    """The real window, in a process and a home of its own, up to its first paint."""
    with tempfile.TemporaryDirectory(prefix="ttrpg-selftest-", ignore_cleanup_errors=True) as home:
        env = {**offscreen(), "TTRPG_STUDIO_EXIT_AFTER_PAINT": "1", "TTRPG_STUDIO_HOME": home}
        done = run_own(["open"], env=env, timeout=WINDOW_TIMEOUT)
    if done.returncode:
        raise StudioError(f"The window ended with code {done.returncode}: {_last_line(done.stderr)}")
    return "painted"


def _chain() -> str:
    """The main job on the sample."""
    from studio.services.demo import run_demo

    with tempfile.TemporaryDirectory(prefix="ttrpg-selftest-", ignore_cleanup_errors=True) as folder:
        done = run_demo(Path(folder) / "Selftest.ttrpg")
    if not done.saved:
        raise StudioError("The sample's answer gave nothing to save.")
    return f"{len(done.saved)} things saved in one change, undone and redone"


def _index() -> str:
    """Embedder and LanceDB, where the application runs them: in the engine."""
    found = _ask_engine("selftest.index")
    if found.get("found") != found.get("asked"):
        raise StudioError("The index found another row than the one asked for.")
    return f"LanceDB {found.get('version')}: {found.get('rows')} texts embedded, found by words and by meaning"


def _graph() -> str:
    """The library that places a graph, in the engine too."""
    start = [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]
    found = _ask_engine("graph.layout", start=start, edges=[[0, 1], [1, 2]], box=[0.1, 0.1])
    places = found["places"]
    if not isinstance(places, list) or len({tuple(place) for place in places}) != len(start):
        raise StudioError("The nodes of a graph were put on one another.")
    return f"{len(start)} nodes placed apart"


def _ask_engine(method: str, **params: object) -> dict[str, object]:
    from studio.engine.client import EngineClient

    async def ask() -> dict[str, object]:
        engine = EngineClient()
        try:
            async with asyncio.timeout(ENGINE_TIMEOUT):
                return await engine.call(method, **params)
        finally:
            await engine.aclose()

    return asyncio.run(ask())


def _last_line(text: str) -> str:
    return next((line for line in reversed(text.strip().splitlines()) if line.strip()), "it said nothing")[:300]
