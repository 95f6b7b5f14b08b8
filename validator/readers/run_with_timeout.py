"""Another program run with a time limit, ended with all that it started."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from validator.base import programs, windows

#: The variable that everything a program starts inherits: what left its process group is found by it.
_MARK = "NIANBAO_RUN"
_ROUNDS = 5  # rounds of killing: a process may start another one while it is being killed


def run_bounded(command: Sequence[str], seconds: float, folder: Path) -> int:
    """The exit status. Raises TimeoutError once everything it started has been ended, OSError where it cannot be started.

    Its output goes nowhere: a pipe that a grandchild holds open would keep us waiting beyond the limit.
    """
    quiet, mark = subprocess.DEVNULL, secrets.token_hex(8)
    process = subprocess.Popen(  # in a process group of its own, so that its children can be ended with it
        list(command),
        cwd=folder,
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        env=programs.surroundings(**{_MARK: mark}),
        creationflags=_own_console(),
        start_new_session=not windows.HERE,
    )
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(seconds) from error
    finally:  # also on Ctrl-C; and a launcher that is gone may leave children behind
        _end(process, mark)


def _own_console() -> int:
    """On Windows: a group of its own, and no window. Asked as type checkers know it, since other systems have no such flags."""
    if sys.platform == "win32":
        return subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    return 0


def _end(process: subprocess.Popen[bytes], mark: str) -> None:
    """End the program and all that it started, if any of it is left."""
    if windows.HERE:
        if process.poll() is None:
            quiet, taskkill = subprocess.DEVNULL, windows.system_program("taskkill.exe", os.environ)
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run([taskkill, "/T", "/F", "/PID", str(process.pid)], stdin=quiet, stdout=quiet, stderr=quiet, timeout=10)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        _end_marked(f"{_MARK}={mark}".encode())
    with contextlib.suppress(OSError):
        process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)


def _end_marked(mark: bytes) -> None:
    """End what left the group (a session of its own, a daemon) but has the mark in its environment. Only where /proc shows it."""
    for _ in range(_ROUNDS):
        remaining = list(_marked_processes(mark))
        if not remaining:
            return
        for number in remaining:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(number, signal.SIGKILL)


def _marked_processes(mark: bytes) -> Iterator[int]:
    """The processes that have the mark; those that have ended show no environment."""
    with contextlib.suppress(OSError):
        for name in os.listdir("/proc"):
            if name.isdigit():
                with contextlib.suppress(OSError), open(f"/proc/{name}/environ", "rb") as file:
                    if mark in file.read().split(b"\0"):
                        yield int(name)
