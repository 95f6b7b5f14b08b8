"""The baseline: the findings that a county began with. An entry is known by rule, unit, year, part, cell and words, by no line number."""

from __future__ import annotations

import json
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from validator.county.acceptance.evaluation_scope import Baseline, BaselineEntry, Terms, could_find
from validator.engine.fingerprint import NAME, fingerprint
from validator.engine.locations import hidden
from validator.messages import both
from validator.model import FileResult, Finding, Run, StaleEntries, Text, Waived

_VERSION = 1
#: Bytes of a baseline; an entry has some three hundred.
MOST_BYTES = 128 * 2**20
#: Times that one entry may stand for: a report with more of the same finding is no report, and such an entry would hide everything.
MOST_TIMES = 10_000
_WORDS = 60  # of the words meant, which stand in an entry for people alone


class BaselineError(Exception):
    """A baseline that cannot be used; `text` says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text["en"])
        self.text = text


def read(data: bytes, path: str) -> Baseline:
    """The baseline of a file. Raises BaselineError."""
    try:
        raw = json.loads(data.decode("utf-8-sig"))
        readable = raw["version"] == _VERSION and raw["fingerprint"] == NAME
        entries = tuple(_entry(item) for item in raw["findings"]) if readable else ()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BaselineError(both("county.no-baseline-file", path=path)) from None
    if not readable:
        raise BaselineError(both("county.baseline-of-another-version", path=path))
    return Baseline(path=path, folder=os.path.dirname(os.path.abspath(path)), entries=entries)


def _entry(item: Mapping[str, Any]) -> BaselineEntry:
    entry = BaselineEntry(**{**item, "paths": tuple(item.get("paths", ()))})
    texts = (entry.id, entry.rule, entry.unit or "", entry.cell or "", entry.text or "", *entry.paths)
    numbers = (entry.year or 0, entry.section or 0, entry.count)
    if (
        not all(isinstance(text, str) for text in texts)
        or not all(type(number) is int for number in numbers)
        or not 1 <= entry.count <= MOST_TIMES
    ):
        raise ValueError
    return entry


def written(entries: Iterable[BaselineEntry]) -> str:
    """The file: an entry a line, by unit, year and rule, so that git shows what was added and what has gone. Nothing private is in it."""
    lines = []
    for entry in sorted(entries, key=_order):
        fields = {name: value for name in entry.__dataclass_fields__ if (value := getattr(entry, name)) not in (None, ())}
        if entry.count == 1:
            del fields["count"]
        lines.append("    " + json.dumps(fields, ensure_ascii=False))
    inner = ",\n".join(lines)
    findings = f"[\n{inner}\n  ]" if lines else "[]"
    return hidden(f'{{\n  "version": {_VERSION},\n  "fingerprint": "{NAME}",\n  "findings": {findings}\n}}\n')


def _order(entry: BaselineEntry) -> tuple[Any, ...]:
    return entry.unit or "", entry.year or 0, entry.rule, entry.section or 0, entry.cell or "", entry.text or "", entry.paths, entry.id


def entries_of(run: Run, folder: str) -> tuple[BaselineEntry, ...]:
    """An entry for every finding of the run that can be accepted; the same several times is one with its count."""
    entries: dict[str, BaselineEntry] = {}
    for finding, file in _findings(run):
        new = _of(finding, file, folder)
        old = entries.get(new.id)
        entries[new.id] = replace(old, count=old.count + 1, paths=tuple(sorted({*old.paths, *new.paths}))) if old else new
    return tuple(entries.values())


def _findings(run: Run) -> Iterator[tuple[Finding, FileResult | None]]:
    for file in run.files:
        yield from ((finding, file) for finding in file.findings if _acceptable(finding, run))
    yield from ((finding, None) for finding in run.collection if _acceptable(finding, run))


def _acceptable(finding: Finding, run: Run) -> bool:
    """Whether a finding may be in a baseline: what was not read never is, nor what is wrong with waivers and the baseline itself."""
    return not finding.unread and not run.about_acceptance(finding)


def _of(finding: Finding, file: FileResult | None, folder: str) -> BaselineEntry:
    place = finding.location
    cell = ".".join(part for part in (place.table, place.row, place.column) if part)
    words = place.excerpt if place.excerpt is not None else finding.actual
    return BaselineEntry(
        id=_key(finding, file, folder),
        rule=finding.rule,
        unit=finding.unit or (file.unit if file else None),
        year=finding.year or (file.year if file else None),
        section=place.section,
        cell=cell or None,
        text=" ".join(words.split())[:_WORDS] if words else None,
        paths=tuple(sorted(_from(folder, path) for path in ((file.path,) if file else finding.paths))),
    )


def _key(finding: Finding, file: FileResult | None, folder: str) -> str:
    """Its fingerprint, with paths from the baseline's folder, so that it is the same wherever the command is run."""
    if file is not None:
        return fingerprint(finding, file.unit, file.year, _from(folder, file.path))
    return fingerprint(replace(finding, paths=tuple(_from(folder, path) for path in finding.paths)))


def _from(folder: str, path: str) -> str:
    """A path from a folder, with forward slashes."""
    try:
        relative = os.path.relpath(path, folder)
    except ValueError:  # another drive of Windows
        relative = os.path.abspath(path)
    return unicodedata.normalize("NFC", relative.replace(os.sep, "/"))


def set_aside(run: Run, baseline: Baseline) -> tuple[Run, Counter[str]]:
    """The run without the findings that the baseline holds, which it lists apart; and how many of each entry were not found."""
    unused = Counter({entry.id: entry.count for entry in baseline.entries})

    def divided(findings: Iterable[Finding], file: FileResult | None) -> tuple[tuple[Finding, ...], tuple[Waived, ...]]:
        remaining: list[Finding] = []
        accepted: list[Waived] = []
        for finding in findings:
            key = _key(finding, file, baseline.folder) if _acceptable(finding, run) else ""
            if unused[key] > 0:
                unused[key] -= 1
                accepted.append(Waived(finding=finding, reason="", baseline=True))
            else:
                remaining.append(finding)
        return tuple(remaining), tuple(accepted)

    files = []
    for file in run.files:
        remaining, accepted = divided(file.findings, file)
        files.append(replace(file, findings=remaining, waived=(*file.waived, *accepted)) if accepted else file)
    remaining, accepted = divided(run.collection, None)
    return replace(run, files=tuple(files), collection=remaining, waived=(*run.waived, *accepted)), +unused


def gone_entries(baseline: Baseline, unused: Mapping[str, int], run: Run, terms: Terms) -> tuple[BaselineEntry, ...]:
    """The entries, with their counts, that no longer occur in what was checked."""
    checked = CheckedReports(baseline, run, terms)
    return tuple(replace(entry, count=unused[entry.id]) for entry in baseline.entries if unused.get(entry.id) and checked.at(entry))


class CheckedReports:
    """What of a baseline's reports was checked."""

    def __init__(self, baseline: Baseline, run: Run, terms: Terms) -> None:
        self._folder, self._run, self._terms = baseline.folder, run, terms
        self._by_name: dict[tuple[str | None, int | None], list[FileResult]] = {}
        self._by_path: dict[str, list[FileResult]] = {}
        for file in run.files:
            self._by_name.setdefault((file.unit, file.year), []).append(file)
            self._by_path.setdefault(_from(baseline.folder, file.path), []).append(file)
        self._known: dict[tuple[object, ...], bool] = {}  # what was answered before: entries by the thousand ask the same of one report
        self._there: dict[str, bool] = {}
        self._unread = [file for file in run.files if file.status == "unreadable"]

    def at(self, entry: BaselineEntry) -> bool:
        """Whether the entry's finding would have shown, were it still there. A report that was renamed is known by unit and year."""
        named = None not in (entry.unit, entry.year)
        files = {id(file): file for file in (self._by_name.get((entry.unit, entry.year), ()) if named else ())}
        files |= {id(file): file for path in entry.paths for file in self._by_path.get(path, ())}
        covered = self._terms.whole or all(map(self._covered, entry.paths))
        question = (entry.rule, *files, covered)
        if question not in self._known:
            answer = could_find(entry.rule, list(files.values()) or self._unread, self._run, self._terms, covered=covered)
            self._known[question] = answer
        return self._known[question]

    def _covered(self, path: str) -> bool:
        """Whether a report was checked, or is there no more: by itself or in a zip."""
        if path not in self._there:
            self._there[path] = path in self._by_path or self._gone(path)
        return self._there[path]

    def _gone(self, path: str) -> bool:
        whole = os.path.join(self._folder, path)
        while not os.path.lexists(whole) and os.path.dirname(whole) != whole:
            whole = os.path.dirname(whole)
        return os.path.isdir(whole) or os.path.realpath(whole) in self._terms.given


def stale_entries(entries: Iterable[BaselineEntry]) -> tuple[StaleEntries, ...]:
    """Entries that no longer occur, by report."""
    counts: dict[tuple[str, int, str], Counter[str]] = {}
    for entry in sorted(entries, key=_order):
        named = entry.unit is not None and entry.year is not None
        report = entry.unit or "", entry.year or 0, "" if named else "、".join(entry.paths)
        counts.setdefault(report, Counter())[entry.rule] += entry.count
    return tuple(
        StaleEntries(unit=unit or None, year=year or None, path=path or None, rules=dict(rules))
        for (unit, year, path), rules in counts.items()
    )
