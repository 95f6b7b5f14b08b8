"""A county's rules in Chinese alone: what they say in Chinese stands for the English too, until somebody writes that."""

from __future__ import annotations

from collections.abc import Iterable

from validator.model import Rule
from validator.rulebook.yaml_reader import Map

#: What a rule says, and what each of its variants says.
TEXTS = ("title", "message", "advice", "should", "why")
OF_VARIANTS = ("message", "advice", "should")


def fill_languages(raw: Map) -> None:
    """Give a rule file's texts that are Chinese alone, plain or as `zh`, for both languages; whatever else is wrong stays as it is."""
    _fill(raw, TEXTS)
    variants = raw.get("variants")
    for variant in variants.values() if isinstance(variants, Map) else ():
        if isinstance(variant, Map):
            _fill(variant, OF_VARIANTS)


def untranslated(rules: Iterable[Rule]) -> tuple[str, ...]:
    """The ids of a county's rules that say in English what they say in Chinese."""
    return tuple(rule.id for rule in rules if rule.pack and any(_same(text) for text in _texts(rule)))


def _fill(raw: Map, keys: Iterable[str]) -> None:
    for key in keys:
        text = raw.get(key)
        chinese = text.get("zh") if isinstance(text, Map) and set(text) == {"zh"} else text
        if isinstance(chinese, str) and chinese:
            line = raw.lines.get(key, raw.line)
            raw[key] = Map.at(line, {"zh": chinese, "en": chinese})


def _texts(rule: Rule) -> Iterable[dict[str, str]]:
    of_rule = (rule.title, rule.message, rule.advice, rule.should, rule.why)
    of_variants = (text for variant in rule.variants.values() for text in (variant.message, variant.advice, variant.should))
    return (dict(text) for text in (*of_rule, *of_variants) if text)


def _same(text: dict[str, str]) -> bool:
    """Whether both languages are the same words, and not only figures and facts."""
    return text["zh"] == text["en"] and any("\u4e00" <= char <= "\u9fff" for char in text["zh"])
