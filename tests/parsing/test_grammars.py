"""The grammars read what they say, on random tokens too; a saved parser is used where it fits, and nothing depends on it."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from validator.parsing import grammars
from validator.parsing.formula import FormulaError, parse
from validator.parsing.grammars import GRAMMARS, grammar

FOLDER = Path(grammars.__file__).parent
#: Each grammar over tokens as it might be said without Lark: an expression over the names of terminals, each with a space behind it.
LANGUAGES = {
    "contact/contact.lark": r"(?:[A-Z_]+ )*",
    "report/report.lark": r"(?:HEADING |SUBHEAD |(?:LINE )+_STOP |(?:(?:CELL )+_END )+_CLOSE )*",
}
#: Terminals that belong together, so that enough random sequences are whole.
PIECES = {
    "contact/contact.lark": ["QUESTION WITH WORD REACH", "PHONE WORD", "CALL SELF WORD", "WITH WORD REACH WORD FAX_NOTE", "ADDRESS COPY"],
    "report/report.lark": 3
    * ["LINE _STOP", "LINE LINE _STOP", "SUBHEAD", "HEADING", "CELL _END _CLOSE", "CELL CELL _END CELL _END _CLOSE"],
}
_NAME = r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*"
_THING = rf"(?:sum\s*\(\s*{_NAME}\s*\)|(?!sum(?![.\w])){_NAME})"  # the word alone is taken
_TERM = rf"(?:(?:[0-9]{{1,9}}\s*\*\s*)?{_THING}|[0-9]{{1,9}}(?![0-9]))\s*"
_SIDE = rf"(?:[-+]\s*)?{_TERM}(?:[-+]\s*{_TERM})*"
FORMULA = rf"\s*{_SIDE}(?:==|<=|>=)\s*{_SIDE}"


def terminals(name: str) -> list[str]:
    """What the grammar's tokens are called, those that it only declares among them."""
    text = re.sub(r"//.*|/.*/", "", (FOLDER / name).read_text(encoding="utf-8"))
    return sorted({word for word in re.findall(r"\b_?[A-Z][A-Z_]+\b", text)})


def shape(tree: Any) -> Any:
    """A tree as plain data."""
    return [str(tree.data), [shape(child) for child in tree.children]] if isinstance(tree, Tree) else str(tree)


def numbered(kinds: str) -> list[Token]:
    """Tokens of these kinds, each with its number for a text."""
    return [Token(kind, str(number)) for number, kind in enumerate(kinds.split())]


def streams(name: str, count: int) -> list[str]:
    dice, pieces = random.Random(7), terminals(name) + PIECES[name]
    return [" ".join(dice.choice(pieces) for _ in range(dice.randint(0, 9))) for _ in range(count)]


@pytest.mark.parametrize("name", LANGUAGES)
def test_random_tokens_are_read_as_the_grammar_says(name: str) -> None:
    whole = 0
    for kinds in streams(name, 900):
        tokens = numbered(kinds)
        if re.fullmatch(LANGUAGES[name], f"{kinds} ".lstrip()):
            shown = [str(token) for token in tokens if not token.type.startswith("_")]
            assert list(grammar(name).parse(tokens).scan_values(lambda leaf: True)) == shown, kinds
            whole += len(tokens) > 2
        else:
            with pytest.raises(UnexpectedInput):
                grammar(name).parse(tokens)
    assert whole > 50


def test_a_report_is_sections_paragraphs_and_tables() -> None:
    tree = grammar("report/report.lark").parse(numbered("LINE LINE _STOP HEADING CELL CELL _END CELL _END _CLOSE SUBHEAD HEADING"))
    rows = ["table", [["row", ["4", "5"]], ["row", ["7"]]]]
    sections = [["section", ["3", rows, ["heading", ["10"]]]], ["section", ["11"]]]
    assert shape(tree) == ["start", [["paragraph", ["0", "1"]], *sections]]


def test_random_formulas_are_read_as_the_grammar_says() -> None:
    dice, whole = random.Random(7), 0
    pieces = ["a", "b.c", "sum(g)", "2*a", "2 * sum(g)", "3", " + ", "-", " == ", "<=", ">=", " ", "sum", ")", "sum(sum)"]
    for _ in range(3000):
        text = "".join(dice.choice(pieces) for _ in range(dice.randint(0, 8)))
        if re.fullmatch(FORMULA, text):
            assert parse(text).text == text
            whole += 1
        else:
            with pytest.raises(FormulaError):
                parse(text)
    assert whole > 20


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the grammars and their saved parsers alone."""
    for name in GRAMMARS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(FOLDER / name, tmp_path / name)
    monkeypatch.setattr(grammars, "_FOLDER", tmp_path)
    grammars.save()
    return tmp_path


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the grammars that Lark had to build."""
    names: list[str] = []
    build = grammars._built
    monkeypatch.setattr(grammars, "_built", lambda name, text: names.append(name) or build(name, text))
    return names


def fresh(name: str) -> Lark:
    """The grammar's parser as another process would get it."""
    return grammar.__wrapped__(name)


def test_a_saved_parser_reads_as_the_built_one(elsewhere: Path, built: list[str]) -> None:
    for name in LANGUAGES:
        loaded, from_text = fresh(name), Lark((FOLDER / name).read_text("utf-8"), parser="lalr", maybe_placeholders=False, **GRAMMARS[name])
        tokens = [numbered(kinds) for kinds in streams(name, 200) if re.fullmatch(LANGUAGES[name], f"{kinds} ".lstrip())]
        assert [shape(loaded.parse(each)) for each in tokens] == [shape(from_text.parse(each)) for each in tokens] != []
    assert [shape(fresh("formula.lark").parse("2*a - sum(b) == 3"))] != [] and built == []


DAMAGE: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "a byte changed": lambda path: path.write_bytes(path.read_bytes()[:-9] + b"\0" + path.read_bytes()[-8:]),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "no pickle": lambda path: path.write_bytes(grammars._seal("formula.lark", text_of(path), b"x") + b"x"),
}


def text_of(path: Path) -> str:
    return path.with_suffix(".lark").read_text(encoding="utf-8")


@pytest.mark.parametrize("damage", DAMAGE)
def test_where_the_saved_parser_is_of_no_use_lark_builds_the_grammar(elsewhere: Path, built: list[str], damage: str) -> None:
    DAMAGE[damage](elsewhere / "formula.saved")
    assert shape(fresh("formula.lark").parse("a == b"))[0] == "comparison"
    assert built == ["formula.lark"]


def test_another_text_another_lark_and_other_settings_are_built(elsewhere: Path, built: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    path = elsewhere / "formula.lark"
    path.write_text(path.read_text("utf-8").replace('"=="', '"is"'), encoding="utf-8")
    assert fresh("formula.lark").parse("a is b") and built == ["formula.lark"]
    with monkeypatch.context() as patch:
        patch.setattr("lark.__version__", "99")
        fresh("report/report.lark")
    with monkeypatch.context() as patch:
        patch.setitem(GRAMMARS, "contact/contact.lark", {**GRAMMARS["contact/contact.lark"], "propagate_positions": True})
        fresh("contact/contact.lark")
    assert built == ["formula.lark", "report/report.lark", "contact/contact.lark"]


def test_threads_share_a_parser() -> None:
    kinds = [kinds for kinds in streams("report/report.lark", 900) if re.fullmatch(LANGUAGES["report/report.lark"], f"{kinds} ".lstrip())]
    parser = grammar("report/report.lark")
    alone = [shape(parser.parse(numbered(each))) for each in kinds]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda each: shape(parser.parse(iter(numbered(each)))), kinds)) == alone
