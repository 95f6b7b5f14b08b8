"""Reports with a contact block, built by hand, and what a check says of them."""

from __future__ import annotations

from typing import Any

from tests.support import book
from validator.model import Block, Document, Figures, Form, Hit, Kind, Passage, Report, Skip, Subject, Title, Unit
from validator.parsing.contact.parser import read_contacts

FORM = Form(id="2021", name={}, document="", first_year=2021, last_year=None, sections=(), tables=(), signature=())


def subject(text: str, unit: str | None = "云岭县青石镇人民政府") -> Subject:
    """A report whose first line is the title and whose other lines are its opening."""
    lines = [f"{unit or ''}2023年政府信息公开工作年度报告", *text.split("\n")]
    blocks = tuple(Block(kind=Kind.LINE, text=line, line=number) for number, line in enumerate(lines, 1))
    passages = tuple(Passage(text=block.text, places=((0, block),)) for block in blocks[1:])
    report = Report(
        document=Document(path="a.txt", format="text", blocks=blocks),
        title=Title(text=lines[0], block=blocks[0], unit=unit, year=2023),
        titles=(),
        unit=unit,
        year=2023,
        preamble=passages,
        sections=(),
        tables=(),
        contact=read_contacts(passages),
    )
    figures = Figures(form=FORM, form_due=FORM, tables={})
    return Subject(report=report, figures=figures, unit=Unit(name=unit, kind=None, level=None), tables=book().tables)


def ask(office: str, *details: str) -> str:
    """A contact sentence."""
    return f"如对本报告有疑问，请与{office}联系（{'，'.join(details)}）。"


def hits(check: Any, text: str, unit: str | None = "云岭县青石镇人民政府") -> list[Hit]:
    """What the check finds, skips set aside."""
    return [found for found in check.run(subject(text, unit)) if isinstance(found, Hit)]


def skips(check: Any, text: str, unit: str | None = "云岭县青石镇人民政府") -> list[Skip]:
    """Where the check could not judge."""
    return [found for found in check.run(subject(text, unit)) if isinstance(found, Skip)]
