"""A small form, a report on it, rules and checks that find what they are told: for the tests of the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from validator.model import (
    Basis,
    Block,
    Document,
    Figures,
    Form,
    FormColumn,
    FormRow,
    FormSection,
    FormTable,
    Hit,
    Kind,
    Passage,
    Report,
    Rule,
    Section,
    Severity,
    Skip,
    Spot,
    Subject,
    Unit,
)

LINES = ("云岭县某镇报告", "前言一句。", "一、总体情况", "第一段文字到行尾", "接着第二行。", "二、表格部分", "13800001234 等")


def text(words: str) -> dict[str, str]:
    return {"zh": words, "en": words}


FORM = Form(
    id="2021",
    name={"zh": "2021 年格式", "en": "the form of 2021"},
    document="x",
    first_year=2021,
    last_year=None,
    sections=(FormSection(number=1, heading="总体情况"), FormSection(number=2, heading="表格部分")),
    tables=(
        FormTable(
            key="t",
            section=2,
            title={"zh": "第二部分表格", "en": "the table of section 2"},
            columns=(FormColumn(key="a", label="自然人"), FormColumn(key="b", label="其他")),
            rows=(
                FormRow(key="r", label="（二）部分公开（区分处理的，只计这一情形）", columns=("a", "b")),
                FormRow(key="s", label="3.其他", columns=("a", "b"), band="（六）其他处理"),
            ),
        ),
    ),
    signature=(),
)
BLOCKS = tuple(Block(kind=Kind.LINE, text=words, line=number) for number, words in enumerate(LINES, 1))


def subject(**changes: object) -> Subject:
    sections = (
        Section(number=1, heading=LINES[2], wording="总体情况", numeral=1, match="form", block=BLOCKS[2], passages=(), blocks=BLOCKS[3:5]),
        Section(number=2, heading=LINES[5], wording="表格部分", numeral=2, match="form", block=BLOCKS[5], passages=(), blocks=BLOCKS[6:]),
    )
    preamble = (Passage(text=LINES[1], places=((0, BLOCKS[1]),)),)
    document = Document(path="r.txt", format="text", blocks=BLOCKS, observations=changes.get("observations", ()))  # type: ignore[arg-type]
    report = Report(
        document=document, title=None, titles=(), unit="某镇", year=changes.get("year", 2023), preamble=preamble, sections=sections,
        tables=(), contact=None,
    )  # fmt: skip
    unit = Unit(name="某镇", kind=changes.get("kind", "township"), level="township")  # type: ignore[arg-type]
    return Subject(report=report, figures=Figures(form=FORM, form_due=FORM, tables={}), unit=unit)


@dataclass(frozen=True, kw_only=True)
class Says:
    """A check that yields what it was given, or does what it was told."""

    found: tuple[Hit | Skip, ...] = ()
    act: Callable[[Subject], None] | None = None
    section: int | None = None
    table: str = ""

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        if self.act:
            self.act(subject)
        yield from self.found


@dataclass(frozen=True)
class Crash:
    """A check that breaks."""

    error: Exception = field(default_factory=lambda: ValueError("no such thing"))

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        yield Hit(spot=Spot(block=BLOCKS[0]))
        raise self.error


def rule(key: str, check: object, **more: object) -> Rule:
    parts: dict[str, object] = {
        "id": key, "title": text("t"), "severity": Severity.WARNING, "basis": (Basis(kind="logic"),), "check": check,
        "message": text("现状"), "advice": text("改"),
    } | more  # fmt: skip
    return Rule(**parts)  # type: ignore[arg-type]


def hit(line: int = 4, start: int = 0, length: int = 0, **more: object) -> Hit:
    spot = Spot(block=BLOCKS[line - 1], start=start, length=length, section=more.pop("section", None), cell=more.pop("cell", None))  # type: ignore[arg-type]
    return Hit(spot=spot, **more)  # type: ignore[arg-type]
