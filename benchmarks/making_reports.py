"""A county that does not exist: its roster and the reports of its units over several years, sound, and with planted faults where asked.

Every sum of the form holds, each year begins with what the year before carried over, the government's own report is the sum of its units'.
Nothing of the program is imported: what is sound here is sound by the form, not by the program's leave. The same seed writes the same
bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from benchmarks import county_words as words

COUNTY = "云岭县"
ADDRESS = "浙江省丽水市云岭县"
APPLICANTS = ("natural_person", "business", "research", "public_benefit", "legal_service", "other_org")
RESULTS = (
    "granted", "partial",
    "denied.state_secret", "denied.law_prohibited", "denied.security_stability", "denied.third_party",
    "denied.internal_affairs", "denied.process_info", "denied.enforcement_file", "denied.admin_query",
    "unavailable.not_held", "unavailable.needs_creation", "unavailable.still_unclear",
    "rejected.petition", "rejected.duplicate", "rejected.publication", "rejected.excessive", "rejected.reissue",
    "other.no_correction", "other.unpaid_fee", "other.other",
)  # fmt: skip
LABELS = {
    "new": ("一、本年新收政府信息公开申请数量",),
    "carried_in": ("二、上年结转政府信息公开申请数量",),
    "granted": ("三、本年度办理结果", "（一）予以公开"),
    "partial": ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）",),
    "denied.state_secret": ("（三）不予公开", "1.属于国家秘密"),
    "denied.law_prohibited": ("2.其他法律行政法规禁止公开",),
    "denied.security_stability": ("3.危及“三安全一稳定”",),
    "denied.third_party": ("4.保护第三方合法权益",),
    "denied.internal_affairs": ("5.属于三类内部事务信息",),
    "denied.process_info": ("6.属于四类过程性信息",),
    "denied.enforcement_file": ("7.属于行政执法案卷",),
    "denied.admin_query": ("8.属于行政查询事项",),
    "unavailable.not_held": ("（四）无法提供", "1.本机关不掌握相关政府信息"),
    "unavailable.needs_creation": ("2.没有现成信息需要另行制作",),
    "unavailable.still_unclear": ("3.补正后申请内容仍不明确",),
    "rejected.petition": ("（五）不予处理", "1.信访举报投诉类申请"),
    "rejected.duplicate": ("2.重复申请",),
    "rejected.publication": ("3.要求提供公开出版物",),
    "rejected.excessive": ("4.无正当理由大量反复申请",),
    "rejected.reissue": ("5.要求行政机关确认或重新出具已获取信息",),
    "other.no_correction": ("（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    "other.unpaid_fee": ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",),
    "other.other": ("3.其他",),
    "total": ("（七）总计",),
    "carried_out": ("四、结转下年度继续办理",),
}
BUREAUS = (
    "教育局", "民政局", "司法局", "财政局", "自然资源局", "交通运输局", "水利局", "农业农村局", "商务局", "审计局", "统计局", "医疗保障局",
    "应急管理局", "文化和旅游局", "卫生健康局", "市场监督管理局", "林业局", "住房和城乡建设局", "退役军人事务局", "乡村振兴局", "信访局",
)  # fmt: skip
FIRST = "青白柳松杨石竹溪沙枫梅榆桐桃茶麻苇蓝赤乌玉金铜铁银瓷陶砚笔墨葛荷菱藕姜蒲莲菊柏槐"
SECOND = "潭湾坪坞垄埠塘渡墟寨陂岗岔峪堰桥庄铺浦店坡洼滩岭冲畈圩荡"


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit that owes a report."""

    name: str
    short: str
    kind: str
    me: str
    below: str
    phone: str
    style: int
    busy: int  # applications of a usual year


Figures = dict[tuple[str, str], int]  # row, column of section 3


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report as its clerk thinks of it. `documents`: made, repealed, effective; `decisions`: licensing, penalty, coercion."""

    unit: Unit
    year: int
    applications: Figures
    review: tuple[tuple[int, ...], ...]  # three blocks of five
    documents: tuple[int, int, int]
    decisions: tuple[int, int, int]
    fees: int  # hundredths of 万元
    sections: dict[int, tuple[str, ...]] = field(default_factory=dict)
    published: str = ""
    announced: str = ""  # whose report the opening says it is; empty: the unit's own
    nameless: bool = False  # nothing says whose report it is


# ------------------------------------------------------------------------------------------------ the units


def units(count: int, rnd: Random) -> list[Unit]:
    """The government, its bureaus, towns and subdistricts: `count` of them, no name part of another's."""
    stems = [a + b for a in FIRST for b in SECOND]
    rnd.shuffle(stems)
    found = [_unit(COUNTY + "人民政府", COUNTY, "government", "我县", "各乡镇和县级部门", rnd)]
    bureaus = BUREAUS[: min(len(BUREAUS), count // 3)]
    found += [_unit(f"{COUNTY}{name}", f"县{name}", "department", "我局", "各股室", rnd) for name in bureaus]
    for number in range(count - len(found)):
        end = "街道" if number % 9 == 4 else "乡" if number % 3 == 1 else "镇"
        office = "办事处" if end == "街道" else "人民政府"
        kind, below = ("subdistrict", "各社区") if end == "街道" else ("township", "各村")
        found.append(_unit(f"{COUNTY}{stems[number]}{end}{office}", f"{stems[number]}{end}", kind, f"我{end}", below, rnd))
    return found


def _unit(name: str, short: str, kind: str, me: str, below: str, rnd: Random) -> Unit:
    busy = rnd.choice((0, 0, 0, 1, 2, 4)) if kind in ("township", "subdistrict") else rnd.choice((1, 4, 9, 20))
    phone = f"0578-6{rnd.randint(100000, 899999)}"
    return Unit(name=name, short=short, kind=kind, me=me, below=below, phone=phone, style=rnd.randrange(6), busy=busy)


# ------------------------------------------------------------------------------------------------ figures


def _applications(unit: Unit, before: Figures | None, rnd: Random) -> Figures:
    """Section 3, so that every row and column adds up and begins with what last year carried out."""
    found: Figures = {(row, column): 0 for row in LABELS for column in APPLICANTS}
    for column in APPLICANTS:
        usual = unit.busy if column == "natural_person" else unit.busy // 4 if rnd.random() < 0.3 else 0
        carried = before["carried_out", column] if before else rnd.choice((0, 0, 0, 1)) if usual else 0
        done = carried + rnd.randint(0, 2 * usual) if usual else carried
        out = rnd.choice((0, 0, 0, 1, 2)) if usual > 1 else 0
        for _ in range(done):
            row = rnd.choice(("granted", "granted", "granted", "partial", "unavailable.not_held", *RESULTS))
            found["granted" if row == "other.unpaid_fee" else row, column] += 1
        found["total", column], found["carried_out", column], found["carried_in", column] = done, out, carried
        found["new", column] = done + out - carried
    return found


def _review(unit: Unit, rnd: Random) -> tuple[tuple[int, ...], ...]:
    blocks = []
    for _ in range(3):
        four = [rnd.choice((0, 0, 0, 1)) if unit.busy > 8 else 0 for _ in range(4)]
        blocks.append((*four, sum(four)))
    if blocks[2][-1] and not blocks[0][-1]:
        blocks[0] = (1, 0, 0, 0, 1)  # a suit after review had one
    return tuple(blocks)


def _figures(unit: Unit, year: int, before: Report | None, rnd: Random) -> Report:
    """A year's figures without words yet."""
    made = rnd.choice((0, 0, 1, 2)) if unit.kind != "government" else 0
    held = before.documents[2] if before else rnd.randint(0, 12)
    repealed = rnd.randint(0, min(1, held))
    most = 40 if unit.kind in ("township", "subdistrict") else 900
    applications = _applications(unit, before.applications if before else None, rnd)
    decisions = (_some(rnd, 1, most), _some(rnd, 2, most), _some(rnd, 3, 9))
    asked = sum(applications["total", column] for column in APPLICANTS)
    return Report(
        unit=unit,
        year=year,
        applications=applications,
        review=_review(unit, rnd) if asked else ((0,) * 5,) * 3,
        documents=(made, repealed, held + made - repealed),
        decisions=tuple(_near(now, last) for now, last in zip(decisions, before.decisions if before else decisions, strict=True)),  # type: ignore[arg-type]
        fees=rnd.choice((0, 0, rnd.randint(100, 9000))) if unit.kind == "department" else 0,
    )


def _some(rnd: Random, noughts: int, most: int) -> int:
    """A number, or nought: that so many times as often."""
    return rnd.choice((*[0] * noughts, rnd.randint(1, most)))


def _near(now: int, last: int) -> int:
    """A year's number, not so far from last year's that it would be asked about."""
    return min(max(now, last // 3), 3 * last) if now and last else last


def _summed(unit: Unit, year: int, reports: list[Report]) -> Report:
    """The government's own report: the sum of its units'."""
    return Report(
        unit=unit,
        year=year,
        applications={key: sum(report.applications[key] for report in reports) for key in reports[0].applications},
        review=tuple(tuple(sum(report.review[b][i] for report in reports) for i in range(5)) for b in range(3)),
        documents=tuple(sum(report.documents[i] for report in reports) for i in range(3)),  # type: ignore[arg-type]
        decisions=tuple(sum(report.decisions[i] for report in reports) for i in range(3)),  # type: ignore[arg-type]
        fees=sum(report.fees for report in reports),
    )


# ------------------------------------------------------------------------------------------------ words


class Writer:
    """One clerk in one year: never the same way twice in a report."""

    def __init__(self, report: Report, rnd: Random) -> None:
        self._report, self._rnd = report, rnd
        self._topics = rnd.sample(words.TOPICS, len(words.TOPICS))
        self._at = 0

    def say(self, ways: tuple[str, ...], count: int = 1) -> list[str]:
        """`count` different ways, filled."""
        return [self._fill(way) for way in self._rnd.sample(ways, count)]

    def tell(self, ways: tuple[str, ...], least: int, most: int) -> list[str]:
        """Several sentences, some with something hung on."""
        found = self.say(ways, self._rnd.randint(least, most))
        return [one[:-1] + self._fill(self._rnd.choice(words.TAILS)) + "。" if self._rnd.random() < 0.5 else one for one in found]

    def _topic(self) -> str:
        self._at += 1
        return self._topics[self._at % len(self._topics)]

    def _fill(self, way: str) -> str:
        rnd, unit = self._rnd, self._report.unit
        rows = ("new", "carried_in", "total", "carried_out")
        totals = {row: sum(self._report.applications[row, column] for column in APPLICANTS) for row in rows}
        return way.format(
            a=self._topic(), b=self._topic(), c=self._topic(),
            n=rnd.randint(11, 38), m=rnd.randint(120, 780), k=rnd.randint(2, 9),
            me=unit.me, unit=unit.name, below=unit.below, year=self._report.year,
            place=rnd.choice(words.PLACES), times=rnd.choice(words.TIMES), people=rnd.choice(words.PEOPLE),
            made=self._report.documents[0], repealed=self._report.documents[1], effective=self._report.documents[2], **totals,
        )  # fmt: skip

    def overview(self) -> tuple[str, ...]:
        """Section 1."""
        report = self._report
        asked = any(report.applications[row, column] for row in ("new", "carried_in") for column in APPLICANTS)
        aspects = [
            self.say(words.COUNTS) + self.tell(words.FOCUS, 3, 5) + (self.say(words.DOCUMENTS) if report.documents[0] else []),
            self.say(words.RECEIVED if asked else words.NONE_RECEIVED) + self.tell(words.HANDLING, 2, 4),
            self.tell(words.MANAGEMENT, 3, 5),
            self.tell(words.PLATFORM, 3, 5),
            self.tell(words.SUPERVISION, 2, 4) + self.say(words.ASSESSED),
        ]
        names = words.ASPECTS[report.unit.style % len(words.ASPECTS)]
        lines = self.say(words.INTROS)
        for number, (name, sentences) in enumerate(zip(names, aspects, strict=True)):
            text = "".join(sentences)
            lines.append((f"（{'一二三四五'[number]}）{name}。{text}", f"{number + 1}.{name}。{text}")[report.unit.style % 2])
        return tuple(lines)

    def problems(self) -> tuple[str, ...]:
        """Section 5: as many measures as problems."""
        count = self._rnd.choice((4, 4, 5))
        both = ((words.PROBLEMS, words.PROBLEM_TAILS), (words.MEASURES, words.MEASURE_TAILS))
        found = [self._listed(self._woven(ways, tails, count)) for ways, tails in both]
        leads = self._rnd.choice(words.LEADS)
        return tuple(self._fill(lead) + text for lead, text in zip(leads, found, strict=True))

    def _woven(self, ways: tuple[str, ...], tails: tuple[str, ...], count: int) -> list[str]:
        """Items of a list: how one way begins, how another goes on, and something hung on."""
        begins = tuple(way.split("，", 1)[0] for way in ways)
        ends = tuple("，" + way.split("，", 1)[1] for way in ways if "，" in way)
        return ["".join(pieces) for pieces in zip(self.say(begins, count), self.say(ends, count), self.say(tails, count), strict=True)]

    def _listed(self, items: Iterable[str]) -> str:
        return "；".join(f"{'一二三四五'[number]}是{item}" for number, item in enumerate(items)) + "。"

    def others(self) -> tuple[str, ...]:
        """Section 6."""
        return (*self.say(words.FEES), *self.say(words.OTHERS))

    def written(self) -> Report:
        """The report with its words."""
        month, day = self._rnd.randint(1, 1), self._rnd.randint(5, 29)
        return replace(
            self._report,
            sections={1: self.overview(), 5: self.problems(), 6: self.others()},
            published=f"{self._report.year + 1}-{month:02}-{day:02}",
        )


# ------------------------------------------------------------------------------------------------ printing


def printed(report: Report) -> str:
    """The report as a text file."""
    unit, year = report.unit, report.year
    name = "" if report.nameless else unit.name
    way = -1 if report.announced else unit.style % len(words.BASES) if not report.nameless else 1
    base = words.BASES[way].format(unit=report.announced or unit.name, year=year)
    period = words.PERIODS[(unit.style + year) % len(words.PERIODS)].format(year=year)
    contact = (
        f"如对本报告有疑问，请与{'' if report.nameless else unit.short}办公室联系（"
        f"地址：{ADDRESS}城关镇府前街{unit.phone[-2:].lstrip('0') or 1}号，邮编：323800，"
        f"电话：{unit.phone}，电子邮箱：yl{unit.phone[-6:]}@yunlingxian.gov.cn）。"
    )
    lines = [
        *([f"发布时间：{report.published}"] if report.published else []),
        f"{name}{year}年政府信息公开工作年度报告", "", base + period + contact, "",
        "一、总体情况", *report.sections[1], "",
        "二、主动公开政府信息情况", *_rows(_disclosure(report), unit.style), "",
        "三、收到和处理政府信息公开申请情况", *_rows(_section_3(report), unit.style), "",
        "四、政府信息公开行政复议、行政诉讼情况", *_rows(_section_4(report), unit.style), "",
        "五、存在的主要问题及改进情况", *report.sections[5], "",
        "六、其他需要报告的事项", *report.sections[6],
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _rows(rows: Iterator[list[str]], style: int) -> list[str]:
    return ["\t".join(row) if style % 2 else " ∣ ".join(row) + " ∣" for row in rows]


def _disclosure(report: Report) -> Iterator[list[str]]:
    yield from (["第二十条第（一）项"], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "0", "0", "0"])
    yield ["行政规范性文件", *map(str, report.documents)]
    yield from (["第二十条第（五）项"], ["信息内容", "本年处理决定数量"], ["行政许可", str(report.decisions[0])])
    yield from (["第二十条第（六）项"], ["信息内容", "本年处理决定数量"])
    yield from (["行政处罚", str(report.decisions[1])], ["行政强制", str(report.decisions[2])])
    yield from (["第二十条第（八）项"], ["信息内容", "本年收费金额（单位：万元）"])
    yield ["行政事业性收费", f"{report.fees / 100:.2f}".rstrip("0").rstrip(".")]


def _section_3(report: Report) -> Iterator[list[str]]:
    yield ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"]
    yield ["自然人", "法人或其他组织", "总计"]
    yield ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    for row, labels in LABELS.items():
        figures = [report.applications[row, column] for column in APPLICANTS]
        yield [*labels, *map(str, figures), str(sum(figures))]


def _section_4(report: Report) -> Iterator[list[str]]:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    yield from (["行政复议", "行政诉讼"], [*outcomes, "未经复议直接起诉", "复议后起诉"], outcomes * 2)
    yield [str(figure) for block in report.review for figure in block]


# ------------------------------------------------------------------------------------------------ the county


Reports = dict[tuple[str, int], Report]


def county(
    count: int, years: tuple[int, ...], seed: int = 1, change: Callable[[Report], Report] = lambda report: report
) -> tuple[list[Unit], Reports]:
    """The units and their sound reports by name and year. `change` alters a unit's figures before they are summed and told."""
    rnd = Random(f"county/{seed}/{count}")
    found = units(count, rnd)
    reports: Reports = {}
    for year in years:
        bare = {unit.name: change(_figures(unit, year, reports.get((unit.name, year - 1)), rnd)) for unit in found[1:]}
        bare[found[0].name] = _summed(found[0], year, list(bare.values()))
        reports |= {(name, year): Writer(report, rnd).written() for name, report in bare.items()}
    return found, reports


def roster(found: list[Unit], years: tuple[int, ...]) -> str:
    """nianbao.yaml."""
    lines = [
        f"county: {COUNTY}",
        'reports: ["reports/**/*.txt"]',
        f"years: [{', '.join(map(str, years))}]",
        "deadlines: {government: 03-31, department: 01-31, township: 01-31, subdistrict: 01-31}",
        "roster:",
        *(f"  - {{name: {unit.name}, kind: {unit.kind}, aliases: [{unit.short}]}}" for unit in found if unit.kind != "government"),
        *(f"  - {{name: {unit.name}, kind: {unit.kind}}}" for unit in found if unit.kind == "government"),
    ]
    return "\n".join(lines) + "\n"


def write(folder: Path, found: list[Unit], files: dict[str, str], years: tuple[int, ...]) -> None:
    """The county's repository."""
    (folder / "nianbao.yaml").write_text(roster(found, years), encoding="utf-8", newline="\n")
    for name, text in files.items():
        path = folder / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def place(report: Report) -> str:
    """Where a report stands under reports/."""
    return f"{report.year}/{report.unit.short}.txt"


def sound_files(reports: Reports) -> dict[str, str]:
    """The text of each report by its place under reports/."""
    return {place(report): printed(report) for report in reports.values()}
