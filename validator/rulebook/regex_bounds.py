"""Expressions in the tables and forms of packs: they run without a time limit, so that those that might never end are refused at load."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from validator.rulebook.diagnostics import Log
from validator.rulebook.expressions import MOST, MOST_WAYS, ways, written_out
from validator.rulebook.sources import built_in
from validator.rulebook.tables import read_table
from validator.rulebook.yaml_reader import line_of


def check_table(table: object, log: Log) -> None:
    """Log texts of a pack's table that, taken as expressions, could run for ever: tables run on an engine without a time limit.

    What stands in a built-in table too is held by tests, and may stay as it is.
    """
    for text, line in _texts(table, 1):
        bounded(text, log, line, "tables")


def bounded(text: str, log: Log, line: int | None, name: str) -> bool:
    """Whether an expression of a pack's table or form is sure to end soon; if not, the log says what to write instead."""
    if (written_out(text) <= MOST and ways(text) <= MOST_WAYS) or text in _built_in():
        return True
    shown = text if len(text) <= 40 else text[:39] + "…"
    log.add(
        line,
        f"“{name}”的“{shown}”作为正则表达式可能没完没了：重复里不要再套重复，.* 改写成 .{{0,20}} 这样有上限的",
        f"'{name}': as an expression, '{shown}' may never end: no repetition inside another, and .{{0,20}} with a limit in place of .*",
    )
    return False


@lru_cache(maxsize=1)
def _built_in() -> frozenset[str]:
    """Every text of the built-in tables and forms."""
    home = built_in()
    files = [path for root in (home, *home.glob("packs/*")) for room in ("tables", "forms") for path in (root / room).glob("*.yaml")]
    return frozenset(text for path in files for text, _ in _texts(read_table(path.read_bytes(), Log(str(path))), 1))


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
