"""Wording: what must be found, and beside each what must be left alone."""

from __future__ import annotations

import pytest

from tests.support import book
from validator.model import Finding
from validator.pipeline.check_file import examine


def found(text: str, *, year: int = 2023, section: str = "一、总体情况") -> list[Finding]:
    whole = f"云岭县青石镇人民政府{year}年政府信息公开工作年度报告\n{section}\n{text}\n"
    return [f for f in examine(whole.encode(), "report.txt", book(), snippet=True)[0].findings if f.category == "wording"]


def rules(text: str, **where: object) -> list[str]:
    return [finding.rule.split(".")[1] for finding in found(text, **where)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "20XX年公开信息。",
        "20xx年公开信息。",
        "２０ＸＸ年公开信息。",
        "202X年公开信息。",
        "20××年公开信息。",
        "××镇公开信息。",
        "XX局公开信息。",
        "从网站（具体网址）下载。",
        "从网站（请填写网址）下载。",
        "XXX镇公开信息。",
        "某某镇公开信息。",
        "公开信息__条。",
        "公开信息xx条。",
        "X年X月公开信息。",
        "按照填写说明公开。",
    ],
)
def test_placeholders(text: str) -> None:
    assert rules(text) == ["placeholder"]


@pytest.mark.parametrize(
    "text",
    [
        "见www.yunling.example/xxgk/。",
        "邮箱xxgk@yunling.example。",
        "申请人李××不服。",
        "拍摄X光片。",
        "目录XXGK-01。",
        "王某某反映。",
        "3×5=15。",
        "公开《X射线装置许可》。",
        "电话139****5678。",
        "文件_附件1。",
        "规格10×20×30。",
    ],
)
def test_what_is_no_placeholder(text: str) -> None:
    assert rules(text) == []


def test_a_placeholder_in_the_title() -> None:
    whole = "XX县青石镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n公开信息20条。\n"
    result = examine(whole.encode(), "report.txt", book(), snippet=True)[0]
    assert "wording.placeholder" in [finding.rule for finding in result.findings]


def test_guidance_and_the_form_s_own_notes() -> None:
    assert rules("该部分以表格形式报告。表格如下：", section="二、主动公开政府信息情况") == ["guidance-left-in"]
    notes = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\n只计这一情形，不计其他情形\n单位：万元"
    assert rules(notes, section="三、收到和处理政府信息公开申请情况") == []


@pytest.mark.parametrize(
    "name",
    ["中华人民共和国信息公开条例", "中华人民共和国政务公开条例", "政府信息公开法", "中国人民共和国政府信息公开条例", "政府信息公开条列"],
)
def test_the_regulation_misnamed(name: str) -> None:
    assert rules(f"落实《{name}》。") == ["regulation-name"]


@pytest.mark.parametrize(
    "text",
    [
        "落实《中华人民共和国政府信息公开条例》。",
        "落实《政府信息公开条例》。",
        "落实《条例》。",
        "落实《松江省政府信息公开规定》《松江市政务公开条例》。",
        "落实《中华人民共和国政府信息公开条例（2019年修订）》。",
        "依据《中华人民共和国政府信息公开条例》（以下简称《公开条例》），落实《公开条例》。",
        "制定《政府信息公开工作制度》《信息公开保密审查办法》。",
        "落实中华人民共和国政府信息公开条例。",
    ],
)
def test_right_names(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    ("number", "rule", "severity"),
    [
        ("国办公开函〔2021〕30号", "citation-number", "warning"),
        ("国办公开办〔2021〕30号", "citation-number", "warning"),
        ("国办公开办涵〔2021〕30号", "citation-number", "warning"),
        ("国办公开办函〔202130号", "citation-number", "note"),
        ("国办公开办函202130号", "citation-number", "note"),
    ],
)
def test_numbers_of_notices(number: str, rule: str, severity: str) -> None:
    assert [(f.rule, f.severity.value) for f in found(f"依据国办通知（{number}）编制。")] == [(f"wording.{rule}", severity)]


@pytest.mark.parametrize(
    "number",
    [
        "国办公开办函〔2021〕30号",
        "国办公开办函[2021]30号",
        "国办公开办函【2021】30号",
        "国办公开办函〔2021〕 30 号",
        "国办发〔2016〕80号",
        "国办函〔2020〕109号",
        "云政办函〔2021〕30号",
    ],
)
def test_right_numbers(number: str) -> None:
    assert rules(f"依据有关通知（{number}）编制。") == []


def test_a_notice_s_name_with_another_s_number() -> None:
    of_2019 = "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》"
    of_2021 = "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》"
    assert rules(f"依据{of_2019}（国办公开办函〔2021〕30号）编制。", year=2020) == ["citation-pair"]
    assert rules(f"依据{of_2021}（国办公开办函〔2019〕60号）编制。", year=2020) == ["citation-pair"]
    assert rules(f"依据{of_2019}（国办公开办函〔2019〕60号）编制。", year=2020) == []
    assert rules(f"依据{of_2021}（国办公开办函〔2021〕30号）编制。", year=2022) == []


def test_retired_citations() -> None:
    assert [f.severity.value for f in found("依据国办公开办函〔2019〕60号编制。", year=2021)] == ["warning"]
    assert rules("依据国办公开办函〔2019〕60号编制。", year=2020) == []
    assert [f.severity.value for f in found("依据国办公开办函〔2019〕60号和国办公开办函〔2021〕30号编制。")] == ["note"]
    assert rules("依据条例（国务院令第492号）编制。") == ["citation-retired"]
    assert rules("依据条例（国务院令第492号公布，第711号修订）编制。") == []


@pytest.mark.parametrize(
    "text",
    ["可通过可以通过网站查询。", "及时对对信息更新。", "加强培训的的力度。", "提高了了水平。", "公开和和查询。", "政府信息信息公开。"],
)
def test_doubled_words(text: str) -> None:
    assert rules(text) == ["doubled"]


@pytest.mark.parametrize(
    "text",
    [
        "件件有着落、事事有回音。",
        "人民政府政府信息公开。",
        "为了了解情况。",
        "以公开为目的的工作。",
        "应对对外宣传。",
        "办理涉及及时更新。",
        "共享和和谐发展。",
        "天天更新、层层落实、人人参与。",
        "一一对应。",
        "种种原因。",
        "核对对象。",
        "针对对口单位。",
        "受到了了不起的关注。",
    ],
)
def test_what_is_not_doubled(text: str) -> None:
    assert rules(text) == []


def test_brackets_and_ends() -> None:
    assert rules("认真贯彻《条例，公开信息20条。") == ["brackets"]
    assert rules("公开信息（含政策20条，动态30条。") == ["brackets"]
    assert rules("1）公开信息；2）答复申请。一）公开。") == []
    assert rules("公开“互联网+”信息（含《目录》）20条。") == []
    assert rules("围绕群众关心的事项公开信息20条。加强业务培训，完善工作制度，不断提高工作水平") == ["brackets"]
    assert rules("围绕群众关心的事项公开信息20条。加强业务培训，完善工作制度，包括：") == []


def test_series() -> None:
    assert rules("一是公开；三是解读；三是培训。") == ["numbering"]
    assert rules("一是公开；二是解读；二是培训。") == ["numbering"]
    assert rules("一是公开；二是解读。改进措施：一是培训；二是考核；三是督查。") == []
    assert rules("镇长是第一责任人，这是重点之一，十是凑数。") == []


def test_outdated_terms_are_for_a_person_to_look_at() -> None:
    assert [(f.rule, f.review) for f in found("公开新冠肺炎防控信息20条。", year=2024)] == [("wording.outdated-term", True)]
    assert rules("公开新冠肺炎防控信息20条。", year=2021) == []


def test_a_text_without_facts_of_its_own() -> None:
    general = "多数部门能够按照要求更新内容，各方面高度重视公开工作，不断完善制度，规范流程，强化责任落实，推动工作制度化。" * 7
    assert rules(general) == ["no-own-facts"]
    assert rules(general + "全年公开信息20条，办结申请3件，我镇举办培训2次，我镇修订制度5项。") == []
    assert rules(general[: len(general) // 7]) == []
