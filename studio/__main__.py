"""The command line: the window or a headless command, importing only the half that was asked for."""

import sys

_FILES = (".ttrpg", ".ttrpgpack")


def wants_window(argv: list[str]) -> bool:
    """True for no arguments, `open …`, and what a desktop hands over: a project file or a deep link."""
    if not argv:
        return True
    first = argv[0]
    return first == "open" or first.startswith("ttrpgstudio:") or first.lower().endswith(_FILES)


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused with a sentence on stderr, 2 usage."""
    args = list(sys.argv[1:] if argv is None else argv)
    if wants_window(args):
        from studio.app import main as window

        return window(args[1:] if args[:1] == ["open"] else args)
    from studio.cli import main as headless

    return headless(args)


if __name__ == "__main__":
    sys.exit(main())
