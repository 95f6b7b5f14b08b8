"""Every message in the language asked for, in every format: a run with a finding of every rule's failing examples, read back.

What a report, a form, a path or a citation says stands in outputs as it is, whatever the language. All of that is known here; what
is left of an output once it is taken out are the program's own sentences.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import cache

import pytest
from lxml import html

from tests.reporters import samples
from validator.examples import runner as example_runner
from validator.model import Answer, Basis, Book, Broken, FileResult, Form, Rule, Run, Standing, State, Unshown
from validator.reporters import REPORTERS, Options, render
from validator.reporters.docx import notes as docx_notes
from validator.reporters.docx import words as docx_words
from validator.rulebook import base_files, load_book, shelf_of
from validator.rulebook.example_schema import Example, examples_of

KINDS = (None, "website")
_CHINESE = re.compile(r"[一-鿿]+")
#: Three words in a row are a sentence; rule ids, keys, names of formats and options are single words.
_ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,;:]+[A-Za-z]{2,}){2,}")


def _load(kind: str | None) -> Book:
    return load_book(kind=kind, examples=True)


def _found(kind: str | None) -> Iterator[tuple[Rule, FileResult]]:
    """The results of every failing example of every rule, each with a path of its own."""
    book = _load(kind)
    desk = example_runner._Desk(book, base_files(shelf_of((), kind)))
    for rule in book.rules:
        for number, example in enumerate(examples_of(rule, "fail")):
            for place, file in enumerate(desk._files(rule, example)):
                own = tuple(finding for finding in file.findings if finding.rule == rule.id)
                if own:
                    yield rule, replace(file, path=f"{rule.id}/{number}-{place}.txt" if file.path else "", findings=own)


@cache
def run_of(kind: str | None) -> Run:
    """One run with all of them, with skipped rules, and with everything else that a run can have."""
    book, files, of_set = _load(kind), [], []
    for _, file in _found(kind):
        if file.path:
            files.append(file)
        else:
            of_set += [replace(finding, paths=("a.txt", "b.txt")) for finding in file.findings]
    sample = samples.everything()
    broken = Broken(rule="wording.slow", message={"zh": "超过时限", "en": "took too long"}, path="a.txt")
    outcomes = [outcome for file in files for outcome in file.outcomes if outcome.answer is Answer.SKIP and outcome.reason]
    skipped = tuple({outcome.reason["en"]: outcome for outcome in outcomes if outcome.reason}.values())
    last = replace(files[0], path="waived.txt", waived=sample.files[0].waived, outcomes=skipped)
    standings = tuple(Standing(unit="A", kind=None, year=2023, state=state, paths=("a.txt",)) for state in State)
    return Run(
        files=(*files, last),
        rules={rule.id: rule for rule in book.rules},
        fingerprint=book.fingerprint,
        collection=tuple(of_set),
        broken=(broken,),
        passed_over=sample.passed_over,
        empty=("folder",),
        unchecked={kind: book.kind.unchecked} if kind and book.kind else {},
        unshown=Unshown(since="main", files=2, failed=1, collection=1),
        standings=standings,
    )


def test_every_rule_is_there() -> None:
    told, rules = set(), set()
    for run in map(run_of, KINDS):
        rules |= set(run.rules)
        told |= {finding.rule for file in run.files for finding in file.findings} | {finding.rule for finding in run.collection}
    assert rules - told == set()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value


def _workbook(data: bytes) -> Iterator[str]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        yield sheet.title
        for row in sheet.iter_rows(values_only=True):
            yield from (value for value in row if isinstance(value, str))
        for check in sheet.data_validations.dataValidation:
            yield from filter(None, (check.prompt, check.promptTitle, check.error, check.errorTitle, check.formula1))
        for part in (sheet.oddHeader, sheet.oddFooter):
            yield from filter(None, (part.left.text, part.center.text, part.right.text))
    for name in ("title", "subject", "description", "keywords", "category"):
        yield from filter(None, [getattr(book.properties, name)])


def _page(text: str) -> Iterator[str]:
    tree = html.fromstring(text)
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in ("style", "script"):
            yield from filter(None, (element.text, *map(element.get, ("title", "alt", "aria-label", "placeholder", "content"))))
        if element.tail:
            yield element.tail


def said(format: str, run: Run, language: str) -> list[str]:
    """All that an output says, string by string."""
    options = Options(language=language, version="0.1.0", width=4000, statistics=True)
    if format == "docx":
        return [text for file in run.files for text in _notes(file, run, language)]
    shown = render(format, run, options)
    if isinstance(shown, bytes):
        if shown.startswith(b"PK"):
            return list(_workbook(shown))
        shown = shown.decode("utf-8-sig")
    if shown.lstrip().startswith("<!") or "<html" in shown[:200].lower():
        return list(_page(shown))
    try:
        return list(_strings(json.loads(shown)))
    except ValueError:
        return shown.split("\n")


def _notes(file: FileResult, run: Run, language: str) -> Iterator[str]:
    for finding in file.findings:
        for phrase in docx_notes.of_finding(finding, file, file.figures, run, language, ("box", "near", "none", "whole")):
            yield from (phrase.label, phrase.text)
    if file.reading is not None:
        notes = [docx_words.say(language, "signed"), docx_words.say(language, "kept", count=2)]
        for phrase in docx_notes.of_report(file, run, language, notes):
            yield from (phrase.label, phrase.text)


@cache
def known(kind: str | None) -> str:
    """What outputs quote: the reports, the forms, the citations, units and places of the sample."""
    run, book = run_of(kind), _load(kind)
    texts: list[str] = ["张某", "已备案", *run.rules]
    texts += [text for table in (book.tables.citations, book.tables.outdated) if table for text in _strings(asdict(table))]
    texts += [province + city for city, province in (book.tables.regions.cities if book.tables.regions else {}).items()]
    texts += [text for example in _examples(book) for piece in (example, *example.reports) for text in (piece.name, piece.unit or "")]
    texts += [str(value) for example in _examples(book) for value in example.noticed.values()]
    for file in run.files:
        texts += [file.unit or "", file.path]
        if file.report is not None:
            texts += [block.text for block in file.report.document.blocks]
    found = [finding for file in run.files for finding in file.findings] + list(run.collection)
    texts += _cited(samples.BASIS)
    for finding in found:
        texts += [finding.unit or "", *_cited(finding.basis)]
    for form in book.forms:
        texts += list(_labels(form))
    return re.sub(r"\s+", "", "\n".join(texts))


def _cited(bases: tuple[Basis, ...]) -> list[str]:
    """Provisions, which are cited as they are printed; the reasons of a county and of logic are the program's own words."""
    return [part for basis in bases if basis.kind in ("law", "form") for part in (basis.document, basis.part)]


def _labels(form: Form) -> Iterator[str]:
    yield from (section.heading for section in form.sections)
    for table in form.tables:
        yield from (text for row in table.rows for text in (row.label, row.band or "", *row.variants))
        yield from (text for column in table.columns for text in (column.label, *column.variants))


def _examples(book: Book) -> Iterator[Example]:
    return (example for rule in book.rules for example in examples_of(rule, "fail"))


def chinese(texts: list[str], quoted: str) -> list[str]:
    """Of an English output, Chinese that quotes nothing."""
    return sorted({run for text in texts for run in _CHINESE.findall(text) if run not in quoted})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("format", [*REPORTERS, "docx"])
def test_in_english_nothing_of_the_program_is_chinese(format: str, kind: str | None) -> None:
    assert chinese(said(format, run_of(kind), "en"), known(kind)) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("format", [*REPORTERS, "docx"])
def test_in_chinese_nothing_of_the_program_is_english(format: str, kind: str | None) -> None:
    assert sorted({found for text in said(format, run_of(kind), "zh") for found in _ENGLISH.findall(text)}) == []


def test_a_sentence_in_the_other_language_is_seen() -> None:
    """What the tests above look for is found where it is: hardly a message is quotations and single characters alone."""
    run = run_of(None)
    found = [finding for file in run.files for finding in file.findings] + list(run.collection)
    chinese_ones, english_ones = ({finding.message[language] for finding in found} for language in ("zh", "en"))
    assert len([text for text in chinese_ones if not chinese([text], known(None))]) < len(chinese_ones) // 20
    assert len([text for text in english_ones if not _ENGLISH.search(text)]) < len(english_ones) // 10


@pytest.mark.parametrize("format", [*REPORTERS, "docx"])
def test_every_format_tells_the_messages_in_the_language_asked_for(format: str) -> None:
    run = run_of(None)
    file = next(file for file in run.files if file.path.startswith("structure.missing-section/"))
    for language, other in (("zh", "en"), ("en", "zh")):
        told = "\n".join(said(format, replace(run, files=(file,), collection=()), language))
        assert file.findings[0].message[language] in told and file.findings[0].message[other] not in told
