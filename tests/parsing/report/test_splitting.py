"""Several reports in one file: where one ends and the next begins, which is taken, and what is no second report."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tests.acceptance.mutation import judge
from tests.acceptance.mutation.report import Paragraph, Report, Section, Unit
from tests.acceptance.mutation.sound import sound
from tests.acceptance.mutation.writers import BEFORE, LAYOUTS, Layout, docx, html, write
from tests.support import book
from validator.model import FileResult
from validator.pipeline.check_file import examine

HEADINGS = [
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
]  # fmt: skip


@cache
def pair() -> tuple[Report, Report]:
    """Two years of one unit, titles in one line."""
    late = sound(4, form="2021", year=2023)
    early = sound(9, form="2021", year=2022, kind=late.unit.kind, unit=late.unit)
    return titled(late), titled(early)


def titled(report: Report) -> Report:
    return replace(report, title=(f"{report.unit.name}{report.year}年政府信息公开工作年度报告",))


def run(data: bytes | str, suffix: str = ".txt", year: int | None = None, unit: str | None = None) -> list[FileResult]:
    raw = data.encode() if isinstance(data, str) else data
    return list(examine(raw, "inbox/report" + suffix, book(), year=year, unit=unit))


def years(results: list[FileResult]) -> list[tuple[int | None, int | None]]:
    return [(result.part, result.year) for result in results]


def rules(result: FileResult) -> list[str]:
    return sorted(finding.rule for finding in result.findings)


def short(*titles: str, text: str = "全年主动公开信息214条。", headings: list[str] = HEADINGS) -> str:
    return "\n".join([*titles, *(line for heading in headings for line in (heading, text))]) + "\n"


# ---------------------------------------------------------------------------------------------- two and more


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_two_years_in_every_layout(layout: Layout) -> None:
    late, early = pair()
    results = run(write(late, layout) + "\n" + write(early, layout), layout.suffix)
    assert years(results) == [(1, 2023), (2, 2022)]
    for result, report in zip(results, (late, early), strict=True):
        assert judge.misread(report, result.figures) == []
        alone = run(write(report, layout), layout.suffix)[0]
        assert rules(result) == sorted(["input.several-reports", *rules(alone)])


def test_a_page_and_a_document_of_two_years() -> None:
    late, early = pair()
    body = html(early).decode().partition("<body>")[2]
    page = html(late).decode().replace("</body></html>", "") + body
    assert years(run(page, ".html")) == [(1, 2023), (2, 2022)]

    def add(document) -> None:  # type: ignore[no-untyped-def]
        from io import BytesIO

        from docx import Document

        for element in list(Document(BytesIO(docx(early))).element.body)[:-1]:
            document.element.body.insert(len(document.element.body) - 1, element)

    results = run(docx(late, add), ".docx")
    assert years(results) == [(1, 2023), (2, 2022)]
    assert judge.misread(early, results[1].figures) == []
    assert min(f.location.paragraph or 0 for f in results[1].findings) > 20


def test_units_of_a_county_in_one_file() -> None:
    names = ("云岭县青石镇人民政府", "云岭县柳湾乡人民政府", "云岭县教育局")
    results = run("".join(short(f"{name}2023年政府信息公开工作年度报告") for name in names))
    assert [(result.part, result.unit) for result in results] == list(enumerate(names, 1))


def test_lines_of_a_further_report_are_those_of_the_file() -> None:
    text = short("云岭县教育局2023年政府信息公开工作年度报告") + short("云岭县教育局2022年政府信息公开工作年度报告")
    results = run(text)
    assert [result.findings[0].location.line for result in results if result.findings] and results[1].report
    assert results[1].report.title and results[1].report.title.block.line == 14


def test_page_lines_belong_to_the_report_they_lead_up_to() -> None:
    late, early = (f"云岭县教育局{year}年政府信息公开工作年度报告" for year in (2023, 2022))
    between = "上一篇：没有了\n当前位置：首页 > 年报\n索引号：003\n发布日期：2023-01-18\n"
    results = run(short(late) + between + short(early))
    assert [(r.report.published and r.report.published.day.isoformat()) for r in results if r.report] == [None, "2023-01-18"]


def test_without_any_title_two_reports_do_not_merge() -> None:
    opening = "根据《中华人民共和国政府信息公开条例》编制本报告。\n"
    assert [r.part for r in run(opening + short() + opening + short())] == [1, 2]


def test_the_same_report_twice() -> None:
    title = "云岭县教育局2023年政府信息公开工作年度报告"
    assert years(run(short(title) * 2)) == [(1, 2023), (2, 2023)]


def test_the_second_has_lost_its_first_headings() -> None:
    first, second = (f"云岭县教育局{year}年政府信息公开工作年度报告" for year in (2023, 2022))
    assert years(run(short(first) + short(second, headings=HEADINGS[2:]))) == [(1, 2023), (2, 2022)]


# ---------------------------------------------------------------------------------------------- the one asked for


def test_year_takes_one_and_its_number_stays() -> None:
    late, early = pair()
    text = write(late, LAYOUTS[0]) + "\n" + write(early, LAYOUTS[0])
    (taken,) = run(text, year=2022)
    assert (taken.part, taken.year) == (2, 2022)
    (note,) = [f for f in taken.findings if f.rule == "input.several-reports"]
    assert "2022" in note.message["zh"] and "第 2 份" in note.message["zh"] and taken.status == "clean"


def test_year_of_none_of_them_takes_each_with_its_own() -> None:
    late, early = pair()
    text = write(late, LAYOUTS[0]) + "\n" + write(early, LAYOUTS[0])
    assert years(run(text, year=2019)) == [(1, 2023), (2, 2022)]


def test_unit_of_the_page_where_a_report_does_not_name_it() -> None:
    text = short("云岭县教育局2023年政府信息公开工作年度报告") + short("2022年政府信息公开工作年度报告")
    assert [r.unit for r in run(text)] == ["云岭县教育局", "云岭县教育局"]
    assert [r.unit for r in run(text, unit="云岭县体育局")] == ["云岭县体育局", "云岭县体育局"]


# ---------------------------------------------------------------------------------------------- one report all the same


@pytest.mark.parametrize("number", range(6))
def test_titles_printed_twice_and_lists_of_other_years(number: int) -> None:
    report = titled(sound(number, form="2021", year=2023))
    others = [f"{report.unit.name}{year}年政府信息公开工作年度报告" for year in (2022, 2021, 2020)]
    text = "\n".join([*others, *report.title, *BEFORE]).format(y=2023, next=2024, unit="", short="")
    (result,) = run(text + "\n" + write(report, LAYOUTS[0]) + "\n".join(others))
    assert (result.part, result.year) == (None, 2023)


def test_table_of_contents_with_the_title_after_it() -> None:
    title = "云岭县教育局2023年政府信息公开工作年度报告"
    assert years(run("\n".join([title, "目录", *HEADINGS]) + "\n" + short(title))) == [(None, 2023)]


def test_sections_repeated_or_out_of_order() -> None:
    title = "云岭县教育局2023年政府信息公开工作年度报告"
    assert len(run(short(title, headings=[*HEADINGS, *HEADINGS[4:]]))) == 1
    assert len(run(short(title, headings=[*HEADINGS[3:], *HEADINGS[:3]]))) == 1
    again = short(title) + "云岭县教育局2022年政府信息公开工作年度报告\n六、其他需要报告的事项\n无。\n"
    assert len(run(again)) == 1


def test_enumerations_within_a_section() -> None:
    report = titled(sound(2, form="2021", year=2023))
    items = [Paragraph(text=text) for text in ("一、存在的主要问题", "更新不够及时。", "二、改进情况", "落实专人。")]
    five = report.section(5)
    changed = replace(report, sections=tuple(replace(s, items=tuple(items)) if s is five else s for s in report.sections))
    assert isinstance(five, Section) and isinstance(report.unit, Unit)
    assert len(run(write(changed, LAYOUTS[0]))) == 1


@pytest.mark.parametrize("form", judge.FORMS)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_one_report_is_one_part(layout: Layout, form: str) -> None:
    for number in range(3):
        assert [r.part for r in run(write(sound(number, form=form), layout), layout.suffix)] == [None]
