"""A county's rules in Chinese alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import ROOT
from validator.cli import main as cli
from validator.rulebook import PackError, load_book
from validator.rulebook.one_language import untranslated
from validator.rulebook.schema import rule_schema

RULE = """\
id: local.hotline
title: {title}
severity: warning
basis: [{{kind: county, document: 本县通知}}]
check: mentions
with: {{statements: [{{zh: 政务热线, patterns: ['12345|政务热线']}}]}}
message: {message}
advice: 补一句
why: 本县要求写明
variants: {{raised: {{message: "有 {{count}} 件，没有写到{{names}}"}}}}
examples:
  pass: [{{base: sound-2021, append: "\\n12345热线。"}}, {{base: bureau-2021, append: "\\n政务热线。"}}]
  fail: [{{base: sound-2021, says: 没有写到政务热线}}, {{base: bureau-2021}}]
"""
SOUND = ROOT / "rules" / "bases" / "sound-2021.txt"


@pytest.fixture(params=["plain", "zh"])
def pack(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A county's pack with one rule, its texts plain or as zh."""
    title, message = "没有写政务热线", '"没有写到{names}"'
    if request.param == "zh":
        title, message = f"{{zh: {title}}}", f"{{zh: {message}}}"
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "hotline.yaml").write_text(RULE.format(title=title, message=message), encoding="utf-8")
    return folder


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.main([*words])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_what_is_said_in_chinese_stands_for_english_too(pack: Path) -> None:
    book = load_book([pack])
    rule = next(rule for rule in book.rules if rule.id == "local.hotline")
    assert rule.title == {"zh": "没有写政务热线", "en": "没有写政务热线"} and rule.why["en"] == "本县要求写明"
    assert rule.variants["raised"].message == {language: "有 {count} 件，没有写到{names}" for language in ("zh", "en")}
    assert untranslated(book.rules) == ("local.hotline",)


def test_english_output_falls_back_and_says_so_once(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "check",
        str(SOUND),
        str(SOUND.with_name("bureau-2021.txt")),
        "--rules",
        str(pack),
        "--no-cache",
        "--jobs",
        "1",
        "--fail-on",
        "never",
    ]
    for language, times in (("en", 1), ("zh", 0)):
        status, out, err = run(capsys, *words, "--lang", language, "--format", "json")
        told = [f["message"] for file in json.loads(out)["files"] for f in file["findings"] if f["rule"] == "local.hotline"]
        assert (status, told) == (0, ["没有写到政务热线"] * 2) and err.count("local.hotline") == times
    for format in ("text", "csv"):
        _, out, err = run(capsys, *words, "--lang", "en", "--format", format)
        assert "没有写到政务热线" in out and err.count("local.hotline") == 1


def test_the_commands_about_rules_take_them(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "rules", "test", str(pack))[0] == 0
    status, out, err = run(capsys, "rules", "local.hotline", "--rules", str(pack), "--lang", "en")
    assert status == 0 and "没有写政务热线" in out and "local.hotline" in err
    assert "local.hotline" in run(capsys, "rules", "政务热线", "--rules", str(pack))[1]


def test_english_alone_and_an_empty_text_are_mistakes(tmp_path: Path) -> None:
    for number, (title, message) in enumerate((("{en: no hotline}", "a"), ("甲", "{zh: ''}"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "hotline.yaml").write_text(RULE.format(title=title, message=message), encoding="utf-8")
        with pytest.raises(PackError):
            load_book([folder])


def test_the_rules_that_come_with_the_program_have_both_languages() -> None:
    assert untranslated(load_book(()).rules) == ()


def test_an_editor_takes_them(pack: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="the schema is tested where jsonschema is installed")
    import yaml

    raw = yaml.safe_load((pack / "hotline.yaml").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(rule_schema()).validate(raw)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(rule_schema()).validate(raw | {"title": {"en": "no hotline"}})
