"""A small report of a fictional town, piece by piece, and what the rules say of it."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support import book
from validator.engine.run import run_rules
from validator.forms.read_tables import measure
from validator.model import Answer, Block, Document, Finding, Kind, Outcome, Subject
from validator.pipeline.check_file import understand
from validator.roster.units import judge_unit

UNIT = "云岭县青石镇人民政府"
HEADINGS = {
    1: "一、总体情况",
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
    5: "五、存在的主要问题及改进情况",
    6: "六、其他需要报告的事项",
}
OVERVIEW = (
    "2023年，我镇主动公开政府信息120条，收到政府信息公开申请2件。发布前均经保密审查，网站专栏由专人维护。"
    "公开工作纳入年度考核，组织社会评议1次，接受群众监督，无责任追究情形。"
)
TEXTS = {1: OVERVIEW, 2: "", 3: "", 4: "", 5: "一是栏目更新不够及时。下一步将按月督促。", 6: "本年度未收取信息处理费。"}
PERIOD = "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。"


def text(
    *,
    title: str = f"{UNIT}2023年政府信息公开工作年度报告",
    preamble: str = PERIOD,
    sections: Mapping[int, str] | None = None,
    headings: Mapping[int, str | None] | None = None,
    order: tuple[int, ...] = (1, 2, 3, 4, 5, 6),
    end: str = "",
) -> str:
    """The report's text; `sections` and `headings` replace some of the pieces, a heading None leaves its part out."""
    bodies, heads = {**TEXTS, **(sections or {})}, {**HEADINGS, **(headings or {})}
    lines = [title, preamble]
    for number in order:
        if heads[number]:
            lines += [str(heads[number]), bodies[number]]
    return "\n".join(line for line in [*lines, end] if line)


def subject(content: str, *, unit: str | None = None, year: int | None = None) -> Subject:
    """The report of that text with everything known about it."""
    lines = content.split("\n")
    blocks = tuple(Block(kind=Kind.LINE, text=line, line=number) for number, line in enumerate(lines, 1) if line)
    report = understand(Document(path="report.txt", format="text", blocks=blocks), book(), unit=unit, year=year)
    figures = measure(report, book().forms, year=report.year, due=None)
    return Subject(report=report, figures=figures, unit=judge_unit(report.unit, book().tables.units), tables=book().tables)


def findings(content: str, *rules: str, unit: str | None = None, year: int | None = None) -> tuple[Finding, ...]:
    """What these rules, or these categories, find in that text."""
    return run_rules(subject(content, unit=unit, year=year), book().of_scope("report"), selected=rules).findings


def outcomes(content: str, *rules: str) -> dict[str, Answer]:
    """How these rules answer on that text."""
    found: tuple[Outcome, ...] = run_rules(subject(content), book().of_scope("report"), selected=rules).outcomes
    return {outcome.rule: outcome.answer for outcome in found}


def said(content: str, *rules: str) -> list[tuple[str, str]]:
    """Rule and weight of each finding: ("structure.missing-section", "error")."""
    return [(f.rule, "review" if f.review else f.severity.value) for f in findings(content, *rules)]
