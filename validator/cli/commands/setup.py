"""What commands begin with: the county's nianbao.yaml, the settings, the book of rules, the inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator import __version__
from validator.base.limits import BUILT_IN, use
from validator.cli import settings
from validator.cli.settings import CommandSettings, SettingsError
from validator.messages import both, enumerated, say
from validator.model import Book, Config
from validator.pipeline import inputs

if TYPE_CHECKING:
    from validator.rulebook import Amendments
    from validator.rulebook.diagnostics import Diagnostic


@contextmanager
def recalled(flags: Mapping[str, Any]) -> Iterator[None]:
    """With the expressions that earlier runs compiled; what is new is kept for the next. With --no-cache neither."""
    if flags.get("no_cache"):
        yield
        return
    from validator.base import cache_folder, regex_cache

    regex_cache.bring(cache_folder.load(regex_cache.place(__version__)))
    yield
    if regex_cache.store.fresh:
        cache_folder.save(regex_cache.place(__version__), regex_cache.store.held)


def opened(
    flags: dict[str, Any], settled: Callable[[dict[str, Any], Config | None], CommandSettings], *, examples: bool = False
) -> tuple[CommandSettings, Book]:
    """Settings and book of a command, with the nianbao.yaml of --config or of the nearest folder upwards.

    `settled` makes the settings of flags and file. Raises PackError with every mistake in rule files and nianbao.yaml, SettingsError.
    """
    from validator.county import config

    given = flags.get("config")
    path = Path(given) if given else config.find()
    if path is None:
        use(BUILT_IN)
        asked = settled(flags, None)
        book = _load(asked, examples, None)
    else:
        asked, book = _with_file(path, flags, settled, examples)
    tell_untranslated(asked, book)
    return asked, book


def tell_untranslated(asked: CommandSettings, book: Book) -> None:
    """Say, where English is asked for, that rules of the county are in Chinese alone."""
    if asked.language != "en" or not any(rule.pack for rule in book.rules):
        return
    from validator.cli import output_stream
    from validator.rulebook.one_language import untranslated

    if rules := untranslated(book.rules):
        output_stream.complain(f"nianbao: {say('cli.untranslated', asked.language, count=len(rules), rules=enumerated(rules))}")


def _with_file(
    path: Path, flags: dict[str, Any], settled: Callable[[dict[str, Any], Config | None], CommandSettings], examples: bool
) -> tuple[CommandSettings, Book]:
    from validator.county import config, config_names
    from validator.rulebook import PackError

    try:
        made, raw, log = config.read_config(path, named=bool(flags.get("config")))
    except OSError as trouble:
        from validator.base.os_errors import reason

        raise SettingsError(both("cli.settings-not-opened", path=path, reason=reason(trouble))) from None
    try:
        asked = settled(flags, made)
    except SettingsError:
        if not log.problems:
            raise
        # the mistakes may be why; the names are held against the rules all the same
        asked = settings.of_rules({"pack": None, **flags, "paths": ()}, made)
    problems: list[Diagnostic] = []
    try:
        book = _load(asked, examples, made)
        config_names.check_names(raw, book, log, partial(others, book, asked))
    except PackError as trouble:
        problems += trouble.problems
    problems += log.problems
    if problems:
        raise PackError(problems)
    use(made.limits if made else BUILT_IN)
    return asked, book


def _load(asked: CommandSettings, examples: bool, made: Config | None) -> Book:
    """The book of the kind of report that --pack or nianbao.yaml names, else the built-in one."""
    from validator.rulebook import load_book

    with kinds_told():
        return load_book(asked.packs, kind=asked.pack, examples=examples, cache=asked.cache, amendments=_amendments(made))


@contextmanager
def kinds_told() -> Iterator[None]:
    """A kind of report that nobody knows becomes a sentence with those that are known."""
    from validator.rulebook import UnknownKind

    try:
        yield
    except UnknownKind as unknown:
        raise SettingsError(
            both("cli.no-such-pack", name=unknown.name, names=enumerated(unknown.known)),
        ) from None


def _amendments(made: Config | None) -> Amendments:
    from validator.rulebook import Amendments

    return Amendments(path=made.path, options=made.options) if made else Amendments()


def others(book: Book, asked: CommandSettings, *, examples: bool = False) -> tuple[Book, ...]:
    """The books of the other kinds of report that documents may turn out to be of."""
    from validator.rulebook import book_of_kind

    packs, amendments = tuple(str(pack) for pack in asked.packs), _amendments(asked.config)
    return tuple(book_of_kind(kind.name, packs, asked.cache, amendments, examples) for kind in book.others)


def sources_of(asked: CommandSettings) -> tuple[inputs.Input, ...]:
    """The inputs; --unit and --year speak of one file."""
    sources = inputs.inputs(asked.paths, stdin_name=asked.stdin_name)
    if asked.against is not None and len(sources) != 1:
        raise SettingsError(both("cli.against-for-one", count=len(sources)))
    if asked.unit is None and asked.year is None:
        return sources
    count = inputs.count(sources[0]) if len(sources) == 1 else len(sources)
    if count > 1:
        raise SettingsError(both("cli.unit-and-year-for-one", count=count))
    return sources
