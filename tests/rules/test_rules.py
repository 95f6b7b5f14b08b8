"""The built-in rules: each runs its own examples, speaks as the house speaks, and fits the published schema."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from tests.support import PATIENCE, ROOT, rule_ids
from validator.cli.rule_page import listing, page
from validator.engine.locations import QUOTE
from validator.examples.differences import difference, summary
from validator.examples.runner import run_examples
from validator.model import Book, Role, Rule
from validator.rulebook import built_in, draft_book, load_book
from validator.rulebook.diagnostics import Diagnostic, Diagnostics
from validator.rulebook.example_schema import examples_of
from validator.rulebook.schema import rule_schema
from validator.rulebook.yaml_reader import read_yaml

RULES = rule_ids()
#: Ids that users, waivers and CI jobs rely on: none may go.
STABLE = """
form.old-form form.new-form-early form.mixed form.changed-label form.retired-category form.before-2019
structure.missing-section structure.section-order structure.repeated-section structure.extra-section structure.section-number
structure.heading-wording structure.empty-section structure.missing-aspect structure.missing-accountability structure.missing-problem
structure.missing-measure structure.thin-section structure.missing-fee-statement structure.parts-list
table.missing table.unreadable table.missing-row table.extra-row table.missing-column table.short-row table.row-order table.blank-figure
table.placeholder-figure table.not-a-number table.negative table.not-integer table.figure-with-note table.fullwidth-figure
table.thousands-separator table.unit-in-figure table.regulations-power table.fee-magnitude
totals.balance totals.results totals.row-total totals.subtotal totals.review totals.litigation-direct totals.litigation-after-review
totals.disclosed totals.items totals.repealed totals.review-without-applications
contact.missing contact.missing-phone contact.missing-address contact.missing-postcode contact.missing-email contact.missing-office
contact.invalid-phone contact.invalid-postcode contact.invalid-email contact.invalid-website contact.no-area-code
contact.area-code-region contact.postcode-region contact.mobile-phone contact.other-unit
identity.missing-title identity.missing-unit identity.missing-year identity.title-form identity.unit-mismatch identity.self-word
identity.other-level identity.period-missing identity.period-year identity.period-span identity.title-year identity.stale-year
input.unreadable input.no-text-layer input.not-a-report input.tracked-changes input.comments input.several-reports
""".split()


@cache
def drafted() -> tuple[Book, list[Diagnostic]]:
    """The built-in rules with their examples, and what is wrong with them."""
    return draft_book(examples=True)


@pytest.fixture
def rule(request: pytest.FixtureRequest) -> Rule:
    """The rule of that id."""
    return next(rule for rule in drafted()[0].rules if rule.id == request.param)


def test_the_rules_to_be_tried_are_those_of_the_book() -> None:
    assert sorted(RULES) == sorted(rule.id for rule in drafted()[0].rules)


def test_the_built_in_book_has_no_mistakes() -> None:
    assert [problem.render("en") for problem in drafted()[1]] == []


def test_one_rule_has_each_role() -> None:
    assert sorted(rule.role for rule in drafted()[0].rules if rule.role is not None) == sorted(get_args(Role))


def test_no_rule_is_named_in_the_program() -> None:
    """What the program looks for it finds by a role, a scope or a kind of check: an id in Python would be law in the wrong house."""
    named = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for path in sorted((ROOT / "validator").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in RULES
    ]
    assert named == [] and len(RULES) > 100


def test_no_rule_was_dropped() -> None:
    assert set(STABLE) - {rule.id for rule in drafted()[0].rules} == set()


@pytest.mark.parametrize("rule", RULES, indirect=True)
def test_the_examples_of_each_rule_come_out_as_they_say(rule: Rule) -> None:
    results = list(run_examples(drafted()[0], wanted=lambda other: other is rule))
    assert {result.kind for result in results} == {"pass", "fail"}, "a rule needs a passing and a failing example"
    failed = [difference(result) for result in results if not result.ok]
    assert not failed, "\n\n".join(failed)


@pytest.mark.parametrize("rule", RULES, indirect=True)
def test_each_rule_speaks_as_the_house_speaks(rule: Rule) -> None:
    said = [rule.title, rule.message, rule.advice, rule.why]
    said += [text for variant in rule.variants.values() for text in (variant.message, variant.advice) if text]
    for text in said:
        zh = text.get("zh", "")
        assert not re.search(r"您|违反|！|(?<!不)合格", zh), zh
        assert not re.search(r"[，。；：]$", zh) or zh.endswith("。"), zh
        assert all(len(quoted) <= QUOTE + 12 for quoted in re.findall(r"“([^”{]*)”", zh)), zh
        assert not text or re.search(r"[A-Za-z{]", text["en"]), text


@pytest.mark.parametrize("rule", RULES, indirect=True)
def test_each_rule_has_a_page(rule: Rule) -> None:
    for lang, words in (("zh", ("怎么改", "怎么关", "错的例子", "依据")), ("en", ("To mend", "Turn off", "Wrong", "Basis"))):
        shown = page(rule, drafted()[0], lang)  # type: ignore[arg-type]
        assert rule.id in shown and all(word in shown for word in words), shown


def test_the_list_names_every_rule() -> None:
    for lang in ("zh", "en"):
        assert all(rule.id in listing(drafted()[0], lang) for rule in drafted()[0].rules)  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------- examples that do not hold


@pytest.fixture
def broken(tmp_path: Path) -> Book:
    """A rule whose first examples of each kind hold and whose others do not."""
    (tmp_path / "wrong.yaml").write_text(
        """\
id: local.wrong
title: {zh: 甲, en: a}
severity: warning
basis: [{kind: county}]
check: contact
with: {find: missing, details: [phone]}
message: {zh: 没有电话, en: no phone}
advice: {zh: 补, en: add it}
examples:
  pass:
    - {base: sound-2021}
    - {base: sound-2021, replace: {"，电话：0578-6512306": ""}}
  fail:
    - {base: sound-2021, replace: {"，电话：0578-6512306": ""}, also: [contact.missing-phone]}
    - {base: sound-2021}
    - {base: sound-2021, replace: {"，电话：0578-6512306": ""}}
    - {base: sound-2021, replace: {"没有这句": ""}}
    - {base: sound-2021, replace: {"，电话：0578-6512306": ""}, also: [contact.missing-phone], severity: error}
""",
        encoding="utf-8",
    )
    return load_book([tmp_path], examples=True)


def test_examples_that_do_not_hold_are_shown_as_a_difference(broken: Book) -> None:
    results = list(run_examples(broken, wanted=lambda rule: rule.id == "local.wrong"))
    assert [result.ok for result in results] == [True, False, True, False, False, False, False]
    shown = {(result.kind, result.number): difference(result) for result in results}
    assert "- （没有发现）" in shown["pass", 2] and "+ local.wrong warning" in shown["pass", 2]
    assert "- local.wrong" in shown["fail", 2] and "+ （没有发现）" in shown["fail", 2]
    assert "+ contact.missing-phone" in shown["fail", 3]
    assert "没有这句" in shown["fail", 4]
    assert "- local.wrong error" in shown["fail", 5] and "+ local.wrong warning" in shown["fail", 5]
    assert "7 个例子：2 个符合，5 个不符" in summary(results)


# ---------------------------------------------------------------------------------------------- the schema


def test_the_schema_is_fresh_and_every_rule_fits_it() -> None:
    import jsonschema

    schema = json.loads((built_in() / "rule.schema.json").read_text(encoding="utf-8"))
    assert schema == rule_schema(), "run scripts/make_schema.py"
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    for path in _rule_files():
        mistakes = [
            f"{path.name} {error.json_path}: {error.message}"
            for error in judge.iter_errors(read_yaml(path.read_bytes(), Diagnostics(path.name)))
        ]
        assert not mistakes, "\n".join(mistakes)


def test_the_schema_refuses_what_the_loader_refuses() -> None:
    import jsonschema

    judge = jsonschema.Draft202012Validator(rule_schema())
    path = built_in() / "input" / "comments.yaml"
    sound = path.read_text(encoding="utf-8")
    for old, new in [
        ("severity: warning", "severity: bad"),
        ("codes:", "cods:"),
        ("check: observed", "check: seen"),
        ("id: input", "id: X"),
    ]:
        assert list(judge.iter_errors(read_yaml(sound.replace(old, new).encode(), Diagnostics("x")))), new


def test_the_script_says_whether_the_schema_is_fresh() -> None:
    said = subprocess.run([sys.executable, str(ROOT / "scripts" / "make_schema.py"), "--check"], capture_output=True, text=True)
    assert (said.returncode, said.stdout.strip()) == (0, "fresh")


def test_an_editors_checker_accepts_every_rule_file_and_refuses_a_broken_one(tmp_path: Path) -> None:
    schema = str(built_in() / "rule.schema.json")
    command = [sys.executable, "-m", "check_jsonschema", "--regex-variant", "python", "--schemafile", schema]
    files = _rule_files()
    assert any("packs" in path.parts for path in files)
    said = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, timeout=PATIENCE)
    assert said.returncode == 0, said.stdout + said.stderr
    broken = tmp_path / "broken.yaml"
    sound = (built_in() / "input" / "comments.yaml").read_text(encoding="utf-8")
    for old, new in (("severity: warning", "severity: grave"), ("codes:", "cods:"), ("check: observed", "check: seen")):
        assert old in sound
        broken.write_text(sound.replace(old, new), encoding="utf-8")
        said = subprocess.run([*command, str(broken)], capture_output=True, text=True, timeout=PATIENCE)
        assert said.returncode == 1 and "broken.yaml" in said.stdout, said.stdout + said.stderr


def _rule_files() -> list[Path]:
    return [path for path in sorted(built_in().rglob("*.yaml")) if path.parent.name not in ("forms", "tables") and path.name != "pack.yaml"]


# ---------------------------------------------------------------------------------------------- what cannot be read


def test_every_reason_that_the_program_gives_has_its_own_sentence() -> None:
    spoken = {code: rule for rule in drafted()[0].rules if rule.category == "input" for code in rule.check.codes}  # type: ignore[attr-defined]
    reasons = {
        reason for path in sorted((ROOT / "validator").rglob("*.py")) for reason in _reasons(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert len(reasons) > 10
    assert reasons - set(spoken) == set()
    assert {code for code, rule in spoken.items() if rule.id == "input.unreadable"} == set(spoken["empty"].variants)


def _reasons(tree: ast.Module) -> Iterator[str]:
    """The words given to UnreadableError, in either branch of a choice."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "UnreadableError" and node.args:
            first = node.args[0]
            for word in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                if isinstance(word, ast.Constant):
                    yield str(word.value)


@pytest.mark.parametrize("rule", [name for name in RULES if name.startswith("input.")], indirect=True)
def test_input_rules_are_shown_at_work(rule: Rule) -> None:
    assert any(example.noticed or example.text is not None for example in examples_of(rule, "fail"))
