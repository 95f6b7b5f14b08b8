"""The command in a process of its own, on a generated county, with workers that can be told to die or to dawdle by words in a file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks import making_reports as making

ROOT = Path(__file__).resolve().parents[2]
YEARS = (2023, 2024)
DIE, DAWDLE = "此处使进程终止", "此处使进程停顿"
#: Seen by every Python that the command starts; only worker processes are changed.
PATCH = f"""
import sys
if "--multiprocessing-fork" in sys.orig_argv:
    import os, time
    from validator.pipeline import bench
    ask = bench.packet
    def packet(piece, book, order):
        if isinstance(piece.data, bytes) and "{DIE}".encode() in piece.data:
            os._exit(9)
        if isinstance(piece.data, bytes) and "{DAWDLE}".encode() in piece.data:
            try:
                time.sleep(60)
            finally:  # as who ends a program that was started
                time.sleep(0.3)
                open("left-in-order", "w").close()
        return ask(piece, book, order)
    bench.packet = packet
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
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(places), "XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache)}
    return subprocess.Popen(
        [sys.executable, "-m", "validator", "check", "--format", "json", *flags],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=os.name != "nt",
    )


def done(folder: Path, *flags: str, cache: Path, patch: Path | None = None) -> tuple[int, str, str]:
    """Exit status, standard output, standard error of the command."""
    process = started(folder, *flags, cache=cache, patch=patch)
    out, error = process.communicate(timeout=120)
    return process.returncode, out, error
