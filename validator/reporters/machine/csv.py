"""Run → the problem list as CSV that Excel opens right: UTF-8 with a byte order mark, lines ended by CR LF, no formulas."""

from __future__ import annotations

import csv
import io
import re
from functools import partial

from validator.base.shown import no_commands
from validator.messages import say
from validator.model import Language, Run
from validator.reporters import Options
from validator.reporters.printable import cut
from validator.reporters.xlsx.cells import CELL
from validator.reporters.xlsx.problem_list import heads, problems

#: Excel and its like take what begins so for a formula, the full-width signs too; so they do behind blanks.
_FORMULA = re.compile(r"[\s\u3000\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
#: A number as a report prints it, or a lone sign, is nothing but itself.
_FIGURE = re.compile(r"[+-]?(0|[1-9]\d{0,14})(\.\d+)?%?|[-－+]")
#: What Excel would change: a postcode's zero, more digits than it keeps, two numbers that look like a day, commas between thousands.
_CHANGED = re.compile(r"0\d+|\d{16,}|\d{1,2}[-/]\d{1,2}|[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def render(run: Run, options: Options) -> bytes:
    """One line a finding under a header; bytes, since the mark and the encoding belong to the format."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(heads(options.language))
    for problem in problems(run, options.language):
        lines.writerow(cut(guarded(text), CELL, partial(_cut, options.language)) for text in problem.values())
    return no_commands(written.getvalue()).encode("utf-8-sig")  # printed in a runner's log, no line of it is obeyed


def _cut(language: Language, count: int) -> str:
    return say("xlsx.cut", language, count=count)


def guarded(text: str) -> str:
    """The text with an apostrophe before it (Excel's own sign for text) where Excel would take it for something else. -11 stays -11."""
    if _FIGURE.fullmatch(text):
        return text
    return "'" + text if _FORMULA.match(text) or _CHANGED.fullmatch(text) else text
