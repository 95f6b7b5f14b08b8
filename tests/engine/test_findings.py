"""A hit as its rule speaks of it, in a report, about the set and about a file; and the order of findings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.ruling import Says, hit, rule, subject, text
from validator.engine.findings import as_variant, by_place, by_weight, of_file, of_report, of_set
from validator.engine.locations import Places
from validator.model import Basis, Finding, Hit, Location, Severity, Spot, Variant

PHONE, COVERED = "13800001234", "138****1234"
NOTICES = (Basis(kind="form", document="甲", forms=("2019",)), Basis(kind="form", document="乙", forms=("2021",)), Basis(kind="logic"))
RULE = rule("x.a", Says(), message=text("有 {what}"), advice=text("改"), basis=NOTICES, role="not-a-report")


def test_a_report_is_judged_by_the_provisions_of_its_form() -> None:
    places, found = Places(subject()), hit(facts={"what": "甲"})
    assert [basis.document for basis in of_report(RULE, found, places).basis] == ["乙", ""]
    assert [basis.document for basis in of_report(RULE, replace(found, form="2019"), places).basis] == ["甲", ""]
    assert of_set(RULE, found).basis == NOTICES


def test_a_variants_own_basis_stands_alone() -> None:
    own = (Basis(kind="county", document="本县通知"),)
    varied = replace(RULE, variants={"v": Variant(basis=own)})
    assert of_report(varied, hit(variant="v", facts={"what": "甲"}), Places(subject())).basis == own


def test_numbers_of_a_person_are_masked_in_what_quotes_a_report() -> None:
    found = hit(facts={"what": PHONE}, actual=PHONE)
    for finding in (of_report(RULE, found, Places(subject())), of_set(RULE, found)):
        assert PHONE not in str(finding.message) and PHONE not in str(finding.actual), finding
    assert of_file(RULE, found).message["zh"] == f"有 {PHONE}"


def test_a_finding_about_the_set_speaks_of_reports_unit_year_and_line() -> None:
    found = Hit(spot=Spot(section=3), facts={"what": "甲", "line": 7}, paths=("a", "b"), unit="某镇", year=2023)
    finding = of_set(RULE, found)
    assert (finding.paths, finding.unit, finding.year, finding.role) == (("a", "b"), "某镇", 2023, "not-a-report")
    assert finding.location == Location(section=3, line=7) and finding.place == {}


def test_a_sentence_that_lacks_a_fact_is_an_error_but_for_files() -> None:
    broken = replace(RULE, message=text("有"), variants={"v": Variant(message=text("有 {nothing}"))})
    for make in (lambda: of_report(broken, hit(variant="v"), Places(subject())), lambda: of_set(broken, hit(variant="v"))):
        with pytest.raises(KeyError, match="nothing"):
            make()
    assert of_file(broken, hit(variant="v")).message["zh"] == "有"


def test_a_finding_is_told_again_in_the_words_of_a_variant() -> None:
    varied = replace(RULE, message=text("读不出"), severity=Severity.ERROR, variants={"beside": Variant(advice=text("看 {taken}"))})
    first = of_file(varied, Hit(spot=Spot(), facts={"line": 3}))
    again = as_variant(first, varied, "beside", {"taken": "乙.txt"})
    assert (again.severity, again.message["zh"], again.advice["zh"]) == (Severity.NOTE, "读不出", "看 乙.txt")
    assert (again.location, again.place) == (first.location, first.place)


def _found(name: str, severity: Severity = Severity.ERROR, **more: object) -> Finding:
    place = Location(line=more.pop("line", None), offset=more.pop("offset", None))  # type: ignore[arg-type]
    return Finding(rule=name, severity=severity, message={}, advice={}, basis=(), location=place, **more)  # type: ignore[arg-type]


def test_a_reports_findings_stand_by_place_those_of_the_set_by_weight() -> None:
    here = [_found("x.b", line=2, offset=1), _found("x.a", line=2, offset=1), _found("x.z", line=1, offset=9), _found("x.y")]
    assert [one.rule for one in by_place(here)] == ["x.y", "x.z", "x.a", "x.b"]
    rules = [rule("x.b", Says()), rule("x.a", Says())]
    together = [_found("x.a"), _found("x.b", year=2023), _found("x.b", Severity.NOTE), _found("x.b", year=2022)]
    assert [(one.rule, one.severity, one.year) for one in by_weight(together, rules)] == [
        ("x.b", Severity.ERROR, 2022), ("x.b", Severity.ERROR, 2023), ("x.a", Severity.ERROR, None), ("x.b", Severity.NOTE, None),
    ]  # fmt: skip
