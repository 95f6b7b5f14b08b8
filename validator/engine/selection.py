"""Which rules report: --select and --ignore, which rules remain, which others these require, and unknown names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from validator.base.records import record
from validator.model import Rule

#: Whether a rule reports.
Reports = Callable[[Rule], bool]
#: Which rules report: whatever says so of one, or ids and categories; None: all.
Selected = Reports | Collection[str] | None


@record
class Selection:
    """--select and --ignore: rule ids or whole categories. Nothing selected means all."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def __call__(self, rule: Rule) -> bool:
        """Whether the rule reports."""
        return (not self.select or named(rule.id, self.select)) and not named(rule.id, self.ignore)


def named(rule: str, names: Collection[str]) -> bool:
    """Whether a rule of that id is among the names, by itself or by its category."""
    return rule in names or rule.partition(".")[0] in names


def known_names(rules: Iterable[Rule]) -> set[str]:
    """All that a setting may call rules by: their ids and their categories."""
    return {name for rule in rules for name in (rule.id, rule.category)}


def unknown_names(rules: Iterable[Rule], names: Iterable[str]) -> tuple[str, ...]:
    """Those of `names` that are neither a rule nor a category of the book."""
    allowed = known_names(rules)
    return tuple(name for name in names if name not in allowed)


def reading(rules: Iterable[Rule]) -> frozenset[str]:
    """The rules that say whether a file could be read."""
    return frozenset(rule.id for rule in rules if rule.unread)


def chosen(rules: Iterable[Rule], select: Iterable[str], ignore: Iterable[str], asked_for: Collection[str] = ()) -> frozenset[str]:
    """The ids of the rules that --select and --ignore leave. `asked`: ids that nianbao.yaml gives a severity or options.

    One that is off until it is asked for needs its own id there or in --select; its category is not enough. Those that
    say whether a file could be read are always among them: a report that was not read must never look clean.
    """
    named_ones = frozenset(select)
    wanted, by_id = Selection(select=named_ones, ignore=frozenset(ignore)), named_ones.union(asked_for)
    return frozenset(rule.id for rule in rules if (wanted(rule) and (not rule.off or rule.id in by_id)) or rule.unread)


def reporting(selected: Selected) -> Reports:
    """The selection as a question to ask of a rule."""
    if selected is None:
        return lambda rule: not rule.off
    if callable(selected):
        return selected
    names = selected
    return lambda rule: named(rule.id, names)


def needed(rules: Sequence[Rule], reports: Reports) -> tuple[Rule, ...]:
    """Of rules in their order those that report and all that they require, directly or not."""
    wanted: set[str] = set()
    needed_rules = []
    for rule in reversed(rules):
        if rule.id in wanted or reports(rule):
            wanted.update(rule.requires)
            needed_rules.append(rule)
    return tuple(reversed(needed_rules))
