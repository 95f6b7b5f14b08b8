"""The formulas of sum rules: text → Formula, when the rule is loaded."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from validator.base.records import record
from validator.messages import Text, both

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
    from lark.exceptions import UnexpectedInput, UnexpectedToken

    from validator.parsing.grammars import grammar

    try:
        tree: Any = grammar("formula.lark").parse(text)
    except UnexpectedInput as error:
        ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        raise _mistake(text, len(text) if ended else error.pos_in_stream or 0) from None
    left, op, right = tree.children
    return Formula(text=text, left=_side(left), op=op.value, right=_side(right))


def _mistake(text: str, at: int) -> FormulaError:
    rest = text[at:].strip()[:10]
    if not rest:
        return FormulaError(text, at + 1, both("parsing.formula.too-early"))
    return FormulaError(text, at + 1, both("parsing.formula.no-sense", rest=rest))


def _side(tree: Any) -> tuple[Term, ...]:
    """The terms of a side: trees, some with a sign before them."""
    terms: list[Term] = []
    sign = 1
    for part in tree.children:
        if part in ("+", "-"):
            sign = -1 if part == "-" else 1
        else:
            terms.append(_term(part, sign))
            sign = 1
    return tuple(terms)


def _term(tree: Any, sign: int) -> Term:
    """One term: a name, a group or a number, the first two with a factor or without."""
    *factor, word = tree.children
    position = word.start_pos + 1
    if tree.data == "constant":
        return Term(coefficient=sign * int(word), position=position)
    coefficient = sign * int(factor[0]) if factor else sign
    if tree.data == "group":
        return Term(coefficient=coefficient, group=str(word), position=position)
    return Term(coefficient=coefficient, name=str(word), position=position)
