"""What `nianbao rules` prints: the list of rules, and one rule explained with a wrong and a right example."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from validator.base.regex_cache import expression
from validator.engine.locations import cell_place
from validator.examples.expectations import ExampleResult
from validator.examples.runner import run_examples
from validator.messages import enumerated, say
from validator.model import Book, Cell, Form, Language, Rule, Text
from validator.reporters.text.layout import OutputLine, hang, line, pad, plain
from validator.reporters.words import basis, severity
from validator.rulebook.example_schema import Example, ExampleReport

_LABEL = 10
_QUOTE = 120


def listing(book: Book, lang: Language = "zh", width: int = 80) -> str:
    """All rules, a line each, by category."""
    rules = sorted(book.rules, key=lambda rule: rule.id)
    size = max((len(rule.id) for rule in rules), default=0)
    lines: list[OutputLine] = []
    for _, group in groupby(rules, key=lambda rule: rule.category):
        for rule in group:
            label = f"{pad(rule.id, size)}  {pad(severity(lang, rule.severity), 7)} "
            lines += hang(label, rule.title[lang], indent=0, width=width)
        lines.append(OutputLine())
    return plain([*lines, line(say("cli.page.count", lang, count=len(rules))), *_changed(rules, lang, width)])


def _changed(rules: Sequence[Rule], lang: Language, width: int) -> Iterator[OutputLine]:
    """Which rules packs change or replace, and in which files."""
    changed = [rule for rule in rules if rule.replaces]
    if changed:
        yield line(say("cli.page.changed", lang, count=len(changed)))
    for rule in changed:
        yield from hang(f"{rule.id}  ", _file(rule, lang), indent=2, width=width)


def _file(rule: Rule, lang: Language) -> str:
    """The rule's file, and those of the rules that it stands in for."""
    if not rule.replaces:
        return rule.path
    return say("cli.page.instead", lang, path=rule.path, old=enumerated(reversed(rule.replaces)))


def page(rule: Rule, book: Book, lang: Language = "zh", width: int = 80, *, packs: Sequence[Path] = (), kind: str | None = None) -> str:
    """One rule: what, why, on what basis, a wrong and a right example, how to mend it, how to switch it off.

    The book must be loaded with its examples.
    """
    lines = [line(f"{rule.id}  {severity(lang, rule.severity)}"), *hang("", rule.title[lang], indent=0, width=width), OutputLine()]
    results = list(run_examples(book, packs, kind=kind, wanted=lambda other: other is rule))
    for label, text in entries(rule, book, lang, results):
        lines += hang(pad(label, _LABEL), text, indent=0, width=width)
    return plain(lines)


def entries(rule: Rule, book: Book, lang: Language, results: Sequence[ExampleResult]) -> Iterator[tuple[str, str]]:
    """What is to be said of a rule, with its label, for the terminal and for the page in docs/rules; `results`: of its examples."""
    return ((say(f"cli.page.label.{label}", lang), text) for label, text in _entries(rule, book, lang, results) if text)


def _entries(rule: Rule, book: Book, lang: Language, results: Sequence[ExampleResult]) -> Iterator[tuple[str, str]]:
    """The page's entries: key of the label, text."""
    semicolon = say("marks.semicolon", lang)
    wrong = next((result for result in results if result.kind == "fail" and result.ok), None)
    right = next((result for result in results if result.kind == "pass" and not result.example.skip and result.example.text), None)
    yield "why", rule.why.get(lang, "")
    yield "basis", basis(lang, rule.basis)
    yield "applies", semicolon.join(_applies(rule, book, lang))
    yield "requires", enumerated(rule.requires)[lang]
    yield "told-by", enumerated(rule.yields_to)[lang]
    if wrong:
        yield "wrong", shown_example(wrong.example, book, lang) or say("cli.page.such-a-file", lang, title=rule.title[lang])
        yield "says", semicolon.join(_said(wrong, rule, lang))
    yield "right", shown_example(right.example, book, lang) if right else say("cli.page.sound", lang)
    yield "mend", _advice(results, rule, lang)
    yield "off", say("cli.page.must", lang) if rule.role == "unreadable" else say("cli.page.switch", lang, id=rule.id)
    yield "file", _file(rule, lang)


def _said(result: ExampleResult, rule: Rule, lang: Language) -> Iterable[str]:
    """The messages of this rule on the example, the first three."""
    return [finding.message[lang] for finding in result.findings if finding.rule == rule.id][:3]


def _advice(results: Sequence[ExampleResult], rule: Rule, lang: Language) -> str:
    """What to do; where something is to be filled in, as it is told of the first example that fills it, else left open."""
    pieces = expression(r"\{[a-z][a-z0-9_]*\}").split(rule.advice[lang])
    if len(pieces) == 1:
        return rule.advice[lang]
    findings = (finding for result in results for finding in result.findings if finding.rule == rule.id)
    told = expression(".+?".join(map(re.escape, pieces)))
    return next((text for finding in findings if told.fullmatch(text := finding.advice[lang])), "…".join(pieces))


def _applies(rule: Rule, book: Book, lang: Language) -> Iterator[str]:
    """To which forms, years and kinds of unit a rule is restricted; nothing where it applies to all."""
    forms = [form for form in book.forms if form.id in rule.forms]
    if rule.forms and len(forms) < len(book.forms):
        yield enumerated(form.name for form in forms)[lang]
    first, last = rule.years
    if first is not None or last is not None:
        yield say("cli.page.years", lang, first=first or "…", last=last or "…")
    if rule.kinds:
        yield enumerated(rule.kinds)[lang]


def shown_example(example: Example, book: Book, lang: Language) -> str:
    """What an example says, in a sentence: its text, or what is changed in a sound report."""
    if example.text is not None:
        return _quoted(example.text) if example.text else say("cli.page.empty", lang)
    if example.reports:
        return _several(example, lang)
    semicolon = say("marks.semicolon", lang)
    said = [f"{_quoted(old)} → {_quoted(new)}" for old, new in example.replace.items()]
    said += [say("cli.page.without", lang, text=_quoted(words)) for words in example.drop]
    said += [_set_to(address, value, book, lang) for address, value in example.set.items()]
    said += [say("cli.page.appended", lang, text=_quoted(example.append))] if example.append else []
    if example.noticed and not said:
        return ""  # what was noticed is what the rule says
    said = said or [say("cli.page.sound", lang)]
    if example.year or example.unit or example.form:
        flags = (("--unit", example.unit), ("--year", example.year), ("--form", example.form))
        said.append(" ".join(f"{name} {value}" for name, value in flags if value))
    said += _accepted(example, lang)
    told = semicolon.join(said)
    if example.before is None:
        return told
    return told + semicolon + say("cli.page.before", lang, text=_edits(example.before, book, lang))


def _accepted(example: Example, lang: Language) -> Iterator[str]:
    """What the county has accepted: the rules that its waivers and its baseline name."""
    county = example.county
    waived = [waiver.rule for waiver in county.waivers] if county else []
    kept = [str(entry["rule"]) for entry in (county.baseline or ()) if "rule" in entry] if county else []
    for key, rules in (("waivers", waived), ("baseline", kept)):
        if rules:
            yield say(f"cli.page.accepted.{key}", lang, rules=enumerated(dict.fromkeys(rules)))


def _edits(piece: ExampleReport, book: Book, lang: Language) -> str:
    """What last year's report says, but for its year."""
    if piece.text is not None:
        return _quoted(piece.text)
    places = [_set_to(address, value, book, lang) for address, value in piece.set.items()]
    return say("marks.semicolon", lang).join(places) or say("cli.page.sound", lang)


def _set_to(address: str, value: object, book: Book, lang: Language) -> str:
    """A figure and what an example writes into it."""
    return say("cli.page.set-to", lang, place=_place(address, book.forms), value=value or "“”")


def _several(example: Example, lang: Language) -> str:
    """The reports of a set by their names or titles, and the roster."""
    sound = say("cli.page.sound", lang)
    named = [_report(piece, sound, lang) for piece in example.reports]
    told = [say("cli.page.several", lang, count=len(named), names=enumerated(named))]
    if units := [unit.name for unit in example.county.roster] if example.county else []:
        told.append(say("cli.page.roster", lang, names=enumerated(units)))
    return say("marks.semicolon", lang).join(told)


def _report(piece: ExampleReport, sound: str, lang: Language) -> str:
    """A report of a set by its first line, with its file's name where it has one."""
    told = _quoted(piece.text.split("\n", 1)[0]) if piece.text else "" if piece.name else sound
    return (told + say("marks.bracket", lang, text=piece.name) if told else piece.name) if piece.name else told


def _place(address: str, forms: Sequence[Form]) -> Text:
    """table.row.column in the form's words; of the newest form that has it."""
    table, _, rest = address.partition(".")
    row, _, column = rest.rpartition(".")
    cell = Cell(table=table, row=row, column=column)
    fitting = [form for form in forms if (found := form.table(table)) and found.row(row) and found.column(column)]
    return cell_place(fitting[-1], cell)


def _quoted(text: str) -> str:
    """The text in one line and in quotes, cut where it is long."""
    words = " ".join(text.split())
    return f"“{words if len(words) <= _QUOTE else words[: _QUOTE - 1] + '…'}”"
