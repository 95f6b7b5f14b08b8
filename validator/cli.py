"""The command nianbao: arguments → Settings → run → reporter → exit status."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from validator import __version__, arguments, settings, streams, walk
from validator.model import Answer, Book, Broken, FileResult, Language, PassedOver, Rule, Run, Text, UnreadableError
from validator.reporters import Options, render, show
from validator.settings import Settings, SettingsError, not_yet

#: Set to 1, a failure of the program itself shows its traceback.
DEBUG = "NIANBAO_DEBUG"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status as the contract says."""
    _spare_the_collector()
    words = sys.argv[1:] if argv is None else list(argv)
    language: Language = "zh"
    try:
        flags = arguments.parse(words)
        language = flags["lang"]
        return _COMMANDS[flags["command"]](flags)
    except SettingsError as refusal:
        streams.complain(f"nianbao: {refusal.text[arguments.language_of(words)]}")
    except KeyboardInterrupt:
        return 130
    except Exception as trouble:
        _report_crash(trouble, language)
    return 2


def _spare_the_collector() -> None:
    """A run makes much that stays: to look for what could be freed costs a tenth of it, at the end once more."""
    gc.set_threshold(50_000, 20, 100)
    atexit.unregister(gc.freeze)  # once, however often tests call `main`
    atexit.register(gc.freeze)


def _report_crash(trouble: Exception, language: Language) -> None:
    """A mistake of the program, in one sentence; a rule file's mistakes, each with its place."""
    from validator.rulebook import PackError

    if os.environ.get(DEBUG):
        raise trouble
    if isinstance(trouble, PackError):
        streams.complain(trouble.render(language))
    else:
        streams.complain(f"nianbao: {_crash(trouble)[language]}")


def _crash(trouble: BaseException) -> Text:
    told = f"{type(trouble).__name__}: {trouble}".replace("\n", " ")[:200]
    return {"zh": f"程序出错（{told}）", "en": f"the program failed ({told})"}


# ------------------------------------------------------------------------------------------------ check and read


def _check(flags: dict[str, Any]) -> int:
    asked = settings.of_check(flags)
    with _recalled():
        return _checked(asked)


def _checked(asked: Settings) -> int:
    book = _book(asked)
    sources = _sources(asked)
    run = _run(sources, book, asked, settings.selection(book, asked))
    _tell_empty(run, asked)
    _deliver(render(asked.format, run, _options(asked)), asked, sources)
    return run.exit_status


def _read(flags: dict[str, Any]) -> int:
    asked = settings.of_read(flags)
    with _recalled():
        return _shown(asked)


def _shown(asked: Settings) -> int:
    book = _book(asked)
    sources = _sources(asked)
    run = _run(sources, book, asked, settings.reading(book))
    for file in run.files:
        for finding in file.findings if file.status == "unreadable" else ():
            streams.complain(f"{file.path}: {finding.message[asked.language]}")
    for broken in run.broken:
        streams.complain(f"{broken.path}: {broken.message[asked.language]}")
    _tell_empty(run, asked)
    status = 2 if run.exit_status == 2 else 0
    _deliver(show(asked.format, run.files), asked, sources)
    return status


@contextmanager
def _recalled() -> Iterator[None]:
    """With the expressions that earlier runs compiled; what is new is kept for the next. --no-cache speaks of the rules alone."""
    from validator import kept
    from validator.rulebook import cache

    key = f"kept-{__version__}-{kept.version()}"
    kept.bring(cache.load(key))
    yield
    if kept.store.fresh:
        cache.save(key, kept.store.held)


def _book(asked: Settings) -> Book:
    from validator.rulebook import load_book

    return load_book(asked.packs, cache=asked.cache)


def _sources(asked: Settings) -> tuple[walk.Input, ...]:
    """The inputs; --unit and --year speak of one file."""
    sources = walk.inputs(asked.paths, stdin_name=asked.stdin_name)
    if asked.unit is None and asked.year is None:
        return sources
    count = walk.count(sources[0]) if len(sources) == 1 else len(sources)
    if count > 1:
        raise SettingsError(zh=f"--unit 和 --year 只用于一份报告，这里有 {count} 份", en=f"--unit and --year are for one file, not {count}")
    return sources


def _run(sources: tuple[walk.Input, ...], book: Book, asked: Settings, selected: frozenset[str]) -> Run:
    """Every input examined, each on its own: what one of them does never stops the others."""
    files: list[FileResult] = []
    passed: list[PassedOver] = []
    broken: list[Broken] = []
    form = settings.form_of(book, asked)
    holds = dict.fromkeys([path for path in asked.paths if os.path.isdir(path)], False)
    for source in sources:
        opened = 0
        for piece in walk.opened(source):
            opened += 1
            try:
                results = _examined(piece, book, asked, form, selected)
            except Exception as trouble:
                if os.environ.get(DEBUG):
                    raise
                broken.append(Broken(rule="", message=_crash(trouble), path=piece.path))
                continue
            for result in results:
                broken += _broken(result)
                if piece.walked and source.folder is None:
                    holds.setdefault(source.path, False)  # a zip of files is a folder too
                if piece.walked and (reason := _no_report(result)):
                    passed.append(PassedOver(path=result.path, reason=reason))
                else:
                    files.append(result)
                    holds[source.folder or source.path] = True
        if not opened and source.folder is None:
            holds.setdefault(source.path, False)
    return Run(
        files=tuple(files),
        rules={rule.id: rule for rule in book.rules},
        fingerprint=book.fingerprint,
        fail_on=asked.fail_on,
        passed_over=tuple(passed),
        broken=tuple(broken),
        county=asked.county,
        empty=tuple(path for path, held in holds.items() if not held),
    )


def _examined(piece: walk.Piece, book: Book, asked: Settings, form: str | None, selected: frozenset[str]) -> tuple[FileResult, ...]:
    """One file read and checked; several results where it holds several reports."""
    if isinstance(piece.data, UnreadableError):
        from validator.engine import unreadable

        return (unreadable(book, piece.path, piece.data),)
    from validator.road import examine

    return examine(piece.data, piece.path, book, unit=asked.unit, year=asked.year, form=form, selected=selected)


def _broken(file: FileResult) -> list[Broken]:
    """The rules that broke on a report."""
    return [
        Broken(rule=outcome.rule, message=outcome.reason or {"zh": "规则出错", "en": "the rule failed"}, path=file.path)
        for outcome in file.outcomes
        if outcome.answer is Answer.ERROR
    ]


def _no_report(file: FileResult) -> Text | None:
    """Why a file is no report of this kind; None where it is one or could not be read."""
    return next((finding.message for finding in file.findings if finding.rule == "input.not-a-report"), None)


def _tell_empty(run: Run, asked: Settings) -> None:
    """Folders without a report, on standard error where the result that people see does not say it."""
    if asked.format == "text" and asked.output is None:
        return
    for folder in run.empty:
        zh, en = f"{folder}：文件夹里没有找到年度报告", f"{folder}: no annual report in this folder"
        streams.complain(f"nianbao: {zh if asked.language == 'zh' else en}")


def _options(asked: Settings) -> Options:
    plain = asked.output is not None
    return Options(
        language=asked.language,
        version=__version__,
        color=not plain and streams.colour(),
        width=80 if plain else streams.width(),
        quiet=asked.quiet,
        statistics=asked.statistics,
    )


def _deliver(text: str, asked: Settings, sources: Iterable[walk.Input] = ()) -> None:
    """The result to --output or standard output. Whoever stops listening has heard enough."""
    if asked.output is not None:
        streams.save(text, asked.output, (source.source for source in sources))
        return
    with suppress(streams.Unheard):
        streams.write(text, escape=asked.format == "json")


# ------------------------------------------------------------------------------------------------ rules and version


def _rules(flags: dict[str, Any]) -> int:
    asked = settings.of_rules(flags)
    if asked.paths[:1] == ("new",):
        raise not_yet("nianbao rules new")
    if asked.paths[:1] == ("test",):
        return _test(asked)
    from validator import rule_page
    from validator.rulebook import load_book

    book = load_book(asked.packs, examples=bool(asked.paths))
    if not asked.paths:
        _deliver(rule_page.listing(book, asked.language, streams.width()), asked)
        return 0
    known = {rule.id: rule for rule in book.rules}
    chosen = [known[settings.one_of("nianbao rules", name, known)] for name in asked.paths]
    _deliver("\n".join(rule_page.page(rule, book, asked.language, streams.width(), packs=asked.packs) for rule in chosen), asked)
    return 0


def _test(asked: Settings) -> int:
    """The examples of all rules, of the packs named, or of single rules; 1 where one does not come out as it says, 2 for mistakes."""
    from validator.examples import run_examples, summary
    from validator.rulebook import draft_book

    words = asked.paths[1:]
    own = [Path(word) for word in words if Path(word).exists()]
    packs = [*asked.packs, *own]
    book, problems = draft_book(packs)
    for problem in problems:
        streams.complain(problem.render(asked.language))
    ids = {settings.one_of("nianbao rules test", word, [rule.id for rule in book.rules]) for word in words if not Path(word).exists()}

    def wanted(rule: Rule) -> bool:
        return not words or rule.id in ids or any(Path(rule.path).is_relative_to(pack) for pack in own)

    results = tuple(run_examples(book, packs, wanted=wanted))
    _deliver(summary(results, asked.language) + "\n", asked)
    return 2 if problems else int(not all(result.ok for result in results))


def _version(flags: dict[str, Any]) -> int:
    asked = Settings(paths=(), language=flags["lang"])
    _deliver(f"nianbao {__version__}\n", asked)
    return 0


_COMMANDS = {"check": _check, "read": _read, "rules": _rules, "version": _version}
