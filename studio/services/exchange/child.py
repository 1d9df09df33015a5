"""Reading files in a process of its own: `python -m studio.services.exchange.child SPOOL PATH`.

Whatever a hostile file does to the reader, it does it there: memory has a limit, the process can be killed, and what
comes back is a pickle that may hold nothing but the shapes of this package.
"""

from __future__ import annotations

import logging
import pickle
import sys
from pathlib import Path

MEMORY, SPACE = 1000 << 20, 3 << 30
"""Bytes that reading may fill, and bytes of address space, libraries included."""


def main(argv: list[str]) -> int:
    """Read one file and write what came of it to stdout: `("read", parsed)` or `("refused", sentence, code)`."""
    out = sys.stdout.buffer
    sys.stdout = sys.stderr
    _limit_memory()
    from studio.services.exchange.material import Spool

    Spool.home = Path(argv[0])
    out.write(pickle.dumps(_read(Path(argv[1])), protocol=5))
    out.flush()
    return 0


def _read(path: Path) -> tuple[object, ...]:
    from studio.domain.errors import ImportRefused
    from studio.services.exchange import formats

    try:
        return "read", formats.parse(path)
    except ImportRefused as refusal:
        return "refused", str(refusal), refusal.code
    except (MemoryError, RecursionError):
        return (
            "refused",
            f"“{path.name}” needs more memory to be read than it may have. It wasn't imported.",
            "too_large",
        )
    except Exception:
        logging.exception("reading failed")
        return "refused", f"“{path.name}” can't be read. It may be damaged; the log says where.", "import_refused"


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: only the counts and sizes of the readers hold there
        return
    for what, most in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_AS, SPACE)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
