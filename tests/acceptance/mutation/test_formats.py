"""The same report as a page and as a Word document says what it says as text: the same figures, nothing found."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from tests.acceptance.mutation import judge
from tests.acceptance.mutation.report import Report
from tests.acceptance.mutation.sound import sound
from tests.acceptance.mutation.writers import LAYOUTS, docx, html

WRITERS = {".html": html, ".docx": docx}


@pytest.mark.parametrize("form", judge.FORMS)
@pytest.mark.parametrize(("suffix", "writer"), WRITERS.items())
@pytest.mark.parametrize("number", range(4))
def test_a_sound_report_is_the_same_in_every_format(number: int, suffix: str, writer: Callable[[Report], bytes], form: str) -> None:
    report = sound(number, form=form)
    (result,) = judge.examine(writer(report), suffix)
    assert judge.misread(report, result.figures) == []
    assert judge.seen([result]) == []
    assert (result.year, result.figures.form.id) == (report.year, form)


#: Breaks that the format plays no part in.
ALIKE = (
    "one-part",
    "blank-total",
    "placeholder",
    "missing-row",
    "missing-column",
    "extra-row",
    "row-order",
    "no-phone",
    "stale-head",
    "no-title",
)


@pytest.mark.parametrize("form", judge.FORMS)
@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("mutation", [m for m in judge.MUTATIONS if m["id"] in ALIKE], ids=lambda m: m["id"])
def test_a_break_is_found_in_every_format(mutation: dict[str, object], suffix: str, form: str) -> None:
    number = judge.seed(mutation["id"], form)
    it = judge.function(mutation)(sound(number, form=form, **mutation.get("base", {})), Random(number))  # type: ignore[arg-type, attr-defined]
    found = judge.seen(judge.examine(WRITERS[suffix](it.report), suffix))
    as_text = judge.seen(judge.examine(judge.write(it.report, LAYOUTS[0]).encode(), ".txt"))
    assert {one.rule for one in found} == {one.rule for one in as_text}
    assert {(one.rule, one.row) for one in found} == {(one.rule, one.row) for one in as_text}
