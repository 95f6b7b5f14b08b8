"""What waits until a table's sums hold is told at once where no repair would make it agree, and else waits and says so."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.support import ROOT, book
from validator.model import Answer, FileResult
from validator.pipeline.check_file import examine

BASE = (ROOT / "rules" / "bases" / "sound-2021.txt").read_text(encoding="utf-8")
#: 6 were granted in the row's total: its parts and the column's results say 4.
BROKEN = {"（一）予以公开\t3\t1\t0\t0\t0\t0\t4": "（一）予以公开\t3\t1\t0\t0\t0\t0\t6"}
#: One case more in the totals of natural persons than the results have.
UNENTERED = {"（一）予以公开\t3\t1\t0\t0\t0\t0\t4": "（一）予以公开\t2\t1\t0\t0\t0\t0\t3", "予以公开4件": "予以公开3件"}


def checked(changes: Mapping[str, str]) -> FileResult:
    text = BASE
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (file,) = examine(text.encode(), "报告.txt", book())
    return file


def told(file: FileResult) -> list[str]:
    return [finding.rule for finding in file.findings if finding.severity.value != "note"]


def waiting(file: FileResult) -> list[str]:
    return [outcome.rule for outcome in file.outcomes if outcome.waits == "sums"]


def test_a_statement_that_fits_the_only_repair_is_no_finding() -> None:
    file = checked(BROKEN)
    assert told(file) == ["totals.results"]
    assert next(outcome.answer for outcome in file.outcomes if outcome.rule == "narrative.results") in (Answer.PASS, Answer.SKIP)


@pytest.mark.parametrize("said", ["予以公开5件", "予以公开9件"])
def test_a_statement_that_fits_no_repair_is_told_beside_the_sums(said: str) -> None:
    file = checked({**BROKEN, "予以公开4件": said})
    found = next(finding for finding in file.findings if finding.rule == "narrative.results")
    assert "totals.results" in told(file) and found.message["zh"].endswith("按哪种改法都不符") and found.expected is None


def test_what_hangs_on_the_repair_waits_and_the_wait_is_named() -> None:
    """The balance fails by one: what was received may be 5 or 6, so that the text's 6 is neither right nor wrong yet."""
    file = checked(
        {
            "（七）总计\t5\t1\t0\t0\t0\t0\t6": "（七）总计\t6\t1\t0\t0\t0\t0\t7",
            "予以公开\t3\t1\t0\t0\t0\t0\t4": "予以公开\t4\t1\t0\t0\t0\t0\t5",
        }
    )
    assert "totals.balance" in told(file) and waiting(file)
    reason = next(outcome.reason for outcome in file.outcomes if outcome.waits == "sums")
    assert reason and reason["zh"] == "表格改平后再核对文字"


def test_a_case_in_no_row_is_one_finding() -> None:
    """Reported once, by how many and of whom, without one way for each row of noughts."""
    file = checked(UNENTERED)
    (found,) = [finding for finding in file.findings if finding.sums]
    assert found.message["zh"] == "办理结果各项只加到 5，总计 6：差 1 件（自然人）没有归类" and found.expected is None
    assert found.advice["zh"] == "按台账查这 1 件是哪一类，补在那一行" and len(found.sums) == 2


def test_a_case_in_no_row_whose_row_the_text_names_is_put_there() -> None:
    file = checked({"（一）予以公开\t3\t1\t0\t0\t0\t0\t4": "（一）予以公开\t2\t1\t0\t0\t0\t0\t3", "其中予以公开4件": "予以公开4件"})
    (found,) = [finding for finding in file.findings if finding.sums]
    assert "予以公开4件" in found.message["zh"] and "没有归类" not in found.message["zh"]


def test_a_total_that_no_other_sum_confirms_is_no_case_in_no_row() -> None:
    file = checked({"（七）总计\t5\t1\t0\t0\t0\t0\t6": "（七）总计\t6\t1\t0\t0\t0\t0\t7"})
    assert all("没有归类" not in finding.message["zh"] for finding in file.findings)
