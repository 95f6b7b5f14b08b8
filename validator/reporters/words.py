"""What several outputs say in the same words: a severity or state, where a rule comes from, how many rules were asked."""

from __future__ import annotations

from collections.abc import Iterable

from validator.messages import say
from validator.model import Answer, Basis, Finding, Grade, Language, Severity, Unshown

#: Counted even where there are none.
_ALWAYS = frozenset(Grade(severity.value) for severity in Severity)


def severity(language: Language, value: Severity | Grade) -> str:
    """必须改, 请核实 or 供参考; of a unit's state 缺报 or 逾期."""
    return say(f"reporters.severity.{value.value}", language)


def shown(findings: Iterable[Finding]) -> tuple[Grade, ...]:
    """The headings that findings are counted under: the three severities, and states of units where there are any."""
    there = {finding.grade for finding in findings}
    return tuple(grade for grade in Grade if grade in there or grade in _ALWAYS)


def basis(language: Language, items: tuple[Basis, ...]) -> str:
    """Where a rule comes from, each kind and document once: 国家格式 国办公开办函〔2021〕30号，所附格式."""
    parts: dict[tuple[str, str], list[str]] = {}
    for item in items:
        document, part = item.cited(language)
        kind: str = "advice" if item.kind == "county" and not item.asked else item.kind
        parts.setdefault((kind, "" if document == say(f"reporters.basis.{kind}", "zh") else document), []).append(part)
    sources = []
    for (kind, document), named in parts.items():
        part = say("marks.and", language).join(dict.fromkeys(filter(None, named)))
        source = say("marks.comma", language).join(filter(None, (document, part)))
        has_english = any(item.en and item.kind == ("county" if kind == "advice" else kind) for item in items) and language == "en"
        name = say(f"reporters.basis.{kind}", language)
        sources.append(f"{name}{': ' if has_english and source else ' '}{source}".rstrip())
    return say("marks.semicolon", language).join(sources)


def checked(language: Language, counts: dict[Answer, int]) -> str:
    """How many rules were asked and what they answered."""
    named = {answer.value: counts.get(answer, 0) for answer in Answer}
    line = say("reporters.checked", language, all=sum(named.values()), **named)
    return line + say("reporters.checked-error", language, **named) if named["error"] else line


def unshown(omitted: Unshown, language: Language) -> str:
    """What --changed-since left out, in a sentence."""
    more = say("reporters.unshown-collection", language, count=omitted.collection) if omitted.collection else ""
    return say("reporters.unshown", language, since=omitted.since, files=omitted.files, failed=omitted.failed) + more
