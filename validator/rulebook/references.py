"""What rule files say about each other: ids, `requires`, and the names of forms, tables, rows, columns and sections."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from validator.messages import Text, both, enumerated
from validator.model import Form, Rule
from validator.rulebook.diagnostics import Diagnostics, listing
from validator.rulebook.rules import KINDS
from validator.rulebook.vacuous import check_options
from validator.rulebook.yaml_reader import line_of

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

#: Options of checks that name something of a form, wherever they stand in `with`.
TABLES, ROWS, COLUMNS, SECTIONS = ("table", "tables"), ("row", "rows"), ("column", "columns"), ("section", "sections")


def check_names(
    rules: Sequence[tuple[Rule, Mapping[str, object], Diagnostics]], forms: Sequence[Form], ids: Collection[str], tables: Collection[str]
) -> None:
    """Log every name in the rules that stands for nothing, and what can never match or always does.

    `known`: the ids of all rules, those with other mistakes too; `tables`: the names of the tables of facts.
    """
    names = sorted(form.id for form in forms)
    for rule, raw, log in rules:
        for required, key in (*((name, "requires") for name in rule.requires), *((name, "yields_to") for name in rule.yields_to)):
            if required not in ids:
                near = _near(required, ids)
                log.add(line_of(raw, key), both("rulebook.reference.no-rule", id=required, near=near))
        cited = [(form, "basis") for basis in rule.basis for form in basis.forms]
        for form, key in [*((form, "forms") for form in rule.forms), *cited]:
            if form not in names:
                log.add(line_of(raw, key), both("rulebook.reference.no-form", form=form, names=listing(names)))
        used = [form for form in forms if not rule.forms or form.id in rule.forms]
        if used:
            _options(rule.check, None, used, log, line_of(raw, "with"))
            check_options(rule.check, used, tables, KINDS, log, line_of(raw, "with"))
            for text in getattr(rule.check, "mistakes", lambda forms: ())(tuple(used)):
                log.add(line_of(raw, "with"), text)
    _cycles(rules)


def check_roles(rules: Sequence[tuple[Rule, Mapping[str, object], Diagnostics]]) -> None:
    """Log each rule with a role that an earlier one has (each role is one rule's), or whose check needs a report to make a hit."""
    holders: dict[str, str] = {}
    for rule, raw, log in rules:
        if rule.role is not None and holders.setdefault(rule.role, rule.id) != rule.id:
            log.add(line_of(raw, "role"), both("rulebook.role.taken", role=rule.role, rule=holders[rule.role]))
        if rule.role is not None and not hasattr(rule.check, "tell"):
            log.add(line_of(raw, "check"), both("rulebook.role.cannot-tell"))


def _near(name: str, ids: Collection[str]) -> Text | str:
    """The ids most like a wrong one, for a message; nothing where none is like it."""
    from difflib import get_close_matches

    alike = get_close_matches(name, sorted(ids), n=3)
    return both("rulebook.reference.near", names=enumerated(alike)) if alike else ""


def _options(holder: DataclassInstance, table: str | None, forms: Sequence[Form], log: Diagnostics, line: int | None) -> None:
    """Log names among the options of `holder` that no form has; nested options too."""
    values = {field.name: getattr(holder, field.name) for field in dataclasses.fields(holder)}
    chosen = values.get("table") if isinstance(values.get("table"), str) else table
    for name, value in values.items():
        if allowed := _allowed(name, chosen, forms):
            for item in _flat(value):
                if item not in allowed:
                    log.add(line, both("rulebook.reference.not-in-forms", name=name, item=item, names=listing(allowed)))
        for inner in value if isinstance(value, tuple) else value.values() if isinstance(value, Mapping) else (value,):
            if dataclasses.is_dataclass(inner) and not isinstance(inner, type):
                _options(inner, chosen, forms, log, line)


def _allowed(name: str, table: str | None, forms: Sequence[Form]) -> tuple[object, ...]:
    """The names an option of that name may hold; empty: anything."""
    tables = [item for form in forms for item in form.tables]
    if name in TABLES:
        return tuple(dict.fromkeys(item.key for item in tables))
    if name in SECTIONS:
        return tuple(dict.fromkeys(section.number for form in forms for section in form.sections))
    tables = [item for item in tables if table in (None, item.key)]
    if name in ROWS:
        return tuple(dict.fromkeys(key for item in tables for key in (*(row.key for row in item.rows), *item.groups)))
    if name in COLUMNS:
        return tuple(dict.fromkeys(key for item in tables for key in (*(column.key for column in item.columns), *item.groups)))
    return ()


def _flat(value: object) -> Iterator[object]:
    """The names in an option: one or several; other kinds of option have none."""
    if isinstance(value, tuple | frozenset):
        for item in value:
            yield from _flat(item)
    elif isinstance(value, str | int) and not isinstance(value, bool) and value != "":
        yield value


def _cycles(rules: Sequence[tuple[Rule, Mapping[str, object], Diagnostics]]) -> None:
    """Log each rule that requires itself in the end, or yields to itself."""
    graph = {rule.id: (*rule.requires, *rule.yields_to) for rule, _, _ in rules}
    for rule, raw, log in rules:
        reached, waiting = set(), list(graph[rule.id])
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += graph.get(name, ())
        if rule.id in reached:
            log.add(line_of(raw, "requires"), both("rulebook.reference.circle", rule=rule.id))
