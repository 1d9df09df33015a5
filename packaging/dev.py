#!/usr/bin/env python3
"""One door for developers: `python3 packaging/dev.py setup|run|test|check|bench|build`, from a bare machine too."""

import sys

OLDEST, NEWEST = (3, 11), (3, 13)
USAGE = """usage: python3 packaging/dev.py COMMAND [ARGUMENTS]

  setup           make .venv ready: system libraries, locked dependencies, the project itself
  run [ARGS]      open the app; without a display do its main job on the sample and say what was saved
  test [ARGS]     checks, then the whole suite; with ARGS only pytest, with these arguments
  check           ruff, types and import rules alone
  bench [ARGS]    the measurements of tests/bench
  build           the application folder in build/dist, tested by its own --selftest
"""


def main(argv: list[str]) -> int:
    """Do one command; returns its exit code."""
    if sys.version_info < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        print(f"TTRPG Studio needs Python {wanted} or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    from devtools import commands

    known = commands.COMMANDS
    if not argv or argv[0] not in known:
        asked_for_help = argv[:1] in ([], ["-h"], ["--help"], ["help"])
        print(USAGE, end="", file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else 2
    try:
        return known[argv[0]](argv[1:])
    except commands.Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
