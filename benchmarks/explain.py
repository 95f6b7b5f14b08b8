"""How long it takes to say which figure of section 3 is wrong: medians for one, two and three wrong figures of a full table.

    python benchmarks/explain.py

`search` is the localisation alone: residuals, smallest sets, independent blocks. `all` is what a check pays on top of its rules: the same
with ranking and texts. The limits are for the localisation: 1 ms with one or two wrong figures, 5 ms with three.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.explain.sums_by_hand import book, failed, figures, full, section3, sound  # noqa: E402
from validator.explain import explain  # noqa: E402
from validator.explain.components import blocks  # noqa: E402
from validator.explain.equations import Equation, Quantity, System, layout_of  # noqa: E402

RUNS = 300
LIMITS = {1: 1.0, 2: 1.0, 3: 5.0}  # ms


def case(rnd: random.Random, form: str, digits: int, wrong: int) -> dict[tuple[str, str], int]:
    """A section 3 with some figures wrong."""
    values = sound(rnd, form, digits)
    for key in rnd.sample(sorted(values), wrong):
        values[key] = max(0, values[key] + rnd.choice((1, 2, 9, 10, -1, -2, values[key] * 9 + 1)))
    return values


def measured(form: str, digits: int, wrong: int, seed: int) -> tuple[float, float]:
    """Median milliseconds of the search and of all of it."""
    rnd, identities, words = random.Random(seed), full(form), book().tables.explain
    search, whole = [], []
    for _ in range(RUNS):
        found = figures(form, section3(case(rnd, form, digits, wrong)))
        findings = failed(identities, found)
        equations = [Equation(kind=identity.rule, terms=identity.terms) for identity in identities]
        quantities = [Quantity(value=found.by_cell[cell].value or 0) for cell in layout_of(equations).cells]
        start = time.perf_counter()
        blocks(System(equations, quantities))
        middle = time.perf_counter()
        explain(findings, found, identities, words)
        search.append(middle - start)
        whole.append(time.perf_counter() - middle)
    return statistics.median(search) * 1000, statistics.median(whole) * 1000


def main() -> int:
    """Print the table; 1 where a limit is missed."""
    missed = False
    print(f"{'form':6}{'figures':>12}{'wrong':>7}{'search ms':>11}{'all ms':>9}{'limit ms':>10}")
    for form in ("2019", "2021"):
        for digits, name in ((0, "mostly zero"), (7, "to 7 digits")):
            for wrong, limit in LIMITS.items():
                search, whole = measured(form, digits, wrong, 10 * digits + wrong)
                missed = missed or search > limit
                print(f"{form:6}{name:>12}{wrong:>7}{search:>11.2f}{whole:>9.2f}{limit:>10.1f}")
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())
