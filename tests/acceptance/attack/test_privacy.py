"""Private numbers in disguise: found, and masked in everything that leaves the program; what only looks like them stays."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.readers.docx.word_files import cell, docx, paragraph, row, table
from tests.support import ROOT, base, book
from validator.model import FileResult, Finding, Run
from validator.pipeline.check_file import examine
from validator.reporters import READINGS, REPORTERS, Options, render, show
from validator.reporters.docx.writer import commented
from validator.text.private_numbers import covered, numbers

SHARED = ROOT.parent / "shared" / "cases" / "attack" / "private-numbers-in-disguise.txt"
HEAD = "云岭县青石镇人民政府2023年政府信息公开工作年度报告\n"
IDENTITY, MOBILE, CARD = "privacy.identity-number", "privacy.mobile-number", "privacy.bank-card"

#: As printed → the rules that speak. All are of nobody: built, with a right check digit.
DISGUISED: dict[str, list[str]] = {
    "身份证110101 19900307 1014": [IDENTITY],
    "身份证110101\u300019900307\u00a01014": [IDENTITY],
    "身份证110101-19900307-1022": [IDENTITY],
    "身份证110101——19900307——1022": [IDENTITY],
    "身份证１１０１０１１９９００３０７１０３０": [IDENTITY],
    "身份证𝟏𝟏𝟎𝟏𝟎𝟏𝟏𝟗𝟗𝟎𝟎𝟑𝟎𝟕𝟏𝟎𝟑𝟎": [IDENTITY],
    "身份证110101199\u200b003071049": [IDENTITY],
    "ID110101199003071057号": [IDENTITY],
    "身份证110101199\n003071065": [IDENTITY],
    "编号A110101199003071073": [IDENTITY],
    "身份证一一〇一〇一一九九〇〇三〇七一〇八一": [IDENTITY],
    "身份证壹壹零壹零壹壹玖玖零零叁零柒壹零捌壹": [IDENTITY],
    "证件：1.1.0.1.0.1.1.9.9.0.0.3.0.7.1.0.9.X": [IDENTITY],
    "证件：110101·19900307·109ｘ": [IDENTITY],
    "证件：110101/19900307/109X": [IDENTITY],
    "身份证1 1 0 1 0 1 1 9 9 0 0 3 0 7 1 1 0 2": [IDENTITY],
    "15位身份证110101900307123": [IDENTITY],
    "身份证一一〇一〇一九〇〇三〇七一二三": [IDENTITY],
    "身份证110101199003071102110101199003071110": [IDENTITY, IDENTITY],
    "身份证11010119900307110213812345678": [IDENTITY, MOBILE],
    "手机：138 1234 5679": [MOBILE],
    "138-1234-5680": [MOBILE],
    "138–1234–5680": [MOBILE],
    "138.1234.5680": [MOBILE],
    "+8613812345682": [MOBILE],
    "0086 138 1234 5682": [MOBILE],
    "１３８１２３４５６８３": [MOBILE],
    "手机1381234\n5684": [MOBILE],
    "一三八一二三四五六八五": [MOBILE],
    "1-3-8-1-2-3-4-5-6-8-6": [MOBILE],
    "Tel13812345687": [MOBILE],
    "李某-13812345688": [MOBILE],
    "1381234568913812345690": [MOBILE, MOBILE],
    "13812345691/13812345692": [MOBILE, MOBILE],
    "手机①③⑧①②③④⑤⑥⑦⑨": [MOBILE],
    "手机¹³⁸¹²³⁴⁵⁶⁸⁰": [MOBILE],
    "手机₁₃₈₁₂₃₄₅₆₈₁": [MOBILE],
    "身份证⑴⑴⓪⑴⓪⑴⑴⑼⑼⓪⓪⑶⓪⑺⑴⓪⑴⑷": [IDENTITY],
    "手机❶❸❽❶❷❸❹❺❻❽❷": [MOBILE],
    "手机١٣٨١٢٣٤٥٦٨٣": [MOBILE],
    "手机1\u03363\u03368\u03361\u03362\u03363\u03364\u03365\u03366\u03368\u03364": [MOBILE],
    "手机1\ufe0f\u20e33\ufe0f\u20e38\ufe0f\u20e312345685": [MOBILE],
    "手机1\u20603\u00ad8\ufeff12345\U000e0020686": [MOBILE],
    "手机08613812345687": [MOBILE],
    "手机(138)1234-5688": [MOBILE],
    "手机（138）1234（5689）": [MOBILE],
    "手机138*1234*5690": [MOBILE],
    "手机138**1234**5691": [MOBILE],
    "电话138，1234，5692": [MOBILE],
    "手机138、1234、5693": [MOBILE],
    "手机138~1234~5694": [MOBILE],
    "手机138+1234+5695": [MOBILE],
    "手机：138 - 1234 - 5696": [MOBILE],
    "手机一3八12345697": [MOBILE],
    "手机幺三八一二三四五六九八": [MOBILE],
    "邮箱13812345699@139.example": [MOBILE],
    "邮箱13812345700＠139.example": [MOBILE],
    "mailto:13812345701@139.example": [MOBILE],
    "身份证110101(19900307)1014": [IDENTITY],
    "身份证110101（19900307）1014": [IDENTITY],
    "身份证110101,19900307,1014": [IDENTITY],
    "身份证11010119900307109Ⅹ": [IDENTITY],
    "身份证11010119900307109Х": [IDENTITY],
    "身份证11010119900307109×": [IDENTITY],
    "身份证110101199003071014abc": [IDENTITY],
    "卡号6222021234567890123": [CARD],
    "6222 0212 3456 7890 128": [CARD],
    "卡号６２２２０２１２３４５６７８９０１２８": [CARD],
    "账号4111-1111-1111-1111": [CARD],
}

#: What is no such number, however like one.
FALSE_FRIENDS = [
    "国办公开办函〔2021〕30号",
    "云政发〔2023〕13812345678号",
    "电话0469-5170616、0469-5170617 5170618",
    "热线12345，400-138-1234",
    "邮编155600 138000",
    "投入13900001111元，浏览量13900001111次，达13900001111.5",
    "点击量13812345678",
    "统一社会信用代码91110105MA01234567",
    "统一社会信用代码911101017000000000",
    "2023年1月1日至2023年12月31日，2023-01-01 2023-12-31，2023.01.01-2023.12.31",
    "二〇二三年一月一日至二〇二三年十二月三十一日",
    "索引号11230523MB0123456-2023-13812",
    "索引号110101201903070017",
    "许可证号110101900307123",
    "编号2023139123456781，编号1381234568913812345690",
    "见http://www.yunling.example/art/2023/13812345678/110101199003071014.html",
    "微信号wx13812345678，公众号gh_13812345678",
    "1 3 8 0 0 0 0 0 0 0 0",
    "13 8 0 0 0 0 0 0 0 0",
    "139 0 0 0 0 0 0 0 139",
    "138 1234 5679 0 12",
    "编号6222021234567890128",
    "一二三四五六七八九一二三四五六七八九",
    "①公开②申请③复议④诉讼⑤⑥⑦⑧⑨①②③④⑤⑥⑦⑧⑨",
    "注释¹、²、³、⁴、⁵、⁶、⁷、⁸、⁹、¹⁰、¹¹、¹²、¹³",
    "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑴⑵⑶⑷",
    "一1二2三3四4五5六6七7八8九9，二〇二三年1月1日，二〇二三1231",
    "手机报138期，1234份，5679人次；接听电话138，1234，5679次；联系群众138、1234、5679人次",
    "电话（0578）6512306，传真（0578）6512307，0578-6512306转8001",
    "统一社会信用代码：11330109MB1234567X，统一社会信用代码：12330109470300123H",
    "邮箱qsz2023@163.com，1234567890@qq.com，zfb_13812345679@163.com，yl13812345678@163.com",
    "面积13812×345.67，12345678901234567×8，1×2×3×4",
    "公开目录号110101,19900307,1014，桩号K138+1234+5679，项目代码2301-330109-04-01-123456",
    "工单202313812345678，ISBN 978-7-301-12345-6，IP 192.168.138.123",
]


def found(text: str) -> list[Finding]:
    result = examine(f"{HEAD}一、总体情况\n{text}。\n".encode(), "report.txt", book(), snippet=True)[0]
    return [finding for finding in result.findings if finding.category == "privacy"]


@pytest.mark.parametrize("text", DISGUISED)
def test_disguised_numbers_are_found(text: str) -> None:
    told = found(text)
    assert [finding.rule for finding in told] == sorted(DISGUISED[text], key=[IDENTITY, CARD, MOBILE].index)
    assert all("*" in (finding.location.excerpt or "") for finding in told)


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_what_only_looks_like_a_private_number(text: str) -> None:
    assert found(text) == []
    assert covered(text) == text


@pytest.mark.parametrize("figures", ["13900001111", "1390000111", "13800000000013", "139 0000 1111"])
def test_figures_run_together_in_a_table_are_no_telephone(figures: str) -> None:
    label = "一、本年新收政府信息公开申请数量"
    text = base()
    assert label in text
    line = next(line for line in text.splitlines() if line.startswith(label))
    result = examine(text.replace(line, f"{label}\t{figures}").encode(), "report.txt", book())[0]
    assert [finding for finding in result.findings if finding.category == "privacy"] == []


def test_figures_below_each_other_are_no_telephone() -> None:
    assert found("一、本年新收\n1390\n0001111\n二、上年结转\n139\n0000\n1111") == []


def test_numbers_in_word_files_and_pages() -> None:
    body = paragraph(HEAD.strip()) + paragraph("一、总体情况") + paragraph("证件110101-19900307-1022") + paragraph("手机138 1234 5679")
    word = docx(body + table(row(cell("姓名"), cell("证件")), row(cell("李某"), cell("身份证１１０１０１１９９００３０７１０３０"))))
    page = (
        f"<html><body><h1>{HEAD}</h1><p>一、总体情况</p><p>证件110101-<b>19900307</b>-1022</p><p>手机138&nbsp;1234&nbsp;5679</p>"
        "<table><tr><td>姓名</td><td>证件</td></tr><tr><td>李某</td><td>身份证１１０１０１１９９００３０７１０３０</td></tr></table></body></html>"
    )
    for name, data in (("报告.docx", word), ("报告.html", page.encode())):
        result = examine(data, name, book(), snippet=True)[0]
        told = sorted(finding.rule for finding in result.findings if finding.category == "privacy")
        assert told == [IDENTITY, IDENTITY, MOBILE], name


# ------------------------------------------------------------------------------------------------------ nothing shows them

#: Each stands there twice: the second one has no finding of its own.
TEXT = (
    HEAD
    + "一、总体情况\n"
    + "".join(f"{text}。\n再次写到{text}，附后。\n" for text in DISGUISED)
    + "XX村公开信息16条，其中动态9条、公告9条。\n"
)


def pieces(text: str) -> list[str]:
    """What of the numbers in the text may be shown nowhere: most of each, as printed."""
    held = [text[one.start : one.end] for one in numbers(text)]
    return [part for words in held for line in words.split("\n") if len(part := line[3:-2]) >= 4]


@cache
def _run(data: bytes, name: str, only: tuple[str, ...] | None = None) -> Run:
    files = examine(data, name, book(), selected=only)
    return Run(files=files, rules={rule.id: rule for rule in book().rules}, fingerprint="0" * 64)


def _shown(output: str | bytes) -> str:
    """What a reader can come upon: of an archive the text of its parts, pieces of one text joined; markup taken out too."""
    if isinstance(output, str):
        return output + re.sub(r"<[^>]*>", "", output) + output.replace("\\n", "\n")
    if not output.startswith(b"PK"):
        return output.decode("utf-8-sig")
    told = []
    with ZipFile(BytesIO(output)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8", "replace")
            told += [name, text, re.sub(r"<[^>]*>", "", text)]
    return "\n".join(told)


def _leaks(output: str, text: str) -> list[str]:
    return [piece for piece in pieces(text) if piece in output]


@pytest.mark.parametrize("name", [*REPORTERS])
def test_no_format_shows_a_disguised_number(name: str) -> None:
    assert len(pieces(TEXT)) >= 2 * len(DISGUISED)
    output = _shown(render(name, _run(TEXT.encode(), "report.txt"), Options(version="1", width=300, statistics=True)))
    assert IDENTITY in output and _leaks(output, TEXT) == []


@pytest.mark.parametrize("name", ["text", "html", "json"])
def test_without_the_rules_on_privacy_nothing_is_shown_either(name: str) -> None:
    output = _shown(render(name, _run(TEXT.encode(), "report.txt", ("wording", "narrative", "structure")), Options(version="1", width=300)))
    assert IDENTITY not in output and _leaks(output, TEXT) == []


@pytest.mark.parametrize("name", [*READINGS])
def test_no_reading_shows_a_disguised_number(name: str) -> None:
    assert _leaks(_shown(show(name, _run(TEXT.encode(), "report.txt").files)), TEXT) == []


def test_a_reading_shows_no_mobile_number_of_the_contact() -> None:
    text = base().replace("0578-6512306", "13800005678")
    read = show("json", _run(text.encode(), "report.txt").files)
    assert "138******78" in read and "13800005678" not in read
    assert "0578-6512306" in show("json", _run(base().encode(), "report.txt").files)


def test_the_commented_copy_masks_its_comments_and_keeps_the_report() -> None:
    lines = TEXT.strip().split("\n")
    data = docx("".join(paragraph(line) for line in lines), styles=" ", numbering=" ")
    files: tuple[FileResult, ...] = tuple(examine(data, "报告.docx", book()))
    run = Run(files=files, rules={rule.id: rule for rule in book().rules}, fingerprint=book().fingerprint)
    with ZipFile(BytesIO(commented(data, files, run, Options(version="1")))) as archive:
        text = re.sub(r"<[^>]*>", "", archive.read("word/document.xml").decode())
        comments = re.sub(r"<[^>]*>", "", archive.read("word/comments.xml").decode())
    assert all(line in text for line in lines)
    assert IDENTITY in comments and _leaks(comments, TEXT) == []


@pytest.mark.skipif(not SHARED.exists(), reason="the cases are not here (../shared/cases)")
@pytest.mark.parametrize("name", [*REPORTERS, *(f"read {name}" for name in READINGS)])
def test_the_case_file_shows_nothing(name: str) -> None:
    text = SHARED.read_text(encoding="utf-8")
    run = _run(SHARED.read_bytes(), SHARED.name)
    output = show(name.removeprefix("read "), run.files) if name.startswith("read") else render(name, run, Options(version="1", width=300))
    assert len(pieces(text)) >= 19 and _leaks(_shown(output), text) == []
    rules = [finding.rule for finding in run.files[0].findings]
    assert (rules.count(IDENTITY), rules.count(MOBILE), rules.count(CARD)) == (13, 6, 1)


def test_places_and_covers_are_as_long_as_what_is_printed() -> None:
    for text in DISGUISED:
        shown = covered(f"前{text}后")
        assert len(shown) == len(text) + 2 and shown.count("\n") == text.count("\n")
        assert shown[0] == "前" and shown[-1] == "后" and not _leaks(shown, text)


def test_the_command_masks_too(tmp_path: Path) -> None:
    from validator.cli.main import main

    path, told = tmp_path / "报告.txt", tmp_path / "结果.html"
    path.write_text(TEXT, encoding="utf-8")
    assert main(["check", "--no-cache", "--format", "html", "--output", str(told), str(path)]) in (1, 2)
    assert _leaks(_shown(told.read_text(encoding="utf-8")), TEXT) == []
