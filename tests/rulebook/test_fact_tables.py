"""Tables of facts as records: every table of the book has one, and a mistake in a pack's table is told with its file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import ROOT, Ran
from validator.base import cache_folder
from validator.model.fact_tables import KINDS_OF_TABLE, NEEDED_TABLES, OutdatedFacts
from validator.rulebook import PackError, built_in, draft_book, load_book
from validator.rulebook.diagnostics import Diagnostics
from validator.rulebook.fact_tables import decode_tables, fact_tables
from validator.rulebook.pack_files import read_table

FILES = sorted((ROOT / "rules").glob("tables/*.yaml"))
RULE = """\
id: local.mine
title: {zh: 甲, en: a}
severity: note
basis:
  - {kind: county, document: 本县通知}
check: CHECK
with: {book: mine}
message: {zh: 甲, en: a}
advice: {zh: 改, en: mend it}
"""
MANIFEST = "name: window\ntitle: {zh: 甲, en: a}\ndocuments: ['甲']\ntakes: {rules: [totals], tables: [regions]}\n"
#: A table of a pack, and what is said of it: line, and a piece of the sentence.
MISTAKES: dict[str, tuple[str, str, list[tuple[int, str]]]] = {
    "an unknown key": (
        "outdated",
        "terms:\n  - {says: a, until: 2021, by: b}\n",
        [(2, "unknown key 'by' in terms[1]; allowed: says, until, instead")],
    ),
    "an unknown key at the top": ("deadlines", "office: 01-31\ntown: 01-31\n", [(2, "unknown key 'town'; allowed: department, office")]),
    "a missing key": ("outdated", "terms:\n  - says: a\n", [(2, "'terms[1]' lacks until: add it")]),
    "a missing key at the top": (
        "problems",
        "problem: a\nmeasure: b\nturns: c\n",
        [(1, "this file lacks problems_heading, measures_heading, nothing")],
    ),
    "a wrong type": ("outdated", "terms:\n  - {says: a, until: '2021'}\n", [(2, "'terms[1].until' must be a whole number")]),
    "no mapping": ("outdated", "- a\n", [(1, "must be a mapping")]),
    "no list": ("outdated", "terms: a\n", [(1, "'terms' must be a list")]),
    "a word that is none of those": (
        "corrections",
        "labels: {zh: 甲, en: a}\npatterns: []\nfindings:\n  - {rule: a.b, severity: 1, put: expected}\n",
        [(4, "'findings[1].severity' cannot be '1'")],
    ),
    "one language": ("corrections", "labels: {zh: 甲}\npatterns: []\nfindings: []\n", [(1, "'labels' must have zh and en")]),
    "no day": ("deadlines", "otherwise: 31-01\n", [(1, "'otherwise' must be month-day")]),
    "no expression": ("outdated", "terms:\n  - {says: 'a(', until: 2021}\n", [(2, "'terms[1].says' is no regular expression")]),
    "an expression without end": ("outdated", "terms:\n  - {says: '(a+)+$', until: 2021}\n", [(2, "may never end")]),
    "several at once": (
        "outdated",
        "terms:\n  - {says: 'a(', until: x}\n  - {until: 2021}\n",
        [(2, "is no regular expression"), (2, "must be a whole number"), (3, "'terms[2]' lacks says")],
    ),
    "no YAML": ("outdated", "terms: [\n", [(2, "not YAML")]),
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    (tmp_path / "pack" / "tables").mkdir(parents=True)
    (tmp_path / "pack" / "mine.yaml").write_text(RULE.replace("CHECK", "outdated"), encoding="utf-8")
    (tmp_path / "pack" / "tables" / "mine.yaml").write_text("terms: [{says: 甲乙, until: 2020}]\n", encoding="utf-8")
    return tmp_path / "pack"


def told(pack: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(PackError) as caught:
        load_book([pack], cache=False)
    return [(Path(problem.path).name, problem.line, problem.text["en"]) for problem in caught.value.problems]


def test_every_table_has_a_record_and_every_record_a_table() -> None:
    assert {path.stem for path in FILES} == set(KINDS_OF_TABLE)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_table_of_the_book_is_what_its_record_says(path: Path) -> None:
    log = Diagnostics(path.name, trusted=False)
    made = decode_tables([read_table(path.read_bytes(), log)], KINDS_OF_TABLE[path.stem], [log])
    assert [problem.render("en") for problem in log.problems] == []
    assert made == fact_tables({path.stem: (path,)}, cached=False).named(path.stem, KINDS_OF_TABLE[path.stem])


def test_a_table_is_the_same_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_folder, "folder", lambda: tmp_path / "kept")
    fresh, written, read = (load_book(cache=cache).tables for cache in (False, True, True))
    for name in KINDS_OF_TABLE:
        assert getattr(fresh, name) == getattr(written, name) == getattr(read, name) is not None
    assert len(list((tmp_path / "kept").glob("table-*"))) == len(KINDS_OF_TABLE)


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_in_a_table_is_told_with_file_and_line(case: str, pack: Path) -> None:
    name, text, expected = MISTAKES[case]
    (pack / "tables" / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = told(pack)
    assert len(found) == len(expected), found
    for (file, line, sentence), (at, piece) in zip(found, expected, strict=True):
        assert (file, line) == (f"{name}.yaml", at) and piece in sentence


def test_the_mistakes_of_several_tables_are_told_at_once(pack: Path) -> None:
    (pack / "tables" / "deadlines.yaml").write_text("office: soon\n", encoding="utf-8")
    (pack / "tables" / "problems.yaml").write_text("problem: a\n", encoding="utf-8")
    assert [(file, line) for file, line, _ in told(pack)] == [("deadlines.yaml", 1), ("problems.yaml", 1)]


@pytest.mark.parametrize("command", [("check", "report.txt", "--rules", "pack"), ("rules", "test", "pack")])
def test_the_command_ends_with_2_and_no_traceback(
    command: tuple[str, ...], pack: Path, run: Callable[..., Ran], report: Callable[..., str]
) -> None:
    (pack / "tables" / "outdated.yaml").write_text("terms:\n  - {says: a}\n", encoding="utf-8")
    (pack.parent / "report.txt").write_text(report(), encoding="utf-8")
    ended = run(*(str(pack.parent / word) if word in ("report.txt", "pack") else word for word in command))
    assert ended.status == 2 and "Traceback" not in ended.error
    assert "outdated.yaml:2" in ended.error and "缺少 until" in ended.error


def test_a_table_of_a_packs_own_is_of_the_kind_that_its_rule_asks_for(pack: Path) -> None:
    own = load_book([pack], cache=False).tables.required("mine", OutdatedFacts)
    assert [(term.says.source, term.until) for term in own.terms] == [("甲乙", 2020)]
    (pack / "tables" / "mine.yaml").write_text("terms: [{says: 甲乙}]\n", encoding="utf-8")
    assert [(file, line) for file, line, _ in told(pack)] == [("mine.yaml", 1)]


def test_a_table_whose_name_is_a_slip_is_told_and_data_of_ones_own_is_not(pack: Path) -> None:
    (pack / "tables" / "notes.yaml").write_text("- a\n", encoding="utf-8")
    assert load_book([pack], cache=False)
    (pack / "tables" / "outdate.yaml").write_text("terms: []\n", encoding="utf-8")
    assert told(pack) == [("outdate.yaml", 1, "no rule uses a table 'outdate'; perhaps 'outdated' is meant: rename the file")]


def test_a_rule_cannot_ask_for_a_table_of_another_kind(pack: Path) -> None:
    (pack / "mine.yaml").write_text(RULE.replace("CHECK", "outdated").replace("book: mine", "book: regions"), encoding="utf-8")
    assert told(pack) == [("mine.yaml", 7, "'book': 'regions' is a table of another kind; allowed: outdated")]


def test_a_draft_goes_on_with_the_table_that_the_broken_one_stands_in_for(pack: Path) -> None:
    (pack / "tables" / "outdated.yaml").write_text("terms: a\n", encoding="utf-8")
    book, problems = draft_book([pack])
    assert [Path(problem.path).name for problem in problems] == ["outdated.yaml"]
    assert book.tables.outdated == load_book().tables.outdated


def test_a_pack_about_another_kind_of_report_lays_its_tables_over_key_by_key(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "reading.yaml").write_text("title: '窗口报表'\n", encoding="utf-8")
    over = {"reading": (built_in() / "tables" / "reading.yaml", tmp_path / "tables" / "reading.yaml")}
    ours, theirs = fact_tables(over, cached=False).reading, load_book().tables.reading
    assert ours.title.source == "窗口报表" and ours.unit == theirs.unit
    with pytest.raises(PackError, match=r"缺少 title_kind"):
        _ = fact_tables({"reading": over["reading"][1:]}, cached=False).reading


def test_a_book_about_another_kind_has_what_the_program_asks_for_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "2023.yaml").write_bytes((built_in() / "forms" / "2021.yaml").read_bytes())
    tables = draft_book(kind=str(tmp_path))[0].tables
    there = {name for name in KINDS_OF_TABLE if tables.named(name, KINDS_OF_TABLE[name]) is not None}
    assert there == NEEDED_TABLES | {"regions"} and tables.phrases is None
