"""Whatever comes in, a result comes out: random streams of blocks and random bytes, no exception, and the JSON is written."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from random import Random

import pytest

from tests.support import book
from validator.model import Block, Document, FileResult, Kind, Observation, Published, Run
from validator.pipeline.check_file import examine
from validator.reporters import Options, render

LANGUAGES = ("zh", "en")
#: One test runs this many of the thousand, so that what fails is named.
BATCH = 125
WORDS = (
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况", "六、其他需要报告的事项", "七、附则", "（一）主动公开", "1.", "第三部分",
    "云岭县青石镇人民政府2023年政府信息公开工作年度报告", "2022年政府信息公开工作年度报告", "云岭县教育局", "发布日期：2024-02-31",
    "（2024年1月18日）", "统计期限自2023年1月1日起至2023年12月31日止。",
    "如有疑问，请联系（地址：青石镇中街1号，电话：0551-6512，邮编：23）。",
    "规章", "行政规范性文件", "行政许可", "行政处罚", "第二十条第（一）项", "本年收费金额（单位：万元）", "本年制发件数", "现行有效件数",
    "自然人", "法人或其他组织", "商业企业", "总计", "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量",
    "三、本年度办理结果", "（一）予以公开", "（三）不予公开", "1.属于国家秘密", "（七）总计", "四、结转下年度继续办理", "行政复议",
    "结果维持", "尚未审结", "未经复议直接起诉", "0", "3", "12", "-1", "１２", "1,060", "0.5", "若干",
    "/", "—", "", " ", "0 0 0 0", "000000", "7个0",
    "22（其中修订16件）", "99999999999999999999", "全年收到申请5件，办结3件。",
    "\u0000", "\ud800", "é\u0301", "\u202e", "｜", "\n", "\t", "{row}", "%s",
    "信息处理费", "手机13912345678", "一" * 500, "。" * 50, "（" * 200, "二〇二三年", "2023年" * 60,
)  # fmt: skip


@cache
def form_labels() -> tuple[str, ...]:
    """Every label of the forms."""
    forms = book().forms
    return tuple(
        label
        for form in forms
        for table in form.tables
        for label in (*(item.label for item in (*table.rows, *table.columns)), *(row.band or "" for row in table.rows))
    )


def text(dice: Random) -> str:
    """A word, a label, several of them, or noise."""
    kind = dice.random()
    if kind < 0.45:
        return dice.choice(WORDS)
    if kind < 0.75:
        return dice.choice(form_labels())
    if kind < 0.9:
        return dice.choice(("", " ", "\n", "，")).join(dice.choice(WORDS[:40] + form_labels()) for _ in range(dice.randrange(2, 6)))
    return "".join(chr(dice.randrange(*dice.choice(((32, 127), (0x4E00, 0x9FA5), (0x3000, 0x3040))))) for _ in range(9))


def block(dice: Random, line: int) -> Block:
    """A block of any kind, its places as readers give them or not."""
    kind = dice.choices((Kind.LINE, Kind.HEADING, Kind.CELL), (5, 1, 8))[0]
    some = lambda high: dice.choice((None, dice.randrange(1, high)))  # noqa: E731
    cell = {"table": some(4), "row": some(30), "column": some(12), "exact": dice.random() < 0.5} if kind is Kind.CELL else {}
    return Block(
        kind=kind,
        text=text(dice),
        line=line,
        offset=dice.choice((1, 1, 7)),
        level=dice.choice((None, 0, 1, 6)) if kind is Kind.HEADING else None,
        row_span=dice.choice((1, 1, 2, 9)),
        column_span=dice.choice((1, 1, 3, 40)),
        paragraph=some(50),
        cell=dice.choice((None, (1, 1, 1))),
        page=some(3),
        box=dice.choice((None, (0.0, 0.0, 1.0, 1.0))),
        **cell,  # type: ignore[arg-type]
    )


def document(dice: Random) -> Document:
    """A stream of up to 150 blocks; the lines mostly rise."""
    line, blocks = 1, []
    for _ in range(dice.choice((0, 1, 5, 40, 150))):
        blocks.append(block(dice, line))
        line += dice.choice((0, 1, 1, 1, 2, 5))
    published = Published(day=date(2024, 3, 1), source="metadata") if dice.random() < 0.2 else None
    codes = dice.sample(("picture", "attachment", "tracked-changes", "comments", "damaged-text", "several-reports", "unheard-of"), 2)
    noticed = tuple(Observation(code=code, line=dice.choice((None, 1, line, 10**6)), detail={"name": "x"}) for code in codes)
    return Document(path="x", format="text", blocks=tuple(blocks), published=published, observations=noticed)


def told(results: tuple[FileResult, ...]) -> None:
    """Every result can be shown, and no rule broke."""
    answers = [(one.rule, one.reason) for file in results for one in file.outcomes if str(one.answer) == "error"]
    assert [answer for answer in answers if answer[0] not in MAY] == []
    run = Run(files=results, rules={rule.id: rule for rule in book().rules}, fingerprint=book().fingerprint)
    for language in LANGUAGES:
        json.loads(render("json", run, Options(language=language, version="0")))  # type: ignore[arg-type]
        render("text", run, Options(language=language, version="0"))  # type: ignore[arg-type]


#: Rules whose message needs what the readers always give and these observations lack.
MAY = {"input.tracked-changes", "input.comments", "input.damaged-text", "input.several-reports"}


@pytest.mark.parametrize("start", range(0, 1000, BATCH))
def test_random_blocks(start: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from validator.pipeline import check_file

    for seed in range(start, start + BATCH):
        dice = Random(seed)
        made = document(dice)
        monkeypatch.setattr(check_file, "read_documents", lambda data, path, made=made: (made,))
        year, unit = dice.choice((None, 2019, 2023)), dice.choice((None, "云岭县教育局"))
        results = examine(b"", "x", book(), year=year, unit=unit, snippet=True)
        assert results, seed
        told(results)


@pytest.mark.parametrize("start", range(0, 1000, BATCH))
def test_random_bytes(start: int) -> None:
    # formats that another process reads (PDF, doc, rtf) have their own tests: a process for each of these would take minutes
    magic = (b"", b"", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf")
    for seed in range(start, start + BATCH):
        dice = Random(seed)
        if dice.random() < 0.5:
            raw = dice.randbytes(dice.choice((0, 1, 7, 200, 3000)))
        else:
            raw = "\n".join(text(dice) for _ in range(dice.randrange(60))).encode(dice.choice(("utf-8", "gb18030", "utf-16")), "replace")
        results = examine(dice.choice(magic) + raw, dice.choice(("x.txt", "x.docx", "x", "x.html")), book())
        assert results, seed
        told(results)
