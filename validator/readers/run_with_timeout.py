"""Another program run with a time limit, ended with all its children."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path


def run_bounded(command: Sequence[str], seconds: float, folder: Path) -> int:
    """The exit status. Raises TimeoutError once everything it started has been ended, OSError where it cannot be started.

    Its output goes nowhere: a pipe that a grandchild holds open would keep us waiting beyond the limit.
    """
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(list(command), cwd=folder, stdin=quiet, stdout=quiet, stderr=quiet, **_own_group())  # type: ignore[call-overload]
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(seconds) from error
    finally:  # also on Ctrl-C; and a launcher that is gone may leave children behind
        _end(process)


def _own_group() -> dict[str, object]:
    """How to start a program so that it can be ended with its children."""
    if os.name == "nt":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}  # type: ignore[attr-defined]
    return {"start_new_session": True}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and its children, if any are left."""
    if os.name == "nt":
        if process.poll() is None:
            quiet = subprocess.DEVNULL
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], stdin=quiet, stdout=quiet, stderr=quiet, timeout=10)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
