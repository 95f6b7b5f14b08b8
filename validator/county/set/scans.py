"""A scan or a page of pictures beside the file it was made from: that it was not read is a note, since the report was checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from validator.engine.findings import as_variant, of_file
from validator.model import Answer, FileResult, Finding, Hit, Member, Outcome, ReportSet, Rule, Spot

#: The variant of a rule for a file whose report was read from another file.
BESIDE = "beside"
#: What a rule is asked to say of a published page that shows the report as a picture only, while it was read from another file.
PICTURE_PAGE = "not-text-page"
_PAGES = (".html", ".htm", ".shtml", ".mht", ".mhtml")


def with_scan_noted(
    member: Member, file: FileResult, report_set: ReportSet, rules: Mapping[str, Rule], selected: Collection[str]
) -> FileResult:
    """The file; one that could not be read while another of its unit and year was, with its findings as notes that say so."""
    if file.reading is not None or member.unit is None or member.year is None:
        return file
    shown = report_set.by_unit[member.unit.name, member.year][0].file
    if shown.reading is None:
        return file
    speaker = _of_pictures(file, rules, selected)
    if speaker is not None:
        note = of_file(speaker, Hit(spot=Spot(), variant=PICTURE_PAGE, facts={"taken": shown.path}))
        return replace(file, findings=(note,), outcomes=(Outcome(rule=speaker.id, answer=Answer.FAIL),))
    return replace(file, findings=tuple(_as_note(finding, shown.path, rules) for finding in file.findings))


def _of_pictures(file: FileResult, rules: Mapping[str, Rule], selected: Collection[str]) -> Rule | None:
    """The rule that speaks of a page, where all that was found is that it has pictures and no text; None of any other file."""
    if not file.path.lower().endswith(_PAGES) or not file.findings:
        return None
    if any((rule := rules.get(finding.rule)) is None or BESIDE not in rule.variants for finding in file.findings):
        return None
    return next((rule for rule in rules.values() if rule.id in selected and PICTURE_PAGE in getattr(rule.check, "codes", ())), None)


def _as_note(finding: Finding, path: str, rules: Mapping[str, Rule]) -> Finding:
    rule = rules.get(finding.rule)
    return finding if rule is None or BESIDE not in rule.variants else as_variant(finding, rule, BESIDE, {"taken": path})
