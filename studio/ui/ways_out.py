"""For every way in which opening a project can fail, the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services import backup

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.ui.session import Session


def way_out(session: Session, path: Path, code: str) -> tuple[str, Callable[[], object] | None]:
    """The button for an error code: its words and what it does; no words where nothing can be done here."""
    if code == "missing":
        return "Remove from the list", lambda: _forget(session, path)
    if code in ("locked", "read_only"):
        return "Open a copy", lambda: session.start(_copy(session, path))
    if code == "damaged":
        return "Restore a backup…", lambda: session.start(restore(session, path))
    return "", None


def _forget(session: Session, path: Path) -> None:
    session.window.state.forget(path)
    session.window.start.say("")
    session.window.start.set_recent(session.window.state.recent())


async def _copy(session: Session, path: Path) -> None:
    """Copy the file beside itself, or to where we may write, and open that."""
    import asyncio

    session.open(await asyncio.to_thread(backup.open_copy, path))


async def restore(session: Session, path: Path) -> None:
    """Choose a verified backup; it takes the file's place, which is kept under another name, and is opened."""
    from studio.ui.dialogs.restore import choose_backup

    chosen = await choose_backup(session.window, path)
    if chosen is None:
        return
    import asyncio

    await session.close()
    try:
        restored = await asyncio.to_thread(backup.restore, path, backup=chosen)
        session.window.shell.toast(f"Restored from {restored.backup.name}; the old file is kept beside it.")
    finally:
        session.open(path)


async def back_up(session: Session) -> None:
    """Make a backup now and verify it, unless the newest one is of this very state."""
    if session.ctx is not None:
        made = await backup.before(session.ctx.workspace, "manual")
        words = f"Backed up and verified: {made.path.name}" if made else "The newest backup is of this very state."
        session.window.shell.toast(words)
