"""A page's own <style>: what of it holds for a screen, in which order, and that no sheet stalls the reader."""

from __future__ import annotations

import time

import pytest

from validator.model import UnreadableError
from validator.readers.html.sheet import linked, ruled
from validator.readers.html.source import parsed


def said(sheet: str, body: str = "<p id=a class=k><b>x</b></p>", name: str = "display") -> list[str | None]:
    """What the sheet says of each element of the body, important declarations first."""
    root = parsed(f"<html><head><style>{sheet}</style></head><body>{body}</body></html>")
    rules = ruled(root)
    return [important.get(name, plain.get(name)) for element in root.iter("p", "b") for plain, important in (rules.get(element, ({}, {})),)]


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("p{display:none}", ["none", None]),
        ("#a b{display:none}", [None, "none"]),
        ("p{display:none}p{display:block}", ["block", None]),
        ("#a{display:none}p.k{display:block}", ["none", None]),
        ("p{display:none!important}#a{display:block}", ["none", None]),
        ("p{display:block}body p{display:none}html{display:block}", ["none", None]),
        ("p,b{display:none}", ["none", "none"]),
        (":is(p,i){display:none}", ["none", None]),
        ("@media print{p{display:none}}", [None, None]),
        ("@media screen and (max-width:900px){p{display:none}}", [None, None]),
        ("@media not print{p{display:none}}", ["none", None]),
        ("@media (min-width:40em) and (orientation:landscape){p{display:none}}", ["none", None]),
        ("@supports (display:grid){p{display:none}}", ["none", None]),
        ("@layer a{p{display:none}}", ["none", None]),
        ("@font-face{src:url(a)} @import 'a.css'; p{display:none}", ["none", None]),
        ("p{&.k{display:none}}", ["none", None]),
        ("p{b{display:none}}", [None, "none"]),
        ("p:hover{display:none}", [None, None]),
        ("p::after{display:none}", [None, None]),
        ("p:nth-child(1){display:none}b:nth-of-type(2n){display:none}", ["none", None]),
        ("p:unheard-of{display:none}", [None, None]),
        ("p{display:none", ["none", None]),
        ("p{color:}{}};b{display:none}", [None, None]),
        ("", [None, None]),
    ],
)
def test_what_a_sheet_says(sheet: str, expected: list[str | None]) -> None:
    assert said(sheet) == expected


@pytest.mark.parametrize("tag", ["<style media=print>", "<style media='(max-width:500px)'>", "<style type='text/less'>"])
def test_sheets_for_others_say_nothing(tag: str) -> None:
    root = parsed(f"<html><head>{tag}p{{display:none}}</style></head><body><p>x</p></body></html>")
    assert not ruled(root)


def test_sheets_from_elsewhere_are_known_to_be_there() -> None:
    assert linked(parsed("<html><head><link rel=StyleSheet href=a.css></head><body>x</body></html>"))
    assert not linked(parsed("<html><head><link rel=icon href=a.ico></head><body>x</body></html>"))


@pytest.mark.parametrize(
    ("sheet", "body"),
    [
        ("".join(f".c{n} .d p{{display:none}}" for n in range(5000)), "<p>x</p>" * 3000),
        ("".join(f"div div div div p:nth-child({n}){{display:none}}" for n in range(300)), "<div>" * 100 + "<p>x</p>" * 2000),
        ("div div div div div div div div > p{display:none}", "<div>" * 200 + "<p>x</p>" * 3000),
        ("*~*~*~*{opacity:0}", "<p>x</p>" * 3000),
        ("p" + ":not(p" * 90 + ")" * 90 + "{display:none}", "<p>x</p>"),
        ("a{" * 3000 + "display:none", "<p>x</p>"),
        ("(" * 20000 + "display:none", "<p>x</p>"),
        ("p{display:none;" + "x:y;" * 200_000 + "}", "<p>x</p>"),
    ],
    ids=["many", "places", "deep", "siblings", "nots", "nested", "brackets", "long"],
)
def test_no_sheet_stalls_the_reader(sheet: str, body: str) -> None:
    begin = time.process_time()
    try:
        said(sheet, body)
    except UnreadableError as error:
        assert error.reason in ("too-many-blocks", "too-large", "too-deep", "damaged")
    assert time.process_time() - begin < 15
