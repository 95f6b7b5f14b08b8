"""The PDF reader: grids, tables over pages, paragraphs, page numbers, scans, and files that are broken on purpose."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator

import pytest

from tests.readers.pdf.pdf_files import Sheet, form, pdf
from tests.support import BOUND, CORPUS, PATIENCE, ROOT
from validator.base.limits import Limits, within
from validator.model import Block, Document, Kind, UnreadableError
from validator.readers.pdf.reader import read
from validator.readers.pdf.sandbox import is_plain, read_apart

_XS = (74, 214, 314, 414, 514)
_HEAD = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


def one(data: bytes) -> Document:
    """The only document."""
    (found,) = read(data, "年报.pdf")
    return found


def texts(data: bytes) -> list[str]:
    """The texts of all blocks."""
    return [block.text for block in one(data).blocks]


def reason(data: bytes) -> str:
    """Why it cannot be read."""
    with pytest.raises(UnreadableError) as caught:
        read(data, "年报.pdf")
    return caught.value.reason


def grid(document: Document, table: int = 1) -> dict[tuple[int | None, int | None], str]:
    """Row and column → text."""
    return {(block.row, block.column): block.text for block in document.blocks if block.table == table}


def prose(lines: int, start: float = 100, page: Sheet | None = None, indent: bool = True) -> Sheet:
    """A paragraph of full lines, thirty characters each, the first indented by two."""
    page = page or Sheet()
    for line in range(lines):
        first = line == 0 and indent
        page.text(98 if first else 74, start + 24 * line, ("青" if first else "松") + "林" * (27 if first else 29) + "。" * first, 15)
    return page


def test_places_are_numbered_and_measured() -> None:
    first, second = one(pdf([Sheet().text(100, 80, "青石镇人民政府", 20).text(74, 200, "一、总体情况")])).blocks
    assert (first.line, second.line, first.kind, first.page) == (1, 2, Kind.LINE, 1)
    assert first.box == pytest.approx((100, 62, 240, 84), abs=3)


def test_grid_with_merged_cells() -> None:
    sheet = Sheet().grid(
        (50, 80, 130, 230, 300, 370),
        (100, 120, 140, 160, 180),
        [
            [("（勾稽关系）", 2, 3), None, None, ("申请人情况", 1, 2), None],
            [None, None, None, "自然人", "总计"],
            [("三、\n本", 2, 1), ("（一）予以公开", 1, 2), None, "12", "13"],
            [None, "（三）", "1.属于国家秘密", "", "0"],
        ],
    )
    found = one(pdf([sheet])).blocks
    assert [(b.text, b.row, b.column, b.row_span, b.column_span) for b in found] == [
        ("（勾稽关系）", 1, 1, 2, 3), ("申请人情况", 1, 4, 1, 2), ("自然人", 2, 4, 1, 1), ("总计", 2, 5, 1, 1),
        ("三、本", 3, 1, 2, 1), ("（一）予以公开", 3, 2, 1, 2), ("12", 3, 4, 1, 1), ("13", 3, 5, 1, 1),
        ("（三）", 4, 2, 1, 1), ("1.属于国家秘密", 4, 3, 1, 1), ("", 4, 4, 1, 1), ("0", 4, 5, 1, 1),
    ]  # fmt: skip
    assert all(block.exact and block.kind is Kind.CELL and block.table == 1 for block in found)


def test_borders_drawn_as_bars_and_sides_left_open() -> None:
    sheet = Sheet()
    for y in (100, 120, 140):
        sheet.bar(74, y, 514, y + 0.5)
    for x in (214, 314, 414):  # no border at the left and right edge
        sheet.bar(x, 100, x + 0.5, 140)
    for row, y in ((_HEAD, 114), (["规章", "3", "", "74"], 134)):
        for x, cell in zip(_XS, row, strict=False):
            sheet.text(x + 3, y, cell, 10)
    rows = (_HEAD, ["规章", "3", "", "74"])
    assert grid(one(pdf([sheet]))) == {(r, c): text for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)}


def test_table_goes_on_over_the_page() -> None:
    first = Sheet().grid(_XS, (700, 730, 760), [_HEAD, ["规章", "1", "2", "3"]]).text(290, 815, "- 1 -", 10)
    second = Sheet().grid(_XS, (80, 110, 140), [[("第二十条第（五）项", 1, 4), None, None, None], ["行政许可", ("9487", 1, 3), None, None]])
    second.text(74, 200, "三、收到和处理政府信息公开申请情况").text(290, 815, "- 2 -", 10)
    found = one(pdf([first, second]))
    assert grid(found)[2, 4] == "3" and grid(found)[3, 1] == "第二十条第（五）项" and grid(found)[4, 2] == "9487"
    assert [block.text for block in found.blocks if block.table is None] == ["三、收到和处理政府信息公开申请情况"]
    assert {block.page for block in found.blocks if block.row and block.row > 2} == {2}


def test_lone_band_at_the_end_of_a_page_belongs_to_its_table() -> None:
    first = Sheet().text(74, 100, "二、主动公开政府信息情况").grid((74, 514), (740, 770), [["第二十条第（一）项"]])
    second = Sheet().grid(_XS, (80, 110, 140), [_HEAD, ["规章", "1", "2", "3"]])
    assert grid(one(pdf([first, second])))[1, 1] == "第二十条第（一）项"


def test_other_table_after_a_heading_is_another() -> None:
    first = Sheet().grid(_XS, (700, 730, 760), [_HEAD, ["规章", "1", "2", "3"]])
    second = Sheet().text(74, 90, "四、政府信息公开行政复议、行政诉讼情况").grid(_XS, (120, 150), [["1", "2", "3", "4"]])
    assert {block.table for block in one(pdf([first, second])).blocks if block.table} == {1, 2}


def test_row_and_merged_cell_cut_by_the_page_are_mended() -> None:
    xs = (74, 100, 200, 250, 300)
    first = Sheet().grid(xs, (700, 720, 740), [[("三、\n结", 2, 1), "（一）予以公开", "5", "5"], [None, "1.申请人无正当理由", "7", "8"]])
    second = Sheet().grid(xs, (80, 100, 120), [[("果", 2, 1), "逾期不补正", "", ""], [None, "（七）总计", "12", "13"]])
    found = one(pdf([first, second]))
    assert grid(found) == {
        (1, 1): "三、结果", (1, 2): "（一）予以公开", (1, 3): "5", (1, 4): "5",
        (2, 2): "1.申请人无正当理由逾期不补正", (2, 3): "7", (2, 4): "8", (3, 2): "（七）总计", (3, 3): "12", (3, 4): "13",
    }  # fmt: skip
    assert next(block for block in found.blocks if block.text == "三、结果").row_span == 3


def test_rows_of_figures_on_both_sides_of_a_page_stay_two() -> None:
    xs = (74, 100, 126, 152)
    first = Sheet().grid(xs, (740, 770), [["结果\n维持", "结果\n纠正", "总计"]])
    second = Sheet().grid(xs, (80, 100), [["0", "1", "1"]])
    found = grid(one(pdf([first, second])))
    assert list(found.values()) == ["结果维持", "结果纠正", "总计", "0", "1", "1"] and (2, 3) in found


@pytest.mark.parametrize("row", [["一、本年新收", "1", "0", "1"], ["一、本年新收", "", "0", ""], ["0", "1", "", "1"], ["", "1", "", ""]])
def test_heads_at_the_end_of_a_page_take_no_figures_in(row: list[str]) -> None:
    """Heads of columns over two rows, the first row of figures on the next page."""
    xs = (74, 174, 234, 294, 354)
    heads = [[("（勾稽关系）", 2, 1), ("自然人", 2, 1), "法人", ("总计", 2, 1)], [None, None, "商业企业", None]]
    first = Sheet().grid(xs, (720, 740, 760), heads)
    second = Sheet().grid(xs, (80, 100, 120), [row, ["二、上年结转", "2", "3", "5"]])
    found = grid(one(pdf([first, second])))
    assert [found[1, 2], found[1, 4]] == ["自然人", "总计"]
    assert [found[3, column] for column in (1, 2, 3, 4)] == row
    assert [found[4, column] for column in (1, 2, 3, 4)] == ["二、上年结转", "2", "3", "5"]


def test_labels_over_many_rows_go_on_beside_rows_of_their_own() -> None:
    xs = (74, 110, 146, 220, 260, 300)
    rows = [[("三、本\n年度", 2, 1), ("（三）\n不予", 2, 1), "1.属于国家秘密", "5", "5"], [None, None, "2.其他", "7", "8"]]
    first = Sheet().grid(xs, (700, 730, 760), rows)
    second = Sheet().grid(xs, (80, 100, 120), [[("办理", 2, 1), "公开", "3.危及安全", "1", "2"], [None, "（七）", "总计", "12", "13"]])
    found = grid(one(pdf([first, second])))
    assert (found[1, 1], found[1, 2]) == ("三、本年度办理", "（三）不予公开")
    assert [found[3, column] for column in (3, 4, 5)] == ["3.危及安全", "1", "2"]


def test_number_wider_than_its_cell_is_not_cut() -> None:
    sheet = Sheet().grid((74, 100, 126, 200), (100, 130), [["", "", "x"]]).text(78, 115, "1398889", 10)
    assert sorted(grid(one(pdf([sheet]))).values()) == ["", "1398889", "x"]


def test_stacked_figures_are_not_joined() -> None:
    assert grid(one(pdf([Sheet().grid((74, 100, 126), (100, 140), [["3\n5", "1"]])])))[1, 1] == "3\n5"


def test_number_wrapped_in_a_narrow_cell_is_joined() -> None:
    assert grid(one(pdf([Sheet().grid((74, 96, 126), (100, 140), [["37\n6", "1"]])])))[1, 1] == "376"


def test_boxed_text_is_no_table() -> None:
    sheet = Sheet().frame(70, 90, 520, 260).text(98, 120, "本报告依据《中华人民共和国政府信息公开条例》编制。")
    assert [(b.kind, b.text) for b in one(pdf([sheet])).blocks] == [(Kind.LINE, "本报告依据《中华人民共和国政府信息公开条例》编制。")]
    around = Sheet().frame(30, 30, 565, 812).grid(_XS, (100, 120), [["规章", "1", "2", "3"]])
    assert grid(one(pdf([around])))[1, 4] == "3"  # a frame around the page, a table in it


def test_paragraphs_are_joined_over_lines_and_pages() -> None:
    first = prose(2, page=prose(3, 700), start=780)
    second = Sheet().text(74, 90, "完成了全年任务。", 15).text(98, 114, "（二）依申请公开。", 15)
    found = texts(pdf([first, second]))
    assert [len(text) for text in found] == [29 + 30 + 30, 29 + 30 + 8, 9]
    assert found[1].endswith("完成了全年任务。") and "\n" not in "".join(found)


def test_short_line_ends_its_paragraph_without_indents() -> None:
    sheet = prose(2, indent=False).text(74, 148, "到此为止。", 15)
    for line, text in enumerate(("松" * 30, "二〇二三年，镇里")):
        sheet.text(74, 172 + 24 * line, text, 15)
    assert [len(text) for text in texts(pdf([sheet]))] == [65, 38]


def test_digits_and_addresses_are_joined_without_a_space() -> None:
    sheet = prose(2).text(74, 148, "松" * 24 + "电话0517-872", 15).text(74, 172, "90606", 15)
    assert texts(pdf([sheet]))[0].endswith("电话0517-87290606")


def test_page_numbers_and_running_heads_are_set_aside() -> None:
    sheets = []
    for number, form_ in enumerate(("- {} -", "— {} —", "第 {} 页 共 4 页", "{}"), 1):
        sheet = Sheet().text(200, 40, "云岭县青石镇年度报告", 9).text(74, 300, f"第{'一二三四'[number - 1]}段。")
        sheets.append(sheet.text(290, 815, form_.format(number), 10))
    assert texts(pdf(sheets)) == ["第一段。", "第二段。", "第三段。", "第四段。"]


def test_figures_of_a_table_in_the_margin_are_no_page_numbers() -> None:
    assert "12" in texts(pdf([Sheet().text(74, 700, "x").grid((74, 200, 300), (780, 830), [["件数", "12"]])]))


def unruled(middle: bool) -> list[Sheet]:
    """Rows of seven figures without rules, labels of two lines beside them; the last label ends on the second page."""
    first, second = Sheet().text(74, 580, "三、收到和处理政府信息公开申请情况"), Sheet()
    labels = ("一、本年 新收", "二、上年 结转", "（一）予 以公开", "1.属于国 家秘密", "（七） 总计")
    for row, (head, tail) in enumerate(map(str.split, labels)):
        y = 620 + 40 * row
        first.text(74, y - 7 * middle, head, 10)
        (second.text(74, 80, tail, 10) if row == 4 else first.text(74, y + 14 - 7 * middle, tail, 10))
        for column in range(7):
            first.text(200 + 40 * column, y, "1361" if column == 6 and row == 0 else str(row), 10)
    first.text(440, 634, "2", 10)  # the last digit of 13612
    return [first, second.text(74, 200, "四、政府信息公开行政复议、行政诉讼情况")]


@pytest.mark.parametrize("middle", [False, True])
def test_table_without_rules(middle: bool) -> None:
    found = one(pdf(unruled(middle)))
    rows = rows_of(found)
    assert [row[0] for row in rows][:4] == ["一、本年新收", "二、上年结转", "（一）予以公开", "1.属于国家秘密"]
    assert rows[0][1:] == ["0"] * 6 + ["13612"] and rows[4][-7:] == ["4"] * 7
    assert not any(block.exact for block in found.blocks)
    assert [block.text for block in found.blocks if block.table is None][-1] == "四、政府信息公开行政复议、行政诉讼情况"


def test_few_figures_without_rules_stay_lines() -> None:
    assert texts(pdf([Sheet().text(74, 100, "规章").text(200, 100, "0").text(300, 100, "3").text(400, 100, "74")])) == ["规章 0 3 74"]


def test_watermarks_bold_twice_printed_and_radicals() -> None:
    sheet = Sheet().aslant(100, 600, "公示专用").text(74, 100, "一、总体情况").text(74.3, 100, "一、总体情况").text(74, 130, "⼆、主动公开")
    assert texts(pdf([sheet])) == ["一、总体情况", "二、主动公开"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_rotated_pages_are_read_as_shown(turn: int) -> None:
    upright = Sheet().text(74, 100, "青石镇").grid((74, 200, 300), (200, 230), [["规章", "7"]])
    angle = {90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}[turn]
    turned = Sheet([f"q {angle} cm", *upright.commands, "Q"], extra=f"/Rotate {turn}")
    if turn != 180:
        turned.extra += "/MediaBox[0 0 842 842]"
    assert texts(pdf([turned])) == ["青石镇", "规章", "7"]


def test_drawings_within_the_page_are_read() -> None:
    inner = Sheet().grid(_XS, (100, 120), [["规章", "1", "2", "3"]]).text(74, 80, "在图中")
    found = one(pdf([b"q 1 0 0 1 0 -50 cm /X6 Do Q"], objects=[form("\n".join(inner.commands).encode())]))
    assert grid(found)[1, 4] == "3" and found.blocks[0].text == "在图中"
    assert found.blocks[1].box == pytest.approx((74, 150, 214, 170), abs=1)


def test_publication_date_in_the_text() -> None:
    found = one(pdf([Sheet().text(74, 100, "发布日期：2024年1月18日  来源：青石镇")])).published
    assert found and (found.day.isoformat(), found.source, found.line) == ("2024-01-18", "text", 1)


# ------------------------------------------------------------------------------------- what cannot be read


def test_scans() -> None:
    scan = Sheet().picture(0, 0, 595, 842)
    assert reason(pdf([scan, scan])) == "no-text-layer"
    found = one(pdf([Sheet().text(74, 100, "一、总体情况"), scan]))
    assert [(seen.code, seen.detail.get("pages")) for seen in found.observations] == [("picture", None), ("scanned-pages", (2,))]
    with pytest.raises(UnreadableError) as caught:
        read(pdf([scan] * 3), "x.pdf")
    assert caught.value.detail["pages"] == 3


def test_picture_in_place_of_a_table() -> None:
    sheet = Sheet().text(74, 100, "二、主动公开政府信息情况").picture(74, 120, 500, 400).text(74, 450, "三、收到和处理")
    assert [(seen.code, seen.line) for seen in one(pdf([sheet])).observations] == [("picture", 1)]


def test_passwords() -> None:
    sheet = Sheet().text(74, 100, "青石镇")
    assert reason(pdf([sheet], password=("secret", "owner"))) == "encrypted"
    assert texts(pdf([sheet], password=("", "owner"))) == ["青石镇"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.4\n" + b"\0" * 4000, b"PK\3\4", b"%PDF-1.7\ntrailer<</Root 1 0 R>>\n%%EOF"])
def test_what_is_no_pdf_is_damaged(data: bytes) -> None:
    assert reason(data) == "damaged"


def test_empty_pages() -> None:
    assert reason(pdf([Sheet(), Sheet()])) == "empty"


def test_too_large() -> None:
    assert reason(b"%PDF-1.4\n" + bytes(70 * 2**20)) == "damaged"


def test_too_many_pages() -> None:
    assert reason(pdf([b""] * 500)) == "limit-reached"


def quickly(data: bytes) -> str:
    """What becomes of a file that tries to stall the reader, and that it takes no longer than bounded work may."""
    begin = time.monotonic()
    try:
        read(data, "x.pdf")
        return "read"
    except UnreadableError as error:
        return error.reason
    finally:
        assert time.monotonic() - begin < BOUND


def test_loops_in_the_objects() -> None:
    looped = pdf([Sheet().text(74, 100, "青石镇")])
    assert quickly(looped.replace(b"/Kids[6 0 R]", b"/Kids[2 0 R]")) in ("damaged", "empty", "too-many-blocks")
    assert quickly(looped.replace(b"/Parent 2 0 R", b"/Parent 6 0 R")) == "read"
    assert quickly(pdf([b"/X6 Do"], objects=[form(b"/X6 Do", [6])])) == "empty"
    tail = looped.replace(b"/Contents 7 0 R", b"/Contents[7 0 R]").replace(b"/Length ", b"/Length 7 0 R %")
    assert quickly(tail) in ("read", "damaged", "empty")


@pytest.fixture
def soon() -> Iterator[None]:
    """Files that would take all of their time are given less."""
    with within(Limits(pdf_seconds=3)):
        yield


def doubling() -> bytes:
    """Thirty drawings, each placing the next one twice."""
    levels = [form(b"/X%d Do " % (7 + i) * 2, [7 + i]) for i in range(29)] + [form(b"0 0 m 9 9 l S")]
    return pdf([b"/X6 Do"], objects=levels)


def inflating(megabytes: int) -> bytes:
    """A page of blanks that is a thousandth of its size when packed."""
    packer = zlib.compressobj(9)
    head = packer.compress(b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    packed = head + (packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)) * megabytes + packer.flush()
    stream = b"<</Filter/FlateDecode/Length %d>>\nstream\n" % len(packed) + packed + b"\nendstream"
    return pdf([b""], objects=[stream]).replace(b"/Contents 8 0 R", b"/Contents 6 0 R")


def test_drawings_that_double_at_each_level(soon: None) -> None:
    assert not is_plain(doubling())
    assert quickly(doubling()) in ("time-limit", "damaged", "empty")


def test_pages_that_inflate_to_gigabytes(soon: None) -> None:
    assert not is_plain(pdf([b"0 0 m 9 9 l S\n" * 400_000]))
    data = inflating(800)
    assert len(data) < 2**20 and not is_plain(data)
    assert quickly(data) in ("empty", "damaged", "time-limit")


def test_one_stream_drawn_a_thousand_times(soon: None) -> None:
    data = pdf([b"BT /F1 9 Tf <0041> Tj ET\n" * 9000]).replace(b"/Contents 7 0 R", b"/Contents[" + b"7 0 R " * 999 + b"]")
    assert not is_plain(data)
    assert quickly(data) in ("empty", "damaged", "time-limit")


def test_character_maps_of_millions() -> None:
    maps = b"<</Length 90000>>\nstream\n1 beginbfrange\n" + b"<0000> <FFFF> <0041>\n" * 4000 + b"endbfrange\nendstream"
    assert not is_plain(pdf([Sheet()], objects=[maps.replace(b"90000", b"%d" % (len(maps) - 37))]))


def test_memory_stays_bounded() -> None:
    pytest.importorskip("resource", reason="the memory of a process cannot be asked for on this system")
    script = (
        "import resource, sys\n"
        "from tests.readers.pdf.test_reader import doubling, inflating, read, UnreadableError\n"
        "for data in (doubling(), inflating(800)):\n"
        "    try: read(data, 'x.pdf')\n"
        "    except UnreadableError as error: pass\n"
        "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\n"
        "try: own = int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])\n"  # ru_maxrss begins with what pytest had
        "except (OSError, IndexError): own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(max(peak, own) // (2**20 if sys.platform == 'darwin' else 2**10))\n"
    )
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(part or os.curdir for part in (*sys.path, str(ROOT)))}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=surroundings, timeout=PATIENCE, check=True)
    assert int(done.stdout) < 500


def test_other_process_gives_the_same() -> None:
    data = pdf([prose(3), Sheet().grid(_XS, (100, 120), [_HEAD])])
    assert is_plain(data)
    assert read_apart(data, "年报.pdf", Limits(pdf_seconds=9)) == one(data)


def test_cut_files_end_without_an_escape() -> None:
    whole = pdf([prose(3), Sheet().grid(_XS, (100, 120), [_HEAD])])
    for length in range(0, len(whole), 97):
        quickly(whole[:length])


def test_changed_bytes_end_without_an_escape() -> None:
    whole, dice = pdf([prose(3), Sheet().grid(_XS, (100, 120), [_HEAD])], packed=False), random.Random(3)
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(6):
            data[dice.randrange(len(data))] = dice.randrange(256)
        quickly(bytes(data))


def test_nothing_else_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([Sheet().text(74, 100, "青石镇")])
    one(data)
    seen: list[str] = []
    armed = [True]
    sys.addaudithook(lambda event, _: seen.append(event) if armed[0] and event in ("open", "socket.connect", "subprocess.Popen") else None)
    one(data)
    armed[0] = False
    assert seen == []


# ------------------------------------------------------------------------------------- real reports


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real reports are not here")
@pytest.mark.parametrize("name", ["hongze-2024.pdf", "huaian-2024.pdf"])
def test_real_reports_have_every_figure_in_its_row(name: str) -> None:
    truth = json.loads((CORPUS / f"{name}.truth.json").read_text(encoding="utf-8"))["figures"]
    found = one((CORPUS / name).read_bytes())
    printed = rows_of(found)
    for columns in truth["applications"].values():
        assert [str(value) for value in columns.values()] in [row[-7:] for row in printed if len(row) > 7]
    flat = [str(value) for row in truth["review"].values() for value in row.values()]
    assert flat in printed
    for columns in truth["disclosure"].values():
        assert [str(value) for value in columns.values()] in [row[1:] for row in printed]
    assert {block.table for block in found.blocks if block.table} == {1, 2, 3}


def rows_of(document: Document) -> list[list[str]]:
    """The texts of each table row."""
    rows: dict[tuple[int | None, int | None], list[Block]] = {}
    for block in document.blocks:
        if block.table:
            rows.setdefault((block.table, block.row), []).append(block)
    return [[block.text for block in row] for row in rows.values()]
