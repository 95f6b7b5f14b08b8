"""The five parts of a finding (位置, 现状, 应为, 依据, 怎么改) and what is said of a report: alike in every output that people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from validator.messages import say
from validator.model import Answer, Figures, FileResult, Finding, Language, Rule, Run, Waived
from validator.reporters import failed_sums
from validator.reporters.words import basis

#: The parts after the place, in their order: keys under `reporters.part`.
PARTS = ("is", "should", "basis", "do")


def place(finding: Finding, language: Language) -> str:
    """位置: in the report's own words."""
    where, text = finding.location, finding.place.get(language, "")
    if not text:
        text = where.heading or (say("reporters.line", language, line=where.line) if where.line else say("reporters.whole", language))
    return text + say("marks.bracket", language, text=say("reporters.page", language, page=where.page)) if where.page else text


def parts(finding: Finding, figures: Figures | None, rules: Mapping[str, Rule], language: Language) -> dict[str, list[str]]:
    """The parts after the place, each in one or several sentences; what a finding does not say is empty."""
    return {
        "is": [finding.message[language], *failed_sums.failed(finding, figures, rules, language)],
        "should": should(finding, figures, language),
        "basis": list(filter(None, [basis(language, finding.basis)])),
        "do": list(filter(None, [finding.advice[language]])),
    }


def should(finding: Finding, figures: Figures | None, language: Language) -> list[str]:
    """应为: in words where no one value is sure, the repairs of failed sums, else the value; nothing where none is known."""
    if finding.should:
        return [finding.should[language]]
    if finding.sums:
        return failed_sums.repairs(finding, figures, language)
    return [finding.expected] if finding.expected else []


def identity(file: FileResult, language: Language) -> str:
    """Unit, year and form."""
    facts = [
        file.unit or say("reporters.no-unit", language),
        say("reporters.year", language, year=file.year) if file.year else say("reporters.no-year", language),
    ]
    if file.form:
        form, due = file.form, file.form_due
        other = due is not None and due != form
        if not form.isdecimal() and not other and file.figures is not None:  # its id tells programs, not people
            return " · ".join([*facts, file.figures.form.name[language]])
        used, not_due = say("reporters.form-used", language, form=form), say("reporters.form-other", language, form=form, due=due)
        facts.append(not_due if other else used)
    return " · ".join(facts)


def report_totals(files: Collection[FileResult], language: Language) -> str:
    """How many reports there are of each kind. A scan that nobody read, since its report was checked otherwise, is no clean report."""
    totals = Counter("again" if file.reading is None and file.status == "clean" else file.status for file in files)
    kinds = {"clean": totals["clean"], "failed": totals["findings"], "unreadable": totals["unreadable"]}
    sentence = say("reporters.files", language, files=len(files) - totals["again"], **kinds)
    return sentence + say("reporters.files-again", language, count=totals["again"]) if totals["again"] else sentence


def skipped(file: FileResult, language: Language, most: int | None = None) -> str:
    """Why rules were skipped, the most frequent of `most` reasons first; empty where none was."""
    skips = [outcome for outcome in file.outcomes if outcome.answer is Answer.SKIP and outcome.reason]
    reasons = Counter((outcome.waits, outcome.reason[language]) for outcome in skips if outcome.reason)
    shown = reasons.most_common(most)
    sentences = [say(f"reporters.skip.{waits or 'times'}", language, reason=reason, count=count) for (waits, reason), count in shown]
    rest = sum(reasons.values()) - sum(count for _, count in shown)
    if rest:
        sentences.append(say("reporters.skipped-rest", language, count=rest))
    return say("marks.semicolon", language).join(sentences)


def waived(items: Collection[Waived], language: Language, most: int | None = None) -> list[str]:
    """What was accepted earlier, each with its reason; of the baseline and beyond `most` how often each rule."""
    with_reason = [item for item in items if not item.baseline]
    sentences = [_waived(item, language) for item in with_reason[:most]]
    if len(with_reason) > len(sentences):
        sentences.append(say("reporters.waived-rest", language, count=len(with_reason) - len(sentences)))
    counts = Counter(item.finding.rule for item in items if item.baseline)
    if counts:
        rules = say("marks.comma", language).join(f"{rule} × {count}" if count > 1 else rule for rule, count in sorted(counts.items()))
        sentences.append(say("reporters.in-baseline", language) + say("marks.colon", language) + rules)
    return sentences


def _waived(item: Waived, language: Language) -> str:
    until = say("reporters.until", language, day=item.until.isoformat()) if item.until else ""
    message = item.finding.message[language] + say("marks.bracket", language, text=item.finding.rule)
    return say("reporters.waived-told", language, reason=item.reason, until=until, message=message)


def unchecked(file: FileResult, run: Run, language: Language) -> list[str]:
    """What no program checks, and what the book of the report's kind leaves out."""
    more = run.unchecked.get(file.report_kind or "")
    return [say("reporters.unchecked", language), *([more[language]] if more else [])]
