"""How long reading a PDF takes beside what the library takes for words and tables alone; run: python benchmarks/pdf.py FILE.pdf …

Words: the characters of each page with their boxes. Tables: the bounds of each path. Both by pypdfium2's own classes. pdfplumber, where
it is installed, shows what the other library would have taken. CPU time, the best of several runs, in milliseconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

LIMIT = 1.5
RUNS = 25


def library(data: bytes) -> None:
    """Words and tables by pypdfium2 alone."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        words = text.get_text_range()
        boxes = [text.get_charbox(index, loose=True) for index in range(text.count_chars())]
        paths = [item.get_bounds() for item in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_PATH,))]
        assert len(words) >= 0 and boxes is not None and paths is not None
    document.close()


def plumber(data: bytes) -> None:
    """Words and tables by pdfplumber."""
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_words()
            page.extract_tables()


def ours(data: bytes) -> None:
    """The whole reader."""
    from validator.readers.pdf.reader import read

    read(data, "report.pdf")


def best(runs: int, data: bytes, *tasks: Callable[[bytes], None]) -> list[float]:
    """Milliseconds of CPU time of each task's fastest run; the tasks take turns, so that a busy machine is busy for all of them."""
    times: list[list[float]] = [[] for _ in tasks]
    for _ in range(runs + 1):
        for task, taken in zip(tasks, times, strict=True):
            begin = time.process_time()
            task(data)
            taken.append(time.process_time() - begin)
    return [min(taken[1:]) * 1000 for taken in times]


def main(paths: list[str]) -> int:
    """1 where a file takes longer than the limit."""
    late = False
    for path in paths:
        data = Path(path).read_bytes()
        alone, whole = best(RUNS, data, library, ours)
        late |= whole > LIMIT * alone
        try:
            other = f"{best(2, data, plumber)[0]:.0f} ms"
        except ModuleNotFoundError:
            other = "not installed"
        print(f"{Path(path).name}: reader {whole:.1f} ms, pypdfium2 alone {alone:.1f} ms ({whole / alone:.2f}×), pdfplumber {other}")
    return int(late)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main(sys.argv[1:]))
