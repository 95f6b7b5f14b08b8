"""What rules rest on: nothing that the laws and notices do not have, and nothing younger than the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from validator.model import Basis, Book, Form, Rule
from validator.model.fact_tables import Provision
from validator.rulebook import load_book

YEARS = range(2019, 2031)


@cache
def _book() -> Book:
    return load_book()


def _provisions() -> dict[str, Provision]:
    table = _book().tables.provisions
    assert table is not None
    return {provision.document: provision for provision in table.provisions}


def _due(year: int) -> Form:
    return next(form for form in _book().forms if (form.first_year or 0) <= year <= (form.last_year or 9999))


def _reports(rule: Rule) -> Iterator[int]:
    """The report years that the rule judges."""
    first, last = rule.years
    for year in YEARS:
        if (first or 0) <= year <= (last or 9999) and (not rule.forms or _due(year).id in rule.forms):
            yield year


def _wrong(rule: Rule, basis: Basis) -> Iterator[str]:
    """What is wrong with one basis of a rule."""
    if basis.kind not in ("law", "form"):
        return
    provision = _provisions().get(basis.document)
    if provision is None:
        yield f"{rule.id}: {basis.document} is not in rules/tables/provisions.yaml"
        return
    if not provision.has(basis.part):
        yield f"{rule.id}: {basis.document} has no {basis.part}"
    years = [year for year in _reports(rule) if not basis.forms or _due(year).id in basis.forms]
    if late := [year for year in years if not provision.holds(year)]:
        yield f"{rule.id}: {basis.document} is no basis for reports for {late}"


def _bases(rule: Rule) -> Iterator[Basis]:
    yield from rule.basis
    for variant in rule.variants.values():
        yield from variant.basis


def test_each_basis_stands_in_its_notice_and_is_not_younger_than_the_report() -> None:
    assert [wrong for rule in _book().rules for basis in _bases(rule) for wrong in _wrong(rule, basis)] == []


def test_a_notice_of_later_years_or_a_part_it_lacks_is_refused() -> None:
    rule = next(rule for rule in _book().rules if rule.id == "structure.missing-aspect")
    basis = rule.basis[0]
    assert list(_wrong(rule, basis)) == []
    assert "no basis for reports for [2019, 2020]" in next(_wrong(rule, replace(basis, forms=())))
    assert "has no 四（一）" in next(_wrong(rule, replace(basis, part="四（一）")))
    assert "not in rules/tables" in next(_wrong(rule, replace(basis, document="国办函〔2020〕109号")))


def test_the_notices_bear_their_days() -> None:
    citations = _book().tables.citations
    assert citations is not None
    days = {document: provision.day for document, provision in _provisions().items()}
    assert days["国办公开办函〔2019〕60号"] == "2019-11-23"
    for notice in citations.notices:
        assert days.get(notice.number, notice.date) == notice.date


def test_every_rule_has_a_basis_left_for_each_year_it_judges() -> None:
    """A finding that cites nothing rests on nothing."""
    lacking = [
        f"{rule.id} {year}"
        for rule in _book().rules
        for year in _reports(rule)
        if not any(not basis.forms or _due(year).id in basis.forms for basis in rule.basis)
    ]
    assert lacking == []
