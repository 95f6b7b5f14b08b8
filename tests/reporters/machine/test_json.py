"""The JSON result: the contract's keys in the contract's order, and the published schema."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

import validator
from tests.reporters import samples
from validator.model import Cell, Change, Location, Severity, Sum
from validator.reporters import Options, render

SCHEMA = json.loads((Path(validator.__file__).parent / "result.schema.json").read_text(encoding="utf-8"))
FINDING = [
    *("rule", "category", "severity", "review", "message", "advice", "basis", "location", "expected", "actual"),
    *("sums", "explanations", "suspect"),
]
LOCATION = [
    *("line", "offset", "length", "excerpt", "heading", "section", "table", "row", "column", "paragraph", "cell", "page", "box"),
]


def shown(run, **options):
    """The result of a run, read back."""
    return json.loads(render("json", run, Options(version="0.1.0", **options)))


def first(run):
    """The first finding of the first file."""
    return shown(run)["files"][0]["findings"][0]


def test_schema_is_a_schema():
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "run", [samples.run(), samples.run(samples.result()), samples.everything()], ids=["nothing", "clean", "everything"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_result_fits_the_schema(run, language):
    from jsonschema import Draft202012Validator

    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(shown(run, language=language))] == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda result: result.update(extra=1),
        lambda result: result["files"][0].pop("part"),
        lambda result: result["files"][0]["findings"][0].update(extra=1),
        lambda result: result["files"][0]["findings"][0]["location"].pop("box"),
        lambda result: result["collection"]["findings"][0].update(extra=1),
        lambda result: result["collection"]["findings"][0].pop("paths"),
        lambda result: result["files"][0]["findings"][0].update(paths=[]),
        lambda result: result["summary"]["checked"].update({"pass": -1}),
    ],
)
def test_schema_refuses_other_shapes(spoil):
    from jsonschema import Draft202012Validator

    result = shown(samples.everything())
    spoil(result)
    assert not Draft202012Validator(SCHEMA).is_valid(result)


def test_keys_stand_in_the_published_order():
    result = shown(samples.everything())
    assert list(result) == ["version", "tool", "summary", "files", "passed_over", "collection", "broken"]
    assert list(result["summary"]) == ["files", "clean", "failed", "unreadable", "errors", "warnings", "notes", "waived", "checked"]
    assert list(result["files"][0]) == [
        *(
            "path",
            "part",
            "status",
            "unit",
            "unit_from",
            "kind",
            "level",
            "year",
            "year_from",
            "form",
            "form_due",
            "checked",
            "skipped",
            "findings",
            "waived",
        ),
    ]
    assert list(result["files"][0]["findings"][0]) == FINDING
    assert list(result["files"][0]["findings"][0]["location"]) == LOCATION
    assert list(result["collection"]["findings"][0])[:2] == ["rule", "paths"]
    assert list(result["files"][0]["checked"]) == ["pass", "fail", "review", "skip", "error"]


def test_summary_counts_files_and_findings():
    summary = shown(samples.everything())["summary"]
    assert (summary["files"], summary["clean"], summary["failed"], summary["unreadable"]) == (3, 1, 1, 1)
    assert (summary["errors"], summary["warnings"], summary["notes"], summary["waived"]) == (3, 2, 1, 1)
    assert summary["checked"]["fail"] == 5


def test_notes_alone_leave_a_report_clean():
    file = shown(samples.run(samples.result(samples.finding(severity=Severity.NOTE))))["files"][0]
    assert file["status"] == "clean"


def test_unreadable_file_has_no_form():
    file = shown(samples.run(samples.unreadable()))["files"][0]
    assert (file["status"], file["unit"], file["form"], file["form_due"]) == ("unreadable", None, None, None)


def test_sums_are_numbers_and_figures_are_strings():
    finding = first(samples.run(samples.result(samples.failed_sum())))
    change = {"table": "applications", "row": "denied.third_party", "column": "natural_person", "actual": 8, "expected": 3}
    assert finding["sums"] == [{"rule": "totals.row-total", "row": "denied.third_party", "column": None, "expected": 8, "actual": 3}]
    assert finding["explanations"] == [[change]]
    assert finding["suspect"] == change
    assert (finding["expected"], finding["actual"]) == ("8", "3")


def test_money_keeps_its_digits():
    cell = Cell(table="disclosure", row="fees", column="amount")
    change = Change(cell=cell, actual=Decimal("12.50"), expected=Decimal("3"))
    sums = (Sum(rule="totals.items", row=None, column=None, expected=Decimal("0.1"), actual=None),)
    finding = first(samples.run(samples.result(samples.failed_sum(sums=sums, explanations=((change,),), suspect=None))))
    assert finding["explanations"][0][0]["actual"] == 12.5
    assert json.dumps(finding["explanations"][0][0]["expected"]) == "3"
    assert (finding["sums"][0]["expected"], finding["sums"][0]["actual"], finding["suspect"]) == (0.1, None, None)


def test_places_of_word_and_pdf():
    place = Location(line=7, paragraph=3, cell=(1, 2, 5), page=2, box=(10.0, 20.5, 30.0, 40.0))
    location = first(samples.run(samples.result(samples.finding(location=place))))["location"]
    assert location["cell"] == {"table": 1, "row": 2, "column": 5}
    assert (location["page"], location["box"], location["excerpt"]) == (2, [10.0, 20.5, 30.0, 40.0], None)


def test_more_rows_and_cells_only_where_they_are():
    plain = first(samples.run(samples.result(samples.finding())))
    assert list(plain) == FINDING
    full = first(samples.run(samples.result(samples.finding(rows=("new", "total"), cells=(Cell(table="review"),), more=True))))
    assert (full["more"], full["rows"], full["cells"]) == (True, ["new", "total"], [{"table": "review", "row": None, "column": None}])


def test_language():
    assert shown(samples.everything(), language="en")["files"][2]["findings"][0]["message"] == "the file is empty"
    assert shown(samples.everything())["files"][2]["findings"][0]["message"] == "文件是空的"
