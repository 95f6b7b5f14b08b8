"""The contact block in every shape seen in reports, about invented units."""

from __future__ import annotations

import pytest

from tests.support import given
from validator.model import Block, Kind, Passage
from validator.parsing.contact.parser import read_contact, read_contacts
from validator.parsing.contact.values import mail_address, phone_number, postcode

ASK = "如对本报告有任何疑问，请与"


def read(text: str) -> dict[str, list[str | None]]:
    """Kind → values, in order."""
    contact = read_contact(text)
    found: dict[str, list[str | None]] = {}
    for detail in contact.details if contact else ():
        assert text[detail.start : detail.start + len(detail.text)] == detail.text
        found.setdefault(detail.kind, []).append(detail.value)
    return found


ALL = {"office": ["青石镇党政办公室"], "address": ["云岭县青石镇溪东路18号"], "postcode": ["323812"], "phone": ["0578-6512306"]}
MAIL = {"email": ["qszzf@yunling.gov.cn"]}
SEEN = [
    # 1 commas in brackets, and the seed's labels
    (
        ASK + "青石镇党政办公室联系（地址：云岭县青石镇溪东路18号，邮编：323812，电话：0578-6512306，电子邮箱：qszzf@yunling.gov.cn）。",
        ALL | MAIL,
    ),
    (
        "如有疑问请与青石镇党政办公室联系（联系地址：云岭县青石镇溪东路18号，邮编：323812，联系电话：0578-6512306，"
        "电子邮箱：qszzf@yunling.gov.cn）",
        ALL | MAIL,
    ),
    # 2 semicolons
    (ASK + "青石镇党政办公室联系（地址：云岭县青石镇溪东路18号；邮编：323812；联系电话：0578-6512306）。", ALL),
    # 3, 4 no area code
    (
        ASK + "青石镇联系（地址：溪东路18号，电话：86512306，电子邮箱：a@yunling.gov.cn）。",
        {"office": ["青石镇"], "address": ["溪东路18号"], "phone": ["86512306"], "email": ["a@yunling.gov.cn"]},
    ),
    (ASK + "青石镇联系。联系电话：6512306；传真：6512307", {"office": ["青石镇"], "phone": ["6512306"], "fax": ["6512307"]}),
    # 5 the order reversed, no brackets, nobody named
    (
        "如有疑问请联系。联系电话：0571-86512306；地址：青石街道湖滨路2号；邮编：310051",
        {"phone": ["0571-86512306"], "address": ["青石街道湖滨路2号"], "postcode": ["310051"]},
    ),
    # 6 a full stop for the brackets; 请联系X
    (
        ASK[:-2] + "请联系青石镇人民政府。地址：青石镇溪东路18号，邮编：323812，电话：0578-6512306。",
        {"office": ["青石镇人民政府"], "address": ["青石镇溪东路18号"], "postcode": ["323812"], "phone": ["0578-6512306"]},
    ),
    # 7 the bracket after the full stop
    (ASK + "青石镇党政办公室联系。（地址：云岭县青石镇溪东路18号，邮编：323812，电话：0578-6512306）", ALL),
    # 8 a merged label
    (
        ASK + "云岭县市场监督管理局联系（地址：溪东路18号，邮编：323812，电话、传真：0578-6512306）",
        {
            "office": ["云岭县市场监督管理局"],
            "address": ["溪东路18号"],
            "postcode": ["323812"],
            "phone": ["0578-6512306"],
            "fax": ["0578-6512306"],
        },
    ),
    (ASK + "云岭县统计局联系，电话/传真：0578-6512306。", {"office": ["云岭县统计局"], "phone": ["0578-6512306"], "fax": ["0578-6512306"]}),
    (
        ASK + "云岭县统计局联系，传真、电话：0578-6512306、0578-6512307。",
        {"office": ["云岭县统计局"], "phone": ["0578-6512306"], "fax": ["0578-6512307"]},
    ),
    # 9 words for the fax
    (
        ASK + "云岭县统计局联系，电话：0578-6512306；图文传真：0578-6512307；传真电话：0578-6512308",
        {"office": ["云岭县统计局"], "phone": ["0578-6512306"], "fax": ["0578-6512307", "0578-6512308"]},
    ),
    # 10–13 words for each label
    (
        ASK + "云岭县统计局联系，通信地址：溪东路18号，邮政编码：323812，咨询电话：0578-6512306，电子信箱：a@yunling.gov.cn。",
        {
            "office": ["云岭县统计局"],
            "address": ["溪东路18号"],
            "postcode": ["323812"],
            "phone": ["0578-6512306"],
            "email": ["a@yunling.gov.cn"],
        },
    ),
    (
        ASK + "云岭县统计局联系，办公地址：溪东路18号，公开电话：0578-6512306，电子邮件：a@yunling.gov.cn。",
        {"office": ["云岭县统计局"], "address": ["溪东路18号"], "phone": ["0578-6512306"], "email": ["a@yunling.gov.cn"]},
    ),
    # 14 sites, with and without scheme, in brackets
    (
        ASK + "云岭县统计局联系，电话：0578-6512306，网址：http://www.yunling.gov.cn/，门户网站（www.yunling.gov.cn/tjj/）。",
        {"office": ["云岭县统计局"], "phone": ["0578-6512306"], "website": ["http://www.yunling.gov.cn", "www.yunling.gov.cn/tjj"]},
    ),
    # 15 a clerk's name
    (
        ASK + "云岭县农业农村局联系，联系人：王小明，联系电话：0578-6512306。",
        {"office": ["云岭县农业农村局"], "person": ["王小明"], "phone": ["0578-6512306"]},
    ),
    ("联系人及电话：王小明 0578-6512306，地址：溪东路18号", {"person": ["王小明"], "phone": ["0578-6512306"], "address": ["溪东路18号"]}),
    # 16 dashes
    (
        ASK + "青石镇联系（电话：0578—6512306、0578－6512307、0578–6512308、0578──6512309）",
        {"office": ["青石镇"], "phone": ["0578-6512306", "0578-6512307", "0578-6512308", "0578-6512309"]},
    ),
    # 17 two numbers run together
    (ASK + "云岭县统计局联系（电话：0578-65123066512307）", {"office": ["云岭县统计局"], "phone": [None]}),
    # 18 colons and the @ lost
    (ASK + "青石镇联系，电话0578-6512306电子信箱qszzfyunling.gov.cn。", {"office": ["青石镇"], "phone": ["0578-6512306"], "email": [None]}),
    (
        ASK + "青石镇联系（地址云岭县青石镇溪东路18号，邮编323812，电话0578-6512306）",
        {"office": ["青石镇"], "address": ["云岭县青石镇溪东路18号"], "postcode": ["323812"], "phone": ["0578-6512306"]},
    ),
    # 19 a telephone alone
    (ASK + "青石镇联系（联系电话：0578-6512306）", {"office": ["青石镇"], "phone": ["0578-6512306"]}),
    ("如有疑问，请联系我们（咨询电话：0578-6512306）。", {"phone": ["0578-6512306"]}),
    # 20 none
    ("本报告由六个部分组成，电子版可在云岭县人民政府门户网站（http://www.yunling.gov.cn）下载。", {}),
    # 21 the last bracket lost
    (ASK + "青石镇党政办公室联系（地址：云岭县青石镇溪东路18号，邮编：323812，电话：0578-6512306", ALL),
    # 22 、 between fields, or nothing
    (ASK + "青石镇党政办公室联系、地址：云岭县青石镇溪东路18号、邮编：323812、电话：0578-6512306。", ALL),
    (
        ASK + "青石派出所联系（电话：0578-6512306邮箱：a@yunling.gov.cn邮编：323812）",
        {"office": ["青石派出所"], "phone": ["0578-6512306"], "email": ["a@yunling.gov.cn"], "postcode": ["323812"]},
    ),
    # 23 the unit as its own address
    (
        ASK + "青石镇联系（地址：云岭县青石镇人民政府，邮编：323812）",
        {"office": ["青石镇"], "address": ["云岭县青石镇人民政府"], "postcode": ["323812"]},
    ),
    # 24 a placeholder for the site is no site
    (ASK + "青石镇联系（电话：0578-6512306，网址：（具体网址））", {"office": ["青石镇"], "phone": ["0578-6512306"]}),
    # 25 whoever is named is read
    (ASK + "青石人民政府党政办联系（电话：0578-6512306）", {"office": ["青石人民政府党政办"], "phone": ["0578-6512306"]}),
    (
        "公众如需进一步咨询了解相关信息，请直接与县政务服务中心联系，电话：0578-6512306。",
        {"office": ["县政务服务中心"], "phone": ["0578-6512306"]},
    ),
    # 26 postcodes are not judged here
    (ASK + "青石镇联系（邮编：646502，电话：0578-6512306）", {"office": ["青石镇"], "postcode": ["646502"], "phone": ["0578-6512306"]}),
    # 27 a mobile number
    (ASK + "青石镇联系（电话：138 0000 5678）", {"office": ["青石镇"], "phone": ["13800005678"]}),
]


@pytest.mark.parametrize("text, values", SEEN)
def test_every_variation(text: str, values: dict[str, list[str | None]]) -> None:
    assert read(text) == values


@pytest.mark.parametrize("text, values", [pair for pair in SEEN if "@" in pair[0] or "：" in pair[0]])
def test_width_and_spaces_change_nothing(text: str, values: dict[str, list[str | None]]) -> None:
    wide = text.translate({**{ord(c): ord(c) + 0xFEE0 for c in "0123456789@:"}, ord("（"): "(", ord("）"): ")", ord("；"): ";"})
    wide = wide.replace("电话", "电 话").replace("地址：", "地　址： ").replace("邮编", "邮 编")
    plain = {
        kind: [value and value.translate({code + 0xFEE0: code for code in range(33, 127)}) for value in found]
        for kind, found in values.items()
    }
    got = {
        kind: [value and value.translate({code + 0xFEE0: code for code in range(33, 127)}) for value in found]
        for kind, found in read(wide).items()
    }
    assert got == plain


ADDRESSES = [
    "云岭县青石镇溪东路1号（政府大楼）3楼",
    "云岭县青石镇溪东路1号，政府大楼东侧",
    "青石大街8-1号2单元",
    "云岭县湖滨路2号、4号",
    "松江湖商务营运中心7号楼14层",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "frame", ["（地址：{}，电话：0578-6512306）", "。地址：{}；电话：0578-6512306", "（电话：0578-6512306，地址：{}）。"]
)
def test_addresses_stay_whole(address: str, frame: str) -> None:
    assert read(ASK + "青石镇联系" + frame.format(address))["address"] == [address]


@pytest.mark.parametrize(
    "printed, value",
    [
        ("0469-5170616", "0469-5170616"),
        ("(0469)5170616", "0469-5170616"),
        ("04695170616", "0469-5170616"),
        ("0469 5170616", "0469-5170616"),
        ("0469-5170616-801", "0469-5170616-801"),
        ("010-65123066", "010-65123066"),
        ("02165123066", "021-65123066"),
        ("057186512306", "0571-86512306"),
        ("+86-469-5170616", "0469-5170616"),
        ("86-0469-5170616", "0469-5170616"),
        ("0469-517-0616", "0469-5170616"),
        ("+8613800005678", "13800005678"),
        ("400-812-3456", "400-812-3456"),
        ("4008123456", "400-812-3456"),
        ("12345", "12345"),
        ("0469-12345", "0469-12345"),
        ("5170616", "5170616"),
        ("0469-517061", None),
        ("0469-517061655", None),
        ("010-6512306", None),
        ("51706", None),
        ("1380000567", None),
        ("469-5170616", None),
        ("0469-517****", None),
        ("", None),
        ("-", None),
    ],
)
def test_normal_forms_of_telephones(printed: str, value: str | None) -> None:
    number = phone_number(printed)
    assert (number.value if number else None) == value


@pytest.mark.parametrize(
    "printed, values",
    [
        ("0578-6512306/6512307", ["0578-6512306", "0578-6512307"]),
        ("0578-6512306/07", ["0578-6512306", "0578-6512307"]),
        ("0578-6512306转801", ["0578-6512306-801"]),
        ("0578-6512306（办公室）、0578-6512307（值班室）", ["0578-6512306", "0578-6512307"]),
        ("党政办0578-6512306", ["0578-6512306"]),
        ("0578-6512306 0578-6512307", ["0578-6512306", "0578-6512307"]),
        ("0578-6512306 2023年", ["0578-6512306"]),
        ("XXXX-XXXXXXX", [None]),
        ("无", []),
        ("", []),
    ],
)
def test_what_stands_after_a_telephones_label(printed: str, values: list[str | None]) -> None:
    assert read(ASK + f"青石镇联系（地址：溪东路18号，电话：{printed}）。").get("phone", []) == values


@pytest.mark.parametrize("text", ["a@b.cn", "cyx_zf777@163.com", "a.b-c@yunling.gov.cn", "a+b@yunling.gov.cn", "_a@yunling.gov.cn"])
def test_good_mail(text: str) -> None:
    assert mail_address(text) == text


@pytest.mark.parametrize("text", ["a@b", "a.b.cn", "a@@b.cn", "a@b.cn@c.cn", "a#b.cn", "a@b.c0", "@b.cn", "a@-b.cn", "a..b@c.cn", "a@b,cn"])
def test_bad_mail(text: str) -> None:
    assert mail_address(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "全年12345热线受理诉求36件，按期办结。",
        "申请人电话：13800005678，已电话答复。",
        "公开办公地址、联系电话、电子邮箱等机构信息。",
        "报告电子版网址：http://www.yunling.gov.cn下载。",
        "监督举报电话：0578-6512300。",
        "主办单位：云岭县人民政府 联系电话：0578-6512306 浙ICP备00000000号",
        "加强与上级部门联系，如有问题及时沟通。",
        "对群众如有疑问的，耐心解答。",
    ],
)
def test_what_is_no_contact(text: str) -> None:
    assert read_contact(text) is None


def passages(*texts: str) -> list[Passage]:
    """One line a paragraph."""
    blocks = [Block(kind=Kind.LINE, text=text, line=number) for number, text in enumerate(texts, 1)]
    return [Passage(text=block.text, places=((0, block),)) for block in blocks]


def test_fields_on_lines_of_their_own() -> None:
    lines = passages(
        "一些话。",
        "如有疑问，请与青石镇党政办公室联系。",
        "地址：云岭县青石镇溪东路18号",
        "邮编：323812",
        "电话：0578-6512306",
        "一、总体情况",
    )
    contact = read_contacts(lines)
    assert contact is not None and contact.passage is not None
    assert {detail.kind: detail.value for detail in contact.details} == {kind: values[0] for kind, values in ALL.items()}
    for detail in contact.details:
        block, offset = contact.passage.place(detail.start)
        assert block.text[offset - 1 : offset - 1 + len(detail.text)] == detail.text
    assert len(contact.passage.places) == 4 and contact.passage.places[0][1].line == 2


def test_a_sentence_that_asks_goes_before_labels_alone() -> None:
    contact = read_contacts(
        passages("受理点地址：青石镇服务中心；电话：0578-6512300。", "我镇工作有序。", "如有疑问，请与青石镇联系（电话：0578-6512306）。")
    )
    assert contact is not None and [phone.value for phone in contact.all("phone")] == ["0578-6512306"]


def test_labels_alone_are_taken_where_nothing_asks() -> None:
    contact = read_contacts(passages("主动公开信息214条。", "联系电话：0578-6512306"))
    assert contact is not None and contact.passage is not None and contact.passage.places[0][1].line == 2
    assert read_contacts(passages("主动公开信息214条。")) is None and read_contacts([]) is None


LABELS = "如有疑问， 请与 联系 地址 邮编 电话 传真 电话、传真 邮箱 网址 联系人 青石镇 办公室 下载 ICP备".split()
MARKS = [*"：:（）()，；、。@-—+*x", "\n", " ", "\u3000"]
VALUES = "0578-6512306 6512306 323812 a@b.cn http://a.b.cn 1号 转801 １２ 13800005678 86".split()
PIECES = LABELS + MARKS + VALUES


@given(lambda st: (st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=24).map("".join),), examples=300)
def test_any_text_is_read_and_places_are_true(text: str) -> None:
    contact = read_contact(text)
    if contact is None:
        return
    assert 0 <= contact.start <= contact.end <= len(text)
    for detail in contact.details:
        assert detail.text and text[detail.start : detail.start + len(detail.text)] == detail.text
    paragraphs = [passage for passage in passages(*text.split("\n"))]
    again = read_contacts(paragraphs)
    if again is not None:
        assert again.passage is not None
        for detail in again.details:
            assert again.passage.text[detail.start : detail.start + len(detail.text)] == detail.text


def test_digits_of_other_scripts_are_no_postcode() -> None:
    assert postcode("450560") == "450560"
    assert postcode("45０560") is None and postcode("٤٥٠٥٦٠") is None


@pytest.mark.parametrize("printed", ["++86-551-6512345", "010-12345678-+80", "0551-123+800", "3456+789", "0+551-6512345"])
def test_a_plus_stands_before_the_country_and_nowhere_else(printed: str) -> None:
    assert phone_number(printed) is None


def test_no_area_begins_with_two_zeros() -> None:
    assert phone_number("86 0086-12399995") is None
    number = phone_number("0086-551-6512345")
    assert number is not None and number.value == "0551-6512345"


@pytest.mark.parametrize(
    "text",
    [
        "报告的电子版可在“云岭县人民政府”门户网站“信息公开年报”专栏下载（http://www.yunling.gov.cn/nb/）。",
        "电子版可登录县政府网站查阅:http://www.yunling.gov.cn/nb/，",
        "电子版可在县政府网站（http://www.yunling.gov.cn/nb/）下载。",
    ],
)
def test_the_site_where_the_report_can_be_had(text: str) -> None:
    assert read(f"{text}{ASK}青石镇党政办公室联系。") == {"office": ["青石镇党政办公室"], "website": ["http://www.yunling.gov.cn/nb"]}


def test_a_site_that_is_only_spoken_of_is_none_of_the_contact() -> None:
    text = "全年维护云岭县旅游网（http://www.yunlingly.cn/）和专栏。" + ASK + "青石镇党政办公室联系。"
    assert read(text) == {"office": ["青石镇党政办公室"]}


@pytest.mark.parametrize("asked", ["由于篇幅有限，对本报告有任何疑问，请与", "对本年报有疑问或意见的，请与", "对本年度报告有异议，请与"])
def test_a_question_without_if(asked: str) -> None:
    text = f"{asked}青石镇党政办公室联系。\n（地址：云岭县青石镇溪东路18号；邮编：323812；电话：0578-6512306）。"
    assert read(text) == ALL
