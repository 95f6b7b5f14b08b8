"""Every case of the task's folders is held by a test here."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from . import test_text, test_whose_report
from .test_kinds import CASES, FOLDERS, HERE, kinds

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases of the task are not here")
_NAME = re.compile(rf"(?:{'|'.join(FOLDERS)})/\d+")
#: Cases whose own page expects what the tests here do not hold, and why.
HELD_OTHERWISE = {
    "reports/22": "the parts printed add up to the total of 160, not to the page's 162: nothing is wrong",
}

#: Cases whose rule is still being written.
AWAITED: set[str] = set()

#: Cases whose kind stands in other words elsewhere: the module, or the rule whose examples they are; names there; those of the controls.
ELSEWHERE = {
    "reports/05": ("test_whose_report", ("a synopsis", "of the town", "words nobody knows"), ("control: no first part",)),
    "reports/06": ("test_whose_report", ("a synopsis", "of the town", "words nobody knows"), ("control: no first part",)),
    "text/11": ("test_whose_report", ("a synopsis", "of the town", "words nobody knows"), ("control: no first part",)),
    "reports/53": ("structure.overview-length", ("fail",), ("pass",)),
    "reports/55": ("test_text", ("a prompt", "a prompt is no problem", "a prompt is no content"), ("brackets of one's own",)),
    "text/30": ("test_text", ("parts of 0",), ("parts of 0 that fit", "a few parts, one of them 0")),
    "text/35": ("test_text", ("the contact's end",), ("brackets after the stop",)),
    "text/40": ("test_text", ("half of a pair",), ("a way through the site", "a pair of another kind")),
}
#: Cases that no three inputs in other words stand for yet.
ALONE = {
    "clerk/1": "a whole Word report",
    "clerk/2": "a whole Word report",
    "clerk/4": "a whole Word report",
    "clerk/5": "a whole Word report",
    "reports/17": "one layout of a table copied from a PDF",
    "reports/19": "one other input, in test_whose_report",
}


def _named(where: str) -> list[str]:
    """The names of a module's inputs, as often as each stands there; of a rule: `pass` or `fail` an example."""
    if where == "test_text":
        return [case.kind for case in test_text.OWN]
    if where == "test_whose_report":
        return list(test_whose_report.CASES)
    import yaml

    path = HERE.parents[2] / "rules" / f"{where.replace('.', '/')}.yaml"
    examples = yaml.safe_load(path.read_text(encoding="utf-8"))["examples"]
    return [name for name in ("pass", "fail") for _ in examples[name]]


def _shared() -> set[str]:
    """`reports/01` … of each input that came with the task."""
    inputs = [path for folder in FOLDERS for path in (CASES / folder).iterdir() if path.suffix != ".md" or path.name.endswith(".input.md")]
    found = {f"{path.parent.name}/{match[0]}" for path in inputs if (match := re.match(r"\d+", path.name))}
    assert len(found) == len(inputs), "each input begins with its number"
    return found


def _strings(path: Path) -> set[str]:
    """The cases that a module names in its texts; those in comments and docstrings hold nothing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {match[0] for text in texts if (match := _NAME.match(text))}


def test_a_test_holds_each_case() -> None:
    held = set().union(*(_strings(path) for path in HERE.glob("test_*.py") if path != Path(__file__)))
    assert _shared() - held == set()
    assert set(HELD_OTHERWISE) <= held


def test_the_kinds_are_those_of_cases() -> None:
    assert {name for kind in kinds() for name in kind["of"]} - _shared() == set()


def test_each_case_is_counted_once() -> None:
    """In `kinds/`, in the table above with what counts, or among those that stand alone."""
    in_kinds = {name for kind in kinds() for name in kind["of"]}
    assert _shared() - in_kinds - set(ELSEWHERE) - set(ALONE) == set()
    assert in_kinds & (set(ELSEWHERE) | set(ALONE)) == set()
    assert set(ELSEWHERE) & set(ALONE) == set()


@pytest.mark.parametrize("case", ELSEWHERE)
def test_what_counts_stands_there(case: str) -> None:
    where, names, controls = ELSEWHERE[case]
    held = _named(where)
    assert set(names) | set(controls) <= set(held)
    assert sum(held.count(name) for name in names) >= 3
