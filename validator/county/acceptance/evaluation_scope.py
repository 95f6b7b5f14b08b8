"""What a run could see: which files were checked, by which rules, on which day. Only what was looked at can be called unused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from validator.base.records import record
from validator.model import Answer, FactTables, FileResult, Outcome, Rule, Run


@record
class BaselineEntry:
    """An accepted finding, `count` times. `id`: its fingerprint, which alone decides; the other fields describe it."""

    id: str
    rule: str
    unit: str | None = None
    year: int | None = None
    section: int | None = None
    cell: str | None = None
    text: str | None = None
    paths: tuple[str, ...] = ()  # the reports, from the baseline's folder
    count: int = 1


@record
class Baseline:
    """A baseline as it was read. `path`: as messages call it; `folder`: from which its paths are, absolute."""

    path: str
    folder: str
    entries: tuple[BaselineEntry, ...] = ()


@record
class Terms:
    """What a run could see. `given`: the files that were read, as real paths. `whole`: they are all that the county has."""

    today: date
    rules: tuple[Rule, ...] = ()
    selected: frozenset[str] = frozenset()  # rules that reported
    reporting: frozenset[str] = frozenset()  # rules over waivers and baseline that report
    tables: FactTables = FactTables()
    given: frozenset[str] = frozenset()
    whole: bool = True
    baseline: Baseline | None = None


def could_find(rule: str, files: Iterable[FileResult], run: Run, terms: Terms, *, covered: bool) -> bool:
    """Whether a rule could have found whatever there is in these files: all were read, it was asked and did not break.

    `covered`: there are no others that the question is about. In a run of some files only, a rule that was skipped for want of other
    reports could not find it.
    """
    files, the_rule = tuple(files), run.rules.get(rule)
    if the_rule is not None and the_rule.scope == "county":
        return terms.whole and _answers(rule, run.outcomes) not in (set(), {Answer.ERROR})
    answers = [_answers(rule, file.outcomes) for file in files]
    if any(file.status == "unreadable" for file in files) or any(Answer.ERROR in of_file for of_file in answers):
        return False
    if terms.whole:
        return rule in terms.selected
    series = the_rule is not None and the_rule.scope == "series"
    return covered and bool(files) and all(of_file and not (series and Answer.SKIP in of_file) for of_file in answers)


def _answers(rule: str, outcomes: Iterable[Outcome]) -> set[Answer]:
    return {outcome.answer for outcome in outcomes if outcome.rule == rule}
