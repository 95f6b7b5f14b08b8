"""Mutated files through the readers: whatever the bytes, a document or UnreadableError, in bounded time, with no file written.

As a program: python tests/acceptance/fuzz/fuzz_readers.py [html|pdf|docx|… ] [--count 2000] [--seed 1] [--keep FOLDER]. Files that
broke a reader are kept under kept/ beside it (or FOLDER) and become tests by being there. Real reports are mutated too where they can
be found.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import io
import random
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from tests.support import BOUND, CORPUS  # noqa: E402
from validator.model import Document, UnreadableError  # noqa: E402

KEPT = Path(__file__).resolve().parent / "kept"
Reader = Callable[[bytes, str], tuple[Document, ...]]
_TOKENS = {
    "html": [
        b"<table>", b"</table>", b"<td rowspan=0>", b"</td>", b"<tr>", b"<p>", b"<!--", b"<![if", b"&nbsp;", b"&#x0;", b"\xff\xfe", b'"',
    ],
    "pdf": [
        b"0 R", b"endobj", b"stream\n", b"/Kids[2 0 R]", b"<<", b">>", b"[", b"Do", b"/Length 999999", b"-1", b"1e30", b"cm", b"/Rotate 90",
    ],
    "docx": [b"<w:tbl>", b"</w:tbl>", b"<w:vMerge/>", b'w:val="99999999"', b"<w:p>", b"&x;", b"<!DOCTYPE", b"\0", b"/>"],
}  # fmt: skip


def reader_of(name: str) -> Reader:
    """The reader of a format, as the program finds it."""
    from validator.readers import READERS

    module, function = READERS[name].split(":")
    return getattr(import_module(module), function)


def seeds(name: str) -> list[bytes]:
    """Sound files to start from: small made ones, and real reports where they are."""
    made: dict[str, Callable[[], list[bytes]]] = {"html": _pages, "pdf": _pdfs, "docx": _words}
    real = [path.read_bytes() for path in sorted(CORPUS.glob(f"*.{name}"))] if CORPUS.is_dir() else []
    return made.get(name, list)() + real


def _pages() -> list[bytes]:
    table = "<table><tr><td rowspan=2>规章</td><td colspan='2'>1</td></tr><tr><td><p>3<br>4</p></td><td>&nbsp;</td></tr></table>"
    head = '<meta charset="{}"><meta name="PubDate" content="2024-01-18"><title>青石镇年度报告</title>'
    body = "<h1>青石镇</h1><!--[if mso]><xml>a</xml><![endif]--><p>一、<o:p></o:p>总体</p>"
    body += f"<div>{table}<ol><li>甲<pre>乙\n丙</pre></ol></div>{table}"
    text = "<html><head>" + head + "</head><body>" + body + "<p>发布日期：2024-01-18</p></body></html>"
    return [text.format("utf-8").encode(), text.format("gbk").encode("gbk"), text.format("x").encode("utf-16")]


def _pdfs() -> list[bytes]:
    from tests.readers.pdf.pdf_files import Sheet, form, pdf

    grid = Sheet().grid((74, 200, 300, 400), (100, 120, 140), [["规章", ("1", 2, 1), "2"], ["许可", None, ""]])
    grid.text(74, 200, "三、收到" * 9)
    inner = form("\n".join(grid.commands).encode())
    return [pdf([grid, grid]), pdf([grid], packed=False), pdf([b"/X6 Do"], objects=[inner], packed=False), pdf([grid], password=("", "x"))]


def _words() -> list[bytes]:
    import docx

    document = docx.Document()
    document.add_heading("青石镇年度报告", 1)
    document.add_paragraph("一、总体情况", style="List Number")
    table = document.add_table(3, 4)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "规章"
    table.cell(2, 3).text = "1"
    target = io.BytesIO()
    document.save(target)
    return [target.getvalue()]


def mutants(name: str, count: int, seed: int) -> Iterator[bytes]:
    """That many changed files, always the same for a seed."""
    dice, sound = random.Random(f"{name}{seed}"), seeds(name)
    for _ in range(count):
        data = dice.choice(sound)
        yield _packed(data, dice) if name == "docx" and dice.random() < 0.8 else mutated(data, dice, _TOKENS.get(name, [b"\0"]))


def mutated(data: bytes, dice: random.Random, tokens: list[bytes]) -> bytes:
    """One to twelve changes: bytes, pieces cut, doubled, moved, tokens put in, the end cut off."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 2, 4, 12))):
        if not changed:
            break
        at, size = dice.randrange(len(changed)), dice.choice((1, 4, 40, 400))
        kind = dice.randrange(7)
        if kind == 0:
            changed[at] = dice.randrange(256)
        elif kind == 1:
            del changed[at : at + size]
        elif kind == 2:
            changed[at:at] = changed[at : at + size] * dice.choice((1, 2, 30))
        elif kind == 3:
            changed[at:at] = dice.choice(tokens)
        elif kind == 4:
            piece = changed[at : at + size]
            del changed[at : at + size]
            to = dice.randrange(len(changed) + 1)
            changed[to:to] = piece
        elif kind == 5:
            changed[at : at + 1] = str(dice.choice((0, -1, 7, 65536, 2**31, 10**12))).encode()
        elif dice.random() < 0.2:
            del changed[at:]
    return bytes(changed)


def _packed(data: bytes, dice: random.Random) -> bytes:
    """A zip file with one part inside it changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {entry: source.read(entry) for entry in source.namelist()}
    chosen = dice.choice(["word/document.xml", "word/document.xml", *parts])
    if chosen in parts:
        parts[chosen] = mutated(parts[chosen], dice, _TOKENS["docx"])
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry, content in parts.items():
            made.writestr(entry, content)
    return target.getvalue()


def trouble(reader: Reader, data: bytes, name: str) -> str | None:
    """What is wrong with how a reader takes these bytes; None where nothing is."""
    begin = time.monotonic()
    try:
        for document in reader(data, f"年报.{name}"):
            _sound(document)
    except UnreadableError as error:
        if not error.reason:
            return "UnreadableError without a reason"
    except Exception:
        return traceback.format_exc()
    took = time.monotonic() - begin
    return f"took {took:.1f} s" if took > BOUND else None


def _sound(document: Document) -> None:
    """What holds for every document."""
    lines = [block.line for block in document.blocks]
    assert document.blocks and lines == sorted(lines) and lines[0] >= 1
    for block in document.blocks:
        block.text.encode("utf-8")  # no half characters
        assert block.row_span >= 1 and block.column_span >= 1
        assert (block.table is None) == (block.row is None and block.column is None) or not block.exact
    places = [(block.table, block.row, block.column) for block in document.blocks if block.exact and block.table]
    assert len(places) == len(set(places))


def run(name: str, count: int, seed: int, keep: Path | None) -> int:
    """The number of files that broke the reader; each is kept."""
    reader, broken, begin = reader_of(name), 0, time.monotonic()
    for data in mutants(name, count, seed):
        if keep:
            (keep / "running").write_bytes(data)  # a crash of the library itself leaves the file behind
        found = trouble(reader, data, name)
        if found:
            broken += 1
            print(found, file=sys.stderr)
            if keep:
                (keep / f"{hashlib.sha256(data).hexdigest()[:12]}.{name}").write_bytes(data)
    if keep:
        (keep / "running").unlink(missing_ok=True)
    print(f"{name}: {count} files, {broken} broke the reader, {time.monotonic() - begin:.0f} s")
    return broken


def main() -> int:
    """1 where a file broke a reader."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", default=["html", "pdf", "docx"])
    asked.add_argument("--count", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", type=Path, default=KEPT)
    given = asked.parse_args()
    faulthandler.enable()
    given.keep.mkdir(parents=True, exist_ok=True)
    return int(any([run(name, given.count, given.seed, given.keep) for name in given.names]))


if __name__ == "__main__":
    sys.exit(main())
