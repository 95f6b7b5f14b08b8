"""A scan beside the file that it was made from: that it was not read is a note, since the report itself was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from validator.engine.findings import retold
from validator.model import FileResult, Finding, Member, ReportSet, Rule

#: The way in which a rule speaks of a file whose report was read elsewhere.
BESIDE = "beside"


def scanned(member: Member, file: FileResult, seen: ReportSet, rules: Mapping[str, Rule]) -> FileResult:
    """The file; one that could not be read, of a unit and year of which another was, as its rule speaks of such files."""
    if file.reading is not None or member.unit is None or member.year is None:
        return file
    taken = seen.by_unit[member.unit.name, member.year][0].file
    if taken.reading is None:
        return file
    return replace(file, findings=tuple(_told(finding, taken.path, rules) for finding in file.findings))


def _told(finding: Finding, taken: str, rules: Mapping[str, Rule]) -> Finding:
    rule = rules.get(finding.rule)
    return finding if rule is None or BESIDE not in rule.variants else retold(finding, rule, BESIDE, {"taken": taken})
