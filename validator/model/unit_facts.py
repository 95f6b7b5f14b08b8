"""rules/tables/units.yaml as a record: what a unit is by the end of its name, and how units of each kind speak of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Literal

from validator.base.patterns import TablePattern
from validator.base.records import record

UnitKind = Literal["government", "office", "department", "township", "subdistrict", "committee", "vertical", "institution"]
UnitLevel = Literal["province", "prefecture", "county", "township"]


@record
class UnitEnding:
    """The endings of names by which a unit is of a kind."""

    kind: UnitKind
    ends: TablePattern

    @cached_property
    def name(self) -> TablePattern:
        """A whole name that ends so."""
        return TablePattern(f".{{0,200}}(?:{self.ends.source})")


@record
class UnitLevelPlace:
    """The names of places of a level."""

    level: UnitLevel
    place: TablePattern


@record
class UnitFacts:
    """The keys of rules/tables/units.yaml, where each is explained."""

    endings: tuple[UnitEnding, ...]
    itself: TablePattern
    organs: TablePattern
    place: TablePattern
    before_place: TablePattern
    between: str
    of_kind: Mapping[UnitKind, str]
    begins: Mapping[UnitLevel, TablePattern]
    areas: tuple[str, ...]
    goes_on: tuple[str, ...]
    place_ends: str
    levels: tuple[UnitLevelPlace, ...]
    own_levels: Mapping[UnitLevel, TablePattern]
    short: tuple[tuple[TablePattern, str], ...]
    offices: TablePattern
    presents: tuple[TablePattern, ...]
    compiled_by: TablePattern
    compiled_for: TablePattern
    in_path: TablePattern
    defines: TablePattern
    pronouns: TablePattern
    signs: TablePattern
    not_self: Mapping[UnitKind, TablePattern] = field(metadata={"key": "self"})
    self_ends: Mapping[TablePattern, TablePattern]
    self_above: Mapping[UnitKind, TablePattern]
    above: Mapping[Literal[UnitKind, UnitLevel], TablePattern]
