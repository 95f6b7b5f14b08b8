"""Workers on a Dask cluster: they are sent the files' bytes and the options of the run, and open their own book. Needs nianbao[dask]."""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import threading
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from validator.messages import both
from validator.model import Book
from validator.pipeline.inputs import InputFile
from validator.pipeline.run import RefusalError, RunOptions
from validator.pipeline.worker import PackedResult, WorkerAnswer, checked_book, pack_result, program

#: Batches that are submitted ahead for each worker.
BATCHES_AHEAD = 3
_SECONDS_TO_ANSWER = 10  # in which the scheduler must answer and have a worker

# ------------------------------------------------------------------------------------------------ here


class DaskExecutor:
    """The workers of one scheduler."""

    def __init__(self, options: RunOptions, address: str) -> None:
        self._address = address
        self._client = _connect(address)
        self._options, self._program = pickle.dumps(_absolute(options)), program()
        self.window = BATCHES_AHEAD * max(2, len(self._client.nthreads()))
        self._futures: set[Any] = set()

    def submit(self, files: tuple[InputFile, ...]) -> Any:
        """These files to one of the workers."""
        with self._one_sentence():
            future = self._client.submit(check_batch, self._options, self._program, files, pure=False)
        self._futures.add(future)
        return future

    def results(self, future: Any) -> tuple[PackedResult, ...] | None:
        """What came of files given; None where workers died of them, or beside them. Raises RefusalError."""
        from distributed.scheduler import KilledWorker

        try:
            with self._one_sentence():
                answer: WorkerAnswer = future.result()
        except KilledWorker:
            return None
        finally:
            self._futures.discard(future)
        if isinstance(answer, dict):
            raise RefusalError(answer)
        return answer

    def run_alone(self, file: InputFile) -> PackedResult | None:
        """One file while nothing else is worked on; None where every worker that tries it dies."""
        results = self.results(self.submit((file,)))
        return results[0] if results else None

    def is_available(self) -> bool:
        """There are workers, else it would not have come so far."""
        return True

    def close(self) -> None:
        """Leave the cluster to others."""
        with contextlib.suppress(Exception):
            self._client.close(timeout=_SECONDS_TO_ANSWER)

    def abort(self) -> None:
        """Take back what was not done."""
        with contextlib.suppress(Exception):
            self._client.cancel(list(self._futures))
        self.close()

    @contextlib.contextmanager
    def _one_sentence(self) -> Iterator[None]:
        """Troubles of the cluster in one sentence."""
        from asyncio import CancelledError

        from distributed.scheduler import KilledWorker

        try:
            yield
        except (KilledWorker, RefusalError):
            raise
        except ImportError:
            raise RefusalError(both("pipeline.dask.not-installed")) from None
        except (Exception, CancelledError) as trouble:  # whatever the cluster's own code raises
            raise _lost(self._address, trouble) from None


def _connect(address: str) -> Any:
    """A client of the scheduler. Raises RefusalError."""
    try:
        from distributed import Client
    except ImportError:
        raise RefusalError(both("pipeline.dask.missing")) from None
    for name in [name for name in logging.root.manager.loggerDict if name.split(".")[0] in ("distributed", "tornado", "asyncio")]:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what goes wrong is said here, in one sentence
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions that differ are found out by what matters: the rules and the program
            client = Client(address, timeout=_SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as trouble:
        raise RefusalError(both("pipeline.dask.not-reached", address=address, reason=_short(trouble))) from None
    try:
        client.wait_for_workers(1, timeout=_SECONDS_TO_ANSWER)
    except (OSError, TimeoutError):
        client.close(timeout=_SECONDS_TO_ANSWER)
        raise RefusalError(both("pipeline.dask.no-worker", address=address)) from None
    return client


def _lost(address: str, trouble: BaseException) -> RefusalError:
    return RefusalError(both("pipeline.dask.failed", address=address, reason=_short(trouble)))


def _short(trouble: BaseException) -> str:
    return (str(trouble) or type(trouble).__name__).replace("\n", " ")[:120]


def _absolute(options: RunOptions) -> RunOptions:
    """The options with folders that mean the same wherever a worker was started."""
    pack = os.path.abspath(options.pack) if options.pack and os.path.isdir(options.pack) else options.pack
    return replace(options, packs=tuple(os.path.abspath(folder) for folder in options.packs), pack=pack)


# ------------------------------------------------------------------------------------------------ in the worker

_LOCK = threading.Lock()  # a worker may have threads; the program works on one file at a time
_BOOKS = 4  # of the runs that were asked last


def check_batch(pickled: bytes, wanted: str, files: tuple[InputFile, ...]) -> WorkerAnswer:
    """The files checked one after the other; a text where this worker cannot. `wanted`: the program that sent the options."""
    with _LOCK:
        try:
            if program() != wanted:
                raise RefusalError(both("pipeline.dask.not-installed"))
            options, book = _load_options(pickled)
        except RefusalError as refusal:
            return dict(refusal.text)
        return tuple(pack_result(file, book, options) for file in files)


@lru_cache(maxsize=_BOOKS)
def _load_options(pickled: bytes) -> tuple[RunOptions, Book]:
    options: RunOptions = pickle.loads(pickled)
    return options, checked_book(options)
