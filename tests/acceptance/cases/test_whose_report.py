"""Whose report it is, of which year, which parts it has: our own cases, kind by kind, each with controls that must still be found."""

from __future__ import annotations

import pytest

from tests.support import base, changed

from .whose_report import Expected, check, judge

_TOWN = "云岭县青石镇人民政府2023年政府信息公开工作年度报告"
_BUREAU = "云岭县教育局2023年政府信息公开工作年度报告"
_SIX = (1, 2, 3, 4, 5, 6)
_MISSING = "structure.missing-section"
_UNIT = "云岭县教育局"
_NOBODY = "政府信息公开工作年度报告"


def town(*changes: tuple[str, str], append: str = "") -> str:
    """The sound report of a town, changed."""
    return changed(base("sound-2021"), changes) + append


def bureau(*changes: tuple[str, str], append: str = "") -> str:
    """The sound report of a bureau, changed."""
    return changed(base("bureau-2021"), changes) + append


def _heading(words: str) -> tuple[str, str]:
    return "一、总体情况", words


_ASPECTS = {
    "（一）主动公开。": "二、主动公开\n",
    "（二）依申请公开。": "三、依申请公开\n",
    "（三）政府信息管理。": "四、政府信息管理\n",
    "（四）政府信息公开平台建设。": "五、政府信息公开平台建设\n",
    "（五）监督保障。": "六、监督保障\n",
}
_ANEW = [
    ("二、主动公开政府", "一、主动公开政府"),
    ("三、收到和处理政府信息公开申请情况", "二、收到和处理政府信息公开申请情况"),
    ("四、政府信息公开行政复议", "三、政府信息公开行政复议"),
    ("五、存在的主要问题", "四、存在的主要问题"),
    ("六、其他需要", "五、其他需要"),
]
_AS_PARTS = [*_ANEW, *_ASPECTS.items(), ("一、总体情况\n", "一、总体情况\n全年公开工作平稳。\n")]

CASES: dict[str, tuple[str, Expected]] = {
    # the first part under any words
    "a synopsis": (town(_heading("一、工作综述")), Expected(parts=_SIX, silent=[_MISSING], only=True)),
    "of the town": (town(_heading("一、全镇政务公开工作的基本情况")), Expected(parts=_SIX, silent=[_MISSING], only=True)),
    "words nobody knows": (
        town(_heading("一、聚焦民生抓公开")),
        Expected(parts=_SIX, says={"structure.heading-wording": "warning"}, silent=[_MISSING]),
    ),
    "glued to a bracket": (
        town(("qszzf@yunlingxian.gov.cn）。\n\n一、总体情况", "qszzf@yunlingxian.gov.cn）。一、总体情况")),
        Expected(parts=_SIX, only=True),
    ),
    "a note on the type": (
        bureau(_heading("一、总体情况（仿宋_GB2312三号）")),
        Expected(parts=_SIX, says={"wording.guidance-left-in": "warning"}, silent=[_MISSING], only=True),
    ),
    "control: no first part": (town(("一、总体情况\n", "")), Expected(says={_MISSING: "error"})),
    "control: no fifth part": (town(("五、存在的主要问题及改进情况", "")), Expected(says={_MISSING: "error"})),
    # aspects that are numbered like parts
    "aspects as parts": (
        town(*_AS_PARTS),
        Expected(
            parts=_SIX,
            says={"structure.section-number": "warning"},
            silent=["structure.extra-section", "structure.missing-aspect"],
            only=True,
        ),
    ),
    "control: a part more": (
        town(append="\n七、2024年工作思路\n继续做好政府信息公开工作。"),
        Expected(says={"structure.extra-section": "warning"}),
    ),
    "control: a numeral twice": (
        town(("六、其他需要报告的事项", "五、其他需要报告的事项")),
        Expected(says={"structure.section-number": "warning"}),
    ),
    # titles
    "about the state of things": (
        bureau((_BUREAU, "云岭县教育局关于2023年政府信息公开工作情况的报告")),
        Expected(unit=_UNIT, year=2023, silent=["identity.missing-title"]),
    ),
    "a mark before it": (bureau((_BUREAU, "首页\n>机构概况>年报专栏\n【转载】" + _BUREAU)), Expected(unit=_UNIT, year=2023, only=True)),
    "a dot before it": (town((_TOWN, "•部门信息公开年报\n•" + _TOWN)), Expected(unit="云岭县青石镇人民政府", only=True)),
    "the unit below, in brackets": (bureau((_BUREAU, "2023年" + _NOBODY + "\n（云岭县教育局）")), Expected(unit=_UNIT, only=True)),
    "the unit below, alone": (bureau((_BUREAU, "2023年" + _NOBODY + "\n云岭县教育局")), Expected(unit=_UNIT, unit_from="title")),
    "the unit above": (bureau((_BUREAU, "云岭县教育局\n2023年" + _NOBODY)), Expected(unit=_UNIT, unit_from="title", only=True)),
    "the title twice, the unit above the first": (
        bureau((_BUREAU, "云岭县教育局\n2023年" + _NOBODY + "\n2023年" + _NOBODY)),
        Expected(unit=_UNIT, unit_from="title", silent=["identity.title-form"]),
    ),
    "a note behind the unit": (bureau((_BUREAU, "云岭县教育局（机关本级）2023年" + _NOBODY)), Expected(kind="department", level="county")),
    "control: no title": (town((_TOWN, "")), Expected(says={"identity.missing-title": "error"})),
    # who and when, where the title does not say
    "it is published": (
        bureau((_BUREAU, "现向社会公布云岭县教育局2023年度政府信息公开工作年度报告。")),
        Expected(unit=_UNIT, unit_from="opening", year=2023),
    ),
    "it is signed on one line": (bureau((_BUREAU, ""), append="\n云岭县教育局 2024年1月12日"), Expected(unit=_UNIT, unit_from="signature")),
    "it is signed": (
        bureau((_BUREAU, ""), append="\n云岭县教育局\n二〇二四年一月十二日"),
        Expected(unit=_UNIT, unit_from="signature", year=2023),
    ),
    # where it is silent
    "written by its office": (
        bureau((_BUREAU, ""), ("编制本报告。", "编制本报告。本年度报告由云岭县人民政府办公室根据全县各单位情况汇总编制。")),
        Expected(year=2023),
    ),
    # kinds
    "a zone": (
        bureau((_BUREAU, _BUREAU.replace(_UNIT, "云岭高新区"))),
        Expected(kind="committee", silent=["structure.missing-accountability"]),
    ),
    "a farm": (
        bureau((_BUREAU, _BUREAU.replace(_UNIT, "云岭农场"))),
        Expected(kind="institution", silent=["structure.missing-accountability"]),
    ),
    "the weather": (bureau((_BUREAU, _BUREAU.replace(_UNIT, "云岭县气象局"))), Expected(kind="vertical", level="county")),
    "a reserve": (bureau((_BUREAU, _BUREAU.replace(_UNIT, "云岭自然保护区"))), Expected(kind="committee")),
    "control: a district": (
        town(
            (_TOWN, _TOWN.replace("云岭县青石镇", "云岭市宣州区")),
            ("工作考核", "工作"),
            ("社会评议", "意见征集"),
            ("被责任追究", "被投诉"),
            ("年度工作，占3分", "年度工作"),
        ),
        Expected(kind="government", level="county", says={"structure.missing-accountability": "warning"}),
    ),
    "a district with 州 in its name": (bureau((_BUREAU, _BUREAU.replace(_UNIT, "云岭市永州区水务局"))), Expected(level="county")),
    # names that are none
    "parts of a report": (
        bureau(("本报告包括总体情况", "本报告内容主要由政府信息公开总体情况")),
        Expected(silent=["identity.unit-mismatch"], only=True),
    ),
    "a place before a list": (
        bureau(("（一）主动公开。", "（一）主动公开。发布云岭县2023年招生计划清单，公开办学信息12条。")),
        Expected(silent=["identity.unit-mismatch"]),
    ),
    "control: a neighbour's report": (
        town(("本报告根据", "现公布竹溪镇2023年政府信息公开工作年度报告。本报告根据")),
        Expected(says={"identity.unit-mismatch": "warning"}),
    ),
    "the ministry's work": (
        bureau(("（一）主动公开。", "（一）主动公开。2023年生态环境部政府信息公开工作成效明显。")),
        Expected(says={"identity.unit-mismatch": "warning"}, words=["生态环境部"]),
    ),
    "what the ministry asked for": (
        bureau(("（一）主动公开。", "（一）主动公开。按照教育部政务公开工作要点，逐项落实。")),
        Expected(silent=["identity.unit-mismatch"], only=True),
    ),
    "the province leads": (
        town(("（五）监督保障。", "（五）监督保障。在浙江省人民政府办公厅的正确领导下，")),
        Expected(says={"identity.unit-mismatch": "note"}, only=True),
    ),
    # our own office
    "our office": (bureau(("请与云岭县教育局办公室联系", "请与本局办公室联系")), Expected(silent=["contact.other-unit"], only=True)),
    "the zone's office": (
        bureau((_BUREAU, _BUREAU.replace(_UNIT, "云岭经开区")), ("请与云岭县教育局办公室联系", "请与区管委会办公室联系")),
        Expected(silent=["contact.other-unit"]),
    ),
    "control: another's office": (
        bureau(("请与云岭县教育局办公室联系", "请与云岭县水利局办公室联系")),
        Expected(says={"contact.other-unit": "warning"}),
    ),
    # years
    "a year to come": (
        bureau(("（二）依申请公开。全年收到", "（二）依申请公开。2025年，我局收到")),
        Expected(says={"identity.later-year": "warning"}),
    ),
    "what is planned": (
        bureau(("（五）监督保障。", "（五）监督保障。2024年，我局将开展培训3次。")),
        Expected(silent=["identity.later-year"], only=True),
    ),
    "digits twice": (
        bureau(("起至2023年12月31日", "起至20232023年12月31日")),
        Expected(says={"identity.period-year": "warning"}, only=True),
    ),
    "a draft": (bureau((_BUREAU, _BUREAU + "（讨论稿）")), Expected(unit=_UNIT, says={"wording.draft-mark": "warning"})),
    "control: last year's period": (
        town(("2023年1月1日起至2023年12月31日止", "2022年1月1日起至2022年12月31日止")),
        Expected(says={"identity.period-year": "error"}, silent=["identity.stale-copy"]),
    ),
    "control: last year at a head": (
        town(("（一）主动公开。2023年，我镇", "（一）主动公开。2022年，我镇")),
        Expected(says={"identity.stale-year": "error"}, silent=["identity.stale-copy"]),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_read_and_judged_as_it_should_be(case: str) -> None:
    text, expected = CASES[case]
    assert judge(check("report.txt", text.encode()), expected) == []


@pytest.mark.parametrize(
    ("name", "source"),
    [("云岭县教育局2023年报.txt", "file"), ("2023年报/云岭县教育局/报告.txt", "path"), ("附件3：云岭县教育局年度报告.txt", "file")],
)
def test_the_unit_of_a_file_and_of_a_folder(name: str, source: str) -> None:
    assert judge(check(name, bureau((_BUREAU, "2023年" + _NOBODY)).encode()), Expected(unit=_UNIT, unit_from=source)) == []


def test_what_the_user_says_comes_before_all() -> None:
    result = check("云岭县水利局.txt", bureau().encode(), unit="云岭县民政局", year=2022)
    assert judge(result, Expected(unit="云岭县民政局", unit_from="option", year=2022, year_from="option")) == []


@pytest.mark.parametrize(("year", "title"), [(2024, 2023), (2025, 2023)])
def test_the_year_that_the_user_says_is_held_against_a_copy(year: int, title: int) -> None:
    result = check("report.txt", bureau().encode(), year=year)
    assert judge(result, Expected(says={"identity.stale-copy": "warning"}, words=[f"命令里给的年度是 {year} 年", f"{title} 年"])) == []


@pytest.mark.parametrize("signed", ["2025年1月8日", "二〇二五年二月三日", "2025年3月20日"])
def test_a_copy_that_is_signed_anew(signed: str) -> None:
    text = bureau((_BUREAU, _BUREAU.replace("2023", "2024")), append=f"\n云岭县教育局\n{signed}")
    expected = Expected(
        says={"identity.stale-copy": "error"}, silent=["identity.title-year", "identity.stale-year", "identity.period-year"]
    )
    assert judge(check("report.txt", text.encode()), expected) == []
