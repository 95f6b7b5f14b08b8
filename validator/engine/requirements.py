"""What a rule is not asked: reports it does not apply to, and places where a rule that it requires has failed."""

from __future__ import annotations

from collections.abc import Mapping

from validator.messages import both
from validator.model import Cell, Form, Hit, Rule, Subject, Text

#: Failures per rule, of the rules that one requires.
Failed = Mapping[str, tuple[Hit, ...]]


def inapplicable(rule: Rule, subject: Subject) -> Text | None:
    """Why the rule does not apply to this report by its form, year or kind of unit; None where it does."""
    return unfit(rule, subject.figures.form, subject.report.year, subject.unit.kind)


def unfit(rule: Rule, form: Form, year: int | None, kind: str | None) -> Text | None:
    """Why the rule does not apply to a report on that form, of that year and kind of unit."""
    if rule.forms and form.id not in rule.forms:
        return both("engine.not-for-form", form=form.name)
    first, last = rule.years
    if year is None and (first is not None or last is not None):
        return both("engine.no-year")
    if year is not None and ((first is not None and year < first) or (last is not None and year > last)):
        return both("engine.not-for-year", year=year)
    if rule.kinds and kind not in rule.kinds:
        if kind is None:
            return both("engine.no-kind-of-unit")
        return both("engine.not-for-kind", kind=kind)
    return None


def _marks(hit: Hit) -> tuple[Cell, ...]:
    """The figures a hit stands for."""
    return hit.cells or ((hit.spot.cell,) if hit.spot.cell else ())


def wholly_blocked(rule: Rule, required: Failed) -> str | None:
    """The required rule for whose failure the rule cannot judge the report at all: it failed on all that this one looks at."""
    tables, sections = _targets(rule.check, ("table", "tables")), _targets(rule.check, ("section", "sections", "parts"))
    gone_tables: dict[object, str] = {}
    gone_sections: dict[object, str] = {}
    for name, hits in required.items():
        for hit in hits:
            marks = _marks(hit)
            if not marks and hit.spot.section is None:
                return name
            if not marks:
                gone_sections.setdefault(hit.spot.section, name)
            for mark in marks:
                if mark.row is None and mark.column is None:
                    gone_tables.setdefault(mark.table, name)
    for targets, gone in ((tables, gone_tables), (sections, gone_sections)):
        if targets and all(target in gone for target in targets):
            return gone[targets[0]]
    return None


def _targets(check: object, names: tuple[str, ...]) -> tuple[object, ...]:
    """What a check says in its options that it looks at."""
    for name in names:
        value = getattr(check, name, None)
        if value is not None and value != () and value != "":
            return tuple(value) if isinstance(value, tuple | frozenset) else (value,)
    return ()


def blocked(hit: Hit, required: Failed) -> str | None:
    """The required rule that failed at the same place as this hit: the same figures, or the same part of the report."""
    cells = _marks(hit)
    for name, failures in required.items():
        if any(_same_place(hit, cells, failure) for failure in failures):
            return name
    return None


def same_words(hit: Hit, other: Hit) -> bool:
    """Whether two hits mean the same words: the same figures, or places in one block that have characters in common."""
    cells, other_cells = _marks(hit), _marks(other)
    if cells or other_cells:
        return any(mine.meets(mark) for mine in cells for mark in other_cells)
    a, b = hit.spot, other.spot
    if a.block is None or a.block is not b.block:
        return False
    ends = [spot.start + spot.length if spot.length else len(a.block.text) for spot in (a, b)]
    return max(a.start, b.start) < min(ends)


def _same_place(hit: Hit, cells: tuple[Cell, ...], failure: Hit) -> bool:
    failed_cells = _marks(failure)
    if cells and failed_cells:
        return any(mine.meets(mark) for mine in cells for mark in failed_cells)
    a, b = hit.spot, failure.spot
    return not failed_cells and not cells and a.section is not None and a.section == b.section
