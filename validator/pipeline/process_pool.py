"""Worker processes of this machine. One that dies costs the file it died of and nothing else; Ctrl-C leaves none behind."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import util
from typing import TYPE_CHECKING

from validator import __version__
from validator.base.programs import safe_path
from validator.model import Book
from validator.pipeline.inputs import Piece
from validator.pipeline.run import Order, RefusalError, limits_of
from validator.pipeline.time_limit import limit_memory
from validator.pipeline.worker import Packet, WorkerAnswer, checked_book, packet

if TYPE_CHECKING:
    from types import FrameType

#: Chunks that each process may have before it: the next is there when one is done.
AHEAD = 3
_SECONDS = 2.0  # that a process told to end may take for it

# ------------------------------------------------------------------------------------------------ here


class Pool:
    """A process pool that is made anew when one of its processes dies. Raises OSError and the like where there can be none."""

    def __init__(self, order: Order, jobs: int) -> None:
        self.jobs = min(jobs, 61 if os.name == "nt" else jobs)  # Windows waits for no more
        self.window = AHEAD * self.jobs
        self._order = pickle.dumps(order)
        self._before = set(multiprocessing.active_children())
        with _deaf():
            self._many: ProcessPoolExecutor | None = self._made(self.jobs)
        self._single: ProcessPoolExecutor | None = None

    def give(self, pieces: tuple[Piece, ...]) -> Future[WorkerAnswer]:
        """These files to whichever process is free."""
        with _deaf():  # what is started now is not ended by Ctrl-C in the middle of starting, but by this process
            for _ in range(3):
                self._many = self._many or self._made(self.jobs)
                try:
                    return self._many.submit(chunk, pieces)
                except (BrokenExecutor, OSError):  # a process that dies while it is started breaks the pipe to it
                    self._broken()
        failed: Future[WorkerAnswer] = Future()
        failed.set_exception(BrokenExecutor())
        return failed

    def taken(self, future: Future[WorkerAnswer]) -> tuple[Packet, ...] | None:
        """What came of files given; None where a process died before they were done. Raises RefusalError."""
        try:
            return _answered(future.result())
        except BrokenExecutor:
            self._broken()
            return None

    def alone(self, piece: Piece) -> Packet | None:
        """One file in a process that has nothing else to do; None where it dies."""
        try:
            with _deaf():
                self._single = self._single or self._made(1)
                future = self._single.submit(chunk, (piece,))
            return _answered(future.result())[0]
        except (BrokenExecutor, OSError):
            self._broken()
            return None

    def able(self) -> bool:
        """Whether processes can be started here at all: not in a script that does not keep its own lines from them."""
        try:
            with _deaf():
                self._single = self._single or self._made(1)
                future = self._single.submit(_nothing)
            return future.result() is None
        except (BrokenExecutor, OSError):
            self._broken()
            return False

    def close(self) -> None:
        """No more work: the processes end by themselves."""
        for executor in (self._many, self._single):
            if executor is not None:
                executor.shutdown()  # waited for: at the end of the program the executor might wake a thread that has just gone

    def abandon(self) -> None:
        """End the processes now, and those that they started."""
        with _deaf():
            self._end()
            for executor in (self._many, self._single):
                if executor is not None:
                    executor.shutdown(cancel_futures=True)

    def _broken(self) -> None:
        """A process died: the others of its executor end too, also one that the executor was just starting and forgets to end."""
        with _deaf():
            self._end()
        self._many = self._single = None

    def _end(self) -> None:
        """End all processes of this pool."""
        left = set(multiprocessing.active_children()) - self._before
        for process in left:
            process.terminate()
        for process in left:
            process.join(_SECONDS)
            if process.is_alive():
                process.kill()

    def _made(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # the same everywhere, and safe beside libraries with threads of their own
        return ProcessPoolExecutor(max_workers=jobs, mp_context=context, initializer=begin, initargs=(self._order,))


def _answered(answer: WorkerAnswer) -> tuple[Packet, ...]:
    if isinstance(answer, dict):
        raise RefusalError(answer)
    return answer


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl-C and SIGTERM wait until this is over; processes started meanwhile import nothing of the working folder."""
    if threading.current_thread() is not threading.main_thread():
        with safe_path():
            yield
        return
    heard: list[int] = []
    before = {each: signal.signal(each, lambda signum, frame: heard.append(signum)) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        with safe_path(), _blocked():
            yield
    finally:
        for each, handler in before.items():
            signal.signal(each, signal.SIG_DFL if handler is None else handler)  # None: not set by Python
    for number in dict.fromkeys(heard):
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, None)
        elif handler is signal.SIG_DFL:
            signal.raise_signal(number)


@contextlib.contextmanager
def _blocked() -> Iterator[None]:
    """The signal of Ctrl-C blocked, which processes that are started inherit until they have begun."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # when it is started it lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ------------------------------------------------------------------------------------------------ in the worker

_SIGNALS = {signal.SIGINT, signal.SIGTERM}
_order = b""  # whom this worker works for
_done, _busy = 0, False


def begin(order: bytes) -> None:
    """A worker's first step. Ctrl-C is for the process that it works for, whose end is its own end too."""
    global _order
    _order = order
    gc.set_threshold(50_000, 20, 100)  # as in the command
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, _ignore)  # a function, so that programs started from here hear it
        signal.signal(signal.SIGTERM, _leave)
    if hasattr(signal, "pthread_sigmask"):  # signals are for the thread that works: the other has them blocked when it is started
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    threading.Thread(target=_follow, daemon=True).start()
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    util.Finalize(None, os._exit, args=(0,), exitpriority=-1000)  # to clear away a heap that ends anyway takes a tenth of a second


def chunk(pieces: tuple[Piece, ...]) -> WorkerAnswer:
    """The files checked one after the other; a text where this worker cannot."""
    global _busy, _done
    _busy = True
    try:
        order, book = _opened(_order)
        packets = tuple(packet(piece, book, order) for piece in pieces)
        _done += 1
        if _done & (_done - 1) == 0:  # after the first, second, fourth …: most expressions are met in the first reports
            _keep(order)
        return packets
    except RefusalError as refusal:
        return dict(refusal.text)
    except SystemExit:
        os._exit(0)
    finally:
        _busy = False


def _nothing() -> None:
    return


@lru_cache(maxsize=1)
def _opened(given: bytes) -> tuple[Order, Book]:
    from validator.base import cache_folder, regex_cache

    order: Order = pickle.loads(given)
    limit_memory(limits_of(order).memory)
    if order.cache:
        regex_cache.bring(cache_folder.load(regex_cache.place(__version__)))
    book = checked_book(order)
    gc.freeze()  # the book stays: it need not be looked through for what could be freed
    return order, book


def _keep(order: Order) -> None:
    """The expressions compiled here, for later runs."""
    from validator.base import cache_folder, regex_cache

    if regex_cache.store.fresh and order.cache:
        regex_cache.store.fresh = False
        cache_folder.save(regex_cache.place(__version__), regex_cache.store.held)


def _ignore(signum: int, frame: FrameType | None) -> None:
    return


def _leave(signum: int, frame: FrameType | None) -> None:
    """End. Programs that read a file meanwhile are ended on the way out, if that does not take long."""
    if not _busy:
        os._exit(0)  # the executor's own code would hold an exception for a result
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # told twice, it would be interrupted in ending them
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, _SECONDS)
    raise SystemExit(0)


def _follow() -> None:
    """End with the process that this one works for, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
