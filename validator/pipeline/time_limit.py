"""Processor time for one file and memory of a worker: what is beyond them is stopped and told, and the other files are checked."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

_AGAIN = 0.5  # seconds until it is raised once more, where a library's own code has swallowed it


class TimeIsUp(BaseException):  # noqa: N818 -- no Exception: code that goes on after any mistake must not go on after this
    """The file has taken the time that one file may take."""


@contextlib.contextmanager
def timed(seconds: float) -> Iterator[None]:
    """TimeIsUp is raised inside once that much processor time of this process has passed.

    Only in the main thread of a system with such timers, and where nothing else uses this one: profilers do. Workers are such threads.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGPROF"):
        yield
        return
    if signal.getsignal(signal.SIGPROF) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGPROF, _raise)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)


def _raise(number: int, frame: FrameType | None) -> None:
    raise TimeIsUp


def limit_memory(most: int) -> None:
    """Bound the address space of this process, where the system can; what needs more gets a MemoryError."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
