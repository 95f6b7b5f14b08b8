"""Sound reports from a seed: every identity of the form holds and the text agrees with the tables."""

from __future__ import annotations

from random import Random

from tests.acceptance.mutation import prose, units
from tests.acceptance.mutation import vocabulary as words
from tests.acceptance.mutation.report import Contact, Part, Preamble, Report, Row, Section, Table, Unit, heading

KINDS = ("township", "department", "government", "subdistrict")
PERIODS = (
    "本报告所列数据的统计期限为{y}年1月1日至{y}年12月31日。",
    "统计期限自{y}年1月1日起至{y}年12月31日止。",
    "报告中所列数据的统计期限为{y}年1月1日至12月31日。",
    "本年报中所列数据的统计时限为 {y} 年 1 月 1 日至 {y} 年 12 月 31 日。",
    "统计时间为{y}年1月1日—12月31日。",
    "数据统计期限为{y}年1月1日-{y}年12月31日。",
)
TRIGGERS = ("如对本报告有任何疑问", "如有疑问", "如对本年度报告有疑问", "若对报告内容有疑问")
SHAPES = ("brackets", "after-stop", "sentences", "semicolons", "reversed")
NOTICES = {
    "2019": "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）",
    "2021": "《国务院办公厅政府信息与政务公开办公室关于印发"
    "〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）",
}


def sound(
    seed: int,
    *,
    form: str = "2021",
    year: int | None = None,
    kind: str | None = None,
    parts: str | None = None,
    style: str | None = None,
    busy: bool | None = None,
    unpaid: int = 0,
    accountable: bool | None = None,
    shape: str | None = None,
    unit: Unit | None = None,
    named: bool = False,
    split: bool | None = None,
) -> Report:
    """A sound report; what is not given is chosen by the seed."""
    random = Random(f"{seed}/{form}")
    kind = kind or KINDS[seed % len(KINDS)]
    year = year or random.choice((2019, 2020) if form == "2019" else (2021, 2022, 2023, 2024, 2025))
    unit = unit or random.choice([u for u in units.BY_KIND[kind] if not named or "市" in u.address])
    busy = busy if busy is not None else kind in ("government", "department") or random.random() < 0.3
    tables = (_disclosure(random, form, kind, busy), _applications(random, form, busy, unpaid), _review(random, busy))
    scene = prose.Scene(unit=unit, year=year, form=form, figures=_figures(tables))
    style = style or random.choice(prose.STYLES)
    accountable = kind in ("township", "government") if accountable is None else accountable
    contents = (
        prose.overview(scene, random, style, accountable),
        (tables[0],),
        (tables[1],),
        (tables[2],),
        prose.problems(unit, random),
        prose.others(scene, random),
    )
    return Report(
        unit=unit,
        year=year,
        form=form,
        title=_title(random, unit, year),
        preamble=_preamble(random, unit, year, form, parts, shape, split),
        sections=tuple(
            Section(key=n, numeral=heading(n)[0], wording=heading(n)[1], items=items) for n, items in enumerate(contents, start=1)
        ),
    )


def _figures(tables: tuple[Table, ...]) -> prose.Counts:
    return {(t.key, r.key, c): text for t in tables for p in t.parts for r in p.rows if r.key for c, text in r.values}


def _title(random: Random, unit: Unit, year: int) -> tuple[str, ...]:
    return random.choice(
        (
            (f"{unit.name}{year}年政府信息公开工作年度报告",),
            (f"{unit.name}", f"{year}年政府信息公开工作年度报告"),
            (f"{unit.name} {year} 年政府信息公开工作年度报告",),
            (f"{year}年{unit.name}政府信息公开工作年度报告",),
        )
    )


def _preamble(random: Random, unit: Unit, year: int, form: str, parts: str | None, shape: str | None, split: bool | None) -> Preamble:
    listed = "、".join(words.HEADINGS)
    lists = {
        "list": f"本报告由{listed}六个部分组成。",
        "etc": f"本报告由{words.HEADINGS[0]}、{words.HEADINGS[1]}、{words.HEADINGS[2]}等六部分组成。",
        "bare-etc": f"本报告包括{words.HEADINGS[0]}、{words.HEADINGS[1]}等内容。",
        "none": "",
    }
    return Preamble(
        basis=f"根据《中华人民共和国政府信息公开条例》和{NOTICES[form]}要求，",
        announce=random.choice(
            (f"现向社会公布{unit.short}{year}年政府信息公开工作年度报告。", f"{unit.short}编制了{year}年政府信息公开工作年度报告。")
        ),
        parts=lists[parts or random.choice(tuple(lists))],
        period=random.choice(PERIODS).format(y=year),
        copy=random.choice(
            ("", f"本报告电子版可在云岭县人民政府门户网站（{unit.website}）查阅下载。" if unit.name.startswith("云岭县") else "")
        ),
        contact=_contact(random, unit, shape),
        split=random.random() < 0.3 if split is None else split,
    )


def _contact(random: Random, unit: Unit, shape: str | None) -> Contact:
    dash = random.choice(("-", "-", "—", "－"))
    fields = [
        ("address", random.choice(("地址", "联系地址", "办公地址", "通信地址")), unit.address),
        ("postcode", random.choice(("邮编", "邮政编码")), unit.postcode),
        ("phone", random.choice(("电话", "联系电话", "咨询电话")), f"{unit.area_code}{dash}{unit.number}"),
        ("email", random.choice(("邮箱", "电子邮箱", "电子信箱")), unit.email),
    ]
    return Contact(trigger=random.choice(TRIGGERS), office=unit.office, fields=tuple(fields), shape=shape or random.choice(SHAPES))


def _disclosure(random: Random, form: str, kind: str, busy: bool) -> Table:
    """Section 2. Regulations stay at nought: none of these units may make any."""
    high = 4000 if kind == "government" else 260 if busy else 12

    made = random.randint(0, 4)
    documents = {"made": made, "disclosed": made, "repealed": random.randint(0, 2), "effective": made + random.randint(3, 19)}

    def value(row: str, column: str) -> str:
        if row == "regulations":
            return "0"
        if row == "normative_documents":
            return str(documents.get(column, made + 17))
        if row == "fees" and column == "amount":
            return random.choice(("0", "0", "18.871", "26.55")) if busy else "0"
        if row == "procurement" and column == "amount":
            return str(random.randint(1, 90) * 1000) if busy else "0"
        if column == "items_last_year":
            return str(random.randint(20, 160) if busy else random.randint(12, 30))
        if column == "change":
            return random.choice(("0", "+3", "-11", "2", "-1"))
        return str(random.randint(0, high)) if random.random() < 0.7 else "0"

    parts = tuple(
        Part(
            band=band,
            columns=columns,
            rows=tuple(
                Row(key=key, stubs=(label,), values=tuple((column, value(key, column)) for column, _ in columns)) for key, label in rows
            ),
        )
        for band, columns, rows in words.DISCLOSURE[form]
    )
    return Table(key="disclosure", parts=parts)


def _applications(random: Random, form: str, busy: bool, unpaid: int) -> Table:
    """Section 3: results first, then what came in, so that every sum holds."""
    layout = words.applications(form)
    results = [key for key, _ in layout if key not in ("new", "carried_in", "total", "carried_out")]
    columns = [key for key, _ in words.APPLICANTS[:-1]]
    grid: dict[str, dict[str, int]] = {key: dict.fromkeys(columns, 0) for key, _ in layout}
    if busy or unpaid:
        for key in results:
            for column in ("natural_person", *random.sample(columns[1:], 2)):
                if random.random() < (0.5 if column == "natural_person" else 0.15):
                    grid[key][column] = random.randint(1, 130 if column == "natural_person" else 9)
        grid["granted"]["natural_person"] += 3
    elif random.random() < 0.5:
        grid["granted"]["natural_person"] = 1
    if form == "2021":
        grid["other.unpaid_fee"] = dict.fromkeys(columns, 0) | {"natural_person": unpaid}
    for column in columns:
        total = sum(grid[key][column] for key in results)
        left = random.randint(0, 6) if busy and column in columns[:2] else 0
        brought = random.randint(0, min(5, total)) if busy else 0
        grid["total"][column], grid["carried_out"][column] = total, left
        grid["carried_in"][column], grid["new"][column] = brought, total + left - brought
    rows = tuple(
        Row(key=key, stubs=stubs, values=(*((c, str(grid[key][c])) for c in columns), ("total", str(sum(grid[key].values())))))
        for key, stubs in layout
    )
    return Table(key="applications", parts=(Part(band="", columns=words.APPLICANTS, rows=rows),))


def _review(random: Random, busy: bool) -> Table:
    def values() -> tuple[tuple[str, str], ...]:
        parts = [random.choice((0, 0, 1, 2, 5)) if busy else 0 for _ in words.OUTCOMES[:-1]]
        return tuple((key, str(n)) for (key, _), n in zip(words.OUTCOMES, [*parts, sum(parts)], strict=True))

    figures = {key: dict(values()) for key, _ in words.REVIEW}
    if figures["litigation_after_review"]["total"] != "0" and figures["review"]["total"] == "0":
        figures["review"] |= {"upheld": "1", "total": "1"}  # a suit after review had one
    rows = tuple(Row(key=key, stubs=stubs, values=tuple(figures[key].items())) for key, stubs in words.REVIEW)
    return Table(key="review", parts=(Part(band="", columns=words.OUTCOMES, rows=rows),))
