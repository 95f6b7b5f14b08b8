"""Forms that come after one another: where an older one ends, and what was written for it that counts for the newer one too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from validator.model import Basis, Form, Rule


def with_last_years(forms: Sequence[Form]) -> tuple[Form, ...]:
    """The forms, each without a last year ending in the year before the next form begins."""
    begin = sorted({form.first_year for form in forms if form.first_year is not None})
    return tuple(_with_last_year(form, begin) for form in forms)


def _with_last_year(form: Form, begin: Sequence[int]) -> Form:
    if form.first_year is None or form.last_year is not None:
        return form
    later = next((year for year in begin if year > form.first_year), None)
    return form if later is None else replace(form, last_year=later - 1)


def extend_to_followers(rules: Sequence[Rule], forms: Sequence[Form]) -> tuple[Rule, ...]:
    """The rules; what they say of a form counts for those that follow it, and is founded on their documents."""
    by_id = {form.id: form for form in forms}
    extended = tuple(rules)
    for form in sorted((form for form in forms if form.follows in by_id), key=lambda form: form.first_year or 0):
        extended = tuple(_extended(rule, by_id[form.follows], form, forms) for rule in extended)
    return extended


def _extended(rule: Rule, old: Form, new: Form, forms: Sequence[Form]) -> Rule:
    """The rule, where it is about the older form, about the newer one too."""
    meant = (*rule.forms, new.id) if old.id in rule.forms and new.id not in rule.forms else rule.forms
    if any(new.id in basis.forms for basis in rule.basis):
        return replace(rule, forms=meant)  # whoever wrote it says what the newer form rests on
    others = tuple(form.id for form in forms if form is not new)
    bases: list[Basis] = []
    for basis in rule.basis:
        of_old = basis.document == old.document
        if of_old and not basis.forms:
            bases += [replace(basis, forms=others), replace(basis, document=new.document, forms=(new.id,))]
        elif old.id in basis.forms:
            bases += [basis, replace(basis, document=new.document if of_old else basis.document, forms=(new.id,))]
        else:
            bases.append(basis)
    return replace(rule, forms=meant, basis=tuple(bases))
