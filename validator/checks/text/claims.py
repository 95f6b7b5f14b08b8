"""What the text claims of all applications, against the table; and figures that lost their number or their unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.checks.sums.table_terms import cells, known
from validator.checks.text.whose_figure import place, whose
from validator.checks.text.wording import Phrase
from validator.messages import both
from validator.model import Hit, Skip, Subject
from validator.model.phrases import PhraseFacts
from validator.parsing.statements.facts import Fact, facts
from validator.text.characters import Pattern
from validator.text.paragraphs import body, pattern

#: Characters before a figure that its words are looked for in.
_REACH = 200


@record
class Claim:
    """A claim of that kind contradicts a table where these figures together are not nought.

    `unless`: words in the paragraph by which less than all is meant.
    """

    kind: str
    nought: str
    unless: str = ""  # an expression of phrases.yaml by name
    phrases: Annotated[str, PhraseFacts] = "phrases"

    def run(self, subject: Subject) -> Iterable[Hit | Skip]:
        """One hit for the first such claim."""
        book: dict[str, str] = subject.tables.required(self.phrases, PhraseFacts)
        made = [fact for fact in facts(subject.report, book) if fact.kind == self.kind and self._meant(fact, subject, book)]
        if not made:
            return
        terms = cells(subject.figures, self.nought)
        value = known(subject, terms)
        if value is None:
            yield Skip(reason=both("checks.no-figure-to-compare"), cells=tuple(cell for _, cell in terms))
        elif value:
            yield Hit(
                spot=place(made[0]),
                facts={"quote": made[0].quote, "count": str(value)},
                expected="0",
                actual=str(value),
                cells=tuple(cell for _, cell in terms),
            )

    def _meant(self, fact: Fact, subject: Subject, book: dict[str, str]) -> bool:
        if fact.year is not None or whose(fact, subject) != "own":
            return False
        if not self.unless:
            return True
        source = book[self.unless]
        words: Any = book["words"]
        for name, word in words.items():
            source = source.replace(f"<{name}>", f"(?:{word})")
        return pattern(source).search(fact.passage.text) is None


@record
class Lost:
    """A figure without its number (`says`), or a counted figure without its unit (`kinds`) where others of the sentence have theirs."""

    says: tuple[Phrase, ...]
    kinds: tuple[str, ...] = ()
    bare: Pattern  # what stands before a number that needs no unit
    phrases: Annotated[str, PhraseFacts] = "phrases"

    def run(self, subject: Subject) -> Iterable[Hit]:
        """One hit for each."""
        for line in body(subject):
            if line.number == 5:
                continue
            for phrase in self.says:
                for found in phrase.says.finditer(line.text) if not phrase.hint or any(word in line.text for word in phrase.hint) else ():
                    yield Hit(spot=line.spot(*found.span()), facts={"quote": found[0][-18:]}, actual=found[0])
        yield from self._units(facts(subject.report, subject.tables.required(self.phrases, PhraseFacts)))

    def _units(self, told: Iterable[Fact]) -> Iterator[Hit]:
        for fact in told:
            if fact.none or fact.unit or fact.measure != "exact" or fact.kind not in self.kinds or not fact.section:
                continue
            text = fact.passage.text
            after = expression(r"\s*(\S)?").match(text, fact.start + fact.length)
            stands = after is None or after[1] is None or after[1] in "，,。；;、"
            if stands and not self.bare.search(text[max(0, fact.start - _REACH) : fact.start]):
                yield Hit(spot=place(fact), facts={"quote": fact.quote}, actual=str(fact.value), variant="unit")
