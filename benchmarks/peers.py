"""500 reports of 6 to 10 KB, checked side by side with proselint and textlint, each in one run over the same files.

    python benchmarks/peers.py [--reports 500] [--jobs 2] [--peers FOLDER]

The peers are installed (pip, npm) into a temporary folder, or into FOLDER, where they stay for the next time; one that cannot be is left
out, which is said. proselint runs with its
default rules. textlint has none of its own: it runs with its English word list (textlint-rule-terminology), and once with the smallest
rule there is (textlint-rule-no-todo), which shows what it costs to start and to read. Of three turns the median counts. Exit status 1
where a peer with default rules is faster.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import making_reports as making  # noqa: E402

ROUNDS = 3
Commands = dict[str, list[str]]


def installed(home: Path) -> Commands:
    """The peers that could be installed."""
    found: Commands = {}
    prose, text = home / "prose", home / "text"
    python = prose / ("Scripts" if os.name == "nt" else "bin") / "python"
    steps = ([sys.executable, "-m", "venv", str(prose)], [str(python), "-m", "pip", "install", "-q", "proselint"])
    if python.with_name("proselint").exists() or _done("proselint", steps):
        found["proselint"] = [str(python.with_name("proselint")), "check"]
    text.mkdir(parents=True, exist_ok=True)
    npm = shutil.which("npm") or "npm"
    packages = ("textlint", "textlint-rule-terminology", "textlint-rule-no-todo")
    if (text / "node_modules/textlint").exists() or _done("textlint", ([npm, "install", "--silent", "--prefix", str(text), *packages],)):
        runner = [shutil.which("node") or "node", str(text / "node_modules/textlint/bin/textlint.js")]
        found["textlint, word list"] = [*runner, "--rule", "terminology"]
        found["textlint, one small rule"] = [*runner, "--rule", "no-todo"]
    return found


def _done(name: str, steps: tuple[list[str], ...]) -> bool:
    for step in steps:
        try:
            subprocess.run(step, check=True, capture_output=True, timeout=600)
        except (OSError, subprocess.SubprocessError) as trouble:
            print(f"{name} is left out: it could not be installed ({type(trouble).__name__})")
            return False
    return True


def seconds(command: list[str], folder: Path, files: list[str], cache: Path) -> float:
    """The wall time of one run in that folder; a status that says findings were made is fine."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache)}
    begin = time.perf_counter()
    done = subprocess.run([*command, *files], cwd=folder, env=environment, capture_output=True)
    taken = time.perf_counter() - begin
    if done.returncode not in (0, 1):
        sys.exit(f"{command[0]}: {done.stderr.decode(errors='replace')[:500]}")
    return taken


def main() -> int:
    """Measure and print; 0 where nianbao is the fastest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--peers", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        texts = home / "reports"
        texts.mkdir()
        _, reports = making.county(asked.reports // 2, (2023, 2024))
        for name, report in making.sound_files(reports).items():
            (texts / name.replace("/", "-")).write_text(report, encoding="utf-8")
        files = sorted(map(str, texts.iterdir()))
        size = sum(Path(name).stat().st_size for name in files) / len(files)
        print(f"{len(files)} reports of {size:.0f} bytes, {os.cpu_count()} processors, Python {sys.version.split()[0]}, {ROUNDS} rounds")
        own = [sys.executable, "-m", "validator", "check", "--no-cache", "--format", "json", "--jobs", asked.jobs]
        peers = (asked.peers or home).resolve()
        commands = {"nianbao": own, **installed(peers)}
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(seconds(command, peers / "text", files, home / "cache"))  # where textlint finds its rules
    base = median(times["nianbao"])
    for name, taken in times.items():
        print(f"{name:26} {median(taken):6.2f} s  {median(taken) / base:5.2f}x")
    return int(any(median(taken) < base for name, taken in times.items() if name in ("proselint", "textlint, word list")))


if __name__ == "__main__":
    sys.exit(main())
