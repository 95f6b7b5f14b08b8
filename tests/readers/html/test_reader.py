"""The HTML reader: pages as sites serve them and as Word leaves them, and pages that are broken on purpose."""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

import pytest

from tests.support import BOUND, CORPUS
from validator.model import Document, Kind, UnreadableError
from validator.readers.html.reader import read

_PAGE = "<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def page(body: str, head: str = "", title: str = "") -> bytes:
    """A page in UTF-8."""
    return _PAGE.format(title=title, head=head, body=body).encode()


def one(data: bytes) -> Document:
    """The only document."""
    (found,) = read(data, "年报.html")
    return found


def texts(body: str) -> list[str]:
    """The texts of all blocks of a page with that body."""
    return [block.text for block in one(page(body)).blocks]


def grid(body: str, table: int = 1) -> dict[tuple[int | None, int | None], str]:
    """Row and column → text."""
    return {(block.row, block.column): block.text for block in one(page(body)).blocks if block.table == table}


def reason(data: bytes) -> str:
    """Why it cannot be read."""
    with pytest.raises(UnreadableError) as caught:
        read(data, "年报.html")
    return caught.value.reason


# ------------------------------------------------------------------------------------- text


def test_lines_headings_and_the_page_title() -> None:
    found = one(page("<h1>青石镇年度报告</h1><p>一、总体情况</p><div>松江<br>林</div>", title="云岭县 年报"))
    assert [(b.line, b.kind, b.level, b.text) for b in found.blocks] == [
        (1, Kind.HEADING, 0, "云岭县 年报"),
        (2, Kind.HEADING, 1, "青石镇年度报告"),
        (3, Kind.LINE, None, "一、总体情况"),
        (4, Kind.LINE, None, "松江"),
        (5, Kind.LINE, None, "林"),
    ]


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("<p>20<font>2</font><span>3</span>年</p>", "2023年"),
        ("<p>政府信息\n    公开</p>", "政府信息公开"),
        ("<p>open\n  data</p>", "open data"),
        ("<p>　　&nbsp;&nbsp;规&nbsp;章</p>", "规 章"),
        ("<p>类别&nbsp;&nbsp;报告</p>", "类别  报告"),
        ("<p>a\u200b1\ufeff2</p>", "a12"),
        ("<p>《条例》&lt;格式&gt; &#x3002;</p>", "《条例》<格式> 。"),
        ("<p>前<!-- 不 -->后<o:p></o:p></p>", "前后"),
        ("<p>前<script>var a = '<p>';</script>后</p>", "前后"),
        ("<p>前<span style='display: none'>不</span>后<span hidden>不</span></p>", "前后"),
        ("<p>一<![if !supportLists]><span>、</span><![endif]>总体</p>", "一、总体"),
        ('<?xml:namespace prefix = o ns = "urn:x" /><p>总体</p>', "总体"),
        ("<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><p>总体</p>", "总体"),
        ("<xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><p>总体</p>", "总体"),
        ("<style>p {a:b}</style><noscript>不</noscript><template><p>不</p></template><select><option>2022年</select>总体", "总体"),
        ("<ucapcontent><publishtime>总</publishtime>体</ucapcontent>", "总体"),
    ],
)
def test_text_is_as_a_browser_prints_it(source: str, printed: str) -> None:
    assert texts(source) == [printed]


def test_preformatted_lines_stand() -> None:
    assert texts("<pre>一、总体\n  规章  0\n</pre>") == ["一、总体", "规章  0"]


def test_numbers_of_lists() -> None:
    assert texts("<ol><li>甲</li><li><p>乙</p><p>丙</p></li><li></li></ol>丁") == ["1. 甲", "2. 乙", "丙", "丁"]
    assert texts("<ol style='list-style-type:cjk-ideographic' start=11><li>总体<li>公开</ol>") == ["十一、总体", "十二、公开"]
    assert texts("<ul><li>甲</ul><ol class=crumbs><li>乙</ol><ol style='list-style:none'><li>丙</ol>") == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8", "gb2312"),
        ("gbk", "gb2312"),
        ("gb18030", ""),
        ("gbk", "utf-8"),
        ("utf-16", ""),
        ("utf-8-sig", ""),
        ("big5", "big5"),
    ],  # fmt: skip
)
def test_encodings(encoding: str, declared: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    text = "主動公開政府信息情形" if encoding == "big5" else "二、主动公开政府信息情况，本年度报告的统计期限"
    data = _PAGE.format(title="", head=head, body=f"<p>{text}</p>" * 3).encode(encoding)
    assert one(data).blocks[0].text == text


def test_a_broken_character_is_noticed_and_no_more() -> None:
    text = "青石镇人民政府二〇二三年政府信息公开工作年度报告，本报告的统计期限。" * 4
    found = one(page(f"<p>{text}</p>").replace("青".encode(), "青".encode()[:2], 1))
    assert found.observations[0].code == "damaged-text" and "青石镇" in found.blocks[0].text


# ------------------------------------------------------------------------------------- tables


def test_spans_are_laid_out() -> None:
    body = (
        "<table><tr><td colspan=3 rowspan=2>勾稽</td><td colspan=2>申请人</td></tr><tr><td>自然人</td><td>总计</td></tr>"
        "<tr><td rowspan=2>三、</td><td colspan=2>（一）</td><td>1</td><td>2</td></tr>"
        "<tr><td>（三）</td><td>1.</td><td>&nbsp;</td><td></td></tr></table>"
    )
    assert grid(body) == {
        (1, 1): "勾稽", (1, 4): "申请人", (2, 4): "自然人", (2, 5): "总计", (3, 1): "三、", (3, 2): "（一）", (3, 4): "1", (3, 5): "2",
        (4, 2): "（三）", (4, 3): "1.", (4, 4): "", (4, 5): "",
    }  # fmt: skip
    first = one(page(body)).blocks[0]
    assert (first.kind, first.table, first.row_span, first.column_span, first.exact) == (Kind.CELL, 1, 2, 3, True)


def test_lines_in_cells_stay_apart() -> None:
    body = "<table><tr><td>本年新<br/>公开数量</td><td><p>规</p><p>章</p></td></tr></table>"
    assert grid(body) == {(1, 1): "本年新\n公开数量", (1, 2): "规\n章"}


def test_row_groups_end_spans_and_move_to_their_place() -> None:
    body = "<table><tfoot><tr><td>末<td>3</tfoot><thead><tr><th>头<th>1</thead>"
    body += "<tbody><tr><td rowspan=9>体<td>2<tbody><tr><td>又<td>4</table>"
    assert grid(body) == {(1, 1): "头", (1, 2): "1", (2, 1): "体", (2, 2): "2", (3, 1): "又", (3, 2): "4", (4, 1): "末", (4, 2): "3"}


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>规章<td>1<td>2<tr><td>许可<td>3<td>4</table>",
        "<p><table><tr><td>规章</td><td>1</td><td>2</td></tr><tr><td>许可</td><td>3</td><td>4</td></tr></table></p>",
        "<table><form><tr><td>规章</td><td>1</td><td>2</td></tr></form><tr><td>许可</td><td>3</td><td>4</td></tr></table>",
        "<table><td>规章</td><td>1</td><td>2</td><tr><td>许可</td><td>3</td><td>4</td></tr></table>",
        "<table><tbody><tr><th>规章</th><td>1</td><td colspan='x'>2</td></tr></tbody>"
        "<tbody><tr><td>许可</td><td>3</td><td rowspan='0'>4</table>",
        "<table><tr style='display:none'><td>旧</td></tr><tr><td>规章</td><td>1</td><td style='display:none'>旧</td><td>2</td></tr>"
        "<tr><td><b>许可</td><td>3</b></td><td>4</tr></table>",
    ],
)
def test_broken_markup_of_tables(body: str) -> None:
    assert grid(body) == {(1, 1): "规章", (1, 2): "1", (1, 3): "2", (2, 1): "许可", (2, 2): "3", (2, 3): "4"}


def test_caption_stands_before_the_table() -> None:
    assert texts("<table><caption>单位：件</caption><tr><td>规章<td>1</table>") == ["单位：件", "规章", "1"]


def test_layout_tables_are_dissolved_and_data_tables_in_them_kept() -> None:
    data = "<table><tr><td>规章</td><td>1</td></tr><tr><td>许可</td><td>2</td></tr></table>"
    body = f"<table><tr><td>首页</td><td>栏目</td></tr><tr><td>侧栏</td><td><p>一、总体情况</p>{data}<p>三、收到</p></td></tr></table>"
    found = one(page(body)).blocks
    assert [(b.text, b.table) for b in found] == [
        ("首页", None), ("栏目", None), ("侧栏", None), ("一、总体情况", None),
        ("规章", 1), ("1", 1), ("许可", 1), ("2", 1), ("三、收到", None),
    ]  # fmt: skip


def test_article_in_a_table_is_text() -> None:
    body = f"<table><tr><td>云岭县</td><td><p>一、总体情况</p><p>{'松' * 400}</p></td></tr></table><table><tr><td>独格</td></tr></table>"
    assert all(block.kind is Kind.LINE for block in one(page(body)).blocks)


def test_long_note_in_a_table_of_figures_stays_in_it() -> None:
    body = f"<table><tr><td>规章<td>1<td>2<tr><td>许可<td>3<td>4<tr><td colspan=3>说明：{'松' * 400}</table>"
    assert len(grid(body)) == 7


def test_table_in_a_cell_of_a_data_table_follows_it() -> None:
    body = "<table><tr><td>1<td>2<td>3<td>4<td>5<tr><td>6<td>7<td>8<td>9<td>甲<table><tr><td>内<td>0</table>乙</table>"
    assert grid(body)[2, 5] == "甲\n乙" and grid(body, 2) == {(1, 1): "内", (1, 2): "0"}


# ------------------------------------------------------------------------------------- around the text


def test_pictures_and_attachments_are_noticed_where_they_stand() -> None:
    body = (
        "<p>二、主动公开</p><p><img src='/upload/t2.png' width=600></p><p>三、收到</p>"
        "<img src='/icons/pdf_icon.gif'><img width=16 src=a.gif>"
        "<a href='/d/2023.docx?x=1'>附件：年报.docx</a><a href='/d/down.jsp?id=3'>年报.pdf</a><a href='/index.html'>首页</a>"
        "<table><tr><td>a<td>b<img src=t.png></table>"
    )
    seen = [(item.code, item.line, item.detail["name"]) for item in one(page(body)).observations]
    assert seen == [
        ("picture", 1, "t2.png"), ("attachment", 3, "附件：年报.docx"), ("attachment", 3, "年报.pdf"), ("picture", 5, "t.png"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "body", "day", "source"),
    [
        ('<meta name="PubDate" content="2024-01-18 10:20">', "<p>x</p>", "2024-01-18", "metadata"),
        ('<META NAME="publishdate" CONTENT="2024/1/8">', "<p>x</p>", "2024-01-08", "metadata"),
        ('<meta name="PubDate" content="20240118093000">', "<p>x</p>", "2024-01-18", "metadata"),
        ("", "<table><tr><td>公开日期</td><td><publishtime>2024-01-17</publishtime></td></tr></table>", "2024-01-17", "text"),
        ("", "<div><publishtime>2024-01-17</publishtime></div>", "2024-01-17", "metadata"),
        ('<meta name="PubDate" content="2024-02-20">', "<p>发布时间：2024年01月18日 来源：本站</p>", "2024-01-18", "text"),
        ("", "<p>【发布日期】[2024-01-18]</p>", "2024-01-18", "text"),
        ("", "<p>成文日期：2024-01-02</p><p>生成日期：2024-01-03</p>", None, ""),
        ("", "<p>生成日期:2024-01-02</p><p>发布日期：　２０２４-01-18</p>", "2024-01-18", "text"),
        ('<meta name="PubDate" content="2024-13-45">', "<p>发布日期：</p>", None, ""),
        ('<meta name="PubDate" content="">', "<p>本年度发布日期统计</p>", None, ""),
    ],
)
def test_publication_date(head: str, body: str, day: str | None, source: str) -> None:
    found = one(page(body, head)).published
    assert (found and found.day.isoformat(), found.source if found else "") == (day, source)


def test_place_of_a_printed_date() -> None:
    found = one(page("<p>青石镇</p><p>发布日期：2024-01-18</p>")).published
    assert found and (found.line, found.text) == (2, "2024-01-18")


# ------------------------------------------------------------------------------------- what cannot be read


def quickly(data: bytes) -> str:
    """What becomes of a page that tries to stall the reader, and that it takes no longer than bounded work may."""
    begin = time.process_time()
    try:
        read(data, "x.html")
        return "read"
    except UnreadableError as error:
        return error.reason
    finally:
        assert time.process_time() - begin < BOUND


def test_pages_without_text() -> None:
    assert reason(b"") == "empty"
    assert reason(page("")) == "empty"
    assert reason(page("<script>1</script>", title="年报")) == "empty"
    assert reason(page("<img src=a.png>", title="年报")) == "no-text-layer"
    assert reason(b"<html><title>a</title><frameset><frame src=b.html></frameset></html>") == "in-frame"
    assert reason(b"<html>\0\1\2\3\4\0\0\0\1\2") == "binary"


def test_nesting() -> None:
    assert reason(page("<div>" * 10_000 + "x" + "</div>" * 10_000)) == "too-deep"
    assert reason(page("<table><tr><td>" * 10_000)) == "too-deep"
    assert texts("<div>" * 500 + "<font>" * 500 + "松" + "<p>江") == ["松", "江"]
    assert quickly(page("<table><tr><td>a<td>1" * 600)) == "read"


def test_sizes() -> None:
    assert reason(b"<p>x</p>" * (25 * 2**20)) == "too-large"
    assert reason(page("<p>x</p>" * 400_000)) == "too-many-blocks"
    assert quickly(page("<td>" * 250_000)) in ("read", "too-many-blocks", "empty")
    assert quickly(page("<table>" + "<tr><td colspan=999 rowspan=9999>x" * 20_000)) in ("read", "too-many-blocks")
    assert quickly(page("<p " + " ".join(f"a{n}=1" for n in range(400_000)) + ">x")) == "damaged"
    assert quickly(page("<img src='data:image/png;base64," + "A" * (20 * 2**20) + "'><p>x</p>")) == "read"
    assert quickly(page("<a b='" * 80_000)) in ("read", "empty", "damaged")


def test_entities_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("机密")
    head = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt"><!ENTITY a "{"b" * 99}">]>'
    data = (head + "<html><body><p>青石镇&x;&a;</p></body></html>").encode()
    assert "机密" not in "".join(block.text for block in one(data).blocks)


def test_nothing_else_is_opened() -> None:
    data = page(
        "<link rel=stylesheet href='http://127.0.0.1:9/a.css'><img src='http://127.0.0.1:9/a.png'><iframe src='file:///etc/hosts'></iframe>青"
    )
    one(data)
    seen: list[str] = []
    armed = [True]
    sys.addaudithook(lambda event, _: seen.append(event) if armed[0] and event in ("open", "socket.connect", "subprocess.Popen") else None)
    one(data)
    armed[0] = False
    assert seen == []


def test_cut_and_changed_pages_end_without_an_escape() -> None:
    body = "<table><tr><td rowspan=2>规章<td>1</table><ol><li>a<pre>b</pre></ol><h2>c</h2>" * 3
    whole = page(body, '<meta name="PubDate" content="2024-01-18">')
    dice = random.Random(5)
    for length in range(0, len(whole), 11):
        quickly(whole[:length])
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(8):
            data[dice.randrange(len(data))] = dice.choice(b"<>/=\"'&; \n\x00\xff0123tdr")
        quickly(bytes(data))


# ------------------------------------------------------------------------------------- real reports


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real reports are not here")
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.html")), ids=lambda path: path.stem)
def test_real_reports_have_every_figure_in_its_row(path: Path) -> None:
    truth = json.loads(path.with_suffix(".html.truth.json").read_text(encoding="utf-8"))["figures"]
    rows: dict[tuple[int, int | None], list[str]] = {}
    for block in one(path.read_bytes()).blocks:
        if block.table:
            rows.setdefault((block.table, block.row), []).append(block.text.removesuffix("元"))
    printed = list(rows.values())
    for columns in truth["applications"].values():
        assert ["" if value is None else str(value) for value in columns.values()] in [row[-7:] for row in printed if len(row) > 7]
    assert ["" if value is None else str(value) for row in truth["review"].values() for value in row.values()] in printed
    for columns in truth["disclosure"].values():
        assert [str(value) for value in columns.values()] in [row[1:] for row in printed]


def test_a_mark_that_has_a_line_to_itself_stands_behind_the_words() -> None:
    block = one(page("<table><tr><td>一<p><sup>①</sup></p></td><td>1</td></tr></table>")).blocks[0]
    assert block.text == "一" and [(mark.text, mark.start) for mark in block.marks] == [("①", 1)]
