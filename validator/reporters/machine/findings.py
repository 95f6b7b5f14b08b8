"""Run → one point a finding, as programs that track problems want them: where, what, how grave, and which one it is from run to run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from validator.base.records import record
from validator.engine.fingerprint import numbered
from validator.messages import say
from validator.model import Figures, FileResult, Finding, Language, Run, Waived
from validator.reporters import finding_text
from validator.reporters.excerpts import Quotes
from validator.reporters.printable import clean

#: The file that findings about the set stand at where no report is to blame.
SETTINGS = "nianbao.yaml"


@record
class Point:
    """A finding and whose it is. `line`, `column`, `end` (from 1, `end` behind the last) where an editor shows lines."""

    finding: Finding
    path: str
    fingerprint: str  # unique in the run
    file: FileResult | None = None  # None: about the set
    waived: Waived | None = None
    line: int | None = None
    column: int | None = None
    end: int | None = None

    @property
    def address(self) -> str:
        """The path as a relative address: forward strokes, no leading ./ ."""
        return clean(self.path).replace("\\", "/").removeprefix("./")


def points(run: Run) -> Iterator[Point]:
    """Every finding: report by report in their order, those that are accepted behind the others, then those about the set."""
    times: Counter[str] = Counter()
    for file in run.files:
        findings = [*file.findings, *(waived.finding for waived in file.waived)]
        waived = [None] * len(file.findings) + list(file.waived)
        quotes = Quotes(file) if findings else None
        for finding, accepted, mark in zip(findings, waived, numbered(findings, file), strict=True):
            line, column, end = _region(finding, quotes)
            yield Point(
                finding=finding,
                path=file.path,
                fingerprint=_unique(mark, times),
                file=file,
                waived=accepted,
                line=line,
                column=column,
                end=end,
            )
    of_set = [*run.collection, *(waived.finding for waived in run.waived)]
    accepted_of_set = [None] * len(run.collection) + list(run.waived)
    for finding, accepted, mark in zip(of_set, accepted_of_set, numbered(of_set), strict=True):
        path = finding.paths[0] if finding.paths else SETTINGS
        yield Point(finding=finding, path=path, fingerprint=_unique(mark, times), waived=accepted, line=finding.location.line)


def _unique(mark: str, times: Counter[str]) -> str:
    """Two files with one report have the same findings: the second of two equal marks is told apart."""
    times[mark] += 1
    return mark if times[mark] == 1 else f"{mark}.{times[mark]}"


def _region(finding: Finding, quotes: Quotes | None) -> tuple[int | None, int | None, int | None]:
    place = finding.location
    if quotes is None or not quotes.numbered or not place.line:
        return None, None, None
    if not place.offset:
        return place.line, None, None
    return place.line, place.offset, place.offset + max(1, place.length or 0)


def message(point: Point, run: Run, language: Language) -> str:
    """The five parts in one line: place, what is there, what should be, on what basis, what to do."""
    parts = finding_text.parts(point.finding, _figures(point), run.rules, language)
    colon, semicolon = say("marks.colon", language), say("marks.semicolon", language)
    sentences = [_where(point, language) + colon + semicolon.join(parts["is"])]
    for key in filter(parts.get, ("should", "basis", "do")):
        sentences.append(say(f"reporters.part.{key}", language) + colon + semicolon.join(parts[key]))
    stop = say("marks.stop", language)
    return clean(stop.join(sentence.rstrip("。.") for sentence in sentences) + stop.strip())


def _where(point: Point, language: Language) -> str:
    return finding_text.place(point.finding, language) if point.file is not None else say("reporters.collection", language)


def _figures(point: Point) -> Figures | None:
    """The report's figures, unfolded only where failed sums are told."""
    return point.file.figures if point.file is not None and point.finding.identities else None


def accepted(waived: Waived, language: Language) -> str:
    """Why a finding is accepted."""
    if waived.baseline:
        return say("reporters.in-baseline", language)
    until = say("reporters.until", language, day=waived.until) if waived.until else ""
    return clean(waived.reason) + until


def title(point: Point, run: Run, language: Language) -> str:
    """The rule's title; its id where it has none."""
    rule = run.rules.get(point.finding.rule)
    return rule.title[language] if rule else point.finding.rule


def worst_first(all_points: Sequence[Point]) -> list[Point]:
    """The gravest first, otherwise in their order."""
    return sorted(all_points, key=lambda point: point.finding.severity.rank)
