"""Runs of digits that no figure has, more than Python makes a number of: told at their cell or sentence, and all else is checked."""

from __future__ import annotations

import pytest

from tests import support
from validator.county.set.versions import _newness
from validator.model import FileResult, Member, Run
from validator.parsing.report.cell_states import printed
from validator.pipeline.check_file import examine
from validator.reporters import Options, render, show
from validator.text.numerals import MOST_DIGITS, numeral

CELL = ("行政许可\t1", "行政许可\t{}")
LONG = "9" * 5000


def examined(text: str, path: str = "a.txt") -> FileResult:
    """The one result."""
    (result,) = examine(text.encode(), path, support.book())
    assert not [outcome for outcome in result.outcomes if outcome.answer.value == "error"]
    return result


def shown(result: FileResult) -> None:
    """Every format can show it."""
    book = support.book()
    run = Run(files=(result,), rules={rule.id: rule for rule in book.rules}, fingerprint=book.fingerprint)
    for name in ("text", "concise", "json", "sarif", "junit", "github", "gitlab", "csv", "html", "xlsx"):
        from validator.reporters import REPORTERS

        assert name not in REPORTERS or render(name, run, Options())
    assert show("json", (result,)) and show("csv", (result,))


def _with_licensing(figure: str) -> str:
    text = support.base()
    row = next(line for line in text.split("\n") if line.startswith("行政许可\t"))
    return text.replace(row, f"行政许可\t{figure}")


@pytest.mark.parametrize("figure", [LONG, f"-{LONG}", f"{LONG}.5", "9,999" + ",999" * 2000, f"{LONG}件", "9" * (MOST_DIGITS + 1)])
@pytest.mark.parametrize("page", [False, True])
def test_a_cell(figure: str, page: bool) -> None:
    text = _with_licensing(figure)
    if page:
        rows = "".join(
            f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split(chr(9)))}</tr>" if "\t" in line else f"</table><p>{line}</p><table>"
            for line in text.split("\n")
        )
        text = f"<html><body><table>{rows}</table></body></html>"
    result = examined(text, "a.html" if page else "a.txt")
    told = [(finding.rule, finding.location.row) for finding in result.findings]
    assert ("table.unreadable", "licensing") in told and not any(rule == "table.blank-figure" for rule, _ in told)
    shown(result)


def test_control_a_figure_of_a_billion_is_read() -> None:
    assert printed("9" * 12).value == int("9" * 12)
    assert not [finding for finding in examined(_with_licensing("9" * 12)).findings if finding.rule.startswith("table.unread")]


@pytest.mark.parametrize("figure", ["1" * 5000, "1" * 5000 + "万", "1" * 41, "1," + ",".join(["111"] * 2000)])
def test_a_sentence(figure: str) -> None:
    sentence = f"2023年，本机关收到政府信息公开申请{figure}件。"
    lines = support.base().split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("二、"))
    result = examined("\n".join([*lines[:at], sentence, *lines[at:]]))
    told = [finding for finding in result.findings if finding.rule == "narrative.received"]
    assert told and told[0].location.line == at + 1
    shown(result)


def test_a_chinese_numeral_beyond_counting_is_none() -> None:
    assert numeral("一" * 5000) is None and numeral("1" * 5000) is None and numeral("万" * 5000) is None
    assert numeral("一百零五") == 105


def test_a_name_with_a_long_number_is_sorted() -> None:
    def newness(name: str) -> object:
        file = FileResult(path=name, part=None, report_kind=None, reading=None, unit=None, year=None, form=None, form_due=None)
        return _newness(Member(file=file))

    assert newness("报告(2).txt") < newness("报告(10).txt") < newness(f"报告({LONG}).txt")  # type: ignore[operator]
    assert newness("报告².txt")
