"""Whose office the contact block names: the unit's own, or another place's or bureau's."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.contact.subjects import ask, hits, skips
from tests.support import ROOT
from validator.checks.contact.contact_unit import ContactUnit
from validator.text.characters import Pattern


def contact_unit() -> ContactUnit:
    """The check as the built-in rule sets it up."""
    import yaml

    options: dict[str, Any] = yaml.safe_load((ROOT / "rules" / "contact" / "other-unit.yaml").read_text(encoding="utf-8"))["with"]
    patterns = {name: Pattern(value) for name, value in options.items() if isinstance(value, str)}
    return ContactUnit(**patterns, **{name: tuple(value) for name, value in options.items() if isinstance(value, list)})


def test_one_hit_counts_the_places_of_the_old_name() -> None:
    (hit,) = hits(contact_unit(), ask("青石乡人民政府办公室", "联系地址：云岭县青石乡青石大街东侧", "电话：0578-6512306"), "青石镇")
    assert hit.facts == {"unit": "青石镇", "office": "青石乡人民政府办公室", "place": "青石乡", "count": 2}
    assert hit.expected == "青石镇" and hit.actual == "青石乡人民政府办公室"


RIGHT = [
    ("云岭县青石镇人民政府", "青石镇人民政府办公室"),
    ("青石镇", "云岭县青石镇党政办"),
    ("云岭县青石镇人民政府", "青石人民政府党政办"),
    ("云岭县青石镇人民政府", "镇政务公开办"),
    ("云岭县青石镇人民政府", "党政综合办公室"),
    ("云岭县青石镇人民政府", "我镇办公室"),
    ("云岭县青石镇人民政府", "云岭县青石镇政府信息公开工作领导小组办公室"),
    ("云岭区人民政府七里街道办事处", "七里街道党政办公室"),
    ("七里街道办事处", "云岭市云岭区人民政府七里街道办事处"),
    ("云岭县青石镇人民政府", "青石镇便民服务中心"),
    ("云岭县发展和改革局", "县发改局"),
    ("云岭县发展和改革局", "云岭县发展和改革局办公室"),
    ("云岭县卫生健康委员会", "县卫健委办公室"),
    ("云岭县市场监督管理局", "云岭县市监局"),
    ("云岭县城市管理局", "云岭县城市管理局法规科"),
    ("云岭县住房和城乡建设局", "县住建局"),
    ("云岭县教育局", "办公室"),
    ("云岭县教育局", "云岭县人民政府信息公开中心"),
    ("云岭县乡村振兴局", "县乡村振兴局综合股"),
    ("云岭县人民政府", "云岭县人民政府办公室"),
    ("云岭县人民政府", "云岭县政务服务和大数据管理局"),
    ("云岭县", "县政务服务中心"),
    ("云岭县人民政府", "县政府办公室"),
    ("松江市云岭区人民政府", "云岭区人民政府办公室"),
    ("云岭区人民政府", "松江市云岭区人民政府办公室"),
    ("松江市人民政府", "松江市人民政府办公室"),
    ("东海综合实验区", "东海综合实验区管委会办公室"),
    ("东海综合实验区管委会", "东海综合实验区政府信息公开工作领导小组办公室"),
    ("东海综合实验区", "东海综合实验区管委会办公室保密与电子政务处"),
    ("国家税务总局云岭县税务局", "云岭县税务局办公室"),
    ("云岭经济开发区管理委员会", "云岭经济开发区党政办公室"),
    ("云岭县古城镇人民政府", "古城镇人民政府办公室"),
    ("松江市宿城区人民政府", "宿城区人民政府办公室"),
    ("宣江市人民政府", "宣江市政府办公室"),
    ("盐城岭市人民政府", "盐城岭市政务公开办公室"),
    ("云岭市民政局", "云岭市民政局办公室"),
    ("云岭县青石畲族乡人民政府", "青石乡党政办"),
    ("青石畲族自治县人民政府", "青石县人民政府办公室"),
    ("松江市公安局云岭分局", "云岭公安分局办公室"),
    ("云岭经济开发区管理委员会", "云岭经济开发区经济发展局"),
    ("东海综合实验区", "东海县人民政府办公室"),
    ("云岭市城市管理和综合执法局", "云岭市城管局"),
    ("云岭市市北区人民政府", "市北区政务服务中心"),
    ("本溪岭市人民政府", "本溪岭市人民政府办公室"),
    ("阿木旗乌兰苏木人民政府", "乌兰苏木党政综合办公室"),
    ("云岭省人民政府办公厅", "云岭省人民政府办公厅政务公开办公室"),
    ("云岭县自然资源和规划局", "县自然资源局"),
    ("云岭县发展和改革委员会", "云岭县发改委办公室"),
    ("国家税务总局松江市云岭区税务局", "云岭区税务局纳税服务股"),
]


@pytest.mark.parametrize("unit, office", RIGHT)
def test_offices_of_the_same_unit_are_right(unit: str, office: str) -> None:
    assert hits(contact_unit(), ask(office, "电话：0578-6512306"), unit) == []


WRONG = [
    ("云岭县青石镇人民政府", "青石乡人民政府办公室"),
    ("青石镇", "青石乡人民政府"),
    ("云岭县青石镇人民政府", "竹溪镇党政办"),
    ("云岭县青石镇人民政府", "竹溪镇人民政府办公室"),
    ("云岭县青石镇人民政府", "松湖县青石镇人民政府"),
    ("云岭县青石镇人民政府", "云岭县人民政府办公室"),
    ("云岭县青石镇人民政府", "竹溪人民政府党政办"),
    ("青石街道办事处", "青石镇人民政府"),
    ("云岭县教育局", "云岭县民政局"),
    ("云岭县教育局", "松湖县教育局"),
    ("云岭县教育局", "县卫健委办公室"),
    ("云岭县人民政府", "松湖县人民政府办公室"),
    ("云岭县人民政府", "云岭市人民政府办公室"),
    ("云岭县人民政府", "云岭县青石镇人民政府"),
    ("云岭县古城镇人民政府", "古城乡人民政府"),
    ("云岭县民政局", "云岭县卫生健康委员会办公室"),
    ("云岭区人民政府", "云岭县人民政府办公室"),
    ("松江市宿城区人民政府", "松江市青山区人民政府办公室"),
]


@pytest.mark.parametrize("unit, office", WRONG)
def test_another_place_or_bureau_is_not(unit: str, office: str) -> None:
    assert len(hits(contact_unit(), ask(office, "电话：0578-6512306"), unit)) == 1


def test_without_an_office_or_a_unit_nothing_is_judged() -> None:
    assert skips(contact_unit(), "联系电话：0578-6512306，地址：云岭县青石镇")
    assert skips(contact_unit(), ask("青石镇人民政府", "电话：0578-6512306"), None)
