"""The table of regions: it can be trusted, and the script that made it makes it again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support import ROOT

TABLE = ROOT / "rules" / "tables" / "regions.yaml"


@pytest.fixture(scope="module")
def table() -> dict[str, dict]:
    return yaml.safe_load(TABLE.read_text(encoding="utf-8"))


def test_the_script_writes_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("phonenumbers", reason="the area codes come from the phonenumbers package")
    target = tmp_path / "regions.yaml"
    subprocess.run([sys.executable, str(ROOT / "scripts" / "make_regions.py"), str(target)], check=True)
    assert target.read_bytes() == TABLE.read_bytes()


def test_every_area_has_a_province_and_lengths(table: dict[str, dict]) -> None:
    assert len(table["provinces"]) == 31 and len(table["areas"]) > 300
    for code, area in table["areas"].items():
        assert code.startswith("0") and len(code) in (3, 4)
        assert area["province"] in table["provinces"]
        assert set(area["digits"]) <= {7, 8} and area["digits"]
        assert len(code) == 4 or area["digits"] == [8]


def test_a_prefecture_is_in_one_province(table: dict[str, dict]) -> None:
    provinces: dict[str, set[str]] = {}
    for area in table["areas"].values():
        for region in area["regions"]:
            provinces.setdefault(region, set()).add(area["province"])
    # the seat of one prefecture uses the code of a neighbour beyond the border
    assert {region for region, found in provinces.items() if len(found) > 1} <= {"呼伦贝尔市"}


@pytest.mark.parametrize(
    "code, province, region, digits",
    [
        ("0469", "黑龙江省", "双鸭山市", [7]),
        ("0571", "浙江省", "杭州市", [8]),
        ("0335", "河北省", "秦皇岛市", [7]),
        ("024", "辽宁省", "抚顺市", [8]),
        ("0851", "贵州省", "遵义市", [7, 8]),
        ("0718", "湖北省", "恩施土家族苗族自治州", [7]),
        ("0527", "江苏省", "宿迁市", [8]),
    ],
)
def test_known_codes(table: dict[str, dict], code: str, province: str, region: str, digits: list[int]) -> None:
    area = table["areas"][code]
    assert area["province"] == province and region in area["regions"] and area["digits"] == digits


def test_no_zone_of_postcodes_is_two_provinces_own(table: dict[str, dict]) -> None:
    own = [zone for province in table["provinces"].values() for zone in province["own"]]
    assert len(own) == len(set(own)) and all(len(zone) == 2 and zone.isdigit() for zone in own)


def test_the_file_stays_small() -> None:
    assert TABLE.stat().st_size < 60_000
