"""A Word file with the findings of its reports as comments in it: every finding on the very words, how the report stands on the title.

The text is edited byte by byte: nothing of it changes but that marks are put in and a run is divided where a mark stands inside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from validator.messages import say
from validator.model import Block, FileResult, Finding, Report, Run, UnreadableError
from validator.readers.docx.origins import Origin, trace_origins
from validator.readers.docx.package import linked_parts, links_of, main_part, parse_part, unpack
from validator.reporters import Options
from validator.reporters.docx.anchors import Anchor, Anchors
from validator.reporters.docx.comments import append_comments, comment, last_number, ours, part
from validator.reporters.docx.links import link_comments, namespaces, remove_signature
from validator.reporters.docx.marks import insert_marks
from validator.reporters.docx.notes import CommentPhrase, of_finding, of_report
from validator.reporters.docx.parts import Parts
from validator.reporters.docx.source import Source


class ChangedError(Exception):
    """The file is no longer what was checked."""


def commented(data: bytes, files: Sequence[FileResult], run: Run, options: Options) -> bytes:
    """The docx with comments. `files`: its reports, one or several, all of them read.

    Raises ChangedError; UnreadableError, as the reader does, also where a part that only comments need is damaged.
    """
    try:
        return _commented(data, files, run, options)
    except RecursionError as error:
        raise UnreadableError("too-deep", format="docx") from error


def written_by_us(data: bytes) -> bool:
    """Whether a file is a docx that was commented here and that no program has saved since."""
    try:
        parts = Parts(data)
        main = main_part(parts.source, parts.names)
        name = linked_parts(parts.source, parts.names, main, ("comments",))["comments"]
        return ours(parts.text(name) or b"", parts.text(main) or b"")
    except UnreadableError:
        return False


def _commented(data: bytes, files: Sequence[FileResult], run: Run, options: Options) -> bytes:
    parts, package = Parts(data), unpack(data)
    source = Source(package.text, package.body.getroottree().getroot())
    origins = trace_origins(package)
    name = linked_parts(parts.source, parts.names, package.main, ("comments",))["comments"]
    earlier_part = parts.text(name)
    earlier_root = parse_part(earlier_part) if earlier_part is not None else None
    signed = remove_signature(parts)
    earlier = 0 if earlier_root is None else sum(1 for _ in earlier_root)
    language = options.language
    notes = [say("docx.signed", language)] * signed + ([say("docx.kept", language, count=earlier)] if earlier else [])
    placed = [item for file in files for item in _of_file(file, run, options, Anchors(package, source, origins), origins, notes)]
    first = last_number(source.root, earlier_root) + 1
    spaces = namespaces(package.text)
    text = insert_marks(source, {number: anchor for number, (anchor, _) in enumerate(placed, first)}, spaces.words)
    comments = [comment(number, phrases) for number, (_, phrases) in enumerate(placed, first)]
    parts.put(package.main, text)
    if earlier_part is None:
        parts.put(name, part(comments, spaces.words, text))
    else:
        parts.put(name, append_comments(earlier_part, comments, spaces.words, text))
    link_comments(parts, links_of(package.main), name, spaces)
    return parts.packed()


def _of_file(
    file: FileResult, run: Run, options: Options, anchors: Anchors, origins: Mapping[int, Origin], notes: Sequence[str]
) -> Iterator[tuple[Anchor, list[CommentPhrase]]]:
    """The comments of one report: how it stands, then its findings, the gravest first. Raises ChangedError."""
    report, figures, language = file.report, file.figures, options.language
    if report is None:
        return
    if any(block.line not in origins or origins[block.line].block.text != block.text for block in report.document.blocks):
        raise ChangedError(file.path)
    blocks = [block for _, block in report.title.passage.places] if report.title and report.title.passage else []
    size = sum(len(block.text) for block in blocks) if _follow(blocks) else 0
    yield anchors.at(_title(report), 0, size), list(of_report(file, run, language, notes))
    lines = frozenset(block.line for block in report.document.blocks)
    for finding in sorted(file.findings, key=lambda finding: finding.grade.rank):
        figure = figures.by_cell.get(finding.suspect.cell) if figures and finding.suspect else None
        line, asides = _line(finding, report, lines)
        place = finding.location
        if figure is not None and figure.block.line in lines:  # of failed sums the figure to look at first
            anchor = anchors.at(figure.block.line, figure.start, len(figure.text))
            asides = []
        elif not asides and place.excerpt is not None and place.offset is not None:
            anchor = anchors.at(line, place.offset - 1, place.length or 0)
        else:
            anchor = anchors.at(line)
        asides += [anchor.aside] if anchor.aside else []
        yield anchor, list(of_finding(finding, file, figures, run, language, asides))


def _line(finding: Finding, report: Report, lines: frozenset[int]) -> tuple[int, list[str]]:
    """The line a comment stands on, and what is to be said where it is not the finding's own."""
    place = finding.location
    if place.line in lines:
        return place.line or 0, []
    if place.section is None:
        return _title(report), ["whole"]
    parts = [(section.number, section) for section in report.sections if section.number is not None]
    before = [(number, section) for number, section in parts if number <= place.section]
    _, near = max(before, key=lambda part: part[0]) if before else parts[0] if parts else (0, None)
    return (near.block.line if near else _title(report)), ["none"]


def _title(report: Report) -> int:
    """The line of the title, else of the first block."""
    return report.title.block.line if report.title else report.document.blocks[0].line


def _follow(blocks: Sequence[Block]) -> bool:
    """Whether the lines of a title follow each other, as whole blocks."""
    return all(block.line == blocks[0].line + number for number, block in enumerate(blocks))
