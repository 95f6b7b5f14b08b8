"""The figures of a paragraph whose phrase is known. Others are no facts; nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from validator.base.regex_cache import expression
from validator.model.phrase_records import FactKind
from validator.model.phrases import SoughtKind
from validator.parsing.statements.cases import Cases
from validator.parsing.statements.fact import Anchor, Fact
from validator.parsing.statements.scope import REACH, circumstances
from validator.parsing.statements.statement_paragraph import QUOTE, StatementParagraph
from validator.text.numbers_in_text import Mention, mentions, number_pattern, quoted, relative


def read_figures(paragraph: StatementParagraph, cases: Cases) -> None:
    """Add the facts that numbers of the paragraph state to those found."""
    reader = _Figures(paragraph, cases)
    for mention in mentions(paragraph.read, number_pattern(paragraph.phrases.numbers)):
        reader.read(mention)


class _Figures:
    """The figures read so far, left to right, as far as those that follow depend on them."""

    def __init__(self, paragraph: StatementParagraph, cases: Cases) -> None:
        self._paragraph, self._phrases, self._cases = paragraph, paragraph.phrases, cases
        self._names = _Names(paragraph)
        self._stated = set[tuple[int, str]]()  # sentence and kind of the first `_noted` facts
        self._noted = 0

    def read(self, mention: Mention) -> None:
        """The fact of a number, if its phrase is known."""
        year, phrases = self._paragraph.year, self._phrases
        if mention.value == 1 and self._paragraph.is_slogan(mention.start):
            return
        before = self._without_fillers(relative(self._names.of(mention), year))
        if phrases.named("compares").search(before) or phrases.named("partial_year").search(before):
            return
        after = relative(mention.after, year)
        topic, anchor = self._paragraph.topic(mention.start - len(mention.before), mention.end + len(mention.after), mention.sentence_start)
        for name in self._topics(topic):
            for sought in phrases.sought(name):
                if self._fits(sought, mention, f"{before}#{after}"):
                    self._add(sought.kind, mention, anchor if name == topic else "paragraph")
                    return

    def _topics(self, topic: str) -> Sequence[str]:
        """The topics whose kinds are looked for in a clause: its own, then that of its part or heading."""
        default, phrases = self._paragraph.default, self._phrases
        if phrases.is_another(topic):
            return ()
        return (topic, default) if default and default != topic and not phrases.is_another(default) else (topic,)

    def _without_fillers(self, before: str) -> str:
        """The words before a figure without those that only lead to it: 共计, 数量, 为."""
        fillers = self._phrases.filler_words
        while before.endswith(fillers):
            before = before[: -len(next(word for word in fillers if before.endswith(word)))]
        return before

    def _fits(self, sought: SoughtKind, mention: Mention, words: str) -> bool:
        kind, numbers = sought.kind, self._phrases.numbers
        if kind.money != (mention.unit in numbers.sums) or (not kind.money and mention.unit not in numbers.counted):
            return False
        if kind.follows and not self._follows(sought.follows, mention.sentence_start):
            return False
        sentence = max(mention.sentence_start, mention.start - REACH)
        if kind.needs and kind.needs not in self._paragraph.text[sentence : mention.end + len(mention.after)]:
            return False
        if kind.beside and not self._is_beside(kind.beside, mention, self._paragraph.text[sentence : mention.start]):
            return False
        return sought.wording.search(words) is not None

    def _is_beside(self, words: str, mention: Mention, before: str) -> bool:
        """Whether the sentence has these words before the figure, with a figure in the same unit where they name a `unit`."""
        return any(match.groupdict().get("unit", mention.unit) == mention.unit for match in expression(words).finditer(before))

    def _follows(self, kinds: frozenset[str], sentence: int) -> bool:
        """Whether one of these kinds was stated in the sentence already."""
        facts = self._paragraph.found
        self._stated.update((fact.sentence, fact.kind) for fact in facts[self._noted :])
        self._noted = len(facts)
        return any((sentence, kind) in self._stated for kind in kinds)

    def _add(self, kind: FactKind, mention: Mention, anchor: Anchor) -> None:
        fact = self._fact(kind.kind, mention, anchor)
        facts = self._paragraph.found
        if kind.outcome:
            facts.append(replace(fact, kind=f"{self._cases.kind_at(mention.start + len(mention.after))}.{kind.kind}"))
        elif not kind.each:
            facts.append(fact)
        elif not mention.value or self._phrases.named("each").search(mention.before):
            facts += [replace(fact, kind=each) for each in kind.each]

    def _fact(self, kind: str, mention: Mention, anchor: Anchor) -> Fact:
        text, sentence = self._paragraph.text, mention.sentence_start
        words = mention.before if len(mention.before) > 1 else mention.clause
        return self._paragraph.fact(
            kind,
            mention.value,
            (mention.start, mention.end),
            quoted(words + text[mention.start : mention.end], QUOTE),
            sentence,
            circumstances(self._paragraph, mention.clause_start, mention.start, sentence, estimate=mention.estimate),
            unit=mention.unit,
            anchor=anchor,
        )


class _Names:
    """Names and figures that stand apart: 甲、乙分别为 3 件、5 件."""

    def __init__(self, paragraph: StatementParagraph) -> None:
        self._text, self._phrases = paragraph.text, paragraph.phrases
        self._sentence, self._waiting = 0, list[str]()  # names whose figures are still to come, and the sentence they stand in

    def of(self, mention: Mention) -> str:
        """The words before a figure; where names and figures stand apart, the name that is this figure's."""
        before = mention.before.lstrip("、")
        joins, apart = self._phrases.named("joins"), before.find(self._phrases.apart)
        if (apart >= 0 or self._another_follows(mention.end)) and joins.search(before):
            first, *rest = joins.split(before[:apart] if apart >= 0 else before)
            self._sentence, self._waiting = mention.sentence_start, rest
            return first
        if (not before or joins.fullmatch(before)) and self._waiting and self._sentence == mention.sentence_start:
            return self._waiting.pop(0)
        if before:
            self._waiting = []
        return before

    def _another_follows(self, end: int) -> bool:
        """Whether another figure is joined to the one that ends there."""
        join = self._phrases.named("joins").match(self._text, end)
        return join is not None and expression(r"\d").match(self._text, join.end()) is not None
