"""What a run is asked to do: the flags of the command line as one frozen Settings, every value checked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from validator.model import Book, Language, Severity, Text
from validator.records import record
from validator.reporters import READINGS, REPORTERS

#: Formats that the contract promises; those without a reporter come later.
PROMISED = ("text", "json", "sarif", "junit", "github", "gitlab", "csv", "xlsx", "html", "docx")
_AUTO = "auto"
_FAIL_ON: dict[str, Severity | None] = {**{severity.value: severity for severity in Severity}, "never": None}


class SettingsError(Exception):
    """A setting that cannot be followed; `text` says so in both languages."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.text: Text = {"zh": zh, "en": en}


@record
class Settings:
    """One run's settings, valid in themselves. `select` and `ignore` are held against the book by `selection`."""

    paths: tuple[str, ...]
    format: str = "text"
    output: Path | None = None
    form: str | None = None  # None: the one that the year asks for
    unit: str | None = None
    year: int | None = None
    language: Language = "zh"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = Severity.ERROR
    packs: tuple[Path, ...] = ()  # rule packs beside the built-in one
    stdin_name: str | None = None
    quiet: bool = False
    statistics: bool = False
    county: str | None = None
    cache: bool = True


def of_check(flags: dict[str, Any]) -> Settings:
    """The settings of `nianbao check`. Raises SettingsError."""
    return Settings(
        **_common(flags),
        format=_format(flags["format"] or "text", REPORTERS, PROMISED),
        output=Path(flags["output"]) if flags["output"] else None,
        select=_listed(flags["select"]),
        ignore=_listed(flags["ignore"]),
        fail_on=_FAIL_ON[one_of("--fail-on", flags["fail_on"] or "error", _FAIL_ON)],
        quiet=flags["quiet"],
        statistics=flags["statistics"],
        cache=not flags["no_cache"],
    )


def of_read(flags: dict[str, Any]) -> Settings:
    """The settings of `nianbao read`. Raises SettingsError."""
    return Settings(
        **_common(flags),
        format=_format(flags["format"] or "json", READINGS, tuple(READINGS)),
        output=Path(flags["output"]) if flags["output"] else None,
    )


def of_rules(flags: dict[str, Any]) -> Settings:
    """The settings of `nianbao rules`. Raises SettingsError."""
    return Settings(paths=tuple(flags["paths"]), language=flags["lang"], packs=tuple(Path(pack) for pack in flags["rules"] or ()))


def _common(flags: dict[str, Any]) -> dict[str, Any]:
    form = flags["form"] or _AUTO
    return {
        "paths": tuple(flags["paths"]),
        "language": flags["lang"],
        "form": None if form == _AUTO else form,
        "unit": _unit(flags["unit"]),
        "year": _year(flags["year"]),
        "packs": tuple(Path(pack) for pack in flags["rules"] or ()),
        "stdin_name": flags["stdin_filename"],
    }


def selection(book: Book, settings: Settings) -> frozenset[str]:
    """The rules that may report. Raises SettingsError for a name that is neither a rule nor a category.

    Errors of the category input are always among them: a report that was not read must never look clean.
    """
    rules = {rule.id: rule for rule in book.rules}
    names = {*rules, *(rule.category for rule in book.rules)}
    for flag, given in (("--select", settings.select), ("--ignore", settings.ignore)):
        for name in given:
            one_of(flag, name, names)
    chosen = {key for key, rule in rules.items() if not settings.select or key in settings.select or rule.category in settings.select}
    chosen -= {key for key, rule in rules.items() if key in settings.ignore or rule.category in settings.ignore}
    return frozenset(chosen) | reading(book)


def reading(book: Book) -> frozenset[str]:
    """The rules that say whether a file could be read."""
    return frozenset(rule.id for rule in book.rules if rule.category == "input" and rule.severity is Severity.ERROR)


def form_of(book: Book, settings: Settings) -> str | None:
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
    zh, en = f"{flag}：没有“{given}”", f"{flag}: there is no “{given}”"
    if shown:
        zh += ("，可用的有：" if shown is names else "，相近的有：") + "、".join(shown)
        en += ("; choose from " if shown is names else "; near it: ") + ", ".join(shown)
    raise SettingsError(zh=zh, en=en)


def not_yet(what: str) -> SettingsError:
    """The refusal of something that is promised and not there yet."""
    return SettingsError(zh=f"{what} 尚未实现", en=f"{what} is not there yet")


def _format(given: str, built: Iterable[str], promised: tuple[str, ...]) -> str:
    one_of("--format", given, promised)
    if given not in built:
        raise not_yet(f"--format {given}")
    return given


def _listed(given: list[str] | None) -> tuple[str, ...]:
    """Names divided by commas, the flag given once or several times."""
    return tuple(name.strip() for item in given or () for name in item.replace("，", ",").split(",") if name.strip())


def _unit(given: str | None) -> str | None:
    if given is not None and not given.strip():
        raise SettingsError(zh="--unit：单位名称是空的", en="--unit: the unit's name is empty")
    return given.strip() if given is not None else None


def _year(given: str | None) -> int | None:
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) == 4):
        raise SettingsError(zh=f"--year：“{given}”不是四位数的年份", en=f"--year: “{given}” is no year of four digits")
    return int(given)
