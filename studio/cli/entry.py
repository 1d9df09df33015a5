"""The door of the headless commands: reads the arguments, runs one command, and turns every refusal into a sentence."""

from __future__ import annotations

import logging
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from studio.cli.output import DONE, REFUSED, USAGE, Output, refuse, unicode_streams
from studio.cli.usage import parser

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    Command = Callable[[Namespace, Output], int]


def main(argv: list[str]) -> int:
    """Run one command; gives its exit code: 0 done, 1 refused with a sentence on stderr, 2 usage."""
    unicode_streams()
    logging.getLogger("studio").addHandler(logging.NullHandler())  # stderr is for sentences
    try:
        arguments = parser().parse_args(argv)
    except SystemExit as stop:
        return DONE if not stop.code else USAGE
    output = Output(as_json=getattr(arguments, "json", False))
    module, _, name = arguments.run.partition(":")
    command: Command = getattr(import_module(f"studio.cli.{module}"), name)
    return _guarded(command, arguments, output)


def _guarded(command: Command, arguments: Namespace, output: Output) -> int:
    from studio.domain.errors import StudioError

    try:
        return command(arguments, output)
    except StudioError as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return refuse("Stopped.")
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 -- Python flushes it at exit
        return REFUSED
    except OSError as error:
        return refuse(f"The system said no: {error.strerror or error} ({error.filename or 'no file named'}).")
    except Exception as error:  # noqa: BLE001 -- the last stop: a bug of ours must not end in a traceback
        return _our_bug(error, arguments.command)


def _our_bug(error: Exception, command: str) -> int:
    from studio.observability.crash import CrashLog
    from studio.services.folders import log_dir

    path = CrashLog(log_dir()).write(error, f"command {command}")
    where = f" The report is in {path}." if path else ""
    return refuse(
        f"Something went wrong inside TTRPG Studio ({type(error).__name__}). Nothing half-done was saved.{where}"
    )
