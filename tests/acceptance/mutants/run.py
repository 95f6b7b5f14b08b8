"""`make mutants COUNT=5000`: so many harmed reports, with the counts for each format and kind of harm and the first failures."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.acceptance.mutants.damage import ALL  # noqa: E402 - as below
from tests.acceptance.mutants.mutant import mutant, wrong  # noqa: E402 - the path must be there first


def trial(number: int) -> tuple[int, str, tuple[str, ...], list[str]]:
    """One mutant: its number, format, ways, and what is wrong."""
    made = mutant(number)
    try:
        return number, made.format, made.ways, wrong(made)
    except Exception as error:  # a reader that breaks is a failure, not the end of the run
        return number, made.format, made.ways, [f"{type(error).__name__}: {error}"]


def main() -> int:
    """0 if every mutant keeps the law."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=300)
    options.add_argument("--first", type=int, default=0, help="number of the first mutant: the seed")
    options.add_argument("--format", choices=ALL, help="only mutants of this format")
    options.add_argument("--jobs", type=int, default=2)
    asked = options.parse_args()
    formats: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    failures: list[tuple[int, str, tuple[str, ...], list[str]]] = []
    with ProcessPoolExecutor(asked.jobs) as pool:
        numbers = [n for n in range(asked.first, asked.first + asked.count) if asked.format in (None, ALL[n % len(ALL)])]
        for number, format, ways, problems in pool.map(trial, numbers, chunksize=10):
            formats[format] += 1
            kinds.update(f"{format} {way}" for way in ways)
            if problems:
                failures.append((number, format, ways, problems))
                print(f"{number} {format} {' '.join(ways)}: {problems[0]}", flush=True)
    print("formats:", ", ".join(f"{name} {count}" for name, count in sorted(formats.items())))
    print("kinds:", ", ".join(f"{name} {count}" for name, count in sorted(kinds.items())))
    print(f"{sum(formats.values())} mutants, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
