"""Word files by hand: what is printed is read, what is not is told, and the controls beside stay as they are."""

from __future__ import annotations

import inspect
import re

import pytest

from validator.readers.docx import cells, equations, fields, looks, paragraph_content, paragraphs, reader

from .cells import printed
from .docx_cases import CASES, Case
from .judge import book, check, judge


@pytest.mark.parametrize("case", CASES, ids=[f"{case.kind}: {case.name}" for case in CASES])
def test_word(case: Case) -> None:
    assert judge(check("report.docx", case.data), printed(), case.expected) == []


def test_every_doubt_is_told_in_the_clerks_words() -> None:
    written = re.compile(r'(?:doubtful\(|doubt=|return self.doubt or |Step\("doubt", text=)"([a-z]+)"')
    modules = (cells, equations, fields, looks, paragraph_content, paragraphs, reader)
    doubts = {key for module in modules for key in written.findall(inspect.getsource(module))}
    for case in CASES:
        doubts |= {block.doubt for block in reader.read(case.data, "report.docx")[0].blocks}
    (rule,) = (rule for rule in book().rules if rule.id == "table.unreadable")
    assert len(doubts) > 10 and doubts <= set(rule.check.reasons)  # type: ignore[attr-defined]
