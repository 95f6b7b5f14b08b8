"""What the comments of a Word file say: of each finding its five parts, of each report how it stands and what was not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from validator.base.records import positional_record
from validator.model import Figures, FileResult, Finding, Language, Run, Severity
from validator.reporters import finding_text
from validator.reporters.docx.words import say
from validator.reporters.printable import clean
from validator.reporters.words import checked, severity
from validator.reporters.words import say as common


@positional_record
class Phrase:
    """A paragraph of a comment: its label in bold (may be empty), then its text, ready to be shown."""

    label: str
    text: str


def of_finding(
    finding: Finding, file: FileResult, figures: Figures | None, run: Run, language: Language, asides: Sequence[str]
) -> Iterator[Phrase]:
    """The comment of one finding. `asides`: why it does not stand at the very words, as keys of `docx_words`."""
    colon = common(language, "colon")
    review = common(language, "bracket", text=common(language, "review")) if finding.review else ""
    yield Phrase(severity(language, finding.severity) + review, "")
    yield _phrase(say(language, "where") + colon, finding_text.place(finding, language))
    parts = finding_text.told(finding, figures, run.rules, language)
    for key in finding_text.PARTS:
        for number, text in enumerate(parts[key]):
            yield _phrase("" if number else common(language, key) + colon, text)
    for aside in asides:
        yield _phrase("", say(language, aside))
    yield _phrase("", finding.rule)


_LISTED = 20  # findings accepted earlier that are told


def of_report(file: FileResult, run: Run, language: Language, notes: Sequence[str]) -> Iterator[Phrase]:
    """The comment on the title: the report's name, counts, what was checked and what was not. `notes`: what is to be said of the file."""
    head = say(language, "head") if file.part in (None, 1) else say(language, "head-part", part=file.part)
    yield Phrase(clean(head), "")
    yield _phrase("", finding_text.identity(file, language))
    yield Phrase(_counts(file, language), "")
    if file.waived:
        yield _phrase("", common(language, "waived", count=len(file.waived)))
        yield from (_phrase("", told) for told in finding_text.waived(file.waived, language, _LISTED))
    yield _phrase("", checked(language, Counter(outcome.answer for outcome in file.outcomes)))
    if told := finding_text.skipped(file, language):
        yield _phrase(common(language, "skipped") + common(language, "colon"), told)
    for finding in run.collection:
        if file.path in finding.paths:
            yield _phrase("", say(language, "set", message=finding.message[language], advice=finding.advice[language]))
    for broken in run.broken:
        if broken.path == file.path:
            yield _phrase("", say(language, "not-done", message=broken.message[language]))
    for told in finding_text.unchecked(file, run, language):
        yield _phrase("", told)
    for note in notes:
        yield _phrase("", note)


def _counts(file: FileResult, language: Language) -> str:
    """必须改 3 处；请核实 1 处, or 未发现问题."""
    counts = Counter(finding.severity for finding in file.findings)
    told = [common(language, "places", name=severity(language, grade), count=counts[grade]) for grade in Severity if counts[grade]]
    return common(language, "semicolon").join(told if file.status != "clean" else [common(language, "clean"), *told])


def _phrase(label: str, text: str) -> Phrase:
    return Phrase(label, clean(text))
