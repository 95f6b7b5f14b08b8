"""Breaks in the three tables: what is missing, blank, in the way, or no figure. Each function is named after its id in mutations.yaml."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.acceptance.mutation import vocabulary as words
from tests.acceptance.mutation.broken import Broken, broken
from tests.acceptance.mutation.report import Paragraph, Part, Report, Row, Table

TABLES = {"disclosure": 2, "applications": 3, "review": 4}


def _column_zero(report: Report, table: str, column: str) -> bool:
    return all(text == "0" for (t, _, c), text in report.figures().items() if (t, c) == (table, column))


def _row_zero(report: Report, row: str) -> bool:
    return all(text == "0" for (t, r, _), text in report.figures().items() if (t, r) == ("applications", row))


def _inner(report: Report) -> list[str]:
    return [key for key, stubs in words.applications(report.form) if len(stubs) == 3]


# ---------------------------------------------------------------------------------------------- form


def old_form(report: Report, random: Random) -> Broken:
    """The base already stands on the form of 2019 for a later year."""
    return broken(report)


def new_form_early(report: Report, random: Random) -> Broken:
    """The base already stands on the form of 2021 for an earlier year."""
    return broken(report)


def before_2019(report: Report, random: Random) -> Broken:
    """The base is a report for 2018."""
    return broken(report)


def mixed_procurement(report: Report, random: Random) -> Broken:
    """The procurement table of 2019 after the tables of 2021."""
    band, columns, rows = words.DISCLOSURE["2019"][-1]
    part = Part(band=band, columns=columns, rows=(Row(key="procurement", stubs=(rows[0][1],), values=tuple((c, "0") for c, _ in columns)),))
    return broken(report.with_table("disclosure", lambda t: replace(t, parts=(*t.parts, part))))


def mixed_services(report: Report, random: Random) -> Broken:
    """Band （五） as in 2019: three columns and a second row."""
    band, columns, rows = words.DISCLOSURE["2019"][1]
    decisions = report.figures()["disclosure", "licensing", "decisions"]
    part = Part(
        band=band,
        columns=columns,
        rows=tuple(
            Row(
                key=key, stubs=(label,), values=tuple((c, decisions if (key, c) == ("licensing", "decisions") else "0") for c, _ in columns)
            )
            for key, label in rows
        ),
    )
    return broken(report.with_table("disclosure", lambda t: replace(t, parts=(t.parts[0], part, *t.parts[2:]))))


def mixed_other(report: Report, random: Random) -> Broken:
    """The three rows under （六） of 2021 in a table of 2019."""

    def edit(_: Part, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        out: list[Row] = []
        for row in rows:
            if row.key != "other":
                out.append(row)
                continue
            new = [(key, stubs) for key, stubs in words.applications("2021") if key.startswith("other.")]
            nought = tuple((c, "0") for c, _ in row.values)
            out += [Row(key=key, stubs=stubs, values=row.values if key == "other.other" else nought) for key, stubs in new]
        return tuple(out)

    return broken(report.with_rows("applications", edit))


CHANGED = (
    ("disclosure", "行政处罚", "行政处罚决定", "row", "penalty"),
    ("applications", "1.属于国家秘密", "1.国家秘密", "row", "denied.state_secret"),
    ("applications", "2.重复申请", "2.重复的申请", "row", "rejected.duplicate"),
    ("applications", "科研机构", "科研院所", "column", "research"),
    ("applications", "（四）无法提供", "（四）不能提供", "row", None),
)
CHANGED_2021 = (
    ("disclosure", "行政规范性文件", "规范性文件", "row", "normative_documents"),
    ("disclosure", "本年制发件数", "本年制定件数", "column", "made"),
    ("disclosure", "现行有效件数", "现行有效数", "column", "effective"),
)
CHANGED_2019 = (
    ("disclosure", "本年新制作数量", "本年新制定数量", "column", "made"),
    ("disclosure", "对外公开总数量", "对外公开总数", "column", "disclosed_total"),
)


def changed_label(report: Report, random: Random) -> Broken:
    """One label in other words."""
    table, old, new, axis, key = random.choice((*CHANGED, *(CHANGED_2021 if report.form == "2021" else CHANGED_2019)))
    return broken(report.relabel(table, old, new), table=table, **({axis: key} if key else {}))


def retired_rows(report: Report, random: Random) -> Broken:
    """Two rows of the years before 2019 in section 3."""

    def edit(_: Part, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        place = next(i for i, row in enumerate(rows) if row.key == "total")
        nought = rows[place].values
        old = tuple(
            Row(key=None, stubs=("三、本年度办理结果", label), values=tuple((c, "0") for c, _ in nought))
            for label in ("政府信息不存在", "不属于本行政机关公开")
        )
        return (*rows[:place], *old, *rows[place:])

    return broken(report.with_rows("applications", edit))


def retired_table(report: Report, random: Random) -> Broken:
    """The expenses table of the years before 2019 after section 3's."""
    rows = tuple(
        Row(key=None, stubs=(label,), values=(("unit", unit), ("count", "0")))
        for label, unit in (("政府信息公开指定专职人员数", "人"), ("收费及减免情况", "元"), ("行政机关咨询处理数", "次"))
    )
    part = Part(band="机构建设和保障经费情况", columns=(("unit", "计量单位"), ("count", "统计数")), rows=rows, corner="指标名称")
    section = report.section(3)
    return broken(report.with_section(3, items=(*section.items, Table(key="retired", parts=(part,)))))


# ---------------------------------------------------------------------------------------------- missing


def missing_table(report: Report, random: Random) -> Broken:
    """A heading with no table under it."""
    table = random.choice(tuple(TABLES))
    return broken(report.with_table(table, lambda _: None), table=table)


def picture_for_table(report: Report, random: Random) -> Broken:
    """A picture or a reference where the table should be."""
    table = random.choice(tuple(TABLES))
    words_there = random.choice(("[图片]", "（表格见附件）", "具体数据详见附件。"))
    return broken(report.with_table(table, lambda _: Paragraph(text=words_there)), table=table)


def run_together(report: Report, random: Random) -> Broken:
    """Section 2 with nothing between its cells, and figures that can be divided in many ways."""
    row = ("disclosure", "normative_documents")
    columns = [c for t, r, c in report.figures() if (t, r) == row]
    for column, text in zip(columns, ("12", "3", "145"), strict=True):
        report = report.put(*row, column, text)
    table = report.table("disclosure")
    text = "".join(
        part.band
        + "信息内容"
        + "".join(label for _, label in part.columns)
        + "".join(r.stubs[-1] + "".join(text for _, text in r.values) for r in part.rows)
        for part in table.parts
    )
    return broken(report.with_table("disclosure", lambda _: Paragraph(text=text)))


def missing_nought_row(report: Report, random: Random) -> Broken:
    """A row of noughts left out of section 3."""
    row = random.choice([key for key in _inner(report) if _row_zero(report, key)])
    return broken(report.without_rows("applications", row), row=row)


def missing_row(report: Report, random: Random) -> Broken:
    """Any row left out of section 3, figures and all."""
    row = random.choice([key for key, _ in words.applications(report.form)])
    return broken(report.without_rows("applications", row), row=row)


def missing_neighbours(report: Report, random: Random) -> Broken:
    """Three rows in a row left out: one finding."""
    rows = random.choice(
        (
            ("denied.internal_affairs", "denied.process_info", "denied.enforcement_file"),
            ("rejected.duplicate", "rejected.publication", "rejected.excessive"),
            ("unavailable.not_held", "unavailable.needs_creation", "unavailable.still_unclear"),
        )
    )
    return broken(report.without_rows("applications", *rows), row=rows[0], rows=rows)


def missing_disclosure_row(report: Report, random: Random) -> Broken:
    """A row left out of section 2."""
    row = random.choice(("regulations", "normative_documents", "penalty", "coercion"))
    return broken(report.without_rows("disclosure", row), row=row)


def missing_band(report: Report, random: Random) -> Broken:
    """A band of section 2 left out, header and rows."""
    place = random.choice((1, 3))
    row = report.table("disclosure").parts[place].rows[0].key
    return broken(report.with_table("disclosure", lambda t: replace(t, parts=(*t.parts[:place], *t.parts[place + 1 :]))), row=row)


def missing_suits(report: Report, random: Random) -> Broken:
    """Section 4 without its last five columns."""
    return broken(report.without_rows("review", "litigation_after_review"))


def undivided_other(report: Report, random: Random) -> Broken:
    """（六） as one row in a table of 2021."""

    def edit(_: Part, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        under = [row for row in rows if row.key and row.key.startswith("other.")]
        values = tuple((c, str(sum(int(dict(row.values)[c]) for row in under))) for c, _ in under[0].values)
        merged = Row(key="other", stubs=under[0].stubs[:2], values=values)
        return tuple(row for r in rows for row in ([merged] if r is under[0] else [] if r in under else [r]))

    return broken(report.with_rows("applications", edit))


def extra_row(report: Report, random: Random) -> Broken:
    """A row the form does not have, in section 3."""

    def edit(_: Part, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        place = next(i for i, row in enumerate(rows) if row.key == "denied.admin_query") + 1
        extra = Row(
            key=None,
            stubs=("三、本年度办理结果", "（三）不予公开", "9.属于其他不予公开情形"),
            values=tuple((c, "0") for c, _ in rows[0].values),
        )
        return (*rows[:place], extra, *rows[place:])

    return broken(report.with_rows("applications", edit))


def extra_disclosure_row(report: Report, random: Random) -> Broken:
    """A row the form does not have, in section 2."""

    def edit(part: Part, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        if rows[0].key != "licensing":
            return rows
        return (*rows, Row(key=None, stubs=("行政确认",), values=tuple((c, "7") for c, _ in rows[0].values)))

    return broken(report.with_rows("disclosure", edit))


def missing_column(report: Report, random: Random) -> Broken:
    """A column left out of section 3, header and figures."""
    column = random.choice(("research", "public_benefit", "legal_service"))
    return broken(report.without_column("applications", column), column=column)


def missing_disclosure_column(report: Report, random: Random) -> Broken:
    """The last column of the first band left out."""
    column = report.table("disclosure").parts[0].columns[-1][0]

    def edit(t: Table) -> Table:
        first = t.parts[0]
        kept = replace(first, columns=first.columns[:-1], rows=tuple(replace(r, values=r.values[:-1]) for r in first.rows))
        return replace(t, parts=(kept, *t.parts[1:]))

    return broken(report.with_table("disclosure", edit), column=column)


def short_row(report: Report, random: Random) -> Broken:
    """One figure fewer than the header has columns."""
    row = random.choice([key for key, _ in words.applications(report.form)])
    drop = random.randrange(7)

    def edit(_: Part, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(replace(r, values=r.values[:drop] + r.values[drop + 1 :]) if r.key == row else r for r in rows)

    return broken(report.with_rows("applications", edit), row=row)


def row_order(report: Report, random: Random) -> Broken:
    """Two neighbouring rows of section 3 have changed places, figures and all."""
    first, second = random.choice(
        (("denied.law_prohibited", "denied.security_stability"), ("rejected.publication", "rejected.excessive"), ("new", "carried_in"))
    )

    def edit(_: Part, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        by_key = {row.key: row for row in rows}
        swap = {first: second, second: first}
        return tuple(by_key[swap[r.key]] if r.key in swap else r for r in rows)

    return broken(report.with_rows("applications", edit), rows=(first, second))


def disclosure_row_order(report: Report, random: Random) -> Broken:
    """行政强制 before 行政处罚."""
    return broken(report.with_rows("disclosure", lambda _, rows: tuple(reversed(rows)) if rows[0].key == "penalty" else rows))


# ---------------------------------------------------------------------------------------------- cells

PLACEHOLDERS = ("/", "—", "无", "-", "－", "——", "\\")


def _nought_part(report: Report, random: Random) -> tuple[str, str, str]:
    """A part of a sum that is nought in section 3 or 4."""
    return random.choice(
        [k for k, text in report.figures().items() if k[0] != "disclosure" and text == "0" and k[2] != "total" and k[1] != "total"]
    )


def blank_part(report: Report, random: Random) -> Broken:
    """A nought left blank."""
    table, row, column = _nought_part(report, random)
    return broken(report.put(table, row, column, ""), table=table, row=row, column=column)


def blank_total(report: Report, random: Random) -> Broken:
    """A row's total left blank: no sum fails for it."""
    table, row, column = random.choice([k for k in report.figures() if k[0] == "applications" and k[2] == "total"])
    return broken(report.put(table, row, column, ""), table=table, row=row, column=column)


def blank_disclosure(report: Report, random: Random) -> Broken:
    """A figure of section 2 left blank."""
    table, row, column = random.choice([k for k in report.figures() if k[0] == "disclosure"])
    return broken(report.put(table, row, column, ""), table=table, row=row, column=column)


def placeholder(report: Report, random: Random) -> Broken:
    """A sign or 无 for a nought."""
    table, row, column = _nought_part(report, random)
    return broken(report.put(table, row, column, random.choice(PLACEHOLDERS)), table=table, row=row, column=column)


def placeholder_disclosure(report: Report, random: Random) -> Broken:
    """A sign or 无 for a figure of section 2."""
    table, row, column = random.choice([k for k in report.figures() if k[0] == "disclosure"])
    return broken(report.put(table, row, column, random.choice(PLACEHOLDERS)), table=table, row=row, column=column)


def _fill(report: Report, table: str, text: str, rows: int | None = None) -> Report:
    keys = [
        k
        for k, value in report.figures().items()
        if k[0] == table and (rows is None or value == "0" and k[2] != "total" and k[1] != "total")
    ]
    for key in keys[:rows] if rows else keys:
        report = report.put(*key, text)
    return report


def many_blanks(report: Report, random: Random) -> Broken:
    """Twelve noughts left blank: one finding."""
    return broken(_fill(report, "applications", "", 12))


def many_placeholders(report: Report, random: Random) -> Broken:
    """Twelve noughts printed as a sign: one finding."""
    return broken(_fill(report, "applications", random.choice(PLACEHOLDERS), 12))


def blank_table(report: Report, random: Random) -> Broken:
    """Not one figure filled in."""
    table = random.choice(tuple(TABLES))
    return broken(_fill(report, table, ""), table=table)


def placeholder_table(report: Report, random: Random) -> Broken:
    """Signs for every figure."""
    table = random.choice(tuple(TABLES))
    return broken(_fill(report, table, random.choice(("/", "—", "无"))), table=table)


def not_a_number(report: Report, random: Random) -> Broken:
    """Words or letters for a count."""
    row = random.choice(("licensing", "penalty", "coercion"))
    return broken(report.put("disclosure", row, "decisions", random.choice(("若干", "O", "3.5.1", "较多", "12?"))), row=row)


def not_a_number_part(report: Report, random: Random) -> Broken:
    """Words for a part of a sum: the sum is unknown, not wrong."""
    _, row, column = random.choice(
        [k for k, text in report.figures().items() if k[0] == "applications" and text == "0" and k[2] != "total" and k[1] != "total"]
    )
    return broken(report.put("applications", row, column, "若干"), row=row, column=column)


def negative(report: Report, random: Random) -> Broken:
    """A count below nought."""
    row = random.choice(("licensing", "penalty", "coercion"))
    return broken(report.put("disclosure", row, "decisions", random.choice(("-3", "－3", "−12"))), row=row)


def negative_fee(report: Report, random: Random) -> Broken:
    """Money below nought."""
    return broken(report.put("disclosure", "fees", "amount", "-2.5"))


def not_integer(report: Report, random: Random) -> Broken:
    """A count with a fraction."""
    row = random.choice(("licensing", "penalty", "coercion"))
    return broken(report.put("disclosure", row, "decisions", random.choice(("3.5", "12.25"))), row=row)


def figure_with_note(report: Report, random: Random) -> Broken:
    """A note after the figure; it is read all the same."""
    column = report.table("disclosure").parts[0].columns[-1][0]
    return broken(report.put("disclosure", "normative_documents", column, "45（其中修订2件）"), column=column, value=45)


def fullwidth_figure(report: Report, random: Random) -> Broken:
    """Digits of full width; they are read all the same."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    table, row, column = random.choice(list(report.figures()))
    text = report.figures()[table, row, column].translate(wide)
    return broken(report.put(table, row, column, text), table=table, row=row, column=column)


def thousands(report: Report, random: Random) -> Broken:
    """A separator between the thousands."""
    row = random.choice(("licensing", "penalty"))
    return broken(report.put("disclosure", row, "decisions", random.choice(("1,060", "1，060"))), row=row, column="decisions", value=1060)


def unit_in_figure(report: Report, random: Random) -> Broken:
    """A classifier behind the count."""
    row = random.choice(("licensing", "penalty", "coercion"))
    return broken(report.put("disclosure", row, "decisions", random.choice(("8件", "8 件"))), row=row, column="decisions", value=8)


def money_unit(report: Report, random: Random) -> Broken:
    """元 behind a purchase."""
    return broken(report.put("disclosure", "procurement", "amount", "251000元"), value=251000)


def regulations(report: Report, random: Random) -> Broken:
    """A unit without the power has made a regulation."""
    column = report.table("disclosure").parts[0].columns[-1][0]
    return broken(report.put("disclosure", "regulations", column, random.choice(("2", "6"))), column=column)


def fee_in_yuan(report: Report, random: Random) -> Broken:
    """元 typed under 万元."""
    return broken(report.put("disclosure", "fees", "amount", "182600"))


def fee_against_text(report: Report, random: Random) -> Broken:
    """The table's figure is ten thousand times the text's."""
    return broken(report.append(1, "全年行政事业性收费18.87万元。").put("disclosure", "fees", "amount", "188700"))
