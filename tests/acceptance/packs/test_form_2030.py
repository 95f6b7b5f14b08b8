"""The law changes: an invented form for 2030 as data only, a report on it sound and broken, the old form in its year."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests import support
from validator.cli import main as cli
from validator.model import Book, FileResult
from validator.pipeline.check_file import examine
from validator.rulebook import PackError, built_in, load_book

FORM = (built_in() / "forms" / "2021.yaml").read_text(encoding="utf-8")
OLD_REPORT = (built_in() / "bases" / "sound-2021.txt").read_text(encoding="utf-8")
LOST = "4.相关信息已灭失"
ROW_2030 = f"      - {{key: unavailable.lost, label: {LOST}, columns: *seven, band: （四）无法提供}}\n"
FEES = "第二十条第（八）项\n信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t0\n"


def changed(text: str, *pairs: tuple[str, str]) -> str:
    """The text with each piece changed; each stands in it once."""
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


#: As somebody would write it who copies forms/2021.yaml: a row more in section 3, the table on fees gone from section 2.
FORM_2030 = changed(
    FORM,
    ('id: "2021"\n', 'id: "2030"\nfollows: "2021"\n'),
    ("name: {zh: 2021 年格式, en: the form of 2021}", "name: {zh: 2030 年格式, en: the form of 2030}"),
    ("\ndocument: 国办公开办函〔2021〕30号", "\ndocument: 国办公开办函〔2030〕1号"),
    ("first_year: 2021", "first_year: 2030"),
    ("      - {key: amount, label: 本年收费金额（单位：万元）, variants: [本年收费金额], number: money, unit: 万元}\n", ""),
    ("      - {key: fees, label: 行政事业性收费, columns: [amount], band: 第二十条第（八）项}\n", ""),
    ("现行有效件数, 本年收费金额, ", f"现行有效件数, {LOST}, "),
    ("      - {key: rejected, ", f"{ROW_2030}      - {{key: rejected, "),
    ("unavailable.still_unclear]", "unavailable.still_unclear, unavailable.lost]"),
    ("        - unavailable.still_unclear\n", "        - unavailable.still_unclear\n        - unavailable.lost\n"),
)
REPORT = changed(
    OLD_REPORT.replace("2023", "2030").replace("2024", "2031").replace("2022", "2029"),
    (FEES, ""),
    ("\n（五）不予处理\t", f"\n{LOST}\t0\t0\t0\t0\t0\t0\t0\n（五）不予处理\t"),
)
EXAMPLES = """id: totals.results
override: true
examples:
  pass: [{base: sound-2030}]
  fail:
    - {base: sound-2030, set: {applications.unavailable.lost.research: "1"}, at: {row: total, column: research}, expected: "1", actual: "0", also: [totals.row-total]}
"""  # noqa: E501


@pytest.fixture(scope="module")
def pack(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("law") / "form-2030"
    (folder / "forms").mkdir(parents=True)
    (folder / "bases").mkdir()
    (folder / "forms" / "2030.yaml").write_text(FORM_2030, encoding="utf-8")
    (folder / "bases" / "sound-2030.txt").write_text(REPORT, encoding="utf-8")
    (folder / "results.yaml").write_text(EXAMPLES, encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=["compiled", "from the cache"])
def book(pack: Path, request) -> Book:
    if request.param == "from the cache":
        load_book([pack])
    return load_book([pack], cache=request.param == "from the cache")


def see(text: str, book: Book) -> FileResult:
    [result] = examine(text.encode(), "a.txt", book)
    return result


def said(text: str, book: Book) -> list[tuple[str, str | None, str | None]]:
    return [(finding.rule, finding.location.row, finding.location.column) for finding in see(text, book).findings]


def test_only_data_was_added(pack: Path) -> None:
    assert {path.suffix for path in pack.rglob("*") if path.is_file()} == {".yaml", ".txt"}


def test_a_sound_report_is_clean_and_read_with_the_new_row(book: Book) -> None:
    result = see(REPORT, book)
    assert (result.year, result.form, result.form_due, result.findings) == (2030, "2030", "2030", ())
    assert result.figures is not None
    cells = {(cell.table, cell.row, cell.column): figure.value for cell, figure in result.figures.by_cell.items()}
    assert cells["applications", "unavailable.lost", "total"] == 0 and not any(row == "fees" for _, row, _ in cells)
    assert len([key for key in cells if key[0] == "applications"]) == 7 * (len([row for row in cells if row[0] == "applications"]) // 7)


def test_rules_of_the_form_before_are_asked(book: Book) -> None:
    asked = {outcome.rule: outcome.answer.value for outcome in see(REPORT, book).outcomes}
    about_2021 = ("totals.repealed", "totals.results", "totals.row-total", "totals.balance", "table.missing-row")
    assert {asked[rule] for rule in about_2021} == {"pass"}
    assert asked["totals.items"] == "skip"  # of the form of 2019 alone
    worse = changed(REPORT, ("行政规范性文件\t2\t1\t9", "行政规范性文件\t20\t1\t9"))
    assert [rule for rule, _, _ in said(worse, book)] == [rule for rule, _, _ in said(OLD_REPORT.replace("\t2\t1\t9", "\t20\t1\t9"), book)]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("不计其他情形）\t1\t0\t0\t0\t0\t0\t1", "不计其他情形）\t1\t0\t0\t0\t0\t0\t2", "totals.row-total"),
        (f"{LOST}\t0\t0\t0\t0\t0\t0\t0", f"{LOST}\t0\t0\t0\t0\t0\t0\t3", "totals.row-total"),
        (f"{LOST}\t0\t0\t0\t0\t0\t0\t0", f"{LOST}\t0\t1\t0\t0\t0\t0\t1", "totals.results"),
        ("四、结转下年度继续办理\t1\t0\t0\t0\t0\t0\t1", "四、结转下年度继续办理\t2\t0\t0\t0\t0\t0\t2", "totals.balance"),
        (f"{LOST}\t0\t0\t0\t0\t0\t0\t0\n", "", "table.missing-row"),
    ],
)  # fmt: skip
def test_a_broken_report_is_told_by_the_right_rules(book: Book, old: str, new: str, found: str) -> None:
    result = see(changed(REPORT, (old, new)), book)
    rules = {finding.rule for finding in result.findings} | {failed.rule for finding in result.findings for failed in finding.sums}
    assert found in rules and rules <= {found, "totals.results", "totals.row-total", "narrative.row-total"}, rules
    for finding in result.findings:
        assert [basis.document for basis in finding.basis if basis.kind == "form"][:1] == ["国办公开办函〔2030〕1号"]
        assert not any("2021" in basis.document for basis in finding.basis)


def test_the_new_row_counts_among_the_results(book: Book) -> None:
    """Moved into the new row, an application is no fault; without it in the formula it would be."""
    moved = changed(
        REPORT,
        ("1.本机关不掌握相关政府信息\t1\t0\t0\t0\t0\t0\t1", "1.本机关不掌握相关政府信息\t0\t0\t0\t0\t0\t0\t0"),
        (f"{LOST}\t0\t0\t0\t0\t0\t0\t0", f"{LOST}\t1\t0\t0\t0\t0\t0\t1"),
    )
    assert said(moved, book) == []


def test_the_row_that_is_missing_is_the_new_one(book: Book) -> None:
    assert said(changed(REPORT, (f"{LOST}\t0\t0\t0\t0\t0\t0\t0\n", "")), book) == [("table.missing-row", "unavailable.lost", None)]


def test_the_form_of_2021_in_2030_is_told_as_the_old_one(book: Book) -> None:
    result = see(OLD_REPORT.replace("2023", "2030").replace("2024", "2031").replace("2022", "2029"), book)
    [finding] = result.findings
    assert (result.form, result.form_due, finding.rule) == ("2021", "2030", "form.old-form")
    assert "“本年收费金额”等 2021 年格式，应当用2030 年格式" in finding.message["zh"]
    assert "the form of 2021; the form of 2030 is due" in finding.message["en"]
    assert [basis.document for basis in finding.basis] == ["国办公开办函〔2030〕1号"]


def test_the_form_of_2030_before_its_year_is_told_as_too_early(book: Book) -> None:
    [finding] = see(REPORT.replace("2030", "2023").replace("2031", "2024").replace("2029", "2022"), book).findings
    assert finding.rule == "form.new-form-early" and LOST in finding.message["zh"] and "应当用2021 年格式" in finding.message["zh"]
    assert [basis.document for basis in finding.basis] == ["国办公开办函〔2021〕30号"]


def test_a_table_of_the_old_form_left_in_is_told(book: Book) -> None:
    left = changed(REPORT, ("\n三、收到和处理", f"\n{FEES}\n三、收到和处理"))
    assert [rule for rule, _, _ in said(left, book)] == ["form.mixed"]


def shown(text: str, book: Book) -> list[object]:
    """All of the findings but for which forms a basis is cited."""
    return [replace(one, basis=tuple(replace(basis, forms=()) for basis in one.basis)) for one in see(text, book).findings]


def test_older_reports_are_judged_as_before(book: Book) -> None:
    plain = support.book()
    for name in ("sound-2021", "sound-2019"):
        text = (built_in() / "bases" / f"{name}.txt").read_text(encoding="utf-8")
        for worse in (text, text.replace("\t6\n", "\t7\n", 1), text.replace("2023", "2019"), text.replace("2020", "2022")):
            assert shown(worse, book) == shown(worse, plain)


def test_from_the_command_line(pack: Path, tmp_path: Path, capsys) -> None:
    (tmp_path / "a.txt").write_text(changed(REPORT, (f"{LOST}\t0\t0\t0\t0\t0\t0\t0\n", "")), encoding="utf-8")
    assert cli.main(["check", str(tmp_path / "a.txt"), "--rules", str(pack), "--format", "json", "--fail-on", "error"]) == 1
    [told] = json.loads(capsys.readouterr().out)["files"]
    assert (told["form"], [finding["rule"] for finding in told["findings"]]) == ("2030", ["table.missing-row"])
    assert cli.main(["check", str(tmp_path / "a.txt"), "--rules", str(pack), "--form", "2030", "--lang", "en"]) == 1
    assert "4.相关信息已灭失" in capsys.readouterr().out
    assert cli.main(["rules", "test", str(pack)]) == 0
    assert capsys.readouterr().out == "1 条规则，2 个例子：2 个符合，0 个不符\n"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('follows: "2021"', 'follows: "2020"', "'follows: 2020' is no other form; allowed: 2019, 2021"),
        ('follows: "2021"', 'follows: "2030"', "'follows: 2030' is no other form"),
        ("first_year: 2030", "first_year: 2021", "two forms are due for 2021: 2021 and 2030"),
        ('id: "2030"', 'id: "2031"', "the id is '2031', the file's name '2030': make them equal"),
        ("unclear, unavailable.lost]", "unclear, unavailable.last]", "'unavailable.last' in group 'unavailable'"),
    ],
)  # fmt: skip
def test_mistakes_in_a_form_are_told(tmp_path: Path, old: str, new: str, says: str) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "2030.yaml").write_text(changed(FORM_2030, (old, new)), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_book([tmp_path])
    assert says in caught.value.render("en") and "2030.yaml:" in caught.value.render("en")


def test_a_built_in_form_is_replaced_only_by_a_pack_that_extends(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "2021.yaml").write_text(FORM.replace("2021 年格式", "本县的格式"), encoding="utf-8")
    with pytest.raises(PackError, match="2021.yaml:1: 格式“2021”在 rules/forms/2021.yaml 已有"):
        load_book([tmp_path])
    (tmp_path / "pack.yaml").write_text("name: ours\ntitle: {zh: 本县, en: ours}\nextends: disclosure\n", encoding="utf-8")
    form = load_book([tmp_path]).form("2021")
    assert form is not None and form.name["zh"] == "本县的格式"
