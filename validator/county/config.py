"""nianbao.yaml → Config: found upwards from the working folder, every key checked, every mistake told at once with file and line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_origin

from validator.base.limits import BUILT_IN, LEAST, NAMES, Limits
from validator.base.regular_files import read_regular
from validator.engine.selection import known_names, named, reading
from validator.messages import both
from validator.model import INPUT, Book, Config, County, RosterUnit, Rule, Settings, Waiver
from validator.model.county import Days, LastDays
from validator.model.demands import is_day
from validator.model.unit_facts import UnitKind
from validator.rulebook.decode import WRONG, build, convert, fields_of
from validator.rulebook.diagnostics import Log, listing
from validator.rulebook.yaml_reader import Map, Seq, line_of, read_yaml

NAME = "nianbao.yaml"

#: A roster of a whole province fits in.
MOST_BYTES = 2 * 1024 * 1024
MOST_NODES = 200_000
#: No bound that a file sets may be above it.
MOST_LIMIT = 2**40


def find(start: str | None = None) -> Path | None:
    """The nianbao.yaml of the folder or of the nearest folder above it."""
    folder = os.path.abspath(start or os.getcwd())
    while True:
        path = os.path.join(folder, NAME)
        if os.path.isfile(path):
            return Path(path)
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def read_config(path: Path, *, named: bool = False) -> tuple[Config | None, Map, Log]:
    """The settings of the file (None where it is no such file; without what is wrong in it), its plain data, and its mistakes.

    `named`: it was named by --config, and not found beside reports that somebody sent; only then may it raise the bounds on what is read.
    Raises OSError where it cannot be read.
    """
    log = Log(_shown(path), trusted=False)
    raw = read_yaml(read_regular(path, MOST_BYTES), log, most_bytes=MOST_BYTES, most_nodes=MOST_NODES)
    if raw is None and not log.problems:
        raw = Map()
        raw.line, raw.lines = 1, {}
    if not isinstance(raw, Map):
        if not log.problems:
            log.add(1, both("county.config.no-mapping"))
        raw = Map()
        raw.line, raw.lines = 1, {}
        return None, raw, log
    made, kept = build(raw, Settings, log, 1, ""), raw
    if made is WRONG:
        kept = _sound(raw, Settings, log)  # what else is wrong is told at once
        made = build(kept, Settings, log, 1, "")
        if made is WRONG:
            return None, raw, log
    county = County(name=made.county, years=_years(made, kept, log), deadlines=_deadlines(made, kept, log), roster=_roster(made, log))
    return _config(path, made, kept, county, named, log), raw, log


def _sound(value: Any, kind: Any, log: Log) -> Any:
    """What of the value can be made out, entry by entry, with its lines; WRONG where nothing can. Its mistakes are in the log already."""
    if _is_sound(value, kind, log):
        return value
    origin, arguments = get_origin(kind), get_args(kind)
    kept: Any = WRONG
    if isinstance(value, Seq) and origin is tuple:
        found = [(_sound(item, arguments[0], log), line_of(value, at)) for at, item in enumerate(value)]
        kept = Seq(item for item, _ in found if item is not WRONG)
        kept.line, kept.lines = value.line, [line for item, line in found if item is not WRONG]
    elif isinstance(value, Map) and (is_dataclass(kind) or origin is Mapping):
        kinds = {key: inner for key, (inner, _) in fields_of(kind).items()} if origin is None else dict.fromkeys(value, arguments[1])
        kept = Map({key: made for key in value if key in kinds and (made := _sound(value[key], kinds[key], log)) is not WRONG})
        if origin is Mapping:
            kept = Map({key: item for key, item in kept.items() if _is_sound(key, arguments[0], log)})
        kept.line, kept.lines = value.line, value.lines
    return kept if kept is not WRONG and _is_sound(kept, kind, log) else WRONG


def _is_sound(value: object, kind: Any, log: Log) -> bool:
    unheard = Log(log.path, trusted=False)
    return convert(value, kind, unheard, 1, "") is not WRONG and not unheard.problems


def _config(path: Path, made: Settings, raw: Map, county: County, named: bool, log: Log) -> Config:
    rules = made.rules
    return Config(
        path=_shown(path),
        folder=os.path.dirname(os.path.abspath(path)),
        county=county,
        reports=made.reports,
        lists=_lists(made, raw, log),
        packs=rules.packs,
        pack=rules.pack,
        select=rules.select,
        ignore=rules.ignore,
        severity=rules.severity,
        options=_part(raw, "rules").get("options") or {},
        paths=made.paths,
        waivers=tuple(_waivers(made, log)),
        baseline=made.baseline,
        limits=_limits(made, raw, named, log),
        fail_on=made.fail_on,
        lang=made.lang,
        lines=dict(_lines(raw)),
    )


def _part(raw: Mapping[str, Any], key: str) -> Map:
    """A mapping inside the file, empty where it is not there or none."""
    found = raw.get(key)
    if isinstance(found, Map):
        return found
    empty = Map()
    empty.line, empty.lines = 1, {}
    return empty


def _lines(raw: Map) -> Iterator[tuple[str, int]]:
    """key → line; keys of `rules` as rules.ignore."""
    for key in raw:
        yield key, line_of(raw, key) or 1
    inner = _part(raw, "rules")
    for key in inner:
        yield f"rules.{key}", line_of(inner, key) or 1


def _years(made: Settings, raw: Map, log: Log) -> tuple[int, ...]:
    for year in made.years:
        if not 1990 <= year <= 2100:
            log.add(line_of(raw, "years"), both("county.config.no-year", year=year))
    return tuple(sorted(set(made.years)))


def _deadlines(made: Settings, raw: Map, log: Log) -> Mapping[UnitKind, Days]:
    holder = raw.get("deadlines")
    for kind, day in made.deadlines.items():
        line = line_of(holder, kind)
        if isinstance(day, LastDays):
            if day.submit is None and day.publish is None:
                log.add(line, both("county.config.no-days", kind=kind))
            elif day.submit and day.publish and day.publish < day.submit:
                log.add(line, both("county.config.published-before", kind=kind, submit=day.submit, publish=day.publish))
        elif not is_day(day):
            log.add(line, both("county.config.no-day", kind=kind, day=day))
    return made.deadlines


def _roster(made: Settings, log: Log) -> tuple[RosterUnit, ...]:
    """The units, each name once: a name or alias that fits two units could assign a report to either."""
    units = tuple(replace(unit, name=unit.name.strip()) for unit in made.roster)
    first: dict[str, RosterUnit] = {}
    for unit in units:
        if not unit.name:
            log.add(unit.line, both("county.config.nameless-unit"))
        if unit.since is not None and unit.until is not None and unit.since > unit.until:
            log.add(
                unit.line,
                both("county.config.since-after-until", name=unit.name, since=unit.since, until=unit.until),
            )
        for name in dict.fromkeys((unit.name, *unit.aliases)):
            other = first.setdefault(name, unit)
            if other is not unit and _overlap(other, unit):
                log.add(
                    unit.line,
                    both("county.config.name-of-two", name=name, line=other.line, first=other.name, second=unit.name),
                )
    return units


def _overlap(one: RosterUnit, other: RosterUnit) -> bool:
    """Whether both exist in some year: a name may pass from one unit to the next."""
    return (one.since or 0) <= (other.until or 9999) and (other.since or 0) <= (one.until or 9999)


def _limits(made: Settings, raw: Map, named: bool, log: Log) -> Limits:
    """The bounds on what is read of a file: the built-in ones, some of them set anew."""
    kept = {}
    for name, value in made.limits.items():
        line = line_of(raw.get("limits"), name)
        least, most = LEAST.get(name, 1), getattr(BUILT_IN, name, 0)
        if name not in NAMES:
            _unknown("limits", name, line, list(NAMES), log, "docs/limits.md")
        elif value < least:
            log.add(line, both("county.config.limit-too-small", name=name, least=least))
        elif value > most and not named:
            log.add(line, both("county.config.only-lowered", name=name, most=most))
        elif value > MOST_LIMIT:
            log.add(line, both("county.config.limit-too-large", name=name))
        else:
            kept[name] = value
    return replace(BUILT_IN, **kept)


def _lists(made: Settings, raw: Map, log: Log) -> tuple[str, ...]:
    """The files of other offices' lists, each once."""
    for place, name in enumerate(made.lists):
        if not name.strip():
            log.add(line_of(raw.get("lists"), place), both("county.config.nameless-list"))
    return tuple(dict.fromkeys(name for name in made.lists if name.strip()))


def _waivers(made: Settings, log: Log) -> Iterator[Waiver]:
    for waiver in made.waivers:
        if waiver.until is not None and waiver.last_day is None:
            log.add(waiver.line, both("county.config.no-date", until=waiver.until))
        if not waiver.reason.strip():
            log.add(waiver.line, both("county.config.no-reason"))
        yield replace(waiver, reason=waiver.reason.strip())


# ------------------------------------------------------------------------------------------------ against the book


def check_names(raw: Map, book: Book, log: Log, others: Callable[[], Iterable[Book]] = tuple) -> None:
    """Log every rule, category or unit that the file names and nobody knows. `others`: books to ask where this one does not know."""
    rules = {rule.id: rule for rule in book.rules}
    known = known_names(book.rules)
    for key, name, line in _named(raw):
        if isinstance(name, str) and name not in known and (more := [rule for other in others() for rule in other.rules]):
            rules = {rule.id: rule for rule in more} | rules
            known |= known_names(more)
        if isinstance(name, str) and name not in (rules if key in ("waivers.rule", "rules.options") else known):
            _unknown(key, name, line, sorted(known), log)
    for holder, where in _severities(raw):
        for name in holder:
            if named(name, (INPUT,)) and name in known:
                log.add(
                    line_of(holder, name),
                    both("county.config.severity-is-kept", where=where, name=name),
                )
    _check_waived(raw, book, rules, log)
    units = {name for unit in raw.get("roster") or () if isinstance(unit, Map) for name in _names_of(unit)}
    waivers = raw.get("waivers")
    for waiver in waivers if isinstance(waivers, list) and units else ():
        name = waiver.get("unit") if isinstance(waiver, Map) else None
        if isinstance(name, str) and name not in units:
            _unknown("waivers.unit", name, line_of(waiver, "unit"), sorted(units), log)


def _check_waived(raw: Map, book: Book, rules: Mapping[str, Rule], log: Log) -> None:
    """Log each waiver of what must always be told: files that could not be read, and waivers that are wrong."""
    unread = reading(book.rules)
    for key, name, line in _named(raw):
        if key == "waivers.rule" and name in unread:
            log.add(line, both("county.config.unread-not-waived", name=name))
        elif key == "waivers.rule" and isinstance(name, str) and name in rules and rules[name].scope == "config":
            log.add(line, both("county.config.config-not-waived", name=name))


def _names_of(unit: Map) -> Iterator[str]:
    for key in ("name", "aliases", "formerly"):
        found = unit.get(key)
        yield from (item for item in (found if isinstance(found, list) else [found]) if isinstance(item, str))


def _severities(raw: Map) -> Iterator[tuple[Map, str]]:
    yield _part(_part(raw, "rules"), "severity"), "rules.severity"
    paths = raw.get("paths")
    for entry in paths if isinstance(paths, list) else ():
        if isinstance(entry, Map):
            yield _part(entry, "severity"), "paths.severity"


def _named(raw: Map) -> Iterator[tuple[str, object, int | None]]:
    """Every name of a rule: the key it stands under, the name, its line."""
    rules = _part(raw, "rules")
    for key in ("select", "ignore"):
        found = rules.get(key)
        for at, name in enumerate(found if isinstance(found, list) else ()):
            yield f"rules.{key}", name, line_of(found, at)
    yield from (("rules.options", name, line_of(rules["options"], name)) for name in _part(rules, "options"))
    for holder, where in _severities(raw):
        yield from ((where, name, line_of(holder, name)) for name in holder)
    for key, inner in (("paths", "ignore"), ("waivers", "rule")):
        entries = raw.get(key)
        for entry in entries if isinstance(entries, list) else ():
            found = entry.get(inner) if isinstance(entry, Map) else None
            for name in found if isinstance(found, list) else [found]:
                if name is not None:
                    yield f"{key}.{inner}", name, line_of(entry, inner)


def _unknown(key: str, name: str, line: int | None, allowed: list[str], log: Log, page: str = "nianbao rules") -> None:
    from difflib import get_close_matches

    near = get_close_matches(name, allowed, n=3, cutoff=0.5)
    hint = both("county.config.near-it", names=listing(near)) if near else both("county.config.see", page=page)
    log.add(line, both("county.config.unknown", key=key, name=name, hint=hint))


def relative(config: Config, path: str) -> str:
    """A report's path as patterns of nianbao.yaml see it: from the file's folder, with forward slashes."""
    full = os.path.abspath(path)
    try:
        inner = os.path.relpath(full, config.folder)
    except ValueError:  # another drive of Windows
        return full.replace(os.sep, "/")
    return (full if inner.startswith("..") else inner).replace(os.sep, "/")


def _shown(path: Path) -> str:
    """The file as messages call it: from the working folder, where it is inside."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.as_posix()
