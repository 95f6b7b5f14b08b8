"""Inputs that are no report, or cannot be read."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from tests.acceptance.mutation.broken import Broken
from tests.acceptance.mutation.report import Report
from tests.acceptance.mutation.writers import BY_NAME, docx, write


def empty(report: Report, random: Random) -> Broken:
    """A file of no bytes."""
    return Broken(data=b"")


def blank(report: Report, random: Random) -> Broken:
    """A file of spaces and line breaks."""
    return Broken(data=" \n\t\n　\n".encode())


def nuls(report: Report, random: Random) -> Broken:
    """A file of NULs."""
    return Broken(data=b"\0" * 4096)


def picture(report: Report, random: Random) -> Broken:
    """A PNG named .txt."""
    return Broken(
        data=b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0\x1f\xf3\xffa"
        + bytes(random.randrange(256) for _ in range(3000))
    )


def minutes(report: Report, random: Random) -> Broken:
    """A readable text that is no report."""
    text = (
        "青石镇党政联席会议纪要\n\n时间：3月4日上午\n地点：镇政府二楼会议室\n\n"
        "会议听取了春耕备耕工作汇报，研究了防汛物资储备事项，明确由分管领导牵头落实。\n"
    )
    return Broken(data=text.encode())


def list_of_files(report: Report, random: Random) -> Broken:
    """A column page that only lists reports of another kind."""
    return Broken(data="云岭县财政局\n部门决算公开\n第一部分 单位概况\n第二部分 决算情况说明\n收入支出决算总表\n".encode())


def two_reports(report: Report, random: Random) -> Broken:
    """This year's report and the last one on one page."""
    from .sound import sound

    other = sound(random.randrange(100), form=report.form, year=report.year - 1, kind=report.unit.kind, unit=report.unit)
    layout = BY_NAME["tab-rows"]
    title = (f"{report.unit.name}{report.year}年政府信息公开工作年度报告",)
    before = (f"{report.unit.name}{other.year}年政府信息公开工作年度报告",)
    return Broken(data=(write(replace(report, title=title), layout) + "\n" + write(replace(other, title=before), layout)).encode())


def damaged(report: Report, random: Random) -> Broken:
    """Bytes in the middle that are no UTF-8."""
    head, mark, tail = write(report, BY_NAME["tab-rows"]).encode().partition("五、".encode())
    line, stop, rest = tail.partition("。".encode())
    return Broken(data=head + mark + line + b"\xff\xfe\x80" + stop + rest)


def tracked_changes(report: Report, random: Random) -> Broken:
    """A Word document with a change nobody has accepted."""

    def touch(document: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        run = document.paragraphs[-1].add_run("年内又补充公开政策解读两篇。")._r
        change = OxmlElement("w:ins")
        for name, value in (("id", "901"), ("author", "审核人"), ("date", "2024-01-08T09:00:00Z")):
            change.set(qn(f"w:{name}"), value)
        run.getparent().replace(run, change)
        change.append(run)

    return Broken(data=docx(report, touch), suffix=".docx")


def comments(report: Report, random: Random) -> Broken:
    """A Word document with a comment left in it."""

    def touch(document: Any) -> None:
        document.add_comment(document.paragraphs[-1].runs, text="此处请再核对。", author="审核人", initials="审")

    return Broken(data=docx(report, touch), suffix=".docx")
