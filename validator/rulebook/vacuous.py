"""Options with which a rule could never find anything, or always would: each is a mistake when the rule is loaded, not silence."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, get_args

from validator.messages import both
from validator.model import Form
from validator.model.demands import is_day
from validator.model.unit_facts import UnitLevel
from validator.rulebook.diagnostics import Diagnostics, listing
from validator.rulebook.expressions import never
from validator.text.characters import Pattern

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

#: The levels of units; an option may say township/county for a kind of unit of one level.
LEVELS: tuple[str, ...] = get_args(UnitLevel)
#: Options that name parts of the form by number (0: what stands before the first), tables of facts, figures, kinds of unit, levels.
_PARTS, _TABLES, _FIGURES, _KINDS, _LEVELS = (
    ("parts", "home", "sections"), ("phrases", "book", "words"), ("nought", "raised_by"), ("above", "days", "names"), ("not_levels",)
)  # fmt: skip
#: Limits in percent.
_PERCENT = ("limit", "common")
_FIGURE = re.compile(r"(?<![a-z_0-9])[a-z_0-9]+(?:\.[a-z_0-9]+){2,}")


def check_options(
    holder: DataclassInstance, forms: Sequence[Form], tables: Collection[str], kinds: Sequence[str], log: Diagnostics, line: int | None
) -> None:
    """Log each option of a check, nested ones too, that stands for nothing, can never match or always does."""
    for field in dataclasses.fields(holder):
        name, value = field.name, getattr(holder, field.name)
        if name in _PARTS:
            numbers = (0, *dict.fromkeys(section.number for form in forms for section in form.sections))
            _named(name, [item for item in _several(value) if type(item) is int], numbers, log, line)
        elif name in _TABLES and isinstance(value, str):
            _named(name, [value], sorted(tables), log, line)
        elif name in _FIGURES and isinstance(value, str):
            _figures(name, value, forms, log, line)
        elif name in _KINDS and isinstance(value, Mapping):
            _units(name, value, kinds, log, line)
        elif name in _LEVELS:
            _named(name, _several(value), LEVELS, log, line)
        elif name in _PERCENT and isinstance(value, float | int) and not 0 < value < 100:
            log.add(line, both("rulebook.option.no-percentage", name=name, value=value))  # fmt: skip
        for inner in _several(value):
            if isinstance(inner, Pattern):
                _pattern(name, inner, log, line)
            elif dataclasses.is_dataclass(inner) and not isinstance(inner, type):
                check_options(inner, forms, tables, kinds, log, line)


def _several(value: object) -> list[object]:
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, tuple | frozenset) else [value] if value is not None else []


def _named(option: str, names: Sequence[object], allowed: Sequence[object], log: Diagnostics, line: int | None) -> None:
    for name in names:
        if name not in allowed:
            log.add(line, both("rulebook.option.unknown", option=option, name=name, names=listing(allowed)))  # fmt: skip


def _figures(option: str, text: str, forms: Sequence[Form], log: Diagnostics, line: int | None) -> None:
    """Log names table.row.column that no form has."""
    for name in _FIGURE.findall(text):
        table, _, rest = name.partition(".")
        row, _, column = rest.rpartition(".")
        tables = [form_table for form in forms if (form_table := form.table(table))]
        if not any(part.row(row) and part.column(column) for part in tables):
            allowed = [part.key for form in forms for part in form.tables] if not tables else [
                key for part in tables for key in (*(r.key for r in part.rows), *(c.key for c in part.columns))
            ]  # fmt: skip
            names = dict.fromkeys(allowed)
            log.add(line, both("rulebook.option.no-figure", option=option, name=name, names=listing(names)))  # fmt: skip


def _units(option: str, value: Mapping[object, object], kinds: Sequence[str], log: Diagnostics, line: int | None) -> None:
    """Log kinds of unit, levels and days of the year that there are none of."""
    for name, item in value.items():
        kind, slash, level = str(name).partition("/")
        _named(option, [kind], kinds, log, line)
        _named(option, [level] if slash else [], LEVELS, log, line)
        if option == "days" and not is_day(str(item)):
            log.add(line, both("rulebook.option.no-day", option=option, item=item))  # fmt: skip


def _pattern(option: str, pattern: Pattern, log: Diagnostics, line: int | None) -> None:
    """Log an expression that is found in every text, or in none. Those of the built-in rules are checked by tests."""
    if pattern.trusted:
        return
    if pattern.match("") is not None:
        log.add(line, both("rulebook.option.matches-nothing", option=option, source=pattern.source))  # fmt: skip
    elif never(pattern.source):
        log.add(line, both("rulebook.option.never-matches", option=option, source=pattern.source))  # fmt: skip
