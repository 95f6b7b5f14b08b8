"""The time for an input grows in proportion to its size: counted in lines of Python that run, and under a limit of processor time.

Counted steps do not see what happens inside C, so that the same kinds of input, far larger, are also checked by a child that the system
stops after LIMIT seconds of its own processor time. What was quadratic needs many times that. Expressions: tests/rules/test_patterns.py.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest

from tests.support import PATIENCE, ROOT, SHARED, surroundings
from validator.base.pumping import MOST_EXPONENT
from validator.model import Book
from validator.parsing.report.vocabulary import core, plain
from validator.pipeline.check_file import examine
from validator.rulebook import load_book

#: Seconds of processor time that a child has for one file.
LIMIT = 60
#: Each size doubles the one before; what is added must not more than double by the exponent allowed.
SIZES = (150, 300, 600)
#: Steps that may differ by what is made once and kept.
_FEW = 500


BASE = (ROOT / "rules" / "bases" / "sound-2021.txt").read_text(encoding="utf-8")


def _growth() -> ModuleType:
    """benchmarks/growth.py, whose inputs are those of this test."""
    spec = importlib.util.spec_from_file_location("growth", ROOT / "benchmarks" / "growth.py")
    assert spec is not None and spec.loader is not None
    module, first = importlib.util.module_from_spec(spec), sys.path[0]
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path[0] = first
    return module


GROWTH = _growth()


def steps(work: Callable[[], object]) -> int:
    """Lines of Python that run, each round of a loop or a comprehension again."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def exponent(work: Callable[[int], object], sizes: Sequence[int] = SIZES) -> float:
    """How the steps that a size adds grow: 1 in proportion, 2 with the square."""
    from math import log2

    work(sizes[-1] + 1)  # expressions are compiled and tables read when first asked for
    first, second, third = (steps(lambda size=size: work(size)) for size in sizes)  # type: ignore[misc]
    return log2(max(third - second, _FEW) / max(second - first, _FEW))


def test_steps_tell_a_square_from_a_line() -> None:
    assert 0.9 < exponent(lambda n: [i for i in range(n)], (2000, 4000, 8000)) < 1.1
    assert 1.9 < exponent(lambda n: [j for i in range(n) for j in range(i)]) < 2.1
    assert 1.9 < exponent(lambda n: [any(j < 0 for j in range(n)) for i in range(n)]) < 2.1


@pytest.mark.parametrize("name", GROWTH.INPUTS)
def test_steps_grow_in_proportion(name: str, book: Book) -> None:
    def work(size: int) -> None:
        data, path = GROWTH.INPUTS[name](size)
        examine(data, path, book)

    # a character or two for each, and lines of 300 are read otherwise
    single = any(word in name for word in ("quot", "brackets", "sums", "dashes"))
    assert exponent(work, [size * 10 for size in SIZES] if single else SIZES) <= MOST_EXPONENT


@pytest.mark.parametrize("name", GROWTH.STATEMENTS)
def test_steps_for_a_statement_on_a_website_grow_in_proportion(name: str, website: Book) -> None:
    def work(size: int) -> None:
        data, path = GROWTH.STATEMENTS[name](size)
        examine(data, path, website)

    assert exponent(work) <= MOST_EXPONENT


@pytest.fixture(scope="module")
def website() -> Book:
    """The book of the other kind of report."""
    return load_book(kind="website")


#: What is measured of several reports → its sizes.
TOGETHER = {
    "a roster of 20, years": (20, 40, 80),
    "a roster, units of 111 years": (10, 20, 40),
    "copying, two reports alike": (40, 80, 160),
    "a baseline, entries": SIZES,
}


def test_each_of_them_is_tried() -> None:
    assert set(TOGETHER) == set(GROWTH.TOGETHER)


@pytest.mark.parametrize("name", TOGETHER)
def test_steps_for_several_reports_grow_in_proportion(name: str, book: Book) -> None:
    assert exponent(lambda size: GROWTH.TOGETHER[name](size, book), TOGETHER[name]) <= MOST_EXPONENT


def test_notes_within_notes_are_taken_off_in_one_pass() -> None:
    assert exponent(lambda n: core.__wrapped__("甲" + "(" * n + "乙" + ")" * n)) <= MOST_EXPONENT
    pairs = {
        "甲(乙)": "甲", "甲(乙(丙)丁)": "甲", "(一)甲": "甲", "甲((一)乙)丙": "甲((一)乙)丙", "甲((乙)一)": "甲((乙)一)", "甲(乙": "甲",
        "乙)甲": "甲", "甲(一)": "甲(一)", "甲()": "甲",
    }  # fmt: skip
    for label, expected in pairs.items():
        assert core(plain(label)) == _by_rounds(plain(label)), label
        assert expected is not None


def _by_rounds(label: str) -> str:
    """The same, a note at a time from the inside out, as often as one is left."""
    import re

    from validator.parsing.report.vocabulary import numeral

    text, notes = label[len(numeral(label)) :], re.compile(r"\((?![一二三四五六七八九十]{1,2}\))[^()]*\)")
    while (shorter := notes.sub("", text)) != text:
        text = shorter
    opened, closed = text.rfind("("), text.find(")")
    if opened >= 0 and ")" not in text[opened:]:
        text = text[:opened]
    closed = text.find(")")
    if closed >= 0 and "(" not in text[:closed]:
        text = text[closed + 1 :]
    return text.strip('":;,。、*') or ""


# ---------------------------------------------------------------------------------------------- a limit of processor time

#: Input of benchmarks/growth.py → a size for which what was quadratic took minutes.
LARGE = {
    "text, lines of one character": 40_000,
    "text, quotes": 400_000,
    "text, sums in prose": 200_000,
    "text, clauses without a stop": 8_000,
    "text, contact, brackets": 200_000,
    "text, contact, telephones": 20_000,
    "text, contact, digits in a row": 20_000,
    "html, paragraphs of one character": 40_000,
    "html, rows": 10_000,
    "html, <a<a<a": 290_000,  # more tags are refused before they are looked at
    "text, dashes after a date": 200_000,
    "docx, counted paragraphs": 40_000,
    "docx, style chain": 8_000,
}
CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({limit}, {limit} + 5))
if sys.argv[1] != "0":
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
from validator.cli.main import main
sys.exit(main(["check", *sys.argv[3:], "--no-cache", "--jobs", "1", "--format", "json", "--output", sys.argv[2]]))
""".replace("{limit}", str(LIMIT))
#: Bytes of address space within which nianbao and any one input have room.
MEMORY = 1 << 30


def checked(path: Path | str, folder: Path, *more: str | Path, memory: int = 0) -> str:
    """What a check says in a child that the system stops after LIMIT seconds of its own time, with so many bytes of memory (0: any)."""
    pytest.importorskip("resource", reason="processor time is limited on Unix alone")
    said = subprocess.run(
        [sys.executable, "-c", CHILD, str(memory), folder / "result.json", path, *more],
        cwd=folder, env=surroundings({"PYTHONPATH": str(ROOT)}), capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert said.returncode in (0, 1, 2), (said.returncode, said.stderr[-300:])
    assert "RecursionError" not in said.stderr and "MemoryError" not in said.stderr and "Traceback" not in said.stderr
    return said.stderr


def result(folder: Path) -> dict[str, Any]:
    """The result that the child wrote."""
    found: dict[str, Any] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", LARGE)
def test_a_large_input_is_checked_within_its_time(name: str, tmp_path: Path) -> None:
    data, path = GROWTH.INPUTS[name](LARGE[name])
    (tmp_path / path).write_bytes(data)
    checked(tmp_path / path, tmp_path)


FILES = ("one-character-paragraphs.html", "style-chain-8000.docx", "numbering-text-50k.docx", "numbering-text-2M.docx")


@pytest.mark.parametrize("name", [*FILES, "overlapping-entries.zip"])
def test_the_files_that_took_minutes_or_gigabytes(name: str, tmp_path: Path) -> None:
    if not (SHARED / "cases" / "attack" / name).is_file():
        pytest.skip("the attack files stand beside the project")
    checked(SHARED / "cases" / "attack" / name, tmp_path, memory=MEMORY)


def test_numbering_text_of_megabytes_takes_none(tmp_path: Path) -> None:
    data, path = GROWTH.numbering_text(700_000, 200)
    (tmp_path / path).write_bytes(data)
    checked(tmp_path / path, tmp_path, memory=MEMORY)
    (file,) = result(tmp_path)["files"]
    assert "input.damaged-text" in {finding["rule"] for finding in file["findings"]}


def test_half_a_million_paragraphs_of_one_character(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GROWTH.HEAD + "甲\n" * 500_000, encoding="utf-8")
    checked(tmp_path / "a.txt", tmp_path, memory=MEMORY)
    (file,) = result(tmp_path)["files"]
    assert "input.unreadable" in {finding["rule"] for finding in file["findings"]}


def test_a_baseline_of_three_hundred_thousand_entries(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_bytes(GROWTH.entries_of_a_baseline(300_000))
    (tmp_path / "a.txt").write_text(BASE.replace("本机关", "我镇", 1), encoding="utf-8")
    checked(tmp_path / "a.txt", tmp_path, "--baseline", "b.json", memory=MEMORY)
    assert result(tmp_path)["files"][0]["status"] != "unreadable"


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="there is no /proc here")
def test_a_pattern_over_all_that_the_system_shows(tmp_path: Path) -> None:
    checked("/proc/**/*.docx", tmp_path, memory=MEMORY)


def test_links_that_lead_round(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    for name in ("one", "other"):
        try:
            (tmp_path / "reports" / name).symlink_to(".")
        except OSError:
            pytest.skip("links cannot be made here")
    (tmp_path / "reports" / "a.txt").write_text(BASE, encoding="utf-8")
    checked("reports/**/*", tmp_path, memory=MEMORY)
    assert len(result(tmp_path)["files"]) == 1
    checked("**/" * 3000 + "*", tmp_path, memory=MEMORY)


def test_a_sound_report_is_checked_there_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BASE, encoding="utf-8")
    checked(tmp_path / "a.txt", tmp_path)
    checked(tmp_path / "a.txt", tmp_path, memory=MEMORY)
    assert [file["status"] for file in result(tmp_path)["files"]] == ["clean"]


def test_the_child_is_really_bounded(tmp_path: Path) -> None:
    """Else nothing above could fail."""
    pytest.importorskip("resource", reason="processor time is limited on Unix alone")
    bounds = CHILD.split("from validator")[0].replace(str(LIMIT), "1")
    for work, memory in (("while True: pass", "0"), ("bytearray(2 << 30)", str(MEMORY))):
        said = subprocess.run([sys.executable, "-c", bounds + work, memory], capture_output=True, text=True, timeout=PATIENCE)
        assert said.returncode != 0, work
