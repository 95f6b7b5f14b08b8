"""The facts that a report states in its text: each figure with what it counts, of which year and scope, how exactly, and where.

The phrases are those of rules/tables/phrases.yaml. A figure whose phrase is not known there is no fact; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.model import Form, Report, Subject
from validator.model.phrases import PhraseFacts
from validator.parsing.statements.cases import Cases
from validator.parsing.statements.claims import read_claims
from validator.parsing.statements.fact import Fact
from validator.parsing.statements.figures import read_figures
from validator.parsing.statements.statement_paragraph import StatementParagraph
from validator.parsing.statements.topics import DefaultTopics
from validator.text.numbers_in_text import relative
from validator.text.paragraphs import Paragraph, body, paragraphs

#: A sub-heading longer than this is read as a paragraph.
_HEADING = 24


def facts(subject: Subject, phrases: PhraseFacts) -> tuple[Fact, ...]:
    """Every fact of the report's text, in reading order; read once, however many checks ask."""
    return subject.once(_of_texts, body(subject), subject.report, subject.figures.form, phrases)


def read_facts(report: Report, form: Form, phrases: PhraseFacts) -> tuple[Fact, ...]:
    """The same of a report alone; `form`: by which its parts are counted."""
    return _of_texts(paragraphs(report), report, form, phrases)


def _of_texts(texts: Sequence[Paragraph], report: Report, form: Form, phrases: PhraseFacts) -> tuple[Fact, ...]:
    return tuple(fact for paragraph in _paragraphs(texts, report, form, phrases) for fact in _facts(paragraph))


def _paragraphs(texts: Sequence[Paragraph], report: Report, form: Form, phrases: PhraseFacts) -> Iterator[StatementParagraph]:
    """The paragraphs that may state something of the year."""
    defaults, plans = DefaultTopics(phrases, form), form.parts("plans")
    for number, paragraph in enumerate(texts):
        if paragraph.number in plans or (paragraph.passage.heading and len(paragraph.text) <= _HEADING):
            continue
        default = defaults.of(paragraph)
        if default in phrases.telling or _opens(paragraph.text, report.year, phrases):
            yield StatementParagraph(paragraph, number, report.year, default, phrases)


def _opens(text: str, year: int | None, phrases: PhraseFacts) -> bool:
    """Whether a paragraph that neither part nor heading gives a topic may state anything."""
    if phrases.opens.search(text):
        return True
    words = relative(text, year)
    return words != text and phrases.opens.search(words) is not None


def _facts(paragraph: StatementParagraph) -> list[Fact]:
    """What the paragraph states, in order of place."""
    cases = Cases(paragraph)
    read_figures(paragraph, cases)
    cases.figures_end()
    read_claims(paragraph, cases)
    return sorted(paragraph.found, key=lambda fact: fact.start)
