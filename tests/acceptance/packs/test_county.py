"""The county pack that comes with the program: off until somebody names it, then the county's own demands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import base
from validator.cli.main import main
from validator.examples.differences import difference
from validator.examples.runner import run_examples
from validator.model import Severity
from validator.rulebook import load_book, ready_packs
from validator.rulebook.example_schema import examples_of

PACK = ready_packs()["county"]
SOUND = base()
POSTCODE, EMAIL = "，邮编：323812", "，电子邮箱：qszzf@yunlingxian.gov.cn"
NO_CONTACT = "云岭县青石镇人民政府2023年政府信息公开工作年度报告\n\n" + SOUND[SOUND.index("一、总体情况") :]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], text: str, settings: str = "", *words: str) -> dict[str, tuple[str, str, bool]]:
    """Rule → severity, message, whether the county asked for it."""
    Path("a.txt").write_text(text, encoding="utf-8")
    Path("nianbao.yaml").write_text(settings, encoding="utf-8")
    status = main(["check", "a.txt", "--no-cache", "--format", "json", "--fail-on", "never", *words])
    out, err = capsys.readouterr()
    assert status == 0, err
    findings = json.loads(out)["files"][0]["findings"]
    assert len({one["rule"] for one in findings}) == len(findings)
    return {one["rule"]: (one["severity"], one["message"], any(basis["kind"] == "county" for basis in one["basis"])) for one in findings}


def test_all_examples_of_the_pack_come_out_as_they_say() -> None:
    book = load_book((PACK,), examples=True)
    own = {rule.id: rule for rule in book.rules if rule.pack}
    assert len(own) == 8
    results = list(run_examples(book, (PACK,), wanted=lambda rule: rule.id in own))
    assert not [difference(result) for result in results if not result.ok]
    for rule in own.values():
        assert len(list(examples_of(rule, "pass"))) >= 2 and len(list(examples_of(rule, "fail"))) >= 2, rule.id
        assert any(basis.kind == "county" and basis.asked for basis in rule.basis) or rule.id == "structure.generic-problem"


def test_it_is_off_until_it_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(capsys, SOUND) == {}
    assert check(capsys, NO_CONTACT)["contact.missing"][0] == "note"
    named = check(capsys, NO_CONTACT, "rules: {packs: [county]}\n")
    assert named["contact.missing"][0] == "error"
    assert named["structure.overview-channels"][0] == named["structure.overview-interpretations"][0] == "warning"
    assert "structure.overview-documents" not in named  # section 1 gives all three
    assert check(capsys, NO_CONTACT, "", "--rules", "county").keys() == named.keys()


def test_what_the_contact_lacks_is_one_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SOUND.replace(POSTCODE, "").replace(EMAIL, "")
    assert check(capsys, text) == {}  # nobody asked
    assert check(capsys, text, "rules: {packs: [county], ignore: [structure]}\n") == {
        "contact.missing-details": ("error", "联系方式缺邮编、邮箱", True)
    }
    asked = check(capsys, text, "rules: {severity: {contact.missing-details: warning}}\n")
    assert asked == {"contact.missing-details": ("warning", "联系方式缺邮编、邮箱", True)}
    assert check(capsys, text, "", "--select", "contact.missing-details").keys() == {"contact.missing-details"}
    assert check(capsys, text, "", "--select", "contact.missing-postcode").keys() == {"contact.missing-postcode"}
    assert check(capsys, text, "rules: {severity: {contact.missing-email: note}}\n").keys() == {"contact.missing-email"}
    assert check(capsys, text, "rules: {select: [contact.missing-email]}\n").keys() == {"contact.missing-email"}
    assert check(capsys, text, "rules: {severity: {contact: warning}}\n") == {}  # a category asks for nothing that is off
    assert check(capsys, text, "", "--select", "contact") == {}


def test_a_folder_of_that_name_goes_before_the_pack(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "county").mkdir()
    (here / "county" / "missing-email.yaml").write_text("id: contact.missing-email\noverride: true\nseverity: error\n", encoding="utf-8")
    assert check(capsys, SOUND.replace(EMAIL, ""), "rules: {packs: [county]}\n").keys() == {"contact.missing-email"}


def test_a_county_may_change_what_the_pack_says(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = check(capsys, SOUND, "rules: {packs: [county], severity: {structure.overview-channels: note}}\n")
    assert told["structure.overview-channels"][0] == "note"
    assert "structure.overview-channels" not in check(capsys, SOUND, "rules: {packs: [county], ignore: [structure.overview-channels]}\n")


@pytest.mark.parametrize(
    ("name", "words"), [("conty", "随程序附带的规则包叫 county"), ("nothing", "没有这个规则文件夹"), ("./county", "规则包叫 county")]
)
def test_a_pack_that_is_not_there_is_told(name: str, words: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.txt").write_text(SOUND, encoding="utf-8")
    (here / "nianbao.yaml").write_text(f"rules: {{packs: [{name}]}}\n", encoding="utf-8")
    assert main(["check", "a.txt", "--no-cache"]) == 2
    assert words in capsys.readouterr().err


def test_settings_and_rules_name_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "nianbao.yaml").write_text("county: 云岭县\nrules:\n  packs: [county]\n", encoding="utf-8")
    assert main(["config", "--format", "json", "--no-cache"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["packs"] == {"value": ["county"], "from": {"flag": None, "file": "nianbao.yaml", "line": 3}}
    assert told["rules"]["value"]["changed"] == 5
    assert main(["rules", "structure.overview-channels"]) == 0
    assert "rules/ready/county/structure/overview-channels.yaml" in capsys.readouterr().out
    assert main(["rules", "test", "county"]) == 0
    assert "8 条规则" in capsys.readouterr().out


def test_it_demands_more_and_nothing_less() -> None:
    plain, asked = ({rule.id: rule for rule in load_book(packs).rules} for packs in ((), (PACK,)))
    weight = [Severity.NOTE, Severity.WARNING, Severity.ERROR]
    changed = {name for name in plain if plain[name].severity != asked[name].severity}
    assert changed == {
        "contact.missing", "contact.missing-phone", "contact.missing-address", "contact.missing-details", "structure.generic-problem",
    }  # fmt: skip
    assert all(weight.index(asked[name].severity) > weight.index(plain[name].severity) for name in changed)
