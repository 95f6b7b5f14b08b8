"""A county's whole set: planted faults found and nothing else, time against the number of reports, memory, the second run from the cache.

    python benchmarks/county_set.py [--units 1000] [--years 3] [--faults 40] [--sizes 100,300,1000,3000] [--jobs N]

Every run is the command itself in the county's folder, in a process of its own with an empty cache folder. `floor` is what reading and
parsing the same files costs in one process, without any rule. Memory is that of the whole tree of processes, the most at any moment.
Goals: all faults of the rules that the book has found and none false; growth of time near 1 (0.9 to 1.15: the exponent between the
smallest and the largest set); under 500 MB; a second run in under a tenth of the first. Exit status 1 where one is missed. Faults whose
rule the book does not have are counted and named: they are not measured.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import making_reports as making  # noqa: E402
from benchmarks.planting import held_against, plant  # noqa: E402

MEMORY, AGAIN, GROWTH = 500, 0.1, (0.9, 1.15)
FLOOR = """
import sys
from pathlib import Path
from validator.forms.read_tables import measure
from validator.readers import read_documents
from validator.pipeline.check_file import understand
from validator.rulebook import load_book
book = load_book()
for path in sorted(Path(sys.argv[1]).rglob("*.txt")):
    for document in read_documents(path.read_bytes(), str(path)):
        report = understand(document, book)
        measure(report, book.forms, year=report.year)
"""


@dataclass(frozen=True, kw_only=True)
class Ran:
    """One run of a command: seconds, the most megabytes of its processes together, what it printed."""

    seconds: float
    megabytes: float
    output: str


def ran(command: list[str], folder: Path, cache: Path) -> Ran:
    """Run and watch. Exit status 2 is a failure of the benchmark."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache)}
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.PIPE)
        most = [0.0]
        watch = threading.Thread(target=_watch, args=(process, most))
        watch.start()
        _, error = process.communicate()
        taken = time.perf_counter() - begin
        watch.join()
        out.seek(0)
        output = out.read().decode()
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: {error.decode(errors='replace')}")
    return Ran(seconds=taken, megabytes=most[0], output=output)


def _watch(process: subprocess.Popen[bytes], most: list[float]) -> None:
    """The memory of a process and all its descendants, ten times a second. Pages that they share are counted once each: what is shared
    is counted too often rather than not at all."""
    while process.poll() is None:
        most[0] = max(most[0], sum(_resident(pid) for pid in _tree(process.pid)) / 1024)
        time.sleep(0.1)


def _tree(root: int) -> list[int]:
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def _resident(pid: int) -> int:
    """Kilobytes; 0 where the process is gone or the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def command(jobs: str | None) -> list[str]:
    """The command that is measured."""
    return [sys.executable, "-m", "validator", "check", "--format", "json", *(("--jobs", jobs) if jobs else ())]


def rules() -> set[str]:
    """The rules that the book has."""
    from validator.rulebook import load_book

    return {rule.id for rule in load_book().rules}


def faults(units: int, years: tuple[int, ...], count: int, work: Path, jobs: str | None) -> tuple[bool, Ran, Ran]:
    """The set with planted faults, checked twice."""
    planting = plant(units, years, count)
    making.write(work, planting.units, planting.files, years)
    known = rules()
    first, second = (ran(command(jobs), work, work / "cache") for _ in range(2))
    missed, false = held_against(json.loads(first.output), planting.planted, known)
    judged = [fault for fault in planting.planted if fault.rule in known]
    sizes = sorted(len(text.encode()) for text in planting.files.values())
    print(f"{len(planting.files)} reports, {sizes[0]} to {sizes[-1]} bytes, half of them under {sizes[len(sizes) // 2]}")
    print(f"faults planted {len(planting.planted)}, judged {len(judged)}, found {len(judged) - len(missed)}, false {len(false)}")
    for rule in sorted({fault.rule for fault in planting.planted} - known):
        print(f"  not measured: the book has no rule {rule}")
    for fault in missed:
        print(f"  MISSED {fault.rule} {fault.unit} {fault.year} {' '.join(fault.paths)}")
    for finding in false[:20]:
        print(f"  FALSE  {finding['rule']} {' '.join(finding['paths'])} {finding['message']}")
    return not missed and not false, first, second


def growth(sizes: list[int], years: tuple[int, ...], jobs: str | None) -> float:
    """Times of sound sets of these sizes; the exponent between the smallest and the largest."""
    taken: list[tuple[int, float]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            units, reports = making.county(max(4, size // len(years)), years)
            making.write(work, units, making.sound_files(reports), years)
            floor = ran([sys.executable, "-c", FLOOR, str(work / "reports")], work, work / "cache")
            run = ran(command(jobs), work, work / "empty")
            taken.append((len(reports), run.seconds))
            each, ratio = 1000 * run.seconds / len(reports), run.seconds / floor.seconds
            print(f"{len(reports):5} reports {run.seconds:7.1f} s {each:6.1f} ms each {ratio:5.2f}x floor {run.megabytes:6.0f} MB")
    (few, short), (many, long) = taken[0], taken[-1]
    return math.log(long / short) / math.log(many / few) if many > few else 1.0


def main() -> int:
    """Measure and print; 0 where every goal is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--faults", type=int, default=40)
    parser.add_argument("--sizes", default="100,300,1000,3000")
    parser.add_argument("--jobs", help="processes; as many as there are processors where it is not given")
    asked = parser.parse_args()
    years = tuple(range(2025 - asked.years, 2025))
    with tempfile.TemporaryDirectory() as folder:
        right, first, second = faults(asked.units, years, asked.faults, Path(folder), asked.jobs)
    memory, again = max(first.megabytes, second.megabytes), second.seconds / first.seconds
    print(f"first run {first.seconds:.1f} s, second {second.seconds:.1f} s: {again:.2f}x  goal {AGAIN}x  {_verdict(again < AGAIN)}")
    print(f"memory {memory:.0f} MB  goal {MEMORY} MB  {_verdict(memory < MEMORY)}")
    exponent = growth([int(size) for size in asked.sizes.split(",")], years, asked.jobs)
    grows = GROWTH[0] <= exponent <= GROWTH[1] or exponent < GROWTH[0]
    print(f"time grows with the number of reports to the power of {exponent:.2f}  goal at most {GROWTH[1]}  {_verdict(grows)}")
    return int(not (right and memory < MEMORY and again < AGAIN and grows))


def _verdict(met: bool) -> str:
    return "met" if met else "MISSED"


if __name__ == "__main__":
    sys.exit(main())
