"""Reports of several years of one unit that bear one date: published together, or the site was moved, so that the date says little."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from validator.engine.findings import as_variant
from validator.model import Answer, FileResult, Finding, Member, Outcome, ReportSet, Rule

#: The variant of a rule for a date that reports of several years bear.
SAME_DAY = "same_day"

#: Unit and day → the years of its reports that were published on it.
YearsOfDay = Mapping[tuple[str, date], frozenset[int]]


def years_of_day(report_set: ReportSet) -> YearsOfDay:
    """The days on which a unit published reports, by the dates in their texts."""
    found: dict[tuple[str, date], set[int]] = {}
    for member in report_set.members:
        if (day := _day(member)) and member.unit is not None and member.year is not None:
            found.setdefault((member.unit.name, day), set()).add(member.year)
    return {key: frozenset(years) for key, years in found.items()}


def with_same_day_noted(member: Member, file: FileResult, years: YearsOfDay, rules: Mapping[str, Rule]) -> FileResult:
    """The file; where reports of several years bear its date, what rules with such a variant say of the date is for a person's eye."""
    day = _day(member)
    count = len(years.get((member.unit.name, day), ())) if day and member.unit is not None else 0
    if day is None or count < 2:
        return file
    changed = {finding.rule for finding in file.findings if _says(finding, day, rules)}
    if not changed:
        return file
    facts = {"published": day.isoformat(), "count": count}
    return replace(
        file,
        findings=tuple(
            replace(as_variant(finding, rules[finding.rule], SAME_DAY, facts), review=True, state=None)
            if finding.rule in changed
            else finding
            for finding in file.findings
        ),
        outcomes=tuple(Outcome(rule=one.rule, answer=Answer.REVIEW) if one.rule in changed else one for one in file.outcomes),
    )


def _day(member: Member) -> date | None:
    return member.file.digest.published if member.file.digest else None


def _says(finding: Finding, day: date, rules: Mapping[str, Rule]) -> bool:
    """Whether a finding holds the date against the report without a doubt."""
    rule = rules.get(finding.rule)
    return rule is not None and SAME_DAY in rule.variants and not finding.review and finding.actual == day.isoformat()
