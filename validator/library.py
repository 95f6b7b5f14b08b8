"""What Python programs may use: `check`, `read`, `rules` and the types of what they give. Everything else inside `validator` may change.

>>> import validator
>>> [result] = validator.check("examples/reports/faulty-2021-tab-sums.txt")
>>> result.unit, result.year, result.status
('云岭县水利局', 2023, 'findings')
>>> finding = result.findings[2]
>>> finding.rule, finding.severity.value, finding.location.line
('totals.results', 'error', 64)
>>> finding.suspect.row, finding.suspect.column, finding.suspect.actual, finding.suspect.expected
('denied.third_party', 'natural_person', 8, 3)

Texts are mappings from language to sentence: `finding.message["zh"]`, `finding.message["en"]`. Nothing is printed, no file is written, no
cache folder is used; nianbao.yaml is read only where `config` names one. The functions may be called from several threads.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.base import programs, windows
from validator.base.input_paths import Input
from validator.base.limits import within
from validator.base.records import record
from validator.messages import both, enumerated
from validator.model import (
    Basis,
    Book,
    Cell,
    Change,
    Config,
    County,
    FileResult,
    Finding,
    Location,
    Rule,
    Run,
    Severity,
    Skipped,
    Sum,
    Text,
    Waived,
)
from validator.pipeline.inputs import LIMIT, files_of
from validator.pipeline.run import RunOptions, check_one_file, limits_of
from validator.pipeline.view_set import today, view_set
from validator.pipeline.worker import is_no_report

if TYPE_CHECKING:
    from validator.county.acceptance import Terms
    from validator.county.finding_steps import StepOptions

__all__ = [
    "Basis", "Cell", "Change", "FileResult", "Finding", "Location", "NianbaoError", "ReadContact", "ReadFigure", "ReadReport",
    "ReadSection", "Rule", "Severity", "Skipped", "Sum", "Text", "Waived", "check", "read", "rules",
]  # fmt: skip

#: A report: the path of a file, or its bytes.
Source = str | os.PathLike[str] | bytes


class NianbaoError(ValueError):
    """What was asked for cannot be done: a mistake in nianbao.yaml, a unit without a name, a report of last year that is none.

    `text` says it in both languages; as a string it is English. A file that is not there raises FileNotFoundError, as `open` does.
    """

    def __init__(self, text: Text) -> None:
        super().__init__(text["en"])
        self.text = text


@record
class ReadContact:
    """The contact details of a report, as they are printed; None where one is not given."""

    office: str | None
    address: str | None
    postcode: str | None
    phones: tuple[str, ...]
    fax: str | None
    email: str | None
    website: str | None


@record
class ReadSection:
    """One part of a report: `line` is that of its heading in the text as read, from 1."""

    number: int | None
    heading: str
    line: int
    text: str


@record
class ReadFigure:
    """One figure: `value` is None where the cell is blank or could not be read, `text` what is printed."""

    value: int | float | None
    text: str
    line: int
    mark: str | None = None  # a raised mark set aside


@record
class ReadReport:
    """A report as it was read. Private numbers in its texts are covered.

    `problem`: why it could not be read; then nothing else is known.
    """

    path: str
    part: int | None = None
    problem: Text | None = None
    unit: str | None = None
    unit_from: str | None = None
    kind: str | None = None  # of unit: township, department …
    level: str | None = None
    year: int | None = None
    year_from: str | None = None
    form: str | None = None
    title: str | None = None
    published: str | None = None  # ISO 8601
    contact: ReadContact | None = None
    sections: tuple[ReadSection, ...] = ()
    figures: Mapping[str, Mapping[str, Mapping[str, ReadFigure]]] = field(default_factory=dict)  # table → row → column, in the form's keys


def check(
    report: Source,
    *,
    name: str | None = None,
    unit: str | None = None,
    year: int | None = None,
    config: str | os.PathLike[str] | None = None,
    against: Source | Sequence[Source] | None = None,
    processes: bool = False,
) -> list[FileResult]:
    """The results of one file: one for each report in it, several of a page or a zip with several; none of a zip without any.

    `report`: a path, or the bytes of a file; `name` is the path that results show (its suffix matters only where bytes tell nothing).
    `unit`, `year`: where the text does not say. `config`: a nianbao.yaml, whose roster, rules, severities, waivers and baseline hold.
    `against`: last year's report of the same unit, or several, of which the right year and first of all the same unit is taken; without it
    the series rules are skipped.
    `processes`: LibreOffice may be started for .doc, .wps, .rtf and .odt, and a process for a PDF that might unfold to gigabytes; else such
    a file is unreadable.

    A file that cannot be read, or is no report, is a result with `status` "unreadable". Raises OSError for a path that cannot be opened,
    NianbaoError for what cannot be done as it was asked.
    """
    from validator.county.finding_steps import apply_steps

    settings, book = _opened(config)
    options = _options(settings, book, unit, year)
    with _bounded(processes):
        files = tuple(_results(report, name, book, options))
        run = Run(files=files, rules={rule.id: rule for rule in book.rules}, fingerprint=book.fingerprint)
        if against is None:
            paths = frozenset(file.path for file in files)
            run = view_set(run, book, options.county, selected=options.selected, today=today(), named=paths, whole=False)
        else:
            run = _compared(run, [against] if isinstance(against, str | bytes | os.PathLike) else against, book, options)
    return list(apply_steps(run, _steps(settings, book, options, files)).files)


def read(
    report: Source,
    *,
    name: str | None = None,
    unit: str | None = None,
    year: int | None = None,
    config: str | os.PathLike[str] | None = None,
    processes: bool = False,
) -> list[ReadReport]:
    """The reports of one file as they were read: contact details, parts, every figure. What goes in and what is raised: as `check`.

    >>> [report] = read("examples/reports/faulty-2021-tab-sums.txt")
    >>> report.figures["applications"]["denied.third_party"]["total"].value
    3
    """
    from validator.engine.selection import reading

    settings, book = _opened(config)
    options = replace(_options(settings, book, unit, year), selected=reading(book.rules))
    with _bounded(processes):
        return [_read_report(file) for file in _results(report, name, book, options)]


def rules(*, config: str | os.PathLike[str] | None = None) -> list[Rule]:
    """The rules in their order, with those of the county that `config` names. Raises OSError and NianbaoError as `check` does.

    >>> next(rule.title["en"] for rule in rules() if rule.id == "totals.balance")
    'New and carried in do not equal completed and carried out'
    """
    return list(_opened(config)[1].rules)


# ------------------------------------------------------------------------------------------------ nianbao.yaml and the rules


def _opened(path: str | os.PathLike[str] | None) -> tuple[Config | None, Book]:
    """The settings of that nianbao.yaml, and the book that they ask for."""
    if path is None:
        return None, _builtin_book()
    from validator.county.config import read_config
    from validator.county.config_names import check_names
    from validator.rulebook import Amendments, PackError, UnknownKind, book_of_kind, load_book

    settings, raw, log = read_config(Path(path), named=True)
    problems = list(log.problems)
    if settings is not None:
        folders, amendments = _pack_folders(settings), Amendments(path=settings.path, options=settings.options)
        packs = tuple(map(str, folders))
        try:
            book = load_book(folders, kind=_pack_kind(settings), cache=False, amendments=amendments)
            check_names(raw, book, log, lambda: (book_of_kind(kind.name, packs, False, amendments) for kind in book.others))
            problems = list(log.problems)
        except PackError as error:
            problems += error.problems
        except UnknownKind as error:
            raise NianbaoError(both("cli.no-such-pack", name=error.name, names=enumerated(error.known))) from None
    if problems:
        raise NianbaoError({"zh": PackError(problems).render("zh"), "en": PackError(problems).render("en")})
    return settings, book


@lru_cache(maxsize=1)
def _builtin_book() -> Book:
    from validator.rulebook import load_book

    return load_book(cache=False)


def _pack_folders(settings: Config) -> list[Path]:
    """The county's rule packs; a plain name of which there is no folder may be that of a pack that comes with the program."""
    from validator.rulebook import ready_packs

    places = [(pack, Path(settings.folder, pack)) for pack in settings.packs]
    return [place if os.path.lexists(place) else ready_packs().get(pack, place) for pack, place in places]


def _pack_kind(settings: Config) -> str | None:
    folder = os.path.join(settings.folder, settings.pack or "")
    return folder if settings.pack and os.path.isdir(folder) else settings.pack


def _options(settings: Config | None, book: Book, unit: str | None, year: int | None) -> RunOptions:
    """What is laid down for the check. Raises NianbaoError for a unit or a year that is none."""
    from validator.engine.selection import chosen

    if unit is not None and not unit.strip():
        raise NianbaoError(both("cli.empty-unit"))
    if year is not None and not 1000 <= year <= 9999:
        raise NianbaoError(both("cli.bad-year", given=year))
    config = settings or Config(path="", folder="", county=County())
    return RunOptions(
        packs=tuple(map(str, _pack_folders(config))),
        pack=_pack_kind(config),
        config=settings,
        fingerprint=book.fingerprint,
        cache=False,
        unit=unit.strip() if unit else None,
        year=year,
        selected=chosen(book.rules, config.select, config.ignore, (*config.severity, *config.options, *config.asked_by_path)),
        select=config.select,
        ignore=config.ignore,
        county=config.county,
    )


# ------------------------------------------------------------------------------------------------ the check


@contextmanager
def _bounded(processes: bool) -> Iterator[None]:
    """With other programs only where they are allowed."""
    if processes:
        yield
    else:
        with programs.forbidden():
            yield


def _results(source: Source, name: str | None, book: Book, options: RunOptions) -> list[FileResult]:
    """The results of every report in a file."""
    data = source if isinstance(source, bytes) else _bytes(source)
    path = name or ("report" if isinstance(source, bytes) else os.fspath(source))
    with within(limits_of(options)):
        files = list(files_of(data, Input(path=path, source=path)))
    if len(files) > 1 and (options.unit, options.year) != (None, None):
        raise NianbaoError(both("cli.unit-and-year-for-one", count=len(files)))
    results: list[FileResult] = []
    for file in files:
        outcome = check_one_file(file, book, options)
        if outcome.broken and not outcome.results:
            raise RuntimeError(outcome.broken[0].message["en"])
        results += [result for result in outcome.results if not (file.walked and is_no_report(result))]
    return results


def _bytes(path: str | os.PathLike[str]) -> bytes:
    with open(windows.long_path(os.fspath(path)), "rb") as file:
        return file.read(LIMIT + 1)


def _compared(run: Run, sources: Sequence[Source], book: Book, options: RunOptions) -> Run:
    """The results with what last year's report shows. Raises NianbaoError where none of the sources can be held against them."""
    from validator.county.set.against import compare_with

    unselected = replace(options, unit=None, year=None, selected=frozenset())
    reports = [result for source in sources for result in _results(source, None, book, unselected)]
    units = {file.unit for file in run.files}
    reports.sort(key=lambda report: report.unit not in units)
    compared, _ = compare_with(run, reports, book, options.county, options.selected)
    if problem := next((broken for broken in compared.broken if not broken.rule), None):
        raise NianbaoError({language: f"{problem.path}: {message}" for language, message in problem.message.items()})
    return compared


def _steps(settings: Config | None, book: Book, options: RunOptions, files: Sequence[FileResult]) -> StepOptions:
    """What nianbao.yaml does to findings."""
    from validator.county.finding_steps import StepOptions

    if settings is None:
        return StepOptions()
    asked = {*settings.select, *settings.severity, *settings.options}
    by_path = frozenset(rule.id for rule in book.rules if rule.off and rule.id in settings.asked_by_path and rule.id not in asked)
    return StepOptions(config=settings, terms=_terms(settings, book, options, files), by_path=by_path)


def _terms(settings: Config, book: Book, options: RunOptions, files: Sequence[FileResult]) -> Terms:
    """By what waivers and the baseline are applied. Raises NianbaoError where the baseline cannot be used."""
    from validator.base.regular_files import read_regular
    from validator.county.acceptance import Terms
    from validator.county.acceptance.baseline import MOST_BYTES, BaselineError
    from validator.county.acceptance.baseline import read as read_baseline

    baseline = None
    if settings.baseline:
        path = Path(settings.folder, settings.baseline)
        try:
            baseline = read_baseline(read_regular(path, MOST_BYTES), path.as_posix())
        except BaselineError as error:
            raise NianbaoError(error.text) from None
    given = frozenset(os.path.realpath(file.path) for file in files)
    return Terms(today=today(), selected=options.selected, tables=book.tables, given=given, whole=False, baseline=baseline)


def _read_report(file: FileResult) -> ReadReport:
    """What was read, as `nianbao read` shows it."""
    from validator.reporters.machine.reading import as_data

    if file.report is None:
        return ReadReport(path=file.path, part=file.part, problem=file.findings[0].message)
    data: dict[str, Any] = as_data(file, file.report)
    contact = data.pop("contact")
    sections = tuple(ReadSection(**section) for section in data.pop("sections"))
    figures = {
        table: {row: {column: ReadFigure(**figure) for column, figure in columns.items()} for row, columns in rows.items()}
        for table, rows in data.pop("figures").items()
    }
    return ReadReport(contact=ReadContact(**{**contact, "phones": tuple(contact["phones"])}), sections=sections, figures=figures, **data)
