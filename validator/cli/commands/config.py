"""`nianbao config`: every setting in force, and where its value comes from: a flag, a line of nianbao.yaml, the default."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from validator.base.limits import BUILT_IN, NAMES
from validator.base.records import record
from validator.base.shown import escaped, no_command, one_line
from validator.cli import output_stream, settings
from validator.cli.commands.setup import opened, others
from validator.cli.commands.write_result import deliver
from validator.cli.settings import CommandSettings
from validator.messages import say
from validator.model import Book, Config, Language, PathSettings, Waiver
from validator.model.county import Days, LastDays

#: Setting → its flag, and its key in nianbao.yaml; '' where there is none.
_SOURCES: Mapping[str, tuple[str, str]] = {
    "config": ("config", ""),
    "county": ("", "county"),
    "reports": ("paths", "reports"),
    "years": ("", "years"),
    "deadlines": ("", "deadlines"),
    "roster": ("", "roster"),
    "lists": ("", "lists"),
    "packs": ("rules", "rules.packs"),
    "pack": ("pack", "rules.pack"),
    "select": ("select", "rules.select"),
    "ignore": ("ignore", "rules.ignore"),
    "severity": ("", "rules.severity"),
    "options": ("", "rules.options"),
    "paths": ("", "paths"),
    "waivers": ("", "waivers"),
    "baseline": ("baseline", "baseline"),
    "limits": ("", "limits"),
    "fail_on": ("fail_on", "fail_on"),
    "lang": ("lang_given", "lang"),
    "form": ("form", ""),
    "unit": ("unit", ""),
    "year": ("year", ""),
    "against": ("against", ""),
    "changed_since": ("changed_since", ""),
    "jobs": ("jobs", ""),
    "scheduler": ("scheduler", ""),
    "cache": ("no_cache", ""),
}


@record
class SettingEntry:
    """One setting: its plain value, how people read it, and where it comes from: flag, file and line, or neither."""

    name: str
    value: Any
    shown: str
    flag: str = ""
    file: str = ""
    line: int | None = None


def run(flags: dict[str, Any]) -> int:
    """0. Raises SettingsError and PackError as a check does: what is wrong in the settings is told at once."""
    shape = flags["format"] or "text"
    if shape not in ("text", "json"):
        settings.one_of("--format", shape, ("text", "json"))
    asked, book = opened({**flags, "format": None}, settings.of_config)
    settings.selection(book, asked, partial(others, book, asked))
    found = list(entries(flags, asked, book))
    if shape == "json":
        told = {
            one.name: {"value": one.value, "from": {"flag": one.flag or None, "file": one.file or None, "line": one.line}} for one in found
        }
        deliver(escaped(json.dumps(told, ensure_ascii=False, indent=2)) + "\n", asked)
    else:
        deliver(_text(found, asked.language), asked)
    return 0


def entries(flags: Mapping[str, Any], asked: CommandSettings, book: Book) -> Iterator[SettingEntry]:
    """Every setting in force, in a fixed order, then how many rules there are."""
    config = asked.config or Config(path="", folder="")
    for name, value in _values(asked, config).items():
        flag, key = _SOURCES[name]
        given = flags.get(flag) not in (None, False, [], ()) if flag else False
        line = config.lines.get(key) if key else None
        both = given and line is not None and name in ("ignore", "packs")  # these add to each other
        yield SettingEntry(
            name=name,
            value=value,
            shown=_shown(value),
            flag=("PATH" if flag == "paths" else f"--{_flag(flag)}") if given else "",
            file=config.path if line is not None and (not given or both) else "",
            line=line if not given or both else None,
        )
    changed = sum(bool(rule.replaces) for rule in book.rules)
    yield SettingEntry(name="rules", value={"rules": len(book.rules), "changed": changed}, shown=f"{len(book.rules)} ({changed})")


def _flag(flag: str) -> str:
    """How a flag is written."""
    return {"lang_given": "lang"}.get(flag, flag).replace("_", "-")


def _values(asked: CommandSettings, config: Config) -> dict[str, Any]:
    county = settings.county(asked)
    return {
        "config": config.path or None,
        "county": county.name,
        "reports": list(asked.paths),
        "years": list(county.years),
        "deadlines": {kind: _days(days) for kind, days in county.deadlines.items()},
        "roster": [unit.name for unit in county.roster],
        "lists": list(config.lists),
        "packs": [_pack(pack) for pack in asked.packs],
        "pack": asked.pack,
        "select": list(asked.select),
        "ignore": list(asked.ignore),
        "severity": {rule: severity.value for rule, severity in config.severity.items()},
        "options": {rule: _plain(options) for rule, options in config.options.items()},
        "paths": [_by_path(entry) for entry in config.paths],
        "waivers": [_waiver(waiver) for waiver in config.waivers],
        "baseline": str(asked.baseline) if asked.baseline else None,
        "limits": {name: value for name in NAMES if (value := getattr(config.limits, name)) != getattr(BUILT_IN, name)},
        "fail_on": asked.fail_on.value if asked.fail_on else "never",
        "lang": asked.language,
        "form": asked.form or "auto",
        "unit": asked.unit,
        "year": asked.year,
        "against": str(asked.against) if asked.against else None,
        "changed_since": asked.changed_since,
        "jobs": asked.jobs or "auto",
        "scheduler": asked.scheduler,
        "cache": asked.cache,
    }


def _pack(pack: Path) -> str:
    """A rule pack as nianbao.yaml names it: one that comes with the program by its name."""
    from validator.rulebook import is_ready

    return pack.name if is_ready(pack) else str(pack)


def _days(days: Days) -> Any:
    """The day of a kind of unit, or both, as nianbao.yaml writes them."""
    if not isinstance(days, LastDays):
        return days
    return {name: day for name, day in (("submit", days.submit), ("publish", days.publish)) if day is not None}


def _by_path(entry: PathSettings) -> dict[str, Any]:
    severity = {rule: severity.value for rule, severity in entry.severity.items()}
    return {"path": entry.path, "ignore": list(entry.ignore), "severity": severity, "line": entry.line}


def _waiver(waiver: Waiver) -> dict[str, Any]:
    until = waiver.last_day.isoformat() if waiver.last_day else None
    return {name: getattr(waiver, name) for name in ("rule", "path", "unit", "year", "section", "text", "reason")} | {
        "until": until,
        "line": waiver.line,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _shown(value: Any) -> str:
    """A value in one line; of long lists the number and the first."""
    if value in (None, [], {}):
        return "–"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list):
        if isinstance(value[0], dict):
            return str(len(value))
        told = ", ".join(map(str, value[:3]))
        return told if len(value) <= 3 else f"{len(value)}: {told} …"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_inner(item)}" for key, item in value.items())
    return str(value)


def _inner(value: Any) -> str:
    """A value inside another, as nianbao.yaml writes it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_inner(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(_inner, value)) + "]" if isinstance(value, list) else str(value)


def _each(one: SettingEntry) -> Iterator[tuple[str, int]]:
    """What has its own lines in nianbao.yaml: each waiver and each entry of `paths`, without what it does not say."""
    for item in one.value if one.name in ("paths", "waivers") else ():
        said = {key: value for key, value in item.items() if key != "line" and value not in (None, [], {})}
        yield _inner(said)[1:-1], item["line"]


def _text(found: list[SettingEntry], language: Language) -> str:
    """A line a setting: name, value, where it comes from."""
    from validator.reporters.text.layout import clip, pad

    names = {one.name: say(f"cli.setting.{one.name}", language) for one in found}
    wide, room = max(_cells(name) for name in names.values()), max(20, output_stream.width() - 50)
    lines = []
    for one in found:
        source = " + ".join(filter(None, [one.flag, f"{one.file}:{one.line}" if one.file else ""]))
        source = source or say("cli.config.default", language)
        if one.name in ("config", "rules"):
            source = one.flag or ""
        shown = _rules(one, language) if one.name == "rules" else clip(_spoken(one.shown, language), room)
        lines.append(f"{pad(names[one.name], wide)}  {pad(shown, room)}  {source}".rstrip())
        lines += [f"  {one.file}:{line}  {told}" for told, line in _each(one)]
    return "".join(no_command(one_line(line)) + "\n" for line in lines)


def _rules(one: SettingEntry, language: Language) -> str:
    count, changed = one.value["rules"], one.value["changed"]
    return say("cli.config.rules", language, count=count, changed=changed)


def _spoken(shown: str, language: Language) -> str:
    named = {"on": "on", "off": "off", "–": "none"}
    return say(f"cli.config.value.{named[shown]}", language) if shown in named else shown


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
