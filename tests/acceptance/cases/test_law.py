"""What the notices say and what they leave free: cases that came with the task, more of each kind, and true faults still found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from tests.support import SHARED, base, book, changed
from validator.model import FileResult, Severity
from validator.pipeline.check_file import examine

CASES = SHARED / "cases"

#: The file of each case: rule → severity that it must have; '' after a rule's name: it must be silent.
FROM_THE_TASK: Mapping[str, Mapping[str, str]] = {
    "reports/04-contact-only-phone-elsewhere.txt": {
        "contact.missing": "",
        "contact": "note",
    },
    "reports/15-postcode-labels.txt": {"contact": ""},
    "reports/32-parts-list-wrong-word.txt": {"structure.parts-list": "warning"},
    "reports/33-parts-list-deng-six.txt": {"structure.parts-list": "warning"},
    "reports/36-column-label-twice.txt": {"form.changed-label": "warning"},
    "reports/37-published-labels.txt": {"deadline.late": "warning"},
    "reports/53-overview-of-3331-characters.txt": {"structure.overview-length": "warning"},
    "reports/54-report-for-2019.txt": {"table.missing": "warning"},
    "reports/57-measure-by-title-only.input.md": {"structure.missing-fee-statement": "warning"},
    "text/02-parts-in-quotes.txt": {"structure.parts-list": ""},
    "text/03-parts-year-before-name.txt": {"structure.parts-list": ""},
    "text/04-parts-basic-situation.txt": {"structure.parts-list": ""},
    "text/05-parts-problems-and-measures.txt": {"structure.parts-list": ""},
    "text/06-parts-old-list-with-deng.txt": {"structure.parts-list": ""},
    "text/12-address-without-label.txt": {"contact.missing-address": "", "contact.missing-phone": ""},
    "text/38-supervision-only-in-slogan.txt": {"structure.missing-aspect": "warning"},
    "text/55-website-of-e-copy.txt": {"contact.invalid-website": "warning"},
    "text/56-date-label-shijian.txt": {"deadline.late": "warning"},
    "text/57-date-on-the-next-line.txt": {"deadline.late": "warning"},
}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A report of a kind: what is changed in a sound one, and what must then be said."""

    says: Mapping[str, str]
    name: str = "sound-2021"
    changes: Mapping[str, str] = field(default_factory=dict)
    more: str = ""
    head: str = ""


_CONTACT = (
    "如对报告有疑问，请与青石镇党政综合办公室联系（地址：浙江省丽水市云岭县青石镇溪东路18号，邮编：323812，"
    "电话：0578-6512306，电子邮箱：qszzf@yunlingxian.gov.cn）。"
)
_COPY = "（www.yunlingxian.gov.cn）"
_PARTS = (
    "报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、"
    "其他需要报告的事项六个部分组成。"
)

KINDS: Mapping[str, Kind] = {
    "no contact at all": Kind(changes={_CONTACT: ""}, says={"contact": "note"}),
    "a telephone behind where it can be read": Kind(
        changes={_CONTACT: "可在该网站查阅；咨询电话：0578-6512306。"}, says={"contact.missing": ""}
    ),
    "a telephone behind where it can be had": Kind(
        changes={_CONTACT: "也可到大厅获取，电话：0578-6512306。"}, says={"contact.missing": ""}
    ),
    "an address and no telephone": Kind(changes={"，电话：0578-6512306": ""}, says={"contact.missing-phone": "warning"}),
    "no postcode, no mailbox": Kind(changes={"，邮编：323812": "", "，电子邮箱：qszzf@yunlingxian.gov.cn": ""}, says={"contact": ""}),
    "邮政编号码": Kind(changes={"邮编：323812": "邮政编号码：323812"}, says={"contact": ""}),
    "邮政编号": Kind(changes={"邮编：323812": "邮政编号：323812"}, says={"contact": ""}),
    "a postcode of five digits": Kind(changes={"邮编：323812": "邮编号码：32381"}, says={"contact.invalid-postcode": "warning"}),
    "the site of the copy": Kind(
        changes={_COPY: "（http：//www.yunlingxian.gov.cn/zwgk/index.html）"}, says={"contact.invalid-website": ""}
    ),
    "a site by its number": Kind(changes={_COPY: "（http://218.75.20.1:8080/zwgk）"}, says={"contact.invalid-website": ""}),
    "a broken site of the copy": Kind(changes={_COPY: "（https//www.yunlingxian.gov.cn）"}, says={"contact.invalid-website": "warning"}),
    "a list in other words": Kind(
        changes={_PARTS: "全文由概况、主动公开情况、依申请公开情况、复议诉讼情况、存在不足与打算和其它事项组成。"},
        says={"structure.parts-list": ""},
    ),
    "a list that ends in 等": Kind(
        changes={_PARTS: "报告包括概述、主动公开、依申请公开、收费情况等内容。"}, says={"structure.parts-list": ""}
    ),
    "five of six": Kind(changes={"、其他需要报告的事项六个部分": "等六个部分"}, says={"structure.parts-list": "warning"}),
    "another part": Kind(
        changes={"收到和处理政府信息公开申请情况、": "收到和处理政府信息公开投诉情况、"}, says={"structure.parts-list": "warning"}
    ),
    "a town eleven days late": Kind(head="发表日期：2024-02-11\n", says={"deadline.late": "warning"}),
    "a bare date above the title": Kind(name="bureau-2021", head="日期：2024-02-11\n", says={"deadline.late": "warning"}),
    "a date in the next line": Kind(name="bureau-2021", head="公开时间：\n2024年2月11日\n", says={"deadline.late": "warning"}),
    "drawn up late": Kind(name="bureau-2021", head="成文日期：2024-02-11\n", says={"deadline.late": ""}),
    "half a year late": Kind(name="bureau-2021", head="发布日期：2024-08-11\n", says={"deadline.late": "note"}),
    "a county's sum": Kind(name="county-2021", head="发布日期：2024-03-05\n", says={"deadline.late": "warning"}),
    "a county in time": Kind(name="county-2021", head="发布日期：2024-02-19\n", says={"deadline.late": ""}),
}


@cache
def _checked(text: str, name: str = "report.txt") -> FileResult:
    (result,) = examine(text.encode("utf-8"), name, book())
    return result


def _wrong(result: FileResult, says: Mapping[str, str]) -> list[str]:
    """What is not as it must be, a line each."""
    wrong = []
    for rule, weight in says.items():
        found = [finding for finding in result.findings if rule in (finding.rule, finding.category)]
        if not weight:
            wrong += [f"{finding.rule} says {finding.message['zh']}" for finding in found]
        elif not found or any(finding.severity is not Severity(weight) for finding in found):
            wrong.append(f"{rule} must be a {weight}: {[(finding.rule, finding.severity.value) for finding in found]}")
    return wrong


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases of the task are not here")
@pytest.mark.parametrize("name", FROM_THE_TASK)
def test_a_case_of_the_task(name: str) -> None:
    result = _checked((CASES / name).read_text(encoding="utf-8"), Path(name).name)
    assert _wrong(result, FROM_THE_TASK[name]) == []


@pytest.mark.parametrize("name", KINDS)
def test_others_of_the_kind(name: str) -> None:
    kind = KINDS[name]
    text = kind.head + changed(base(kind.name), kind.changes.items()) + kind.more
    assert _wrong(_checked(text), kind.says) == []


def _on_2019(year: int) -> FileResult:
    text = base("sound-2019").replace("2020", str(year))
    spoken_of = [("四、政府信息公开行政复议、行政诉讼情况", ""), ("（五）监督保障。", "（五）监督保障。未发生行政复议、行政诉讼。")]
    return _checked(changed(text, spoken_of))


@pytest.mark.parametrize(("year", "weight"), [(2019, "warning"), (2020, "error")])
def test_a_form_that_was_encouraged_is_no_error(year: int, weight: str) -> None:
    assert _wrong(_on_2019(year), {"structure.missing-section": weight}) == []


@pytest.mark.parametrize("year", [2019, 2020])
def test_no_finding_of_2019_and_2020_rests_on_a_notice_of_2021(year: int) -> None:
    cited = {basis.document for finding in _on_2019(year).findings for basis in finding.basis}
    assert cited and not any("2021" in document for document in cited)


def test_no_day_is_ever_the_one_to_put() -> None:
    """A late report is late: no advice changes its date."""
    for head in ("发布日期：2024-02-11\n", "发布日期：2024-08-11\n", "生成日期：2024-02-11\n", "发布日期：2023-12-11\n"):
        found = [finding for finding in _checked(head + base("bureau-2021")).findings if finding.category == "deadline"]
        assert found and all(finding.expected is None for finding in found)
        assert not any("改为" in finding.advice["zh"] for finding in found)


def test_nothing_is_called_what_the_county_asks_for_where_none_does() -> None:
    from validator.reporters.words import basis

    result = _checked(changed(base(), [(_CONTACT, ""), ("统计期限自2023年1月1日起至2023年12月31日止", "情况")]))
    told = [basis("zh", finding.basis) for finding in result.findings]
    assert any("工具建议" in words for words in told) and not any("本县要求" in words for words in told)


def test_one_date_over_the_reports_of_several_years_is_for_a_person_to_see() -> None:
    parts = "一、总体情况\n全年主动公开信息20条。\n二、主动公开政府信息情况\n无。\n三、收到和处理政府信息公开申请情况\n无。\n"
    one, other = (f"云岭县教育局{year}年政府信息公开工作年度报告\n{parts}" for year in (2023, 2022))
    date = "发布日期：2024-02-18\n"
    alone, together = (
        [found for found in examine((date + text).encode(), "report.txt", book())[0].findings if found.rule == "deadline.late"]
        for text in (one, one + other)
    )
    assert [found.severity for found in alone] == [Severity.WARNING]
    assert [(found.severity, found.review) for found in together] == [(Severity.NOTE, True)]
