"""Sound variations: what accepted reports do and no rule may take offence at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Protocol

from tests.acceptance.mutation.break_sums import with_subtotals
from tests.acceptance.mutation.report import Contact, Paragraph, Part, Report, Row, Table, Unit


class Vary(Protocol):
    """Another sound report."""

    def __call__(self, report: Report, random: Random) -> Report: ...


Edit = Callable[[str, Random], str]


@dataclass(frozen=True, kw_only=True)
class Variation:
    """A sound variation; `only` limits it to layouts in which it can be printed, `may` names notes it may earn."""

    id: str
    vary: Vary
    base: dict[str, object] = field(default_factory=dict)
    forms: tuple[str, ...] = ("2019", "2021")
    only: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    edit: Edit | None = None  # on the written text


def same(report: Report, random: Random) -> Report:
    """The report as generated."""
    return report


# ---------------------------------------------------------------------------------------------- title, preamble, headings


def spaced_headings(report: Report, random: Random) -> Report:
    """一、 总体情况."""
    return replace(report, sections=tuple(replace(s, wording=" " + s.wording) for s in report.sections))


def digit_headings(report: Report, random: Random) -> Report:
    """1、 总体情况: the list's numbering lost."""
    return replace(report, sections=tuple(replace(s, numeral=str(s.key), wording=" " + s.wording) for s in report.sections))


def title_twice(report: Report, random: Random) -> Report:
    """The page's title and the body's."""
    line = f"{report.unit.name}{report.year}年政府信息公开工作年度报告"
    return replace(report, title=(line, line))


def broken_title(report: Report, random: Random) -> Report:
    """The title over two lines, a date below."""
    return replace(report, title=(f"{report.unit.name}{report.year}年", "政府信息公开工作年度报告", f"（{report.year + 1}年1月18日）"))


def signed_off(report: Report, random: Random) -> Report:
    """Unit and date at the end."""
    return replace(report, tail=(report.unit.name, f"{report.year + 1}年1月18日"))


def preamble_inside(report: Report, random: Random) -> Report:
    """The preamble under 一, before the rest."""
    texts = tuple(Paragraph(text=text) for text in report.preamble.paragraphs())
    report = report.with_section(1, items=(*texts, *report.section(1).items))
    return report.open(basis="", announce="", parts="", period="", copy="", contact=None)


def defined_name(report: Report, random: Random) -> Report:
    """A short name that the text defines."""
    first, *rest = report.section(1).items
    assert isinstance(first, Paragraph)
    text = first.text.replace(report.unit.short, f"{report.unit.name}（以下简称“{report.unit.short}”）", 1)
    return report.with_section(1, items=(replace(first, text=text), *rest))


# ---------------------------------------------------------------------------------------------- contact


def _reach(report: Report, **fields: str) -> Report:
    """The contact sentence with these values."""

    def edit(contact: Contact) -> Contact:
        for kind, text in fields.items():
            contact = contact.put(kind, text)
        return contact

    return report.reach(edit)


def phone_and_fax(report: Report, random: Random) -> Report:
    """电话、传真 or a fax of its own."""
    phone = report.unit.phone
    pieces = random.choice(
        ((("phone", "电话、传真", phone),), (("phone", "电话/传真", phone),), (("phone", "电话", phone), ("fax", "传真", phone)))
    )

    def edit(contact: Contact) -> Contact:
        kept = [f for f in contact.fields if f[0] != "phone"]
        return replace(contact, fields=(*kept[:2], *pieces, *kept[2:]))

    return report.reach(edit)


def phone_shapes(report: Report, random: Random) -> Report:
    """Brackets or a space round the area code, an extension, two numbers."""
    code, number = report.unit.area_code, report.unit.number
    return _reach(
        report,
        phone=random.choice(
            (
                f"（{code}）{number}",
                f"{code} {number}",
                f"{code}-{number}-802",
                f"{code}-{number}、{code}-{number[:-1]}9",
                f"{code}{number}",
            )
        ),
    )


def wide_mail(report: Report, random: Random) -> Report:
    """＠ of full width."""
    return _reach(report, email=report.unit.email.replace("@", "＠"))


def named_address(report: Report, random: Random) -> Report:
    """The address is the unit's name."""
    return _reach(report, address=report.unit.name)


def contact_with_site(report: Report, random: Random) -> Report:
    """A web address among the details."""
    return report.reach(lambda c: replace(c, fields=(*c.fields, ("website", "网址", report.unit.website))))


def same_level_office(report: Report, random: Random) -> Report:
    """The office that the level has for it."""
    offices = {
        "township": ("党政办公室", "镇政务公开办公室", f"{report.unit.short}党建工作办公室"),
        "subdistrict": ("街道党政办公室", "办事处综合办公室"),
        "department": ("局办公室", "局政务公开领导小组办公室", f"{report.unit.short}政策法规股"),
        "government": ("县政府信息公开工作领导小组办公室", "县人民政府办公室政务公开股", "县政务公开和信息中心"),
    }
    if report.unit.short.endswith("乡"):
        offices["township"] = ("党政办公室", "乡政务公开办公室")
    return report.reach(lambda c: replace(c, office=random.choice(offices[report.unit.kind])))


def unfinished_contact(report: Report, random: Random) -> Report:
    """No stop after the bracket, as on the page this project began from."""
    assert report.preamble.contact
    return report.reach(lambda c: _Cut(**{f: getattr(c, f) for f in ("trigger", "office", "fields", "shape")}))


class _Cut(Contact):
    """A contact sentence without its stop."""

    def render(self) -> str:
        return super().render().rstrip("。")


# ---------------------------------------------------------------------------------------------- what the text may say


def old_words_in_prose(report: Report, random: Random) -> Report:
    """Labels of the other form in running text."""
    return report.append(6, "按照新的格式，本报告不再统计本年新制作数量、对外公开总数量、上一年项目数量和政府集中采购情况。")


def wide_levels(report: Report, random: Random) -> Report:
    """全省 and 全市 where they name a platform or a policy."""
    return report.append(1, "依托全省一体化政务服务平台办理事项，按照全市基层政务公开标准化规范化工作部署完善目录。")


def years_of_others(report: Report, random: Random) -> Report:
    """Last year's number where it belongs."""
    before, after = report.year - 1, report.year + 1
    return report.append(
        1,
        f"全年公开信息数量较{before}年增加12条。公开{before}年度部门决算和{after}年部门预算，落实《{before}年政务公开工作要点》及云政办发〔{before}〕15号文件要求。",
    )


def other_places(report: Report, random: Random) -> Report:
    """Other units named in work done together, and the county's site."""
    return report.append(1, "与杏林镇、城北街道联合开展政策宣讲2场，相关信息在云岭县人民政府门户网站发布。")


def inline_measures(report: Report, random: Random) -> Report:
    """Problem and measure in turn."""
    me = report.unit.self_word
    return report.prose(
        5,
        f"一是宣传力度不够，部分群众对公开渠道了解不多。下一步{me}将利用多种形式开展宣传。二是工作机制还不完善，存在专栏更新不及时的问题。下一步将制定管理办法，明确责任。",
    )


def fee_words(report: Report, random: Random) -> Report:
    """The fee in the words offices use."""
    return report.prose(
        6,
        random.choice(
            (
                "本年度未收取信息公开处理费。",
                "全年未收取任何费用。",
                "本年度无收取信息处理费情况，无其他需要报告的事项。",
                "发出收费通知0件，总金额0元，实际收取信息处理费0元。",
                "2024年无信息处理费收取情况。".replace("2024", str(report.year)),
            )
        ),
    )


def account_words(report: Report, random: Random) -> Report:
    """Assessment, review and accountability in other words, and in another part."""
    report = report.without_tag(1, "accountability")
    return report.append(
        1,
        random.choice(
            (
                "将政务公开纳入绩效考核，占比4%；开展群众满意度测评，满意率96%；全年无责任追究情形。",
                "把公开工作列入年度目标考核，通过问卷听取社会评价意见，未出现被问责的情况。",
            )
        ),
    )


# ---------------------------------------------------------------------------------------------- tables


def half_width_labels(report: Report, random: Random) -> Report:
    """Brackets of half width, a space after the number, spaces within words."""
    for old, new in (
        ("（三）不予公开", "(三) 不予公开"),
        ("1.属于国家秘密", "1. 属于国家秘密"),
        ("危及", "危及"),
        ("（七）总计", "(七)总计"),
    ):
        if old != new:
            report = report.relabel("applications", old, new)
    for old, new in (("第二十条第（一）项", "第二十条 第(一)项"), ("规章", "规 章"), ("行政许可", "行政 许可")):
        report = report.relabel("disclosure", old, new)
    return report.relabel("applications", "3.危及“三安全一稳定”", '3.危及"三安全一稳定"')


def noted_labels(report: Report, random: Random) -> Report:
    """The notes that some offices print within the labels."""
    notes = {
        "2019": (
            ("规范性文件", "规范性文件（指各行政机关印发的有正式文号的文件）"),
            ("上一年项目数量", "上一年项目数量（指上年事项数）"),
            ("本年增/减", "本年增/减（指增加或减少的事项数，减用负值表示，如-8）"),
            ("处理决定数量", "处理决定数量（指办件量）"),
        ),
        "2021": (
            ("行政规范性文件", "行政规范性文件（以正式文号为准）"),
            ("本年处理决定数量", "本年处理决定数量（件）"),
            ("现行有效件数", "现行有效件数（截至年底）"),
        ),
    }
    for old, new in notes[report.form]:
        report = report.relabel("disclosure", old, new)
    return report


def half_width_unit(report: Report, random: Random) -> Report:
    """(单位:万元) in half width."""
    return report.relabel("disclosure", "本年收费金额（单位：万元）", "本年收费金额(单位:万元)")


def subtotals(report: Report, random: Random) -> Report:
    """Subtotals at （三）（四）（五） that add up."""
    return with_subtotals(report)


def signed_changes(report: Report, random: Random) -> Report:
    """Signs of every kind in 本年增/减."""
    for row, text in (("licensing", "+36"), ("penalty", "-11"), ("coercion", "－2"), ("fees", "0")):
        report = report.put("disclosure", row, "items_last_year", "71").put("disclosure", row, "change", text)
    return report


def decimal_fees(report: Report, random: Random) -> Report:
    """Money with decimals."""
    return report.put("disclosure", "fees", "amount", random.choice(("18.8710", "0.00", "172", "26.55")))


def decimal_purchase(report: Report, random: Random) -> Report:
    """A purchase to the fen."""
    return report.put("disclosure", "procurement", "projects", "3").put("disclosure", "procurement", "amount", "73802895.90")


def caption(report: Report, random: Random) -> Report:
    """The heading again as the table's first row."""
    return report.with_table("disclosure", lambda t: replace(t, caption="主动公开政府信息情况"))


def said_before_table(report: Report, random: Random) -> Report:
    """A sentence between heading and table."""
    for key, text in ((2, f"单位：{report.unit.name}　　{report.year}年度"), (3, "有关情况如下表："), (4, "本年度有关数据如下。")):
        report = report.with_section(key, items=(Paragraph(text=text), *report.section(key).items))
    return report


def _small_table() -> Table:
    rows = tuple(
        Row(key=None, stubs=(label,), values=(("count", n),)) for label, n in (("政策文件", "37"), ("工作动态", "126"), ("财政资金", "18"))
    )
    return Table(key="other", parts=(Part(band="主动公开信息分类统计", columns=(("count", "条数"),), rows=rows, corner="类别"),))


def table_in_overview(report: Report, random: Random) -> Report:
    """Another small table in part 一: it is not section 2's."""
    items = report.section(1).items
    return report.with_section(1, items=(*items[:2], _small_table(), *items[2:]))


def _before_last(report: Report, row: Row) -> Report:
    def edit(_: Part, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return (*rows[:-1], row, rows[-1])

    return report.with_rows("applications", edit)


def dashes_row(report: Report, random: Random) -> Report:
    """A row of dashes within the table, as a crawl leaves one."""
    return _before_last(report, Row(key=None, stubs=("-------------",), values=tuple((f"x{n}", "---") for n in range(7))))


def spare_cell(report: Report, random: Random) -> Report:
    """An empty cell too many at the end of two rows."""

    def edit(_: Part, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(replace(r, values=(*r.values, ("spare", ""))) if r.key in ("total", "granted") else r for r in rows)

    return report.with_rows("applications", edit)


def padded(report: Report, random: Random) -> Report:
    """Figures with spaces round them."""
    for (table, row, column), text in report.figures().items():
        report = report.put(table, row, column, f" {text} ") if row in ("granted", "penalty", "review") else report
    return report


def regulations_of_a_city(report: Report, random: Random) -> Report:
    """A city's government may have made regulations; whether it may cannot be told from its name."""
    return report.put("disclosure", "regulations", "effective", "12").put("disclosure", "regulations", "made", "2")


# ---------------------------------------------------------------------------------------------- the page's own doing


def _prose(line: str) -> bool:
    """Whether a line is running text: long, and no row of a table."""
    return len(line) > 45 and not any(mark in line for mark in "\t|∣｜")


def wrapped(text: str, random: Random) -> str:
    """Paragraphs broken over lines, as a PDF leaves them; numbers and addresses stay whole."""
    lines = (
        re.findall(r".{1,38}(?:[!-~]{1,40})?", line) if _prose(line) and not line.startswith("#") else [line] for line in text.split("\n")
    )
    return "\n".join(piece for pieces in lines for piece in pieces)


def spaced_words(text: str, random: Random) -> str:
    """A space within a word here and there."""

    def space(line: str) -> str:
        places = [i for i in range(1, len(line)) if all("\u4e00" <= c <= "\u9fff" for c in line[i - 1 : i + 1])]
        for place in sorted(random.sample(places, min(2, len(places))), reverse=True):
            line = line[:place] + " " + line[place:]
        return line

    return "\n".join(space(line) if _prose(line) else line for line in text.split("\n"))


def trailing_spaces(text: str, random: Random) -> str:
    """Ideographic spaces before paragraphs, blanks behind them."""
    return "\n".join(f"　　{line}  " if _prose(line) and not line.startswith("#") else line for line in text.split("\n"))


CITY = Unit(
    name="江城市人民政府",
    short="江城市",
    self_word="我市",
    kind="government",
    whole="全市",
    office="江城市人民政府办公室",
    address="江城市滨江大道1号",
    postcode="247100",
    area_code="0566",
    number="2022116",
    email="jcszwgk@163.com",
    website="http://www.jiangcheng.gov.cn",
)

ROWS_SEEN = (
    "tab-rows",
    "tab-stubs",
    "tab-grid",
    "pipe",
    "pipe-ascii",
    "pipe-both",
    "pipe-both-wide",
    "pipe-own-line",
    "chrome-tab",
    "chrome-pipe",
)
NUMBERING = ("structure.section-number", "structure.heading-wording")

VARIATIONS = (
    Variation(id="as-generated", vary=same),
    Variation(id="town", vary=same, base={"kind": "township"}),
    Variation(id="idle-town", vary=same, base={"kind": "township", "busy": False}),
    Variation(id="government", vary=same, base={"kind": "government"}),
    Variation(id="bureau", vary=same, base={"kind": "department", "busy": True}),
    Variation(id="bureau-accountable", vary=same, base={"kind": "department", "accountable": True}),
    Variation(id="subdistrict", vary=same, base={"kind": "subdistrict"}),
    Variation(id="unpaid-fee", vary=same, base={"unpaid": 3}, forms=("2021",)),
    Variation(id="list-of-parts", vary=same, base={"parts": "list"}),
    Variation(id="list-with-etc", vary=same, base={"parts": "etc"}),
    Variation(id="list-with-bare-etc", vary=same, base={"parts": "bare-etc"}),
    *(Variation(id=f"style-{style}", vary=same, base={"style": style}) for style in ("run-in", "own-line", "digits", "spoken", "plain")),
    *(
        Variation(id=f"contact-{shape}", vary=same, base={"shape": shape})
        for shape in ("brackets", "after-stop", "sentences", "semicolons", "reversed")
    ),
    Variation(id="spaced-headings", vary=spaced_headings),
    Variation(id="digit-headings", vary=digit_headings, may=NUMBERING),
    Variation(id="title-twice", vary=title_twice),
    Variation(id="broken-title", vary=broken_title),
    Variation(id="signed-off", vary=signed_off),
    Variation(id="preamble-inside", vary=preamble_inside),
    Variation(id="defined-name", vary=defined_name),
    Variation(id="phone-and-fax", vary=phone_and_fax),
    Variation(id="phone-shapes", vary=phone_shapes),
    Variation(id="wide-mail", vary=wide_mail),
    Variation(id="named-address", vary=named_address),
    Variation(id="contact-with-site", vary=contact_with_site),
    Variation(id="same-level-office", vary=same_level_office),
    Variation(id="unfinished-contact", vary=unfinished_contact, may=("wording.brackets",)),
    Variation(id="old-words-in-prose", vary=old_words_in_prose, forms=("2021",)),
    Variation(id="wide-levels", vary=wide_levels),
    Variation(id="years-of-others", vary=years_of_others),
    Variation(id="other-places", vary=other_places),
    Variation(id="inline-measures", vary=inline_measures),
    Variation(id="fee-words", vary=fee_words),
    Variation(id="account-words", vary=account_words, base={"kind": "township"}),
    Variation(id="half-width-labels", vary=half_width_labels),
    Variation(id="noted-labels", vary=noted_labels),
    Variation(id="half-width-unit", vary=half_width_unit, forms=("2021",)),
    Variation(id="subtotals", vary=subtotals),
    Variation(id="signed-changes", vary=signed_changes, forms=("2019",)),
    Variation(id="decimal-fees", vary=decimal_fees, base={"kind": "government"}, forms=("2021",)),
    Variation(id="decimal-purchase", vary=decimal_purchase, base={"kind": "government"}, forms=("2019",)),
    Variation(id="caption", vary=caption),
    Variation(id="said-before-table", vary=said_before_table),
    Variation(id="table-in-overview", vary=table_in_overview),
    Variation(id="dashes-row", vary=dashes_row, only=("tab-rows", "tab-grid", "chrome-tab")),
    Variation(id="spare-cell", vary=spare_cell, only=ROWS_SEEN),
    Variation(id="padded", vary=padded),
    Variation(id="wrapped", vary=same, edit=wrapped),
    Variation(id="spaced-words", vary=same, edit=spaced_words),
    Variation(id="trailing-spaces", vary=same, edit=trailing_spaces),
    Variation(id="regulations-of-a-city", vary=regulations_of_a_city, base={"kind": "government", "unit": CITY}, forms=("2021",)),
)
