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
from validator.cli.settings import Settings
from validator.county import set as county_set
from validator.messages import both
from validator.model import Book, Broken, FileResult, OfficeList, PassedOver, Run, Text
from validator.pipeline import inputs
from validator.pipeline import run as pipeline_run
from validator.reporters import COPIES, COPY, render

if TYPE_CHECKING:
    from validator.pipeline.git_changes import Changed
    from validator.pipeline.result_cache import Results


def run(flags: dict[str, Any]) -> int:
    """The exit status as the contract says."""
    with recalled(flags):
        asked, book = opened(flags, settings.of_check)
        sources, baseline, changed = sources_of(asked), baseline_of(asked.baseline), _changed(asked)
        found = seen(sources, book, asked, changed)
        found = accepted(found, book, asked, sources, baseline, changed.narrowed if changed else None)
        tell_unshown(found, asked)
        tell_empty(found, asked)
        tell_statistics(found, asked)
        if asked.format in COPIES:
            from validator.cli.commands.word_copies import write_copies

            return write_copies(found, asked, changed.of(sources) if changed else sources)
        deliver(render(asked.format, found, options_of(asked)), asked, sources)
        return found.exit_status


def seen(sources: tuple[inputs.Input, ...], book: Book, asked: Settings, changed: Changed | None = None) -> Run:
    """Every input read and checked, and the set seen together, whatever of it is accepted."""
    whole = _whole(sources, asked)
    together = len(sources) > 1 or asked.against is not None or whole
    told = order(asked, book, settings.selection(book, asked, partial(others, book, asked)), together=together)
    done = examined(sources, book, told, asked)
    found = gathered(changed.noted(done) if changed else done, book, asked, told)
    return _against(found, book, asked, told) if asked.against else _viewed(found, book, asked, told, sources, whole)


def _changed(asked: Settings) -> Changed | None:
    """The reports that --changed-since asks for; None: all."""
    if asked.changed_since is None:
        return None
    from validator.pipeline.git_changes import Changed, changes, folder_of

    return Changed(changes(asked.changed_since, folder_of(asked.paths, asked.config.folder if asked.config else None)))


def examined(sources: tuple[inputs.Input, ...], book: Book, told: pipeline_run.Order, asked: Settings) -> Iterable[pipeline_run.Done]:
    """Every input read and checked; of several, how far it is shows on a terminal."""
    done = pipeline_run.examined(sources, book, told, pipeline_run.Means(jobs=asked.jobs, scheduler=asked.scheduler))
    if len(sources) < 2:
        return done
    from validator.pipeline.progress import watched

    return watched(done, len(sources), language=asked.language, quiet=asked.quiet)


def order(
    asked: Settings, book: Book, selected: frozenset[str], *, select: tuple[str, ...] | None = None, together: bool = False
) -> pipeline_run.Order:
    """What the workers are told. `select`: names that stand in for --select. `together`: the reports are seen as a set afterwards."""
    told = pipeline_run.Order(
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
    return pipeline_run.order_of(book, asked.packs, told)


def gathered(done: Iterable[pipeline_run.Done], book: Book, asked: Settings, told: pipeline_run.Order) -> Run:
    """All results as one run; files of a folder that are no report are passed over."""
    files: list[FileResult] = []
    passed: list[PassedOver] = []
    broken: list[Broken] = []
    holds = dict.fromkeys([path for path in asked.paths if os.path.isdir(path)], False)
    for item in done:
        source = item.source
        for piece in item.files:
            broken += piece.broken
            for result in piece.results:
                if piece.walked and source.folder is None:
                    holds.setdefault(source.path, False)  # a zip of files is a folder too
                if piece.walked and (reason := _no_report(result)):
                    passed.append(PassedOver(path=result.path, reason=reason))
                else:
                    files.append(result)
                    holds[source.folder or source.path] = True
        if not item.files and source.folder is None:
            holds.setdefault(source.path, False)
    books = (book, *(pipeline_run.other_book(told, name) for name in _kinds(files, book)))
    return Run(
        files=tuple(files),
        rules={rule.id: rule for found in reversed(books) for rule in found.rules},
        fingerprint=book.fingerprint,
        fail_on=asked.fail_on,
        passed_over=tuple(passed),
        broken=tuple(broken),
        county=settings.county(asked).name,
        empty=tuple(path for path, held in holds.items() if not held),
        unchecked={found.kind.name: found.kind.unchecked for found in books if found.kind is not None and found.kind.unchecked},
    )


def _kinds(files: Iterable[FileResult], book: Book) -> list[str]:
    """The other kinds of report among the files."""
    own = book.kind.name if book.kind else None
    return sorted({file.kind for file in files if file.kind is not None and file.kind != own})


def _whole(sources: Sequence[inputs.Input], asked: Settings) -> bool:
    """Whether these are all the reports of a county that has a roster: only then something can be missing."""
    if asked.config is None or not asked.config.county.roster:
        return False
    if not asked.config.reports:
        return any(source.folder is not None for source in sources)
    return all_reports(sources, asked)


def _viewed(run: Run, book: Book, asked: Settings, told: pipeline_run.Order, sources: Sequence[inputs.Input], whole: bool) -> Run:
    """The reports of the book's kind seen together; those of other kinds stand as they are, in their places."""
    apart = set(_kinds(run.files, book))
    own = replace(run, files=tuple(file for file in run.files if file.kind not in apart)) if apart else run
    lists, unread = _lists(asked, book, told)
    own = replace(own, broken=(*own.broken, *unread)) if unread else own
    memory = _memory(told)
    seen = county_set.viewed(
        own,
        book,
        replace(settings.county(asked), lists=lists),
        selected=told.selected,
        today=settings.today(),
        named=frozenset(source.path for source in sources if source.source in asked.paths),
        whole=whole,
        memory=memory,
    )
    if memory is not None:
        memory.close()
    if not apart:
        return seen
    kept = {(file.path, file.part): file for file in seen.files}
    files = (file if file.kind in apart else kept.get((file.path, file.part)) for file in run.files)
    return replace(seen, files=tuple(file for file in files if file is not None))


def _lists(asked: Settings, book: Book, told: pipeline_run.Order) -> tuple[tuple[OfficeList, ...], tuple[Broken, ...]]:
    """The other offices' lists, where a set is looked at, and those that could not be read."""
    if not (told.set and asked.config and asked.config.lists):
        return (), ()
    from validator.cli.commands.office_lists import lists_of

    return lists_of(asked.config, book.tables.lists)


def _memory(told: pipeline_run.Order) -> Results | None:
    """The cache, where a set is looked at."""
    if not (told.cache and told.set):
        return None
    from validator.pipeline.result_cache import Results

    return Results.of(told)


def _against(run: Run, book: Book, asked: Settings, told: pipeline_run.Order) -> Run:
    """The one report held against last year's."""
    from validator.county.set.against import held_against

    before = pipeline_run.examine_input(
        inputs.inputs((str(asked.against),))[0], book, replace(told, unit=None, year=None, selected=frozenset())
    )
    others_read = [result for piece in before.files for result in piece.results]
    found, odd = held_against(run, others_read, book, settings.county(asked), told.selected)
    for text in odd:
        tell(text, asked)
    return replace(found, broken=(*found.broken, *(broken for piece in before.files for broken in piece.broken)))


def _no_report(file: FileResult) -> Text | None:
    """Why a file is no report of this kind; None where it is one or could not be read."""
    if COPY in file.path and _is_copy(file):
        return both("cli.own-copy")
    return next((finding.message for finding in file.findings if finding.role == "not-a-report"), None)


def _is_copy(file: FileResult) -> bool:
    """Whether a file of that name has comments: once they are deleted it is a report again."""
    return file.report is not None and any(item.code == "comments" for item in file.report.document.observations)
