"""`nianbao rules 电话`: the rules that have to do with a word, by their names, what they say and why, what they look for in variants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from validator.messages import say
from validator.model import Language, Rule
from validator.reporters.text.layout import OutputLine, hang, line, pad, plain
from validator.reporters.words import severity


def found(rules: Iterable[Rule], words: Sequence[str]) -> list[Rule]:
    """The rules in which every word stands somewhere, in either language: first those that have one in id or title, else by id."""
    wanted = [word.casefold() for word in words]
    matching = [rule for rule in rules if all(word in "\n".join((_named(rule), _said(rule))) for word in wanted)]
    return sorted(matching, key=lambda rule: (not all(word in _named(rule) for word in wanted), rule.id))


def looks_like_id(word: str) -> bool:
    """Whether somebody meant one rule by its id: one that is none is a mistake and no search."""
    category, dot, name = word.partition(".")
    return bool(dot and category.isascii() and category.isalpha() and name and name.isascii())


def listed(rules: Sequence[Rule], words: Sequence[str], lang: Language, width: int) -> str:
    """The rules found, each with its severity in a line; how many there are."""
    size = max(len(rule.id) for rule in rules)
    lines: list[OutputLine] = []
    for rule in rules:
        lines += hang(f"{pad(rule.id, size)}  {pad(severity(lang, rule.severity), 7)} ", rule.title[lang], indent=0, width=width)
    return plain([*lines, OutputLine(), line(say("cli.rules.matches", lang, words=" ".join(words), count=len(rules)))])


def _named(rule: Rule) -> str:
    return "\n".join((rule.id, *rule.title.values())).casefold()


def _said(rule: Rule) -> str:
    texts = [rule.message, rule.advice, rule.why, rule.should or {}]
    for variant in rule.variants.values():
        texts += [text for text in (variant.message, variant.advice, variant.should) if text]
    return "\n".join(words for text in texts for words in text.values()).casefold()
