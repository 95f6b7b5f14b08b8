"""Run → text for the clerk: what must be changed first, then what to verify, then what was checked and what no tool checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rich.cells import cell_len

from validator.messages import say
from validator.model import Broken, FileResult, Finding, Grade, PassedOver, Rule, Run, Severity, Waived
from validator.reporters import Options, finding_text
from validator.reporters.excerpts import Quotes
from validator.reporters.statistics import sound
from validator.reporters.text import sum_table
from validator.reporters.text.county import summary
from validator.reporters.text.layout import OutputLine, clip, coloured, hang, line, pad, plain, window
from validator.reporters.words import basis, checked, severity, unshown
from validator.reporters.words import shown as shown_grades

_INDENT = 4
_FEW = 3  # notes that are told one by one even beside graver findings
_REASONS = 6  # reasons for skipping that are told
_ALIKE = 20  # findings of one rule in one report that are told
_LISTED = 10  # files passed over, and findings accepted earlier, that are told


def render(run: Run, options: Options) -> str:
    """The whole run as text, each line ended."""
    lines: list[OutputLine] = []
    shown = [file for file in run.files if not (options.quiet and len(run.files) > 1 and sound(file, run))]
    for file in shown:
        lines += [*_file(file, run, options), OutputLine()]
    lines += [*_collection(run, options), *_broken(run.broken, options), *_passed_over(run.passed_over, options)]
    lines += [line((say("reporters.empty", options.language, path=path), "error")) for path in run.empty]
    lines += summary(run, options)
    if len(run.files) > 1 or run.standings:
        lines += _overview(shown, run, options)
    if run.unshown is not None:
        lines += [*hang("", unshown(run.unshown, options.language), indent=0, width=options.width), OutputLine()]
    if options.statistics:
        from validator.reporters.text.statistics import statistics

        lines += statistics(run, options)
    while lines and not lines[-1].text:
        lines.pop()
    return coloured(lines, options.width, _pages(run) if options.links else {}) if options.color else plain(lines)


def _pages(run: Run) -> dict[str, str]:
    """The address of each rule's page; rules without one are not in it."""
    from validator.base.links import page_address

    addresses = ((rule.id, page_address(rule.id, rule.path)) for rule in run.rules.values())
    return {rule: address for rule, address in addresses if address}


# ------------------------------------------------------------------------------------------------ one report


def _file(file: FileResult, run: Run, options: Options) -> list[OutputLine]:
    lines = [line((_name(file, options), "strong")), *_identity(file, options), OutputLine()]
    if file.status == "unreadable":
        lines.append(line((say("reporters.unreadable-long", options.language), "error")))
        why = [finding for finding in file.findings if file.reading is None or _says_why(finding)]
        lines += [shown for finding in why for shown in _unread(finding, options)]
        if file.reading is None:
            return lines
        lines.append(OutputLine())  # a part was read, and what was found in it follows
    elif not file.findings:
        lines += [line((say("reporters.state.clean", options.language), "strong")), OutputLine()]
    for grade in Grade:
        of_grade = [finding for finding in file.findings if finding.grade is grade and not _says_why(finding)]
        lines += _grade(of_grade, grade, file, run, options)
    return lines + _closing(file, run, options)


def _name(file: FileResult, options: Options) -> str:
    part = say("reporters.part", options.language, part=file.part) if file.part is not None else ""
    return f"{file.path} {part}".rstrip()


def _identity(file: FileResult, options: Options) -> list[OutputLine]:
    """Unit, year and form; nothing of a file that could not be read."""
    return [] if file.reading is None else [line((finding_text.identity(file, options.language), "dim"))]


def _says_why(finding: Finding) -> bool:
    """Whether the finding says why a file could not be read, or not to its end."""
    return finding.unread


def _unread(finding: Finding, options: Options) -> list[OutputLine]:
    """Why a file could not be read, unless the line above has said all there is."""
    text = finding.message[options.language]
    lines = hang("", text, indent=_INDENT, width=options.width) if text != say("reporters.unreadable-long", options.language) else []
    return lines + _advice(finding, options)


def _grade(findings: list[Finding], grade: Grade, file: FileResult, run: Run, options: Options) -> list[OutputLine]:
    if not findings:
        return []
    title = say("reporters.places", options.language, name=severity(options.language, grade), count=len(findings))
    lines = [line((title, findings[0].severity.value)), OutputLine()]
    if grade is Grade.NOTE:
        return _notes(findings, title, file, run, options)
    quotes = Quotes(file)
    times: Counter[str] = Counter()
    for number, finding in enumerate(findings, 1):
        times[finding.rule] += 1
        if times[finding.rule] <= _ALIKE:
            lines += [*_finding(number, finding, file, quotes, run.rules, options), OutputLine()]
    for rule, count in times.items():
        if count > _ALIKE:
            lines += [line(say("reporters.alike", options.language, count=count - _ALIKE, rule=rule)), OutputLine()]
    return lines


def _finding(
    number: int, finding: Finding, file: FileResult, quotes: Quotes, rules: Mapping[str, Rule], options: Options
) -> list[OutputLine]:
    """Place, the line itself, what it says, what it should say, basis, advice; the rule's id stands small at the end."""
    language, width = options.language, options.width
    lines = hang(f"{number:>2}. ", finding_text.place(finding, options.language), indent=0, width=width, style="strong")
    sum_figures = file.figures if finding.identities else None  # a folded report is unfolded for nothing else
    figures = sum_table.table(finding, sum_figures, language, indent=_INDENT, width=width)
    lines += figures or _quote(finding, quotes, options)
    parts = finding_text.parts(finding, sum_figures, rules, language)
    for key in finding_text.PARTS[:-1]:
        lines += _paragraph(key, parts[key], options)
    return lines + _advice(finding, options)


def _quote(finding: Finding, quotes: Quotes, options: Options) -> list[OutputLine]:
    """The report's line with the spot marked by carets beneath; line numbers only where an editor shows them."""
    text = quotes.of(finding)
    if text is None:
        return []
    place = finding.location
    gutter = f"{place.line} │ " if quotes.numbered else "│ "
    room = options.width - _INDENT - cell_len(gutter)
    view = window(text, (place.offset or 1) - 1, place.length or 0 if place.excerpt else 0, room)
    lines = [line(" " * _INDENT, (gutter, "dim"), view.text)]
    if view.carets:
        blank = " " * (cell_len(gutter) - 2) + "│ "
        lines.append(line(" " * _INDENT, (blank, "dim"), (view.carets, finding.severity.value)))
    return lines


def _paragraph(key: str, texts: list[str], options: Options) -> list[OutputLine]:
    """A labelled paragraph for each text, the label before the first alone."""
    label = pad(say(f"reporters.part.{key}", options.language), 8)
    lines: list[OutputLine] = []
    for text in filter(None, texts):
        lines += hang(" " * 8 if lines else label, text, indent=_INDENT, width=options.width)
    return lines


def _advice(finding: Finding, options: Options) -> list[OutputLine]:
    """What to do, and the rule's id small at the end."""
    return _with_rule(_paragraph("do", [finding.advice[options.language]], options), finding, options)


def _with_rule(lines: list[OutputLine], finding: Finding, options: Options) -> list[OutputLine]:
    """The lines with the rule's id at the right of the last where there is room, else beneath."""
    free = options.width - cell_len(lines[-1].text) if lines else 0
    if free >= len(finding.rule) + 2:
        return [*lines[:-1], OutputLine((*lines[-1].spans, (" " * (free - len(finding.rule)), ""), (finding.rule, "rule")))]
    return [*lines, line(" " * (options.width - len(finding.rule)), (finding.rule, "rule"))]


def _notes(notes: list[Finding], title: str, file: FileResult, run: Run, options: Options) -> list[OutputLine]:
    """Notes in a line each where they are few or alone or decide the exit status, else counted by rule."""
    if len(notes) <= _FEW or file.status == "clean" or run.fail_on is Severity.NOTE:
        return [line((title, "note")), *(shown for finding in notes for shown in _note(finding, file, options)), OutputLine()]
    counts = Counter(run.rules[finding.rule].title[options.language] if finding.rule in run.rules else finding.rule for finding in notes)
    text = say("marks.semicolon", options.language).join(name if count == 1 else f"{name}×{count}" for name, count in counts.items())
    text += say("reporters.notes-where", options.language)
    return [*hang(title + say("marks.colon", options.language), text, indent=0, width=options.width), OutputLine()]


def _note(finding: Finding, file: FileResult, options: Options) -> list[OutputLine]:
    review = say("marks.bracket", options.language, text=say("reporters.review", options.language)) if finding.review else ""
    place, message = finding.place.get(options.language, ""), finding.message[options.language]
    rest = message.removeprefix(place) if place and message.startswith(place) else say("marks.colon", options.language) + message
    text = finding_text.place(finding, options.language) + rest + review  # a message that begins with the place does not say it again
    return _with_rule(hang("  - ", text, indent=0, width=options.width), finding, options)


def _closing(file: FileResult, run: Run, options: Options) -> list[OutputLine]:
    """What was checked, what was skipped and why, and what no tool checks."""
    language = options.language
    counts = Counter(outcome.answer for outcome in file.outcomes)
    lines = hang("", checked(language, counts), indent=0, width=options.width)
    skipped = finding_text.skipped(file, language, _REASONS)
    if skipped:
        label = say("reporters.skipped", language) + say("marks.colon", language)
        lines += hang(label, skipped, indent=0, width=options.width, style="dim")
    if file.waived:
        lines += _waived(say("reporters.waived", language, count=len(file.waived)), file.waived, options)
    for unchecked in finding_text.unchecked(file, run, language):
        lines += hang("", unchecked, indent=0, width=options.width, style="dim")
    return lines


# ------------------------------------------------------------------------------------------------ the whole run


def _collection(run: Run, options: Options) -> list[OutputLine]:
    waived = say("reporters.waived-set", options.language, count=len(run.waived))
    accepted = [*_waived(waived, run.waived, options), OutputLine()] if run.waived else []
    if not run.collection:
        return accepted
    lines = [line((say("reporters.collection", options.language), "strong")), OutputLine()]
    counts = Counter(finding.grade for finding in run.collection)
    grade: Grade | None = None
    for number, finding in enumerate(sorted(run.collection, key=lambda finding: finding.grade.rank), 1):
        if grade is not finding.grade:
            grade = finding.grade
            head = say("reporters.places", options.language, name=severity(options.language, grade), count=counts[grade])
            lines += [line((head, finding.severity.value)), OutputLine()]
        label = f"{number:>2}. "
        text = finding.message[options.language]
        lines += hang(label, text, indent=0, width=options.width, style=finding.severity.value)
        lines += [line(" " * _INDENT, clip(path, options.width - _INDENT, keep_end=True)) for path in finding.paths]
        lines += [*_paragraph("basis", [basis(options.language, finding.basis)], options), *_advice(finding, options), OutputLine()]
    return lines + accepted


def _waived(head: str, items: tuple[Waived, ...], options: Options) -> list[OutputLine]:
    """What was accepted earlier: counted, then listed."""
    lines = [line(head)]
    for text in finding_text.waived(items, options.language, _LISTED):
        lines += hang("  - ", text, indent=0, width=options.width, style="dim")
    return lines


def _broken(broken: tuple[Broken, ...], options: Options) -> list[OutputLine]:
    if not broken:
        return []
    lines = [line((say("reporters.broken", options.language, count=len(broken)), "error"))]
    for item in broken:
        where = say("marks.colon", options.language).join(part for part in (item.path, item.rule, item.message[options.language]) if part)
        lines += hang("  - ", where, indent=0, width=options.width)
    return [*lines, OutputLine()]


def _passed_over(passed: tuple[PassedOver, ...], options: Options) -> list[OutputLine]:
    if not passed:
        return []
    lines = [line(say("reporters.passed", options.language, count=len(passed)))]
    for item in passed[:_LISTED]:
        text = item.path + say("marks.colon", options.language) + item.reason[options.language]
        lines += hang("  - ", text, indent=0, width=options.width)
    if len(passed) > _LISTED:
        lines.append(line("  - ", say("reporters.more", options.language, count=len(passed) - _LISTED)))
    return [*lines, OutputLine()]


def _overview(shown: list[FileResult], run: Run, options: Options) -> list[OutputLine]:
    """A line for each report that the summary of the set does not show, then how many there are of each kind."""
    language = options.language
    end = [*hang("", finding_text.report_totals(run.files, language), indent=0, width=options.width, style="strong"), OutputLine()]
    in_summary = {path for standing in run.standings for path in standing.paths[:1]}
    again = {path for standing in run.standings for path in standing.paths[1:]}  # a scan beside what was checked is no clean report
    files = [file for file in shown if file.path not in in_summary and not (file.path in again and file.reading is None)]
    if not files:
        return end
    grades = shown_grades(finding for file in files for finding in file.findings)
    heads = [severity(language, grade) for grade in grades]
    sizes = [cell_len(head) for head in heads]
    results = {
        "clean": say("reporters.state.clean", language),
        "findings": say("reporters.findings", language),
        "unreadable": say("reporters.state.unreadable", language),
    }
    last = max(cell_len(text) for text in results.values())
    room = options.width - sum(sizes) - 2 * len(sizes) - last - 2
    size = min(room, max(cell_len(_name(file, options)) for file in files))

    def row(name: str, cells: list[str], result: str, style: str) -> OutputLine:
        counted = "".join("  " + pad(cell, width, right=True) for cell, width in zip(cells, sizes, strict=True))
        return line(pad(clip(name, size, keep_end=True), size), counted, ("  " + result, style))

    lines = [row(say("reporters.report", language), heads, say("reporters.result", language), "dim")]
    for file in files:
        counts = Counter(finding.grade for finding in file.findings)
        unread = file.status == "unreadable"
        cells = ["-" if unread else str(counts[grade]) for grade in grades]
        lines.append(row(_name(file, options), cells, results[file.status], "error" if unread else ""))
    return [*lines, OutputLine(), *end]
