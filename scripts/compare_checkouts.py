"""Runs two checkouts of this project side by side and compares what they print and write, byte for byte.

    python scripts/compare_checkouts.py OLD NEW [--reports DIR]... [--only PATTERN]...

Every output format for every example and for folders of real reports, in both languages; `read`, `rules`, `config` and the like.
Both run on one copy of the examples in a temporary folder, with this Python, the same environment and caches of their own. What is
allowed to differ is set aside by name (scripts/comparing.py). A line for each difference; the exit status is 0 where there is none,
1 where there is one, 2 where nothing could be compared.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.comparing import STATUS, STDERR, STDOUT, Outcome, Side, Tally, differences  # noqa: E402

STREAMS = ("text", "concise", "json", "sarif", "junit", "github", "gitlab", "csv")
FILES = ("xlsx", "html", "docx")
LANGUAGES = ("zh", "en")
SUFFIXES = (".txt", ".md", ".html", ".docx", ".pdf")  # of the examples that are reports
SECONDS = 300  # a command that takes longer has not finished
DAY = "1746057600"  # 1 May 2025: every report of the examples is due
RULES_EXPLAINED = 12


class SetupError(Exception):
    """The comparison cannot begin; the text says why."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """One start of nianbao. `folder`: where it is run, in the temporary folder. `writes`: the file or folder that it will write."""

    name: str
    folder: str
    words: tuple[str, ...]
    writes: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Checkout:
    """One of the two: its top folder, and a folder of its own for caches and compiled modules (nothing is written into the checkout)."""

    root: Path
    caches: Path

    def environment(self, work: Path) -> dict[str, str]:
        """The same for both, but for the checkout itself and its caches."""
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
        return kept | {
            "PYTHONPATH": str(self.root),
            "PYTHONPYCACHEPREFIX": str(self.caches / "compiled"),
            "XDG_CACHE_HOME": str(self.caches),
            "LOCALAPPDATA": str(self.caches),
            "HOME": str(work / "home"),
            "PYTHONUTF8": "1",
            "PYTHONHASHSEED": "0",
            "TZ": "Asia/Shanghai",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "80",
            "SOURCE_DATE_EPOCH": DAY,
        }

    def python(self, work: Path, folder: str, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Start Python in a folder of `work`; `-P` keeps that folder off the path of modules."""
        command = [sys.executable, "-P", *words]
        environment = self.environment(work)
        return subprocess.run(
            command, cwd=work / folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )


def outcome(checkout: Checkout, command: Command, work: Path) -> Outcome:
    """Run the command; what it wrote is read and taken away, so that the other checkout finds the same folder."""
    try:
        done = checkout.python(work, command.folder, "-m", "validator", *command.words)
    except subprocess.TimeoutExpired:
        return Outcome(parts={STATUS: f"not finished after {SECONDS} s in {checkout.root}".encode()})
    parts = {STATUS: str(done.returncode).encode(), STDOUT: done.stdout, STDERR: done.stderr}
    if command.writes and command.writes.is_dir():
        for path in sorted(path for path in command.writes.rglob("*") if path.is_file()):
            parts[f"file {path.relative_to(command.writes).as_posix()}"] = path.read_bytes()
        shutil.rmtree(command.writes)
    elif command.writes and command.writes.exists():
        parts[f"file {command.writes.name}"] = command.writes.read_bytes()
        command.writes.unlink()
    return Outcome(parts={name: content for name, content in parts.items() if content or name == STATUS or name.startswith("file ")})


def examples(top: Path, folder: str) -> list[str]:
    """The example reports in a folder, from that folder, sorted."""
    found = (path for path in (top / folder).rglob("*") if path.suffix in SUFFIXES and path.stem.lower() != "readme")
    return sorted(path.relative_to(top / folder).as_posix() for path in found)


def commands(work: Path, real: Iterable[str], rules: Iterable[str]) -> Iterator[Command]:
    """All that is run. `real`: folders of real reports in `work`; `rules`: ids of rules that are explained."""
    for name in ("examples/reports", *real):
        yield from _of_set(work, name, ("check", "."))
        yield from _of_set(work, name, ("read", "."), ("json", "csv"))
    yield from _of_set(work, "examples/county", ("check",))
    yield from _of_set(work, "examples/county", ("read", "reports"), ("json", "csv"))
    for folder in ("examples/reports", "examples/county"):  # a report alone: what is laid out for one
        for report in examples(work, folder):
            yield from _of_set(work, folder, ("check", report), ("text", "html"), ("zh",))
    yield from _beside(work, rules)


def _of_set(
    work: Path, folder: str, words: tuple[str, ...], formats: Iterable[str] = (*STREAMS, *FILES), languages: Iterable[str] = LANGUAGES
) -> Iterator[Command]:
    """One command in every format and language. Results are not taken from a cache."""
    for format, language in product(formats, languages):
        said = (*words, "--format", format, "--lang", language)
        name, cache = f"{folder}: {' '.join(said)}", ("--no-cache",) if words[0] == "check" else ()
        if format in FILES:
            yield _writing(work, folder, name, (*said, *cache), f".{format}")
        else:
            yield Command(name=name, folder=folder, words=(*said, *cache))


def _writing(work: Path, folder: str, name: str, words: tuple[str, ...], suffix: str) -> Command:
    """A command with --output, to a place that is the same for both checkouts and no other command's."""
    target = work / "written" / (re.sub(r"\W+", "-", name) + suffix)
    return Command(name=name, folder=folder, words=(*words, "--output", str(target)), writes=target)


def _beside(work: Path, rules: Iterable[str]) -> Iterator[Command]:
    """The commands beside check and read, and options that change what is printed."""
    for language in LANGUAGES:
        lists = ["rules", "rules test", "config", "version", "help"]
        lists += [f"{command} --help" for command in ("check", "read", "rules", "config", "fix", "init", "baseline")]
        lists += ["fix reports", "check --statistics --quiet --no-cache", "check --statistics --no-cache --format json"]
        lists += [
            "check --no-cache --select totals --fail-on never",
            "check --no-cache --against reports/2023/财政局.txt reports/2024/财政局.docx",
        ]
        lists += [f"rules {rule}" for rule in rules]
        for line in lists:
            words = (*line.split(), "--lang", language)
            yield Command(name=f"examples/county: {' '.join(words)}", folder="examples/county", words=words)
        other = ("rules", "--pack", "website", "--lang", language)  # the county's nianbao.yaml names rules that this kind has not
        yield Command(name=f"no-config: {' '.join(other)}", folder="no-config", words=other)
    yield _writing(work, "examples/county", "examples/county: baseline", ("baseline", "--no-cache"), ".json")
    name = "no-config: init"
    yield Command(name=name, folder="no-config", words=("init", "reports"), writes=work / "no-config" / "reports" / "nianbao.yaml")


def prepare(work: Path, source: Path, reports: Iterable[Path]) -> list[str]:
    """Copy the examples and the real reports into `work`; the folders of the latter there."""
    for name in ("home", "written"):
        (work / name).mkdir()
    shutil.copytree(source / "examples", work / "examples")
    shutil.copytree(work / "examples" / "county" / "reports", work / "no-config" / "reports")
    real = []
    for number, folder in enumerate(reports, start=1):
        real.append(f"real-{number}-{folder.name}")
        shutil.copytree(folder, work / real[-1])
    return real


def side(checkout: Checkout, work: Path) -> Side:
    """The checkout's own hash over its rules. Raises SetupError where another program than this checkout would be run."""
    found = checkout.python(work, ".", "-c", "import validator; print(validator.__file__)")
    if not Path(found.stdout.decode().strip() or ".").resolve().is_relative_to(checkout.root):
        raise SetupError(f"{checkout.root} cannot be run: {(found.stderr or found.stdout).decode().strip()}")
    told = checkout.python(work, "examples/reports", "-m", "validator", "check", "--no-cache", "--format", "json", ".")
    try:
        return Side(root=checkout.root, rules_hash=str(json.loads(told.stdout)["tool"]["rules"]))
    except (ValueError, LookupError):  # the run itself will show what is wrong
        return Side(root=checkout.root)


def rules_to_explain(checkout: Checkout, work: Path) -> list[str]:
    """A dozen ids, evenly out of the list that `nianbao rules` prints."""
    told = checkout.python(work, ".", "-m", "validator", "rules").stdout.decode("utf-8", errors="replace")
    ids = re.findall(r"^([a-z]+\.[a-z-]+)\s", told, re.MULTILINE)
    return ids[:: max(1, -(-len(ids) // RULES_EXPLAINED))]


def folders_of_reports(given: list[Path] | None, roots: Iterable[Path]) -> list[Path]:
    """The folders of --reports; else those beside a checkout, if they are there. Raises SetupError for one that is not."""
    if given is not None:
        if missing := [folder for folder in given if not folder.is_dir()]:
            raise SetupError(f"--reports: no folder {missing[0]}")
        return given
    for root in roots:
        shared = [root.parent / "shared" / name for name in ("corpus", "corpus-more")]
        if found := [folder for folder in shared if folder.is_dir()]:
            return found
    return []


def compare(arguments: argparse.Namespace, work: Path) -> int:
    """Run everything in both and print the differences; the exit status."""
    began, roots = time.monotonic(), (arguments.old.resolve(), arguments.new.resolve())
    for root in roots:
        if not (root / "validator").is_dir() or not (root / "examples").is_dir():
            raise SetupError(f"{root} is no checkout of this project: validator/ or examples/ is not there")
    old, new = (Checkout(root=root, caches=work / name) for root, name in zip(roots, ("caches-old", "caches-new"), strict=True))
    folders = folders_of_reports(arguments.reports, reversed(roots))
    if not folders:
        print("no real reports compared: no ../shared/corpus beside the checkouts, see --reports")
    real = prepare(work, roots[0] if arguments.examples == "old" else roots[1], folders)
    sides = (side(old, work), side(new, work))
    chosen = [command for command in commands(work, real, rules_to_explain(old, work)) if _picked(command.name, arguments.only)]
    if not chosen:
        raise SetupError(f"--only: no command is like {', '.join(arguments.only)}")

    tally, differing, refused = Tally(), 0, []
    with ThreadPoolExecutor(arguments.jobs) as pool:
        both = pool.map(lambda command: (command, outcome(old, command, work), outcome(new, command, work)), chosen)
        for command, before, after in both:
            for difference in differences(command.name, before, after, sides, tally):
                differing += 1
                print(f"DIFFERS {difference.command}: {difference.part}")
                print("".join(f"    {line}\n" for line in difference.lines), end="", flush=True)
            if before.refused and after.refused:
                refused.append(command.name)
    for name in refused:
        print(f"refused by both: {name}")
    aside = ", ".join(f"{name} in {count}" for name, count in sorted(tally.set_aside.items())) or "nothing"
    print(f"{tally.outputs} outputs of {len(chosen)} commands compared, {differing} differ, set aside: {aside}")
    print(f"{time.monotonic() - began:.0f} s, of the processors {_processor_seconds():.0f} s", file=sys.stderr)
    return 1 if differing else 0


def _processor_seconds() -> float:
    """What all commands took of the processors: on a busy machine the clock tells little."""
    times = os.times()
    return times.children_user + times.children_system


def _picked(name: str, patterns: list[str] | None) -> bool:
    return patterns is None or any(pattern in name or fnmatchcase(name, pattern) for pattern in patterns)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("old", type=Path, metavar="OLD", help="the checkout that is right")
    parser.add_argument("new", type=Path, metavar="NEW", help="the checkout that must print the same")
    parser.add_argument("--reports", type=Path, action="append", metavar="DIR", help="a folder of real reports (else ../shared/corpus*)")
    parser.add_argument("--only", action="append", metavar="PATTERN", help="commands whose name holds this or is like it (repeatable)")
    parser.add_argument("--examples", choices=("old", "new"), default="new", help="whose examples both are run on (new)")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="commands side by side (2)")
    arguments = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix="compare-checkouts-") as folder:
            return compare(arguments, Path(folder).resolve())
    except SetupError as error:
        print(f"compare_checkouts: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
