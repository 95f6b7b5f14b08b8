"""What is fuzzed: each target takes bytes, whatever they are, gives them to a function of the program and holds what comes back against
what must be true of it. Nothing may be raised but what the function says that it raises; ten seconds of processor time are too many."""

from __future__ import annotations

import json
import os
import re
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.acceptance.fuzz import seeds
from tests.acceptance.fuzz.mutation import Mutator, lines_changed, mail_changed, mutated, pdf_changed, zip_changed
from tests.support import CORPUS as REPORTS
from tests.support import base, book
from validator.base.records import record
from validator.model import Block, Document, Kind, UnreadableError

#: Seconds of processor time for one input.
SECONDS = 10.0
#: A folder for each target: a few sound inputs, and what ever broke something.
CORPUS = Path(__file__).resolve().parent / "corpus"


class TooSlowError(BaseException):
    """An input takes more than its time; no `except Exception` on the way may hide it."""


@record
class Target:
    """One thing that is fuzzed."""

    name: str
    check: Callable[[bytes], None]  # raises where something is wrong
    seeds: Callable[[], list[bytes]]  # sound inputs
    tokens: Sequence[bytes]  # words of the format
    mutate: Mutator
    largest: int = 4_000  # bytes of an input that is made

    def run(self, data: bytes) -> None:
        """Try one input. Raises whatever is wrong: an exception that nobody announced, an AssertionError, TooSlowError."""
        with within_time():
            self.check(data)

    def changed(self, data: bytes, dice: Random) -> bytes:
        """A changed input; what would be larger than allowed is tried a few times, and then cut."""
        for _ in range(4):
            if len(made := self.mutate(data, dice, self.tokens)) <= self.largest:
                return made
        return made[: self.largest]

    def kept(self) -> list[Path]:
        """The inputs in the repository: a few sound ones, and all that ever broke something."""
        return sorted(path for path in (CORPUS / self.name).glob("*") if path.is_file())


@contextmanager
def within_time() -> Iterator[None]:
    """Raise TooSlowError where what is inside takes more than its processor time. Only where the system has such a clock."""
    begin = time.process_time()
    if hasattr(signal, "setitimer"):
        before = signal.signal(signal.SIGPROF, _too_slow)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
    if time.process_time() - begin > SECONDS:
        raise TooSlowError


def _too_slow(*_: object) -> None:
    raise TooSlowError


def text_of(data: bytes) -> str:
    """Bytes as text, for functions that take text; what is no UTF-8 becomes one sign, half characters stay what they are."""
    return data.decode("utf-8", "replace")


# ------------------------------------------------------------------------------------------------ readers


def sound(document: Document) -> None:
    """What holds for every document."""
    lines = [block.line for block in document.blocks]
    assert document.blocks and min(lines) >= 1
    assert lines == sorted(lines) or document.format in ("text", "markdown")  # there a table within a cell comes after the whole table
    for block in document.blocks:
        block.text.encode("utf-8")  # no half characters
        assert block.row_span >= 1 and block.column_span >= 1 and block.offset >= 1
        assert (block.table is None) == (block.row is None and block.column is None) or not block.exact
        assert all(0 <= mark.start <= len(block.text) for mark in block.marks)
    places = [(block.table, block.row, block.column) for block in document.blocks if block.exact and block.table]
    assert len(places) == len(set(places))
    for noticed in document.observations:
        assert noticed.code and (noticed.line is None or noticed.line >= 1)


def _documents(read: Callable[[], Iterable[Document]]) -> tuple[Document, ...]:
    """The documents that a reader gives, each sound; none where it says why there are none."""
    try:
        found = tuple(read())
    except UnreadableError as error:
        assert error.reason
        return ()
    for document in found:
        sound(document)
    return found


def _text(data: bytes) -> None:
    from validator.readers.decode import decode
    from validator.readers.plain import read

    for document in _documents(lambda: read(data, "a.txt")):
        text = decode(data).text
        if any(sign in text for sign in ("<", "&", "~~")):
            continue
        lines = re.split(r"\r\n|\n|\r", text)
        for block in document.blocks:
            _stands_in(block, lines)


def _stands_in(block: Block, lines: Sequence[str]) -> None:
    """What is read of a text stands in its line, and every digit that is read is printed there or in the lines of its row."""
    assert block.line <= len(lines)
    line = lines[block.line - 1]
    if block.kind is not Kind.CELL:
        assert block.text in line and line[block.offset - 1 :].startswith(block.text), (block, line)
    else:
        rest = "".join(lines[block.line - 1 :])
        assert _is_within(re.sub(r"\D", "", block.text), rest), (block, line)


def _is_within(needle: str, text: str) -> bool:
    """Whether the characters stand in the text in that order."""
    left = iter(text)
    return all(char in left for char in needle)


def _html(data: bytes) -> None:
    from validator.readers.html.reader import read

    _documents(lambda: read(data, "a.html"))


def _mht(data: bytes) -> None:
    from validator.readers.mht import read

    _documents(lambda: read(data, "a.mht"))


def _docx(data: bytes) -> None:
    from validator.readers.docx.reader import read

    _documents(lambda: read(data, "a.docx"))


def _pdf(data: bytes) -> None:
    """Files that show that they are small are read; of the others, which need a process of their own, one in sixty-four."""
    from validator.readers.pdf.reader import read, read_here
    from validator.readers.pdf.sandbox import survey

    if b"%PDF-" not in data[:1024] or (signs := survey(data)) is None:
        if len(data) % 64 == 0:
            _documents(lambda: read(data, "a.pdf"))
        return
    for document in _documents(lambda: (read_here(data, "a.pdf", signs),)):
        assert all(block.page and block.page >= 1 for block in document.blocks)


def _zip(data: bytes) -> None:
    from validator.readers.archive import ArchiveWork, entries

    try:
        for path, found in entries(data, "包.zip", work=ArchiveWork()):
            assert path.startswith("包.zip/") and path.isprintable()
            if isinstance(found, UnreadableError):
                assert found.reason
            else:
                assert ".." not in path.split("/")
    except UnreadableError as error:
        assert error.reason


_NAMES = ("x", "x.txt", "x.md", "x.docx", "x.html", "x.rtf", "x.doc", "x.zip")


def _format(data: bytes) -> None:
    """Any format, told by its content; PDFs and what LibreOffice reads are only told."""
    from validator.readers import READERS, read_documents, sniff

    path, data = _NAMES[data[0] % len(_NAMES)] if data else "x", data[1:]
    format = sniff(data, path)
    assert format.islower() or format.isdigit() or format == "7z"
    if format != "pdf" and not READERS.get(format, "").startswith("validator.readers.office"):
        _documents(lambda: read_documents(data, path))


# ------------------------------------------------------------------------------------------------ the report


def _report(data: bytes) -> None:
    """The lexer, the grammar and the forms: every figure stands where it says, and is what is printed there."""
    from validator.forms.read_tables import measure
    from validator.pipeline.check_file import understand
    from validator.readers.plain import read

    for document in _documents(lambda: read(data, "a.txt")):
        report = understand(document, book())
        known = {(block.line, block.table, block.row, block.column): block for block in document.blocks}
        texts = {block.text for block in document.blocks}
        for passage in (*report.preamble, *report.furniture, *(p for section in report.sections for p in section.passages)):
            for start, block in passage.places:
                assert passage.text[start : start + len(block.text)] == block.text
                assert any(block.text in text for text in texts), block
        for table in report.tables:
            for row in table.rows:
                for cell in row.cells:
                    assert cell.block.text[cell.start : cell.start + len(cell.text)] == cell.text, cell
        figures = measure(report, book().forms, year=report.year)
        for found in figures.tables.values():
            for reading in found.rows:
                for figure in reading.figures:
                    _as_printed(figure, known)


def _as_printed(figure: Any, known: Mapping[Any, Block]) -> None:
    """A figure that has a value stands at its place, and its value is made of the digits printed there, in their order."""
    from validator.text.characters import bare, even

    if figure.value is not None:  # the text of others may be that of several cells, joined
        block = figure.block
        assert (block.line, block.table, block.row, block.column) in known
        assert block.text[figure.start : figure.start + len(figure.text)] == figure.text, figure
        assert figure.state == "number"
        assert re.sub(r"\D", "", str(figure.value)) in re.sub(r"[^0-9]", "", bare(even(figure.text))), figure


def _whole(data: bytes) -> None:
    """A report with all rules: no rule breaks, the results can be written, and packed they are the same."""
    from validator.model import Run
    from validator.pipeline.check_file import examine
    from validator.pipeline.serialize import packed, unpacked
    from validator.reporters import Options, render

    results = examine(data, "a.txt", book(), snippet=len(data) % 2 == 0)
    assert results
    answers = [(one.rule, one.reason) for file in results for one in file.outcomes if str(one.answer) == "error"]
    assert answers == []
    run = Run(files=results, rules={rule.id: rule for rule in book().rules}, fingerprint=book().fingerprint)
    json.loads(render("json", run, Options(language="zh", version="0")))
    render("text", run, Options(language="en", version="0"))
    if len(data) % 4 == 0:
        again = unpacked(packed(results), lambda kind: book(), lambda source: results)
        assert [(one.findings, one.outcomes, one.year, one.unit) for one in again] == [
            (one.findings, one.outcomes, one.year, one.unit) for one in results
        ]
        for before, after in zip(results, again, strict=True):
            assert (before.reading is None) == (after.reading is None)
            assert before.reading is None or after.reading is None or after.reading.report == before.reading.report


def _contact(data: bytes) -> None:
    from validator.parsing.contact.parser import read_contact
    from validator.text.characters import even

    text = text_of(data)
    found = read_contact(text)
    if found is None:
        return
    assert 0 <= found.start <= found.end <= len(text)
    for detail in found.details:
        assert text[detail.start : detail.start + len(detail.text)] == detail.text and detail.text
        if detail.value and detail.kind in ("phone", "fax", "postcode"):
            format_number = re.sub(r"\D", "", even(text[max(0, detail.start - 40) : detail.start + len(detail.text) + 20]))
            assert all(_is_within(part, "0" + format_number) for part in detail.value.split("-")), detail


def _values(data: bytes) -> None:
    """Telephone numbers, postcodes and addresses: read again, what was made of them is the same."""
    from validator.parsing.contact.values import mail_address, phone_number, postcode, web_address
    from validator.text.characters import even

    text = even(text_of(data))
    number = phone_number(text)
    if number is not None:
        assert re.fullmatch(r"[0-9-]+", number.value), number
        again = phone_number(number.value)
        assert again is not None and again.value == number.value, (number, again)
        assert _is_within(re.sub(r"\D", "", number.number), re.sub(r"\D", "", text))
    code = postcode(text)
    assert code is None or re.fullmatch(r"[0-9]{6}", code)
    mail = mail_address(text)
    assert mail is None or (mail.count("@") == 1 and mail_address(mail) == mail), mail
    assert web_address(text) in (None, text)


def _formula(data: bytes) -> None:
    from validator.parsing.formula import FormulaError, parse

    text = text_of(data)
    try:
        formula = parse.__wrapped__(text)
    except FormulaError as error:
        assert 1 <= error.position <= len(text) + 1 and set(error.text) == {"zh", "en"}
        return
    for term in formula.terms:
        said = term.name or term.group or str(abs(term.coefficient))
        rest = text[term.position - 1 :]
        assert rest.startswith(said) or (said.isdigit() and rest.lstrip("0").startswith(said.strip("0"))), term
    spaced = parse.__wrapped__(re.sub(r"\s+", "  ", text.strip()))
    bare = [(term.coefficient, term.name, term.group) for term in formula.terms]
    assert [(term.coefficient, term.name, term.group) for term in spaced.terms] == bare and spaced.op == formula.op


def _numeral(data: bytes) -> None:
    """Chinese numerals, cells and clauses with figures: what is printed reads back the same, and no digit comes from nowhere."""
    from validator.model import Passage
    from validator.parsing.report.cell_states import divided, printed
    from validator.readers.docx import numerals as lists
    from validator.text.characters import even
    from validator.text.numbers_in_text import mentions, number_pattern
    from validator.text.numerals import numeral
    from validator.text.paragraphs import Paragraph

    value, text = int.from_bytes(data[:2], "big"), text_of(data[2:])
    for format in ("chineseCounting", "chineseLegalSimplified", "ideographDigital", "decimal", "decimalFullWidth"):
        assert value == 0 or numeral(lists.format_number(value, format)) == value, (value, format)
    number = numeral(text)
    assert number is None or number >= 0
    if number and number < 100_000:
        assert numeral(lists.format_number(number, "chineseCounting")) == number
    cell = printed.__wrapped__(text, len(text) % 2 == 1)
    assert (cell.value is None) == (cell.state != "number")
    assert cell.value is None or _is_within(re.sub(r"\D", "", str(cell.value)), re.sub(r"[^0-9]", "", even(text))), cell
    for way in divided(text, ("count", "signed", "money"), adds=len(text) % 3 == 0):
        assert re.sub(r"[^0-9.+-]", "", "".join(way)) == "".join(way)
    clause = even(text)
    line = Paragraph(clause, tuple(range(len(clause))), Passage(text=clause, places=()))
    for mention in mentions(line, number_pattern(book().tables.phrases.numbers)):
        assert 0 <= mention.clause_start <= mention.start < mention.end <= len(clause) and mention.value >= 0


# ------------------------------------------------------------------------------------------------ settings, packs, what is kept


@cache
def _folder() -> Path:
    """A folder for files that the program itself must open."""
    return Path(tempfile.mkdtemp(prefix="nianbao-fuzz-"))


def _file(name: str, data: bytes) -> Path:
    path = _folder() / f"{os.getpid()}-{name}"
    path.write_bytes(data)
    return path


def _told(log: Any, data: bytes) -> None:
    """Every mistake has a line of the file and a sentence in both languages."""
    last = len(text_of(data).splitlines()) + 1
    for problem in log.problems:
        assert 1 <= problem.line <= last, problem
        assert set(problem.text) == {"zh", "en"} and "\n" not in problem.render("zh") + problem.render("en")


def _config(data: bytes) -> None:
    from validator.county.config import read_config
    from validator.county.config_names import check_names

    config, raw, log = read_config(_file("nianbao.yaml", data))
    assert config is not None or log.problems
    check_names(raw, book(), log)
    _told(log, data)


@cache
def _subject() -> Any:
    """A sound report, read."""
    from validator.forms.read_tables import measure
    from validator.model import Subject
    from validator.pipeline.check_file import understand
    from validator.readers.plain import read
    from validator.roster.units import judge_unit

    report = understand(read(base().encode(), "a.txt")[0], book())
    unit = judge_unit(report.unit, book().tables.units)
    return Subject(report=report, figures=measure(report, book().forms, year=report.year), unit=unit, tables=book().tables)


def _pack(data: bytes) -> None:
    """A file of a pack, taken for a rule, a form, a manifest and a table; a rule without mistakes runs on a sound report."""
    from validator.engine.run import run_rules
    from validator.rulebook.decode import build
    from validator.rulebook.diagnostics import Diagnostics
    from validator.rulebook.forms import make_form
    from validator.rulebook.manifest import Manifest
    from validator.rulebook.references import check_names
    from validator.rulebook.regex_bounds import check_table
    from validator.rulebook.rules import make_rule
    from validator.rulebook.yaml_reader import Map, read_yaml

    log = Diagnostics("a.yaml", trusted=False)
    raw = read_yaml(data, log)
    _told(log, data)
    if not isinstance(raw, Map):
        return
    logs = [Diagnostics("a.yaml", trusted=False) for _ in range(3)]
    if "tables" in raw or "sections" in raw:
        make_form(raw, logs[0], "a")
    elif "name" in raw:
        build(raw, Manifest, logs[1], 1, "")
    elif "id" not in raw:
        check_table(raw, logs[2])
    else:
        rule = make_rule(raw, log, examples=True)
        assert rule is not None or log.problems
        if rule is not None:
            check_names([(rule, raw, log)], book().forms, {rule.id, *(each.id for each in book().rules)}, book().tables)
        if rule is not None and not log.problems and rule.scope == "report":
            run_rules(_subject(), [rule])
    for each in (log, *logs):
        _told(each, data)


def _baseline(data: bytes) -> None:
    from validator.county.acceptance.baseline import BaselineError, read, written

    try:
        found = read(data, "b.json")
    except BaselineError as error:
        assert set(error.text) == {"zh", "en"}
        return
    text = written(found.entries)
    text.encode("utf-8", "surrogatepass")
    assert written(read(text.encode("utf-8"), "b.json").entries) == text


def _packed(data: bytes) -> None:
    """Packed results that may be spoilt: opened as results, or said to be spoilt.

    Left out is what makes Python's own reader take gigabytes before it gives anything: a place in its memory given by number, as our
    packing never writes it. The sum that each entry of the cache carries keeps that out; looking for it would double the time of opening.
    """
    from validator.pipeline.serialize import SpoiltError, unpacked

    if _numbers_its_memory(data):
        return
    try:
        for result in unpacked(data, lambda kind: book(), lambda source: ()):
            if result.reading is not None:
                assert result.reading.report is not None and result.reading.figures is not None
    except SpoiltError:
        pass


def _numbers_its_memory(data: bytes) -> bool:
    import pickletools

    try:
        return any(code.name in ("PUT", "BINPUT", "LONG_BINPUT") for code, _, _ in pickletools.genops(data))
    except Exception:  # broken off before there was any: the reader stops there as well
        return False


def _rule_cache(data: bytes) -> None:
    """What the cache of rules may hold once its sum is right: rules and forms, or what the book takes for no cache."""
    from validator.rulebook.decode_cached import revive_form, revive_rule

    try:
        raw = json.loads(data)
        (revive_rule if "check" in raw else revive_form)(*((raw, "a.yaml", False) if "check" in raw else (raw,)))  # type: ignore[operator]
    except (ValueError, TypeError, KeyError, AttributeError, ImportError, RecursionError):
        pass


def _result_cache(data: bytes) -> None:
    """A file of results: what was kept comes back whole or not at all, and a spoilt file is used no more."""
    from validator.pipeline.inputs import InputFile
    from validator.pipeline.result_cache import Results

    results = Results(_file("results.sqlite", data))
    piece = InputFile(path="a.txt", data=b"1", walked=False)
    found = results.get(piece)
    assert found is None or found == seeds.held()
    results.put(piece, b"anew")
    results.close()


# ------------------------------------------------------------------------------------------------ the table

TARGETS: Mapping[str, Target] = {
    target.name: target
    for target in (
        Target(name="text", check=_text, seeds=seeds.texts_of_both, tokens=seeds.WORDS + seeds.HTML, mutate=lines_changed, largest=6_000),
        Target(name="html", check=_html, seeds=seeds.pages, tokens=seeds.HTML, mutate=mutated),
        Target(name="mht", check=_mht, seeds=seeds.archives, tokens=(*seeds.HTML, *seeds.FORMATS), mutate=mail_changed),
        Target(name="docx", check=_docx, seeds=seeds.words, tokens=seeds.DOCX, mutate=zip_changed, largest=20_000),
        Target(name="pdf", check=_pdf, seeds=seeds.pdfs, tokens=seeds.PDF, mutate=pdf_changed, largest=30_000),
        Target(name="zip", check=_zip, seeds=seeds.zips, tokens=seeds.FORMATS, mutate=zip_changed),
        Target(name="format", check=_format, seeds=seeds.formats, tokens=seeds.FORMATS, mutate=mutated),
        Target(name="report", check=_report, seeds=seeds.texts, tokens=seeds.WORDS, mutate=lines_changed, largest=6_000),
        Target(name="whole", check=_whole, seeds=seeds.texts, tokens=seeds.WORDS, mutate=lines_changed, largest=6_000),
        Target(name="contact", check=_contact, seeds=seeds.contacts, tokens=seeds.CONTACT, mutate=mutated, largest=1_000),
        Target(name="values", check=_values, seeds=seeds.values, tokens=seeds.CONTACT, mutate=mutated, largest=200),
        Target(name="formula", check=_formula, seeds=seeds.formulas, tokens=seeds.FORMULA, mutate=mutated, largest=400),
        Target(name="numeral", check=_numeral, seeds=seeds.numerals, tokens=seeds.NUMERAL, mutate=mutated, largest=200),
        Target(name="config", check=_config, seeds=seeds.configs, tokens=seeds.CONFIG, mutate=lines_changed),
        Target(name="pack", check=_pack, seeds=seeds.rules, tokens=seeds.RULE, mutate=lines_changed, largest=8_000),
        Target(name="baseline", check=_baseline, seeds=seeds.baselines, tokens=seeds.JSON, mutate=mutated),
        Target(name="packed", check=_packed, seeds=seeds.packs, tokens=seeds.PICKLE, mutate=mutated, largest=60_000),
        Target(name="rule-cache", check=_rule_cache, seeds=seeds.caches, tokens=seeds.JSON, mutate=mutated, largest=8_000),
        Target(
            name="result-cache",
            check=_result_cache,
            seeds=seeds.bases,
            tokens=(b"SQLite format 3\0", b"results", b"table"),
            mutate=mutated,
            largest=30_000,
        ),
    )
}


def mutants(name: str, count: int, seed: int) -> Iterator[bytes]:
    """So many changed inputs of a target, always the same for a seed; real reports are changed too where they can be found."""
    target, dice = TARGETS[name], Random(f"{name}{seed}")
    real = [path.read_bytes() for path in sorted(REPORTS.glob(f"*.{name}"))] if REPORTS.is_dir() else []
    sound = target.seeds() + real
    for _ in range(count):
        yield target.mutate(dice.choice(sound), dice, target.tokens)
