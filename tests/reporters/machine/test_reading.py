"""`nianbao read`: every figure with its value and its words."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date

from tests.reporters import samples
from validator.model import Block, Contact, ContactDetail, Kind, Published, Read, Section, Title
from validator.reporters import show


def file_with_contact():
    """A report with title, contact, a section and a date."""
    block = Block(kind=Kind.LINE, text="标题", line=1)
    details = (
        ContactDetail(kind="phone", text="0469 5170616", value="0469-5170616", start=0),
        ContactDetail(kind="phone", text="12", value=None, start=20),
        ContactDetail(kind="email", text="a@b.cn", value="a@b.cn", start=30),
    )
    section = Section(number=1, heading="一、总体情况", wording="总体情况", numeral=1, match="form", block=block, passages=(), blocks=())
    report = replace(
        samples.report(),
        title=Title(text="青石镇年报", block=block, unit=None, year=2023),
        contact=Contact(details=details, start=0, end=40),
        sections=(section,),
        published=Published(day=date(2024, 1, 20), source="text"),
    )
    return samples.result(reading=Read(report=report, figures=samples.figures(report)))


def test_json_keys_and_figures():
    result = json.loads(show("json", (file_with_contact(),)))
    report = result["reports"][0]
    assert list(result) == ["version", "reports"]
    assert list(report) == [
        "path",
        "unit",
        "unit_from",
        "kind",
        "level",
        "year",
        "year_from",
        "form",
        "title",
        "published",
        "contact",
        "sections",
        "figures",
    ]
    assert report["figures"]["applications"]["new"]["natural_person"] == {"value": 5, "text": "5", "line": 4}
    assert report["contact"] == {
        "office": None,
        "address": None,
        "postcode": None,
        "phones": ["0469-5170616", "12"],
        "fax": None,
        "email": "a@b.cn",
        "website": None,
    }
    assert report["sections"] == [{"number": 1, "heading": "一、总体情况", "line": 1, "text": ""}]
    assert (report["title"], report["published"]) == ("青石镇年报", "2024-01-20")


def test_unreadable_files_are_not_among_the_reports():
    assert json.loads(show("json", (samples.unreadable(),)))["reports"] == []


def test_csv_has_one_figure_a_line():
    rows = list(csv.DictReader(io.StringIO(show("csv", (samples.result(), samples.unreadable())))))
    assert len(rows) == 9
    assert list(rows[0]) == ["path", "unit", "year", "form", "table", "row", "column", "value", "text"]
    assert rows[3]["row"] == "denied.third_party" and rows[3]["value"] == "8"
