"""The page for the browser: what stands where, that it is valid and accessible in its structure, and that nothing of a report is code."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import etree

from tests.reporters import samples
from tests.support import ROOT
from validator import reporters
from validator.messages import say
from validator.model import Block, Book, FileResult, Kind, Location, Outcome, Read, Run, Severity, Standing, State, Waived
from validator.pipeline.check_file import examine
from validator.reporters import Options, render
from validator.reporters.html import page

SUMS = ROOT / "examples" / "reports" / "faulty-2021-tab-sums.txt"
CSS = (Path(reporters.__file__).parent / "html" / "page.css").read_text(encoding="utf-8")


def parsed(text: str) -> etree._Element:
    """The page as a browser's parser sees it; anything that is no valid HTML fails."""
    import html5lib

    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    return parser.parse(text).getroot()


def shown(run: Run, **options: object) -> etree._Element:
    return parsed(render("html", run, Options(**options)))  # type: ignore[arg-type]


def text_of(tree: etree._Element, path: str = "//body") -> str:
    return re.sub(r"\s+", " ", " ".join("".join(node.itertext()) for node in tree.xpath(path)))


def with_line(text: str, line: int = 2) -> FileResult:
    """The sample report with another text in a line."""
    file = samples.result()
    report = file.report
    blocks = tuple(replace(block, text=text) if block.line == line else block for block in report.document.blocks)
    return replace(file, reading=Read(report=replace(report, document=replace(report.document, blocks=blocks)), figures=file.figures))


@pytest.fixture(scope="module")
def real(book: Book) -> Run:
    """Example reports on the road, the set's summary among it."""
    names = ("faulty-2021-tab-sums.txt", "faulty-2021-markdown-structure.md", "sound-2019-cell-gap-town.txt")
    files = tuple(file for name in names for file in examine((SUMS.parent / name).read_bytes(), f"reports/{name}", book))
    standing = Standing(unit=files[0].unit or "", kind=None, year=2023, state=State.FAILED, paths=(files[0].path,))
    missing = Standing(unit="云岭县教育局", kind="department", year=2023, state=State.MISSING)
    return samples.run(*files, samples.unreadable(), rules={rule.id: rule for rule in book.rules}, standings=(standing, missing))


# ------------------------------------------------------------------------------------------------ structure


@pytest.mark.parametrize("language", ("zh", "en"))
@pytest.mark.parametrize("many", (False, True))
def test_structure(real, language, many):
    """Landmarks, one h1, headings without gaps, unique ids, links that lead somewhere, names for what can be used."""
    run = real if many else replace(real, files=real.files[:1], standings=())
    tree = shown(run, language=language, version="1", statistics=True)
    assert tree.get("lang") == say("html.lang", language)
    assert [len(tree.xpath(f"//{tag}")) for tag in ("h1", "header", "main", "footer", "title")] == [1] * 5
    ids = Counter(tree.xpath("//@id"))
    assert [key for key, count in ids.items() if count > 1] == []
    assert [href for href in tree.xpath("//@href") if not (href.startswith("#") and href[1:] in ids)] == []
    assert [key for key in tree.xpath("//@aria-labelledby") if key not in ids] == []
    levels = [int(node.tag[1]) for node in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    for node in tree.xpath("//a[@href] | //button | //summary | //th"):
        assert (node.get("aria-label") or "".join(node.itertext())).strip()
    assert all(node.getparent().tag == "label" for node in tree.iter("input"))
    assert all(node.get("role") == "group" and node.get("aria-label") for node in tree.xpath("//*[@tabindex='0']"))
    assert tree.find("body")[0].get("href") == "#main", "the first thing in the order of focus is the way past the header"
    assert not tree.xpath("//*[@tabindex > 0]")
    assert len(tree.xpath("//fieldset/legend")) == 1


@pytest.mark.parametrize("language", ("zh", "en"))
def test_nothing_is_fetched_and_nothing_else_runs(real, language):
    text = render("html", real, Options(language=language))
    tree = parsed(text)
    assert not re.search(r"https?://|//[a-z]|@import|url\(", re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.S))
    assert not re.search(r"https?:|@import|url\(", CSS)
    assert not tree.xpath("//@src | //link | //iframe | //img | //object | //form | //@style | //@*[starts-with(name(), 'on')]")
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    for tag in ("style", "script"):
        (code,) = tree.xpath(f"//{tag}/text()")
        assert f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'" in policy
    assert tree.xpath("//meta[@name='viewport']") and tree.xpath("//meta[@charset='utf-8']")


# ------------------------------------------------------------------------------------------------ content


def test_what_must_be_changed_is_open_and_the_rest_folded():
    grades = (Severity.NOTE, Severity.ERROR, Severity.WARNING)
    tree = shown(samples.run(samples.result(*(samples.finding(f"wording.{grade}", grade) for grade in grades))))
    (open_,) = tree.xpath("//article/ol/li")
    assert "wording.error" in text_of(open_, ".")
    (rest,) = tree.xpath("//details[contains(@class, 'rest')]")
    assert rest.get("open") is None and text_of(rest, "summary") == "其余：请核实 1 处、供参考 1 处"
    assert [node.get("class") for node in rest.xpath("ol/li")] == ["finding warning of-warning", "finding note of-note"]
    alone = shown(samples.run(samples.result(samples.finding(severity=Severity.WARNING))))
    assert alone.xpath("//details[contains(@class, 'rest')]/@open") == [""]


def test_states_stand_under_headings_of_their_own():
    missing = samples.finding("county.missing-report", Severity.ERROR, state="missing")
    found = [samples.finding("deadline.late", Severity.WARNING, state="late"), samples.finding("wording.error", Severity.ERROR)]
    tree = shown(replace(samples.run(samples.result(*found)), collection=(missing, samples.finding("county.copied", Severity.WARNING))))
    assert [text_of(node, ".") for node in tree.xpath("//article/h3")][:2] == ["必须改 1 处", "逾期 1 处"]
    assert [text_of(node, ".") for node in tree.xpath("//section[@aria-labelledby='together']/h3")] == ["缺报 1 处", "请核实 1 处"]
    filters = {label.xpath("input/@id")[0]: text_of(label, ".").strip() for label in tree.xpath("//fieldset/label")}
    assert filters["show-missing"] == "缺报 1" and filters["show-late"] == "逾期 1"
    assert filters["show-error"] == "必须改 1" and filters["show-warning"] == "请核实 1"
    (style,) = tree.xpath("//style/text()")
    assert all(f"#{name}:not(:checked)) .of-{name.removeprefix('show-')} " in style for name in filters)
    plain = shown(samples.run(samples.result(samples.finding())))
    assert [label.get("id") for label in plain.xpath("//fieldset//input")] == ["show-error", "show-warning", "show-note"]


def test_parts_of_a_finding():
    tree = shown(samples.run(samples.result(samples.finding(expected="3"))))
    (item,) = tree.xpath("//li[@id='r1-f1']")
    assert [text_of(node, ".") for node in item.xpath(".//dt")] == ["现状", "应为", "依据", "怎么改"]
    assert text_of(item, ".//blockquote") == "张某的手机号是138******00，请勿外传。" and text_of(item, ".//mark") == "张某"
    assert text_of(item, ".//*[@class='rule']") == "wording.placeholder"


def test_findings_stand_at_their_place():
    tree = shown(samples.run(samples.result(samples.finding(), samples.failed_sum())))
    (paper,) = tree.xpath("//div[@class='paper']")
    assert [(node.get("id"), node.get("href")) for node in paper.xpath(".//a[contains(@class, 'ref')]")] == [
        ("r1-p1", "#r1-f1"),
        ("r1-p2", "#r1-f2"),
    ]
    assert text_of(paper, ".//p//mark") == "张某" and len(paper.xpath(".//ul[@class='notes']/li")) == 2
    assert tree.xpath("//li[@id='r1-f1']//a[@class='see']/@href") == ["#r1-p1"]


def test_failed_sums_show_the_table_with_the_suspect_marked():
    tree = shown(samples.run(samples.result(samples.failed_sum())))
    (table,) = tree.xpath("//table[@class='figures']")
    assert [text_of(node, ".") for node in table.xpath(".//thead//th")] == ["自然人", "商业企业", "总计"]
    (row,) = table.xpath(".//tbody/tr")
    assert [text_of(node, ".") for node in row] == ["4.保护第三方合法权益", "8", "0", "3", "← 分项和 8"]
    assert text_of(row, ".//mark") == "8"
    assert "3（最可能填错的一格）" in text_of(tree, "//li[@id='r1-f1']")


def test_many_explanations_are_all_there_folded():
    (change,) = samples.failed_sum().explanations[0]
    changes = tuple((replace(change, expected=number),) for number in range(12))
    found = samples.failed_sum(explanations=changes, suspect=None, sums=2 * samples.failed_sum().sums)
    tree = shown(samples.run(samples.result(found)))
    assert text_of(tree, "//li[@id='r1-f1']//summary") == "全部 12 种改法"
    assert len(tree.xpath("//li[@id='r1-f1']//details/ol/li")) == 12


def test_the_report_itself_with_its_tables(real):
    tree = shown(replace(real, files=real.files[:1], standings=()))
    (paper,) = tree.xpath("//div[@class='paper']")
    assert [text_of(node, ".") for node in paper.xpath(".//h4")][:2] == ["一、总体情况", "二、主动公开政府信息情况"]
    tables = paper.xpath(".//table")
    assert len(tables) == 3
    rows = {text_of(row[0], "."): [text_of(cell, ".") for cell in row[1:]] for row in tables[1].iter("tr")}
    assert rows["二、上年结转政府信息公开申请数量"] == ["1", "0", "0", "0", "0", "0", "1"]
    assert rows["4.保护第三方合法权益"] == ["83", "0", "0", "0", "0", "0", "3"], "8, and the finding's number"


@pytest.mark.parametrize("name", ["sound-2019-cell-gap-town.txt", "faulty-2021-markdown-structure.md", "sound-2021-tab-town.txt"])
def test_no_words_of_a_report_are_lost(name, book):
    (file,) = examine((SUMS.parent / name).read_bytes(), name, book)
    tree = shown(samples.run(replace(file, findings=())))
    furniture = {id(block) for passage in file.report.furniture for _, block in passage.places}
    kept = Counter("".join(b.text for b in file.report.document.blocks if id(b) not in furniture))
    there = Counter("".join(tree.xpath("//div[@class='paper']//text()")))
    assert {char: count for char, count in (kept - there).items() if not char.isspace()} == {}


def test_a_table_that_runs_on_into_another_is_laid_out_by_the_larger(book):
    name = "faulty-2019-tab-cut.txt"
    page = shown(samples.run(*examine((SUMS.parent / name).read_bytes(), name, book)))
    row = page.xpath("//tr[starts-with(normalize-space(th), '2.重复申请')]")
    assert [len(cells.xpath("td[contains(@class, 'figure')]")) for cells in row] == [7]


def test_clean_is_never_praise_and_unreadable_is_not_clean():
    tree = shown(samples.run(samples.result()))
    assert "未发现问题" in text_of(tree) and "合格" not in text_of(tree)
    assert "检查 3 条：通过 1，问题 0，待人工 0，跳过 2" in text_of(tree)
    assert "跳过：没有第四部分表格（1 条）；2021 年格式没有这些栏（1 条）" in text_of(tree)
    tree = shown(samples.run(samples.unreadable()))
    assert "未能读取（不等于没有问题）" in text_of(tree, "//article") and "未发现问题" not in text_of(tree, "//article")


def test_everything_of_a_run_is_told():
    run = replace(samples.everything(), empty=("reports/空",))
    text = text_of(shown(run))
    for words in ("reports/空", "wording.slow：超过时限", "reports/README.md：不是年度报告", "county.copied", "a.txt", "文件是空的"):
        assert words in text
    assert "已备案（到 2024-06-30）：wording.brackets 的现状" in text and "已说明、不再提示 1 处" in text
    baseline = Waived(finding=samples.finding(), reason="", baseline=True)
    assert "基线中已有：wording.placeholder 的现状" in text_of(shown(samples.run(samples.result(waived=(baseline,)))))


# ------------------------------------------------------------------------------------------------ a set


def test_a_set_is_a_table_of_units_by_years_the_worst_first(real):
    tree = shown(real)
    tables = tree.xpath("//section[@aria-labelledby='set']//table")
    rows, kinds = ([[text_of(cell, ".") for cell in row] for row in table.xpath(".//tr")] for table in tables)
    assert kinds == [["类别", "份数", "缺报", "必须改"], ["部门", "1", "1", "0"], ["未定类别", "1", "0", "1"]]
    assert rows == [["单位", "2023 年度"], ["云岭县教育局", "缺报"], ["云岭县水利局", "必须改 4"]]
    assert tree.xpath("//section[@aria-labelledby='set']//td/a/@href") == ["#r1"]
    rest = [row[0] for row in tree.xpath("//section[@aria-labelledby='files']//tbody/tr")]
    assert text_of(rest[0], ".") == "reports/空.txt", "what is in no unit's row is listed, the worst first"
    sheets = tree.xpath("//details[contains(@class, 'sheet')]")
    assert [sheet.get("id") for sheet in sheets] == ["r4", "r1", "r2", "r3"] and not any("open" in sheet.attrib for sheet in sheets)


def test_without_a_roster_the_reports_are_the_summary():
    run = samples.run(samples.result(path="a.txt"), samples.result(samples.finding(), path="b.txt"))
    rows = [[text_of(cell, ".") for cell in row] for row in shown(run).xpath("//section[@aria-labelledby='files']//tbody/tr")]
    assert rows == [
        ["b.txt", "云岭县青石镇人民政府", "2023", "必须改", "1", "0", "0"],
        ["a.txt", "云岭县青石镇人民政府", "2023", "未发现问题", "0", "0", "0"],
    ]


def test_what_one_page_cannot_hold_is_said(monkeypatch):
    monkeypatch.setattr(page, "TEXTS", 1)
    monkeypatch.setattr(page, "REPORTS", 2)
    files = [samples.result(*([samples.finding()] * count), path=f"{count}.txt") for count in range(4)]
    tree = shown(samples.run(*files))
    assert tree.xpath("//details[contains(@class, 'sheet')]/@id") == ["r4", "r3"] and len(tree.xpath("//div[@class='paper']")) == 1
    assert "另有 2 份报告没有放进本页" in text_of(tree, "//*[@class='left-out']")
    assert len(tree.xpath("//section[@aria-labelledby='files']//tbody/tr")) == 4
    assert "原文没有放进本页" in text_of(tree, "//details[@id='r3']")


def test_a_thousand_findings_of_one_rule_are_bounded():
    tree = shown(samples.run(samples.result(*[samples.finding()] * 1000)))
    assert len(tree.xpath("//ol[@class='findings']/li")) == page.ALIKE
    assert "另有 950 处同类问题（wording.placeholder）" in text_of(tree) and "必须改 1000 处" in text_of(tree)


def test_quiet_leaves_out_reports_without_findings():
    run = samples.run(samples.result(path="a.txt"), samples.result(samples.finding(), path="b.txt"))
    assert shown(run, quiet=True).xpath("//details[contains(@class, 'sheet')]/@id") == ["r2"]


def test_statistics(real):
    rows = shown(real, statistics=True).xpath("//section[@aria-labelledby='statistics']//tbody/tr")
    assert rows and "totals.results" in [text_of(row[0], ".") for row in rows]
    assert not shown(real).xpath("//section[@aria-labelledby='statistics']")


# ------------------------------------------------------------------------------------------------ bad input

CODE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}</style><!--"


def test_a_reports_code_is_text():
    found = samples.finding(
        message={"zh": CODE, "en": CODE}, advice={"zh": CODE, "en": CODE}, expected=CODE, place={"zh": CODE, "en": CODE}
    )
    passed = samples.everything().passed_over[0]
    run = samples.run(
        replace(with_line(CODE), findings=(found,), unit=CODE, path=CODE, waived=(Waived(finding=found, reason=CODE),)),
        samples.result(path="b"),
        county=CODE,
        collection=(replace(found, paths=(CODE,), unit=CODE),),
        passed_over=(replace(passed, path=CODE),),
        standings=(Standing(unit=CODE, kind=None, year=2023, state=State.FAILED, paths=(CODE,)),),
        empty=(CODE,),
    )
    tree = shown(run)
    assert len(tree.xpath("//script")) == 1 and not tree.xpath("//img") and len(tree.xpath("//style")) == 1
    assert "".join(tree.xpath("//text()")).count(CODE) > 10
    assert not [node for node in tree.iter(etree.Comment)]


def test_private_words_are_masked_in_the_report_too():
    number = Location(line=3, offset=8, length=11, excerpt="138******00")
    secret = samples.finding("privacy.mobile-number", Severity.NOTE, location=number)
    for run in (
        samples.run(samples.result(samples.finding(), secret)),
        samples.run(samples.result(samples.finding(), waived=(Waived(finding=secret, reason="已说明"),))),
    ):
        text = render("html", run, Options())
        assert "13800000000" not in text and "138******00" in text_of(parsed(text), "//div[@class='paper']")


def test_private_words_are_masked_over_a_lines_end():
    report = samples.report()
    blocks = (
        Block(kind=Kind.LINE, text="联系人手机138000", line=1),
        Block(kind=Kind.LINE, text="00000，请勿外传", line=2),
    )
    report = replace(report, document=replace(report.document, blocks=blocks))
    place = Location(line=1, offset=6, length=11, excerpt="138******00")
    secret = samples.finding("privacy.mobile-number", location=place)
    file = replace(samples.result(secret, samples.finding(line=2)), reading=Read(report=report, figures=samples.figures(samples.report())))
    text = render("html", samples.run(file), Options())
    assert not re.search(r"138000|00000", re.sub(r"<style>.*?</style>", "", text, flags=re.S).split("<footer>")[0])
    assert "00000" not in render("text", samples.run(file), Options())


def test_identity_numbers_are_masked_wherever_they_stand():
    number = "230523199001011234"
    text = render("html", samples.run(replace(with_line(f"身份证号{number}。"), path=f"{number}.txt")), Options())
    assert number not in text and "2305************34" in text_of(parsed(text), "//div[@class='paper']")
    found = samples.finding(location=Location(line=2, offset=8, length=3, excerpt="231"))
    text = render("html", samples.run(replace(with_line(f"身份证号{number}。"), findings=(found,))), Options())
    assert "1990" not in text_of(parsed(text)), "also where a finding's words begin inside one"


def test_control_characters_show_as_lost():
    found = samples.finding(actual="x\x00", message={"zh": "甲\x00\x1b[31m\ud800\u202e乙", "en": ""})
    text = render("html", samples.run(replace(with_line("甲\x00\x0c\ud800\u202e\ufffe乙"), findings=(found,))), Options())
    text.encode("utf-8")
    parsed(text)
    assert "甲�����乙" in text and "甲��[31m��乙" in text


def test_forty_thousand_characters_and_broken_spans():
    blocks = (
        Block(kind=Kind.CELL, text="长" * 40_000, line=1, table=1, row=1, column=1, exact=True, row_span=70_000, column_span=5_000),
        Block(kind=Kind.CELL, text="", line=2, table=1, row=2, column=1, exact=True),
    )
    report = replace(samples.report(), document=replace(samples.report().document, blocks=blocks))
    file = replace(samples.result(samples.finding(line=1)), reading=Read(report=report, figures=samples.figures(samples.report())))
    tree = shown(samples.run(file))
    assert "".join(tree.xpath("//div[@class='paper']//text()")).count("长") == 40_000
    assert "".join(tree.xpath("//blockquote//text()")).count("长") < 200


def test_a_reading_is_unfolded_once():
    class Packed:
        asked = 0

        def __getattr__(self, name: str) -> object:
            type(self).asked += 1
            return getattr(samples.result().reading, name)

    render("html", samples.run(samples.result(samples.finding(), samples.failed_sum(), reading=Packed())), Options())
    assert Packed.asked == 2


def test_the_same_run_gives_the_same_bytes():
    assert len({render("html", samples.everything(), Options(version="1")) for _ in range(2)}) == 1


def test_a_report_that_broke_a_rule_still_shows():
    file = samples.result(outcomes=(Outcome(rule="wording.slow", answer=samples.Answer.ERROR),))
    assert "规则出错 1" in text_of(shown(samples.run(file)))


# ------------------------------------------------------------------------------------------------ colours


def _colours(block: str) -> dict[str, str]:
    return {name: value for name, value in re.findall(r"--([\w-]+): (#\w+)", block)}


def _light(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * char for char in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", range(3), ids=("light", "dark", "paper"))
def test_contrast(scheme):
    """Every pair of text and ground that the style sheet uses, by the formula of WCAG 2."""
    colours = _colours(re.findall(r":root \{(.*?)\}", CSS, flags=re.S)[scheme])
    pairs = [(ink, ground) for ink in ("text", "quiet", "link", "error", "warning", "note", "clean") for ground in ("ground", "panel")]
    pairs += [(tone, f"{tone}-ground") for tone in ("error", "warning", "note", "clean")]
    for ink, ground in pairs:
        low, high = sorted((_light(colours[ink]), _light(colours[ground])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)
