"""The command that brings the search index of a project up to date."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from studio.cli.output import plural
from studio.cli.projects import opened

if TYPE_CHECKING:
    from argparse import Namespace

    from studio.cli.output import Output
    from studio.services.retrieval.indexing import Progress

EVERY = 2.0
"""Seconds between two lines of progress."""


def reindex(arguments: Namespace, output: Output) -> int:
    """Write what the index lacks, and embed it."""
    from studio.services.reindexing import reindex as run

    started = told = time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal told
        if progress.state == "filling" and time.monotonic() - told > EVERY:
            told = time.monotonic()
            output.progress(f"  {progress.vectors} of {progress.total} embedded")

    with opened(arguments.file) as workspace:
        state = run(workspace, rebuild=arguments.rebuild, meaning=not arguments.words_only, changed=tell)
    seconds = round(time.monotonic() - started, 1)
    data = {"texts": state.rows, "vectors": state.vectors, "seconds": seconds, "disk_mb": state.disk_mb}
    words = f"{plural(state.rows, 'text')} found by words, {state.vectors} of them by meaning too, after {seconds} s."
    return output.result(data, words)
