"""Area codes and postcodes against the region that address and unit name."""

from __future__ import annotations

import pytest

from tests.checks.contact.subjects import ask, hits
from validator.checks.contact.region import Region


@pytest.mark.parametrize(
    "address, number, fires",
    [
        ("黑龙江省云岭县青石镇", "0578-6512306", True),
        ("黑龙江省云岭县青石镇", "0469-6512306", False),
        ("浙江省丽水市云岭县", "0570-6512306", True),
        ("丽水市云岭县", "0570-6512306", True),
        ("浙江省云岭县", "0570-6512306", False),  # the prefecture is not named
        ("四川省眉山市云岭县", "028-65123066", False),
        ("北京市云岭区", "010-65123066", False),
        ("北京市云岭区", "022-65123066", True),
        ("内蒙古兴安盟云岭旗", "0482-6512306", False),
        ("新疆云岭县", "0993-6512306", False),
        ("河南省开封市云岭县", "0371-65123066", False),
        ("朝阳市场路1号", "0469-6512306", False),  # no city
        ("云岭县青石镇", "0469-6512306", False),
        ("黑龙江省云岭县", "400-812-3456", False),
        ("黑龙江省云岭县", "13800005678", False),
    ],
)
def test_area_codes(address: str, number: str, fires: bool) -> None:
    assert bool(hits(Region(detail="phone"), ask("党政办公室", f"地址：{address}", f"电话：{number}"))) is fires


def test_the_units_name_tells_the_region_where_the_address_does_not() -> None:
    (hit,) = hits(Region(detail="phone"), ask("党政办公室", "地址：溪东路18号", "电话：0578-6512306"), "黑龙江省云岭县青石镇人民政府")
    assert hit.variant == "unit" and hit.facts["place"] == "黑龙江省"


@pytest.mark.parametrize(
    "address, code, fires",
    [
        ("黑龙江省云岭县", "155600", False),
        ("浙江省云岭县", "155600", True),
        ("内蒙古兴安盟云岭旗", "137400", False),
        ("云岭县", "155600", False),
        ("浙江省", "202450", False),
    ],
)
def test_postcodes(address: str, code: str, fires: bool) -> None:
    assert bool(hits(Region(detail="postcode"), ask("党政办公室", f"地址：{address}青石镇", f"邮编：{code}", "电话：12345"))) is fires
