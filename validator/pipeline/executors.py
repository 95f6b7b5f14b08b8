"""Who does the work, and for how much work it is worth asking others: this process, processes beside it, a cluster."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Any, Protocol

from validator.model import Book
from validator.pipeline.inputs import Piece
from validator.pipeline.run import Means, Order
from validator.pipeline.worker import Packet, packet

#: What a file costs against a short text (some 20 ms), by its suffix; and the bytes that cost as much as such a text again.
_DEAR = {".pdf": 3.0, ".docx": 2.0, ".doc": 60.0, ".wps": 60.0, ".rtf": 60.0, ".odt": 60.0}  # the last are converted by LibreOffice
_BYTES = {".pdf": 150_000, ".docx": 100_000, ".html": 60_000, ".htm": 60_000}
_TEXT_BYTES = 16_000
#: Work that is worth starting processes for (to start them takes half a second), and what a process is given at once.
WORTH, CHUNK = 50.0, 8.0


class Hands(Protocol):
    """Those who do the work: processes of this machine, or of a cluster."""

    window: int  # chunks that may be given before the first is taken

    def give(self, pieces: tuple[Piece, ...]) -> Any:
        """Files to work on; what is given back is asked for their results."""

    def taken(self, given: Any) -> tuple[Packet, ...] | None:
        """The results, waited for; None where a worker died before they were there."""

    def alone(self, piece: Piece) -> Packet | None:
        """One file while nothing else is worked on; None where the worker dies of it."""

    def able(self) -> bool:
        """Whether there can be workers at all."""

    def close(self) -> None:
        """All is done."""

    def abandon(self) -> None:
        """Stop at once."""


class Own:
    """This process: what is given is worked on when it is asked for."""

    window = 1

    def __init__(self, book: Book, order: Order) -> None:
        self._book, self._order = book, order

    def give(self, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """As it is."""
        return pieces

    def taken(self, given: tuple[Piece, ...]) -> tuple[Packet, ...]:
        """Worked on now."""
        return tuple(packet(piece, self._book, self._order) for piece in given)

    def alone(self, piece: Piece) -> Packet:
        """Never asked."""
        return packet(piece, self._book, self._order)

    def able(self) -> bool:
        """This process is there."""
        return True

    def close(self) -> None:
        """Nothing to end."""

    abandon = close


def cost(piece: Piece) -> float:
    """About what a file costs, a short text being 1."""
    if not isinstance(piece.data, bytes):
        return 0.1
    suffix = PurePath(piece.path).suffix.lower()
    return _DEAR.get(suffix, 1.0) + len(piece.data) // _BYTES.get(suffix, _TEXT_BYTES)


def hired(order: Order, means: Means) -> Hands | None:
    """Who does the work; None where this system lets nobody else."""
    if means.scheduler:
        from validator.pipeline.dask_cluster import Cluster

        return Cluster(order, means.scheduler)
    from validator.pipeline.process_pool import Pool

    try:
        return Pool(order, means.jobs or processors())
    except (OSError, ImportError, NotImplementedError):  # no semaphores, no /dev/shm
        return None


def processors() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
