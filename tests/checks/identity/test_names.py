"""Who reports, on which year: title, period, left-over years, names, self words, levels."""

from __future__ import annotations

import pytest

from tests.checks.small_report import OVERVIEW, PERIOD, UNIT, findings, said, text


def test_a_sound_report_is_silent() -> None:
    assert said(text(), "identity") == []


# ---------------------------------------------------------------------------------------------- title


@pytest.mark.parametrize(
    "title",
    [
        "2023年云岭县青石镇政府信息公开工作年度报告",
        f"{UNIT}\n2023 年政府信息公开工作年度报告",
        f"{UNIT}２０２３年政府信息公开工作年度报告（图片版）",
        f"{UNIT}二〇二三年政府信息公开工作年度报告",
    ],
)
def test_titles_that_are_right(title: str) -> None:
    assert said(text(title=title), "identity") == []


@pytest.mark.parametrize(
    "title",
    [
        f"{UNIT}2023政府信息公开工作年度报告",
        f"{UNIT}2023年度政府信息公开工作年度报告",
        f"{UNIT}2023年度政府信息公开工作报告",
        f"{UNIT}2023年政务公开年报",
        f"{UNIT}2023年政府信息公开年度报告",
        f"{UNIT}政府信息公开工作年度报告",
    ],
)
def test_titles_in_another_form(title: str) -> None:
    (found,) = findings(text(title=title), "identity")
    assert (found.rule, found.severity.value) == ("identity.title-form", "warning")
    assert found.expected == f"{UNIT}2023年政府信息公开工作年度报告"


def test_no_title_is_one_finding() -> None:
    assert said(text(title=""), "identity") == [("identity.missing-title", "error")]


def test_no_unit_and_no_year() -> None:
    nameless = text(title="政府信息公开工作年度报告", preamble="本报告依条例编制。", sections={1: OVERVIEW.replace("2023年，", "")})
    assert said(nameless, "identity.missing-unit", "identity.missing-year", "identity.title-form") == [
        ("identity.missing-unit", "warning"),
        ("identity.missing-year", "error"),
    ]


# ---------------------------------------------------------------------------------------------- period


@pytest.mark.parametrize(
    "period",
    [
        "统计期限自2023年1月1日起至2023年12月31日止。",
        "统计时限为２０２３ 年 1 月 1 日至 12 月 31 日。",
        "所列数据统计时间：2023.1.1—2023.12.31。",
        "数据统计期限为2023-01-01至2023-12-31。",
        "统计期限从2023年1月1日到12月31日。",
        "统计期限为：2023年1月1日——2023年12月31日。",
        "数据统计期限为2023年度。",
        "统计周期是2023年全年。",
        "报告中所涉及的数据核定时间点为2023年12月31日。",
        "数据统计自2023年1月1日零时始至2023年12月31日24时。",
        "统计期限为二〇二三年一月一日至十二月三十一日。",
        "统计时间为2023年1月至12月。",
    ],
)
def test_wordings_of_the_period(period: str) -> None:
    assert said(text(preamble=period), "identity") == []


@pytest.mark.parametrize(
    "period",
    ["统计期限为20231月1日至2023年12月31日。", "统计期限为202311日至1231日。", "统计期限为2025111231日。", "统计期限为 2023 11日到1231日。",
     "统计期限为2023年1月1日至12月31止。", "统计期限为2023年1月1日至2月31日。", "统计期限为2023年1月日至12月31日。"],
)  # fmt: skip
def test_lost_characters_are_no_error(period: str) -> None:
    assert said(text(preamble=period), "identity") == [("identity.period-span", "warning")]


@pytest.mark.parametrize(
    "period", ["统计期限为2023年1月1日至11月30日。", "统计期限为2023年2月1日至2023年12月31日。", "统计期限为2022年1月1日至2023年12月31日。"]
)
def test_a_period_that_is_not_the_year(period: str) -> None:
    assert said(text(preamble=period), "identity") == [("identity.period-span", "error")]


def test_the_period_of_last_year_is_one_finding() -> None:
    (found,) = findings(text(preamble=PERIOD.replace("2023", "2022")), "identity")
    assert (found.rule, found.severity.value, found.expected, found.actual) == ("identity.period-year", "error", "2023", "2022")


def test_the_title_is_blamed_where_period_and_text_agree() -> None:
    stale = text(title=f"{UNIT}2022年政府信息公开工作年度报告", preamble="现公布青石镇2023年政府信息公开工作年度报告。" + PERIOD)
    (found,) = findings(stale, "identity")
    assert (found.rule, found.expected, found.location.excerpt) == ("identity.title-year", "2023", "2022")


def test_no_period() -> None:
    other_dates = "本报告依条例编制。2023年6月1日至7月31日开展集中清理。"
    assert said(text(preamble=other_dates), "identity") == [("identity.period-missing", "warning")]


def test_a_period_inside_section_1_counts() -> None:
    assert said(text(preamble="", sections={1: PERIOD + OVERVIEW}), "identity") == []


# ---------------------------------------------------------------------------------------------- left-over years


@pytest.mark.parametrize(
    "sentence",
    [
        "（一）主动公开。2022年，我镇公开信息18条。",
        "2022年度，我镇扎实推进公开工作。",
        "2021年青石镇认真落实条例。",
        "1.2022年，我镇规划建设办公室公开信息9条。",
    ],
)
def test_last_year_at_the_head_is_an_error(sentence: str) -> None:
    (found,) = findings(text(sections={1: OVERVIEW + "\n" + sentence}), "identity")
    assert (found.rule, found.severity.value, found.review) == ("identity.stale-year", "error", False)
    assert found.location.excerpt in ("2022", "2021") and found.location.section == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "公开信息120条，较2022年增长5%。",
        "2022年公开信息100条，2023年公开信息120条。",
        "比2022年（31起）下降29%。",
        "2022年结转的1件已办结。",
        "公开2022年部门决算和2023年部门预算。",
        "2022年度部门决算已公开。",
        "落实《2022年政务公开工作要点》。",
        "贯彻“十四五”规划（2021—2025年）和2022—2024年行动方案。",
        "依据国办公开办函〔2022〕1号文件。",
        "2022年印发的管理办法继续有效。",
        "县政府2022年12月20日发布的意见。",
        "网址为http://www.yunling.gov.cn/2022年/。",
        "公开2022年政府信息公开工作年度报告1份。",
        "自2022年以来，群众满意度逐年提高。",
        "李明同志2022年任镇长。",
        "2024年，我镇将加强培训。",
        "对2022年评估反馈的问题逐项整改。",
    ],
)
def test_years_that_are_right_where_they_stand(sentence: str) -> None:
    assert said(text(sections={1: OVERVIEW + "\n" + sentence}, end="2024年1月15日"), "identity") == []


def test_last_year_within_a_sentence_asks_for_a_look() -> None:
    (found,) = findings(text(sections={1: OVERVIEW + "围绕群众关切，于2022年开设了咨询窗口。"}), "identity")
    assert (found.rule, found.severity.value, found.review) == ("identity.stale-year", "note", True)


def test_the_announcement_of_last_years_report() -> None:
    (found,) = findings(text(preamble="现向社会公布青石镇2022年政府信息公开工作年度报告。" + PERIOD), "identity")
    assert (found.rule, found.severity.value) == ("identity.stale-year", "error") and "前言" in found.message["zh"]


def test_a_notice_of_another_year_is_no_announcement() -> None:
    cited = "根据省政府办公厅关于编制公布2022年政府信息公开工作年度报告有关事项的通知，编制本报告。" + PERIOD
    assert said(text(preamble=cited), "identity.stale-year") == []


def test_section_5_may_look_back() -> None:
    back = "2022年反映的更新不及时问题已整改。一是形式不够丰富。下一步将制作图解。"
    assert said(text(sections={5: back}), "identity.stale-year") == []
    copied = "2022年，我镇工作取得一定成效，但仍存在更新不及时的问题。下一步将加强督促。"
    assert said(text(sections={5: copied}), "identity.stale-year") == [("identity.stale-year", "error")]


# ---------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        (UNIT, "青石镇"),
        (UNIT, "云岭县青石镇"),
        (UNIT, "我镇"),
        ("云岭县教育和体育局", "县教体局"),
        ("云岭县卫生健康委员会", "云岭县卫健委"),
        ("云岭县城南街道办事处", "城南街道"),
        ("云岭县人民政府", "云岭县"),
        ("云岭县人民政府办公室", "云岭县人民政府"),
        ("云岭经济开发区管委会", "云岭经济开发区"),
        ("温州市公安局云岭分局", "云岭公安分局"),
    ],
)
def test_names_of_the_same_unit(unit: str, name: str) -> None:
    opening = f"现向社会公布{name}2023年政府信息公开工作年度报告。" + PERIOD
    content = text(title=f"{unit}2023年政府信息公开工作年度报告", preamble=opening, sections={1: OVERVIEW.replace("我镇", "本单位")})
    assert said(content, "identity") == []


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        (UNIT, "青石乡"),
        (UNIT, "云岭县白塔镇"),
        (UNIT, "云岭县"),
        ("云岭县教育局", "云岭县民政局"),
        ("云岭县教育局", "县民政局"),
        ("云岭县人民政府", "松河县"),
        ("云岭县城南街道办事处", "城北街道"),
    ],
)
def test_names_of_another_unit(unit: str, name: str) -> None:
    opening = f"现向社会公布{name}2023年政府信息公开工作年度报告。" + PERIOD
    content = text(title=f"{unit}2023年政府信息公开工作年度报告", preamble=opening, sections={1: OVERVIEW.replace("我镇", "本单位")})
    (found,) = findings(content, "identity")
    assert (found.rule, found.severity.value, found.actual) == ("identity.unit-mismatch", "warning", name)


def test_names_in_another_role_are_no_mismatch() -> None:
    opening = "本报告由青石镇党政办公室编制，电子版可在云岭县人民政府门户网站下载，请与青石镇政府联系（地址：云岭县城关镇溪东路18号）。"
    assert said(text(preamble=opening + PERIOD, sections={1: OVERVIEW + "拟公开信息经县司法局审核。"}), "identity") == []


def test_the_signature_of_another_unit() -> None:
    assert said(text(end="云岭县青石镇人民政府\n2024年1月15日"), "identity") == []
    assert said(text(end="云岭县民政局\n2024年1月15日"), "identity") == [("identity.unit-mismatch", "warning")]


@pytest.mark.parametrize(
    ("unit", "sentence", "word"),
    [
        (UNIT, "我局组织培训2次，我局领导参加。", "我局"),
        (UNIT, "年内，我县多次召开会议研究部署。", "我县"),
        ("云岭县白塔乡人民政府", "我镇组织培训2次。", "我镇"),
        ("云岭县教育局", "我镇组织培训2次。", "我镇"),
        ("云岭县城南街道办事处", "2023年，我县高度重视公开工作。", "我县"),
        ("云岭县人民政府", "我局组织培训2次。", "我局"),
    ],
)
def test_words_of_another_kind_of_unit(unit: str, sentence: str, word: str) -> None:
    content = text(title=f"{unit}2023年政府信息公开工作年度报告", sections={1: OVERVIEW.replace("我镇", "本单位") + sentence})
    (found,) = findings(content, "identity")
    assert (found.rule, found.severity.value, found.location.excerpt) == ("identity.self-word", "warning", word)


@pytest.mark.parametrize(
    ("unit", "sentence"),
    [
        (UNIT, "结合我县实际，在我县政府网站公开信息。"),
        (UNIT, "克服自我局限，委托我委托的单位评估。"),
        (UNIT, "群众在《我局这一年》专栏留言。"),
        ("云岭县教育局", "我县教育事业稳步发展，我局组织培训2次。"),
        ("云岭县城南街道办事处", "我街道、我办组织培训2次，在我区政府网站发布。"),
        ("云岭县人民政府办公室", "我县各乡镇按期报送，我办汇总。"),
    ],
)
def test_words_that_are_the_units_own(unit: str, sentence: str) -> None:
    content = text(title=f"{unit}2023年政府信息公开工作年度报告", sections={1: OVERVIEW.replace("我镇", "本单位") + sentence})
    assert said(content, "identity.self-word") == []


@pytest.mark.parametrize(
    ("unit", "sentence"),
    [
        (UNIT, "年内组织推动全省政府信息公开工作，指导各地规范公开。"),
        (UNIT, "全市共主动公开各类信息5600条。"),
        ("云岭县人民政府", "全市共受理政府信息公开申请56件。"),
    ],
)
def test_the_work_of_a_wider_area(unit: str, sentence: str) -> None:
    content = text(title=f"{unit}2023年政府信息公开工作年度报告", sections={1: OVERVIEW.replace("我镇", "本单位") + sentence})
    assert said(content, "identity") == [("identity.other-level", "warning")]


@pytest.mark.parametrize(
    ("unit", "sentence"),
    [
        (UNIT, "按照全县政务公开工作部署，通过全省统一平台公开信息20条。"),
        (UNIT, "在全市考核中位列第3名，参加全县政务公开培训2次。"),
        (UNIT, "县政府办公室组织全县开展政务公开培训2次。"),
        (UNIT, "全镇共公开信息20条。"),
        ("云岭县人民政府", "全县共受理政府信息公开申请56件。"),
        ("淮安市人民政府", "全市共受理政府信息公开申请3119件。"),
        ("云岭县教育局", "全县共收到教育类政府信息公开申请6件。"),
    ],
)
def test_a_wider_area_in_its_place(unit: str, sentence: str) -> None:
    content = text(title=f"{unit}2023年政府信息公开工作年度报告", sections={1: OVERVIEW.replace("我镇", "本单位") + sentence})
    assert said(content, "identity.other-level") == []
