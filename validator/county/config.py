"""nianbao.yaml → Config: found upwards from the working folder, every key checked, every mistake reported at once with file and line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

from validator.base.regular_files import read_regular
from validator.county.config_values import deadlines, limits, list_files, roster, waivers, years
from validator.messages import both
from validator.model import Config, County, Settings
from validator.rulebook.decode import WRONG, build, convert, fields_of
from validator.rulebook.diagnostics import Diagnostics
from validator.rulebook.yaml_reader import Map, Seq, line_of, read_yaml, submap

NAME = "nianbao.yaml"

#: A roster of a whole province fits in.
MOST_BYTES = 2 * 1024 * 1024
MOST_NODES = 200_000


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


def read_config(path: Path, *, named: bool = False) -> tuple[Config | None, Map, Diagnostics]:
    """The settings of the file (None where it is no such file; without what is wrong in it), its plain data, and its mistakes.

    `named`: it was named by --config, and not found beside reports that somebody sent; only then may it raise the bounds on what is read.
    Raises OSError where it cannot be read.
    """
    log = Diagnostics(_shown(path), trusted=False)
    raw = read_yaml(read_regular(path, MOST_BYTES), log, most_bytes=MOST_BYTES, most_nodes=MOST_NODES)
    if raw is None and not log.problems:  # an empty file sets nothing
        raw = Map.at(1)
    if not isinstance(raw, Map):
        if not log.problems:
            log.add(1, both("county.config.no-mapping"))
        return None, Map.at(1), log
    sound, settings = raw, build(raw, Settings, log, 1, "")
    if settings is WRONG:
        sound = _sound(raw, Settings, log)  # the rest is read all the same, so that its mistakes are reported too
        settings = build(sound, Settings, log, 1, "")
        if settings is WRONG:
            return None, raw, log
    return _config(path, settings, sound, named, log), raw, log


def _sound(value: Any, kind: Any, log: Diagnostics) -> Any:
    """What of the value can be decoded, entry by entry, with its lines; WRONG where nothing can. Its mistakes are in the log already."""
    if _is_sound(value, kind, log):
        return value
    origin, arguments = get_origin(kind), get_args(kind)
    sound: Any = WRONG
    if isinstance(value, Seq) and origin is tuple:
        items = [(_sound(item, arguments[0], log), line_of(value, at)) for at, item in enumerate(value)]
        sound = Seq(item for item, _ in items if item is not WRONG)
        sound.line, sound.lines = value.line, [line for item, line in items if item is not WRONG]
    elif isinstance(value, Map) and (is_dataclass(kind) or origin is Mapping):
        kinds = {key: inner for key, (inner, _) in fields_of(kind).items()} if origin is None else dict.fromkeys(value, arguments[1])
        entries = {key: _sound(value[key], kinds[key], log) for key in value if key in kinds}
        fitting = {key for key in entries if origin is None or _is_sound(key, arguments[0], log)}
        sound = Map.at(value.line, {key: item for key, item in entries.items() if item is not WRONG and key in fitting}, value.lines)
    return sound if sound is not WRONG and _is_sound(sound, kind, log) else WRONG


def _is_sound(value: object, kind: Any, log: Diagnostics) -> bool:
    """Whether the value is of the type, without any mistake; nothing is logged."""
    trial = Diagnostics(log.path, trusted=False)
    return convert(value, kind, trial, 1, "") is not WRONG and not trial.problems


def _config(path: Path, settings: Settings, raw: Map, named: bool, log: Diagnostics) -> Config:
    rules = settings.rules
    return Config(
        path=_shown(path),
        folder=os.path.dirname(os.path.abspath(path)),
        county=County(
            name=settings.county, years=years(settings, raw, log), deadlines=deadlines(settings, raw, log), roster=roster(settings, log)
        ),
        reports=settings.reports,
        lists=list_files(settings, raw, log),
        packs=rules.packs,
        pack=rules.pack,
        select=rules.select,
        ignore=rules.ignore,
        severity=rules.severity,
        options=submap(raw, "rules").get("options") or {},
        paths=settings.paths,
        waivers=tuple(waivers(settings, log)),
        baseline=settings.baseline,
        limits=limits(settings, raw, named, log),
        fail_on=settings.fail_on,
        lang=settings.lang,
        lines=dict(_lines(raw)),
    )


def _lines(raw: Map) -> Iterator[tuple[str, int]]:
    """key → line; keys of `rules` as rules.ignore."""
    for key in raw:
        yield key, line_of(raw, key) or 1
    rules = submap(raw, "rules")
    for key in rules:
        yield f"rules.{key}", line_of(rules, key) or 1


def relative(config: Config, path: str) -> str:
    """A report's path as patterns of nianbao.yaml see it: from the file's folder, with forward slashes."""
    absolute = os.path.abspath(path)
    try:
        inside = os.path.relpath(absolute, config.folder)
    except ValueError:  # another drive of Windows
        return absolute.replace(os.sep, "/")
    return (absolute if inside.startswith("..") else inside).replace(os.sep, "/")


def _shown(path: Path) -> str:
    """The file as messages call it: from the working folder, where it is inside."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.as_posix()
