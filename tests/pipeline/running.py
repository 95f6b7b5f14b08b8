"""The command in a process of its own, on a generated county, with workers that can be told to die or to dawdle by words in a file."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from benchmarks import making_reports as making
from tests.support import PATIENCE, ROOT, start_command

YEARS = (2023, 2024)
DIE, DAWDLE = "此处使进程终止", "此处使进程停顿"
#: Seen by every Python that the command starts: nobody is hurried where the machine is slow, and worker processes do as they are told.
PATCH = f"""
import sys
if "--multiprocessing-fork" in sys.orig_argv:
    import os, time
    from validator.pipeline import worker
    ask = worker.pack_result
    def pack_result(piece, book, order):
        if isinstance(piece.data, bytes) and "{DIE}".encode() in piece.data:
            os._exit(9)
        if isinstance(piece.data, bytes) and "{DAWDLE}".encode() in piece.data:
            try:
                open("begun", "w").close()
                time.sleep(1200)
            finally:  # as who ends a program that was started
                time.sleep(0.3)
                open("left-in-order", "w").close()
        return ask(piece, book, order)
    worker.pack_result = pack_result
from validator.pipeline import process_pool
process_pool._SECONDS_TO_END = {PATIENCE}
"""


def county(folder: Path, units: int = 6) -> list[Path]:
    """A county's folder with two sound reports for each unit; the reports in the order in which they are checked."""
    folder.mkdir(exist_ok=True)
    made, reports = making.county(units, YEARS, seed=4)
    making.write(folder, made, making.sound_files(reports), YEARS)
    return sorted((folder / "reports").rglob("*.txt"))


def started(folder: Path, *flags: str, cache: Path, patch: Path | None = None) -> subprocess.Popen[str]:
    """`nianbao check --format json` in the folder, at the head of a group of processes of its own."""
    places = [str(ROOT)]
    if patch is not None:
        patch.mkdir(exist_ok=True)
        (patch / "sitecustomize.py").write_text(PATCH, encoding="utf-8")
        places.insert(0, str(patch))
    env = {"PYTHONPATH": os.pathsep.join(places), "XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache)}
    return start_command("check", "--format", "json", *flags, cwd=folder, env=env)


def done(folder: Path, *flags: str, cache: Path, patch: Path | None = None) -> tuple[int, str, str]:
    """Exit status, standard output, standard error of the command."""
    process = started(folder, *flags, cache=cache, patch=patch)
    out, error = process.communicate(timeout=PATIENCE)
    return process.returncode, out, error
