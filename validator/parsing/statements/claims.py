"""Clauses that say there is none of something, or claim something of all."""

from __future__ import annotations

from dataclasses import replace

from validator.model.phrase_records import ClaimOfAll
from validator.parsing.statements.cases import Cases
from validator.parsing.statements.scope import circumstances
from validator.parsing.statements.statement_paragraph import QUOTE, StatementParagraph
from validator.text.numbers_in_text import quoted, relative


def read_claims(paragraph: StatementParagraph, cases: Cases) -> None:
    """Add what the paragraph's clauses say in words to the facts found."""
    for start, end in paragraph.clauses():
        _read_none(paragraph, start, end)
        _read_all(paragraph, cases, start, end)


def _read_none(paragraph: StatementParagraph, start: int, end: int) -> None:
    """The facts of a clause that says there is none."""
    phrases = paragraph.phrases
    words = relative(paragraph.text[start:end], paragraph.year)
    if not phrases.none_hints.search(words):
        return
    for statement, wording in phrases.none_wordings:
        if wording.search(words):
            for kind in statement.kinds:
                if kind not in statement.only or phrases.pattern(statement.only[kind]).search(words):
                    _add_none(paragraph, kind, start, end)


def _add_none(paragraph: StatementParagraph, kind: str, start: int, end: int) -> None:
    sentence = paragraph.sentence_at(start)
    topic, anchor = paragraph.topic(start, end, sentence)
    paragraph.found.append(
        paragraph.fact(
            kind,
            0,
            (start, end),
            quoted(paragraph.text[start:end], QUOTE),
            sentence,
            circumstances(paragraph, start, end, sentence),
            anchor="clause" if topic in paragraph.phrases.none_topics else anchor,
            none=True,
        )
    )


def _read_all(paragraph: StatementParagraph, cases: Cases, start: int, end: int) -> None:
    """The facts of a clause that claims something of all."""
    phrases, text = paragraph.phrases, paragraph.text[start:end]
    if not phrases.claim_hints.search(text):
        return
    topic, _ = paragraph.topic(start, end, paragraph.sentence_at(start))
    about = phrases.alike(topic or paragraph.default)
    for claim, wording in phrases.claim_wordings:
        if claim.topic in about and (match := wording.search(text)):
            _add_claim(paragraph, cases, claim, start + match.start(), start + match.end())


def _add_claim(paragraph: StatementParagraph, cases: Cases, claim: ClaimOfAll, start: int, end: int) -> None:
    """A claim of all; that cases ended in one way is a figure of each kind of case in the sentence."""
    sentence = paragraph.sentence_at(start)
    quote = paragraph.text[start:end][:QUOTE]
    if claim.outcome:
        begin, finish = paragraph.read.span(start, end)
        counted = [fact for fact in cases.before(begin, sentence) if fact.comparable]
        for fact in counted if claim.of == "all" else counted[-1:]:
            kind = f"{fact.kind}.{claim.outcome}"
            paragraph.found.append(replace(fact, kind=kind, start=begin, length=finish - begin, quote=quote, none=True))
        return
    meant = replace(circumstances(paragraph, start, end, sentence), measure="claim")
    paragraph.found.append(paragraph.fact(claim.kind, 1, (start, end), quote, sentence, meant, none=True))
