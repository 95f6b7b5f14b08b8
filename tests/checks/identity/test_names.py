"""Who reports: names of the unit and of others, self words, levels."""

from __future__ import annotations

import pytest

from tests.checks.small_report import OVERVIEW, PERIOD, UNIT, findings, said, text


def test_a_sound_report_is_silent() -> None:
    assert said(text(), "identity") == []


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
