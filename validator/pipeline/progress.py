"""How far a run is, on a terminal's standard error: a bar that is gone when the run is over."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

from validator.messages import say
from validator.model import Language
from validator.pipeline.run import InputResult

#: Seconds after which somebody wants to know.
PATIENCE = 0.5


def watched(done: Iterable[InputResult], total: int, *, language: Language, quiet: bool) -> Iterator[InputResult]:
    """The same, shown while it goes on where somebody can see it."""
    if quiet or total < 2 or not _seen():
        yield from done
    else:
        yield from _shown(iter(done), total, language)


def _seen() -> bool:
    try:
        return sys.stderr.isatty()
    except (AttributeError, ValueError):  # pythonw has no standard error, or it is closed
        return False


def _shown(done: Iterator[InputResult], total: int, language: Language) -> Iterator[InputResult]:
    begin, count = time.monotonic(), 0
    for item in done:
        yield item
        count += 1
        if time.monotonic() - begin > PATIENCE:
            break
    if count == total:
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("pipeline.progress", language), total=total, completed=count)
        for item in done:
            yield item
            bar.advance(task)
