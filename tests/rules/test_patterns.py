"""The built-in regular expressions: all compile, and none of them takes for ever on the texts that make bad ones hang."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from tests.rules.registered import Registered, made, of_program, of_rules
from tests.support import PATIENCE, ROOT
from validator.base.pumping import growth
from validator.model import Book
from validator.rulebook import built_in, draft_book
from validator.rulebook.decode import compiles
from validator.rulebook.diagnostics import Diagnostics
from validator.rulebook.expressions import MOST, written_out
from validator.rulebook.pack_files import read_table
from validator.text.characters import Pattern

#: Length of the evil texts, and how many searches of a quadratic pattern one search of the slowest may cost: a pattern that backtracks
#: without bound needs longer than the universe has; one that is merely quadratic stays far below what a cubic one needs.
LENGTH, SEARCHES = 800, 800
#: The kinds of report that a built-in pack is about.
KINDS = tuple(sorted(path.parent.name for path in built_in().glob("packs/*/pack.yaml")))


def patterns() -> dict[str, str]:
    """Every regular expression of the built-in book and of the packs in it, with where it comes from."""
    found: dict[str, str] = {}
    for kind in (None, *KINDS):
        found.update((source, place) for source, place in _of_book(draft_book(examples=False, kind=kind)[0]) if source not in found)
    for path in (*built_in().glob("tables/*.yaml"), *built_in().glob("packs/*/tables/*.yaml")):
        table = read_table(path.read_bytes(), Diagnostics(path.name))
        found.update((source, f"table {path.stem}") for source in _strings(table) if _is_expression(source) and source not in found)
    return found


def _of_book(book: Book) -> Iterator[tuple[str, str]]:
    found: dict[str, str] = {}
    if book.kind is not None:
        found.update((source, f"kind {book.kind.name}") for source in book.kind.documents)
    for rule in book.rules:
        found.update((source, rule.id) for source in _within(rule.check))
    for form in book.forms:
        found.update((source, f"form {form.id}") for section in form.sections for source in (*section.near, *section.about))
    yield from found.items()


def _within(value: object) -> Iterator[str]:
    """The patterns among the options of a check."""
    if isinstance(value, Pattern):
        yield value.source
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _within(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _within(item)
    elif isinstance(value, tuple | frozenset):
        for item in value:
            yield from _within(item)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(item)


def _is_expression(text: str) -> bool:
    """Whether a text of a table can only be meant as a regular expression."""
    if not re.search(r"[*+?\\|^$\[{]", text):
        return False
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def test_every_pattern_compiles() -> None:
    log = Diagnostics("built in")
    for source, place in patterns().items():
        compiles(Pattern(source), log, 1, f"{place}: {source}")
    assert [problem.text["en"] for problem in log.problems] == []


#: Run by itself, so that a pattern that hangs can be stopped and named.
PROGRAM = """
import re, sys, time
def spent(pattern, text):
    begun = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - begun
from tests.rules.test_patterns import LENGTH, patterns
def evil(source):
    words = sorted(set(re.findall(r'[一-鿿]{1,6}', source)), key=len)[:8] + ['0', 'a', ' ', '（', '一、', '年', '政', '1月', '：', '，']
    for word in words:
        text = word * (LENGTH // len(word))
        yield text + '\\x00'
    yield ''.join(words) * (LENGTH // max(len(''.join(words)), 1))
quadratic = min(spent(re.compile('a*b'), 'a' * LENGTH) for _ in range(20))
for source, place in patterns().items():
    print('?', place, source[:80].replace('\\n', ' '), flush=True)
    pattern = re.compile(source)
    worst = 0.0
    for text in evil(source):
        worst = max(worst, spent(pattern, text))
    print('=', worst / quadratic, place, source[:80].replace('\\n', ' '), flush=True)
"""


def test_no_pattern_hangs() -> None:
    try:
        said = subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE,
            env={**__import__("os").environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as stopped:
        last = (stopped.stdout or b"").decode("utf-8", "replace").strip().splitlines()[-1:]
        pytest.fail(f"a pattern does not come to an end: {last}")
    assert said.returncode == 0, said.stderr
    slow = [line for line in said.stdout.splitlines() if line.startswith("=") and float(line.split()[1]) > SEARCHES]
    assert not slow and said.stdout.count("=") > 50, slow


#: The expressions are tried in so many tests, which run beside each other where the machine has room.
PARTS = 12
#: `make patterns` tries the longest string of every kind; the suite only where the growth up to a quarter of it gives reason to.
THOROUGH = "NIANBAO_EVERY_PATTERN" in os.environ


@cache
def registered() -> list[Registered]:
    """Every expression that text of a report may meet, each once: a use of it at any place stands before one at one place alone."""
    found: dict[tuple[str | bytes, int], Registered] = {}
    for item in sorted((*of_program(), *of_rules(), *made()), key=lambda item: len(item.runs())):
        known = found.get((item.source, item.flags))
        if known is None or item.asked != known.asked:
            asked = item.asked | (known.asked if known else frozenset())
            found[item.source, item.flags] = dataclasses.replace(item, asked=asked)
    return list(found.values())


def test_the_register_holds_those_of_program_rules_and_tables() -> None:
    sources = {item.source for item in registered()}
    assert len(sources) > 800 and KINDS
    assert r"[。；;！!？?，]" in sources  # of the program
    assert any("网站标识码" in source for source in sources if isinstance(source, str))  # of a rule
    assert any("网站工作年度报表" in source for source in sources if isinstance(source, str))  # of a pack
    assert any("(?P<LABEL" in source or "(?P<PHONE" in source for source in sources if isinstance(source, str))  # of the grammar


@pytest.mark.parametrize("part", range(PARTS))
def test_no_expression_grows_faster_than_in_proportion(part: int) -> None:
    """On strings made of its own parts, from one character to 8,000, and to 40,000 where the growth from 2,000 on gives reason to: where
    the longest string would take FLOOR seconds by the square, and the exponent so far is above the one allowed. tests/base/test_pumping.py
    holds that this finds every kind of slow expression that is known."""
    slow = []
    for item in registered()[part::PARTS]:
        for run in item.runs():
            if worst := growth(run, item.text, item.flags, glance=not THOROUGH):
                slow.append(f"{item.place}: {item.text[:80]!r} on {worst.text!r}: exponent {worst.exponent:.2f}, {worst.seconds:.2f} s")
    assert not slow, "\n".join(slow)


@pytest.mark.parametrize("source", [r"(a+)+$", r"(a|a)*$", r"(a|aa)+$", r"(.*a){20}$", r"([a-z]+)*\d$"])
def test_a_countys_evil_pattern_is_stopped(source: str) -> None:
    pattern = Pattern(source, trusted=False, seconds=0.2)
    try:
        pattern.search("a" * 4000 + "!")
    except TimeoutError:
        return
    assert pattern.search("a" * 30 + "!") is None  # the engine sees through it


@pytest.mark.parametrize(
    "source", ["a{1000000000}b", "((a{1000}){1000}){1000}b", "(?:(?:a{0,900}){900}){,900}", "[{]{99999}", r"\{{30000}", "(" * 5000]
)
def test_a_countys_pattern_that_would_fill_memory_is_refused(source: str) -> None:
    log = Diagnostics("pack", trusted=False)
    assert not compiles(Pattern(source, trusted=False), log, 1, "x") and log.problems


def test_no_built_in_pattern_is_too_large_by_that_measure() -> None:
    assert max(written_out(source) for source in patterns()) < MOST / 2
    assert [written_out(source) for source in ("", "ab", "a{3}", "(ab){2,4}", "[ab]]{2}", r"a\{3}", "a{,5}", "(a(b{3})){2}")] == [
        0, 2, 3, 12, 3, 4, 5, 12,
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["收到复议" + "案件" * 60, "收到诉讼" + "案件" * 60, "局" * 400, "我局" * 200])
def test_words_said_over_and_over_do_not_hang_the_built_in_rules(text: str) -> None:
    """Found by counting the ways of each expression: two word lists could be read in several ways, 2^60 together."""
    program = (
        "import re, sys\nfrom tests.rules.test_patterns import patterns\n"
        "for source in patterns():\n    re.search(source.replace('#', '乙'), sys.argv[1] + '。')\nprint('done')"
    )
    said = subprocess.run([sys.executable, "-c", program, text], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert said.stdout.strip() == "done", said.stderr
