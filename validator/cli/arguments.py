"""The command line's words: commands, options, and argparse's own messages in Chinese or English."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NoReturn

from validator.cli.settings import FORMATS, SettingsError, not_yet, one_of
from validator.messages import both, say
from validator.model import Language

_LATER_COMMANDS = ("serve",)

#: What argparse says in English → the sentence under `cli.argparse`. Checked by the tests for the Python that runs them.
_MESSAGES = (
    (r"the following arguments are required: (?P<a>.+)", "required"),
    (r"unrecognized arguments: (?P<a>.+)", "unrecognized"),
    (r"argument (?P<a>\S+): expected one argument", "one-value"),
    (r"argument (?P<a>\S+): expected at least one argument", "values"),
    (r"argument (?P<a>\S+): ignored explicit argument (?P<b>.+)", "no-value"),
    (r"argument (?P<a>\S+): invalid choice: (?P<b>'[^']*'|\S+) \(choose from (?P<c>.+)\)", "no-choice"),
    (r"argument (?P<a>\S+): not allowed with argument (?P<b>\S+)", "not-together"),
)


def parse(argv: Sequence[str]) -> dict[str, Any]:
    """The flags as plain values; `command` names what to do. Raises SettingsError; --help ends the program as usual."""
    language = language_of(argv)
    words = list(argv)
    if words and words[0].split("=")[0] == "--lang":  # before the command as well as after it
        words = words[1:] if "=" in words[0] else words[2:]
    commands = _COMMANDS | {name: None for name in _LATER_COMMANDS}
    command = {"--version": "version", "-h": "help", "--help": "help", "help": "help"}.get(words[0], words[0]) if words else ""
    if command == "help":
        _top(language).print_help()
        raise SystemExit(0)
    if not command:
        raise SettingsError(both("cli.no-command"))
    one_of("nianbao", command, commands)
    if command in _LATER_COMMANDS:
        raise not_yet(f"nianbao {command}")
    asked = language if len(words) < len(argv) else None  # --lang stood before the command
    return {"command": command, **_flags(command, words[1:], language, asked)}


def _flags(command: str, words: list[str], language: Language, asked: str | None) -> dict[str, Any]:
    """The command's options, and its paths wherever they stand; what follows `--` is a path whatever it looks like."""
    head, tail = (words[: words.index("--")], words[words.index("--") + 1 :]) if "--" in words else (words, [])
    flags = vars(_command(command, language, helping=bool({"-h", "--help"} & set(head))).parse_intermixed_args(head))
    if command == "version" and tail:
        raise SettingsError(both("cli.unrecognized-argument", word=tail[0]))
    flags["paths"] = [*flags.get("paths", ()), *tail]
    flags["lang_given"] = flags["lang"] or asked
    flags["lang"] = one_of("--lang", flags["lang"] or language, ("zh", "en"))
    return flags


def language_of(argv: Sequence[str]) -> Language:
    """The language asked for, known before anything else is, so that mistakes are told in it."""
    joined = "\0".join(argv)
    return "en" if re.search(r"(?:^|\0)--lang(?:=|\0)en(?:\0|$)", joined) else "zh"


class _Formatter(argparse.HelpFormatter):
    language: Language = "en"

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _said(self.language, "usage") if prefix is None else prefix)


class _ChineseFormatter(_Formatter):
    language = "zh"


class _Parser(argparse.ArgumentParser):
    """A parser whose mistakes are SettingsErrors."""

    def error(self, message: str) -> NoReturn:
        raise SettingsError({"zh": chinese(message), "en": message})


def chinese(message: str) -> str:
    """argparse's message in Chinese; one that is not known stays as it is."""
    for pattern, name in _MESSAGES:
        if found := re.fullmatch(pattern, message):
            return say(f"cli.argparse.{name}", "zh", **found.groupdict())
    return message


def _said(language: Language, key: str) -> str:
    return say(f"help.{key}", language)


def _command(name: str, language: Language, *, helping: bool) -> argparse.ArgumentParser:
    """The parser of one command. `helping`: its help is asked for."""
    formatter = _ChineseFormatter if language == "zh" else _Formatter
    shape: Any = formatter if helping else partial(formatter, width=80)  # to ask for the terminal's width costs imports
    parser = _Parser(prog=f"nianbao {name}", description=_said(language, name), formatter_class=shape, add_help=False, allow_abbrev=False)
    _finish(parser, language)
    if fill := _COMMANDS[name]:
        fill(parser, partial(_said, language))
    # else argparse makes one for intermixed arguments by cutting off len("usage: ") characters; only the help shows it
    parser.usage = parser.format_usage().removeprefix(_said(language, "usage")).strip() if helping else ""
    return parser


def _top(language: Language) -> argparse.ArgumentParser:
    """The parser that tells which commands there are; each has its own."""
    formatter = _ChineseFormatter if language == "zh" else _Formatter
    top = _Parser(
        prog="nianbao", description=_said(language, "about"), epilog=_said(language, "statuses"), formatter_class=formatter, add_help=False
    )
    _finish(top, language)
    commands = top.add_subparsers(title=_said(language, "commands"), metavar="COMMAND")
    for name in _COMMANDS:
        commands.add_parser(name, help=_said(language, name), add_help=False)
    return top


def _finish(parser: argparse.ArgumentParser, language: Language) -> None:
    """Headings and the two options that every command has."""
    parser._positionals.title, parser._optionals.title = _said(language, "arguments"), _said(language, "options")
    parser.add_argument("-h", "--help", action="help", help=_said(language, "help"))
    parser.add_argument("--lang", metavar="zh|en", help=_said(language, "lang"))


def _check(parser: argparse.ArgumentParser, said: Callable[[str], str]) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help=said("paths"))
    parser.add_argument("--format", metavar="|".join(FORMATS), help=said("format"))
    _reading(parser, said)
    parser.add_argument("--select", action="append", metavar="ID,...", help=said("select"))
    parser.add_argument("--ignore", action="append", metavar="ID,...", help=said("ignore"))
    parser.add_argument("--fail-on", metavar="error|warning|note|never", help=said("fail-on"))
    parser.add_argument("--quiet", action="store_true", help=said("quiet"))
    parser.add_argument("--statistics", action="store_true", help=said("statistics"))
    parser.add_argument("--no-cache", action="store_true", help=said("no-cache"))
    parser.add_argument("--against", metavar="FILE", help=said("against"))
    parser.add_argument("--baseline", metavar="FILE", help=said("baseline-file"))
    parser.add_argument("--changed-since", metavar="REF", help=said("changed-since"))
    parser.add_argument("--jobs", metavar="N", help=said("jobs"))
    parser.add_argument("--scheduler", metavar="ADDRESS", help=said("scheduler"))


def _read(parser: argparse.ArgumentParser, said: Callable[[str], str]) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help=said("paths"))
    parser.add_argument("--format", metavar="json|csv", help=said("format"))
    _reading(parser, said)


def _reading(parser: argparse.ArgumentParser, said: Callable[[str], str]) -> None:
    parser.add_argument("--output", metavar="PATH", help=said("output"))
    parser.add_argument("--form", metavar="auto|2019|2021", help=said("form"))
    parser.add_argument("--unit", metavar="NAME", help=said("unit"))
    parser.add_argument("--year", metavar="Y", help=said("year"))
    parser.add_argument("--rules", action="append", metavar="DIR", help=said("rules-dir"))
    parser.add_argument("--config", metavar="FILE", help=said("config-file"))
    parser.add_argument("--pack", metavar="NAME", help=said("pack"))
    parser.add_argument("--stdin-filename", metavar="NAME", help=said("stdin"))


def _rules(parser: argparse.ArgumentParser, said: Callable[[str], str]) -> None:
    parser.add_argument("paths", nargs="*", metavar="ID", help=said("words"))
    parser.add_argument("--check", metavar="mentions|sum|contact", help=said("check-kind"))
    parser.add_argument("--rules", action="append", metavar="DIR", help=said("rules-dir"))
    parser.add_argument("--config", metavar="FILE", help=said("config-file"))
    parser.add_argument("--pack", metavar="NAME", help=said("pack"))


def _fix(parser: argparse.ArgumentParser, said: Callable[[str], str]) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help=said("paths"))
    parser.add_argument("--write", action="store_true", help=said("write"))
    parser.add_argument("--rules", action="append", metavar="DIR", help=said("rules-dir"))
    parser.add_argument("--config", metavar="FILE", help=said("config-file"))


def _init(parser: argparse.ArgumentParser, said: Callable[[str], str]) -> None:
    parser.add_argument("paths", nargs="*", metavar="DIR", help=said("folder"))
    parser.add_argument("--jobs", metavar="N", help=said("jobs"))
    parser.add_argument("--no-cache", action="store_true", help=said("no-cache"))


def _baseline(parser: argparse.ArgumentParser, said: Callable[[str], str]) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help=said("paths"))
    parser.add_argument("--output", metavar="FILE", help=said("baseline-output"))
    parser.add_argument("--prune", action="store_true", help=said("prune"))
    parser.add_argument("--rules", action="append", metavar="DIR", help=said("rules-dir"))
    parser.add_argument("--config", metavar="FILE", help=said("config-file"))
    parser.add_argument("--pack", metavar="NAME", help=said("pack"))
    parser.add_argument("--quiet", action="store_true", help=said("no-progress"))
    parser.add_argument("--no-cache", action="store_true", help=said("no-cache"))
    parser.add_argument("--jobs", metavar="N", help=said("jobs"))
    parser.add_argument("--scheduler", metavar="ADDRESS", help=said("scheduler"))


_COMMANDS: dict[str, Callable[[argparse.ArgumentParser, Callable[[str], str]], None] | None] = {
    "check": _check,
    "read": _read,
    "rules": _rules,
    "config": _check,
    "fix": _fix,
    "init": _init,
    "baseline": _baseline,
    "version": None,
}
