"""The formulas of sum rules: text → Formula, when the rule is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from validator.base.records import positional_record, record
from validator.base.regex_cache import expression
from validator.messages import Text, both
from validator.parsing.tables import Misfit, Node, grammar

Op = Literal["==", "<=", ">="]


class FormulaError(ValueError):
    """A formula that cannot be used. `text` says why in both languages, `position` (1-based) where, `formula` is the sentence itself."""

    def __init__(self, formula: str, position: int, what: Text) -> None:
        self.formula = formula
        self.position = position
        self.text = both("parsing.formula.place", formula=formula, position=position, what=what)
        super().__init__(self.text["en"])


@record
class Term:
    """A coefficient times a name, a group or (both None) one."""

    coefficient: int
    name: str | None = None
    group: str | None = None
    position: int = 1  # 1-based, in the formula


@record
class Formula:
    """Two sides and what must hold between them."""

    text: str
    left: tuple[Term, ...]
    op: Op
    right: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of both sides as written."""
        return self.left + self.right


@cache
def parse(text: str) -> Formula:
    """The formula that `text` says; FormulaError with the place of a mistake."""
    try:
        tree = grammar("formula.lark").parse(_words(text))
    except Misfit as error:
        raise _mistake(text, len(text) if error.value is None else error.value.start) from None
    left, op, right = tree.children
    return Formula(text=text, left=_side(left), op=op.text, right=_side(right))


@positional_record
class _Word:
    """A token and where it stands."""

    text: str
    start: int


def _words(text: str) -> Iterator[tuple[str, _Word]]:
    """The tokens of the formula. Where a group's name stands, `sum` is one."""
    terminals = grammar("formula.lark").terminals
    reserved = {source: name for name, source in terminals.items() if source.isalpha()}
    scan = expression("|".join(f"(?P<{name}>{source})" for name, source in terminals.items() if source not in reserved))
    at, before = 0, ""
    while at < len(text):
        found = scan.match(text, at)
        if found is None:
            raise Misfit(_Word("", at))
        name = str(found.lastgroup)
        if not name.startswith("_"):  # white space
            before = reserved.get(found[0], name) if before != "LPAR" else name
            yield before, _Word(found[0], at)
        at = found.end()


def _mistake(text: str, at: int) -> FormulaError:
    rest = text[at:].strip()[:10]
    if not rest:
        return FormulaError(text, at + 1, both("parsing.formula.too-early"))
    return FormulaError(text, at + 1, both("parsing.formula.no-sense", rest=rest))


def _side(tree: Node) -> tuple[Term, ...]:
    terms: list[Term] = []
    sign = 1
    for child in tree.children:
        if isinstance(child, Node):
            terms.append(_term(child, sign))
            sign = 1
        else:
            sign = -1 if child.text == "-" else 1
    return tuple(terms)


def _term(tree: Node, sign: int) -> Term:
    if tree.data == "constant":
        word: _Word = tree.children[0]
        return Term(coefficient=sign * int(word.text), position=word.start + 1)
    if tree.data == "times":
        factor, thing = tree.children
        sign *= int(factor.text)
    else:
        thing = tree.children[0]
    word = thing.children[0]
    if thing.data == "group":
        return Term(coefficient=sign, group=word.text, position=word.start + 1)
    return Term(coefficient=sign, name=word.text, position=word.start + 1)
