"""Personal data: what is one, what only looks like it, and that no output shows it."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support import book
from validator.cli.main import main
from validator.engine.locations import hidden
from validator.model import Finding, Run, Severity
from validator.pipeline.check_file import examine
from validator.reporters import READINGS, REPORTERS, Options, render, show

HEAD = "云岭县青石镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n"
#: Valid by check digit, of nobody: the examples of textbooks and built ones.
NUMBER = "11010519491231002X"


def identity(area: str, born: str, serial: str) -> str:
    body = area + born + serial
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def found(text: str, head: str = HEAD) -> list[Finding]:
    result = examine((head + text + "\n").encode(), "report.txt", book(), snippet=True)[0]
    return [finding for finding in result.findings if finding.category == "privacy"]


def rules(text: str, head: str = HEAD) -> list[str]:
    return [finding.rule for finding in found(text, head)]


def test_identity_numbers_by_their_check_digit() -> None:
    assert identity("110105", "19491231", "002") == NUMBER
    for number in (NUMBER, NUMBER.lower(), identity("230523", "19900101", "123"), identity("440301", "20011130", "777")):
        assert rules(f"身份证号{number}。") == ["privacy.identity-number"], number
        wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
        assert rules(f"身份证号{wrong}。") == [], wrong
    assert rules("身份证号１１０１０５１９４９１２３１００２Ｘ。") == ["privacy.identity-number"]
    assert rules("身份证号110105 19491231 002X。") == ["privacy.identity-number"]
    assert rules("一、本年新收政府信息公开申请数量\t" + NUMBER) == ["privacy.identity-number"]


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码91110105MA01234567。",
        "编号110105194912310021。",
        f"见http://www.yunling.example/{NUMBER}.html。",
        f"序列号{NUMBER}7。",
        "身份证号110105********002X。",
        "证书编号110105199913450023。",
    ],
)
def test_what_is_no_identity_number(text: str) -> None:
    assert rules(text) == []


def test_mobile_numbers_outside_the_contact_block() -> None:
    assert rules("答复李某（13912345678）。") == ["privacy.mobile-number"]
    assert rules("答复李某（139-1234-5678）。") == ["privacy.mobile-number"]
    contact = HEAD.split("\n")[0] + "\n如对本报告有疑问，请与青石镇党政办联系（地址：青石镇正街1号，电话：13912345678）。\n一、总体情况\n"
    assert rules("公开信息20条。", contact) == []
    assert rules("答复李某（13987654321）。", contact) == ["privacy.mobile-number"]
    for text in ("投入13912345678元。", "电话0469-5170616。", "编号2023139123456781。", "流水20231391234567.5。"):
        assert rules(text) == [], text


def test_bank_cards_by_luhn() -> None:
    assert rules("发至卡号6222021234567890128。") == ["privacy.bank-card"]
    assert rules("发至账号6222021234567890129。") == []
    assert rules("银行账号4111111111111111。") == ["privacy.bank-card"]
    assert rules("索引号4111111111111111。") == []


@pytest.mark.parametrize(
    "text", ["申请人李建国提出的申请", "申请人王小梅，要求公开", "收到赵志强提交的政府信息公开申请", "申请人：欧阳明华。"]
)
def test_applicants_by_full_name(text: str) -> None:
    assert rules(text) == ["privacy.applicant"]


@pytest.mark.parametrize(
    "text",
    [
        "组长李建国，副组长王小梅。",
        "联系人张三丰。",
        "申请人李某提出申请。",
        "申请人张××提出申请。",
        "申请人应当补正。",
        "申请人要求公开。",
        "申请人向我镇申请。",
        "申请人方便快捷地申请。",
        "申请人满意。",
        "申请人陈述，意见。",
        "申请人许可。",
        "申请人于2023年提出。",
        "申请人高度认可。",
        "申请人何时提出。",
        "收到申请人提出的申请。",
        "收到企业提出的政府信息公开申请。",
        "收到江苏提出的申请。",
        "申请人马上收到答复。",
        "收到上级关于规范申请的通知。",
        "办理程序中的申请。",
        "申请人姓名、联系方式。",
        "申请人全部满意，",
        "申请人常用网络。",
    ],
)
def test_who_is_not_named_as_an_applicant(text: str) -> None:
    assert rules(text) == []


def test_the_message_never_repeats_the_value() -> None:
    for finding in found(f"申请人李建国，身份证号{NUMBER}，手机13912345678，卡号6222021234567890128。"):
        told = str(finding.message) + str(finding.advice) + str(finding.location.excerpt) + str(finding.actual)
        for value in ("李建国", NUMBER, "13912345678", "6222021234567890128"):
            assert value not in told, finding.rule


REPORT = (
    HEAD + f"答复申请人张某（身份证号{NUMBER}，证号１１０１０５１９４９１２３１００２Ｘ、110105 19491231 002X）的申请，"
    "XX村最多，公开信息16条，其中动态9条、公告9条。\n"
    f"{NUMBER}\n二、主动公开政府信息情况\n规章\t{NUMBER}\t0\t0\n行政规范性文件\t110105194912310021\t0\t0\n六、其他需要报告的事项\n{NUMBER}，联系人。\n"
)
TRACES = (NUMBER, NUMBER.lower(), "１１０１０５１９４９１２３１００２", "110105 19491231 002X", "0519491231002")


def _run(only: tuple[str, ...] | None = None) -> Run:
    files = examine(REPORT.encode(), "report.txt", book(), selected=only)
    return Run(files=files, rules={rule.id: rule for rule in book().rules}, fingerprint="0" * 64, fail_on=Severity.ERROR)


def _shown(output: str | bytes) -> str:
    """What a reader can come upon: of an archive the text of its parts, pieces of one text joined, and what the markup hides."""
    if isinstance(output, str):
        return output
    if not output.startswith(b"PK"):
        return output.decode("utf-8-sig")
    told = []
    with ZipFile(BytesIO(output)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8", "replace")
            told += [name, text, re.sub(r"<[^>]*>", "", text)]
    return "\n".join(told)


@pytest.mark.parametrize("name", [*REPORTERS])
@pytest.mark.parametrize("only", [None, ("wording", "structure", "table")], ids=["all rules", "without privacy"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_format_shows_an_identity_number(name: str, only: tuple[str, ...] | None, language: str) -> None:
    run = _run(only)
    for options in (Options(language=language, version="1"), Options(language=language, version="1", width=300, statistics=True)):  # type: ignore[arg-type]
        output = _shown(render(name, run, options))
        assert len(output) > 100 and "report.txt" in output
        assert not [trace for trace in TRACES if trace in output]
        if name == "json":
            json.loads(output)


@pytest.mark.parametrize("name", [*READINGS])
def test_no_reading_shows_an_identity_number(name: str) -> None:
    output = show(name, _run().files)
    assert len(output) > 100 and not [trace for trace in TRACES if trace in output]
    if name == "json":
        json.loads(output)


def test_the_command_shows_no_identity_number(tmp_path: Path) -> None:
    path, told = tmp_path / "报告.txt", tmp_path / "结果.txt"
    path.write_text(REPORT, encoding="utf-8")
    assert main(["check", "--no-cache", "--output", str(told), str(path)]) in (1, 2)
    output = told.read_text(encoding="utf-8")
    assert "privacy.identity-number" in output and not [trace for trace in TRACES if trace in output]


def test_hidden_keeps_what_is_no_identity_number() -> None:
    assert hidden(f"号码{NUMBER}。") == "号码1101************2X。"
    for text in (
        "流水号123456789012345678901",
        "编号999999999999999999",
        "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
        '"sha256": "1234567890123456789012345678901234567890"',
    ):
        assert hidden(text) == text
    assert hidden('{"value": 110105194912310021}') == '{"value": null}'
