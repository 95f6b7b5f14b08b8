"""The paragraph on applications in several styles, each figure with the rule that must tell when it is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

Table = dict[tuple[str, str, str], str]
RESULTS = {
    "予以公开": ("granted",),
    "部分公开": ("partial",),
    "不予公开": (
        "denied.state_secret",
        "denied.law_prohibited",
        "denied.security_stability",
        "denied.third_party",
        "denied.internal_affairs",
        "denied.process_info",
        "denied.enforcement_file",
        "denied.admin_query",
    ),
    "无法提供": ("unavailable.not_held", "unavailable.needs_creation", "unavailable.still_unclear"),
    "不予处理": ("rejected.petition", "rejected.duplicate", "rejected.publication", "rejected.excessive", "rejected.reissue"),
    "其他处理": ("other", "other.no_correction", "other.unpaid_fee", "other.other"),
}


@dataclass(frozen=True)
class Told:
    """A figure as the text prints it; `rule`: what must fire when it is another."""

    value: int
    rule: str
    unit: str = "件"
    how: Callable[[int], str] = str

    @property
    def text(self) -> str:
        """As printed."""
        return self.how(self.value) + self.unit


Piece = str | Told
Style = Callable[[Table, Random, int], list[Piece]]


def chinese(number: int) -> str:
    """A number below ten thousand in Chinese numerals."""
    digits, units = "零一二三四五六七八九", ("", "十", "百", "千")
    if number < 10:
        return digits[number]
    text = ""
    for place, digit in enumerate(reversed(str(number))):
        text = (digits[int(digit)] + units[place] if digit != "0" else "零") + text
    while "零零" in text:
        text = text.replace("零零", "零")
    text = text.rstrip("零")
    return text[1:] if text.startswith("一十") else text


def wide(number: int) -> str:
    """Full-width digits."""
    return "".join(chr(0xFF10 + int(digit)) for digit in str(number))


def thousands(number: int) -> str:
    """1,060."""
    return f"{number:,}"


def _totals(table: Table) -> dict[str, int]:
    return {row: int(table["applications", row, "total"]) for row in ("new", "carried_in", "total", "carried_out")}


def _results(table: Table) -> list[tuple[str, int]]:
    total = {name: sum(int(table.get(("applications", row, "total"), "0") or 0) for row in rows) for name, rows in RESULTS.items()}
    return list(total.items())


def _listed(table: Table, mark: str) -> list[Piece]:
    pieces: list[Piece] = []
    for name, value in _results(table):
        pieces += [mark if pieces else "", name, Told(value, "narrative.results")]
    return pieces


def plain(table: Table, random: Random, year: int) -> list[Piece]:
    """收到, 上年结转, 办结, 结转, and the six results."""
    t = _totals(table)
    return [
        f"{year}年，共收到政府信息公开申请",
        Told(t["new"], "narrative.received"),
        "，上年结转",
        Told(t["carried_in"], "narrative.carried-in"),
        "，全年依法办结",
        Told(t["total"], "narrative.completed"),
        "，结转下年度继续办理",
        Told(t["carried_out"], "narrative.carried-out"),
        "。办结的申请中，",
        *_listed(table, "、"),
        "。",
    ]


def counted(table: Table, random: Random, year: int) -> list[Piece]:
    """Figures before what they count, in Chinese numerals."""
    t = _totals(table)
    natural = int(table["applications", "new", "natural_person"])
    return [
        "全年收到",
        Told(t["new"], "narrative.received", "宗", chinese),
        "政府信息公开申请，自然人申请",
        Told(natural, "narrative.applicants", "件", chinese),
        "，法人或者其他组织申请",
        Told(t["new"] - natural, "narrative.applicants", "件", chinese),
        f"。{year - 1}年结转申请",
        Told(t["carried_in"], "narrative.carried-in", "件", chinese),
        f"，结转至{year + 1}年办理",
        Told(t["carried_out"], "narrative.carried-out", "件", chinese),
        "。",
    ]


def channels(table: Table, random: Random, year: int) -> list[Piece]:
    """By way and by applicant; full-width digits."""
    t = _totals(table)
    by_net = random.randint(0, t["new"])
    by_post = random.randint(0, t["new"] - by_net)
    return [
        "本年度新收到依申请公开申请",
        Told(t["new"], "narrative.received", "件", wide),
        "。从渠道看，网络申请",
        Told(by_net, "narrative.channels"),
        "、信函申请",
        Told(by_post, "narrative.channels"),
        "、当面申请",
        Told(t["new"] - by_net - by_post, "narrative.channels"),
        "。",
    ]


def handled(table: Table, random: Random, year: int) -> list[Piece]:
    """办结…件（含上年结转…件，另有…件顺延）, results in sentences of their own."""
    t = _totals(table)
    return [
        "办结依申请公开件",
        Told(t["total"], "narrative.completed", "件", thousands),
        "（含上年结转的",
        Told(t["carried_in"], "narrative.carried-in"),
        "，另有",
        Told(t["carried_out"], "narrative.carried-out"),
        "申请按照《条例》顺延到下年度答复）。",
        *_listed(table, "；"),
        "。",
    ]


def cases(table: Table, random: Random, year: int) -> list[Piece]:
    """Reviews and suits with their outcomes."""
    review = {key: int(table["review", "review", key]) for key in ("total", "upheld", "corrected", "other", "pending")}
    suits = {key: int(table["review", "litigation_direct", key]) + int(table["review", "litigation_after_review", key]) for key in review}
    pieces: list[Piece] = []
    for name, kind, figures in (("行政复议", "narrative.review", review), ("行政诉讼", "narrative.litigation", suits)):
        pieces += [
            f"因政府信息公开被{'申请' if kind.endswith('review') else '提起'}{name}",
            Told(figures["total"], kind, "起"),
            "，结果维持",
            Told(figures["upheld"], "narrative.outcomes"),
            "、结果纠正",
            Told(figures["corrected"], "narrative.outcomes"),
            "、其他结果",
            Told(figures["other"], "narrative.outcomes"),
            "、尚未审结",
            Told(figures["pending"], "narrative.outcomes"),
            "。",
        ]
    return pieces


STYLES: tuple[Style, ...] = (plain, counted, channels, handled, cases)
