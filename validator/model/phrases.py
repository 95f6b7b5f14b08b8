"""rules/tables/phrases.yaml as a record, with its expressions, which are compiled when first asked for and kept with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from validator.base.records import positional_record, record
from validator.base.regex_cache import expression
from validator.messages import Text
from validator.model.form import Form, PartRole
from validator.model.hinted_pattern import HintedPattern, compiled
from validator.model.phrase_records import (
    CaseTopic,
    CheckedKinds,
    ClaimOfAll,
    Expression,
    FactKind,
    NoneStatement,
    NumberWords,
    Topic,
    UnitWords,
    YearWords,
)


@positional_record
class SoughtKind:
    """Something to look for and its wording."""

    kind: FactKind
    wording: HintedPattern
    follows: frozenset[str]


@record
class PhraseFacts:
    """The whole table."""

    numbers: NumberWords
    words: Mapping[str, Expression]
    topics: tuple[Topic, ...]
    slogans: tuple[Expression, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    parts: Mapping[PartRole, str] = field(default_factory=dict)
    leads: Expression
    compares: Expression
    cumulative: Expression
    within_year: Expression
    up_to: Expression
    partial_year: Expression
    elsewhere_scope: Expression
    units_below: Expression
    level: Expression
    soft: Expression
    of_which: str
    actors: Expression
    years: YearWords
    kinds: tuple[FactKind, ...]
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cases: tuple[CaseTopic, ...]
    overrules: Mapping[str, frozenset[str]] = field(default_factory=dict)
    checked: CheckedKinds
    may_include: Mapping[str, str] = field(default_factory=dict)
    apart: str
    joins: Expression
    each: Expression
    fillers: str
    nought_after_colon: tuple[str, ...] = ()
    none: tuple[NoneStatement, ...] = ()
    claims: tuple[ClaimOfAll, ...] = ()
    not_all: Expression
    own: UnitWords

    def mistakes(self) -> Iterator[tuple[tuple[str | int, ...], Text]]:
        """Names in the table that stand for nothing: the way to each from the top, and what to write instead."""
        from validator.model.phrase_mistakes import mistakes  # only a pack's table may have some

        return mistakes(self)

    # ------------------------------------------------------------------------------------------ expressions

    def pattern(self, source: str | Sequence[str]) -> re.Pattern[str]:
        """One expression; <name> stands for a word of `words`, several are alternatives."""
        return compiled(source, self.words)

    def named(self, name: str) -> re.Pattern[str]:
        """The expression under a key of the table: compares, not_all, years.last."""
        if (known := self._by_name.get(name)) is None:
            source: object = self
            for key in name.split("."):
                source = getattr(source, key)
            if not isinstance(source, str):
                raise KeyError(name)
            known = self._by_name[name] = self.pattern(source)
        return known

    @cached_property
    def _by_name(self) -> dict[str, re.Pattern[str]]:
        return {}

    def _wording(self, says: str | Sequence[str], hint: str, unless: str | Sequence[str] = ()) -> HintedPattern:
        return HintedPattern(self.words, says, hint, unless)

    @cached_property
    def slogan(self) -> re.Pattern[str]:
        """Words in which a one counts nothing."""
        return self.pattern(self.slogans) if self.slogans else expression("(?!)")

    # ------------------------------------------------------------------------------------------ topics

    @cached_property
    def topic_named(self) -> Mapping[str, Topic]:
        """The topics by name."""
        return {topic.topic: topic for topic in self.topics}

    @cached_property
    def topic_wordings(self) -> Sequence[tuple[str, HintedPattern]]:
        """What says that a clause is about a topic, for each."""
        return [(topic.topic, self._wording(topic.says, topic.hint)) for topic in self.topics]

    @cached_property
    def headings(self) -> Sequence[tuple[str, re.Pattern[str]]]:
        """What a heading says of the topics that have one, in the table's order."""
        return [(topic.topic, self.pattern(topic.heading)) for topic in self.topics if topic.heading]

    def topics_of_parts(self, form: Form) -> Mapping[int, str]:
        """The topics of the form's parts, by their numbers; of those that have one."""
        return {section.number: self.parts[section.role] for section in form.sections if section.role and section.role in self.parts}

    def is_another(self, topic: str) -> bool:
        """Whether another thing is counted under the topic."""
        return topic in self.topic_named and self.topic_named[topic].another

    def alike(self, topic: str) -> tuple[str, ...]:
        """The topics whose kinds are stated under this one, itself among them."""
        return next((names for names in self.together if topic in names), (topic,))

    # ------------------------------------------------------------------------------------------ kinds

    def sought(self, topic: str) -> Sequence[SoughtKind]:
        """The kinds that are stated under a topic, in the table's order."""
        if (known := self._by_topic.get(topic)) is None:
            names = self.alike(topic)
            known = self._by_topic[topic] = [sought for sought in self._all_sought if sought.kind.topic in names]
        return known

    @cached_property
    def _by_topic(self) -> dict[str, Sequence[SoughtKind]]:
        return {}

    @cached_property
    def _all_sought(self) -> Sequence[SoughtKind]:
        nothing = frozenset[str]()
        return [
            SoughtKind(kind, self._wording(kind.says, kind.hint, kind.unless), self.groups[kind.follows] if kind.follows else nothing)
            for kind in self.kinds
        ]

    @cached_property
    def none_wordings(self) -> Sequence[tuple[NoneStatement, HintedPattern]]:
        """What says that there is none, for each statement."""
        return [(each, self._wording(each.says, each.hint, each.unless)) for each in self.none]

    @cached_property
    def claim_wordings(self) -> Sequence[tuple[ClaimOfAll, HintedPattern]]:
        """What claims something of all, for each claim."""
        return [(each, self._wording(each.says, each.hint)) for each in self.claims]

    @cached_property
    def outcomes(self) -> frozenset[str]:
        """The kinds that say how cases ended."""
        return frozenset(kind.kind for kind in self.kinds if kind.outcome)

    @cached_property
    def case_kinds(self) -> frozenset[str]:
        """The kinds that count cases."""
        return frozenset(name for cases in self.cases for name in cases.kinds)

    @cached_property
    def none_topics(self) -> frozenset[str]:
        """The topics of what statements say there is none of: such a statement names its subject itself."""
        kinds = {name for each in self.none for name in each.kinds}
        return frozenset(kind.topic for kind in self.kinds if kind.kind in kinds)

    @cached_property
    def filler_words(self) -> tuple[str, ...]:
        """Words set aside before a figure, the longest first."""
        return tuple(sorted(self.fillers.split(), key=len, reverse=True))

    # ------------------------------------------------------------------------------------------ what need not be read

    @cached_property
    def telling(self) -> frozenset[str]:
        """The topics under which something is stated; where a paragraph is about none of them, only a statement of none is a fact."""
        topics = [*(kind.topic for kind in self.kinds), *(claim.topic for claim in self.claims)]
        stated = {name for topic in topics for name in self.alike(topic)}
        return frozenset(name for name in stated if name in self.topic_named and not self.is_another(name))

    @cached_property
    def opens(self) -> re.Pattern[str]:
        """What stands in every paragraph that says it is about a topic that tells something, or that there is none of something."""
        topics = [self.topic_named[name] for name in sorted(self.telling)]
        pieces = [piece for topic in topics for piece in (_words(topic.hint) if topic.hint else [topic.says])]
        pieces += [piece for each in self.none for piece in (_words(each.hint) if each.hint else [""])]
        return self.pattern(sorted(set(pieces)))

    @cached_property
    def none_hints(self) -> re.Pattern[str]:
        """Words of which one stands in every clause that says there is none."""
        return _any(each.hint for each in self.none)

    @cached_property
    def claim_hints(self) -> re.Pattern[str]:
        """Words of which one stands in every clause that claims something of all."""
        return _any(each.hint for each in self.claims)


def _words(hint: str) -> list[str]:
    """Each word of a hint as an expression."""
    return [re.escape(word) for word in hint.split()]


def _any(hints: Iterable[str]) -> re.Pattern[str]:
    """An expression for any word of the hints; for any text where one of them is empty."""
    hints = list(hints)
    return (
        expression("|".join(sorted({word for hint in hints for word in _words(hint)})) if all(hints) else "")
        if hints
        else expression("(?!)")
    )
