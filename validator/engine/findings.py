"""Hit → Finding, here alone: the rule's words and grounds, the place, what is masked; and the order in which findings stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from validator.engine.locations import Places, labels
from validator.engine.messages import render
from validator.messages import both
from validator.model import Basis, Finding, Form, Hit, Location, Rule, Severity, Spot, Text, Variant
from validator.text.private_numbers import covered

#: Makes a sentence of the words that a variant has for it (perhaps none) and those of its rule.
_Sentence = Callable[[Text | None, Text], Text]
_PLAIN = Variant()
_NO_LABELS: Mapping[str, Text] = {}
_NOWHERE: Text = {}


def of_report(rule: Rule, hit: Hit, places: Places) -> Finding:
    """A hit in a report. KeyError where it lacks what the rule's sentence needs."""
    spot = places.spot(hit)
    words, form = places.words(spot), places.form
    sentence = _masked(hit, labels(form, hit, words))
    finding = _finding(rule, hit, places.location(spot, words), sentence, place=places.text(spot), form=hit.form or places.form_due.id)
    return _for_year(finding, places.form_due, places.year)


def of_set(rule: Rule, hit: Hit) -> Finding:
    """A hit about the reports together, or about a line of nianbao.yaml. KeyError where it lacks what the rule's sentence needs."""
    return _finding(rule, hit, Location(section=hit.spot.section, line=_line(hit)), _masked(hit, _NO_LABELS), form=hit.form or None)


def of_file(rule: Rule, hit: Hit) -> Finding:
    """A hit about a file that could not be read: never a review, and never without words.

    The rule's general sentence is used where a fact for the reason's own sentence is missing. Only the program and names of files are
    quoted, so nothing is masked.
    """

    def sentence(words: Text | None, general: Text) -> Text:
        try:
            return render(words or general, hit, _NO_LABELS)
        except KeyError:
            return render(general, hit, _NO_LABELS)

    return _finding(rule, hit, Location(line=_line(hit)), sentence, place=both("engine.whole-file"), certain=True)


def as_variant(finding: Finding, rule: Rule, variant: str, facts: Mapping[str, object]) -> Finding:
    """A finding about a file that could not be read in the words of one of the rule's variants, as a note unless that says otherwise."""
    severity = rule.variants[variant].severity or Severity.NOTE
    note = of_file(rule, Hit(spot=Spot(), variant=variant, severity=severity, facts=facts))
    return replace(finding, severity=note.severity, message=note.message, advice=note.advice)


def _finding(
    rule: Rule, hit: Hit, location: Location, sentence: _Sentence, *, place: Text = _NOWHERE, form: str | None = None, certain: bool = False
) -> Finding:
    """`form`: only bases for that form are cited; None: all. `certain`: it is never a review, even where its variant says so."""
    variant = rule.variants.get(hit.variant, _PLAIN) if hit.variant else _PLAIN
    should = variant.should or rule.should
    review = (hit.review or variant.review) and not certain
    return Finding(
        rule=rule.id,
        role=rule.role,
        state=None if review else rule.state,
        severity=Severity.NOTE if review else hit.severity or variant.severity or rule.severity,
        review=review,
        message=sentence(variant.message, rule.message),
        advice=sentence(variant.advice, rule.advice),
        basis=_bases_for_form(variant.basis or rule.basis, form),
        location=location,
        place=place,
        expected=None if should else hit.expected and covered(hit.expected),
        actual=hit.actual and covered(hit.actual),
        sums=(replace(hit.sum, rule=rule.id),) if hit.sum else (),
        identities=(replace(hit.identity, rule=rule.id),) if hit.identity else (),
        should=sentence(None, should) if should else _NOWHERE,
        rows=hit.rows,
        cells=hit.cells,
        paths=hit.paths,
        unit=hit.unit,
        year=hit.year,
    )


def _for_year(finding: Finding, form: Form, year: int | None) -> Finding:
    """The finding as it weighs in a report for a year in which the form was encouraged only; the notice's words on that are cited too."""
    free = form.encouraged
    if finding.severity is not Severity.ERROR or free is None or not free.softens(finding.rule, year):
        return finding
    says_so = Basis(kind="form", document=form.document, part=free.part)
    return replace(finding, severity=Severity.WARNING, basis=(*finding.basis, says_so))


def _masked(hit: Hit, facts: Mapping[str, Text]) -> _Sentence:
    """Sentences that quote a report: numbers of a person in them are masked."""
    return lambda own, general: {lang: covered(words) for lang, words in render(own or general, hit, facts).items()}


def _bases_for_form(bases: Sequence[Basis], form: str | None) -> tuple[Basis, ...]:
    """The provisions that hold for reports on that form."""
    return tuple(basis for basis in bases if form is None or not basis.forms or form in basis.forms)


def _line(hit: Hit) -> int | None:
    """The line of the file that the hit is about, where the check gives one."""
    line = hit.facts.get("line")
    return line if isinstance(line, int) else None


# ------------------------------------------------------------------------------------------------ their order


def by_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """A report's findings by line, offset, rule; then by the form's keys."""
    return tuple(sorted(findings, key=_place))


def _place(finding: Finding) -> tuple[int, int, str, str, str]:
    at = finding.location
    return at.line or 0, at.offset or 0, finding.rule, at.row or "", at.column or ""


def by_weight(findings: Iterable[Finding], rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """Findings about the set by weight, then as the rules stand, then by year and reports."""
    order = {rule.id: number for number, rule in enumerate(rules)}

    def key(finding: Finding) -> tuple[int, int, int, tuple[str, ...], str, int]:
        whose = finding.year or 0, finding.paths, finding.unit or "", finding.location.line or 0
        return finding.severity.rank, order[finding.rule], *whose

    return tuple(sorted(findings, key=key))
