"""Arguments and settings: what is understood, and what is refused in one sentence."""

from __future__ import annotations

import argparse

import pytest

from validator.cli import arguments, settings
from validator.cli.settings import SettingsError
from validator.model import Basis, Book, Rule, Severity


def rule(name: str, severity: Severity = Severity.ERROR) -> Rule:
    text = {"zh": "", "en": ""}
    return Rule(id=name, title=text, severity=severity, basis=(Basis(kind="logic"),), check=None, message=text, advice=text)  # type: ignore[arg-type]


BOOK = Book(
    forms=(),
    rules=(
        rule("totals.row-total"),
        rule("totals.balance"),
        rule("table.missing"),
        rule("input.unreadable"),
        rule("input.comments", Severity.WARNING),
    ),
    tables={},
    fingerprint="",
)


def check(*words: str) -> settings.CommandSettings:
    return settings.of_check(arguments.parse(["check", *words]))


def refusal(*words: str) -> str:
    with pytest.raises(SettingsError) as caught:
        check(*words)
    return caught.value.text["zh"]


def test_options_and_paths_in_any_order():
    asked = check("a.txt", "--format", "json", "b.txt", "--fail-on=never", "--", "-c.txt")
    assert asked.paths == ("a.txt", "b.txt", "-c.txt")
    assert (asked.format, asked.fail_on) == ("json", None)


def test_what_is_there_when_nothing_is_said():
    asked = check("-")
    assert (asked.format, asked.form, asked.fail_on, asked.language) == ("text", None, Severity.ERROR, "zh")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--format", "jsn"], "--format：没有“jsn”"),
        (["--jobs", "0"], "--jobs：“0”不是 1 到 256 的数"),
        (["--jobs", "many"], "--jobs：“many”不是 1 到 256 的数"),
        (["--fail-on", "all"], "--fail-on：没有“all”，可用的有：error、never、note、warning"),
        (["--year", "二〇二三"], "--year：“二〇二三”不是四位数的年份"),
        (["--year", "23"], "--year：“23”不是四位数的年份"),
        (["--unit", " "], "--unit：单位名称是空的"),
        (["--format"], "--format 后面要有一个值"),
        (["--quiet=1"], "--quiet 后面不能有值：'1'"),
        (["--colour"], "不认识的参数：--colour"),
        (["--lang", "fr"], "--lang：没有“fr”，可用的有：en、zh"),
    ],
)
def test_refusals(words, sentence):
    assert refusal("a.txt", *words).startswith(sentence)


@pytest.mark.parametrize("command", ["serve"])
def test_commands_that_come_later_say_so(command):
    with pytest.raises(SettingsError) as caught:
        arguments.parse([command, "x"])
    assert caught.value.text["zh"] == f"nianbao {command} 尚未实现"


def test_an_unknown_command_names_the_known_ones():
    with pytest.raises(SettingsError) as caught:
        arguments.parse(["chek"])
    assert "check" in caught.value.text["zh"]


def test_language_before_and_after_the_command():
    for words in (["--lang", "en", "version"], ["version", "--lang", "en"], ["--lang=en", "version"]):
        assert arguments.parse(words)["lang"] == "en"
    assert arguments.parse(["version"])["lang"] == "zh"


def test_every_message_of_argparse_is_translated():
    parser = argparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("--a", choices=["x"])
    parser.add_argument("--b", action="store_true")
    said = []
    for words in (["--a"], ["--a", "y"], ["--b=1"]):
        with pytest.raises(argparse.ArgumentError) as caught:
            parser.parse_args(words)
        said.append(arguments.chinese(str(caught.value)))
    assert said[0] == "--a 后面要有一个值" and said[1].startswith("--a 没有 'y'") and said[2].startswith("--b 后面不能有值")


def test_select_and_ignore_take_rules_and_categories():
    assert settings.selection(BOOK, check("a", "--select", "totals")) == {"totals.row-total", "totals.balance", "input.unreadable"}
    chosen = settings.selection(BOOK, check("a", "--select", "totals,table.missing", "--ignore", "totals.balance"))
    assert chosen == {"totals.row-total", "table.missing", "input.unreadable"}


def test_a_file_that_was_not_read_can_not_be_ignored():
    chosen = settings.selection(BOOK, check("a", "--ignore", "input", "--ignore", "totals，table"))
    assert chosen == {"input.unreadable"}


def test_an_unknown_rule_names_near_ones():
    with pytest.raises(SettingsError) as caught:
        settings.selection(BOOK, check("a", "--select", "totals.rowtotal"))
    assert "totals.row-total" in caught.value.text["zh"]
