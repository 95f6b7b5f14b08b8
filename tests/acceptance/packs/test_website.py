"""Another kind of report: 政府网站工作年度报表, read in every layout, checked by its own book, told apart from the other kind."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.acceptance.packs.statement import BASE, LAYOUTS, as_cells, as_tabs, rows
from tests.support import rule_ids
from validator.cli import main as cli
from validator.engine.locations import QUOTE
from validator.examples.differences import difference
from validator.examples.runner import run_examples
from validator.model import Book, FileResult, Rule, Value
from validator.pipeline import run as pipeline_run
from validator.pipeline.check_file import examine
from validator.rulebook import PackError, book_of_kind, built_in, draft_book, load_book, pack_stack
from validator.rulebook.diagnostics import Diagnostic
from validator.rulebook.example_schema import examples_of

OWN = rule_ids(built_in() / "packs" / "website")
ORDINARY = (built_in() / "bases" / "sound-2021.txt").read_text(encoding="utf-8")
#: What the base prints, by hand: row → figure; answers in words have none.
FIGURES: dict[str, Value | None] = {
    "visitors": 186420, "visits": 1352907, "information.total": 6214, "information.overview": 38, "information.news": 2963,
    "information.directory": 3213, "topics.maintained": 17, "topics.opened": 4, "interpretation.total": 96,
    "interpretation.materials": 61, "interpretation.products": 29, "interpretation.comments": 6, "responses": 12,
    "services.users": 40215, "services.items": 1407, "services.online": 1188, "cases.total": 73510, "cases.natural_person": 58204,
    "cases.legal_person": 15306, "messages.received": 842, "messages.settled": 835, "messages.published": 611, "surveys.held": 21,
    "surveys.opinions": 163, "surveys.published": 19, "interviews.held": 6, "interviews.messages": 74, "interviews.answered": 70,
    "security.assessments": 12, "security.problems": 9, "security.mended": 9, "weibo.posts": 1204, "weibo.followers": 30517,
    "wechat.posts": 988, "wechat.subscribers": 61240,
}  # fmt: skip
WORDS = {
    "name": "云岭县人民政府门户网站", "address": "http://www.yunlingxian.gov.cn", "organiser": "云岭县人民政府", "type": "政府门户网站",
    "code": "3325990001", "icp": "浙ICP备05099901号", "police": "浙公网安备33259902000118号", "weibo.name": "云岭发布",
    "wechat.name": "云岭发布", "media.other": "云岭政务抖音号", "media.any": "■是 □否", "services.directory": "■是 □否",
    "innovation": "■搜索即服务 □多语言版本 ■无障碍浏览 □千人千网 □其他",
}  # fmt: skip


@cache
def drafted() -> tuple[Book, list[Diagnostic]]:
    """The pack's rules, and what is wrong with them."""
    return draft_book(kind="website")


@pytest.fixture
def rule(request: pytest.FixtureRequest) -> Rule:
    """The rule of that id."""
    return next(rule for rule in drafted()[0].rules if rule.id == request.param)


def see(data: bytes | str, name: str = "a.txt", book: Book | None = None) -> FileResult:
    [result] = examine(data.encode() if isinstance(data, str) else data, name, book or drafted()[0])
    return result


def printed(result: FileResult) -> Mapping[str, tuple[Value | None, str]]:
    assert result.figures is not None
    return {str(cell.row): (figure.value, " ".join(figure.text.split())) for cell, figure in result.figures.by_cell.items()}


def said(result: FileResult) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.location.row) for finding in result.findings]


# ---------------------------------------------------------------------------------------------- the pack itself


def test_the_rules_to_be_tried_are_those_of_the_pack() -> None:
    assert sorted(OWN) == sorted(rule.id for rule in drafted()[0].rules if rule.path.startswith("rules/packs/"))


def test_the_pack_has_no_mistakes_and_none_of_the_other_kinds_rules(book: Book) -> None:
    assert [problem.render("en") for problem in drafted()[1]] == []
    taken = {rule.category for rule in drafted()[0].rules if not rule.path.startswith("rules/packs/")}
    assert taken == {"input"} and {form.id for form in drafted()[0].forms} == {"website-2018"}
    assert drafted()[0].tables.phrases is None and drafted()[0].tables.reading.unit == book.tables.reading.unit


@pytest.mark.parametrize("rule", OWN, indirect=True)
def test_the_examples_of_each_rule_come_out_as_they_say(rule: Rule) -> None:
    results = list(run_examples(drafted()[0], kind="website", wanted=lambda other: other is rule))
    assert {result.kind for result in results} == {"pass", "fail"} and examples_of(rule, "fail")
    failed = [difference(result) for result in results if not result.ok]
    assert not failed, "\n\n".join(failed)


@pytest.mark.parametrize("rule", OWN, indirect=True)
def test_each_rule_speaks_as_the_house_speaks(rule: Rule) -> None:
    texts = [rule.title, rule.message, rule.advice, rule.why]
    texts += [text for variant in rule.variants.values() for text in (variant.message, variant.advice) if text]
    for text in texts:
        zh = text.get("zh", "")
        assert not re.search(r"您|违反|！|(?<!不)合格", zh), zh
        assert all(len(quoted) <= QUOTE + 12 for quoted in re.findall(r"“([^”{]*)”", zh)), zh
        assert not text or re.search(r"[A-Za-z{]", text["en"]), text


# ---------------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_figure_for_figure(layout: str) -> None:
    name, make = LAYOUTS[layout]
    result = see(make(rows()), name)
    found = printed(result)
    assert {row: value for row, (value, _) in found.items() if row in FIGURES} == FIGURES
    assert {row: found[row] for row in WORDS} == {row: (None, words) for row, words in WORDS.items()}
    assert str(found["messages.days"][0]) == "3.5" and len(found) == 54
    assert (result.year, result.form, result.form_due, said(result)) == (2023, "website-2018", "website-2018", [])
    assert result.unit in ("云岭县人民政府办公室", "云岭县人民政府")


CELLS = as_cells(rows()).decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *((f"\n{band}\n", "\n") for band in ("信息发布（单位：条）", "解读回应", "解读信息发布", "办件量（单位：件）", "微博", "微信")),
        ("可全程在线办理政务服务事项数量（单位：项）", "可全程在线办理政务服务\n事项数量（单位：项）"),
        ("\n■搜索即服务", "\n■搜索即服务"),
        ("□其他\n", "□其他\n单位负责人：王某　审核人：李某　填报人：张某\n填报日期：2024年1月12日\n"),
    ],
)
def test_lost_bands_broken_labels_and_what_follows_change_no_figure(old: str, new: str) -> None:
    assert old in CELLS
    result = see(CELLS.replace(old, new))
    assert {row: value for row, (value, _) in printed(result).items() if row in FIGURES} == FIGURES
    assert said(result) == []


def test_without_any_band_the_forms_order_tells_equal_labels_apart() -> None:
    bands = [band for before, _ in rows() for band in before]
    text = CELLS
    for band in bands:
        text = text.replace(f"\n{band}\n", "\n")
    result = see(text)
    assert {row: value for row, (value, _) in printed(result).items() if row in FIGURES} == FIGURES and said(result) == []


@pytest.mark.parametrize("mark", [" ", "　", "  "])
def test_labels_and_values_in_one_line_of_text(mark: str) -> None:
    result = see(as_tabs(rows()).decode().replace("\t", mark))
    assert {row: value for row, (value, _) in printed(result).items() if row in FIGURES} == FIGURES and said(result) == []


def test_a_long_web_address_is_an_answer() -> None:
    address = "http://www.yunlingxian.gov.cn/col/col1229382921/index.html?uid=48"
    assert printed(see(CELLS.replace(WORDS["address"], address)))["address"] == (None, address)


def test_answers_in_words_are_never_figures() -> None:
    text = CELLS.replace(WORDS["police"], "33259902000118").replace("\n云岭发布\n", "\n163\n", 1).replace("\n政府门户网站\n", "\n1\n")
    found = printed(see(text))
    assert [found[row] for row in ("police", "weibo.name", "type")] == [(None, "33259902000118"), (None, "163"), (None, "1")]


def test_units_after_figures_are_read_and_words_are_not_guessed() -> None:
    text = CELLS.replace("\n6214\n", "\n6214条\n").replace("\n3.5\n", "\n3.5天\n").replace("\n21\n", "\n21期\n")
    assert said(see(text)) == []
    assert said(see(CELLS.replace("\n842\n", "\n八百多\n"))) == [("table.not-a-number", "messages.received")]


def test_a_blank_stays_blank_and_moves_no_figure() -> None:
    result = see(CELLS.replace("\n40215\n", "\n").replace("\n云岭县人民政府\n", "\n"))
    assert said(result) == [("table.blank-answer", "organiser"), ("table.blank-figure", "services.users")]
    assert {r: v for r, (v, _) in printed(result).items() if r in FIGURES and r != "services.users"} == {
        r: v for r, v in FIGURES.items() if r != "services.users"
    }


def test_a_label_twice_is_a_row_twice() -> None:
    assert said(see(CELLS.replace("总数\n6214", "总数\n6214\n总数\n6215"))) == [("table.extra-row", "information.total")]


def test_any_lines_make_a_report_and_never_an_exception() -> None:
    pieces = [*CELLS.split("\n"), "12 3", "-", "无", "", "一、总体情况", "x" * 300, "（单位：条）", "2023", "\t\t5"]
    for seed in range(60):
        chance = random.Random(seed)
        lines = [chance.choice(pieces) for _ in range(chance.randrange(1, 80))]
        mark = chance.choice(["\n", "\n\n", "\t", " | ", " "])
        examine(("政府网站工作年度报表\n" + mark.join(lines)).encode(), "a.txt", drafted()[0])


# ---------------------------------------------------------------------------------------------- sums

SUMS = {
    "totals.information": ("information.total", ["information.overview", "information.news", "information.directory"]),
    "totals.interpretation": ("interpretation.total", ["interpretation.materials", "interpretation.products", "interpretation.comments"]),
    "totals.cases": ("cases.total", ["cases.natural_person", "cases.legal_person"]),
}


@pytest.mark.parametrize("layout", ["tabs", "a cell a line", "html", "docx"])
@pytest.mark.parametrize("rule", SUMS)
def test_a_broken_sum_is_found_exactly(rule: str, layout: str) -> None:
    total, parts = SUMS[rule]
    name, make = LAYOUTS[layout]
    for row in (total, *parts):
        table = rows()
        was = str(FIGURES[row])
        pairs, at = next((pairs, i) for _, pairs in table for i, (_, value) in enumerate(pairs) if value == was)  # interviews, too, are 6
        pairs[at] = (pairs[at][0], str(int(was) + 10))
        result = see(make(table), name)
        assert said(result) == [(rule, total)], (row, result.findings)
        [finding] = result.findings
        due = sum(int(FIGURES[part] or 0) + 10 * (part == row) for part in parts)
        assert (finding.severity, finding.sums[0].expected, finding.sums[0].actual) == (
            "warning", due, int(FIGURES[total] or 0) + 10 * (row == total)
        )  # fmt: skip
        assert finding.basis[0].kind == "logic"


# ---------------------------------------------------------------------------------------------- which kind


@pytest.fixture
def nianbao(tmp_path, monkeypatch, capsys):
    """Run the command in an empty folder; its status, its output and what it said on standard error."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        status = cli.main(list(words))
        out, err = capsys.readouterr()
        return status, out, err

    return run


def mixed(folder: Path) -> None:
    home = folder / "reports"
    home.mkdir()
    (home / "a-disclosure.txt").write_text(ORDINARY, encoding="utf-8")
    (home / "b-website.txt").write_text(BASE.replace("\t6214", "\t6241"), encoding="utf-8")
    (home / "c-notice.txt").write_text("关于开展春季植树活动的通知\n\n定于3月12日上午开展植树活动，请组织人员参加。", encoding="utf-8")
    (home / "d-untitled.txt").write_text(BASE.split("\n", 4)[4], encoding="utf-8")


def test_a_mixed_folder_is_checked_each_by_its_own_book(nianbao, tmp_path) -> None:
    mixed(tmp_path)
    status, out, _ = nianbao("check", "reports", "--format", "json", "--fail-on", "warning")
    told = json.loads(out)
    assert status == 1
    assert [(Path(f["path"]).stem, f["form"], [x["rule"] for x in f["findings"]]) for f in told["files"]] == [
        ("a-disclosure", "2021", []),
        ("b-website", "website-2018", ["totals.information"]),
        ("d-untitled", "website-2018", ["identity.missing-title"]),
    ]
    assert [Path(item["path"]).stem for item in told["passed_over"]] == ["c-notice"]
    assert told["tool"]["rules"] == load_book().fingerprint
    status, out, _ = nianbao("check", "reports", "--fail-on", "never")
    assert status == 0 and out.count("勾选、名称和备案号只看有没有填") == 2 and "信息发布：三类相加 6214，总数填 6241" in out
    status, out, _ = nianbao("read", "reports", "--format", "csv")
    assert "website-2018,website,information.total,value,6241,6241" in out and "2021,applications,new,total,6,6" in out


def test_pack_chooses_for_all_files(nianbao, tmp_path) -> None:
    mixed(tmp_path)
    told = json.loads(nianbao("check", "reports", "--pack", "website", "--format", "json")[1])
    assert [Path(f["path"]).stem for f in told["files"]] == ["b-website", "d-untitled"]
    told = json.loads(nianbao("check", "reports", "--pack", "disclosure", "--format", "json")[1])
    assert [Path(f["path"]).stem for f in told["files"]] == ["a-disclosure"]
    status, out, _ = nianbao("check", "reports/a-disclosure.txt", "--pack", "website")
    assert status == 2 and "看不出是政府网站工作年度报表" in out
    status, out, _ = nianbao("check", "reports/b-website.txt", "--pack", "disclosure")
    assert status == 2 and "看不出是政府信息公开工作年度报告" in out


def test_an_unknown_pack_is_one_sentence_with_the_known_names(nianbao, tmp_path) -> None:
    mixed(tmp_path)
    for words in (["check", "reports"], ["read", "reports"], ["rules"], ["rules", "test"]):
        status, out, err = nianbao(*words, "--pack", "webiste", "--lang", "en")
        assert (status, out) == (2, "")
        assert err.strip() == (
            "nianbao: --pack: there is no kind of report “webiste”; choose from disclosure, website, or a folder with pack.yaml"
        )


def test_an_unreadable_file_is_told_of_either_kind(nianbao, tmp_path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    for words in ([], ["--pack", "website"]):
        status, out, _ = nianbao("check", "a.pdf", "--format", "json", *words)
        assert status == 2 and [x["rule"] for x in json.loads(out)["files"][0]["findings"]] == ["input.unreadable"]


def test_select_and_ignore_know_the_rules_of_both_kinds(nianbao, tmp_path) -> None:
    mixed(tmp_path)
    told = json.loads(nianbao("check", "reports", "--select", "totals.information", "--format", "json")[1])
    assert [[x["rule"] for x in f["findings"]] for f in told["files"]] == [[], ["totals.information"], []]
    told = json.loads(nianbao("check", "reports", "--ignore", "totals.information,identity", "--format", "json")[1])
    assert [f["findings"] for f in told["files"]] == [[], [], []]
    status, _, err = nianbao("check", "reports", "--select", "totals.infromation", "--lang", "en")
    assert status == 2 and "totals.information" in err


def test_a_county_writes_it_in_its_settings(nianbao, tmp_path) -> None:
    mixed(tmp_path)
    Path("nianbao.yaml").write_text(
        "reports: [reports/b-website.txt]\nrules: {pack: website, ignore: [totals.information], severity: {table.blank-answer: note}}\n"
    )
    status, out, err = nianbao("check", "--format", "json", "--fail-on", "note")
    assert (status, err) == (0, "") and json.loads(out)["files"][0]["form"] == "website-2018"
    Path("nianbao.yaml").write_text("reports: [reports]\nrules: {ignore: [totals.information]}\n")  # a rule of the other book alone
    told = json.loads(nianbao("check", "--format", "json")[1])
    assert [x["rule"] for f in told["files"] for x in f["findings"]] == ["identity.missing-title"]


def test_an_ordinary_report_never_opens_the_other_book(book: Book, monkeypatch) -> None:
    monkeypatch.setattr(pipeline_run, "book_of_kind", None, raising=False)
    monkeypatch.setattr("validator.rulebook.book_of_kind", lambda *args: pytest.fail("opened"))
    link = "政府网站工作年度报表的编制情况，已按要求发布。\n"
    for text in (ORDINARY, ORDINARY + "\n" + link, link + ORDINARY):
        [result] = examine(text.encode(), "a.txt", book, selection_of=lambda name: pytest.fail("opened"))
        assert result.report_kind == "disclosure" and result.findings == ()


def selection_of(name: str):
    from validator.pipeline.check_file import RuleSelection

    return RuleSelection(book=book_of_kind(name))


def test_a_page_that_names_the_other_kind_beside_its_report_stays_what_it_is(book: Book) -> None:
    page = "首页\n政府信息公开年报\n政府网站工作年度报表\n" + ORDINARY
    assert examine(page.encode(), "a.txt", book, selection_of=selection_of)[0].report_kind == "disclosure"
    page = "首页\n政府信息公开年报\n云岭县人民政府2023年政府信息公开工作年度报告\n" + BASE
    assert examine(page.encode(), "a.txt", book, selection_of=selection_of)[0].report_kind == "website"


def test_a_file_with_both_says_what_was_not_checked(book: Book) -> None:
    [result] = examine((ORDINARY + "\n" + BASE).encode(), "a.txt", book, selection_of=selection_of)
    if result.report_kind == "disclosure":
        assert not any(finding.severity == "error" for finding in result.findings)
    [result] = examine((BASE + "\n" + ORDINARY).encode(), "a.txt", book, selection_of=selection_of)
    assert "input.other-kind" in {finding.rule for finding in result.findings}


def test_workers_get_the_books_from_plain_values(book: Book) -> None:
    options = pipeline_run.RunOptions(fingerprint=book.fingerprint)
    assert pipeline_run.other_book(options, "website") is pipeline_run.other_book(options, "website")
    assert pipeline_run.other_book(options, "website").kind.name == "website"  # type: ignore[union-attr]


# ---------------------------------------------------------------------------------------------- a county's own kind


def own_kind(folder: Path) -> Path:
    """A kind of report that no notice knows: a list of two rows and their sum."""
    for room in ("forms", "tables", "bases", "sums"):
        (folder / room).mkdir(parents=True)
    (folder / "pack.yaml").write_text(
        "name: window\ntitle: {zh: 窗口服务年度报表, en: statement of a service window}\ndocuments: ['窗口服务年度报表(\\(|$)']\n"
        "words: [受理件数, 办结件数]\nleast: 2\ntakes: {tables: [reading, units, dates, explain]}\n",
        encoding="utf-8",
    )
    (folder / "tables" / "reading.yaml").write_text(
        "title: '窗口服务年度报表(\\(|$)'\ntitle_kind: '报表'\ntitle_rest: '窗口服务年度报表.*$'\n", encoding="utf-8"
    )
    (folder / "forms" / "window-1.yaml").write_text(
        "id: window-1\nname: {zh: 窗口报表, en: window}\ndocument: 本县通知\nfirst_year: null\nlast_year: null\nsections: []\n"
        "signature: []\ntables:\n  - key: window\n    title: {zh: 报表, en: the statement}\n    pairs: true\n"
        "    columns: [{key: value, label: 填报数}]\n    rows:\n      - {key: received, label: 受理件数, columns: [value]}\n"
        "      - {key: settled, label: 办结件数, columns: [value]}\n      - {key: open, label: 在办件数, columns: [value]}\n",
        encoding="utf-8",
    )
    (folder / "bases" / "window.txt").write_text(
        "云岭县政务服务中心2023年窗口服务年度报表\n\n受理件数\t10\n办结件数\t7\n在办件数\t3\n", encoding="utf-8"
    )
    (folder / "sums" / "window.yaml").write_text(
        "id: totals.window\ntitle: {zh: 受理等于办结加在办, en: received is settled and open}\nseverity: error\nbasis: [{kind: county}]\n"
        "check: sum\nwith: {table: window, each: column, formula: received == settled + open}\n"
        'message: {zh: "办结加在办 {expected}，受理 {actual}", en: "settled and open {expected}, received {actual}"}\n'
        "advice: {zh: 核对台账, en: see the ledger}\nexamples:\n  pass: [{base: window}]\n"
        '  fail: [{base: window, set: {window.open.value: "4"}, expected: "11", actual: "10"}]\n',
        encoding="utf-8",
    )
    return folder


def test_a_county_has_a_kind_of_its_own(nianbao, tmp_path) -> None:
    mixed(tmp_path)
    own_kind(tmp_path / "window")
    text = (tmp_path / "window" / "bases" / "window.txt").read_text(encoding="utf-8").replace("3\n", "4\n")
    (tmp_path / "reports" / "e-window.txt").write_text(text, encoding="utf-8")
    assert nianbao("rules", "test", "window")[:2] == (0, "1 条规则，2 个例子：2 个符合，0 个不符\n")
    told = json.loads(nianbao("check", "reports/e-window.txt", "--pack", "window", "--format", "json")[1])
    assert [(f["form"], [x["rule"] for x in f["findings"]]) for f in told["files"]] == [("window-1", ["totals.window"])]
    told = json.loads(nianbao("check", "reports", "--rules", "window", "--format", "json")[1])  # beside the others: by its title
    assert [f["form"] for f in told["files"]] == ["2021", "website-2018", "website-2018", "window-1"]
    Path("nianbao.yaml").write_text("reports: [reports/e-window.txt]\nrules: {pack: window}\n")
    (tmp_path / "below").mkdir()
    told = json.loads(nianbao("check", "--config", "nianbao.yaml", "--format", "json")[1])
    assert [f["form"] for f in told["files"]] == ["window-1"]
    assert "window" in nianbao("check", "reports", "--rules", "window", "--pack", "x")[2]


def test_rules_of_a_county_go_to_the_kind_that_they_extend(nianbao, tmp_path) -> None:
    mixed(tmp_path)
    pack = tmp_path / "ours"
    pack.mkdir()
    (pack / "pack.yaml").write_text("name: ours\ntitle: {zh: 本县, en: ours}\nextends: website\n", encoding="utf-8")
    (pack / "information.yaml").write_text("id: totals.information\noverride: true\nseverity: error\n", encoding="utf-8")
    told = json.loads(nianbao("check", "reports", "--rules", "ours", "--format", "json")[1])
    assert [x["severity"] for f in told["files"] for x in f["findings"] if x["rule"] == "totals.information"] == ["error"]
    assert pack_stack([pack]).packs == () and pack_stack([pack], "website").packs == (pack,)
    alone, beside = load_book(cache=False).fingerprint, load_book([pack], cache=False).fingerprint
    assert alone != beside  # kept results of a run may come from the other book
    (pack / "pack.yaml").write_text("name: ours\ntitle: {zh: 本县, en: ours}\nextends: webiste\n", encoding="utf-8")
    status, _, err = nianbao("check", "reports", "--rules", "ours", "--lang", "en")
    assert status == 2 and "ours/pack.yaml:3: 'extends: webiste' is no kind of report and no pack given beside" in err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name: X y\ntitle: {zh: 甲, en: a}\n", "must be of small letters"),
        ("name: a\ntitle: {zh: 甲}\n", "must have zh and en"),
        ("name: a\ntitle: {zh: 甲, en: a}\ndocuments: ['(']\n", "is no regular expression"),
        ("name: a\ntitle: {zh: 甲, en: a}\ndocument: ['x']\n", "unknown key 'document'"),
        ("title: {zh: 甲, en: a}\n", "lacks name"),
        ("name: a\ntitle: {zh: 甲, en: a}\ndocuments: ['x']\nextends: website\n", "keep either"),
        ("- a\n", "must be a mapping"),
        ("", "must be a mapping"),
    ],
)
def test_mistakes_in_a_manifest_are_told_with_their_place(tmp_path, text: str, says: str) -> None:
    (tmp_path / "pack.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_book([tmp_path])
    assert says in caught.value.render("en") and "pack.yaml:" in caught.value.render("en")


@pytest.mark.parametrize("format", ["text", "html", "xlsx", "docx"])
def test_what_the_pack_does_not_check_is_said_in_every_output_for_people(nianbao, tmp_path, format: str) -> None:
    from html import unescape
    from zipfile import ZipFile

    name = "a.docx" if format == "docx" else "a.txt"
    (tmp_path / name).write_bytes(LAYOUTS["docx"][1](rows()) if format == "docx" else BASE.encode())
    to = [] if format == "text" else ["--output", f"out.{format}"]
    status, out, _ = nianbao("check", name, "--format", format, *to)
    assert status == 0
    made = [path for path in tmp_path.iterdir() if path.name != name]
    if format in ("xlsx", "docx"):
        with ZipFile(made[0]) as packed:
            out = unescape("".join(packed.read(part).decode() for part in packed.namelist() if part.endswith(".xml")))
    elif format == "html":
        out = made[0].read_text(encoding="utf-8")
    assert "勾选、名称和备案号只看有没有填" in "".join(out.split())
