"""For every way in which opening a project can fail, the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.ui.session import Session


def way_out(session: Session, path: Path, code: str) -> tuple[str, Callable[[], object] | None]:
    """The button for an error code: its words and what it does; no words where nothing can be done here."""
    if code == "missing":
        return "Remove from the list", lambda: _forget(session, path)
    if code in ("locked", "read_only"):
        return "Open a copy…", lambda: session.start(_copy(session, path))
    if code == "damaged":
        return "Restore a backup…", lambda: session.start(_restore(session, path))
    return "", None


def _forget(session: Session, path: Path) -> None:
    session.window.state.forget(path)
    session.window.start.say("")
    session.window.start.set_recent(session.window.state.recent())


async def _copy(session: Session, path: Path) -> None:
    """Copy the file to where the user says, and open that."""
    import asyncio
    import shutil

    from studio.ui.dialogs import ask

    target = await ask.pick_save(session.window, "Open a copy", suggested=f"{path.stem} copy.ttrpg")
    if target is not None:
        await asyncio.to_thread(shutil.copyfile, path, target)
        await session.open(target)


async def _restore(session: Session, path: Path) -> None:
    """Put the newest verified backup beside the damaged file, and open that."""
    from studio.ui.dialogs.restore import restore_backup

    restored = await restore_backup(session.window, path)
    if restored is not None:
        await session.open(restored)
