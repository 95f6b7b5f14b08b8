"""The reports of a county that does not exist, and copies between them."""

from __future__ import annotations

from functools import cache

from benchmarks import making_reports as made
from tests.support import book
from validator.forms.read_tables import measure
from validator.model import Subject
from validator.pipeline.check_file import understand
from validator.readers import read_documents
from validator.roster.units import judge_unit
from validator.similarity.own_text import excluded_text, unit_names


@cache
def subject(text: str, before: str = "") -> Subject:
    report = understand(read_documents(text.encode(), "report.txt")[0], book())
    return Subject(
        report=report,
        figures=measure(report, book().forms, year=report.year),
        unit=judge_unit(report.unit, book().tables.units),
        tables=book().tables,
        before=subject(before) if before else None,
    )


@cache
def county() -> tuple[dict[str, str], dict[str, str]]:
    """The texts of forty units in two years, by unit."""
    units, reports = made.county(40, (2022, 2023), seed=7)
    return tuple({unit.name: made.printed(reports[unit.name, year]) for unit in units} for year in (2022, 2023))  # type: ignore[return-value]


def copied(text: str, source: str, *headings: str) -> str:
    """The report with whole parts of another's."""
    order = ["一、总体情况", "二、主动公开政府信息情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]

    def part(of: str, heading: str) -> str:
        following = order[order.index(heading) + 1]
        return of[of.index("\n" + heading) : of.index("\n" + following)]

    for heading in headings:
        text = text.replace(part(text, heading), part(source, heading))
    return text


FIVE, ONE = "五、存在的主要问题及改进情况", "一、总体情况"


def setting_of(text: str):  # type: ignore[no-untyped-def]
    one = subject(text)
    return excluded_text(book().tables.copying, one.figures, *unit_names(book().tables.copying, one.unit))
