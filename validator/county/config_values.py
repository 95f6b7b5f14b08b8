"""The values of nianbao.yaml once their types are right: years, deadlines, roster, bounds, lists, waivers. Mistakes are logged by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from validator.base.limits import BUILT_IN, LEAST, NAMES, Limits
from validator.messages import both
from validator.model import RosterUnit, Settings, Waiver
from validator.model.county import Days, LastDays
from validator.model.demands import is_day
from validator.model.unit_facts import UnitKind
from validator.rulebook.diagnostics import Diagnostics, listing
from validator.rulebook.yaml_reader import Map, line_of

#: No bound that a file sets may be above it.
MOST_LIMIT = 2**40


def years(settings: Settings, raw: Map, log: Diagnostics) -> tuple[int, ...]:
    """The county's years, each once, in order."""
    for year in settings.years:
        if not 1990 <= year <= 2100:
            log.add(line_of(raw, "years"), both("county.config.no-year", year=year))
    return tuple(sorted(set(settings.years)))


def deadlines(settings: Settings, raw: Map, log: Diagnostics) -> Mapping[UnitKind, Days]:
    """The last days (month-day) by kind of unit."""
    for kind, day in settings.deadlines.items():
        line = line_of(raw.get("deadlines"), kind)
        if isinstance(day, LastDays):
            if day.submit is None and day.publish is None:
                log.add(line, both("county.config.no-days", kind=kind))
            elif day.submit and day.publish and day.publish < day.submit:
                log.add(line, both("county.config.published-before", kind=kind, submit=day.submit, publish=day.publish))
        elif not is_day(day):
            log.add(line, both("county.config.no-day", kind=kind, day=day))
    return settings.deadlines


def roster(settings: Settings, log: Diagnostics) -> tuple[RosterUnit, ...]:
    """The units. A name or alias that fits two units of the same year is logged: it could assign a report to either."""
    units = tuple(replace(unit, name=unit.name.strip()) for unit in settings.roster)
    first_of_name: dict[str, RosterUnit] = {}
    for unit in units:
        if not unit.name:
            log.add(unit.line, both("county.config.nameless-unit"))
        if unit.since is not None and unit.until is not None and unit.since > unit.until:
            log.add(unit.line, both("county.config.since-after-until", name=unit.name, since=unit.since, until=unit.until))
        for name in dict.fromkeys((unit.name, *unit.aliases)):
            other = first_of_name.setdefault(name, unit)
            if other is not unit and _overlap(other, unit):
                log.add(unit.line, both("county.config.name-of-two", name=name, line=other.line, first=other.name, second=unit.name))
    return units


def _overlap(first: RosterUnit, second: RosterUnit) -> bool:
    """Whether both exist in some year: a name may pass from one unit to the next."""
    return (first.since or 0) <= (second.until or 9999) and (second.since or 0) <= (first.until or 9999)


def limits(settings: Settings, raw: Map, named: bool, log: Diagnostics) -> Limits:
    """The bounds on what is read of a file: the built-in ones, some of them changed. `named`: they may be raised above these."""
    changed = {}
    for name, value in settings.limits.items():
        line = line_of(raw.get("limits"), name)
        least, most = LEAST.get(name, 1), getattr(BUILT_IN, name, 0)
        if name not in NAMES:
            log_unknown(log, line, "limits", name, list(NAMES), page="docs/limits.md")
        elif value < least:
            log.add(line, both("county.config.limit-too-small", name=name, least=least))
        elif value > most and not named:
            log.add(line, both("county.config.only-lowered", name=name, most=most))
        elif value > MOST_LIMIT:
            log.add(line, both("county.config.limit-too-large", name=name))
        else:
            changed[name] = value
    return replace(BUILT_IN, **changed)


def list_files(settings: Settings, raw: Map, log: Diagnostics) -> tuple[str, ...]:
    """The files of other offices' lists, each once."""
    for place, name in enumerate(settings.lists):
        if not name.strip():
            log.add(line_of(raw.get("lists"), place), both("county.config.nameless-list"))
    return tuple(dict.fromkeys(name for name in settings.lists if name.strip()))


def waivers(settings: Settings, log: Diagnostics) -> Iterator[Waiver]:
    """The waivers; one without a reason or with a day that is none is logged."""
    for waiver in settings.waivers:
        if waiver.until is not None and waiver.last_day is None:
            log.add(waiver.line, both("county.config.no-date", until=waiver.until))
        if not waiver.reason.strip():
            log.add(waiver.line, both("county.config.no-reason"))
        yield replace(waiver, reason=waiver.reason.strip())


def log_unknown(log: Diagnostics, line: int | None, key: str, name: str, allowed: list[str], *, page: str = "nianbao rules") -> None:
    """Log an unknown name, with allowed ones like it; where there are none, with the page or command that lists the allowed ones."""
    from difflib import get_close_matches

    near = get_close_matches(name, allowed, n=3, cutoff=0.5)
    hint = both("county.config.near-it", names=listing(near)) if near else both("county.config.see", page=page)
    log.add(line, both("county.config.unknown", key=key, name=name, hint=hint))
