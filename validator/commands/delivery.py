"""How a command ends: the result to standard output or --output, and what is said beside it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from validator import __version__, streams, walk
from validator.model import Run
from validator.reporters import Options
from validator.settings import Settings


def options_of(asked: Settings) -> Options:
    """How the result is to look."""
    plain = asked.output is not None
    return Options(
        language=asked.language,
        version=__version__,
        color=not plain and streams.colour(),
        width=80 if plain else streams.width(),
        quiet=asked.quiet,
        statistics=asked.statistics,
    )


def deliver(result: str | bytes, asked: Settings, sources: Iterable[walk.Input] = ()) -> None:
    """The result to --output or standard output. Whoever stops listening has heard enough."""
    if asked.output is not None:
        streams.save(result, asked.output, (source.source for source in sources))
        return
    with suppress(streams.Unheard):
        streams.write(result, escape=asked.format == "json")


def tell_empty(run: Run, asked: Settings) -> None:
    """Folders without a report, on standard error where the result that people see does not say it."""
    if asked.format == "text" and asked.output is None:
        return
    for folder in run.empty:
        zh, en = f"{folder}：文件夹里没有找到年度报告", f"{folder}: no annual report in this folder"
        streams.complain(f"nianbao: {zh if asked.language == 'zh' else en}")
