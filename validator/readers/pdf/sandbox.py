"""Whether a PDF can be read here at once, or must be read in a process of its own: a few kilobytes can unfold to gigabytes.

PDFium cannot be stopped once it reads a page. So a file is read here only if its streams show that no page can be large: how much they
inflate to, how often drawings are put into drawings, how wide its character maps are. All others (encrypted ones among them, which show
nothing) take a fifth of a second longer.
"""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
import zlib
from base64 import a85decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from validator.base.limits import NAMES, Limits, use
from validator.base.programs import are_allowed, python
from validator.model import Document, UnreadableError
from validator.readers.pdf.signs import Signs, signs_of

_MEGA = 2**20
_CONTENT = 4 * _MEGA  # bytes of drawing commands in one stream; a page of a report has some 50 thousand
_OTHER = 32 * _MEGA  # bytes of a font or table of objects
_TOTAL = 96 * _MEGA
_UNFOLDED = 48 * _MEGA  # bytes of commands, drawings within drawings counted as often as they may be drawn
_PLACED = 4_000  # drawings and pictures that one stream places
_MAPPED = 1_000_000  # characters that the character maps of the file name
_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+$")
_HEAD = 6_000  # bytes before a stream in which its object begins
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+|\d+\s+\d+\s+R)")
_LENGTH = re.compile(rb"/Length\s+(\d{1,10}+)(?!\s+\d+\s+R)")
_OPAQUE = frozenset((b"DCTDecode", b"JPXDecode", b"CCITTFaxDecode", b"JBIG2Decode"))  # pictures: not unpacked to read text
_FLATE = ((), (b"FlateDecode",), (b"ASCII85Decode", b"FlateDecode"), (b"ASCII85Decode",))
_ESCAPED = re.compile(rb"#[4-7][0-9A-Fa-f]")
_CONTENTS = re.compile(rb"/Contents\s*(\d{1,10})\s+\d+\s+R")
_ARRAY = re.compile(rb"\[((?:\s*\d{1,10}\s+\d{1,5}\s+R){1,100000})\s*\]")
_DO = re.compile(rb"\bDo\b")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{1,8})>\s*<([0-9A-Fa-f]{1,8})>\s*[<\[\d]")
_REPORTED = 3  # exit status of the other process when it raised UnreadableError


@dataclass(frozen=True, kw_only=True, slots=True)
class _Stream:
    """A stream of the file, still packed."""

    number: int
    head: bytes
    start: int
    end: int
    filters: tuple[bytes, ...] | None  # None: not told in the head


class _Unclear(Exception):
    """The file does not show that it is small."""


def is_plain(data: bytes) -> bool:
    """Whether the file shows that reading it takes little time and memory."""
    return survey(data) is not None


def survey(data: bytes) -> Signs | None:
    """What the pages may hold, of a file that shows that reading it takes little time and memory; None of another."""
    if b"/Encrypt" in data:
        return None
    try:
        return _prove(data)
    except _Unclear:
        return None


def _prove(data: bytes) -> Signs:
    """What its streams show. Raises _Unclear where something may be large."""
    between: list[bytes] = []
    streams = list(_streams(data, between))
    objects = [stream for stream in streams if b"/ObjStm" in stream.head]
    unpacked = {id(stream): _unpack(data, stream, _OTHER) for stream in objects}
    drawn = _references([b" ".join(between), *unpacked.values()])
    total = sum(map(len, unpacked.values()))
    placed: list[int] = []
    contents: list[bytes] = []
    inner = mapped = 0
    unfolded = 1
    for stream in streams:
        if id(stream) in unpacked or _is_picture(stream, drawn):
            continue
        font = stream.number not in drawn and re.search(rb"/Length[123]\b|/Subtype\s*/(?:CIDFontType0C|Type1C|OpenType)\b", stream.head)
        content = _unpack(data, stream, _OTHER if font else _CONTENT)
        total += len(content)
        if total > _TOTAL:
            raise _Unclear
        if font:
            continue
        contents.append(content)
        if b"beginbfrange" in content or b"begincidrange" in content:
            mapped += sum(max(0, int(high, 16) - int(low, 16)) for low, high in _RANGE.findall(content))
        count = len(_DO.findall(content)) if b"Do" in content else 0
        placed.append(count)
        if stream.number not in drawn:
            inner += len(content)
            unfolded = min(unfolded * (1 + count), 2**60)
    if mapped > _MAPPED or max(placed, default=0) > _PLACED or max(placed, default=0) * unfolded * inner > _UNFOLDED:
        raise _Unclear
    return signs_of([*between, *unpacked.values()], contents)


def _streams(data: bytes, between: list[bytes]) -> Iterator[_Stream]:
    """Every stream that the file's bytes show; what stands between them goes on the list."""
    end, at = 0, data.find(b"stream")
    while at >= 0:
        start = at + (8 if data[at + 6 : at + 8] == b"\r\n" else 7)
        if data[at + 6 : at + 7] not in b"\r\n" or data[at - 3 : at] == b"end":
            at = data.find(b"stream", at + 6)
            continue
        begin = data.rfind(b"obj", max(end, at - _HEAD), at)
        head = data[begin + 3 : at]
        number = _OBJECT.search(data, max(0, begin - 20), begin) if begin >= 0 else None
        if not number or _ESCAPED.search(head):
            raise _Unclear
        between.append(data[end:at])
        length = _LENGTH.search(head)
        end = min(start + int(length[1]) if length else start, len(data))
        if not length:
            close = data.find(b"endstream", start)
            end = close if close >= 0 else len(data)
        yield _Stream(number=int(number[1]), head=head, start=start, end=end, filters=_filters(head))
        at = data.find(b"stream", end)
    between.append(data[end:])


def _filters(head: bytes) -> tuple[bytes, ...] | None:
    """The filters of a stream in order; None where the head leaves them open."""
    match = _FILTER.search(head)
    if not match:
        return () if b"/Filter" not in head else None
    return None if match[1].endswith(b"R") else tuple(re.findall(rb"/(\w+)", match[1]))


def _is_picture(stream: _Stream, drawn: Mapping[int, int]) -> bool:
    """Whether a stream is a picture: those are not unpacked to read text."""
    return bool(re.search(rb"/Subtype\s*/Image\b", stream.head)) and stream.number not in drawn


def _unpack(data: bytes, stream: _Stream, limit: int) -> bytes:
    """The content of a stream, at most `limit` bytes."""
    if stream.filters and stream.filters[0] in _OPAQUE:
        return b""
    if stream.filters not in _FLATE:
        raise _Unclear
    packed = data[stream.start : stream.end]
    try:
        if b"ASCII85Decode" in stream.filters:
            packed = a85decode(packed.strip().removesuffix(b"endstream").strip().removeprefix(b"<~").removesuffix(b"~>"))
        if b"FlateDecode" not in stream.filters:
            content = packed
        else:
            inflater = zlib.decompressobj()
            content = inflater.decompress(packed, limit + 1)
            if not inflater.eof:
                raise _Unclear
    except (zlib.error, ValueError) as error:
        raise _Unclear from error
    if len(content) > limit:
        raise _Unclear
    return content


def _references(texts: list[bytes]) -> dict[int, int]:
    """The streams that pages may draw: named by /Contents or standing in an array of references. Raises _Unclear where one repeats."""
    counts: dict[int, int] = {}
    for text in texts:
        for number in _CONTENTS.findall(text):
            counts[int(number)] = counts.get(int(number), 0) + 1
        for array in _ARRAY.findall(text):
            numbers = [int(number) for number in re.findall(rb"(\d{1,10})\s+\d{1,5}\s+R", array)]
            if len(numbers) > 8 and len(set(numbers)) * 2 < len(numbers):
                raise _Unclear
            counts.update((number, counts.get(number, 0) + 1) for number in numbers)
    return counts


def read_apart(data: bytes, path: str, limits: Limits) -> Document:
    """The document, read in another process that is held within the limits.

    Raises UnreadableError: as `read`; damaged where the process broke down; no-process where none may be started.
    """
    if not are_allowed():
        raise UnreadableError("no-process", format="pdf")
    command, surroundings = python("from validator.readers.pdf.sandbox import main; main()")
    command += [str(getattr(limits, name)) for name in NAMES]
    quiet = 0
    if sys.platform == "win32":
        quiet = subprocess.CREATE_NO_WINDOW
    try:
        process = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.pdf_seconds,
            env=surroundings,
            check=False,
            creationflags=quiet,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("time-limit", format="pdf") from error
    if process.returncode not in (0, _REPORTED):
        raise UnreadableError("damaged", format="pdf")
    answer = pickle.loads(process.stdout)
    if process.returncode == _REPORTED:
        reason, detail = answer
        raise UnreadableError(reason, **detail)
    return Document(path=path, **answer)


def main() -> None:
    """The other process: a PDF on standard input, the pickled fields of its document on standard output."""
    from validator.readers.pdf.reader import read_here

    limits = Limits(**dict(zip(NAMES, map(int, sys.argv[-len(NAMES) :]), strict=True)))
    use(limits)
    _limit_memory(limits.pdf_memory)
    data = sys.stdin.buffer.read()
    try:
        document = read_here(data, "")
        answer: object = {name: getattr(document, name) for name in ("format", "blocks", "published", "observations")}
        status = 0
    except UnreadableError as error:
        answer, status = (error.reason, error.detail), _REPORTED
    sys.stdout.buffer.write(pickle.dumps(answer))
    sys.stdout.buffer.flush()
    os._exit(status)  # ends at once: PDFium's memory need not be freed in order


def _limit_memory(most: int) -> None:
    """Set the limit where the system has one; on Windows the time limit alone bounds the process."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
