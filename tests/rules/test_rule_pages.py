"""docs/rules: fresh, complete, and what the links of the outputs lead to."""

from __future__ import annotations

import importlib.util
import re
from email.message import Message
from importlib import metadata

import pytest

from tests.support import ROOT
from validator.base import links
from validator.rulebook import draft_book

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
    for rule in (rule for book in books for rule in book.rules):
        page = made[str(links.page_name(rule.id, rule.path))]
        for lang, mend in (("zh", "**怎么改**："), ("en", "**To mend**: ")):
            assert f"## {make_rule_pages._safe(rule.title[lang])}\n" in page
            assert mend + make_rule_pages._safe(rule.advice[lang]) in page
        assert f"]({links.page_name(rule.id, rule.path)})" in made["README.md"]


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
