"""The examples inside rules, run as tests: which came out as they say, and for the others what was expected and what was found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from validator.base.records import record
from validator.county.set.digest import digest_of
from validator.engine.messages import trouble
from validator.engine.unreadable import unreadable
from validator.messages import both, say
from validator.model import Answer, Book, Cell, Config, County, FileResult, Finding, Rule, Run, Text
from validator.pipeline.check_file import NO_COUNTY, examine
from validator.rulebook import base_files, built_in, of_pack, shelf_of
from validator.rulebook.example_schema import Example, ExampleCounty, Piece, examples_of
from validator.rulebook.pack_files import pack_bytes

Kind = Literal["pass", "fail"]
_KINDS: tuple[Kind, ...] = ("pass", "fail")
Language = Literal["zh", "en"]


@record
class ExampleResult:
    """How one example came out."""

    rule: Rule
    kind: Kind
    number: int  # 1-based among its kind
    example: Example
    findings: tuple[Finding, ...] = ()
    answer: Answer | None = None
    missing: bool = False  # what the example expects was not found
    strangers: tuple[Finding, ...] = ()  # what was found and is not expected
    troubles: tuple[Text, ...] = ()  # whatever else is wrong

    @property
    def ok(self) -> bool:
        """Whether it came out as it says."""
        return not (self.missing or self.strangers or self.troubles)


class BrokenExample(Exception):
    """An example whose edits do not fit its base; `text` says which (zh, en)."""

    def __init__(self, text: Text) -> None:
        super().__init__(text["en"])
        self.text = text


def run_examples(
    book: Book, packs: Sequence[Path] = (), *, kind: str | None = None, wanted: Callable[[Rule], bool] | None = None
) -> Iterator[ExampleResult]:
    """Every example of every rule (or of those `wanted`), in the book's order. The book must be loaded with its examples.

    `packs` and `kind` are those that the book was loaded with.
    """
    desk = _Desk(book, base_files(shelf_of(packs, kind)))
    for rule in book.rules:
        if wanted is None or wanted(rule):
            for side in _KINDS:
                for number, example in enumerate(examples_of(rule, side), 1):
                    yield desk.run(rule, side, number, example)


def _text(path: Path) -> str:
    return pack_bytes(path).decode("utf-8").replace("\r\n", "\n")


class _Desk:
    """Runs examples on one book; a base is read once."""

    def __init__(self, book: Book, bases: Mapping[str, Path]) -> None:
        self.book = book
        self.bases = {name: _text(path) for name, path in bases.items()}
        home = built_in()
        self.built_in = {name for name, path in bases.items() if path.is_relative_to(home)}
        self.own = {rule.id for rule in book.rules if of_pack(rule)}
        self.figures, self.examined = cache(self._figures), cache(self._examined)

    def run(self, rule: Rule, kind: Kind, number: int, example: Example) -> ExampleResult:
        """One example."""
        made = ExampleResult(rule=rule, kind=kind, number=number, example=example)
        try:
            files = self._files(rule, example)
        except BrokenExample as broken:
            return replace(made, troubles=(broken.text,))
        except Exception as error:  # one report that cannot be examined must not hide the other examples
            return replace(made, troubles=(trouble(error),))
        findings = tuple(finding for file in files for finding in file.findings)
        own = tuple(finding for finding in findings if finding.rule == rule.id)
        allowed = {*example.also, *([rule.id] if kind == "fail" else [])}
        troubles = [*_errors(files), *(_miscounted(example, own) if kind == "fail" else _unjudged(rule, example, own, files))]
        return replace(
            made,
            findings=findings,
            answer=_answer(rule, files),
            missing=kind == "fail" and not any(_fits(finding, example) for finding in own),
            strangers=tuple(
                one for one in findings if one.rule not in allowed and (one.rule == rule.id or not self._more(one.rule, example))
            ),
            troubles=tuple(troubles),
        )

    def _more(self, rule: str, example: Example) -> bool:
        """Whether a pack demands more than the built-in book of a report that is sound by that book: no concern of the example."""
        return example.base in self.built_in and rule in self.own

    def _files(self, rule: Rule, example: Example) -> tuple[FileResult, ...]:
        """The results of the example's report: of all rules on a base, of this rule and what it requires on a text."""
        if example.noticed:
            detail = {key: value for key, value in example.noticed.items() if key != "code"}
            return (unreadable(self.book, example.name or "example", str(example.noticed["code"]), detail=detail),)
        if rule.scope == "config":
            return self._accepted_of(rule, example)
        if example.reports or example.before or rule.scope != "report":
            return self._set_of(rule, example)
        snippet = example.base is None and rule.category != "input"
        all_on = None if not rule.off else frozenset(other.id for other in self.book.rules if other is rule or not other.off)
        return self._read(example, all_on if example.base else frozenset({rule.id}), snippet, _county(example))

    def _set_of(self, rule: Rule, example: Example) -> tuple[FileResult, ...]:
        """The results of reports that are seen together, by this rule alone; what it says of the set as a result of its own."""
        from validator.county import set as county_set

        county, selected = _county(example), frozenset({rule.id})
        before = example.before and _like(example.before, example)
        pieces = example.reports or tuple(piece for piece in (example, before) if piece is not None)
        read = [self._read(piece, frozenset(), rule.scope == "series", county, place) for place, piece in enumerate(pieces)]
        files = tuple(replace(file, digest=digest_of(file, self.book, county)) for held in read for file in held)
        run = Run(files=files, rules={rule.id: rule for rule in self.book.rules}, fingerprint=self.book.fingerprint)
        today = date.fromisoformat(example.county.today if example.county else ExampleCounty().today)
        seen = county_set.viewed(run, self.book, county, selected=selected, today=today, named=[file.path for file in files])
        own = (FileResult(path="", findings=seen.collection, outcomes=seen.outcomes),) if rule.scope == "county" else ()
        return (*own, *(seen.files[: len(read[0])] if rule.scope == "series" else ()))

    def _accepted_of(self, rule: Rule, example: Example) -> tuple[FileResult, ...]:
        """What a rule over waivers and baseline says of a county: the reports are judged by the rules that these name."""
        from validator.county import acceptance
        from validator.county.finding_steps import Asked, gone_through

        said, county = example.county or ExampleCounty(), _county(example)
        config = Config(path="nianbao.yaml", folder=os.getcwd(), county=county, waivers=said.waivers)
        entries = [acceptance.Entry(**_fields(entry)) for entry in said.baseline or ()]
        asked = frozenset({waiver.rule for waiver in said.waivers} | {entry.rule for entry in entries})
        read = [self._read(piece, asked, False, county, place) for place, piece in enumerate(example.reports or (example,))]
        files = tuple(file for held in read for file in held)
        run = Run(files=files, rules={known.id: known for known in self.book.rules}, fingerprint=self.book.fingerprint)
        held = acceptance.Baseline(path="nianbao-baseline.json", folder=os.getcwd(), entries=tuple(entries))
        terms = acceptance.Terms(
            today=date.fromisoformat(said.today),
            rules=self.book.rules,
            selected=asked,
            reporting=frozenset({rule.id}),
            tables=self.book.tables,
            baseline=None if said.baseline is None else held,
        )
        found = gone_through(run, Asked(config=config, terms=terms))
        return (FileResult(path="", findings=found.collection, outcomes=found.outcomes),)

    def _read(self, piece: Piece, selected: frozenset[str] | None, snippet: bool, county: County, place: int = 0) -> tuple[FileResult, ...]:
        name = piece.name or (f"{place + 1}/" if place else "") + f"{piece.base or 'example'}.txt"
        asked = (self._text(piece), name, piece.unit, piece.year, piece.form or "auto", selected, snippet)
        return self.examined(*asked) if county is NO_COUNTY else self._examined(*asked, county)

    def _examined(
        self,
        text: str,
        name: str,
        unit: str | None,
        year: int | None,
        form: str,
        selected: frozenset[str] | None,
        snippet: bool,
        county: County = NO_COUNTY,
    ) -> tuple[FileResult, ...]:
        data = text.encode("utf-8")
        return examine(data, name, self.book, unit=unit, year=year, form=form, selected=selected, snippet=snippet, county=county)

    def _text(self, example: Piece) -> str:
        """The example's report, edited."""
        text = example.text if example.text is not None else self.bases[example.base or ""]
        for old, new in example.replace.items():
            if old not in text:
                raise BrokenExample(both("examples.nothing-to-replace", old=old))
            text = text.replace(old, new)
        for words in example.drop:
            kept = [line for line in text.split("\n") if words not in line]
            if len(kept) == text.count("\n") + 1:
                raise BrokenExample(both("examples.nothing-to-drop", line=words))
            text = "\n".join(kept)
        return self._set(text, example) + example.append

    def _set(self, text: str, example: Piece) -> str:
        """The text with figures printed otherwise; where they stand is asked of the reader."""
        lines = text.split("\n")
        edits = []
        for address, value in example.set.items():
            table, _, rest = address.partition(".")
            row, _, column = rest.rpartition(".")
            place = self.figures(text).get(Cell(table=table, row=row, column=column))
            if place is None:
                raise BrokenExample(both("examples.no-such-figure", address=address))
            edits.append((*place, str(value)))
        for line, start, length, value in sorted(edits, reverse=True):
            lines[line - 1] = lines[line - 1][:start] + value + lines[line - 1][start + length :]
        return "\n".join(lines)

    def _figures(self, text: str) -> Mapping[Cell, tuple[int, int, int]]:
        """Where each figure of a text stands: line (1-based), start (0-based), length."""
        files = self._examined(text, "example.txt", None, None, "auto", frozenset(), True)
        return {
            cell: (figure.block.line, figure.block.offset - 1 + figure.start, len(figure.text))
            for file in files
            if file.figures
            for cell, figure in file.figures.by_cell.items()
        }


def _county(example: Example) -> County:
    """The example's county."""
    return NO_COUNTY if example.county is None else example.county


def _fields(entry: Mapping[str, str | int]) -> dict[str, Any]:
    """An entry of a baseline as its file has it; in an example it is known without its fingerprint."""
    return {"id": "", **entry}


def _like(before: Piece, example: Example) -> Piece:
    """Last year's report, from this year's base where it names no source of its own."""
    return before if before.base or before.text is not None else replace(before, base=example.base, text=example.text)


def _errors(files: tuple[FileResult, ...]) -> Iterator[Text]:
    """Rules that broke."""
    for file in files:
        for outcome in file.outcomes:
            if outcome.answer is Answer.ERROR and outcome.reason:
                yield both("examples.error", rule=outcome.rule, reason=outcome.reason)


def _answer(rule: Rule, files: tuple[FileResult, ...]) -> Answer | None:
    """The rule's worst answer."""
    answers = [outcome.answer for file in files for outcome in file.outcomes if outcome.rule == rule.id]
    return min(answers, key=lambda answer: answer.rank, default=None)


def _unjudged(rule: Rule, example: Example, own: tuple[Finding, ...], files: tuple[FileResult, ...]) -> Iterator[Text]:
    """That a sound example shows nothing, since the rule never judged it (or did, where it must be skipped)."""
    answer, right = _answer(rule, files), Answer.SKIP if example.skip else Answer.PASS
    if answer is not right and not own:
        why = next((o.reason for file in files for o in file.outcomes if o.rule == rule.id and o.reason), None)
        bracket = both("marks.bracket", text=why) if why else ""
        yield both("examples.not-judged", wanted=right.value, got=answer and answer.value, why=bracket)


def _miscounted(example: Example, own: tuple[Finding, ...]) -> Iterator[Text]:
    """The wrong number of findings."""
    if example.count is not None and len(own) != example.count:
        yield both("examples.wrong-count", wanted=example.count, got=len(own))


def _fits(finding: Finding, example: Example) -> bool:
    """Whether the finding is the one that the example speaks of."""
    place, at = finding.location, example.at
    if at is not None:
        for name in ("table", "row", "column", "section", "line"):
            if getattr(at, name) is not None and getattr(at, name) != getattr(place, name):
                return False
        if at.text is not None and at.text not in (place.excerpt or ""):
            return False
    for name in ("severity", "review", "expected", "actual"):
        if getattr(example, name) is not None and getattr(example, name) != getattr(finding, name):
            return False
    return example.says in finding.message["zh"]


# ---------------------------------------------------------------------------------------------- showing


def wanted(rule: Rule, example: Example, lang: Language) -> str:
    """What the example expects, in one line."""
    parts: list[str] = [rule.id]
    if example.severity:
        parts.append(example.severity.value)
    if example.review is not None:
        parts.append(f"review={str(example.review).lower()}")
    for name in ("table", "row", "column", "section", "line"):
        value = getattr(example.at, name, None)
        if value is not None:
            parts.append(f"{name}={value}")
    if example.at and example.at.text:
        parts.append(f"“{example.at.text}”")
    parts += [f"{name}={value}" for name in ("expected", "actual") if (value := getattr(example, name)) is not None]
    if example.says:
        parts.append(say("examples.says", lang, words=example.says))
    return " ".join(parts)


def shown(finding: Finding, lang: Language) -> str:
    """What was found, in one line."""
    place = finding.location
    parts = [finding.rule, finding.severity.value, *(["review=true"] if finding.review else [])]
    parts += [f"{name}={value}" for name in ("table", "row", "column", "section", "line") if (value := getattr(place, name)) is not None]
    if place.excerpt:
        parts.append(f"“{place.excerpt[:20]}”")
    parts += [f"{name}={value}" for name in ("expected", "actual") if (value := getattr(finding, name)) is not None]
    return f"{' '.join(parts)}: {finding.message[lang]}"


def difference(result: ExampleResult, lang: Language = "zh") -> str:
    """A failed example: where it stands, then expected (-) against found (+)."""
    kind, nothing = say(f"examples.kind.{result.kind}", lang), say("examples.nothing-found", lang)
    head = f"{result.rule.path}:{result.example.line}: {result.rule.id}, {kind} {result.number}"
    lines = [head]
    if result.missing:
        lines.append(f"  - {wanted(result.rule, result.example, lang)}")
    if result.missing and not result.findings:
        lines.append(f"  + {nothing}")
    if result.strangers and result.kind == "pass":
        lines.append(f"  - {nothing}")
    for finding in result.findings:
        mark = "+" if finding in result.strangers or (result.missing and finding.rule == result.rule.id) else " "
        lines.append(f"  {mark} {shown(finding, lang)}")
    return "\n".join([*lines, *(f"  ! {text[lang]}" for text in result.troubles)])


def summary(results: Sequence[ExampleResult], lang: Language = "zh") -> str:
    """The failed examples, then the count: what `nianbao rules test` prints."""
    failed = [result for result in results if not result.ok]
    rules = len({result.rule.id for result in results})
    last = say("examples.counted", lang, rules=rules, count=len(results), right=len(results) - len(failed), wrong=len(failed))
    return "\n".join([*(difference(result, lang) + "\n" for result in failed), last])
