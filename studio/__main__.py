"""The command line: the window or a headless command, importing only the half that was asked for."""

import gc
import sys

_FILES = (".ttrpg", ".ttrpgpack")


def wants_window(argv: list[str]) -> bool:
    """True for no arguments, `open …`, and what a desktop hands over: a project file or a deep link."""
    if not argv:
        return True
    first = argv[0]
    return first == "open" or first.startswith("ttrpgstudio:") or first.lower().endswith(_FILES)


def _wants_module(argv: list[str]) -> bool:
    """A child process of the frozen application, started as `sys.executable -m studio.…` like from a checkout."""
    return bool(getattr(sys, "frozen", False)) and argv[:1] == ["-m"] and "".join(argv[1:2]).startswith("studio.")


def _run_module(argv: list[str]) -> int:
    import runpy

    sys.argv = argv[1:]
    runpy.run_module(argv[1], run_name="__main__", alter_sys=True)
    return 0


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused with a sentence on stderr, 2 usage."""
    args = list(sys.argv[1:] if argv is None else argv)
    if _wants_module(args):
        return _run_module(args)
    if wants_window(args):
        gc.disable()  # until the window pins collection to the main thread; it would only slow the first paint
        from studio.app import main as window

        return window(args[1:] if args[:1] == ["open"] else args)
    from studio.cli import main as headless

    return headless(["selftest", *args[1:]] if args[0] == "--selftest" else args)


if __name__ == "__main__":
    sys.exit(main())
