"""What two checkouts of this project print, held against each other byte for byte; what may differ is set aside by name.

This module and compare_checkouts.py import nothing of the project: what they compare may have been moved, renamed or broken.
"""

from __future__ import annotations

import difflib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

#: What may differ, by name: the hash over rules and forms (JSON `tool.rules`, its first twelve digits in HTML), paths of rule files,
#: links to rules' pages, the checksum that a page carries of all that, and in xlsx and docx the times of the archive and the dates of
#: creation.
RULES_HASH, RULE_FILES, RULE_PAGES = "tool.rules", "paths of rule files", "links to rule pages"
ZIP_TIMES, DATES, CHECKSUM = "zip times", "dates of creation", "checksum of the page"

#: The parts of an outcome that are no files.
STATUS, STDOUT, STDERR = "exit status", "standard output", "standard error"
#: The exit status of a command that could not do its work.
_REFUSED = b"2"

_NAME = rb"[\w.-]+(?:/[\w.-]+)*"
_CREATION = re.compile(rb"<dcterms:(?:created|modified)\b[^>]*>[^<]*<")
_LINES, _WIDTH, _WINDOW = 14, 160, 400  # of a diff that is shown: lines, characters a line, lines looked at


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two checkouts: its top folder, and the hash over its rules as its JSON result tells it (None: it told none)."""

    root: Path
    rules_hash: str | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one command left, by part: exit status, both streams (where not empty), each file that it wrote."""

    parts: Mapping[str, bytes]

    @property
    def refused(self) -> bool:
        """The command did not do its work and printed no result: a format, an option or a command that is not there."""
        return self.parts.get(STATUS) == _REFUSED and set(self.parts) <= {STATUS, STDERR}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One output that differs: whose, which part, how (a few lines)."""

    command: str
    part: str
    lines: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Tally:
    """What was compared so far. `set_aside`: in how many outputs the sides differed by what has this name."""

    outputs: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)


def differences(command: str, old: Outcome, new: Outcome, sides: tuple[Side, Side], tally: Tally) -> Iterator[Difference]:
    """Every output of one command that is not the same in both; counts into `tally`."""
    if old.refused != new.refused:
        tally.outputs += 1
        there, complaint = ("NEW", old) if old.refused else ("OLD", new)
        yield Difference(command=command, part=f"only in {there}", lines=tuple(_lines(complaint.parts.get(STDERR, b""))[:2]))
        return
    before, after = _parts(old), _parts(new)
    for part in [*before, *(part for part in after if part not in before)]:
        tally.outputs += 1
        if part not in before or part not in after:
            yield Difference(command=command, part=f"{part}: only in {'OLD' if part in before else 'NEW'}")
            continue
        first, aside = without_what_may_differ(before[part], part, sides[0])
        second, other = without_what_may_differ(after[part], part, sides[1])
        tally.set_aside.update(name for name in {*aside, *other} if aside.get(name) != other.get(name))
        if first != second:
            yield Difference(command=command, part=part, lines=tuple(shown(first, second)))


def without_what_may_differ(content: bytes, part: str, side: Side) -> tuple[bytes, dict[str, list[bytes]]]:
    """The content with a name in place of all that may differ, and what stood there by that name."""
    root = rb"(?:(?:file://)?" + re.escape(side.root.as_posix().encode()) + rb"/)?"
    patterns = {
        RULE_PAGES: re.compile(rb"(?:https?://[\w./:-]+/|" + root + rb")(?:docs/rules|validator/_pages)/" + _NAME + rb"\.md\b"),
        CHECKSUM: re.compile(rb"<!-- nianbao:[0-9a-f]{64} -->\s*\Z"),
        RULE_FILES: re.compile(rb"(?<![\w./-])" + root + rb"rules/" + _NAME + rb"\.ya?ml\b"),
    }
    if side.rules_hash:
        digits = side.rules_hash.encode()
        patterns[RULES_HASH] = re.compile(rb"(?<![0-9a-f])(?:" + digits + rb"|" + digits[:12] + rb")(?![0-9a-f])")
    if part.endswith("!docProps/core.xml"):
        patterns[DATES] = _CREATION
    if part.endswith(f"!{ZIP_TIMES}"):
        return b"", {ZIP_TIMES: [content]}
    aside: dict[str, list[bytes]] = {}
    for name, pattern in patterns.items():
        if matches := pattern.findall(content):
            aside[name] = matches
            content = pattern.sub(f"<{name}>".encode(), content)
    return content, aside


def _parts(outcome: Outcome) -> dict[str, bytes]:
    """The outcome's parts, an archive (xlsx, docx) as the parts in it: what is packed, not how."""
    parts: dict[str, bytes] = {}
    for name, content in outcome.parts.items():
        try:
            archive = zipfile.ZipFile(io.BytesIO(content)) if content.startswith(b"PK\x03\x04") else None
        except zipfile.BadZipFile:
            archive = None
        if archive is None:
            parts[name] = content
            continue
        with archive:
            entries = archive.infolist()
            parts[f"{name}!list of parts"] = "\n".join(entry.filename for entry in entries).encode()
            parts[f"{name}!{ZIP_TIMES}"] = repr([entry.date_time for entry in entries]).encode()
            parts |= {f"{name}!{entry.filename}": archive.read(entry) for entry in entries}
    return parts


def shown(old: bytes, new: bytes) -> Iterator[str]:
    """A few lines that show where two contents begin to differ: for JSON the place, then a short unified diff."""
    try:
        yield f"at {_place(json.loads(old), json.loads(new))}"
    except ValueError:  # no JSON
        pass
    first, second = _lines(old), _lines(new)
    if first == second:
        yield "(the ends of lines, or other white space)"
        return
    same = next((at for at, (one, other) in enumerate(zip(first, second, strict=False)) if one != other), min(len(first), len(second)))
    start = max(0, same - 1)
    diff = difflib.unified_diff(first[start : start + _WINDOW], second[start : start + _WINDOW], n=1, lineterm="")
    lines = [line for line in diff if not line.startswith(("---", "+++", "@@"))]
    yield from _cut(lines[:_LINES])
    if len(lines) > _LINES or max(len(first), len(second)) > start + _WINDOW:
        yield "…"


def _lines(content: bytes) -> list[str]:
    """Lines that can be compared: JSON indented, markup one tag a line."""
    text = content.decode("utf-8", errors="backslashreplace")
    if text.lstrip().startswith(("{", "[")):
        try:
            return json.dumps(json.loads(text), ensure_ascii=False, indent=1).splitlines()
        except ValueError:
            pass
    if text.lstrip().startswith("<"):
        text = text.replace("><", ">\n<")
    return text.splitlines()


def _place(old: object, new: object) -> str:
    """Where two JSON values first differ, such as files[2] (reports/a.txt).findings[0].message."""
    if isinstance(old, dict) and isinstance(new, dict):
        key = next((key for key in [*old, *new] if old.get(key, _place) != new.get(key, _place)), None)
        if key is None:
            return " (the order of its keys, or how it is written)"
        return f".{key}{_place(old.get(key), new.get(key))}"
    if isinstance(old, list) and isinstance(new, list):
        at = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), None)
        if at is None:
            return f" ({len(old)} → {len(new)} entries)"
        path = old[at].get("path") if isinstance(old[at], dict) else None
        return f"[{at}]{f' ({path})' if path else ''}{_place(old[at], new[at])}"
    return ""


def _cut(lines: list[str]) -> Iterator[str]:
    """The lines, long ones cut to where the first that went differs from the first that came."""
    went = next((line for line in lines if line.startswith("-")), "")
    came = next((line for line in lines if line.startswith("+")), "")
    same = next((at for at, (one, other) in enumerate(zip(went[1:], came[1:], strict=False)) if one != other), 0)
    start = max(0, same - _WIDTH // 3)
    for line in lines:
        if len(line) <= _WIDTH:
            yield line
        else:
            yield f"{line[0]}{'…' if start else ''}{line[1:][start : start + _WIDTH]}{'…' if len(line) > start + _WIDTH else ''}"
