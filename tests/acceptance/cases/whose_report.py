"""What a report must be read as, and which rules must and must not speak, written down once for the cases of the task and our own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from tests.support import book
from validator.model import FileResult
from validator.pipeline.check_file import examine


@dataclass(frozen=True, kw_only=True)
class Expected:
    """`says`: rule → its severity, or None where any will do; `silent`: rules that must not speak; `only`: no other rule speaks above a
    note. What is None of the rest is not judged."""

    unit: str | None = None
    unit_from: str | None = None
    year: int | None = None
    year_from: str | None = None
    kind: str | None = None
    level: str | None = None
    parts: tuple[int | None, ...] | None = None
    says: Mapping[str, str | None] = field(default_factory=dict)
    silent: Collection[str] = ()
    only: bool = False
    words: Collection[str] = ()  # each must stand in some message or advice


def check(name: str, data: bytes, *, unit: str | None = None, year: int | None = None) -> FileResult:
    """The one report of a file, checked by the built-in rules."""
    (result,) = examine(data, name, book(), unit=unit, year=year)
    return result


def identity(result: FileResult) -> dict[str, object]:
    """Whose report it is taken for, and of which year."""
    return {name: getattr(result, name) for name in ("unit", "unit_from", "year", "year_from", "kind", "level")}


def judge(result: FileResult, expected: Expected) -> list[str]:
    """What is not as expected, a line each; empty: all is."""
    wrong = []
    report = result.report
    assert report is not None
    read = identity(result) | {"parts": tuple(section.number for section in report.sections)}
    for name, value in read.items():
        due = getattr(expected, name)
        if due is not None and value != due:
            wrong.append(f"{name} is {value!r}, not {due!r}")
    for rule, severity in expected.says.items():
        found = {finding.severity.value for finding in result.findings if finding.rule == rule}
        if not found or severity is not None and severity not in found:
            wrong.append(f"{rule} must speak as {severity}; it speaks as {sorted(found)}")
    speak = {finding.rule for finding in result.findings}
    wrong += [f"{rule} must not speak" for rule in expected.silent if rule in speak]
    if expected.only:
        loud = {finding.rule for finding in result.findings if finding.severity.value != "note"}
        wrong += [f"{rule} must not speak above a note" for rule in sorted(loud - set(expected.says))]
    texts = " ".join(finding.message["zh"] + finding.advice["zh"] for finding in result.findings)
    wrong += [f"no message says {word}: {texts}" for word in expected.words if word not in texts]
    return wrong
