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
from validator.pipeline.inputs import InputFile
from validator.pipeline.run import RefusalError, RunOptions, limits_of
from validator.pipeline.time_limit import limit_memory
from validator.pipeline.worker import PackedResult, WorkerAnswer, checked_book, pack_result

if TYPE_CHECKING:
    from types import FrameType

#: Batches that are submitted ahead for each process, so that the next is there when one is done.
BATCHES_AHEAD = 3
_SECONDS_TO_END = 2.0  # that a process told to end may take for it

# ------------------------------------------------------------------------------------------------ here


class ProcessExecutor:
    """A process pool that is made anew when one of its processes dies. Raises OSError and the like where there can be none."""

    def __init__(self, options: RunOptions, jobs: int) -> None:
        self.jobs = min(jobs, 61 if os.name == "nt" else jobs)  # Windows waits for no more
        self.window = BATCHES_AHEAD * self.jobs
        self._options = pickle.dumps(options)
        self._before = set(multiprocessing.active_children())
        with _signals_deferred():
            self._executor: ProcessPoolExecutor | None = self._new_executor(self.jobs)
        self._lone_executor: ProcessPoolExecutor | None = None

    def submit(self, files: tuple[InputFile, ...]) -> Future[WorkerAnswer]:
        """These files to whichever process is free."""
        with _signals_deferred():  # what is started now is not ended by Ctrl-C in the middle of starting, but by this process
            for _ in range(3):
                self._executor = self._executor or self._new_executor(self.jobs)
                try:
                    return self._executor.submit(check_batch, files)
                except (BrokenExecutor, OSError):  # a process that dies while it is started breaks the pipe to it
                    self._discard()
        failed: Future[WorkerAnswer] = Future()
        failed.set_exception(BrokenExecutor())
        return failed

    def results(self, future: Future[WorkerAnswer]) -> tuple[PackedResult, ...] | None:
        """What came of files given; None where a process died before they were done. Raises RefusalError."""
        try:
            return _results_of(future.result())
        except BrokenExecutor:
            self._discard()
            return None

    def run_alone(self, file: InputFile) -> PackedResult | None:
        """One file in a process that has nothing else to do; None where it dies."""
        try:
            with _signals_deferred():
                self._lone_executor = self._lone_executor or self._new_executor(1)
                future = self._lone_executor.submit(check_batch, (file,))
            return _results_of(future.result())[0]
        except (BrokenExecutor, OSError):
            self._discard()
            return None

    def is_available(self) -> bool:
        """Whether processes can be started here at all: not in a script that does not keep its own lines from them."""
        try:
            with _signals_deferred():
                self._lone_executor = self._lone_executor or self._new_executor(1)
                future = self._lone_executor.submit(_do_nothing)
            return future.result() is None
        except (BrokenExecutor, OSError):
            self._discard()
            return False

    def close(self) -> None:
        """No more work: the processes end by themselves."""
        for executor in (self._executor, self._lone_executor):
            if executor is not None:
                executor.shutdown()  # waited for: at the end of the program the executor might wake a thread that has just gone

    def abort(self) -> None:
        """End the processes now, and those that they started."""
        with _signals_deferred():
            self._end()
            for executor in (self._executor, self._lone_executor):
                if executor is not None:
                    executor.shutdown(cancel_futures=True)

    def _discard(self) -> None:
        """A process died: the others of its executor end too, also one that the executor was just starting and forgets to end."""
        with _signals_deferred():
            self._end()
        self._executor = self._lone_executor = None

    def _end(self) -> None:
        """End all processes of this pool."""
        processes = set(multiprocessing.active_children()) - self._before
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(_SECONDS_TO_END)
            if process.is_alive():
                process.kill()

    def _new_executor(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # the same everywhere, and safe beside libraries with threads of their own
        return ProcessPoolExecutor(max_workers=jobs, mp_context=context, initializer=begin, initargs=(self._options,))


def _results_of(answer: WorkerAnswer) -> tuple[PackedResult, ...]:
    if isinstance(answer, dict):
        raise RefusalError(answer)
    return answer


@contextlib.contextmanager
def _signals_deferred() -> Iterator[None]:
    """Ctrl-C and SIGTERM wait until this is over; processes started meanwhile import nothing of the working folder."""
    if threading.current_thread() is not threading.main_thread():
        with safe_path():
            yield
        return
    received: list[int] = []
    before = {each: signal.signal(each, lambda signum, frame: received.append(signum)) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        with safe_path(), _sigint_blocked():
            yield
    finally:
        for each, handler in before.items():
            signal.signal(each, signal.SIG_DFL if handler is None else handler)  # None: not set by Python
    for number in dict.fromkeys(received):
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, None)
        elif handler is signal.SIG_DFL:
            signal.raise_signal(number)


@contextlib.contextmanager
def _sigint_blocked() -> Iterator[None]:
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
_options = b""  # pickled RunOptions of the run that this worker belongs to
_batches_done, _busy = 0, False


def begin(options: bytes) -> None:
    """A worker's first step. Ctrl-C is for the process that it works for, whose end is its own end too."""
    global _options
    _options = options
    gc.set_threshold(50_000, 20, 100)  # as in the command
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, _ignore)  # a function, so that programs started from here hear it
        signal.signal(signal.SIGTERM, _terminate)
    if hasattr(signal, "pthread_sigmask"):  # signals are for the thread that works: the other has them blocked when it is started
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    util.Finalize(None, os._exit, args=(0,), exitpriority=-1000)  # to clear away a heap that ends anyway takes a tenth of a second


def check_batch(files: tuple[InputFile, ...]) -> WorkerAnswer:
    """The files checked one after the other; a text where this worker cannot."""
    global _busy, _batches_done
    _busy = True
    try:
        options, book = _load_options(_options)
        results = tuple(pack_result(file, book, options) for file in files)
        _batches_done += 1
        if _batches_done & (_batches_done - 1) == 0:  # after the first, second, fourth …: most expressions are met in the first reports
            _save_patterns(options)
        return results
    except RefusalError as refusal:
        return dict(refusal.text)
    except SystemExit:
        os._exit(0)
    finally:
        _busy = False


def _do_nothing() -> None:
    return


@lru_cache(maxsize=1)
def _load_options(pickled: bytes) -> tuple[RunOptions, Book]:
    from validator.base import cache_folder, regex_cache

    options: RunOptions = pickle.loads(pickled)
    limit_memory(limits_of(options).memory)
    if options.cache:
        regex_cache.bring(cache_folder.load(regex_cache.place(__version__)))
    book = checked_book(options)
    gc.freeze()  # the book stays: it need not be looked through for what could be freed
    return options, book


def _save_patterns(options: RunOptions) -> None:
    """The expressions compiled here, for later runs."""
    from validator.base import cache_folder, regex_cache

    if regex_cache.store.fresh and options.cache:
        regex_cache.store.fresh = False
        cache_folder.save(regex_cache.place(__version__), regex_cache.store.held)


def _ignore(signum: int, frame: FrameType | None) -> None:
    return


def _terminate(signum: int, frame: FrameType | None) -> None:
    """End. Programs that read a file meanwhile are ended on the way out, if that does not take long."""
    if not _busy:
        os._exit(0)  # the executor's own code would hold an exception for a result
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # told twice, it would be interrupted in ending them
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, _SECONDS_TO_END)
    raise SystemExit(0)


def _end_with_parent() -> None:
    """End with the process that this one works for, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
