"""The text for the clerk: what comes first, what is said of what was not checked, what is never said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from tests.reporters import samples
from validator.model import (
    Basis,
    Cell,
    Change,
    Figure,
    Figures,
    FormColumn,
    FormRow,
    FormTable,
    Identity,
    Location,
    RowReading,
    Severity,
    Standing,
    State,
    TableReading,
)
from validator.reporters import Options, render


def shown(run, **options):
    return render("text", run, Options(**options))


def test_errors_come_before_warnings_before_notes():
    found = [samples.finding(f"wording.rule-{severity}", severity) for severity in reversed(Severity)]
    text = shown(samples.run(samples.result(*found)))
    assert text.index("必须改 1 处") < text.index("请核实 1 处") < text.index("供参考 1 处") < text.index("检查 ")


def test_the_spot_is_marked_in_columns_not_characters():
    place = Location(line=3, offset=3, length=3, excerpt="的手机")
    lines = shown(samples.run(samples.result(samples.finding(location=place)))).splitlines()
    at = next(number for number, line in enumerate(lines) if "手机号" in line)
    carets = lines[at + 1]
    assert cell_len(lines[at][: lines[at].index("的手机")]) == carets.index("^")
    assert carets.count("^") == 6


def test_a_masked_word_is_masked_in_every_quoted_line():
    number = Location(line=3, offset=8, length=11, excerpt="138******00")
    secret = samples.finding("privacy.mobile-number", Severity.NOTE, location=number)
    text = shown(samples.run(samples.result(samples.finding(), secret)))
    assert "13800000000" not in text
    assert "张某的手机号是138******00" in text


def test_a_masked_word_stays_masked_where_the_masks_length_differs():
    number = Location(line=3, offset=8, length=11, excerpt="138**")
    text = shown(samples.run(samples.result(samples.finding("privacy.mobile-number", location=number))))
    assert "13800000000" not in text and "***********" in text


def test_parts_of_a_finding():
    text = shown(samples.run(samples.result(samples.finding(expected="3", actual="8"))))
    for line in ("    现状    wording.placeholder 的现状", "    应为    3", "    依据    国家格式 国办公开办函〔2021〕30号"):
        assert line in text
    assert "    怎么改  改正" in text and text.index("怎么改") < text.index("wording.placeholder\n")


def test_what_was_checked_and_what_no_tool_checks():
    text = shown(samples.run(samples.result()))
    assert "未发现问题" in text and "合格" not in text
    assert "检查 3 条：通过 1，问题 0，待人工 0，跳过 2" in text
    assert "跳过：没有第四部分表格（1 条）；2021 年格式没有这些栏（1 条）" in text
    assert "版式、印章、字体未检查。" in text


def test_unreadable_is_not_clean():
    text = shown(samples.run(samples.unreadable()))
    assert "未能读取（不等于没有问题）" in text and "文件是空的" in text
    assert "未发现问题" not in text


def test_many_notes_beside_errors_are_a_count():
    notes = [samples.finding("wording.brackets", Severity.NOTE) for _ in range(5)]
    text = shown(samples.run(samples.result(samples.finding(), *notes)))
    assert "供参考 5 处：wording.brackets×5。各在何处见 --format html" in text
    assert "  - " not in text
    assert shown(samples.run(samples.result(*notes))).count("  - ") == 5
    assert shown(samples.run(samples.result(samples.finding(), *notes), fail_on=Severity.NOTE)).count("  - ") == 5


def test_a_note_says_its_place_once():
    said = {"zh": "第一部分第 1 段写作“7.”", "en": "part 1, paragraph 1: “7.”"}
    run = samples.run(samples.result(samples.finding("wording.brackets", Severity.NOTE, message=said)))
    assert "  - 第一部分第 1 段写作“7.”" in shown(run) and "  - part 1, paragraph 1: “7.”" in shown(run, language="en")
    run = samples.run(samples.result(samples.finding("wording.brackets", Severity.NOTE)))
    assert "  - 第一部分第 1 段：wording.brackets 的现状" in shown(run)


def test_failed_sums_show_the_table_with_the_suspect_marked():
    text = shown(samples.run(samples.result(samples.failed_sum())))
    row = next(line for line in text.splitlines() if "← 分项和 8" in line)
    assert row.split()[:4] == ["4.保护第三方合法权益", "[8]", "0", "3"]
    assert "应为    3（最可能填错的一格）" in text
    assert "本年新收" not in text


def test_explanations_without_a_suspect_are_all_told():
    cells = [Cell(table="applications", row="denied.third_party", column=column) for column in samples.COLUMNS]
    changes = tuple((Change(cell=cell, actual=8, expected=3),) for cell in cells)
    text = shown(samples.run(samples.result(samples.failed_sum(explanations=changes, suspect=None, sums=2 * samples.failed_sum().sums))))
    assert "最可能填错" not in text and "[8]" not in text
    assert all(f"{number}) “4.保护第三方合法权益”行" in text for number in (1, 2, 3))


def test_more_than_ten_explanations_are_told_by_what_they_share():
    shared = Change(cell=Cell(table="applications", row="total", column="total"), actual=1, expected=2)
    other = [Change(cell=Cell(table="applications", row=f"row{number}", column="total"), actual=1, expected=2) for number in range(12)]
    changes = tuple((shared, change) for change in other)
    text = "".join(
        shown(
            samples.run(
                samples.result(samples.failed_sum(explanations=changes, suspect=None, more=True, sums=2 * samples.failed_sum().sums))
            )
        ).split()
    )
    assert "改法有不少于12种，都涉及：“（七）总计”行“总计”列" in text


def test_several_files_end_with_a_table():
    text = shown(samples.everything())
    assert "共 3 份：未发现问题 1，有问题 1，未能读取 1" in text
    assert text.count("reports/青石镇.txt") == 2
    assert "没有检查的文件 1 个" in text and "wording.slow" in text


def test_quiet_leaves_out_clean_reports_but_not_the_count():
    assert shown(samples.everything()).count("reports/二.txt 其中第 2 份") == 2
    text = shown(samples.everything(), quiet=True)
    assert "reports/二.txt 其中第 2 份" not in text and text.count("reports/青石镇.txt") == 2
    assert "共 3 份：未发现问题 1" in text


def test_quiet_shows_the_notes_that_decide_the_status():
    run = replace(samples.everything(), fail_on=Severity.NOTE)
    assert shown(run, quiet=True) == shown(run)


def test_quiet_over_sound_reports_is_the_count_alone():
    sound = samples.run(samples.result(path="一.txt"), samples.result(path="二.txt"))
    assert shown(sound, quiet=True) == "共 2 份：未发现问题 2，有问题 0，未能读取 0\n"


def counts(run, **options):
    """The lines of --statistics, each as its words."""
    before, after = shown(run, **options), shown(run, statistics=True, **options)
    assert after.startswith(before.rstrip())
    return [line.split() for line in after[len(before.rstrip()) :].splitlines() if line]


def test_statistics_count_each_rule_the_most_frequent_first():
    run = samples.run(
        samples.result(samples.finding("wording.brackets", Severity.NOTE), path="一.txt"),
        samples.result(samples.finding("b.often"), samples.finding("b.often", Severity.WARNING), path="二.txt"),
        samples.result(samples.finding("b.often"), path="三.txt"),
    )
    assert counts(run) == [["规则", "级别", "次数", "份数"], ["b.often", "必须改", "3", "2"], ["wording.brackets", "供参考", "1", "1"]]
    assert counts(run, language="en")[0] == ["rule", "severity", "times", "reports"]


def test_statistics_count_findings_of_the_set_with_the_reports_that_they_name():
    assert ["county.copied", "请核实", "1", "2"] in counts(samples.everything())


def test_statistics_of_nothing_are_no_lines():
    assert counts(samples.run(samples.result())) == []


def linked(monkeypatch, run, **options):
    from validator.base import links

    monkeypatch.setattr(links, "page_address", lambda rule, path: f"https://example.org/{rule}.md" if path.startswith("rules/") else None)
    return shown(run, color=True, **options)


def test_a_rules_id_leads_to_its_page_where_the_terminal_shows_links(monkeypatch):
    run = samples.with_rules(samples.everything())
    text = linked(monkeypatch, run, links=True, statistics=True)
    links = re.findall("\x1b]8;;([^\x1b]*)\x1b\\\\(.*?)\x1b]8;;\x1b\\\\", text)
    assert len(links) == text.count("\x1b]8;;") / 2
    named = {address: re.sub("\x1b\\[[0-9;]*m", "", words) for address, words in links}
    assert named and all(address == f"https://example.org/{rule}.md" for address, rule in named.items())
    assert {"totals.row-total", "identity.self-word", "county.copied"} <= set(named.values())
    assert text == linked(monkeypatch, run, links=True, statistics=True)  # the same bytes


def test_a_rule_without_a_page_is_no_link(monkeypatch):
    run = samples.with_rules(samples.everything(), path="/home/us/own.yaml")
    assert "\x1b]8" not in linked(monkeypatch, run, links=True)


def test_no_links_unless_asked(monkeypatch):
    assert "\x1b]8" not in linked(monkeypatch, samples.with_rules(samples.everything()))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_eighty_columns(language):
    long = {language: "很长的说明，" * 40 + "word " * 40 for language in ("zh", "en")}
    run = samples.run(samples.result(samples.finding(message=long, place=long)), samples.unreadable("很长的路径/" * 20 + "报告.txt"))
    lines = shown(run, language=language).splitlines()
    assert [line for line in lines if cell_len(line) > 80 and "很长的路径" not in line] == []


def test_colour_only_when_asked():
    plain, bright = shown(samples.everything()), shown(samples.everything(), color=True)
    assert "\x1b[" not in plain
    assert "\x1b[1;31m必须改 2 处" in bright


def test_everything_shown_exists_in_gbk():
    shown(samples.everything()).encode("gbk")


def test_folder_without_a_report_is_named():
    assert "空文件夹：文件夹里没有找到年度报告" in shown(samples.run(empty=("空文件夹",)))


def test_many_of_a_kind_are_counted():
    text = shown(samples.run(samples.result(*[samples.finding("table.extra-row") for _ in range(300)])))
    assert "必须改 300 处" in text and "另有 280 处同类问题（table.extra-row）" in text
    assert text.count("table.extra-row 的现状") == 20


def test_nothing_of_a_report_steers_the_terminal():
    odd = {"zh": "现状\x1b[2J\x07\u202e反", "en": ""}
    text = shown(samples.run(samples.result(samples.finding(message=odd, place=odd), path="a\nb\x1b[1m.txt")))
    assert not {"\x1b", "\x07", "\u202e"} & set(text) and "a b [1m.txt" in text


def test_one_failed_sum_without_a_suspect_is_not_told_at_length():
    change = Change(cell=Cell(table="applications", row="total", column="total"), actual=1, expected=2)
    text = shown(samples.run(samples.result(samples.failed_sum(explanations=((change,), (change,)), suspect=None))))
    assert "应为    两者相等" in text and "1)" not in text


def test_a_document_is_named_once():
    twice = (
        *samples.BASIS,
        Basis(kind="form", document="国办公开办函〔2021〕30号", part="表头"),
        Basis(kind="logic", document="数据逻辑", part="甲"),
    )
    text = "".join(shown(samples.run(samples.result(samples.finding(basis=twice)))).split())
    assert "国家格式国办公开办函〔2021〕30号，所附格式，第三部分表格“总计”栏、表头；数据逻辑甲" in text


def test_a_wide_table_of_sums_keeps_to_eighty_columns():
    keys = ("natural_person", "business", "research", "public_benefit", "legal_service", "other_org", "total")
    names = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    columns = tuple(FormColumn(key=key, label=name) for key, name in zip(keys, names, strict=True))
    row = FormRow(key="denied.third_party", label="（一）很长很长很长很长很长很长很长的一行标签", columns=keys)
    table = FormTable(key="applications", section=3, title={"zh": "", "en": ""}, columns=columns, rows=(row,))
    read = samples.report()
    cells = [Cell(table="applications", row=row.key, column=key) for key in keys]
    found = tuple(Figure(cell=cell, value=1060, text="1060", state="number", block=read.document.blocks[0]) for cell in cells)
    reading = TableReading(
        key="applications", state="read", rows=(RowReading(key=row.key, label=None, figures=found, block=found[0].block, values=7),)
    )
    figures = Figures(form=replace(samples.form(), tables=(table,)), form_due=None, tables={"applications": reading})
    identity = Identity(
        rule="totals.row-total", terms=tuple((1, cell) for cell in cells[:-1]) + ((-1, cells[-1]),), row=row.key, column=None
    )
    for language in ("zh", "en"):
        lines = shown(
            samples.run(samples.result(samples.failed_sum(identities=(identity,)), figures=figures)), language=language
        ).splitlines()
        assert max(cell_len(line) for line in lines) <= 80
        assert any("1060" in line and "←" in line for line in lines)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_units_of_many_years_keep_their_whole_names(language):
    """Columns for seven years leave no room for a name: the years stand one after the other instead."""
    names = ("云岭县青石镇人民政府", "云岭县松江镇人民政府")
    standings = [Standing(unit=name, kind=None, year=year, state=State.FAILED, paths=()) for name in names for year in range(2019, 2026)]
    wide, narrow = (shown(samples.run(standings=tuple(each)), language=language) for each in (standings, standings[5:9]))
    for text in (wide, narrow):
        assert all(name in text for name in names)
        assert [line for line in text.splitlines() if cell_len(line) > 80] == []
    assert "2019" in wide and "2025" in wide
