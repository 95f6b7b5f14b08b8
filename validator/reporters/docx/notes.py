"""What the comments of a Word file say: of each finding its five parts, of each report how it stands and what was not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from validator.base.records import positional_record
from validator.messages import say
from validator.model import Figures, FileResult, Finding, Grade, Language, Run
from validator.reporters import finding_text
from validator.reporters.printable import clean
from validator.reporters.words import checked, severity


@positional_record
class CommentPhrase:
    """A paragraph of a comment: its label in bold (may be empty), then its text, ready to be shown."""

    label: str
    text: str


def of_finding(
    finding: Finding, file: FileResult, figures: Figures | None, run: Run, language: Language, asides: Sequence[str]
) -> Iterator[CommentPhrase]:
    """The comment of one finding. `asides`: why it does not stand at the very words, as keys under `docx.aside`."""
    colon = say("marks.colon", language)
    review = say("marks.bracket", language, text=say("reporters.review", language)) if finding.review else ""
    yield CommentPhrase(severity(language, finding.grade) + review, "")
    yield _phrase(say("docx.where", language) + colon, finding_text.place(finding, language))
    parts = finding_text.parts(finding, figures, run.rules, language)
    for key in finding_text.PARTS:
        for number, text in enumerate(parts[key]):
            yield _phrase("" if number else say(f"reporters.part.{key}", language) + colon, text)
    for aside in asides:
        yield _phrase("", say(f"docx.aside.{aside}", language))
    yield _phrase("", finding.rule)


_LISTED = 20  # findings accepted earlier that are told


def of_report(file: FileResult, run: Run, language: Language, notes: Sequence[str]) -> Iterator[CommentPhrase]:
    """The comment on the title: the report's name, counts, what was checked and what was not. `notes`: what is to be said of the file."""
    head = say("docx.head", language) if file.part in (None, 1) else say("docx.head-part", language, part=file.part)
    yield CommentPhrase(clean(head), "")
    yield _phrase("", finding_text.identity(file, language))
    yield CommentPhrase(_counts(file, language), "")
    if file.waived:
        yield _phrase("", say("reporters.waived", language, count=len(file.waived)))
        yield from (_phrase("", sentence) for sentence in finding_text.waived(file.waived, language, _LISTED))
    yield _phrase("", checked(language, Counter(outcome.answer for outcome in file.outcomes)))
    if sentence := finding_text.skipped(file, language):
        yield _phrase(say("reporters.skipped", language) + say("marks.colon", language), sentence)
    for finding in run.collection:
        if file.path in finding.paths:
            yield _phrase("", say("docx.set", language, message=finding.message[language], advice=finding.advice[language]))
    for broken in run.broken:
        if broken.path == file.path:
            yield _phrase("", say("docx.not-done", language, message=broken.message[language]))
    for sentence in finding_text.unchecked(file, run, language):
        yield _phrase("", sentence)
    for note in notes:
        yield _phrase("", note)


def _counts(file: FileResult, language: Language) -> str:
    """必须改 3 处；请核实 1 处, or 未发现问题."""
    counts = Counter(finding.grade for finding in file.findings)
    counted = [say("reporters.places", language, name=severity(language, grade), count=counts[grade]) for grade in Grade if counts[grade]]
    return say("marks.semicolon", language).join(counted if file.status != "clean" else [say("reporters.state.clean", language), *counted])


def _phrase(label: str, text: str) -> CommentPhrase:
    return CommentPhrase(label, clean(text))
