"""Web pages by hand: what is printed is read, what is not is told, and the controls beside stay as they are."""

from __future__ import annotations

import pytest

from .html_cases import CASES, Case, printed
from .judge import check, judge


@pytest.mark.parametrize("case", CASES, ids=[f"{case.kind}: {case.name}" for case in CASES])
def test_page(case: Case) -> None:
    assert judge(check("report.html", case.data), printed(), case.expected) == []
