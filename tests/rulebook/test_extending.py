"""Packs that extend others: which come first, which rules stand in for which, and every mistake with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.cli import main as cli
from validator.model import Book, Rule, Severity
from validator.rulebook import PackError, load_book

RULE = """id: {id}
title: {{zh: {title}, en: title}}
severity: note
basis: [{{kind: county, document: 本县通知}}]
check: title
with: {{look_for: missing}}
message: {{zh: 没有标题, en: no title}}
advice: {{zh: 补上, en: add one}}
"""


def pack(folder: Path, extends: str = "", **rules: str) -> Path:
    """A pack with rules by the names of their files; a rule given as a title is whole."""
    folder.mkdir(parents=True)
    if extends:
        (folder / "pack.yaml").write_text(f"name: {folder.name}\ntitle: {{zh: 本县, en: ours}}\nextends: {extends}\n", encoding="utf-8")
    for name, text in rules.items():
        stem = name.replace("_", "-")
        whole = RULE.format(id=text, title=f"{folder.name}的") if "\n" not in text else text
        (folder / f"{stem}.yaml").write_text(whole, encoding="utf-8")
    return folder


def rules_of(*packs: Path) -> dict[str, Rule]:
    kept, again = (load_book(packs).rules for _ in range(2))  # compiled, then from the cache
    assert [(rule.id, rule.path, rule.replaces) for rule in kept] == [(rule.id, rule.path, rule.replaces) for rule in again]
    return {rule.id: rule for rule in again}


def mistakes(*packs: Path) -> str:
    with pytest.raises(PackError) as caught:
        load_book(packs)
    zh, en = caught.value.render("zh"), caught.value.render("en")
    assert zh.count("\n") == en.count("\n")
    return zh + "\n" + en


def test_a_whole_rule_of_the_same_id_replaces_the_built_in_one(tmp_path: Path, book: Book) -> None:
    ours = pack(tmp_path / "ours", "disclosure", missing_title="identity.missing-title")
    rule = rules_of(ours)["identity.missing-title"]
    assert (rule.severity, rule.title["zh"], rule.path) == (Severity.NOTE, "ours的", str(ours / "missing-title.yaml"))
    assert rule.replaces == ("rules/identity/missing-title.yaml",)
    assert len(rules_of(ours)) == len(book.rules) and rule.variants == {}


def test_without_extends_it_is_a_mistake_that_says_both_ways(tmp_path: Path) -> None:
    said = mistakes(pack(tmp_path / "ours", missing_title="identity.missing-title"))
    assert "missing-title.yaml:1: " in said and "override: true" in said and "'extends' in pack.yaml to replace it whole" in said


def test_override_changes_only_what_it_says(tmp_path: Path, book: Book) -> None:
    before = {rule.id: rule for rule in book.rules}["contact.missing-email"]
    ours = pack(tmp_path / "ours", missing_email="id: contact.missing-email\noverride: true\nseverity: warning\n")
    rule = rules_of(ours)["contact.missing-email"]
    assert rule.severity is Severity.WARNING and rule.message == before.message and rule.replaces == (before.path,)


def test_a_folder_is_extended_though_it_was_not_given(tmp_path: Path) -> None:
    pack(tmp_path / "city", one="city.one", two="city.two")
    ours = pack(tmp_path / "ours", "[../city]", one="city.one")
    rules = rules_of(ours)
    assert rules["city.one"].path == str(ours / "one.yaml") and rules["city.one"].replaces == (str(tmp_path / "city" / "one.yaml"),)
    assert rules["city.two"].path == str(tmp_path / "city" / "two.yaml")


def test_a_chain_of_packs_in_any_order_given(tmp_path: Path) -> None:
    city = pack(tmp_path / "city", "disclosure", missing_title="identity.missing-title")
    county = pack(tmp_path / "county", "[city]", missing_title="identity.missing-title")
    town = pack(tmp_path / "town", "[../county, disclosure]", missing_title="identity.missing-title")
    for given in ((city, county, town), (town, county, city)):
        rule = rules_of(*given)["identity.missing-title"]
        assert rule.path.startswith(str(town)) and [Path(path).parent.name for path in rule.replaces][1:] == ["city", "county"]


def test_two_packs_that_do_not_know_each_other_cannot_replace_each_others_rules(tmp_path: Path) -> None:
    one = pack(tmp_path / "one", "disclosure", missing_title="identity.missing-title")
    two = pack(tmp_path / "two", "disclosure", missing_title="identity.missing-title")
    assert f"is already in {one / 'missing-title.yaml'}" in mistakes(one, two)


@pytest.mark.parametrize("text", ["city.one", "id: city.one\noverride: true\n"])
def test_the_same_id_twice_in_one_pack(tmp_path: Path, text: str) -> None:
    ours = pack(tmp_path / "ours", "disclosure", one="city.one")
    pack(ours / "rest", one=text)
    said = mistakes(ours)
    assert f"{ours / 'rest' / 'one.yaml'}:1: " in said
    assert "同一规则包里“city.one”写了两次" in said and "given twice in this pack" in said and "delete one" in said


@pytest.mark.parametrize(
    ("extends", "says"),
    [
        ("no-such", "'extends: no-such' is no kind of report and no pack given beside; allowed: disclosure, website"),
        ("ours", "'extends: ours' is no kind of report and no pack given beside"),
        ("../nowhere", "there is no folder"),
        ("[disclosure, website]", "rules for several kinds of report (disclosure, website): keep one kind"),
        ("3", "extends"),
        ("{a: b}", "extends"),
    ],
)
def test_mistakes_in_extends_are_told_with_file_and_line(tmp_path: Path, extends: str, says: str) -> None:
    ours = pack(tmp_path / "ours", extends, one="city.one")
    assert says in mistakes(ours) and f"{ours / 'pack.yaml'}:3: " in mistakes(ours)


def test_a_circle_and_oneself(tmp_path: Path) -> None:
    city, county = pack(tmp_path / "city", "../county", one="city.one"), pack(tmp_path / "county", "[../city]", two="city.two")
    said = mistakes(city)
    assert "extends 绕成了圈" in said and "goes in a circle" in said and "pack.yaml:3" in said
    assert "goes in a circle" in mistakes(county, city)
    assert "goes in a circle" in mistakes(pack(tmp_path / "self", ".", one="self.one"))


def test_several_mistakes_at_once(tmp_path: Path) -> None:
    said = mistakes(pack(tmp_path / "one", "nothing", one="a.one"), pack(tmp_path / "two", "../gone", two="a.two"))
    assert "nothing" in said and "../gone" in said


def test_the_list_and_the_page_tell_what_was_replaced(tmp_path: Path, monkeypatch, capsys) -> None:
    pack(tmp_path / "ours", "disclosure", missing_title="identity.missing-title")
    monkeypatch.chdir(tmp_path)
    for words in ([], ["identity.missing-title"]):
        assert cli.main(["rules", *words, "--rules", "ours", "--lang", "en"]) == 0
        out = " ".join(capsys.readouterr().out.split())
        assert "ours/missing-title.yaml, instead of rules/" in out
    assert cli.main(["rules"]) == 0
    assert "改过或换过" not in capsys.readouterr().out
    Path("nianbao.yaml").write_text("rules: {packs: [ours]}\n")
    assert cli.main(["rules"]) == 0
    assert "其中 1 条改过或换过" in capsys.readouterr().out
