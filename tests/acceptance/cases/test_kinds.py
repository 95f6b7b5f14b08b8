"""Each kind of fault that was found on published reports, in other words: three or more inputs a kind, and a control that is still found.

`kinds/*.yaml` has them as data. A case says what must be found (rule, how grave, a piece of what is said) and what must not; nothing else
may be found above a note. A control is a true defect of the kind that must still be found, or a sound report that must stay silent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.reading.judge import values
from tests.support import SHARED, book
from validator.model import FileResult
from validator.pipeline.check_file import examine

from .whose_report import identity
from .written_report import paper, written

HERE = Path(__file__).resolve().parent
CASES = SHARED / "cases"
FOLDERS = ("reports", "text", "clerk")


@dataclass(frozen=True, kw_only=True)
class Case:
    """One input. `must`: rule → how grave it is and, behind a blank, a piece of message, advice or 应为; `quiet`: rules or categories
    that must not speak; `also`: rules that may speak besides; `reads`: what the report must be read as; `figures`: address → value."""

    kind: str
    number: int
    control: bool
    report: Mapping[str, Any]
    replace: Mapping[str, str]
    file: str
    must: Mapping[str, str]
    quiet: Sequence[str]
    also: Sequence[str]
    reads: Mapping[str, Any]
    figures: Mapping[str, int]

    @property
    def id(self) -> str:
        """The kind and which of it."""
        return f"{self.kind}, {'control' if self.control else self.number}"


@cache
def kinds() -> Sequence[Mapping[str, Any]]:
    """All kinds of all files, in their order."""
    import yaml

    return [kind for path in sorted((HERE / "kinds").glob("*.yaml")) for kind in yaml.safe_load(path.read_text(encoding="utf-8"))]


def cases() -> list[Case]:
    """All inputs; a name that is none is refused."""
    found = []
    for kind in kinds():
        entries = [(entry, False) for entry in kind["cases"]] + [(entry, True) for entry in kind["controls"]]
        for number, (entry, control) in enumerate(entries, 1):
            given: dict[str, Any] = {
                "report": {},
                "replace": {},
                "file": "report",
                "must": {},
                "quiet": [],
                "also": [],
                "reads": {},
                "figures": {},
            }
            assert set(entry) <= set(given), (kind["kind"], set(entry) - set(given))
            report = {**kind.get("report", {}), **entry.get("report", {})}
            found.append(Case(kind=kind["kind"], number=number, control=control, **(given | entry | {"report": report})))
    return found


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_it_is_judged_as_a_reader_would(case: Case) -> None:
    page = paper(case.report)
    text = written(page)
    for old, new in case.replace.items():
        assert old in text, old
        text = text.replace(old, new)
    (result,) = examine(text.encode(), f"{case.file}.{'html' if page.layout == 'html' else 'txt'}", book())
    assert _wrong(case, result) == []


def _wrong(case: Case, result: FileResult) -> list[str]:
    """What is not as it must be, a line each."""
    spoken = [(f.rule, f.severity.value, f"{f.message['zh']}；{f.advice['zh']}；{f.expected or ''}") for f in result.findings]
    wrong = []
    for rule, due in case.must.items():
        severity, _, words = due.partition(" ")
        if not any(name == rule and level == severity and words in text for name, level, text in spoken):
            wrong.append(f"{rule} must say {due}: {[entry for entry in spoken if entry[0] == rule]}")
    wrong += [f"{name} must not speak: {text}" for name, _, text in spoken if name in case.quiet or name.partition(".")[0] in case.quiet]
    allowed = {*case.must, *case.also}
    wrong += [f"{name} must not speak above a note: {text}" for name, level, text in spoken if level != "note" and name not in allowed]
    read = identity(result)
    wrong += [f"{name} is {read[name]!r}, not {due!r}" for name, due in case.reads.items() if read[name] != due]
    figures = values(result.figures.by_cell) if result.figures else {}
    wrong += [f"{name} is {figures.get(name)}, not {due}" for name, due in case.figures.items() if figures.get(name) != due]
    return wrong


def test_each_kind_has_three_inputs_and_a_control() -> None:
    names = [kind["kind"] for kind in kinds()]
    assert len(names) == len(set(names))
    assert [kind["kind"] for kind in kinds() if len(kind["cases"]) < 3 or not kind["controls"]] == []


def test_no_two_inputs_differ_by_a_figure_alone() -> None:
    seen: dict[str, str] = {}
    for case in (case for case in cases() if not case.control):
        text = "".join(char for char in written(paper(case.report)) + str(case.replace) + case.file if not char.isdigit())
        assert text not in seen, (case.id, seen.get(text))
        seen[text] = case.id
