"""Fictional units: the counties, towns and bureaus do not exist; area codes and postcodes are true for the prefecture named."""

from __future__ import annotations

from tests.acceptance.mutation.report import Unit


def _unit(
    name: str,
    short: str,
    self_word: str,
    kind: str,
    whole: str,
    office: str,
    address: str,
    postcode: str,
    code: str,
    number: str,
    mail: str,
    site: str,
) -> Unit:
    return Unit(
        name=name,
        short=short,
        self_word=self_word,
        kind=kind,
        whole=whole,
        office=office,
        address=address,
        postcode=postcode,
        area_code=code,
        number=number,
        email=mail,
        website=site,
    )


TOWNS = (
    _unit(
        "云岭县青石镇人民政府",
        "青石镇",
        "我镇",
        "township",
        "全镇",
        "青石镇党政综合办公室",
        "安徽省池州市云岭县青石镇中心街12号",
        "247100",
        "0566",
        "3021567",
        "qingshizhen@126.com",
        "http://www.yunling.gov.cn",
    ),
    _unit(
        "临泉山县白塔乡人民政府",
        "白塔乡",
        "我乡",
        "township",
        "全乡",
        "白塔乡人民政府办公室",
        "临泉山县白塔乡白塔村文化路3号",
        "625300",
        "0835",
        "4220318",
        "baitaxiang@163.com",
        "www.linquanshan.gov.cn",
    ),
    _unit(
        "松河县柳湾镇人民政府",
        "柳湾镇",
        "我镇",
        "township",
        "全镇",
        "柳湾镇政务公开办公室",
        "江苏省淮安市松河县柳湾镇人民路88号",
        "223200",
        "0517",
        "85213366",
        "liuwan2020@163.com",
        "http://www.songhe.gov.cn/",
    ),
)
SUBDISTRICTS = (
    _unit(
        "云岭县城南街道办事处",
        "城南街道",
        "我街道",
        "subdistrict",
        "全街道",
        "城南街道党政办公室",
        "云岭县城南街道翠屏路20号",
        "247100",
        "0566",
        "3025810",
        "chengnanjd@126.com",
        "http://www.yunling.gov.cn",
    ),
)
BUREAUS = (
    _unit(
        "云岭县教育局",
        "县教育局",
        "我局",
        "department",
        "全县教育系统",
        "云岭县教育局办公室",
        "云岭县城关镇学府路6号",
        "247100",
        "0566",
        "3023390",
        "yljyj@163.com",
        "http://www.yunling.gov.cn",
    ),
    _unit(
        "松河县自然资源和规划局",
        "县自然资源和规划局",
        "我局",
        "department",
        "全县自然资源系统",
        "松河县自然资源和规划局办公室",
        "江苏省淮安市松河县淮海东路101号",
        "223200",
        "0517",
        "85219012",
        "shzrzy@126.com",
        "www.songhe.gov.cn",
    ),
)
GOVERNMENTS = (
    _unit(
        "云岭县人民政府",
        "云岭县",
        "我县",
        "government",
        "全县",
        "云岭县人民政府办公室",
        "安徽省池州市云岭县城关镇政通路1号",
        "247100",
        "0566",
        "3020016",
        "ylxzwgk@163.com",
        "http://www.yunling.gov.cn",
    ),
)
BY_KIND = {"township": TOWNS, "subdistrict": SUBDISTRICTS, "department": BUREAUS, "government": GOVERNMENTS}
