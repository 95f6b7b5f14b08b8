"""Who checks the files: this process, processes beside it, a Dask cluster; and for how much work it is worth starting others."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Any, Protocol

from validator.model import Book
from validator.pipeline.inputs import InputFile
from validator.pipeline.run import RunOptions, Workers
from validator.pipeline.worker import PackedResult, pack_result

# Costs are in units of one short text, about 20 ms.
#: Workers are started above this cost: to start them takes half a second.
MIN_COST = 50.0
#: Files are submitted in batches of about this cost.
BATCH_COST = 8.0
#: What a file costs by its suffix, whatever its size; those at 60 are converted by LibreOffice.
_SUFFIX_COST = {".pdf": 3.0, ".docx": 2.0, ".doc": 60.0, ".wps": 60.0, ".rtf": 60.0, ".odt": 60.0}
#: Bytes that cost one unit more.
_BYTES_PER_UNIT = {".pdf": 150_000, ".docx": 100_000, ".html": 60_000, ".htm": 60_000}
_TEXT_BYTES_PER_UNIT = 16_000


class Executor(Protocol):
    """Who checks files."""

    window: int  # batches that may be submitted before the first is asked for

    def submit(self, files: tuple[InputFile, ...]) -> Any:
        """Give it a batch; what comes back is the ticket for its results."""

    def results(self, ticket: Any) -> tuple[PackedResult, ...] | None:
        """The results of a batch, waited for; None where a worker died before they were there."""

    def run_alone(self, file: InputFile) -> PackedResult | None:
        """One file while nothing else is worked on; None where the worker dies of it."""

    def is_available(self) -> bool:
        """Whether there can be workers at all."""

    def close(self) -> None:
        """All is done."""

    def abort(self) -> None:
        """Stop at once."""


class SerialExecutor:
    """This process: a batch is checked when its results are asked for."""

    window = 1

    def __init__(self, book: Book, options: RunOptions) -> None:
        self._book, self._options = book, options

    def submit(self, files: tuple[InputFile, ...]) -> tuple[InputFile, ...]:
        """The batch is its own ticket."""
        return files

    def results(self, ticket: tuple[InputFile, ...]) -> tuple[PackedResult, ...]:
        """Checked now."""
        return tuple(self.run_alone(file) for file in ticket)

    def run_alone(self, file: InputFile) -> PackedResult:
        """One file."""
        return pack_result(file, self._book, self._options)

    def is_available(self) -> bool:
        """This process is there."""
        return True

    def close(self) -> None:
        """Nothing to end."""

    abort = close


def cost_of(file: InputFile) -> float:
    """About what it costs to check a file."""
    if not isinstance(file.data, bytes):
        return 0.1
    suffix = PurePath(file.path).suffix.lower()
    return _SUFFIX_COST.get(suffix, 1.0) + len(file.data) // _BYTES_PER_UNIT.get(suffix, _TEXT_BYTES_PER_UNIT)


def start_executor(options: RunOptions, workers: Workers) -> Executor | None:
    """The workers that are asked for; None where this system allows no processes. Raises RefusalError where a cluster cannot be reached."""
    if workers.scheduler:
        from validator.pipeline.dask_cluster import DaskExecutor

        return DaskExecutor(options, workers.scheduler)
    from validator.pipeline.process_pool import ProcessExecutor

    try:
        return ProcessExecutor(options, workers.jobs or processors())
    except (OSError, ImportError, NotImplementedError):  # no semaphores, no /dev/shm
        return None


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
