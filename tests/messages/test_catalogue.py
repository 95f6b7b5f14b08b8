"""The sentences and the code that says them: every key is used, every use has its key, and both languages fill the same braces."""

from __future__ import annotations

import ast
import json
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import get_args

import pytest

from tests.support import ROOT
from validator.base.os_errors import _REASONS
from validator.checks.sums.formula_lines import Each
from validator.cli.arguments import _COMMANDS, _MESSAGES
from validator.cli.commands.config import _SOURCES
from validator.messages import both, enumerated, say
from validator.messages.catalogue import HERE, catalogue
from validator.model import Grade, State
from validator.reporters.finding_text import PARTS
from validator.reporters.xlsx.problem_list import COLUMNS
from validator.rulebook.decode import _SCALARS
from validator.rulebook.rules import KINDS

NAMES = sorted(path.stem for path in HERE.glob("*.json"))
KEYS = {f"{name}.{key}": sentence for name in NAMES for key, sentence in catalogue(name).items()}
_STATES = [state.value for state in State]


def _helped() -> list[str]:
    """What cli/arguments.py asks help for: its commands, and the names it gives to `said`."""
    tree = ast.parse((ROOT / "validator" / "cli" / "arguments.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    names = [call.args[-1] for call in calls if call.func.id in ("said", "_said")]  # type: ignore[attr-defined]
    return sorted({*_COMMANDS, *(name.value for name in names if isinstance(name, ast.Constant))})


#: Keys that the code puts together, by how they begin: what may follow. All of it must be there, and nothing else.
COMPUTED: Mapping[str, list[str]] = {
    "cli.list.": ["old-workbook", "encrypted", "too-large", "too-many-cells", "empty", "not-text", "damaged"],
    "base.os.": sorted(set(_REASONS.values())),
    "checks.formula.group-for.": list(get_args(Each)),
    "checks.sum.": ["missing", "text", "total", "empty"],
    "checks.told-by.": ["title", "option", "signature", "file", "opening", "period", "heading", "notice"],
    "cli.argparse.": [name for _, name in _MESSAGES],
    "cli.config.value.": ["on", "off", "none"],
    "cli.page.accepted.": ["waivers", "baseline"],
    "cli.page.label.": ["why", "basis", "applies", "requires", "told-by", "wrong", "says", "right", "mend", "off", "file"],
    "cli.setting.": [*_SOURCES, "rules"],
    "docx.aside.": ["box", "near", "none", "whole"],
    "examples.kind.": ["pass", "fail"],
    "help.": _helped(),
    "html.state.": _STATES,
    "readers.amount.": ["characters", "paragraphs", "cells", "pages"],
    "reporters.basis.": ["law", "form", "county", "logic", "advice"],
    "reporters.kind.": [*KINDS, "none"],
    "reporters.part.": list(PARTS),
    "reporters.skip.": ["times", "fault", "sums", "told"],
    "reporters.severity.": [grade.value for grade in Grade],
    "reporters.state.": [*_STATES, "beside"],
    "rulebook.phrases.no-": ["topic", "group", "kind", "word"],
    "rulebook.value.demand.": ["both-languages", "month-day", "expression"],
    "rulebook.value.kind.": [kind.__name__ for kind in _SCALARS],
    "xlsx.column.": list(COLUMNS),
    "xlsx.state.": _STATES,
}
#: Sentences of which one language leaves out what the other fills in, and why.
ONE_SIDED: Mapping[str, str] = {
    "engine.not-for-kind": "kinds of unit have English names alone, those of the rules' files",
    "rulebook.pattern.wrong-at": "the expression's own error, in English, says where",
    "rulebook.yaml.no-yaml": "the parser's own words are English, and the Chinese sentence says what to do",
}
#: Functions that hand a key on which others name.
HANDED_ON = {"messages/catalogue.py", "reporters/html/writer.py"}


@dataclass
class Uses:
    """What the code says: literal keys with the facts given (None: not known, as of **facts), beginnings, and what is neither."""

    literal: list[tuple[str, str, frozenset[str] | None]] = field(default_factory=list)  # where, key, facts
    begun: set[str] = field(default_factory=set)
    unclear: list[str] = field(default_factory=list)


def uses_of(source: str, name: str = "code.py") -> Uses:
    """The uses of one module."""
    tree, found = ast.parse(source), Uses()
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        said = _said(node)
        if not isinstance(node, ast.Call) or said not in ("say", "both", "enumerated"):
            continue
        at = 1 if said == "enumerated" else 0
        if len(node.args) <= at:
            if said == "enumerated":
                found.literal.append((f"{name}:{node.lineno}", "marks.and", frozenset()))
            continue
        given = {word.arg for word in node.keywords}
        facts = frozenset(filter(None, given)) if None not in given and at == 0 else None
        for key in _keys(node.args[at], above):
            where = f"{name}:{node.lineno}"
            if key is None:
                found.unclear.append(f"{where}: {ast.unparse(node)}")
            elif key.endswith("{"):
                found.begun.add(key[:-1])
            else:
                found.literal.append((where, key, facts))
    return found


def _said(node: ast.AST) -> str:
    """The function of a call, by its name or as one of the room's; empty for others."""
    func = node.func if isinstance(node, ast.Call) else None
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "messages":
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def _keys(node: ast.expr, above: Mapping[ast.AST, ast.AST]) -> Iterator[str | None]:
    """The keys that an expression may be; one that is put together ends with a brace; None: it cannot be told."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _keys(node.body, above)
        yield from _keys(node.orelse, above)
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        yield f"{node.values[0].value}{{"
    elif isinstance(node, ast.Name):
        yield from _looped(node, above)
    else:
        yield None


def _looped(name: ast.Name, above: Mapping[ast.AST, ast.AST]) -> list[str] | list[None]:
    """The texts that a name runs through, in the comprehension or loop around it that binds it."""
    node: ast.AST | None = name
    while node := above.get(node):
        for loop in getattr(node, "generators", [node]):
            target = getattr(loop, "target", None)
            if isinstance(loop, ast.comprehension | ast.For) and isinstance(target, ast.Name) and target.id == name.id:
                items = loop.iter.elts if isinstance(loop.iter, ast.Tuple) else []
                texts = [item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)]
                return texts if texts and len(texts) == len(items) else [None]
    return [None]


def _of_page() -> Uses:
    """The uses of the page's template."""
    page = (ROOT / "validator" / "reporters" / "html" / "page.html").read_text(encoding="utf-8")
    found = Uses()
    for begin, key in re.findall(r"""\bsay\((?:"([\w.-]+)" ~|'([\w.-]+)')""", page):
        found.begun |= {begin} if begin else set()
        found.literal += [("page.html", key, None)] if key else []
    assert len(re.findall(r"\bsay\(", page)) == len(found.literal) + len(re.findall(r'\bsay\("[\w.-]+" ~', page))
    return found


@pytest.fixture(scope="module")
def uses() -> Uses:
    found = _of_page()
    for path in sorted((ROOT / "validator").rglob("*.py")):
        name = path.relative_to(ROOT / "validator").as_posix()
        source = path.read_text(encoding="utf-8")
        if "validator.messages" not in source and "from validator import messages" not in source and name not in HANDED_ON:
            continue
        each = uses_of(source, name)
        found.literal += each.literal
        found.begun |= each.begun
        found.unclear += [] if name in HANDED_ON else each.unclear
    return found


def braces(sentence: str) -> set[str]:
    """The facts that a sentence wants."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def wanted(key: str) -> set[str]:
    return braces(KEYS[key]["zh"]) | braces(KEYS[key]["en"])


def test_every_use_has_a_key(uses: Uses) -> None:
    assert uses.unclear == []
    assert [(where, key) for where, key, _ in uses.literal if key not in KEYS] == []


def test_every_key_is_used(uses: Uses) -> None:
    computed = {begin + rest for begin, ends in COMPUTED.items() for rest in ends}
    assert sorted(KEYS.keys() - {key for _, key, _ in uses.literal} - computed) == []


def test_keys_that_are_put_together_are_all_there(uses: Uses) -> None:
    assert uses.begun == set(COMPUTED)
    for begin, ends in COMPUTED.items():
        assert {key for key in KEYS if key.startswith(begin)} == {begin + rest for rest in ends}, begin


def test_every_use_gives_the_facts_that_its_sentence_fills_in(uses: Uses) -> None:
    wrong = [(where, key, sorted(facts ^ wanted(key))) for where, key, facts in uses.literal if facts is not None and facts != wanted(key)]
    assert wrong == []


def test_both_languages_fill_the_same_braces() -> None:
    assert all(set(sentence) == {"zh", "en"} for sentence in KEYS.values())
    odd = {key for key, sentence in KEYS.items() if braces(sentence["zh"]) != braces(sentence["en"])}
    assert odd == set(ONE_SIDED)


@pytest.mark.parametrize("name", NAMES)
def test_files_are_laid_out_alike_and_name_nothing_twice(name: str) -> None:
    written = (HERE / f"{name}.json").read_text(encoding="utf-8")
    pairs = json.loads(written, object_pairs_hook=list)
    assert len({key for key, _ in pairs}) == len(pairs)
    assert written == json.dumps(json.loads(written), ensure_ascii=False, indent=2) + "\n"


def test_what_is_wrong_in_code_is_seen() -> None:
    source = """
def told(language, state, key, marks):
    yield say("reporters.nowhere", language, one=1) + say(f"html.state.{state}", language) + say(key, language)
    yield from (say(each, language) for each in ("html.file", "html.unit"))
    yield both("a.b" if state else "a.c", **marks)
    yield enumerated(marks)
"""
    found = uses_of(source)
    assert sorted(found.literal, key=lambda use: use[:2]) == [
        ("code.py:3", "reporters.nowhere", frozenset({"one"})),
        ("code.py:4", "html.file", frozenset()),
        ("code.py:4", "html.unit", frozenset()),
        ("code.py:5", "a.b", None),
        ("code.py:5", "a.c", None),
        ("code.py:6", "marks.and", frozenset()),
    ]
    assert found.begun == {"html.state."} and found.unclear == ["code.py:3: say(key, language)"]


def test_a_sentence_takes_each_fact_in_its_own_language() -> None:
    told = both("marks.bracket", text={"zh": "甲", "en": "a"})
    assert told == {"zh": "（甲）", "en": " (a)"}
    assert say("marks.bracket", "en", text=3) == " (3)"
    assert enumerated([{"zh": "甲", "en": "a"}, 2]) == {"zh": "甲、2", "en": "a, 2"}
    assert enumerated("ab", "marks.semicolon") == {"zh": "a；b", "en": "a; b"}


def test_what_is_missing_raises() -> None:
    for wrong in (lambda: say("reporters.nowhere", "zh"), lambda: say("reporters.line", "zh"), lambda: both("reporters.line", row=1)):
        with pytest.raises(KeyError):
            wrong()
