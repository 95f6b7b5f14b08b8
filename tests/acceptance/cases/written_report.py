"""Reports of units that do not exist, written from a few words and figures: the rest is a sound report of that unit, year and form.

What a case says in `kinds/*.yaml` is laid over this; the tables follow from the figures, so that they add up unless it has it otherwise.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

_TITLES = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
_RESULTS = (
    ("granted", "三、本年度办理结果\t（一）予以公开"),
    ("partly", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("secret", "（三）不予公开\t1.属于国家秘密"),
    ("forbidden", "2.其他法律行政法规禁止公开"),
    ("endangers", "3.危及“三安全一稳定”"),
    ("third_party", "4.保护第三方合法权益"),
    ("internal", "5.属于三类内部事务信息"),
    ("process", "6.属于四类过程性信息"),
    ("enforcement", "7.属于行政执法案卷"),
    ("query", "8.属于行政查询事项"),
    ("not_held", "（四）无法提供\t1.本机关不掌握相关政府信息"),
    ("to_be_made", "2.没有现成信息需要另行制作"),
    ("unclear", "3.补正后申请内容仍不明确"),
    ("petition", "（五）不予处理\t1.信访举报投诉类申请"),
    ("repeated", "2.重复申请"),
    ("publication", "3.要求提供公开出版物"),
    ("massive", "4.无正当理由大量反复申请"),
    ("confirmation", "5.要求行政机关确认或重新出具已获取信息"),
    ("no_correction", "（六）其他处理\t1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("no_fee", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_result", "3.其他"),
)
_SUITS = (
    "行政复议\t行政诉讼\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t复议后起诉\n"
    "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计"
)
_NOTICES = {
    "2019": "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）",
    "2021": (
        "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）"
    ),
}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What a report says. `rows` has the figures of table three, natural persons, businesses, research … in this order; `suits` those of
    table four, three times four; `headings` those that read otherwise, by the number of their part."""

    unit: str = "南溪县水务局"
    self: str = "我局"
    year: int = 2022
    title: str = "{unit}{year}年政府信息公开工作年度报告"
    lead: str = ""
    preamble: str = (
        "根据《中华人民共和国政府信息公开条例》和{notice}的规定，编制本报告。"
        "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    )
    contact: str = "如有疑问，请与{unit}办公室联系（地址：浙江省丽水市南溪县滨江路7号，邮编：323700，电话：0578-7311026）。"
    headings: Mapping[int, str] = field(default_factory=dict)
    opened: str = "{year}年，{self}围绕群众用水、水费减免等事项及时公开信息，办事指南逐项核对后重新发布。"
    asked: str = "本年度收到政府信息公开申请{received}件，均在法定期限内答复。"
    managed: str = "落实先审后发，对现行有效的文件逐件标注效力状态。"
    platform: str = "维护县政府网站专栏和一楼查阅点，按月检查更新情况。"
    guarded: str = "由分管负责人牵头，政府信息公开纳入年度工作考核，组织社会评议，没有责任追究情形。"
    problems: str = (
        "存在的主要问题：水费减免政策的解读只有文字，老年用户看不懂。\n\n"
        "改进情况：8月起把减免办法做成图解，在12个营业厅张贴，咨询电话明显减少。"
    )
    others: str = "依据《政府信息公开信息处理费管理办法》，{self}本年度未发出收费通知，没有收取信息处理费。"
    end: str = ""
    documents: Sequence[int] = (0, 0, 3)
    rules: Sequence[int] = (0, 0, 0)
    licences: int = 21
    penalties: int = 4
    coercion: int = 0
    charges: str = "0"
    rows: Mapping[str, Any] = field(default_factory=dict)
    suits: Sequence[int] = (0,) * 12
    layout: str = "plain"


def paper(changes: Mapping[str, Any]) -> Paper:
    """The sound report with what a case has otherwise; a name that is none is refused."""
    unknown = set(changes) - {known.name for known in fields(Paper)}
    assert not unknown, unknown
    return replace(Paper(), **changes)


def written(page: Paper) -> str:
    """The whole text, a table row a line, its cells apart by tabs or as the layout has them."""
    received = sum(_cells(page.rows.get("new", 0)))
    filled = {
        "unit": page.unit,
        "self": page.self,
        "year": str(page.year),
        "next": str(page.year + 1),
        "last": str(page.year - 1),
        "received": str(received),
        "notice": _NOTICES["2019" if page.year < 2021 else "2021"],
    }

    def said(text: str) -> str:
        for name, value in filled.items():
            text = text.replace("{" + name + "}", value)
        return text.strip("\n")

    aspects = (
        ("（一）主动公开。", page.opened),
        ("（二）依申请公开。", page.asked),
        ("（三）政府信息管理。", page.managed),
        ("（四）政府信息公开平台建设。", page.platform),
        ("（五）监督保障。", page.guarded),
    )
    one = "\n\n".join(name + text for name, text in aspects if text)
    parts = [page.lead, page.title, page.preamble + page.contact]
    bodies = (one, _second(page), _third(page), _fourth(page), page.problems, page.others)
    for number, (heading, body) in enumerate(zip(_TITLES, bodies, strict=True), 1):
        parts += [page.headings.get(number, heading), body]
    return _laid([said(part) for part in (*parts, page.end) if part], page.layout)


def _cells(figure: Any) -> list[int]:
    """Six columns from one figure, of natural persons alone, or from the first few."""
    given = [figure] if isinstance(figure, int) else list(figure)
    return given + [0] * (6 - len(given))


def _row(figure: Any) -> str:
    cells = _cells(figure)
    return "\t".join(str(value) for value in [*cells, sum(cells)])


def _second(page: Paper) -> str:
    if page.year < 2021:
        lines = ["第二十条第（一）项", "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量"]
        lines += [_line("规章", page.rules), _line("规范性文件", page.documents)]
        head = "信息内容\t上一年项目数量\t本年增/减\t处理决定数量"
        lines += ["第二十条第（五）项", head, f"行政许可\t11\t0\t{page.licences}", "其他对外管理服务事项\t6\t0\t0"]
        lines += ["第二十条第（六）项", head, f"行政处罚\t9\t0\t{page.penalties}", f"行政强制\t2\t0\t{page.coercion}"]
        lines += ["第二十条第（八）项", "信息内容\t上一年项目数量\t本年增/减", "行政事业性收费\t0\t0"]
        return "\n".join([*lines, "第二十条第（九）项", "信息内容\t采购项目数量\t采购总金额", "政府集中采购\t2\t136500"])
    lines = ["第二十条第（一）项", "信息内容\t本年制发件数\t本年废止件数\t现行有效件数"]
    lines += [_line("规章", page.rules), _line("行政规范性文件", page.documents)]
    lines += ["第二十条第（五）项", "信息内容\t本年处理决定数量", f"行政许可\t{page.licences}"]
    lines += ["第二十条第（六）项", "信息内容\t本年处理决定数量", f"行政处罚\t{page.penalties}", f"行政强制\t{page.coercion}"]
    return "\n".join([*lines, "第二十条第（八）项", "信息内容\t本年收费金额（单位：万元）", f"行政事业性收费\t{page.charges}"])


def _line(label: str, figures: Sequence[int]) -> str:
    return "\t".join([label, *map(str, figures)])


def _third(page: Paper) -> str:
    rows = {name: _cells(value) for name, value in page.rows.items()}
    nothing = [0] * 6
    new, carried, left = (rows.get(name, nothing) for name in ("new", "carried_in", "carried_out"))
    results = {name: rows[name] for name, _ in _RESULTS if name in rows}
    if not results:
        results = {"granted": [a + b - c for a, b, c in zip(new, carried, left, strict=True)]}
    total = rows.get("total", [sum(column) for column in zip(*results.values(), strict=True)])
    labels = dict(_RESULTS)
    if page.year < 2021:
        for name in ("no_correction", "no_fee"):
            del labels[name]
        labels["other_result"] = "（六）其他处理"
    lines = ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t申请人情况", "自然人\t法人或其他组织\t总计"]
    lines += ["商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他"]
    lines += [f"一、本年新收政府信息公开申请数量\t{_row(new)}", f"二、上年结转政府信息公开申请数量\t{_row(carried)}"]
    lines += [f"{label}\t{_row(results.get(name, nothing))}" for name, label in labels.items()]
    return "\n".join([*lines, f"（七）总计\t{_row(total)}", f"四、结转下年度继续办理\t{_row(left)}"])


def _fourth(page: Paper) -> str:
    suits = list(page.suits)
    groups = [suits[start : start + 4] for start in (0, 4, 8)]
    return _SUITS + "\n" + "\t".join(str(value) for group in groups for value in [*group, sum(group)])


def _laid(parts: Sequence[str], layout: str) -> str:
    text = "\n\n".join(parts)
    if layout == "indented":  # as copied from a page: two wide blanks before each paragraph, the ends of lines of another system
        return "\r\n".join(f"　　{line}" if line and "\t" not in line else line for line in text.split("\n"))
    if layout == "bars":  # one cell a line, a bar between any two
        return "\n".join(line.replace("\t", "\n|\n") for line in text.split("\n"))
    if layout == "html":
        return _page(parts)
    assert layout == "plain", layout
    return text


def _page(parts: Sequence[str]) -> str:
    """A page of a site: a paragraph is one, rows that stand together are a table."""
    out: list[str] = []
    for line in "\n".join(parts).split("\n"):
        cells = line.split("\t")
        if len(cells) > 1:
            out += ["<table>"] * (not out or out[-1] != "</tr>") + ["<tr>", *(f"<td>{html.escape(cell)}</td>" for cell in cells), "</tr>"]
            continue
        out += ["</table>"] * (bool(out) and out[-1] == "</tr>")
        out += [f"<p>{html.escape(line)}</p>"] * bool(line.strip())
    return '<html><head><meta charset="utf-8"></head><body>\n' + "\n".join(out) + "\n</body></html>"
