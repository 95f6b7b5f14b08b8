"""Finished runs made by hand: what the reporters are given, without the road that leads there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from validator.model import (
    Answer,
    Basis,
    Block,
    Broken,
    Cell,
    Change,
    Document,
    Figure,
    Figures,
    FileResult,
    Finding,
    Form,
    FormColumn,
    FormRow,
    FormTable,
    Identity,
    Kind,
    Location,
    Outcome,
    PassedOver,
    Read,
    Report,
    RowReading,
    Rule,
    Run,
    Severity,
    Sum,
    TableReading,
    Waived,
)

BASIS = (Basis(kind="form", document="国办公开办函〔2021〕30号", part="所附格式，第三部分表格“总计”栏"),)
COLUMNS = ("natural_person", "business", "total")
ROWS = {"new": "一、本年新收政府信息公开申请数量", "denied.third_party": "4.保护第三方合法权益", "total": "（七）总计"}
VALUES = {"new": (5, 0, 5), "denied.third_party": (8, 0, 3), "total": (5, 0, 5)}


def report() -> Report:
    """A report of four lines; the fourth is a row divided by tabs."""
    texts = ["云岭县青石镇人民政府2023年政府信息公开工作年度报告", "一、总体情况", "张某的手机号是13800000000，请勿外传。"]
    lines = [Block(kind=Kind.LINE, text=text, line=number) for number, text in enumerate(texts, 1)]
    cells = [
        Block(kind=Kind.CELL, text=text, line=4, offset=at, table=1, row=1)
        for text, at in (("4.保护第三方", 1), ("8", 9), ("0", 11), ("3", 13))
    ]
    document = Document(path="青石镇.txt", format="text", blocks=(*lines, *cells))
    return Report(
        document=document, title=None, titles=(), unit="云岭县青石镇人民政府", year=2023, preamble=(), sections=(), tables=(), contact=None
    )


def form() -> Form:
    """The 2021 form, cut down to three rows and columns of section 3."""
    columns = tuple(FormColumn(key=key, label=label) for key, label in zip(COLUMNS, ("自然人", "商业企业", "总计"), strict=True))
    rows = tuple(FormRow(key=key, label=label, columns=COLUMNS) for key, label in ROWS.items())
    table = FormTable(key="applications", section=3, title={"zh": "第三部分表格", "en": "table of part 3"}, columns=columns, rows=rows)
    return Form(
        id="2021",
        name={"zh": "2021 年格式", "en": "form of 2021"},
        document="",
        first_year=2021,
        last_year=None,
        sections=(),
        tables=(table,),
        signature=(),
    )


def figures(read: Report) -> Figures:
    """The figures of that form, one row of them false."""
    block = read.document.blocks[-1]
    rows = []
    for key, values in VALUES.items():
        found = tuple(
            Figure(cell=Cell(table="applications", row=key, column=column), value=value, text=str(value), state="number", block=block)
            for column, value in zip(COLUMNS, values, strict=True)
        )
        rows.append(RowReading(key=key, label=None, figures=found, block=block, values=3))
    table = TableReading(key="applications", state="read", rows=tuple(rows))
    return Figures(form=form(), form_due=form(), tables={"applications": table})


def finding(rule: str = "wording.placeholder", severity: Severity = Severity.ERROR, line: int = 3, **changes: object) -> Finding:
    """A finding on a line, its first two characters meant."""
    given: dict[str, object] = {
        "rule": rule,
        "severity": severity,
        "message": {"zh": f"{rule} 的现状", "en": f"what {rule} found"},
        "advice": {"zh": "改正", "en": "correct it"},
        "basis": BASIS,
        "location": Location(line=line, offset=1, length=2, excerpt="张某"),
        "place": {"zh": "第一部分第 1 段", "en": "part 1, paragraph 1"},
    }
    return Finding(**(given | changes))  # type: ignore[arg-type]


def failed_sum(**changes: object) -> Finding:
    """A row whose parts do not add up, with its identity, one explanation and a suspect."""
    suspect = Change(cell=Cell(table="applications", row="denied.third_party", column="natural_person"), actual=8, expected=3)
    terms = tuple(
        (factor, Cell(table="applications", row="denied.third_party", column=column))
        for factor, column in zip((1, 1, -1), COLUMNS, strict=True)
    )
    given: dict[str, object] = {
        "message": {"zh": "“4.保护第三方合法权益”行：前六列相加 8，总计填 3", "en": "row adds up to 8, total is 3"},
        "advice": {"zh": "对照台账，改总计或改分项", "en": "look into the ledger"},
        "location": Location(
            line=4, offset=13, length=1, excerpt="3", section=3, table="applications", row="denied.third_party", column="total"
        ),
        "expected": "8",
        "actual": "3",
        "sums": (Sum(rule="totals.row-total", row="denied.third_party", column=None, expected=8, actual=3),),
        "explanations": ((suspect,),),
        "suspect": suspect,
        "identities": (Identity(rule="totals.row-total", terms=terms, row="denied.third_party", column=None),),
        "place": {"zh": "第三部分表格“4.保护第三方合法权益”行", "en": "table of part 3, row 4"},
    }
    return finding("totals.row-total", **(given | changes))


def result(*findings: Finding, path: str = "reports/青石镇.txt", **changes: object) -> FileResult:
    """A report that was read, with these findings."""
    read = report()
    shown = changes.pop("figures", None) or figures(read)
    failed = {found.rule for found in findings}
    outcomes = (
        *(Outcome(rule=rule, answer=Answer.FAIL) for rule in sorted(failed)),
        Outcome(rule="contact.missing", answer=Answer.PASS),
        Outcome(rule="totals.review", answer=Answer.SKIP, reason={"zh": "没有第四部分表格", "en": "no table of part 4"}),
        Outcome(rule="totals.items", answer=Answer.SKIP, reason={"zh": "2021 年格式没有这些栏", "en": "not on this form"}),
    )
    given: dict[str, object] = {
        "path": path,
        "reading": Read(report=read, figures=shown),
        "form": "2021",
        "form_due": "2021",
        "unit": read.unit,
        "year": 2023,
        "outcomes": outcomes,
        "findings": findings,
    }
    return FileResult(**(given | changes))  # type: ignore[arg-type]


def unreadable(path: str = "reports/空.txt") -> FileResult:
    """A file that could not be read."""
    problem = finding(
        "input.unreadable",
        location=Location(),
        message={"zh": "文件是空的", "en": "the file is empty"},
        place={"zh": "全文", "en": "whole text"},
    )
    return FileResult(path=path, findings=(problem,), outcomes=(Outcome(rule="input.unreadable", answer=Answer.FAIL),))


def run(*files: FileResult, **changes: object) -> Run:
    """A finished run over these reports."""
    return Run(**({"files": files, "rules": {}, "fingerprint": "0" * 64} | changes))  # type: ignore[arg-type]


def everything() -> Run:
    """A run in which every part of the result has something in it."""
    waived = Waived(finding=finding("wording.brackets", Severity.NOTE), reason="已备案", until=date(2024, 6, 30))
    listed = finding("table.missing-row", rows=("new", "total"), cells=(Cell(table="applications", row="new"),), more=True)
    return run(
        result(finding("identity.self-word", Severity.WARNING), failed_sum(), listed, waived=(waived,)),
        result(finding("contact.missing-email", Severity.NOTE, review=True), path="reports/二.txt", part=2),
        unreadable(),
        passed_over=(PassedOver(path="reports/README.md", reason={"zh": "不是年度报告", "en": "no annual report"}),),
        collection=(finding("county.copied", Severity.WARNING, paths=("a.txt", "b.txt")),),
        broken=(Broken(rule="wording.slow", message={"zh": "超过时限", "en": "took too long"}, path="reports/二.txt"),),
    )


def with_rules(given: Run, path: str | None = None) -> Run:
    """The run with a rule for each of its findings, of a file of that path, else of the built-in rule's."""
    found = [finding for file in given.files for finding in file.findings] + list(given.collection)
    title = {"zh": "规则的题目", "en": "the rule's title"}
    rules = {
        finding.rule: Rule(
            id=finding.rule,
            path=path or f"rules/{finding.rule.replace('.', '/')}.yaml",
            severity=finding.severity,
            title=title,
            advice=finding.advice,
            basis=finding.basis,
            check=None,  # type: ignore[arg-type]
            message=title,
        )
        for finding in found
    }
    return replace(given, rules=rules)
