"""Layouts of tables in plain text and Markdown: every figure as printed, or said to be unread."""

from __future__ import annotations

import pytest

from .judge import check, judge
from .text_cases import CASES, Case, base, printed


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_layout(case: Case) -> None:
    result = check(f"report{case.suffix}", case.text().encode())
    assert judge(result, printed(base()), case.expected) == []
