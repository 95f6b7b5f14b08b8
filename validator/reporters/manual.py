"""The book of rules for people: all rules on one page, one rule explained, and how the examples went."""

from __future__ import annotations

from itertools import groupby

from validator.model import Book, Language, Rule
from validator.reporters.layout import Line, hang, line, pad, plain
from validator.reporters.words import basis, say, severity

_LABEL = 10
_WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "severity": "级别",
        "message": "说法",
        "variants": "其他说法",
        "forms": "格式",
        "years": "年度",
        "kinds": "单位",
        "requires": "先决规则",
        "why": "说明",
        "examples": "例子",
        "file": "文件",
        "counted": "通过 {pass}，不通过 {fail}",
        "all": "共 {count} 条规则。nianbao rules 规则名：看一条的说明",
        "from": "{first} 起",
        "until": "至 {last}",
    },
    "en": {
        "severity": "Severity",
        "message": "Says",
        "variants": "Or says",
        "forms": "Forms",
        "years": "Years",
        "kinds": "Units",
        "requires": "Requires",
        "why": "Why",
        "examples": "Examples",
        "file": "File",
        "counted": "{pass} that pass, {fail} that fail",
        "all": "{count} rules. nianbao rules ID: one of them explained",
        "from": "from {first}",
        "until": "until {last}",
    },
}


def listing(book: Book, language: Language, width: int = 80) -> str:
    """All rules, a line each, by category."""
    rules = sorted(book.rules, key=lambda rule: (rule.category, rule.id))
    size = max((len(rule.id) for rule in rules), default=0)
    mark = max(len(severity(language, rule.severity)) for rule in rules) * (2 if language == "zh" else 1) if rules else 0
    lines: list[Line] = []
    for _, group in groupby(rules, key=lambda rule: rule.category):
        for rule in group:
            label = f"{pad(rule.id, size)}  {pad(severity(language, rule.severity), mark)}  "
            lines += hang(label, rule.title[language], indent=0, width=width)
        lines.append(Line())
    return plain([*lines, line(_WORDS[language]["all"].format(count=len(rules)))])


def explained(rule: Rule, language: Language, width: int = 80) -> str:
    """One rule: what it demands, on what basis, how it speaks, where it lives."""
    words = _WORDS[language]
    lines = [line(rule.id), *hang("", rule.title[language], indent=0, width=width), Line()]

    def tell(label: str, text: str) -> None:
        if text:
            lines.extend(hang(pad(label, _LABEL), text, indent=0, width=width))

    tell(words["severity"], severity(language, rule.severity))
    tell(say(language, "basis"), basis(language, rule.basis))
    tell(words["message"], rule.message[language])
    for variant in rule.variants.values():
        if variant.message:
            grade = severity(language, variant.severity or rule.severity)
            tell(words["variants"], f"{variant.message[language]} ({grade})")
    tell(say(language, "do"), rule.advice[language])
    tell(words["why"], rule.why.get(language, ""))
    tell(words["forms"], say(language, "comma").join(rule.forms))
    tell(words["years"], _years(rule, language))
    tell(words["kinds"], say(language, "comma").join(rule.kinds))
    tell(words["requires"], say(language, "comma").join(rule.requires))
    tell(words["examples"], _examples(rule, language))
    tell(words["file"], rule.path)
    return plain(lines)


def _years(rule: Rule, language: Language) -> str:
    first, last = rule.years
    said = [_WORDS[language]["from"].format(first=first)] if first is not None else []
    return say(language, "comma").join(said + ([_WORDS[language]["until"].format(last=last)] if last is not None else []))


def _examples(rule: Rule, language: Language) -> str:
    """How many examples a rule has; nothing where they were not loaded."""
    if not rule.examples:
        return ""
    counts = {kind: len(found) if isinstance(found := rule.examples.get(kind), (list, tuple)) else 0 for kind in ("pass", "fail")}
    return _WORDS[language]["counted"].format(**counts)
