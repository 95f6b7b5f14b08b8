"""What the text claims of all applications, against the table; and figures that lost their number or their unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from validator.base.records import record
from validator.base.regex_cache import expression
from validator.checks.sums.table_terms import cells, undisputed_value
from validator.checks.text.whose_figure import place, whose
from validator.checks.text.wording import WordingPhrase
from validator.messages import both
from validator.model import Hit, Skip, Subject
from validator.model.phrases import PhraseFacts
from validator.parsing.statements.fact import Fact
from validator.parsing.statements.facts import facts
from validator.text.characters import Pattern
from validator.text.paragraphs import body

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
        phrases = subject.tables.required(self.phrases, PhraseFacts)
        claims = [fact for fact in facts(subject, phrases) if fact.kind == self.kind and self._meant(fact, subject, phrases)]
        if not claims:
            return
        terms = cells(subject.figures, self.nought)
        value = undisputed_value(subject, terms)
        if value is None:
            marks = tuple(cell for _, cell in terms)
            yield Skip(reason=both("checks.no-figure-to-compare"), cells=marks, after=subject.blocked(*marks))
        elif value:
            yield Hit(
                spot=place(claims[0]),
                facts={"quote": claims[0].quote, "count": str(value)},
                expected="0",
                actual=str(value),
                cells=tuple(cell for _, cell in terms),
            )

    def _meant(self, fact: Fact, subject: Subject, phrases: PhraseFacts) -> bool:
        if fact.year is not None or whose(fact, subject, phrases) != "own":
            return False
        return not self.unless or phrases.named(self.unless).search(fact.passage.text) is None


@record
class IncompleteFigures:
    """A figure without its number (`says`), or a counted figure without its unit (`kinds`) where others of the sentence have theirs."""

    says: tuple[WordingPhrase, ...]
    kinds: tuple[str, ...] = ()
    bare: Pattern  # what stands before a number that needs no unit
    phrases: Annotated[str, PhraseFacts] = "phrases"

    def run(self, subject: Subject) -> Iterable[Hit]:
        """One hit for each sentence."""
        plans = subject.figures.form.parts("plans")
        for line in body(subject):
            if line.number in plans:
                continue
            sentences: dict[int, Hit] = {}
            for phrase in self.says:
                for match in phrase.says.finditer(line.text) if not phrase.hint or any(word in line.text for word in phrase.hint) else ():
                    hit = Hit(spot=line.spot(*match.span()), facts={"quote": match[0][-18:]}, actual=match[0], variant=phrase.variant)
                    sentences.setdefault(line.sentence_at(match.start())[0], hit)
            yield from sentences.values()
        yield from self._units(facts(subject, subject.tables.required(self.phrases, PhraseFacts)))

    def _units(self, statements: Iterable[Fact]) -> Iterator[Hit]:
        for fact in statements:
            if fact.none or fact.unit or fact.measure != "exact" or fact.kind not in self.kinds or not fact.section:
                continue
            text = fact.passage.text
            after = expression(r"\s*(\S)?").match(text, fact.start + fact.length)
            stands = after is None or after[1] is None or after[1] in "，,。；;、"
            if stands and not self.bare.search(text[max(0, fact.start - _REACH) : fact.start]):
                yield Hit(spot=place(fact), facts={"quote": fact.quote}, actual=str(fact.value), variant="unit")
