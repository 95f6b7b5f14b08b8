"""Reports of two units that are largely the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from validator.base.records import record
from validator.checks.county.copied_from_last_year import CopyLimits, facts
from validator.engine.locations import section_title
from validator.messages import both, enumerated
from validator.model import Hit, Member, Memory, ReportSet, Sketch, Skip, Spot
from validator.model.fact_tables import CopyingFacts
from validator.roster.units import judge_unit
from validator.similarity.own_text import county_names, unit_names
from validator.similarity.similar_reports import CopyLimit, LikelyPairs, OpenedReport, SimilarPair, likely_pairs, similar_pairs

#: By which the likely pairs are remembered.
_NAME = "copied reports"


@record
class CopiedReports(CopyLimits):
    """The reports of one year held against each other, what a large part of them has set aside. One hit for a pair."""

    SCOPES = ("county",)
    FACTS = ("unit", "other", "year", "percent", "paragraphs", "passages", "parts", "alike")

    def run(self, report_set: ReportSet) -> Iterable[Hit | Skip]:
        """Year by year, in the order of the reports."""
        years: dict[int, list[Member]] = {}
        for member in report_set.members:
            if member.year is not None and member.role in ("taken", "other") and member.file.digest and member.file.digest.sketch:
                years.setdefault(member.year, []).append(member)
        compared = [members for members in years.values() if len(members) > 1]
        if not compared:
            yield Skip(reason=both("checks.no-two-units"))
        for members in compared:
            yield from self._year(members, report_set)

    def _year(self, members: list[Member], report_set: ReportSet) -> Iterable[Hit]:
        measure, words = self.measure, report_set.tables.required(self.words, CopyingFacts)
        county = county_names(words, report_set.county)

        def open_report(place: int) -> OpenedReport:
            reading = members[place].file.reading
            assert reading is not None
            report = reading.report
            unit = judge_unit(report.unit, report_set.tables.units)
            return OpenedReport(report=report, figures=reading.figures, names=(*unit_names(words, unit, members[place].name), *county))

        sketches = [member.file.digest.sketch for member in members if member.file.digest and member.file.digest.sketch]
        for pair in similar_pairs(_likely(sketches, measure, report_set.memory), open_report, words, measure):
            first, second = members[pair.first], members[pair.second]
            if first.unit is None or first.unit is not second.unit:
                yield _hit(pair, first, second)


def _likely(sketches: list[Sketch], measure: CopyLimit, memory: Memory | None) -> LikelyPairs:
    """The likely pairs; of a set that was seen before they are remembered."""
    if memory is None:
        return likely_pairs(sketches, measure)
    key = _key(sketches, measure)
    if (data := memory.recall(_NAME, key)) is not None:
        cached = json.loads(data)
        return LikelyPairs(pairs=tuple((first, second) for first, second in cached["pairs"]), common=frozenset(cached["common"]))
    pairs = likely_pairs(sketches, measure)
    memory.keep(_NAME, key, json.dumps({"pairs": pairs.pairs, "common": sorted(pairs.common)}).encode())
    return pairs


def _key(sketches: list[Sketch], measure: CopyLimit) -> bytes:
    """All that the likely pairs depend on."""
    digest = sha256(repr(measure).encode())
    for sketch in sketches:
        digest.update(b"\0report" + sketch.sentences)
        for part in sketch.parts:
            digest.update(b"\0part%d/%d/" % (part.number, part.judged) + part.hashes + part.steps + part.own.encode())
    return digest.digest()


def _hit(pair: SimilarPair, first: Member, second: Member) -> Hit:
    worst = max(pair.copied, key=lambda copied: copied.share)
    parts = [section_title(copied.part.number) for copied in pair.copied]
    return Hit(
        spot=Spot(section=worst.part.number),
        paths=(first.file.path, second.file.path),
        unit=first.name,
        year=first.year,
        form=first.file.form_due or "",
        facts={
            **facts(worst),
            "unit": first.name or first.file.path,
            "other": second.name or second.file.path,
            "year": first.year or "",
            "parts": enumerated(parts),
            "alike": pair.alike,
        },
    )
