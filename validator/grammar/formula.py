"""The formulas of sum rules: text → Formula, when the rule is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from validator import kept
from validator.model import Text
from validator.records import record

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

Op = Literal["==", "<=", ">="]


class FormulaError(ValueError):
    """A formula that cannot be used. `text` says why in both languages, `position` (1-based) where, `formula` is the sentence itself."""

    def __init__(self, formula: str, position: int, zh: str, en: str) -> None:
        self.formula = formula
        self.position = position
        self.text: Text = {
            "zh": f"公式“{formula}”第 {position} 个字起：{zh}",
            "en": f"formula '{formula}', character {position}: {en}",
        }
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
    key = f"formula:{text}"
    if (found := kept.store.get(key)) is not None and (made := revived(found)) and made.text == text:
        return made
    made = _parse(text)
    kept.store.put(key, plain(made))
    return made


def plain(formula: Formula) -> list[Any]:
    """The formula as JSON can hold it, so that the grammar is not built when nothing is new."""
    sides = ([[t.coefficient, t.name, t.group, t.position] for t in side] for side in (formula.left, formula.right))
    return [formula.text, formula.op, *sides]


def revived(held: Sequence[Any]) -> Formula | None:
    """What `plain` gave, taken back; None where it is something else."""
    try:
        text, op, *sides = held
        left, right = (tuple(Term(coefficient=c, name=n, group=g, position=p) for c, n, g, p in side) for side in sides)
    except (TypeError, ValueError):
        return None
    return Formula(text=text, left=left, op=op, right=right)


def _parse(text: str) -> Formula:
    from lark.exceptions import UnexpectedInput

    try:
        tree = _grammar().parse(text)
    except UnexpectedInput as error:
        raise _mistake(text, error) from None
    left, op, right = tree.children
    return Formula(text=text, left=_side(left), op=str(op), right=_side(right))  # type: ignore[arg-type]


@cache
def _grammar() -> Lark:
    from lark import Lark

    return Lark.open("formula.lark", rel_to=__file__, parser="lalr", start="comparison", maybe_placeholders=True)


def _mistake(text: str, error: Exception) -> FormulaError:
    at = getattr(error, "pos_in_stream", None)
    at = len(text) if at is None or at < 0 or getattr(getattr(error, "token", None), "type", "") == "$END" else at
    rest = text[at:].strip()[:10]
    if not rest:
        zh = "没有写完，要写成“和 == 和”，比较符可用 ==、<=、>="
        return FormulaError(text, at + 1, zh, "it ends too early: write sum == sum; ==, <= and >= compare")
    return FormulaError(text, at + 1, f"“{rest}”放在这里看不懂", f"'{rest}' makes no sense here")


def _side(tree: Tree[Token]) -> tuple[Term, ...]:
    terms: list[Term] = []
    sign = 1
    for child in tree.children:
        if child is None:
            continue
        if isinstance(child, str):
            sign = -1 if child == "-" else 1
        else:
            terms.append(_term(child, sign))
            sign = 1
    return tuple(terms)


def _term(tree: Tree[Token], sign: int) -> Term:
    if tree.data == "constant":
        token = tree.children[0]
        return Term(coefficient=sign * int(token), position=_place(token))
    if tree.data == "times":
        token, thing = tree.children
        sign *= int(token)
    else:
        thing = tree.children[0]
    name = thing.children[0]
    if thing.data == "group":
        return Term(coefficient=sign, group=str(name), position=_place(name))
    return Term(coefficient=sign, name=str(name), position=_place(name))


def _place(token: Token) -> int:
    return (token.start_pos or 0) + 1
