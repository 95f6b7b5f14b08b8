"""What several test files share: the built-in rules, the sound reports beside them, and the command in a process of its own.

Tests take these as the fixtures `book`, `report` and `run` of conftest.py; helpers that no fixture reaches import them from here.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from validator.model import Book

ROOT = Path(__file__).resolve().parents[1]
#: Published reports and schemas that stand beside the project where somebody put them; tests that need them are skipped elsewhere.
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus"
#: Seconds after which a child is held to hang: far more than anything takes where many programs share the machine.
PATIENCE = 600.0
#: Seconds that work on a hostile file may take: bounded work needs a few, what backtracks without bound more than a life.
BOUND = 120.0


class Ran(NamedTuple):
    """What became of a command: exit status, standard output, standard error."""

    status: int
    out: str
    error: str


@cache
def book() -> Book:
    """The built-in rules, read once."""
    from validator.rulebook import load_book

    return load_book()


@cache
def base(name: str = "sound-2021") -> str:
    """The text of a sound report: rules/bases/<name>.txt."""
    return (ROOT / "rules" / "bases" / f"{name}.txt").read_text(encoding="utf-8")


def changed(text: str, changes: Iterable[tuple[str, str]]) -> str:
    """The text with each first text replaced by its second; the first must be there, or the test would test nothing."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def rule_ids(folder: Path = ROOT / "rules") -> list[str]:
    """Ids of the rules in a folder, from their files' first words: whole books would be loaded where tests are only collected."""
    paths = sorted(path for path in folder.glob("*/*.yaml") if path.parent.name not in ("forms", "packs", "tables"))
    found = (re.search(r"^id: (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE) for path in paths)
    return [match[1] for match in found if match]


def surroundings(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a child that finds this checkout's modules wherever it stands."""
    return os.environ | {"PYTHONPATH": str(ROOT)} | (more or {})


def heeding(command: Sequence[str | Path]) -> list[str]:
    """The command by way of a program that lets it be interrupted: what a suite in the background runs inherits an ignored SIGINT.

    Not by `preexec_fn`, which warns where the suite has threads; the process that comes of it has the number it was started with."""
    words = [str(word) for word in command]
    return words if os.name == "nt" else [sys.executable, "-I", "-S", "-c", _HEED, *words]


_HEED = """
import os, signal, sys
for each in (signal.SIGINT, signal.SIGTERM):
    signal.signal(each, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_SETMASK, ())
os.execv(sys.argv[1], sys.argv[1:])
"""


def start_command(*words: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """`nianbao` with these words, begun and not waited for, at the head of a group of processes of its own; to be sent signals."""
    return subprocess.Popen(
        heeding([sys.executable, "-m", "validator", *words]),
        cwd=cwd,
        env=surroundings(env),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=os.name != "nt",
    )


def run_command(
    *words: str | Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    input: str | bytes | None = None,
    encoding: str = "utf-8",
) -> Ran:
    """`nianbao` with these words in a process of its own; `env` is added to the environment, `input` is its standard input."""
    given = input.encode() if isinstance(input, str) else input or b""
    command = [sys.executable, "-m", "validator", *map(str, words)]
    done = subprocess.run(command, cwd=cwd, env=surroundings(env), input=given, capture_output=True, timeout=PATIENCE)
    return Ran(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))


def given(strategies: Callable[[ModuleType], Sequence[Any]], *, examples: int = 100) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """hypothesis.given for a test whose strategies are made when it runs: importing hypothesis takes half a second of every collection.

    `strategies` makes them from hypothesis.strategies. Examples have no deadline, as nothing here is held to a stopwatch."""

    def decorate(body: Callable[..., None]) -> Callable[[], None]:
        def test() -> None:
            from hypothesis import HealthCheck, settings
            from hypothesis import given as of_hypothesis
            from hypothesis import strategies as made

            limits = settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
            limits(of_hypothesis(*strategies(made))(body))()

        test.__name__, test.__qualname__, test.__doc__, test.__module__ = body.__name__, body.__qualname__, body.__doc__, body.__module__
        return test

    return decorate
