"""Marks of comments put into the text of a docx; runs and texts are divided where a mark stands inside them, their looks kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from validator.readers.docx.package import Element, W
from validator.readers.docx.paragraphs import words
from validator.reporters.docx.anchors import Anchor, XmlPosition
from validator.reporters.docx.comments import bound, escaped
from validator.reporters.docx.source import Edit, Source, apply_edits


def insert_marks(source: Source, anchors: Mapping[int, Anchor], namespace: str) -> bytes:
    """The text with a beginning and an end for each comment, by its number. `namespace`: of the text's own elements."""
    return apply_edits(source.text, _edits(source, _placed(source, anchors, namespace)))


def _placed(source: Source, anchors: Mapping[int, Anchor], namespace: str) -> dict[XmlPosition, bytes]:
    """What is put in at each mark: ends first, then comments without words, then beginnings."""
    tags: dict[XmlPosition, tuple[list[str], list[str], list[str]]] = defaultdict(lambda: ([], [], []))

    def tag(text: str) -> str:
        return bound(text, source.root, namespace)

    for number, anchor in anchors.items():
        start = tag(f'<w:commentRangeStart w:id="{number}"/>')
        end = tag(f'<w:commentRangeEnd w:id="{number}"/>') + tag(f'<w:r><w:commentReference w:id="{number}"/></w:r>')
        if anchor.start == anchor.end:
            tags[anchor.start][1].append(start + end)
        else:
            tags[anchor.start][2].append(start)
            tags[anchor.end][0].append(end)
    return {mark: source.encoded("".join(text for texts in kinds for text in texts)) for mark, kinds in tags.items()}


def _edits(source: Source, placed: Mapping[XmlPosition, bytes]) -> Iterable[Edit]:
    texts: dict[Element, list[tuple[XmlPosition, bytes]]] = defaultdict(list)
    for mark, inserted in placed.items():
        if mark.text is not None:
            texts[mark.text].append((mark, inserted))
        elif mark.paragraph is not None:
            yield source.appended(mark.paragraph, inserted)
        elif mark.run is not None:
            end, begin = _seam(source, mark.run)
            yield Edit(mark.at, mark.at, end + inserted + begin)
        else:
            yield Edit(mark.at, mark.at, inserted)
    for text, marks in texts.items():
        yield _divided(source, text, sorted(marks, key=lambda item: item[0].order))


def _seam(source: Source, run: Element) -> tuple[bytes, bytes]:
    """The end of a run, and the beginning of another with the same look."""
    look = run.find(W + "rPr")
    return b"</" + source.name(run) + b">", source.start_tag(run) + (source.whole(look) if look is not None else b"")


def _divided(source: Source, text: Element, marks: Iterable[tuple[XmlPosition, bytes]]) -> Edit:
    """A text in several, each in a run of its own. Spaces at the new ends are to be preserved."""
    whole, at, pieces, between = words(text), 0, [], []
    run = text.getparent()
    for mark, inserted in marks:
        pieces.append(whole[at : mark.offset])
        between.append(inserted)
        at = mark.offset
    pieces.append(whole[at:])
    name = source.name(text)
    begin, end = source.start_tag(text), b"</" + name + b">"
    if any(piece != piece.strip() for piece in pieces):
        begin = b"<" + name + b' xml:space="preserve">'
    close, reopen = (b"", b"") if run is None else _seam(source, run)
    out = begin + source.encoded(escaped(pieces[0])) + end
    for inserted, piece in zip(between, pieces[1:], strict=True):
        out += close + inserted + reopen + begin + source.encoded(escaped(piece)) + end
    span = source.span(text)
    return Edit(span.start, span.end, out)
