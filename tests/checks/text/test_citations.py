"""Regulations and notices: their names and numbers."""

from __future__ import annotations

import pytest

from tests.checks.text.sentences import found, rules


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
