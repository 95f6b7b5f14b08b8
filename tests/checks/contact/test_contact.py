"""The checks of the contact block on subjects built by hand."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.support import ROOT
from validator.checks.contact.contact import ContactCheck
from validator.checks.contact.contact_unit import ContactUnit
from validator.checks.contact.region import Region
from validator.model import Block, Document, Figures, Form, Hit, Kind, Passage, Report, Skip, Subject, Title, Unit
from validator.parsing.contact.parser import read_contacts
from validator.text.characters import Pattern

RULES = ROOT / "rules"
REGIONS = yaml.load((RULES / "tables" / "regions.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
FORM = Form(id="2021", name={}, document="", first_year=2021, last_year=None, sections=(), tables=(), signature=())


def subject(text: str, unit: str | None = "云岭县青石镇人民政府") -> Subject:
    """A report whose first line is the title and whose other lines are its opening."""
    lines = [f"{unit or ''}2023年政府信息公开工作年度报告", *text.split("\n")]
    blocks = tuple(Block(kind=Kind.LINE, text=line, line=number) for number, line in enumerate(lines, 1))
    passages = tuple(Passage(text=block.text, places=((0, block),)) for block in blocks[1:])
    report = Report(
        document=Document(path="a.txt", format="text", blocks=blocks),
        title=Title(text=lines[0], block=blocks[0], unit=unit, year=2023),
        titles=(),
        unit=unit,
        year=2023,
        preamble=passages,
        sections=(),
        tables=(),
        contact=read_contacts(passages),
    )
    figures = Figures(form=FORM, form_due=FORM, tables={})
    return Subject(report=report, figures=figures, unit=Unit(name=unit, kind=None, level=None), tables={"regions": REGIONS})


def contact_unit() -> ContactUnit:
    """The check as the built-in rule sets it up."""
    options: dict[str, Any] = yaml.safe_load((RULES / "contact" / "other-unit.yaml").read_text(encoding="utf-8"))["with"]
    patterns = {name: Pattern(value) for name, value in options.items() if isinstance(value, str)}
    return ContactUnit(**patterns, **{name: tuple(value) for name, value in options.items() if isinstance(value, list)})


def ask(office: str, *details: str) -> str:
    """A contact sentence."""
    return f"如对本报告有疑问，请与{office}联系（{'，'.join(details)}）。"


def hits(check: Any, text: str, unit: str | None = "云岭县青石镇人民政府") -> list[Hit]:
    """What the check finds, skips set aside."""
    return [found for found in check.run(subject(text, unit)) if isinstance(found, Hit)]


def skips(check: Any, text: str, unit: str | None = "云岭县青石镇人民政府") -> list[Skip]:
    """Where the check could not judge."""
    return [found for found in check.run(subject(text, unit)) if isinstance(found, Skip)]


PHONE = ask("青石镇党政办公室", "地址：云岭县青石镇溪东路18号", "电话：0578-6512306")


def test_a_report_without_contact_is_one_hit_and_nothing_else_is_asked() -> None:
    assert len(hits(ContactCheck(find="contact"), "本报告由六个部分组成。")) == 1
    assert hits(ContactCheck(find="contact"), PHONE) == []
    for check in (
        ContactCheck(find="missing", details=("phone",)),
        ContactCheck(find="mobile"),
        ContactCheck(find="invalid", details=("phone",)),
    ):
        assert skips(check, "本报告由六个部分组成。") and not hits(check, "本报告由六个部分组成。")


def test_a_missing_detail_is_one_hit_at_the_sentence() -> None:
    check = ContactCheck(find="missing", details=("phone",), beside="address")
    (hit,) = hits(check, ask("党政办公室", "地址：云岭县青石镇溪东路18号"))
    assert hit.variant == "address" and hit.spot.block is not None and hit.spot.block.line == 2 and hit.spot.start == 0
    (hit,) = hits(check, ask("党政办公室", "电子邮箱：a@yunling.gov.cn"))
    assert hit.variant is None
    assert hits(check, PHONE) == [] and hits(check, ask("党政办公室", "电话：13800005678")) == []


@pytest.mark.parametrize(
    "number, digits", [("0578-651230", ""), ("0578-65123066512307", ""), ("0578-65123066", "7"), ("0571-6512306", "8")]
)
def test_numbers_that_cannot_be(number: str, digits: str) -> None:
    (hit,) = hits(ContactCheck(find="invalid", details=("phone", "fax")), ask("党政办公室", f"电话：{number}"))
    assert hit.facts["text"] == number and hit.facts["digits"] == digits and hit.variant == ("length" if digits else None)
    assert hit.spot.block is not None and hit.spot.block.text[hit.spot.start : hit.spot.start + hit.spot.length] == number


@pytest.mark.parametrize(
    "number", ["0578-6512306", "0571-86512306", "010-65123066", "0578-6512306-801", "0433-6512306", "0433-65123066", "12345", "6512306"]
)
def test_numbers_that_can_be(number: str) -> None:
    assert hits(ContactCheck(find="invalid", details=("phone", "fax")), ask("党政办公室", f"电话：{number}")) == []


def test_a_merged_label_with_a_wrong_number_is_one_hit() -> None:
    assert len(hits(ContactCheck(find="invalid", details=("phone", "fax")), ask("党政办公室", "电话/传真：0578-651230"))) == 1


@pytest.mark.parametrize(
    "kind, label, value", [("postcode", "邮编", "32381"), ("email", "邮箱", "a163.com"), ("website", "网址", "http//www.a.gov.cn")]
)
def test_other_values_that_cannot_be(kind: str, label: str, value: str) -> None:
    assert len(hits(ContactCheck(find="invalid", details=(kind,)), ask("党政办公室", f"{label}：{value}", "电话：0578-6512306"))) == 1


def test_a_local_number_alone() -> None:
    check = ContactCheck(find="local")
    assert len(hits(check, ask("党政办公室", "电话：6512306", "传真：6512307"))) == 1
    assert hits(check, ask("党政办公室", "电话：0578-6512306、6512307")) == []
    assert hits(check, ask("党政办公室", "电话：12345")) == []


def test_a_mobile_number_is_masked() -> None:
    (hit,) = hits(ContactCheck(find="mobile"), ask("党政办公室", "电话：0578-6512306、13800005678"))
    assert hit.spot.private and hit.facts == {"count": 1} and "13800005678" not in str(hit.facts) + str(hit.actual)


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
