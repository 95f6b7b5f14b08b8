"""Names in a phrases.yaml that stand for nothing in it: a word, topic, group or kind that it does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from validator.base.regex_cache import expression
from validator.messages import Text, both, enumerated

if TYPE_CHECKING:
    from validator.model.phrases import PhraseFacts

Path = tuple[str | int, ...]
Mistakes = Iterator[tuple[Path, Text]]


def mistakes(phrases: PhraseFacts) -> Mistakes:
    """Each such name: the way to it from the top of the table, and what is wrong."""
    yield from _words(phrases)
    topics = [topic.topic for topic in phrases.topics]
    kinds = {kind.kind for kind in phrases.kinds}
    for path, name in _topics_named(phrases):
        yield from _unknown(path, name, topics, "topic")
    for number, kind in enumerate(phrases.kinds):
        if kind.follows:
            yield from _unknown(("kinds", number, "follows"), kind.follows, phrases.groups, "group")
        if kind.cell and kind.cell.count(".") < 2:
            yield ("kinds", number, "cell"), both("rulebook.phrases.cell", address=kind.cell)
    for path, name in _kinds_named(phrases):
        yield from _unknown(path, name, kinds, "kind")


def _unknown(path: Path, name: str, known: Collection[str], what: str) -> Mistakes:
    if name not in known:
        yield path, both(f"rulebook.phrases.no-{what}", name=name, names=enumerated(sorted(known)))


def _topics_named(phrases: PhraseFacts) -> Iterator[tuple[Path, str]]:
    """Wherever the table names a topic."""
    for number, kind in enumerate(phrases.kinds):
        yield ("kinds", number, "topic"), kind.topic
    for number, claim in enumerate(phrases.claims):
        yield ("claims", number, "topic"), claim.topic
    for number, cases in enumerate(phrases.cases):
        yield ("cases", number, "topic"), cases.topic
    for number, names in enumerate(phrases.together):
        for place, name in enumerate(names):
            yield ("together", number, place), name
    for role, name in phrases.parts.items():
        yield ("parts", role), name


def _kinds_named(phrases: PhraseFacts) -> Iterator[tuple[Path, str]]:
    """Wherever the table names a kind of figure."""
    lists: list[tuple[Path, Collection[str]]] = [(("groups", name), names) for name, names in phrases.groups.items()]
    lists += [(("kinds", number, "each"), kind.each) for number, kind in enumerate(phrases.kinds) if kind.each]
    lists += [(("none", number, "kinds"), none.kinds) for number, none in enumerate(phrases.none)]
    lists += [(("cases", number, "kinds"), cases.kinds) for number, cases in enumerate(phrases.cases)]
    lists += [(("claims", number, "outcome"), (claim.outcome,)) for number, claim in enumerate(phrases.claims) if claim.outcome]
    lists += [(("overrules", name), (name, *names)) for name, names in phrases.overrules.items()]
    lists += [(("may_include", row), (name,)) for row, name in phrases.may_include.items()]
    checked = phrases.checked
    lists += [(("checked", key), getattr(checked, key)) for key in ("incoming", "totals", "ways")]
    lists.append((("checked", "brought"), (checked.brought,)))
    for path, names in lists:
        for name in sorted(names):
            yield path, name


def _words(phrases: PhraseFacts) -> Mistakes:
    """Names of words that the table does not have, in its expressions."""
    for path, text in _expressions(phrases):
        for name in expression(r"(?<!\?)(?<!\?P)<([^<>=!?]+)>").findall(text):
            yield from _unknown(path, name, phrases.words, "word")


def _expressions(phrases: PhraseFacts) -> Iterator[tuple[Path, str]]:
    """The expressions of what is looked for, and of the words themselves."""
    for name, word in phrases.words.items():
        yield ("words", name), word
    yield ("not_all",), phrases.not_all
    for key in ("kinds", "none", "claims"):
        for number, each in enumerate(getattr(phrases, key)):
            for place, text in enumerate(each.says):
                yield (key, number, "says", place), text
