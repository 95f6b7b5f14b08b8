"""Files that could not be read: which rule speaks, in which words, and that such a result never looks clean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.ruling import FORM, rule, text
from validator.checks.structure.observed import Observed
from validator.engine.unreadable import unreadable
from validator.model import Book, Severity, UnreadableError, Variant
from validator.model.fact_tables import FactTables

INPUT = rule(
    "input.unreadable", Observed(codes=("empty", "encrypted", "unsupported")), severity=Severity.ERROR, role="unreadable",
    variants={"encrypted": Variant(message=text("有密码")), "unsupported": Variant(message=text("{format} 读不了"))},
)  # fmt: skip
SCAN = rule("input.no-text-layer", Observed(codes=("no-text-layer",)), severity=Severity.ERROR)
BOOK = Book(forms=(FORM,), rules=(SCAN, INPUT), tables=FactTables(), fingerprint="")


@pytest.mark.parametrize(
    ("error", "name", "says"),
    [
        (UnreadableError("encrypted", format="docx"), "input.unreadable", "有密码"),
        (UnreadableError("unsupported", format="RAR"), "input.unreadable", "RAR 读不了"),
        (UnreadableError("unsupported"), "input.unreadable", "现状"),
        (UnreadableError("never-heard-of"), "input.unreadable", "现状"),
        (UnreadableError("no-text-layer"), "input.no-text-layer", "现状"),
        ("empty", "input.unreadable", "现状"),
    ],
)
def test_an_unreadable_input_is_a_result_that_says_so(error: UnreadableError | str, name: str, says: str) -> None:
    result = unreadable(BOOK, "甲.docx", error)
    assert (result.status, result.path, result.findings[0].rule, result.findings[0].message["zh"]) == ("unreadable", "甲.docx", name, says)


def test_a_variant_for_review_is_no_excuse_for_an_unread_file() -> None:
    review = replace(INPUT, variants={"encrypted": Variant(review=True)})
    result = unreadable(replace(BOOK, rules=(review,)), "甲.docx", UnreadableError("encrypted"))
    assert result.status == "unreadable" and not result.findings[0].review


def test_the_rule_is_looked_up_by_its_role_and_not_by_its_id() -> None:
    other = replace(INPUT, id="input.read", role=None)
    renamed = replace(INPUT, id="input.cannot", check=Observed(codes=()))
    finding = unreadable(replace(BOOK, rules=(other, renamed)), "甲.docx", "never-heard-of").findings[0]
    assert (finding.rule, finding.role) == ("input.cannot", "unreadable")
    with pytest.raises(LookupError, match="unreadable"):
        unreadable(replace(BOOK, rules=(other,)), "甲.docx", "never-heard-of")


def test_words_of_the_program_are_not_masked() -> None:
    told = unreadable(BOOK, "甲.docx", UnreadableError("unsupported", format="13800001234")).findings[0]
    assert told.message["zh"] == "13800001234 读不了"
