"""What is done to findings is one list: which steps, in which order, and what would be otherwise in another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from validator.county import finding_steps
from validator.county.acceptance import Baseline, Terms
from validator.county.acceptance.baseline import entries_of
from validator.county.finding_steps import STEPS, Step, StepOptions, apply_steps
from validator.model import Answer, Book, Config, FileResult, Finding, Location, Outcome, PathSettings, Run, Severity, Unshown, Waiver

WAIVER = Waiver(rule="x.a", reason="已说明")
PATH = PathSettings(path="a.txt", ignore=("x.a",))


def finding(rule: str, line: int = 1, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(
        rule=rule, severity=severity, message={"zh": rule, "en": rule}, advice={}, basis=(), location=Location(line=line, offset=1)
    )


def run(*findings: Finding) -> Run:
    outcomes = tuple(Outcome(rule=one.rule, answer=Answer.FAIL) for one in findings)
    file = FileResult(path="a.txt", unit="某镇", year=2023, findings=findings, outcomes=outcomes)
    return Run(files=(file,), rules={}, fingerprint="")


@pytest.fixture
def asked(tmp_path: Path, book: Book) -> Callable[..., StepOptions]:
    """What nianbao.yaml says; with a run, its findings are the baseline."""

    def made(found: Run | None = None, **settings: object) -> StepOptions:
        baseline = Baseline(path="b.json", folder=str(tmp_path), entries=entries_of(found, str(tmp_path))) if found else None
        config = Config(path="nianbao.yaml", folder=str(Path.cwd()), **settings)  # type: ignore[arg-type]
        return StepOptions(config=config, terms=Terms(today=date(2024, 7, 1), tables=book.tables, baseline=baseline))

    return made


def test_the_list_can_be_read() -> None:
    assert list(STEPS) == ["order", "severities", "paths", "waivers", "baseline", "acceptance", "standings", "changed-since"]
    assert all(step.__doc__ for step in STEPS.values())


def test_without_settings_only_the_order_is_looked_after() -> None:
    found = run(finding("x.b", 9), finding("x.a", 2))
    assert [one.rule for one in apply_steps(found, StepOptions()).files[0].findings] == ["x.a", "x.b"]
    sound = run(finding("x.a", 2), finding("x.b", 9))
    assert apply_steps(sound, StepOptions()) == sound


def test_a_path_overrules_the_severity_of_the_whole_county(asked: Callable[..., StepOptions]) -> None:
    path = PathSettings(path="a.txt", severity={"x.a": Severity.NOTE})
    terms = asked(severity={"x": Severity.ERROR}, paths=(path,))
    assert apply_steps(run(finding("x.a")), terms).files[0].findings[0].severity is Severity.NOTE


def test_what_a_path_leaves_out_is_not_waived_and_what_is_waived_is_not_of_the_baseline(asked: Callable[..., StepOptions]) -> None:
    found = run(finding("x.a"))
    left_out = apply_steps(found, asked(found, paths=(PATH,), waivers=(WAIVER,))).files[0]
    assert (left_out.findings, left_out.waived) == ((), ())
    waived = apply_steps(found, asked(found, waivers=(WAIVER,))).files[0]
    assert [(one.reason, one.baseline) for one in waived.waived] == [("已说明", False)]
    known = apply_steps(found, asked(found)).files[0]
    assert known.findings == () and [one.baseline for one in known.waived] == [True]


def test_what_changed_is_left_last_so_that_the_rest_is_counted_as_the_county_has_it(asked: Callable[..., StepOptions]) -> None:
    def narrowed(left: Run) -> Run:
        failed = sum(file.status != "clean" for file in left.files)
        return Run(files=(), rules={}, fingerprint="", unshown=Unshown(since="main", files=1, failed=failed))

    terms = asked(waivers=(WAIVER,))
    shown = apply_steps(run(finding("x.a")), StepOptions(config=terms.config, terms=terms.terms, narrowed=narrowed))
    assert shown.unshown == Unshown(since="main", files=1, failed=0)


@pytest.mark.parametrize("moved", ["paths", "waivers"])
def test_another_order_would_show(moved: str, asked: Callable[..., StepOptions], monkeypatch: pytest.MonkeyPatch) -> None:
    found = run(finding("x.a"))
    terms = asked(found, paths=(PATH,) if moved == "paths" else (), waivers=(WAIVER,))
    first = apply_steps(found, terms)
    last: Mapping[str, Step] = {name: step for name, step in STEPS.items() if name != moved} | {moved: STEPS[moved]}
    monkeypatch.setattr(finding_steps, "STEPS", last)
    assert apply_steps(found, terms) != first
