"""Whether a corrected file says the same: every figure as before, the meant findings gone, nothing new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from validator.fixing.corrections import Correction
from validator.messages import both
from validator.model import FileResult, Finding, Text


def verified(before: Sequence[FileResult], after: Sequence[FileResult], applied: Sequence[Correction]) -> Text | None:
    """Why the corrections are not to be written; None where all is well."""
    if len(before) != len(after) or any(file.reading is None for file in after):
        return both("fixing.unreadable-afterwards")
    for old, new in zip(before, after, strict=True):
        if _figures(old) != _figures(new):
            return both("fixing.figure-changes")
        added = _counts(new) - _counts(old)
        if added:
            names = ", ".join(sorted({rule for rule, *_ in added}))
            return both("fixing.new-findings", rules=names)
    corrected = {correction.rule for correction in applied if correction.rule}
    afterwards = Counter(finding.rule for file in after for finding in file.findings)
    earlier = Counter(finding.rule for file in before for finding in file.findings)
    if any(afterwards[rule] >= earlier[rule] for rule in corrected):
        return both("fixing.finding-stays")
    return None


def _figures(file: FileResult) -> dict[object, object]:
    return {cell: figure.value for cell, figure in file.figures.by_cell.items()} if file.figures else {}


def _counts(file: FileResult) -> Counter[tuple[str, *tuple[object, ...]]]:
    return Counter(_key(finding) for finding in file.findings)


def _key(finding: Finding) -> tuple[str, *tuple[object, ...]]:
    place = finding.location
    return finding.rule, finding.severity, place.section, place.table, place.row, place.column
