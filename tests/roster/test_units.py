"""Kind, level and place of a unit, from its name."""

from __future__ import annotations

import pytest

from tests.checks.small_report import book
from validator.roster.units import judge_unit, same_unit


@pytest.mark.parametrize(
    ("name", "kind", "level", "place"),
    [
        ("鹿城区人民政府七都街道办事处", "subdistrict", "township", "鹿城区人民政府七都街道"),
        ("云岭县城南街道办", "subdistrict", "township", "云岭县城南街道"),
        ("云岭县人民政府办公室", "office", "county", "云岭县"),
        ("上海市人民政府办公厅", "office", "province", "上海市"),
        ("云岭县教育局", "department", "county", "云岭县"),
        ("云岭县市场监督管理局", "department", "county", "云岭县"),
        ("云岭县民政局", "department", "county", "云岭县"),
        ("县教育局", "department", "county", None),
        ("泸州市江阳区自然资源和规划局", "department", "county", "泸州市江阳区"),
        ("浙江省教育厅", "department", "province", "浙江省"),
        ("淮安市教育局", "department", None, "淮安市"),
        ("云岭县卫生健康委员会", "department", "county", "云岭县"),
        ("云岭县政务服务管理办公室", "department", "county", "云岭县"),
        ("云岭县青石镇人民政府", "township", "township", "云岭县青石镇"),
        ("青石镇", "township", "township", "青石镇"),
        ("那仁宝拉格苏木", "township", "township", "那仁宝拉格苏木"),
        ("云岭县人民政府", "government", "county", "云岭县"),
        ("淮安市洪泽区人民政府", "government", "county", "淮安市洪泽区"),
        ("昆山市人民政府", "government", None, "昆山市"),
        ("江苏省人民政府", "government", "province", "江苏省"),
        ("恩施土家族苗族自治州人民政府", "government", "prefecture", "恩施土家族苗族自治州"),
        ("上海市浦东新区人民政府", "government", None, "上海市浦东新区"),
        ("云岭经济开发区管委会", "committee", None, "云岭经济开发区管委会"),
        ("平潭综合实验区", "committee", None, "平潭综合实验区"),
        ("国家税务总局云岭县税务局", "vertical", "county", "云岭县"),
        ("南京海关", "vertical", None, None),
        ("云岭县人民医院", "institution", "county", "云岭县"),
        ("云岭县融媒体中心", "institution", "county", "云岭县"),
        # the body alone, without the units under it
        ("云岭县市场监督管理局机关", "department", "county", "云岭县"),
        ("江苏省气象局机关本级", "vertical", "province", "江苏省"),
        ("云岭县卫生健康委员会(本级)", "department", "county", "云岭县"),
        ("云岭县教育局本级", "department", "county", "云岭县"),
        # a line of service of a place
        ("云岭县气象部门", "vertical", "county", "云岭县"),
        ("云岭县税务系统", "vertical", "county", "云岭县"),
        ("海关总署(本级机关)", "vertical", None, None),
        # a district by itself, and areas that are none
        ("云岭区教育局", "department", "county", "云岭区"),
        ("东平湖区住房和城乡建设局", "department", "county", "东平湖区"),
        ("青石区人民政府", "government", "county", "青石区"),
        ("云岭新区财政局", "department", None, "云岭新区"),
        ("云岭经济技术开发区财政局", "department", None, "云岭经济技术开发区"),
        ("云岭矿区教育局", "department", None, "云岭矿区"),
        ("云岭地区教育局", "department", None, None),
    ],
)
def test_units(name: str, kind: str, level: str | None, place: str | None) -> None:
    unit = judge_unit(name, book().tables.units)
    assert (unit.name, unit.kind, unit.level, unit.place) == (name, kind, level, place)


@pytest.mark.parametrize("name", [None, "", "  ", "本单位甲"])
def test_what_names_no_unit(name: str | None) -> None:
    unit = judge_unit(name, book().tables.units)
    assert (unit.kind, unit.level) == (None, None)


def test_spaces_and_full_width_do_not_matter() -> None:
    assert judge_unit("云岭县　青石镇 人民政府", book().tables.units).kind == "township"


@pytest.mark.parametrize(
    ("name", "own", "same"),
    [
        ("青石海关", "青石海关关区", True),
        ("青石海关办公室", "青石海关关区", True),
        ("云岭县民政局", "云岭县民政局机关", True),
        ("云岭县民政局办公室", "云岭县民政局本级机关", True),
        ("白塔海关", "青石海关关区", False),
        ("云岭县水利局", "云岭县民政局机关", False),
    ],
)
def test_the_extent_of_a_report_is_no_part_of_the_name(name: str, own: str, same: bool) -> None:
    assert same_unit(name, own, book().tables.units) is same
