"""Breaks in who reports on which year."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.acceptance.mutation.broken import Broken, broken
from tests.acceptance.mutation.report import Paragraph, Report


def no_title(report: Report, random: Random) -> Broken:
    """The report begins with its preamble."""
    return broken(replace(report, title=()))


def _nameless(report: Report) -> Report:
    """The report without its unit's name anywhere."""
    unit = report.unit
    sections = tuple(
        replace(
            s, items=tuple(replace(i, text=i.text.replace(unit.short, unit.self_word)) if isinstance(i, Paragraph) else i for i in s.items)
        )
        for s in report.sections
    )
    report = replace(report, sections=sections, title=(f"{report.year}年政府信息公开工作年度报告",))
    report = report.open(announce=f"现公布{report.year}年政府信息公开工作年度报告。", copy="")
    return report.reach(lambda c: replace(c.put("address", "中心街12号"), office="党政综合办公室"))


def no_unit(report: Report, random: Random) -> Broken:
    """The text never says who reports."""
    return broken(_nameless(report))


def no_year(report: Report, random: Random) -> Broken:
    """The text never says for which year."""
    year = f"{report.year}年"
    sections = tuple(
        replace(s, items=tuple(replace(i, text=i.text.replace(year, "年内")) if isinstance(i, Paragraph) else i for i in s.items))
        for s in report.sections
    )
    report = replace(report, sections=sections, title=(f"{report.unit.name}政府信息公开工作年度报告",))
    return broken(report.open(announce="现将本年度政府信息公开工作年度报告公布如下。", period="统计期限为1月1日至12月31日。"))


def title_doubled(report: Report, random: Random) -> Broken:
    """年度 twice in the title."""
    return broken(replace(report, title=(f"{report.unit.name}{report.year}年度政府信息公开工作年度报告",)))


def title_form(report: Report, random: Random) -> Broken:
    """The title in another form."""
    unit, year = report.unit.name, report.year
    title = random.choice(
        (
            f"{unit}{year}政府信息公开工作年度报告",
            f"{unit}{year}年度政府信息公开工作报告",
            f"{unit}{year}年政务公开年报",
            f"{unit}{year}年政务信息公开年度报告",
        )
    )
    return broken(replace(report, title=(title,)))


def another_name(report: Report, random: Random) -> Broken:
    """The preamble publishes another unit's report."""
    other = {"township": "杏林镇", "subdistrict": "城北街道", "department": "县民政局", "government": "松河县"}[report.unit.kind]
    if other[:2] in report.unit.name:
        other = "临泉山县"
    return broken(report.open(announce=f"现向社会公布{other}{report.year}年政府信息公开工作年度报告。"))


def foreign_self_word(report: Report, random: Random) -> Broken:
    """我局 in a town's report, 我镇 in a bureau's."""
    word = {"township": "我局", "department": "我镇", "subdistrict": "我县", "government": "我局"}[report.unit.kind]
    return broken(report.append(1, f"年内，{word}多次召开会议研究部署有关工作。"), section=1)


def other_level(report: Report, random: Random) -> Broken:
    """A town that organised the whole province's work."""
    text = random.choice(("年内组织推动全省政府信息公开工作，指导各地规范公开。", "全市共主动公开各类信息5600条，其中政策文件112条。"))
    return broken(report.append(1, text), section=1)


def no_period(report: Report, random: Random) -> Broken:
    """No statistical period."""
    return broken(report.open(period=""))


def period_of_last_year(report: Report, random: Random) -> Broken:
    """The period is last year's."""
    return broken(report.open(period=report.preamble.period.replace(str(report.year), str(report.year - 1))))


def short_period(report: Report, random: Random) -> Broken:
    """The period is not the whole year."""
    y = report.year
    return broken(
        report.open(
            period=random.choice(
                (
                    f"统计期限为{y}年1月1日至{y}年11月30日。",
                    f"统计期限为{y}年2月1日至{y}年12月31日。",
                    f"统计期限自{y}年1月1日起至12月25日止。",
                )
            )
        )
    )


def backward_period(report: Report, random: Random) -> Broken:
    """The period ends in another year than it begins."""
    y = report.year
    return broken(
        report.open(period=random.choice((f"统计期限为{y - 1}年1月1日至{y}年12月31日。", f"统计期限为{y}年1月1日至{y + 1}年12月31日。")))
    )


def lost_digits(report: Report, random: Random) -> Broken:
    """Characters of the period's dates are lost."""
    y = report.year
    return broken(report.open(period=random.choice((f"统计期限为{y}1月1日至{y}年12月31日。", f"统计期限为{y}11日至1231日。"))))


def title_of_last_year(report: Report, random: Random) -> Broken:
    """The title is last year's."""
    return broken(replace(report, title=tuple(line.replace(str(report.year), str(report.year - 1)) for line in report.title)))


def announced_last_year(report: Report, random: Random) -> Broken:
    """现公布 last year's report."""
    return broken(report.open(announce=f"现向社会公布{report.unit.short}{report.year - 1}年政府信息公开工作年度报告。"))


def stale_head(report: Report, random: Random) -> Broken:
    """Part 一 begins with last year."""
    first, *rest = report.section(1).items
    assert isinstance(first, Paragraph) and first.text.startswith(f"{report.year}年")
    return broken(
        report.with_section(1, items=(replace(first, text=first.text.replace(str(report.year), str(report.year - 1))), *rest)), section=1
    )


def stale_inside(report: Report, random: Random) -> Broken:
    """Last year in the middle of a sentence: for a person to look at."""
    return broken(report.append(1, f"围绕群众关切，于{report.year - 1}年开设了咨询窗口，接待来访群众40余人次。"), section=1)


def later_year(report: Report, random: Random) -> Broken:
    """A paragraph tells what was done in the year after."""
    return broken(report.append(1, f"{report.year + 1}年，组织业务培训3次，参训60人次。"), section=1)


def year_without_mark(report: Report, random: Random) -> Broken:
    """A year without 年."""
    return broken(report.append(1, f"有关{report.year}政府信息公开工作情况已在网站专栏刊登。"), section=1)
