"""Workers on a Dask cluster: they are sent the files' bytes and the order, and open their own book. Needs nianbao[dask]."""

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
from validator.pipeline.inputs import Piece
from validator.pipeline.run import Order, RefusalError
from validator.pipeline.worker import Packet, WorkerAnswer, checked_book, packet, program

#: Chunks that each worker may have before it.
AHEAD = 3
_SECONDS = 10  # in which the scheduler must answer and have a worker

# ------------------------------------------------------------------------------------------------ here


class Cluster:
    """The workers of one scheduler."""

    def __init__(self, order: Order, address: str) -> None:
        self._address = address
        self._client = _connected(address)
        self._order, self._program = pickle.dumps(_absolute(order)), program()
        self.window = AHEAD * max(2, len(self._client.nthreads()))
        self._given: set[Any] = set()

    def give(self, pieces: tuple[Piece, ...]) -> Any:
        """These files to one of the workers."""
        with self._clear():
            future = self._client.submit(remote, self._order, self._program, pieces, pure=False)
        self._given.add(future)
        return future

    def taken(self, future: Any) -> tuple[Packet, ...] | None:
        """What came of files given; None where workers died of them, or beside them. Raises RefusalError."""
        from distributed.scheduler import KilledWorker

        try:
            with self._clear():
                answer: WorkerAnswer = future.result()
        except KilledWorker:
            return None
        finally:
            self._given.discard(future)
        if isinstance(answer, dict):
            raise RefusalError(answer)
        return answer

    def alone(self, piece: Piece) -> Packet | None:
        """One file while nothing else is worked on; None where every worker that tries it dies."""
        taken = self.taken(self.give((piece,)))
        return taken[0] if taken else None

    def able(self) -> bool:
        """There are workers, else it would not have come so far."""
        return True

    def close(self) -> None:
        """Leave the cluster to others."""
        with contextlib.suppress(Exception):
            self._client.close(timeout=_SECONDS)

    def abandon(self) -> None:
        """Take back what was not done."""
        with contextlib.suppress(Exception):
            self._client.cancel(list(self._given))
        self.close()

    @contextlib.contextmanager
    def _clear(self) -> Iterator[None]:
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


def _connected(address: str) -> Any:
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
            client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as trouble:
        raise RefusalError(both("pipeline.dask.not-reached", address=address, reason=_short(trouble))) from None
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except (OSError, TimeoutError):
        client.close(timeout=_SECONDS)
        raise RefusalError(both("pipeline.dask.no-worker", address=address)) from None
    return client


def _lost(address: str, trouble: BaseException) -> RefusalError:
    return RefusalError(both("pipeline.dask.failed", address=address, reason=_short(trouble)))


def _short(trouble: BaseException) -> str:
    return (str(trouble) or type(trouble).__name__).replace("\n", " ")[:120]


def _absolute(order: Order) -> Order:
    """The order with folders that mean the same wherever a worker was started."""
    pack = os.path.abspath(order.pack) if order.pack and os.path.isdir(order.pack) else order.pack
    return replace(order, packs=tuple(os.path.abspath(folder) for folder in order.packs), pack=pack)


# ------------------------------------------------------------------------------------------------ in the worker

_LOCK = threading.Lock()  # a worker may have threads; the program works on one file at a time
_BOOKS = 4  # of the orders that were asked last


def remote(order: bytes, wanted: str, pieces: tuple[Piece, ...]) -> WorkerAnswer:
    """The files checked one after the other; a text where this worker cannot. `wanted`: the program that gave the order."""
    with _LOCK:
        try:
            if program() != wanted:
                raise RefusalError(both("pipeline.dask.not-installed"))
            told, book = _opened(order)
        except RefusalError as refusal:
            return dict(refusal.text)
        return tuple(packet(piece, book, told) for piece in pieces)


@lru_cache(maxsize=_BOOKS)
def _opened(order: bytes) -> tuple[Order, Book]:
    told: Order = pickle.loads(order)
    return told, checked_book(told)
