"""The examples inside rules, run as tests: which came out as they say, and for the others what was expected and what was found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from validator.county.set.digest import digest_of
from validator.engine.messages import trouble
from validator.engine.unreadable import unreadable
from validator.examples.expectations import ExampleResult, Kind, compare
from validator.examples.report_text import BrokenExample, FigurePlace, edited
from validator.model import Book, Config, County, FileResult, Rule, Run
from validator.pipeline.check_file import NO_COUNTY, examine
from validator.rulebook import base_files, built_in, of_pack, pack_stack
from validator.rulebook.example_schema import Example, ExampleCounty, ExampleReport, examples_of
from validator.rulebook.pack_files import pack_bytes


def run_examples(
    book: Book, packs: Sequence[Path] = (), *, kind: str | None = None, wanted: Callable[[Rule], bool] | None = None
) -> Iterator[ExampleResult]:
    """Every example of every rule (or of those `wanted`), in the book's order. The book must be loaded with its examples.

    `packs` and `kind` are those that the book was loaded with.
    """
    runner = _ExampleRunner(book, base_files(pack_stack(packs, kind)))
    for rule in book.rules:
        if wanted is None or wanted(rule):
            for side in get_args(Kind):
                for number, example in enumerate(examples_of(rule, side), 1):
                    yield runner.run(rule, side, number, example)


class _ExampleRunner:
    """Runs examples on one book; each base is read once, and results of reports without a county are kept."""

    def __init__(self, book: Book, bases: Mapping[str, Path]) -> None:
        self.book = book
        self.bases = {name: pack_bytes(path).decode("utf-8").replace("\r\n", "\n") for name, path in bases.items()}
        rules_folder = built_in()
        self.built_in_bases = {name for name, path in bases.items() if path.is_relative_to(rules_folder)}
        self.pack_rules = frozenset(rule.id for rule in book.rules if of_pack(rule))
        self.figure_places, self.cached_results = cache(self._figure_places), cache(self._examine)

    def run(self, rule: Rule, kind: Kind, number: int, example: Example) -> ExampleResult:
        """How one example came out; a report that cannot be made or examined is a trouble of its example, and hides no other."""
        result = ExampleResult(rule=rule, kind=kind, number=number, example=example)
        try:
            files = self._files(rule, example)
        except BrokenExample as broken:
            return replace(result, troubles=(broken.text,))
        except Exception as error:
            return replace(result, troubles=(trouble(error),))
        # a pack may demand more of a report that is sound by the built-in book: no concern of an example on a built-in base
        return compare(result, files, tolerated=self.pack_rules if example.base in self.built_in_bases else frozenset())

    def _files(self, rule: Rule, example: Example) -> tuple[FileResult, ...]:
        """The results of the example's report: of all rules on a base, of this rule and what it requires on a text."""
        if example.noticed:
            detail = {key: value for key, value in example.noticed.items() if key != "code"}
            return (unreadable(self.book, example.name or "example", str(example.noticed["code"]), detail=detail),)
        if rule.scope == "config":
            return self._acceptance_files(rule, example)
        if example.reports or example.before or rule.scope != "report":
            return self._set_files(rule, example)
        snippet = example.base is None and rule.category != "input"
        all_on = None if not rule.off else frozenset(other.id for other in self.book.rules if other is rule or not other.off)
        return self._read(example, all_on if example.base else frozenset({rule.id}), snippet, example.county or NO_COUNTY)

    def _set_files(self, rule: Rule, example: Example) -> tuple[FileResult, ...]:
        """The results of reports that are seen together, by this rule alone; what it says of the set as a result of its own."""
        from validator.county import set as county_set

        county, selected = example.county or NO_COUNTY, frozenset({rule.id})
        own = selected if rule.scope == "report" else frozenset()  # what the reports themselves show is no matter of a set's rule
        before = example.before and _with_source(example.before, example)
        reports = example.reports or tuple(report for report in (example, before) if report is not None)
        read = [self._read(report, own, rule.scope == "series", county, place) for place, report in enumerate(reports)]
        files = tuple(replace(file, digest=digest_of(file, self.book, county)) for results in read for file in results)
        today = date.fromisoformat(example.county.today if example.county else ExampleCounty().today)
        names = [file.path for file in files]
        run = county_set.with_set_findings(self._run(files), self.book, county, selected=selected, today=today, named=names)
        whole_set = (FileResult(path="", findings=run.collection, outcomes=run.outcomes),) if rule.scope == "county" else ()
        return (*whole_set, *(run.files[: len(read[0])] if rule.scope != "county" else ()))

    def _acceptance_files(self, rule: Rule, example: Example) -> tuple[FileResult, ...]:
        """What a rule over waivers and baseline says of a county: the reports are judged by the rules that these name."""
        from validator.county import acceptance
        from validator.county.finding_steps import StepOptions, apply_steps

        accepted, county = example.county or ExampleCounty(), example.county or NO_COUNTY
        config = Config(path="nianbao.yaml", folder=os.getcwd(), county=county, waivers=accepted.waivers)
        entries = [acceptance.BaselineEntry(**_baseline_fields(entry)) for entry in accepted.baseline or ()]
        selected = frozenset({waiver.rule for waiver in accepted.waivers} | {entry.rule for entry in entries})
        reports = enumerate(example.reports or (example,))
        files = tuple(file for place, report in reports for file in self._read(report, selected, False, county, place))
        baseline = acceptance.Baseline(path="nianbao-baseline.json", folder=os.getcwd(), entries=tuple(entries))
        terms = acceptance.Terms(
            today=date.fromisoformat(accepted.today),
            rules=self.book.rules,
            selected=selected,
            reporting=frozenset({rule.id}),
            tables=self.book.tables,
            baseline=None if accepted.baseline is None else baseline,
        )
        run = apply_steps(self._run(files), StepOptions(config=config, terms=terms))
        return (FileResult(path="", findings=run.collection, outcomes=run.outcomes),)

    def _run(self, files: tuple[FileResult, ...]) -> Run:
        return Run(files=files, rules={rule.id: rule for rule in self.book.rules}, fingerprint=self.book.fingerprint)

    def _read(
        self, report: ExampleReport, selected: frozenset[str] | None, snippet: bool, county: County, place: int = 0
    ) -> tuple[FileResult, ...]:
        name = report.name or (f"{place + 1}/" if place else "") + f"{report.base or 'example'}.txt"
        text = edited(report, self.bases, self.figure_places)
        options = {"unit": report.unit, "year": report.year, "form": report.form or "auto", "selected": selected, "snippet": snippet}
        return self.cached_results(text, name, **options) if county is NO_COUNTY else self._examine(text, name, county=county, **options)

    def _examine(self, text: str, name: str, **options: Any) -> tuple[FileResult, ...]:
        """The results of a text as a file of that name; the options are those of `examine`."""
        return examine(text.encode("utf-8"), name, self.book, **options)

    def _figure_places(self, text: str) -> Mapping[str, FigurePlace]:
        """Where each figure of a text stands, by table.row.column, as the reader finds them."""
        files = self._examine(text, "example.txt", selected=frozenset(), snippet=True)
        return {
            cell.address: (figure.block.line, figure.block.offset - 1 + figure.start, len(figure.text))
            for file in files
            if file.figures
            for cell, figure in file.figures.by_cell.items()
        }


def _baseline_fields(entry: Mapping[str, str | int]) -> dict[str, Any]:
    """An entry of a baseline as its file has it; in an example it is known without its fingerprint."""
    return {"id": "", **entry}


def _with_source(before: ExampleReport, example: Example) -> ExampleReport:
    """Last year's report, from this year's base where it names no source of its own."""
    return before if before.base or before.text is not None else replace(before, base=example.base, text=example.text)
