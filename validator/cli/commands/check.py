"""`nianbao check`: every input read and checked, the set seen together, what is accepted set aside, the result shown."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from validator.cli import settings
from validator.cli.commands.apply_acceptance import accepted, all_reports, baseline_of
from validator.cli.commands.setup import opened, others, recalled, sources_of
from validator.cli.commands.write_result import deliver, options_of, tell, tell_empty, tell_statistics, tell_unshown
from validator.cli.settings import CommandSettings
from validator.messages import both
from validator.model import Book, Broken, FileResult, OfficeList, PassedOver, Run, Text
from validator.pipeline import inputs
from validator.pipeline import run as pipeline_run
from validator.pipeline.inputs import Input
from validator.pipeline.run import InputResult, RunOptions, Workers
from validator.pipeline.view_set import other_kinds, today, view_set
from validator.reporters import COPIES, COPY, render

if TYPE_CHECKING:
    from validator.pipeline.git_changes import Changed
    from validator.pipeline.result_cache import Results


def run(flags: dict[str, Any]) -> int:
    """The exit status as the contract says."""
    with recalled(flags):
        asked, book = opened(flags, settings.of_check)
        sources, baseline, changed = sources_of(asked), baseline_of(asked.baseline), _changes(asked)
        checked = check_and_view(sources, book, asked, changed)
        checked = accepted(checked, book, asked, sources, baseline, changed.narrowed if changed else None)
        tell_unshown(checked, asked)
        tell_empty(checked, asked)
        tell_statistics(checked, asked)
        if asked.format in COPIES:
            from validator.cli.commands.word_copies import write_copies

            return write_copies(checked, asked, changed.of(sources) if changed else sources)
        deliver(render(asked.format, checked, options_of(asked)), asked, sources)
        return checked.exit_status


def check_and_view(sources: tuple[Input, ...], book: Book, asked: CommandSettings, changed: Changed | None = None) -> Run:
    """Every input read and checked, and the set seen together, whatever of it is accepted."""
    whole = _whole(sources, asked)
    together = len(sources) > 1 or asked.against is not None or whole
    options = run_options(asked, book, settings.selection(book, asked, partial(others, book, asked)), together=together)
    results = check_sources(sources, book, options, asked)
    collected = collect(changed.noted(results) if changed else results, book, asked, options)
    return _compare(collected, book, asked, options) if asked.against else _view(collected, book, asked, options, sources, whole)


def _changes(asked: CommandSettings) -> Changed | None:
    """The reports that --changed-since asks for; None: all."""
    if asked.changed_since is None:
        return None
    from validator.pipeline.git_changes import Changed, changes, folder_of

    return Changed(changes(asked.changed_since, folder_of(asked.paths, asked.config.folder if asked.config else None)))


def check_sources(sources: tuple[Input, ...], book: Book, options: RunOptions, asked: CommandSettings) -> Iterable[InputResult]:
    """Every input read and checked; of several, how far it is shows on a terminal."""
    results = pipeline_run.check_inputs(sources, book, options, Workers(jobs=asked.jobs, scheduler=asked.scheduler))
    if len(sources) < 2:
        return results
    from validator.pipeline.progress import watched

    return watched(results, len(sources), language=asked.language, quiet=asked.quiet)


def run_options(
    asked: CommandSettings, book: Book, selected: frozenset[str], *, select: tuple[str, ...] | None = None, together: bool = False
) -> RunOptions:
    """What the workers must know. `select`: names that stand in for --select. `together`: the reports are seen as a set afterwards."""
    options = RunOptions(
        pack=asked.pack,
        config=asked.config,
        cache=asked.cache,
        unit=asked.unit,
        year=asked.year,
        form=settings.form_of(book, asked),
        selected=selected,
        select=asked.select if select is None else select,
        ignore=asked.ignore,
        county=settings.county(asked),
        set=together,
        whole=asked.format == "html",
    )
    return pipeline_run.options_for(book, asked.packs, options)


def collect(results: Iterable[InputResult], book: Book, asked: CommandSettings, options: RunOptions) -> Run:
    """All results as one run; files of a folder that are no report are passed over."""
    files: list[FileResult] = []
    passed: list[PassedOver] = []
    broken: list[Broken] = []
    has_report = dict.fromkeys([path for path in asked.paths if os.path.isdir(path)], False)
    for input_result in results:
        source = input_result.source
        for outcome in input_result.files:
            broken += outcome.broken
            for result in outcome.results:
                if outcome.walked and source.folder is None:
                    has_report.setdefault(source.path, False)  # a zip of files is a folder too
                if outcome.walked and (reason := _no_report(result)):
                    passed.append(PassedOver(path=result.path, reason=reason))
                else:
                    files.append(result)
                    has_report[source.folder or source.path] = True
        if not input_result.files and source.folder is None:
            has_report.setdefault(source.path, False)
    books = (book, *(pipeline_run.other_book(options, name) for name in other_kinds(files, book)))
    return Run(
        files=tuple(files),
        rules={rule.id: rule for each in reversed(books) for rule in each.rules},
        fingerprint=book.fingerprint,
        fail_on=asked.fail_on,
        passed_over=tuple(passed),
        broken=tuple(broken),
        county=settings.county(asked).name,
        empty=tuple(path for path, has_one in has_report.items() if not has_one),
        unchecked={each.kind.name: each.kind.unchecked for each in books if each.kind is not None and each.kind.unchecked},
    )


def _whole(sources: Sequence[Input], asked: CommandSettings) -> bool:
    """Whether these are all the reports of a county that has a roster: only then something can be missing."""
    if asked.config is None or not asked.config.county.roster:
        return False
    if not asked.config.reports:
        return any(source.folder is not None for source in sources)
    return all_reports(sources, asked)


def _view(run: Run, book: Book, asked: CommandSettings, options: RunOptions, sources: Sequence[Input], whole: bool) -> Run:
    """The reports seen together."""
    lists, unread = _lists(asked, book, options)
    cache = _cache(options)
    viewed = view_set(
        replace(run, broken=(*run.broken, *unread)) if unread else run,
        book,
        replace(settings.county(asked), lists=lists),
        selected=options.selected,
        today=today(),
        named=frozenset(source.path for source in sources if source.source in asked.paths),
        whole=whole,
        memory=cache,
    )
    if cache is not None:
        cache.close()
    return viewed


def _lists(asked: CommandSettings, book: Book, options: RunOptions) -> tuple[tuple[OfficeList, ...], tuple[Broken, ...]]:
    """The other offices' lists, where a set is looked at, and those that could not be read."""
    if not (options.set and asked.config and asked.config.lists):
        return (), ()
    from validator.cli.commands.office_lists import lists_of

    return lists_of(asked.config, book.tables.lists)


def _cache(options: RunOptions) -> Results | None:
    """The cache, where a set is looked at."""
    if not (options.cache and options.set):
        return None
    from validator.pipeline.result_cache import Results

    return Results.of(options)


def _compare(run: Run, book: Book, asked: CommandSettings, options: RunOptions) -> Run:
    """The one report held against last year's."""
    from validator.county.set.against import compare_with

    last_year = pipeline_run.check_input(
        inputs.inputs((str(asked.against),))[0], book, replace(options, unit=None, year=None, selected=frozenset())
    )
    reports = [result for outcome in last_year.files for result in outcome.results]
    compared, odd = compare_with(run, reports, book, settings.county(asked), options.selected)
    for text in odd:
        tell(text, asked)
    return replace(compared, broken=(*compared.broken, *(broken for outcome in last_year.files for broken in outcome.broken)))


def _no_report(file: FileResult) -> Text | None:
    """Why a file is no report of this kind; None where it is one or could not be read."""
    if COPY in file.path and _is_copy(file):
        return both("cli.own-copy")
    return next((finding.message for finding in file.findings if finding.role == "not-a-report"), None)


def _is_copy(file: FileResult) -> bool:
    """Whether a file of that name has comments: once they are deleted it is a report again."""
    return file.report is not None and any(item.code == "comments" for item in file.report.document.observations)
