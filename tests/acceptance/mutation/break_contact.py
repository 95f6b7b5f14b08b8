"""Breaks in how the unit can be reached."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.acceptance.mutation.broken import Broken, broken
from tests.acceptance.mutation.report import Report


def no_contact(report: Report, random: Random) -> Broken:
    """Nowhere a word on how to reach the unit."""
    return broken(report.reach(lambda c: None))


def _without(kind: str):  # type: ignore[no-untyped-def]
    def mutation(report: Report, random: Random) -> Broken:
        return broken(report.reach(lambda c: c.without(kind)))

    mutation.__doc__ = f"The contact sentence has no {kind}."
    return mutation


no_phone, no_address, no_postcode, no_email = map(_without, ("phone", "address", "postcode", "email"))


def no_office(report: Report, random: Random) -> Broken:
    """The sentence names nobody to turn to."""
    return broken(report.reach(lambda c: replace(c, office="", shape="brackets")))


def _put(kind: str, *texts: str):  # type: ignore[no-untyped-def]
    def mutation(report: Report, random: Random) -> Broken:
        text = random.choice(texts).format(code=report.unit.area_code, number=report.unit.number)
        return broken(report.reach(lambda c: c.put(kind, text)))

    mutation.__doc__ = f"The {kind} printed wrongly."
    return mutation


short_phone = _put("phone", "{code}-30215", "{code}-821", "{code}-85213")
long_phone = _put("phone", "{code}-302156789", "{code}-8521336612")
joined_phones = _put("phone", "{code}-{number}{number}", "{code}-{number}{code}-{number}")
bad_postcode = _put("postcode", "24710", "2471000", "22320")
bad_email = _put("email", "qszdzb126.com", "ylxjyj#163.com", "qszdzb@")
local_number = _put("phone", "{number}")
mobile = _put("phone", "13900001234", "18800005678")

#: An area code and a postcode of another prefecture, by the true area code; the number keeps its length.
ELSEWHERE = {"0566": ("0562", "310000"), "0517": ("0516", "710000")}


def foreign_area_code(report: Report, random: Random) -> Broken:
    """The area code is another prefecture's than the address."""
    code = ELSEWHERE[report.unit.area_code][0]
    return broken(report.reach(lambda c: c.put("phone", f"{code}-{report.unit.number}")))


def foreign_postcode(report: Report, random: Random) -> Broken:
    """The postcode is another province's than the address."""
    return broken(report.reach(lambda c: c.put("postcode", ELSEWHERE[report.unit.area_code][1])))


def bad_website(report: Report, random: Random) -> Broken:
    """A web address that cannot be opened."""
    text = random.choice(("http//www.yunling.gov.cn", "www,yunling.gov.cn", "http://www..yunling.gov.cn"))
    return broken(report.reach(lambda c: replace(c, fields=(*c.fields, ("website", "网址", text)))))


#: Who is named instead: another place, another bureau.
STRANGERS = {
    "青石镇党政综合办公室": "青石乡党政综合办公室",
    "白塔乡人民政府办公室": "白塔镇人民政府办公室",
    "柳湾镇政务公开办公室": "杏林镇政务公开办公室",
    "城南街道党政办公室": "城北街道党政办公室",
    "云岭县教育局办公室": "云岭县民政局办公室",
    "松河县自然资源和规划局办公室": "松河县住房和城乡建设局办公室",
    "云岭县人民政府办公室": "松河县人民政府办公室",
}


def other_unit(report: Report, random: Random) -> Broken:
    """The unit to contact is another place or bureau."""
    return broken(report.reach(lambda c: replace(c, office=STRANGERS[c.office])))
