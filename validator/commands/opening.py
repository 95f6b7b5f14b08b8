"""What commands begin with: the county's nianbao.yaml, the settings, the book of rules, the inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from validator import __version__, walk
from validator.model import Book, Config
from validator.settings import Settings, SettingsError


@contextmanager
def recalled() -> Iterator[None]:
    """With the expressions that earlier runs compiled; what is new is kept for the next. --no-cache speaks of rules and results alone."""
    from validator import kept
    from validator.rulebook import cache

    key = f"kept-{__version__}-{kept.version()}"
    kept.bring(cache.load(key))
    yield
    if kept.store.fresh:
        cache.save(key, kept.store.held)


def opened(
    flags: dict[str, Any], settled: Callable[[dict[str, Any], Config | None], Settings], *, examples: bool = False
) -> tuple[Settings, Book]:
    """Settings and book of a command, with the nianbao.yaml of --config or of the nearest folder upwards.

    `settled` makes the settings of flags and file. Raises PackError with every mistake in rule files and nianbao.yaml, SettingsError.
    """
    from validator import config
    from validator.rulebook import load_book

    given = flags.get("config")
    path = Path(given) if given else config.find()
    if path is None:
        asked = settled(flags, None)
        return asked, load_book(asked.packs, examples=examples, cache=asked.cache)
    return _with_file(path, flags, settled, examples)


def _with_file(
    path: Path, flags: dict[str, Any], settled: Callable[[dict[str, Any], Config | None], Settings], examples: bool
) -> tuple[Settings, Book]:
    from validator import config
    from validator.rulebook import Amendments, PackError, load_book

    try:
        made, raw, log = config.read_config(path)
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        raise SettingsError(zh=f"打不开设置文件“{path}”（{reason}）", en=f"cannot open the settings file “{path}” ({reason})") from None
    asked = settled(flags, made)
    problems = []
    try:
        amendments = Amendments(path=log.path, options=made.options) if made else Amendments()  # type: ignore[arg-type]
        book = load_book(asked.packs, examples=examples, cache=asked.cache, amendments=amendments)
        config.check_names(raw, book, log)
    except PackError as trouble:
        problems += trouble.problems
    problems += log.problems
    if problems:
        raise PackError(problems)
    return asked, book


def sources_of(asked: Settings) -> tuple[walk.Input, ...]:
    """The inputs; --unit and --year speak of one file."""
    sources = walk.inputs(asked.paths, stdin_name=asked.stdin_name)
    if asked.unit is None and asked.year is None:
        return sources
    count = walk.count(sources[0]) if len(sources) == 1 else len(sources)
    if count > 1:
        raise SettingsError(zh=f"--unit 和 --year 只用于一份报告，这里有 {count} 份", en=f"--unit and --year are for one file, not {count}")
    return sources
