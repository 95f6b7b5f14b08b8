"""Fuzzing, as long as one likes: python tests/acceptance/fuzz/run.py [TARGET …] [--minutes 30] [--inputs N] [--seed 1].

Guided by coverage through atheris (the extra `fuzz`) where it is installed; without it by the lines that inputs reach (Python 3.12 and
later), or by nothing. The minutes are divided over the targets of targets.py; one that has had its inputs leaves its time to the others.
What breaks a target is made small and kept under corpus/<target>/, where test_fuzz.py replays it ever after. Each target runs in a process
of its own, so that one that brings down the interpreter is told too. The exit status is 1 where something was found.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import importlib
import importlib.util
import json
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import CodeType
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

_MEMORY = 3072  # megabytes that a target may take
_HANG = 120  # seconds of the clock for one input: what C code does cannot be interrupted
_TRIES = 300  # to make an input smaller
_STATUS = re.compile(r"#(\d+)\s+\S+\s+cov: (\d+) ft: (\d+)")
_WAYS = {
    "atheris": "Guided by coverage: atheris; edges are those of validator/.",
    "monitoring": "atheris is not installed: guided by the lines of validator/ that inputs reach.",
    "": "atheris is not installed, and this Python cannot watch lines cheaply: inputs are changed without guidance.",
}
_COVERED = {"atheris": "edges", "monitoring": "lines", "": "-"}


def way() -> str:
    """What guides: atheris, monitoring (of lines), or nothing."""
    if importlib.util.find_spec("atheris"):
        return "atheris"
    return "monitoring" if hasattr(sys, "monitoring") else ""


# ------------------------------------------------------------------------------------------------ one target, in its own process


class Finder:
    """Tries inputs; the first of each kind that breaks the target is made small and kept."""

    def __init__(self, target: Any, keep: Path) -> None:
        self._target, self._keep = target, keep
        self._known: set[str] = set()
        self.tried = 0

    def __call__(self, data: bytes) -> None:
        self.tried += 1
        kind = self._kind(data)
        if kind is None or kind.split(": ")[0] in self._known:
            return
        self._known.add(kind.split(": ")[0])
        print(f"FOUND {self._target.name}: {kind}", file=sys.stderr)
        small = self._smaller(data, kind)
        self._keep.mkdir(parents=True, exist_ok=True)
        (self._keep / hashlib.sha256(small).hexdigest()[:12]).write_bytes(small)

    def _kind(self, data: bytes) -> str | None:
        """What breaks, and where; None where nothing does."""
        try:
            self._target.run(data)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            frames = traceback.extract_tb(error.__traceback__)
            own = next((frame for frame in reversed(frames) if str(ROOT) in frame.filename), frames[-1])
            return f"{type(error).__name__} at {Path(own.filename).name}:{own.lineno}: {str(error)[:200]}".split("\n")[0]
        return None

    def _smaller(self, data: bytes, kind: str) -> bytes:
        """The input without whatever is not needed to break the same place."""
        same = kind.split(": ")[0]
        left, size = _TRIES, len(data) // 2
        if same.startswith("TooSlow"):
            return data
        while size and left:
            at = 0
            while at < len(data) and left:
                left -= 1
                less = data[:at] + data[at + size :]
                if (self._kind(less) or "").split(": ")[0] == same:
                    data = less
                else:
                    at += size
            size //= 2
        return data


def child(name: str, seconds: float, inputs: int, seed: int, work: Path, keep: Path) -> None:
    """Fuzz one target and end."""
    faulthandler.enable()
    if way() == "atheris":
        _by_atheris(name, seconds, inputs, seed, work, keep)
    else:
        _by_hand(name, seconds, inputs, seed, keep)


def _import_all() -> None:
    """Every module of the program: what is imported later would go unwatched."""
    import validator

    for module in pkgutil.walk_packages(validator.__path__, "validator."):
        if not module.name.endswith(("__main__", "dask_cluster")):
            importlib.import_module(module.name)


def _by_atheris(name: str, seconds: float, inputs: int, seed: int, work: Path, keep: Path) -> None:
    import atheris

    with atheris.instrument_imports(include=["validator"]):
        _import_all()
    from tests.acceptance.fuzz.targets import TARGETS

    target = TARGETS[name]
    sound = work / "seeds"
    sound.mkdir()
    for number, data in enumerate(target.seeds()):
        (sound / str(number)).write_bytes(data)
    for path in target.kept():
        shutil.copy(path, sound / path.name)
    (work / "grown").mkdir()

    def changed(data: bytes, most: int, dice: int) -> bytes:
        if dice % 3 == 0:
            return bytes(atheris.Mutate(data, most))
        return target.changed(data, Random(dice))[:most]

    words = [
        sys.argv[0], f"-max_total_time={max(1, round(seconds))}", f"-runs={inputs or -1}", f"-seed={seed}", f"-max_len={target.largest}",
        f"-rss_limit_mb={_MEMORY}", f"-timeout={_HANG}", f"-artifact_prefix={work}/broken-", "-print_final_stats=1", "-handle_int=0",
        str(work / "grown"), str(sound),
    ]  # fmt: skip
    atheris.Setup(words, Finder(target, keep), custom_mutator=changed)
    atheris.Fuzz()


def _by_hand(name: str, seconds: float, inputs: int, seed: int, keep: Path) -> None:
    """Without atheris: change sound inputs, and go on from those that reach a line for the first time."""
    from tests.acceptance.fuzz.targets import TARGETS

    target, dice = TARGETS[name], Random(seed)
    known, tried = target.seeds() + [path.read_bytes() for path in target.kept()], Finder(target, keep)
    lines = _watched()
    for data in list(known):
        tried(data)
    until = time.monotonic() + seconds
    while time.monotonic() < until and (not inputs or tried.tried < inputs):
        made = target.changed(dice.choice(known), dice)
        before = len(lines)
        tried(made)
        if len(lines) > before and len(known) < 20_000:
            known.append(made)
    print(f"#{tried.tried} DONE cov: {len(lines)} ft: 0", file=sys.stderr)


def _watched() -> set[tuple[CodeType, int]]:
    """The lines of validator/ that were reached: each tells of itself once, and costs nothing afterwards."""
    found: set[tuple[CodeType, int]] = set()
    if hasattr(sys, "monitoring"):
        watch: Any = sys.monitoring
        watch.use_tool_id(watch.COVERAGE_ID, "nianbao fuzz")

        def reached(code: CodeType, line: int) -> object:
            if f"{os.sep}validator{os.sep}" in code.co_filename:
                found.add((code, line))
            return watch.DISABLE

        watch.register_callback(watch.COVERAGE_ID, watch.events.LINE, reached)
        watch.set_events(watch.COVERAGE_ID, watch.events.LINE)
    return found


# ------------------------------------------------------------------------------------------------ all targets


def fuzz(name: str, seconds: float, inputs: int, seed: int, keep: Path) -> dict[str, Any]:
    """Fuzz a target in a process of its own; what became of it."""
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="nianbao-fuzz-") as folder:
        work, before = Path(folder), set(keep.glob("*"))
        command = [sys.executable, str(Path(__file__).resolve()), "--child", name, str(seconds), str(inputs), str(seed), folder, str(keep)]
        surroundings = os.environ | {"XDG_CACHE_HOME": folder, "TMPDIR": folder, "PYTHONHASHSEED": "0"}
        with open(work / "log", "wb") as log:
            status = subprocess.run(command, stdout=log, stderr=log, env=surroundings, check=False).returncode
        told = (work / "log").read_text("utf-8", "replace")
        for broken in work.glob("broken-*"):  # the interpreter itself went down, or did not come back
            keep.mkdir(parents=True, exist_ok=True)
            shutil.copy(broken, keep / broken.name.removeprefix("broken-")[:24])
    found = sorted({line for line in told.splitlines() if line.startswith("FOUND ")})
    if status:
        found.append(f"FOUND {name}: the process ended with {status}\n{told[-2000:]}")
    last = (_STATUS.findall(told) or [("0", "0", "0")])[-1]
    executed = re.findall(r"number_of_executed_units:\s*(\d+)", told)
    return {
        "name": name,
        "inputs": int(executed[-1] if executed else last[0]),
        "seconds": time.monotonic() - begin,
        "edges": int(last[1]),
        "features": int(last[2]),
        "found": found,
        "new": sorted(path.name for path in set(keep.glob("*")) - before),
    }


def _rows(names: list[str], minutes: float, inputs: int, seed: int, keep: Path) -> Iterator[dict[str, Any]]:
    until = time.monotonic() + minutes * 60
    for place, name in enumerate(names):
        yield fuzz(name, max(5.0, (until - time.monotonic()) / (len(names) - place)), inputs, seed, keep / name)


def main() -> int:
    """1 where something was found."""
    from tests.acceptance.fuzz.targets import CORPUS, TARGETS

    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("targets", nargs="*", metavar="TARGET", help=" ".join(TARGETS))
    asked.add_argument("--minutes", type=float, default=30, help="of all targets together")
    asked.add_argument("--inputs", type=int, default=0, help="a target ends after so many; 0: when its time is over")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", type=Path, default=CORPUS, help="where what was found is kept")
    asked.add_argument("--table", type=Path, help="a file to which the figures are added as JSON")
    given = asked.parse_args()
    names = given.targets or list(TARGETS)
    if unknown := sorted(set(names) - set(TARGETS)):
        asked.error(f"no target {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    print(_WAYS[way()], f"{'target':<14}{'inputs':>10}{'seconds':>9}{_COVERED[way()]:>8}{'features':>10}{'found':>7}", sep="\n", flush=True)
    broken = 0
    for row in _rows(names, given.minutes, given.inputs, given.seed, given.keep):
        broken += bool(row["found"])
        figures = f"{row['inputs']:>10,}{row['seconds']:>9.0f}{row['edges']:>8,}{row['features']:>10,}{len(row['found']):>7}"
        print(f"{row['name']:<14}{figures}", *row["found"], sep="\n", flush=True)
        if given.table:
            with given.table.open("a") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return int(broken > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        one, for_seconds, most, number, folder, place = sys.argv[2:]
        child(one, float(for_seconds), int(most), int(number), Path(folder), Path(place))
    else:
        sys.exit(main())
