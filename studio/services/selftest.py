"""Proof that this installation works: its window paints, the main job runs, the engine answers, a world is checked."""

from __future__ import annotations

import asyncio
import json
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.domain.errors import StudioError
from studio.domain.record import Frozen
from studio.services.processes import offscreen, run_own

if TYPE_CHECKING:
    from collections.abc import Callable

WINDOW_TIMEOUT = 90.0
ENGINE_TIMEOUT = 120.0
COMMAND_TIMEOUT = 120.0
MEANING = "Which clergyman worries that his deity is no longer asleep?"
WORLD = {
    "format": "ttrpg-world", "version": 1, "name": "Selftest",
    "entities": [
        {"key": "priest", "kind": "npc", "name": "Quill", "summary": "A priest who fears that his god has woken."},
        {"key": "smith", "kind": "npc", "name": "Ada Voss", "summary": "She forges swords of cold iron.",
         "fields": {"birth": "752", "death": "790"}},
        {"key": "feast", "kind": "event", "name": "The Late Feast", "summary": "Three days of wine and fireworks.",
         "fields": {"start": "812"}},
    ],
    "relations": [{"from": "smith", "type": "participated_in", "to": "feast"}],
}  # fmt: skip
"""A world with one fault, a guest who is twenty-two years dead, and one whom a question of other words leads to."""


class Outcome(Frozen):
    """One proof: what was tried, whether it worked, and in words how."""

    name: str
    ok: bool
    detail: str
    seconds: float


def run_selftest(*, tell: Callable[[Outcome], object] = lambda _: None) -> list[Outcome]:
    """Try everything; one failure doesn't keep the others from being tried."""
    found = []
    proofs = {"window": _window, "chain": _chain, "index": _index, "graph": _graph, "world": _world}
    for name, proof in proofs.items():
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
    if {found.get("words"), found.get("meaning")} != {found.get("asked")}:
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


def _world() -> str:
    """A world imported, asked by meaning and checked, through the commands that users have."""
    with tempfile.TemporaryDirectory(prefix="ttrpg-selftest-", ignore_cleanup_errors=True) as folder:
        file, world = Path(folder, "Selftest.ttrpg"), Path(folder, "world.json")
        world.write_text(json.dumps(WORLD), encoding="utf-8")
        _command(folder, "new", str(file), "--name", "Selftest")
        _command(folder, "import", str(file), str(world))
        hits = _command(folder, "search", str(file), MEANING, "--json")["hits"]
        faults = _command(folder, "check", str(file), "--json", finds=True)["findings"]
    meant = [hit["name"] for hit in hits if any(why["how"] == "meaning" for why in hit["why"])]
    if meant[:1] != ["Quill"]:
        raise StudioError("A question did not find by meaning whom it was about.")
    if [fault["type"] for fault in faults] != ["posthumous"]:
        raise StudioError("The check of a world did not find its one fault.")
    return "one found by meaning, one fault found by the check"


def _command(home: str, *arguments: str, finds: bool = False) -> Any:
    """What one of our own commands gives, in a home of its own; JSON where that was asked for.

    One that `finds` something refuses, as `check` does: it is to be heard all the same.
    """
    done = run_own(arguments, env={"TTRPG_STUDIO_HOME": home}, timeout=COMMAND_TIMEOUT)
    if done.returncode and not (finds and done.stdout):
        raise StudioError(f"The command {arguments[0]} ended with code {done.returncode}: {_last_line(done.stderr)}")
    return json.loads(done.stdout) if "--json" in arguments else None


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
