"""Expressions in the tables and forms of packs: they run without a time limit, so that those that might never end are refused at load.

Few can: where an expression can be seen to go only so many ways from one place, nothing is tried. The others are, on strings that make bad
ones slow, as the built-in ones are by the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from validator.base import regex_cache
from validator.base.pumping import MOST_EXPONENT, all_found, growth, least_width
from validator.messages import both
from validator.rulebook.diagnostics import Diagnostics
from validator.rulebook.expressions import ENDLESS, MOST, MOST_WAYS, ways, written_out
from validator.rulebook.pack_files import read_table
from validator.rulebook.sources import built_in
from validator.rulebook.yaml_reader import line_of

#: Characters of the longest string on which an expression is tried; a quadratic one takes some hundredths of a second for it.
_LENGTH = 10_000
#: An expression that matches nothing shorter cannot be tried on strings short enough to be safe: (甲?){30}甲{30}.
_SHORT = 12


def check_table(table: object, log: Diagnostics) -> None:
    """Log texts of a pack's table that, taken as expressions, could run for ever: tables run on an engine without a time limit.

    Texts that stand in a built-in table too are not tried: the tests do that.
    """
    for text, line in _texts(table, 1):
        bounded(text, log, line, "tables")


def bounded(text: str, log: Diagnostics, line: int | None, name: str) -> bool:
    """Whether an expression of a pack's table or form is sure to end soon; if not, the log says what to write instead."""
    if text in _built_in() or (written_out(text) <= MOST and (ways(text) < ENDLESS or _linear(text))):
        return True
    shown = text if len(text) <= 40 else text[:39] + "…"
    log.add(line, both("rulebook.pattern.unbounded", name=name, shown=shown))
    return False


def _linear(text: str) -> bool:
    """Whether the time of a search grows in proportion on strings made of the expression's own parts. What is no expression is looked for
    as it stands. The answer is kept from run to run."""
    key = f"linear:{_LENGTH}:{MOST_EXPONENT}:{text}"
    linear = regex_cache.store.get(key)
    if linear is None:
        try:
            wide = re.compile(text) and least_width(text) > _SHORT and ways(text) > MOST_WAYS
            linear = not wide and growth(all_found(re.compile(text)), text, length=_LENGTH) is None
        except (re.error, RecursionError, OverflowError):
            linear = True
        regex_cache.store.put(key, linear)
    return bool(linear)


@lru_cache(maxsize=1)
def _built_in() -> frozenset[str]:
    """Every text of the built-in tables and forms."""
    home = built_in()
    files = [path for root in (home, *home.glob("packs/*")) for room in ("tables", "forms") for path in (root / room).glob("*.yaml")]
    return frozenset(text for path in files for text, _ in _texts(read_table(path.read_bytes(), Diagnostics(str(path))), 1))


def _texts(value: object, line: int | None) -> Iterator[tuple[str, int | None]]:
    """Every text in plain data, keys too, with its line."""
    if isinstance(value, str):
        yield value, line
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key), line_of(value, key) or line
            yield from _texts(item, line_of(value, key) or line)
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from _texts(item, line_of(value, number) or line)
