"""What a run is asked to do: the flags of the command line as one frozen Settings, every value checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from validator.base.records import record
from validator.messages import both, enumerated
from validator.model import Book, Config, County, Language, Rule, Severity, Text
from validator.reporters import COPIES, READINGS, REPORTERS

#: What --format of `nianbao check` may be.
FORMATS = (*REPORTERS, *COPIES)
#: Formats that are files, never standard output.
FILES = ("xlsx", "html", "docx")
_AUTO = "auto"
_FAIL_ON: dict[str, Severity | None] = {**{severity.value: severity for severity in Severity}, "never": None}


class SettingsError(Exception):
    """A setting that cannot be followed; `text` says so in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text["en"])
        self.text = text


@record
class CommandSettings:
    """One run's settings, valid in themselves. `select` and `ignore` are held against the book by `selection`."""

    paths: tuple[str, ...]
    format: str = "text"
    output: Path | None = None
    into: bool = False  # it is named as a folder
    form: str | None = None  # None: the one that the year asks for
    unit: str | None = None
    year: int | None = None
    language: Language = "zh"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = Severity.ERROR
    packs: tuple[Path, ...] = ()  # rule packs beside the built-in one
    pack: str | None = None  # the kind of report, by name or by the folder of its pack; None: each as its title says
    stdin_name: str | None = None
    quiet: bool = False
    statistics: bool = False
    config: Config | None = None  # nianbao.yaml
    cache: bool = True
    against: Path | None = None  # last year's report of the same unit
    baseline: Path | None = None
    changed_since: str | None = None  # a revision of git
    jobs: int | None = None  # worker processes; None: as many as there are processors and work for
    scheduler: str | None = None  # address of a Dask cluster


def of_check(flags: dict[str, Any], config: Config | None = None) -> CommandSettings:
    """The settings of `nianbao check`: flags before nianbao.yaml before defaults. Raises SettingsError."""
    fail_on = flags["fail_on"] or (config and config.fail_on) or "error"
    format_ = one_of("--format", flags["format"] or "text", FORMATS)
    if format_ in FILES and flags["output"] is None:
        raise SettingsError(both("cli.format-needs-output", format=format_))
    if flags["against"] and flags["changed_since"]:
        raise SettingsError(both("cli.against-and-changed-since"))
    return CommandSettings(
        **_common(flags, config),
        format=format_,
        select=_listed(flags["select"]) or (config.select if config else ()),
        ignore=(*_listed(flags["ignore"]), *(config.ignore if config else ())),
        fail_on=_FAIL_ON[one_of("--fail-on", fail_on, _FAIL_ON)],
        quiet=flags["quiet"],
        statistics=flags["statistics"],
        cache=not flags["no_cache"],
        against=Path(flags["against"]) if flags["against"] else None,
        baseline=_baseline(flags, config),
        changed_since=flags["changed_since"],
        jobs=_jobs(flags["jobs"]),
        scheduler=_scheduler(flags["scheduler"]),
    )


def of_baseline(flags: dict[str, Any], config: Config | None = None) -> CommandSettings:
    """The settings of `nianbao baseline`: those of a check, without a result to show. Raises SettingsError."""
    unasked = dict.fromkeys(("format", "form", "unit", "year", "select", "ignore", "fail_on", "against", "baseline", "changed_since"))
    return of_check({**unasked, "statistics": False, "stdin_filename": None, **flags}, config)


def of_read(flags: dict[str, Any], config: Config | None = None) -> CommandSettings:
    """The settings of `nianbao read`. Raises SettingsError."""
    return CommandSettings(**_common(flags, config), format=one_of("--format", flags["format"] or "json", READINGS))


def of_rules(flags: dict[str, Any], config: Config | None = None) -> CommandSettings:
    """The settings of `nianbao rules`. Raises SettingsError."""
    return CommandSettings(
        paths=tuple(flags["paths"]),
        language=_language(flags, config),
        config=config,
        packs=_packs(flags, config),
        pack=_pack(flags, config),
    )


def of_config(flags: dict[str, Any], config: Config | None = None) -> CommandSettings:
    """The settings of `nianbao config`: those of a check, which need not name what is to be checked. Raises SettingsError."""
    if not flags["paths"] and (config is None or not config.reports):
        flags = {**flags, "paths": ["."]}
        return replace(of_check(flags, config), paths=())
    return of_check(flags, config)


def of_fix(flags: dict[str, Any], config: Config | None = None) -> CommandSettings:
    """The settings of `nianbao fix`. Raises SettingsError."""
    return CommandSettings(
        paths=_paths(flags["paths"], config), language=_language(flags, config), config=config, packs=_packs(flags, config)
    )


def of_init(flags: dict[str, Any]) -> CommandSettings:
    """The settings of `nianbao init`. Raises SettingsError."""
    paths = tuple(flags["paths"]) or (".",)
    if len(paths) > 1:
        raise SettingsError(both("cli.init.one-folder", count=len(paths)))
    return CommandSettings(paths=paths, language=flags["lang"], cache=not flags["no_cache"], jobs=_jobs(flags["jobs"]))


def county(settings: CommandSettings) -> County:
    """What nianbao.yaml says of the county; an empty one where there is none."""
    return settings.config.county if settings.config else County()


def _language(flags: dict[str, Any], config: Config | None) -> Language:
    """The language of --lang, else of nianbao.yaml, else Chinese."""
    if flags.get("lang_given") or config is None or config.lang is None:
        given: Language = flags["lang"]
        return given
    return config.lang


def _common(flags: dict[str, Any], config: Config | None) -> dict[str, Any]:
    form = flags["form"] or _AUTO
    return {
        "paths": _paths(flags["paths"], config),
        **_output(flags),
        "language": _language(flags, config),
        "form": None if form == _AUTO else form,
        "unit": _unit(flags["unit"]),
        "year": _year(flags["year"]),
        "packs": _packs(flags, config),
        "pack": _pack(flags, config),
        "stdin_name": flags["stdin_filename"],
        "config": config,
    }


def _output(flags: dict[str, Any]) -> dict[str, Any]:
    """Where --output leads; a name that ends with a stroke is a folder, which only Word copies are written into."""
    given = flags["output"]
    if given is None:
        return {}
    if not given.strip():
        raise SettingsError(both("cli.output.no-name"))
    into = given.endswith(tuple(filter(None, ("/", os.sep, os.altsep))))
    if into and flags["format"] not in COPIES:
        raise SettingsError(both("cli.output.folder-without-name", folder=given))
    return {"output": Path(given), "into": into}


def _paths(given: list[str], config: Config | None) -> tuple[str, ...]:
    """The paths named, else the `reports` of nianbao.yaml as patterns that the walk expands."""
    if given:
        return tuple(given)
    if config is None or not config.reports:
        raise SettingsError(
            both("cli.nothing-to-check"),
        )
    return reports_of(config)


def reports_of(config: Config) -> tuple[str, ...]:
    """The `reports` of nianbao.yaml, from the working folder."""
    return tuple(from_folder(config, pattern) for pattern in config.reports)


def from_folder(config: Config, pattern: str) -> str:
    """A pattern of nianbao.yaml from the working folder."""
    path = os.path.join(config.folder, pattern)
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive of Windows
        return path


def _packs(flags: dict[str, Any], config: Config | None) -> tuple[Path, ...]:
    """The county's own packs, then those of --rules."""
    own = [_pack_named(pack, from_folder(config, pack)) for pack in config.packs] if config else []
    return (*own, *(_pack_named(pack, pack) for pack in flags["rules"] or ()))


def _pack_named(given: str, place: str) -> Path:
    """The folder of a rule pack; a plain name of which there is no folder may be that of a pack that comes with the program."""
    if os.path.basename(given) != given or os.path.lexists(place):
        return Path(place)
    from validator.rulebook import ready_packs

    return ready_packs().get(given, Path(place))


def _pack(flags: dict[str, Any], config: Config | None) -> str | None:
    """The kind of report: of --pack, else of nianbao.yaml, whose folders are told from its own."""
    given: str | None = flags["pack"]
    if given is not None or config is None or config.pack is None:
        return given
    folder = from_folder(config, config.pack)
    return folder if os.path.isdir(folder) else config.pack


def _baseline(flags: dict[str, Any], config: Config | None) -> Path | None:
    if flags["baseline"]:
        return Path(flags["baseline"])
    return Path(from_folder(config, config.baseline)) if config and config.baseline else None


def _jobs(given: str | None) -> int | None:
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= 256):
        raise SettingsError(both("cli.bad-jobs", given=given))
    return int(given)


def _scheduler(given: str | None) -> str | None:
    if given is not None and not given.strip():
        raise SettingsError(both("cli.empty-scheduler"))
    return given


def selection(book: Book, settings: CommandSettings, others: Callable[[], Iterable[Book]] = tuple) -> frozenset[str]:
    """The rules that may report. Raises SettingsError for a name that is neither a rule nor a category, of this book or of `others`."""
    from validator.engine.selection import chosen, known_names

    names = known_names(book.rules)
    for flag, given in (("--select", settings.select), ("--ignore", settings.ignore)):
        for name in given:
            if name not in names:
                names |= {name for other in others() for name in known_names(other.rules)}
            one_of(flag, name, names)
    return chosen(book.rules, settings.select, settings.ignore, asked_for(settings))


def asked_for(settings: CommandSettings) -> tuple[str, ...]:
    """The rules that nianbao.yaml names with a severity or options: what is off until it is asked for is asked for there.

    Those that `paths` give a severity report for these paths alone: `by_path` takes them out elsewhere.
    """
    return (*settings.config.severity, *settings.config.options, *settings.config.asked_by_path) if settings.config else ()


def asked_by_path(settings: CommandSettings, rules: Iterable[Rule]) -> frozenset[str]:
    """The rules that are off and for which nothing but `paths` of nianbao.yaml asks."""
    if settings.config is None:
        return frozenset()
    config = settings.config
    elsewhere = {*settings.select, *config.severity, *config.options}
    return frozenset(rule.id for rule in rules if rule.off and rule.id in config.asked_by_path and rule.id not in elsewhere)


def reading(book: Book) -> frozenset[str]:
    """The rules that say whether a file could be read."""
    from validator.engine.selection import reading as told

    return told(book.rules)


def form_of(book: Book, settings: CommandSettings) -> str | None:
    """The form that --form names, held against the book. Raises SettingsError."""
    if settings.form is not None:
        one_of("--form", settings.form, (_AUTO, *(form.id for form in book.forms)))
    return settings.form


def one_of(flag: str, given: str, allowed: Iterable[str]) -> str:
    """The value, if it is allowed. Raises SettingsError with the nearest names, or all where they are few."""
    names = sorted(allowed)
    if given in names:
        return given
    from difflib import get_close_matches

    shown = names if len(names) <= 12 else get_close_matches(given, names, n=3, cutoff=0.5)
    hint = both("cli.choose-from" if shown is names else "cli.near-it", names=enumerated(shown)) if shown else ""
    raise SettingsError(both("cli.not-one-of", flag=flag, given=given, hint=hint))


def not_yet(what: str) -> SettingsError:
    """The refusal of something that is promised and not there yet."""
    return SettingsError(both("cli.not-yet", what=what))


def _listed(given: list[str] | None) -> tuple[str, ...]:
    """Names divided by commas, the flag given once or several times."""
    return tuple(name.strip() for item in given or () for name in item.replace("，", ",").split(",") if name.strip())


def _unit(given: str | None) -> str | None:
    if given is not None and not given.strip():
        raise SettingsError(both("cli.empty-unit"))
    return given.strip() if given is not None else None


def _year(given: str | None) -> int | None:
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) == 4):
        raise SettingsError(both("cli.bad-year", given=given))
    return int(given)
