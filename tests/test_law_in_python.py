"""Law stands in rules/, sentences in validator/messages/: what Chinese is left in the program is language, and is listed here.

Language is what holds for any Chinese text: numerals, the calendar, conjunctions, marks of lists. Whatever a notice, a form or an office
could word otherwise tomorrow (headings, topics, kinds of unit, titles, days) is law and belongs into YAML.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.support import ROOT

PROGRAM = ROOT / "validator"
#: Characters that may stand in any module: numerals, the calendar, spans of time, conjunctions, marks of lists, and the ends of ranges of
#: characters (所有汉字: 一-鿿, 㐀-鿿, 豈-﫿).
NUMERALS = "〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟"
CALENDAR = "年月日号时点度底末"
SPANS = "至到起始止自从"
JOINING = "和与及或以"
LISTS = "第是部分"
RANGES = "\u2e80\u3400\u9fff\uf900\ufaff\u8c48"
LANGUAGE = frozenset(NUMERALS + CALENDAR + SPANS + JOINING + LISTS + RANGES)
#: What single modules have beside that, each with its reason. Nothing of it is in a notice or a form.
ALLOWED: dict[str, tuple[str, str]] = {
    "base/pumping.py": ("any Chinese character, to try expressions with", "文"),
    "checks/text/punctuation.py": ("一是 that is no item of a list: 一是否", "否 不是"),
    "parsing/contact/fields.py": (
        "what ends an address, and what follows six digits that are no postcode",
        "东西南北 侧 公 大道 室 层 年万元件条 楼 街 路 院内",
    ),
    "parsing/report/cell_states.py": (
        "measure words behind a figure, and words for none, more and less",
        "万元 个 个工作日 人 人次 亿元 件 件次 份 例 元 减 减少 增 增加 天 宗 无 期 条 次 空 篇 项",
    ),
    "parsing/report/headings.py": (
        "how a sentence begins, which a heading does not",
        "一方面 主要 今年 元 全 存在 我 截至 按照 无 本 根据 没有 目前 除",
    ),
    "parsing/report/cutting.py": ("a figure may be of money", "元"),
    "parsing/report/line_cells.py": ("a figure may be of money", "元"),
    "parsing/report/paragraph_lexemes.py": ("what stands under a table: notes, attachments", "注 附件"),
    "parsing/report/vocabulary.py": ("他 and 它 are taken for each other in 其他", "他 他它 它"),
    "readers/decode.py": ("frequent characters, to guess an encoding by", "的政府信息公开年工作情况报告本月日"),
    "readers/docx/numerals.py": ("ways in which Word counts: stems and branches", "甲乙丙丁戊己庚辛壬癸 子丑寅卯辰巳午未申酉戌亥"),
    "readers/docx/placing.py": ("what Word calls a watermark", "水印"),
    "readers/docx/prompts.py": ("what Word writes into an empty control", "占位符文本"),
    "readers/docx/styles.py": ("what Word calls its styles", "标题 目录"),
    "readers/pdf/borderless_tables.py": ("a cell that says none", "无"),
    "readers/pdf/cells.py": ("a cell that says none", "无"),
    "readers/pdf/layout.py": ("numbers of pages: 第 3 页 共 9 页", "共 页"),
    "readers/pdf/lines.py": ("how parts of any paper are numbered", "章节条部"),
    "readers/pdf/raised.py": ("marks of notes", "注"),
    "readers/published.py": ("labels of a web page for its day, read before any rule", "信息 公布 公开 发布 发表 日期 时间 期"),
    "reporters/__init__.py": ("what a commented copy is called, as the contract says", "勿报送 检查意见"),
    "reporters/xlsx/cells.py": ("a typeface", "宋体"),
    "text/dates.py": ("words of the calendar", "为 全年 截 整年 月份 止于 的 起始开"),
    "text/numbers_in_text.py": ("ordinals and years: 第3, 之三, 上年, 本年", "上 下 元 本 第之数几"),
    "text/numerals.py": ("one as it is said in numbers of telephones", "幺"),
    "text/digit_runs.py": (
        "what a number of a person is called, and what numbers are not one; masked in every output, with or without rules",
        "一卡通 余多次人条件份个户亩吨千百米元 为 代码 信用代码 信用卡 储蓄卡 公民身份 公里 单 "
        "卡号 受理 号户 合计 存折 平方 序列 开户 总计 手机 批 文 机构代码 案 流水 电话 登记 社保卡 索引 编 美元 联系 致电 许可证 证书 "
        "证件 账帐 身份号 身份证 达为是共约超近逾 达共约超近逾 量额数金资 银行 银行卡",
    ),
}
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff〇]+")


def _literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts of a module that are no docstrings."""
    parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not isinstance(parents[node], ast.Expr):
            yield node.lineno, node.value


def law(source: str, allowed: frozenset[str] = frozenset()) -> list[tuple[int, str]]:
    """The words of a module's texts that are neither language nor allowed, with their lines."""
    return [
        (line, word)
        for line, text in _literals(ast.parse(source))
        for word in _HAN.findall(text)
        if word not in allowed and not set(word) <= LANGUAGE
    ]


@pytest.mark.parametrize("path", [path.relative_to(PROGRAM).as_posix() for path in sorted(PROGRAM.rglob("*.py"))])
def test_no_law_in_python(path: str) -> None:
    _, words = ALLOWED.get(path, ("", ""))
    found = law((PROGRAM / path).read_text(encoding="utf-8"), frozenset(words.split()))
    assert not found, f"validator/{path}: {found}: law belongs into rules/, sentences into validator/messages/"


@pytest.mark.parametrize("path", ALLOWED)
def test_nothing_is_allowed_that_is_not_there(path: str) -> None:
    reason, words = ALLOWED[path]
    found = {word for _, word in law((PROGRAM / path).read_text(encoding="utf-8"))}
    assert reason and set(words.split()) == found


@pytest.mark.parametrize("source", ['TOPICS = ("行政复议",)', 'expression(r"人民政府$|街道")', 'f"{year}年政府信息公开工作年度报告"'])
def test_law_would_be_found(source: str) -> None:
    assert law(source)


@pytest.mark.parametrize("source", ['"""行政复议"""', "# 街道", 'expression(r"[一二三]{1,3}、|第十部分")', 'f"{year}年{month}月"'])
def test_language_may_stand(source: str) -> None:
    assert not law(source)
