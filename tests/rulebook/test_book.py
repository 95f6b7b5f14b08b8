"""Loading rule files: every kind of mistake with file and line, all at once; evil YAML; packs; the cache."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from validator.base import cache_folder
from validator.base.patterns import TablePattern
from validator.model import Book, Severity
from validator.model.fact_tables import OutdatedFacts, OutdatedTerm
from validator.rulebook import PackError, draft_book, load_book, regex_bounds, sources
from validator.rulebook.diagnostics import Diagnostics
from validator.rulebook.overrides import Amendments
from validator.rulebook.yaml_reader import MOST_BYTES, MOST_DEPTH, Map, read_yaml
from validator.text.characters import Pattern

GOOD = """\
id: local.good
title: {zh: 甲, en: a}
severity: warning
basis:
  - {kind: county, document: 本县通知}
check: observed
with: {codes: [picture]}
message: {zh: "有 {count} 处", en: "{count}"}
advice: {zh: 改, en: mend it}
examples:
  pass: [{base: sound-2021}]
  fail:
    - {noticed: {code: picture, count: 2}, says: 2 处}
"""
CHECK = "check: observed\nwith: {codes: [picture]}"
SECTIONS = "check: sections\nwith: {look_for: empty, preamble: ['(甲+)+乙']}"
REAL = sources.built_in


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    place = tmp_path / "cache"
    monkeypatch.setattr(cache_folder, "folder", lambda: place)
    return place


@pytest.fixture(scope="session")
def law(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small built-in book: the forms, the bases and a few rules."""
    folder, rules = tmp_path_factory.mktemp("law"), sources.built_in()
    for room in ("forms", "bases", "input"):
        shutil.copytree(rules / room, folder / room)
    (folder / "structure").mkdir()
    text = GOOD.replace("local.good", "structure.own").replace(CHECK, SECTIONS)
    (folder / "structure" / "own.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def small(law: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test but those of the homes loads the small book."""
    monkeypatch.setattr(sources, "built_in", lambda: law)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A county's pack with one sound rule."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "good.yaml").write_text(GOOD, encoding="utf-8")
    return folder


def problems(pack: Path, *, examples: bool = False) -> list[tuple[str, int, str, str]]:
    """What load_book says of a pack: file, line, Chinese, English."""
    with pytest.raises(PackError) as caught:
        load_book([pack], examples=examples)
    return [(Path(p.path).name, p.line, p.text["zh"], p.text["en"]) for p in caught.value.problems]


def test_a_sound_pack_stands_beside_the_built_in_book(pack: Path) -> None:
    alone, both = load_book(), load_book([pack])
    assert {rule.id for rule in both.rules} - {rule.id for rule in alone.rules} == {"local.good"}
    assert alone.fingerprint != both.fingerprint and [form.id for form in both.forms] == ["2019", "2021"]


MISTAKES = [
    # what is replaced, by what, line, piece of the Chinese sentence, piece of the English one
    ("severity: warning", "severty: warning", 3, "没有“severty”", "allowed: id"),
    ("severity: warning", "severity: grave", 3, "error、warning、note", "error, warning, note"),
    ("codes: [picture]", "codes: [picture], onse: true", 7, "没有“onse”这一项，可用：codes、once", "allowed: codes, once"),
    ("codes: [picture]", "codes: picture", 7, "写成列表", "must be a list"),
    ("codes: [picture]", "codes: [1]", 7, "加引号", "in quotes"),
    ("{codes: [picture]}", "{once: true}", 7, "缺少 codes", "lacks codes"),
    ("codes: [picture]", "codes: [picture], once: yes", 7, "true 或 false", "true or false"),
    ("check: observed", "check: obsered", 6, "没有“obsered”这种检查", "unknown check 'obsered'"),
    ("check: observed\n", "", 1, "缺少 check", "lacks check"),
    ("title: {zh: 甲, en: a}", "title: {en: a}", 2, "缺少 zh", "lacks zh"),
    ("title: {zh: 甲, en: a}", "title: [甲]", 2, "键: 值", "mapping"),
    ("en: mend it", "en: mend it, or not", 9, "加引号", "quotes"),
    ("basis:\n  - {kind: county, document: 本县通知}\n", "", 1, "缺少 basis", "lacks basis"),
    ("kind: county", "kind: rumour", 5, "law、form、county、logic", "law, form, county, logic"),
    ("kind: county, document: 本县通知", "kind: law", 4, "写 document", "name its document"),
    ("{count} 处", "{count.real} 处", 8, "花括号 {count.real}", "braces"),
    ("{count} 处", "{count 处", 8, "花括号 {", "braces"),
    ("id: local.good", "id: local.other", 1, "改名为 other.yaml", "rename it other.yaml"),
    ("id: local.good", "id: Good", 1, "类别.名称", "category.kebab-case-name"),
    ("id: local.good", "id: 5", 1, "加引号", "quotes"),
    ("check: observed", "requires: [no.such]\ncheck: observed", 6, "没有“no.such”这条规则", "no rule 'no.such' to require: check"),
    ("check: observed", "requires: [local.good]\ncheck: observed", 6, "绕成一圈", "requires itself"),
    ("check: observed", "forms: ['2030']\ncheck: observed", 6, "没有“2030”这个格式", "unknown form '2030'"),
    ("check: observed", "kinds: [town]\ncheck: observed", 6, "没有“town”这类单位", "unknown kind of unit"),
    ("check: observed", "years: {from: 2030, to: 2021}\ncheck: observed", 6, "年份范围为空", "no year is in the range"),
    ("check: observed", "years: {since: 2030}\ncheck: observed", 6, "可用：from、to", "allowed: from, to"),
    ("check: observed", "scope: town\ncheck: observed", 6, "report、series、county", "report, series, county"),
    ("check: observed", "variants: {picture: {mesage: x}}\ncheck: observed", 6, "没有“mesage”", "unknown key 'mesage'"),
    ("check: observed", "check: observed\ncheck: observed", 7, "写了两次", "given twice"),
    ("advice: {zh: 改", "advice: {zh: !!python/name:os.system 改", 9, "不允许 YAML 标签", "tags are not allowed"),
    ("advice: {zh: 改", "advice: {zh: [改", 9, "不合 YAML", "not YAML"),
    ("with: {codes: [picture]}", "with: {codes: *nothing}", 7, "没有对应的 &nothing", "has no &nothing"),
    (CHECK, "check: sum\nwith: {table: applications, each: row, formula: total = sum(applicants)}", 7, "公式", "formula"),
    (CHECK, "check: sum\nwith: {table: applications, each: row, formula: total == total}", 7, "恒成立", "always true"),
    (CHECK, "check: sum\nwith: {table: aplications, each: row, formula: a == b}", 7, "aplications", "aplications"),
    (CHECK, "check: content\nwith: {look_for: thin, section: 9}", 7, "“9”", "no '9'"),
    (CHECK, "check: sections\nwith: {look_for: missing, preamble: ['(甲']}", 7, "正则表达式写错", "no regular expression"),
    # never or always
    (CHECK, "check: sum\nwith: {table: applications, each: row, formula: total >= 0}", 7, "恒成立", "always true"),
    (CHECK, "check: sum\nwith: {table: applications, each: row, formula: total + 1 <= 0}", 7, "永远不成立", "never true"),
    (CHECK, "check: sum\nwith: {table: applications, each: row, formula: \"__import__('os') == total\"}", 7, "公式", "formula"),
    (CHECK, "check: sum\nwith: {table: applications, each: row, formula: \"total == eval(1)\"}", 7, "公式", "formula"),
    (CHECK, "check: sum\nwith: {table: applications, each: row, formula: \"total == total.__class__\"}", 7, "公式", "formula"),
    (CHECK, "check: sum\nwith: {table: applications, each: row, formula: \"total == [x for x in sum]\"}", 7, "公式", "formula"),
    (CHECK, "check: wording\nwith: {phrases: [{says: '甲*'}]}", 7, "连空白也符合", "always matches"),
    (CHECK, "check: wording\nwith: {phrases: [{says: '甲|'}]}", 7, "连空白也符合", "always matches"),
    (CHECK, "check: wording\nwith: {phrases: [{says: '甲^乙'}]}", 7, "永远找不到", "never match"),
    (CHECK, "check: wording\nwith: {phrases: [{says: '甲$乙'}]}", 7, "永远找不到", "never match"),
    (CHECK, "check: wording\nwith: {phrases: [{says: '甲(?!)'}]}", 7, "永远找不到", "never match"),
    (CHECK, "check: mentions\nwith: {statements: [{zh: 甲, en: a, patterns: [甲]}], parts: [9]}", 7,
     "“9”不存在，可用：0、1", "no '9'; allowed: 0, 1"),
    (CHECK, "check: sections\nwith: {look_for: empty, parts: [7]}", 7, "“7”不存在", "no '7'"),
    (CHECK, "check: copied\nwith: {limit: 0}", 7, "百分比", "percentage"),
    (CHECK, "check: copied\nwith: {limit: 100}", 7, "百分比", "percentage"),
    (CHECK, "check: copied\nwith: {common: -1}", 7, "百分比", "percentage"),
    (CHECK, "check: copied\nwith: {words: nowhere}", 7, "“nowhere”不存在", "no 'nowhere'"),
    (CHECK, "check: deadline\nwith: {look_for: late, days: {town: 01-31}}", 7, "“town”不存在，可用：government",
     "no 'town'; allowed: government"),
    (CHECK, "check: deadline\nwith: {look_for: late, days: {township: 02-30}}", 7, "不是日期", "is no day"),
    (CHECK, "check: deadline\nwith: {look_for: late, not_levels: [village]}", 7, "“village”不存在，可用：province", "allowed: province"),
    (CHECK, "check: limit\nwith: {table: fees, row: fees, columns: [x], above: {township/village: 1}}", 7,
     "“village”不存在", "no 'village'"),
    (CHECK, "check: mentions\nwith: {statements: [{zh: 甲, en: a, patterns: [甲]}], raised_by: applications.granted.tota}",
     7, "表.行.列", "no figure"),
    ("check: observed", "requires: [local.godo]\ncheck: observed", 6, "可用：local.good", "perhaps: local.good"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "zh", "en"), MISTAKES)
def test_each_mistake_is_told_with_file_and_line(pack: Path, old: str, new: str, line: int, zh: str, en: str) -> None:
    assert old in GOOD
    (pack / "good.yaml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    found = problems(pack)
    assert any(
        at == ("good.yaml", line) and zh in said[0] and en in said[1] for *at_, a, b in found for at, said in [(tuple(at_), (a, b))]
    ), found


def test_all_mistakes_of_all_files_come_at_once(pack: Path) -> None:
    (pack / "good.yaml").write_text(
        GOOD.replace("severity: warning", "severity: grave").replace("en: mend it", "fr: mend"), encoding="utf-8"
    )
    (pack / "worse.yaml").write_text("id: local.worse\n", encoding="utf-8")
    (pack / "list.yaml").write_text("- 1\n", encoding="utf-8")
    (pack / "worst.yaml").write_text("id: [\n", encoding="utf-8")
    found = problems(pack)
    assert {name for name, *_ in found} == {"good.yaml", "worse.yaml", "list.yaml", "worst.yaml"}
    assert {line for name, line, *_ in found if name == "good.yaml"} == {3, 9}
    assert found == sorted(found, key=lambda item: item[:2])


def test_the_same_id_twice_is_a_mistake_and_override_changes_one(pack: Path) -> None:
    (pack / "more").mkdir()
    (pack / "more" / "good.yaml").write_text(GOOD, encoding="utf-8")
    assert "写了两次" in problems(pack)[0][2]
    (pack / "more" / "good.yaml").rename(pack.parent / "good.yaml")
    more = pack.parent / "good.yaml"
    with pytest.raises(PackError, match="override: true"):
        load_book([pack, more])
    more.write_text("id: local.good\noverride: true\nseverity: note\n", encoding="utf-8")
    rule = rule_of(load_book([pack, more]), "local.good")
    assert rule.severity is Severity.NOTE and rule.title["zh"] == "甲"
    more.write_text("id: local.nothing\noverride: true\n", encoding="utf-8")
    with pytest.raises(PackError, match="没有可改的规则"):
        load_book([pack, more])


def test_a_role_is_one_rules(pack: Path) -> None:
    """The built-in rules with a role are found by it: a pack can neither take it nor leave it out."""
    roles = {rule.role: rule.id for rule in load_book().rules if rule.role}
    assert roles == {"unreadable": "input.unreadable", "not-a-report": "input.not-a-report"}
    (pack / "good.yaml").write_text(GOOD.replace("check:", "role: unreadable\ncheck:"), encoding="utf-8")
    assert [(name, line) for name, line, _, en in problems(pack) if "input.unreadable" in en] == [("good.yaml", 6)]
    (pack / "good.yaml").write_text(GOOD.replace("check:", "role: unread\ncheck:"), encoding="utf-8")
    assert any("not-a-report" in zh for _, _, zh, _ in problems(pack))
    (pack / "good.yaml").unlink()
    changed = pack / "unreadable.yaml"
    changed.write_text("id: input.unreadable\noverride: true\nrole: not-a-report\n", encoding="utf-8")
    assert ("unreadable.yaml", 3) in [(name, line) for name, line, *_ in problems(pack)]
    changed.write_text("id: input.unreadable\noverride: true\nseverity: warning\n", encoding="utf-8")
    assert [rule.role for rule in load_book([pack]).rules if rule.id == "input.unreadable"] == ["unreadable"]


def test_a_rule_that_is_replaced_whole_keeps_its_role(pack: Path) -> None:
    (pack / "pack.yaml").write_text("name: town\ntitle: {zh: 镇, en: town}\nextends: disclosure\n", encoding="utf-8")
    (pack / "good.yaml").unlink()
    whole = GOOD.replace("local.good", "input.not-a-report").replace("picture", "not-a-report")
    (pack / "not-a-report.yaml").write_text(whole, encoding="utf-8")
    assert any("role: not-a-report" in zh for _, _, zh, _ in problems(pack))
    (pack / "not-a-report.yaml").write_text(whole.replace("check:", "role: not-a-report\ncheck:"), encoding="utf-8")
    assert [rule.pack for rule in load_book([pack]).rules if rule.role == "not-a-report"] == [str(pack)]


def test_a_role_needs_a_check_that_can_speak_without_a_report(pack: Path) -> None:
    other = "id: input.unreadable\noverride: true\ncheck: sections\nwith: {look_for: empty, preamble: [甲]}\n"
    (pack / "unreadable.yaml").write_text(other, encoding="utf-8")
    assert any("observed" in zh for _, _, zh, _ in problems(pack))


@pytest.mark.parametrize("cached", [False, True])
def test_a_rule_knows_its_pack(pack: Path, cached: bool) -> None:
    (pack / "comments.yaml").write_text("id: input.comments\noverride: true\nseverity: note\n", encoding="utf-8")
    if cached:
        load_book([pack])
    packs = {rule.id: rule.pack for rule in load_book([pack], cache=cached).rules}
    assert (packs["local.good"], packs["input.comments"], packs["input.unreadable"]) == (str(pack), str(pack), "")


def test_a_rule_that_nianbao_yaml_amends_stays_where_it_stands() -> None:
    options = read_yaml(b"{codes: [comments]}", Diagnostics("nianbao.yaml"))
    assert isinstance(options, Map)
    amendments = Amendments(path="nianbao.yaml", options={"input.comments": options})
    for cache in (False, True, True):  # made, kept, taken from the cache
        rule = next(rule for rule in load_book(cache=cache, amendments=amendments).rules if rule.id == "input.comments")
        assert (rule.path, rule.pack) == ("rules/input/comments.yaml", "")


def test_a_pack_may_change_a_built_in_rule(pack: Path) -> None:
    (pack / "comments.yaml").write_text("id: input.comments\noverride: true\nseverity: note\n", encoding="utf-8")
    assert rule_of(load_book([pack]), "input.comments").severity is Severity.NOTE
    assert rule_of(load_book([pack]), "input.comments").severity is Severity.NOTE  # from the cache


@pytest.mark.parametrize(
    ("example", "says"),
    [
        ("{base: nowhere}", "没有“nowhere”这份底稿"),
        ("{base: sound-2021, text: x}", "中的一个"),
        ("{says: x}", "中的一个"),
        ("{base: sound-2021, also: [no.such]}", "没有“no.such”"),
        ("{base: sound-2021, set: {applications.granted.tota: 8}}", "不是 表.行.列"),
        ("{base: sound-2021, at: {tabel: review}}", "没有“tabel”"),
        ("{base: sound-2021, at: {table: reviews}}", "没有“reviews”这张表"),
        ("{base: sound-2021, sets: {}}", "没有“sets”"),
    ],
)
def test_examples_that_cannot_be_run_are_mistakes(pack: Path, example: str, says: str) -> None:
    (pack / "good.yaml").write_text(GOOD.replace("{noticed: {code: picture, count: 2}, says: 2 处}", example), encoding="utf-8")
    assert [(line, says in zh) for _, line, zh, _ in problems(pack, examples=True)] == [(13, True)]
    load_book([pack])  # examples are not looked at when reports are checked


@pytest.mark.parametrize("formula", ["total + new == new + total", "total - total == 0"])
def test_a_formula_with_equal_sides_is_always_true_once_terms_are_collected(pack: Path, formula: str) -> None:
    formula = formula.replace("total", "granted").replace("new", "partial")
    rule = GOOD.replace(CHECK, f"check: sum\nwith: {{table: applications, each: column, formula: {formula}}}")
    (pack / "good.yaml").write_text(rule, encoding="utf-8")
    assert any("恒成立" in zh and "always true" in en and line == 7 for _, line, zh, en in problems(pack))


@pytest.mark.parametrize("source", ["(甲+)+乙", "(甲|甲甲)+$", "(.*)*乙", ".*甲.*乙.*丙", "《[^》]*》", "(甲?){30}甲{30}", "甲{90000}"])
def test_an_expression_of_a_packs_table_or_form_that_may_never_end_is_refused(pack: Path, source: str, law: Path) -> None:
    (pack / "tables").mkdir()
    (pack / "tables" / "mine.yaml").write_text(f"fine: 甲.{{0,20}}乙\nwords:\n  - '{source}'\n", encoding="utf-8")
    assert [(name, line, "没完没了" in zh, "never end" in en) for name, line, zh, en in problems(pack)] == [("mine.yaml", 3, True, True)]
    (pack / "tables" / "mine.yaml").unlink()
    (pack / "forms").mkdir()
    form = (law / "forms" / "2021.yaml").read_text(encoding="utf-8").replace('id: "2021"', 'id: "2031"').replace("id: '2021'", "id: '2031'")
    assert "2031" in form and "    near: [" in form
    (pack / "forms" / "2031.yaml").write_text(form.replace("    near: [", f"    near: ['{source}', ", 1), encoding="utf-8")
    assert any(name == "2031.yaml" and ("没完没了" in zh or "太多" in zh) for name, _, zh, _ in problems(pack))


def test_a_copy_of_a_built_in_table_may_stay_as_it_is(pack: Path) -> None:
    shutil.copytree(REAL() / "tables", pack / "tables")
    regex_bounds._built_in.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regex_bounds, "built_in", REAL)
        patch.setattr(sources, "built_in", REAL)
        assert rule_of(load_book([pack]), "local.good")
    regex_bounds._built_in.cache_clear()


# ---------------------------------------------------------------------------------------------- evil YAML


def read(text: str | bytes) -> tuple[object, list[str]]:
    log = Diagnostics("evil.yaml")
    return read_yaml(text if isinstance(text, bytes) else text.encode(), log), [problem.text["zh"] for problem in log.problems]


def test_a_bomb_of_aliases_is_refused() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert "太多" in read(bomb)[1][0]


def test_a_few_aliases_are_welcome() -> None:
    assert read("a: &seven [1, 2]\nb: *seven\n") == ({"a": [1, 2], "b": [1, 2]}, [])


def test_an_alias_of_itself_is_refused() -> None:
    assert "没有对应" in read("a: &a [*a]\n")[1][0]


@pytest.mark.parametrize("text", ["[" * 5000, "a: " + "[" * 100 + "]" * 100, "- " * 3000, "".join(f"{' ' * n}a:\n" for n in range(200))])
def test_deep_nesting_is_refused(text: str) -> None:
    assert str(MOST_DEPTH) in read(text)[1][0]


def test_a_huge_file_is_refused() -> None:
    assert "太大" in read("#" * (MOST_BYTES + 1))[1][0]


@pytest.mark.parametrize(
    "text", [b"\xff\xfe\x00", b"a: \x00", b"a: \x1b[0m", "a: 甲".encode("gb18030"), b"\t- a", b"%YAML 9\n--- a", b"? [a]\n: b"]
)
def test_what_is_no_yaml_is_told_and_raises_nothing(text: bytes) -> None:
    assert read(text)[1]


def test_tags_build_nothing(tmp_path: Path) -> None:
    target = tmp_path / "made"
    assert "标签" in read(f"a: !!python/object/apply:os.mkdir ['{target}']\n")[1][0]
    assert not target.exists()


def test_values_are_what_they_look_like() -> None:
    found, told = read("a: yes\nb: 2021-01-22\nc: 007\nd: 1_000\ne: 12:30\nf: ~\ng: -3\nh: 1.50\ni: '8'\nj: true\nk: 0x1F\n2021: y\n")
    assert not told
    assert found == {"a": "yes", "b": "2021-01-22", "c": "007", "d": "1_000", "e": "12:30", "f": None, "g": -3, "h": 1.5, "i": "8",
                     "j": True, "k": "0x1F", "2021": "y"}  # fmt: skip


# ---------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize("make", [lambda folder: folder / "nowhere", lambda folder: (folder / "empty").mkdir() or folder / "empty"])
def test_a_pack_without_rules_is_an_error(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(PackError) as caught:
        load_book([make(tmp_path)])
    assert caught.value.problems[0].text["zh"]


def test_one_rule_file_is_a_pack(pack: Path) -> None:
    assert rule_of(load_book([pack / "good.yaml"]), "local.good").path.endswith("good.yaml")


def test_without_rules_both_homes_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "built_in", REAL)
    monkeypatch.setattr(sources, "__file__", str(tmp_path / "validator" / "rulebook" / "home.py"))
    with pytest.raises(PackError) as caught:
        load_book()
    assert "_rules" in str(caught.value) and str(tmp_path / "rules") in str(caught.value)


def test_line_ends_do_not_change_the_fingerprint(pack: Path) -> None:
    before = load_book([pack]).fingerprint
    (pack / "good.yaml").write_bytes(GOOD.replace("\n", "\r\n").encode())
    assert load_book([pack]).fingerprint == before
    (pack / "good.yaml").write_bytes(GOOD.replace("mend it", "do it").encode())
    assert load_book([pack]).fingerprint != before


def test_patterns_of_others_run_with_a_time_limit_and_ours_compile_late(pack: Path) -> None:
    rule = GOOD.replace(CHECK, SECTIONS)
    (pack / "good.yaml").write_text(rule, encoding="utf-8")
    book = load_book([pack])
    patterns = rule_of(book, "local.good").check.preamble  # type: ignore[attr-defined]
    assert patterns == (Pattern("(甲+)+乙", trusted=False),)
    assert all(pattern.trusted for pattern in rule_of(book, "structure.own").check.preamble)  # type: ignore[attr-defined]
    assert all(not p.trusted for p in rule_of(load_book([pack]), "local.good").check.preamble)  # type: ignore[attr-defined]


def test_a_draft_leaves_out_what_is_wrong_and_says_so(pack: Path) -> None:
    (pack / "bad.yaml").write_text("id: local.bad\n", encoding="utf-8")
    book, told = draft_book([pack])
    assert rule_of(book, "local.good") and {Path(problem.path).name for problem in told} == {"bad.yaml"}
    assert not any(rule.id == "local.bad" for rule in book.rules)


def test_tables_are_read_when_asked_for(pack: Path) -> None:
    (pack / "tables").mkdir()
    (pack / "tables" / "mine.yaml").write_text("a: [1\n", encoding="utf-8")
    assert problems(pack)[0][:2] == ("mine.yaml", 2)
    (pack / "tables" / "mine.yaml").write_text("terms: []\n", encoding="utf-8")
    book = load_book([pack])
    (pack / "tables" / "mine.yaml").write_text("terms: [{says: a, until: 2021}]\n", encoding="utf-8")
    terms = OutdatedFacts(terms=(OutdatedTerm(says=TablePattern("a"), until=2021),))
    assert book.tables.named("mine", OutdatedFacts) == terms == load_book([pack]).tables.required("mine", OutdatedFacts)
    assert book.tables.named("nothing", OutdatedFacts) is None
    with pytest.raises(LookupError):
        book.tables.required("nothing", OutdatedFacts)


# ---------------------------------------------------------------------------------------------- the cache


def plain(book: Book) -> list[object]:
    return [(rule.id, rule.title, rule.severity, rule.basis, rule.check, rule.message, rule.variants, rule.path) for rule in book.rules] + [
        *book.forms
    ]


def test_a_book_from_the_cache_is_the_same(pack: Path, own_cache: Path) -> None:
    fresh = load_book([pack], cache=False)
    assert not own_cache.exists()
    first, second = load_book([pack]), load_book([pack])
    assert plain(fresh) == plain(first) == plain(second) and list(own_cache.glob("book-*.json"))


@pytest.mark.parametrize(
    "spoil", ["", "{", "[]", '{"forms": [], "rules": [["0/x.yaml", {}]]}', '{"forms": 3, "rules": 4}', "[" * 100_000, "\x00"]
)
def test_a_spoilt_cache_is_no_cache(pack: Path, own_cache: Path, spoil: str) -> None:
    right = plain(load_book([pack]))
    for path in own_cache.iterdir():
        path.write_text(spoil, encoding="utf-8")
    assert plain(load_book([pack])) == right


def test_a_cache_that_lost_an_option_is_no_cache(pack: Path, own_cache: Path) -> None:
    right = plain(load_book([pack]))
    path = next(own_cache.glob("book-*.json"))
    key = path.name.removesuffix(".sealed.json")
    kept = cache_folder.load(key)
    assert isinstance(kept, dict)
    next(raw for _, raw in kept["rules"] if raw["id"] == "local.good")["with"] = {"codes": "picture"}
    cache_folder.save(key, kept)
    assert plain(load_book([pack])) == right


def test_a_cache_that_cannot_be_written_changes_nothing(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in (tmp_path / "file" / "cache", None):
        monkeypatch.setattr(cache_folder, "folder", lambda place=place: place)
        assert rule_of(load_book([pack]), "local.good")


def test_another_version_has_another_cache(pack: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_book([pack])
    monkeypatch.setattr("validator.rulebook.book.__version__", "99")
    load_book([pack])
    assert len(list(own_cache.glob("book-*.json"))) == 2


def test_old_caches_are_deleted(own_cache: Path) -> None:
    for number in range(cache_folder.KEPT + 5):
        cache_folder.save(f"book-{number}", number)
    assert len(list(own_cache.iterdir())) == cache_folder.KEPT


def test_with_a_cache_neither_yaml_nor_lark_is_imported(tmp_path: Path) -> None:
    heavy = "[m for m in ('yaml', 'lark', 'regex', 'rich') if m in sys.modules]"
    program = f"import sys; from validator.rulebook import load_book; load_book(); print({heavy})"
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path), "HOME": str(tmp_path)}
    said = [
        subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent
        )
        for _ in range(2)
    ]
    assert "yaml" in said[0].stdout and said[1].stdout.strip() == "[]"


def rule_of(book: Book, key: str):  # type: ignore[no-untyped-def]
    """The rule of that id."""
    return next(rule for rule in book.rules if rule.id == key)
