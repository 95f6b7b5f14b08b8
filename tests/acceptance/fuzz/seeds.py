"""Sound inputs from which fuzzing starts, and the words of each format."""

from __future__ import annotations

import base64
import io
import json
import tempfile
import zipfile
import zlib
from functools import cache
from pathlib import Path

from tests.support import ROOT, book

EXAMPLES = ROOT / "examples"

HTML = tuple(
    part.encode()
    for part in (
        "<table>", "</table>", "<td rowspan=0>", "<td colspan=1000>", "</td>", "<tr>", "<p>", "<!--", "-->", "<![if", "<br>", "<sup>",
        "</sup>",
        "&nbsp;", "&#x0;", "&#49;", "&lt;td&gt;", '"', "'", "<style>", "</style>", "display:none", "visibility:hidden", "color:#fff",
        "td:nth-child(2n+1)", "::before{content:'1'}", "@media print{", "<input value=3>", "<select><option selected>", "<iframe src=a>",
        "<script>", "<del>", "<ol start=9>", "<li>", "<pre>", "<svg>", "<math><mn>1</mn>", "<ruby>一<rt>1", "<meta charset=gbk>",
        "hidden",
        "style='", "class=a", "<base href=", "<h1>", "<template>", "<details>", "transform:scale(0)", "position:absolute;left:-999px",
    )
)  # fmt: skip
PDF = (
    b"0 R", b"endobj", b"stream\n", b"/Kids[2 0 R]", b"<<", b">>", b"[", b"Do", b"/Length 999999", b"-1", b"1e30", b"cm", b"/Rotate 90",
    b"BT", b"ET", b"Tj", b"TJ", b"Tm", b"Td", b"Tr", b"3 Tr", b"re f", b"W n", b"q", b"Q", b"gs", b"rg", b"1 1 1 rg", b"BDC", b"EMC",
    b"BI ID EI",
    b"/MediaBox[0 0 1 1]", b"/CropBox", b"/Annots", b"/AcroForm", b"/OCGs", b"/ActualText", b"0 0 0 0 0 0 cm", b"99999999999", b"Tz",
    b"Ts", b"'",
    b"/UserUnit 0", b"/Encrypt", b"/ObjStm", b"beginbfrange", b"l S", b"0 w",
)  # fmt: skip
DOCX = (
    b"<w:tbl>", b"</w:tbl>", b"<w:tr>", b"</w:tr>", b"<w:tc>", b"</w:tc>", b"<w:vMerge/>", b'<w:vMerge w:val="restart"/>',
    b'w:val="99999999"',
    b'w:val="-1"', b"<w:p>", b"</w:p>", b"<w:r>", b"</w:r>", b"<w:t>", b"</w:t>", b"&x;", b"<!DOCTYPE", b"\0", b"/>",
    b'<w:gridSpan w:val="0"/>',
    b'<w:gridSpan w:val="63"/>', b"<w:ins>", b"<w:del>", b"<w:vanish/>", b'<w:fldChar w:fldCharType="begin"/>', b"<w:instrText>",
    b"<w:sdt>",
    b"<w:sdtContent>", b"<mc:AlternateContent>", b"<mc:Fallback>", b"<w:numPr>", b'<w:numId w:val="1"/>', b'<w:ilvl w:val="9"/>',
    b"<w:pPr>",
    b"<w:rPr>", b'<w:color w:val="FFFFFF"/>', b'<w:sym w:char="F0B7"/>', b"<m:oMath>", b"<m:t>", b"<w:hyperlink>", b"<w:br/>",
    b"<w:tab/>",
    b'<w:start w:val="2147483648"/>', b'<w:lvlText w:val="%1.%2"/>', b'<w:basedOn w:val="a"/>', b"<w:txbxContent>",
    b"<w:footnoteReference/>",
)  # fmt: skip
WORDS = tuple(
    part.encode()
    for part in (
        "\t", "|", "｜", "\n", " ", "　", "0", "1", "12", "1,060", "0.5", "-", "/", "—", "１２", "（", "）", "：", "，", "。", "\u202e",
        "\u200b",
        "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况", "六、其他需要报告的事项", "（一）", "1.", "2023年政府信息公开工作年度报告", "云岭县", "教育局",
        "人民政府",
        "规章", "行政规范性文件", "行政许可", "行政处罚", "第二十条第（一）项", "本年制发件数", "自然人", "总计",
        "一、本年新收政府信息公开申请数量",
        "三、本年度办理结果", "（七）总计", "四、结转下年度继续办理", "结果维持", "尚未审结", "件", "万元", "全年收到申请5件", "其中",
        "上年", "同比增长",
        "统计期限自2023年1月1日起至12月31日止", "发布日期：2024-01-31", "联系电话：0551-6512345", "<td>", "</td>", "<table>", "&nbsp;",
        "~~", "**", "# ",
        "|---|", "\f", "\r", "二〇二三年", "10%", "第三部分", "附件", "目录", "（此页无正文）",
    )
)  # fmt: skip
CONTACT = tuple(
    part.encode()
    for part in (
        "如对本报告有疑问，", "请与", "联系", "请联系", "（", "）", "(", ")", "：", ":", "，", "；", "。", "\n", " ", "地址", "电话",
        "传真", "邮编",
        "邮箱", "联系人", "网址", "办公时间", "投诉电话", "0551-6512345", "010-12345678", "13912345678", "12345", "400-800-1234", "转801",
        "/617",
        "（兼传真）", "+86", "0086", "-", "—", "～", "a@b.cn", "@", ".cn", "http://www.", "云岭县教育局办公室", "青石镇中街1号", "155600",
        "联系方式：",
        "电话及传真", "地址、邮编", "Tel:", "E-mail:", "FAX.", "我局", "下载", "版权所有", "、", "或", "·", "_", "\u200b", "０", "③",
    )
)  # fmt: skip
FORMULA = (
    b" ", b"==", b"<=", b">=", b"+", b"-", b"*", b"sum", b"(", b")", b"a", b"new", b"carried_in", b"total", b"a.b", b"12", b"0",
    b"999999999", b".",
    b"_", b"\n", "一".encode(), b"\xff",
)  # fmt: skip
_SIGNS = "零〇一二三四五六七八九十百千万亿两壹贰叁拾佰仟0123456789０９,.，．-+ 　件元年月日余约近（）()%⁰①oOl|\t\n、"
NUMERAL = tuple(char.encode() for char in _SIGNS) + (
    b"1,000", "其中".encode(), "修订".encode(), "不足".encode(), "多".encode(),
)  # fmt: skip
YAML = (
    b": ", b"- ", b"\n", b"  ", b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!!int ", b"|\n", b">-\n", b"'", b'"', b"null", b"true", b"~",
    b"-1", b"1e9",
    b"2024-02-30", b"01-31", b"# ", b"---", b"<<: ", b"?", b"\t", b"999999999999999999999",
)  # fmt: skip
CONFIG = (*YAML, *(word.encode() for word in (
    "county", "reports", "years", "deadlines", "roster", "rules", "paths", "waivers", "baseline", "limits", "fail_on", "lang", "name",
    "kind",
    "aliases", "formerly", "since", "until", "packs", "select", "ignore", "severity", "options", "path", "rule", "reason", "unit", "year",
    "section",
    "text", "township", "error", "never", "zh", "totals.row-total", "totals", "input", "bytes", "seconds", "2023", "**/*.docx",
)))  # fmt: skip
RULE = (*YAML, *(word.encode() for word in (
    "id", "title", "severity", "basis", "check", "with", "message", "advice", "why", "variants", "examples", "override", "forms", "years",
    "kinds",
    "requires", "scope", "zh", "en", "sum", "{row}", "{{", "{", "}", "totals.a", "document", "part", "kind", "law", "logic", "(?:a|b)+c",
    "(a*)*b",
    "[", ".{0,20}", "\\", "$", "^", "a == b", "sum(x)", "table", "tables", "rows", "columns", "label", "key", "sections", "number",
    "near", "about",
    "first_year", "pass", "fail", "from", "to", "words", "pattern", "text", "section", "county", "series", "report",
)))  # fmt: skip
JSON = (
    b"{", b"}", b"[", b"]", b",", b":", b'"', b"null", b"true", b"-1", b"1e999", b"NaN", b"Infinity", b'"\\ud800"', b'"version"',
    b'"fingerprint"',
    b'"findings"', b'"id"', b'"rule"', b'"unit"', b'"year"', b'"section"', b'"cell"', b'"text"', b'"paths"', b'"count"', b"10001",
    b"[[[[[[[[", b'"a"',
    b"9" * 4400,
)  # fmt: skip
PICKLE = (
    b"\x80\x05", b"\x95", b"\x8c\x05model", b"\x93", b"\x81", b"R", b"b", b".", b"(", b"]", b"}", b"\x94", b"h\x00", b"N", b"K\x00",
    b"\x8e", b"\x96",
    b"\x8f", b"\x90", b"\x91", b"\x92", b"\x8b\xff\xff\xff\x7f", b"cos\nsystem\n", b"P1\n", b"Q", b"\x82\x01", b"\x8a\x01\x7f",
)  # fmt: skip
FORMATS = (
    b"PK\x03\x04", b"PK\x05\x06", b"<html>", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"{\\rtf1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-",
    b"<?xml", b"BM", b"\xff\xd8\xff", b"MIME-Version: 1.0\n", b"Content-Type: text/html\n\n", b"mimetype", b"word/document.xml", b"\0",
    b"ustar",
    b"<pkg:package", b"<w:wordDocument", b"ftyp", "政府信息公开".encode(), "政府信息公开".encode("gbk"), "公开".encode("utf-16-le"),
)  # fmt: skip


def texts() -> list[bytes]:
    """The example reports and the sound reports of the rules."""
    paths = [*sorted((EXAMPLES / "reports").glob("*.txt")), *sorted((ROOT / "rules" / "bases").glob("*.txt"))]
    return [path.read_bytes() for path in paths]


def markdown() -> list[bytes]:
    """The example reports in Markdown, and pieces of HTML as converters leave them in it."""
    table = "<table><tr><td rowspan=2>规章</td><td>1&nbsp;</td></tr><tr><td>~~2~~<br>3</td></tr></table>"
    mixed = f"# 青石镇\n\n{table}\n\n**甲** &lt;td&gt; <b>乙</b>\n"
    return [path.read_bytes() for path in sorted((EXAMPLES / "reports").glob("*.md"))] + [mixed.encode()]


def texts_of_both() -> list[bytes]:
    """Plain texts and Markdown, which one reader reads."""
    return texts() + markdown()


def pages() -> list[bytes]:
    """Pages in three encodings, with style sheets, controls, lists and what is not shown."""
    table = "<table><tr><td rowspan=2>规章</td><td colspan='2'>1</td></tr><tr><td><p>3<br>4</p></td><td>&nbsp;</td></tr></table>"
    head = '<meta charset="{}"><meta name="PubDate" content="2024-01-18"><title>青石镇年度报告</title>'
    body = "<h1>青石镇</h1><!--[if mso]><xml>a</xml><![endif]--><p>一、<o:p></o:p>总体</p>"
    body += f"<div>{table}<ol><li>甲<pre>乙\n丙</pre></ol></div>{table}"
    text = "<html><head>" + head + "</head><body>" + body + "<p>发布日期：2024-01-18</p></body></html>"
    sheet = (
        "<style>.a{display:none} td:nth-child(2){color:white} p::before{content:'1'} @media screen{.b>td~td{visibility:hidden}}</style>"
        "<p class=a>2</p><table class=b><tr><td>3<sup>①</sup><td style='text-decoration:line-through'>4<td><input value=5></table>"
        "<p>1<ruby>一<rt>1</rt></ruby><math><mn>2</mn></math><svg><text>3</text></svg></p><iframe src=a></iframe>"
    )
    return [text.format("utf-8").encode(), text.format("gbk").encode("gbk"), text.format("x").encode("utf-16"), sheet.encode()]


def archives() -> list[bytes]:
    """Web archives: the page in base64, quoted, and among frames."""
    page = pages()[0]
    coded = base64.encodebytes(page)
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"; start="<a>"\n\n--x\n'
    whole = head + b"Content-ID: <a>\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + coded + b"--x--\n"
    framed = (
        head
        + b"Content-Type: text/html\n\n<iframe src=b></iframe>\n--x\nContent-Type: text/html; charset=gb2312\n\n"
        + pages()[1]
        + b"\n--x--\n"
    )
    quoted = (
        b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>=E4=B8=80=\n1</p>\n"
    )
    return [whole, framed, quoted]


def pdfs() -> list[bytes]:
    """Small PDFs: a ruled table, a form within the page, packed and not, encrypted."""
    from tests.readers.pdf.pdf_files import Sheet, form, pdf

    grid = Sheet().grid((74, 200, 300, 400), (100, 120, 140), [["规章", ("1", 2, 1), "2"], ["许可", None, ""]])
    grid.text(74, 200, "三、收到" * 9)
    inner = form("\n".join(grid.commands).encode())
    return [pdf([grid, grid]), pdf([grid], packed=False), pdf([b"/X6 Do"], objects=[inner], packed=False), pdf([grid], password=("", "x"))]


def words() -> list[bytes]:
    """Word files: a table with merged cells, lists, fields, tracked changes, and all bodies of the tests of comments."""
    from tests.readers.docx.word_files import docx
    from tests.reporters.docx.test_marks import ASIDE, BODIES

    top, under, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'

    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    rows = f"<w:tr>{cell('规章', top)}{cell('1', wide)}</w:tr><w:tr>{cell('', under)}{cell('2')}{cell('3')}</w:tr>"
    listed = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>总体</w:t></w:r></w:p>'
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/><w:rPr><w:vanish/></w:rPr></w:style>'
    made = [docx(f"<w:tbl>{rows}</w:tbl>{listed}", styles=styles, numbering=numbering)]
    made += [docx(body, styles=" ", numbering=" ") for body in (*BODIES.values(), *(body for body, *_ in ASIDE.values()))]
    return made


def zips() -> list[bytes]:
    """Zips of reports: folders, names in GBK, a zip within a zip."""
    inner = _zipped({"a.txt": b"1", "镇/b.md": b"# 2"})
    name = "年".encode("gbk").decode("cp437")
    return [inner, _zipped({"包.zip": inner, "~$a.docx": b"", "空/": b""}), _zipped({name: b"1", "..\\a": b"2", "/b": b"3"})]


def _zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def formats() -> list[bytes]:
    """The beginning of every format that is told apart, and small whole files."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + "WordDocument".encode("utf-16-le").ljust(64, b"\0") + b"\x1a\0" + b"\0" * 62
    odt = _zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"})
    rest = [b"{\\rtf1\\ansi 1}", b"BM" + b"\0" * 40, b"\0\0\0\0ftypheic", "公开".encode("utf-16-le"), b"<?xml version='1.0'?><a/>"]
    return [b"\x01" + data for data in (ole, odt, *rest, *zips()[:1], archives()[2], pages()[0], "一、总体情况\n".encode())]


def contacts() -> list[bytes]:
    """Contact sentences, and lines of labels."""
    return [
        text.encode()
        for text in (
            "如对本报告有疑问，请与云岭县教育局办公室联系（地址：青石镇中街1号，邮编：155600，电话：0551-6512345，传真：0551-6512346）。",
            "联系方式：\n地址：青石镇中街1号\n电话及传真：010-12345678转801\n邮箱：a_b@c-d.gov.cn\n网址：http://www.a.gov.cn/b?c=1",
            "请联系我局，电话（兼传真）：+86 551 6512345/617，13912345678；投诉电话：12345。",
        )
    ]


def values() -> list[bytes]:
    """Numbers and addresses as they stand behind labels."""
    found = (
        "0551-6512345",
        "+86 (010) 1234 5678-801",
        "13912345678",
        "400-800-1234",
        "12345",
        "a.b_c@d-e.gov.cn",
        "用户@例子.中国",
        "www.a.gov.cn/b#c",
    )
    return [text.encode() for text in (*found, "155600")]


def formulas() -> list[bytes]:
    """Formulas of rules."""
    found = ("new + carried_in == total + carried_out", "total == sum(applicants)", "2*a.b - 1 >= -3", "sum == sum(sum)")
    return [text.encode() for text in found]


def numerals() -> list[bytes]:
    """Numerals, cells and clauses with figures; the first two bytes stand for a number."""
    found = (
        "一百零五",
        "二〇二三",
        "两万三千",
        "十二亿",
        "1,060.50（其中修订16件）",
        "减1件",
        "０",
        "1 2",
        "全年收到申请五十余件，约12.5万元，占10%。",
        "3①",
    )
    return [b"\x01\x05" + text.encode() for text in found]


def configs() -> list[bytes]:
    """The example county's settings, and one with every key."""
    whole = """county: 云岭县
reports: ["**/*.docx"]
years: [2022, 2023]
deadlines: {township: 01-20}
roster:
  - {name: 青石镇, kind: township, aliases: [青石], formerly: [青石乡], since: 2020, until: 2024}
rules:
  packs: [a]
  select: [totals]
  ignore: [totals.row-total]
  severity: {totals.balance: note}
  options: {county.deadline: {a: 1}}
paths:
  - {path: "a/**", ignore: [contact], severity: {totals: warning}}
waivers:
  - {rule: totals.balance, reason: 已说明, unit: 青石镇, year: 2023, section: 3, text: 甲, until: 2030-01-31}
baseline: b.json
limits: {bytes: 1000, seconds: 3}
fail_on: never
lang: en
"""
    return [(EXAMPLES / "county" / "nianbao.yaml").read_bytes(), whole.encode()]


def rules() -> list[bytes]:
    """A rule of every check, the smallest that there is, a form, a manifest and a table."""
    smallest: dict[bytes, bytes] = {}
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        data = path.read_bytes()
        check = next((line for line in data.splitlines() if line.startswith(b"check:")), path.parent.name.encode())
        if len(data) < len(smallest.get(check, b" " * 6000)):
            smallest[check] = data.split(b"\nexamples:")[0] + b"\n"
    return list(smallest.values())


def baselines() -> list[bytes]:
    """A baseline as it is written."""
    from validator.county.acceptance.baseline import written
    from validator.county.acceptance.evaluation_scope import BaselineEntry

    entry = BaselineEntry(
        id="a" * 16, rule="totals.balance", unit="青石镇", year=2023, section=3, cell="a.b.c", text="甲", paths=("a.docx",), count=2
    )
    return [written([entry]).encode(), written([entry, BaselineEntry(id="b", rule="c")]).encode()]


@cache
def packs() -> list[bytes]:
    """Packed results: of no report, and of an example report, as it was read and to be read again."""
    from validator.pipeline.check_file import examine
    from validator.pipeline.serialize import packed

    found = [packed(examine(b"1", "a.txt", book()))]
    for name in ("faulty-2021-pipe-blanks.txt",):
        data = (EXAMPLES / "reports" / name).read_bytes()
        results = examine(data, name, book())
        found += [packed(results), packed(results, data)]
    return found


def caches() -> list[bytes]:
    """What the cache of rules holds: plain data of rules and of a form."""
    from validator.rulebook.diagnostics import Diagnostics
    from validator.rulebook.yaml_reader import read_yaml

    raws = [read_yaml(data, Diagnostics("x")) for data in rules()]
    made = [raw for raw in raws if isinstance(raw, dict) and "check" in raw]
    return [json.dumps(raw, ensure_ascii=False).encode() for raw in made]


def held() -> bytes:
    """The one result in the cache of results."""
    return zlib.compress(b"kept" * 9)


@cache
def bases() -> list[bytes]:
    """A file of the cache of results, with one result in it."""
    from validator.pipeline.inputs import InputFile
    from validator.pipeline.result_cache import Results

    with tempfile.TemporaryDirectory() as name:
        place = Path(name, "results.sqlite")
        results = Results(place)
        results.put(InputFile(path="a.txt", data=b"1", walked=False), held())
        results.close()
        return [place.read_bytes()]
