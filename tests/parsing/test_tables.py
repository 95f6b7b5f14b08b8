"""The driver reads as Lark does, and the shipped tables are those of the grammars."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from lark import Token, Tree

from validator.parsing import making, tables
from validator.parsing.formula import FormulaError, parse
from validator.parsing.tables import Grammar, Misfit, Node

FOLDER = Path(tables.__file__).parent
GRAMMARS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.lark"))
#: Terminals that belong together, so that enough random sequences are whole.
PIECES = {
    "contact/contact.lark": ["QUESTION WITH WORD REACH", "LABEL WORD", "CALL WORD"],
    "formula.lark": 3 * ["NAME OP INT STAR NAME SIGN SUM LPAR NAME RPAR", "SIGN NAME", "SIGN INT", "SIGN NAME OP INT"],
    "report/report.lark": 3
    * ["LINE _STOP", "LINE LINE _STOP", "SUBHEAD", "HEADING", "CELL _END _CLOSE", "CELL CELL _END CELL _END _CLOSE"],
}


def text_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def shape(tree: Any) -> Any:
    """Lark's tree or ours as plain data."""
    if isinstance(tree, Tree | Node):
        return [str(tree.data), [shape(child) for child in tree.children]]
    return str(tree)


def terminals(grammar: Grammar) -> list[str]:
    """What the grammar's tokens are called."""
    symbols = {name for state in grammar.states for name in state} - {symbol for symbol, _, _ in grammar.rules}
    return sorted(symbols - {"$END"})


@pytest.mark.parametrize("name", GRAMMARS)
def test_the_shipped_tables_are_those_of_the_grammar(name: str) -> None:
    held = tables._shipped()[name]
    assert held["text"] == tables.digest(text_of(name)), "python scripts/make_tables.py"


@pytest.mark.parametrize("name", GRAMMARS)
def test_the_driver_reads_as_lark_does(name: str) -> None:
    lark, grammar = making.build(text_of(name)), tables.grammar(name)
    pieces, dice, whole = terminals(grammar) + PIECES[name], random.Random(7), 0
    for _ in range(900):
        names = " ".join(dice.choice(pieces) for _ in range(dice.randint(0, 9))).split()
        tokens = [(kind, str(number)) for number, kind in enumerate(names)]
        try:
            expected = shape(lark.parse([Token(kind, value) for kind, value in tokens]))
        except Exception:
            with pytest.raises(Misfit):
                grammar.parse(tokens)
            continue
        assert shape(grammar.parse(tokens)) == expected
        whole += len(tokens) > 2
    assert whole > 50


def test_formulas_are_read_as_lark_reads_them() -> None:
    from lark import Lark

    lark, dice, whole = Lark(text_of("formula.lark"), parser="lalr", start="comparison", maybe_placeholders=False), random.Random(7), 0
    pieces = ["a", "b.c", "sum(g)", "2*a", "2 * sum(g)", "3", " + ", "-", " == ", "<=", ">=", " ", "sum", ")", "sum(sum)"]
    for _ in range(3000):
        text = "".join(dice.choice(pieces) for _ in range(dice.randint(0, 8)))
        try:
            lark.parse(text)
        except Exception:
            with pytest.raises(FormulaError):
                parse(text)
        else:
            assert parse(text).text == text
            whole += 1
    assert whole > 20


def test_a_changed_grammar_is_built_by_lark(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    nothing = Grammar(start=0, end=0, states=(), rules=(), terminals={})
    monkeypatch.setattr(making, "made", lambda text: asked.append(text) or nothing)
    monkeypatch.setattr(tables, "digest", lambda text: "another")
    tables.grammar.cache_clear()
    assert tables.grammar("report/report.lark").states == () and asked == [text_of("report/report.lark")]
    tables.grammar.cache_clear()


def test_made_tables_read_as_the_shipped_ones() -> None:
    fresh, shipped = making.made(text_of("report/report.lark")), tables.grammar("report/report.lark")
    tokens = [(kind, kind) for kind in "LINE LINE _STOP HEADING CELL CELL _END CELL _END _CLOSE SUBHEAD LINE _STOP HEADING".split()]
    assert shape(fresh.parse(tokens)) == shape(shipped.parse(tokens))
    assert shape(tables.revived(tables.plain(fresh)).parse(tokens)) == shape(fresh.parse(tokens))
