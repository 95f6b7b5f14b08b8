"""A mutant: a sound report with one to three figures harmed; and the law that it is held against.

A figure that is printed and not read is an error at its cell, its row or its table, so that no default run ends with 0; and no figure is
read differently from what is printed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from random import Random
from typing import Any

from tests.acceptance.mutation import writers
from tests.acceptance.mutation.report import Report
from tests.acceptance.mutation.sound import sound
from tests.acceptance.reading.judge import check, told
from validator.model import Cell, Figure, FileResult, Severity

from . import damage, paper
from .damage import ALL, BLANK, WAYS, Harm

Key = tuple[str, str, str]
_SUFFIX = {"html": "html", "docx": "docx", "pdf": "pdf"}
_RUN = r"<w:r>(?:(?!</w:r>).)*?{}(?:(?!</w:r>).)*?</w:r>"
_PARAGRAPH = r"<w:p>(?:(?!</w:p>).)*?{}(?:(?!</w:p>).)*?</w:p>"
_WORD_CELL = r"<w:tc>(?:(?!</w:tc>).)*?{}(?:(?!</w:tc>).)*?</w:tc>"
_WORD_NEXT = r"\s*<w:tc>(?:(?!</w:tc>).)*?</w:tc>"
_PAGE_CELL = r"<td(?P<spans>[^>]*)><p>{}</p></td>"
_PAGE_NEXT = r"<td[^>]*><p>(?:(?!</td>).)*?</td>"


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A file, the figures printed in it, and those that were harmed with what may be read of them."""

    format: str
    ways: tuple[str, ...]
    name: str
    data: bytes
    report: Report
    harmed: dict[Key, frozenset[Any]]


def mutant(number: int, format: str | None = None, way: str | None = None) -> Mutant:
    """The mutant of that number; the same number gives the same bytes."""
    random = Random(f"mutant {number}")
    format = format or ALL[number % len(ALL)]
    report = sound(random.randrange(40), form=random.choice(("2021", "2021", "2019")))
    figures = [(key, text) for key, text in report.figures().items() if text.isdigit()]
    ways = [way or random.choice(sorted(WAYS[format])) for _ in range(random.choice((1, 1, 1, 2, 3)))]
    chosen: list[tuple[Key, str]] = []
    for key, text in random.sample(figures, len(ways) * 4):
        if len(chosen) < len(ways) and all(key[1] != other[1] for other, _ in chosen):
            chosen.append((key, text))
    harms = []
    for place, (key, text) in enumerate(chosen):
        harm = WAYS[format][ways[place]](random, text if random.random() < 0.5 else str(random.randrange(10, 4000)))
        harms.append((key, f"Q{place}Z{place}Q", harm))
    for key, token, _ in harms:
        report = report.put(*key, token)
    name, data = _written(report, format, harms, random)
    harmed: dict[Key, frozenset[Any]] = {}
    for key, _, harm in harms:
        harmed |= _moved_up(report, key) if harm.around == "gone" else {}
        harmed[key] = harmed.get(key, frozenset()) | harm.reads
    return Mutant(format=format, ways=tuple(ways[: len(harms)]), name=name, data=data, report=report, harmed=harmed)


def _moved_up(report: Report, gone: Key) -> dict[Key, frozenset[Any]]:
    """Where a cell is gone those behind it stand a column further to the left: what is printed in each column is the next one's figure."""
    row = [(key, text) for key, text in report.figures().items() if key[:2] == gone[:2]]
    start = next(place for place, (key, _) in enumerate(row) if key == gone)
    texts = [text for _, text in row[start + 1 :]] + [""]
    return {key: frozenset({int(text)} if text.lstrip("+-").isdigit() else ()) for (key, _), text in zip(row[start:], texts, strict=True)}


def wrong(mutant: Mutant) -> list[str]:
    """What breaks the law; empty: nothing."""
    result = check(mutant.name, mutant.data)
    figures = dict(result.figures.by_cell) if result.figures else {}
    found = []
    for key, text in mutant.report.figures().items():
        cell = Cell(table=key[0], row=key[1], column=key[2])
        figure = figures.get(cell)
        reads = mutant.harmed.get(key)
        found += _undamaged(result, cell, figure, text) if reads is None else _damaged(result, cell, figure, reads)
    return found


def _undamaged(result: FileResult, cell: Cell, figure: Figure | None, text: str) -> Iterable[str]:
    if figure is not None and figure.value is not None:
        if not text.startswith("Q") and float(text) != float(figure.value):
            yield f"{cell}: {text} is printed, {figure.value} is read"
    elif not _error(result, cell):
        yield f"{cell}: {text} is printed, it is not read, and no error says so"


def _damaged(result: FileResult, cell: Cell, figure: Figure | None, reads: frozenset[Any]) -> Iterable[str]:
    if figure is not None and figure.value is not None:
        if figure.value not in reads:
            yield f"{cell}: {figure.text!r} is read as {figure.value}, not one of {sorted(map(str, reads))}"
    elif figure is not None and figure.state in ("blank", "placeholder") and BLANK in reads:
        return
    elif not _error(result, cell):
        yield f"{cell}: {figure and figure.text!r} is not read ({figure and figure.state}), and no error says so"


def _error(result: FileResult, cell: Cell) -> bool:
    return told(result, cell) and any(finding.severity is Severity.ERROR for finding in result.findings)


# ------------------------------------------------------------------------------------------------- writing


def _written(report: Report, format: str, harms: list[tuple[Key, str, Harm]], random: Random) -> tuple[str, bytes]:
    if format == "pdf":
        return "report.pdf", paper.write(report, {token: harm.draw or _plain(harm.text) for _, token, harm in harms})
    if format == "html":
        page = writers.html(report).decode()
        for _, token, harm in harms:
            page = _in_page(page, token, harm)
        return "report.html", page.encode()
    if format == "docx":
        return "report.docx", _in_word(writers.docx(report), harms)
    named = (
        ("markdown", "markdown-bands")
        if format == "markdown"
        else ("tab-stubs", "tab-rows", "pipe", "pipe-both", "cell", "cell-gap", "cell-pipe")
    )
    layout = writers.BY_NAME[random.choice(named)]
    text = writers.write(report, layout)
    for _, token, harm in harms:
        text = text.replace(token, harm.text.replace("|", "l"))
    return f"report{layout.suffix}", text.encode()


def _plain(text: str) -> paper.Draw:
    return lambda sheet, x, y, right, low: sheet.text(x, y, text, damage.SIZE if len(text) < 7 else 5)


def _in_page(page: str, token: str, harm: Harm) -> str:
    content = harm.text if harm.raw else escape(harm.text)
    if harm.around:
        cell = re.search(_PAGE_CELL.format(token) + (f"(?P<next>{_PAGE_NEXT})?" if harm.around == "wide" else ""), page, re.DOTALL)
        assert cell, token
        wide = "" if harm.around == "gone" else f"<td colspan='{2 if cell['next'] else 1}'><p>{content}</p></td>"
        return page[: cell.start()] + wide + page[cell.end() :]
    return page.replace(token, content)


def _in_word(data: bytes, harms: list[tuple[Key, str, Harm]]) -> bytes:
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == "word/document.xml":
                xml = part.decode()
                for _, token, harm in harms:
                    xml = _in_cell(xml, token, harm)
                part = xml.encode()
            package.writestr(entry, part)
    return target.getvalue()


def _in_cell(xml: str, token: str, harm: Harm) -> str:
    if harm.around:
        cell = re.search(_WORD_CELL.format(token) + (f"(?P<next>{_WORD_NEXT})?" if harm.around == "wide" else ""), xml, re.DOTALL)
        assert cell, token
        span = f"<w:tcPr><w:gridSpan w:val='{2 if harm.around == 'wide' and cell['next'] else 1}'/></w:tcPr>"
        kept = "" if harm.around == "gone" else f"<w:tc>{span}<w:p><w:r><w:t>{harm.text}</w:t></w:r></w:p></w:tc>"
        return xml[: cell.start()] + kept + xml[cell.end() :]
    if not harm.raw:
        return xml.replace(token, escape(harm.text, quote=False))
    whole = re.search((_PARAGRAPH if harm.text.startswith("<w:p>") else _RUN).format(token), xml, re.DOTALL)
    assert whole, token
    return xml[: whole.start()] + harm.text + xml[whole.end() :]
