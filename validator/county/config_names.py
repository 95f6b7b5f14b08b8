"""The names in nianbao.yaml checked against the book: unknown rules, categories and units, and what may not be waived."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from validator.county.config_values import log_unknown
from validator.engine.selection import known_names, named, reading
from validator.messages import both
from validator.model import INPUT, Book, Rule
from validator.rulebook.diagnostics import Diagnostics
from validator.rulebook.yaml_reader import Map, line_of, submap


def check_names(raw: Map, book: Book, log: Diagnostics, others: Callable[[], Iterable[Book]] = tuple) -> None:
    """Log every unknown rule, category or unit in the file. `others`: more books whose rules count, loaded only where needed."""
    rules = {rule.id: rule for rule in book.rules}
    names = known_names(book.rules)
    for key, name, line in _rule_names(raw):
        if isinstance(name, str) and name not in names and (more := [rule for other in others() for rule in other.rules]):
            rules = {rule.id: rule for rule in more} | rules
            names |= known_names(more)
        if isinstance(name, str) and name not in (rules if key in ("waivers.rule", "rules.options") else names):
            log_unknown(log, line, key, name, sorted(names))
    for severities, key in _severities(raw):
        for name in severities:
            if named(name, (INPUT,)) and name in names:
                log.add(line_of(severities, name), both("county.config.severity-is-kept", where=key, name=name))
    _check_waived_rules(raw, book, rules, log)
    _check_waived_units(raw, log)


def _check_waived_rules(raw: Map, book: Book, rules: Mapping[str, Rule], log: Diagnostics) -> None:
    """Log each waiver of what must always be reported: files that could not be read, and waivers that are wrong."""
    never_waived = reading(book.rules)
    for key, name, line in _rule_names(raw):
        if key == "waivers.rule" and name in never_waived:
            log.add(line, both("county.config.unread-not-waived", name=name))
        elif key == "waivers.rule" and isinstance(name, str) and name in rules and rules[name].scope == "config":
            log.add(line, both("county.config.config-not-waived", name=name))


def _check_waived_units(raw: Map, log: Diagnostics) -> None:
    """Log each unit of a waiver that is not on the roster, where there is one."""
    units = {name for unit in _entries(raw, "roster") for key in ("name", "aliases", "formerly") for name in _texts(unit.get(key))}
    for waiver in _entries(raw, "waivers") if units else ():
        name = waiver.get("unit")
        if isinstance(name, str) and name not in units:
            log_unknown(log, line_of(waiver, "unit"), "waivers.unit", name, sorted(units))


def _entries(raw: Map, key: str) -> Iterator[Map]:
    """The mappings in a list of the file; none where there is no list."""
    entries = raw.get(key)
    yield from (entry for entry in (entries if isinstance(entries, list) else ()) if isinstance(entry, Map))


def _texts(value: object) -> Iterator[str]:
    """The texts of a value that may be one or a list of them."""
    yield from (item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str))


def _severities(raw: Map) -> Iterator[tuple[Map, str]]:
    """Each mapping of rules to severities, and the key it stands under."""
    yield submap(submap(raw, "rules"), "severity"), "rules.severity"
    yield from ((submap(entry, "severity"), "paths.severity") for entry in _entries(raw, "paths"))


def _rule_names(raw: Map) -> Iterator[tuple[str, object, int | None]]:
    """Every name of a rule: the key it stands under, the name, its line."""
    rules = submap(raw, "rules")
    for key in ("select", "ignore"):
        names = rules.get(key)
        for at, name in enumerate(names if isinstance(names, list) else ()):
            yield f"rules.{key}", name, line_of(names, at)
    yield from (("rules.options", name, line_of(rules["options"], name)) for name in submap(rules, "options"))
    for severities, key in _severities(raw):
        yield from ((key, name, line_of(severities, name)) for name in severities)
    for key, inner in (("paths", "ignore"), ("waivers", "rule")):
        for entry in _entries(raw, key):
            names = entry.get(inner)
            for name in names if isinstance(names, list) else [names]:
                if name is not None:
                    yield f"{key}.{inner}", name, line_of(entry, inner)
