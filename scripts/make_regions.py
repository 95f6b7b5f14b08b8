"""Writes rules/tables/regions.yaml: which province and prefecture an area code and a postcode belong to.

Area codes and the lengths of their numbers come from the data of the `phonenumbers` package (Chinese geocoding, numbering plan).
That data has no postcodes and knows a code by its main city; what it lacks stands below as facts. The same package version gives
the same bytes. Run: python scripts/make_regions.py [TARGET]
"""

from __future__ import annotations

import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "rules" / "tables" / "regions.yaml"

#: Provinces: the name in use, other ways to write it at the head of an address, the first two digits of its postcodes. After "/":
#: zones of a neighbour that some of its counties are served from; they are accepted and never prove the province.
PROVINCES = {
    "北京市": ("", "10"), "天津市": ("", "30"), "河北省": ("", "05 06 07 / 10"), "山西省": ("", "03 04"),
    "内蒙古自治区": ("内蒙古", "01 02 / 13 16 73 75"), "辽宁省": ("", "11 12"), "吉林省": ("", "13"), "黑龙江省": ("黑龙江", "15 16 / 02"),
    "上海市": ("", "20"), "江苏省": ("", "21 22 / 20"), "浙江省": ("", "31 32 / 20"), "安徽省": ("", "23 24 / 20"), "福建省": ("", "35 36"),
    "江西省": ("", "33 34"), "山东省": ("", "25 26 27"), "河南省": ("", "45 46 47"), "湖北省": ("", "43 44"), "湖南省": ("", "41 42"),
    "广东省": ("", "51 52"), "广西壮族自治区": ("广西", "53 54"), "海南省": ("", "57"), "重庆市": ("", "40"), "四川省": ("", "61 62 63 64"),
    "贵州省": ("", "55 56"), "云南省": ("", "65 66 67"), "西藏自治区": ("西藏", "85 86"), "陕西省": ("", "71 72"), "甘肃省": ("", "73 74"),
    "青海省": ("", "81"), "宁夏回族自治区": ("宁夏", "75"), "新疆维吾尔自治区": ("新疆", "83 84"),
}  # fmt: skip

#: Where codes and prefectures do not go together county by county: there only the province is compared.
LOOSE = ("海南省", "青海省", "新疆维吾尔自治区", "西藏自治区")

#: Prefectures that the geocoding data names otherwise, shortly or by their main city. Several names are all accepted.
NAMES = {
    "呼伦贝尔": ("呼伦贝尔市",), "乌兰察布": ("乌兰察布市",), "鄂尔多斯": ("鄂尔多斯市",), "巴彦淖尔": ("巴彦淖尔市",),
    "锡林郭勒": ("锡林郭勒盟",), "兴安": ("兴安盟",), "阿拉善": ("阿拉善盟",), "延吉市": (), "珲春市": (), "梅河口市": (),
    "株州市": ("株洲市",), "西双版纳": ("西双版纳傣族自治州", "西双版纳州"), "芒市": ("德宏傣族景颇族自治州", "德宏州"),
    "红河": ("红河哈尼族彝族自治州", "红河州"), "怒江": ("怒江傈僳族自治州", "怒江州"), "香格里拉市": ("迪庆藏族自治州", "迪庆州"),
    "甘孜": ("甘孜藏族自治州", "甘孜州"), "阿坝": ("阿坝藏族羌族自治州", "阿坝州"), "凉山彝族自治州": ("凉山彝族自治州", "凉山州"),
    "黔南": ("黔南布依族苗族自治州", "黔南州"), "黔东南": ("黔东南苗族侗族自治州", "黔东南州"),
    "黔西南布依族苗族自治州": ("黔西南布依族苗族自治州", "黔西南州"), "甘南": ("甘南藏族自治州", "甘南州"),
    "临夏回族自治州": ("临夏回族自治州", "临夏州"), "延边朝鲜族自治州": ("延边朝鲜族自治州", "延边州"),
    "恩施土家族苗族自治州": ("恩施土家族苗族自治州", "恩施州"), "湘西土家族苗族自治州": ("湘西土家族苗族自治州", "湘西州"),
    "大理白族自治州": ("大理白族自治州", "大理州"), "文山壮族苗族自治州": ("文山壮族苗族自治州", "文山州"),
    "楚雄彝族自治州": ("楚雄彝族自治州", "楚雄州"), "仙桃市": ("仙桃市",), "潜江市": ("潜江市",), "天门市": ("天门市",),
}  # fmt: skip

#: Prefectures, and cities directly under a province, that share the code of a neighbour.
ALSO = {
    "027": ("鄂州市",),
    "0371": ("开封市",), "0391": ("济源市",), "0434": ("长春市",), "0435": (), "0517": (), "0531": ("莱芜市",), "0719": ("神农架林区",),
    "0935": ("金昌市",), "0937": ("嘉峪关市",), "0554": ("六安市",), "0562": ("安庆市",), "0591": ("平潭综合实验区",),
    "0457": ("呼伦贝尔市",), "029": ("杨凌示范区",), "0311": ("辛集市",), "0312": ("定州市", "雄安新区"), "0912": (), "0565": (),
}  # fmt: skip


def prefixes() -> dict[str, str]:
    """Area code → the Chinese name of its region as the geocoding data has it."""
    from phonenumbers.geodata import GEOCODE_DATA

    found = {}
    for area in sorted(lengths()):
        digits = "86" + area[1:]
        names = [GEOCODE_DATA[digits[:n]]["zh"] for n in range(len(digits), 3, -1) if "zh" in GEOCODE_DATA.get(digits[:n], {})]
        if names:
            found[area] = names[0]
    return found


def lengths() -> dict[str, list[int]]:
    """Area code → how many digits its numbers have, by the numbering plan."""
    from phonenumbers import PhoneNumber, is_valid_number

    def valid(code: str, size: int) -> bool:
        numbers = (int(code + first + "5" * (size - 1)) for first in "235678")
        return any(is_valid_number(PhoneNumber(country_code=86, national_number=number)) for number in numbers)

    found = {}
    for code in ["10", *(f"2{n}" for n in range(10)), *(str(n) for n in range(310, 1000))]:
        sizes = [size for size in (7, 8) if valid(code, size)]
        if sizes and "0" + code not in ("0978", "026"):  # no region of their own
            found["0" + code] = sizes
    return found


def province_of(name: str) -> tuple[str, str]:
    """The province at the head of `name`, and the rest."""
    for full, (short, _) in PROVINCES.items():
        for head in (full, short, full.removesuffix("省")):
            if head and name.startswith(head):
                return full, name[len(head) :]
    raise ValueError(f"no province in {name}")


def regions_of(area: str, rest: str) -> list[str]:
    """Every accepted name of the prefectures of a code; county seats named beside them are left out."""
    found: list[str] = []
    for name in [part for part in rest.split("、") if part]:
        if name in NAMES:
            found += NAMES[name]
        elif name.endswith(("市", "州", "盟")):
            found.append(name)
        elif name.endswith("地区"):
            found += [name, name.removesuffix("地区") + "市"]
    return list(dict.fromkeys([*found, *ALSO.get(area, ())]))


def render() -> str:
    """The table as YAML."""
    lines = [
        "# Written by scripts/make_regions.py; do not edit. Area codes: data of the phonenumbers package. Postcodes: facts in the script.",
        "# provinces: other (ways to write the name), own (first two digits of its postcodes), near (a neighbour's zones in use there).",
        "# areas: code → province, regions (prefectures; empty: any of the province), digits (of a number without the code).",
        "provinces:",
    ]
    for full, (short, zones) in PROVINCES.items():
        own, _, near = zones.partition("/")
        lines.append(f"  {full}: {{other: [{short}], own: [{quoted(own.split())}], near: [{quoted(near.split())}]}}")
    lines.append("areas:")
    sizes = lengths()
    for area, name in prefixes().items():
        full, rest = province_of(name)
        regions = [] if full in LOOSE or full in rest or not rest else regions_of(area, rest)
        lines.append(f'  "{area}": {{province: {full}, regions: [{", ".join(regions)}], digits: {sizes[area]}}}')
    return "\n".join(lines) + "\n"


def quoted(items: list[str]) -> str:
    """Strings of digits that YAML must not read as numbers."""
    return ", ".join(f'"{item}"' for item in items)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.write_bytes(render().encode())
