"""What the wording rules find in one sentence of a report."""

from __future__ import annotations

from tests.support import book
from validator.model import Finding
from validator.pipeline.check_file import examine


def found(text: str, *, year: int = 2023, section: str = "一、总体情况") -> list[Finding]:
    whole = f"云岭县青石镇人民政府{year}年政府信息公开工作年度报告\n{section}\n{text}\n"
    return [f for f in examine(whole.encode(), "report.txt", book(), snippet=True)[0].findings if f.category == "wording"]


def rules(text: str, **where: object) -> list[str]:
    return [finding.rule.split(".")[1] for finding in found(text, **where)]  # type: ignore[arg-type]
