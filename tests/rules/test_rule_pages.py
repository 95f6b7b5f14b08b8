"""docs/rules: fresh, complete, and what the links of the outputs lead to."""

from __future__ import annotations

import importlib.util
import re
from email.message import Message
from importlib import metadata

import pytest

from tests.support import ROOT
from validator.base import links
from validator.cli import main as cli
from validator.rulebook import draft_book, ready_packs

_SPEC = importlib.util.spec_from_file_location("make_rule_pages", ROOT / "scripts" / "make_rule_pages.py")
assert _SPEC and _SPEC.loader
make_rule_pages = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(make_rule_pages)


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return make_rule_pages.pages()


def test_the_pages_are_fresh(made: dict[str, str]) -> None:
    assert make_rule_pages.stale(made) == [], "run `make pages`"


def test_a_changed_a_missing_and_a_left_over_page_are_stale(made: dict[str, str]) -> None:
    name = "totals.row-total.md"
    without = {key: text for key, text in made.items() if key != name}
    assert make_rule_pages.stale(without) == [name]
    assert make_rule_pages.stale({**made, name: made[name] + "x", "totals.new.md": ""}) == ["totals.new.md", name]


def test_every_rule_of_every_kind_has_a_page_in_both_languages_and_stands_in_the_index(made: dict[str, str]) -> None:
    first, _ = draft_book(examples=False)
    books = [first, *(draft_book(kind=kind.name, examples=False)[0] for kind in first.others)]
    assert len(books) > 1
    own = {rule.id for rule in first.rules}
    ready = [rule for folder in ready_packs().values() for rule in draft_book((folder,), examples=False)[0].rules if rule.id not in own]
    assert ready
    for rule in (*(rule for book in books for rule in book.rules), *ready):
        page = made[str(links.page_name(rule.id, rule.path))]
        for lang, mend in (("zh", "**怎么改**："), ("en", "**To mend**: ")):
            assert f"## {make_rule_pages._safe(rule.title[lang])}\n" in page
            fixed = re.split(r"\{[a-z_]+\}", rule.advice[lang])
            told = next(line for line in page.splitlines() if mend in line)
            assert all(make_rule_pages._safe(piece) in told for piece in fixed)
        assert f"]({links.page_name(rule.id, rule.path)})" in made["README.md"]


def test_a_rule_that_yields_names_the_rules_that_tell_of_the_same_fault(made: dict[str, str]) -> None:
    book, _ = draft_book(examples=False)
    yielding = [rule for rule in book.rules if rule.yields_to]
    assert yielding
    for rule in book.rules:
        page = made[str(links.page_name(rule.id, rule.path))]
        assert f"- **并入**：{'、'.join(rule.yields_to)}\n" in page if rule.yields_to else "**并入**" not in page
        assert f"- **Told by**: {', '.join(rule.yields_to)}\n" in page if rule.yields_to else "**Told by**" not in page


def test_no_page_shows_what_is_to_be_filled_in(made: dict[str, str]) -> None:
    """A page shows a real message, that of an example, and not the braces of the rule's file."""
    assert [(name, found) for name, page in made.items() if (found := re.findall(r"\{[a-z][a-z0-9_]*\}", page))] == []


def test_no_example_is_only_a_name(made: dict[str, str]) -> None:
    """An example shows a piece of a report or says what is done to one."""
    told = [
        (name, line.split("：", 1)[1]) for name, page in made.items() for line in page.splitlines() if line.startswith("- **错的例子**：")
    ]
    assert len(told) > 100
    assert [(name, text) for name, text in told if not re.search("[一-龥]{2}|→", text) or text == "一份没有问题的报告"] == []


def test_a_title_that_begins_with_what_is_not_there_names_what_is_missing(made: dict[str, str]) -> None:
    """Titles stand after 必须改 and say the fault: where one says 没有…, so does what the rule says of its example."""
    titles = {name: page.split("\n## ", 1)[1].split("\n", 1)[0] for name, page in made.items() if name != "README.md"}
    said = {name: "".join(re.findall(r"\*\*会说\*\*：(.*)", page)) for name, page in made.items()}
    negative = [name for name, title in titles.items() if title.startswith(("没有", "没写"))]
    assert len(negative) >= 10
    assert [(titles[name], said[name]) for name in negative if said[name] and not re.search("没有|没写|缺|未|无", said[name])] == []


def test_the_terminal_shows_what_the_page_shows(capsys: pytest.CaptureFixture[str]) -> None:
    for rule in ("county.copied", "identity.later-year", "series.copied"):
        assert cli.main(["rules", rule]) == 0
        assert not re.search(r"\{[a-z][a-z0-9_]*\}", capsys.readouterr().out)


def test_every_link_of_the_index_leads_to_a_page(made: dict[str, str]) -> None:
    named = set(re.findall(r"\]\(([^)]+)\)", made["README.md"]))
    assert named == set(made) - {"README.md"}
    assert any("/" in name for name in named) and all("](../README.md)" in made[name] for name in named if "/" in name)


def test_no_page_shows_an_identity_number(made: dict[str, str]) -> None:
    assert [name for name, page in made.items() if re.search(r"(?<!\d)\d{17}[\dXx](?!\d)", page)] == []


def test_nothing_of_a_rule_is_taken_for_markdown() -> None:
    assert make_rule_pages._safe("a|b *c* [d](e) <f> `g` _h") == r"a\|b \*c\* \[d\](e) \<f\> \`g\` \_h"


@pytest.mark.parametrize(
    ("urls", "link"),
    [
        ([], None),
        (["Rules, https://example.org/docs/rules/"], "https://example.org/docs/rules/totals.row-total.md"),
        (["Source, https://example.org", "Rules,https://example.org/r"], "https://example.org/r/totals.row-total.md"),
        (["Rules, javascript:alert(1)"], None),
    ],
)
def test_a_link_is_what_the_metadata_say_or_none(urls: list[str], link: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Message()
    for url in urls:
        told["Project-URL"] = url
    monkeypatch.setattr(metadata, "metadata", lambda name: told)
    links._base.cache_clear()
    try:
        assert links.page_link("totals.row-total", "rules/totals/row-total.yaml") == link
        website = links.page_link("deadline.late", "rules/packs/website/deadline/late.yaml")
        assert website == (link and link.replace("totals.row-total", "website/deadline.late"))
        changed = links.page_link("contact.missing", "rules/ready/county/contact/missing.yaml")  # by a pack that comes with the program
        assert changed == (link and link.replace("totals.row-total", "contact.missing"))
        assert links.page_link("local.own", "/home/us/our-rules/own.yaml") is None
        assert links.page_link("local.own", "rules/ours/own.yaml") is None  # a county's folder may be called rules too
    finally:
        links._base.cache_clear()


def test_without_an_address_a_page_is_the_file_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "_base", lambda: None)
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    address = links.page_address("totals.row-total", "rules/totals/row-total.yaml")
    assert address == (ROOT / "docs" / "rules" / "totals.row-total.md").as_uri()
    assert links.page_address("totals.no-such", "rules/totals/no-such.yaml") is None
    assert links.page_address("local.own", "/home/us/our-rules/own.yaml") is None
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")  # the terminal is another computer's
    assert links.page_address("totals.row-total", "rules/totals/row-total.yaml") is None
    monkeypatch.setattr(links, "_base", lambda: "https://example.org/r")
    assert links.page_address("totals.row-total", "rules/totals/row-total.yaml") == "https://example.org/r/totals.row-total.md"
