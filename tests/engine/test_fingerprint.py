"""Fingerprints: the same after edits elsewhere and under another file name, another when the finding's own words change."""

from __future__ import annotations

from dataclasses import replace

from tests.reporters import samples
from validator.engine.fingerprint import fingerprint, numbered


def test_lines_and_names_of_files_do_not_count() -> None:
    there = [
        numbered(file.findings, file)
        for file in (samples.result(samples.finding(line=3)), samples.result(samples.finding(line=9), path="新.docx"))
    ]
    assert there[0] == there[1]


def test_rule_unit_year_part_cell_and_words_count() -> None:
    plain = samples.finding()
    place = plain.location
    other = [replace(plain, rule="a.b"), replace(plain, actual="7")]
    other += [
        replace(plain, location=replace(place, **{key: value})) for key, value in (("section", 4), ("row", "new"), ("excerpt", "李某"))
    ]
    marks = [fingerprint(one, "青石镇", 2023) for one in (plain, *other)] + [
        fingerprint(plain, "白水镇", 2023),
        fingerprint(plain, "青石镇", 2022),
    ]
    assert len(set(marks)) == len(marks)


def test_the_second_of_two_alike_is_numbered() -> None:
    first, second = numbered([samples.finding(line=3), samples.finding(line=5)])
    assert second == f"{first}-2"
