"""Word files changed at random: commented or named as damaged, never an escape; what is commented reads as before."""

from __future__ import annotations

from random import Random

import pytest

from tests.acceptance.fuzz.targets import mutants
from tests.readers.docx.word_files import docx
from tests.reporters.docx.test_marks import ASIDE, BODIES
from tests.reporters.docx.word_comments import part, under
from validator.model import Document, FileResult, Finding, Location, Read, Report, Run, Severity, UnreadableError
from validator.readers.docx.reader import read
from validator.reporters import Options
from validator.reporters.docx.writer import commented, written_by_us


def _file(document: Document, random: Random) -> FileResult:
    """A result with findings at places chosen at random, one without a place among them."""
    report = Report(document=document, title=None, titles=(), unit=None, year=None, preamble=(), sections=(), tables=(), contact=None)
    findings = [_finding(Location(section=3)), _finding(Location())]
    for block in random.sample(document.blocks, min(len(document.blocks), 25)):
        start = random.randrange(len(block.text) + 1)
        length = random.randrange(len(block.text) + 3)
        findings.append(_finding(Location(line=block.line, offset=start + 1, length=length, excerpt="x" if length else None)))
    return FileResult(path="x.docx", reading=Read(report=report, figures=None), findings=tuple(findings))  # type: ignore[arg-type]


def _finding(place: Location) -> Finding:
    text = {"zh": "现状", "en": "found"}
    return Finding(rule="a.b", severity=Severity.WARNING, message=text, advice=text, basis=(), location=place)


def _commented(data: bytes, random: Random) -> bytes:
    file = _file(read(data, "x.docx")[0], random)
    return commented(data, (file,), Run(files=(file,), rules={}, fingerprint=""), Options())


@pytest.mark.parametrize("seed", range(2))
def test_files_changed_at_random(seed: int) -> None:
    random, done = Random(seed), 0
    for data in mutants("docx", 60, seed=seed):
        try:
            before = read(data, "x.docx")[0].blocks
            out = _commented(data, random)
        except UnreadableError:
            continue
        done += 1
        assert read(out, "x.docx")[0].blocks == before
        assert len(under(part(out))) >= 3 and written_by_us(out)
    assert done >= 20


@pytest.mark.parametrize("seed", range(3))
def test_everything_in_one_file_in_any_order(seed: int) -> None:
    random = Random(seed)
    bodies = [*BODIES.values(), *(body for body, *_ in ASIDE.values())]
    data = docx("".join(random.sample(bodies, len(bodies))), styles=" ", numbering=" ")
    out = _commented(data, random)
    assert read(out, "x.docx")[0].blocks == read(data, "x.docx")[0].blocks
    again = _commented(out, random)
    assert len(under(part(again))) == 2 * len(under(part(out))) == 2 * 28
