"""Several files for one unit and year: which are one report in several renditions, which are drafts, and which one is taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from validator.base.regex_cache import expression
from validator.model import Member
from validator.similarity.one_report import one_report
from validator.similarity.same_figures import equal, figures

#: Suffixes by the ease with which a clerk mends the file.
_EASY = ("docx", "wps", "doc", "odt", "rtf", "md", "txt", "html", "htm", "mht", "mhtml", "pdf")
_NUMBER = expression(r"(\d+)")


def assign_roles(members: Sequence[Member]) -> tuple[Member, ...]:
    """The members, in the same order, each with its role."""
    groups: dict[tuple[str, int], list[int]] = {}
    for place, member in enumerate(members):
        if member.unit is not None and member.year is not None:
            groups.setdefault((member.unit.name, member.year), []).append(place)
    with_roles = list(members)
    for places in groups.values():
        if len(places) > 1:
            for place, member in zip(places, _roles([members[place] for place in places]), strict=True):
                with_roles[place] = member
    return tuple(with_roles)


def _roles(group: Sequence[Member]) -> list[Member]:
    """Of equal ones the fullest is taken, of different ones the newest; what cannot be read is the same report again.

    A file of which nothing shows that it is the same report at all is none of its versions: it is checked by itself.
    """
    readable = [member for member in group if member.file.reading is not None]
    if not readable:
        return [group[0], *(replace(member, role="rendition") for member in group[1:])]
    newest = max(readable, key=_newness)
    strange = {id(member) for member in readable if member is not newest and not one_report(member, newest)}
    readable = [member for member in readable if id(member) not in strange]
    same = [member for member in readable if equal(member, newest)]
    dated = len(same) < len(readable) and len({_published(member) for member in readable}) > 1
    chosen = min(same, key=_fitness)
    others = {id(member) for member in readable} - {id(member) for member in same}
    return [
        replace(member, role="other", dated=dated)
        if id(member) in strange
        else replace(member, role="taken" if member is chosen else "draft" if id(member) in others else "rendition", dated=dated)
        for member in group
    ]


def _newness(member: Member) -> tuple[date, tuple[tuple[int, int, str], ...]]:
    """By the date of publication in the text, then by the file's name: 报告(2) after 报告."""
    stem = re.split(r"[\\/]", member.file.path)[-1].rsplit(".", 1)[0]
    pieces = tuple((1, len(piece.lstrip("0")), piece.lstrip("0")) if piece.isdigit() else (0, 0, piece) for piece in _NUMBER.split(stem))
    return _published(member), pieces


def _published(member: Member) -> date:
    digest = member.file.digest
    return (digest.published if digest else None) or date.min


def _fitness(member: Member) -> tuple[int, int, str]:
    """The one with the most figures, then the one that is mended most easily."""
    suffix = member.file.path.rsplit(".", 1)[-1].lower()
    read = sum(value is not None for value in figures(member).values())
    return -read, _EASY.index(suffix) if suffix in _EASY else len(_EASY), member.file.path
