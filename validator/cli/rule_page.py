"""What `nianbao rules` prints: the list of rules, and one rule explained with a wrong and a right example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from validator.engine.locations import cell_place
from validator.examples.runner import ExampleResult, run_examples
from validator.model import Book, Cell, Form, Language, Rule, Text
from validator.reporters.text.layout import Line, hang, line, pad, plain
from validator.reporters.words import basis, severity
from validator.rulebook.example_schema import Example, Piece

_LABEL = 10
_QUOTE = 120
_WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "severity": "级别", "why": "为什么", "basis": "依据", "wrong": "错的例子", "says": "会说", "right": "对的例子", "mend": "怎么改",
        "applies": "适用", "requires": "先决规则", "off": "怎么关", "file": "规则文件", "sound": "一份没有问题的报告", "and": "；",
        "before": "上年报告：{text}", "several": "{count} 份报告：{names}", "roster": "应报单位：{names}",
        "count": "共 {count} 条规则。看一条的说明：nianbao rules 规则名", "instead": "{path}，代替 {old}",
        "changed": "其中 {count} 条改过或换过：",
        "switch": "这一次不查：nianbao check --ignore {id} …；长期不查：在 nianbao.yaml 里写 rules: {{ignore: [{id}]}}",
        "must": "读不出的文件总要列出，关不掉",
    },
    "en": {
        "severity": "Severity", "why": "Why", "basis": "Basis", "wrong": "Wrong", "says": "Says", "right": "Right", "mend": "To mend",
        "applies": "Applies to", "requires": "Requires", "off": "Turn off", "file": "Rule file", "sound": "a sound report", "and": "; ",
        "before": "last year's report: {text}", "several": "{count} reports: {names}", "roster": "roster: {names}",
        "count": "{count} rules. One of them explained: nianbao rules ID", "instead": "{path}, instead of {old}",
        "changed": "{count} of them changed or replaced:",
        "switch": "once: nianbao check --ignore {id} …; for good: rules: {{ignore: [{id}]}} in nianbao.yaml",
        "must": "never: a file that cannot be read is always listed",
    },
}  # fmt: skip


def listing(book: Book, lang: Language = "zh", width: int = 80) -> str:
    """All rules, a line each, by category."""
    rules = sorted(book.rules, key=lambda rule: rule.id)
    size = max((len(rule.id) for rule in rules), default=0)
    lines: list[Line] = []
    for _, group in groupby(rules, key=lambda rule: rule.category):
        for rule in group:
            label = f"{pad(rule.id, size)}  {pad(severity(lang, rule.severity), 7)} "
            lines += hang(label, rule.title[lang], indent=0, width=width)
        lines.append(Line())
    return plain([*lines, line(_WORDS[lang]["count"].format(count=len(rules))), *_changed(rules, lang, width)])


def _changed(rules: Sequence[Rule], lang: Language, width: int) -> Iterator[Line]:
    """Which rules packs change or replace, and in which files."""
    changed = [rule for rule in rules if rule.replaces]
    if changed:
        yield line(_WORDS[lang]["changed"].format(count=len(changed)))
    for rule in changed:
        yield from hang(f"{rule.id}  ", _file(rule, lang), indent=2, width=width)


def _file(rule: Rule, lang: Language) -> str:
    """The rule's file, and those of the rules that it stands in for."""
    words = _WORDS[lang]
    old = ("、" if lang == "zh" else ", ").join(reversed(rule.replaces))
    return words["instead"].format(path=rule.path, old=old) if old else rule.path


def page(rule: Rule, book: Book, lang: Language = "zh", width: int = 80, *, packs: Sequence[Path] = (), kind: str | None = None) -> str:
    """One rule: what, why, on what basis, a wrong and a right example, how to mend it, how to switch it off.

    The book must be loaded with its examples.
    """
    lines = [line(f"{rule.id}  {severity(lang, rule.severity)}"), *hang("", rule.title[lang], indent=0, width=width), Line()]
    results = list(run_examples(book, packs, kind=kind, wanted=lambda other: other is rule))
    for label, text in entries(rule, book, lang, results):
        lines += hang(pad(label, _LABEL), text, indent=0, width=width)
    return plain(lines)


def entries(rule: Rule, book: Book, lang: Language, results: Sequence[ExampleResult]) -> Iterator[tuple[str, str]]:
    """What is to be said of a rule, with its label, for the terminal and for the page in docs/rules; `results`: of its examples."""
    return ((_WORDS[lang][label], text) for label, text in _entries(rule, book, lang, results) if text)


def _entries(rule: Rule, book: Book, lang: Language, results: Sequence[ExampleResult]) -> Iterator[tuple[str, str]]:
    """The page's entries: key of the label, text."""
    words = _WORDS[lang]
    wrong = next((result for result in results if result.kind == "fail" and result.ok), None)
    right = next((result for result in results if result.kind == "pass" and not result.example.skip and result.example.text), None)
    yield "why", rule.why.get(lang, "")
    yield "basis", basis(lang, rule.basis)
    yield "applies", words["and"].join(_applies(rule, book, lang))
    yield "requires", "、".join(rule.requires) if lang == "zh" else ", ".join(rule.requires)
    if wrong:
        yield "wrong", shown_example(wrong.example, book, lang)
        yield "says", words["and"].join(_said(wrong, rule, lang))
    yield "right", shown_example(right.example, book, lang) if right else words["sound"]
    yield "mend", rule.advice[lang]
    yield "off", words["must" if rule.id == "input.unreadable" else "switch"].format(id=rule.id)
    yield "file", _file(rule, lang)


def _said(result: ExampleResult, rule: Rule, lang: Language) -> Iterable[str]:
    """The messages of this rule on the example, the first three."""
    return [finding.message[lang] for finding in result.findings if finding.rule == rule.id][:3]


def _applies(rule: Rule, book: Book, lang: Language) -> Iterator[str]:
    """To which forms, years and kinds of unit a rule is restricted; nothing where it applies to all."""
    forms = [form for form in book.forms if form.id in rule.forms]
    if rule.forms and len(forms) < len(book.forms):
        yield "、".join(form.name[lang] for form in forms) if lang == "zh" else ", ".join(form.name[lang] for form in forms)
    first, last = rule.years
    if first is not None or last is not None:
        yield f"{first or '…'}–{last or '…'} {'年度' if lang == 'zh' else ''}".strip()
    if rule.kinds:
        yield "、".join(rule.kinds) if lang == "zh" else ", ".join(rule.kinds)


def shown_example(example: Example, book: Book, lang: Language) -> str:
    """What an example says, in a sentence: its text, or what is changed in a sound report."""
    if example.text is not None:
        return _quoted(example.text) if example.text else "“”"
    if example.reports:
        return _several(example, lang)
    said = [f"{_quoted(old)} → {_quoted(new)}" for old, new in example.replace.items()]
    said += [f"{'删去' if lang == 'zh' else 'without'} {_quoted(words)}" for words in example.drop]
    said += [
        f"{_place(address, book.forms)[lang]}{'填' if lang == 'zh' else ': '}{value or '“”'}" for address, value in example.set.items()
    ]
    said += [f"{'末尾加' if lang == 'zh' else 'at the end'} {_quoted(example.append)}"] if example.append else []
    said += [str(example.noticed["code"])] if example.noticed else []
    if example.year or example.unit or example.form:
        flags = (("--unit", example.unit), ("--year", example.year), ("--form", example.form))
        said.append(" ".join(f"{name} {value}" for name, value in flags if value))
    told = _WORDS[lang]["and"].join(said) or _WORDS[lang]["sound"]
    if example.before is None:
        return told
    return told + _WORDS[lang]["and"] + _WORDS[lang]["before"].format(text=_edits(example.before, book, lang))


def _edits(piece: Piece, book: Book, lang: Language) -> str:
    """What last year's report says, but for its year."""
    if piece.text is not None:
        return _quoted(piece.text)
    places = [f"{_place(address, book.forms)[lang]}{'填' if lang == 'zh' else ': '}{value or '“”'}" for address, value in piece.set.items()]
    return _WORDS[lang]["and"].join(places) or _WORDS[lang]["sound"]


def _several(example: Example, lang: Language) -> str:
    """The reports of a set by their names or titles, and the roster."""
    mark, words = "、" if lang == "zh" else ", ", _WORDS[lang]
    named = [piece.name or (_quoted(piece.text.split("\n", 1)[0]) if piece.text else words["sound"]) for piece in example.reports]
    told = words["several"].format(count=len(named), names=mark.join(named))
    units = [unit.name for unit in example.county.roster] if example.county else []
    return words["and"].join([told, *([words["roster"].format(names=mark.join(units))] if units else [])])


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
