"""Breaks in the arithmetic. Which sums fail is worked out by `oracle`, not written down here."""

from __future__ import annotations

from random import Random

from tests.acceptance.mutation import vocabulary as words
from tests.acceptance.mutation.broken import Broken, broken
from tests.acceptance.mutation.report import Part, Report, Row

PARTS = [key for key, _ in words.APPLICANTS[:-1]]


def _results(report: Report) -> list[str]:
    return [key for key, _ in words.applications(report.form) if key not in ("new", "carried_in", "total", "carried_out")]


def one_part(report: Report, random: Random) -> Broken:
    """One applicant's figure of one result is too high: its row and its column fail."""
    row, column = random.choice(_results(report)), random.choice(PARTS)
    return broken(report.add("applications", row, column, random.randint(1, 9)), row=row, column=column)


def one_row_total(report: Report, random: Random) -> Broken:
    """One result's total is too high: its row fails, and the results of the total column."""
    row = random.choice(_results(report))
    return broken(report.add("applications", row, "total", random.randint(1, 9)), row=row)


def received(report: Report, random: Random) -> Broken:
    """One more came in than went out: the balance fails in two columns."""
    row, column = random.choice(("new", "carried_in")), random.choice(PARTS)
    report = report.add("applications", row, column, 2).add("applications", row, "total", 2)
    return broken(report, column=column)


def left_over(report: Report, random: Random) -> Broken:
    """Nothing carried out although one is left."""
    column = random.choice(PARTS)
    report = report.add("applications", "carried_out", column, 1).add("applications", "carried_out", "total", 1)
    return broken(report, column=column)


def grand_total(report: Report, random: Random) -> Broken:
    """（七） too high in one column and in total."""
    column = random.choice(PARTS)
    report = report.add("applications", "total", column, 3).add("applications", "total", "total", 3)
    return broken(report, column=column)


def shifted(report: Report, random: Random) -> Broken:
    """A figure has slipped into the next column: the row still adds up, two columns do not."""
    row = random.choice(_results(report))
    first, second = random.choice(list(zip(PARTS, PARTS[1:], strict=False)))
    report = report.add("applications", row, first, 4).add("applications", row, "total", 4)
    report = report.add("applications", "total", second, 4).add("applications", "total", "total", 4)
    report = report.add("applications", "new", second, 4).add("applications", "new", "total", 4)
    return broken(report, row=row, columns=(first, second))


def new_total_alone(report: Report, random: Random) -> Broken:
    """Only the total of 新收 is too high."""
    return broken(report.add("applications", "new", "total", 5))


def double_counted(report: Report, random: Random) -> Broken:
    """A partly granted request counted under 予以公开 as well."""
    report = report.add("applications", "granted", "natural_person", 1).add("applications", "granted", "total", 1)
    return broken(report)


def review_total(report: Report, random: Random) -> Broken:
    """复议 does not add up."""
    return broken(report.add("review", "review", random.choice(("total", "upheld", "pending")), 1))


def direct_total(report: Report, random: Random) -> Broken:
    """未经复议直接起诉 does not add up."""
    return broken(report.add("review", "litigation_direct", random.choice(("total", "corrected", "other")), 2))


def after_review_total(report: Report, random: Random) -> Broken:
    """复议后起诉 does not add up."""
    return broken(report.add("review", "litigation_after_review", random.choice(("total", "upheld", "pending")), 3))


def with_subtotals(report: Report, *, wrong: str = "") -> Report:
    """Subtotals printed at （三）（四）（五）; `wrong` names the group whose subtotal is one too high."""

    def edit(_: Part, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        out: list[Row] = []
        seen: set[str] = set()
        for row in rows:
            group = (row.key or "").partition(".")[0]
            if group in ("denied", "unavailable", "rejected") and group not in seen:
                seen.add(group)
                under = [dict(r.values) for r in rows if (r.key or "").startswith(group + ".")]
                more = 1 if group == wrong else 0
                values = tuple(
                    (c, str(sum(int(u[c]) for u in under) + (more if c in ("natural_person", "total") else 0))) for c, _ in row.values
                )
                out.append(Row(key=None, stubs=row.stubs[:2], values=values))
            out.append(row)
        return tuple(out)

    return report.with_rows("applications", edit)


def subtotal(report: Report, random: Random) -> Broken:
    """A printed subtotal is one too high in two columns."""
    return broken(with_subtotals(report, wrong=random.choice(("denied", "unavailable", "rejected"))))


def disclosed_over_total(report: Report, random: Random) -> Broken:
    """More opened this year than ever."""
    return broken(
        report.put("disclosure", "normative_documents", "disclosed", "9").put("disclosure", "normative_documents", "disclosed_total", "4")
    )


def items_below_nought(report: Report, random: Random) -> Broken:
    """Fewer items than none."""
    row = random.choice(("licensing", "other_services", "penalty", "coercion", "fees"))
    return broken(report.put("disclosure", row, "items_last_year", "3").put("disclosure", row, "change", "-11"), row=row)


def made_and_gone(report: Report, random: Random) -> Broken:
    """Documents made that are neither in force nor repealed."""
    for column, text in (("made", "9"), ("repealed", "0"), ("effective", "4")):
        report = report.put("disclosure", "normative_documents", column, text)
    return broken(report)


def after_review_without_review(report: Report, random: Random) -> Broken:
    """A suit after review, and no review."""
    for column in ("upheld", "corrected", "other", "pending", "total"):
        report = report.put("review", "review", column, "0")
    return broken(report.put("review", "litigation_after_review", "upheld", "1").put("review", "litigation_after_review", "total", "1"))


def review_without_applications(report: Report, random: Random) -> Broken:
    """A review, and no request this year or last."""
    for row in ("new", "granted", "total"):
        for column in ("natural_person", "total"):
            report = report.put("applications", row, column, "0")
    return broken(report.put("review", "review", "upheld", "1").put("review", "review", "total", "1"))
