"""A scan beside the file that it was made from: that it was not read is a note, since the report itself was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from validator.engine.findings import as_variant
from validator.model import FileResult, Finding, Member, ReportSet, Rule

#: The variant of a rule for a file whose report was read from another file.
BESIDE = "beside"


def with_scan_noted(member: Member, file: FileResult, report_set: ReportSet, rules: Mapping[str, Rule]) -> FileResult:
    """The file; one that could not be read while another of its unit and year was, with its findings as notes that say so."""
    if file.reading is not None or member.unit is None or member.year is None:
        return file
    shown = report_set.by_unit[member.unit.name, member.year][0].file
    if shown.reading is None:
        return file
    return replace(file, findings=tuple(_as_note(finding, shown.path, rules) for finding in file.findings))


def _as_note(finding: Finding, path: str, rules: Mapping[str, Rule]) -> Finding:
    rule = rules.get(finding.rule)
    return finding if rule is None or BESIDE not in rule.variants else as_variant(finding, rule, BESIDE, {"taken": path})
