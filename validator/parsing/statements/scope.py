"""How a figure or a statement is meant: of which year, whose, how exactly, and with which word that leaves its reading open."""

from __future__ import annotations

from validator.base.regex_cache import expression
from validator.parsing.statements.fact import Circumstances, Measure, Scope
from validator.parsing.statements.statement_paragraph import StatementParagraph

#: How far before a figure words are about it: what has no full stop for longer is no sentence, and would take its time for each figure.
REACH = 2000
_NAMES = r"《[^《》]*》|〔[^〔〕]*〕"


def circumstances(paragraph: StatementParagraph, clause: int, at: int, sentence: int, *, estimate: bool = False) -> Circumstances:
    """How that is meant which stands at `at`, in a clause and a sentence that begin at those places."""
    clause, sentence = max(clause, at - REACH), max(sentence, at - REACH)
    head = expression(_NAMES).sub("", paragraph.text[sentence:at])
    scope, actor = _scope(paragraph, head)
    return Circumstances(
        measure=_measure(paragraph, paragraph.text[clause:at], head, estimate),
        year=_other_year(paragraph, clause, at, sentence),
        scope=scope,
        actor=actor,
        soft=_soft(paragraph, clause, at, sentence),
    )


def _measure(paragraph: StatementParagraph, within: str, head: str, estimate: bool) -> Measure:
    """`within`: the clause up to the figure; `head`: the sentence up to it."""
    phrases = paragraph.phrases
    cumulative = phrases.named("cumulative").search(within) and not phrases.named("within_year").search(head)
    if cumulative or phrases.named("up_to").search(within):
        return "cumulative"
    return "estimate" if estimate else "exact"


def _scope(paragraph: StatementParagraph, head: str) -> tuple[Scope, str]:
    """Whose it is, and who is said to have acted."""
    phrases = paragraph.phrases
    scope, actor = _named_scope(paragraph, head)
    if scope == "own":
        acting = [match[1] for match in phrases.named("actors").finditer(head)]
        actor = acting[-1] if acting else ""
    return scope, actor


def _named_scope(paragraph: StatementParagraph, head: str) -> tuple[Scope, str]:
    """The scope that the sentence names, and the word that does."""
    scopes: tuple[tuple[Scope, str], ...] = (("elsewhere", "elsewhere_scope"), ("level", "level"), ("below", "units_below"))
    for scope, name in scopes:
        if match := paragraph.phrases.named(name).search(head):
            return scope, match[0]
    return "own", ""


def _soft(paragraph: StatementParagraph, clause: int, at: int, sentence: int) -> str:
    """The word that leaves open what is counted; behind 其中: it may stand before the list."""
    text, of_which = paragraph.text, paragraph.phrases.of_which
    listed = text[max(0, clause - len(of_which)) : clause] == of_which
    soft = paragraph.phrases.named("soft").search(text[text.rfind(of_which, sentence, clause) if listed else clause : at])
    return soft[0] if soft else ""


def _other_year(paragraph: StatementParagraph, clause: int, at: int, sentence: int) -> int | None:
    """The year that the figure is of, where the sentence names another one for it."""
    if paragraph.year is None:
        return None
    phrases, text = paragraph.phrases, paragraph.text
    head = expression(rf"{_NAMES}|\([^()]*\)").sub("", text[sentence:at])
    years_named = [m for m in phrases.named("years.named").finditer(head)]
    years_named = [m for m in years_named if not phrases.named("years.into").search(head[: m.start()])]
    year = int(years_named[-1][1]) if years_named else None
    within = text[clause:at]
    if phrases.named("years.last").search(within) and not phrases.named("years.from_last").search(within):
        return paragraph.year - 1
    return year if year is not None and year != paragraph.year else None
