"""What one report costs from start to end, against merely importing lark and yaml. Medians of one run, taken by turns.

    python benchmarks/startup.py [REPORT]

"rules anew" is --no-cache: the rules are compiled from their files. "nothing kept" begins with an empty cache folder each time, as the
very first run does; it has no goal. Exit status 1 where a goal is missed. Parsers are loaded where `pip install -e .` saved them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 15
FIRST = "json, nothing kept"
GOALS = {"json, rules cached": 2.2, "json, rules anew": 3.5, "text, rules cached": 2.5}


def usual_report() -> Path:
    """An example report of 6 to 10 kilobytes."""
    sizes = {path: path.stat().st_size for path in sorted((ROOT / "examples" / "reports").rglob("*.txt"))}
    return next(path for path, size in sizes.items() if 6_000 <= size <= 10_240)


def seconds(command: list[str], cache: str) -> float:
    """The wall time of one command. Its exit status says what it found, not whether it worked; 2 is a failure."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"XDG_CACHE_HOME": cache, "LOCALAPPDATA": cache}
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True)
    taken = time.perf_counter() - begin
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: {done.stderr.decode(errors='replace')}")
    return taken


def main() -> int:
    """Measure and print; 0 where every goal is met."""
    report = str(Path(sys.argv[1]).resolve() if sys.argv[1:] else usual_report())
    check = [sys.executable, "-m", "validator", "check", report]
    commands = {
        "import lark, yaml": [sys.executable, "-c", "import lark, yaml"],
        "json, rules cached": [*check, "--format", "json"],
        "json, rules anew": [*check, "--format", "json", "--no-cache"],
        "text, rules cached": check,
        FIRST: [*check, "--format", "json"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as cache:
        for command in commands.values():
            seconds(command, cache)  # compile and cache
        for _ in range(ROUNDS):
            for name, command in commands.items():
                with tempfile.TemporaryDirectory() as empty:
                    times[name].append(seconds(command, empty if name == FIRST else cache))
    base = median(times["import lark, yaml"])
    print(f"{Path(report).name}, {os.path.getsize(report)} bytes, {ROUNDS} rounds, Python {sys.version.split()[0]}")
    for name, taken in times.items():
        ratio, goal = median(taken) / base, GOALS.get(name)
        verdict = f"  goal {goal}x  {'met' if ratio < goal else 'MISSED'}" if goal else ""
        print(f"{name:20} {median(taken) * 1000:6.0f} ms  {ratio:4.2f}x{verdict}")
    return int(any(median(times[name]) / base >= goal for name, goal in GOALS.items()))


if __name__ == "__main__":
    sys.exit(main())
