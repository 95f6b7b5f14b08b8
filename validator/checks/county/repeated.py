"""Several files for one unit and year: drafts that differ, or one report in several renditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from validator.base.records import record
from validator.engine.locations import cell_place
from validator.messages import enumerated
from validator.model import Cell, Form, Hit, Member, ReportSet, Skip, Spot, Text
from validator.similarity.same_figures import differing

#: So many figures that differ are named.
_NAMED = 2


@record
class Repeated:
    """One hit for a unit and year: which file was taken and how the others differ. Variant `rendition`: they say the same; `unread`:
    what could be read says the same; `undated`: no date shows which is the newest, so the files' names decide."""

    SCOPES = ("county",)
    FACTS = ("unit", "year", "count", "taken", "others", "differing", "cells")

    def run(self, seen: ReportSet) -> Iterable[Hit | Skip]:
        """In the order of units and years."""
        for (unit, year), members in seen.by_unit.items():
            versions = [member for member in members if member.role != "other"]
            if len(versions) > 1:
                yield _hit(unit, year, versions)
            if len(versions) < len(members):
                yield _unlike(unit, year, [members[0], *(member for member in members if member.role == "other")])


def _unlike(unit: str, year: int, members: Sequence[Member]) -> Hit:
    paths = tuple(member.file.path for member in members)
    facts = {
        "unit": unit,
        "year": year,
        "count": len(members),
        "taken": paths[0],
        "others": paths[1:],
        "differing": 0,
        "cells": _named((), members[0]),
    }
    return Hit(spot=Spot(), variant="unlike", paths=paths, unit=unit, year=year, facts=facts)


def _hit(unit: str, year: int, members: Sequence[Member]) -> Hit:
    taken, *others = members
    drafts = [member for member in others if member.role == "draft"]
    unread = [member for member in others if member.file.reading is None]
    cells = list(dict.fromkeys(key for draft in drafts for key in differing(draft, taken)))
    return Hit(
        spot=Spot(),
        variant=("unread" if unread else "rendition") if not drafts else None if taken.dated else "undated",
        paths=tuple(member.file.path for member in members),
        unit=unit,
        year=year,
        facts={
            "unit": unit,
            "year": year,
            "count": len(members),
            "taken": taken.file.path,
            "others": tuple(member.file.path for member in (drafts or unread or others)),
            "differing": len(cells),
            "cells": _named(cells[:_NAMED], taken),
        },
    )


def _named(keys: Sequence[str], taken: Member) -> Text:
    """The places of some figures in the report's words."""
    figures = taken.file.figures
    if figures is None:
        return {"zh": "", "en": ""}
    places = list(_places(keys, figures.form))
    return enumerated(places, "marks.places")


def _places(keys: Sequence[str], form: Form) -> Iterator[Text]:
    for key in keys:
        table, _, rest = key.partition(".")
        row, _, column = rest.rpartition(".")
        yield cell_place(form, Cell(table=table, row=row, column=column))
