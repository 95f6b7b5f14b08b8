"""Units of the set whose results stand mostly in one row of a table."""

from __future__ import annotations

from collections.abc import Iterable

from validator.base.records import record
from validator.messages import Text, both, enumerated
from validator.model import Form, Hit, Member, ReportSet, Skip, Spot, Value


@record
class MostlyOneResult:
    """One hit a year for the units of which `least` cases or more, and more than the part `share` of `whole`, stand in the figure `part`.

    Figures are table.row.column. Forms name the row otherwise, so that `part` lists several: of those that a report has, the first counts.
    Reports of the kinds in `besides` are left alone: their figures are sums of the others'. A person has to look.
    """

    part: tuple[str, ...]
    whole: str
    least: int
    share: float
    besides: tuple[str, ...] = ()

    SCOPES = ("county",)
    FACTS = ("year", "count", "units")

    def run(self, seen: ReportSet) -> Iterable[Hit | Skip]:
        """By years, units in the order in which their reports come."""
        found: dict[int, list[tuple[Member, Value, Value]]] = {}
        judged = False
        for (_, year), (member, *_) in seen.by_unit.items():
            figures = self._figures(member)
            if figures is None:
                continue
            judged = True
            if figures[0] >= self.least and float(figures[0]) > self.share * float(figures[1]):
                found.setdefault(year, []).append((member, *figures))
        if not judged:
            yield Skip(reason=both("checks.no-result-to-weigh"))
        for year in sorted(found):
            yield _hit(year, found[year])

    def mistakes(self, forms: Iterable[Form]) -> tuple[Text, ...]:
        """Figures that no form has."""
        tables = {table.key: table for form in forms for table in form.tables}
        known = {f"{key}.{row.key}.{column.key}" for key, table in tables.items() for row in table.rows for column in table.columns}
        names = enumerated(tables)
        return tuple(both("checks.no-cell", cell=cell, tables=names) for cell in (*self.part, self.whole) if cell not in known)

    def _figures(self, member: Member) -> tuple[Value, Value] | None:
        """The part and the whole; None where either is blank, unread or not to be weighed."""
        digest = member.file.digest
        if digest is None or member.kind in self.besides:
            return None
        key = next((key for key in self.part if key in digest.figures), None)
        part, whole = (digest.figures.get(name) if name else None for name in (key, self.whole))
        return None if part is None or whole is None else (part, whole)


def _hit(year: int, found: list[tuple[Member, Value, Value]]) -> Hit:
    told = [both("checks.unit-part-whole", unit=member.name or "", part=part, whole=whole) for member, part, whole in found]
    return Hit(
        spot=Spot(),
        review=True,
        paths=tuple(member.file.path for member, _, _ in found),
        year=year,
        form=found[0][0].file.form_due or "",
        facts={"year": year, "count": len(found), "units": enumerated(told)},
    )
