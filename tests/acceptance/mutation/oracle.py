"""The form's sums, worked out once more: which of them a report breaks."""

from __future__ import annotations

from tests.acceptance.mutation import vocabulary as words
from tests.acceptance.mutation.report import Report

#: rule, the row or the column it stands at, what the sum gives, what is printed
Failed = frozenset[tuple[str, str, int | None, int | None]]

REVIEW_RULES = {
    "review": "totals.review",
    "litigation_direct": "totals.litigation-direct",
    "litigation_after_review": "totals.litigation-after-review",
}
AXIS = {"totals.row-total": "row", "totals.balance": "column", "totals.results": "column"}


def _number(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def failed(report: Report) -> Failed:
    """Every sum of sections 3 and 4 that does not hold. Blank parts count as nought, blank totals are unknown."""
    figures = {key: _number(text) for key, text in report.figures().items()}
    return frozenset({*_applications(report, figures), *_review(figures)})


def _applications(report: Report, figures: dict[tuple[str, str, str], int | None]) -> list[tuple[str, str, int | None, int | None]]:
    parts = [key for key, _ in words.APPLICANTS[:-1]]
    out: list[tuple[str, str, int | None, int | None]] = []
    rows = [key for key, _ in words.applications(report.form)]

    def row_sum(row: str) -> int:
        return sum(figures.get(("applications", row, column)) or 0 for column in parts)

    def known(row: str, column: str) -> int:
        value = figures.get(("applications", row, column))
        if value is not None:
            return value
        return row_sum(row) if column == "total" else results(column) if row == "total" else 0

    def results(column: str) -> int:
        return sum(known(row, column) for row in rows if row not in ("new", "carried_in", "total", "carried_out"))

    for row in rows:
        total = figures.get(("applications", row, "total"))
        if total is not None and total != row_sum(row):
            out.append(("totals.row-total", row, row_sum(row), total))
    for column in (*parts, "total"):
        total = figures.get(("applications", "total", column))
        if total is not None and total != results(column):
            out.append(("totals.results", column, results(column), total))
        came = known("new", column) + known("carried_in", column)
        went = known("total", column) + known("carried_out", column)
        if came != went:
            out.append(("totals.balance", column, None, None))
    return out


def _review(figures: dict[tuple[str, str, str], int | None]) -> list[tuple[str, str, int | None, int | None]]:
    out: list[tuple[str, str, int | None, int | None]] = []
    for row, rule in REVIEW_RULES.items():
        parts = sum(figures.get(("review", row, column)) or 0 for column, _ in words.OUTCOMES[:-1])
        total = figures.get(("review", row, "total"))
        if total is not None and total != parts:
            out.append((rule, row, parts, total))
    return out
