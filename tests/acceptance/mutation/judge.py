"""Runs the real program on a written report and says what is not as meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import yaml

from tests.acceptance.mutation import break_contact, break_identity, break_input, break_structure, break_sums, break_tables, oracle
from tests.acceptance.mutation.broken import Broken
from tests.acceptance.mutation.report import Report
from tests.acceptance.mutation.sound import sound
from tests.acceptance.mutation.variations import Edit, Variation
from tests.acceptance.mutation.writers import ENCODINGS, Layout, encode, write
from tests.support import book

MODULES = (break_tables, break_sums, break_structure, break_contact, break_identity, break_input)
CATEGORIES = ("form", "structure", "table", "totals", "contact", "identity", "input")
LIST: dict[str, Any] = yaml.load(Path(__file__).with_name("mutations.yaml").read_bytes(), Loader=yaml.CSafeLoader)
MUTATIONS: list[dict[str, Any]] = LIST["mutations"]
FORMS = ("2019", "2021")


def examine(data: bytes, suffix: str):  # type: ignore[no-untyped-def]
    """What the program finds by all rules, those that wait to be asked for too; the path says nothing about the unit."""
    from validator.pipeline.check_file import examine as run

    return run(data, "inbox/report" + suffix, book(), selected=frozenset(rule.id for rule in book().rules))


def seed(*parts: object) -> int:
    """The same for the same words, everywhere."""
    return crc32("/".join(map(str, parts)).encode()) % 100_000


def bytes_of(report: Report, layout: Layout, number: int, edit: Edit | None = None) -> bytes:
    """The written report in the encoding its seed picks."""
    text = write(report, layout)
    return encode(edit(text, Random(number)) if edit else text, ENCODINGS[number % len(ENCODINGS)], windows=number % 3 == 0)


# ---------------------------------------------------------------------------------------------- figures


def _value(text: str) -> Decimal | None:
    plain = text.strip().translate(str.maketrans("０１２３４５６７８９－−", "0123456789--")).replace(",", "").replace("，", "")
    found = re.match(r"[+-]?\d+(\.\d+)?(?=$|（|件|元| )", plain)
    return Decimal(found.group()) if found else None


def misread(report: Report, figures: Any, lax: Iterable[str] = ()) -> list[str]:
    """Figures that were read otherwise than they are printed, or not read at all; rows in `lax` may be unread."""
    printed = {
        key: text for key, text in report.figures().items() if key[0] in ("disclosure", "applications", "review") and key[2] != "spare"
    }
    loose = {*lax, *(row for (_, row, _), text in printed.items() if _value(text) is None)}
    out = []
    for (table, row, column), text in printed.items():
        figure = figures.get(table, row, column) if figures else None
        value = figure.value if figure else None
        if value is None and row not in loose or value is not None and Decimal(value) != _value(text):
            out.append(f"{table}.{row}.{column} printed {text!r} read {value!r}")
    return out if len(out) < 5 else [*out[:4], f"and {len(out) - 4} figures more"]


# ---------------------------------------------------------------------------------------------- findings


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A finding, or one of the sums of a finding."""

    rule: str
    severity: str
    review: bool
    table: str | None
    row: str | None
    column: str | None
    section: int | None
    message: str

    def __str__(self) -> str:
        place = ".".join(str(p) for p in (self.table, self.row, self.column) if p)
        return f"{self.rule} [{self.severity}{', review' if self.review else ''}] {place} {self.section or ''} {self.message[:60]}"


def seen(results: Sequence[Any]) -> list[Seen]:
    """Every finding; a finding of several sums counts once for each."""
    out = []
    for result in results:
        for f in result.findings:
            places = [(s.rule, s.row, s.column) for s in f.sums] or [(f.rule, f.location.row, f.location.column)]
            if len(places) == 1:
                places = [(places[0][0], f.location.row, f.location.column)]
            out += [
                Seen(
                    rule=rule,
                    severity=str(f.severity),
                    review=f.review,
                    table=f.location.table,
                    row=row,
                    column=column,
                    section=f.location.section,
                    message=f.message["zh"],
                )
                for rule, row, column in places
            ]
    return out


def fits(one: Seen, wanted: dict[str, Any]) -> bool:
    """Whether a finding is the one that is meant; `count` is not of one finding."""
    rules = wanted["rule"] if isinstance(wanted["rule"], list) else [wanted["rule"]]
    if one.rule not in rules or wanted.get("says", "") not in one.message:
        return False
    return all(getattr(one, key) == value for key, value in wanted.items() if key not in ("rule", "says", "count") and value is not None)


def _filled(wanted: dict[str, Any], facts: dict[str, object]) -> dict[str, Any]:
    """The expectation with its braces filled; a brace without a fact asks nothing."""

    def fill(value: Any) -> Any:
        found = re.fullmatch(r"\{(\w+)\}", value) if isinstance(value, str) else None
        return facts.get(found.group(1)) if found else value

    filled = {key: fill(value) for key, value in wanted.items()}
    return {key: value for key, value in filled.items() if value is not None}


def _weighed(wanted: dict[str, Any], report: Report | None) -> dict[str, Any]:
    """The expectation as it weighs for the report's year: for one the form was encouraged only."""
    free = next((form.encouraged for form in book().forms if report and form.id == report.form), None)
    rules = wanted["rule"] if isinstance(wanted["rule"], list) else [wanted["rule"]]
    if wanted.get("severity") == "error" and free and report and all(free.softens(rule, report.year) for rule in rules):
        return {**wanted, "severity": "warning"}
    if wanted["rule"] == "structure.missing-section" and free and report and report.year in free.years:
        return {key: value for key, value in wanted.items() if key != "severity"}  # the text may speak of it
    return wanted


def unlike(found: list[Seen], fires: list[dict[str, Any]], may: Sequence[str]) -> list[str]:
    """What is missing and what is too many."""
    out = []
    for wanted in fires:
        hits = [one for one in found if fits(one, wanted)]
        if not hits:
            rules = wanted["rule"] if isinstance(wanted["rule"], list) else [wanted["rule"]]
            near = [str(one) for one in found if one.rule in rules]
            out.append(f"missing: {wanted}" + (f" (but: {'; '.join(near[:3])})" if near else ""))
        elif "count" in wanted and len(hits) != wanted["count"]:
            out.append(f"{len(hits)} findings of {wanted}")
    meant = {rule for wanted in fires for rule in (wanted["rule"] if isinstance(wanted["rule"], list) else [wanted["rule"]])} | set(may)
    extra = [one for one in found if one.rule not in meant and one.rule.split(".")[0] in CATEGORIES]
    out += [f"too many: {one}" for one in extra[:4]] + ([f"and {len(extra) - 4} more"] if len(extra) > 4 else [])
    return out


def wrong_sums(report: Report, results: Sequence[Any]) -> list[str]:
    """Where the sums that are said to fail are not those that fail."""
    due = {(rule, place): (expected, actual) for rule, place, expected, actual in oracle.failed(report)}
    got: dict[tuple[str, str | None], tuple[Any, Any]] = {}
    for result in results:
        for f in result.findings:
            for s in (s for s in f.sums if s.rule in SUMS):
                row = s.row if s.row is not None else f.location.row
                axis = oracle.AXIS.get(s.rule)
                place = row if axis == "row" else s.column if axis == "column" else _review_row(s.rule)
                got[s.rule, place] = (s.expected, s.actual)
    out = [f"sum not found: {key}" for key in due.keys() - got.keys()] + [f"sum holds: {key}" for key in got.keys() - due.keys()]
    for key in due.keys() & got.keys():
        if due[key] != (None, None) and tuple(map(_plain, got[key])) != due[key]:
            out.append(f"{key}: expected, actual {got[key]} for {due[key]}")
    return out


def _plain(value: Any) -> Any:
    return int(value) if value is not None else None


SUMS = (*oracle.AXIS, *oracle.REVIEW_RULES.values())


def _review_row(rule: str) -> str:
    return next(row for row, name in oracle.REVIEW_RULES.items() if name == rule)


# ---------------------------------------------------------------------------------------------- trials


def function(mutation: dict[str, Any]):  # type: ignore[no-untyped-def]
    """The function of that id."""
    name = mutation["id"].replace("-", "_")
    return next(getattr(module, name) for module in MODULES if hasattr(module, name))


def break_it(mutation: dict[str, Any], form: str, number: int) -> Broken:
    """A sound report with that one thing broken."""
    base = sound(number, form=form, **mutation.get("base", {}))
    return function(mutation)(base, Random(number))


def trial(mutation: dict[str, Any], form: str, layout: Layout, turn: int = 0) -> list[str]:
    """What is not as meant when the broken report is run; empty: caught, and nothing else."""
    if layout.name in mutation.get("except", ()):
        return []
    number = seed(mutation["id"], form, layout.name, turn)
    it = break_it(mutation, form, number)
    results = examine(bytes_of(it.report, layout, number), layout.suffix) if it.report else examine(it.data or b"", it.suffix)
    here: dict[str, Any] = mutation
    for other in mutation.get("elsewhere", ()):
        if layout.name in other["layouts"]:
            here = {**mutation, **other}
    fires = [_weighed(_filled(wanted, it.facts), it.report) for wanted in here["fires"]]
    out = unlike(seen(results), fires, here.get("may", ()))
    if it.report and mutation.get("sums"):
        out += wrong_sums(it.report, results)
    if it.report and here.get("values"):
        lax = {str(it.facts.get("row"))}
        out += misread(it.report, results[0].figures, lax)
    return out


def sound_trial(variation: Variation, form: str, layout: Layout, turn: int = 0) -> list[str]:
    """What is found in, or read wrongly from, a sound report; empty: nothing."""
    number = seed(variation.id, form, layout.name, turn)
    report = variation.vary(sound(number, form=form, **variation.base), Random(number))  # type: ignore[arg-type]
    results = examine(bytes_of(report, layout, number, variation.edit), layout.suffix)
    if len(results) != 1:
        return [f"{len(results)} reports in one"]
    result = results[0]
    out = [f"found: {one}" for one in seen(results) if one.rule not in variation.may or one.severity == "error"]
    out += misread(report, result.figures)
    if result.year != report.year:
        out.append(f"year {result.year} for {report.year}")
    if not result.unit or result.unit not in (report.unit.name, report.unit.short):
        out.append(f"unit {result.unit} for {report.unit.name}")
    if result.figures and result.figures.form.id != report.form:
        out.append(f"form {result.figures.form.id} for {report.form}")
    return out
