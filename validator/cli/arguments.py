"""The command line's words: commands, options, and argparse's own messages in Chinese or English."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NoReturn

from validator.cli.settings import FORMATS, SettingsError, not_yet, one_of
from validator.model import Language

_LATER_COMMANDS = ("serve",)

_TEXTS: dict[str, tuple[str, str]] = {
    "about": ("检查政府信息公开工作年度报告。", "Checks annual reports on the disclosure of government information."),
    "check": ("检查报告", "check reports"),
    "read": (
        "列出读到的内容：单位、年度、联系方式、各部分和每个数字",
        "show a report as it was read: unit, year, contact, sections, every figure",
    ),
    "rules": (
        "列出规则；rules 规则名 说明一条；rules test 运行规则自带的例子；rules new 规则名 起草一条",
        "list the rules; `rules ID` explains one; `rules test` runs their examples; `rules new ID` begins one",
    ),
    "config": ("列出正在用的设置和各自的来处；选项与 check 相同", "every setting in force and where it comes from; options as for check"),
    "fix": (
        "改不影响数字和意思的地方：标题写法、全角数字、文号括号、栏目空格；先列出差异",
        "correct what changes no figure and no meaning: headings, full-width digits, brackets, blanks in labels; shown first",
    ),
    "write": ("写入文件", "write the corrections into the files"),
    "init": ("按文件夹里的报告拟写 nianbao.yaml", "write a nianbao.yaml for the reports of a folder"),
    "baseline": ("把今天的问题记为已有，以后只报新的", "write the findings of today as accepted, so that only new ones count"),
    "version": ("版本", "the version"),
    "paths": (
        "文件或文件夹；- 表示标准输入；不写：nianbao.yaml 的 reports",
        "files and folders; '-' is standard input; none: the reports of nianbao.yaml",
    ),
    "folder": ("放报告的文件夹（不写：当前文件夹）", "the folder of the reports (else the working folder)"),
    "words": ("规则名，或 test [规则目录...]，或 new 规则名 [文件夹]", "a rule's id, or: test [PACK...], or: new ID [DIR]"),
    "check-kind": ("new：按哪种检查起草", "new: the kind of check to begin with"),
    "format": ("输出格式", "output format"),
    "output": ("写到这个文件，不写到标准输出", "write to this file in place of standard output"),
    "form": ("应当用哪一年的格式（auto：按报告年度）", "the form that is due (auto: by the report's year)"),
    "unit": ("单位名称，报告里没有写时用（只用于一份报告）", "the unit, where the text does not say (one file)"),
    "year": ("报告年度，报告里没有写时用（只用于一份报告）", "the report's year, where the text does not say (one file)"),
    "lang": ("说明用的语言", "language of messages"),
    "select": ("只用这些规则或类别，逗号分隔", "only these rules or categories, divided by commas"),
    "ignore": ("不用这些规则或类别，逗号分隔", "leave out these rules or categories, divided by commas"),
    "fail-on": ("出现哪一级问题时以状态 1 结束", "from which severity on the exit status is 1"),
    "rules-dir": ("另加一个规则目录（可重复）", "a rule pack beside the built-in one (repeatable)"),
    "stdin": ("标准输入在结果中的名称", "the name that '-' is reported under"),
    "quiet": ("不列没有发现问题的报告，不报进展", "leave out reports without findings, no progress"),
    "statistics": (
        "各条规则的次数（text、html 列在最后，其他格式在标准错误）",
        "how often each rule was broken (text, html: at the end; else on standard error)",
    ),
    "no-progress": ("不报进展", "no progress"),
    "no-cache": ("不用缓存", "do not use the cache"),
    "against": ("同一单位上一年的报告（只用来对照，不检查）", "last year's report of the same unit: compared with, not checked"),
    "baseline-file": ("基线文件：其中已有的问题不再算", "a file of findings already accepted"),
    "baseline-output": (
        "基线文件（不写：nianbao.yaml 的 baseline，或 nianbao-baseline.json）",
        "the file (else baseline of nianbao.yaml, or nianbao-baseline.json)",
    ),
    "prune": ("只去掉已改好的，不接受新的问题", "only drop what was mended, accept nothing new"),
    "changed-since": ("只检查 git 中这个版本以来改过的报告", "only the reports changed since this revision of git"),
    "jobs": ("同时用几个进程", "how many processes work side by side"),
    "scheduler": ("Dask 集群的地址（需 nianbao[dask]）", "address of a Dask cluster (needs nianbao[dask])"),
    "config-file": ("设置文件（不写：从当前文件夹往上找 nianbao.yaml）", "settings file (else nianbao.yaml, found upwards)"),
    "pack": ("另一种报告，如 website", "another kind of report, such as website"),
    "help": ("显示这个说明", "show this help"),
    "usage": ("用法：", "usage: "),
    "arguments": ("参数", "arguments"),
    "options": ("选项", "options"),
    "commands": ("命令", "commands"),
    "statuses": (
        "结束状态：0 没有达到 --fail-on 的问题；1 有；2 没能做完（参数、规则文件有错，或报告未能读取）",
        "exit status: 0 nothing at or above --fail-on; 1 findings; 2 the work could not be done",
    ),
}

#: What argparse says in English → in Chinese. Checked by the tests for the Python that runs them.
_MESSAGES = (
    (r"the following arguments are required: (?P<a>.+)", "缺少参数：{a}"),
    (r"unrecognized arguments: (?P<a>.+)", "不认识的参数：{a}"),
    (r"argument (?P<a>\S+): expected one argument", "{a} 后面要有一个值"),
    (r"argument (?P<a>\S+): expected at least one argument", "{a} 后面至少要有一个值"),
    (r"argument (?P<a>\S+): ignored explicit argument (?P<b>.+)", "{a} 后面不能有值：{b}"),
    (r"argument (?P<a>\S+): invalid choice: (?P<b>'[^']*'|\S+) \(choose from (?P<c>.+)\)", "{a} 没有 {b}，可用的有：{c}"),
    (r"argument (?P<a>\S+): not allowed with argument (?P<b>\S+)", "{a} 不能与 {b} 同用"),
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
        raise SettingsError(zh="缺少命令，用法见 nianbao --help", en="no command given, see nianbao --help")
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
        raise SettingsError(zh=f"不认识的参数：{tail[0]}", en=f"unrecognized arguments: {tail[0]}")
    flags["paths"] = [*flags.get("paths", ()), *tail]
    flags["lang_given"] = flags["lang"] or asked
    flags["lang"] = one_of("--lang", flags["lang"] or language, ("zh", "en"))
    return flags


def language_of(argv: Sequence[str]) -> Language:
    """The language asked for, known before anything else is, so that mistakes are told in it."""
    joined = "\0".join(argv)
    return "en" if re.search(r"(?:^|\0)--lang(?:=|\0)en(?:\0|$)", joined) else "zh"


class _Formatter(argparse.HelpFormatter):
    usage = "usage: "

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, self.usage if prefix is None else prefix)


class _ChineseFormatter(_Formatter):
    usage = _TEXTS["usage"][0]


class _Parser(argparse.ArgumentParser):
    """A parser whose mistakes are SettingsErrors."""

    def error(self, message: str) -> NoReturn:
        raise SettingsError(zh=chinese(message), en=message)


def chinese(message: str) -> str:
    """argparse's message in Chinese; one that is not known stays as it is."""
    for pattern, text in _MESSAGES:
        if found := re.fullmatch(pattern, message):
            return text.format(**found.groupdict())
    return message


def _said(language: Language, key: str) -> str:
    return _TEXTS[key][0 if language == "zh" else 1]


def _command(name: str, language: Language, *, helping: bool) -> argparse.ArgumentParser:
    """The parser of one command. `helping`: its help is asked for."""
    formatter = _ChineseFormatter if language == "zh" else _Formatter
    shape: Any = formatter if helping else partial(formatter, width=80)  # to ask for the terminal's width costs imports
    parser = _Parser(prog=f"nianbao {name}", description=_said(language, name), formatter_class=shape, add_help=False, allow_abbrev=False)
    _finish(parser, language)
    if fill := _COMMANDS[name]:
        fill(parser, partial(_said, language))
    # else argparse makes one for intermixed arguments by cutting off len("usage: ") characters; only the help shows it
    parser.usage = parser.format_usage().removeprefix(formatter.usage).strip() if helping else ""
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
