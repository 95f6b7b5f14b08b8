"""Units of a national system in the set: they report within their system, not to the county."""

from __future__ import annotations

from collections.abc import Iterable

from validator.base.records import record
from validator.checks.county.roster import kind_of
from validator.messages import both
from validator.model import Hit, ReportSet, RosterUnit, Skip, Spot
from validator.text.characters import Pattern, bare, even


@record
class VerticalUnit:
    """One hit for each unit of the roster that is of `kind` by the roster or its name, and whose name matches one of `names`.

    One of which the roster says whether it is summed is left alone: the county knows of it.
    """

    names: tuple[Pattern, ...]
    kind: str = "vertical"

    SCOPES = ("county",)
    FACTS = ("unit", "count")

    def run(self, report_set: ReportSet) -> Iterable[Hit | Skip]:
        """In the order in which the units' reports come."""
        if not report_set.county.roster:
            yield Skip(reason=both("checks.no-roster"))
            return
        national: dict[str, tuple[RosterUnit, list[str]]] = {}
        for member in report_set.members:
            unit = member.unit
            if unit is not None and unit.summed is None and kind_of(unit, report_set) == self.kind and self._is_national(unit):
                national.setdefault(unit.name, (unit, []))[1].append(member.file.path)
        for name, (_, paths) in national.items():
            yield Hit(spot=Spot(), paths=tuple(paths), unit=name, facts={"unit": name, "count": len(paths)})

    def _is_national(self, unit: RosterUnit) -> bool:
        return any(pattern.search(bare(even(unit.name))) for pattern in self.names)
